/* apply.c - a publication becomes visible: rows in short transactions under a generation nobody
 * sees, then one switch. The functions stand in books.h. */
#include "app/store/kiosk/books_impl.h"

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/village/record.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_PER_COMMIT = 5000, WORDS_MAX = 16384 };

struct books_apply {
	struct books *b;
	const struct catalogue *catalogue;
	struct publication p; /* own copy */
	bool *given;
	struct buf words;
	int in_transaction; /* rows since the last commit */
	bool begun;
	bool failed; /* nothing more is taken: a part of it may be missing */
};

/* --- what an interrupted run left --- */

static enum err drop_rows(struct books *b, int64_t sheet)
{
	enum err e;
	do {
		e = db_begin(b->db);
		if (e != OK)
			return e;
		struct db_stmt *q = db_stmt(b->db, BOOKS_STAGED_ROWS_DROP);
		db_bind_int(q, 1, sheet);
		e = db_run(q);
		bool more = db_changes(b->db) == ROWS_PER_COMMIT;
		if (e == OK)
			e = db_commit(b->db);
		else
			db_rollback(b->db);
		if (!more)
			break;
	} while (e == OK);
	return e;
}

static enum err drop_staged(struct books *b)
{
	for (;;) {
		char place[PLACE_ID_MAX + 1];
		struct db_stmt *q = db_stmt(b->db, BOOKS_STAGED);
		enum err e = db_step(q);
		if (e != OK)
			return e == ERR_MISSING ? OK : e;
		bool has_sheet = !db_null(q, 0);
		int64_t sheet = db_int(q, 0), number = db_int(q, 2);
		size_t len;
		const char *text = db_text(q, 1, &len);
		if (len >= sizeof place)
			len = sizeof place - 1;
		memcpy(place, text, len);
		place[len] = 0;
		db_done(q);
		/* Their words stay in the index and point nowhere: the next sheet of this number
		 * has new words, and every hit is compared with the row. */
		if (has_sheet) {
			e = drop_rows(b, sheet);
			q = db_stmt(b->db, BOOKS_SHEET_DROP);
			db_bind_int(q, 1, sheet);
		} else {
			q = db_stmt(b->db, BOOKS_PUBLICATION_DROP);
			db_bind_text(q, 1, place, -1);
			db_bind_int(q, 2, number);
		}
		if (e == OK)
			e = db_run(q);
		if (e != OK)
			return e;
	}
}

/* --- beginning --- */

enum err books_last_publication(struct books *b, const char *place, struct publication *out)
{
	struct signed_unchecked raw;
	size_t len;
	*out = (struct publication){0};
	struct db_stmt *q = db_stmt(b->db, BOOKS_PUBLICATION_LAST);
	db_bind_text(q, 1, place, -1);
	enum err e = db_step(q);
	if (e != OK)
		return e;
	const void *bytes = db_blob(q, 0, &len);
	/* It was checked when it was applied; here only its number and hash are wanted. */
	e = signed_read(bytes, len, "publication", &raw) == SYNC_OK
		    ? publication_glance(raw.body, raw.body_len, out)
		    : ERR_CORRUPT;
	if (e == OK)
		hash_bytes(bytes, len, &out->hash);
	db_done(q);
	return e;
}

static enum err copy_publication(const struct publication *p, struct books_apply *a)
{
	a->p = *p;
	a->p.sheet = calloc(p->sheet_count + 1, sizeof *p->sheet);
	a->given = calloc(p->sheet_count + 1, sizeof *a->given);
	if (a->p.sheet == NULL || a->given == NULL)
		return ERR_FULL;
	memcpy(a->p.sheet, p->sheet, p->sheet_count * sizeof *p->sheet);
	return OK;
}

enum err books_apply_begin(struct books *b, const struct catalogue *c, const struct publication *p,
			   const void *bytes, size_t len, struct books_apply **out)
{
	struct publication last;
	*out = NULL;
	enum err e = books_said(b, drop_staged(b));
	if (e != OK)
		return e;
	e = books_said(b, books_last_publication(b, p->place, &last));
	if (e != OK && e != ERR_MISSING)
		return e;
	e = publication_follows(e == OK ? &last : NULL, p);
	publication_free(&last);
	if (e != OK)
		return e;
	struct books_apply *a = calloc(1, sizeof *a);
	if (a == NULL)
		return ERR_FULL;
	a->b = b;
	a->catalogue = c;
	buf_init(&a->words, WORDS_MAX);
	e = copy_publication(p, a);
	if (e == OK) {
		struct db_stmt *q = db_stmt(b->db, BOOKS_PUBLICATION_ADD);
		db_bind_text(q, 1, p->place, -1);
		db_bind_int(q, 2, (int64_t)p->number);
		db_bind_blob(q, 3, bytes, len);
		e = books_said(b, db_run(q));
	}
	if (e != OK) {
		books_apply_close(a);
		return e;
	}
	*out = a;
	return OK;
}

/* --- rows --- */

/* What the row carries along. */
static enum err add_pages(struct books_apply *a, int64_t sheet, const struct record *r)
{
	struct hash page[RECORD_ATTACH_MAX];
	size_t count = 0;
	enum err e = r->attach_count == 0 ? OK : record_attach(r->line, r->line_len, page, &count);
	for (size_t i = 0; i < count && e == OK; i++) {
		char hex[2 * HASH_BYTES + 1];
		struct db_stmt *q = db_stmt(a->b->db, BOOKS_PAGE_ADD);
		text_hex(page[i].b, HASH_BYTES, hex);
		db_bind_int(q, 1, sheet);
		db_bind_text(q, 2, hex, -1);
		e = db_run(q);
	}
	return e;
}

