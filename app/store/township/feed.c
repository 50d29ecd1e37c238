#include "app/store/township/feed.h"

#include "app/base/text.h"
#include "app/store/township/publications.h"
#include "app/store/township/township_impl.h"
#include "app/village/wire.h"
#include "sync/bundle.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { ITEMS_MAX = 2000, BUNDLE_CONTENT_MAX = 24 << 20 };

struct item {
	uint64_t position;
	enum feed_kind kind;
	char place[PLACE_ID_MAX + 1];
	uint64_t number;
	unsigned char locator[32];
};

static enum err put(struct db *db, enum feed_kind kind, const char *place, uint64_t number,
		    const unsigned char *locator)
{
	int64_t position;
	enum err e = township_count(db, "feed", &position);
	if (e != OK)
		return e;
	struct db_stmt *q = db_stmt(db, SQL_FEED_ADD);
	db_bind_int(q, 1, position);
	db_bind_int(q, 2, kind);
	db_bind_text(q, 3, place, -1);
	db_bind_int(q, 4, (int64_t)number);
	if (locator != NULL)
		db_bind_blob(q, 5, locator, 32);
	return db_run(q);
}

enum err feed_offer_settings(struct db *db, uint32_t serial)
{
	char name[32];
	snprintf(name, sizeof name, "settings-%" PRIu32, serial);
	struct db_stmt *q = db_stmt(db, SQL_IDENTITY_ADD);
	db_bind_text(q, 1, name, -1);
	db_bind_text(q, 2, "offered", -1);
	enum err e = db_run(q);
	if (e != OK || db_changes(db) == 0)
		return e;
	return put(db, FEED_SETTINGS, "", serial, NULL);
}

enum err feed_put_publication(struct db *db, const char *place, uint64_t number)
{
	return put(db, FEED_PUBLICATION, place, number, NULL);
}

enum err feed_put_capsule(struct db *db, const unsigned char locator[32])
{
	return put(db, FEED_CAPSULE, "", 0, locator);
}

enum err feed_newest(struct db *db, uint64_t *out)
{
	struct db_stmt *q = db_stmt(db, SQL_COUNTER_VALUE);
	db_bind_text(q, 1, "feed", -1);
	enum err e = db_step(q);
	*out = e == OK ? (uint64_t)db_int(q, 0) : 0;
	db_done(q);
	return e;
}

static enum err next_item(struct db *db, uint64_t after, struct item *out)
{
	struct db_stmt *q = db_stmt(db, SQL_FEED_AFTER);
	db_bind_int(q, 1, (int64_t)(after > INT64_MAX ? INT64_MAX : after));
	enum err e = db_step(q);
	if (e != OK)
		return e;
	*out = (struct item){.position = (uint64_t)db_int(q, 0),
			     .kind = (enum feed_kind)db_int(q, 1),
			     .number = (uint64_t)db_int(q, 3)};
	snprintf(out->place, sizeof out->place, "%s", db_text(q, 2, NULL));
	bool good = out->kind != FEED_CAPSULE || township_blob(q, 4, out->locator, 32);
	db_done(q);
	return good ? OK : ERR_CORRUPT;
}

/* --- what an item puts into the bundle --- */

struct making {
	struct db *db;
	const struct office *o;
	struct bundle_writer *w;
	uint64_t bytes; /* put in so far */
};

static enum err add(struct making *m, const char *name, const void *bytes, size_t len)
{
	enum sync_err e = bundle_add(m->w, name, bytes, len);
	m->bytes += len;
	return e == SYNC_OK ? OK : ERR_FULL;
}

