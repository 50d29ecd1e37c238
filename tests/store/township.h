/* township.h - a township with one kiosk, for tests of its store: written to, asked, and ended. */
#pragma once
#include "app/base/clock.h"
#include "app/store/township/backup.h"
#include "app/store/township/cases.h"
#include "app/store/township/events.h"
#include "app/store/township/feed.h"
#include "app/store/township/kiosks.h"
#include "app/store/township/parcels.h"
#include "app/store/township/publications.h"
#include "app/store/township/writer.h"
#include "sync/bundle.h"
#include "tests/county.h"

#include "tests/test.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <unistd.h>

enum { NOW = 1795500000 }; /* 2026-11-24 in Beijing */

struct world {
	struct county county;
	struct office *office;
	struct township *township;
	struct writer *writer;
	struct hash kiosk;
	char folder[64], path[128];
};
static struct world w;

static inline int start(void **state)
{
	(void)state;
	return county_open(&w.county);
}

static inline int stop(void **state)
{
	(void)state;
	county_close(&w.county);
	return 0;
}

static inline int enrol(struct db *db)
{
	char code[WIRE_CODE_CHARS + 1], place[PLACE_ID_MAX + 1];
	unsigned char sha[32] = {7};
	assert_int_equal(kiosks_code(db, "mz.caoba.v1", NOW, code), OK);
	assert_int_equal(kiosks_enroll(db, "WRONGWRONG22", &w.county.kiosk.pub, sha, NOW, place),
			 ERR_REFUSED);
	assert_int_equal(kiosks_enroll(db, code, &w.county.kiosk.pub, sha, NOW, place), OK);
	assert_string_equal(place, "mz.caoba.v1");
	/* One-time. */
	assert_int_equal(kiosks_enroll(db, code, &w.county.kiosk.pub, sha, NOW, place),
			 ERR_REFUSED);
	return 0;
}

static inline int open_world(void **state)
{
	(void)state;
	snprintf(w.folder, sizeof w.folder, "/tmp/elutong-township-XXXXXX");
	assert_non_null(mkdtemp(w.folder));
	snprintf(w.path, sizeof w.path, "%s/township.db", w.folder);
	assert_int_equal(township_open(w.path, &w.township), OK);
	w.office = calloc(1, sizeof *w.office);
	snprintf(w.office->place, sizeof w.office->place, "mz");
	w.office->settings = w.county.settings;
	w.office->settings_bytes = w.county.settings_bytes;
	w.office->services = 2;
	snprintf(w.office->service[0].place, PLACE_ID_MAX, "mz");
	w.office->service[0].sign_pub = w.county.county_sign;
	w.office->service[0].sign = w.county.county_sign_secret;
	w.office->service[0].seal_pub = w.county.county_seal;
	w.office->service[0].seal = w.county.county_seal_secret;
	snprintf(w.office->service[1].place, PLACE_ID_MAX, "mz.caoba");
	parcel_kiosk_id(&w.county.kiosk.pub, &w.kiosk);
	struct db *db = township_write_db(w.township);
	assert_int_equal(db_begin(db), OK);
	enrol(db);
	assert_int_equal(db_commit(db), OK);
	return 0;
}

static inline int close_world(void **state)
{
	char path[160];
	static const char *const end[] = {"", "-wal", "-shm", ".copy", ".before"};
	(void)state;
	writer_close(w.writer);
	w.writer = NULL;
	township_close(w.township);
	free(w.office);
	for (size_t i = 0; i < sizeof end / sizeof end[0]; i++) {
		snprintf(path, sizeof path, "%s%s", w.path, end[i]);
		unlink(path);
	}
	snprintf(path, sizeof path, "%s/epoch", w.folder);
	unlink(path);
	assert_int_equal(rmdir(w.folder), 0); /* nothing else is left lying about */
	return 0;
}

struct letter {
	struct receipt receipt;
	struct receipt_keys keys;
	struct buf bytes;
	struct parcel_header header;
	struct parcel parcel;
	struct waybill waybill;
	struct hash hash;
};

