#include "app/store/township/vouchers.h"

#include "app/store/township/township_impl.h"
#include "app/village/attach.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- reading --- */

static void hash_of(struct db_stmt *q, int col, bool *there, struct hash *out)
{
	*there = township_blob(q, col, out->b, HASH_BYTES);
}

/* PAGE_COLUMNS */
static void row_of(struct db_stmt *q, struct voucher *out)
{
	bool there;
	*out = (struct voucher){.id = db_int(q, 0), .draft = db_int(q, 1), .rank = db_int(q, 3)};
	snprintf(out->record, sizeof out->record, "%s", db_text(q, 2, NULL));
	hash_of(q, 4, &there, &out->hash);
	hash_of(q, 5, &out->is_kept, &out->kept);
	hash_of(q, 6, &out->has_whole, &out->whole);
	hash_of(q, 7, &out->has_original, &out->original);
	snprintf(out->boxes, sizeof out->boxes, "%s", db_text(q, 8, NULL));
	out->looked = db_int(q, 9);
}

enum err vouchers_find(struct db *db, int64_t id, struct voucher *out)
{
	struct db_stmt *q = db_stmt(db, SQL_PAGE);
	db_bind_int(q, 1, id);
	enum err e = db_step(q);
	if (e == OK)
		row_of(q, out);
	db_done(q);
	return e;
}

static enum err read_all(struct db_stmt *q, struct voucher **out, size_t *count)
{
	size_t room = 0;
	enum err e = db_step(q);
	*out = NULL;
	*count = 0;
	for (; e == OK; e = db_step(q)) {
		if (*count == room) {
			room = room == 0 ? 32 : 2 * room;
			struct voucher *more = realloc(*out, room * sizeof *more);
			if (more == NULL) {
				e = ERR_FULL;
				break;
			}
			*out = more;
		}
		row_of(q, &(*out)[(*count)++]);
	}
	db_done(q);
	return e == ERR_MISSING ? OK : e;
}

enum err vouchers_of(struct db *db, int64_t draft, struct voucher **out, size_t *count)
{
	struct db_stmt *q = db_stmt(db, SQL_PAGES_OF);
	db_bind_int(q, 1, draft);
	return read_all(q, out, count);
}

static enum err of_row(struct db *db, int64_t draft, const char *record, struct voucher **out,
		       size_t *count)
{
	struct db_stmt *q = db_stmt(db, SQL_PAGES_OF_ROW);
	db_bind_int(q, 1, draft);
	db_bind_text(q, 2, record, -1);
	return read_all(q, out, count);
}

static enum err count_of(struct db *db, int statement, int64_t draft, int64_t *count)
{
	struct db_stmt *q = db_stmt(db, statement);
	db_bind_int(q, 1, draft);
	enum err e = db_step(q);
	*count = e == OK ? db_int(q, 0) : 0;
	db_done(q);
	return e;
}

enum err vouchers_waiting(struct db *db, int64_t draft, int64_t *count)
{
	return count_of(db, SQL_PAGES_OPEN, draft, count);
}

/* --- the draft's sheet, anew --- */

struct naming {
	const struct voucher *page;
	size_t count;
	bool *seen; /* that some row of the sheet carries it */
};

/* Pages stand by row and order. */
static enum err name_pages(void *self, const char *row, struct hash page[RECORD_ATTACH_MAX],
			   size_t *count)
{
	const struct naming *n = self;
	*count = 0;
	for (size_t i = 0; i < n->count; i++) {
		if (strcmp(n->page[i].record, row) != 0)
			continue;
		if (*count == RECORD_ATTACH_MAX)
			return ERR_FULL;
		page[(*count)++] = n->page[i].hash;
		n->seen[i] = true;
	}
	return OK;
}

static enum err put_sheet(struct db *db, int64_t draft, const struct buf *sheet)
{
	struct db_stmt *q = db_stmt(db, SQL_DRAFT_SHEET_PUT);
	db_bind_int(q, 1, draft);
	db_bind_blob(q, 2, sheet->p, sheet->len);
	return db_run(q);
}

/* Pages of rows the draft does not have are forgotten and counted; without `lost` there may be
 * none.
 */
