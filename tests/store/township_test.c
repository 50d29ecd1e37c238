/* township_test.c - a letter is stored once and exactly, answered under its receipt, and nobody
 * else reads it. */
#include "tests/store/township.h"

static void the_same_letter_twice_is_one_letter(void **state)
{
	(void)state;
	struct letter l;
	struct ack ack = {0};
	write_letter(&l, WHOM_VILLAGE, 1, NULL);
	deliver(&l, WIRE_STORED, true);
	deliver(&l, WIRE_STORED, false);
	struct db *db = township_read_begin(w.township);
	struct case_row c;
	assert_int_equal(cases_before(db, INT64_MAX, &c), OK);
	assert_string_equal(c.label, "26-0001");
	assert_int_equal(cases_before(db, c.number, &c), ERR_MISSING);
	assert_int_equal(parcels_through(db, &w.kiosk, &ack), OK);
	township_read_end(w.township);
	assert_int_equal(ack.through, 1);
	assert_int_equal(ack.gap_count, 0);
	assert_int_equal(alarms(), 0);
	buf_free(&l.bytes);
}

static void other_bytes_under_a_known_place_are_kept_apart_and_told(void **state)
{
	(void)state;
	struct letter a, b;
	int64_t quarantined;
	write_letter(&a, WHOM_VILLAGE, 1, NULL);
	write_letter(&b, WHOM_VILLAGE, 1, NULL); /* a clone of the machine wrote this one */
	deliver(&a, WIRE_STORED, true);
	deliver(&b, WIRE_OTHER, true);
	deliver(&b, WIRE_OTHER, false);
	/* It is a letter and has its case, which opens; but nobody is told that it arrived. */
	struct db *db = township_write_db(w.township);
	struct case_row c;
	struct buf bytes;
	struct ack ack = {0};
	buf_init(&bytes, PARCEL_BYTES_MAX);
	assert_int_equal(cases_before(db, INT64_MAX, &c), OK);
	assert_memory_equal(c.parcel, b.parcel.header.id, PARCEL_ID_BYTES);
	assert_int_equal(parcels_get(db, c.parcel, &bytes), OK);
	assert_int_equal(bytes.len, b.bytes.len);
	assert_memory_equal(bytes.p, b.bytes.p, b.bytes.len);
	assert_int_equal(cases_before(db, c.number, &c), OK);
	assert_memory_equal(c.parcel, a.parcel.header.id, PARCEL_ID_BYTES);
	assert_int_equal(parcels_through(db, &w.kiosk, &ack), OK);
	assert_int_equal(ack.through, 1);
	assert_int_equal(ack.gap_count, 1);
	assert_int_equal(ack.gap[0].first, 1);
	buf_free(&bytes);
	/* The same id with other bytes. */
	struct parcel twin = b.parcel;
	struct hash twin_hash = {{9}};
	memcpy(twin.header.id, a.parcel.header.id, PARCEL_ID_BYTES);
	enum wire_outcome outcome;
	bool fresh;
	assert_int_equal(db_begin(db), OK);
	assert_int_equal(parcels_add(db, &twin, &twin_hash, NOW, &outcome, &fresh), OK);
	assert_int_equal(db_commit(db), OK);
	assert_int_equal(outcome, WIRE_OTHER);
	assert_false(fresh);
	assert_int_equal(parcels_quarantined(db, &quarantined), OK);
	assert_int_equal(quarantined, 2); /* the same bytes once */
	assert_true(alarms() >= 1);
	buf_free(&a.bytes);
	buf_free(&b.bytes);
}

/* Numbers alone: the bytes do not matter here. */
static enum wire_outcome number_arrives(const struct letter *l, uint64_t sequence)
{
	struct parcel p = l->parcel;
	struct hash hash;
	enum wire_outcome outcome;
	bool fresh;
	p.header.sequence = sequence;
	memcpy(p.header.id, &sequence, sizeof sequence);
	hash_bytes(p.header.id, PARCEL_ID_BYTES, &hash);
	memset(p.header.previous.b, 0, HASH_BYTES);
	assert_int_equal(
		parcels_add(township_write_db(w.township), &p, &hash, NOW, &outcome, &fresh), OK);
	return outcome;
}

