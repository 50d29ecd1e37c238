#include "app/store/township/kiosks.h"

#include "app/base/text.h"
#include "app/store/township/events.h"
#include "app/store/township/township_impl.h"

#include <stdio.h>
#include <string.h>

enum { HOUR_S = 3600, DAY_S = 24 * HOUR_S };

/* Digits and capital letters without those that are mistaken for one another. */
static const char code_letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

static void hash_code(const char *code, struct hash *out)
{
	hash_bytes(code, strlen(code), out);
}

enum err kiosks_code(struct db *db, const char *place, int64_t now, char code[WIRE_CODE_CHARS + 1])
{
	unsigned char random[WIRE_CODE_CHARS];
	struct hash h;
	seal_random(random, sizeof random);
	for (int i = 0; i < WIRE_CODE_CHARS; i++)
		code[i] = code_letters[random[i] % (sizeof code_letters - 1)];
	code[WIRE_CODE_CHARS] = 0;
	hash_code(code, &h);
	struct db_stmt *q = db_stmt(db, SQL_CODE_ADD);
	db_bind_blob(q, 1, h.b, HASH_BYTES);
	db_bind_text(q, 2, place, -1);
	db_bind_int(q, 3, now + (int64_t)KIOSKS_CODE_HOURS * HOUR_S);
	enum err e = db_run(q);
	return e == OK ? events_add(db, now, "kiosk-code", place) : e;
}

enum err kiosks_enroll(struct db *db, const char *code, const struct sign_public *sign,
		       const unsigned char certificate[32], int64_t now,
		       char place[PLACE_ID_MAX + 1])
{
	struct hash h, id;
	char hex[2 * HASH_BYTES + 1];
	hash_code(code, &h);
	parcel_kiosk_id(sign, &id);
	struct db_stmt *q = db_stmt(db, SQL_CODE_USE);
	db_bind_blob(q, 1, h.b, HASH_BYTES);
	db_bind_blob(q, 2, id.b, HASH_BYTES);
	db_bind_int(q, 3, now);
	enum err e = db_step(q);
	if (e == OK)
		snprintf(place, PLACE_ID_MAX + 1, "%s", db_text(q, 0, NULL));
	db_done(q);
	if (e != OK)
		return e == ERR_MISSING ? ERR_REFUSED : e;
	q = db_stmt(db, SQL_KIOSK_PUT);
	db_bind_blob(q, 1, id.b, HASH_BYTES);
	db_bind_blob(q, 2, sign->b, sizeof sign->b);
	db_bind_blob(q, 3, certificate, 32);
	db_bind_text(q, 4, place, -1);
	db_bind_int(q, 5, now);
	e = db_run(q);
	text_hex(id.b, HASH_BYTES, hex);
	return e == OK ? events_add(db, now, "kiosk-enrolled", hex) : e;
}

static enum err row_of(struct db_stmt *q, struct kiosk_row *out, struct buf *health)
{
	size_t len;
	*out = (struct kiosk_row){0};
	enum err e = db_step(q);
	if (e != OK)
		return e;
	bool good = township_blob(q, 0, out->sign.b, sizeof out->sign.b) &&
		    township_blob(q, 1, out->certificate, 32) &&
		    township_blob(q, 9, out->id.b, HASH_BYTES);
	snprintf(out->place, sizeof out->place, "%s", db_text(q, 2, NULL));
	out->revoked = db_int(q, 3) != 0;
	out->newest = (uint64_t)db_int(q, 4);
	out->parcels = (uint64_t)db_int(q, 5);
	out->backed_up_to = (uint64_t)db_int(q, 6);
	out->health_time = db_int(q, 7);
	const void *bytes = db_blob(q, 8, &len);
	if (health != NULL && len > 0)
		buf_add(health, bytes, len);
	db_done(q);
	return good ? OK : ERR_CORRUPT;
}

enum err kiosks_find(struct db *db, const struct hash *id, struct kiosk_row *out,
		     struct buf *health)
{
	struct db_stmt *q = db_stmt(db, SQL_KIOSK);
	db_bind_blob(q, 1, id->b, HASH_BYTES);
	return row_of(q, out, health);
}

