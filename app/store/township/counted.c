#include "app/store/township/counted.h"

#include "app/store/township/township_impl.h"

enum err counted_find(struct db *db, int rule, struct counted_sheet *io)
{
	struct db_stmt *q = db_stmt(db, SQL_COUNTED);
	db_bind_blob(q, 1, io->hash.b, HASH_BYTES);
	db_bind_text(q, 2, io->template_id, -1);
	db_bind_int(q, 3, rule);
	enum err e = db_step(q);
	if (e == OK)
		io->sum = (struct counted){.rows = db_int(q, 0),
					   .in_fen = db_int(q, 1),
					   .out_fen = db_int(q, 2),
					   .passed_fen = db_int(q, 3),
					   .household_fen = db_int(q, 4)};
	db_done(q);
	return e;
}

enum err counted_put(struct db *db, int rule, const struct counted_sheet *s)
{
	struct db_stmt *q = db_stmt(db, SQL_COUNTED_PUT);
	db_bind_blob(q, 1, s->hash.b, HASH_BYTES);
	db_bind_text(q, 2, s->template_id, -1);
	db_bind_int(q, 3, rule);
	db_bind_int(q, 4, s->sum.rows);
	db_bind_int(q, 5, s->sum.in_fen);
	db_bind_int(q, 6, s->sum.out_fen);
	db_bind_int(q, 7, s->sum.passed_fen);
	db_bind_int(q, 8, s->sum.household_fen);
	return db_run(q);
}
