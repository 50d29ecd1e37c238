/* backup.h - a second copy of township.db, and putting one back.
 *
 * The copy is one moment of the database, taken while a server goes on writing; it is looked over,
 * fsynced and renamed into its place before any letter counts as backed up. A copy that is put back
 * leads to a new epoch (epoch.h). */
#pragma once
#include "app/store/township/writer.h"

/* Waits for a job of `w`; call it from outside the writer. ERR_CORRUPT: the copy is no good. */
must_use enum err backup_make(struct township *t, struct writer *w, const char *path);
/* Puts `copy` in the place of the database `path`, which is kept beside it as PATH.before. Nothing
 * may have it open: ERR_REFUSED when a server runs. ERR_CORRUPT: `copy` is no good; nothing was
 * changed. */
must_use enum err backup_restore(const char *path, const char *copy);
/* An event and an alarm, when letters may be missing because the epoch is a new one. A job. */
must_use enum err backup_note_restored(struct db *db, int64_t now);
