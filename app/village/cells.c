#include "app/village/cells.h"

#include "app/base/text.h"
#include "app/village/json.h"

#include <stdlib.h>
#include <string.h>

static void escaped(struct buf *out, const char *text, size_t len)
{
	size_t from = 0;
	buf_add(out, "\"", 1);
	for (size_t i = 0; i < len; i++) {
		bool mark = text[i] == '"' || text[i] == '\\';
		if (!mark && (unsigned char)text[i] >= 0x20)
			continue;
		buf_add(out, text + from, i - from);
		from = i + 1;
		if (mark)
			buf_print(out, "\\%c", text[i]);
		else
			buf_print(out, "\\u%04x", (unsigned)(unsigned char)text[i]);
	}
	buf_add(out, text + from, len - from);
	buf_add(out, "\"", 1);
}

enum err cells_row_put(struct buf *out, size_t number, const struct csv_cell *cell, size_t count)
{
	buf_print(out, "[%zu", number);
	for (size_t i = 0; i < count; i++) {
		buf_add(out, ",", 1);
		escaped(out, cell[i].text, cell[i].len);
	}
	buf_text(out, "]\n");
	return buf_end(out);
}

void cells_sheet_put(struct buf *out, const char *name)
{
	char cut[CELLS_NAME_MAX];
	text_copy(cut, sizeof cut, name, strlen(name));
	buf_text(out, "{\"sheet\":");
	escaped(out, cut, strlen(cut));
	buf_text(out, "}\n");
}

void cells_end_put(struct buf *out, size_t rows)
{
	buf_print(out, "{\"end\":%zu}\n", rows);
}

void cells_refused_put(struct buf *out, const char *words)
{
	buf_text(out, "{\"refused\":");
	escaped(out, words, strlen(words));
	buf_text(out, "}\n");
}

/* Cells stand in one growing table by index, texts in one buffer by offset; both become pointers
 * when nothing moves any more. */
struct hold {
	struct buf text;
	struct csv_cell *cell;
	size_t cells, cell_room;
	struct cells_row *row;
	size_t row_room;
	/* Rows that were made longer by cells_put. */
	struct longer {
		struct longer *next;
		struct csv_cell cell[];
	} * longer;
};

static void *grown(void *table, size_t used, size_t *room, size_t each, size_t most)
{
	if (used < *room)
		return table;
	size_t want = *room == 0 ? 256 : *room * 2;
	if (*room >= most)
		return NULL;
	void *p = realloc(table, want * each);
	if (p != NULL)
		*room = want;
	return p;
}

static enum err add_cell(struct hold *h, const json_t *v)
{
	size_t len = json_string_length(v);
	const char *text = json_string_value(v);
	if (text == NULL || len > (size_t)CSV_CELL_MAX * 4 || !text_is_plain(text, len))
		return ERR_CORRUPT;
	struct csv_cell *cell =
		grown(h->cell, h->cells, &h->cell_room, sizeof *cell, CELLS_TOTAL_MAX);
	if (cell == NULL)
		return ERR_FULL;
	h->cell = cell;
	h->cell[h->cells++].len = len;
	buf_add(&h->text, text, len);
	return buf_end(&h->text);
}

static enum err add_row(struct hold *h, struct cells *c, const json_t *line)
{
	size_t count = json_array_size(line);
	const json_t *first = json_array_get(line, 0);
	int64_t number = json_is_integer(first) ? json_integer_value(first) : 0;
	bool first_row = c->count == (c->sheets == 0 ? 0 : c->sheet[c->sheets - 1].first);
	int64_t before = first_row ? 0 : (int64_t)h->row[c->count - 1].number;
	if (count < 2 || count - 1 > CSV_COLUMNS_MAX || number <= before || number > CSV_ROWS_MAX)
		return ERR_CORRUPT;
	struct cells_row *row = grown(h->row, c->count, &h->row_room, sizeof *row, CSV_ROWS_MAX);
	if (row == NULL)
		return ERR_FULL;
	h->row = row;
	h->row[c->count++] = (struct cells_row){.number = (size_t)number, .count = count - 1};
	for (size_t i = 1; i < count; i++) {
		enum err e = add_cell(h, json_array_get(line, i));
		if (e != OK)
			return e;
	}
	return OK;
}

/* Either every row stands in a sheet or none does. */
static enum err add_sheet(struct cells *c, const json_t *line)
{
	if (c->sheets == CELLS_SHEETS_MAX || (c->sheets == 0 && c->count > 0))
		return ERR_CORRUPT;
	struct cells_sheet *s = &c->sheet[c->sheets];
	*s = (struct cells_sheet){.first = c->count};
	c->sheets++;
	return json_text(line, "sheet", s->name, sizeof s->name) ? OK : ERR_CORRUPT;
}

