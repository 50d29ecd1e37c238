/* upload_fuzz.c - any lines of cells as a ledger, and once more with cells put right: whatever
 * comes out is a sheet or a finding. */
#include "app/village/upload.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct upload *u)
{
	size_t offset, len;
	if (u->errors > 0)
		return;
	for (size_t i = 0; upload_part(u->sheet.p, u->sheet.len, i, &offset, &len); i++) {
		struct sheet_entry entry;
		if (sheet_measure(u->sheet.p + offset, len, &entry) != OK)
			abort();
	}
}

/* A few cells of any row and column, as the form of the page could name them. */
static void put_right(struct cells *cells, const uint8_t *data, size_t size)
{
	for (size_t i = 1; i < size && i < 64; i++)
		if (cells_put(cells, data[i] % 3, data[i / 2] % 40, data[i] % 260u, "2026-10-05",
			      10) == OK)
			continue;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct catalogue *catalogue;
	static struct chart chart;
	struct cells cells;
	struct upload *u = NULL;
	if (catalogue == NULL) {
		static const char accounts[] =
			"code,name\n513,管理费用\n504,其他收入\n101,库存现金\n";
		if (catalogue_open("assets/catalogue", &catalogue) != OK ||
		    chart_read(accounts, sizeof accounts - 1, &chart) != OK)
			abort();
	}
	const char *name = size > 0 && data[0] % 2 == 1 ? "fund_balance" : "ledger";
	const struct upload_task task = {
		.t = catalogue_find(catalogue, name), .chart = &chart, .period = "2026-10"};
	if (size > 0 && cells_read(data + 1, size - 1, &cells) == OK) {
		if (upload_read(&task, &cells, &u) == OK)
			check(u);
		upload_close(u);
		put_right(&cells, data, size);
		if (upload_read(&task, &cells, &u) == OK)
			check(u);
		upload_close(u);
		cells_close(&cells);
	} else if (size > 0) {
		cells_close(&cells);
	}
	return 0;
}
