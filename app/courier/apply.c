/* apply.c - the content of a bundle into the books. Who packed it does not matter: settings,
 * publications and capsules each carry the signature that counts. */
#include "app/base/log.h"
#include "app/base/text.h"
#include "app/courier/courier.h"
#include "sync/bundle.h"

#include <stdlib.h>
#include <string.h>

enum { ENTRIES_MAX = 40000, CAPSULES_PER_COMMIT = 500 };
static const uint64_t total_max = UINT64_C(256) << 20;

struct entry {
	char *name;
	unsigned char *bytes;
	size_t len;
};

struct content {
	struct entry *entry;
	size_t count, cap;
};

static void content_free(struct content *all)
{
	for (size_t i = 0; i < all->count; i++) {
		free(all->entry[i].name);
		free(all->entry[i].bytes);
	}
	free(all->entry);
}

static enum err keep(struct content *all, const struct bundle_entry *e)
{
	if (all->count == all->cap) {
		size_t cap = all->cap == 0 ? 64 : all->cap * 2;
		struct entry *grown = realloc(all->entry, cap * sizeof *grown);
		if (grown == NULL)
			return ERR_FULL;
		all->entry = grown;
		all->cap = cap;
	}
	struct entry *to = &all->entry[all->count];
	*to = (struct entry){.name = strdup(e->name), .bytes = malloc(e->len + 1), .len = e->len};
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
	const struct entry *x = a, *y = b;
	return strcmp(x->name, y->name);
}

static const struct entry *find(const struct content *sorted, const char *name)
{
	union {
		const char *in;
		char *out;
	} u = {.in = name};
	const struct entry key = {.name = u.out};
	return bsearch(&key, sorted->entry, sorted->count, sizeof key, by_name);
}

static bool starts(const char *name, const char *with)
{
	return strncmp(name, with, strlen(with)) == 0;
}

/* --- each kind --- */

static enum err apply_settings(struct courier *c, const struct entry *e)
{
	enum err result = books_put_settings(c->books, &c->home.root, e->bytes, e->len);
	if (result == OK) {
		log_info("apply: new settings");
		result = courier_keep_settings(c, e->bytes, e->len);
		return result == OK ? courier_load_settings(c) : result;
	}
	if (result == ERR_REFUSED || result == ERR_CORRUPT)
		courier_alarm(c, "settings", "收到的设置不是县根签的，没有用");
	return result == ERR_IO || result == ERR_FULL ? result : OK;
}

/* Only a later release can read it. The place stays as it is; after an upgrade everything is taken
 * again (repair.c). */
static enum err note_too_new(struct courier *c)
{
	courier_alarm(c, "too-new", "有的公开内容要新版本才看得懂，请升级");
	enum err e = books_set_note(c->books, "too_new", ELUTONG_VERSION);
	c->too_new = c->too_new || e == OK;
	return e;
}

/* Every sheet, then one short step that shows them all. ERR_CORRUPT: a sheet is wrong or not in the
 * bundle. */
static enum err apply_sheets(const struct publication *p, struct books_apply *a,
			     const struct content *all)
{
	enum err e = OK;
	for (size_t i = 0; i < p->sheet_count && e == OK; i++) {
		char name[8 + 2 * HASH_BYTES] = "sheets/";
		text_hex(p->sheet[i].hash.b, HASH_BYTES, name + 7);
		const struct entry *sheet = find(all, name);
		e = sheet == NULL ? ERR_CORRUPT : books_apply_sheet(a, i, sheet->bytes, sheet->len);
	}
	return e == OK ? books_apply_finish(a) : e;
}

/* A publication whose signature holds. ERR_MISSING: one before it is not here. */
static enum err apply_signed(struct courier *c, const struct publication *p,
			     const struct entry *entry, const struct content *all)
{
	struct books_apply *a = NULL;
	enum err e = books_apply_begin(c->books, c->catalogue, p, entry->bytes, entry->len, &a);
	if (e == ERR_REFUSED) {
		courier_alarm(c, "twin", "同一号的公开内容来了两份不同的，留着先来的");
		return OK;
	}
	if (e != OK)
		return e == ERR_SAME ? OK : e;
	e = apply_sheets(p, a, all);
	books_apply_close(a);
	if (e == ERR_MISSING)
		return note_too_new(c);
	if (e == ERR_CORRUPT || e == ERR_REFUSED) {
		courier_alarm(c, "sheet", "公开内容里有一张表不全或不对，没有用");
		return OK;
	}
	return e;
}

