/* deliver.c - parcels to the township: batches, and nothing settled but by a signed
 * acknowledgement. */
#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/courier/courier.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { DAY_MS = 24 * 3600 * 1000 };

struct batch {
	struct buf bytes;
	size_t count;
	uint64_t sequence[WIRE_BATCH_PARCELS];
	bool asked[WIRE_BATCH_PARCELS]; /* by its header alone */
	uint64_t after, last;           /* where it began; where the next batch goes on */
	uint64_t since;                 /* queue_seen, when it was sent */
	bool under_way;
};

/* Two at a time: while the server keeps one, the next is read and sent. */
struct sending {
	struct courier *courier;
	struct batch batch[HTTP_LANES];
	uint64_t after; /* where the next batch begins */
	bool all;       /* there is none left after it */
};

typedef enum err next_parcel(struct queue *q, uint64_t after, struct parcel_header *h,
			     struct buf *out);

/* Its bytes are not what was sealed: it can be sent nowhere, and it must not hold the others up. */
static enum err put_damaged_aside(struct courier *c, uint64_t sequence)
{
	log_warn("deliver: %" PRIu64 " is damaged on this disk", sequence);
	courier_alarm(c, "damaged", "信件库里有一封信坏了，放在一边，其余照送");
	return queue_set_aside(c->queue, sequence, "机器里的这一封坏了");
}

/* As many as fit. ERR_MISSING when none is left after `after`. */
static enum err fill(struct courier *c, next_parcel *next, uint64_t after, struct batch *b)
{
	struct buf one;
	enum err e = OK;
	b->count = 0;
	b->after = b->last = after;
	buf_clear(&b->bytes);
	buf_init(&one, PARCEL_BYTES_MAX);
	while (b->count < c->batch_parcels) {
		struct parcel_header h;
		buf_clear(&one);
		e = next(c->queue, b->last, &h, &one);
		if (e == ERR_CORRUPT && h.sequence > b->last) {
			e = next == queue_next ? put_damaged_aside(c, h.sequence) : OK;
			if (e != OK)
				break;
			b->last = h.sequence;
			continue;
		}
		if (e != OK || (b->count > 0 && b->bytes.len + one.len + 4 > c->most_bytes))
			break;
		bool held = false;
		e = queue_held(c->queue, h.sequence, &held);
		if (e == OK)
			e = wire_batch_add(&b->bytes, one.p, held ? PARCEL_HEADER_BYTES : one.len);
		if (e != OK)
			break;
		b->asked[b->count] = held;
		b->sequence[b->count++] = h.sequence;
		b->last = h.sequence;
	}
	buf_wipe(&one);
	return b->count > 0 ? OK : e;
}

/* Three refusals and it steps aside, so that others go on. */
static void strike(struct courier *c, uint64_t sequence, enum wire_outcome outcome)
{
	size_t at = 0;
	for (size_t i = 0; i < STRIKES_MAX; i++)
		if (c->strike[i].count < c->strike[at].count)
			at = i; /* the least struck makes room: it only waits a round longer */
	for (size_t i = 0; i < STRIKES_MAX; i++)
		if (c->strike[i].count > 0 && c->strike[i].sequence == sequence)
			at = i;
	if (c->strike[at].sequence != sequence)
		c->strike[at].count = 0;
	c->strike[at].sequence = sequence;
	if (++c->strike[at].count < STRIKES)
		return;
	c->strike[at].count = 0;
	const char *why = outcome == WIRE_OTHER ? "服务器上有同一编号的另一封" : "服务器不收";
	if (queue_set_aside(c->queue, sequence, why) != OK)
		log_warn("deliver: %" PRIu64 " could not be set aside", sequence);
	else
		log_warn("deliver: %" PRIu64 " was refused three times and steps aside", sequence);
}

