/* kiosks.h - the kiosks of an installation: enrolled by a one-time code, told apart by their
 * signing key, watched by what they say about themselves. */
#pragma once
#include "app/base/buf.h"
#include "app/store/township/township.h"
#include "app/village/parcel.h"
#include "app/village/wire.h"

enum { KIOSKS_CODE_HOURS = 72, KIOSKS_ALARMS_PER_HOUR = 500 };

struct kiosk_row {
	struct hash id;
	struct sign_public sign;
	unsigned char certificate[32];
	char place[PLACE_ID_MAX + 1];
	bool revoked;
	uint64_t newest, parcels, backed_up_to;
	int64_t health_time; /* 0: never */
};

/* A fresh code, shown once; only its hash is kept. A job. */
must_use enum err kiosks_code(struct db *db, const char *place, int64_t now,
			      char code[WIRE_CODE_CHARS + 1]);
/* ERR_REFUSED: wrong, used or too old. A job. */
must_use enum err kiosks_enroll(struct db *db, const char *code, const struct sign_public *sign,
				const unsigned char certificate[32], int64_t now,
				char place[PLACE_ID_MAX + 1]);
/* ERR_MISSING. `health` may be NULL; it gets the newest health text, as it came. */
must_use enum err kiosks_find(struct db *db, const struct hash *id, struct kiosk_row *out,
			      struct buf *health);
/* In order of id; begin with zeros. ERR_MISSING at the end. */
must_use enum err kiosks_next(struct db *db, const struct hash *after, struct kiosk_row *out,
			      struct buf *health);
must_use enum err kiosks_revoke(struct db *db, const struct hash *id, bool revoked);
must_use enum err kiosks_health(struct db *db, const struct hash *id, const void *bytes, size_t len,
				int64_t now);

/* What a kiosk sent within this hour of the server's clock; limits count by kiosk and hour, never
 * by person. ERR_MISSING. A job. */
struct kiosk_hour {
	uint64_t newest; /* not of the hour: its highest number stored */
	int64_t letters, bytes, quarantined, alarms;
};
must_use enum err kiosks_hour(struct db *db, const struct hash *kiosk, int64_t now,
			      struct kiosk_hour *out);

/* What must be looked at by a person; the same thing is noted once, and no more than
 * KIOSKS_ALARMS_PER_HOUR of one kiosk. */
must_use enum err kiosks_alarm(struct db *db, const struct hash *kiosk, int64_t now,
			       const char *kind, const char *text);
struct kiosk_alarm {
	int64_t number, time;
	struct hash kiosk;
	char kind[32], text[WIRE_ALARM_TEXT_MAX + 1];
};
/* Newest first; begin with INT64_MAX. ERR_MISSING at the end. */
must_use enum err kiosks_alarm_before(struct db *db, int64_t number, struct kiosk_alarm *out);