static enum err apply_publication(struct courier *c, const struct entry *entry,
				  const struct content *all)
{
	struct publication p = {0};
	enum err e = c->settings == NULL
			     ? ERR_REFUSED
			     : publication_read(entry->bytes, entry->len, c->settings, &p);
	if (e == OK)
		e = apply_signed(c, &p, entry, all);
	else if (e == ERR_MISSING)
		e = note_too_new(c);
	else if (e != ERR_FULL) {
		courier_alarm(c, "publication", "收到的公开内容签名不对，没有用");
		e = OK;
	}
	publication_free(&p);
	return e;
}

static enum err apply_capsule(struct courier *c, const struct entry *entry)
{
	struct capsule_unchecked raw;
	struct capsule capsule;
	struct sign_public key[2];
	size_t keys = courier_service_keys(c, key);
	if (capsule_read(entry->bytes, entry->len, &raw) == OK)
		for (size_t i = 0; i < keys; i++)
			if (capsule_check(&raw, &key[i], &capsule) == OK) {
				enum err e = books_put_capsule(c->books, &capsule);
				return e == ERR_SAME ? OK : e;
			}
	courier_alarm(c, "capsule", "收到的答复签名不对，没有用");
	return OK;
}

/* A few hundred a transaction, so that the courier never holds the file long. */
static enum err apply_capsules(struct courier *c, const struct content *all)
{
	enum err e = OK;
	size_t open = 0;
	for (size_t i = 0; i < all->count && e == OK; i++) {
		if (!starts(all->entry[i].name, "capsules/"))
			continue;
		if (open == 0)
			e = books_begin(c->books);
		if (e == OK)
			e = apply_capsule(c, &all->entry[i]);
		if (e == OK && ++open == CAPSULES_PER_COMMIT) {
			e = books_commit(c->books);
			open = 0;
		}
	}
	if (e == OK && open > 0)
		e = books_commit(c->books);
	if (e != OK)
		books_rollback(c->books);
	return e;
}

/* --- all --- */

enum err courier_apply(struct courier *c, const void *bytes, size_t len,
		       struct wire_manifest *manifest)
{
	struct content all = {0}, sorted = {0};
	bool gap = false;
	enum err e = unpack(bytes, len, &all);
	if (e == OK && (all.count == 0 || strcmp(all.entry[0].name, "manifest.json") != 0 ||
			wire_manifest_read(all.entry[0].bytes, all.entry[0].len, manifest) != OK))
		e = ERR_CORRUPT;
	if (e == OK) {
		sorted.count = all.count;
		sorted.entry = calloc(all.count, sizeof *sorted.entry);
		if (sorted.entry == NULL)
			e = ERR_FULL;
		else
			memcpy(sorted.entry, all.entry, all.count * sizeof *sorted.entry);
	}
	if (e == OK)
		qsort(sorted.entry, sorted.count, sizeof *sorted.entry, by_name);
	for (size_t i = 0; i < all.count && e == OK; i++)
		if (strcmp(all.entry[i].name, "settings/settings") == 0)
			e = apply_settings(c, &all.entry[i]);
	for (size_t i = 0; i < all.count && e == OK; i++)
		if (starts(all.entry[i].name, "publications/")) {
			e = apply_publication(c, &all.entry[i], &sorted);
			gap = gap || e == ERR_MISSING;
			e = e == ERR_MISSING ? OK : e;
		}
	if (e == OK)
		e = apply_capsules(c, &all);
	free(sorted.entry);
	content_free(&all);
	c->applied += e == OK;
	return e == OK && gap ? ERR_MISSING : e;
}
