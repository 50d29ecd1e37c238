#include "app/village/cells.h"

#include "app/base/text.h"
#include "app/village/json.h"

#include <stdlib.h>
#include <string.h>

static void escaped(struct buf *out, const char *text, size_t len)
{
	buf_add(out, "\"", 1);
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '"' || text[i] == '\\')
			buf_print(out, "\\%c", text[i]);
		else if ((unsigned char)text[i] < 0x20)
			buf_print(out, "\\u%04x", (unsigned)(unsigned char)text[i]);
		else
			buf_add(out, &text[i], 1);
	}
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
	int64_t before = c->count == 0 ? 0 : (int64_t)h->row[c->count - 1].number;
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
	out->row = h->row;
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
		enum err e = ERR_CORRUPT;
		bool last = json_is_object(line);
		if (json_is_array(line))
			e = add_row(h, out, line);
		else if (last)
			e = feed + 1 == end ? last_line(line, out) : ERR_CORRUPT;
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
		free(h);
	}
	*c = (struct cells){0};
}
