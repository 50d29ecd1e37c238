#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/stamp.h"
#include "app/base/text.h"
#include "app/store/kiosk/queue_impl.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

static const char *const sql_text[QUEUE_STATEMENTS] = {
#define STATEMENT(name, sql) [QUEUE_##name] = sql,
#include "app/store/kiosk/queue_statements.h"
#undef STATEMENT
};
extern const char *const queue_migrations_text[];
extern const int queue_migrations_count;

enum { HEAD_FILE_MAX = 256, RAISE_MAX = 10000000 };

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
	int64_t number = 0;
	bool good = buf_read_file(&b, path) == OK;
	const char *at = buf_str(&b);
	good = good && text_whole(&at, &number) && text_word(&at, hex, sizeof hex) &&
	       text_unhex(hex, strlen(hex), hash->b, HASH_BYTES);
	*sequence = (uint64_t)number;
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
	struct db_stmt *s = db_stmt(q->db, QUEUE_HEAD);
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

static void queue_path(const struct queue *q, const char *name, char out[4096])
{
	snprintf(out, 4096, "%s/%s", q->folder, name);
}

void queue_stamp(const struct queue *q)
{
	char path[4096];
	queue_path(q, "queue.db", path);
	stamp_database(path);
	head_path(q, path);
	stamp_day(path);
	stamp_day(q->folder);
}

enum err queue_open(const char *folder, bool create, struct queue **out)
{
	char path[4096];
	struct stat s;
	*out = NULL;
	struct queue *q = calloc(1, sizeof *q);
	if (q == NULL)
		return ERR_FULL;
	snprintf(q->folder, sizeof q->folder, "%s", folder);
	if (create) { /* before the database, whose making syncs the folder */
		queue_path(q, "blobs", path);
		mkdir(path, 0770); /* there already is as good */
	}
	queue_path(q, "queue.db", path);
	const struct db_options o = {.path = path,
				     .create = create,
				     .mode = 0660,
				     .newer = DB_NEWER_ACCEPTED,
				     .migration = queue_migrations_text,
				     .migration_count = queue_migrations_count,
				     .statement = sql_text,
				     .statement_count = QUEUE_STATEMENTS};
	enum err e = db_open(&o, &q->db);
	if (e != OK) {
		queue_close(q);
		return e;
	}
	if (stat(path, &s) == 0) {
		q->device = s.st_dev;
		q->inode = s.st_ino;
	}
	*out = q;
	return OK;
}

/* A queue made in the place of one that is gone. */
static enum err go_on(struct queue *q)
{
	uint64_t sequence;
	struct hash hash;
	enum err e = queue_counter_set(q, "unsure", 1);
	if (e == OK && head_file(q, &sequence, &hash))
		e = queue_raise(q, sequence, &hash);
	if (e == OK)
		e = queue_alarm(q, "queue", "信件库不见了，重新建了一个；以前没有送到的信可能丢了",
				clock_day(clock_now()));
	return e;
}

enum err queue_open_again(const char *folder, struct queue **out)
{
	char path[4096];
	struct stat s;
	enum err e = queue_open(folder, false, out);
	if (e != ERR_MISSING)
		return e;
	/* Only where a kiosk was provisioned: its key stands there. */
	snprintf(path, sizeof path, "%s/keys/kiosk.sign", folder);
	if (stat(path, &s) != 0)
		return ERR_MISSING;
	log_warn("queue: %s has lost its queue.db; a new one is made", folder);
	e = queue_open(folder, true, out);
	if (e == OK)
		e = go_on(*out);
	if (e != OK) {
		queue_close(*out);
		*out = NULL;
	}
	return e;
}

bool queue_there(const struct queue *q)
{
	char path[4096];
	struct stat s;
	queue_path(q, "queue.db", path);
	return q->inode == 0 ||
	       (stat(path, &s) == 0 && s.st_dev == q->device && s.st_ino == q->inode);
}

