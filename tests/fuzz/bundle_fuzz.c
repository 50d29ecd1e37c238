/* bundle_fuzz.c - any bytes as a bundle: within its limits or refused with a reason. */
#include "sync/bundle.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct bundle_limits limits = {.entries = 64, .total = 1 << 20, .one = 1 << 18};
	struct bundle_reader *r;
	struct bundle_entry e;
	uint64_t all = 0;
	size_t count = 0;
	if (bundle_open(data, size, &limits, &r) != SYNC_OK)
		return 0;
	enum sync_err got;
	for (got = bundle_next(r, &e); got == SYNC_OK; got = bundle_next(r, &e)) {
		all += e.len;
		count++;
		if (e.len > limits.one || all > limits.total || count > limits.entries ||
		    strstr(e.name, "..") == e.name || e.name[0] == '/')
			abort();
	}
	if (got != SYNC_ERR_MISSING && bundle_reason(r)[0] == 0)
		abort();
	bundle_close(r);
	return 0;
}
