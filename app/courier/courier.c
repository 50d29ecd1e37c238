#include "app/courier/courier.h"

#include "app/base/clock.h"
#include "app/base/log.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HELLO_MAX = 16384 };

/* No certificate is judged by a time before this release; no server is believed about a time far
 * after it. */
static const int64_t release_time = INT64_C(1793491200); /* 2026-11-01 */
static const int64_t believed_s = INT64_C(10) * 366 * 86400;

enum err courier_load_settings(struct courier *c)
{
	struct buf bytes;
	struct settings *s = NULL;
	buf_init(&bytes, SETTINGS_BYTES_MAX);
	enum err e = books_settings(c->books, &bytes);
	if (e == OK)
		e = settings_read(bytes.p, bytes.len, &c->home.root, &s);
	buf_free(&bytes);
	if (e != OK)
		return e;
	settings_close(c->settings);
	c->settings = s;
	return OK;
}

size_t courier_service_keys(const struct courier *c, struct sign_public out[2])
{
	static const enum place_level level[] = {PLACE_COUNTY, PLACE_TOWNSHIP};
	size_t n = 0;
	for (size_t i = 0; i < 2 && c->settings != NULL; i++) {
		struct service_keys keys;
		const struct place *p = settings_above(c->settings, c->home.place, level[i]);
		if (p != NULL && settings_service(c->settings, p->id, &keys) == OK)
			out[n++] = keys.sign;
	}
	return n;
}

static enum err connect_to(struct courier *c)
{
	const struct http_client_options o = {.base = c->home.server,
					      .ca_file = c->ca,
					      .pin = {c->home.pin, c->home.pin2},
					      .certificate_file = c->certificate,
					      .key_file = c->key,
					      .proxy = c->home.proxy,
					      .clock_floor = c->server_time,
					      .stop = c->stop};
	if (access(c->certificate, R_OK) != 0 || access(c->ca, R_OK) != 0)
		return ERR_MISSING; /* not enrolled yet */
	if (c->home.pin[0] == 0 && c->home.pin2[0] == 0) {
		log_warn("courier: kiosk.conf has no pin of the server's key");
		return ERR_CORRUPT;
	}
	if (http_client_open(&o, &c->client) != SYNC_OK) {
		log_warn("courier: server and pins in kiosk.conf cannot be used");
		return ERR_CORRUPT;
	}
	return OK;
}

enum err courier_open(const char *data, const char *assets, const volatile sig_atomic_t *stop,
		      struct courier **out)
{
	char path[4096];
	*out = NULL;
	struct courier *c = calloc(1, sizeof *c);
	if (c == NULL)
		return ERR_FULL;
	c->stop = stop;
	c->most_bytes = WIRE_BATCH_MAX;
	c->most_parcels = c->batch_parcels = WIRE_BATCH_PARCELS;
	enum err e = home_open(data, &c->home);
	if (e != OK)
		log_warn("courier: %s is no data folder of a kiosk", data);
	if (e == OK && (!c->home.have_root || !c->home.have_key)) {
		log_warn("courier: this kiosk has no root or no key yet");
		e = ERR_MISSING;
	}
	if (e == OK) {
		home_path(&c->home, "keys/ca.crt", c->ca);
		home_path(&c->home, "keys/tls.crt", c->certificate);
		home_path(&c->home, "keys/tls.key", c->key);
		snprintf(path, sizeof path, "%s/catalogue", assets);
		e = catalogue_open(path, &c->catalogue);
	}
	if (e == OK)
		e = courier_open_stores(c);
	if (e == OK && books_server_time(c->books, &c->stored_time) != OK)
		c->stored_time = 0;
	c->server_time = c->stored_time < release_time ? release_time : c->stored_time;
	if (e == OK) {
		e = connect_to(c);
		e = e == ERR_MISSING ? OK : e;
	}
	if (e != OK) {
		courier_close(c);
		return e;
	}
	*out = c;
	return OK;
}

void courier_close(struct courier *c)
{
	if (c == NULL)
		return;
	http_client_close(c->client);
	settings_close(c->settings);
	books_close(c->books);
	queue_close(c->queue);
	catalogue_close(c->catalogue);
	home_close(&c->home);
	free(c);
}

void courier_alarm(struct courier *c, const char *kind, const char *text)
{
	log_warn("courier: %s: %s", kind, text);
	if (queue_alarm(c->queue, kind, text, clock_day(clock_now())) != OK)
		log_warn("courier: the alarm could not be kept");
}

enum round courier_trouble(const struct http_reply *r, int *retry_after_s)
{
	*retry_after_s = r->retry_after_s;
	if (r->trouble != HTTP_FINE)
		return ROUND_NO_LINE;
	return ROUND_LATER;
}

