#include "app/township/api_kiosk.h"

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/store/township/cases.h"
#include "app/store/township/events.h"
#include "app/store/township/feed.h"
#include "app/store/township/kiosks.h"
#include "app/store/township/parcels.h"
#include "app/village/wire.h"
#include "sync/ca.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENROLL_MAX = 32 << 10, BATCH_MAX = WIRE_BATCH_MAX, HEALTH_MAX = WIRE_MESSAGE_MAX };

/* The kiosk at the other end: its certificate must be the one issued last, and not revoked. Answers
 * itself when it is not. */
static bool known_kiosk(struct server *s, struct http_request *r, struct kiosk_row *out)
{
	struct hash id;
	const char *subject = http_subject(r);
	const unsigned char *sha = http_certificate_sha256(r);
	enum err e = ERR_MISSING;
	if (sha != NULL && text_unhex(subject, strlen(subject), id.b, HASH_BYTES)) {
		struct db *db = township_read_begin(s->township);
		e = kiosks_find(db, &id, out, NULL);
		township_read_end(s->township);
	}
	if (e == OK && !out->revoked && memcmp(out->certificate, sha, 32) == 0)
		return true;
	if (e == OK || e == ERR_MISSING)
		answer_error(r, 403, "this kiosk is not enrolled here");
	else
		answer_later(r);
	return false;
}

/* --- hello --- */

static void hello(struct server *s, struct http_request *r)
{
	struct buf text;
	struct wire_hello h = {.time = server_now(s),
			       .settings = settings_serial(s->office->settings)};
	const struct office_service *own = office_own(s->office);
	snprintf(h.epoch, sizeof h.epoch, "%s", township_epoch(s->township));
	snprintf(h.place, sizeof h.place, "%s", s->office->place);
	struct db *db = township_read_begin(s->township);
	enum err e = feed_newest(db, &h.feed);
	township_read_end(s->township);
	buf_init(&text, WIRE_MESSAGE_MAX);
	if (e == OK)
		e = wire_hello_make(&h, &own->sign_pub, &own->sign, &text);
	if (e == OK) {
		const struct http_answer a = {.status = 200,
					      .type = "text/plain; charset=utf-8",
					      .body = text.p,
					      .len = text.len,
					      .header = {"Cache-Control", "no-store", NULL}};
		http_answer(r, &a);
	} else {
		answer_later(r);
	}
	buf_free(&text);
}

/* --- enroll --- */

struct enrolling {
	struct server *server;
	struct http_request *request;
	struct writer_job job;
	struct wire_enroll asked;
	struct wire_enrolled given;
	unsigned char sha[32];
	int64_t now;
};

static enum err enroll_run(struct db *db, void *self)
{
	struct enrolling *e = self;
	return kiosks_enroll(db, e->asked.code, &e->asked.kiosk, e->sha, e->now, e->given.place);
}

static void enroll_done(void *self, enum err result)
{
	struct enrolling *e = self;
	struct buf json;
	const struct office *o = e->server->office;
	buf_init(&json, SETTINGS_MESSAGE_MAX);
	e->given.settings = o->settings_bytes.p;
	e->given.settings_len = o->settings_bytes.len;
	snprintf(e->given.ca, sizeof e->given.ca, "%s", o->ca.certificate);
	if (result == OK && wire_enrolled_make(&e->given, &json) == OK)
		answer_json(e->request, 200, json.p, json.len);
	else if (result == ERR_REFUSED)
		answer_error(e->request, 403, "this code is wrong, used or too old");
	else
		answer_later(e->request);
	buf_free(&json);
	free(e);
}

static void enroll(struct server *s, struct http_request *r)
{
	size_t len;
	struct hash id;
	char subject[2 * HASH_BYTES + 1];
	const unsigned char *body = http_body(r, &len);
	struct enrolling *e = calloc(1, sizeof *e);
	if (e == NULL) {
		answer_later(r);
		return;
	}
	if (wire_enroll_read(body, len, &e->asked) != OK) {
		answer_error(r, 400, "no enrolment");
		free(e);
		return;
	}
	parcel_kiosk_id(&e->asked.kiosk, &id);
	text_hex(id.b, HASH_BYTES, subject);
	e->now = server_now(s);
	if (ca_issue(&s->office->ca, e->asked.request, subject, e->now, e->given.certificate) !=
		    SYNC_OK ||
	    ca_sha256(e->given.certificate, e->sha) != SYNC_OK) {
		answer_error(r, 400, "no certificate request");
		free(e);
		return;
	}
	e->server = s;
	e->request = r;
	e->job = (struct writer_job){.run = enroll_run, .done = enroll_done, .self = e};
	http_park(r);
	if (writer_submit(s->writer, &e->job) != OK)
		enroll_done(e, ERR_FULL);
}

/* --- parcels --- */

