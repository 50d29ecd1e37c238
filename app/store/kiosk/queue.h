/* queue.h - queue.db: the letters on their way, and the head of their chain.
 *
 * A parcel is durable before queue_add returns OK; only then may the screen say so. A parcel leaves
 * only when it is acknowledged, 90 days of the server's time have passed since, and its number is
 * not above the server's backed_up_to. The file holds no time of day per parcel. Migrations only
 * add, so the release before this one still reads and writes it. Kiosk and courier each open it.
 *
 * The newest (sequence, head) also stands in a second file, "head", so a deleted tail shows. */
#pragma once
#include "app/base/buf.h"
#include "app/village/ack.h"
#include "app/village/parcel.h"

enum { QUEUE_KEEP_DAYS = 90, QUEUE_RESERVE_BYTES = 64 << 20 };

struct queue;

/* `folder` holds queue.db, head and blobs/. Without `create` ERR_MISSING where there is none. */
must_use enum err queue_open(const char *folder, bool create, struct queue **out);
void queue_close(struct queue *q);

/* True when there is disk room for letters (QUEUE_RESERVE_BYTES); asked before typing begins. */
bool queue_has_room(const struct queue *q);

/* Where the next parcel stands. */
must_use enum err queue_place(struct queue *q, struct parcel_place *out);

struct queue_blob {
	struct hash hash;
	const void *bytes; /* sealed */
	size_t len;
};
/* Blobs first (written, fsynced), then the parcel. ERR_REFUSED when the chain has moved meanwhile,
 * ERR_FULL without room. */
must_use enum err queue_add(struct queue *q, const struct parcel_header *h, const void *bytes,
			    size_t len, const struct queue_blob *blobs, size_t blob_count);

/* First parcel after `after` that is not acknowledged and not set aside. ERR_MISSING. Bytes are
 * appended to `out`. */
must_use enum err queue_next(struct queue *q, uint64_t after, struct parcel_header *h,
			     struct buf *out);
/* The ones set aside, likewise. */
must_use enum err queue_next_aside(struct queue *q, uint64_t after, struct parcel_header *h,
				   struct buf *out);
/* Refused three times by the server: steps aside so that others go on; offered daily. */
must_use enum err queue_set_aside(struct queue *q, uint64_t sequence, const char *reason);

/* Takes a checked acknowledgement. An epoch other than the last one makes everything kept here
 * waiting again. An acknowledgement that says less than an earlier one of the same epoch changes
 * nothing. */
must_use enum err queue_acknowledge(struct queue *q, const struct ack *a, const void *bytes,
				    size_t len);
/* Deletes what may be deleted (see above) by the newest acknowledgement's clock. */
must_use enum err queue_tidy(struct queue *q, size_t *deleted);
/* OK when this parcel is covered by an acknowledgement, ERR_MISSING when not (yet). */
must_use enum err queue_is_acknowledged(struct queue *q, uint64_t sequence);
/* The newest acknowledgement. ERR_MISSING. */
must_use enum err queue_last_ack(struct queue *q, struct buf *out);

struct queue_state {
	uint64_t waiting, aside, kept; /* parcels */
	uint64_t head_sequence;
	struct hash head;  /* of the newest parcel, whole */
	bool tail_missing; /* the second file knows a newer head than the database */
};
must_use enum err queue_look(struct queue *q, struct queue_state *out);

/* Alarms for the next health message: what was refused and why, day only. Kept until told. */
must_use enum err queue_alarm(struct queue *q, const char *kind, const char *text, int32_t day);
must_use enum err queue_next_alarm(struct queue *q, int64_t after, int64_t *number,
				   struct buf *out);
must_use enum err queue_alarm_told(struct queue *q, int64_t number);

/* Small counters that survive a reboot (wrong look-ups, PIN tries). 0 when never set. */
must_use enum err queue_counter(struct queue *q, const char *name, int64_t *out);
must_use enum err queue_counter_set(struct queue *q, const char *name, int64_t value);
