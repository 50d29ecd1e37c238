/* wire.h - the small messages between courier and township server, both directions, as JSON.
 *
 *   GET  /v1/hello[?event=N]   -> 200 signed text "hello" (struct wire_hello)
 *   GET  /v1/settings          -> 200 the settings, signed by the root
 *   POST /v1/enroll            JSON wire_enroll -> 200 JSON wire_enrolled; 403 wrong or used code
 *   POST /v1/parcels           parcels, each after its length (u32 little-endian); a header alone
 *                              asks whether its parcel is here -> 200 JSON
 *                              wire_delivered; 413 the batch is too large: halve it; 503
 * Retry-After GET  /v1/feed?after=N      -> 200 bundle (tar.zst, see wire_manifest), 204 nothing
 * newer POST /v1/health            signed text "health" of the kiosk's key -> 200 JSON wire_told
 *
 * All but hello and enroll need a client certificate whose subject is the kiosk's id. "hello" and
 * acknowledgements are signed by the service key the settings name; nothing else is believed
 * because of the road it came by. Every reader refuses what is too long, too many or of the wrong
 * type. */
#pragma once
#include "app/base/buf.h"
#include "app/village/ack.h"
#include "app/village/settings.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	WIRE_MESSAGE_MAX = 256 << 10, /* bytes of any JSON message */
	WIRE_BATCH_MAX = 4 << 20,     /* bytes of one POST /v1/parcels that every server takes */
	WIRE_BATCH_PARCELS = 512,
	SETTINGS_MESSAGE_MAX = SETTINGS_BYTES_MAX + WIRE_MESSAGE_MAX,
	WIRE_FEED_MAX = 64 << 20, /* bytes of one bundle of the feed */
	WIRE_CODE_CHARS = 12,     /* of an enrolment code: digits and capital letters */
	WIRE_PLACES_MAX = 1024,
	WIRE_ALARMS_MAX = 64,
	WIRE_ALARM_TEXT_MAX = 200,
	WIRE_PEM_MAX = 8192,
	WIRE_VERSION_MAX = 31,
	WIRE_URGES_MAX = 64,
	WIRE_URGE_COUNT_MAX = 1000000,
};

/* `events` says whether the server told where its chain of events stands; `past` is the link that
 * was asked for with ?event=N, when it has one there. */
struct wire_hello {
	char epoch[EPOCH_CHARS + 1];
	char place[PLACE_ID_MAX + 1]; /* whose service key signs */
	int64_t time;                 /* server's clock, Unix seconds */
	uint32_t settings;            /* serial in force there */
	uint64_t feed;                /* newest position */
	bool events, past;
	uint64_t event_sequence, past_sequence;
	struct hash event_head, past_head;
};
/* Signed text of kind "hello". */
must_use enum err wire_hello_make(const struct wire_hello *h, const struct sign_public *pub,
				  const struct sign_secret *sec, struct buf *out);
/* ERR_REFUSED when `service` did not sign it; ERR_CORRUPT. */
must_use enum err wire_hello_read(const void *bytes, size_t len, const struct sign_public *service,
				  struct wire_hello *out);

struct wire_enroll {
	char code[WIRE_CODE_CHARS + 1];
	struct sign_public kiosk;   /* signs parcels */
	char request[WIRE_PEM_MAX]; /* certificate request, PEM; its own signature proves the key */
	unsigned char
		proof[SIGN_BYTES]; /* by `kiosk`, kind "enroll", over code and request joined */
};
/* Fills `proof`. */
void wire_enroll_sign(struct wire_enroll *e, const struct sign_secret *kiosk);
must_use enum err wire_enroll_make(const struct wire_enroll *e, struct buf *out);
/* Also checks the proof: ERR_REFUSED. */
must_use enum err wire_enroll_read(const void *json, size_t len, struct wire_enroll *out);

struct wire_enrolled {
	char place[PLACE_ID_MAX + 1];
	char certificate[WIRE_PEM_MAX], ca[WIRE_PEM_MAX]; /* PEM */
	const unsigned char
		*settings; /* signed text, to be checked with the root; points into `hold` */
	size_t settings_len;
	void *hold; /* freed by wire_enrolled_free */
};
must_use enum err wire_enrolled_make(const struct wire_enrolled *e, struct buf *out);
must_use enum err wire_enrolled_read(const void *json, size_t len, struct wire_enrolled *out);
void wire_enrolled_free(struct wire_enrolled *e);

