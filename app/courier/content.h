/* content.h - what is in a bundle, unpacked in memory within limits; by nobody's word so far. */
#pragma once
#include "app/village/wire.h"

#include <stdbool.h>

struct content_entry {
	char *name;
	unsigned char *bytes;
	size_t len;
};

struct content {
	struct content_entry *entry; /* in the bundle's order */
	size_t count, cap;
	struct content_entry *sorted; /* the same, by name */
};

/* ERR_CORRUPT: no bundle of ours. End with content_free in every case. */
must_use enum err content_read(const void *bytes, size_t len, struct content *out,
			       struct wire_manifest *manifest);
void content_free(struct content *all);
const struct content_entry *content_find(const struct content *all, const char *name); /* NULL */
/* Does the name begin so? */
bool content_is(const char *name, const char *with);
