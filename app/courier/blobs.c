/* blobs.c - the pictures that published rows name: fetched behind everything else, newest month
 * first, in small parts so that a letter never waits for one.
 *
 * They may fill at most BLOBS_MOST, and never so much of the disk that letters and books lack room.
 * When there is no more, what nothing names any more goes first, oldest first, then the pictures of
 * the oldest months make room for newer ones. */
#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/text.h"
#include "app/courier/courier.h"
#include "app/store/kiosk/album.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

enum {
	PART_BYTES = 64 << 10,
	TURN_MS = 10 * 1000,         /* then letters and news are asked for again */
	LOOK_MS = 10 * 60 * 1000,    /* nothing lacked, or nothing more could be had */
	REFUSED_MS = 60 * 60 * 1000, /* the server does not have it */
	REFUSED_A_TURN = 16,
	RESERVE_BYTES = 4 * QUEUE_RESERVE_BYTES
};
static const uint64_t blobs_most = UINT64_C(4) << 30;

/* --- what the server did not have --- */

static struct courier_refused *refused_place(struct courier *c, const struct hash *which)
{
	uint64_t key;
	memcpy(&key, which->b, sizeof key);
	return &c->refused[key % COURIER_REFUSED];
}

static bool is_refused(struct courier *c, const struct hash *which, int64_t now_ms)
{
	const struct courier_refused *r = refused_place(c, which);
	return now_ms < r->until_ms && hash_equal(&r->hash, which);
}

static void refuse(struct courier *c, const struct hash *which, int64_t now_ms)
{
	*refused_place(c, which) =
		(struct courier_refused){.hash = *which, .until_ms = now_ms + REFUSED_MS};
}

/* --- room --- */

struct stock {
	struct books_pages named;
	struct album_list here;
};

static enum err stock_open(struct courier *c, struct stock *s)
{
	enum err e = books_pages(c->books, c->home.place, &s->named);
	if (e == OK && s->named.count > 0)
		e = album_list(c->home.folder, &s->here);
	return e;
}

static void stock_close(struct stock *s)
{
	free(s->named.hash);
	free(s->here.file);
}

static int by_hash(const void *a, const void *b)
{
	return memcmp(a, b, HASH_BYTES);
}

static int oldest_first(const void *a, const void *b)
{
	const struct album_file *x = a, *y = b;
	if (x->changed != y->changed)
		return x->changed < y->changed ? -1 : 1;
	return by_hash(&x->hash, &y->hash);
}

static void drop(struct courier *c, struct stock *s, size_t i)
{
	struct album_file *f = &s->here.file[i];
	album_drop(c->home.folder, &f->hash);
	s->here.bytes -= f->bytes;
	f->bytes = 0;
}

static bool has_room(const struct courier *c, const struct stock *s)
{
	struct statvfs v;
	uint64_t most = c->blobs_most == 0 ? blobs_most : c->blobs_most;
	return s->here.bytes + ALBUM_BYTES_MAX <= most && statvfs(c->home.folder, &v) == 0 &&
	       (uint64_t)v.f_bavail * v.f_frsize >= RESERVE_BYTES + ALBUM_BYTES_MAX;
}

/* What no row in force names. */
static void drop_unnamed(struct courier *c, struct stock *s)
{
	struct hash *sorted = calloc(s->named.count + 1, sizeof *sorted);
	if (sorted == NULL)
		return;
	if (s->named.count > 0)
		memcpy(sorted, s->named.hash, s->named.count * sizeof *sorted);
	qsort(sorted, s->named.count, sizeof *sorted, by_hash);
	if (s->here.count > 0)
		qsort(s->here.file, s->here.count, sizeof *s->here.file, oldest_first);
	for (size_t i = 0; i < s->here.count && !has_room(c, s); i++)
		if (s->here.file[i].bytes > 0 &&
		    bsearch(&s->here.file[i].hash, sorted, s->named.count, sizeof *sorted,
			    by_hash) == NULL)
			drop(c, s, i);
	free(sorted);
}

/* Room for the picture that is wanted as number `at`. False: there is none to be had. */
static bool make_room(struct courier *c, struct stock *s, size_t at)
{
	if (!has_room(c, s))
		drop_unnamed(c, s);
	for (size_t last = s->named.count; last > at + 1 && !has_room(c, s); last--)
		for (size_t i = 0; i < s->here.count; i++)
			if (s->here.file[i].bytes > 0 &&
			    hash_equal(&s->here.file[i].hash, &s->named.hash[last - 1]))
				drop(c, s, i);
	return has_room(c, s);
}

/* --- one picture --- */

/* What came of a part is kept, also when the line broke in it. ERR_REFUSED: it is not that part. */
static enum err keep_part(struct courier *c, const struct hash *which, size_t from,
			  const struct http_reply *r)
{
	if (r->part_from != (int64_t)from || r->part_of > ALBUM_BYTES_MAX ||
	    (int64_t)(from + r->len) > r->part_of)
		return ERR_REFUSED;
	return album_part_add(c->home.folder, which, r->body, r->len);
}

/* ERR_MISSING: the server does not have it. ERR_CORRUPT, ERR_REFUSED: it has something else under
 * its name. ERR_SAME: more is to come. */
static enum err judge(struct courier *c, const struct hash *which, size_t from,
		      const struct http_reply *r)
{
	enum err e = ERR_MISSING;
	if (r->status == 200) {
		e = album_put(c->home.folder, which, r->body, r->len);
	} else if (r->status == 206) {
		e = keep_part(c, which, from, r);
		if (e == OK && (int64_t)(from + r->len) < r->part_of)
			return ERR_SAME;
		if (e == OK)
			e = album_part_end(c->home.folder, which);
	} else if (r->status == 416 && from > 0) {
		e = album_part_end(c->home.folder, which);
	}
	return e;
}

