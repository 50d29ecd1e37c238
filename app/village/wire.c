#include "app/village/wire.h"

#include "app/base/text.h"
#include "app/village/json.h"

#include <stdlib.h>
#include <string.h>

/* --- signed texts --- */

static enum err sign_object(const char *kind, json_t *o, const struct sign_public *pub,
			    const struct sign_secret *sec, struct buf *out)
{
	struct buf body;
	unsigned char *whole = NULL;
	size_t len = 0;
	buf_init(&body, WIRE_MESSAGE_MAX);
	enum err e = json_write(o, &body);
	if (e == OK &&
	    signed_make(kind, signer(pub, sec), body.p, body.len, &whole, &len) != SYNC_OK)
		e = ERR_FULL;
	if (e == OK)
		buf_add(out, whole, len);
	free(whole);
	buf_free(&body);
	return e == OK ? buf_end(out) : e;
}

static enum err signed_object(const void *bytes, size_t len, const char *kind,
			      const struct sign_public *signer, json_t **out)
{
	struct signed_unchecked raw;
	struct signed_checked text;
	*out = NULL;
	if (len > WIRE_MESSAGE_MAX || signed_read(bytes, len, kind, &raw) != SYNC_OK)
		return ERR_CORRUPT;
	if (signed_check(&raw, signer, &text) != SYNC_OK)
		return ERR_REFUSED;
	*out = json_object_of(text.body, text.body_len);
	return *out == NULL ? ERR_CORRUPT : OK;
}

static json_t *plain_object(const void *json, size_t len)
{
	return len > WIRE_MESSAGE_MAX ? NULL : json_object_of(json, len);
}

static json_t *count_value(uint64_t v)
{
	return json_integer((json_int_t)(v > INT64_MAX ? INT64_MAX : v));
}

static bool count_of(const json_t *o, const char *key, uint64_t *out)
{
	int64_t v;
	if (!json_whole(o, key, 0, INT64_MAX, &v))
		return false;
	*out = (uint64_t)v;
	return true;
}

static bool number32_of(const json_t *o, const char *key, uint32_t *out)
{
	int64_t v;
	if (!json_whole(o, key, 0, UINT32_MAX, &v))
		return false;
	*out = (uint32_t)v;
	return true;
}

static bool day_of(const json_t *o, const char *key, int32_t *out)
{
	int64_t v;
	if (!json_whole(o, key, 0, 99991231, &v))
		return false;
	*out = (int32_t)v;
	return true;
}

/* --- hello --- */

enum err wire_hello_make(const struct wire_hello *h, const struct sign_public *pub,
			 const struct sign_secret *sec, struct buf *out)
{
	json_t *o = json_object();
	json_put(o, "epoch", json_string(h->epoch));
	json_put(o, "place", json_string(h->place));
	json_put(o, "time", json_integer(h->time));
	json_put(o, "settings", json_integer(h->settings));
	json_put(o, "feed", count_value(h->feed));
	if (h->events) {
		json_put(o, "event", count_value(h->event_sequence));
		json_put(o, "event_head", json_hex_value(h->event_head.b, HASH_BYTES));
	}
	if (h->past) {
		json_put(o, "past", count_value(h->past_sequence));
		json_put(o, "past_head", json_hex_value(h->past_head.b, HASH_BYTES));
	}
	return sign_object("hello", o, pub, sec, out);
}

enum err wire_hello_read(const void *bytes, size_t len, const struct sign_public *service,
			 struct wire_hello *out)
{
	json_t *o;
	*out = (struct wire_hello){0};
	enum err e = signed_object(bytes, len, "hello", service, &o);
	if (e != OK)
		return e;
	bool good = json_text(o, "epoch", out->epoch, sizeof out->epoch) &&
		    json_text(o, "place", out->place, sizeof out->place) &&
		    json_whole(o, "time", 0, INT64_MAX, &out->time) &&
		    number32_of(o, "settings", &out->settings) && count_of(o, "feed", &out->feed);
	out->events = json_object_get(o, "event") != NULL;
	out->past = json_object_get(o, "past") != NULL;
	if (good && out->events)
		good = count_of(o, "event", &out->event_sequence) &&
		       json_hex(o, "event_head", out->event_head.b, HASH_BYTES);
	if (good && out->past)
		good = count_of(o, "past", &out->past_sequence) &&
		       json_hex(o, "past_head", out->past_head.b, HASH_BYTES);
	json_decref(o);
	return good ? OK : ERR_CORRUPT;
}

/* --- enroll --- */

