/* grid.h - the cells of one sheet while it is being read: only those that say something, then
 * written as lines of cells.h.
 *
 * Merged areas: what stands in the upper left cell is repeated down its column when it is a label
 * (words, a day), so that every row of a voucher carries the voucher's number. Amounts are never
 * repeated, they would count twice; nothing is repeated to the right, a title stays one cell. */
#pragma once
#include "app/intake/sheet.h"

struct grid_cell {
	uint32_t row, column; /* from 0 */
	uint32_t offset, len; /* of its text */
	bool label;           /* may be repeated down a merged area */
};
struct grid_area {
	uint32_t top, bottom, column;
};
struct grid {
	struct buf text;
	struct grid_cell *cell;
	size_t cells, cell_room;
	struct grid_area *area;
	size_t areas, area_room;
	bool disorder;
};
void grid_start(struct grid *g);
void grid_clear(struct grid *g); /* for the next sheet; keeps the memory */
void grid_end(struct grid *g);

/* Blanks around stay; line ends become line feeds, other control characters go. Empty text is no
 * cell. SHEET_ROWS, SHEET_COLUMNS, SHEET_CELL, SHEET_MEMORY. */
enum sheet_fault grid_put(struct grid *g, size_t row, size_t column, const char *text, size_t len,
			  bool label);
/* A number as spreadsheets show it at most: fifteen digits. */
enum sheet_fault grid_put_number(struct grid *g, size_t row, size_t column, double v);
/* A day number of a spreadsheet as 2026-10-28; as a number when it is none. */
enum sheet_fault grid_put_day(struct grid *g, size_t row, size_t column, double v, bool since_1904);
enum sheet_fault grid_merge(struct grid *g, size_t top, size_t bottom, size_t column);

/* Appends the sheet: its name, its rows. *rows grows by their number. Nothing for an empty one. */
enum sheet_fault grid_write(struct grid *g, const char *name, struct buf *out, size_t *rows);
