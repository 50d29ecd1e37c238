#include "app/store/township/uploads.h"

#include "app/store/township/township_impl.h"

#include <stdio.h>
#include <string.h>

/* What came to no draft: of this person and table, and whatever is too old. */
static enum err sweep(struct db *db, const struct kept_upload *u, int64_t now)
{
	static const int delete[] = {SQL_CORRECTIONS_SWEEP, SQL_UPLOADS_SWEEP};
	enum err e = OK;
	for (size_t i = 0; i < sizeof delete / sizeof delete[0] && e == OK; i++) {
		struct db_stmt *q = db_stmt(db, delete[i]);
		db_bind_int(q, 1, now - UPLOAD_KEPT_S);
		db_bind_int(q, 2, u->preparer);
		db_bind_text(q, 3, u->place, -1);
		db_bind_text(q, 4, u->template_id, -1);
		db_bind_text(q, 5, u->period, -1);
		e = db_run(q);
	}
	return e;
}

enum err uploads_add(struct db *db, struct kept_upload *u, const void *file, size_t len,
		     int64_t now)
{
	if (len > UPLOAD_FILE_MAX)
		return ERR_FULL;
	enum err e = sweep(db, u, now);
	if (e == OK)
		e = township_count(db, "upload", &u->id);
	if (e != OK)
		return e;
	struct db_stmt *q = db_stmt(db, SQL_UPLOAD_ADD);
	db_bind_text(q, 1, u->place, -1);
	db_bind_text(q, 2, u->template_id, -1);
	db_bind_text(q, 3, u->period, -1);
	db_bind_int(q, 4, u->preparer);
	db_bind_int(q, 5, now);
	db_bind_blob(q, 6, file, len);
	db_bind_int(q, 7, u->id);
	u->time = now;
	return db_run(q);
}

enum err uploads_find(struct db *db, int64_t id, struct kept_upload *out, struct buf *file)
{
	struct db_stmt *q = db_stmt(db, SQL_UPLOAD);
	*out = (struct kept_upload){.id = id};
	db_bind_int(q, 1, id);
	enum err e = db_step(q);
	if (e == OK) {
		snprintf(out->place, sizeof out->place, "%s", db_text(q, 0, NULL));
		snprintf(out->template_id, sizeof out->template_id, "%s", db_text(q, 1, NULL));
		snprintf(out->period, sizeof out->period, "%s", db_text(q, 2, NULL));
		out->preparer = db_int(q, 3);
		out->time = db_int(q, 4);
	}
	if (e == OK && file != NULL) {
		size_t len;
		const void *bytes = db_blob(q, 5, &len);
		buf_add(file, bytes, len);
		e = buf_end(file);
	}
	db_done(q);
	return e;
}

enum err corrections_add(struct db *db, int64_t upload, const struct correction *c)
{
	struct db_stmt *q = db_stmt(db, SQL_CORRECTION_ADD);
	db_bind_int(q, 1, upload);
	db_bind_int(q, 2, (int64_t)c->sheet);
	db_bind_int(q, 3, (int64_t)c->row);
	db_bind_int(q, 4, (int64_t)c->column);
	db_bind_text(q, 5, c->was, -1);
	db_bind_text(q, 6, c->becomes, -1);
	db_bind_int(q, 7, c->staff);
	db_bind_int(q, 8, c->time);
	db_bind_int(q, 9, CORRECTIONS_MAX);
	enum err e = db_run(q);
	return e == OK && db_changes(db) != 1 ? ERR_REFUSED : e;
}

enum err corrections_next(struct db *db, int64_t upload, int64_t after, struct correction *out)
{
	struct db_stmt *q = db_stmt(db, SQL_CORRECTION_NEXT);
	db_bind_int(q, 1, upload);
	db_bind_int(q, 2, after);
	enum err e = db_step(q);
	if (e != OK)
		return e;
	*out = (struct correction){.number = db_int(q, 0),
				   .sheet = (size_t)db_int(q, 1),
				   .row = (size_t)db_int(q, 2),
				   .column = (size_t)db_int(q, 3),
				   .staff = db_int(q, 6),
				   .time = db_int(q, 7)};
	snprintf(out->was, sizeof out->was, "%s", db_text(q, 4, NULL));
	snprintf(out->becomes, sizeof out->becomes, "%s", db_text(q, 5, NULL));
	snprintf(out->name, sizeof out->name, "%s", db_text(q, 8, NULL));
	db_done(q);
	return OK;
}
