/* prune.c - applied/ holds what the books can be made from, and not every bundle that ever came.
 *
 * Each answer comes in a bundle of its own and replaces an older one; after a gap or a restored
 * server everything comes once more. When enough has gathered, what still counts is packed anew:
 * every publication once, with its sheets; of each capsule the newest. They are kept byte for byte,
 * each carries its own signature, so nothing is lost by another wrapping. Pictures stand in the
 * album already. The new bundles are durable before an old one goes; cut short, something stands
 * there twice, which changes nothing.
 */
#include "app/base/log.h"
#include "app/base/text.h"
#include "app/courier/content.h"
#include "app/courier/courier.h"
#include "sync/bundle.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SMALL_BYTES = 256 << 10, SMALL_MAX = 64, CHUNK_BYTES = 16 << 20, ROOM_BYTES = 64 << 20 };
static const char note_name[] = "pruned";

/* Hashes of what was taken already. */
struct taken {
	struct hash *slot; /* zeros: free */
	size_t count, cap; /* cap is a power of two */
};

struct packing {
	struct courier *courier;
	struct bundle_writer *writer; /* NULL between two bundles */
	size_t bytes;                 /* in it */
	uint64_t through;             /* of the bundle that is being read */
	struct taken all;             /* publications and capsules */
	struct taken sheets;          /* of the bundle that is written */
	struct bundle_names made;     /* what must stay */
	bool whole;                   /* the bundle that is read stays as it is */
};

/* --- what was taken --- */

static struct hash *place_of(const struct taken *t, const struct hash *h)
{
	static const struct hash none;
	size_t at;
	memcpy(&at, h->b, sizeof at);
	while (!hash_equal(&t->slot[at & (t->cap - 1)], &none) &&
	       !hash_equal(&t->slot[at & (t->cap - 1)], h))
		at++;
	return &t->slot[at & (t->cap - 1)];
}

static enum err grow(struct taken *t)
{
	struct taken more = {.cap = t->cap == 0 ? 1024 : 2 * t->cap, .count = t->count};
	static const struct hash none;
	more.slot = calloc(more.cap, sizeof *more.slot);
	if (more.slot == NULL)
		return ERR_FULL;
	for (size_t i = 0; i < t->cap; i++)
		if (!hash_equal(&t->slot[i], &none))
			*place_of(&more, &t->slot[i]) = t->slot[i];
	free(t->slot);
	*t = more;
	return OK;
}

/* ERR_SAME: it was taken before. */
static enum err take(struct taken *t, const void *bytes, size_t len)
{
	struct hash h;
	if (2 * t->count >= t->cap && grow(t) != OK)
		return ERR_FULL;
	hash_bytes(bytes, len, &h);
	struct hash *at = place_of(t, &h);
	if (hash_equal(at, &h))
		return ERR_SAME;
	*at = h;
	t->count++;
	return OK;
}

static void forget(struct taken *t)
{
	free(t->slot);
	*t = (struct taken){0};
}

/* --- packing --- */

static enum err stays(struct packing *p, const char *file)
{
	char(*name)[BUNDLE_NAME_MAX] =
		realloc(p->made.name, (p->made.count + 1) * sizeof *p->made.name);
	if (name == NULL)
		return ERR_FULL;
	text_copy(name[p->made.count++], BUNDLE_NAME_MAX, file, strlen(file));
	p->made.name = name;
	return OK;
}

static enum err finish(struct packing *p)
{
	unsigned char *bytes = NULL;
	size_t len = 0;
	const struct wire_manifest m = {.through = p->through};
	if (p->writer == NULL)
		return OK;
	enum sync_err got = bundle_finish(p->writer, &bytes, &len);
	p->writer = NULL;
	p->bytes = 0;
	forget(&p->sheets);
	if (got != SYNC_OK)
		return ERR_FULL;
	char name[BUNDLE_NAME_MAX];
	enum err e = bundles_keep(p->courier, &m, bytes, len, name);
	free(bytes);
	return e == OK ? stays(p, name) : e;
}

