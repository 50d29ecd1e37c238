#include "app/store/kiosk/queue.h"

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/store/db.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

enum statement {
#define STATEMENT(name, sql) SQL_##name,
#include "app/store/kiosk/queue_statements.h"
#undef STATEMENT
	SQL_COUNT
};
static const char *const sql_text[SQL_COUNT] = {
#define STATEMENT(name, sql) [SQL_##name] = sql,
#include "app/store/kiosk/queue_statements.h"
#undef STATEMENT
};
extern const char *const queue_migrations_text[];
extern const int queue_migrations_count;

enum { DAY_S = 86400, HEAD_FILE_MAX = 256 };

struct queue {
	struct db *db;
	char folder[3072];
};

/* --- the second file --- */

static void head_path(const struct queue *q, char out[4096])
{
	snprintf(out, 4096, "%s/head", q->folder);
}

/* What the second file says; false without one. */
static bool head_file(const struct queue *q, uint64_t *sequence, struct hash *hash)
{
	char path[4096], hex[2 * HASH_BYTES + 1];
	struct buf b;
	head_path(q, path);
	buf_init(&b, HEAD_FILE_MAX);
	bool good = buf_read_file(&b, path) == OK &&
		    sscanf(buf_str(&b), "%" SCNu64 " %64s", sequence, hex) == 2 &&
		    text_unhex(hex, strlen(hex), hash->b, HASH_BYTES);
	buf_free(&b);
	return good;
}

static enum err write_head_file(const struct queue *q, uint64_t sequence, const struct hash *hash)
{
	char path[4096], text[HEAD_FILE_MAX], hex[2 * HASH_BYTES + 1];
	head_path(q, path);
	text_hex(hash->b, HASH_BYTES, hex);
	int n = snprintf(text, sizeof text, "%" PRIu64 " %s\n", sequence, hex);
	return file_replace(path, text, (size_t)n, 0660);
}

static enum err read_head(struct queue *q, uint64_t *sequence, struct hash *hash)
{
	size_t len;
	struct db_stmt *s = db_stmt(q->db, SQL_HEAD);
	enum err e = db_step(s);
	if (e != OK)
		return e == ERR_MISSING ? ERR_CORRUPT : e;
	*sequence = (uint64_t)db_int(s, 0);
	const void *bytes = db_blob(s, 1, &len);
	if (len == HASH_BYTES)
		memcpy(hash->b, bytes, HASH_BYTES);
	db_done(s);
	return len == HASH_BYTES ? OK : ERR_CORRUPT;
}

/* --- opening --- */

enum err queue_open(const char *folder, bool create, struct queue **out)
{
	char path[4096];
	*out = NULL;
	struct queue *q = calloc(1, sizeof *q);
	if (q == NULL)
		return ERR_FULL;
	snprintf(q->folder, sizeof q->folder, "%s", folder);
	snprintf(path, sizeof path, "%s/queue.db", q->folder);
	const struct db_options o = {.path = path,
				     .create = create,
				     .newer = DB_NEWER_ACCEPTED,
				     .migration = queue_migrations_text,
				     .migration_count = queue_migrations_count,
				     .statement = sql_text,
				     .statement_count = SQL_COUNT};
	enum err e = db_open(&o, &q->db);
	if (e == OK && create) {
		snprintf(path, sizeof path, "%s/blobs", q->folder);
		mkdir(path, 0770); /* there already is as good */
	}
	if (e != OK) {
		queue_close(q);
		return e;
	}
	*out = q;
	return OK;
}

void queue_close(struct queue *q)
{
	if (q == NULL)
		return;
	db_close(q->db);
	free(q);
}

bool queue_has_room(const struct queue *q)
{
	struct statvfs v;
	if (statvfs(q->folder, &v) != 0)
		return false;
	return (uint64_t)v.f_bavail * v.f_frsize >= QUEUE_RESERVE_BYTES;
}

enum err queue_place(struct queue *q, struct parcel_place *out)
{
	enum err e = read_head(q, &out->sequence, &out->previous);
	if (e == OK)
		out->sequence++;
	return e;
}

/* --- adding --- */

static enum err keep_blobs(struct queue *q, const struct queue_blob *blobs, size_t count)
{
	enum err e = OK;
	for (size_t i = 0; i < count && e == OK; i++) {
		char path[4096], hex[2 * HASH_BYTES + 1];
		text_hex(blobs[i].hash.b, HASH_BYTES, hex);
		snprintf(path, sizeof path, "%s/blobs/%s", q->folder, hex);
		e = file_replace(path, blobs[i].bytes, blobs[i].len, 0660);
	}
	return e;
}

static enum err insert(struct queue *q, const struct parcel_header *h, const void *bytes,
		       size_t len, const struct hash *hash)
{
	struct db_stmt *s = db_stmt(q->db, SQL_HEAD_SET);
	db_bind_int(s, 1, (int64_t)h->sequence);
	db_bind_blob(s, 2, hash->b, HASH_BYTES);
	enum err e = db_run(s);
	if (e == OK && db_changes(q->db) != 1)
		e = ERR_REFUSED; /* the chain has moved */
	if (e != OK)
		return e;
	s = db_stmt(q->db, SQL_ADD);
	db_bind_int(s, 1, (int64_t)h->sequence);
	db_bind_blob(s, 2, h->id, PARCEL_ID_BYTES);
	db_bind_blob(s, 3, bytes, len);
	db_bind_blob(s, 4, hash->b, HASH_BYTES);
	return db_run(s);
}

