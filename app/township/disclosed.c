#include "app/township/disclosed.h"

#include "sync/sign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHEETS_MAX = 20000 };

static bool same(const struct sheet_entry *a, const struct sheet_entry *b)
{
	return a->part == b->part && strcmp(a->period, b->period) == 0 &&
	       strcmp(a->template_id, b->template_id) == 0;
}

static int by_template(const void *a, const void *b)
{
	const struct sheet_entry *x = &((const struct disclosed_sheet *)a)->entry,
				 *y = &((const struct disclosed_sheet *)b)->entry;
	int c = strcmp(x->template_id, y->template_id);
	if (c == 0)
		c = strcmp(y->period, x->period);
	if (c == 0)
		c = (x->part > y->part) - (x->part < y->part);
	return c != 0 ? c : (x->version < y->version) - (x->version > y->version);
}

static enum err add(struct disclosed *d, const struct publication *p, size_t *room)
{
	for (size_t i = 0; i < p->sheet_count; i++) {
		if (d->count == *room) {
			size_t more = *room == 0 ? 64 : *room * 2;
			struct disclosed_sheet *s =
				more > SHEETS_MAX ? NULL : realloc(d->sheet, more * sizeof *s);
			if (s == NULL)
				return ERR_FULL;
			d->sheet = s;
			*room = more;
		}
		struct disclosed_sheet *s = &d->sheet[d->count++];
		*s = (struct disclosed_sheet){
			.entry = p->sheet[i], .day = p->day, .publication = p->number};
	}
	return OK;
}

static enum err add_word(struct disclosed *d, const struct publication *p, size_t *room)
{
	if (d->number == *room) {
		size_t more = *room * 2 + 32;
		struct disclosed_word *w = realloc(d->word, more * sizeof *w);
		if (w == NULL)
			return ERR_FULL;
		d->word = w;
		*room = more;
	}
	struct disclosed_word *w = &d->word[d->number];
	*w = (struct disclosed_word){.publication = p->number};
	memcpy(w->prepared_by, p->prepared_by, sizeof w->prepared_by);
	memcpy(w->approved_by, p->approved_by, sizeof w->approved_by);
	memcpy(w->supervisor, p->supervisor, sizeof w->supervisor);
	memcpy(w->objection, p->objection, sizeof w->objection);
	return OK;
}

/* Of every sheet the newest version; what has no row left is gone. */
static void keep_newest(struct disclosed *d)
{
	size_t kept = 0;
	if (d->count > 0)
		qsort(d->sheet, d->count, sizeof d->sheet[0], by_template);
	for (size_t i = 0; i < d->count; i++) {
		bool older = i > 0 && same(&d->sheet[i - 1].entry, &d->sheet[i].entry);
#if SEEDED_BUG == 61 /* what was replaced counts too */
		older = false;
#endif
		if (!older && d->sheet[i].entry.rows > 0)
			d->sheet[kept++] = d->sheet[i];
	}
	d->count = kept;
}

enum err disclosed_read(struct db *db, const char *place, struct disclosed *out)
{
	struct buf bytes;
	struct signed_unchecked text;
	size_t room = 0, word_room = 0;
	*out = (struct disclosed){0};
	buf_init(&bytes, PUBLICATION_BYTES_MAX);
	enum err e = OK;
	for (uint64_t n = 1; e == OK; n++) {
		struct publication p = {0};
		buf_clear(&bytes);
		e = publications_get(db, place, n, &bytes);
		if (e == OK && signed_read(bytes.p, bytes.len, "publication", &text) != SYNC_OK)
			e = ERR_CORRUPT;
		if (e == OK)
			e = publication_glance(text.body, text.body_len, &p);
		if (e == OK)
			e = add(out, &p, &room);
		if (e == OK)
			e = add_word(out, &p, &word_room);
		if (e == OK) {
			out->number = p.number;
			out->day = p.day;
			snprintf(out->issuer, sizeof out->issuer, "%s", p.issuer);
		}
		publication_free(&p);
	}
	buf_free(&bytes);
	if (e != ERR_MISSING) {
		disclosed_free(out);
		return e;
	}
	keep_newest(out);
	return OK;
}

void disclosed_free(struct disclosed *d)
{
	free(d->sheet);
	free(d->word);
	*d = (struct disclosed){0};
}

const struct disclosed_word *disclosed_word(const struct disclosed *d, uint64_t publication)
{
	return publication == 0 || publication > d->number ? NULL : &d->word[publication - 1];
}

size_t disclosed_find(const struct disclosed *d, const char *template_id, const char *period,
		      size_t *count)
{
	size_t first = 0;
	*count = 0;
	for (size_t i = 0; i < d->count; i++) {
		const struct sheet_entry *e = &d->sheet[i].entry;
		if (strcmp(e->template_id, template_id) != 0 ||
		    (period != NULL && strcmp(e->period, period) != 0))
			continue;
		if ((*count)++ == 0)
			first = i;
	}
	return first;
}

enum err disclosed_rows(struct db *db, const struct disclosed *d, size_t first, size_t count,
			struct buf *out)
{
	enum err e = OK;
	for (size_t i = first; e == OK && i < first + count && i < d->count; i++)
		e = publications_sheet(db, &d->sheet[i].entry.hash, out);
	return e;
}
