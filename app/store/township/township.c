#include "app/store/township/township_impl.h"

#include "app/store/township/epoch.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const sql_text[TOWNSHIP_SQL_COUNT] = {
#define STATEMENT(name, sql) [SQL_##name] = sql,
#include "app/store/township/desk_statements.h"
#include "app/store/township/road_statements.h"
#include "app/store/township/staff_statements.h"
#include "app/store/township/voucher_statements.h"
#undef STATEMENT
};
extern const char *const township_migrations_text[];
extern const int township_migrations_count;

/* 32 MiB: a busy hour rewrites the same index pages again and again; each reaches the file once per
 * move. */
enum { WAL_PAGES = 8192, WRITER_CACHE_KIB = 16384 };

struct township {
	struct db *write, *read;
	pthread_mutex_t reading;
	struct epoch *epoch; /* NULL until this process has the data folder to itself */
	struct feed_kept *kept;
	char path[4096];
};

static enum err open_one(const char *path, bool writes, struct db **out)
{
	const struct db_options o = {.path = path,
				     .create = writes,
				     .query_only = !writes,
				     .schema_table = true,
				     .newer = DB_NEWER_REFUSED,
				     .migration = township_migrations_text,
				     .migration_count = township_migrations_count,
				     .statement = sql_text,
				     .statement_count = TOWNSHIP_SQL_COUNT,
				     .busy_ms = 10000,
				     .cache_kib = writes ? WRITER_CACHE_KIB : 0,
				     .wal_pages = WAL_PAGES};
	return db_open(&o, out);
}

enum err township_open(const char *path, struct township **out)
{
	*out = NULL;
	struct township *t = calloc(1, sizeof *t);
	if (t == NULL)
		return ERR_FULL;
	pthread_mutex_init(&t->reading, NULL);
	snprintf(t->path, sizeof t->path, "%s", path);
	t->kept = feed_kept_open();
	enum err e = t->kept == NULL ? ERR_FULL : open_one(path, true, &t->write);
	if (e == OK)
		e = open_one(path, false, &t->read);
	if (e != OK) {
		township_close(t);
		return e;
	}
	*out = t;
	return OK;
}

void township_close(struct township *t)
{
	if (t == NULL)
		return;
	epoch_close(t->epoch);
	feed_kept_close(t->kept);
	db_close(t->read);
	db_close(t->write);
	pthread_mutex_destroy(&t->reading);
	free(t);
}

struct db *township_read_begin(struct township *t)
{
	pthread_mutex_lock(&t->reading);
	return t->read;
}

void township_read_end(struct township *t)
{
	pthread_mutex_unlock(&t->reading);
}

struct db *township_write_db(struct township *t)
{
	return t->write;
}

enum err township_open_file(const char *path, struct db **out)
{
	return open_one(path, true, out);
}

enum err township_look(struct township *t, struct db **out)
{
	return open_one(t->path, false, out);
}

enum err township_claim(struct township *t, bool *renewed)
{
	struct db *db = township_read_begin(t);
	struct db_stmt *q = db_stmt(db, SQL_COUNTER_VALUE);
	db_bind_text(q, 1, "generation", -1);
	enum err e = db_step(q);
	int64_t generation = e == OK ? db_int(q, 0) : 0;
	db_done(q);
	township_read_end(t);
	return e == OK ? epoch_open(t->path, generation, &t->epoch, renewed) : e;
}

struct feed_kept *township_feed_kept(struct township *t)
{
	return t->kept;
}

const char *township_epoch(const struct township *t)
{
	return epoch_text(t->epoch);
}

void township_committed(struct township *t, int64_t generation)
{
	epoch_note(t->epoch, generation);
}

static enum err next_value(struct db *db, const char *name, int64_t *out)
{
	struct db_stmt *q = db_stmt(db, SQL_COUNTER_NEXT);
	db_bind_text(q, 1, name, -1);
	enum err e = db_step(q);
	if (e == OK)
		*out = db_int(q, 0);
	db_done(q);
	return e;
}

enum err township_count(struct db *db, const char *name, int64_t *out)
{
	enum err e = next_value(db, name, out);
	if (e != ERR_MISSING)
		return e;
	struct db_stmt *q = db_stmt(db, SQL_COUNTER_ADD);
	db_bind_text(q, 1, name, -1);
	e = db_run(q);
	if (e == OK)
		e = next_value(db, name, out);
	return e == ERR_MISSING ? ERR_CORRUPT : e;
}

bool township_blob(struct db_stmt *q, int col, void *out, size_t len)
{
	size_t got;
	const void *bytes = db_blob(q, col, &got);
	if (got != len)
		return false;
	memcpy(out, bytes, len);
	return true;
}
