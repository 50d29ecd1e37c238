/* csv.h - a table of cells from the bytes an office program saved.
 *
 * Bytes become UTF-8 (with or without a byte order mark; GB18030; UTF-16 with a mark), then rows of
 * cells: separators are comma, semicolon or tab, quotes as RFC 4180. Nothing is guessed beyond the
 * encoding and the separator; whatever is not plainly a table is refused with its place.
 *
 * Pure functions over outside bytes; converting Chinese encodings loads a module of the C library,
 * which is why the decoder is opened before a process locks itself up. */
#pragma once
#include "app/base/buf.h"

enum {
	CSV_BYTES_MAX = 8 << 20,
	CSV_TEXT_MAX = 24 << 20, /* UTF-8 of the above */
	CSV_ROWS_MAX = 200000,
	CSV_COLUMNS_MAX = 256,
	CSV_CELL_MAX = 32767 /* characters, as in a spreadsheet */
};

enum csv_fault {
	CSV_FINE,
	CSV_EMPTY,
	CSV_TOO_LONG,
	CSV_WORKBOOK, /* an .xlsx or .xls under another name */
	CSV_NUL,
	CSV_ENCODING,
	CSV_QUOTE, /* a quote that does not end, or text after one that did */
	CSV_CONTROL,
	CSV_ROWS,
	CSV_COLUMNS,
	CSV_CELL,
	CSV_MEMORY
};

/* What is wrong and where: row and column from 1, 0 when the whole file is meant. */
struct csv_trouble {
	enum csv_fault fault;
	size_t row, column;
};
/* One Chinese sentence that says what to do about it. */
void csv_trouble_words(const struct csv_trouble *t, struct buf *out);

struct csv_decoder;
must_use enum err csv_decoder_open(struct csv_decoder **out);
void csv_decoder_close(struct csv_decoder *d); /* NULL is fine */
/* Appends UTF-8 without a byte order mark. ERR_CORRUPT or ERR_FULL, with the reason in `why`. */
must_use enum err csv_decode(struct csv_decoder *d, const void *bytes, size_t len, struct buf *utf8,
			     struct csv_trouble *why);

struct csv_cell {
	const char *text; /* plain UTF-8, not NUL-ended; line ends are line feeds */
	size_t len;
};
struct csv_reader {
	/* Each row in order, with its number as a spreadsheet shows it. Anything but OK ends the
	 * reading and is passed on. */
	enum err (*row)(void *self, size_t number, const struct csv_cell *cell, size_t count);
	void *self;
};
/* `text` is UTF-8 and is changed in place (quotes are taken out); cells point into it. */
must_use enum err csv_read(char *text, size_t len, const struct csv_reader *reader,
			   struct csv_trouble *why);
