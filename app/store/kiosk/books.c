#include "app/store/kiosk/books_impl.h"

#include "app/base/log.h"
#include "app/base/stamp.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DAMAGED_KEPT = 2 };

static const char *const sql_text[BOOKS_STATEMENTS] = {
#define STATEMENT(name, sql) [BOOKS_##name] = sql,
#include "app/store/kiosk/books_statements.h"
#undef STATEMENT
};
extern const char *const books_migrations_text[];
extern const int books_migrations_count;

enum err books_open(const char *folder, enum books_use use, struct books **out)
{
	struct stat s;
	*out = NULL;
	struct books *b = calloc(1, sizeof *b);
	if (b == NULL)
		return ERR_FULL;
	snprintf(b->path, sizeof b->path, "%s/books.db", folder);
	/* Reading opens for writing with query_only: a read-only open fails for another user
	 * without an -shm. */
	const struct db_options o = {.path = b->path,
				     .create = use == BOOKS_APPLY,
				     .mode = use == BOOKS_APPLY ? 0660 : 0,
				     .query_only = use == BOOKS_READ,
				     .newer = DB_NEWER_REFUSED,
				     .migration = books_migrations_text,
				     .migration_count = books_migrations_count,
				     .statement = sql_text,
				     .statement_count = BOOKS_STATEMENTS};
	enum err e = db_open(&o, &b->db);
	/* Without room for the index the figures still come in; looking for words waits. */
	if (e == OK && use == BOOKS_APPLY && search_index(b) == ERR_CORRUPT)
		e = ERR_CORRUPT;
	if (e != OK) {
		books_close(b);
		return e;
	}
	if (stat(b->path, &s) == 0) {
		b->device = s.st_dev;
		b->inode = s.st_ino;
	}
	*out = b;
	return OK;
}

bool books_there(const struct books *b)
{
	struct stat s;
	return b->inode == 0 ||
	       (stat(b->path, &s) == 0 && s.st_dev == b->device && s.st_ino == b->inode);
}

bool books_damaged(const struct books *b)
{
	return b->damaged;
}

enum err books_said(struct books *b, enum err e)
{
	if (e != ERR_CORRUPT)
		return e;
	b->damaged = true;
	return ERR_IO;
}

enum err books_put_away(const char *folder)
{
	static const char *const beside[] = {"-wal", "-shm"};
	char from[4096], to[4096];
	struct stat s;
	int n = 1;
	snprintf(from, sizeof from, "%s/books.db", folder);
	for (; n < DAMAGED_KEPT; n++) {
		snprintf(to, sizeof to, "%s/books.db.damaged-%d", folder, n);
		if (lstat(to, &s) != 0)
			break;
	}
	/* The last one takes the newest. */
	snprintf(to, sizeof to, "%s/books.db.damaged-%d", folder, n);
	if (rename(from, to) != 0) {
		log_warn("books: %s could not be put away: %s", from, strerror(errno));
		return ERR_IO;
	}
	log_warn("books: the damaged file is kept as %s", to);
	for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
		snprintf(from, sizeof from, "%s/books.db%s", folder, beside[i]);
		unlink(from);
	}
	return OK;
}

void books_close(struct books *b)
{
	if (b == NULL)
		return;
	db_close(b->db);
	free(b);
}

int64_t books_version(struct books *b)
{
	return db_data_version(b->db);
}

enum err books_settings(struct books *b, struct buf *out)
{
	size_t len;
	struct db_stmt *q = db_stmt(b->db, BOOKS_SETTINGS);
	enum err e = db_step(q);
	if (e != OK)
		return e;
	const void *bytes = db_blob(q, 0, &len);
	buf_add(out, bytes, len);
	db_done(q);
	return buf_end(out);
}

int64_t books_settings_serial(struct books *b)
{
	struct db_stmt *q = db_stmt(b->db, BOOKS_SETTINGS);
	int64_t serial = db_step(q) == OK ? db_int(q, 1) : 0;
	db_done(q);
	return serial;
}

enum err books_put_settings(struct books *b, const struct sign_public *root, const void *bytes,
			    size_t len)
{
	struct settings *s;
	enum err e = settings_read(bytes, len, root, &s);
#if SEEDED_BUG == 3 /* a township key is taken for settings */
	struct signed_unchecked raw;
	if (e == ERR_REFUSED && signed_read(bytes, len, "settings", &raw) == SYNC_OK) {
		struct db_stmt *wrong = db_stmt(b->db, BOOKS_SETTINGS_SET);
		db_bind_int(wrong, 1, 1000);
		db_bind_blob(wrong, 2, bytes, len);
		return db_run(wrong);
	}
#endif
	if (e != OK)
		return e;
	struct db_stmt *q = db_stmt(b->db, BOOKS_SETTINGS_SET);
	db_bind_int(q, 1, settings_serial(s));
	db_bind_blob(q, 2, bytes, len);
	e = db_run(q);
	settings_close(s);
	return e == OK && db_changes(b->db) == 0 ? ERR_SAME : books_said(b, e);
}

static enum err meta(struct books *b, const char *name, int64_t *out)
{
	*out = 0;
	struct db_stmt *q = db_stmt(b->db, BOOKS_META);
	db_bind_text(q, 1, name, -1);
	enum err e = books_said(b, db_step(q));
	if (e != OK)
		return e == ERR_MISSING ? OK : e;
	*out = db_int(q, 0);
	db_done(q);
	return OK;
}

