#include "app/store/township/parcels.h"

#include "app/store/township/kiosks.h"
#include "app/store/township/township_impl.h"

#include <string.h>

enum { LETTERS_PER_HOUR = 20000, MIB_PER_HOUR = 512, QUARANTINED_PER_HOUR = 100 };

static enum err quarantine(struct db *db, const struct parcel *p, const struct hash *hash,
			   int64_t now, const char *reason)
{
	struct db_stmt *q = db_stmt(db, SQL_QUARANTINE_ADD);
	db_bind_blob(q, 1, p->header.kiosk.b, HASH_BYTES);
	db_bind_int(q, 2, now);
	db_bind_text(q, 3, reason, -1);
	db_bind_blob(q, 4, hash->b, HASH_BYTES);
	db_bind_blob(q, 5, p->bytes, p->len);
	db_bind_blob(q, 6, p->header.id, PARCEL_ID_BYTES);
	enum err e = db_run(q);
	return e == OK ? kiosks_alarm(db, &p->header.kiosk, now, "quarantine", reason) : e;
}

/* Is the id here already, in that statement's table, and with the same bytes? */
static enum err look_id(struct db *db, int statement, const struct parcel *p,
			const struct hash *hash, bool *here, bool *same)
{
	struct hash stored;
	struct db_stmt *q = db_stmt(db, statement);
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
			      int64_t now, uint64_t newest)
{
	const struct parcel_header *h = &p->header;
	struct hash other, before;
	bool joined = true;
	enum err e = look_at(db, &h->kiosk, h->sequence - 1, &other, &before);
	if (e == OK)
		joined = hash_equal(&other, &h->previous);
	if ((e == OK || e == ERR_MISSING) && h->sequence < newest) {
		e = look_at(db, &h->kiosk, h->sequence + 1, &other, &before);
		if (e == OK)
			joined = joined && hash_equal(&before, hash);
	}
	if (e != OK && e != ERR_MISSING)
		return e;
	return joined ? OK : kiosks_alarm(db, &h->kiosk, now, "chain", "信件的链断了");
}

/* --- what is missing, kept up with every letter --- */

static enum err gap_add(struct db *db, const struct hash *kiosk, uint64_t first, uint64_t last,
			bool held)
{
	if (first > last)
		return OK;
	struct db_stmt *q = db_stmt(db, SQL_GAP_ADD);
	db_bind_blob(q, 1, kiosk->b, HASH_BYTES);
	db_bind_int(q, 2, (int64_t)first);
	db_bind_int(q, 3, (int64_t)last);
	db_bind_int(q, 4, held);
	return db_run(q);
}

/* A letter that was missing is there: what is left of its gap stands on its two sides. */
static enum err gap_close(struct db *db, const struct hash *kiosk, uint64_t sequence)
{
	struct db_stmt *q = db_stmt(db, SQL_GAP_AT);
	db_bind_blob(q, 1, kiosk->b, HASH_BYTES);
	db_bind_int(q, 2, (int64_t)sequence);
	enum err e = db_step(q);
	if (e != OK)
		return e == ERR_MISSING ? OK : e;
	uint64_t first = (uint64_t)db_int(q, 0), last = (uint64_t)db_int(q, 1);
	db_done(q);
	q = db_stmt(db, SQL_GAP_REMOVE);
	db_bind_blob(q, 1, kiosk->b, HASH_BYTES);
	db_bind_int(q, 2, (int64_t)first);
	e = db_run(q);
	if (e == OK)
		e = gap_add(db, kiosk, first, sequence - 1, false);
	return e == OK ? gap_add(db, kiosk, sequence + 1, last, false) : e;
}

static enum err count(struct db *db, const struct parcel *p, bool stored, bool quarantined)
{
	struct db_stmt *q = db_stmt(db, SQL_KIOSK_COUNT);
	db_bind_blob(q, 1, p->header.kiosk.b, HASH_BYTES);
	db_bind_int(q, 2, (int64_t)p->header.sequence);
	db_bind_int(q, 3, stored);
	db_bind_int(q, 4, (int64_t)p->len);
	db_bind_int(q, 5, quarantined);
	return db_run(q);
}

static enum err insert(struct db *db, const struct parcel *p, const struct hash *hash, int64_t now,
		       uint64_t newest)
{
	const struct parcel_header *h = &p->header;
	struct db_stmt *q = db_stmt(db, SQL_PARCEL_ADD);
	db_bind_blob(q, 1, h->id, PARCEL_ID_BYTES);
	db_bind_blob(q, 2, h->kiosk.b, HASH_BYTES);
	db_bind_int(q, 3, (int64_t)h->sequence);
	db_bind_blob(q, 4, hash->b, HASH_BYTES);
	db_bind_blob(q, 5, h->previous.b, HASH_BYTES);
	db_bind_int(q, 6, now);
	db_bind_blob(q, 7, p->bytes, p->len);
	enum err e = db_run(q);
	if (e == OK)
		e = h->sequence > newest
			    ? gap_add(db, &h->kiosk, newest + 1, h->sequence - 1, false)
			    : gap_close(db, &h->kiosk, h->sequence);
	return e == OK ? count(db, p, true, false) : e;
}

/* The id is known with other bytes: nothing a kiosk of ours makes. */
static enum err put_apart(struct db *db, const struct parcel *p, const struct hash *hash,
			  int64_t now, const struct kiosk_hour *hour, enum wire_outcome *outcome)
{
	*outcome = WIRE_OTHER;
	if (hour->quarantined >= QUARANTINED_PER_HOUR) {
		*outcome = WIRE_LATER;
		return kiosks_alarm(db, &p->header.kiosk, now, "quarantine",
				    "同一编号内容不同的信太多，这一小时不再收");
	}
	enum err e = quarantine(db, p, hash, now, "同一编号，内容不同");
	return e == OK ? count(db, p, false, true) : e;
}