static void a_header_alone_finds_its_own_letter_and_no_other(void **state)
{
	(void)state;
	struct letter l, never, beside;
	struct db *db = township_write_db(w.township);
	enum wire_outcome outcome;
	unsigned char header[PARCEL_HEADER_BYTES];
	write_letter(&l, WHOM_VILLAGE, 1, NULL);
	write_letter(&beside, WHOM_VILLAGE, 1, NULL);
	write_letter(&never, WHOM_VILLAGE, 2, &l.hash);
	deliver(&l, WIRE_STORED, true);
	deliver(&beside, WIRE_OTHER, true);
	assert_int_equal(parcels_ask(db, &l.header, l.bytes.p, &outcome), OK);
	assert_int_equal(outcome, WIRE_STORED);
	assert_int_equal(parcels_ask(db, &beside.header, beside.bytes.p, &outcome), OK);
	assert_int_equal(outcome, WIRE_OTHER);
	assert_int_equal(parcels_ask(db, &never.header, never.bytes.p, &outcome), OK);
	assert_int_equal(outcome, WIRE_LATER);
	/* The same id over another body. */
	memcpy(header, l.bytes.p, sizeof header);
	header[PARCEL_HEADER_BYTES - 1] ^= 1;
	assert_int_equal(parcels_ask(db, &l.header, header, &outcome), OK);
	assert_int_equal(outcome, WIRE_LATER);
	buf_free(&l.bytes);
	buf_free(&never.bytes);
	buf_free(&beside.bytes);
}

static void a_thousand_missing_letters_hold_nothing_up(void **state)
{
	(void)state;
	struct letter l;
	struct ack ack = {0}, read;
	struct buf text;
	struct db *db = township_write_db(w.township);
	write_letter(&l, WHOM_VILLAGE, 1, NULL);
	assert_int_equal(db_begin(db), OK);
	number_arrives(&l, 1);
	number_arrives(&l, 1002);
	assert_int_equal(parcels_through(db, &w.kiosk, &ack), OK);
	assert_int_equal(ack.through, 1002);
	assert_int_equal(ack.gap_count, 1);
	assert_int_equal(ack.gap[0].first, 2);
	assert_int_equal(ack.gap[0].last, 1001);
	/* Every second one comes after all: more runs than an acknowledgement has room for. */
	for (uint64_t n = 3; n < 1000; n += 2)
		number_arrives(&l, n);
	assert_int_equal(parcels_through(db, &w.kiosk, &ack), OK);
	assert_int_equal(ack.gap_count, ACK_GAPS_MAX);
	assert_int_equal(ack.gap[ACK_GAPS_MAX - 1].first, 2 * ACK_GAPS_MAX);
	assert_int_equal(ack.through, 2 * ACK_GAPS_MAX + 1);
	buf_init(&text, ACK_BYTES_MAX);
	snprintf(ack.epoch, sizeof ack.epoch, "0123456789abcdef0123456789abcdef");
	assert_int_equal(ack_make(&ack, &w.county.county_sign, &w.county.county_sign_secret, &text),
			 OK);
	assert_int_equal(ack_read(text.p, text.len, &w.county.county_sign, &read), OK);
	assert_int_equal(read.gap_count, ack.gap_count);
	assert_memory_equal(read.gap, ack.gap, sizeof ack.gap);
	/* And the other half. */
	for (uint64_t n = 1001; n >= 2; n--)
		number_arrives(&l, n);
	assert_int_equal(parcels_through(db, &w.kiosk, &ack), OK);
	assert_int_equal(ack.gap_count, 0);
	assert_int_equal(ack.through, 1002);
	assert_int_equal(db_commit(db), OK);
	buf_free(&text);
	buf_free(&l.bytes);
}

