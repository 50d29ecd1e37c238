/* epoch.h - beside the database, what the database cannot know: that it is still the same one.
 *
 * The file "epoch" in the data folder holds the epoch and how many commits the database had when it
 * was last written (the counter "generation", moved by every batch of the writer). It is written
 * after each commit and never waited for, so it may lag behind the database and never runs ahead of
 * it: a database with fewer commits than the file remembers was put back from a copy. Then, and
 * when there is no file, the epoch is a new one and every kiosk offers again all it still has.
 * Copies made by a back-up have their counter set to zero, so they are always noticed.
 *
 * Whoever holds the file open has the data folder to itself; the lock goes with the process. */
#pragma once
#include "app/base/err.h"
#include "app/village/ack.h"

#include <stdint.h>

struct epoch;

/* `database` is the path of township.db. *renewed: the epoch is a new one. ERR_REFUSED: another
 * process has it. */
must_use enum err epoch_open(const char *database, int64_t generation, struct epoch **out,
			     bool *renewed);
void epoch_close(struct epoch *e); /* NULL is fine */
const char *epoch_text(const struct epoch *e);
/* After a commit. Trouble is logged, nothing else: the next start says more than it must. */
void epoch_note(struct epoch *e, int64_t generation);
/* Takes the file away, so that the next start makes a new epoch. ERR_REFUSED: a server runs. */
must_use enum err epoch_forget(const char *database);
