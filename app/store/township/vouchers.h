/* vouchers.h - the pictures that belong to the rows of a draft.
 *
 * Until a draft is public each picture is kept twice, sealed to the server's own key: as it was
 * uploaded, so that boxes can be drawn again, and with its boxes burnt in. What was uploaded is
 * sealed to the office and stays. Whoever prepared the draft changes pictures until it is handed
 * on; then another person looks at each. Every change writes the draft's sheet anew, so that the
 * bytes kept are the bytes that will be signed.
 *
 * A draft begins with the pictures of what is public, or of the one before of the same sheet when
 * that did not become public: it was sent back, or left lying. */
#pragma once
#include "app/store/township/blobs.h"
#include "app/store/township/drafts.h"
#include "app/village/picture.h"

enum { VOUCHERS_DRAFT_MAX = 600 /* pictures of one draft */ };

struct voucher {
	int64_t id, draft;
	char record[RECORD_ID_MAX + 1];
	int64_t rank;
	struct hash hash; /* of the picture that is to be public */
	/* Files; a flag tells whether there is one. Without `kept` the picture is public already.
	 */
	bool is_kept, has_whole, has_original;
	struct hash kept, whole, original;
	char boxes[PICTURE_BOXES_TEXT];
	int64_t looked; /* staff, 0: nobody yet */
};

struct voucher_new {
	int64_t draft, staff;
	const char *record;
	struct hash hash, kept, original; /* without boxes, so `kept` is the whole picture too */
};
/* A job. ERR_REFUSED: the draft is not this person's to change, or the row has this picture;
 * ERR_FULL: the row or the draft has as many as it may; ERR_MISSING: the draft has no such row. */
must_use enum err vouchers_add(struct db *db, const struct voucher_new *n, int64_t now,
			       int64_t *id);
/* What became of the rows of a draft: a picture goes with its row, whatever that is called now. */
struct voucher_row {
	const char *was, *is;
};
struct voucher_rows {
	int64_t draft, corrected;      /* of which they were; as it was when they were looked up */
	const struct voucher_row *row; /* ordered by `was`; a row that is not there is gone */
	size_t count;
};
struct voucher_draft {
	int64_t id;
	size_t lost; /* pictures left behind: their rows are not there any more */
};
struct voucher_start {
	const void *public_rows; /* as they are now, with theirs */
	size_t len;
	const struct voucher_rows *rows; /* NULL: a row is what has its id */
};
/* A new draft with the pictures it begins with. A job. */
must_use enum err vouchers_begin(struct db *db, const struct draft_new *n,
				 const struct voucher_start *start, int64_t now,
				 struct voucher_draft *out);

/* The same draft with other rows (drafts_replace). ERR_REFUSED also when it was changed since
 * `rows` were looked up. A job. */
must_use enum err vouchers_replace(struct db *db, const struct draft_new *n,
				   const struct voucher_rows *rows, int64_t now,
				   struct voucher_draft *out);

must_use enum err vouchers_find(struct db *db, int64_t id, struct voucher *out);
/* All of a draft, by row and order. *out is freed with free(). */
must_use enum err vouchers_of(struct db *db, int64_t draft, struct voucher **out, size_t *count);

/* Jobs; ERR_REFUSED as vouchers_add. */
struct voucher_boxed {
	int64_t id, staff;
	const struct voucher *was; /* what was drawn over; ERR_REFUSED when it changed since */
	struct hash hash, kept, whole;
	const char *boxes;
};
must_use enum err vouchers_box(struct db *db, const struct voucher_boxed *b);
enum voucher_move { VOUCHER_UP, VOUCHER_DOWN, VOUCHER_REMOVE };
must_use enum err vouchers_move(struct db *db, int64_t id, int64_t staff, enum voucher_move how);
/* A person who did not prepare it saw this very picture. ERR_REFUSED otherwise. */
must_use enum err vouchers_look(struct db *db, int64_t id, const struct hash *hash, int64_t staff);

/* How many still wait to be looked at. */
must_use enum err vouchers_waiting(struct db *db, int64_t draft, int64_t *count);
/* Together with the publication: every picture of the draft is public, and no copy without boxes is
 * kept, of the drafts before it neither. `bytes` of each as vouchers_of lists them. ERR_REFUSED
 * while one waits to be looked at. A job; the files of their hashes stand already. */
must_use enum err vouchers_publish(struct db *db, int64_t draft, const size_t *bytes, bool open);
