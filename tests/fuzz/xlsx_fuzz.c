/* xlsx_fuzz.c - any bytes as an uploaded XLSX: as the whole zip, or as parts that are put into a
 * good one (sheet, strings, styles, workbook, links, divided by a zero byte). Whatever comes out is
 * what cells_read takes. */
#include "app/intake/sheet_xlsx.h"
#include "tests/intake/made.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_it(const void *bytes, size_t len)
{
	struct buf out;
	struct cells back;
	buf_init(&out, CELLS_BYTES_MAX);
	enum sheet_fault f = sheet_xlsx(bytes, len, 1, &out);
	if (f >= SHEET_FAULTS || (f != SHEET_FINE && sheet_fault_words(f)[0] == 0))
		abort();
	if (f == SHEET_FINE && !out.full) {
		if (cells_read(out.p, out.len, &back) != OK)
			abort();
		cells_close(&back);
	}
	buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > 4 && memcmp(data, "PK", 2) == 0) {
		read_it(data, size);
		return 0;
	}
	const char *part[5] = {NULL};
	char *copy = malloc(size + 1), *at = copy;
	struct buf zip;
	if (copy == NULL)
		abort();
	memcpy(copy, data, size);
	copy[size] = 0;
	for (size_t i = 0; i < 5 && at <= copy + size; i++) {
		part[i] = at;
		at += strlen(at) + 1;
	}
	buf_init(&zip, 16 << 20);
	made_xlsx(&zip, &(const struct made_book){.sheet = part[0],
						  .strings = part[1],
						  .styles = part[2],
						  .book = part[3],
						  .links = part[4]});
	read_it(zip.p, zip.len);
	buf_free(&zip);
	free(copy);
	return 0;
}
