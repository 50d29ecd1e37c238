/* pages.c - which pictures the rows in force name. */
#include "app/base/text.h"
#include "app/store/kiosk/books_impl.h"

#include <stdlib.h>

static enum err grow(struct books_pages *p, size_t *cap)
{
	if (p->count < *cap)
		return OK;
	size_t more = *cap == 0 ? 256 : *cap * 2;
	struct hash *grown = realloc(p->hash, more * sizeof *grown);
	if (grown == NULL)
		return ERR_FULL;
	p->hash = grown;
	*cap = more;
	return OK;
}

enum err books_pages(struct books *b, const char *place, struct books_pages *out)
{
	size_t cap = 0;
	enum err e;
	*out = (struct books_pages){0};
	struct db_stmt *q = db_stmt(b->db, BOOKS_PAGES);
	db_bind_text(q, 1, place, -1);
	for (e = db_step(q); e == OK && out->count < BOOKS_PAGES_MAX; e = db_step(q)) {
		size_t len;
		const char *hex = db_text(q, 0, &len);
		e = grow(out, &cap);
		if (e != OK)
			break;
		if (text_unhex(hex, len, out->hash[out->count].b, HASH_BYTES))
			out->count++;
	}
	db_done(q);
	e = e == ERR_MISSING ? OK : books_said(b, e);
	if (e != OK) {
		free(out->hash);
		*out = (struct books_pages){0};
	}
	return e;
}
