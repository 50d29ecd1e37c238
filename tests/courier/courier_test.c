/* courier_test.c - nothing of a bundle counts but by its own signature, and nothing is settled but
 * by the township's; what is refused is told. */
#include "app/base/clock.h"
#include "app/store/township/parcels.h"

#include "tests/courier/server.h"

#include <sqlite3.h>
#include <stdatomic.h>

static void publications_follow_one_another_and_twice_changes_nothing(void **state)
{
	(void)state;
	struct made one, two;
	make(&one, 1, NULL, 100);
	make(&two, 2, &one.p.hash, 200);
	assert_int_equal(apply(&one, NULL), OK);
	assert_int_equal(apply(&one, NULL), OK);
	assert_int_equal(apply(&two, NULL), OK);
	assert_int_equal(apply(&one, NULL), OK); /* an older number: nothing to do */
	assert_int_equal(newest(), 2);
	assert_false(alarmed("publication"));
	assert_false(alarmed("twin"));
	drop(&one);
	drop(&two);
}

static void a_flipped_bit_a_gap_and_a_twin_are_refused_and_told(void **state)
{
	(void)state;
	struct made one, twin, three;
	struct hash other = {{9}};
	make(&one, 1, NULL, 100);
	make(&twin, 1, NULL, 999);
	make(&three, 3, &other, 300);
	one.text.p[one.text.len - 5] ^= 1;
	assert_int_equal(apply(&one, NULL), OK);
	assert_int_equal(newest(), 0);
	assert_true(alarmed("publication"));
	one.text.p[one.text.len - 5] ^= 1;
	one.sheet.p[20] ^= 1; /* the sheet is not the one that was signed */
	assert_int_equal(apply(&one, NULL), OK);
	assert_int_equal(newest(), 0);
	assert_true(alarmed("sheet"));
	one.sheet.p[20] ^= 1;
	assert_int_equal(apply(&one, NULL), OK);
	assert_int_equal(newest(), 1);
	assert_int_equal(apply(&twin, NULL), OK);
	assert_true(alarmed("twin"));
	assert_int_equal(apply(&three, NULL), ERR_MISSING);
	assert_int_equal(newest(), 1);
	drop(&one);
	drop(&twin);
	drop(&three);
}

static void settings_signed_by_the_township_replace_nobody(void **state)
{
	(void)state;
	struct buf forged, good;
	struct seal_secret own;
	uint32_t before = settings_serial(courier->settings);
	buf_init(&forged, SETTINGS_BYTES_MAX);
	buf_init(&good, SETTINGS_BYTES_MAX);
	/* The township's own service key and its publication key try to put in another county
	 * office. */
	struct seal_public kept = county.office[BODY_COUNTY];
	seal_generate(&county.office[BODY_COUNTY], &own);
	assert_int_equal(
		county_settings(&county, 2, &county.town_sign, &county.town_sign_secret, &forged),
		OK);
	const struct extra by_town = {"settings/settings", forged.p, forged.len};
	assert_int_equal(apply(NULL, &by_town), OK);
	assert_true(alarmed("settings"));
	assert_int_equal(settings_serial(courier->settings), before);
	const struct body *b = settings_body(courier->settings, "county-office");
	assert_memory_equal(b->office.b, kept.b, sizeof kept.b);
	county.office[BODY_COUNTY] = kept;
	/* The root itself may. */
	assert_int_equal(county_settings(&county, 2, &county.root, &county.root_secret, &good), OK);
	const struct extra by_root = {"settings/settings", good.p, good.len};
	assert_int_equal(apply(NULL, &by_root), OK);
	assert_int_equal(settings_serial(courier->settings), 2);
	buf_free(&forged);
	buf_free(&good);
}

static void what_is_no_bundle_changes_nothing(void **state)
{
	(void)state;
	struct wire_manifest m;
	const struct extra capsule = {"capsules/00", "not a capsule", 13};
	assert_int_equal(courier_apply(courier, "<html>welcome</html>", 20, &m), ERR_CORRUPT);
	assert_int_equal(courier_apply(courier, "", 0, &m), ERR_CORRUPT);
	assert_int_equal(apply(NULL, &capsule), OK);
	assert_true(alarmed("capsule"));
}

/* --- delivery, against a server that misbehaves --- */

