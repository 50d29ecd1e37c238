#include "app/village/parcel.h"

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/village/json.h"

#include <sodium.h>
#include <string.h>

enum {
	SIGNED_BYTES =
		PARCEL_HEADER_BYTES - SIGN_BYTES, /* of the header; bodies are bound to them too */
	SLOTS = SETTINGS_SLOTS,
	SLOTS_BYTES = SLOTS * SEAL_SLOT_BYTES,
	WAYBILL_BYTES = 640,
	PROOF_AT = WAYBILL_BYTES - SIGN_BYTES,
	WAYBILL_BOX = WAYBILL_BYTES + SEAL_BOX_EXTRA,
	IDENTITY_AT = PARCEL_HEADER_BYTES + 2 * WAYBILL_BOX,
	IDENTITY_SEALED = SLOTS_BYTES + PARCEL_IDENTITY_BYTES + SEAL_BODY_EXTRA,
	MATTER_AT = IDENTITY_AT + IDENTITY_SEALED,
	MATTER_EXTRA = SLOTS_BYTES + SEAL_BODY_EXTRA,
	FOLLOW_UP_MAX = 60 << 10,
};

const uint32_t parcel_bucket_bytes[PARCEL_BUCKETS] = {4 << 10, 64 << 10, 1 << 20, 8 << 20};

static const unsigned char magic[4] = {'E', 'L', 'P', '1'};
static const char proof_kind[] = "follow-up-parcel";

void parcel_kiosk_id(const struct sign_public *kiosk, struct hash *id)
{
	hash_bytes(kiosk->b, sizeof kiosk->b, id);
}

/* --- header --- */

static void put_header(struct buf *out, const struct parcel_header *h)
{
	static const unsigned char zero[3];
	buf_add(out, magic, sizeof magic);
	buf_add(out, h->id, sizeof h->id);
	buf_add(out, h->kiosk.b, HASH_BYTES);
	buf_u64(out, h->sequence);
	buf_add(out, h->previous.b, HASH_BYTES);
	buf_u32(out, (uint32_t)h->day);
	buf_u32(out, h->key_serial);
	buf_add(out, &h->bucket, 1);
	buf_add(out, zero, sizeof zero);
}

