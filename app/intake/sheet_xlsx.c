#include "app/intake/sheet_xlsx.h"

#include "app/intake/grid.h"
#include "app/intake/xlsx_book.h"

#include <stdlib.h>
#include <string.h>

enum { VALUE_MAX = CSV_CELL_MAX * 4 + 16, FORMULA_MAX = 64 };
enum { PLACE_MAX = 20000000 }; /* of a row or column as written; sheets end at 1,048,576 */

enum cell_kind { CELL_NUMBER, CELL_SHARED, CELL_WORDS, CELL_BOOLEAN, CELL_DAY };

struct reading {
	const struct book *b;
	struct grid grid;
	size_t row, column; /* of the cell under work, from 0 */
	size_t next_row;
	enum cell_kind kind;
	size_t style;
	bool in_cell, take, reading_aid, formula;
	struct buf value, formula_text;
};

/* "AB12" from 1; false when it is no place. */
static bool place_of(const char *s, size_t *row, size_t *column)
{
	size_t r = 0, c = 0;
	for (; (*s >= 'A' && *s <= 'Z') || *s == '$'; s++)
		if (*s != '$' && c < PLACE_MAX)
			c = c * 26 + (size_t)(*s - 'A') + 1;
	for (; (*s >= '0' && *s <= '9') || *s == '$'; s++)
		if (*s != '$' && r < PLACE_MAX)
			r = r * 10 + (size_t)(*s - '0');
	*row = r;
	*column = c;
	return r > 0 && c > 0 && (*s == 0 || *s == ':');
}

static void start_row(struct reading *w, const char **attribute)
{
	const char *r = xml_attribute(attribute, "r");
	size_t number = r == NULL ? 0 : strtoul(r, NULL, 10);
	w->row = number > 0 ? number - 1 : w->next_row;
	w->next_row = w->row + 1;
	w->column = (size_t)-1; /* the next is the first */
}

static enum cell_kind kind_of(const char *t)
{
	if (t == NULL || strcmp(t, "n") == 0)
		return CELL_NUMBER;
	if (strcmp(t, "s") == 0)
		return CELL_SHARED;
	if (strcmp(t, "b") == 0)
		return CELL_BOOLEAN;
	return strcmp(t, "d") == 0 ? CELL_DAY : CELL_WORDS; /* str, inlineStr, e */
}

static void start_cell(struct reading *w, const char **attribute)
{
	const char *r = xml_attribute(attribute, "r"), *s = xml_attribute(attribute, "s");
	size_t row, column;
	w->column++;
	if (r != NULL && place_of(r, &row, &column)) {
		w->row = row - 1;
		w->column = column - 1;
	}
	w->kind = kind_of(xml_attribute(attribute, "t"));
	w->style = s == NULL ? 0 : strtoul(s, NULL, 10);
	w->in_cell = true;
	w->formula = false;
	buf_clear(&w->value);
	buf_clear(&w->formula_text);
	w->formula_text.full = false;
	buf_text(&w->formula_text, "="); /* so that it cannot be taken for a value */
}

static void start_merge(struct xml_part *x, struct reading *w, const char **attribute)
{
	const char *ref = xml_attribute(attribute, "ref");
	const char *colon = ref == NULL ? NULL : strchr(ref, ':');
	size_t top, bottom, left, right;
	if (colon == NULL || !place_of(ref, &top, &left) || !place_of(colon + 1, &bottom, &right))
		return;
	enum sheet_fault f = grid_merge(&w->grid, top - 1, bottom - 1, left - 1);
	if (f != SHEET_FINE)
		xml_stop(x, f);
}

static void start_element(struct xml_part *x, const char *name, const char **attribute)
{
	struct reading *w = x->reader->self;
	if (strcmp(name, "row") == 0)
		start_row(w, attribute);
	else if (strcmp(name, "c") == 0)
		start_cell(w, attribute);
	else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
		w->take = true;
	else if (strcmp(name, "f") == 0)
		w->formula = true;
	else if (strcmp(name, "rPh") == 0)
		w->reading_aid = true;
	else if (strcmp(name, "mergeCell") == 0)
		start_merge(x, w, attribute);
}