static void one_kiosk_cannot_fill_the_disk(void **state)
{
	(void)state;
	struct letter l;
	enum wire_outcome outcome = WIRE_STORED;
	uint64_t n = 0;
	struct db *db = township_write_db(w.township);
	write_letter(&l, WHOM_VILLAGE, 1, NULL);
	l.parcel.len = 1; /* letters are counted here, not bytes */
	assert_int_equal(db_begin(db), OK);
	number_arrives(&l, ++n);
	assert_int_equal(db_commit(db), OK);
	raw_sql("UPDATE kiosk SET hour_letters = 19990");
	assert_int_equal(db_begin(db), OK);
	while (outcome == WIRE_STORED && n < 100)
		outcome = number_arrives(&l, ++n);
	assert_int_equal(outcome, WIRE_LATER);
	assert_int_equal(n, 12); /* 20,000 in an hour */
	/* What is here already is acknowledged as ever. */
	assert_int_equal(number_arrives(&l, 1), WIRE_STORED);
	for (int i = 0; i < 2 * KIOSKS_ALARMS_PER_HOUR; i++) {
		char text[32];
		snprintf(text, sizeof text, "%d", i);
		assert_int_equal(kiosks_alarm(db, &w.kiosk, NOW, "noise", text), OK);
	}
	assert_int_equal(alarms(), KIOSKS_ALARMS_PER_HOUR + 1);
	assert_int_equal(db_commit(db), OK);
	buf_free(&l.bytes);
}

static void gaps_are_listed_and_close_and_a_broken_chain_is_told(void **state)
{
	(void)state;
	struct letter a, b, c;
	struct ack ack = {0};
	write_letter(&a, WHOM_VILLAGE, 1, NULL);
	write_letter(&b, WHOM_VILLAGE, 2, &a.hash);
	write_letter(&c, WHOM_VILLAGE, 3, &b.hash);
	deliver(&a, WIRE_STORED, true);
	deliver(&c, WIRE_STORED, true);
	struct db *db = township_write_db(w.township);
	assert_int_equal(parcels_through(db, &w.kiosk, &ack), OK);
	assert_int_equal(ack.through, 3);
	assert_int_equal(ack.gap_count, 1);
	assert_int_equal(ack.gap[0].first, 2);
	assert_int_equal(ack.gap[0].last, 2);
	assert_int_equal(alarms(), 0);
	deliver(&b, WIRE_STORED, true);
	assert_int_equal(parcels_through(db, &w.kiosk, &ack), OK);
	assert_int_equal(ack.gap_count, 0);
	struct letter d;
	write_letter(&d, WHOM_VILLAGE, 4, &a.hash); /* does not follow c */
	deliver(&d, WIRE_STORED, true);
	assert_int_equal(alarms(), 1);
	buf_free(&a.bytes);
	buf_free(&b.bytes);
	buf_free(&c.bytes);
	buf_free(&d.bytes);
}

static void open_capsule(const struct letter *l, struct capsule_entry *entry, size_t *count)
{
	unsigned char *bundle = NULL;
	size_t len;
	struct bundle_reader *r;
	struct bundle_entry e;
	struct capsule_unchecked raw;
	struct capsule capsule;
	bool found = false;
	char name[16 + 2 * LOCATOR_BYTES] = "capsules/";
	text_hex(l->keys.pub.locator, LOCATOR_BYTES, name + strlen(name));
	assert_int_equal(feed_bundle(w.township, w.office, 0, &bundle, &len), OK);
	assert_int_equal(bundle_open(bundle, len, NULL, &r), SYNC_OK);
	while (bundle_next(r, &e) == SYNC_OK)
		if (strcmp(e.name, name) == 0) {
			assert_int_equal(capsule_read(e.bytes, e.len, &raw), OK);
			assert_int_equal(capsule_check(&raw, &w.county.county_sign, &capsule), OK);
			*count = CAPSULE_ENTRIES_MAX;
			assert_int_equal(capsule_open(&capsule, &l->keys, entry, count), OK);
			found = true;
		}
	bundle_close(r);
	free(bundle);
	assert_true(found);
}

static void move(int64_t number, enum case_state to, enum case_role role, const char *text,
		 enum err wanted)
{
	struct db *db = township_write_db(w.township);
	const struct case_move m = {
		.number = number, .to = to, .role = role, .text = text, .by = "马*强", .now = NOW};
	assert_int_equal(db_begin(db), OK);
	enum err e = cases_move(db, w.office, &m);
	assert_int_equal(e, wanted);
	if (e == OK)
		assert_int_equal(db_commit(db), OK);
	else
		db_rollback(db);
}

