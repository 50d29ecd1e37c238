/* apply.c - the content of a bundle into the books. Who packed it does not matter: settings,
 * publications and capsules each carry the signature that counts, a picture is named by a row. */
#include "app/base/log.h"
#include "app/base/text.h"
#include "app/courier/content.h"
#include "app/courier/courier.h"

#include <stdlib.h>
#include <string.h>

enum { CAPSULES_PER_COMMIT = 500 };

/* --- each kind --- */

static enum err apply_settings(struct courier *c, const struct content_entry *e)
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
		const struct content_entry *sheet = content_find(all, name);
		e = sheet == NULL ? ERR_CORRUPT : books_apply_sheet(a, i, sheet->bytes, sheet->len);
	}
	return e == OK ? books_apply_finish(a) : e;
}

/* A publication whose signature holds. ERR_MISSING: one before it is not here. */
static enum err apply_signed(struct courier *c, const struct publication *p,
			     const struct content_entry *entry, const struct content *all)
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
	c->published += e == OK;
	if (e == OK)
		e = books_set_road(c->books, p->place, p->number, c->road);
	if (e == ERR_MISSING)
		return note_too_new(c);
	if (e == ERR_CORRUPT || e == ERR_REFUSED) {
		courier_alarm(c, "sheet", "公开内容里有一张表不全或不对，没有用");
		return OK;
	}
	return e;
}

static enum err apply_publication(struct courier *c, const struct content_entry *entry,
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

bool courier_believes_capsule(const struct courier *c, const void *bytes, size_t len,
			      struct capsule *out, struct service_key *by)
{
	struct capsule_unchecked raw;
	return c->settings != NULL && capsule_read(bytes, len, &raw) == OK &&
	       capsule_believe(&raw, c->settings, c->home.place, out, by) == OK;
}

/* A retired key signed what is old; it cannot put something in the place of what its successor
 * signed, whatever version it writes on it. */
static enum err put_capsule(struct courier *c, const struct capsule *capsule,
			    const struct service_key *by)
{
	struct buf bytes;
	struct capsule here;
	struct service_key newer;
	buf_init(&bytes, CAPSULE_BYTES_MAX);
	enum err e = books_capsule(c->books, capsule->locator, &bytes);
	bool retired = e == OK && courier_believes_capsule(c, bytes.p, bytes.len, &here, &newer) &&
		       strcmp(newer.place, by->place) == 0 && newer.serial > by->serial &&
		       capsule->version > here.version;
	buf_free(&bytes);
	if (retired)
		return ERR_REFUSED;
	return e == OK || e == ERR_MISSING ? books_put_capsule(c->books, capsule) : e;
}

static enum err apply_capsule(struct courier *c, const struct content_entry *entry)
{
	struct capsule capsule;
	struct service_key by;
	enum err e = ERR_REFUSED;
	if (courier_believes_capsule(c, entry->bytes, entry->len, &capsule, &by))
		e = put_capsule(c, &capsule, &by);
	if (e != ERR_REFUSED)
		return e == ERR_SAME ? OK : e;
	courier_alarm(c, "capsule", "收到的答复签名不对，没有用");
	return OK;
}

/* A few hundred a transaction, so that the courier never holds the file long. */
static enum err apply_capsules(struct courier *c, const struct content *all)
{
	enum err e = OK;
	size_t open = 0;
	for (size_t i = 0; i < all->count && e == OK; i++) {
		if (!content_is(all->entry[i].name, "capsules/"))
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

/* After the publications, which say what of them is wanted. */
static enum err apply_blobs(struct courier *c, const struct content *all)
{
	static const char folder[] = "blobs/";
	struct courier_blob *blob = calloc(all->count + 1, sizeof *blob);
	size_t count = 0;
	if (blob == NULL)
		return ERR_FULL;
	for (size_t i = 0; i < all->count; i++) {
		const struct content_entry *e = &all->entry[i];
		if (content_is(e->name, folder))
			blob[count++] = (struct courier_blob){e->name + sizeof folder - 1, e->bytes,
							      e->len};
	}
	enum err e = count == 0 ? OK : courier_keep_blobs(c, blob, count);
	free(blob);
	return e;
}

/* --- all --- */

/* In whatever order they stand: again, as long as one more finds the one before it. */
static enum err apply_publications(struct courier *c, const struct content *all, bool *gap)
{
	unsigned before;
	enum err e = OK;
	do {
		before = c->published;
		*gap = false;
		for (size_t i = 0; i < all->count && e == OK; i++) {
			if (!content_is(all->entry[i].name, "publications/"))
				continue;
			e = apply_publication(c, &all->entry[i], all);
			*gap = *gap || e == ERR_MISSING;
			e = e == ERR_MISSING ? OK : e;
		}
	} while (e == OK && *gap && c->published != before);
	return e;
}

enum err courier_apply(struct courier *c, const void *bytes, size_t len,
		       struct wire_manifest *manifest)
{
	struct content all = {0};
	bool gap = false;
	enum err e = content_read(bytes, len, &all, manifest);
	for (size_t i = 0; i < all.count && e == OK; i++)
		if (strcmp(all.entry[i].name, "settings/settings") == 0)
			e = apply_settings(c, &all.entry[i]);
	if (e == OK)
		e = apply_publications(c, &all, &gap);
	if (e == OK)
		e = apply_capsules(c, &all);
	if (e == OK)
		e = apply_blobs(c, &all);
	content_free(&all);
	c->applied += e == OK;
	return e == OK && gap ? ERR_MISSING : e;
}