static inline void read_letter(struct letter *l)
{
	struct parcel_unchecked raw;
	assert_int_equal(parcel_read(l->bytes.p, l->bytes.len, &raw), OK);
	assert_int_equal(parcel_check(&raw, &w.county.kiosk.pub, &l->parcel), OK);
	assert_int_equal(parcel_open_waybill(&l->parcel, &w.county.county_seal,
					     &w.county.county_seal_secret, &l->waybill),
			 OK);
	hash_bytes(l->bytes.p, l->bytes.len, &l->hash);
}

static inline void write_letter(struct letter *l, enum whom whom, uint64_t sequence,
				const struct hash *previous)
{
	static const struct hash none;
	const struct parcel_place at = {.sequence = sequence,
					.previous = previous == NULL ? none : *previous};
	memset(l, 0, sizeof *l);
	receipt_make(&l->receipt);
	assert_int_equal(receipt_derive(&l->receipt, NULL, &l->keys), OK);
	buf_init(&l->bytes, PARCEL_BYTES_MAX);
	assert_int_equal(county_letter(&w.county, whom, "沟没有挖", NULL, &l->keys.pub, &at,
				       &l->bytes, &l->header),
			 OK);
	read_letter(l);
}

/* Of the kind, under the receipt of `of`, by whoever holds it. */
static inline void write_under(struct letter *l, const struct letter *of, enum parcel_kind kind,
			       enum whom whom, uint64_t sequence, const struct hash *previous)
{
	const struct parcel_place at = {.sequence = sequence, .previous = *previous};
	const struct parcel_draft d = {.kind = kind,
				       .whom = whom,
				       .place = "mz.caoba.v1",
				       .receipt = &of->keys.pub,
				       .follow_up = &of->keys.follow_up,
				       .matter = "{}",
				       .matter_len = 2,
				       .day = 20261120};
	memset(l, 0, sizeof *l);
	l->keys = of->keys;
	buf_init(&l->bytes, PARCEL_BYTES_MAX);
	assert_int_equal(
		parcel_make(&d, w.county.settings, &w.county.kiosk, &at, &l->bytes, &l->header),
		OK);
	read_letter(l);
}

static inline void write_rating(struct letter *l, const struct letter *of, uint64_t sequence,
				const struct hash *previous)
{
	write_under(l, of, PARCEL_RATING, WHOM_VILLAGE, sequence, previous);
}

static inline void receive(struct db *db, const struct letter *l)
{
	struct told_first first;
	uint32_t version;
	assert_int_equal(cases_first_version(db, &version), OK);
	assert_int_equal(cases_prepare(w.office, &l->waybill, version, NOW, &first), OK);
	assert_int_equal(cases_receive(db, w.office, &l->parcel, &l->waybill, &first, NOW), OK);
	told_first_free(&first);
}

static inline void deliver(struct letter *l, enum wire_outcome wanted, bool fresh_wanted)
{
	struct db *db = township_write_db(w.township);
	enum wire_outcome outcome;
	bool fresh;
	assert_int_equal(db_begin(db), OK);
	assert_int_equal(parcels_add(db, &l->parcel, &l->hash, NOW, &outcome, &fresh), OK);
	if (fresh)
		receive(db, l);
	assert_int_equal(db_commit(db), OK);
	assert_int_equal(outcome, wanted);
	assert_int_equal(fresh, fresh_wanted);
}

static inline void raw_sql(const char *sql)
{
	sqlite3 *raw;
	assert_int_equal(sqlite3_open(w.path, &raw), SQLITE_OK);
	sqlite3_busy_timeout(raw, 10000);
	assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
}

static inline int alarms(void)
{
	struct db *db = township_write_db(w.township);
	struct kiosk_alarm a = {.number = INT64_MAX};
	int n = 0;
	while (kiosks_alarm_before(db, a.number, &a) == OK)
		n++;
	return n;
}

static inline enum err add_letter(struct db *db, void *self)
{
	struct letter *l = self;
	enum wire_outcome outcome;
	bool fresh;
	enum err e = parcels_add(db, &l->parcel, &l->hash, NOW, &outcome, &fresh);
	if (e == OK && fresh)
		receive(db, l);
	return e;
}

#define WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)