enum err queue_add(struct queue *q, const struct parcel_header *h, const void *bytes, size_t len,
		   const struct queue_blob *blobs, size_t blob_count)
{
	struct hash head, hash;
	uint64_t at;
	hash_bytes(bytes, len, &hash);
	enum err e = keep_blobs(q, blobs, blob_count);
	if (e == OK)
		e = db_begin(q->db);
	if (e != OK)
		return e;
	e = read_head(q, &at, &head);
	if (e == OK && (at + 1 != h->sequence || !hash_equal(&head, &h->previous)))
		e = ERR_REFUSED;
	if (e == OK)
		e = insert(q, h, bytes, len, &hash);
	if (e != OK) {
		db_rollback(q->db);
		return e;
	}
#if SEEDED_BUG == 1 /* thanks before the commit */
	if (write_head_file(q, h->sequence, &hash) != OK)
		log_warn("queue: the second copy of the head could not be written");
	db_rollback(q->db);
	return OK;
#else
	e = db_commit(q->db);
	/* The letter is safe; a head file that lags by one is told by queue_look and mended by the
	 * next. */
	if (e == OK && write_head_file(q, h->sequence, &hash) != OK)
		log_warn("queue: the second copy of the head could not be written");
	return e;
#endif
}

/* --- sending --- */

static enum err next(struct queue *q, enum statement which, uint64_t after, struct parcel_header *h,
		     struct buf *out)
{
	struct parcel_unchecked p;
	struct db_stmt *s = db_stmt(q->db, which);
	db_bind_int(s, 1, (int64_t)after);
	enum err e = db_step(s);
	if (e != OK)
		return e;
	size_t len;
	const void *bytes = db_blob(s, 1, &len);
	*h = (struct parcel_header){.sequence = (uint64_t)db_int(s, 0)};
	if (parcel_read(bytes, len, &p) == OK && p.header.sequence == h->sequence) {
		*h = p.header;
		buf_add(out, bytes, len);
	} else {
		e = ERR_CORRUPT; /* the number is given, so that the others go on */
	}
	db_done(s);
	return e == OK ? buf_end(out) : e;
}

enum err queue_next(struct queue *q, uint64_t after, struct parcel_header *h, struct buf *out)
{
	return next(q, SQL_NEXT, after, h, out);
}

enum err queue_next_aside(struct queue *q, uint64_t after, struct parcel_header *h, struct buf *out)
{
	return next(q, SQL_NEXT_ASIDE, after, h, out);
}

enum err queue_set_aside(struct queue *q, uint64_t sequence, const char *reason)
{
	struct db_stmt *s = db_stmt(q->db, SQL_SET_ASIDE);
	db_bind_int(s, 1, (int64_t)sequence);
	db_bind_text(s, 2, reason, -1);
	return db_run(s);
}

/* --- acknowledgements --- */

static enum err settle(struct queue *q, const struct ack *a)
{
	struct db_stmt *s = db_stmt(q->db, SQL_ACKNOWLEDGE);
	db_bind_int(s, 1, (int64_t)a->through);
	db_bind_int(s, 2, a->time > 0 ? a->time : 1);
	enum err e = db_run(s);
	for (size_t i = 0; i < a->gap_count && e == OK; i++) {
		s = db_stmt(q->db, SQL_ACKNOWLEDGE_NOT);
		db_bind_int(s, 1, (int64_t)a->gap[i].first);
		db_bind_int(s, 2, (int64_t)a->gap[i].last);
		e = db_run(s);
	}
	return e;
}

/* True when the stored acknowledgement of the same epoch already says as much. */
static enum err known_already(struct queue *q, const struct ack *a, bool *same_epoch, bool *older)
{
	struct db_stmt *s = db_stmt(q->db, SQL_ACK);
	*same_epoch = true;
	*older = false;
	enum err e = db_step(s);
	if (e == ERR_MISSING)
		return OK;
	if (e != OK)
		return e;
	*same_epoch = strcmp(db_text(s, 0, NULL), a->epoch) == 0;
	*older = *same_epoch && ((uint64_t)db_int(s, 1) > a->through ||
				 ((uint64_t)db_int(s, 1) == a->through && db_int(s, 3) > a->time));
	db_done(s);
	return OK;
}