static void the_resident_reads_every_step_and_nobody_else_does(void **state)
{
	(void)state;
	struct letter l, other;
	struct case_row c;
	size_t count = 0;
	struct capsule_entry *entry = calloc(CAPSULE_ENTRIES_MAX, sizeof *entry);
	write_letter(&l, WHOM_VILLAGE, 1, NULL);
	write_letter(&other, WHOM_VILLAGE, 2, &l.hash);
	deliver(&l, WIRE_STORED, true);
	open_capsule(&l, entry, &count);
	assert_int_equal(count, 1);
	assert_int_equal(entry[0].state, CASE_RECEIVED);
	assert_string_equal(entry[0].office, "镇信访办");
	assert_true(entry[0].due > 20261124);
	assert_int_equal(cases_before(township_write_db(w.township), INT64_MAX, &c), OK);
	move(c.number, CASE_REPLIED, ROLE_RESIDENT, "没有的事", ERR_REFUSED);
	move(c.number, CASE_REGISTERED, ROLE_CLERK, "", OK);
	move(c.number, CASE_ACCEPTED, ROLE_CLERK, "", OK);
	move(c.number, CASE_REPLIED, ROLE_HANDLER, "下周三去看，多付的 460 元已退。", OK);
	open_capsule(&l, entry, &count);
	assert_int_equal(count, 4);
	assert_string_equal(entry[3].text, "下周三去看，多付的 460 元已退。");
	assert_string_equal(entry[3].by, "马*强");
	/* Neither the answer nor the letter stands anywhere in the file in clear. */
	struct buf file;
	buf_init(&file, 64 << 20);
	char wal[160];
	snprintf(wal, sizeof wal, "%s-wal", w.path);
	assert_int_equal(buf_read_file(&file, w.path), OK);
	(void)!buf_read_file(&file, wal);
	assert_null(memmem(file.p, file.len, "多付的", strlen("多付的")));
	assert_null(memmem(file.p, file.len, "沟没有挖", strlen("沟没有挖")));
	assert_null(memmem(file.p, file.len, l.receipt.digits, 15));
	buf_free(&file);
	buf_free(&l.bytes);
	buf_free(&other.bytes);
	free(entry);
}

/* Delivered while others crowd in: the case is there, and nobody is told yet. */
static void deliver_in_a_crowd(struct letter *l)
{
	struct db *db = township_write_db(w.township);
	enum wire_outcome outcome;
	struct told_first first;
	bool fresh;
	cases_prepare_later(1, &first);
	assert_int_equal(db_begin(db), OK);
	assert_int_equal(parcels_add(db, &l->parcel, &l->hash, NOW, &outcome, &fresh), OK);
	assert_true(fresh);
	assert_int_equal(cases_receive(db, w.office, &l->parcel, &l->waybill, &first, NOW), OK);
	assert_int_equal(db_commit(db), OK);
}

static size_t untold(struct case_row row[4])
{
	size_t count;
	assert_int_equal(cases_untold(township_write_db(w.township), 0, row, 4, &count), OK);
	return count;
}

static void tell(const struct case_row *c)
{
	struct told_first first;
	struct db *db = township_write_db(w.township);
	assert_int_equal(cases_seal(w.office, c, &first), OK);
	assert_int_equal(db_begin(db), OK);
	assert_int_equal(cases_tell(db, c, &first), OK);
	assert_int_equal(db_commit(db), OK);
	told_first_free(&first);
}

