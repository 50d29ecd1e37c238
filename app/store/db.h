/* db.h - one database connection: opened safely, migrated, every statement prepared at open.
 *
 * SQLite today; only what SQLite and PostgreSQL share may be written into township SQL ($1, $2 ...,
 * ON CONFLICT, RETURNING, no ->>, no GLOB). A connection belongs to one thread.
 *
 * Opening: secure_delete on, trusted_schema off, double-quoted strings off, foreign keys on; at
 * first creation synchronous=EXTRA is set before journal_mode=WAL and the folder is fsynced (the
 * other order lost acknowledged rows in 517 of 1,230 simulated power cuts). */
#pragma once
#include "app/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct db_stmt;

enum db_newer {
	DB_NEWER_REFUSED, /* a file written by a newer release is not opened: ERR_REFUSED */
	DB_NEWER_ACCEPTED /* queue.db: later releases only add, so this one still reads and writes
			   */
};

struct db_options {
	const char *path;  /* ":memory:" in tests */
	bool create;       /* make the file when it is not there; otherwise ERR_MISSING */
	bool query_only;   /* opened read-write, but no statement may write */
	bool schema_table; /* steps are counted in table schema_step, not in user_version */
	enum db_newer newer;
	const char *const *migration; /* SQL texts, in order */
	int migration_count;
	const char *const *statement; /* SQL texts by number */
	int statement_count;
	int busy_ms;   /* how long to wait for another writer; 2000 when 0 */
	int cache_kib; /* pages kept in memory, so that a long transaction writes each once;
			  SQLite's 2000 when 0 */
	int wal_pages; /* of the WAL before it is moved into the file; SQLite's 1000 when 0 */
	unsigned mode; /* of the file and what stands beside it, whatever the umask; 0: as it comes
			*/
};

/* ERR_CORRUPT when the file is no database or damaged, ERR_REFUSED when it is too new, ERR_IO when
 * it can only be read though writing was asked for. The log says which file. */
must_use enum err db_open(const struct db_options *o, struct db **out);
void db_close(struct db *db); /* NULL is fine */

/* Statement `which`, reset and without bindings. Parameters are written $1, $2 ... or ?1, ?2 ... */
struct db_stmt *db_stmt(struct db *db, int which);
void db_bind_int(struct db_stmt *q, int n, int64_t v);
/* Borrowed until the statement is reset. len < 0: up to the NUL. NULL binds NULL. */
void db_bind_text(struct db_stmt *q, int n, const char *text, int64_t len);
void db_bind_blob(struct db_stmt *q, int n, const void *bytes, size_t len);
/* OK: a row is there. ERR_MISSING: no (more) rows, the statement is reset. Otherwise failed,
 * logged, reset. ERR_REFUSED: a constraint said no. ERR_FULL: the disk is full. ERR_IO: busy or
 * trouble with the disk. */
must_use enum err db_step(struct db_stmt *q);
/* Runs a statement that returns nothing; resets it. OK, ERR_REFUSED (constraint), ERR_FULL, ERR_IO,
 * ERR_CORRUPT. */
must_use enum err db_run(struct db_stmt *q);
/* Ends reading before all rows were stepped. Every statement is reset before a loop waits. */
void db_done(struct db_stmt *q);
int64_t db_int(struct db_stmt *q, int col);
/* "" for NULL. Lives until the next step. */
const char *db_text(struct db_stmt *q, int col, size_t *len);
const void *db_blob(struct db_stmt *q, int col, size_t *len);
bool db_null(struct db_stmt *q, int col);

int64_t db_changes(struct db *db);      /* rows the last run changed */
int64_t db_last_rowid(struct db *db);   /* of the last insert */
int64_t db_data_version(struct db *db); /* moves when another connection commits */

/* begin takes the write lock at once. */
must_use enum err db_begin(struct db *db);
must_use enum err db_begin_read(struct db *db);
must_use enum err db_commit(struct db *db);
void db_rollback(struct db *db);
/* Some errors (a full disk, a broken one) end the whole transaction, not the statement alone. */
bool db_in_transaction(struct db *db);
/* Inside a transaction; the innermost one is released or undone. */
must_use enum err db_savepoint(struct db *db);
must_use enum err db_release(struct db *db);
void db_rollback_to(struct db *db);

/* PRAGMA quick_check: OK or ERR_CORRUPT. */
must_use enum err db_check(struct db *db);

/* A consistent copy into `path` while others go on writing; of the moment of the read transaction,
 * when one is open. Not inside a transaction that writes. */
must_use enum err db_backup(struct db *db, const char *path);