/* Another letter stands in its place of the chain: the machine was copied or put back. It is a
 * letter all the same and is dealt with; but its number is never acknowledged, so neither of the
 * two machines believes the other's letter to be its own. */
static enum err put_beside(struct db *db, const struct parcel *p, const struct hash *hash,
			   int64_t now)
{
	enum err e = quarantine(db, p, hash, now, "同一序号，两封信：机器可能被复制");
	if (e == OK)
		e = gap_add(db, &p->header.kiosk, p->header.sequence, p->header.sequence, true);
	return e == OK ? count(db, p, false, false) : e;
}

/* A new letter: into its place, or beside the one that has it. */
static enum err add_new(struct db *db, const struct parcel *p, const struct hash *hash, int64_t now,
			const struct kiosk_hour *hour, enum wire_outcome *outcome)
{
	struct hash other, before;
	if (hour->letters >= LETTERS_PER_HOUR || hour->bytes >= (int64_t)MIB_PER_HOUR << 20) {
		*outcome = WIRE_LATER;
		return kiosks_alarm(db, &p->header.kiosk, now, "flood", "一小时里的信太多");
	}
	enum err e = ERR_MISSING;
	if (p->header.sequence <= hour->newest)
		e = look_at(db, &p->header.kiosk, p->header.sequence, &other, &before);
	*outcome = e == OK ? WIRE_OTHER : WIRE_STORED;
	if (e == OK)
		return put_beside(db, p, hash, now);
	if (e == ERR_MISSING)
		e = look_at_chain(db, p, hash, now, hour->newest);
	return e == OK ? insert(db, p, hash, now, hour->newest) : e;
}

enum err parcels_add(struct db *db, const struct parcel *p, const struct hash *hash, int64_t now,
		     enum wire_outcome *outcome, bool *fresh)
{
	bool here, same, apart = false;
	struct kiosk_hour hour;
	*fresh = false;
	*outcome = WIRE_LATER;
	if (p->header.sequence == 0 || p->header.sequence > INT64_MAX - 1) {
		*outcome = WIRE_REFUSED;
		return OK;
	}
	enum err e = kiosks_hour(db, &p->header.kiosk, now, &hour);
	if (e == OK)
		e = look_id(db, SQL_PARCEL_HASH, p, hash, &here, &same);
	if (e == OK && !here) {
		e = look_id(db, SQL_QUARANTINE_HASH, p, hash, &here, &same);
		apart = here;
	}
	if (e != OK)
		return e;
#if SEEDED_BUG == 9
	same = here;
#endif
	if (here && same) {
		*outcome = apart ? WIRE_OTHER : WIRE_STORED;
		return OK;
	}
	if (here)
		return put_apart(db, p, hash, now, &hour, outcome);
	e = add_new(db, p, hash, now, &hour, outcome);
	*fresh = e == OK && *outcome != WIRE_LATER;
	return e;
}

/* Does that statement's table hold it? */
static enum err asked_in(struct db *db, int statement, const struct parcel_header *h,
			 const unsigned char *header, bool *here)
{
	size_t len;
	struct db_stmt *q = db_stmt(db, statement);
	db_bind_blob(q, 1, h->id, PARCEL_ID_BYTES);
	enum err e = db_step(q);
	const void *bytes = e == OK ? db_blob(q, 0, &len) : NULL;
	*here = e == OK && len >= PARCEL_HEADER_BYTES &&
		memcmp(bytes, header, PARCEL_HEADER_BYTES) == 0;
	db_done(q);
	return e == ERR_MISSING ? OK : e;
}

enum err parcels_ask(struct db *db, const struct parcel_header *h,
		     const unsigned char header[PARCEL_HEADER_BYTES], enum wire_outcome *outcome)
{
	bool here, apart = false;
	enum err e = asked_in(db, SQL_PARCEL_BYTES, h, header, &here);
	if (e == OK && !here)
		e = asked_in(db, SQL_QUARANTINE_BYTES, h, header, &apart);
	*outcome = here ? WIRE_STORED : apart ? WIRE_OTHER : WIRE_LATER;
	return e;
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
	struct db_stmt *q = db_stmt(db, SQL_GAPS);
	db_bind_blob(q, 1, kiosk->b, HASH_BYTES);
	for (e = db_step(q); e == OK; e = db_step(q)) {
		const struct ack_gap gap = {(uint64_t)db_int(q, 0), (uint64_t)db_int(q, 1)};
		if (out->gap_count == ACK_GAPS_MAX) {
			out->through = gap.first - 1;
			break;
		}
		out->gap[out->gap_count++] = gap;
	}
	db_done(q);
	return e == ERR_MISSING ? OK : e;
}

static enum err bytes_of(struct db *db, int statement, const unsigned char *id, struct buf *out)
{
	size_t len;
	struct db_stmt *q = db_stmt(db, statement);
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

enum err parcels_get(struct db *db, const unsigned char id[PARCEL_ID_BYTES], struct buf *out)
{
	enum err e = bytes_of(db, SQL_PARCEL_BYTES, id, out);
	return e == ERR_MISSING ? bytes_of(db, SQL_QUARANTINE_BYTES, id, out) : e;
}

enum err parcels_quarantined(struct db *db, int64_t *count)
{
	struct db_stmt *q = db_stmt(db, SQL_QUARANTINE_COUNT);
	enum err e = db_step(q);
	*count = e == OK ? db_int(q, 0) : 0;
	db_done(q);
	return e;
}
