#include "app/store/township/supervision.h"

#include "app/store/township/township_impl.h"

#include <stdio.h>
#include <string.h>

static const char *const verdict_id[VERDICTS] = {"signed", "objected", "paper"};

enum err supervision_put(struct db *db, int64_t draft, const struct supervision *s)
{
	if (strlen(s->reason) > DRAFT_WORDS_MAX)
		return ERR_REFUSED;
	struct db_stmt *q = db_stmt(db, SQL_SUPERVISION_ADD);
	db_bind_int(q, 1, draft);
	db_bind_int(q, 2, s->member);
	db_bind_text(q, 3, verdict_id[s->verdict], -1);
	db_bind_text(q, 4, s->reason, -1);
	if (s->verdict == VERDICT_PAPER)
		db_bind_blob(q, 5, s->paper.b, HASH_BYTES);
	else
		db_bind_text(q, 5, NULL, 0);
	db_bind_int(q, 6, s->time);
	enum err e = db_run(q);
	return e == OK && db_changes(db) != 1 ? ERR_REFUSED : e;
}

static enum err row_of(struct db_stmt *q, struct supervision *out)
{
	*out = (struct supervision){.member = db_int(q, 0), .time = db_int(q, 5)};
	snprintf(out->name, sizeof out->name, "%s", db_text(q, 1, NULL));
	while (out->verdict < VERDICTS &&
	       strcmp(verdict_id[out->verdict], db_text(q, 2, NULL)) != 0)
		out->verdict++;
	snprintf(out->reason, sizeof out->reason, "%s", db_text(q, 3, NULL));
	if (!db_null(q, 4) && !township_blob(q, 4, out->paper.b, HASH_BYTES))
		return ERR_CORRUPT;
	return out->verdict < VERDICTS ? OK : ERR_CORRUPT;
}

static enum err read_words(struct db *db, int statement, int64_t draft, struct supervision *out,
			   size_t room, size_t *count)
{
	struct db_stmt *q = db_stmt(db, statement);
	enum err e = OK;
	*count = 0;
	db_bind_int(q, 1, draft);
	while (e == OK && *count < room) {
		e = db_step(q);
		if (e == OK)
			e = row_of(q, &out[*count]);
		*count += e == OK;
	}
	db_done(q);
	return e == ERR_MISSING ? OK : e;
}

enum err supervision_of(struct db *db, int64_t draft, struct supervision *out, size_t room,
			size_t *count)
{
	return read_words(db, SQL_SUPERVISION_OF, draft, out, room, count);
}

enum err supervision_standing(struct db *db, int64_t draft, struct supervision *out, size_t room,
			      size_t *count)
{
	return read_words(db, SQL_SUPERVISION_STANDING, draft, out, room, count);
}

enum err supervision_seats(struct db *db, const char *village, const char *group, int64_t *out,
			   size_t room, size_t *count)
{
	struct db_stmt *q = db_stmt(db, SQL_SUPERVISION_SEATS);
	enum err e = OK;
	*count = 0;
	db_bind_text(q, 1, village, -1);
	db_bind_text(q, 2, group, -1);
	while (e == OK && *count < room) {
		e = db_step(q);
		if (e == OK)
			out[(*count)++] = db_int(q, 0);
	}
	db_done(q);
	return e == ERR_MISSING ? OK : e;
}
