#include "app/intake/grid.h"

#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/village/typed.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AREAS_MAX = 50000, REPEATED_MAX = 400000 };

void grid_start(struct grid *g)
{
	*g = (struct grid){.cells = 0};
	buf_init(&g->text, CSV_TEXT_MAX);
}

void grid_clear(struct grid *g)
{
	buf_clear(&g->text);
	g->cells = g->areas = 0;
	g->disorder = false;
}

void grid_end(struct grid *g)
{
	buf_free(&g->text);
	free(g->cell);
	free(g->area);
	*g = (struct grid){.cells = 0};
}

static bool room_for(void **table, size_t used, size_t *room, size_t each, size_t most)
{
	if (used < *room)
		return true;
	size_t want = *room == 0 ? 1024 : *room * 2;
	void *p = used >= most ? NULL : realloc(*table, want * each);
	if (p == NULL)
		return false;
	*table = p;
	*room = want;
	return true;
}

/* Excel writes a carriage return inside a cell as these seven characters (ECMA-376 22.4.2.4). */
static size_t escaped_return(const char *p, size_t left)
{
	static const char cr[] = "_x000D_";
	return left >= sizeof cr - 1 && memcmp(p, cr, sizeof cr - 1) == 0 ? sizeof cr - 1 : 0;
}

static void add_clean(struct buf *out, const char *text, size_t len)
{
	size_t from = 0;
	for (size_t at = 0; at < len;) {
		size_t here = at, skip = escaped_return(text + at, len - at);
		uint32_t c = text_next(text, len, &at);
		if (skip == 0 && (c == '\n' || (c >= 0x20 && (c < 0x7f || c >= 0xa0))))
			continue;
		buf_add(out, text + from, here - from);
		if (skip > 0)
			at = here + skip;
		else if (c == '\t')
			buf_text(out, " ");
		from = at;
	}
	buf_add(out, text + from, len - from);
}

static bool before(const struct grid_cell *a, uint32_t row, uint32_t column)
{
	return a->row != row ? a->row < row : a->column < column;
}

static enum sheet_fault add_cell(struct grid *g, const struct grid_cell *c)
{
	void *table = g->cell;
	if (!room_for(&table, g->cells, &g->cell_room, sizeof *c, CELLS_TOTAL_MAX))
		return SHEET_MEMORY;
	g->cell = table;
	if (g->cells > 0 && !before(&g->cell[g->cells - 1], c->row, c->column))
		g->disorder = true;
	g->cell[g->cells++] = *c;
	return SHEET_FINE;
}

enum sheet_fault grid_put(struct grid *g, size_t row, size_t column, const char *text, size_t len,
			  bool label)
{
	size_t offset = g->text.len;
	add_clean(&g->text, text, len);
	if (g->text.full)
		return SHEET_MEMORY;
	size_t kept = g->text.len - offset;
	if (kept == 0)
		return SHEET_FINE;
	if (row >= CSV_ROWS_MAX)
		return SHEET_ROWS;
	if (column >= CSV_COLUMNS_MAX)
		return SHEET_COLUMNS;
	if (kept > CSV_CELL_MAX &&
	    text_chars((const char *)g->text.p + offset, kept) > CSV_CELL_MAX)
		return SHEET_CELL;
	const struct grid_cell c = {(uint32_t)row, (uint32_t)column, (uint32_t)offset,
				    (uint32_t)kept, label};
	return add_cell(g, &c);
}

enum sheet_fault grid_put_number(struct grid *g, size_t row, size_t column, double v)
{
	char text[40];
	if (fabs(v) < 1e-9) /* what is left of a sum that comes to nothing */
		v = 0;
	int n = snprintf(text, sizeof text, "%.15g", v);
	for (int i = 0; i < n; i++)
		if (text[i] == 'e')
			text[i] = 'E';
	return grid_put(g, row, column, text, (size_t)n, false);
}

enum sheet_fault grid_put_day(struct grid *g, size_t row, size_t column, double v, bool since_1904)
{
	int32_t day;
	char text[11];
	if (!(v >= 0 && v < 3e6) || typed_serial((int64_t)v, since_1904, &day) != OK)
		return grid_put_number(g, row, column, v);
	clock_day_text(day, text);
	return grid_put(g, row, column, text, 10, true);
}

