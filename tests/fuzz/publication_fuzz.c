/* publication_fuzz.c - any bytes as the body of a publication, as a whole signed one, as a sheet.
 */
#include "app/village/publication.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct publication p = {0};
	struct sheet_entry entry = {.part = 1};
	struct signed_unchecked raw;
	if (sign_start() != SYNC_OK)
		abort();
	if (publication_glance(data, size, &p) == OK)
		for (size_t i = 0; i < p.sheet_count; i++)
			if (p.sheet[i].rows > SHEET_ROWS_MAX || p.sheet[i].version == 0)
				abort();
	publication_free(&p);
	if (signed_read(data, size, "publication", &raw) == SYNC_OK && raw.body_len > size)
		abort();
	if (sheet_measure(data, size, &entry) == OK && entry.rows > SHEET_ROWS_MAX)
		abort();
	return 0;
}