/* A batch: each parcel after its length. */
must_use enum err wire_batch_add(struct buf *batch, const void *parcel, size_t len);
/* The next one at *at, which moves on. ERR_MISSING at the end, ERR_CORRUPT. */
must_use enum err wire_batch_next(const void *batch, size_t len, size_t *at,
				  const unsigned char **parcel, size_t *parcel_len);

/* What became of each parcel of a batch, in its order, and the newest acknowledgement. */
enum wire_outcome {
	WIRE_STORED,  /* durable now or already before (same bytes) */
	WIRE_OTHER,   /* the id is there with other bytes: quarantined */
	WIRE_REFUSED, /* no parcel of this kiosk, a broken signature: will never be taken */
	WIRE_LATER,   /* not this time, or not here: offer it again */
	WIRE_ABOVE,   /* only a higher installation can open it; nothing of it is kept here */
	WIRE_OUTCOMES
};
struct wire_delivered {
	size_t count;
	struct wire_result {
		char id[33]; /* 32 hex digits; "" when it could not be read */
		enum wire_outcome outcome;
	} result[WIRE_BATCH_PARCELS];
	size_t ack_len; /* signed text of kind "ack" (ack.h), checked by the reader with ack_read */
	unsigned char ack[ACK_BYTES_MAX];
};
must_use enum err wire_delivered_make(const struct wire_delivered *d, struct buf *out);
must_use enum err wire_delivered_read(const void *json, size_t len, struct wire_delivered *out);

/* manifest.json, the first entry of a bundle of the feed. Then, in this order:
 *   settings/settings          signed text, when it changed
 *   publications/PLACE/NUMBER  signed text, oldest first
 *   sheets/HASH                exact bytes of a sheet, 64 hex digits
 *   capsules/LOCATOR           capsule, 64 hex digits */
struct wire_manifest {
	uint64_t after, through; /* positions: what the kiosk had, what it has with this bundle */
	bool more;               /* ask again at once */
};
must_use enum err wire_manifest_make(const struct wire_manifest *m, struct buf *out);
must_use enum err wire_manifest_read(const void *json, size_t len, struct wire_manifest *out);

/* What a kiosk tells about itself: a deleted tail, an older server or a twin shows by it. */
struct wire_health {
	struct hash kiosk;
	uint64_t head_sequence; /* newest parcel ever made here */
	struct hash head;
	uint64_t waiting, aside;
	bool tail_missing;
	char version[WIRE_VERSION_MAX + 1];
	uint32_t settings;
	uint64_t feed;
	uint64_t disk_free_mib;
	int32_t day; /* as the kiosk's clock has it */
	size_t place_count;
	struct wire_place {
		char place[PLACE_ID_MAX + 1];
		uint64_t publication; /* newest applied */
	} place[WIRE_PLACES_MAX];
	size_t alarm_count;
	struct wire_alarm {
		int64_t number;
		int32_t day;
		char kind[32], text[WIRE_ALARM_TEXT_MAX + 1];
	} alarm[WIRE_ALARMS_MAX];
	size_t urge_count; /* how often people there asked for what is overdue, in all so far */
	struct wire_urge {
		char place[PLACE_ID_MAX + 1], template_id[32], period[12];
		int64_t count;
	} urge[WIRE_URGES_MAX];
};
/* Signed text of kind "health". */
must_use enum err wire_health_make(const struct wire_health *h, const struct sign_public *pub,
				   const struct sign_secret *sec, struct buf *out);
must_use enum err wire_health_read(const void *bytes, size_t len, const struct sign_public *kiosk,
				   struct wire_health *out);
struct wire_told {
	int64_t alarms_through; /* alarms up to this number were noted; the kiosk forgets them */
	uint64_t newest;        /* highest number it holds of this kiosk; 0: not told */
	uint64_t urges;         /* how many of the counts in the message were stored */
};
must_use enum err wire_told_make(const struct wire_told *t, struct buf *out);
must_use enum err wire_told_read(const void *json, size_t len, struct wire_told *out);