static void who_came_in_a_crowd_is_told_afterwards_and_once(void **state)
{
	(void)state;
	struct letter l[2];
	struct case_row row[4];
	size_t count = 0;
	struct capsule_entry *entry = calloc(CAPSULE_ENTRIES_MAX, sizeof *entry);
	write_letter(&l[0], WHOM_VILLAGE, 1, NULL);
	write_letter(&l[1], WHOM_VILLAGE, 2, &l[0].hash);
	deliver_in_a_crowd(&l[0]);
	deliver_in_a_crowd(&l[1]);
	assert_int_equal(untold(row), 2);
	/* The second is answered before its turn comes: the first thing it is told comes first. */
	move(row[1].number, CASE_REGISTERED, ROLE_CLERK, "", OK);
	open_capsule(&l[1], entry, &count);
	assert_int_equal(count, 2);
	assert_int_equal(entry[0].state, CASE_RECEIVED);
	assert_string_equal(entry[0].office, "镇信访办");
	assert_int_equal(entry[1].state, CASE_REGISTERED);
	tell(&row[0]);
	tell(&row[1]); /* what was sealed meanwhile is not put in the place of what was told */
	open_capsule(&l[0], entry, &count);
	assert_int_equal(count, 1);
	assert_int_equal(entry[0].state, CASE_RECEIVED);
	assert_true(entry[0].due > 20261124);
	open_capsule(&l[1], entry, &count);
	assert_int_equal(count, 2);
	assert_int_equal(untold(row), 0);
	buf_free(&l[0].bytes);
	buf_free(&l[1].bytes);
	free(entry);
}

static void a_grade_moves_the_case_only_when_the_receipt_is_the_same(void **state)
{
	(void)state;
	struct letter l, forged, rating, proven;
	struct case_row c;
	struct case_follow_up f[4];
	size_t count;
	write_letter(&l, WHOM_VILLAGE, 1, NULL);
	deliver(&l, WIRE_STORED, true);
	assert_int_equal(cases_before(township_write_db(w.township), INT64_MAX, &c), OK);
	move(c.number, CASE_REGISTERED, ROLE_CLERK, "", OK);
	move(c.number, CASE_ACCEPTED, ROLE_CLERK, "", OK);
	move(c.number, CASE_REPLIED, ROLE_HANDLER, "好了", OK);
	write_letter(&forged, WHOM_VILLAGE, 2, &l.hash);
	forged.waybill.kind = PARCEL_RATING;
	memcpy(forged.waybill.receipt.locator, l.waybill.receipt.locator, LOCATOR_BYTES);
	deliver(&forged, WIRE_STORED, true);
	assert_int_equal(cases_find(township_write_db(w.township), c.number, &c), OK);
	assert_int_equal(c.state, CASE_REPLIED);
	write_letter(&rating, WHOM_VILLAGE, 3, &forged.hash);
	/* Everything its waybill says can be quoted; only the receipt signs for it. */
	rating.waybill.kind = PARCEL_RATING;
	rating.waybill.receipt = l.waybill.receipt;
	deliver(&rating, WIRE_STORED, true);
	assert_int_equal(cases_find(township_write_db(w.township), c.number, &c), OK);
	assert_int_equal(c.state, CASE_REPLIED);
	write_rating(&proven, &l, 4, &rating.hash);
	/* The signature is of that parcel and of no other. */
	memcpy(rating.waybill.proof, proven.waybill.proof, SIGN_BYTES);
	assert_false(
		parcel_follow_up_proven(&rating.parcel, &rating.waybill, &l.keys.pub.follow_up));
	deliver(&proven, WIRE_STORED, true);
	assert_int_equal(cases_find(township_write_db(w.township), c.number, &c), OK);
	assert_int_equal(c.state, CASE_RATED);
	assert_int_equal(cases_follow_ups(township_write_db(w.township), c.number, f, 4, &count),
			 OK);
	assert_int_equal(count, 3); /* the forged ones are kept, for people to look at */
	buf_free(&proven.bytes);
	buf_free(&l.bytes);
	buf_free(&forged.bytes);
	buf_free(&rating.bytes);
}

