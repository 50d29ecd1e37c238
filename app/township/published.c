#include "app/township/published.h"

#include "sync/sign.h"

#include <string.h>

/* A publication that was checked when it was stored. */
static enum err glance(const struct buf *bytes, struct publication *out)
{
	struct signed_unchecked text;
	if (signed_read(bytes->p, bytes->len, "publication", &text) != SYNC_OK)
		return ERR_CORRUPT;
	return publication_glance(text.body, text.body_len, out);
}

static enum err fold(struct published *out, const struct publication *p, const char *template_id,
		     const char *period)
{
	for (size_t i = 0; i < p->sheet_count; i++) {
		const struct sheet_entry *s = &p->sheet[i];
		if (strcmp(s->template_id, template_id) != 0 || strcmp(s->period, period) != 0)
			continue;
		if (s->part == 0 || s->part > PUBLISHED_PARTS_MAX)
			return ERR_FULL;
		out->part[s->part - 1] = *s;
		if (s->part > out->parts)
			out->parts = s->part;
	}
	return OK;
}

enum err published_read(struct db *db, const char *place, const char *template_id,
			const char *period, struct published *out)
{
	struct buf bytes;
	struct publication p = {0};
	*out = (struct published){0};
	buf_init(&bytes, PUBLICATION_BYTES_MAX);
	enum err e = publications_last(db, place, &bytes);
	if (e == ERR_MISSING) {
		buf_free(&bytes);
		return OK;
	}
	if (e == OK)
		e = glance(&bytes, &p);
	if (e == OK) {
		out->number = p.number;
		hash_bytes(bytes.p, bytes.len, &out->previous);
	}
	publication_free(&p);
	for (uint64_t n = 1; e == OK && n <= out->number; n++) {
		p = (struct publication){0};
		buf_clear(&bytes);
		e = publications_get(db, place, n, &bytes);
		if (e == OK)
			e = glance(&bytes, &p);
		if (e == OK)
			e = fold(out, &p, template_id, period);
		publication_free(&p);
	}
	buf_free(&bytes);
	return e;
}

enum err published_rows(struct db *db, const struct published *p, struct buf *out)
{
	enum err e = OK;
	for (size_t i = 0; e == OK && i < p->parts; i++)
		if (p->part[i].rows > 0)
			e = publications_sheet(db, &p->part[i].hash, out);
	return e;
}
