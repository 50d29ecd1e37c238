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

/* Makes this process the one that serves this database. *renewed: the epoch is a new one because
 * the database is not the one that was served here last. ERR_REFUSED: another process has it. */
must_use enum err township_claim(struct township *t, bool *renewed);
/* "" before the claim; see epoch.h. */
const char *township_epoch(const struct township *t);
/* Told by the writer after each commit. */
void township_committed(struct township *t, int64_t generation);

/* A reading connection of one's own, for looks that are not short. Closed with db_close. */
must_use enum err township_look(struct township *t, struct db **out);
/* Another file of the same form, for writing. */
must_use enum err township_open_file(const char *path, struct db **out);