/* What the kiosk's key signs, so nobody enrols with a key that is not his. */
static bool proof_text(const char *code, const char *request, struct buf *out)
{
	buf_text(out, code);
	buf_text(out, "\n");
	buf_text(out, request);
	return buf_end(out) == OK;
}

void wire_enroll_sign(struct wire_enroll *e, const struct sign_secret *kiosk)
{
	struct buf text;
	buf_init(&text, (size_t)2 * WIRE_PEM_MAX);
	memset(e->proof, 0, sizeof e->proof);
	if (proof_text(e->code, e->request, &text))
		sign_bytes(kiosk, "enroll", text.p, text.len, e->proof);
	buf_free(&text);
}

enum err wire_enroll_make(const struct wire_enroll *e, struct buf *out)
{
	json_t *o = json_object();
	json_put(o, "code", json_string(e->code));
	json_put(o, "kiosk", json_hex_value(e->kiosk.b, sizeof e->kiosk.b));
	json_put(o, "request", json_string(e->request));
	json_put(o, "proof", json_hex_value(e->proof, sizeof e->proof));
	return json_write(o, out);
}

static bool code_good(const char *code)
{
	if (strlen(code) != WIRE_CODE_CHARS)
		return false;
	for (const char *c = code; *c != 0; c++)
		if (!(*c >= '0' && *c <= '9') && !(*c >= 'A' && *c <= 'Z'))
			return false;
	return true;
}

enum err wire_enroll_read(const void *json, size_t len, struct wire_enroll *out)
{
	struct buf text;
	*out = (struct wire_enroll){0};
	json_t *o = plain_object(json, len);
	bool good = o != NULL && json_text(o, "code", out->code, sizeof out->code) &&
		    code_good(out->code) &&
		    json_hex(o, "kiosk", out->kiosk.b, sizeof out->kiosk.b) &&
		    json_text(o, "request", out->request, sizeof out->request) &&
		    json_hex(o, "proof", out->proof, sizeof out->proof);
	json_decref(o);
	if (!good)
		return ERR_CORRUPT;
	buf_init(&text, (size_t)2 * WIRE_PEM_MAX);
	bool holds = proof_text(out->code, out->request, &text) &&
		     sign_holds(&out->kiosk, "enroll", text.p, text.len, out->proof);
	buf_free(&text);
	return holds ? OK : ERR_REFUSED;
}

enum err wire_enrolled_make(const struct wire_enrolled *e, struct buf *out)
{
	json_t *o = json_object();
	json_put(o, "place", json_string(e->place));
	json_put(o, "certificate", json_string(e->certificate));
	json_put(o, "ca", json_string(e->ca));
	json_put(o, "settings", json_stringn((const char *)e->settings, e->settings_len));
	return json_write(o, out);
}

enum err wire_enrolled_read(const void *json, size_t len, struct wire_enrolled *out)
{
	*out = (struct wire_enrolled){0};
	json_t *o = len > SETTINGS_MESSAGE_MAX ? NULL : json_object_of(json, len);
	const json_t *settings = json_object_get(o, "settings");
	if (o == NULL || !json_text(o, "place", out->place, sizeof out->place) ||
	    !json_text(o, "certificate", out->certificate, sizeof out->certificate) ||
	    !json_text(o, "ca", out->ca, sizeof out->ca) || !json_is_string(settings)) {
		json_decref(o);
		return ERR_CORRUPT;
	}
	out->settings = (const unsigned char *)json_string_value(settings);
	out->settings_len = json_string_length(settings);
	out->hold = o;
	return OK;
}

void wire_enrolled_free(struct wire_enrolled *e)
{
	json_decref(e->hold);
	*e = (struct wire_enrolled){0};
}

/* --- batches --- */

enum err wire_batch_add(struct buf *batch, const void *parcel, size_t len)
{
	buf_u32(batch, (uint32_t)len);
	buf_add(batch, parcel, len);
	return buf_end(batch);
}

enum err wire_batch_next(const void *batch, size_t len, size_t *at, const unsigned char **parcel,
			 size_t *parcel_len)
{
	const unsigned char *p = batch;
	if (*at == len)
		return ERR_MISSING;
	if (len - *at < 4)
		return ERR_CORRUPT;
	p += *at;
	size_t one = (size_t)p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16 | (size_t)p[3] << 24;
	if (one == 0 || one > len - *at - 4)
		return ERR_CORRUPT;
	*parcel = p + 4;
	*parcel_len = one;
	*at += 4 + one;
	return OK;
}

/* --- what became of parcels --- */

static const char *const outcome_id[WIRE_OUTCOMES] = {"stored", "other", "refused", "later",
						      "above"};

