/* township.h - township.db: opened twice, once for the one writer, once for everybody who reads.
 *
 * Functions of the nouns beside this file take a connection: the reader's between
 * township_read_begin and _end, the writer's inside a job (writer.h). */
#pragma once
#include "app/store/db.h"
#include "app/village/ack.h"

struct township;

/* Creates the database at first. ERR_REFUSED: it was written by a newer release. */
must_use enum err township_open(const char *path, struct township **out);
void township_close(struct township *t); /* NULL is fine */

/* The one reading connection, for one thread at a time; short looks only. */
struct db *township_read_begin(struct township *t);
void township_read_end(struct township *t);
struct db *township_write_db(struct township *t); /* for the writer */

/* Random, made once with the database: changes when the database is another one. */
const char *township_epoch(const struct township *t);

/* A consistent copy; what it holds counts as backed up. Run as a job. */
must_use enum err township_backup(struct db *db, const char *path);
