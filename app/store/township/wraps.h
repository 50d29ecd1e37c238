/* wraps.h - secret keys as members of staff keep them: each under its holder's password.
 *
 * A publication key signs what a place makes public; an office key opens what residents wrote, an
 * identity key who they are. The database holds only wrapped bytes; a stolen copy opens nothing. */
#pragma once
#include "app/base/buf.h"
#include "app/store/township/township.h"
#include "app/village/place.h"

enum wrap_kind { WRAP_PUBLICATION, WRAP_OFFICE, WRAP_IDENTITY, WRAP_KINDS };
enum { WRAP_SECRET_MAX = 64 }; /* a signing secret is 64 bytes, an opening secret 32 */

/* Which key: `owner` is the place of a publication key, the body of the others. */
struct wrap_of {
	enum wrap_kind kind;
	const char *owner;
};

/* Wraps `secret` under `password` and keeps it (Argon2id: prefer a quiet time). A job. */
must_use enum err wraps_put(struct db *db, int64_t staff, struct wrap_of which,
			    const char *password, const void *secret, size_t len);
/* The wrapped bytes. ERR_MISSING: this member holds no such key. */
must_use enum err wraps_get(struct db *db, int64_t staff, enum wrap_kind kind, const char *owner,
			    struct buf *out);
/* Owners of a member's keys of one kind, in order; begin with "". ERR_MISSING at the end. */
must_use enum err wraps_next(struct db *db, int64_t staff, enum wrap_kind kind, const char *after,
			     char owner[PLACE_ID_MAX + 1]);
/* Opens wrapped bytes into `len` bytes of secret; no database. ERR_REFUSED: wrong password. Wipe
 * what it gives. */
must_use enum err wraps_open(const struct buf *wrapped, const char *password, void *secret,
			     size_t len);
