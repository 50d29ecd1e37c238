/* settle.c - acknowledgements, epochs and what is cleared by them. The functions stand in queue.h.
 */
#include "app/store/kiosk/queue_impl.h"

#include <string.h>

enum { DAY_S = 86400 };

static enum err run_for(struct queue *q, enum queue_statement which, uint64_t sequence)
{
	struct db_stmt *s = db_stmt(q->db, (int)which);
	db_bind_int(s, 1, (int64_t)sequence);
	return db_run(s);
}

/* --- epochs --- */

/* In short steps: nobody holds the kiosk's letters up. Cut short, the epoch is still the old one
 * and all is done again. */
static enum err offer_all(struct queue *q)
{
	uint64_t after = 0;
	for (;;) {
		struct db_stmt *s = db_stmt(q->db, QUEUE_OFFER_UP_TO);
		db_bind_int(s, 1, (int64_t)after);
		enum err e = db_step(s);
		if (e != OK)
			return e == ERR_MISSING ? OK : e;
		bool none = db_null(s, 0);
		uint64_t up_to = (uint64_t)db_int(s, 0);
		db_done(s);
		if (none)
			return OK;
		s = db_stmt(q->db, QUEUE_OFFER_AGAIN);
		db_bind_int(s, 1, (int64_t)after);
		db_bind_int(s, 2, (int64_t)up_to);
		e = db_run(s);
		if (e != OK)
			return e;
		after = up_to;
	}
}

static enum err put_ack(struct queue *q, const struct ack *a, const void *bytes, size_t len)
{
	struct db_stmt *s = db_stmt(q->db, QUEUE_ACK_SET);
	db_bind_text(s, 1, a->epoch, -1);
	db_bind_int(s, 2, (int64_t)a->through);
	db_bind_int(s, 3, (int64_t)a->backed_up_to);
	db_bind_int(s, 4, a->time);
	db_bind_blob(s, 5, bytes, len);
	return db_run(s);
}

enum err queue_follow_epoch(struct queue *q, const char *epoch, bool *changed)
{
	struct ack nothing = {0};
	struct db_stmt *s = db_stmt(q->db, QUEUE_ACK);
	*changed = false;
	enum err e = db_step(s);
	if (e != OK)
		return e == ERR_MISSING ? OK : e;
	*changed = strcmp(db_text(s, 0, NULL), epoch) != 0;
	db_done(s);
	if (!*changed)
		return OK;
	e = offer_all(q);
	if (e == OK)
		e = db_run(db_stmt(q->db, QUEUE_URGE_AGAIN)); /* that server has none of them */
	size_t len = strnlen(epoch, sizeof nothing.epoch - 1);
	memcpy(nothing.epoch, epoch, len);
	return e == OK ? put_ack(q, &nothing, NULL, 0) : e;
}

enum err queue_offer_above(struct queue *q, uint64_t newest, size_t *count)
{
	enum err e = run_for(q, QUEUE_OFFER_ABOVE, newest);
	*count = e == OK ? (size_t)db_changes(q->db) : 0;
	return e;
}

/* --- the server's event chain --- */

/* True for the older one of two answers that were under way together. */
static bool overtaken(const struct ack *a, const struct queue_stored *stored)
{
	return stored->since > 0 && a->event_sequence + 1 >= stored->since;
}

/* ERR_REFUSED when the server shows a lower head than before, or another at the same place: its
 * events were changed. */
enum err queue_witness(struct queue *q, const struct queue_events *now)
{
	size_t len;
	struct db_stmt *s = db_stmt(q->db, QUEUE_WITNESS);
	db_bind_text(s, 1, now->epoch, -1);
	enum err e = db_step(s);
	if (e != OK && e != ERR_MISSING)
		return e;
	if (e == OK) {
		uint64_t seen = (uint64_t)db_int(s, 0);
		const void *head = db_blob(s, 1, &len);
		bool same = len == HASH_BYTES && memcmp(head, now->head.b, HASH_BYTES) == 0;
		db_done(s);
		if (seen == now->sequence && same)
			return OK;
		if (seen >= now->sequence)
			return ERR_REFUSED;
	}
	s = db_stmt(q->db, QUEUE_WITNESS_SET);
	db_bind_text(s, 1, now->epoch, -1);
	db_bind_int(s, 2, (int64_t)now->sequence);
	db_bind_blob(s, 3, now->head.b, HASH_BYTES);
	return db_run(s);
}