enum sheet_fault grid_merge(struct grid *g, size_t top, size_t bottom, size_t column)
{
	void *table = g->area;
	if (bottom <= top || column >= CSV_COLUMNS_MAX || top >= CSV_ROWS_MAX)
		return SHEET_FINE;
	if (bottom >= CSV_ROWS_MAX)
		bottom = CSV_ROWS_MAX - 1;
	if (!room_for(&table, g->areas, &g->area_room, sizeof *g->area, AREAS_MAX))
		return SHEET_MEMORY;
	g->area = table;
	g->area[g->areas++] = (struct grid_area){(uint32_t)top, (uint32_t)bottom, (uint32_t)column};
	return SHEET_FINE;
}

static int by_place(const void *a, const void *b)
{
	const struct grid_cell *x = a, *y = b;
	if (before(x, y->row, y->column))
		return -1;
	return before(y, x->row, x->column);
}

static const struct grid_cell *find(const struct grid *g, size_t cells, uint32_t row,
				    uint32_t column)
{
	const struct grid_cell key = {.row = row, .column = column};
	return bsearch(&key, g->cell, cells, sizeof key, by_place);
}

static void put_in_order(struct grid *g)
{
	if (g->disorder)
		qsort(g->cell, g->cells, sizeof *g->cell, by_place);
	g->disorder = false;
}

static enum sheet_fault repeat_labels(struct grid *g)
{
	size_t own = g->cells, repeated = 0;
	for (size_t i = 0; own > 0 && i < g->areas; i++) {
		const struct grid_area *a = &g->area[i];
		const struct grid_cell *first = find(g, own, a->top, a->column);
		uint32_t last = g->cell[own - 1].row;
		if (first == NULL || (SEEDED_BUG != 32 && !first->label))
			continue;
		struct grid_cell copy = *first; /* the table may move */
		for (uint32_t row = a->top + 1; row <= a->bottom && row <= last; row++) {
			if (find(g, own, row, a->column) != NULL)
				continue;
			if (++repeated > REPEATED_MAX)
				return SHEET_BOMB;
			copy.row = row;
			enum sheet_fault f = add_cell(g, &copy);
			if (f != SHEET_FINE)
				return f;
		}
	}
	put_in_order(g);
	return SHEET_FINE;
}

/* One row from the cells at `at`; gives where the next begins. Of two cells in one place, as areas
 * that overlap make them, the first counts. */
static size_t write_row(const struct grid *g, size_t at, struct buf *out)
{
	struct csv_cell line[CSV_COLUMNS_MAX] = {{NULL, 0}};
	uint32_t row = g->cell[at].row, columns = 0;
	for (; at < g->cells && g->cell[at].row == row; at++) {
		const struct grid_cell *c = &g->cell[at];
		if (line[c->column].text != NULL)
			continue;
		line[c->column] = (struct csv_cell){(const char *)g->text.p + c->offset, c->len};
		columns = c->column + 1;
	}
	for (uint32_t i = 0; i < columns; i++)
		if (line[i].text == NULL)
			line[i].text = "";
	if (cells_row_put(out, row + 1, line, columns) != OK) /* remembered by the buffer */
		return g->cells;
	return at;
}

enum sheet_fault grid_write(struct grid *g, const char *name, struct buf *out, size_t *rows)
{
	put_in_order(g);
	if (g->cells == 0)
		return SHEET_FINE;
	enum sheet_fault f = repeat_labels(g);
	if (f != SHEET_FINE)
		return f;
	struct buf plain;
	buf_init(&plain, 4096);
	add_clean(&plain, name, strlen(name));
	cells_sheet_put(out, buf_str(&plain));
	buf_free(&plain);
	for (size_t at = 0; at < g->cells; (*rows)++) {
		if (*rows == CSV_ROWS_MAX)
			return SHEET_ROWS;
		at = write_row(g, at, out);
	}
	return out->full ? SHEET_MEMORY : SHEET_FINE;
}