enum manner {
	MANNER_PORTAL,
	MANNER_UNSIGNED,
	MANNER_TOWNSHIP, /* signs for everything with the township's key */
	MANNER_ABOVE,    /* can open none of them */
	MANNER_HALVE,
	MANNER_REFUSE,
	MANNER_OTHER,  /* holds another letter under number 2, and says so in the outcome alone */
	MANNER_POISON, /* chokes on every batch with number 3 in it */
	MANNER_GOOD
};

static struct {
	enum manner manner;
	atomic_int posts;
	size_t largest;
	int whole;   /* letters that came with their bodies */
	bool forgot; /* what it is asked about is not there */
	struct wire_hello hello;
	uint64_t newest; /* as told in answer to a health message */
} t;

static size_t limit(void *self, const struct http_request *r)
{
	(void)self;
	(void)r;
	return WIRE_BATCH_MAX;
}

static void reply_batch(struct http_request *r, const unsigned char *body, size_t len)
{
	struct wire_delivered *d = calloc(1, sizeof *d);
	struct ack ack = {.kiosk = courier->home.kiosk_id, .time = 1795500000};
	struct buf text, json;
	size_t at = 0, one_len;
	const unsigned char *one;
	struct parcel_unchecked raw;
	buf_init(&text, ACK_BYTES_MAX);
	buf_init(&json, WIRE_MESSAGE_MAX);
	snprintf(ack.epoch, sizeof ack.epoch, "e1");
	while (wire_batch_next(body, len, &at, &one, &one_len) == OK) {
		bool alone = parcel_read_header(one, one_len, &raw.header) == OK;
		assert_true(alone || parcel_read(one, one_len, &raw) == OK);
		t.whole += !alone;
		text_hex(raw.header.id, PARCEL_ID_BYTES, d->result[d->count].id);
		d->result[d->count++].outcome =
			alone && t.forgot                                      ? WIRE_LATER
			: t.manner == MANNER_ABOVE                             ? WIRE_ABOVE
			: t.manner == MANNER_REFUSE                            ? WIRE_REFUSED
			: t.manner == MANNER_OTHER && raw.header.sequence == 2 ? WIRE_OTHER
									       : WIRE_STORED;
		if (t.manner != MANNER_REFUSE)
			ack.through = raw.header.sequence;
	}
	const bool town = t.manner == MANNER_TOWNSHIP, own = t.manner != MANNER_UNSIGNED;
	assert_int_equal(ack_make(&ack,
				  town  ? &county.town_sign
				  : own ? &county.county_sign
					: &county.publisher,
				  town  ? &county.town_sign_secret
				  : own ? &county.county_sign_secret
					: &county.publisher_secret,
				  &text),
			 OK);
	memcpy(d->ack, text.p, text.len);
	d->ack_len = text.len;
	assert_int_equal(wire_delivered_make(d, &json), OK);
	const struct http_answer a = {
		.status = 200, .type = "application/json", .body = json.p, .len = json.len};
	http_answer(r, &a);
	buf_free(&text);
	buf_free(&json);
	free(d);
}

static bool has_third(const unsigned char *body, size_t len)
{
	size_t at = 0, one_len;
	const unsigned char *one;
	struct parcel_unchecked raw;
	while (wire_batch_next(body, len, &at, &one, &one_len) == OK)
		if (parcel_read(one, one_len, &raw) == OK && raw.header.sequence == 3)
			return true;
	return false;
}

static void reply_hello(struct http_request *r)
{
	struct buf text;
	buf_init(&text, WIRE_MESSAGE_MAX);
	assert_int_equal(
		wire_hello_make(&t.hello, &county.county_sign, &county.county_sign_secret, &text),
		OK);
	const struct http_answer a = {
		.status = 200, .type = "text/plain", .body = text.p, .len = text.len};
	http_answer(r, &a);
	buf_free(&text);
}

static void reply_told(struct http_request *r)
{
	struct buf json;
	const struct wire_told told = {.newest = t.newest, .alarms_through = 0};
	buf_init(&json, WIRE_MESSAGE_MAX);
	assert_int_equal(wire_told_make(&told, &json), OK);
	const struct http_answer a = {
		.status = 200, .type = "application/json", .body = json.p, .len = json.len};
	http_answer(r, &a);
	buf_free(&json);
}