struct arrived {
	struct parcel parcel; /* points into the request's body */
	struct hash hash;
	struct waybill waybill;
	bool checked, opened;
	enum wire_outcome outcome;
	bool fresh;
};

struct delivering {
	struct server *server;
	struct http_request *request;
	struct writer_job job;
	struct kiosk_row kiosk;
	int64_t now;
	struct ack ack;
	size_t count;
	struct arrived item[];
};

/* Signatures and waybills are looked at here, on the connection's own worker. */
static void look_at_parcel(struct server *s, const struct kiosk_row *k, const unsigned char *bytes,
			   size_t len, struct arrived *a)
{
	struct parcel_unchecked raw;
	a->outcome = WIRE_REFUSED;
	if (parcel_read(bytes, len, &raw) != OK || parcel_check(&raw, &k->sign, &a->parcel) != OK)
		return;
	a->checked = true;
	hash_bytes(bytes, len, &a->hash);
	for (size_t i = 0; i < s->office->services && !a->opened; i++) {
		const struct office_service *own = &s->office->service[i];
		a->opened = parcel_open_waybill(&a->parcel, &own->seal_pub, &own->seal,
						&a->waybill) == OK;
	}
}

static enum err deliver_one(struct db *db, struct delivering *d, struct arrived *a)
{
	enum err e = parcels_add(db, &a->parcel, &a->hash, d->now, &a->outcome, &a->fresh);
	if (e != OK || !a->fresh)
		return e;
	if (!a->opened)
		return kiosks_alarm(db, &d->kiosk.id, d->now, "waybill", "有一封信的封皮打不开");
	return cases_receive(db, d->server->office, &a->parcel, &a->waybill, d->now);
}

static enum err deliver_run(struct db *db, void *self)
{
	struct delivering *d = self;
	enum err e = OK;
	for (size_t i = 0; i < d->count && e == OK; i++)
		if (d->item[i].checked)
			e = deliver_one(db, d, &d->item[i]);
	if (e == OK)
		e = parcels_through(db, &d->kiosk.id, &d->ack);
	if (e == OK)
		e = events_head(db, &d->ack.event_sequence, &d->ack.event_head);
	return e;
}

static void deliver_done(void *self, enum err result)
{
	struct delivering *d = self;
	struct wire_delivered *reply = calloc(1, sizeof *reply);
	const struct office_service *own = office_own(d->server->office);
	struct buf ack, json;
	buf_init(&ack, ACK_BYTES_MAX);
	buf_init(&json, WIRE_MESSAGE_MAX);
	d->ack.time = d->now;
	snprintf(d->ack.epoch, sizeof d->ack.epoch, "%s", township_epoch(d->server->township));
	enum err e = reply == NULL ? ERR_FULL : result;
	if (e == OK)
		e = ack_make(&d->ack, &own->sign_pub, &own->sign, &ack);
	if (e == OK) {
		memcpy(reply->ack, ack.p, ack.len);
		reply->ack_len = ack.len;
		reply->count = d->count;
		for (size_t i = 0; i < d->count; i++) {
			reply->result[i].outcome = d->item[i].outcome;
			if (d->item[i].checked)
				text_hex(d->item[i].parcel.header.id, PARCEL_ID_BYTES,
					 reply->result[i].id);
		}
		e = wire_delivered_make(reply, &json);
	}
	if (e == OK)
		answer_json(d->request, 200, json.p, json.len);
	else
		answer_later(d->request);
	buf_free(&ack);
	buf_free(&json);
	free(reply);
	free(d);
}

static size_t count_batch(const unsigned char *body, size_t len)
{
	size_t at = 0, count = 0, one_len;
	const unsigned char *one;
	enum err e;
	for (e = wire_batch_next(body, len, &at, &one, &one_len); e == OK;
	     e = wire_batch_next(body, len, &at, &one, &one_len))
		count++;
	return e == ERR_MISSING ? count : 0;
}

static void parcels(struct server *s, struct http_request *r)
{
	struct kiosk_row kiosk;
	size_t len, at = 0, one_len;
	const unsigned char *body = http_body(r, &len), *one;
	if (!known_kiosk(s, r, &kiosk))
		return;
	size_t count = count_batch(body, len);
	if (count == 0 || count > WIRE_BATCH_PARCELS) {
		answer_error(r, count == 0 ? 400 : 413, count == 0 ? "no batch" : "too many");
		return;
	}
	struct delivering *d = calloc(1, sizeof *d + count * sizeof d->item[0]);
	if (d == NULL) {
		answer_later(r);
		return;
	}
	d->server = s;
	d->request = r;
	d->kiosk = kiosk;
	d->now = server_now(s);
	while (wire_batch_next(body, len, &at, &one, &one_len) == OK)
		look_at_parcel(s, &kiosk, one, one_len, &d->item[d->count++]);
	d->job = (struct writer_job){.run = deliver_run, .done = deliver_done, .self = d};
	http_park(r);
	if (writer_submit(s->writer, &d->job) != OK)
		deliver_done(d, ERR_FULL);
}

