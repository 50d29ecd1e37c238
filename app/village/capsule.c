#include "app/village/capsule.h"

#include "app/base/text.h"
#include "app/village/json.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
	KEY_ID_AT = 4 + LOCATOR_BYTES + 4 + 4,
	SIGNED_BYTES = KEY_ID_AT + SIGN_ID_CHARS / 2,
	HEADER_BYTES = SIGNED_BYTES + SIGN_BYTES,
	BUCKETS = 2,
};
static const unsigned char magic[4] = {'E', 'L', 'C', '1'};
static const size_t bucket_bytes[BUCKETS] = {4 << 10, 16 << 10};

/* --- entries --- */

enum err capsule_entry_seal(const struct capsule_entry *e, const struct seal_public *receipt,
			    struct buf *out)
{
	struct buf text;
	json_t *o = json_object();
	json_put(o, "day", json_integer(e->day));
	json_put(o, "state", json_string(case_state_id(e->state)));
	json_put(o, "due", json_integer(e->due));
	json_put(o, "provisional", json_boolean(e->due_provisional));
	json_put(o, "office", json_string(e->office));
	json_put(o, "by", json_string(e->by));
	json_put(o, "text", json_string(e->text));
	json_put(o, "openings", json_integer(e->openings));
	json_put(o, "whom", json_integer(e->whom));
	buf_init(&text, CAPSULE_ENTRY_MAX);
	enum err err = json_write(o, &text);
	unsigned char *box = err == OK ? buf_room(out, text.len + SEAL_BOX_EXTRA) : NULL;
	if (err == OK && box == NULL)
		err = ERR_FULL;
	if (err == OK && seal_box(receipt, text.p, text.len, box) != SYNC_OK)
		err = ERR_REFUSED;
	buf_wipe(&text);
	return err;
}

static enum err read_entry(const void *json, size_t len, struct capsule_entry *e)
{
	int64_t day, due, openings, whom;
	char state[24];
	json_t *o = json_object_of(json, len);
	bool good = o != NULL && json_whole(o, "day", 19700101, 99991231, &day) &&
		    json_text(o, "state", state, sizeof state) &&
		    case_state_parse(state, &e->state) && json_whole(o, "due", 0, 99991231, &due) &&
		    json_bool(o, "provisional", &e->due_provisional) &&
		    json_text(o, "office", e->office, sizeof e->office) &&
		    json_text(o, "by", e->by, sizeof e->by) &&
		    json_text(o, "text", e->text, sizeof e->text) &&
		    json_whole(o, "openings", 0, UINT32_MAX, &openings) &&
		    json_whole(o, "whom", 0, WHOM_COUNT - 1, &whom);
	json_decref(o);
	if (!good)
		return ERR_CORRUPT;
	e->day = (int32_t)day;
	e->due = (int32_t)due;
	e->openings = (uint32_t)openings;
	e->whom = (enum whom)whom;
	return OK;
}

/* --- the whole --- */

