#include "app/township/letter_open.h"

#include "app/store/township/kiosks.h"
#include "app/store/township/parcels.h"
#include "app/village/json.h"

#include <string.h>

/* The stored bytes, checked once more against the kiosk that signed them. */
static enum err load(struct visit *v, const unsigned char id[PARCEL_ID_BYTES], struct buf *bytes,
		     struct parcel *out)
{
	struct parcel_unchecked raw;
	struct kiosk_row kiosk;
	struct db *db = township_read_begin(v->s->township);
	enum err e = parcels_get(db, id, bytes);
	if (e == OK)
		e = parcel_read(bytes->p, bytes->len, &raw);
	if (e == OK)
		e = kiosks_find(db, &raw.header.kiosk, &kiosk, NULL);
	township_read_end(v->s->township);
	return e == OK ? parcel_check(&raw, &kiosk.sign, out) : e;
}

typedef enum err open_body(const struct parcel *p, const struct seal_public *pub,
			   const struct seal_secret *sec, struct buf *out);

static enum err open_with(struct visit *v, const unsigned char id[PARCEL_ID_BYTES],
			  const struct seal_secret *key, open_body *open, struct buf *out)
{
	struct buf bytes;
	struct parcel p;
	struct seal_public pub;
	buf_init(&bytes, PARCEL_BYTES_MAX);
	seal_public_of(key, &pub);
	enum err e = load(v, id, &bytes, &p);
	if (e == OK)
		e = open(&p, &pub, key, out);
	buf_free(&bytes);
	return e;
}

enum err letter_matter(struct visit *v, const unsigned char parcel[PARCEL_ID_BYTES],
		       const struct seal_secret *key, struct complaint *out)
{
	struct buf json;
	buf_init(&json, PARCEL_BYTES_MAX);
	enum err e = open_with(v, parcel, key, parcel_open_matter, &json);
	if (e == OK)
		e = complaint_read_matter(json.p, json.len, out);
	buf_wipe(&json);
	return e;
}

enum err letter_identity(struct visit *v, const unsigned char parcel[PARCEL_ID_BYTES],
			 const struct seal_secret *key, struct complaint *out)
{
	struct buf json;
	buf_init(&json, PARCEL_BYTES_MAX);
	enum err e = open_with(v, parcel, key, parcel_open_identity, &json);
	if (e == OK)
		e = complaint_read_identity(json.p, json.len, out);
	buf_wipe(&json);
	return e;
}

enum err letter_follow_up(struct visit *v, const struct case_row *c,
			  const unsigned char parcel[PARCEL_ID_BYTES],
			  const struct seal_secret *key, struct follow_words *out)
{
	struct buf matter, json;
	out->grade[0] = 0;
	out->text[0] = 0;
	buf_init(&matter, PARCEL_BYTES_MAX);
	buf_init(&json, PARCEL_BYTES_MAX);
	enum err e = open_with(v, parcel, key, parcel_open_matter, &matter);
	if (e == OK)
		e = parcel_follow_up_check(matter.p, matter.len, &c->receipt.follow_up, &json);
	if (e == OK) {
		json_t *o = json_object_of(json.p, json.len);
		if (o == NULL || !json_text_or_empty(o, "rating", out->grade, sizeof out->grade) ||
		    !json_text_or_empty(o, "text", out->text, out->size))
			e = ERR_CORRUPT;
		json_decref(o);
	}
	buf_wipe(&matter);
	buf_wipe(&json);
	return e;
}