/* Keeps the newest signed time: certificates are never judged by an older one. */
static void take_time(struct courier *c, int64_t time)
{
	if (time <= c->server_time || time > release_time + believed_s)
		return;
	c->server_time = time;
	http_client_set_floor(c->client, time);
	/* Written once an hour: the file is not there to be worn out. */
	if (time - c->stored_time <= 3600)
		return;
	if (books_set_server_time(c->books, time) == OK)
		c->stored_time = time;
	else
		log_warn("courier: the server's time could not be kept");
}

/* A server put back from a backup has another epoch: what it may have lost is offered again, and
 * its feed begins anew. One whose feed ends before our cursor was put back without saying so. */
static enum round take_place(struct courier *c, const struct wire_hello *h)
{
	bool changed;
	uint64_t cursor;
	/* Another installation may open what the last one could not. */
	if (strcmp(c->server_place, h->place) != 0)
		c->aside_offered_ms = 0;
	snprintf(c->server_place, sizeof c->server_place, "%s", h->place);
	enum err e = queue_follow_epoch(c->queue, h->epoch, &changed);
	if (e != OK)
		return ROUND_TROUBLE;
	if (changed)
		courier_alarm(c, "epoch", "服务器是从备份恢复的，信重新送一遍");
	/* Letters go even when the books cannot be written. */
	e = books_follow_epoch(c->books, h->epoch, &changed);
	if (e == OK)
		e = books_cursor(c->books, &cursor);
	if (e == OK && h->feed < cursor) {
		courier_alarm(c, "rewound", "服务器上公开的内容比这里的旧，重新去取");
		e = books_set_cursor(c->books, 0);
	}
	if (e != OK)
		log_warn("courier: the place in the feed could not be kept");
	c->server_feed = h->feed;
	return ROUND_DONE;
}

/* What this kiosk saw of the server's events before must still stand where it stood. */
static enum err look_at_events(struct courier *c, const struct wire_hello *h,
			       const struct queue_events *seen)
{
	struct queue_events now = {.sequence = h->event_sequence, .head = h->event_head};
	bool changed = false;
	if (!h->events)
		return OK;
	snprintf(now.epoch, sizeof now.epoch, "%s", h->epoch);
	if (seen->sequence > 0 && strcmp(seen->epoch, now.epoch) == 0)
		changed = !h->past || h->past_sequence != seen->sequence ||
			  !hash_equal(&h->past_head, &seen->head);
	enum err e = changed ? ERR_REFUSED : queue_witness(c->queue, &now);
	if (e != ERR_REFUSED)
		return e;
	courier_alarm(c, "events", COURIER_EVENTS_CHANGED);
	return OK;
}

/* The service's key may have been replaced while this kiosk was away: the settings that say so are
 * signed by the root, whoever hands them over. True when they are newer. */
static bool take_settings(struct courier *c)
{
	struct http_reply r;
	if (!http_get(c->client, "/v1/settings", SETTINGS_BYTES_MAX, &r) || r.status != 200 ||
	    books_put_settings(c->books, &c->home.root, r.body, r.len) != OK)
		return false;
	log_info("courier: new settings");
	return courier_keep_settings(c, r.body, r.len) == OK && courier_load_settings(c) == OK;
}

static enum round say_hello(struct courier *c, int *retry_after_s, bool *known)
{
	struct http_reply r;
	struct wire_hello h;
	struct sign_public key[2];
	struct queue_events seen;
	char path[64] = "/v1/hello";
	size_t keys = courier_service_keys(c, key);
	*known = true;
	if (queue_witnessed(c->queue, &seen) == OK && seen.sequence > 0)
		snprintf(path, sizeof path, "/v1/hello?event=%" PRIu64, seen.sequence);
	if (!http_get(c->client, path, HELLO_MAX, &r) || r.status != 200)
		return courier_trouble(&r, retry_after_s);
	for (size_t i = 0; i < keys; i++)
		if (wire_hello_read(r.body, r.len, &key[i], &h) == OK) {
			take_time(c, h.time);
			if (look_at_events(c, &h, &seen) != OK)
				log_warn("courier: the server's events could not be noted");
			return take_place(c, &h);
		}
	*known = false;
	return ROUND_NO_LINE;
}

enum round courier_hello(struct courier *c, int *retry_after_s)
{
	bool known;
	enum round round = say_hello(c, retry_after_s, &known);
	if (!known && take_settings(c))
		round = say_hello(c, retry_after_s, &known);
	/* A page that lets guests into a hotel's network also answers 200. */
	if (!known)
		log_warn("courier: something answered, but not our township");
	return round;
}