static enum err end_strays(struct db *db, const struct naming *n, size_t *lost)
{
	enum err e = OK;
	for (size_t i = 0; i < n->count && e == OK; i++) {
		if (n->seen[i])
			continue;
		if (lost == NULL)
			return ERR_MISSING;
		(*lost)++;
		struct db_stmt *q = db_stmt(db, SQL_PAGE_FORGET);
		db_bind_int(q, 1, n->page[i].id);
		e = db_run(q);
	}
	return e;
}

/* `lost` as end_strays, from 0. */
static enum err refresh(struct db *db, int64_t draft, size_t *lost)
{
	struct draft d;
	struct buf sheet, fresh;
	struct voucher *page = NULL;
	struct naming n = {0};
	buf_init(&sheet, DRAFT_BYTES_MAX);
	buf_init(&fresh, DRAFT_BYTES_MAX);
	if (lost != NULL)
		*lost = 0;
	enum err e = drafts_find(db, draft, &d, &sheet, NULL);
	if (e == OK)
		e = vouchers_of(db, draft, &page, &n.count);
	n.page = page;
	n.seen = e == OK ? calloc(n.count + 1, sizeof *n.seen) : NULL;
	if (e == OK && n.seen == NULL)
		e = ERR_FULL;
	if (e == OK)
		e = attach_sheet(sheet.p, sheet.len, &(struct attach_source){name_pages, &n},
				 &fresh);
	if (e == OK)
		e = end_strays(db, &n, lost);
	if (e == OK)
		e = put_sheet(db, draft, &fresh);
	free(n.seen);
	free(page);
	buf_free(&sheet);
	buf_free(&fresh);
	return e;
}

/* --- changing --- */

static enum err room_for_one(struct db *db, int64_t draft, const char *record)
{
	struct voucher *page;
	size_t count;
	int64_t all;
	enum err e = count_of(db, SQL_PAGES_COUNT, draft, &all);
	if (e == OK && all >= VOUCHERS_DRAFT_MAX)
		return ERR_FULL;
	if (e == OK)
		e = of_row(db, draft, record, &page, &count);
	if (e != OK)
		return e;
	free(page);
	return count >= RECORD_ATTACH_MAX ? ERR_FULL : OK;
}

enum err vouchers_add(struct db *db, const struct voucher_new *n, int64_t now, int64_t *id)
{
	enum err e = room_for_one(db, n->draft, n->record);
	if (e != OK)
		return e;
	struct db_stmt *q = db_stmt(db, SQL_PAGE_ADD);
	db_bind_int(q, 1, n->draft);
	db_bind_int(q, 2, n->staff);
	db_bind_text(q, 3, n->record, -1);
	db_bind_blob(q, 4, n->hash.b, HASH_BYTES);
	db_bind_blob(q, 5, n->kept.b, HASH_BYTES);
	db_bind_blob(q, 6, n->kept.b, HASH_BYTES);
	db_bind_blob(q, 7, n->original.b, HASH_BYTES);
	db_bind_int(q, 8, now);
	e = db_step(q);
	*id = e == OK ? db_int(q, 0) : 0;
	db_done(q);
	if (e == ERR_MISSING)
		return ERR_REFUSED;
	return e == OK ? refresh(db, n->draft, NULL) : e;
}

/* Exactly one row changed, or a rule said no. */
static enum err changed(struct db *db, struct db_stmt *q)
{
	enum err e = db_run(q);
	return e == OK && db_changes(db) != 1 ? ERR_REFUSED : e;
}

static bool same_file(bool there, const struct hash *a, bool here, const struct hash *b)
{
	return there == here && (!there || hash_equal(a, b));
}

static bool same_files(const struct voucher *a, const struct voucher *b)
{
	return hash_equal(&a->hash, &b->hash) &&
	       same_file(a->is_kept, &a->kept, b->is_kept, &b->kept) &&
	       same_file(a->has_whole, &a->whole, b->has_whole, &b->whole);
}

