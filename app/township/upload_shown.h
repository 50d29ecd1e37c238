/* upload_shown.h - what was found in an uploaded table, each cell with a place to put it right. */
#pragma once
#include "app/township/upload_work.h"

enum { FIX_CELLS_MAX = 60 /* of one page; a form takes 128 fields */ };

/* The whole page. */
void upload_page(struct visit *v, const struct upload_work *w, int status);
/* "c12.3": the form's name for the cell in row 12, column 3. */
void fix_name(size_t row, size_t column, char out[32]);
bool fix_name_read(const char *name, size_t *row, size_t *column);
/* A cell as it stands in its input: one line, without numbers that belong to a person. False when
 * it is too long for one. */
bool fix_value(const struct csv_cell *cell, char out[CORRECTION_MAX + 1]);
/* The cell of the sheet that was read; an empty one when its row ends before it. NULL: no such row.
 */
const struct csv_cell *fix_cell(const struct cells *cells, size_t row, size_t column);
/* A table of what was put right: cell, what was there, what it became, who, when. */
void corrections_shown(struct visit *v, const struct correction *c, size_t count);
