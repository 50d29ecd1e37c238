#include "app/township/delivery.h"

#include "app/base/text.h"
#include "app/store/township/cases.h"
#include "app/store/township/events.h"
#include "app/store/township/parcels.h"
#include "app/township/api_kiosk.h"
#include "app/township/teller.h"
#include "app/village/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Up to so many letters at a time their residents are told with the acknowledgement. */
enum { TOLD_AT_ONCE_LETTERS = 16, TOLD_AT_ONCE_BATCHES = 4 };

struct arrived {
	struct parcel parcel; /* points into the request's body */
	struct hash hash;
	struct waybill waybill;
	struct told_first first;    /* what its case is told first */
	bool checked;               /* its kiosk signed it */
	bool opened;                /* the waybill is good */
	bool above;                 /* for the installation above this one */
	const unsigned char *asked; /* its header alone: is it here? */
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
	enum err result;
	bool flooded; /* some came over the limit of the hour */
	bool crowd;   /* many come at once: they are told later */
	size_t count;
	struct arrived item[];
};

/* --- on the connection's own worker --- */

static void open_waybill(struct server *s, struct arrived *a)
{
	enum err e = ERR_REFUSED;
	for (size_t i = 0; i < s->office->services && e == ERR_REFUSED; i++) {
		const struct office_service *own = &s->office->service[i];
		e = parcel_open_waybill(&a->parcel, &own->seal_pub, &own->seal, &a->waybill);
	}
	a->opened = e == OK;
	a->above = e == ERR_REFUSED && !office_topmost(s->office);
	if (a->above)
		a->outcome = WIRE_ABOVE;
}

static void look_at_parcel(struct delivering *d, const unsigned char *bytes, size_t len,
			   struct arrived *a)
{
	struct parcel_unchecked raw;
	a->outcome = WIRE_REFUSED;
	if (parcel_read_header(bytes, len, &a->parcel.header) == OK &&
	    hash_equal(&a->parcel.header.kiosk, &d->kiosk.id)) {
		a->asked = bytes;
		a->checked = true;
		a->outcome = WIRE_LATER;
		return;
	}
	if (parcel_read(bytes, len, &raw) != OK ||
	    parcel_check(&raw, &d->kiosk.sign, &a->parcel) != OK)
		return;
	a->checked = true;
	a->outcome = WIRE_LATER;
	open_waybill(d->server, a);
	if (a->above)
		return;
	hash_bytes(bytes, len, &a->hash);
	if (d->crowd)
		cases_prepare_later(d->server->first_version, &a->first);
	else if (a->opened && cases_prepare(d->server->office, &a->waybill,
					    d->server->first_version, d->now, &a->first) != OK)
		a->opened = false;
}

/* --- the job --- */

/* Kept whatever it says; but a kiosk that speaks for another place or picks another reader than the
 * settings do has been tampered with, and one with old settings seals to old keys. */
static enum err look_at_route(struct db *db, const struct delivering *d, const struct arrived *a)
{
	const struct settings *s = d->server->office->settings;
	const struct waybill *w = &a->waybill;
	const struct hash *kiosk = &d->kiosk.id;
	uint32_t serial = a->parcel.header.key_serial;
	enum err e = OK;
	if (!settings_below(s, w->place, d->kiosk.place))
		e = kiosks_alarm(db, kiosk, d->now, "place", "信上的村不是这台机器登记的村");
	const struct body *reader = settings_reader(s, w->place, whom_reader(w->whom));
	if (e == OK && (reader == NULL || strcmp(reader->id, w->body) != 0))
		e = kiosks_alarm(db, kiosk, d->now, "reader", "信上的办理单位和设置里的不一样");
	if (e == OK && serial < settings_serial(s))
		e = kiosks_alarm(db, kiosk, d->now, "old-keys", "信是按旧的设置封的");
	if (e == OK && serial > settings_serial(s))
		e = kiosks_alarm(db, kiosk, d->now, "new-keys",
				 "信是按比这里更新的设置封的：这里被还原过");
	return e;
}

static enum err deliver_one(struct db *db, struct delivering *d, struct arrived *a)
{
	if (a->asked != NULL)
		return parcels_ask(db, &a->parcel.header, a->asked, &a->outcome);
	if (a->above)
		return kiosks_alarm(db, &d->kiosk.id, d->now, "above",
				    "有信是给上级的，这里打不开，也不能替上级签收");
	enum err e = parcels_add(db, &a->parcel, &a->hash, d->now, &a->outcome, &a->fresh);
	d->flooded = d->flooded || (e == OK && a->outcome == WIRE_LATER);
	if (e != OK || !a->fresh)
		return e;
	if (!a->opened)
		return kiosks_alarm(db, &d->kiosk.id, d->now, "waybill", "有一封信的封皮打不开");
	e = look_at_route(db, d, a);
	return e == OK ? cases_receive(db, d->server->office, &a->parcel, &a->waybill, &a->first,
				       d->now)
		       : e;
}