enum err vouchers_box(struct db *db, const struct voucher_boxed *b)
{
	struct voucher page;
	enum err e = vouchers_find(db, b->id, &page);
	/* Drawn over what is not there any more: its file may be gone. */
	if (e == OK && !same_files(&page, b->was))
		e = ERR_REFUSED;
	if (e != OK)
		return e;
	struct db_stmt *q = db_stmt(db, SQL_PAGE_BOX);
	db_bind_int(q, 1, b->id);
	db_bind_int(q, 2, b->staff);
	db_bind_blob(q, 3, b->hash.b, HASH_BYTES);
	db_bind_blob(q, 4, b->kept.b, HASH_BYTES);
	db_bind_blob(q, 5, b->whole.b, HASH_BYTES);
	db_bind_text(q, 6, b->boxes, -1);
	e = changed(db, q);
	return e == OK ? refresh(db, page.draft, NULL) : e;
}

static enum err put_rank(struct db *db, int64_t id, int64_t staff, int64_t rank)
{
	struct db_stmt *q = db_stmt(db, SQL_PAGE_RANK);
	db_bind_int(q, 1, id);
	db_bind_int(q, 2, staff);
	db_bind_int(q, 3, rank);
	return changed(db, q);
}

/* Numbers the row's pages anew, this one a place further up or down. */
static enum err turn(struct db *db, const struct voucher *page, int64_t staff, bool up)
{
	struct voucher *row;
	size_t count;
	enum err e = of_row(db, page->draft, page->record, &row, &count);
	for (size_t i = 0; e == OK && i < count; i++)
		e = put_rank(db, row[i].id, staff,
			     2 * (int64_t)i + (row[i].id != page->id ? 0
					       : up                  ? -3
								     : 3));
	free(row);
	return e;
}

enum err vouchers_move(struct db *db, int64_t id, int64_t staff, enum voucher_move how)
{
	struct voucher page;
	enum err e = vouchers_find(db, id, &page);
	if (e == OK && how == VOUCHER_REMOVE) {
		struct db_stmt *q = db_stmt(db, SQL_PAGE_REMOVE);
		db_bind_int(q, 1, id);
		db_bind_int(q, 2, staff);
		e = changed(db, q);
	} else if (e == OK) {
		e = turn(db, &page, staff, how == VOUCHER_UP);
	}
	return e == OK ? refresh(db, page.draft, NULL) : e;
}

enum err vouchers_look(struct db *db, int64_t id, const struct hash *hash, int64_t staff)
{
	struct db_stmt *q = db_stmt(db, SQL_PAGE_LOOK);
	db_bind_int(q, 1, id);
	db_bind_int(q, 2, staff);
	db_bind_blob(q, 3, hash->b, HASH_BYTES);
	return changed(db, q);
}

/* --- from one draft to the next, and out --- */

struct keeping {
	struct db *db;
	int64_t draft, now;
};

static enum err keep_page(void *self, const char *row, size_t rank, const struct hash *hash)
{
	const struct keeping *k = self;
	struct db_stmt *q = db_stmt(k->db, SQL_PAGE_KEEP);
	db_bind_int(q, 1, k->draft);
	db_bind_text(q, 2, row, -1);
	db_bind_int(q, 3, (int64_t)rank + 1);
	db_bind_blob(q, 4, hash->b, HASH_BYTES);
	db_bind_int(q, 5, k->now);
	return db_run(q);
}

static int by_was(const void *key, const void *row)
{
	return strcmp(key, ((const struct voucher_row *)row)->was);
}

static enum err put_record(struct db *db, int64_t page, const char *record)
{
	struct db_stmt *q = db_stmt(db, SQL_PAGE_RECORD);
	db_bind_int(q, 1, page);
	db_bind_text(q, 2, record, -1);
	return db_run(q);
}

/* Pages go with their rows, whatever those are called now; one whose row is gone is left to none,
 * and never falls to another row that has its name. First all leave, then they come: names may have
 * been exchanged. */
static enum err follow(struct db *db, int64_t draft, const struct voucher_rows *rows)
{
	struct voucher *page = NULL;
	size_t count = 0;
	enum err e = vouchers_of(db, draft, &page, &count);
	for (int coming = 0; coming < 2; coming++)
		for (size_t i = 0; e == OK && i < count; i++) {
			const struct voucher_row *r =
				bsearch(page[i].record, rows->row, rows->count, sizeof *r, by_was);
			char nowhere[24];
			snprintf(nowhere, sizeof nowhere, "\x1f%" PRId64, page[i].id);
			if (r != NULL && strcmp(r->was, r->is) == 0)
				continue;
			if (coming == 0)
				e = put_record(db, page[i].id, nowhere);
			else if (r != NULL)
				e = put_record(db, page[i].id, r->is);
		}
	free(page);
	return e;
}

