/* lookup.h - finding a case by its receipt, at any kiosk, with the line down.
 *
 * A wrong check digit is told at once and not counted. Five well-formed codes that find nothing
 * slow this kiosk's look-up screen: 30 seconds, doubling to ten minutes. The right sixteen digits
 * with wrong own digits are a code that finds nothing. A code that finds something takes back half
 * a miss, so whoever holds one good receipt cannot try others between. What counts survives the
 * exit that forgets a person, and a restart of the machine begins the wait again. Filing and
 * reading are never slowed. */
#pragma once
#include "app/store/kiosk/books.h"
#include "app/store/kiosk/queue.h"

enum { LOOKUP_FREE_MISSES = 5, LOOKUP_FIRST_WAIT_S = 30, LOOKUP_LONGEST_WAIT_S = 600 };

/* Seconds to wait before the next look-up; 0 when it may go on. */
int lookup_wait(struct queue *q);

struct lookup_result {
	bool found;
	uint32_t version;
	size_t count;
	struct capsule_entry entry[CAPSULE_ENTRIES_MAX]; /* oldest first */
};
/* What is looked in. */
struct lookup_in {
	struct books *books;
	struct queue *queue;
	const struct settings *settings;
	const char *place; /* of this kiosk */
};
/* Derives the keys (about 100 ms; draw 正在查 first), finds and opens the capsule. OK with found or
 * not; ERR_REFUSED while one has to wait; ERR_FULL without memory; ERR_CORRUPT when a capsule is
 * there but does not hold. */
must_use enum err lookup_find(const struct lookup_in *in, const struct receipt *r, const char *own,
			      struct receipt_keys *keys, struct lookup_result *out);