static bool outcome_parse(const char *id, enum wire_outcome *out)
{
	for (int i = 0; i < WIRE_OUTCOMES; i++)
		if (strcmp(id, outcome_id[i]) == 0) {
			*out = (enum wire_outcome)i;
			return true;
		}
	return false;
}

enum err wire_delivered_make(const struct wire_delivered *d, struct buf *out)
{
	json_t *o = json_object(), *list = json_array();
	for (size_t i = 0; i < d->count; i++) {
		json_t *one = json_object();
		json_put(one, "id", json_string(d->result[i].id));
		json_put(one, "outcome", json_string(outcome_id[d->result[i].outcome]));
		json_array_append_new(list, one);
	}
	json_put(o, "parcels", list);
	json_put(o, "ack", json_stringn((const char *)d->ack, d->ack_len));
	return json_write(o, out);
}

enum err wire_delivered_read(const void *json, size_t len, struct wire_delivered *out)
{
	const json_t *one;
	size_t i;
	out->count = out->ack_len = 0;
	json_t *o = plain_object(json, len);
	const json_t *list = o == NULL ? NULL : json_list(o, "parcels", WIRE_BATCH_PARCELS);
	const json_t *ack = json_object_get(o, "ack");
	bool good = list != NULL && json_is_string(ack) && json_string_length(ack) <= ACK_BYTES_MAX;
	if (good) {
		out->ack_len = json_string_length(ack);
		memcpy(out->ack, json_string_value(ack), out->ack_len);
		json_array_foreach(list, i, one)
		{
			char id[16];
			struct wire_result *r = &out->result[i];
			good = good && json_is_object(one) &&
			       json_text(one, "id", r->id, sizeof r->id) &&
			       json_text(one, "outcome", id, sizeof id) &&
			       outcome_parse(id, &r->outcome);
			out->count++;
		}
	}
	json_decref(o);
	return good ? OK : ERR_CORRUPT;
}

/* --- manifest --- */

enum err wire_manifest_make(const struct wire_manifest *m, struct buf *out)
{
	json_t *o = json_object();
	json_put(o, "format", json_integer(1));
	json_put(o, "after", count_value(m->after));
	json_put(o, "through", count_value(m->through));
	json_put(o, "more", json_boolean(m->more));
	return json_write(o, out);
}

enum err wire_manifest_read(const void *json, size_t len, struct wire_manifest *out)
{
	int64_t format;
	*out = (struct wire_manifest){0};
	json_t *o = plain_object(json, len);
	bool good = o != NULL && json_whole(o, "format", 1, 1, &format) &&
		    count_of(o, "after", &out->after) && count_of(o, "through", &out->through) &&
		    json_bool(o, "more", &out->more) && out->through >= out->after;
	json_decref(o);
	return good ? OK : ERR_CORRUPT;
}

/* --- health --- */

static void put_urges(json_t *o, const struct wire_health *h)
{
	json_t *urges = json_array();
	for (size_t i = 0; i < h->urge_count; i++) {
		json_t *one = json_object();
		json_put(one, "place", json_string(h->urge[i].place));
		json_put(one, "template", json_string(h->urge[i].template_id));
		json_put(one, "period", json_string(h->urge[i].period));
		json_put(one, "count", json_integer(h->urge[i].count));
		json_array_append_new(urges, one);
	}
	json_put(o, "urges", urges);
}

enum err wire_health_make(const struct wire_health *h, const struct sign_public *pub,
			  const struct sign_secret *sec, struct buf *out)
{
	json_t *o = json_object(), *places = json_object(), *alarms = json_array();
	json_put(o, "kiosk", json_hex_value(h->kiosk.b, HASH_BYTES));
	json_put(o, "sequence", count_value(h->head_sequence));
	json_put(o, "head", json_hex_value(h->head.b, HASH_BYTES));
	json_put(o, "waiting", count_value(h->waiting));
	json_put(o, "aside", count_value(h->aside));
	json_put(o, "tail_missing", json_boolean(h->tail_missing));
	json_put(o, "version", json_string(h->version));
	json_put(o, "settings", json_integer(h->settings));
	json_put(o, "feed", count_value(h->feed));
	json_put(o, "disk_free_mib", count_value(h->disk_free_mib));
	json_put(o, "day", json_integer(h->day));
	for (size_t i = 0; i < h->place_count; i++)
		json_put(places, h->place[i].place, count_value(h->place[i].publication));
	json_put(o, "publications", places);
	for (size_t i = 0; i < h->alarm_count; i++) {
		json_t *one = json_object();
		json_put(one, "number", json_integer(h->alarm[i].number));
		json_put(one, "day", json_integer(h->alarm[i].day));
		json_put(one, "kind", json_string(h->alarm[i].kind));
		json_put(one, "text", json_string(h->alarm[i].text));
		json_array_append_new(alarms, one);
	}
	json_put(o, "alarms", alarms);
	put_urges(o, h);
	return sign_object("health", o, pub, sec, out);
}

