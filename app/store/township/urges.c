#include "app/store/township/urges.h"

#include "app/base/text.h"
#include "app/store/township/township_impl.h"

#include <string.h>

enum err urges_put(struct db *db, const struct hash *kiosk, const struct wire_urge *u)
{
	struct db_stmt *q = db_stmt(db, SQL_URGE_PUT);
	db_bind_blob(q, 1, kiosk->b, HASH_BYTES);
	db_bind_text(q, 2, u->place, -1);
	db_bind_text(q, 3, u->template_id, -1);
	db_bind_text(q, 4, u->period, -1);
	db_bind_int(q, 5, u->count);
	db_bind_int(q, 6, URGES_OF_A_KIOSK);
	return db_run(q);
}

static void text(struct db_stmt *q, int column, char *out, size_t size)
{
	size_t len;
	const char *from = db_text(q, column, &len);
	text_copy(out, size, from, len);
}

enum err urges_at(struct db *db, size_t at, struct wire_urge *out)
{
	struct db_stmt *q = db_stmt(db, SQL_URGES);
	*out = (struct wire_urge){.count = 0};
	db_bind_int(q, 1, 1);
	db_bind_int(q, 2, (int64_t)at);
	enum err e = db_step(q);
	if (e != OK)
		return e;
	text(q, 0, out->place, sizeof out->place);
	text(q, 1, out->template_id, sizeof out->template_id);
	text(q, 2, out->period, sizeof out->period);
	out->count = db_int(q, 3);
	db_done(q);
	return OK;
}

enum err urges_of(struct db *db, const char *place, const char *template_id, const char *period,
		  int64_t *out)
{
	struct db_stmt *q = db_stmt(db, SQL_URGE_TOTAL);
	db_bind_text(q, 1, place, -1);
	db_bind_text(q, 2, template_id, -1);
	db_bind_text(q, 3, period, -1);
	enum err e = db_step(q);
	*out = e == OK ? db_int(q, 0) : 0;
	db_done(q);
	return e;
}
