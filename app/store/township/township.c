#include "app/store/township/township_impl.h"

#include "app/base/log.h"
#include "app/base/text.h"
#include "sync/seal.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const sql_text[TOWNSHIP_SQL_COUNT] = {
#define STATEMENT(name, sql) [SQL_##name] = sql,
#include "app/store/township/road_statements.h"
#include "app/store/township/staff_statements.h"
#include "app/store/township/desk_statements.h"
#undef STATEMENT
};
extern const char *const township_migrations_text[];
extern const int township_migrations_count;

struct township {
	struct db *write, *read;
	pthread_mutex_t reading;
	char epoch[EPOCH_CHARS + 1];
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
				     .busy_ms = 10000};
	return db_open(&o, out);
}

static enum err read_epoch(struct township *t)
{
	unsigned char random[EPOCH_CHARS / 2];
	char hex[EPOCH_CHARS + 1];
	seal_random(random, sizeof random);
	text_hex(random, sizeof random, hex);
	struct db_stmt *q = db_stmt(t->write, SQL_IDENTITY_ADD);
	db_bind_text(q, 1, "epoch", -1);
	db_bind_text(q, 2, hex, -1);
	enum err e = db_run(q);
	if (e != OK)
		return e;
	q = db_stmt(t->write, SQL_IDENTITY);
	db_bind_text(q, 1, "epoch", -1);
	e = db_step(q);
	if (e == OK)
		snprintf(t->epoch, sizeof t->epoch, "%s", db_text(q, 0, NULL));
	db_done(q);
	return e;
}

enum err township_open(const char *path, struct township **out)
{
	*out = NULL;
	struct township *t = calloc(1, sizeof *t);
	if (t == NULL)
		return ERR_FULL;
	pthread_mutex_init(&t->reading, NULL);
	enum err e = open_one(path, true, &t->write);
	if (e == OK)
		e = open_one(path, false, &t->read);
	if (e == OK)
		e = read_epoch(t);
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

const char *township_epoch(const struct township *t)
{
	return t->epoch;
}

enum err township_backup(struct db *db, const char *path)
{
	/* Inside the job's transaction nothing newer can slip in between the copy and the mark. */
	enum err e = db_backup(db, path);
	return e == OK ? db_run(db_stmt(db, SQL_KIOSKS_BACKED_UP)) : e;
}

enum err township_count(struct db *db, const char *name, int64_t *out)
{
	struct db_stmt *q = db_stmt(db, SQL_COUNTER_ADD);
	db_bind_text(q, 1, name, -1);
	enum err e = db_run(q);
	if (e != OK)
		return e;
	q = db_stmt(db, SQL_COUNTER_NEXT);
	db_bind_text(q, 1, name, -1);
	e = db_step(q);
	if (e == OK)
		*out = db_int(q, 0);
	db_done(q);
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
