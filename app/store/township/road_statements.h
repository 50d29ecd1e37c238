/* road_statements.h - SQL of what comes from kiosks and goes to them, by name. */
STATEMENT(IDENTITY_ADD,
	  "INSERT INTO identity (name, text) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
STATEMENT(COUNTER_NEXT, "UPDATE counter SET value = value + 1 WHERE name = $1 RETURNING value")
STATEMENT(COUNTER_ADD,
	  "INSERT INTO counter (name, value) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING")
STATEMENT(COUNTER_SET, "UPDATE counter SET value = $2 WHERE name = $1")
STATEMENT(COUNTER_VALUE, "SELECT value FROM counter WHERE name = $1")

STATEMENT(CODE_ADD, "INSERT INTO enrolment (code_hash, place, expires) VALUES ($1, $2, $3)")
STATEMENT(CODE_USE, "UPDATE enrolment SET used_by = $2 WHERE code_hash = $1 AND used_by IS NULL "
		    "AND expires > $3 "
		    "RETURNING place")
STATEMENT(
	KIOSK_PUT,
	"INSERT INTO kiosk (id, sign, certificate, place, enrolled) VALUES ($1, $2, $3, $4, $5) "
	"ON CONFLICT (id) DO UPDATE SET certificate = excluded.certificate, place = excluded.place")
STATEMENT(KIOSK, "SELECT sign, certificate, place, revoked, newest, parcels, backed_up_to, "
		 "health_time, health, id "
		 "FROM kiosk WHERE id = $1")
STATEMENT(KIOSK_NEXT, "SELECT sign, certificate, place, revoked, newest, parcels, backed_up_to, "
		      "health_time, health, "
		      "id FROM kiosk WHERE id > $1 ORDER BY id LIMIT 1")
STATEMENT(KIOSK_REVOKE, "UPDATE kiosk SET revoked = $2 WHERE id = $1")
STATEMENT(
	KIOSK_COUNT,
	"UPDATE kiosk SET parcels = parcels + $3, "
	"filled = filled + CASE WHEN $3 = 1 AND $2 < newest THEN 1 ELSE 0 END, "
	"backed_up_to = CASE WHEN $3 = 1 AND $2 <= backed_up_to THEN $2 - 1 ELSE backed_up_to END, "
	"newest = CASE WHEN $3 = 1 AND $2 > newest THEN $2 ELSE newest END, "
	"hour_letters = hour_letters + 1, hour_bytes = hour_bytes + $4, "
	"hour_quarantined = hour_quarantined + $5 WHERE id = $1")
STATEMENT(KIOSK_HOUR, "SELECT newest, hour, hour_letters, hour_bytes, hour_alarms, "
		      "hour_quarantined FROM kiosk WHERE id = $1")
STATEMENT(KIOSK_HOUR_NEW,
	  "UPDATE kiosk SET hour = $2, hour_letters = 0, hour_bytes = 0, hour_alarms = 0, "
	  "hour_quarantined = 0 WHERE id = $1")
STATEMENT(KIOSK_ALARMED, "UPDATE kiosk SET hour_alarms = hour_alarms + 1 WHERE id = $1")
STATEMENT(KIOSK_HEALTH, "UPDATE kiosk SET health = $2, health_time = $3 WHERE id = $1")
STATEMENT(KIOSKS_NEWEST, "SELECT id, newest, filled FROM kiosk ORDER BY id")
STATEMENT(KIOSK_BACKED_UP,
	  "UPDATE kiosk SET backed_up_to = $2 WHERE id = $1 AND filled = $3 AND backed_up_to < $2")
STATEMENT(ALARM_ADD,
	  "INSERT INTO alarm (kiosk, time, kind, text) SELECT $1, $2, $3, $4 WHERE NOT EXISTS "
	  "(SELECT 1 FROM alarm WHERE kiosk = $1 AND kind = $3 AND text = $4 AND time > $5)")
STATEMENT(
	ALARM_BEFORE,
	"SELECT number, kiosk, time, kind, text FROM alarm WHERE number < $1 ORDER BY number DESC "
	"LIMIT 1")

STATEMENT(PARCEL_ADD,
	  "INSERT INTO parcel (id, kiosk, sequence, hash, previous, received, bytes) VALUES "
	  "($1, $2, $3, $4, $5, $6, $7)")
STATEMENT(PARCEL_HASH, "SELECT hash FROM parcel WHERE id = $1")
STATEMENT(PARCEL_AT, "SELECT hash, previous, id FROM parcel WHERE kiosk = $1 AND sequence = $2")
STATEMENT(GAP_ADD, "INSERT INTO gap (kiosk, first, last, held) VALUES ($1, $2, $3, $4) "
		   "ON CONFLICT (kiosk, first) DO NOTHING")
STATEMENT(GAP_AT, "SELECT first, last FROM gap WHERE kiosk = $1 AND first <= $2 AND last >= $2 AND "
		  "held = 0 ORDER BY first DESC LIMIT 1")
STATEMENT(GAP_REMOVE, "DELETE FROM gap WHERE kiosk = $1 AND first = $2")
STATEMENT(GAPS, "SELECT first, last FROM gap WHERE kiosk = $1 ORDER BY first")
STATEMENT(KIOSK_ANY, "SELECT 1 FROM kiosk LIMIT 1")
STATEMENT(FEED_ABOVE, "UPDATE counter SET value = value + 1000000 WHERE name = 'feed'")
STATEMENT(VERSIONS_ABOVE, "UPDATE matter SET version = version + 1000")
STATEMENT(PARCEL_ANY, "SELECT 1 FROM parcel LIMIT 1")
STATEMENT(PARCEL_BYTES, "SELECT bytes, received FROM parcel WHERE id = $1")
STATEMENT(QUARANTINE_ADD,
	  "INSERT INTO quarantine (kiosk, received, reason, hash, bytes, id) VALUES "
	  "($1, $2, $3, $4, $5, $6) ON CONFLICT (hash) DO NOTHING")
STATEMENT(QUARANTINE_HASH, "SELECT hash FROM quarantine WHERE id = $1 ORDER BY number LIMIT 1")
STATEMENT(QUARANTINE_BYTES, "SELECT bytes FROM quarantine WHERE id = $1 ORDER BY number LIMIT 1")
STATEMENT(QUARANTINE_COUNT, "SELECT count(*) FROM quarantine")

STATEMENT(CASE_ADD, "INSERT INTO matter (label, body, kind, whom, state, class, received, due, "
		    "due_provisional, locator, "
		    "receipt_seal, receipt_sign, parcel, version) VALUES ($1, $2, $3, $4, $5, $6, "
		    "$7, $8, $9, $10, $11, $12, $13, $14)")
#define CASE_COLUMNS                                                                               \
	"number, label, body, kind, whom, state, class, topic, received, due, due_provisional, "   \
	"openings, locator, "                                                                      \
	"receipt_seal, receipt_sign, parcel, version"
STATEMENT(CASE, "SELECT " CASE_COLUMNS " FROM matter WHERE number = $1")
STATEMENT(CASE_BY_LOCATOR, "SELECT " CASE_COLUMNS " FROM matter WHERE locator = $1")
STATEMENT(CASE_BEFORE,
	  "SELECT " CASE_COLUMNS " FROM matter WHERE number < $1 ORDER BY number DESC LIMIT 1")
STATEMENT(CASE_STATE, "UPDATE matter SET state = $2 WHERE number = $1")
STATEMENT(CASE_TOPIC, "UPDATE matter SET topic = $2 WHERE number = $1")
STATEMENT(CASE_CLASS,
	  "UPDATE matter SET class = $2, due = $3, due_provisional = $4 WHERE number = $1")
STATEMENT(CASE_OPENED, "UPDATE matter SET openings = openings + 1 WHERE number = $1")
STATEMENT(CASE_LOCATOR, "UPDATE matter SET locator = $2 WHERE number = $1")
STATEMENT(CASE_VERSION, "UPDATE matter SET version = $2 WHERE number = $1")
STATEMENT(FOLLOW_ADD, "INSERT INTO follow_up (parcel, matter, locator, kind, received) VALUES ($1, "
		      "$2, $3, $4, $5)")
STATEMENT(FOLLOW_JOIN, "UPDATE follow_up SET matter = $2 WHERE locator = $1 AND matter IS NULL")
STATEMENT(
	FOLLOW_OF,
	"SELECT parcel, kind, received FROM follow_up WHERE matter = $1 ORDER BY received, parcel")
STATEMENT(
	ENTRY_PUT,
	"INSERT INTO entry (matter, number, state, day, sealed, own, opening) VALUES ($1, $2, $3, "
	"$4, $5, $6, $7) ON CONFLICT (matter, number) DO UPDATE SET state = excluded.state, day = "
	"excluded.day, sealed = excluded.sealed, own = excluded.own, opening = excluded.opening")
STATEMENT(ENTRY_NEWEST,
	  "SELECT number, opening FROM entry WHERE matter = $1 ORDER BY number DESC LIMIT 1")
STATEMENT(ENTRIES_NEWEST, "SELECT state, sealed, own IS NOT NULL FROM entry WHERE matter = $1 "
			  "ORDER BY number DESC")
STATEMENT(ENTRIES,
	  "SELECT number, state, day, sealed, own FROM entry WHERE matter = $1 ORDER BY number")
STATEMENT(CAPSULE_PUT, "INSERT INTO capsule (locator, version, bytes) VALUES ($1, $2, $3) ON "
		       "CONFLICT (locator) DO UPDATE "
		       "SET version = excluded.version, bytes = excluded.bytes")
STATEMENT(UNTOLD_ADD, "INSERT INTO untold (matter) VALUES ($1)")
STATEMENT(UNTOLD_REMOVE, "DELETE FROM untold WHERE matter = $1")
STATEMENT(UNTOLD_AFTER, "SELECT matter FROM untold WHERE matter > $1 ORDER BY matter LIMIT 1")
STATEMENT(CAPSULE, "SELECT bytes FROM capsule WHERE locator = $1")

STATEMENT(PUBLICATION_ADD, "INSERT INTO publication (place, number, bytes) VALUES ($1, $2, $3)")
STATEMENT(PUBLICATION, "SELECT bytes FROM publication WHERE place = $1 AND number = $2")
STATEMENT(PUBLICATION_LAST,
	  "SELECT bytes, number FROM publication WHERE place = $1 ORDER BY number DESC LIMIT 1")
STATEMENT(SHEET_ADD,
	  "INSERT INTO sheet (hash, bytes) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING")
STATEMENT(SHEET, "SELECT bytes FROM sheet WHERE hash = $1")

STATEMENT(FEED_ADD, "INSERT INTO feed (position, kind, place, number, locator) VALUES ($1, $2, $3, "
		    "$4, $5) ON CONFLICT "
		    "(locator) DO UPDATE SET position = excluded.position")
STATEMENT(FEED_AFTER, "SELECT position, kind, place, number, locator FROM feed WHERE position > $1 "
		      "ORDER BY position "
		      "LIMIT 1")

STATEMENT(EVENT_LAST, "SELECT sequence, hash FROM event ORDER BY sequence DESC LIMIT 1")
STATEMENT(EVENT_AT, "SELECT hash FROM event WHERE sequence = $1")
STATEMENT(EVENT_ADD, "INSERT INTO event (sequence, time, kind, subject, previous, hash) VALUES "
		     "($1, $2, $3, $4, $5, $6)")

STATEMENT(URGE_PUT, "INSERT INTO urge (kiosk, place, template, period, count) SELECT $1, $2, $3, "
		    "$4, $5 WHERE (SELECT count(*) FROM urge WHERE kiosk = $1) < $6 OR EXISTS (SELECT 1 "
		    "FROM urge WHERE kiosk = $1 AND place = $2 AND template = $3 AND period = $4)"
		    " ON CONFLICT (kiosk, place, template, period) DO UPDATE SET count = "
		    "excluded.count WHERE excluded.count > urge.count")
STATEMENT(URGES, "SELECT place, template, period, sum(count) AS total FROM urge"
		 " GROUP BY place, template, period ORDER BY total DESC, place, template, period"
		 " LIMIT $1 OFFSET $2")
STATEMENT(URGE_TOTAL, "SELECT coalesce(sum(count), 0) FROM urge WHERE place = $1 AND template = $2 "
		      "AND period = $3")