static void handle(void *self, struct http_request *r)
{
	size_t len;
	const unsigned char *body = http_body(r, &len);
	(void)self;
	atomic_fetch_add(&t.posts, 1);
	if (t.manner != MANNER_PORTAL && strcmp(http_path(r), "/v1/hello") == 0) {
		reply_hello(r);
		return;
	}
	if (t.manner != MANNER_PORTAL && strcmp(http_path(r), "/v1/health") == 0) {
		reply_told(r);
		return;
	}
	if (t.manner != MANNER_PORTAL && strcmp(http_path(r), "/v1/settings") == 0) {
		const struct http_answer a = {.status = 200,
					      .type = "text/plain",
					      .body = county.settings_bytes.p,
					      .len = county.settings_bytes.len};
		http_answer(r, &a);
		return;
	}
	if (t.manner == MANNER_PORTAL) {
		static const char page[] = "<html>请先登录酒店网络</html>";
		const struct http_answer a = {
			.status = 200, .type = "text/html", .body = page, .len = sizeof page - 1};
		http_answer(r, &a);
	} else if (t.manner == MANNER_POISON && has_third(body, len)) {
		const struct http_answer a = {.status = 422};
		http_answer(r, &a);
	} else if (t.manner == MANNER_HALVE && len > 40000) {
		const struct http_answer a = {.status = 413};
		http_answer(r, &a);
	} else {
		if (len > t.largest)
			t.largest = len;
		reply_batch(r, body, len);
	}
}

static int with_server(void **state)
{
	assert_int_equal(fresh(state), 0);
	server_open(limit, handle);
	atomic_store(&t.posts, 0);
	t.largest = 0;
	t.whole = 0;
	t.forgot = false;
	t.newest = 0;
	t.hello = (struct wire_hello){.epoch = "e1", .place = "mz", .time = 1795500000};
	return 0;
}

static void write_letters(int count)
{
	for (int i = 0; i < count; i++) {
		struct receipt_public receipt;
		struct seal_secret seal;
		struct sign_secret sign;
		struct parcel_place at;
		struct parcel_header h;
		struct buf b;
		struct parcel_kiosk kept = county.kiosk;
		seal_generate(&receipt.answer, &seal);
		sign_generate(&receipt.follow_up, &sign);
		memset(receipt.locator, i + 1, sizeof receipt.locator);
		buf_init(&b, PARCEL_BYTES_MAX);
		assert_int_equal(queue_place(courier->queue, &at), OK);
		county.kiosk = courier->home.kiosk;
		assert_int_equal(
			county_letter(&county, WHOM_VILLAGE, "沟", NULL, &receipt, &at, &b, &h),
			OK);
		county.kiosk = kept;
		assert_int_equal(queue_add(courier->queue, &h, b.p, b.len, NULL, 0), OK);
		buf_free(&b);
	}
}

static uint64_t waiting(void)
{
	struct queue_state s;
	assert_int_equal(queue_look(courier->queue, &s), OK);
	return s.waiting;
}

/* The service's key was replaced while this kiosk was away. */
static void new_settings_are_asked_for_when_a_new_key_says_hello(void **state)
{
	(void)state;
	int retry;
	const struct county before = county;
	write_letters(1);
	t.manner = MANNER_GOOD;
	buf_init(&county.settings_bytes, SETTINGS_BYTES_MAX);
	county.settings = NULL;
	assert_int_equal(county_replace_keys(&county, false), OK);
	assert_int_equal(courier_hello(courier, &retry), ROUND_DONE);
	assert_int_equal(settings_serial(courier->settings), 2);
	assert_int_equal(courier_deliver(courier, &retry), ROUND_DONE);
	assert_int_equal(waiting(), 0);
	settings_close(county.settings);
	buf_free(&county.settings_bytes);
	county = before;
}

static void a_page_that_lets_guests_in_settles_nothing(void **state)
{
	(void)state;
	int retry;
	write_letters(3);
	t.manner = MANNER_PORTAL;
	assert_int_equal(courier_deliver(courier, &retry), ROUND_NO_LINE);
	assert_int_equal(waiting(), 3);
	assert_int_equal(courier_hello(courier, &retry), ROUND_NO_LINE);
}

static void the_cursor_stays_when_what_came_was_not_applied(void **state)
{
	(void)state;
	int retry;
	uint64_t cursor = 99;
	t.manner = MANNER_PORTAL;
	courier->server_feed = 5;
	assert_int_equal(courier_fetch(courier, &retry), ROUND_LATER);
	assert_int_equal(books_cursor(courier->books, &cursor), OK);
	assert_int_equal(cursor, 0);
}