/* A letter was written since this turn began. */
static bool letter_came(struct courier *c)
{
	struct parcel_place next;
	return queue_place(c->queue, &next) == OK && next.sequence != c->blobs_sequence;
}

/* Nothing of it is kept; asked for again in an hour. */
static enum round not_it(struct courier *c, const struct hash *which)
{
	courier_alarm(c, "blob", "服务器给的照片和公开的表上写的不是同一张");
	album_drop(c->home.folder, which);
	refuse(c, which, clock_ms());
	return ROUND_DONE;
}

/* ROUND_DONE: it is here, or known not to be had. ROUND_MORE: letters go first. */
static enum round fetch_one(struct courier *c, const struct hash *which, int *retry_after_s)
{
	char path[80] = "/v1/blobs/";
	enum err e = ERR_SAME;
	bool anew = album_part(c->home.folder, which) == 0;
	text_hex(which->b, HASH_BYTES, path + strlen(path));
	while (e == ERR_SAME) {
		struct http_reply r;
		size_t from = album_part(c->home.folder, which);
		if (*c->stop != 0 || letter_came(c))
			return ROUND_MORE;
		if (!http_get_part(c->client, path, from, from + PART_BYTES, ALBUM_BYTES_MAX, &r)) {
			if (r.trouble == HTTP_TOO_LARGE)
				return not_it(c, which);
			if (r.status == 206 && r.len > 0 && keep_part(c, which, from, &r) != OK)
				log_warn("blobs: what came of a picture could not be kept");
			return courier_trouble(&r, retry_after_s);
		}
		if (r.status == 429 || r.status >= 500)
			return courier_trouble(&r, retry_after_s);
		if (r.status == 206 && r.len == 0) /* it says there is more and gives nothing */
			return not_it(c, which);
		e = judge(c, which, from, &r);
		if (e == ERR_CORRUPT && !anew) {
			/* What lay here may be what a power cut left: once more from the
			 * beginning. */
			album_drop(c->home.folder, which);
			anew = true;
			e = ERR_SAME;
		}
	}
	if (e == ERR_CORRUPT || e == ERR_REFUSED)
		return not_it(c, which);
	if (e == ERR_MISSING)
		refuse(c, which, clock_ms());
	return e == OK || e == ERR_MISSING ? ROUND_DONE : ROUND_TROUBLE;
}

/* --- all --- */

static enum round fetch_all(struct courier *c, struct stock *s, int *retry_after_s)
{
	int64_t until = clock_ms() + TURN_MS;
	int refused = 0;
	for (size_t i = 0; i < s->named.count; i++) {
		const struct hash *which = &s->named.hash[i];
		if (album_size(c->home.folder, which) >= 0 || is_refused(c, which, clock_ms()))
			continue;
		if (*c->stop != 0 || clock_ms() > until || refused == REFUSED_A_TURN)
			return ROUND_MORE;
		if (!make_room(c, s, i)) {
			log_info("blobs: no more room for pictures");
			return ROUND_DONE;
		}
		enum round round = fetch_one(c, which, retry_after_s);
		if (round != ROUND_DONE)
			return round;
		int64_t bytes = album_size(c->home.folder, which);
		s->here.bytes += bytes > 0 ? (uint64_t)bytes : 0;
		refused += bytes < 0;
	}
	return ROUND_DONE;
}

enum round courier_blobs(struct courier *c, int *retry_after_s)
{
	struct stock s = {0};
	struct parcel_place next = {0};
	c->blobs_left = false;
	if (c->books == NULL ||
	    (c->blobs_at_ms != 0 && c->blobs_applied == c->applied && clock_ms() < c->blobs_at_ms))
		return ROUND_DONE;
	enum err e = queue_place(c->queue, &next);
	c->blobs_sequence = next.sequence;
	if (e == OK)
		e = stock_open(c, &s);
	enum round round = e == OK ? fetch_all(c, &s, retry_after_s) : ROUND_TROUBLE;
	stock_close(&s);
	if (round == ROUND_DONE) {
		c->blobs_applied = c->applied;
		c->blobs_at_ms = clock_ms() + LOOK_MS;
	}
	c->blobs_left = round == ROUND_MORE;
	return round == ROUND_MORE ? ROUND_DONE : round;
}

/* --- of a bundle --- */

static size_t place_among(const struct books_pages *named, const struct hash *which)
{
	size_t at = 0;
	while (at < named->count && !hash_equal(&named->hash[at], which))
		at++;
	return at;
}

static enum err keep_one(struct courier *c, struct stock *s, const struct courier_blob *b)
{
	struct hash which;
	if (!text_unhex(b->hex, strlen(b->hex), which.b, HASH_BYTES))
		return OK;
	size_t at = place_among(&s->named, &which);
	if (at == s->named.count || album_size(c->home.folder, &which) >= 0 || !make_room(c, s, at))
		return OK;
	enum err e = album_put(c->home.folder, &which, b->bytes, b->len);
	if (e == OK)
		s->here.bytes += b->len;
	if (e == ERR_CORRUPT || b->len > ALBUM_BYTES_MAX) {
		courier_alarm(c, "blob", "内容包里的照片和公开的表上写的不是同一张");
		e = OK;
	}
	return e;
}

enum err courier_keep_blobs(struct courier *c, const struct courier_blob *blob, size_t count)
{
	struct stock s = {0};
	enum err e = stock_open(c, &s);
	for (size_t i = 0; i < count && e == OK; i++)
		e = keep_one(c, &s, &blob[i]);
	stock_close(&s);
	return e;
}
