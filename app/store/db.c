#include "app/store/db.h"

#include "app/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PARAMETERS = 24, BUSY_MS = 2000 };

struct db_stmt {
	struct db *db;
	sqlite3_stmt *q;
	int parameter[PARAMETERS + 1]; /* index of $n */
};

struct db {
	sqlite3 *c;
	struct db_stmt *stmt;
	int stmt_count;
	char path[256]; /* for the log */
};

static enum err code_of(const struct db *db, int rc)
{
	switch (rc & 0xff) {
	case SQLITE_OK:
		return OK;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return ERR_CORRUPT;
	case SQLITE_CONSTRAINT:
		return ERR_REFUSED;
	case SQLITE_FULL:
	case SQLITE_NOMEM:
		return ERR_FULL;
	default:
		/* A full disk may come as an I/O error: the system's own number tells. */
		return sqlite3_system_errno(db->c) == ENOSPC ? ERR_FULL : ERR_IO;
	}
}

static enum err failed(struct db *db, const char *doing)
{
	int rc = sqlite3_extended_errcode(db->c);
	if ((rc & 0xff) != SQLITE_CONSTRAINT)
		log_warn("db: %s: %.80s: %s (%d)", db->path, doing, sqlite3_errmsg(db->c), rc);
	enum err e = code_of(db, rc);
	return e == OK ? ERR_IO : e;
}

static enum err run(struct db *db, const char *sql)
{
	return sqlite3_exec(db->c, sql, NULL, NULL, NULL) == SQLITE_OK ? OK : failed(db, sql);
}

/* --- opening --- */

static int64_t one_number(struct db *db, const char *sql, int64_t otherwise)
{
	sqlite3_stmt *q = NULL;
	int64_t v = otherwise;
	if (sqlite3_prepare_v2(db->c, sql, -1, &q, NULL) == SQLITE_OK &&
	    sqlite3_step(q) == SQLITE_ROW)
		v = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return v;
}