enum err kiosks_next(struct db *db, const struct hash *after, struct kiosk_row *out,
		     struct buf *health)
{
	struct db_stmt *q = db_stmt(db, SQL_KIOSK_NEXT);
	db_bind_blob(q, 1, after->b, HASH_BYTES);
	return row_of(q, out, health);
}

enum err kiosks_revoke(struct db *db, const struct hash *id, bool revoked)
{
	struct db_stmt *q = db_stmt(db, SQL_KIOSK_REVOKE);
	db_bind_blob(q, 1, id->b, HASH_BYTES);
	db_bind_int(q, 2, revoked);
	enum err e = db_run(q);
	return e == OK && db_changes(db) == 0 ? ERR_MISSING : e;
}

enum err kiosks_health(struct db *db, const struct hash *id, const void *bytes, size_t len,
		       int64_t now)
{
	struct db_stmt *q = db_stmt(db, SQL_KIOSK_HEALTH);
	db_bind_blob(q, 1, id->b, HASH_BYTES);
	db_bind_blob(q, 2, bytes, len);
	db_bind_int(q, 3, now);
	return db_run(q);
}

enum err kiosks_hour(struct db *db, const struct hash *kiosk, int64_t now, struct kiosk_hour *out)
{
	struct db_stmt *q = db_stmt(db, SQL_KIOSK_HOUR);
	db_bind_blob(q, 1, kiosk->b, HASH_BYTES);
	enum err e = db_step(q);
	*out = (struct kiosk_hour){0};
	if (e != OK)
		return e;
	int64_t hour = db_int(q, 1);
	*out = (struct kiosk_hour){.newest = (uint64_t)db_int(q, 0),
				   .letters = db_int(q, 2),
				   .bytes = db_int(q, 3),
				   .alarms = db_int(q, 4),
				   .quarantined = db_int(q, 5)};
	db_done(q);
	if (hour == now / HOUR_S)
		return OK;
	*out = (struct kiosk_hour){.newest = out->newest};
	q = db_stmt(db, SQL_KIOSK_HOUR_NEW);
	db_bind_blob(q, 1, kiosk->b, HASH_BYTES);
	db_bind_int(q, 2, now / HOUR_S);
	return db_run(q);
}

static enum err put_alarm(struct db *db, const struct hash *kiosk, int64_t now, const char *kind,
			  const char *text)
{
	struct db_stmt *q = db_stmt(db, SQL_ALARM_ADD);
	db_bind_blob(q, 1, kiosk->b, HASH_BYTES);
	db_bind_int(q, 2, now);
	db_bind_text(q, 3, kind, -1);
	db_bind_text(q, 4, text, -1);
	db_bind_int(q, 5, now - DAY_S);
	return db_run(q);
}

enum err kiosks_alarm(struct db *db, const struct hash *kiosk, int64_t now, const char *kind,
		      const char *text)
{
	struct kiosk_hour hour;
	enum err e = kiosks_hour(db, kiosk, now, &hour);
	if (e == ERR_MISSING) /* of the installation itself */
		return put_alarm(db, kiosk, now, kind, text);
	if (e != OK || hour.alarms > KIOSKS_ALARMS_PER_HOUR)
		return e;
	e = hour.alarms < KIOSKS_ALARMS_PER_HOUR
		    ? put_alarm(db, kiosk, now, kind, text)
		    : put_alarm(db, kiosk, now, "alarms", "警报太多，这一小时后面的没有记");
	if (e != OK || db_changes(db) == 0)
		return e;
	struct db_stmt *q = db_stmt(db, SQL_KIOSK_ALARMED);
	db_bind_blob(q, 1, kiosk->b, HASH_BYTES);
	return db_run(q);
}

enum err kiosks_alarm_before(struct db *db, int64_t number, struct kiosk_alarm *out)
{
	struct db_stmt *q = db_stmt(db, SQL_ALARM_BEFORE);
	db_bind_int(q, 1, number);
	enum err e = db_step(q);
	if (e != OK)
		return e;
	out->number = db_int(q, 0);
	bool good = township_blob(q, 1, out->kiosk.b, HASH_BYTES);
	out->time = db_int(q, 2);
	snprintf(out->kind, sizeof out->kind, "%s", db_text(q, 3, NULL));
	snprintf(out->text, sizeof out->text, "%s", db_text(q, 4, NULL));
	db_done(q);
	return good ? OK : ERR_CORRUPT;
}