/* Each letter for itself: what is wrong with one is undone and offered again. */
static enum err deliver_apart(struct db *db, struct delivering *d, struct arrived *a)
{
	enum err e = db_savepoint(db);
	if (e != OK)
		return e;
	e = deliver_one(db, d, a);
	if (!db_in_transaction(db))
		return e == OK ? ERR_IO : e;
	if (e == OK)
		return db_release(db);
	db_rollback_to(db);
	a->outcome = WIRE_LATER;
	a->fresh = false;
	return OK;
}

static enum err deliver_run(struct db *db, void *self)
{
	struct delivering *d = self;
	enum err e = OK;
	for (size_t i = 0; i < d->count && e == OK; i++)
		if (d->item[i].checked)
			e = d->count == 1 ? deliver_one(db, d, &d->item[i])
					  : deliver_apart(db, d, &d->item[i]);
	if (e == OK)
		e = parcels_through(db, &d->kiosk.id, &d->ack);
	if (e == OK)
		e = events_head(db, &d->ack.event_sequence, &d->ack.event_head);
	return e;
}

/* --- the answer, again on the worker --- */

static enum err make_reply(const struct delivering *d, struct buf *json)
{
	struct wire_delivered *reply = malloc(sizeof *reply); /* large: only what is said is set */
	const struct office_service *own = office_own(d->server->office);
	struct buf ack;
	if (reply == NULL)
		return ERR_FULL;
	buf_init(&ack, ACK_BYTES_MAX);
	enum err e = ack_make(&d->ack, &own->sign_pub, &own->sign, &ack);
	if (e == OK) {
		memcpy(reply->ack, ack.p, ack.len);
		reply->ack_len = ack.len;
		reply->count = d->count;
		for (size_t i = 0; i < d->count; i++) {
			reply->result[i].outcome = d->item[i].outcome;
			reply->result[i].id[0] = 0;
			if (d->item[i].checked)
				text_hex(d->item[i].parcel.header.id, PARCEL_ID_BYTES,
					 reply->result[i].id);
		}
		e = wire_delivered_make(reply, json);
	}
	buf_free(&ack);
	free(reply);
	return e;
}

static void deliver_free(struct delivering *d)
{
	struct server *s = d->server;
	for (size_t i = 0; i < d->count; i++)
		told_first_free(&d->item[i].first);
	if (d->crowd)
		teller_wake(s->teller);
	atomic_fetch_add(&s->delivered, 1);
	atomic_fetch_sub(&s->delivering, 1);
	free(d);
}

/* Nothing was taken, and nothing will be this hour. */
static bool too_many(const struct delivering *d)
{
	for (size_t i = 0; i < d->count; i++)
		if (d->item[i].outcome != WIRE_LATER || d->item[i].asked != NULL)
			return false;
	return d->flooded;
}

static void deliver_answer(void *self, struct http_request *r)
{
	struct delivering *d = self;
	struct buf json;
	buf_init(&json, WIRE_MESSAGE_MAX);
	d->ack.time = d->now;
	snprintf(d->ack.epoch, sizeof d->ack.epoch, "%s", township_epoch(d->server->township));
	enum err e = d->result == OK ? make_reply(d, &json) : d->result;
	if (e == OK && too_many(d))
		answer_error(r, 429, "too many letters in this hour");
	else if (e == OK)
		answer_json(r, 200, json.p, json.len);
	else
		answer_later(r);
	buf_free(&json);
	deliver_free(d);
}

static void deliver_done(void *self, enum err result)
{
	struct delivering *d = self;
	d->result = result;
	http_answer_by(d->request, deliver_answer, d);
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

void delivery_take(struct server *s, struct http_request *r)
{
	struct kiosk_row kiosk;
	size_t len, at = 0, one_len;
	const unsigned char *body = http_body(r, &len), *one;
	if (!api_kiosk_known(s, r, &kiosk))
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
	d->crowd = atomic_fetch_add(&s->delivering, 1) >= TOLD_AT_ONCE_BATCHES ||
		   count > TOLD_AT_ONCE_LETTERS;
	d->crowd = d->crowd && s->teller != NULL;
	d->kiosk = kiosk;
	d->now = server_now(s);
	while (wire_batch_next(body, len, &at, &one, &one_len) == OK)
		look_at_parcel(d, one, one_len, &d->item[d->count++]);
	d->job = (struct writer_job){.run = deliver_run, .done = deliver_done, .self = d};
	http_park(r);
	if (writer_submit(s->writer, &d->job) != OK)
		deliver_done(d, ERR_FULL);
}
