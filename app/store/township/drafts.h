/* drafts.h - a sheet on its way to being public: uploaded, submitted, then approved or refused by
 * somebody else.
 *
 * The bytes kept are the bytes that will be signed. One sheet (place, template, period) waits for
 * approval at a time. That nobody approves their own work is a rule of the table itself. */
#pragma once
#include "app/base/buf.h"
#include "app/store/township/township.h"
#include "app/village/publication.h"

enum draft_state { DRAFT_UPLOADED, DRAFT_SUBMITTED, DRAFT_APPROVED, DRAFT_REFUSED, DRAFT_STATES };
enum { DRAFT_BYTES_MAX = 32 << 20, DRAFT_FINDINGS_MAX = 1 << 20, DRAFT_WORDS_MAX = 300 };
const char *draft_state_words(enum draft_state s); /* 等审批人签 */

struct draft {
	int64_t id;
	char place[PLACE_ID_MAX + 1], template_id[TEMPLATE_ID_MAX + 1], period[PERIOD_MAX + 1];
	enum draft_state state;
	int64_t preparer, approver; /* staff; approver 0 before somebody decided */
	char reason[DRAFT_WORDS_MAX + 1], refusal[DRAFT_WORDS_MAX + 1];
	int64_t uploaded, submitted, decided; /* Unix seconds; 0 when it has not happened */
	uint64_t number;                      /* publication it became */
	int64_t upload;    /* the original it was made of (uploads.h); 0: not kept */
	int64_t corrected; /* number of the last correction that is in it; 0: none */
};

struct draft_new {
	const char *place, *template_id, *period;
	const void *sheet, *findings;
	size_t sheet_len, findings_len;
	int64_t preparer, upload, corrected; /* upload 0: none */
};
/* A job. */
must_use enum err drafts_add(struct db *db, const struct draft_new *n, int64_t now, int64_t *id);
/* The same draft after cells of its upload were put right; place, template, period stay. Only
 * before it is handed on: ERR_REFUSED. A job. */
must_use enum err drafts_replace(struct db *db, int64_t id, const struct draft_new *n, int64_t now);
/* The draft of an upload that was not handed on yet. ERR_MISSING. */
must_use enum err drafts_of_upload(struct db *db, int64_t upload, int64_t *id);
/* ERR_MISSING. `sheet` and `findings` may be NULL. */
must_use enum err drafts_find(struct db *db, int64_t id, struct draft *out, struct buf *sheet,
			      struct buf *findings);
/* Newest first; begin with INT64_MAX. ERR_MISSING at the end. */
must_use enum err drafts_before(struct db *db, int64_t id, struct draft *out);

/* ERR_REFUSED: not this person's, not in this state, the same sheet waits already, or a cell was
 * put right since that is not in it. Jobs. */
must_use enum err drafts_submit(struct db *db, int64_t id, int64_t staff, const char *reason,
				int64_t now);
must_use enum err drafts_refuse(struct db *db, int64_t id, int64_t staff, const char *words,
				int64_t now);
/* ERR_REFUSED: not waiting, or this person prepared it or spoke for the village (supervision.h). */
must_use enum err drafts_approve(struct db *db, int64_t id, int64_t staff, uint64_t number,
				 int64_t now);
