#include "app/store/township/parcels.h"

#include "app/store/township/kiosks.h"
#include "app/store/township/township_impl.h"

#include <string.h>

static enum err quarantine(struct db *db, const struct parcel *p, const struct hash *hash,
			   int64_t now, const char *reason)
{
	struct db_stmt *q = db_stmt(db, SQL_QUARANTINE_ADD);
	db_bind_blob(q, 1, p->header.kiosk.b, HASH_BYTES);
	db_bind_int(q, 2, now);
	db_bind_text(q, 3, reason, -1);
	db_bind_blob(q, 4, hash->b, HASH_BYTES);
	db_bind_blob(q, 5, p->bytes, p->len);
	enum err e = db_run(q);
	return e == OK ? kiosks_alarm(db, &p->header.kiosk, now, "quarantine", reason) : e;
}

/* OK and *same when the id is here already. */
static enum err look_id(struct db *db, const struct parcel *p, const struct hash *hash, bool *here,
			bool *same)
{
	struct hash stored;
	struct db_stmt *q = db_stmt(db, SQL_PARCEL_HASH);
	db_bind_blob(q, 1, p->header.id, PARCEL_ID_BYTES);
	enum err e = db_step(q);
	*here = e == OK;
	*same = e == OK && township_blob(q, 0, stored.b, HASH_BYTES) && hash_equal(&stored, hash);
	db_done(q);
	return e == ERR_MISSING ? OK : e;
}

/* What stands at a place of the chain: its hash and the one before it. ERR_MISSING. */
static enum err look_at(struct db *db, const struct hash *kiosk, uint64_t sequence,
			struct hash *hash, struct hash *previous)
{
	struct db_stmt *q = db_stmt(db, SQL_PARCEL_AT);
	db_bind_blob(q, 1, kiosk->b, HASH_BYTES);
	db_bind_int(q, 2, (int64_t)sequence);
	enum err e = db_step(q);
	if (e == OK && (!township_blob(q, 0, hash->b, HASH_BYTES) ||
			!township_blob(q, 1, previous->b, HASH_BYTES)))
		e = ERR_CORRUPT;
	db_done(q);
	return e;
}

/* A parcel that does not join its neighbours is kept: it is a letter; but it is told. */
static enum err look_at_chain(struct db *db, const struct parcel *p, const struct hash *hash,
			      int64_t now)
{
	const struct parcel_header *h = &p->header;
	struct hash other, before;
	bool joined = true;
	enum err e = look_at(db, &h->kiosk, h->sequence - 1, &other, &before);
	if (e == OK)
		joined = hash_equal(&other, &h->previous);
	if (e == OK || e == ERR_MISSING)
		e = look_at(db, &h->kiosk, h->sequence + 1, &other, &before);
	if (e == OK)
		joined = joined && hash_equal(&before, hash);
	if (e != OK && e != ERR_MISSING)
		return e;
	return joined ? OK : kiosks_alarm(db, &h->kiosk, now, "chain", "信件的链断了");
}

static enum err insert(struct db *db, const struct parcel *p, const struct hash *hash, int64_t now)
{
	struct db_stmt *q = db_stmt(db, SQL_PARCEL_ADD);
	db_bind_blob(q, 1, p->header.id, PARCEL_ID_BYTES);
	db_bind_blob(q, 2, p->header.kiosk.b, HASH_BYTES);
	db_bind_int(q, 3, (int64_t)p->header.sequence);
	db_bind_blob(q, 4, hash->b, HASH_BYTES);
	db_bind_blob(q, 5, p->header.previous.b, HASH_BYTES);
	db_bind_int(q, 6, now);
	db_bind_blob(q, 7, p->bytes, p->len);
	enum err e = db_run(q);
	if (e != OK)
		return e;
	q = db_stmt(db, SQL_KIOSK_COUNT);
	db_bind_blob(q, 1, p->header.kiosk.b, HASH_BYTES);
	db_bind_int(q, 2, (int64_t)p->header.sequence);
	return db_run(q);
}

enum err parcels_add(struct db *db, const struct parcel *p, const struct hash *hash, int64_t now,
		     enum wire_outcome *outcome, bool *fresh)
{
	bool here, same;
	struct hash other, before;
	*fresh = false;
	*outcome = WIRE_LATER;
	if (p->header.sequence == 0 || p->header.sequence > INT64_MAX - 1) {
		*outcome = WIRE_REFUSED;
		return OK;
	}
	enum err e = look_id(db, p, hash, &here, &same);
	if (e != OK)
		return e;
#if SEEDED_BUG == 9
	same = here;
#endif
	if (here) {
		*outcome = same ? WIRE_STORED : WIRE_OTHER;
		return same ? OK : quarantine(db, p, hash, now, "同一编号，内容不同");
	}
	e = look_at(db, &p->header.kiosk, p->header.sequence, &other, &before);
	if (e == OK) {
		*outcome = WIRE_OTHER;
		return quarantine(db, p, hash, now, "同一序号，两封信：机器可能被复制");
	}
	if (e == ERR_MISSING)
		e = look_at_chain(db, p, hash, now);
	if (e == OK)
		e = insert(db, p, hash, now);
	if (e == OK) {
		*outcome = WIRE_STORED;
		*fresh = true;
	}
	return e;
}

/* Missing numbers below `newest`, ascending; when there are more than fit, `through` ends with the
 * last one listed. */
static enum err list_gaps(struct db *db, const struct hash *kiosk, uint64_t newest, struct ack *out)
{
	uint64_t at = 0;
	out->through = newest;
	while (at < newest) {
		struct db_stmt *q = db_stmt(db, SQL_PARCEL_AFTER);
		db_bind_blob(q, 1, kiosk->b, HASH_BYTES);
		db_bind_int(q, 2, (int64_t)at);
		enum err e = db_step(q);
		if (e != OK)
			return e == ERR_MISSING ? OK : e;
		uint64_t next = (uint64_t)db_int(q, 0);
		db_done(q);
		for (uint64_t gap = at + 1; gap < next; gap++) {
			if (out->gap_count == ACK_GAPS_MAX) {
				out->through = gap - 1;
				return OK;
			}
			out->gap[out->gap_count++] = gap;
		}
		at = next;
	}
	return OK;
}

enum err parcels_through(struct db *db, const struct hash *kiosk, struct ack *out)
{
	struct kiosk_row row;
	enum err e = kiosks_find(db, kiosk, &row, NULL);
	if (e != OK)
		return e;
	out->kiosk = *kiosk;
	out->through = row.newest;
	out->backed_up_to = row.backed_up_to;
	out->gap_count = 0;
	return row.parcels == row.newest ? OK : list_gaps(db, kiosk, row.newest, out);
}

enum err parcels_get(struct db *db, const unsigned char id[PARCEL_ID_BYTES], struct buf *out)
{
	size_t len;
	struct db_stmt *q = db_stmt(db, SQL_PARCEL_BYTES);
	db_bind_blob(q, 1, id, PARCEL_ID_BYTES);
	enum err e = db_step(q);
	if (e == OK) {
		const void *bytes = db_blob(q, 0, &len);
		buf_add(out, bytes, len);
		e = buf_end(out);
	}
	db_done(q);
	return e;
}

enum err parcels_quarantined(struct db *db, int64_t *count)
{
	struct db_stmt *q = db_stmt(db, SQL_QUARANTINE_COUNT);
	enum err e = db_step(q);
	*count = e == OK ? db_int(q, 0) : 0;
	db_done(q);
	return e;
}