static enum err take_over(struct db *db, int64_t draft, const struct voucher_start *start,
			  int64_t now)
{
	struct keeping k = {db, draft, now};
	struct db_stmt *q = db_stmt(db, SQL_DRAFT_EARLIER);
	db_bind_int(q, 1, draft);
	enum err e = db_step(q);
	int64_t earlier = e == OK ? db_int(q, 0) : 0;
	bool is_public = e == ERR_MISSING || (e == OK && db_int(q, 1) != 0);
	db_done(q);
	if (e == OK && !is_public) {
		q = db_stmt(db, SQL_PAGES_COPY);
		db_bind_int(q, 1, draft);
		db_bind_int(q, 2, earlier);
		e = db_run(q);
		if (e == OK && start->rows != NULL && start->rows->draft == earlier)
			e = follow(db, draft, start->rows);
	} else if (is_public) {
		e = attach_each(start->public_rows, start->len,
				&(struct attach_reader){keep_page, &k});
	}
	return e;
}

enum err vouchers_begin(struct db *db, const struct draft_new *n, const struct voucher_start *start,
			int64_t now, struct voucher_draft *out)
{
	*out = (struct voucher_draft){0};
	enum err e = drafts_add(db, n, now, &out->id);
	if (e == OK)
		e = take_over(db, out->id, start, now);
	return e == OK ? refresh(db, out->id, &out->lost) : e;
}

enum err vouchers_replace(struct db *db, const struct draft_new *n, const struct voucher_rows *rows,
			  int64_t now, struct voucher_draft *out)
{
	struct draft d;
	*out = (struct voucher_draft){.id = rows->draft};
	enum err e = drafts_find(db, rows->draft, &d, NULL, NULL);
	if (e == OK && d.corrected != rows->corrected)
		e = ERR_REFUSED; /* somebody was faster: `rows` tells of what is not there any more
				  */
	if (e == OK)
		e = drafts_replace(db, rows->draft, n, now);
	if (e == OK)
		e = follow(db, rows->draft, rows);
	return e == OK ? refresh(db, rows->draft, &out->lost) : e;
}

/* --- being public --- */

/* What was never made public of the drafts before: those copies go, and a draft that still lies
 * there names them no more. */
static enum err end_overtaken(struct db *db, int64_t draft)
{
	int64_t at = 0;
	size_t lost;
	enum err e = OK;
	while (e == OK) {
		struct db_stmt *q = db_stmt(db, SQL_DRAFT_OVERTAKEN);
		db_bind_int(q, 1, draft);
		db_bind_int(q, 2, at);
		e = db_step(q);
		at = e == OK ? db_int(q, 0) : 0;
		bool lies = e == OK && db_int(q, 1) != 0;
		db_done(q);
		if (e != OK)
			break;
		q = db_stmt(db, SQL_PAGES_UNSEEN);
		db_bind_int(q, 1, at);
		e = db_run(q);
		if (e == OK && lies)
			e = refresh(db, at, &lost);
	}
	return e == ERR_MISSING ? OK : e;
}

enum err vouchers_publish(struct db *db, int64_t draft, const size_t *bytes, bool open)
{
	struct voucher *page = NULL;
	size_t count = 0;
	int64_t waiting;
	enum err e = vouchers_waiting(db, draft, &waiting);
#if SEEDED_BUG == 50 /* the preparer's own look is enough */
	waiting = 0;
#endif
	if (e == OK && waiting > 0)
		e = ERR_REFUSED;
	if (e == OK)
		e = vouchers_of(db, draft, &page, &count);
	for (size_t i = 0; e == OK && i < count; i++)
		e = blobs_publish(db, &page[i].hash, bytes[i], open);
	free(page);
	if (e == OK) {
		struct db_stmt *q = db_stmt(db, SQL_PAGES_PUBLIC);
		db_bind_int(q, 1, draft);
		e = db_run(q);
	}
	return e == OK ? end_overtaken(db, draft) : e;
}