/* What a township holds is asked about from now on and not sent again and again. */
static enum err hold(struct courier *c, const struct wire_delivered *d, const struct batch *b)
{
	enum err e = OK;
	for (size_t i = 0; i < d->count && e == OK; i++)
		if (d->result[i].outcome == WIRE_STORED && !b->asked[i])
			e = queue_hold(c->queue, b->sequence[i], true);
	return e;
}

/* The acknowledgement of the highest service is the only thing that settles, and only what was
 * stored. */
static enum err acknowledge(struct courier *c, const struct wire_delivered *d,
			    const struct batch *b)
{
	struct sign_public key[2];
	struct ack ack;
	uint64_t sequence[WIRE_BATCH_PARCELS];
	struct queue_stored stored = {.sequence = sequence, .since = b->since};
	size_t keys = courier_service_keys(c, key), i = 0;
	while (i < keys && (ack_read(d->ack, d->ack_len, &key[i], &ack) != OK ||
			    !hash_equal(&ack.kiosk, &c->home.kiosk_id)))
		i++;
	if (i == keys) {
		log_warn("deliver: the acknowledgement is not signed by our township");
		return ERR_REFUSED;
	}
#if SEEDED_BUG == 14 /* the township's word is enough */
	i = 0;
#endif
	/* A township that signs for a letter may still keep it from the county: it stays here. */
	if (i > 0)
		return hold(c, d, b);
	for (i = 0; i < d->count; i++)
		if (d->result[i].outcome == WIRE_STORED)
			sequence[stored.count++] = b->sequence[i];
	enum err e = queue_acknowledge(c->queue, &ack, d->ack, d->ack_len, &stored);
	if (e == ERR_REFUSED) {
		courier_alarm(c, "events", COURIER_EVENTS_CHANGED);
		e = OK;
	}
	return e;
}

static enum round settle(struct courier *c, const struct batch *b, const struct http_reply *r)
{
	struct wire_delivered *d = calloc(1, sizeof *d);
	bool later = false;
	if (d == NULL)
		return ROUND_TROUBLE;
	enum err e = wire_delivered_read(r->body, r->len, d);
	if (e == OK && d->count != b->count)
		e = ERR_CORRUPT;
	if (e == OK)
		e = acknowledge(c, d, b);
	for (size_t i = 0; i < d->count && e == OK; i++) {
		enum wire_outcome outcome = d->result[i].outcome;
		if (b->asked[i] && outcome != WIRE_STORED) /* it is not there: sent whole again */
			e = queue_hold(c->queue, b->sequence[i], false);
		else if (outcome == WIRE_LATER)
			later = true;
		else if (outcome == WIRE_ABOVE)
			e = queue_set_aside(c->queue, b->sequence[i], "这台服务器打不开，要送上级");
		else if (outcome != WIRE_STORED)
			strike(c, b->sequence[i], outcome);
	}
	free(d);
	c->sent = c->sent || e == OK;
	if (e == ERR_IO || e == ERR_FULL)
		return ROUND_TROUBLE;
	if (e != OK)
		return ROUND_NO_LINE;
	if (later)
		return ROUND_LATER;
	c->batch_parcels =
		2 * c->batch_parcels > c->most_parcels ? c->most_parcels : 2 * c->batch_parcels;
	return ROUND_MORE;
}

/* The whole batch was refused: it is halved until the one that is meant stands alone. `again`: the
 * same ones in smaller batches. */
static enum round refused(struct courier *c, const struct batch *b, int status, bool *again)
{
	*again = b->count > 1;
	if (b->count == 1) {
		if (status != 409) /* the server keeps it apart and tells; the next days say more */
			strike(c, b->sequence[0], WIRE_REFUSED);
		return ROUND_MORE;
	}
	c->batch_parcels = b->count / 2;
	if (status == 413) {
		c->most_parcels = b->count / 2;
		c->most_bytes = b->bytes.len / 2;
	}
	return ROUND_MORE;
}