static enum err begin(struct packing *p)
{
	struct buf text;
	const struct wire_manifest m = {.through = p->through};
	if (p->writer != NULL && p->bytes < CHUNK_BYTES)
		return OK;
	enum err e = finish(p);
	if (e == OK && bundle_begin(WIRE_FEED_MAX, &p->writer) != SYNC_OK)
		e = ERR_FULL;
	buf_init(&text, WIRE_MESSAGE_MAX);
	if (e == OK)
		e = wire_manifest_make(&m, &text);
	if (e == OK && bundle_add(p->writer, "manifest.json", text.p, text.len) != SYNC_OK)
		e = ERR_FULL;
	buf_free(&text);
	return e;
}

static enum err add(struct packing *p, const struct content_entry *e)
{
	p->bytes += e->len;
	return bundle_add(p->writer, e->name, e->bytes, e->len) == SYNC_OK ? OK : ERR_FULL;
}

static const struct content_entry *sheet_of(const struct content *all, const struct hash *hash)
{
	char name[8 + 2 * HASH_BYTES] = "sheets/";
	text_hex(hash->b, HASH_BYTES, name + 7);
	return content_find(all, name);
}

/* A publication that was here already is passed over when a bundle is applied, its sheets unread:
 * they may be missing or others. Nothing can be made from such a one. */
static bool is_whole(const struct publication *pub, const struct content *all)
{
	bool whole = true;
	for (size_t i = 0; i < pub->sheet_count && whole; i++) {
		const struct content_entry *sheet = sheet_of(all, &pub->sheet[i].hash);
		struct hash is;
		if (sheet != NULL)
			hash_bytes(sheet->bytes, sheet->len, &is);
		whole = sheet != NULL && hash_equal(&is, &pub->sheet[i].hash);
	}
	return whole;
}

static enum err add_sheets(struct packing *p, const struct publication *pub,
			   const struct content *all)
{
	enum err e = OK;
	for (size_t i = 0; i < pub->sheet_count && e == OK; i++) {
		const struct content_entry *sheet = sheet_of(all, &pub->sheet[i].hash);
		e = take(&p->sheets, sheet->bytes, sheet->len);
		e = e == OK ? add(p, sheet) : e == ERR_SAME ? OK : e;
	}
	return e;
}

/* False for a publication that is not signed, or another one stands in its place. */
static enum err publication_counts(struct packing *p, const struct content_entry *e,
				   struct publication *pub, bool *counts)
{
	struct buf here;
	enum err got = publication_read(e->bytes, e->len, p->courier->settings, pub);
	/* What only a later release can read stays for it, with sheets nobody here can name. */
	p->whole = p->whole || got == ERR_MISSING;
	*counts = got == OK;
	if (got != OK)
		return got == ERR_FULL ? got : OK;
	buf_init(&here, PUBLICATION_BYTES_MAX);
	got = books_publication(p->courier->books, pub->place, pub->number, &here);
	if (got == OK)
		*counts = here.len == e->len && memcmp(here.p, e->bytes, e->len) == 0;
	buf_free(&here);
	return got == ERR_MISSING ? OK : got;
}

static enum err pack_publication(struct packing *p, const struct content_entry *e,
				 const struct content *all)
{
	struct publication pub = {0};
	bool counts;
	enum err got = publication_counts(p, e, &pub, &counts);
	if (got == OK && counts && is_whole(&pub, all)) {
		got = take(&p->all, e->bytes, e->len);
		if (got == OK)
			got = begin(p);
		if (got == OK)
			got = add(p, e);
		if (got == OK)
			got = add_sheets(p, &pub, all);
	}
	publication_free(&pub);
	return got == ERR_SAME ? OK : got;
}

/* The newest the books know, or one they do not know yet. */
static enum err pack_capsule(struct packing *p, const struct content_entry *e)
{
	struct capsule_unchecked newest;
	struct capsule capsule;
	struct service_key by;
	struct buf here;
	if (!courier_believes_capsule(p->courier, e->bytes, e->len, &capsule, &by))
		return OK;
	buf_init(&here, CAPSULE_BYTES_MAX);
	enum err got = books_capsule(p->courier->books, capsule.locator, &here);
	bool older = got == OK && capsule_read(here.p, here.len, &newest) == OK &&
		     newest.version >= capsule.version &&
		     (here.len != e->len || memcmp(here.p, e->bytes, e->len) != 0);
	buf_free(&here);
	if (got != OK && got != ERR_MISSING)
		return got;
	if (older)
		return OK;
	got = take(&p->all, e->bytes, e->len);
	if (got == OK)
		got = begin(p);
	if (got == OK)
		got = add(p, e);
	return got == ERR_SAME ? OK : got;
}