static void text(struct xml_part *x, const char *s, size_t len)
{
	struct reading *w = x->reader->self;
	if (!w->in_cell || w->reading_aid)
		return;
	if (w->take)
		buf_add(&w->value, s, len);
	else if (w->formula)
		buf_add(&w->formula_text, s, len); /* as much as fits */
	if (w->value.full)
		xml_stop(x, SHEET_CELL);
}

static enum sheet_fault put_number(struct reading *w, const char *s, size_t len)
{
	char *end;
	double v = strtod(s, &end);
	if (len == 0)
		return SHEET_FINE;
	if (end != s + len || !(v > -1e300 && v < 1e300))
		return grid_put(&w->grid, w->row, w->column, s, len, false);
	if (book_is_day(w->b, w->style))
		return grid_put_day(&w->grid, w->row, w->column, v, w->b->since_1904);
	return grid_put_number(&w->grid, w->row, w->column, v);
}

static enum sheet_fault put_cell(struct reading *w)
{
	const char *s = buf_str(&w->value);
	size_t len = w->value.len;
	if (len == 0 && w->formula_text.len > 1) {
		s = buf_str(&w->formula_text);
		return grid_put(&w->grid, w->row, w->column, s, w->formula_text.len, false);
	}
	switch (w->kind) {
	case CELL_NUMBER:
		return put_number(w, s, len);
	case CELL_SHARED:
		s = book_string(w->b, strtoul(s, NULL, 10), &len);
		return s == NULL ? SHEET_BROKEN
				 : grid_put(&w->grid, w->row, w->column, s, len, true);
	case CELL_BOOLEAN:
		s = strcmp(s, "1") == 0 ? "TRUE" : "FALSE";
		return len == 0 ? SHEET_FINE
				: grid_put(&w->grid, w->row, w->column, s, strlen(s), true);
	case CELL_DAY: /* 2026-10-28T00:00:00 */
		if (len > 10 && s[10] == 'T')
			len = 10;
		break;
	case CELL_WORDS:
		break;
	}
	return grid_put(&w->grid, w->row, w->column, s, len, true);
}

static void end_element(struct xml_part *x, const char *name)
{
	struct reading *w = x->reader->self;
	if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
		w->take = false;
	} else if (strcmp(name, "rPh") == 0) {
		w->reading_aid = false;
	} else if (strcmp(name, "f") == 0) {
		w->formula = false;
	} else if (strcmp(name, "c") == 0 && w->in_cell) {
		enum sheet_fault f = put_cell(w);
		w->in_cell = false;
		if (f != SHEET_FINE)
			xml_stop(x, f);
	}
}

static void begin(struct reading *w)
{
	grid_clear(&w->grid);
	w->row = w->next_row = 0;
	w->column = (size_t)-1;
	w->in_cell = w->take = w->reading_aid = w->formula = false;
}

static enum sheet_fault read_sheets(struct book *b, struct reading *w, struct buf *out)
{
	const struct xml_reader r = {start_element, end_element, text, w};
	size_t rows = 0;
	for (size_t i = 0; i < b->sheets; i++) {
		bool found;
		if (b->sheet[i].hidden || b->sheet[i].path[0] == 0)
			continue;
		begin(w);
		enum sheet_fault f = xml_part_read(&b->zip, b->sheet[i].path, &r, &found);
		if (f == SHEET_FINE && !found)
			f = SHEET_BROKEN;
		if (f == SHEET_FINE)
			f = grid_write(&w->grid, b->sheet[i].name, out, &rows);
		if (f != SHEET_FINE)
			return f;
	}
	if (rows == 0)
		return SHEET_EMPTY;
	cells_end_put(out, rows);
	return SHEET_FINE;
}

enum sheet_fault sheet_xlsx(const void *bytes, size_t len, unsigned long salt, struct buf *out)
{
	struct book *b = calloc(1, sizeof *b);
	struct reading w = {.b = b};
	if (b == NULL)
		return SHEET_MEMORY;
	grid_start(&w.grid);
	buf_init(&w.value, VALUE_MAX);
	buf_init(&w.formula_text, FORMULA_MAX);
	enum sheet_fault f = book_open(b, bytes, len, salt);
	if (f == SHEET_FINE)
		f = read_sheets(b, &w, out);
	book_close(b);
	free(b);
	grid_end(&w.grid);
	buf_free(&w.value);
	buf_free(&w.formula_text);
	return f;
}
