#include "app/village/publication.h"

#include "app/village/period.h"

#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/village/json.h"
#include "app/village/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The body of the signed text:
 *   format 1, place, number, previous (hex), day, issuer, prepared_by, approved_by, supervisor,
 *   objection?
 *   sheets [{template, period, part, version, rows, bytes, hash, reason?}] */

void publication_free(struct publication *p)
{
	free(p->sheet);
	p->sheet = NULL;
	p->sheet_count = 0;
}

static bool good_period(const char *s)
{
	int year, part;
	return strcmp(s, "once") == 0 || (period_parts(s, &year, &part) && year >= 1949);
}

static bool read_entry(const json_t *o, struct sheet_entry *e)
{
	int64_t part, version, rows, bytes;
	if (!json_text(o, "template", e->template_id, sizeof e->template_id) ||
	    !json_text(o, "period", e->period, sizeof e->period) || !good_period(e->period) ||
	    !json_whole(o, "part", 1, 100000, &part) ||
	    !json_whole(o, "version", 1, 1000000, &version) ||
	    !json_whole(o, "rows", 0, SHEET_ROWS_MAX, &rows) ||
	    !json_whole(o, "bytes", 0, SHEET_BYTES_MAX, &bytes) ||
	    !json_hex(o, "hash", e->hash.b, HASH_BYTES) ||
	    !json_text_or_empty(o, "reason", e->reason, sizeof e->reason))
		return false;
	e->part = (uint32_t)part;
	e->version = (uint32_t)version;
	e->rows = (uint32_t)rows;
	e->bytes = (uint64_t)bytes;
	return e->template_id[0] != 0;
}

static int compare_entries(const void *a, const void *b)
{
	const struct sheet_entry *x = a, *y = b;
	int c = strcmp(x->template_id, y->template_id);
	if (c == 0)
		c = strcmp(x->period, y->period);
	return c != 0 ? c : (x->part > y->part) - (x->part < y->part);
}

/* One sheet stands in a publication once, whatever its version. */
static enum err check_once(const struct publication *p)
{
	struct sheet_entry *sorted = calloc(p->sheet_count + 1, sizeof *sorted);
	bool twice = false;
	if (sorted == NULL)
		return ERR_FULL;
	memcpy(sorted, p->sheet, p->sheet_count * sizeof *sorted);
	qsort(sorted, p->sheet_count, sizeof *sorted, compare_entries);
	for (size_t i = 1; i < p->sheet_count; i++)
		twice = twice || compare_entries(&sorted[i - 1], &sorted[i]) == 0;
	free(sorted);
	return twice ? ERR_CORRUPT : OK;
}

static enum err read_body(const json_t *o, struct publication *out)
{
	int64_t format, number, day;
	const json_t *sheets = json_list(o, "sheets", PUBLICATION_SHEETS_MAX), *entry;
	size_t i;
	if (!json_text(o, "place", out->place, sizeof out->place) || !place_id_valid(out->place))
		return ERR_CORRUPT;
	if (json_whole(o, "format", 2, INT64_MAX, &format)) {
		if (json_whole(o, "day", 19700101, 99991231, &day))
			out->day = (int32_t)day; /* which key counts depends on it */
		return ERR_MISSING;
	}
	if (sheets == NULL || !json_whole(o, "format", 1, 1, &format) ||
	    !json_whole(o, "number", 1, INT64_MAX, &number) ||
	    !json_hex(o, "previous", out->previous.b, HASH_BYTES) ||
	    !json_whole(o, "day", 19700101, 99991231, &day) || !clock_day_valid((int32_t)day) ||
	    !json_text(o, "issuer", out->issuer, sizeof out->issuer) ||
	    !json_text_or_empty(o, "prepared_by", out->prepared_by, sizeof out->prepared_by) ||
	    !json_text_or_empty(o, "approved_by", out->approved_by, sizeof out->approved_by) ||
	    !json_text_or_empty(o, "supervisor", out->supervisor, sizeof out->supervisor) ||
	    !json_text_or_empty(o, "objection", out->objection, sizeof out->objection))
		return ERR_CORRUPT;
	out->number = (uint64_t)number;
	out->day = (int32_t)day;
	out->sheet = calloc(json_array_size(sheets) + 1, sizeof *out->sheet);
	if (out->sheet == NULL)
		return ERR_FULL;
	json_array_foreach(sheets, i, entry)
	{
		if (!read_entry(entry, &out->sheet[i]))
			return ERR_CORRUPT;
		out->sheet_count = i + 1;
	}
	return check_once(out);
}

enum err publication_read(const void *bytes, size_t len, const struct settings *s,
			  struct publication *out)
{
	struct signed_unchecked raw;
	struct signed_checked text;
	struct sign_public key;
	*out = (struct publication){0};
	if (len > PUBLICATION_BYTES_MAX || signed_read(bytes, len, "publication", &raw) != SYNC_OK)
		return ERR_CORRUPT;
	/* The place says which keys may sign for it, so it is read first and believed only after
	 * the signature. */
	json_t *o = json_object_of(raw.body, raw.body_len);
	enum err e = o == NULL ? ERR_CORRUPT : read_body(o, out);
	json_decref(o);
	bool later = e == ERR_MISSING;
	if (e == OK || later)
		e = settings_publication_key(s, out->place, raw.key_id, out->day, &key,
					     &out->key_until);
	if (e == OK && signed_check(&raw, &key, &text) != SYNC_OK)
		e = ERR_REFUSED;
	if (e == OK && later)
		e = ERR_MISSING;
	if (e != OK) {
		publication_free(out);
		*out = (struct publication){0};
		return e;
	}
	hash_bytes(bytes, len, &out->hash);
	return OK;
}