/* The last line, or the only one. */
static enum err last_line(const json_t *line, struct cells *out)
{
	int64_t end;
	if (json_text(line, "refused", out->refused, sizeof out->refused))
		return out->count == 0 && out->refused[0] != 0 ? ERR_REFUSED : ERR_CORRUPT;
	if (!json_whole(line, "end", 0, CSV_ROWS_MAX, &end) || (size_t)end != out->count)
		return ERR_CORRUPT;
	return OK;
}

static void point(struct hold *h, struct cells *out)
{
	const char *text = buf_str(&h->text);
	size_t cell = 0;
	for (size_t i = 0; i < h->cells; i++) {
		h->cell[i].text = text;
		text += h->cell[i].len;
	}
	for (size_t i = 0; i < out->count; i++) {
		h->row[i].cell = h->cell + cell;
		cell += h->row[i].count;
	}
	for (size_t i = 0; i < out->sheets; i++)
		out->sheet[i].count = (i + 1 < out->sheets ? out->sheet[i + 1].first : out->count) -
				      out->sheet[i].first;
	out->row = h->row;
	if (out->sheets > 0)
		cells_choose(out, 0);
}

void cells_choose(struct cells *c, size_t sheet)
{
	struct hold *h = c->hold;
	c->chosen = sheet;
	c->count = c->sheet[sheet].count;
	c->row = h->row + c->sheet[sheet].first;
}

/* The row's cells, `count` of them, to write into. */
static struct csv_cell *cells_of(struct hold *h, struct cells_row *row, size_t count)
{
	if (count <= row->count) {
		for (struct longer *l = h->longer; l != NULL; l = l->next)
			if (l->cell == row->cell)
				return l->cell;
		return h->cell + (row->cell - h->cell);
	}
	struct longer *l = calloc(1, sizeof *l + count * sizeof l->cell[0]);
	if (l == NULL)
		return NULL;
	memcpy(l->cell, row->cell, row->count * sizeof l->cell[0]);
	for (size_t i = row->count; i < count; i++)
		l->cell[i].text = "";
	l->next = h->longer;
	h->longer = l;
	row->cell = l->cell;
	row->count = count;
	return l->cell;
}

enum err cells_put(struct cells *c, size_t sheet, size_t row, size_t column, const char *text,
		   size_t len)
{
	struct hold *h = c->hold;
	if (column == 0 || column > CSV_COLUMNS_MAX ||
	    (c->sheets > 0 ? sheet >= c->sheets : sheet > 0))
		return ERR_MISSING;
	struct cells_row *first = h->row + (c->sheets == 0 ? 0 : c->sheet[sheet].first);
	size_t count = c->sheets == 0 ? c->count : c->sheet[sheet].count, low = 0, high = count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (first[middle].number < row)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == count || first[low].number != row)
		return ERR_MISSING;
	struct csv_cell *cell = cells_of(h, &first[low], column);
	if (cell == NULL)
		return ERR_FULL;
	cell[column - 1] = (struct csv_cell){text, len};
	return OK;
}

const char *cells_name(const struct cells *c)
{
	return c->sheets == 0 ? "" : c->sheet[c->chosen].name;
}

/* One line of the answer; *last after the one that ends it. */
static enum err read_line(struct hold *h, struct cells *out, const json_t *line, bool *last)
{
	*last = false;
	if (json_is_array(line))
		return add_row(h, out, line);
	if (!json_is_object(line))
		return ERR_CORRUPT;
	if (json_object_get(line, "sheet") != NULL)
		return add_sheet(out, line);
	*last = true;
	return last_line(line, out);
}

enum err cells_read(const void *bytes, size_t len, struct cells *out)
{
	const char *p = bytes, *end = p + len;
	*out = (struct cells){0};
	struct hold *h = calloc(1, sizeof *h);
	if (h == NULL)
		return ERR_FULL;
	out->hold = h;
	buf_init(&h->text, CSV_TEXT_MAX);
	while (p < end) {
		const char *feed = memchr(p, '\n', (size_t)(end - p));
		json_error_t why;
		json_t *line = feed == NULL ? NULL : json_loadb(p, (size_t)(feed - p), 0, &why);
		bool last;
		enum err e = read_line(h, out, line, &last);
		if (last && feed + 1 != end)
			e = ERR_CORRUPT;
		json_decref(line);
		if (e != OK || last) {
			if (e == OK)
				point(h, out);
			else
				out->count = 0;
			return e;
		}
		p = feed + 1;
	}
	out->count = 0;
	return ERR_CORRUPT;
}

void cells_close(struct cells *c)
{
	struct hold *h = c->hold;
	if (h != NULL) {
		buf_free(&h->text);
		free(h->cell);
		free(h->row);
		for (struct longer *l = h->longer; l != NULL;) {
			struct longer *next = l->next;
			free(l);
			l = next;
		}
		free(h);
	}
	*c = (struct cells){0};
}
