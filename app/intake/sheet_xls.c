#include "app/intake/sheet_xls.h"

#include "app/intake/grid.h"
#include "app/intake/ole.h"
#include "app/intake/xls_rest.h"

#include <errno.h>
#include <freexl.h>
#include <string.h>
#include <unistd.h>

enum { SHEETS_MAX = 64, ROWS_OF_XLS = 65536 };

static bool fill(int file, const unsigned char *p, size_t len)
{
	while (len > 0) {
		ssize_t n = write(file, p, len);
		if (n <= 0 && errno != EINTR)
			return false;
		if (n > 0) {
			p += n;
			len -= (size_t)n;
		}
	}
	return true;
}

static enum sheet_fault put_value(struct grid *g, size_t row, size_t column,
				  const FreeXL_CellValue *v)
{
	switch (v->type) {
	case FREEXL_CELL_INT:
		return grid_put_number(g, row, column, v->value.int_value);
	case FREEXL_CELL_DOUBLE:
		return grid_put_number(g, row, column, v->value.double_value);
	case FREEXL_CELL_TEXT:
	case FREEXL_CELL_SST_TEXT:
	case FREEXL_CELL_TIME:
		return v->value.text_value == NULL ? SHEET_FINE
						   : grid_put(g, row, column, v->value.text_value,
							      strlen(v->value.text_value), true);
	case FREEXL_CELL_DATE: /* 2026-10-28 */
	case FREEXL_CELL_DATETIME: {
		const char *s = v->value.text_value;
		return s == NULL ? SHEET_FINE : grid_put(g, row, column, s, strnlen(s, 10), true);
	}
	default:
		return SHEET_FINE;
	}
}

static enum sheet_fault read_sheet(const void *book, unsigned short i, struct grid *g)
{
	unsigned rows = 0;
	unsigned short columns = 0;
	FreeXL_CellValue v;
	if (freexl_select_active_worksheet(book, i) != FREEXL_OK ||
	    freexl_worksheet_dimensions(book, &rows, &columns) != FREEXL_OK)
		return SHEET_FINE; /* a chart or a macro sheet */
	for (unsigned row = 0; row < rows && row < ROWS_OF_XLS; row++)
		for (unsigned short c = 0; c < columns && c < CSV_COLUMNS_MAX; c++) {
			if (freexl_get_cell_value(book, row, c, &v) != FREEXL_OK)
				continue;
			enum sheet_fault f = put_value(g, row, c, &v);
			if (f != SHEET_FINE)
				return f;
		}
	return SHEET_FINE;
}

/* What a library and its complement tell of one sheet. */
static enum sheet_fault whole_sheet(const void *book, const struct buf *stream, unsigned short i,
				    struct grid *g)
{
	grid_clear(g);
	enum sheet_fault f = read_sheet(book, i, g);
	return f == SHEET_FINE ? xls_rest(stream, i, g) : f;
}

static enum sheet_fault read_book(const void *book, const struct buf *stream, struct grid *g,
				  struct buf *out)
{
	unsigned sheets = 0, locked = 0;
	size_t rows = 0;
	if (freexl_get_info(book, FREEXL_BIFF_PASSWORD, &locked) == FREEXL_OK &&
	    locked == FREEXL_BIFF_OBFUSCATED)
		return SHEET_LOCKED;
	if (freexl_get_info(book, FREEXL_BIFF_SHEET_COUNT, &sheets) != FREEXL_OK)
		return SHEET_BROKEN;
	for (unsigned short i = 0; i < sheets && i < SHEETS_MAX; i++) {
		const char *name = NULL;
		if (xls_sheet_hidden(stream, i))
			continue;
		if (freexl_get_worksheet_name(book, i, &name) != FREEXL_OK || name == NULL)
			name = "";
		enum sheet_fault f = whole_sheet(book, stream, i, g);
		if (f == SHEET_FINE)
			f = grid_write(g, name, out, &rows);
		if (f != SHEET_FINE)
			return f;
	}
	if (rows == 0)
		return SHEET_EMPTY;
	cells_end_put(out, rows);
	return SHEET_FINE;
}

enum sheet_fault sheet_xls(struct sheet_reader *r, const void *bytes, size_t len, struct buf *out)
{
	const void *book = NULL;
	struct grid g;
	struct buf stream;
	if (!fill(r->file, bytes, len))
		return SHEET_MEMORY;
	grid_start(&g);
	buf_init(&stream, CSV_BYTES_MAX);
	enum sheet_fault f = ole_workbook(bytes, len, &stream);
	if (f == SHEET_FINE && !xls_charset_known(&stream))
		f = SHEET_OTHER_TABLE;
	int rc = f == SHEET_FINE ? freexl_open(r->path, &book) : FREEXL_NULL_ARGUMENT;
	if (rc == FREEXL_OK)
		f = read_book(book, &stream, &g, out);
	else if (f == SHEET_FINE)
		f = rc == FREEXL_INSUFFICIENT_MEMORY ? SHEET_MEMORY : SHEET_BROKEN;
	if (book != NULL)
		freexl_close(book);
	buf_free(&stream);
	grid_end(&g);
	return f;
}