static uint32_t u32_at(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void signed_part(const unsigned char *capsule, size_t len,
			unsigned char out[SIGNED_BYTES + HASH_BYTES])
{
	struct hash rest;
	hash_bytes(capsule + HEADER_BYTES, len - HEADER_BYTES, &rest);
	memcpy(out, capsule, SIGNED_BYTES);
	memcpy(out + SIGNED_BYTES, rest.b, HASH_BYTES);
}

static enum err join(const struct capsule_sealed *entry, size_t count, struct buf *list)
{
	buf_u32(list, (uint32_t)count);
	for (size_t i = 0; i < count; i++) {
		buf_u32(list, (uint32_t)entry[i].len);
		buf_add(list, entry[i].bytes, entry[i].len);
	}
	return buf_end(list);
}

enum err capsule_make(const struct receipt_public *receipt, uint32_t version,
		      const struct capsule_sealed *entry, size_t count, struct signer service,
		      struct buf *out)
{
	struct buf list;
	unsigned char id[SIGN_ID_CHARS / 2], part[SIGNED_BYTES + HASH_BYTES];
	struct hash key;
	size_t begin = out->len, padded = 0;
	unsigned char bucket = 0;
	buf_init(&list, bucket_bytes[BUCKETS - 1]);
	enum err e = count > CAPSULE_ENTRIES_MAX ? ERR_FULL : join(entry, count, &list);
	while (e == OK && bucket < BUCKETS && list.len >= bucket_bytes[bucket])
		bucket++;
	if (e == OK && bucket == BUCKETS)
		e = ERR_FULL;
	if (e != OK) {
		buf_wipe(&list);
		return e;
	}
	size_t size = bucket_bytes[bucket], text_len = list.len;
	if (buf_room(&list, size - text_len) == NULL ||
	    sodium_pad(&padded, list.p, text_len, size, size) != 0) {
		buf_wipe(&list);
		return ERR_FULL;
	}
	hash_bytes(service.pub->b, sizeof service.pub->b, &key);
	memcpy(id, key.b, sizeof id);
	buf_add(out, magic, sizeof magic);
	buf_add(out, receipt->locator, LOCATOR_BYTES);
	buf_u32(out, version);
	buf_add(out, (unsigned char[4]){bucket}, 4);
	buf_add(out, id, sizeof id);
	unsigned char *rest = buf_room(out, SIGN_BYTES + size + SEAL_BOX_EXTRA);
	if (rest != NULL &&
	    seal_box(&receipt->answer, list.p, size, rest + SIGN_BYTES) != SYNC_OK) {
		buf_wipe(&list);
		return ERR_REFUSED;
	}
	if (rest != NULL) {
		signed_part(out->p + begin, out->len - begin, part);
		sign_bytes(service.sec, "capsule", part, sizeof part, rest);
	}
	buf_wipe(&list);
	return buf_end(out);
}

enum err capsule_read(const void *bytes, size_t len, struct capsule_unchecked *out)
{
	const unsigned char *p = bytes;
	*out = (struct capsule_unchecked){.bytes = p, .len = len};
	if (len < HEADER_BYTES || memcmp(p, magic, sizeof magic) != 0)
		return ERR_CORRUPT;
	memcpy(out->locator, p + 4, LOCATOR_BYTES);
	out->version = u32_at(p + 36);
	if (p[40] >= BUCKETS || p[41] != 0 || p[42] != 0 || p[43] != 0 ||
	    len != HEADER_BYTES + bucket_bytes[p[40]] + SEAL_BOX_EXTRA)
		return ERR_CORRUPT;
	return OK;
}

enum err capsule_check(const struct capsule_unchecked *in, const struct sign_public *service,
		       struct capsule *out)
{
	unsigned char part[SIGNED_BYTES + HASH_BYTES];
	struct hash key;
	*out = (struct capsule){0};
	hash_bytes(service->b, sizeof service->b, &key);
	signed_part(in->bytes, in->len, part);
	if (memcmp(in->bytes + KEY_ID_AT, key.b, SIGN_ID_CHARS / 2) != 0 ||
	    !sign_holds(service, "capsule", part, sizeof part, in->bytes + SIGNED_BYTES))
		return ERR_REFUSED;
	memcpy(out->locator, in->locator, LOCATOR_BYTES);
	out->version = in->version;
	out->bytes = in->bytes;
	out->len = in->len;
	return OK;
}

enum err capsule_believe(const struct capsule_unchecked *in, const struct settings *s,
			 const char *place, struct capsule *out, struct service_key *by)
{
	char id[SIGN_ID_CHARS + 1];
	text_hex(in->bytes + KEY_ID_AT, SIGN_ID_CHARS / 2, id);
	*out = (struct capsule){0};
	enum err e = settings_service_key(s, place, id, by);
	return e == OK ? capsule_check(in, &by->sign, out) : ERR_REFUSED;
}

static enum err open_entries(const unsigned char *list, size_t len, const struct receipt_keys *k,
			     struct capsule_entry *out, size_t *count)
{
	static unsigned char text[CAPSULE_ENTRY_MAX];
	size_t room = *count, at = 4;
	uint32_t n = len < 4 ? UINT32_MAX : u32_at(list);
	*count = 0;
	if (n > CAPSULE_ENTRIES_MAX || n > room)
		return ERR_CORRUPT;
	enum err e = OK;
	for (uint32_t i = 0; i < n && e == OK; i++) {
		uint32_t size = at + 4 <= len ? u32_at(list + at) : UINT32_MAX;
		at += 4;
		if (size < SEAL_BOX_EXTRA || size - SEAL_BOX_EXTRA > sizeof text || size > len - at)
			return ERR_CORRUPT;
		if (seal_box_open(&k->pub.answer, &k->answer, list + at, size, text) != SYNC_OK)
			e = ERR_CORRUPT;
		else
			e = read_entry(text, size - SEAL_BOX_EXTRA, &out[i]);
		at += size;
		*count += e == OK;
	}
	seal_wipe(text, sizeof text);
	return e;
}

enum err capsule_open(const struct capsule *c, const struct receipt_keys *k,
		      struct capsule_entry *out, size_t *count)
{
	size_t size = c->len - HEADER_BYTES - SEAL_BOX_EXTRA, len = 0;
	unsigned char *list = malloc(size);
	if (list == NULL)
		return ERR_FULL;
	enum err e = OK;
	if (seal_box_open(&k->pub.answer, &k->answer, c->bytes + HEADER_BYTES,
			  size + SEAL_BOX_EXTRA, list) != SYNC_OK)
		e = ERR_REFUSED;
	else if (sodium_unpad(&len, list, size, size) != 0)
		e = ERR_CORRUPT;
	else
		e = open_entries(list, len, k, out, count);
	if (e != OK)
		*count = 0;
	seal_wipe(list, size);
	free(list);
	return e;
}
