/* xls_fuzz.c - any bytes as an uploaded XLS, or as the records within one: what the house reads in
 * it itself. The library beside it is read only within the cage, and tried there by sheet_test. */
#include "app/intake/ole.h"
#include "app/intake/xls_rest.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SHEETS = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf stream, out;
	struct grid g;
	struct cells back;
	size_t rows = 0;
	buf_init(&stream, CSV_BYTES_MAX);
	buf_init(&out, CELLS_BYTES_MAX);
	grid_start(&g);
	if (size >= 8 && memcmp(data, "\xd0\xcf\x11\xe0", 4) == 0) {
		if (ole_kind(data, size) == SHEET_FINE &&
		    ole_workbook(data, size, &stream) > SHEET_FAULTS)
			abort();
	} else {
		buf_add(&stream, data, size); /* records without the file around them */
	}
	enum sheet_fault f = SHEET_FINE;
	for (size_t i = 0; i < SHEETS && f == SHEET_FINE; i++) {
		grid_clear(&g);
		f = xls_sheet_hidden(&stream, i) ? SHEET_FINE : xls_rest(&stream, i, &g);
		if (f == SHEET_FINE)
			f = grid_write(&g, "x", &out, &rows);
	}
	cells_end_put(&out, rows);
	if (f == SHEET_FINE && !out.full) {
		if (cells_read(out.p, out.len, &back) != OK)
			abort();
		cells_close(&back);
	}
	grid_end(&g);
	buf_free(&stream);
	buf_free(&out);
	return 0;
}
