/* courier.h - what carries things between a kiosk and its township: one struct, one round after the
 * other, no threads. Opens no display. */
#pragma once
#include "app/store/kiosk/books.h"
#include "app/store/kiosk/home.h"
#include "app/store/kiosk/queue.h"
#include "app/village/catalogue.h"
#include "app/village/wire.h"
#include "sync/backoff.h"
#include "sync/http_client.h"

#include <signal.h>

enum { STRIKES_MAX = 64, STRIKES = 3, COURIER_REFUSED = 1024 };

struct courier {
	struct kiosk_home home;
	struct queue *queue;
	struct books *books;
	struct catalogue *catalogue;
	struct settings *settings;                   /* NULL before enrolment */
	struct http_client *client;                  /* NULL before enrolment */
	char ca[4096], certificate[4096], key[4096]; /* paths */
	int64_t server_time;                         /* newest signed; the clock floor */
	int64_t stored_time;                         /* what the books hold of it */
	uint64_t server_feed;
	size_t most_bytes, most_parcels; /* of a batch: halved when the server says too large */
	size_t batch_parcels;            /* of the next one: halved to find a parcel it refuses */
	struct {
		uint64_t sequence;
		int count;
	} strike[STRIKES_MAX];                    /* refusals, in memory only */
	int64_t aside_offered_ms, health_told_ms; /* monotonic; 0: never */
	bool sent;                                /* something was delivered since the last hello */
	char server_place[PLACE_ID_MAX + 1];      /* as the last hello said; "" before */
	bool gap_asked;         /* everything was asked for again because of a gap */
	bool too_new;           /* something came that only a later release can read */
	unsigned applied;       /* bundles applied by this process */
	unsigned published;     /* publications that became visible */
	enum books_road road;   /* of what is being applied */
	struct hash inbox_seen; /* what lay there when all that was left had to wait */
	/* pictures: blobs.c */
	struct courier_refused {
		struct hash hash;
		int64_t until_ms; /* monotonic: not asked for before */
	} refused[COURIER_REFUSED];
	uint64_t blobs_most;     /* bytes they may fill; 0: the usual */
	uint64_t blobs_sequence; /* next letter's number when the turn began */
	int64_t blobs_at_ms;     /* when all are looked at again; 0: now */
	unsigned blobs_applied;  /* `applied` when they were looked at */
	bool blobs_left;         /* the turn ended before they did */
	const volatile sig_atomic_t *stop;
};

/* Opens the data folder. The log says what is missing. */
must_use enum err courier_open(const char *data, const char *assets,
			       const volatile sig_atomic_t *stop, struct courier **out);
void courier_close(struct courier *c); /* NULL is fine */
/* Reads settings from the books again. */
must_use enum err courier_load_settings(struct courier *c);
/* The service keys that are believed here, the highest first: the county's, the township's. Only
 * the first settles a letter. Gives how many. */
size_t courier_service_keys(const struct courier *c, struct sign_public out[2]);

/* A round's outcome tells the loop what to do next. */
enum round {
	ROUND_DONE,    /* everything that could be done was done */
	ROUND_MORE,    /* something is left that may go at once */
	ROUND_NO_LINE, /* the server was not reached, or it was not the server */
	ROUND_LATER,   /* reached, but it wants to be left alone for a while */
	ROUND_TROUBLE  /* our own disk */
};

/* hello: is it them, what time is it there, is there anything new. */
enum round courier_hello(struct courier *c, int *retry_after_s);
/* deliver.c: every waiting parcel. */
enum round courier_deliver(struct courier *c, int *retry_after_s);
/* fetch.c: the feed, applied. */
enum round courier_fetch(struct courier *c, int *retry_after_s);
/* blobs.c: pictures that rows name; `blobs_left` tells whether to come again at once. */
enum round courier_blobs(struct courier *c, int *retry_after_s);
/* Those of a bundle: only what a row in force names is kept, so that a stick cannot fill the disk
 * with what nobody published. Without room they are left out. */
struct courier_blob {
	const char *hex;
	const void *bytes;
	size_t len;
};
must_use enum err courier_keep_blobs(struct courier *c, const struct courier_blob *blob,
				     size_t count);
/* report.c: how this machine is. */
enum round courier_report(struct courier *c, int *retry_after_s);
/* The queue was made again and the server has not told yet which numbers are used. */
bool courier_unsure(struct courier *c);
/* inbox.c: bundles that came by stick. What waits for another stays, what is none is put aside. */
enum round courier_inbox(struct courier *c);

/* bundles.c: the files of applied/ and inbox/. */
enum { BUNDLE_NAME_MAX = 200 };
struct bundle_names {
	char (*name)[BUNDLE_NAME_MAX];
	size_t count;
};
/* Names ending in ".tar.zst", sorted. Free `name`. */
must_use enum err bundles_list(struct courier *c, const char *folder, struct bundle_names *out);
/* Bytes of a plain file. ERR_REFUSED when it is something else, too long or cannot be read. */
must_use enum err bundles_read(struct courier *c, const char *folder, const char *name,
			       struct buf *out);
/* Into applied/, under a name of its own: nothing kept there is written over. `name`: which; NULL
 * when nobody asks. */
must_use enum err bundles_keep(struct courier *c, const struct wire_manifest *m, const void *bytes,
			       size_t len, char name[BUNDLE_NAME_MAX]);
must_use enum err bundles_move(struct courier *c, const char *name, const struct buf *bytes);

/* repair.c: opens queue and books; makes again what is damaged or gone. Once at the start, and
 * before every round. */
must_use enum err courier_open_stores(struct courier *c);
must_use enum err courier_look_after(struct courier *c);
/* The newest settings beside the bundles, so that the books can be made again without a line. */
must_use enum err courier_keep_settings(struct courier *c, const void *bytes, size_t len);

/* apply.c: a bundle's content, each thing by its own signature. OK: all of it stands in the books,
 * or was refused for good, or only a later release can read it (too_new: asked for again then).
 * ERR_IO, ERR_FULL: try again later. ERR_MISSING: a publication before it is missing. ERR_CORRUPT:
 * no bundle. */
must_use enum err courier_apply(struct courier *c, const void *bytes, size_t len,
				struct wire_manifest *manifest);

/* Is it signed by a service that is believed here, by its key in force or a retired one? */
bool courier_believes_capsule(const struct courier *c, const void *bytes, size_t len,
			      struct capsule *out, struct service_key *by);

/* prune.c: packs anew what still counts of applied/, when there is much of it. After any failure
 * all that was there still is. */
must_use enum err courier_prune(struct courier *c);

/* enrol.c: makes keys, trades the one-time code for a certificate. 0 or an exit code. */
int courier_enrol(struct courier *c, const char *code);

#define COURIER_EVENTS_CHANGED "服务器的办件记录和以前给这里看的不一样"
/* Something a person must look at, once a day while it lasts: into the log, and to the township
 * with the next health. */
void courier_alarm(struct courier *c, const char *kind, const char *text);
/* What a reply means when it is not the one hoped for. */
enum round courier_trouble(const struct http_reply *r, int *retry_after_s);
