/* cells.h - what the confined reader of an uploaded file tells the server: rows of cells as JSON
 * lines.
 *
 *   [4,"2026-10-28","记-1028-01", ...]   row 4 of the file
 *   {"end":14}                           after the last row: so many rows were written
 *   {"refused":"第 4 行：..."}            instead of everything else
 *
 * The reader of an untrusted file may have been taken over, so everything is checked again here:
 * types, lengths, order, counts. */
#pragma once
#include "app/base/buf.h"
#include "app/village/csv.h"

enum { CELLS_BYTES_MAX = 64 << 20, CELLS_TOTAL_MAX = 4 << 20, CELLS_WORDS_MAX = 400 };

/* Appends one row's line. ERR_FULL. */
must_use enum err cells_row_put(struct buf *out, size_t number, const struct csv_cell *cell,
				size_t count);
void cells_end_put(struct buf *out, size_t rows);
void cells_refused_put(struct buf *out, const char *words);

struct cells_row {
	size_t number; /* as a spreadsheet shows it, from 1 */
	size_t count;
	const struct csv_cell *cell;
};
struct cells {
	size_t count;
	struct cells_row *row;
	char refused[CELLS_WORDS_MAX]; /* the reader's sentence; "" when there are rows */
	void *hold;
};
/* ERR_REFUSED: the reader refused the file, its sentence is in out->refused. ERR_CORRUPT when it is
 * not what a reader writes; ERR_FULL. End with cells_close in every case. */
must_use enum err cells_read(const void *bytes, size_t len, struct cells *out);
void cells_close(struct cells *c);
