/* upload_work.h - one uploaded table on its way to a draft: read, put right, checked, kept.
 *
 * What is checked is the original with all corrections of its cells (uploads.h); the same checks
 * look at both. */
#pragma once
#include "app/store/township/audit.h"
#include "app/store/township/uploads.h"
#include "app/township/published.h"
#include "app/township/visit.h"
#include "app/village/cells.h"
#include "app/village/upload.h"

struct upload_work {
	struct kept_upload kept;
	const struct catalogue_template *t;
	const void *file; /* borrowed: from the form, or from `original` */
	size_t file_len;
	struct buf original;
	struct correction *correction; /* of the upload, in order */
	size_t corrections;
	struct cells cells;
	struct upload *u;
	struct buf before, findings;
	struct buf history; /* rows made public for the year before, newest period first */
	size_t earlier;     /* how much of it is the period before */
};

void upload_work_begin(struct upload_work *w);
void upload_work_close(struct upload_work *w);
/* The original and its corrections. ERR_MISSING, also when it is somebody else's. */
must_use enum err upload_work_find(struct visit *v, int64_t id, struct upload_work *w);
/* Reads the file, puts its cells right and checks it; `u` is there then. False: it says on a page
 * why not. */
bool upload_work_check(struct visit *v, struct upload_work *w);
/* Keeps the original, unless it is kept already. */
must_use enum err upload_work_keep(struct visit *v, struct upload_work *w);
/* Makes the draft of a table without errors, or changes the one that was made of this upload, and
 * goes there; or says on a page why not. */
void upload_work_draft(struct visit *v, struct upload_work *w);