static enum err meta_set(struct books *b, const char *name, int64_t value)
{
	struct db_stmt *q = db_stmt(b->db, BOOKS_META_SET);
	db_bind_text(q, 1, name, -1);
	db_bind_int(q, 2, value);
	return books_said(b, db_run(q));
}

enum err books_cursor(struct books *b, uint64_t *out)
{
	int64_t v;
	enum err e = meta(b, "cursor", &v);
	*out = (uint64_t)v;
	return e;
}

enum err books_set_cursor(struct books *b, uint64_t cursor)
{
	return meta_set(b, "cursor", (int64_t)cursor);
}

enum err books_note(struct books *b, const char *name, char *out, size_t size)
{
	size_t len;
	out[0] = 0;
	struct db_stmt *q = db_stmt(b->db, BOOKS_NOTE);
	db_bind_text(q, 1, name, -1);
	enum err e = books_said(b, db_step(q));
	if (e != OK)
		return e == ERR_MISSING ? OK : e;
	const char *text = db_text(q, 0, &len);
	snprintf(out, size, "%s", text);
	db_done(q);
	return OK;
}

enum err books_set_note(struct books *b, const char *name, const char *text)
{
	struct db_stmt *q = db_stmt(b->db, BOOKS_NOTE_SET);
	db_bind_text(q, 1, name, -1);
	db_bind_text(q, 2, text, -1);
	return books_said(b, db_run(q));
}

enum { ROAD_NAME = PLACE_ID_MAX + 32 };

static const char *road_name(const char *place, uint64_t number, char out[ROAD_NAME])
{
	snprintf(out, ROAD_NAME, "road.%.*s.%llu", PLACE_ID_MAX, place, (unsigned long long)number);
	return out;
}

enum err books_road(struct books *b, const char *place, uint64_t number, enum books_road *out)
{
	char name[ROAD_NAME], road[16];
	enum err e = books_note(b, road_name(place, number, name), road, sizeof road);
	*out = strcmp(road, "line") == 0    ? BOOKS_ROAD_LINE
	       : strcmp(road, "stick") == 0 ? BOOKS_ROAD_STICK
					    : BOOKS_ROAD_UNKNOWN;
	return e;
}

enum err books_set_road(struct books *b, const char *place, uint64_t number, enum books_road road)
{
	char name[ROAD_NAME];
	if (road == BOOKS_ROAD_UNKNOWN)
		return OK;
	return books_set_note(b, road_name(place, number, name),
			      road == BOOKS_ROAD_LINE ? "line" : "stick");
}

enum err books_follow_epoch(struct books *b, const char *epoch, bool *changed)
{
	char at[64];
	enum err e = books_note(b, "epoch", at, sizeof at);
	*changed = false;
	if (e != OK || strcmp(at, epoch) == 0)
		return e;
	*changed = at[0] != 0;
	e = db_begin(b->db);
	if (e != OK)
		return books_said(b, e);
	e = books_set_note(b, "epoch", epoch);
	if (e == OK && *changed)
		e = books_set_cursor(b, 0);
	if (e == OK)
		return books_said(b, db_commit(b->db));
	db_rollback(b->db);
	return e;
}

enum err books_server_time(struct books *b, int64_t *out)
{
	return meta(b, "server_time", out);
}

enum err books_set_server_time(struct books *b, int64_t time)
{
	int64_t now;
	enum err e = meta(b, "server_time", &now);
	return e == OK && time > now ? meta_set(b, "server_time", time) : e;
}

enum err books_put_capsule(struct books *b, const struct capsule *c)
{
	struct db_stmt *q = db_stmt(b->db, BOOKS_CAPSULE_SET);
	db_bind_blob(q, 1, c->locator, LOCATOR_BYTES);
	db_bind_int(q, 2, c->version);
	db_bind_blob(q, 3, c->bytes, c->len);
	enum err e = db_run(q);
	return e == OK && db_changes(b->db) == 0 ? ERR_SAME : books_said(b, e);
}

enum err books_publication(struct books *b, const char *place, uint64_t number, struct buf *out)
{
	size_t len;
	struct db_stmt *q = db_stmt(b->db, BOOKS_PUBLICATION_AT);
	db_bind_text(q, 1, place, -1);
	db_bind_int(q, 2, (int64_t)number);
	enum err e = db_step(q);
	if (e != OK)
		return books_said(b, e);
	const void *bytes = db_blob(q, 0, &len);
	buf_add(out, bytes, len);
	db_done(q);
	return buf_end(out);
}

enum err books_begin(struct books *b)
{
	return books_said(b, db_begin(b->db));
}

enum err books_commit(struct books *b)
{
	return books_said(b, db_commit(b->db));
}

void books_rollback(struct books *b)
{
	db_rollback(b->db);
}

enum err books_capsule(struct books *b, const unsigned char locator[LOCATOR_BYTES], struct buf *out)
{
	size_t len;
	struct db_stmt *q = db_stmt(b->db, BOOKS_CAPSULE);
	db_bind_blob(q, 1, locator, LOCATOR_BYTES);
	enum err e = db_step(q);
	if (e != OK)
		return e;
	const void *bytes = db_blob(q, 0, &len);
	buf_add(out, bytes, len);
	db_done(q);
	return buf_end(out);
}
