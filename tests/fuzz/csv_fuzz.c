/* csv_fuzz.c - any bytes as an uploaded CSV: decoded, split into cells, written and read back. */
#include "app/base/text.h"
#include "app/village/cells.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
	struct buf lines;
	size_t rows, cells;
};

static enum err put_row(void *self, size_t number, const struct csv_cell *cell, size_t count)
{
	struct seen *s = self;
	s->rows++;
	s->cells += count;
	for (size_t i = 0; i < count; i++)
		if (!text_is_plain(cell[i].text, cell[i].len))
			abort();
	return cells_row_put(&s->lines, number, cell, count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct csv_decoder *decoder;
	struct csv_trouble why;
	struct buf text;
	struct seen s = {.rows = 0};
	const struct csv_reader reader = {put_row, &s};
	if (decoder == NULL && csv_decoder_open(&decoder) != OK)
		abort();
	buf_init(&text, CSV_TEXT_MAX);
	buf_init(&s.lines, CELLS_BYTES_MAX);
	enum err e = csv_decode(decoder, data, size, &text, &why);
	if (e == OK)
		e = csv_read((char *)text.p, text.len, &reader, &why);
	if (e == OK) {
		struct cells back;
		cells_end_put(&s.lines, s.rows);
		if (cells_read(s.lines.p, s.lines.len, &back) != OK || back.count != s.rows)
			abort();
		cells_close(&back);
	} else {
		struct buf words;
		buf_init(&words, CELLS_WORDS_MAX);
		csv_trouble_words(&why, &words);
		if (why.fault == CSV_FINE || words.full)
			abort();
		buf_free(&words);
	}
	buf_free(&text);
	buf_free(&s.lines);
	return 0;
}