enum err publication_glance(const void *body, size_t len, struct publication *out)
{
	*out = (struct publication){0};
	json_t *o = json_object_of(body, len);
	enum err e = o == NULL ? ERR_CORRUPT : read_body(o, out);
	json_decref(o);
	if (e != OK)
		publication_free(out);
	return e;
}

static json_t *entry_json(const struct sheet_entry *e)
{
	json_t *o = json_object();
	json_put(o, "template", json_string(e->template_id));
	json_put(o, "period", json_string(e->period));
	json_put(o, "part", json_integer(e->part));
	json_put(o, "version", json_integer(e->version));
	json_put(o, "rows", json_integer(e->rows));
	json_put(o, "bytes", json_integer((json_int_t)e->bytes));
	json_put(o, "hash", json_hex_value(e->hash.b, HASH_BYTES));
	if (e->reason[0] != 0)
		json_put(o, "reason", json_string(e->reason));
	return o;
}

enum err publication_make(struct publication *p, const struct sign_public *pub,
			  const struct sign_secret *sec, struct buf *out)
{
	struct buf body;
	unsigned char *whole = NULL;
	size_t len = 0;
	json_t *o = json_object(), *sheets = json_array();
	for (size_t i = 0; i < p->sheet_count; i++)
		json_array_append_new(sheets, entry_json(&p->sheet[i]));
	json_put(o, "format", json_integer(1));
	json_put(o, "place", json_string(p->place));
	json_put(o, "number", json_integer((json_int_t)p->number));
	json_put(o, "previous", json_hex_value(p->previous.b, HASH_BYTES));
	json_put(o, "day", json_integer(p->day));
	json_put(o, "issuer", json_string(p->issuer));
	json_put(o, "prepared_by", json_string(p->prepared_by));
	json_put(o, "approved_by", json_string(p->approved_by));
	json_put(o, "supervisor", json_string(p->supervisor));
	if (p->objection[0] != 0)
		json_put(o, "objection", json_string(p->objection));
	json_put(o, "sheets", sheets);
	buf_init(&body, PUBLICATION_BYTES_MAX - SIGN_HEAD_MAX);
	enum err e = json_write(o, &body);
	if (e == OK &&
	    signed_make("publication", signer(pub, sec), body.p, body.len, &whole, &len) != SYNC_OK)
		e = ERR_FULL;
	if (e == OK) {
		hash_bytes(whole, len, &p->hash);
		buf_add(out, whole, len);
	}
	free(whole);
	buf_free(&body);
	return e == OK ? buf_end(out) : e;
}

enum err publication_follows(const struct publication *last, const struct publication *next)
{
	static const struct hash zero;
	uint64_t at = last == NULL ? 0 : last->number;
	if (next->number == at && last != NULL)
		return hash_equal(&last->hash, &next->hash) ? ERR_SAME : ERR_REFUSED;
	if (next->number < at)
		return ERR_SAME;
	if (next->number > at + 1)
		return ERR_MISSING;
	if (last != NULL && next->key_until != 0 && last->day > next->key_until)
		return ERR_REFUSED;
	return hash_equal(last == NULL ? &zero : &last->hash, &next->previous) ? OK : ERR_REFUSED;
}

void sheet_fingerprint(const struct hash *sheet, char out[40])
{
	size_t n = 0;
	for (size_t i = 0; i < 8; i++) {
		unsigned word = (unsigned)sheet->b[2 * i] << 8 | sheet->b[2 * i + 1];
		n += (size_t)snprintf(out + n, 40 - n, "%s%04u", i == 0 ? "" : " ", word % 10000);
	}
}

/* The row id at the head of a line: {"id":"...". */
static bool line_id(const char *line, size_t len, const char **id, size_t *id_len)
{
	static const char head[] = "{\"id\":\"";
	if (len < sizeof head || memcmp(line, head, sizeof head - 1) != 0)
		return false;
	*id = line + sizeof head - 1;
	const char *end = memchr(*id, '"', len - (sizeof head - 1));
	*id_len = end == NULL ? 0 : (size_t)(end - *id);
	return end != NULL && *id_len > 0 && *id_len <= RECORD_ID_MAX &&
	       memchr(*id, '\\', *id_len) == NULL;
}

static int compare_ids(const char *a, size_t a_len, const char *b, size_t b_len)
{
	int c = memcmp(a, b, a_len < b_len ? a_len : b_len);
	return c != 0 ? c : a_len < b_len ? -1 : a_len > b_len;
}

enum err sheet_measure(const void *bytes, size_t len, struct sheet_entry *entry)
{
	const char *p = bytes, *end = p + len, *before = NULL;
	size_t before_len = 0;
	if (len > SHEET_BYTES_MAX || !text_is_plain(bytes, len))
		return ERR_CORRUPT;
	entry->rows = 0;
	while (p < end) {
		const char *feed = memchr(p, '\n', (size_t)(end - p)), *id;
		size_t id_len;
		if (feed == NULL || feed - p > RECORD_LINE_MAX || entry->rows == SHEET_ROWS_MAX ||
		    !line_id(p, (size_t)(feed - p), &id, &id_len) ||
		    (before != NULL && compare_ids(before, before_len, id, id_len) >= 0))
			return ERR_CORRUPT;
		before = id;
		before_len = id_len;
		entry->rows++;
		p = feed + 1;
	}
	entry->bytes = len;
	hash_bytes(bytes, len, &entry->hash);
	return OK;
}