enum err queue_acknowledge(struct queue *q, const struct ack *a, const void *bytes, size_t len)
{
	bool same_epoch, older;
	enum err e = db_begin(q->db);
	if (e != OK)
		return e;
	e = known_already(q, a, &same_epoch, &older);
	if (e != OK || older) {
		db_rollback(q->db);
		return e;
	}
	if (!same_epoch) /* the server was put back from a backup: offer all that is still here */
		e = db_run(db_stmt(q->db, SQL_OFFER_AGAIN));
	if (e == OK)
		e = settle(q, a);
	if (e == OK) {
		struct db_stmt *s = db_stmt(q->db, SQL_ACK_SET);
		db_bind_text(s, 1, a->epoch, -1);
		db_bind_int(s, 2, (int64_t)a->through);
		db_bind_int(s, 3, (int64_t)a->backed_up_to);
		db_bind_int(s, 4, a->time);
		db_bind_blob(s, 5, bytes, len);
		e = db_run(s);
	}
	if (e != OK) {
		db_rollback(q->db);
		return e;
	}
	return db_commit(q->db);
}

enum err queue_tidy(struct queue *q, size_t *deleted)
{
	*deleted = 0;
	struct db_stmt *s = db_stmt(q->db, SQL_ACK);
	enum err e = db_step(s);
	if (e != OK)
		return e == ERR_MISSING ? OK : e;
	int64_t backed_up_to = db_int(s, 2), time = db_int(s, 3);
	db_done(s);
#if SEEDED_BUG == 2 /* delete without waiting for the back-up and the ninety days */
	backed_up_to = INT64_MAX;
	time += (int64_t)QUEUE_KEEP_DAYS * DAY_S;
#endif
	s = db_stmt(q->db, SQL_TIDY);
	db_bind_int(s, 1, time - (int64_t)QUEUE_KEEP_DAYS * DAY_S);
	db_bind_int(s, 2, backed_up_to);
	e = db_run(s);
	if (e == OK)
		*deleted = (size_t)db_changes(q->db);
	return e;
}

enum err queue_is_acknowledged(struct queue *q, uint64_t sequence)
{
	struct db_stmt *s = db_stmt(q->db, SQL_IS_ACKNOWLEDGED);
	db_bind_int(s, 1, (int64_t)sequence);
	enum err e = db_step(s);
	if (e != OK)
		return e;
	e = db_int(s, 0) != 0 ? OK : ERR_MISSING;
	db_done(s);
	return e;
}

enum err queue_last_ack(struct queue *q, struct buf *out)
{
	size_t len;
	struct db_stmt *s = db_stmt(q->db, SQL_ACK);
	enum err e = db_step(s);
	if (e != OK)
		return e;
	const void *bytes = db_blob(s, 4, &len);
	buf_add(out, bytes, len);
	db_done(s);
	return buf_end(out);
}

enum err queue_look(struct queue *q, struct queue_state *out)
{
	struct hash second;
	uint64_t second_sequence = 0;
	*out = (struct queue_state){0};
	struct db_stmt *s = db_stmt(q->db, SQL_COUNTS);
	enum err e = db_step(s);
	if (e != OK)
		return e;
	out->waiting = (uint64_t)db_int(s, 0);
	out->aside = (uint64_t)db_int(s, 1);
	out->kept = (uint64_t)db_int(s, 2);
	db_done(s);
	e = read_head(q, &out->head_sequence, &out->head);
	if (e == OK && head_file(q, &second_sequence, &second))
		out->tail_missing = second_sequence > out->head_sequence;
	return e;
}

/* --- alarms and counters --- */

enum err queue_alarm(struct queue *q, const char *kind, const char *text, int32_t day)
{
	log_warn("alarm: %s: %s", kind, text);
	struct db_stmt *s = db_stmt(q->db, SQL_ALARM_ADD);
	db_bind_text(s, 1, kind, -1);
	db_bind_text(s, 2, text, -1);
	db_bind_int(s, 3, day);
	return db_run(s);
}

enum err queue_next_alarm(struct queue *q, int64_t after, int64_t *number, struct buf *out)
{
	struct db_stmt *s = db_stmt(q->db, SQL_ALARM_NEXT);
	db_bind_int(s, 1, after);
	enum err e = db_step(s);
	if (e != OK)
		return e;
	*number = db_int(s, 0);
	buf_print(out, "%s: %s (%d)", db_text(s, 1, NULL), db_text(s, 2, NULL), (int)db_int(s, 3));
	db_done(s);
	return buf_end(out);
}

enum err queue_alarm_told(struct queue *q, int64_t number)
{
	struct db_stmt *s = db_stmt(q->db, SQL_ALARM_TOLD);
	db_bind_int(s, 1, number);
	return db_run(s);
}

enum err queue_counter(struct queue *q, const char *name, int64_t *out)
{
	*out = 0;
	struct db_stmt *s = db_stmt(q->db, SQL_COUNTER);
	db_bind_text(s, 1, name, -1);
	enum err e = db_step(s);
	if (e == ERR_MISSING)
		return OK;
	if (e != OK)
		return e;
	*out = db_int(s, 0);
	db_done(s);
	return OK;
}

enum err queue_counter_set(struct queue *q, const char *name, int64_t value)
{
	struct db_stmt *s = db_stmt(q->db, SQL_COUNTER_SET);
	db_bind_text(s, 1, name, -1);
	db_bind_int(s, 2, value);
	return db_run(s);
}
