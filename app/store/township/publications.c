#include "app/store/township/publications.h"

#include "app/base/clock.h"
#include "app/store/township/blobs.h"
#include "app/store/township/events.h"
#include "app/store/township/feed.h"
#include "app/store/township/township_impl.h"
#include "app/village/attach.h"

#include <stdlib.h>

static enum err get(struct db_stmt *q, struct buf *out)
{
	size_t len;
	enum err e = db_step(q);
	if (e == OK) {
		const void *bytes = db_blob(q, 0, &len);
		buf_add(out, bytes, len);
		e = buf_end(out);
	}
	db_done(q);
	return e;
}

enum err publications_last(struct db *db, const char *place, struct buf *out)
{
	struct db_stmt *q = db_stmt(db, SQL_PUBLICATION_LAST);
	db_bind_text(q, 1, place, -1);
	return get(q, out);
}

enum err publications_number(struct db *db, const char *place, uint64_t *out)
{
	struct db_stmt *q = db_stmt(db, SQL_PUBLICATION_LAST);
	db_bind_text(q, 1, place, -1);
	enum err e = db_step(q);
	*out = e == OK ? (uint64_t)db_int(q, 1) : 0;
	db_done(q);
	return e == ERR_MISSING ? OK : e;
}

enum err publications_get(struct db *db, const char *place, uint64_t number, struct buf *out)
{
	struct db_stmt *q = db_stmt(db, SQL_PUBLICATION);
	db_bind_text(q, 1, place, -1);
	db_bind_int(q, 2, (int64_t)number);
	return get(q, out);
}

enum err publications_sheet(struct db *db, const struct hash *hash, struct buf *out)
{
	struct db_stmt *q = db_stmt(db, SQL_SHEET);
	db_bind_blob(q, 1, hash->b, HASH_BYTES);
	return get(q, out);
}

static bool sheet_here(struct db *db, const struct hash *hash)
{
	struct db_stmt *q = db_stmt(db, SQL_SHEET);
	db_bind_blob(q, 1, hash->b, HASH_BYTES);
	enum err e = db_step(q);
	db_done(q);
	return e == OK;
}

/* A picture that is named must be there for kiosks to fetch. */
static enum err picture_here(void *self, const char *row, size_t rank, const struct hash *hash)
{
	bool open;
	(void)row;
	(void)rank;
	return blobs_public(self, hash, &open);
}

/* Every sheet the publication names, from those given or already here. */
static enum err put_sheets(struct db *db, const struct publication *p,
			   const struct publication_sheet *sheet, size_t count)
{
	enum err e = OK;
	for (size_t i = 0; i < p->sheet_count && e == OK; i++) {
		const struct publication_sheet *found = NULL;
		for (size_t j = 0; j < count && found == NULL; j++) {
			struct hash h;
			hash_bytes(sheet[j].bytes, sheet[j].len, &h);
			if (hash_equal(&h, &p->sheet[i].hash))
				found = &sheet[j];
		}
		if (found == NULL) {
			e = sheet_here(db, &p->sheet[i].hash) ? OK : ERR_MISSING;
			continue;
		}
		e = attach_each(found->bytes, found->len,
				&(struct attach_reader){picture_here, db});
		if (e != OK)
			break;
		struct db_stmt *q = db_stmt(db, SQL_SHEET_ADD);
		db_bind_blob(q, 1, p->sheet[i].hash.b, HASH_BYTES);
		db_bind_blob(q, 2, found->bytes, found->len);
		e = db_run(q);
	}
	return e;
}

static enum err follows(struct db *db, const struct settings *s, const struct publication *next)
{
	struct buf bytes;
	struct publication last = {0};
	buf_init(&bytes, PUBLICATION_BYTES_MAX);
	enum err e = publications_last(db, next->place, &bytes);
	if (e == ERR_MISSING)
		e = publication_follows(NULL, next);
	else if (e == OK) {
		e = publication_read(bytes.p, bytes.len, s, &last);
		if (e == OK)
			e = publication_follows(&last, next);
	}
	publication_free(&last);
	buf_free(&bytes);
	return e;
}

enum err publications_put(struct db *db, const struct settings *s, const struct buf *text,
			  const struct publication_sheet *sheet, size_t count, int64_t now)
{
	struct publication p = {0};
	enum err e = publication_read(text->p, text->len, s, &p);
	/* Here is where publications begin, so a day written back does not revive a key. */
	if (e == OK && p.key_until != 0 && clock_day(now) > p.key_until)
		e = ERR_REFUSED;
	if (e == OK)
		e = follows(db, s, &p);
	if (e == OK)
		e = put_sheets(db, &p, sheet, count);
	if (e == OK) {
		struct db_stmt *q = db_stmt(db, SQL_PUBLICATION_ADD);
		db_bind_text(q, 1, p.place, -1);
		db_bind_int(q, 2, (int64_t)p.number);
		db_bind_blob(q, 3, text->p, text->len);
		e = db_run(q);
	}
	if (e == OK)
		e = feed_put_publication(db, p.place, p.number);
	if (e == OK)
		e = events_add(db, now, "published", p.place);
	publication_free(&p);
	return e;
}