static enum err pack_bundle(struct packing *p, const char *name)
{
	struct buf bytes;
	struct content all;
	struct wire_manifest m = {0};
	buf_init(&bytes, WIRE_FEED_MAX);
	enum err e = bundles_read(p->courier, "applied", name, &bytes);
	if (e != OK) {
		buf_free(&bytes);
		return e == ERR_REFUSED ? OK : e;
	}
	e = content_read(bytes.p, bytes.len, &all, &m);
	buf_free(&bytes);
	p->through = m.through;
	p->whole = false;
	for (size_t i = 0; i < all.count && e == OK; i++) {
		if (content_is(all.entry[i].name, "publications/"))
			e = pack_publication(p, &all.entry[i], &all);
		else if (content_is(all.entry[i].name, "capsules/"))
			e = pack_capsule(p, &all.entry[i]);
	}
	content_free(&all);
	if (e == OK && p->whole)
		e = stays(p, name);
	return e == ERR_CORRUPT ? OK : e; /* it is no bundle: nothing can be made from it */
}

/* --- when, and what goes --- */

static uint64_t measure(struct courier *c, const struct bundle_names *all, size_t *small)
{
	uint64_t bytes = 0;
	*small = 0;
	for (size_t i = 0; i < all->count; i++) {
		char inner[BUNDLE_NAME_MAX + 16], path[4096];
		struct stat s = {0};
		snprintf(inner, sizeof inner, "applied/%s", all->name[i]);
		if (lstat(home_path(&c->home, inner, path), &s) != 0)
			continue;
		bytes += (uint64_t)s.st_size;
		*small += s.st_size < SMALL_BYTES;
	}
	return bytes;
}

static void remove_old(struct courier *c, const struct bundle_names *all,
		       const struct bundle_names *made)
{
	for (size_t i = 0; i < all->count; i++) {
		char inner[BUNDLE_NAME_MAX + 16], path[4096];
		bool kept = false;
		for (size_t n = 0; n < made->count; n++)
			kept = kept || strcmp(made->name[n], all->name[i]) == 0;
		snprintf(inner, sizeof inner, "applied/%s", all->name[i]);
		if (!kept && unlink(home_path(&c->home, inner, path)) != 0)
			log_warn("prune: %s stays", inner);
	}
}

static enum err pack_all(struct courier *c, const struct bundle_names *all)
{
	struct packing p = {.courier = c};
	enum err e = OK;
	for (size_t i = 0; i < all->count && e == OK; i++)
		e = *c->stop == 0 ? pack_bundle(&p, all->name[i]) : ERR_IO;
	if (e == OK)
		e = finish(&p);
	bundle_abandon(p.writer);
	forget(&p.all);
	forget(&p.sheets);
	if (e == OK)
		remove_old(c, all, &p.made);
	free(p.made.name);
	return e;
}

static uint64_t pruned_bytes(struct courier *c)
{
	char text[32];
	int64_t n;
	if (books_note(c->books, note_name, text, sizeof text) != OK ||
	    !text_number(text, strlen(text), &n))
		return 0;
	return (uint64_t)n;
}

enum err courier_prune(struct courier *c)
{
	struct bundle_names all;
	size_t small;
	char text[32];
	if (c->settings == NULL)
		return OK;
	enum err e = bundles_list(c, "applied", &all);
	uint64_t bytes = e == OK ? measure(c, &all, &small) : 0;
	if (e != OK || (small < SMALL_MAX && bytes < 2 * pruned_bytes(c) + ROOM_BYTES)) {
		free(all.name);
		return e;
	}
	e = pack_all(c, &all);
	free(all.name);
	if (e == OK)
		e = bundles_list(c, "applied", &all);
	if (e != OK)
		return e;
	snprintf(text, sizeof text, "%" PRIu64, measure(c, &all, &small));
	log_info("prune: %" PRIu64 " bytes of bundles became %s", bytes, text);
	free(all.name);
	return books_set_note(c->books, note_name, text);
}
