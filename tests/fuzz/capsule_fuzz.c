/* capsule_fuzz.c - any bytes as a capsule: refused, or of its size; no foreign key opens it. */
#include "app/village/capsule.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct receipt_keys keys;
	static struct sign_public service;
	static struct sign_secret secret;
	static int ready;
	static struct capsule_entry entry[CAPSULE_ENTRIES_MAX];
	struct capsule_unchecked raw;
	struct capsule c;
	size_t count = CAPSULE_ENTRIES_MAX;
	if (!ready) {
		if (sign_start() != SYNC_OK)
			abort();
		sign_generate(&service, &secret);
		seal_generate(&keys.pub.answer, &keys.answer);
		ready = 1;
	}
	if (capsule_read(data, size, &raw) != OK)
		return 0;
	if (raw.len != size || capsule_check(&raw, &service, &c) == OK)
		abort();
	c = (struct capsule){.version = raw.version, .bytes = raw.bytes, .len = raw.len};
	if (capsule_open(&c, &keys, entry, &count) == OK)
		abort();
	return 0;
}