enum err queue_raise(struct queue *q, uint64_t sequence, const struct hash *hash)
{
	static const struct hash unknown;
	uint64_t at;
	struct hash head;
	enum err e = read_head(q, &at, &head);
	if (e != OK || sequence <= at)
		return e;
	if (sequence - at > RAISE_MAX) {
		log_warn("queue: number %" PRIu64 " is not believed", sequence);
		return ERR_REFUSED;
	}
	struct db_stmt *s = db_stmt(q->db, QUEUE_HEAD_RAISE);
	db_bind_int(s, 1, (int64_t)sequence);
	db_bind_blob(s, 2, hash == NULL ? unknown.b : hash->b, HASH_BYTES);
	return db_run(s);
}

void queue_close(struct queue *q)
{
	if (q == NULL)
		return;
	/* Closing the last connection moves the WAL into the file. */
	bool was_open = q->db != NULL;
	db_close(q->db);
	if (was_open)
		queue_stamp(q);
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
		stamp_day(path);
	}
	if (count > 0) {
		char path[4096];
		queue_path(q, "blobs", path);
		stamp_day(path);
	}
	return e;
}

static enum err insert(struct queue *q, const struct parcel_header *h, const void *bytes,
		       size_t len, const struct hash *hash)
{
	struct db_stmt *s = db_stmt(q->db, QUEUE_HEAD_SET);
	db_bind_int(s, 1, (int64_t)h->sequence);
	db_bind_blob(s, 2, hash->b, HASH_BYTES);
	enum err e = db_run(s);
	if (e == OK && db_changes(q->db) != 1)
		e = ERR_REFUSED; /* the chain has moved */
	if (e != OK)
		return e;
	s = db_stmt(q->db, QUEUE_ADD);
	db_bind_int(s, 1, (int64_t)h->sequence);
	db_bind_blob(s, 2, h->id, PARCEL_ID_BYTES);
	db_bind_blob(s, 3, bytes, len);
	db_bind_blob(s, 4, hash->b, HASH_BYTES);
	e = db_run(s);
	if (e != OK)
		return e;
	s = db_stmt(q->db, QUEUE_ADD_DELIVERY);
	db_bind_int(s, 1, (int64_t)h->sequence);
	return db_run(s);
}

enum err queue_add(struct queue *q, const struct parcel_header *h, const void *bytes, size_t len,
		   const struct queue_blob *blobs, size_t blob_count)
{
	struct hash head, hash;
	uint64_t at;
#if SEEDED_BUG == 1 /* thanks before the commit: the letter is committed when the next one comes   \
		     */
	static bool open_still;
	if (open_still && db_commit(q->db) != OK)
		return ERR_IO;
	open_still = true;
#endif
	hash_bytes(bytes, len, &hash);
	if (!queue_there(q)) { /* what is written into a deleted file is gone with it */
		log_warn("queue: queue.db was taken away while it was open");
		return ERR_IO;
	}
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
#if SEEDED_BUG != 1
	e = db_commit(q->db);
#endif
	/* The letter is safe; a head file that lags by one is told by queue_look and mended by the
	 * next. */
	if (e == OK && write_head_file(q, h->sequence, &hash) != OK)
		log_warn("queue: the second copy of the head could not be written");
	queue_stamp(q);
	return e;
}

/* --- sending --- */

static enum err read_parcel(struct queue *q, uint64_t sequence, struct parcel_header *h,
			    struct buf *out)
{
	struct parcel_unchecked p;
	size_t len;
	struct db_stmt *s = db_stmt(q->db, QUEUE_BYTES);
	db_bind_int(s, 1, (int64_t)sequence);
	enum err e = db_step(s);
	if (e != OK)
		return e == ERR_MISSING ? ERR_CORRUPT : e;
	const void *bytes = db_blob(s, 0, &len);
	if (parcel_read(bytes, len, &p) == OK && p.header.sequence == sequence) {
		*h = p.header;
		buf_add(out, bytes, len);
	} else {
		e = ERR_CORRUPT;
	}
	db_done(s);
	return e == OK ? buf_end(out) : e;
}

