/* uploads.h - a table exactly as it was uploaded, and the cells that were put right on the page.
 *
 * The original is never changed: corrections stand beside it, each with what was there, what it
 * became, who did it and when, and the table that is checked is the original with all corrections
 * in order. An original that came to no draft goes away when the same table is uploaded again by
 * the same person, or after UPLOAD_KEPT_S: what was wrong with it may be somebody's number. */
#pragma once
#include "app/store/township/drafts.h"

enum {
	UPLOAD_FILE_MAX = 24 << 20,
	UPLOAD_KEPT_S = 7 * 86400,
	CORRECTION_MAX = 600,  /* bytes of a cell */
	CORRECTIONS_MAX = 2000 /* of one upload */
};

struct kept_upload {
	int64_t id;
	char place[PLACE_ID_MAX + 1], template_id[TEMPLATE_ID_MAX + 1], period[PERIOD_MAX + 1];
	int64_t preparer, time;
};
/* Time and id of `u` are filled. A job. */
must_use enum err uploads_add(struct db *db, struct kept_upload *u, const void *file, size_t len,
			      int64_t now);
/* ERR_MISSING. `file` may be NULL. */
must_use enum err uploads_find(struct db *db, int64_t id, struct kept_upload *out,
			       struct buf *file);

struct correction {
	int64_t number;
	size_t sheet, row, column; /* sheet from 0; row and column from 1, as a spreadsheet shows */
	char was[CORRECTION_MAX + 1]; /* personal numbers starred */
	char becomes[CORRECTION_MAX + 1];
	int64_t staff, time;
	char name[PLACE_NAME_MAX + 1]; /* of the member of staff, filled by reading */
};
/* ERR_REFUSED: too many, or a draft of this upload was handed on. A job. */
must_use enum err corrections_add(struct db *db, int64_t upload, const struct correction *c);
/* In order; begin with 0. ERR_MISSING at the end. */
must_use enum err corrections_next(struct db *db, int64_t upload, int64_t after,
				   struct correction *out);
