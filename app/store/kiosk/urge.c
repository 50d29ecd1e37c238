#include "app/store/kiosk/urge.h"

#include "app/store/kiosk/queue_impl.h"

#include <stdio.h>

static struct db_stmt *about(struct queue *q, enum queue_statement which, const struct urge *u)
{
	struct db_stmt *s = db_stmt(q->db, which);
	db_bind_text(s, 1, u->place, -1);
	db_bind_text(s, 2, u->template_id, -1);
	db_bind_text(s, 3, u->period, -1);
	return s;
}

enum err urge_add(struct queue *q, const struct urge *what, int32_t day)
{
	struct db_stmt *s = about(q, QUEUE_URGE_ADD, what);
	db_bind_int(s, 4, URGES_MAX);
	enum err e = db_run(s);
	if (e != OK)
		return e;
	s = about(q, QUEUE_URGE_MORE, what);
	db_bind_int(s, 4, day);
	db_bind_int(s, 5, URGES_A_DAY);
	e = db_run(s);
	bool counted = e == OK && db_changes(q->db) > 0;
	queue_stamp(q);
	struct urge seen = *what;
	if (e == OK && !counted)
		e = urge_count(q, &seen) == OK && seen.count > 0 ? ERR_REFUSED : ERR_FULL;
	return e;
}

enum err urge_count(struct queue *q, struct urge *io)
{
	struct db_stmt *s = about(q, QUEUE_URGE_COUNT, io);
	io->count = 0;
	enum err e = db_step(s);
	if (e != OK)
		return e == ERR_MISSING ? OK : e;
	io->count = db_int(s, 0);
	db_done(s);
	return OK;
}

enum err urge_untold(struct queue *q, struct urge *out, size_t room, size_t *count)
{
	struct db_stmt *s = db_stmt(q->db, QUEUE_URGE_UNTOLD);
	enum err e = OK;
	*count = 0;
	while (*count < room && (e = db_step(s)) == OK) {
		struct urge *u = &out[(*count)++];
		snprintf(u->place, sizeof u->place, "%s", db_text(s, 0, NULL));
		snprintf(u->template_id, sizeof u->template_id, "%s", db_text(s, 1, NULL));
		snprintf(u->period, sizeof u->period, "%s", db_text(s, 2, NULL));
		u->count = db_int(s, 3);
	}
	db_done(s);
	return e == ERR_MISSING ? OK : e;
}

enum err urge_told(struct queue *q, const struct urge *u)
{
	struct db_stmt *s = about(q, QUEUE_URGE_TOLD, u);
	db_bind_int(s, 4, u->count);
	return db_run(s);
}