/* --- feed --- */

static void free_bytes(void *p)
{
	free(p);
}

static void feed(struct server *s, struct http_request *r)
{
	struct kiosk_row kiosk;
	const char *after = http_query(r, "after");
	int64_t position = 0;
	unsigned char *bytes = NULL;
	size_t len = 0;
	if (!known_kiosk(s, r, &kiosk))
		return;
	if (after == NULL || !text_number(after, strlen(after), &position)) {
		answer_error(r, 400, "after which position?");
		return;
	}
	struct db *db = township_read_begin(s->township);
	enum err e = feed_bundle(db, s->office, (uint64_t)position, &bytes, &len);
	township_read_end(s->township);
	if (e == ERR_MISSING) {
		const struct http_answer none = {.status = 204};
		http_answer(r, &none);
	} else if (e == OK) {
		const struct http_answer a = {.status = 200,
					      .type = "application/zstd",
					      .body = bytes,
					      .len = len,
					      .release = free_bytes,
					      .header = {"Cache-Control", "no-store", NULL}};
		http_answer(r, &a);
	} else {
		log_warn("feed: no bundle after %" PRId64, position);
		answer_later(r);
	}
}

/* --- health --- */

struct telling {
	struct server *server;
	struct http_request *request;
	struct writer_job job;
	int64_t now;
	struct kiosk_row kiosk;
	struct wire_health health;
	const unsigned char *body;
	size_t len;
};

/* The newest parcel the kiosk says it made must be the one that came, or one still under way. */
static enum err look_at_head(struct db *db, const struct telling *t)
{
	const struct wire_health *h = &t->health;
	if (h->tail_missing)
		return kiosks_alarm(db, &h->kiosk, t->now, "tail", "机器里最新的信不见了");
	if (h->head_sequence < t->kiosk.newest)
		return kiosks_alarm(db, &h->kiosk, t->now, "tail",
				    "机器说的信比这里收到的少：机器被换过或被还原过");
	return OK;
}

static enum err tell_run(struct db *db, void *self)
{
	struct telling *t = self;
	const struct wire_health *h = &t->health;
	enum err e = kiosks_health(db, &h->kiosk, t->body, t->len, t->now);
	for (size_t i = 0; i < h->alarm_count && e == OK; i++)
		e = kiosks_alarm(db, &h->kiosk, t->now, h->alarm[i].kind, h->alarm[i].text);
	return e == OK ? look_at_head(db, t) : e;
}

static void tell_done(void *self, enum err result)
{
	struct telling *t = self;
	struct buf json;
	struct wire_told told = {0};
	buf_init(&json, WIRE_MESSAGE_MAX);
	for (size_t i = 0; i < t->health.alarm_count; i++)
		if (t->health.alarm[i].number > told.alarms_through)
			told.alarms_through = t->health.alarm[i].number;
	if (result == OK && wire_told_make(&told, &json) == OK)
		answer_json(t->request, 200, json.p, json.len);
	else
		answer_later(t->request);
	buf_free(&json);
	free(t);
}

static void health(struct server *s, struct http_request *r)
{
	struct telling *t = calloc(1, sizeof *t);
	if (t == NULL) {
		answer_later(r);
		return;
	}
	t->server = s;
	t->request = r;
	t->now = server_now(s);
	t->body = http_body(r, &t->len);
	if (!known_kiosk(s, r, &t->kiosk)) {
		free(t);
		return;
	}
	if (wire_health_read(t->body, t->len, &t->kiosk.sign, &t->health) != OK ||
	    !hash_equal(&t->health.kiosk, &t->kiosk.id)) {
		answer_error(r, 400, "no health message of this kiosk");
		free(t);
		return;
	}
	t->job = (struct writer_job){.run = tell_run, .done = tell_done, .self = t};
	http_park(r);
	if (writer_submit(s->writer, &t->job) != OK)
		tell_done(t, ERR_FULL);
}

const struct route kiosk_routes[] = {
	{HTTP_GET, "/v1/hello", 0, WHO_ANYBODY, hello},
	{HTTP_POST, "/v1/enroll", ENROLL_MAX, WHO_ANYBODY, enroll},
	{HTTP_POST, "/v1/parcels", BATCH_MAX, WHO_KIOSK, parcels},
	{HTTP_GET, "/v1/feed", 0, WHO_KIOSK, feed},
	{HTTP_POST, "/v1/health", HEALTH_MAX, WHO_KIOSK, health},
};
const size_t kiosk_route_count = sizeof kiosk_routes / sizeof kiosk_routes[0];
