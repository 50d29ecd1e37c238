/* zip_memory.h - a zip that is in memory, for minizip; nothing is written anywhere. */
#pragma once
#include <stddef.h>

#include <minizip/unzip.h>

struct zip_memory {
	const unsigned char *bytes;
	size_t len, at;
};
/* NULL when it is no zip. `m` lives as long as the zip; end with unzClose. */
unzFile zip_memory_open(struct zip_memory *m, const void *bytes, size_t len);
