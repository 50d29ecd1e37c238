#include "app/intake/sheet_csv.h"

struct writing {
	struct buf *out;
	size_t rows;
};

static enum err write_row(void *self, size_t number, const struct csv_cell *cell, size_t count)
{
	struct writing *w = self;
	w->rows++;
	return cells_row_put(w->out, number, cell, count);
}

void sheet_csv(struct csv_decoder *d, const void *bytes, size_t len, struct buf *out)
{
	struct csv_trouble why;
	struct buf text, words;
	struct writing w = {.out = out};
	const struct csv_reader reader = {write_row, &w};
	buf_init(&text, CSV_TEXT_MAX);
	buf_init(&words, CELLS_WORDS_MAX - 1);
	enum err e = csv_decode(d, bytes, len, &text, &why);
	if (e == OK)
		e = csv_read((char *)text.p, text.len, &reader, &why);
	if (e == OK) {
		cells_end_put(out, w.rows);
	} else {
		if (why.fault == CSV_FINE)
			why.fault = CSV_MEMORY;
		csv_trouble_words(&why, &words);
		buf_clear(out);
		cells_refused_put(out, buf_str(&words));
	}
	buf_free(&text);
	buf_free(&words);
}