static void an_acknowledgement_of_another_key_settles_nothing(void **state)
{
	(void)state;
	int retry;
	write_letters(3);
	t.manner = MANNER_UNSIGNED;
	assert_int_equal(courier_deliver(courier, &retry), ROUND_NO_LINE);
	assert_int_equal(waiting(), 3);
	t.manner = MANNER_GOOD;
	assert_int_equal(courier_deliver(courier, &retry), ROUND_DONE);
	assert_int_equal(waiting(), 0);
}

static void a_township_s_own_word_settles_no_letter(void **state)
{
	(void)state;
	int retry;
	write_letters(20);
	t.manner = MANNER_TOWNSHIP;
	assert_int_equal(courier_deliver(courier, &retry), ROUND_LATER);
	assert_int_equal(waiting(), 20);
	t.manner = MANNER_GOOD;
	assert_int_equal(courier_deliver(courier, &retry), ROUND_DONE);
	assert_int_equal(waiting(), 0);
}

static void what_a_township_holds_is_asked_about_and_not_sent_again(void **state)
{
	(void)state;
	int retry;
	write_letters(3);
	t.manner = MANNER_TOWNSHIP;
	assert_int_equal(courier_deliver(courier, &retry), ROUND_LATER);
	assert_int_equal(t.whole, 3);
	t.largest = 0;
	for (int i = 0; i < 5; i++)
		assert_int_equal(courier_deliver(courier, &retry), ROUND_LATER);
	assert_int_equal(t.whole, 3);
	assert_int_equal(t.largest, 3 * (4 + PARCEL_HEADER_BYTES));
	assert_int_equal(waiting(), 3);
	/* It lost them: they go again, whole. */
	t.forgot = true;
	assert_int_equal(courier_deliver(courier, &retry), ROUND_LATER);
	assert_int_equal(courier_deliver(courier, &retry), ROUND_LATER);
	assert_int_equal(t.whole, 6);
	t.forgot = false;
	/* The county has them meanwhile: its word for the header settles. */
	t.manner = MANNER_GOOD;
	assert_int_equal(courier_deliver(courier, &retry), ROUND_DONE);
	assert_int_equal(waiting(), 0);
	assert_int_equal(t.whole, 6);
}

static void what_only_a_higher_installation_opens_steps_aside_until_there_is_one(void **state)
{
	(void)state;
	int retry;
	struct queue_state s;
	write_letters(2);
	t.manner = MANNER_ABOVE;
	snprintf(t.hello.place, sizeof t.hello.place, "mz.caoba");
	assert_int_equal(courier_hello(courier, &retry), ROUND_DONE);
	assert_int_equal(courier_deliver(courier, &retry), ROUND_DONE);
	int sent = t.whole;
	for (int i = 0; i < 5; i++) {
		assert_int_equal(courier_hello(courier, &retry), ROUND_DONE);
		assert_int_equal(courier_deliver(courier, &retry), ROUND_DONE);
	}
	assert_int_equal(t.whole, sent);
	assert_int_equal(queue_look(courier->queue, &s), OK);
	assert_int_equal(s.aside, 2);
	t.manner = MANNER_GOOD;
	snprintf(t.hello.place, sizeof t.hello.place, "mz");
	assert_int_equal(courier_hello(courier, &retry), ROUND_DONE);
	assert_int_equal(courier_deliver(courier, &retry), ROUND_DONE);
	assert_int_equal(queue_look(courier->queue, &s), OK);
	assert_int_equal(s.aside + s.waiting, 0);
}

static void a_batch_too_large_is_halved_until_it_goes(void **state)
{
	(void)state;
	int retry;
	write_letters(20);
	t.manner = MANNER_HALVE;
	assert_int_equal(courier_deliver(courier, &retry), ROUND_DONE);
	assert_int_equal(waiting(), 0);
	assert_true(t.largest > 0 && t.largest <= 40000);
	assert_true(atomic_load(&t.posts) > 3);
}

/* The second batch goes before the first is answered; each of them is settled. */
static void many_batches_go_one_behind_the_other(void **state)
{
	(void)state;
	int retry;
	write_letters(20);
	t.manner = MANNER_POISON;
	courier->most_parcels = 3;
	assert_int_equal(courier_deliver(courier, &retry), ROUND_LATER);
	assert_int_equal(waiting(), 1); /* the one it chokes on held no other up */
	write_letters(20);
	t.manner = MANNER_GOOD;
	atomic_store(&t.posts, 0);
	assert_int_equal(courier_deliver(courier, &retry), ROUND_DONE);
	assert_int_equal(waiting(), 0);
	assert_int_equal(atomic_load(&t.posts), 7);
}