static void the_answer_stays_and_every_opening_of_the_name_is_told(void **state)
{
	(void)state;
	struct letter l;
	struct case_row c;
	size_t count = 0;
	bool answered = false;
	struct db *db = township_write_db(w.township);
	struct capsule_entry *entry = calloc(CAPSULE_ENTRIES_MAX, sizeof *entry);
	write_letter(&l, WHOM_VILLAGE, 1, NULL);
	deliver(&l, WIRE_STORED, true);
	assert_int_equal(cases_before(db, INT64_MAX, &c), OK);
	move(c.number, CASE_REGISTERED, ROLE_CLERK, "", OK);
	move(c.number, CASE_REPLIED, ROLE_CLERK, "多付的已退", OK);
	for (uint32_t i = 1; i <= 3; i++) {
		assert_int_equal(db_begin(db), OK);
		assert_int_equal(cases_name_opened(db, w.office, c.number, NOW), OK);
		assert_int_equal(db_commit(db), OK);
		open_capsule(&l, entry, &count);
		assert_int_equal(count, 4); /* openings after one step are one entry */
		assert_int_equal(entry[3].openings, i);
		assert_int_equal(entry[3].state, CASE_REPLIED);
		assert_string_equal(entry[2].text, "多付的已退");
	}
	/* However much is told afterwards, the newest stays, and so does the answer. */
	raw_sql("UPDATE matter SET state = 'follow_up'");
	for (int i = 0; i < 60; i++) {
		char text[1000];
		snprintf(text, sizeof text, "%d %0*d", i, i < 50 ? 1 : 900, 0);
		move(c.number, CASE_HANDLING, ROLE_CLERK, text, OK);
	}
	open_capsule(&l, entry, &count);
	assert_in_range(count, 10, CAPSULE_ENTRIES_MAX);
	for (size_t i = 0; i < count; i++)
		answered = answered || strcmp(entry[i].text, "多付的已退") == 0;
	assert_true(answered);
	assert_int_equal(strncmp(entry[count - 1].text, "59 ", 3), 0);
	buf_free(&l.bytes);
	free(entry);
}

static void a_locator_hides_no_letter_from_its_office(void **state)
{
	(void)state;
	struct letter first, other, stolen, lost, real;
	struct case_row c;
	struct capsule_entry *entry = calloc(CAPSULE_ENTRIES_MAX, sizeof *entry);
	size_t count = 0;
	struct db *db = township_write_db(w.township);
	write_letter(&first, WHOM_VILLAGE, 1, NULL);
	deliver(&first, WIRE_STORED, true);
	/* Of the same receipt, to another office: it has its own case there. */
	write_under(&other, &first, PARCEL_COMPLAINT, WHOM_TOWN, 2, &first.hash);
	deliver(&other, WIRE_STORED, true);
	assert_int_equal(cases_before(db, INT64_MAX, &c), OK);
	assert_string_equal(c.body, "county-office");
	/* Of other keys under the same locator. */
	write_letter(&stolen, WHOM_VILLAGE, 3, &other.hash);
	memcpy(stolen.waybill.receipt.locator, first.waybill.receipt.locator, LOCATOR_BYTES);
	deliver(&stolen, WIRE_STORED, true);
	assert_int_equal(cases_before(db, INT64_MAX, &c), OK);
	assert_memory_equal(c.parcel, stolen.parcel.header.id, PARCEL_ID_BYTES);
	assert_int_equal(alarms(), 1);
	/* A letter looked up in vain comes before the letter itself: both have a case, and the
	 * resident reads that of the letter. */
	write_letter(&real, WHOM_VILLAGE, 5, &stolen.hash);
	write_under(&lost, &real, PARCEL_LOST, WHOM_TOWN, 4, &stolen.hash);
	deliver(&lost, WIRE_STORED, true);
	open_capsule(&lost, entry, &count);
	assert_string_equal(entry[0].office, "县里");
	deliver(&real, WIRE_STORED, true);
	open_capsule(&real, entry, &count);
	assert_string_equal(entry[0].office, "镇信访办");
	int cases = 0;
	for (c.number = INT64_MAX; cases_before(db, c.number, &c) == OK;)
		cases++;
	assert_int_equal(cases, 5);
	buf_free(&first.bytes);
	buf_free(&other.bytes);
	buf_free(&stolen.bytes);
	buf_free(&lost.bytes);
	buf_free(&real.bytes);
	free(entry);
}