static void sync_folder(const char *path)
{
	char folder[512];
	const char *slash = strrchr(path, '/');
	snprintf(folder, sizeof folder, "%.*s", slash == NULL ? 1 : (int)(slash - path + 1),
		 slash == NULL ? "." : path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

/* Two users share a kiosk's databases; SQLite gives -wal and -shm the mode of the file they belong
 * to. Another user's file keeps its mode: it was set when it was made. */
static void set_mode(const struct db_options *o)
{
	static const char *const beside[] = {"", "-wal", "-shm"};
	char path[4096];
	for (size_t i = 0; i < sizeof beside / sizeof beside[0] && o->mode != 0; i++) {
		snprintf(path, sizeof path, "%s%s", o->path, beside[i]);
		struct stat s;
		if (stat(path, &s) == 0 && (s.st_mode & 07777) != o->mode &&
		    chmod(path, o->mode) != 0)
			log_warn("db: the mode of %s stays: %s", path, strerror(errno));
	}
}

static enum err connect_file(struct db *db, const struct db_options *o)
{
	bool memory = strcmp(o->path, ":memory:") == 0;
	bool fresh = !memory && access(o->path, F_OK) != 0;
	if (fresh && !o->create)
		return ERR_MISSING;
	int flags =
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (o->create ? SQLITE_OPEN_CREATE : 0);
	if (sqlite3_open_v2(o->path, &db->c, flags, NULL) != SQLITE_OK)
		return failed(db, "open");
	sqlite3_extended_result_codes(db->c, 1);
	/* SQLite falls back to reading when it may not write, and says so only at the first write.
	 */
	if (!memory && !o->query_only && sqlite3_db_readonly(db->c, "main") != 0) {
		log_warn("db: %s cannot be written to", db->path);
		return ERR_IO;
	}
	set_mode(o);
	sqlite3_db_config(db->c, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db->c, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db->c, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db->c, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_busy_timeout(db->c, o->busy_ms > 0 ? o->busy_ms : BUSY_MS);
	if (o->wal_pages > 0)
		sqlite3_wal_autocheckpoint(db->c, o->wal_pages);
	/* EXTRA before WAL: the other order lost thanked rows after a power cut at first creation.
	 */
	enum err e = run(db, "PRAGMA synchronous = EXTRA");
	if (e == OK)
		e = run(db, "PRAGMA journal_mode = WAL");
	if (e == OK)
		e = run(db, "PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;"
			    "PRAGMA cell_size_check = ON; PRAGMA journal_size_limit = 67108864");
	if (e == OK && o->cache_kib > 0) {
		char text[64];
		snprintf(text, sizeof text, "PRAGMA cache_size = -%d", o->cache_kib);
		e = run(db, text);
	}
	if (fresh && e == OK)
		sync_folder(o->path);
	return e;
}

static enum err read_version(struct db *db, const struct db_options *o, int64_t *at)
{
	*at = 0;
	if (!o->schema_table) {
		*at = one_number(db, "PRAGMA user_version", -1);
		return *at < 0 ? failed(db, "read the schema's version") : OK;
	}
	enum err e = run(db, "CREATE TABLE IF NOT EXISTS schema_step (step BIGINT PRIMARY KEY)");
	if (e == OK)
		*at = one_number(db, "SELECT coalesce(max(step), 0) FROM schema_step", 0);
	return e;
}

/* A step and its number are one transaction: a power cut repeats a step, never half of one. */
static enum err migrate_step(struct db *db, const struct db_options *o, int at)
{
	char number[96];
	if (o->schema_table)
		snprintf(number, sizeof number, "INSERT INTO schema_step (step) VALUES (%d)",
			 at + 1);
	else
		snprintf(number, sizeof number, "PRAGMA user_version = %d", at + 1);
	enum err e = run(db, "BEGIN IMMEDIATE");
	if (e != OK)
		return e;
	/* Another process may have been first. */
	int64_t now = at;
	e = read_version(db, o, &now);
	if (e == OK && now == at)
		e = run(db, o->migration[at]);
	if (e == OK && now == at)
		e = run(db, number);
	if (e == OK)
		e = run(db, "COMMIT");
	if (e != OK)
		sqlite3_exec(db->c, "ROLLBACK", NULL, NULL, NULL);
	return e;
}

static enum err migrate(struct db *db, const struct db_options *o)
{
	int64_t at;
	enum err e = read_version(db, o, &at);
	if (e == OK && at > o->migration_count) {
		if (o->newer == DB_NEWER_ACCEPTED)
			return OK;
		log_warn("db: %s was written by a newer release (schema %d, this one knows %d)",
			 db->path, (int)at, o->migration_count);
		return ERR_REFUSED;
	}
	for (int i = (int)at; e == OK && i < o->migration_count; i++)
		e = migrate_step(db, o, i);
	return e;
}

static void find_parameters(struct db_stmt *s)
{
	for (int n = 1; n <= PARAMETERS; n++) {
		char name[16];
		snprintf(name, sizeof name, "$%d", n);
		s->parameter[n] = sqlite3_bind_parameter_index(s->q, name);
		if (s->parameter[n] == 0) {
			snprintf(name, sizeof name, "?%d", n);
			s->parameter[n] = sqlite3_bind_parameter_index(s->q, name);
		}
	}
}

static enum err prepare_all(struct db *db, const struct db_options *o)
{
	db->stmt = calloc((size_t)o->statement_count + 1, sizeof *db->stmt);
	if (db->stmt == NULL)
		return ERR_FULL;
	db->stmt_count = o->statement_count;
	for (int i = 0; i < o->statement_count; i++) {
		db->stmt[i].db = db;
		if (sqlite3_prepare_v3(db->c, o->statement[i], -1, SQLITE_PREPARE_PERSISTENT,
				       &db->stmt[i].q, NULL) != SQLITE_OK)
			return failed(db, o->statement[i]);
		find_parameters(&db->stmt[i]);
	}
	return o->query_only ? run(db, "PRAGMA query_only = ON") : OK;
}

enum err db_open(const struct db_options *o, struct db **out)
{
	*out = NULL;
	struct db *db = calloc(1, sizeof *db);
	if (db == NULL)
		return ERR_FULL;
	snprintf(db->path, sizeof db->path, "%s", o->path);
	enum err e = connect_file(db, o);
	if (e == OK)
		e = migrate(db, o);
	if (e == OK)
		e = prepare_all(db, o);
	if (e != OK) {
		db_close(db);
		return e;
	}
	*out = db;
	return OK;
}

void db_close(struct db *db)
{
	if (db == NULL)
		return;
	for (int i = 0; i < db->stmt_count; i++)
		sqlite3_finalize(db->stmt[i].q);
	free(db->stmt);
	sqlite3_close(db->c);
	free(db);
}

/* --- statements --- */

struct db_stmt *db_stmt(struct db *db, int which)
{
	struct db_stmt *s = &db->stmt[which];
	sqlite3_reset(s->q);
	sqlite3_clear_bindings(s->q);
	return s;
}

void db_bind_int(struct db_stmt *q, int n, int64_t v)
{
	sqlite3_bind_int64(q->q, q->parameter[n], v);
}

void db_bind_text(struct db_stmt *q, int n, const char *text, int64_t len)
{
	if (text == NULL)
		sqlite3_bind_null(q->q, q->parameter[n]);
	else
		sqlite3_bind_text64(q->q, q->parameter[n], text,
				    len < 0 ? strlen(text) : (sqlite3_uint64)len, SQLITE_STATIC,
				    SQLITE_UTF8);
}

void db_bind_blob(struct db_stmt *q, int n, const void *bytes, size_t len)
{
	if (bytes == NULL && len > 0)
		sqlite3_bind_null(q->q, q->parameter[n]);
	else
		sqlite3_bind_blob64(q->q, q->parameter[n], bytes == NULL ? "" : bytes, len,
				    SQLITE_STATIC);
}

enum err db_step(struct db_stmt *q)
{
	int rc = sqlite3_step(q->q);
	if (rc == SQLITE_ROW)
		return OK;
	enum err e = rc == SQLITE_DONE ? ERR_MISSING : failed(q->db, sqlite3_sql(q->q));
	sqlite3_reset(q->q);
	return e;
}

enum err db_run(struct db_stmt *q)
{
	int rc = sqlite3_step(q->q);
	enum err e = rc == SQLITE_DONE || rc == SQLITE_ROW ? OK : failed(q->db, sqlite3_sql(q->q));
	sqlite3_reset(q->q);
	return e;
}

void db_done(struct db_stmt *q)
{
	sqlite3_reset(q->q);
}

int64_t db_int(struct db_stmt *q, int col)
{
	return sqlite3_column_int64(q->q, col);
}

const char *db_text(struct db_stmt *q, int col, size_t *len)
{
	const char *s = (const char *)sqlite3_column_text(q->q, col);
	if (len != NULL)
		*len = s == NULL ? 0 : (size_t)sqlite3_column_bytes(q->q, col);
	return s == NULL ? "" : s;
}

const void *db_blob(struct db_stmt *q, int col, size_t *len)
{
	const void *p = sqlite3_column_blob(q->q, col);
	*len = p == NULL ? 0 : (size_t)sqlite3_column_bytes(q->q, col);
	return p == NULL ? "" : p;
}

bool db_null(struct db_stmt *q, int col)
{
	return sqlite3_column_type(q->q, col) == SQLITE_NULL;
}

int64_t db_changes(struct db *db)
{
	return sqlite3_changes64(db->c);
}

int64_t db_last_rowid(struct db *db)
{
	return sqlite3_last_insert_rowid(db->c);
}

int64_t db_data_version(struct db *db)
{
	return one_number(db, "PRAGMA data_version", -1);
}

/* --- transactions --- */

enum err db_begin(struct db *db)
{
	return run(db, "BEGIN IMMEDIATE");
}

enum err db_begin_read(struct db *db)
{
	return run(db, "BEGIN");
}

enum err db_commit(struct db *db)
{
	enum err e = run(db, "COMMIT");
	if (e != OK)
		db_rollback(db);
	return e;
}

void db_rollback(struct db *db)
{
	if (!sqlite3_get_autocommit(db->c))
		sqlite3_exec(db->c, "ROLLBACK", NULL, NULL, NULL);
}

bool db_in_transaction(struct db *db)
{
	return sqlite3_get_autocommit(db->c) == 0;
}

enum err db_savepoint(struct db *db)
{
	return run(db, "SAVEPOINT job");
}

enum err db_release(struct db *db)
{
	return run(db, "RELEASE job");
}

void db_rollback_to(struct db *db)
{
	sqlite3_exec(db->c, "ROLLBACK TO job; RELEASE job", NULL, NULL, NULL);
}

enum err db_check(struct db *db)
{
	sqlite3_stmt *q = NULL;
	enum err e = ERR_CORRUPT;
	if (sqlite3_prepare_v2(db->c, "PRAGMA quick_check(1)", -1, &q, NULL) == SQLITE_OK &&
	    sqlite3_step(q) == SQLITE_ROW &&
	    strcmp((const char *)sqlite3_column_text(q, 0), "ok") == 0)
		e = OK;
	sqlite3_finalize(q);
	return e;
}

enum err db_backup(struct db *db, const char *path)
{
	sqlite3 *to = NULL;
	enum err e = ERR_IO;
	if (sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) ==
	    SQLITE_OK) {
		sqlite3_backup *b = sqlite3_backup_init(to, "main", db->c, "main");
		if (b != NULL) {
			sqlite3_backup_step(b, -1);
			if (sqlite3_backup_finish(b) == SQLITE_OK)
				e = OK;
		}
	}
	if (e != OK)
		log_warn("db: back-up to %s failed: %s", path, sqlite3_errmsg(to));
	sqlite3_close(to);
	return e;
}