static void three_refusals_and_a_letter_steps_aside_but_is_kept(void **state)
{
	(void)state;
	int retry;
	struct queue_state s;
	write_letters(2);
	t.manner = MANNER_REFUSE;
	courier->aside_offered_ms = clock_ms(); /* offered today already */
	for (int i = 0; i < STRIKES; i++)
		(void)courier_deliver(courier, &retry);
	assert_int_equal(queue_look(courier->queue, &s), OK);
	assert_int_equal(s.waiting, 0);
	assert_int_equal(s.aside, 2);
	assert_int_equal(s.kept, 2);
	/* The next day it is offered again, and taken. */
	t.manner = MANNER_GOOD;
	courier->aside_offered_ms = 0;
	assert_int_equal(courier_deliver(courier, &retry), ROUND_DONE);
	assert_int_equal(queue_look(courier->queue, &s), OK);
	assert_int_equal(s.aside, 0);
}

static void a_letter_under_a_number_the_server_uses_for_another_is_not_settled(void **state)
{
	(void)state;
	int retry;
	struct queue_state s;
	write_letters(4);
	t.manner = MANNER_OTHER;
	courier->aside_offered_ms = clock_ms();
	/* The acknowledgement reaches 4, because 4 is there. */
	for (int i = 0; i < STRIKES + 1; i++)
		(void)courier_deliver(courier, &retry);
	assert_int_equal(queue_is_acknowledged(courier->queue, 4), OK);
	assert_int_equal(queue_is_acknowledged(courier->queue, 2), ERR_MISSING);
	assert_int_equal(queue_look(courier->queue, &s), OK);
	assert_int_equal(s.aside, 1);
	assert_int_equal(s.kept, 4);
}

static void one_letter_the_server_chokes_on_holds_no_other_up(void **state)
{
	(void)state;
	int retry;
	struct queue_state s;
	write_letters(10);
	t.manner = MANNER_POISON;
	courier->aside_offered_ms = clock_ms();
	assert_int_equal(courier_deliver(courier, &retry), ROUND_LATER);
	assert_int_equal(waiting(), 1);
	for (int i = 0; i < STRIKES; i++)
		(void)courier_deliver(courier, &retry);
	assert_int_equal(queue_look(courier->queue, &s), OK);
	assert_int_equal(s.waiting, 0);
	assert_int_equal(s.aside, 1);
}

static void one_damaged_letter_holds_no_other_up(void **state)
{
	(void)state;
	int retry;
	char path[128];
	sqlite3 *db;
	struct queue_state s;
	write_letters(3);
	snprintf(path, sizeof path, "%s/queue.db", folder);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
				      "UPDATE parcel SET bytes = zeroblob(9) WHERE sequence = 1",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	t.manner = MANNER_GOOD;
	assert_int_equal(courier_deliver(courier, &retry), ROUND_DONE);
	assert_int_equal(queue_look(courier->queue, &s), OK);
	assert_int_equal(s.waiting, 0);
	assert_int_equal(s.aside, 1);
	assert_int_equal(queue_is_acknowledged(courier->queue, 3), OK);
	assert_true(alarmed("damaged"));
}

static void a_server_put_back_from_a_backup_gets_everything_again(void **state)
{
	(void)state;
	int retry;
	uint64_t cursor;
	write_letters(3);
	t.manner = MANNER_GOOD;
	t.hello.feed = 9;
	assert_int_equal(courier_hello(courier, &retry), ROUND_DONE);
	assert_int_equal(courier_deliver(courier, &retry), ROUND_DONE);
	assert_int_equal(books_set_cursor(courier->books, 9), OK);
	assert_int_equal(courier_hello(courier, &retry), ROUND_DONE);
	assert_int_equal(waiting(), 0);
	snprintf(t.hello.epoch, sizeof t.hello.epoch, "e2");
	assert_int_equal(courier_hello(courier, &retry), ROUND_DONE);
	assert_int_equal(waiting(), 3);
	assert_int_equal(books_cursor(courier->books, &cursor), OK);
	assert_int_equal(cursor, 0);
	assert_true(alarmed("epoch"));
	/* The same epoch with a shorter feed: put back without a word. */
	assert_int_equal(books_set_cursor(courier->books, 9), OK);
	t.hello.feed = 5;
	assert_int_equal(courier_hello(courier, &retry), ROUND_DONE);
	assert_int_equal(books_cursor(courier->books, &cursor), OK);
	assert_int_equal(cursor, 0);
	assert_true(alarmed("rewound"));
}