static void a_bundle_is_made_once_and_again_when_there_is_more(void **state)
{
	(void)state;
	struct letter a, b;
	unsigned char *one, *same, *more, *rest;
	size_t one_len, same_len, more_len, rest_len;
	write_letter(&a, WHOM_VILLAGE, 1, NULL);
	write_letter(&b, WHOM_VILLAGE, 2, &a.hash);
	deliver(&a, WIRE_STORED, true);
	assert_int_equal(feed_bundle(w.township, w.office, 0, &one, &one_len), OK);
	/* Had it been made again it would carry what stands there now. */
	raw_sql("UPDATE capsule SET bytes = x'00'");
	assert_int_equal(feed_bundle(w.township, w.office, 0, &same, &same_len), OK);
	assert_int_equal(same_len, one_len);
	assert_memory_equal(same, one, one_len);
	assert_ptr_not_equal(same, one);
	free(same);
	deliver(&b, WIRE_STORED, true);
	assert_int_equal(feed_bundle(w.township, w.office, 0, &more, &more_len), OK);
	assert_true(more_len != one_len || memcmp(more, one, one_len) != 0);
	assert_int_equal(feed_bundle(w.township, w.office, 1, &rest, &rest_len), OK);
	assert_int_equal(feed_bundle(w.township, w.office, 2, &same, &same_len), ERR_MISSING);
	free(one);
	free(more);
	free(rest);
	buf_free(&a.bytes);
	buf_free(&b.bytes);
}

static void an_alarm_that_lasts_is_told_again_the_next_day(void **state)
{
	(void)state;
	struct db *db = township_write_db(w.township);
	struct kiosk_alarm a = {.number = INT64_MAX};
	int told = 0;
	struct hash kiosk;
	parcel_kiosk_id(&w.county.kiosk.pub, &kiosk);
	assert_int_equal(db_begin(db), OK);
	for (int64_t hour = 0; hour < 50; hour++)
		assert_int_equal(kiosks_alarm(db, &kiosk, NOW + hour * 3600, "events", "不一样"),
				 OK);
	assert_int_equal(db_commit(db), OK);
	while (kiosks_alarm_before(db, a.number, &a) == OK)
		told++;
	assert_int_equal(told, 3);
}

static void events_can_neither_be_changed_nor_taken_away(void **state)
{
	(void)state;
	sqlite3 *raw;
	uint64_t sequence;
	struct hash head;
	assert_int_equal(events_head(township_write_db(w.township), &sequence, &head), OK);
	assert_true(sequence > 0);
	assert_int_equal(sqlite3_open(w.path, &raw), SQLITE_OK);
	assert_int_not_equal(sqlite3_exec(raw, "UPDATE event SET kind = 'x'", NULL, NULL, NULL),
			     SQLITE_OK);
	assert_int_not_equal(sqlite3_exec(raw, "DELETE FROM event", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
}

static void a_database_of_a_newer_release_is_refused_and_left_alone(void **state)
{
	(void)state;
	sqlite3 *raw;
	struct township *t;
	char copy[160];
	snprintf(copy, sizeof copy, "%s.copy", w.path);
	assert_int_equal(writer_open(w.township, &w.writer), OK);
	assert_int_equal(backup_make(w.township, w.writer, copy), OK);
	assert_int_equal(sqlite3_open(copy, &raw), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(raw, "INSERT INTO schema_step SELECT max(step) + 1 FROM schema_step",
			     NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(raw);
	assert_int_equal(township_open(copy, &t), ERR_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(the_same_letter_twice_is_one_letter),
		WORLD(other_bytes_under_a_known_place_are_kept_apart_and_told),
		WORLD(a_header_alone_finds_its_own_letter_and_no_other),
		WORLD(a_thousand_missing_letters_hold_nothing_up),
		WORLD(one_kiosk_cannot_fill_the_disk),
		WORLD(gaps_are_listed_and_close_and_a_broken_chain_is_told),
		WORLD(the_resident_reads_every_step_and_nobody_else_does),
		WORLD(who_came_in_a_crowd_is_told_afterwards_and_once),
		WORLD(a_grade_moves_the_case_only_when_the_receipt_is_the_same),
		WORLD(the_answer_stays_and_every_opening_of_the_name_is_told),
		WORLD(a_locator_hides_no_letter_from_its_office),
		WORLD(a_bundle_is_made_once_and_again_when_there_is_more),
		WORLD(an_alarm_that_lasts_is_told_again_the_next_day),
		WORLD(events_can_neither_be_changed_nor_taken_away),
		WORLD(a_database_of_a_newer_release_is_refused_and_left_alone),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