static enum round answered(struct courier *c, const struct batch *b, const struct http_reply *r,
			   bool *again, int *retry_after_s)
{
	*again = false;
	if (r->trouble != HTTP_FINE)
		return courier_trouble(r, retry_after_s);
	if (r->status >= 400 && r->status < 500 && r->status != 403 && r->status != 429)
		return refused(c, b, r->status, again);
	if (r->status != 200)
		return courier_trouble(r, retry_after_s);
	return settle(c, b, r);
}

/* The next batch on its way, when there is one. */
static enum round begin(struct sending *s, next_parcel *next, int lane)
{
	struct batch *b = &s->batch[lane];
	if (s->all)
		return ROUND_MORE;
	enum err e = fill(s->courier, next, s->after, b);
	s->all = e == ERR_MISSING;
	if (e == OK)
		e = queue_seen(s->courier->queue, &b->since);
	if (e != OK)
		return s->all ? ROUND_MORE : ROUND_TROUBLE;
	const struct http_message m = {.type = "application/octet-stream",
				       .body = b->bytes.p,
				       .len = b->bytes.len,
				       .most = WIRE_MESSAGE_MAX};
	http_send(s->courier->client, lane, "/v1/parcels", &m);
	b->under_way = true;
	s->after = b->last;
	return ROUND_MORE;
}

/* What became of the batch. When it must be sent again in smaller ones, all goes on from where it
 * began: what came after it and was stored is not offered again. */
static enum round end(struct sending *s, int lane, int *retry_after_s)
{
	struct http_reply r;
	struct batch *b = &s->batch[lane];
	bool again;
	if (!b->under_way)
		return ROUND_MORE;
	b->under_way = false;
	http_wait(s->courier->client, lane, &r); /* r.trouble says whether an answer came */
	enum round round = answered(s->courier, b, &r, &again, retry_after_s);
	if (again && b->after < s->after) {
		s->after = b->after;
		s->all = false;
	}
	return round;
}

static enum round send_all(struct courier *c, next_parcel *next, int *retry_after_s)
{
	struct sending *s = calloc(1, sizeof *s);
	enum round round = ROUND_MORE;
	int lane = 0;
	if (s == NULL)
		return ROUND_TROUBLE;
	s->courier = c;
	c->batch_parcels = c->most_parcels;
	for (int i = 0; i < HTTP_LANES; i++)
		buf_init(&s->batch[i].bytes, PARCEL_BYTES_MAX + WIRE_BATCH_MAX);
	while (round == ROUND_MORE && *c->stop == 0) {
		int other = (lane + 1) % HTTP_LANES;
		round = begin(s, next, lane);
		if (round == ROUND_MORE)
			round = end(s, other, retry_after_s);
		if (round == ROUND_MORE && !s->batch[lane].under_way && s->all)
			round = ROUND_DONE;
		lane = other;
	}
	for (int i = 0; i < HTTP_LANES; i++) {
		int later_s;
		end(s, i, &later_s); /* only after trouble with the other: what came of it counts */
		buf_wipe(&s->batch[i].bytes);
	}
	free(s);
	return round;
}

enum round courier_deliver(struct courier *c, int *retry_after_s)
{
	size_t deleted;
	bool waits;
	enum round round = send_all(c, queue_next, retry_after_s);
	int64_t now = clock_ms();
	if (round == ROUND_DONE &&
	    (c->aside_offered_ms == 0 || now - c->aside_offered_ms > DAY_MS)) {
		c->aside_offered_ms = now;
		round = send_all(c, queue_next_aside, retry_after_s);
		memset(c->strike, 0, sizeof c->strike);
	}
	if (round == ROUND_DONE && queue_tidy(c->queue, &deleted) != OK)
		log_warn("deliver: what is settled could not be cleared");
	/* What was refused is tried again after a while, not at once. */
	if (round == ROUND_DONE && queue_waits(c->queue, &waits) == OK && waits)
		round = ROUND_LATER;
	return round;
}
