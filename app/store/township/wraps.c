#include "app/store/township/wraps.h"

#include "app/store/township/township_impl.h"
#include "sync/seal.h"

#include <stdio.h>

static const char *const kind_id[WRAP_KINDS] = {"publication", "office", "identity"};

enum err wraps_put(struct db *db, int64_t staff, struct wrap_of which, const char *password,
		   const void *secret, size_t len)
{
	unsigned char wrapped[WRAP_SECRET_MAX + SEAL_WRAP_EXTRA];
	if (len > WRAP_SECRET_MAX || !place_id_valid(which.owner))
		return ERR_REFUSED;
	if (seal_wrap(password, secret, len, wrapped) != SYNC_OK)
		return ERR_FULL;
	struct db_stmt *q = db_stmt(db, SQL_WRAP_PUT);
	db_bind_int(q, 1, staff);
	db_bind_text(q, 2, kind_id[which.kind], -1);
	db_bind_text(q, 3, which.owner, -1);
	db_bind_blob(q, 4, wrapped, len + SEAL_WRAP_EXTRA);
	return db_run(q);
}

enum err wraps_get(struct db *db, int64_t staff, enum wrap_kind kind, const char *owner,
		   struct buf *out)
{
	size_t len;
	struct db_stmt *q = db_stmt(db, SQL_WRAP);
	db_bind_int(q, 1, staff);
	db_bind_text(q, 2, kind_id[kind], -1);
	db_bind_text(q, 3, owner, -1);
	enum err e = db_step(q);
	if (e != OK)
		return e;
	const void *bytes = db_blob(q, 0, &len);
	buf_add(out, bytes, len);
	db_done(q);
	return buf_end(out);
}

enum err wraps_next(struct db *db, int64_t staff, enum wrap_kind kind, const char *after,
		    char owner[PLACE_ID_MAX + 1])
{
	struct db_stmt *q = db_stmt(db, SQL_WRAP_NEXT);
	db_bind_int(q, 1, staff);
	db_bind_text(q, 2, kind_id[kind], -1);
	db_bind_text(q, 3, after, -1);
	enum err e = db_step(q);
	if (e == OK)
		snprintf(owner, PLACE_ID_MAX + 1, "%s", db_text(q, 0, NULL));
	db_done(q);
	return e;
}

enum err wraps_open(const struct buf *wrapped, const char *password, void *secret, size_t len)
{
	if (wrapped->len != len + SEAL_WRAP_EXTRA)
		return ERR_CORRUPT;
	enum sync_err e = seal_unwrap(password, wrapped->p, wrapped->len, secret);
	return e == SYNC_OK ? OK : e == SYNC_ERR_REFUSED ? ERR_REFUSED : ERR_FULL;
}
