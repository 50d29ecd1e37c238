#include "app/store/kiosk/sheet.h"

#include "app/base/log.h"
#include "app/store/kiosk/books_impl.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct sheet_check {
	struct books *b;
	const struct catalogue_template *t;
	struct sheet_entry entry;
	int64_t number;
	struct hash_run run;
	int64_t version; /* of the database when this check began */
	struct record *row;
	char *text; /* all lines, one after another */
	size_t text_used;
	uint32_t done;
};

void sheet_close(struct sheet *s)
{
	if (s == NULL)
		return;
	free((void *)(uintptr_t)s->row);
	free(s->text);
	free(s);
}

void sheet_check_close(struct sheet_check *k)
{
	if (k == NULL)
		return;
	free(k->row);
	free(k->text);
	free(k);
}

static void restart(struct sheet_check *k)
{
	hash_begin(&k->run);
	k->version = books_version(k->b);
	k->text_used = 0;
	k->done = 0;
}

enum err sheet_check_begin(struct books *b, const struct catalogue *c,
			   const struct shelf_sheet *which, struct sheet_check **out)
{
	*out = NULL;
	const struct catalogue_template *t = catalogue_find(c, which->entry.template_id);
	if (which->sheet == 0 || t == NULL)
		return ERR_CORRUPT;
	struct sheet_check *k = calloc(1, sizeof *k);
	if (k == NULL)
		return ERR_FULL;
	k->b = b;
	k->t = t;
	k->entry = which->entry;
	k->number = which->sheet;
	k->row = calloc((size_t)k->entry.rows + 1, sizeof *k->row);
	k->text = malloc(k->entry.bytes + 1);
	if (k->row == NULL || k->text == NULL) {
		sheet_check_close(k);
		return ERR_FULL;
	}
	restart(k);
	*out = k;
	return OK;
}

static int64_t now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static bool same_columns(struct db_stmt *q, const struct record *r)
{
	return db_int(q, 2) == r->day && db_int(q, 3) == r->direction &&
	       db_int(q, 4) == r->amount_fen && strcmp(db_text(q, 5, NULL), r->account) == 0 &&
	       strcmp(db_text(q, 6, NULL), r->title) == 0 &&
	       strcmp(db_text(q, 7, NULL), r->party) == 0;
}

/* One stored row: its bytes go into the hash, its columns must be what the bytes say. */
static enum err take_row(struct sheet_check *k, struct db_stmt *q)
{
	size_t len;
	const char *line = db_text(q, 1, &len);
	if (k->done >= k->entry.rows || db_int(q, 0) != k->done ||
	    k->text_used + len + 1 > k->entry.bytes)
		return ERR_CORRUPT;
	char *copy = k->text + k->text_used;
	memcpy(copy, line, len);
	copy[len] = '\n';
	hash_more(&k->run, copy, len + 1);
	k->text_used += len + 1;
	struct record *r = &k->row[k->done];
	enum err e = record_read(k->t, copy, len, r);
#if SEEDED_BUG == 4 /* stored columns are believed */
	if (same_columns(q, r) || e == OK)
		r->amount_fen = db_int(q, 4);
#else
	if (e == OK && !same_columns(q, r))
		e = ERR_CORRUPT;
#endif
	k->done++;
	return e;
}

static enum err finish(struct sheet_check *k, struct sheet **out)
{
	struct hash hash;
	hash_end(&k->run, &hash);
#if SEEDED_BUG != 5 /* the hash is not compared */
	if (k->done != k->entry.rows || k->text_used != k->entry.bytes ||
	    !hash_equal(&hash, &k->entry.hash))
		return ERR_CORRUPT;
#endif
	struct sheet *s = calloc(1, sizeof *s);
	if (s == NULL)
		return ERR_FULL;
	s->entry = k->entry;
	s->number = k->number;
	s->rows = k->done;
	s->row = k->row;
	s->text = k->text;
	for (size_t i = 0; i < s->rows; i++) {
		if (k->row[i].direction > 0)
			s->in_fen += k->row[i].amount_fen;
		else if (k->row[i].direction < 0)
			s->out_fen += k->row[i].amount_fen;
	}
	k->row = NULL;
	k->text = NULL;
	*out = s;
	return OK;
}

enum err sheet_check_step(struct sheet_check *k, int64_t budget_us, struct sheet **out)
{
	int64_t until = now_us() + budget_us;
	*out = NULL;
	enum err e = db_begin_read(k->b->db);
	if (e != OK)
		return e;
	if (books_version(k->b) != k->version)
		restart(k); /* the books moved between two steps */
	struct db_stmt *q = db_stmt(k->b->db, BOOKS_RECORDS);
	db_bind_int(q, 1, k->number);
	db_bind_int(q, 2, k->done);
	bool more = true;
	for (unsigned i = 1; e == OK; i++) {
		e = db_step(q);
		if (e == ERR_MISSING)
			more = false;
		if (e != OK)
			break;
		e = take_row(k, q);
		if (i % 32 == 0 && now_us() > until)
			break;
	}
	db_done(q);
	db_rollback(k->b->db);
	if (e == ERR_MISSING)
		e = OK;
	if (e != OK)
		return e == ERR_FULL || e == ERR_IO ? e : ERR_CORRUPT;
	return more ? ERR_MISSING : finish(k, out);
}
