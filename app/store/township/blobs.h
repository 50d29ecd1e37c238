/* blobs.h - pictures as files: DATA/blobs/ab/abcd..., each named by the BLAKE2b-256 of its bytes.
 *
 * Files and not rows of township.db: that is copied whole at every back-up, and a county's vouchers
 * are some gigabytes a year that never change; a file that is copied once need not be copied again
 * (blobs_copy). A file is whole and fsynced before the row that names it is committed, so a power
 * cut leaves at most a file nobody names, and those go when the server starts (blobs_sweep). What
 * is read is hashed again. */
#pragma once
#include "app/base/buf.h"
#include "app/store/township/township.h"
#include "sync/seal.h"
#include "sync/sign.h"

enum { BLOB_BYTES_MAX = 24 << 20 };

/* `data` is the data folder. ERR_IO, ERR_FULL: nothing was written. */
must_use enum err blobs_put(const char *data, const void *bytes, size_t len, struct hash *out);
/* Appended. ERR_MISSING; ERR_CORRUPT: it is not what its name says. */
must_use enum err blobs_get(const char *data, const struct hash *hash, struct buf *out);

/* The same, sealed to a key; *out is of the sealed bytes. */
must_use enum err blobs_seal(const char *data, const struct seal_public *to, const void *bytes,
			     size_t len, struct hash *out);
/* ERR_REFUSED: not sealed to this key. Wipe what it gives. */
must_use enum err blobs_open(const char *data, const struct hash *hash,
			     const struct seal_secret *key, struct buf *out);

/* What is public. A job; the file stands already. */
must_use enum err blobs_publish(struct db *db, const struct hash *hash, size_t bytes, bool open);
/* ERR_MISSING: not public. *open: also on the open network. */
must_use enum err blobs_public(struct db *db, const struct hash *hash, bool *open);

/* Removes the file when no row names it. */
void blobs_drop(struct db *db, const char *data, const struct hash *hash);
/* Removes every file no row names, and what a power cut left half-made; nothing where the database
 * was ever put back from a copy. */
must_use enum err blobs_sweep(struct db *db, const char *data);
/* Copies into `to` (made when missing) what of DATA/blobs is not there yet, each looked over. */
must_use enum err blobs_copy(const char *data, const char *to);
/* And back. */
must_use enum err blobs_copy_back(const char *from, const char *data);
