#include "app/store/township/feed.h"

#include "app/base/text.h"
#include "app/store/township/publications.h"
#include "app/store/township/township_impl.h"
#include "app/village/capsule.h"
#include "app/village/wire.h"
#include "sync/bundle.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* --- what goes into the bundle: copied out by short looks, before anything is packed --- */

struct piece {
	char name[200];
	struct buf bytes;
};

struct load {
	struct township *township;
	const struct office *office;
	struct piece *piece;
	size_t pieces, room;
	uint64_t bytes;
	bool settings; /* are in already */
};

static struct piece *add_piece(struct load *l, size_t ceiling)
{
	if (l->pieces == l->room) {
		size_t room = l->room == 0 ? 64 : 2 * l->room;
		struct piece *more = realloc(l->piece, room * sizeof *more);
		if (more == NULL)
			return NULL;
		l->piece = more;
		l->room = room;
	}
	struct piece *p = &l->piece[l->pieces++];
	p->name[0] = 0;
	buf_init(&p->bytes, ceiling);
	return p;
}

static void drop_pieces(struct load *l, size_t keep)
{
	while (l->pieces > keep)
		buf_free(&l->piece[--l->pieces].bytes);
}

static enum err load_sheet(struct load *l, const struct hash *hash)
{
	char hex[2 * HASH_BYTES + 1];
	struct piece *p = add_piece(l, SHEET_BYTES_MAX);
	if (p == NULL)
		return ERR_FULL;
	text_hex(hash->b, HASH_BYTES, hex);
	snprintf(p->name, sizeof p->name, "sheets/%s", hex);
	struct db *db = township_read_begin(l->township);
	enum err e = publications_sheet(db, hash, &p->bytes);
	township_read_end(l->township);
	l->bytes += p->bytes.len;
	return e;
}

static enum err load_publication(struct load *l, const struct item *i)
{
	struct publication pub = {0};
	struct piece *p = add_piece(l, PUBLICATION_BYTES_MAX);
	if (p == NULL)
		return ERR_FULL;
	snprintf(p->name, sizeof p->name, "publications/%s/%" PRIu64, i->place, i->number);
	struct db *db = township_read_begin(l->township);
	enum err e = publications_get(db, i->place, i->number, &p->bytes);
	township_read_end(l->township);
	l->bytes += p->bytes.len;
	if (e == OK)
		e = publication_read(p->bytes.p, p->bytes.len, l->office->settings, &pub);
	for (size_t s = 0; s < pub.sheet_count && e == OK; s++)
		e = load_sheet(l, &pub.sheet[s].hash);
	publication_free(&pub);
	return e;
}

static enum err load_capsule(struct load *l, const struct item *i)
{
	char hex[65];
	size_t len;
	struct piece *p = add_piece(l, CAPSULE_BYTES_MAX);
	if (p == NULL)
		return ERR_FULL;
	text_hex(i->locator, sizeof i->locator, hex);
	snprintf(p->name, sizeof p->name, "capsules/%s", hex);
	struct db *db = township_read_begin(l->township);
	struct db_stmt *q = db_stmt(db, SQL_CAPSULE);
	db_bind_blob(q, 1, i->locator, sizeof i->locator);
	enum err e = db_step(q);
	if (e == OK) {
		const void *bytes = db_blob(q, 0, &len);
		buf_add(&p->bytes, bytes, len);
		e = buf_end(&p->bytes);
	}
	db_done(q);
	township_read_end(l->township);
	l->bytes += p->bytes.len;
	return e;
}

static enum err load_settings(struct load *l)
{
	if (l->settings)
		return OK;
	struct piece *p = add_piece(l, SETTINGS_BYTES_MAX);
	if (p == NULL)
		return ERR_FULL;
	l->settings = true;
	snprintf(p->name, sizeof p->name, "settings/settings");
	buf_add(&p->bytes, l->office->settings_bytes.p, l->office->settings_bytes.len);
	l->bytes += p->bytes.len;
	return buf_end(&p->bytes);
}

static enum err load_item(struct load *l, const struct item *i)
{
	switch (i->kind) {
	case FEED_SETTINGS:
		return load_settings(l);
	case FEED_PUBLICATION:
		return load_publication(l, i);
	case FEED_CAPSULE:
	default:
		return load_capsule(l, i);
	}
}

/* How far one bundle reaches at most. */
static enum err list(struct township *t, uint64_t after, struct item *item, size_t *count,
		     bool *more)
{
	struct db *db = township_read_begin(t);
	enum err e = OK;
	*count = 0;
	*more = false;
	while (e == OK && !*more) {
		struct item next;
		e = next_item(db, after, &next);
		*more = e == OK && *count == ITEMS_MAX;
		if (e == OK && !*more) {
			after = next.position;
			item[(*count)++] = next;
		}
	}
	township_read_end(t);
	return e == ERR_MISSING ? OK : e;
}

/* --- packing --- */

