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
	uint64_t last;
};

typedef enum err next_parcel(struct queue *q, uint64_t after, struct parcel_header *h,
			     struct buf *out);

/* As many as fit. ERR_MISSING when none is left after `after`. */
static enum err fill(struct courier *c, next_parcel *next, uint64_t after, struct batch *b)
{
	struct buf one;
	enum err e = OK;
	b->count = 0;
	b->last = after;
	buf_clear(&b->bytes);
	buf_init(&one, PARCEL_BYTES_MAX);
	while (b->count < c->batch_parcels) {
		struct parcel_header h;
		buf_clear(&one);
		e = next(c->queue, b->last, &h, &one);
		if (e != OK || (b->count > 0 && b->bytes.len + one.len + 4 > c->batch_bytes))
			break;
		e = wire_batch_add(&b->bytes, one.p, one.len);
		if (e != OK)
			break;
		b->sequence[b->count++] = h.sequence;
		b->last = h.sequence;
	}
	buf_wipe(&one);
	return b->count > 0 ? OK : e;
}

/* Three refusals and it steps aside, so that others go on. */
static void strike(struct courier *c, uint64_t sequence, enum wire_outcome outcome)
{
	size_t at = STRIKES_MAX;
	for (size_t i = STRIKES_MAX; i-- > 0;)
		if (c->strike[i].count == 0)
			at = i;
	for (size_t i = 0; i < STRIKES_MAX; i++)
		if (c->strike[i].count > 0 && c->strike[i].sequence == sequence)
			at = i;
	if (at == STRIKES_MAX)
		return;
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

/* The signed acknowledgement is the only thing that settles. */
static enum err acknowledge(struct courier *c, const struct wire_delivered *d)
{
	struct sign_public key[2];
	struct ack ack;
	size_t keys = courier_service_keys(c, key);
	for (size_t i = 0; i < keys; i++)
		if (ack_read(d->ack, d->ack_len, &key[i], &ack) == OK &&
		    hash_equal(&ack.kiosk, &c->home.kiosk_id))
			return queue_acknowledge(c->queue, &ack, d->ack, d->ack_len);
	log_warn("deliver: the acknowledgement is not signed by our township");
	return ERR_REFUSED;
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
		e = acknowledge(c, d);
	for (size_t i = 0; i < d->count && e == OK; i++) {
		if (d->result[i].outcome == WIRE_LATER)
			later = true;
		else if (d->result[i].outcome != WIRE_STORED)
			strike(c, b->sequence[i], d->result[i].outcome);
	}
	free(d);
	c->sent = e == OK;
	if (e == ERR_IO || e == ERR_FULL)
		return ROUND_TROUBLE;
	if (e != OK)
		return ROUND_NO_LINE;
	return later ? ROUND_LATER : ROUND_MORE;
}

static enum round send_batch(struct courier *c, const struct batch *b, int *retry_after_s)
{
	struct http_reply r;
	if (!http_post(c->client, "/v1/parcels", "application/octet-stream", b->bytes.p,
		       b->bytes.len, WIRE_MESSAGE_MAX, &r))
		return courier_trouble(&r, retry_after_s);
	if (r.status == 413 && b->count > 1) {
		c->batch_parcels = b->count / 2;
		c->batch_bytes = b->bytes.len / 2;
		return ROUND_MORE;
	}
	if (r.status == 413 ||
	    (r.status >= 400 && r.status < 500 && r.status != 403 && r.status != 429)) {
		for (size_t i = 0; i < b->count; i++)
			strike(c, b->sequence[i], WIRE_REFUSED);
		return ROUND_LATER;
	}
	if (r.status != 200)
		return courier_trouble(&r, retry_after_s);
	return settle(c, b, &r);
}

static enum round send_all(struct courier *c, next_parcel *next, int *retry_after_s)
{
	struct batch *b = calloc(1, sizeof *b);
	enum round round = ROUND_MORE;
	uint64_t after = 0;
	if (b == NULL)
		return ROUND_TROUBLE;
	buf_init(&b->bytes, PARCEL_BYTES_MAX + WIRE_BATCH_MAX);
	while (round == ROUND_MORE && *c->stop == 0) {
		size_t limit = c->batch_parcels;
		enum err e = fill(c, next, after, b);
		if (e != OK) {
			round = e == ERR_MISSING ? ROUND_DONE : ROUND_TROUBLE;
			break;
		}
		round = send_batch(c, b, retry_after_s);
		if (round == ROUND_MORE && c->batch_parcels == limit)
			after = b->last; /* else the same ones again, in smaller batches */
	}
	buf_wipe(&b->bytes);
	free(b);
	return round;
}

enum round courier_deliver(struct courier *c, int *retry_after_s)
{
	size_t deleted;
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
	return round;
}