static uint32_t u32_at(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* What the kiosk signs: the header's fields and the hash of all that follows the signature. */
static void signed_part(const unsigned char *parcel, size_t len,
			unsigned char out[SIGNED_BYTES + HASH_BYTES])
{
	struct hash rest;
	hash_bytes(parcel + PARCEL_HEADER_BYTES, len - PARCEL_HEADER_BYTES, &rest);
	memcpy(out, parcel, SIGNED_BYTES);
	memcpy(out + SIGNED_BYTES, rest.b, HASH_BYTES);
}

enum err parcel_read_header(const void *bytes, size_t len, struct parcel_header *h)
{
	static const unsigned char zero[3];
	const unsigned char *p = bytes;
	if (len != PARCEL_HEADER_BYTES || memcmp(p, magic, sizeof magic) != 0)
		return ERR_CORRUPT;
	memcpy(h->id, p + 4, PARCEL_ID_BYTES);
	memcpy(h->kiosk.b, p + 20, HASH_BYTES);
	h->sequence = u32_at(p + 52) | (uint64_t)u32_at(p + 56) << 32;
	memcpy(h->previous.b, p + 60, HASH_BYTES);
	h->day = (int32_t)u32_at(p + 92);
	h->key_serial = u32_at(p + 96);
	h->bucket = p[100];
	if (h->bucket >= PARCEL_BUCKETS || memcmp(p + 101, zero, sizeof zero) != 0 ||
	    h->sequence == 0 || h->sequence > INT64_MAX || h->day < 19700101 || h->day > 99991231)
		return ERR_CORRUPT;
	return OK;
}

enum err parcel_read(const void *bytes, size_t len, struct parcel_unchecked *out)
{
	*out = (struct parcel_unchecked){.bytes = bytes, .len = len};
	if (len < MATTER_AT || parcel_read_header(bytes, PARCEL_HEADER_BYTES, &out->header) != OK ||
	    len != (size_t)MATTER_AT + MATTER_EXTRA + parcel_bucket_bytes[out->header.bucket])
		return ERR_CORRUPT;
	return OK;
}

enum err parcel_check(const struct parcel_unchecked *in, const struct sign_public *kiosk,
		      struct parcel *out)
{
	unsigned char part[SIGNED_BYTES + HASH_BYTES];
	struct hash id;
	*out = (struct parcel){0};
	parcel_kiosk_id(kiosk, &id);
	signed_part(in->bytes, in->len, part);
	if (!hash_equal(&id, &in->header.kiosk) ||
	    !sign_holds(kiosk, "parcel", part, sizeof part, in->bytes + SIGNED_BYTES))
		return ERR_REFUSED;
	*out = (struct parcel){.header = in->header, .bytes = in->bytes, .len = in->len};
	return OK;
}

/* --- waybill --- */

static enum err waybill_text(const struct waybill *w, unsigned char out[WAYBILL_BYTES])
{
	struct buf b;
	buf_init(&b, PROOF_AT);
	unsigned char head[4] = {1, (unsigned char)w->kind, (unsigned char)w->whom,
				 (unsigned char)w->blob_count};
	buf_add(&b, head, sizeof head);
	buf_add(&b, w->receipt.answer.b, 32);
	buf_add(&b, w->receipt.follow_up.b, 32);
	buf_add(&b, w->receipt.locator, LOCATOR_BYTES);
	buf_add(&b, w->body, sizeof w->body);
	buf_add(&b, w->place, sizeof w->place);
	for (size_t i = 0; i < w->blob_count; i++) {
		buf_add(&b, w->blob[i].hash.b, HASH_BYTES);
		buf_u32(&b, w->blob[i].size);
	}
	enum err e = buf_end(&b);
	memset(out, 0, WAYBILL_BYTES);
	if (e == OK)
		memcpy(out, b.p, b.len);
	memcpy(out + PROOF_AT, w->proof, SIGN_BYTES);
	buf_wipe(&b);
	return e;
}

static bool ends_with_zero(const char *s, size_t size)
{
	size_t len = strnlen(s, size);
	for (size_t i = len; i < size; i++)
		if (s[i] != 0)
			return false;
	return len < size;
}

static enum err waybill_parse(const unsigned char text[WAYBILL_BYTES], struct waybill *out)
{
	*out = (struct waybill){0};
	if (text[0] != 1 || text[1] >= PARCEL_KINDS || text[2] >= WHOM_COUNT ||
	    text[3] > PARCEL_BLOBS_MAX)
		return ERR_CORRUPT;
	const unsigned char *p = text + 4;
	out->kind = (enum parcel_kind)text[1];
	out->whom = (enum whom)text[2];
	out->blob_count = text[3];
	memcpy(out->receipt.answer.b, p, 32);
	memcpy(out->receipt.follow_up.b, p + 32, 32);
	memcpy(out->receipt.locator, p + 64, LOCATOR_BYTES);
	memcpy(out->proof, text + PROOF_AT, SIGN_BYTES);
	p += 96;
	memcpy(out->body, p, sizeof out->body);
	memcpy(out->place, p + sizeof out->body, sizeof out->place);
	p += sizeof out->body + sizeof out->place;
	for (size_t i = 0; i < out->blob_count; i++, p += HASH_BYTES + 4) {
		memcpy(out->blob[i].hash.b, p, HASH_BYTES);
		out->blob[i].size = u32_at(p + HASH_BYTES);
	}
	if (!ends_with_zero(out->body, sizeof out->body) ||
	    !ends_with_zero(out->place, sizeof out->place) || !place_id_valid(out->body) ||
	    !place_id_valid(out->place) || !seal_public_usable(&out->receipt.answer))
		return ERR_CORRUPT;
	return OK;
}

enum err parcel_open_waybill(const struct parcel *p, const struct seal_public *pub,
			     const struct seal_secret *sec, struct waybill *out)
{
	unsigned char text[WAYBILL_BYTES];
	enum err e = ERR_REFUSED;
	for (int i = 0; i < 2 && e == ERR_REFUSED; i++) {
		const unsigned char *box = p->bytes + PARCEL_HEADER_BYTES + (size_t)i * WAYBILL_BOX;
		if (seal_box_open(pub, sec, box, WAYBILL_BOX, text) == SYNC_OK)
			e = waybill_parse(text, out);
	}
	seal_wipe(text, sizeof text);
	return e;
}

bool parcel_follow_up_proven(const struct parcel *p, const struct waybill *w,
			     const struct sign_public *receipt)
{
	return sign_holds(receipt, proof_kind, p->bytes, SIGNED_BYTES, w->proof);
}

/* --- bodies --- */

/* Four slots and the sealed, padded body; only the first slot is meant for somebody. */
static enum err add_body(struct buf *out, const struct seal_public *to, size_t header_at,
			 const void *text, size_t len, size_t padded)
{
	unsigned char key[SEAL_KEY_BYTES];
	unsigned char *plain = sodium_malloc(padded);
	unsigned char *slots = buf_room(out, SLOTS_BYTES);
	size_t slots_at = out->len - SLOTS_BYTES;
	unsigned char *body = buf_room(out, padded + SEAL_BODY_EXTRA);
	size_t padded_len = 0;
	if (plain == NULL || slots == NULL || body == NULL) {
		sodium_free(plain);
		return ERR_FULL;
	}
	slots = out->p + slots_at; /* growing may have moved it */
	if (len > 0)
		memcpy(plain, text, len);
	if (sodium_pad(&padded_len, plain, len, padded, padded) != 0 || padded_len != padded) {
		sodium_free(plain);
		return ERR_FULL;
	}
	seal_random(key, sizeof key);
	enum sync_err e = seal_box(to, key, sizeof key, slots);
	for (int i = 1; i < SLOTS && e == SYNC_OK; i++)
		e = seal_box(NULL, key, sizeof key, slots + (size_t)i * SEAL_SLOT_BYTES);
	seal_body(key, out->p + header_at, SIGNED_BYTES, plain, padded, body);
	seal_wipe(key, sizeof key);
	sodium_free(plain);
	return e == SYNC_OK ? OK : ERR_REFUSED;
}

static enum err open_body(const struct parcel *p, size_t at, size_t padded,
			  const struct seal_public *pub, const struct seal_secret *sec,
			  struct buf *out)
{
	unsigned char key[SEAL_KEY_BYTES];
	const unsigned char *slots = p->bytes + at, *body = slots + SLOTS_BYTES;
	enum sync_err found = SYNC_ERR_REFUSED;
	for (int i = 0; i < SLOTS && found != SYNC_OK; i++)
		found = seal_box_open(pub, sec, slots + (size_t)i * SEAL_SLOT_BYTES,
				      SEAL_SLOT_BYTES, key);
	if (found != SYNC_OK)
		return ERR_REFUSED;
	size_t before = out->len, len = 0;
	unsigned char *text = buf_room(out, padded);
	enum err e = text == NULL ? ERR_FULL : OK;
	if (e == OK && (seal_body_open(key, p->bytes, SIGNED_BYTES, body, padded + SEAL_BODY_EXTRA,
				       text) != SYNC_OK ||
			sodium_unpad(&len, text, padded, padded) != 0))
		e = ERR_CORRUPT;
	out->len = before + len;
	if (out->p != NULL)
		out->p[out->len] = 0;
	seal_wipe(key, sizeof key);
	return e;
}

enum err parcel_open_matter(const struct parcel *p, const struct seal_public *pub,
			    const struct seal_secret *sec, struct buf *out)
{
	return open_body(p, MATTER_AT, parcel_bucket_bytes[p->header.bucket], pub, sec, out);
}

enum err parcel_open_identity(const struct parcel *p, const struct seal_public *pub,
			      const struct seal_secret *sec, struct buf *out)
{
	return open_body(p, IDENTITY_AT, PARCEL_IDENTITY_BYTES, pub, sec, out);
}

/* --- making --- */

static bool choose_bucket(size_t len, uint8_t *bucket)
{
	for (int i = 0; i < PARCEL_BUCKETS; i++)
		if (len < parcel_bucket_bytes[i]) {
			*bucket = (uint8_t)i;
			return true;
		}
	return false;
}

static enum err add_waybill(const struct parcel_draft *d, const struct settings *s,
			    const struct body *reader, size_t header_at, struct buf *out)
{
	struct waybill w = {.kind = d->kind,
			    .whom = d->whom,
			    .receipt = *d->receipt,
			    .blob_count = d->blob_count};
	unsigned char text[WAYBILL_BYTES];
	struct service_keys county, township;
	const struct place *c = settings_above(s, d->place, PLACE_COUNTY);
	const struct place *t = settings_above(s, d->place, PLACE_TOWNSHIP);
	if (c == NULL || settings_service(s, c->id, &county) != OK)
		return ERR_MISSING;
	bool to_township = reader->role == BODY_TOWNSHIP && t != NULL &&
			   settings_service(s, t->id, &township) == OK;
	memcpy(w.body, reader->id, sizeof w.body);
	memcpy(w.place, d->place, strlen(d->place));
	for (size_t i = 0; i < d->blob_count; i++)
		w.blob[i] = d->blobs[i];
	if (d->follow_up != NULL)
		sign_bytes(d->follow_up, proof_kind, out->p + header_at, SIGNED_BYTES, w.proof);
	enum err e = waybill_text(&w, text);
	unsigned char *boxes = e == OK ? buf_room(out, 2 * (size_t)WAYBILL_BOX) : NULL;
	if (e == OK && boxes == NULL)
		e = ERR_FULL;
	if (e == OK && (seal_box(&county.seal, text, sizeof text, boxes) != SYNC_OK ||
			seal_box(to_township ? &township.seal : NULL, text, sizeof text,
				 boxes + WAYBILL_BOX) != SYNC_OK))
		e = ERR_REFUSED;
	seal_wipe(text, sizeof text);
	return e;
}

enum err parcel_make(const struct parcel_draft *d, const struct settings *s,
		     const struct parcel_kiosk *kiosk, const struct parcel_place *at,
		     struct buf *out, struct parcel_header *header)
{
	const struct body *reader = settings_reader(s, d->place, whom_reader(d->whom));
	struct parcel_header h = {.sequence = at->sequence,
				  .previous = at->previous,
				  .day = d->day,
				  .key_serial = settings_serial(s)};
	size_t begin = out->len;
	if (reader == NULL)
		return ERR_MISSING;
	if (d->blob_count > PARCEL_BLOBS_MAX || d->identity_len >= PARCEL_IDENTITY_BYTES ||
	    !choose_bucket(d->matter_len, &h.bucket))
		return ERR_FULL;
	seal_random(h.id, sizeof h.id);
	parcel_kiosk_id(&kiosk->pub, &h.kiosk);
	put_header(out, &h);
	if (buf_room(out, SIGN_BYTES) == NULL)
		return ERR_FULL;
	enum err e = add_waybill(d, s, reader, begin, out);
	if (e == OK)
		e = add_body(out, &reader->identity, begin, d->identity, d->identity_len,
			     PARCEL_IDENTITY_BYTES);
	if (e == OK)
		e = add_body(out, &reader->office, begin, d->matter, d->matter_len,
			     parcel_bucket_bytes[h.bucket]);
	if (e == OK)
		e = buf_end(out);
	if (e != OK)
		return e;
	unsigned char part[SIGNED_BYTES + HASH_BYTES];
	signed_part(out->p + begin, out->len - begin, part);
	sign_bytes(&kiosk->sec, "parcel", part, sizeof part, out->p + begin + SIGNED_BYTES);
	*header = h;
	return OK;
}

/* --- follow-ups --- */

enum err parcel_follow_up(const struct receipt_keys *k, const char *json_body, struct buf *out)
{
	unsigned char sig[SIGN_BYTES];
	json_t *o = json_object();
	sign_bytes(&k->follow_up, "follow-up", json_body, strlen(json_body), sig);
	json_put(o, "format", json_integer(1));
	json_put(o, "says", json_string(json_body));
	json_put(o, "signature", json_hex_value(sig, sizeof sig));
	return json_write(o, out);
}

enum err parcel_follow_up_check(const void *matter, size_t len, const struct sign_public *receipt,
				struct buf *json_body)
{
	unsigned char sig[SIGN_BYTES];
	json_t *o = json_object_of(matter, len);
	const json_t *says = json_object_get(o, "says");
	enum err e = ERR_CORRUPT;
	if (json_is_string(says) && json_string_length(says) <= FOLLOW_UP_MAX &&
	    json_hex(o, "signature", sig, sizeof sig)) {
		e = sign_holds(receipt, "follow-up", json_string_value(says),
			       json_string_length(says), sig)
			    ? OK
			    : ERR_REFUSED;
		if (e == OK)
			buf_add(json_body, json_string_value(says), json_string_length(says));
	}
	json_decref(o);
	return e;
}