enum err queue_witnessed(struct queue *q, struct queue_events *out)
{
	size_t len;
	*out = (struct queue_events){0};
	struct db_stmt *s = db_stmt(q->db, QUEUE_WITNESS_NEWEST);
	enum err e = db_step(s);
	if (e != OK)
		return e;
	const char *epoch = db_text(s, 0, &len);
	memcpy(out->epoch, epoch, len < sizeof out->epoch ? len : sizeof out->epoch - 1);
	out->sequence = (uint64_t)db_int(s, 1);
	const void *head = db_blob(s, 2, &len);
	if (len == HASH_BYTES)
		memcpy(out->head.b, head, HASH_BYTES);
	db_done(s);
	return OK;
}

enum err queue_seen(struct queue *q, uint64_t *since)
{
	struct queue_events seen;
	enum err e = queue_witnessed(q, &seen);
	*since = seen.sequence + 1;
	return e == ERR_MISSING ? OK : e;
}

/* The same of an acknowledgement, which may be the older of two that were under way. */
static enum err witness(struct queue *q, const struct ack *a, const struct queue_stored *stored)
{
	struct queue_events now = {.sequence = a->event_sequence, .head = a->event_head}, seen;
	memcpy(now.epoch, a->epoch, sizeof now.epoch);
	enum err e = queue_witness(q, &now);
	if (e != ERR_REFUSED || !overtaken(a, stored))
		return e;
	e = queue_witnessed(q, &seen);
	return e == OK && seen.sequence == now.sequence ? ERR_REFUSED : e;
}

/* --- acknowledgements --- */

/* What the server did not say "stored" of waits, whatever number an acknowledgement reaches: under
 * that number the server may hold another letter. */
static enum err settle(struct queue *q, const struct ack *a)
{
	enum err e = OK;
	for (size_t i = 0; i < a->gap_count && e == OK; i++) {
		struct db_stmt *not_these = db_stmt(q->db, QUEUE_ACKNOWLEDGE_NOT);
		db_bind_int(not_these, 1, (int64_t)a->gap[i].first);
		db_bind_int(not_these, 2, (int64_t)a->gap[i].last);
		e = db_run(not_these);
	}
	if (e != OK)
		return e;
	struct db_stmt *s = db_stmt(q->db, QUEUE_ACKNOWLEDGE);
	db_bind_int(s, 1, (int64_t)a->through);
	db_bind_int(s, 2, a->time > 0 ? a->time : 1);
	return db_run(s);
}

/* True when the stored acknowledgement already says as much. */
static enum err known_already(struct queue *q, const struct ack *a, bool *older)
{
	struct db_stmt *s = db_stmt(q->db, QUEUE_ACK);
	*older = false;
	enum err e = db_step(s);
	if (e != OK)
		return e == ERR_MISSING ? OK : e;
	*older = (uint64_t)db_int(s, 1) > a->through ||
		 ((uint64_t)db_int(s, 1) == a->through && db_int(s, 3) > a->time);
	db_done(s);
	return OK;
}

/* An overtaken answer settles what it came for and covers; about others the newer one said more. */
static enum err settle_own(struct queue *q, const struct ack *a, const struct queue_stored *stored)
{
	enum err e = OK;
	for (size_t i = 0; i < stored->count && e == OK; i++) {
		uint64_t n = stored->sequence[i];
		bool covered = n <= a->through;
		for (size_t g = 0; g < a->gap_count; g++)
			covered = covered && (n < a->gap[g].first || n > a->gap[g].last);
		if (!covered)
			continue;
		struct db_stmt *s = db_stmt(q->db, QUEUE_ACKNOWLEDGE_ONE);
		db_bind_int(s, 1, (int64_t)n);
		db_bind_int(s, 2, a->time > 0 ? a->time : 1);
		e = db_run(s);
	}
	return e;
}

/* Of two that were under way together, is this the one the server wrote first? Its gaps may be
 * closed by now. */
static enum err is_overtaken(struct queue *q, const struct ack *a,
			     const struct queue_stored *stored, bool *out)
{
	struct queue_events seen;
	enum err e = queue_witnessed(q, &seen);
	*out = e == OK && overtaken(a, stored) && strcmp(seen.epoch, a->epoch) == 0 &&
	       seen.sequence > a->event_sequence;
	return e == ERR_MISSING ? OK : e;
}

static enum err acknowledge(struct queue *q, const struct ack *a, const void *bytes, size_t len,
			    const struct queue_stored *stored)
{
	bool older, before;
	enum err e = known_already(q, a, &older);
	if (e == OK)
		e = is_overtaken(q, a, stored, &before);
	older = older || (e == OK && before);
	for (size_t i = 0; i < stored->count && e == OK; i++)
		e = run_for(q, QUEUE_STORED, stored->sequence[i]);
	if (e == OK && !older)
		e = settle(q, a);
	else if (e == OK && overtaken(a, stored))
		e = settle_own(q, a, stored);
	return e == OK && !older ? put_ack(q, a, bytes, len) : e;
}

