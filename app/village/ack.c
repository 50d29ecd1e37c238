#include "app/village/ack.h"

#include "app/village/json.h"

#include <stdlib.h>
#include <string.h>

enum err ack_make(const struct ack *a, const struct sign_public *pub, const struct sign_secret *sec,
		  struct buf *out)
{
	struct buf body;
	unsigned char *whole = NULL;
	size_t len = 0;
	json_t *o = json_object(), *gaps = json_array();
	for (size_t i = 0; i < a->gap_count; i++)
		json_array_append_new(gaps, json_pack("[I,I]", (json_int_t)a->gap[i].first,
						      (json_int_t)a->gap[i].last));
	json_put(o, "kiosk", json_hex_value(a->kiosk.b, HASH_BYTES));
	json_put(o, "epoch", json_string(a->epoch));
	json_put(o, "through", json_integer((json_int_t)a->through));
	json_put(o, "backed_up_to", json_integer((json_int_t)a->backed_up_to));
	json_put(o, "gaps", gaps);
	json_put(o, "time", json_integer(a->time));
	json_put(o, "event", json_integer((json_int_t)a->event_sequence));
	json_put(o, "event_head", json_hex_value(a->event_head.b, HASH_BYTES));
	buf_init(&body, ACK_BYTES_MAX);
	enum err e = json_write(o, &body);
	if (e == OK &&
	    signed_make("ack", signer(pub, sec), body.p, body.len, &whole, &len) != SYNC_OK)
		e = ERR_FULL;
	if (e == OK)
		buf_add(out, whole, len);
	free(whole);
	buf_free(&body);
	return e == OK ? buf_end(out) : e;
}

static bool read_gaps(const json_t *o, struct ack *out)
{
	const json_t *gaps = json_list(o, "gaps", ACK_GAPS_MAX), *v;
	size_t i;
	json_int_t before = 0;
	if (gaps == NULL)
		return false;
	json_array_foreach(gaps, i, v)
	{
		const json_t *first = json_array_get(v, 0), *last = json_array_get(v, 1);
		if (json_array_size(v) != 2 || !json_is_integer(first) || !json_is_integer(last) ||
		    json_integer_value(first) <= before ||
		    json_integer_value(last) < json_integer_value(first))
			return false;
		before = json_integer_value(last);
		out->gap[out->gap_count++] =
			(struct ack_gap){(uint64_t)json_integer_value(first), (uint64_t)before};
	}
	return true;
}

enum err ack_read(const void *bytes, size_t len, const struct sign_public *service, struct ack *out)
{
	struct signed_unchecked raw;
	struct signed_checked text;
	int64_t through, backed_up, time, event;
	*out = (struct ack){0};
	if (len > ACK_BYTES_MAX || signed_read(bytes, len, "ack", &raw) != SYNC_OK)
		return ERR_CORRUPT;
#if SEEDED_BUG == 7
	(void)service;
	text = (struct signed_checked){.body = raw.body, .body_len = raw.body_len};
#else
	if (signed_check(&raw, service, &text) != SYNC_OK)
		return ERR_REFUSED;
#endif
	json_t *o = json_object_of(text.body, text.body_len);
	bool good = o != NULL && json_hex(o, "kiosk", out->kiosk.b, HASH_BYTES) &&
		    json_text(o, "epoch", out->epoch, sizeof out->epoch) &&
		    json_whole(o, "through", 0, INT64_MAX, &through) &&
		    json_whole(o, "backed_up_to", 0, INT64_MAX, &backed_up) &&
		    json_whole(o, "time", 0, INT64_MAX, &time) &&
		    json_whole(o, "event", 0, INT64_MAX, &event) &&
		    json_hex(o, "event_head", out->event_head.b, HASH_BYTES) && read_gaps(o, out);
	json_decref(o);
	if (!good)
		return ERR_CORRUPT;
	out->through = (uint64_t)through;
	out->backed_up_to = (uint64_t)backed_up;
	out->time = time;
	out->event_sequence = (uint64_t)event;
	return OK;
}