static void the_newest_number_of_the_server_mends_both_sides(void **state)
{
	(void)state;
	int retry;
	char command[200];
	struct parcel_place at;
	write_letters(3);
	t.manner = MANNER_GOOD;
	assert_int_equal(courier_deliver(courier, &retry), ROUND_DONE);
	t.newest = 3;
	assert_int_equal(courier_report(courier, &retry), ROUND_DONE);
	assert_int_equal(waiting(), 0);
	/* The server lost two it had acknowledged. */
	t.newest = 1;
	courier->health_told_ms = 0;
	assert_int_equal(courier_report(courier, &retry), ROUND_DONE);
	assert_int_equal(waiting(), 2);
	assert_true(alarmed("lost"));
	/* The kiosk lost its queue and the second copy of the head. */
	snprintf(command, sizeof command, "rm -f %s/queue.db* %s/head", folder, folder);
	assert_int_equal(system(command), 0);
	assert_int_equal(courier_look_after(courier), OK);
	assert_true(courier_unsure(courier));
	t.newest = 3;
	assert_int_equal(courier_report(courier, &retry), ROUND_DONE);
	assert_false(courier_unsure(courier));
	assert_int_equal(queue_place(courier->queue, &at), OK);
	assert_int_equal(at.sequence, 4);
	assert_true(alarmed("queue"));
}

static void the_servers_time_is_kept_though_it_comes_in_small_steps(void **state)
{
	(void)state;
	int retry;
	int64_t kept;
	t.manner = MANNER_GOOD;
	assert_int_equal(courier_hello(courier, &retry), ROUND_DONE);
	for (int i = 0; i < 5; i++) {
		t.hello.time += 1000;
		assert_int_equal(courier_hello(courier, &retry), ROUND_DONE);
	}
	assert_int_equal(books_server_time(courier->books, &kept), OK);
	assert_true(kept >= 1795500000 + 3600);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			publications_follow_one_another_and_twice_changes_nothing, fresh, gone),
		cmocka_unit_test_setup_teardown(a_flipped_bit_a_gap_and_a_twin_are_refused_and_told,
						fresh, gone),
		cmocka_unit_test_setup_teardown(settings_signed_by_the_township_replace_nobody,
						fresh, gone),
		cmocka_unit_test_setup_teardown(what_is_no_bundle_changes_nothing, fresh, gone),
		cmocka_unit_test_setup_teardown(
			new_settings_are_asked_for_when_a_new_key_says_hello, with_server,
			without_server),
		cmocka_unit_test_setup_teardown(a_page_that_lets_guests_in_settles_nothing,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(the_cursor_stays_when_what_came_was_not_applied,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(an_acknowledgement_of_another_key_settles_nothing,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(a_township_s_own_word_settles_no_letter,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(
			what_a_township_holds_is_asked_about_and_not_sent_again, with_server,
			without_server),
		cmocka_unit_test_setup_teardown(
			what_only_a_higher_installation_opens_steps_aside_until_there_is_one,
			with_server, without_server),
		cmocka_unit_test_setup_teardown(a_batch_too_large_is_halved_until_it_goes,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(many_batches_go_one_behind_the_other, with_server,
						without_server),
		cmocka_unit_test_setup_teardown(three_refusals_and_a_letter_steps_aside_but_is_kept,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(
			a_letter_under_a_number_the_server_uses_for_another_is_not_settled,
			with_server, without_server),
		cmocka_unit_test_setup_teardown(one_letter_the_server_chokes_on_holds_no_other_up,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(one_damaged_letter_holds_no_other_up, with_server,
						without_server),
		cmocka_unit_test_setup_teardown(
			a_server_put_back_from_a_backup_gets_everything_again, with_server,
			without_server),
		cmocka_unit_test_setup_teardown(the_newest_number_of_the_server_mends_both_sides,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(
			the_servers_time_is_kept_though_it_comes_in_small_steps, with_server,
			without_server),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
