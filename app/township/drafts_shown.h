/* drafts_shown.h - how a sheet is shown in the office: rows as villagers will read them, what
 * changes against what is public, what was found. */
#pragma once
#include "app/store/township/drafts.h"
#include "app/township/published.h"
#include "app/township/visit.h"
#include "app/village/upload.h"

enum { SHOWN_ROWS = 200 /* on one page */, SHOWN_CHANGES = 300 };

/* Rows of a sheet from `first` on, as the kiosk shows them. */
void sheet_shown(struct visit *v, const struct catalogue_template *t, const struct buf *sheet,
		 size_t first);

struct changes {
	size_t added, changed, removed;
};
/* Counts, and with `show` writes a table of what is added, changed and removed. ERR_CORRUPT. */
must_use enum err changes_shown(struct visit *v, const struct catalogue_template *t,
				const struct buf *before, const struct buf *after, bool show,
				struct changes *out);

/* Cell, what stands there, what it should be, an example. */
void findings_shown(struct visit *v, const struct finding *f, size_t count);

/* Where a sheet stands on its way: file, checks, difference, the village's committee (only when it
 * is asked), approval. */
enum draft_step { STEP_FILE, STEP_CHECKS, STEP_CHANGES, STEP_VILLAGE, STEP_APPROVAL, STEP_OVER };
void draft_steps(struct visit *v, enum draft_step at, bool village);
