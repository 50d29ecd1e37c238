#include "app/courier/content.h"

#include "app/base/log.h"
#include "sync/bundle.h"

#include <stdlib.h>
#include <string.h>

enum { ENTRIES_MAX = 40000 };
static const uint64_t total_max = UINT64_C(256) << 20;

void content_free(struct content *all)
{
	for (size_t i = 0; i < all->count; i++) {
		free(all->entry[i].name);
		free(all->entry[i].bytes);
	}
	free(all->entry);
	free(all->sorted);
	*all = (struct content){0};
}

static enum err keep(struct content *all, const struct bundle_entry *e)
{
	if (all->count == all->cap) {
		size_t cap = all->cap == 0 ? 64 : all->cap * 2;
		struct content_entry *grown = realloc(all->entry, cap * sizeof *grown);
		if (grown == NULL)
			return ERR_FULL;
		all->entry = grown;
		all->cap = cap;
	}
	struct content_entry *to = &all->entry[all->count];
	*to = (struct content_entry){
		.name = strdup(e->name), .bytes = malloc(e->len + 1), .len = e->len};
	all->count++;
	if (to->name == NULL || to->bytes == NULL)
		return ERR_FULL;
	memcpy(to->bytes, e->bytes, e->len);
	return OK;
}

static enum err unpack(const void *bytes, size_t len, struct content *all)
{
	const struct bundle_limits limits = {.entries = ENTRIES_MAX, .total = total_max};
	struct bundle_reader *r;
	struct bundle_entry e;
	if (bundle_open(bytes, len, &limits, &r) != SYNC_OK)
		return ERR_CORRUPT;
	enum sync_err got;
	enum err result = OK;
	for (got = bundle_next(r, &e); got == SYNC_OK && result == OK; got = bundle_next(r, &e))
		result = keep(all, &e);
	if (result == OK && got != SYNC_ERR_MISSING) {
		log_warn("apply: the bundle is refused: %s", bundle_reason(r));
		result = ERR_CORRUPT;
	}
	bundle_close(r);
	return result;
}

static int by_name(const void *a, const void *b)
{
	const struct content_entry *x = a, *y = b;
	return strcmp(x->name, y->name);
}

const struct content_entry *content_find(const struct content *all, const char *name)
{
	union {
		const char *in;
		char *out;
	} u = {.in = name};
	const struct content_entry key = {.name = u.out};
	return bsearch(&key, all->sorted, all->count, sizeof key, by_name);
}

bool content_is(const char *name, const char *with)
{
	return strncmp(name, with, strlen(with)) == 0;
}

static enum err sort(struct content *all)
{
	all->sorted = calloc(all->count, sizeof *all->sorted);
	if (all->sorted == NULL)
		return ERR_FULL;
	memcpy(all->sorted, all->entry, all->count * sizeof *all->sorted);
	qsort(all->sorted, all->count, sizeof *all->sorted, by_name);
	return OK;
}

enum err content_read(const void *bytes, size_t len, struct content *out,
		      struct wire_manifest *manifest)
{
	*out = (struct content){0};
	enum err e = unpack(bytes, len, out);
	if (e == OK && (out->count == 0 || strcmp(out->entry[0].name, "manifest.json") != 0 ||
			wire_manifest_read(out->entry[0].bytes, out->entry[0].len, manifest) != OK))
		e = ERR_CORRUPT;
	return e == OK ? sort(out) : e;
}
