/* cells.h - what the confined reader of an uploaded file tells the server: rows of cells as JSON
 * lines.
 *
 *   {"sheet":"10月"}                      before the rows of each sheet of a workbook
 *   [4,"2026-10-28","记-1028-01", ...]   row 4 of the sheet, or of a file without sheets
 *   {"end":14}                           after the last row: so many rows were written
 *   {"refused":"第 4 行：..."}            instead of everything else
 *
 * The reader of an untrusted file may have been taken over, so everything is checked again here:
 * types, lengths, order, counts. */
#pragma once
#include "app/base/buf.h"
#include "app/village/csv.h"

enum {
	CELLS_BYTES_MAX = 64 << 20,
	CELLS_TOTAL_MAX = 4 << 20,
	CELLS_WORDS_MAX = 400,
	CELLS_SHEETS_MAX = 64,
	CELLS_NAME_MAX = 128 /* bytes of a sheet's name, its zero included */
};

/* Appends one row's line. ERR_FULL. */
must_use enum err cells_row_put(struct buf *out, size_t number, const struct csv_cell *cell,
				size_t count);
/* A name too long for CELLS_NAME_MAX is cut. */
void cells_sheet_put(struct buf *out, const char *name);
void cells_end_put(struct buf *out, size_t rows); /* of all sheets */
void cells_refused_put(struct buf *out, const char *words);

struct cells_row {
	size_t number; /* as a spreadsheet shows it, from 1 */
	size_t count;
	const struct csv_cell *cell;
};
struct cells_sheet {
	char name[CELLS_NAME_MAX];
	size_t first, count; /* its rows among all */
};
/* The rows of one sheet: the first, until another is chosen. */
struct cells {
	size_t count;
	struct cells_row *row;
	size_t sheets, chosen; /* no sheets: a file without them, its rows are all there is */
	struct cells_sheet sheet[CELLS_SHEETS_MAX];
	char refused[CELLS_WORDS_MAX]; /* the reader's sentence; "" when there are rows */
	void *hold;
};
/* ERR_REFUSED: the reader refused the file, its sentence is in out->refused. ERR_CORRUPT when it is
 * not what a reader writes; ERR_FULL. End with cells_close in every case. */
must_use enum err cells_read(const void *bytes, size_t len, struct cells *out);
void cells_choose(struct cells *c, size_t sheet);
/* What a cell holds from now on, of row `row` and column `column` (from 1) of a sheet; `text`
 * outlives the cells. ERR_MISSING: there is no such row, or no spreadsheet is as wide. */
must_use enum err cells_put(struct cells *c, size_t sheet, size_t row, size_t column,
			    const char *text, size_t len);
/* Name of the chosen sheet; "" in a file without sheets. */
const char *cells_name(const struct cells *c);
void cells_close(struct cells *c);
