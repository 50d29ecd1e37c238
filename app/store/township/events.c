#include "app/store/township/events.h"

#include "app/store/township/township_impl.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { LINK_MAX = 512 };

enum err events_head(struct db *db, uint64_t *sequence, struct hash *head)
{
	struct db_stmt *q = db_stmt(db, SQL_EVENT_LAST);
	enum err e = db_step(q);
	*sequence = 0;
	memset(head->b, 0, HASH_BYTES);
	if (e == ERR_MISSING)
		return OK;
	if (e != OK)
		return e;
	*sequence = (uint64_t)db_int(q, 0);
	bool good = township_blob(q, 1, head->b, HASH_BYTES);
	db_done(q);
	return good ? OK : ERR_CORRUPT;
}

enum err events_at(struct db *db, uint64_t sequence, struct hash *hash)
{
	struct db_stmt *q = db_stmt(db, SQL_EVENT_AT);
	db_bind_int(q, 1, (int64_t)(sequence > INT64_MAX ? INT64_MAX : sequence));
	enum err e = db_step(q);
	if (e != OK)
		return e;
	bool good = township_blob(q, 0, hash->b, HASH_BYTES);
	db_done(q);
	return good ? OK : ERR_CORRUPT;
}

enum err events_add(struct db *db, int64_t now, const char *kind, const char *subject)
{
	struct hash previous, own;
	struct hash_run run;
	char line[LINK_MAX];
	uint64_t last;
	int64_t sequence;
	enum err e = events_head(db, &last, &previous);
	if (e == OK)
		e = township_count(db, "event", &sequence);
	if (e != OK)
		return e;
	int len = snprintf(line, sizeof line, "%" PRId64 "\n%" PRId64 "\n%s\n%s\n", sequence, now,
			   kind, subject);
	if (len < 0 || (size_t)len >= sizeof line)
		return ERR_FULL;
	hash_begin(&run);
	hash_more(&run, previous.b, HASH_BYTES);
	hash_more(&run, line, (size_t)len);
	hash_end(&run, &own);
	struct db_stmt *q = db_stmt(db, SQL_EVENT_ADD);
	db_bind_int(q, 1, sequence);
	db_bind_int(q, 2, now);
	db_bind_text(q, 3, kind, -1);
	db_bind_text(q, 4, subject, -1);
	db_bind_blob(q, 5, previous.b, HASH_BYTES);
	db_bind_blob(q, 6, own.b, HASH_BYTES);
	return db_run(q);
}