static enum err add_publication(struct making *m, const struct item *i)
{
	struct buf bytes;
	struct publication p = {0};
	char name[200];
	buf_init(&bytes, PUBLICATION_BYTES_MAX);
	snprintf(name, sizeof name, "publications/%s/%" PRIu64, i->place, i->number);
	enum err e = publications_get(m->db, i->place, i->number, &bytes);
	if (e == OK)
		e = add(m, name, bytes.p, bytes.len);
	if (e == OK)
		e = publication_read(bytes.p, bytes.len, m->o->settings, &p);
	buf_free(&bytes);
	for (size_t s = 0; s < p.sheet_count && e == OK; s++) {
		struct buf sheet;
		char hex[2 * HASH_BYTES + 1];
		text_hex(p.sheet[s].hash.b, HASH_BYTES, hex);
		snprintf(name, sizeof name, "sheets/%s", hex);
		buf_init(&sheet, SHEET_BYTES_MAX);
		e = publications_sheet(m->db, &p.sheet[s].hash, &sheet);
		if (e == OK)
			e = add(m, name, sheet.p, sheet.len);
		buf_free(&sheet);
	}
	publication_free(&p);
	return e;
}

static enum err add_capsule(struct making *m, const struct item *i)
{
	char hex[65], name[100];
	size_t len;
	text_hex(i->locator, sizeof i->locator, hex);
	snprintf(name, sizeof name, "capsules/%s", hex);
	struct db_stmt *q = db_stmt(m->db, SQL_CAPSULE);
	db_bind_blob(q, 1, i->locator, sizeof i->locator);
	enum err e = db_step(q);
	if (e == OK) {
		const void *bytes = db_blob(q, 0, &len);
		e = add(m, name, bytes, len);
	}
	db_done(q);
	return e;
}

static enum err add_item(struct making *m, const struct item *i, bool *settings)
{
	switch (i->kind) {
	case FEED_SETTINGS:
		if (*settings)
			return OK;
		*settings = true;
		return add(m, "settings/settings", m->o->settings_bytes.p,
			   m->o->settings_bytes.len);
	case FEED_PUBLICATION:
		return add_publication(m, i);
	case FEED_CAPSULE:
	default:
		return add_capsule(m, i);
	}
}

/* How far one bundle reaches: counted first, because the manifest stands at its head. */
static enum err list(struct db *db, uint64_t after, struct item *item, size_t *count, bool *more)
{
	enum err e = OK;
	*count = 0;
	*more = false;
	while (e == OK) {
		struct item next;
		e = next_item(db, after, &next);
		if (e != OK)
			break;
		if (*count == ITEMS_MAX) {
			*more = true;
			return OK;
		}
		after = next.position;
		item[(*count)++] = next;
	}
	return e == ERR_MISSING ? OK : e;
}

static enum err pack(struct making *m, const struct item *item, size_t count, uint64_t after,
		     bool more, bool *too_much)
{
	struct buf text;
	bool settings = false;
	const struct wire_manifest manifest = {
		.after = after, .through = item[count - 1].position, .more = more};
	*too_much = false;
	buf_init(&text, WIRE_MESSAGE_MAX);
	enum err e = wire_manifest_make(&manifest, &text);
	if (e == OK)
		e = add(m, "manifest.json", text.p, text.len);
	buf_free(&text);
	for (size_t i = 0; i < count && e == OK; i++) {
		e = add_item(m, &item[i], &settings);
		if (e == OK && m->bytes > BUNDLE_CONTENT_MAX && i + 1 < count) {
			*too_much = true;
			return OK;
		}
	}
	return e;
}

enum err feed_bundle(struct db *db, const struct office *o, uint64_t after, unsigned char **bytes,
		     size_t *len)
{
	struct item *item = calloc(ITEMS_MAX, sizeof *item);
	size_t count;
	bool more, too_much = true;
	*bytes = NULL;
	if (item == NULL)
		return ERR_FULL;
	enum err e = list(db, after, item, &count, &more);
	if (e == OK && count == 0)
		e = ERR_MISSING;
	/* Too much for one bundle: half of it, and the rest next time. */
	while (e == OK && too_much) {
		struct making m = {.db = db, .o = o};
		e = bundle_begin(WIRE_FEED_MAX, &m.w) == SYNC_OK ? OK : ERR_FULL;
		if (e == OK)
			e = pack(&m, item, count, after, more, &too_much);
		if (e == OK && !too_much)
			e = bundle_finish(m.w, bytes, len) == SYNC_OK ? OK : ERR_FULL;
		else
			bundle_abandon(m.w);
		if (too_much) {
			count = (count + 1) / 2;
			more = true;
		}
	}
	free(item);
	return e;
}
