/* books.h - books.db: what was made public, and the sealed answers.
 *
 * The courier applies; the kiosk reads and trusts nothing it reads: it folds the signed
 * publications of a place into a shelf (shelf.h), and re-hashes a sheet before it shows or sums it
 * (sheet.h). Everything here can be rebuilt from the signed bundles kept in applied/. A file
 * written by a newer release is refused. */
#pragma once
#include "app/base/buf.h"
#include "app/village/capsule.h"
#include "app/village/publication.h"
#include "app/village/settings.h"

struct books;
struct catalogue;

enum books_use { BOOKS_READ, BOOKS_APPLY };

/* `folder` holds books.db. BOOKS_APPLY makes it where there is none. */
must_use enum err books_open(const char *folder, enum books_use use, struct books **out);
void books_close(struct books *b);
/* False when books.db was taken away or another put in its place since it was opened. */
bool books_there(const struct books *b);
/* True once applying met damage in the file itself. */
bool books_damaged(const struct books *b);
/* Puts a damaged books.db aside as books.db.damaged-1 or -2 (the newest replaces the second), so
 * that the next books_open makes a new one. Nobody has it open. */
must_use enum err books_put_away(const char *folder);

/* Moves when the courier has applied something. */
int64_t books_version(struct books *b);

/* The newest settings publication, signed bytes. ERR_MISSING before provisioning. */
must_use enum err books_settings(struct books *b, struct buf *out);
/* Their serial as it stands beside them, 0 before provisioning: tells whether to look again. */
int64_t books_settings_serial(struct books *b);
/* Stores them when `root` signed them and the serial is higher. ERR_REFUSED: not signed by the
 * root; ERR_SAME: older or the same, nothing changed; ERR_FULL: the disk is full. */
must_use enum err books_put_settings(struct books *b, const struct sign_public *root,
				     const void *bytes, size_t len);

/* --- applying (the courier) --- */

/* The newest visible publication of a place. ERR_MISSING. End with publication_free. */
must_use enum err books_last_publication(struct books *b, const char *place,
					 struct publication *out);

/* The exact bytes of one that is visible. ERR_MISSING. */
must_use enum err books_publication(struct books *b, const char *place, uint64_t number,
				    struct buf *out);

struct books_apply;
/* Begins a new generation for a publication already checked (publication_read) that follows the
 * last one. As publication_follows: ERR_MISSING a gap, ERR_REFUSED a twin or broken chain, ERR_SAME
 * nothing to do. What an interrupted run left is removed first. Here and below ERR_FULL is a full
 * disk, ERR_IO also a damaged books.db (books_damaged). */
must_use enum err books_apply_begin(struct books *b, const struct catalogue *c,
				    const struct publication *p, const void *bytes, size_t len,
				    struct books_apply **out);
/* Sheet i of the publication: its exact bytes. Hash, rows and order are checked against the entry
 * (ERR_CORRUPT); ERR_MISSING when this release knows no such template; rows are written in
 * transactions of at most 5,000. After any failure nothing more is taken (ERR_REFUSED). */
must_use enum err books_apply_sheet(struct books_apply *a, size_t i, const void *bytes, size_t len);
/* One short transaction makes it all visible. ERR_MISSING when a sheet was not given. */
must_use enum err books_apply_finish(struct books_apply *a);
void books_apply_close(
	struct books_apply *a); /* NULL is fine; an unfinished one leaves nothing visible */

/* A checked capsule; a higher version replaces a lower. ERR_SAME: lower or the same, nothing
 * changed. */
must_use enum err books_put_capsule(struct books *b, const struct capsule *c);
/* Many capsules in one transaction: each alone costs a sync of the disk. */
must_use enum err books_begin(struct books *b);
must_use enum err books_commit(struct books *b);
void books_rollback(struct books *b);
must_use enum err books_capsule(struct books *b, const unsigned char locator[LOCATOR_BYTES],
				struct buf *out);
/* Feed position up to which everything is applied. */
must_use enum err books_cursor(struct books *b, uint64_t *out);
must_use enum err books_set_cursor(struct books *b, uint64_t cursor);
/* The cursor belongs to an epoch of the server: in another one it begins at 0 again. */
must_use enum err books_follow_epoch(struct books *b, const char *epoch, bool *changed);
/* A short text kept beside the books; "" when never set. */
must_use enum err books_note(struct books *b, const char *name, char *out, size_t size);
must_use enum err books_set_note(struct books *b, const char *name, const char *text);
/* How a publication came here: by the line or by a stick. Told, not signed; of books made again
 * from applied/ it is not known any more. */
enum books_road { BOOKS_ROAD_UNKNOWN, BOOKS_ROAD_LINE, BOOKS_ROAD_STICK };
must_use enum err books_road(struct books *b, const char *place, uint64_t number,
			     enum books_road *out);
must_use enum err books_set_road(struct books *b, const char *place, uint64_t number,
				 enum books_road road);
/* Newest signed server time ever seen: the clock floor. */
must_use enum err books_server_time(struct books *b, int64_t *out);
must_use enum err books_set_server_time(struct books *b, int64_t time);

/* --- pictures --- */

enum { BOOKS_PAGES_MAX = 200000 };
/* The pictures that rows of the sheets in force name, in the order they are wanted: newest period
 * first, in it those of `place` and below first. Free `hash`. More than BOOKS_PAGES_MAX are left
 * out. */
struct books_pages {
	struct hash *hash;
	size_t count;
};
must_use enum err books_pages(struct books *b, const char *place, struct books_pages *out);