static enum err pack(const struct load *l, const struct wire_manifest *manifest,
		     unsigned char **bytes, size_t *len)
{
	struct buf text;
	struct bundle_writer *w;
	buf_init(&text, WIRE_MESSAGE_MAX);
	enum err e = wire_manifest_make(manifest, &text);
	if (e == OK && bundle_begin(WIRE_FEED_MAX, &w) != SYNC_OK)
		e = ERR_FULL;
	if (e != OK) {
		buf_free(&text);
		return e;
	}
	if (bundle_add(w, "manifest.json", text.p, text.len) != SYNC_OK)
		e = ERR_FULL;
	for (size_t i = 0; i < l->pieces && e == OK; i++)
		if (bundle_add(w, l->piece[i].name, l->piece[i].bytes.p, l->piece[i].bytes.len) !=
		    SYNC_OK)
			e = ERR_FULL;
	buf_free(&text);
	if (e != OK) {
		bundle_abandon(w);
		return e;
	}
	return bundle_finish(w, bytes, len) == SYNC_OK ? OK : ERR_FULL;
}

static enum err make_bundle(struct load *l, uint64_t after, unsigned char **bytes, size_t *len)
{
	struct item *item = calloc(ITEMS_MAX, sizeof *item);
	struct wire_manifest manifest = {.after = after, .through = after};
	size_t count, i = 0;
	if (item == NULL)
		return ERR_FULL;
	enum err e = list(l->township, after, item, &count, &manifest.more);
	if (e == OK && count == 0)
		e = ERR_MISSING;
	for (; i < count && e == OK; i++) {
		size_t before = l->pieces;
		e = load_item(l, &item[i]);
		/* Too much for one bundle: this one is left for the next, unless it is alone. */
		if (e == OK && l->bytes > BUNDLE_CONTENT_MAX && i > 0) {
			drop_pieces(l, before);
			manifest.more = true;
			break;
		}
		manifest.through = item[i].position;
	}
	free(item);
	return e == OK ? pack(l, &manifest, bytes, len) : e;
}

/* --- kept for the next kiosk that asks the same --- */

enum { KEPT = 4, KEPT_BYTES_MAX = 16 << 20 };

struct feed_kept {
	pthread_mutex_t lock;
	unsigned next;
	struct kept {
		uint64_t after, newest; /* what was asked, and what there was */
		uint32_t settings;
		unsigned char *bytes;
		size_t len;
	} bundle[KEPT];
};

struct feed_kept *feed_kept_open(void)
{
	struct feed_kept *k = calloc(1, sizeof *k);
	if (k != NULL)
		pthread_mutex_init(&k->lock, NULL);
	return k;
}

void feed_kept_close(struct feed_kept *k)
{
	if (k == NULL)
		return;
	for (size_t i = 0; i < KEPT; i++)
		free(k->bundle[i].bytes);
	pthread_mutex_destroy(&k->lock);
	free(k);
}

static unsigned char *copy_of(const unsigned char *bytes, size_t len)
{
	unsigned char *copy = malloc(len);
	if (copy != NULL)
		memcpy(copy, bytes, len);
	return copy;
}

static bool find_kept(struct feed_kept *k, struct kept *wanted)
{
	pthread_mutex_lock(&k->lock);
	for (size_t i = 0; i < KEPT && wanted->bytes == NULL; i++) {
		const struct kept *b = &k->bundle[i];
		if (b->bytes == NULL || b->after != wanted->after || b->newest != wanted->newest ||
		    b->settings != wanted->settings)
			continue;
		wanted->bytes = copy_of(b->bytes, b->len);
		wanted->len = b->len;
	}
	pthread_mutex_unlock(&k->lock);
	return wanted->bytes != NULL;
}

static void keep(struct feed_kept *k, const struct kept *made)
{
	struct kept own = *made;
	if (made->len > KEPT_BYTES_MAX)
		return;
	own.bytes = copy_of(made->bytes, made->len);
	if (own.bytes == NULL)
		return;
	pthread_mutex_lock(&k->lock);
	struct kept *b = &k->bundle[k->next++ % KEPT];
	free(b->bytes);
	*b = own;
	pthread_mutex_unlock(&k->lock);
}

enum err feed_bundle(struct township *t, const struct office *o, uint64_t after,
		     unsigned char **bytes, size_t *len)
{
	struct kept k = {.after = after, .settings = settings_serial(o->settings)};
	struct load l = {.township = t, .office = o};
	struct db *db = township_read_begin(t);
	enum err e = feed_newest(db, &k.newest);
	township_read_end(t);
	*bytes = NULL;
	if (e == OK && !find_kept(township_feed_kept(t), &k)) {
		e = make_bundle(&l, after, &k.bytes, &k.len);
		if (e == OK)
			keep(township_feed_kept(t), &k);
	}
	drop_pieces(&l, 0);
	free(l.piece);
	if (e == OK) {
		*bytes = k.bytes;
		*len = k.len;
	}
	return e;
}