static enum err add_row(struct books_apply *a, int64_t sheet, uint32_t ordinal,
			const struct record *r)
{
	struct db_stmt *q = db_stmt(a->b->db, BOOKS_RECORD_ADD);
	db_bind_int(q, 1, sheet);
	db_bind_int(q, 2, ordinal);
	db_bind_text(q, 3, r->line, (int64_t)r->line_len);
	db_bind_int(q, 4, r->day);
	db_bind_int(q, 5, r->direction);
	db_bind_int(q, 6, r->amount_fen);
	db_bind_text(q, 7, r->account, -1);
	db_bind_text(q, 8, r->title, -1);
	db_bind_text(q, 9, r->party, -1);
	enum err e = db_run(q);
	if (e == OK)
		e = add_pages(a, sheet, r);
	if (e != OK)
		return e;
	buf_clear(&a->words);
	search_words(a->p.place, r, &a->words);
	q = db_stmt(a->b->db, BOOKS_WORDS_ADD);
	db_bind_int(q, 1, search_rowid(sheet, ordinal));
	db_bind_text(q, 2, buf_str(&a->words), (int64_t)a->words.len);
	return db_run(q);
}

static enum err add_sheet(struct books_apply *a, const struct sheet_entry *e, int64_t *sheet)
{
	struct db_stmt *q = db_stmt(a->b->db, BOOKS_SHEET_ADD);
	db_bind_text(q, 1, a->p.place, -1);
	db_bind_text(q, 2, e->template_id, -1);
	db_bind_text(q, 3, e->period, -1);
	db_bind_int(q, 4, e->part);
	db_bind_int(q, 5, e->version);
	db_bind_int(q, 6, (int64_t)a->p.number);
	enum err err = db_run(q);
	*sheet = db_last_rowid(a->b->db);
	return err;
}

static enum err flush_rows(struct books_apply *a)
{
	enum err e = a->begun ? db_commit(a->b->db) : OK;
	a->begun = false;
	a->in_transaction = 0;
	return e;
}

static enum err room_for(struct books_apply *a, uint32_t rows)
{
	enum err e = a->in_transaction + (int)rows > ROWS_PER_COMMIT ? flush_rows(a) : OK;
	if (e == OK && !a->begun) {
		e = db_begin(a->b->db);
		a->begun = e == OK;
	}
	return e;
}

/* ERR_CORRUPT: a row is not what its template says. */
static enum err add_rows(struct books_apply *a, const struct sheet_entry *entry,
			 const struct catalogue_template *t, const char *p, size_t len)
{
	const char *end = p + len;
	int64_t sheet = 0;
	enum err e = room_for(a, entry->rows);
	if (e == OK)
		e = add_sheet(a, entry, &sheet);
	e = books_said(a->b, e);
	for (uint32_t row = 0; row < entry->rows && e == OK; row++) {
		struct record r;
		const char *feed = memchr(p, '\n', (size_t)(end - p));
		e = record_read(t, p, (size_t)(feed - p), &r);
		if (e == OK)
			e = books_said(a->b, add_row(a, sheet, row, &r));
		p = feed + 1;
	}
	return e;
}

static enum err take_sheet(struct books_apply *a, size_t i, const void *bytes, size_t len)
{
	struct sheet_entry measured = {.part = 1};
	const struct sheet_entry *entry = i < a->p.sheet_count ? &a->p.sheet[i] : NULL;
	if (entry == NULL || a->given[i])
		return ERR_REFUSED;
	const struct catalogue_template *t = catalogue_find(a->catalogue, entry->template_id);
	if (sheet_measure(bytes, len, &measured) != OK || measured.rows != entry->rows ||
	    !hash_equal(&measured.hash, &entry->hash) || len != entry->bytes) {
		log_warn("books: a sheet of %s %s is not what its publication says", a->p.place,
			 entry->period);
		return ERR_CORRUPT;
	}
	if (t == NULL) {
		log_warn("books: this release knows no template %s", entry->template_id);
		return ERR_MISSING;
	}
	enum err e = add_rows(a, entry, t, bytes, len);
	if (e != OK)
		return e;
	a->in_transaction += (int)entry->rows;
	a->given[i] = true;
	return OK;
}

enum err books_apply_sheet(struct books_apply *a, size_t i, const void *bytes, size_t len)
{
	if (a->failed)
		return ERR_REFUSED;
	enum err e = take_sheet(a, i, bytes, len);
	if (e == OK)
		return OK;
	/* Sheets taken since the last commit go with it, so the whole must be begun again. */
	a->failed = true;
	db_rollback(a->b->db);
	a->begun = false;
	return e;
}

enum err books_apply_finish(struct books_apply *a)
{
	if (a->failed)
		return ERR_REFUSED;
	for (size_t i = 0; i < a->p.sheet_count; i++)
		if (!a->given[i])
			return ERR_MISSING;
	enum err e = flush_rows(a);
	if (e == OK)
		e = db_begin(a->b->db);
	const enum books_statement steps[] = {BOOKS_SHEET_OLD, BOOKS_SHEET_NEW,
					      BOOKS_PUBLICATION_SHOW};
	for (size_t i = 0; i < sizeof steps / sizeof steps[0] && e == OK; i++) {
		struct db_stmt *q = db_stmt(a->b->db, (int)steps[i]);
		db_bind_text(q, 1, a->p.place, -1);
		db_bind_int(q, 2, (int64_t)a->p.number);
		e = db_run(q);
	}
	if (e == OK)
		return books_said(a->b, db_commit(a->b->db));
	db_rollback(a->b->db);
	return books_said(a->b, e);
}

void books_apply_close(struct books_apply *a)
{
	if (a == NULL)
		return;
	if (a->begun)
		db_rollback(a->b->db);
	buf_free(&a->words);
	publication_free(&a->p);
	free(a->given);
	free(a);
}