static bool read_places(json_t *o, struct wire_health *out)
{
	json_t *places = json_object_get(o, "publications"), *v;
	const char *id;
	if (!json_is_object(places) || json_object_size(places) > WIRE_PLACES_MAX)
		return false;
	json_object_foreach(places, id, v)
	{
		struct wire_place *p = &out->place[out->place_count++];
		if (strlen(id) > PLACE_ID_MAX || !json_is_integer(v) || json_integer_value(v) < 0)
			return false;
		text_copy(p->place, sizeof p->place, id, strlen(id));
		p->publication = (uint64_t)json_integer_value(v);
	}
	return true;
}

static bool read_alarms(const json_t *o, struct wire_health *out)
{
	const json_t *list = json_list(o, "alarms", WIRE_ALARMS_MAX), *one;
	size_t i;
	if (list == NULL)
		return false;
	json_array_foreach(list, i, one)
	{
		struct wire_alarm *a = &out->alarm[out->alarm_count++];
		if (!json_is_object(one) || !json_whole(one, "number", 0, INT64_MAX, &a->number) ||
		    !day_of(one, "day", &a->day) ||
		    !json_text(one, "kind", a->kind, sizeof a->kind) ||
		    !json_text(one, "text", a->text, sizeof a->text))
			return false;
	}
	return true;
}

/* A kiosk of an earlier release says nothing of them. */
static bool read_urges(const json_t *o, struct wire_health *out)
{
	const json_t *one, *list = json_list(o, "urges", WIRE_URGES_MAX);
	size_t i;
	if (list == NULL)
		return json_object_get(o, "urges") == NULL;
	json_array_foreach(list, i, one)
	{
		struct wire_urge *u = &out->urge[out->urge_count++];
		if (!json_is_object(one) || !json_text(one, "place", u->place, sizeof u->place) ||
		    !json_text(one, "template", u->template_id, sizeof u->template_id) ||
		    !json_text(one, "period", u->period, sizeof u->period) ||
		    !json_whole(one, "count", 1, WIRE_URGE_COUNT_MAX, &u->count))
			return false;
	}
	return true;
}

enum err wire_health_read(const void *bytes, size_t len, const struct sign_public *kiosk,
			  struct wire_health *out)
{
	json_t *o;
	*out = (struct wire_health){0};
	enum err e = signed_object(bytes, len, "health", kiosk, &o);
	if (e != OK)
		return e;
	bool good = json_hex(o, "kiosk", out->kiosk.b, HASH_BYTES) &&
		    count_of(o, "sequence", &out->head_sequence) &&
		    json_hex(o, "head", out->head.b, HASH_BYTES) &&
		    count_of(o, "waiting", &out->waiting) && count_of(o, "aside", &out->aside) &&
		    json_bool(o, "tail_missing", &out->tail_missing) &&
		    json_text(o, "version", out->version, sizeof out->version) &&
		    number32_of(o, "settings", &out->settings) && count_of(o, "feed", &out->feed) &&
		    count_of(o, "disk_free_mib", &out->disk_free_mib) &&
		    day_of(o, "day", &out->day) && read_places(o, out) && read_alarms(o, out) &&
		    read_urges(o, out);
	json_decref(o);
	return good ? OK : ERR_CORRUPT;
}

enum err wire_told_make(const struct wire_told *t, struct buf *out)
{
	json_t *o = json_object();
	json_put(o, "alarms_through", json_integer(t->alarms_through));
	json_put(o, "newest", count_value(t->newest));
	json_put(o, "urges", count_value(t->urges));
	return json_write(o, out);
}

enum err wire_told_read(const void *json, size_t len, struct wire_told *out)
{
	*out = (struct wire_told){0};
	json_t *o = plain_object(json, len);
	bool good = o != NULL &&
		    json_whole(o, "alarms_through", 0, INT64_MAX, &out->alarms_through) &&
		    (json_object_get(o, "newest") == NULL || count_of(o, "newest", &out->newest)) &&
		    (json_object_get(o, "urges") == NULL || count_of(o, "urges", &out->urges));
	json_decref(o);
	return good ? OK : ERR_CORRUPT;
}