enum err queue_acknowledge(struct queue *q, const struct ack *a, const void *bytes, size_t len,
			   const struct queue_stored *stored)
{
	bool changed;
	enum err e = queue_follow_epoch(q, a->epoch, &changed);
	if (e == OK)
		e = db_begin(q->db);
	if (e != OK)
		return e;
	e = witness(q, a, stored);
	bool events_changed = e == ERR_REFUSED;
	if (e == OK || events_changed)
		e = acknowledge(q, a, bytes, len, stored);
	if (e != OK) {
		db_rollback(q->db);
		return e;
	}
	e = db_commit(q->db);
	queue_stamp(q);
	return e == OK && events_changed ? ERR_REFUSED : e;
}

enum err queue_hold(struct queue *q, uint64_t sequence, bool held)
{
	struct db_stmt *s = db_stmt(q->db, QUEUE_HOLD);
	db_bind_int(s, 1, (int64_t)sequence);
	db_bind_int(s, 2, held);
	return db_run(s);
}

enum err queue_held(struct queue *q, uint64_t sequence, bool *out)
{
	struct db_stmt *s = db_stmt(q->db, QUEUE_HELD);
	db_bind_int(s, 1, (int64_t)sequence);
	enum err e = db_step(s);
	if (e != OK)
		return e;
	*out = db_int(s, 0) != 0;
	db_done(s);
	return OK;
}

enum err queue_is_acknowledged(struct queue *q, uint64_t sequence)
{
	struct db_stmt *s = db_stmt(q->db, QUEUE_IS_ACKNOWLEDGED);
	db_bind_int(s, 1, (int64_t)sequence);
	enum err e = db_step(s);
	if (e != OK)
		return e;
	e = db_int(s, 0) != 0 ? OK : ERR_MISSING;
#if SEEDED_BUG != 13 /* the statement is not reset */
	db_done(s);
#endif
	return e;
}

enum err queue_last_ack(struct queue *q, struct buf *out)
{
	size_t len;
	struct db_stmt *s = db_stmt(q->db, QUEUE_ACK);
	enum err e = db_step(s);
	if (e != OK)
		return e;
	const void *bytes = db_blob(s, 4, &len);
	buf_add(out, bytes, len);
	db_done(s);
	return len == 0 ? ERR_MISSING : buf_end(out);
}

/* --- clearing --- */

static enum err clear(struct queue *q, int64_t before, uint64_t up_to)
{
	static const enum queue_statement steps[] = {QUEUE_TIDY, QUEUE_TIDY_DELIVERY};
	enum err e = db_begin(q->db);
	for (size_t i = 0; i < sizeof steps / sizeof steps[0] && e == OK; i++) {
		struct db_stmt *s = db_stmt(q->db, (int)steps[i]);
		db_bind_int(s, 1, before);
		db_bind_int(s, 2, (int64_t)up_to);
		e = db_run(s);
	}
	if (e != OK) {
		db_rollback(q->db);
		return e;
	}
	return db_commit(q->db);
}

enum err queue_tidy(struct queue *q, size_t *deleted)
{
	*deleted = 0;
	struct db_stmt *s = db_stmt(q->db, QUEUE_ACK);
	enum err e = db_step(s);
	if (e != OK)
		return e == ERR_MISSING ? OK : e;
	int64_t backed_up_to = db_int(s, 2), time = db_int(s, 3);
	db_done(s);
#if SEEDED_BUG == 2 /* delete without waiting for the back-up and the ninety days */
	backed_up_to = INT64_MAX;
	time += (int64_t)QUEUE_KEEP_DAYS * DAY_S;
#endif
	const int64_t before = time - (int64_t)QUEUE_KEEP_DAYS * DAY_S;
	for (;;) {
		s = db_stmt(q->db, QUEUE_TIDY_UP_TO);
		db_bind_int(s, 1, before);
		db_bind_int(s, 2, backed_up_to);
		e = db_step(s);
		if (e != OK)
			return e == ERR_MISSING ? OK : e;
		bool none = db_null(s, 0);
		uint64_t up_to = (uint64_t)db_int(s, 0);
		db_done(s);
		if (none)
			return OK;
		e = clear(q, before, up_to);
		if (e != OK)
			return e;
		*deleted += (size_t)db_changes(q->db);
	}
}
