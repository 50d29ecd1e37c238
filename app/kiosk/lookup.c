#include "app/kiosk/lookup.h"

#include "app/base/log.h"

#include <time.h>

/* A miss counts two, a hit takes one back. No more are counted than make the longest wait. */
enum { POINTS_A_MISS = 2, POINTS_MOST = 10 * POINTS_A_MISS };

static const char points_name[] = "lookup_points", until_name[] = "lookup_until";

static int64_t boot_s(void)
{
	struct timespec t;
	clock_gettime(CLOCK_BOOTTIME, &t);
	return (int64_t)t.tv_sec;
}

static int64_t wait_after(int64_t misses)
{
	int64_t wait = LOOKUP_FIRST_WAIT_S;
	for (int64_t i = LOOKUP_FREE_MISSES; i < misses && wait < LOOKUP_LONGEST_WAIT_S; i++)
		wait *= 2;
	return wait < LOOKUP_LONGEST_WAIT_S ? wait : LOOKUP_LONGEST_WAIT_S;
}

int lookup_wait(struct queue *q)
{
	int64_t misses = 0, until = 0, now = boot_s();
	if (queue_counter(q, points_name, &misses) != OK)
		return 0;
	misses /= POINTS_A_MISS;
	if (misses < LOOKUP_FREE_MISSES)
		return 0;
	if (queue_counter(q, until_name, &until) != OK)
		until = 0;
	int64_t longest = wait_after(misses);
	if (until - now > longest) { /* counted from an earlier start of the machine */
		until = now + longest;
		if (queue_counter_set(q, until_name, until) != OK)
			log_warn("lookup: the wait could not be kept");
	}
	return until > now ? (int)(until - now) : 0;
}

static void count(struct queue *q, bool found)
{
	int64_t points = 0;
	if (queue_counter(q, points_name, &points) != OK)
		points = 0;
	if (found && points == 0)
		return;
	points += found ? -1 : POINTS_A_MISS;
	if (points > POINTS_MOST)
		points = POINTS_MOST;
	int64_t misses = points / POINTS_A_MISS;
	enum err e = queue_counter_set(q, points_name, points);
	/* Only a miss makes anybody wait. */
	if (e == OK && !found && misses >= LOOKUP_FREE_MISSES)
		e = queue_counter_set(q, until_name, boot_s() + wait_after(misses));
	if (e != OK)
		log_warn("lookup: the count of misses could not be kept");
}

enum err lookup_find(const struct lookup_in *in, const struct receipt *r, const char *own,
		     struct receipt_keys *keys, struct lookup_result *out)
{
	struct queue *q = in->queue;
	out->found = false;
	out->count = 0;
	if (lookup_wait(q) > 0)
		return ERR_REFUSED;
	enum err e = receipt_derive(r, own, keys);
	if (e != OK)
		return e;
	struct buf bytes;
	buf_init(&bytes, CAPSULE_BYTES_MAX);
	e = books_capsule(in->books, keys->pub.locator, &bytes);
	if (e == ERR_MISSING) {
		count(q, false);
		buf_free(&bytes);
		return OK;
	}
	struct capsule_unchecked raw;
	struct capsule capsule;
	struct service_key by;
	if (e == OK)
		e = capsule_read(bytes.p, bytes.len, &raw);
	if (e == OK)
		e = capsule_believe(&raw, in->settings, in->place, &capsule, &by);
	out->count = CAPSULE_ENTRIES_MAX;
	if (e == OK)
		e = capsule_open(&capsule, keys, out->entry, &out->count);
	if (e != OK) {
		log_warn("lookup: a capsule does not hold");
		out->count = 0;
		e = ERR_CORRUPT;
	} else {
		out->found = true;
		out->version = capsule.version;
		count(q, true);
	}
	buf_free(&bytes);
	return e;
}
