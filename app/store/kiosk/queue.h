/* queue.h - queue.db: the letters on their way, and the head of their chain.
 *
 * A parcel is durable before queue_add returns OK; only then may the screen say so. A parcel leaves
 * only when it is acknowledged, 90 days of the server's time have passed since, and its number is
 * not above the server's backed_up_to. The file holds no time of day per parcel, nor do the times
 * of the files. Kiosk and courier each open it.
 *
 * The newest (sequence, head) also stands in a second file, "head", so a deleted tail shows. */
#pragma once
#include "app/base/buf.h"
#include "app/village/ack.h"
#include "app/village/parcel.h"

enum { QUEUE_KEEP_DAYS = 90, QUEUE_RESERVE_BYTES = 64 << 20 };

struct queue;

/* `folder` holds queue.db, head and blobs/. `create` is for provisioning alone: it makes one where
 * there is none, with number 1 for the first letter. Otherwise ERR_MISSING. */
must_use enum err queue_open(const char *folder, bool create, struct queue **out);
/* For kiosk and courier. Where a provisioned folder has lost its queue.db a new one is made that
 * uses no number again: it goes on after the one in "head", keeps an alarm, and counter "unsure" is
 * 1 until the server has told the newest number it holds. ERR_MISSING where nothing was
 * provisioned. */
must_use enum err queue_open_again(const char *folder, struct queue **out);
void queue_close(struct queue *q);
/* False when queue.db was taken away or another put in its place since it was opened. */
bool queue_there(const struct queue *q);
/* Sets the times of what a letter touches to the beginning of the day. Done after each write here;
 * the courier does it every second as well, because only a file's owner may and kiosk and courier
 * are two users. */
void queue_stamp(const struct queue *q);
/* The next letter gets a number above `sequence`; `hash` is that parcel's, NULL when not known.
 * ERR_REFUSED when it is too far off to be believed. */
must_use enum err queue_raise(struct queue *q, uint64_t sequence, const struct hash *hash);

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
 * ERR_FULL without room, ERR_IO when queue.db was taken away: open it again. */
must_use enum err queue_add(struct queue *q, const struct parcel_header *h, const void *bytes,
			    size_t len, const struct queue_blob *blobs, size_t blob_count);

/* First parcel after `after` that is not acknowledged and not set aside. ERR_MISSING. Bytes are
 * appended to `out`. ERR_CORRUPT when the bytes are not what was sealed; h->sequence tells which,
 * so that the others go on. */
must_use enum err queue_next(struct queue *q, uint64_t after, struct parcel_header *h,
			     struct buf *out);
/* The ones set aside, likewise. */
must_use enum err queue_next_aside(struct queue *q, uint64_t after, struct parcel_header *h,
				   struct buf *out);
/* Refused three times by the server: steps aside so that others go on; offered daily. */
must_use enum err queue_set_aside(struct queue *q, uint64_t sequence, const char *reason);

/* Numbers of which the server itself said "stored" in the reply that carries the acknowledgement.
 */
struct queue_stored {
	const uint64_t *sequence;
	size_t count;
	/* Two requests may be under way, and the answer taken second be the older one: what
	 * queue_seen gave when this one was sent. 0: no other was under way. */
	uint64_t since;
};
/* Marks a moment: how much of the server's events had been seen by then. Never 0. */
must_use enum err queue_seen(struct queue *q, uint64_t *since);
/* Takes a checked acknowledgement. It settles a parcel only when that very parcel was stored, now
 * or in an earlier reply of the same epoch, and the acknowledgement covers its number. An epoch
 * other than the last one makes everything kept here waiting again. One that says less than an
 * earlier one of the same epoch settles nothing, unless both were under way together: then it
 * settles what it came for. */
must_use enum err queue_acknowledge(struct queue *q, const struct ack *a, const void *bytes,
				    size_t len, const struct queue_stored *stored);
/* The server's epoch, from a signed hello. Another one than that of the last acknowledgement:
 * everything kept here waits again. */
must_use enum err queue_follow_epoch(struct queue *q, const char *epoch, bool *changed);
/* What was acknowledged above `newest`, which is all the server has now, waits again. */
must_use enum err queue_offer_above(struct queue *q, uint64_t newest, size_t *count);
/* Deletes what may be deleted (see above) by the newest acknowledgement's clock. */
must_use enum err queue_tidy(struct queue *q, size_t *deleted);
/* The server that has it cannot settle it: from now on its header alone is sent, to ask whether it
 * is still there. */
must_use enum err queue_hold(struct queue *q, uint64_t sequence, bool held);
must_use enum err queue_held(struct queue *q, uint64_t sequence, bool *out);
/* OK when this parcel is covered by an acknowledgement, ERR_MISSING when not (yet). */
must_use enum err queue_is_acknowledged(struct queue *q, uint64_t sequence);
/* The newest acknowledgement. ERR_MISSING. */
must_use enum err queue_last_ack(struct queue *q, struct buf *out);

/* Where the server's chain of events stood when it was last looked at here. */
struct queue_events {
	char epoch[EPOCH_CHARS + 1];
	uint64_t sequence;
	struct hash head;
};
/* In the newest epoch. ERR_MISSING. */
must_use enum err queue_witnessed(struct queue *q, struct queue_events *out);
/* Keeps where it stands now. ERR_REFUSED when that is lower than before in this epoch, or another
 * head at the same place: the server's events were changed, and what was seen before stays. */
must_use enum err queue_witness(struct queue *q, const struct queue_events *now);

struct queue_state {
	uint64_t waiting, aside, kept; /* parcels */
	uint64_t head_sequence;
	struct hash head;  /* of the newest parcel, whole */
	bool tail_missing; /* the second file knows a newer head than the database */
};
must_use enum err queue_look(struct queue *q, struct queue_state *out);
/* Whether something waits; asked every second. */
must_use enum err queue_waits(struct queue *q, bool *out);

/* Alarms for the next health message: what was refused and why, day only. Kept until told. */
must_use enum err queue_alarm(struct queue *q, const char *kind, const char *text, int32_t day);
must_use enum err queue_next_alarm(struct queue *q, int64_t after, int64_t *number,
				   struct buf *out);
must_use enum err queue_alarm_told(struct queue *q, int64_t number);

/* Small counters that survive a reboot (wrong look-ups, PIN tries). 0 when never set. */
must_use enum err queue_counter(struct queue *q, const char *name, int64_t *out);
must_use enum err queue_counter_set(struct queue *q, const char *name, int64_t value);
