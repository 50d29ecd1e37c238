#include "app/township/api_kiosk.h"

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/store/township/events.h"
#include "app/store/township/feed.h"
#include "app/township/blob_answer.h"
#include "app/township/delivery.h"
#include "app/township/health.h"
#include "app/village/wire.h"
#include "sync/ca.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENROLL_MAX = 32 << 10, BATCH_MAX = WIRE_BATCH_MAX, HEALTH_MAX = WIRE_MESSAGE_MAX };

bool api_kiosk_known(struct server *s, struct http_request *r, struct kiosk_row *out)
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

/* Where the chain of events stands, and the link that was asked for: each kiosk compares them with
 * what it saw before. */
static enum err look_at_events(struct db *db, const char *asked, struct wire_hello *h)
{
	int64_t n;
	enum err e = events_head(db, &h->event_sequence, &h->event_head);
	h->events = e == OK;
	if (e != OK || asked == NULL || !text_number(asked, strlen(asked), &n))
		return e;
	h->past_sequence = (uint64_t)n;
	e = events_at(db, h->past_sequence, &h->past_head);
	h->past = e == OK;
	return e == ERR_MISSING ? OK : e;
}

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
	if (e == OK)
		e = look_at_events(db, http_query(r, "event"), &h);
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

/* A kiosk that does not know the key of this hello asks for the settings that name it. */
static void give_settings(struct server *s, struct http_request *r)
{
	struct kiosk_row kiosk;
	if (!api_kiosk_known(s, r, &kiosk))
		return;
	const struct http_answer a = {.status = 200,
				      .type = "text/plain; charset=utf-8",
				      .body = s->office->settings_bytes.p,
				      .len = s->office->settings_bytes.len,
				      .header = {"Cache-Control", "no-store", NULL}};
	http_answer(r, &a);
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
	if (!api_kiosk_known(s, r, &kiosk))
		return;
	if (after == NULL || !text_number(after, strlen(after), &position)) {
		answer_error(r, 400, "after which position?");
		return;
	}
	enum err e = feed_bundle(s->township, s->office, (uint64_t)position, &bytes, &len);
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

/* --- pictures of rows --- */

static void blob(struct server *s, struct http_request *r)
{
	struct kiosk_row kiosk;
	const char *name = http_path(r) + strlen("/v1/blobs/");
	if (api_kiosk_known(s, r, &kiosk))
		blob_answer(s, r, name, strlen(name), false);
}

const struct route kiosk_routes[] = {
	{HTTP_GET, "/v1/hello", 0, WHO_ANYBODY, hello},
	{HTTP_GET, "/v1/settings", 0, WHO_KIOSK, give_settings},
	{HTTP_POST, "/v1/enroll", ENROLL_MAX, WHO_ANYBODY, enroll},
	{HTTP_POST, "/v1/parcels", BATCH_MAX, WHO_KIOSK, delivery_take},
	{HTTP_GET, "/v1/feed", 0, WHO_KIOSK, feed},
	{HTTP_GET, "/v1/blobs/*", 0, WHO_KIOSK, blob},
	{HTTP_POST, "/v1/health", HEALTH_MAX, WHO_KIOSK, health_take},
};
const size_t kiosk_route_count = sizeof kiosk_routes / sizeof kiosk_routes[0];
