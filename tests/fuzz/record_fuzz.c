/* record_fuzz.c - any bytes as a line of a sheet, an acknowledgement, settings, a letter's JSON. */
#include "app/village/ack.h"
#include "app/village/complaint.h"
#include "app/village/record.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct catalogue *catalogue;
	static const struct sign_public nobody;
	static struct complaint says;
	struct record r;
	struct hash page[RECORD_ATTACH_MAX];
	size_t pages;
	struct ack ack;
	struct settings *s = NULL;
	if (catalogue == NULL &&
	    (sign_start() != SYNC_OK || catalogue_open("assets/catalogue", &catalogue) != OK))
		abort();
	if (record_read(catalogue_find(catalogue, "ledger"), (const char *)data, size, &r) == OK &&
	    (r.direction < -1 || r.direction > 1 ||
	     record_attach(r.line, r.line_len, page, &pages) != OK || pages != r.attach_count))
		abort();
	(void)!record_read(catalogue_find(catalogue, "fund_balance"), (const char *)data, size, &r);
	if (ack_read(data, size, &nobody, &ack) == OK ||
	    settings_read(data, size, &nobody, &s) == OK)
		abort();
	(void)!complaint_read_matter(data, size, &says);
	(void)!complaint_read_identity(data, size, &says);
	return 0;
}
