#include "app/store/township/drafts.h"

#include "app/store/township/township_impl.h"

#include <stdio.h>
#include <string.h>

static const char *const state_id[DRAFT_STATES] = {"uploaded", "submitted", "approved", "refused"};

const char *draft_state_words(enum draft_state s)
{
	static const char *const words[DRAFT_STATES] = {"还没交", "等着签", "已公开", "退回了"};
	return words[s];
}

enum err drafts_add(struct db *db, const struct draft_new *n, int64_t now, int64_t *id)
{
	if (n->sheet_len > DRAFT_BYTES_MAX || n->findings_len > DRAFT_FINDINGS_MAX)
		return ERR_FULL;
	struct db_stmt *q = db_stmt(db, SQL_DRAFT_ADD);
	db_bind_text(q, 1, n->place, -1);
	db_bind_text(q, 2, n->template_id, -1);
	db_bind_text(q, 3, n->period, -1);
	db_bind_blob(q, 4, n->sheet, n->sheet_len);
	db_bind_blob(q, 5, n->findings, n->findings_len);
	db_bind_int(q, 6, n->preparer);
	db_bind_int(q, 7, now);
	if (n->upload != 0)
		db_bind_int(q, 8, n->upload);
	else
		db_bind_text(q, 8, NULL, 0);
	db_bind_int(q, 9, n->corrected);
	enum err e = db_step(q);
	if (e == OK)
		*id = db_int(q, 0);
	db_done(q);
	return e;
}

/* The first fifteen columns; the row stays open for more. */
static enum err row_of(struct db_stmt *q, struct draft *out)
{
	*out = (struct draft){0};
	enum err e = db_step(q);
	if (e != OK)
		return e;
	out->id = db_int(q, 0);
	snprintf(out->place, sizeof out->place, "%s", db_text(q, 1, NULL));
	snprintf(out->template_id, sizeof out->template_id, "%s", db_text(q, 2, NULL));
	snprintf(out->period, sizeof out->period, "%s", db_text(q, 3, NULL));
	while (out->state < DRAFT_STATES && strcmp(state_id[out->state], db_text(q, 4, NULL)) != 0)
		out->state++;
	out->preparer = db_int(q, 5);
	out->approver = db_int(q, 6);
	snprintf(out->reason, sizeof out->reason, "%s", db_text(q, 7, NULL));
	snprintf(out->refusal, sizeof out->refusal, "%s", db_text(q, 8, NULL));
	out->uploaded = db_int(q, 9);
	out->submitted = db_int(q, 10);
	out->decided = db_int(q, 11);
	out->number = (uint64_t)db_int(q, 12);
	out->upload = db_int(q, 13);
	out->corrected = db_int(q, 14);
	return out->state < DRAFT_STATES ? OK : ERR_CORRUPT;
}

enum err drafts_find(struct db *db, int64_t id, struct draft *out, struct buf *sheet,
		     struct buf *findings)
{
	struct db_stmt *q = db_stmt(db, SQL_DRAFT);
	db_bind_int(q, 1, id);
	enum err e = row_of(q, out);
	struct buf *to[2] = {sheet, findings};
	for (int i = 0; e == OK && i < 2; i++) {
		size_t len;
		const void *bytes = db_blob(q, 15 + i, &len);
		if (to[i] == NULL)
			continue;
		buf_add(to[i], bytes, len);
		e = buf_end(to[i]);
	}
	db_done(q);
	return e;
}

enum err drafts_before(struct db *db, int64_t id, struct draft *out)
{
	struct db_stmt *q = db_stmt(db, SQL_DRAFT_BEFORE);
	db_bind_int(q, 1, id);
	enum err e = row_of(q, out);
	db_done(q);
	return e;
}

/* Exactly one row moved, or a rule said no. */
static enum err moved(struct db *db, struct db_stmt *q)
{
	enum err e = db_run(q);
	return e == OK && db_changes(db) != 1 ? ERR_REFUSED : e;
}

enum err drafts_replace(struct db *db, int64_t id, const struct draft_new *n, int64_t now)
{
	if (n->sheet_len > DRAFT_BYTES_MAX || n->findings_len > DRAFT_FINDINGS_MAX)
		return ERR_FULL;
	struct db_stmt *q = db_stmt(db, SQL_DRAFT_REPLACE);
	db_bind_int(q, 1, id);
	db_bind_int(q, 2, n->preparer);
	db_bind_blob(q, 3, n->sheet, n->sheet_len);
	db_bind_blob(q, 4, n->findings, n->findings_len);
	db_bind_int(q, 5, now);
	db_bind_int(q, 6, n->corrected);
	return moved(db, q);
}

enum err drafts_of_upload(struct db *db, int64_t upload, int64_t *id)
{
	struct db_stmt *q = db_stmt(db, SQL_DRAFT_OF_UPLOAD);
	db_bind_int(q, 1, upload);
	enum err e = db_step(q);
	if (e == OK)
		*id = db_int(q, 0);
	db_done(q);
	return e;
}

enum err drafts_submit(struct db *db, int64_t id, int64_t staff, const char *reason, int64_t now)
{
	struct db_stmt *q = db_stmt(db, SQL_DRAFT_SUBMIT);
	if (strlen(reason) > DRAFT_WORDS_MAX)
		return ERR_REFUSED;
	db_bind_int(q, 1, id);
	db_bind_int(q, 2, staff);
	db_bind_text(q, 3, reason, -1);
	db_bind_int(q, 4, now);
	return moved(db, q);
}

enum err drafts_refuse(struct db *db, int64_t id, int64_t staff, const char *words, int64_t now)
{
	struct db_stmt *q = db_stmt(db, SQL_DRAFT_REFUSE);
	if (strlen(words) > DRAFT_WORDS_MAX)
		return ERR_REFUSED;
	db_bind_int(q, 1, id);
	db_bind_int(q, 2, staff);
	db_bind_text(q, 3, words, -1);
	db_bind_int(q, 4, now);
	return moved(db, q);
}

enum err drafts_approve(struct db *db, int64_t id, int64_t staff, uint64_t number, int64_t now)
{
	struct db_stmt *q = db_stmt(db, SQL_DRAFT_APPROVE);
#if SEEDED_BUG == 10 /* who prepared it may approve it, under a colleague's name */
	staff = staff == 1 ? 2 : 1;
#elif SEEDED_BUG == 60 /* who signed for the village approves, under a colleague's name */
	staff = staff == 3 ? 2 : staff;
#endif
	db_bind_int(q, 1, id);
	db_bind_int(q, 2, staff);
	db_bind_int(q, 3, (int64_t)number);
	db_bind_int(q, 4, now);
	return moved(db, q);
}
