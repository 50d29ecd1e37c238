#include "app/store/kiosk/books_impl.h"

#include "app/base/log.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const sql_text[BOOKS_STATEMENTS] = {
#define STATEMENT(name, sql) [BOOKS_##name] = sql,
#include "app/store/kiosk/books_statements.h"
#undef STATEMENT
};
extern const char *const books_migrations_text[];
extern const int books_migrations_count;

enum err books_open(const char *folder, enum books_use use, struct books **out)
{
	char path[4096];
	*out = NULL;
	struct books *b = calloc(1, sizeof *b);
	if (b == NULL)
		return ERR_FULL;
	snprintf(path, sizeof path, "%s/books.db", folder);
	/* Reading opens for writing with query_only: a read-only open fails for another user
	 * without an -shm. */
	const struct db_options o = {.path = path,
				     .create = use == BOOKS_APPLY,
				     .query_only = use == BOOKS_READ,
				     .newer = DB_NEWER_REFUSED,
				     .migration = books_migrations_text,
				     .migration_count = books_migrations_count,
				     .statement = sql_text,
				     .statement_count = BOOKS_STATEMENTS};
	enum err e = db_open(&o, &b->db);
	if (e != OK) {
		books_close(b);
		return e;
	}
	*out = b;
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
	return e == OK && db_changes(b->db) == 0 ? ERR_FULL : e;
}

static enum err meta(struct books *b, const char *name, int64_t *out)
{
	*out = 0;
	struct db_stmt *q = db_stmt(b->db, BOOKS_META);
	db_bind_text(q, 1, name, -1);
	enum err e = db_step(q);
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
	return db_run(q);
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
	return e == OK && db_changes(b->db) == 0 ? ERR_FULL : e;
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