/* The number comes from the small table first, so that it is known even when the bytes cannot be
 * read. */
static enum err next(struct queue *q, enum queue_statement which, uint64_t after,
		     struct parcel_header *h, struct buf *out)
{
	*h = (struct parcel_header){0};
	struct db_stmt *s = db_stmt(q->db, (int)which);
	db_bind_int(s, 1, (int64_t)after);
	enum err e = db_step(s);
	if (e != OK)
		return e;
	h->sequence = (uint64_t)db_int(s, 0);
	db_done(s);
	return read_parcel(q, h->sequence, h, out);
}

enum err queue_next(struct queue *q, uint64_t after, struct parcel_header *h, struct buf *out)
{
	return next(q, QUEUE_NEXT, after, h, out);
}

enum err queue_next_aside(struct queue *q, uint64_t after, struct parcel_header *h, struct buf *out)
{
	return next(q, QUEUE_NEXT_ASIDE, after, h, out);
}

enum err queue_set_aside(struct queue *q, uint64_t sequence, const char *reason)
{
	struct db_stmt *s = db_stmt(q->db, QUEUE_SET_ASIDE);
	db_bind_int(s, 1, (int64_t)sequence);
	db_bind_text(s, 2, reason, -1);
	return db_run(s);
}

/* --- how things stand --- */

enum err queue_look(struct queue *q, struct queue_state *out)
{
	struct hash second;
	uint64_t second_sequence = 0;
	*out = (struct queue_state){0};
	/* The second file first: a letter that comes meanwhile moves the database's head, and the
	 * file then only lags. */
	bool have_second = head_file(q, &second_sequence, &second);
	struct db_stmt *s = db_stmt(q->db, QUEUE_COUNTS);
	enum err e = db_step(s);
	if (e != OK)
		return e;
	out->waiting = (uint64_t)db_int(s, 0);
	out->aside = (uint64_t)db_int(s, 1);
	out->kept = (uint64_t)db_int(s, 2);
	db_done(s);
	e = read_head(q, &out->head_sequence, &out->head);
	if (e == OK && have_second)
		out->tail_missing = second_sequence > out->head_sequence;
	return e;
}

enum err queue_waits(struct queue *q, bool *out)
{
	struct db_stmt *s = db_stmt(q->db, QUEUE_NEXT);
	db_bind_int(s, 1, 0);
	enum err e = db_step(s);
	*out = e == OK;
	if (e == OK)
		db_done(s);
	return e == ERR_MISSING ? OK : e;
}

/* --- alarms and counters --- */

enum err queue_alarm(struct queue *q, const char *kind, const char *text, int32_t day)
{
	log_warn("alarm: %s: %s", kind, text);
	struct db_stmt *s = db_stmt(q->db, QUEUE_ALARM_OVER);
	db_bind_int(s, 1, day);
	enum err e = db_run(s);
	if (e != OK)
		return e;
	s = db_stmt(q->db, QUEUE_ALARM_ADD);
	db_bind_text(s, 1, kind, -1);
	db_bind_text(s, 2, text, -1);
	db_bind_int(s, 3, day);
	return db_run(s);
}

enum err queue_next_alarm(struct queue *q, int64_t after, int64_t *number, struct buf *out)
{
	struct db_stmt *s = db_stmt(q->db, QUEUE_ALARM_NEXT);
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
	struct db_stmt *s = db_stmt(q->db, QUEUE_ALARM_TOLD);
	db_bind_int(s, 1, number);
	return db_run(s);
}

enum err queue_counter(struct queue *q, const char *name, int64_t *out)
{
	*out = 0;
	struct db_stmt *s = db_stmt(q->db, QUEUE_COUNTER);
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
	struct db_stmt *s = db_stmt(q->db, QUEUE_COUNTER_SET);
	db_bind_text(s, 1, name, -1);
	db_bind_int(s, 2, value);
	return db_run(s);
}
