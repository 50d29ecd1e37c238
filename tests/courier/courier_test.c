/* courier_test.c - nothing of a bundle counts but by its own signature, and nothing is settled but
 * by the township's; what is refused is told. */
#include "app/base/clock.h"
#include "app/courier/courier.h"
#include "app/store/township/parcels.h"
#include "sync/bundle.h"
#include "sync/ca.h"
#include "sync/http_server.h"

#include "tests/county.h"
#include "tests/test.h"

#include <stdatomic.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct county county;
static struct courier *courier;
static volatile sig_atomic_t stop_now;
static char folder[64];

static int open_all(void **state)
{
	(void)state;
	return county_open(&county);
}

static int close_all(void **state)
{
	(void)state;
	county_close(&county);
	return 0;
}

static int fresh(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/elutong-courier-XXXXXX");
	assert_non_null(mkdtemp(folder));
	assert_int_equal(
		home_provision(folder, "mz.caoba.v1", &county.root, "https://127.0.0.1:1", ""), OK);
	assert_int_equal(courier_open(folder, "assets", &stop_now, &courier), OK);
	assert_int_equal(books_put_settings(courier->books, &county.root, county.settings_bytes.p,
					    county.settings_bytes.len),
			 OK);
	assert_int_equal(courier_load_settings(courier), OK);
	return 0;
}

static int gone(void **state)
{
	(void)state;
	courier_close(courier);
	pid_t child = fork();
	if (child == 0) {
		execlp("rm", "rm", "-rf", folder, (char *)NULL);
		_exit(1);
	}
	int status;
	waitpid(child, &status, 0);
	return 0;
}

/* --- bundles --- */

struct made {
	struct publication p;
	struct sheet_entry entry[1];
	struct buf text, sheet;
};

static void make(struct made *m, uint64_t number, const struct hash *previous, int64_t amount)
{
	memset(m, 0, sizeof *m);
	buf_init(&m->sheet, SHEET_BYTES_MAX);
	buf_init(&m->text, PUBLICATION_BYTES_MAX);
	buf_print(&m->sheet,
		  "{\"id\":\"1\",\"date\":\"2026-%02d-02\",\"account_code\":\"514\",\"coa_"
		  "version\":\"2024\","
		  "\"direction\":\"out\",\"amount_fen\":%lld,\"summary\":\"修水沟\"}\n",
		  (int)number, (long long)amount);
	m->p = (struct publication){
		.number = number, .day = 20261105, .sheet = m->entry, .sheet_count = 1};
	snprintf(m->p.place, sizeof m->p.place, "mz.caoba.v1");
	snprintf(m->p.issuer, sizeof m->p.issuer, "草坝镇");
	if (previous != NULL)
		m->p.previous = *previous;
	snprintf(m->entry[0].template_id, sizeof m->entry[0].template_id, "ledger");
	snprintf(m->entry[0].period, sizeof m->entry[0].period, "2026-%02d", (int)number);
	m->entry[0].part = 1;
	m->entry[0].version = 1;
	assert_int_equal(sheet_measure(m->sheet.p, m->sheet.len, m->entry), OK);
	assert_int_equal(
		publication_make(&m->p, &county.publisher, &county.publisher_secret, &m->text), OK);
}

static void drop(struct made *m)
{
	buf_free(&m->text);
	buf_free(&m->sheet);
}

struct extra {
	const char *name;
	const void *bytes;
	size_t len;
};

/* A bundle of one publication (or none) and one more thing (or none), applied. */
static enum err apply(const struct made *m, const struct extra *more)
{
	struct bundle_writer *w;
	unsigned char *bytes;
	size_t len;
	char name[100] = "sheets/";
	struct wire_manifest manifest = {.after = 0, .through = 1}, got;
	struct buf text;
	buf_init(&text, 1000);
	assert_int_equal(wire_manifest_make(&manifest, &text), OK);
	assert_int_equal(bundle_begin(1 << 20, &w), SYNC_OK);
	assert_int_equal(bundle_add(w, "manifest.json", text.p, text.len), SYNC_OK);
	if (more != NULL)
		assert_int_equal(bundle_add(w, more->name, more->bytes, more->len), SYNC_OK);
	if (m != NULL) {
		assert_int_equal(
			bundle_add(w, "publications/mz.caoba.v1/1", m->text.p, m->text.len),
			SYNC_OK);
		text_hex(m->entry[0].hash.b, HASH_BYTES, name + 7);
		assert_int_equal(bundle_add(w, name, m->sheet.p, m->sheet.len), SYNC_OK);
	}
	assert_int_equal(bundle_finish(w, &bytes, &len), SYNC_OK);
	enum err e = courier_apply(courier, bytes, len, &got);
	free(bytes);
	buf_free(&text);
	return e;
}

static bool alarmed(const char *kind)
{
	struct buf text;
	int64_t number = 0;
	bool found = false;
	buf_init(&text, 1000);
	while (queue_next_alarm(courier->queue, number, &number, &text) == OK) {
		found = found || strncmp(buf_str(&text), kind, strlen(kind)) == 0;
		buf_clear(&text);
	}
	buf_free(&text);
	return found;
}

static uint64_t newest(void)
{
	struct publication last = {0};
	uint64_t n = books_last_publication(courier->books, "mz.caoba.v1", &last) == OK
			     ? last.number
			     : 0;
	publication_free(&last);
	return n;
}

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

enum manner { MANNER_PORTAL, MANNER_UNSIGNED, MANNER_HALVE, MANNER_REFUSE, MANNER_GOOD };

static struct {
	struct http_server *http;
	struct ca_pair ca, server;
	char ca_file[128], base[64];
	enum manner manner;
	atomic_int posts;
	size_t largest;
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
		assert_int_equal(parcel_read(one, one_len, &raw), OK);
		text_hex(raw.header.id, PARCEL_ID_BYTES, d->result[d->count].id);
		d->result[d->count++].outcome =
			t.manner == MANNER_REFUSE ? WIRE_REFUSED : WIRE_STORED;
		if (t.manner != MANNER_REFUSE)
			ack.through = raw.header.sequence;
	}
	const bool own = t.manner != MANNER_UNSIGNED;
	assert_int_equal(ack_make(&ack, own ? &county.county_sign : &county.publisher,
				  own ? &county.county_sign_secret : &county.publisher_secret,
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

static void handle(void *self, struct http_request *r)
{
	size_t len;
	const unsigned char *body = http_body(r, &len);
	(void)self;
	atomic_fetch_add(&t.posts, 1);
	if (t.manner == MANNER_PORTAL) {
		static const char page[] = "<html>请先登录酒店网络</html>";
		const struct http_answer a = {
			.status = 200, .type = "text/html", .body = page, .len = sizeof page - 1};
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
	static const char *const names[] = {"127.0.0.1"};
	FILE *f;
	assert_int_equal(fresh(state), 0);
	assert_int_equal(ca_make("test", (int64_t)time(NULL), &t.ca), SYNC_OK);
	assert_int_equal(ca_server(&t.ca, names, 1, (int64_t)time(NULL), &t.server), SYNC_OK);
	const struct http_options o = {.address = "127.0.0.1",
				       .workers = 1,
				       .certificate = t.server.certificate,
				       .key = t.server.key,
				       .body_limit = limit,
				       .handle = handle};
	assert_int_equal(http_server_open(&o, &t.http), SYNC_OK);
	snprintf(t.ca_file, sizeof t.ca_file, "%s/keys/ca.crt", folder);
	f = fopen(t.ca_file, "w");
	assert_non_null(f);
	fputs(t.ca.certificate, f);
	fclose(f);
	snprintf(t.base, sizeof t.base, "https://127.0.0.1:%u", (unsigned)http_server_port(t.http));
	const struct http_client_options c = {.base = t.base, .ca_file = t.ca_file};
	assert_int_equal(http_client_open(&c, &courier->client), SYNC_OK);
	atomic_store(&t.posts, 0);
	t.largest = 0;
	return 0;
}

static int without_server(void **state)
{
	http_server_close(t.http, 1000);
	return gone(state);
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
		cmocka_unit_test_setup_teardown(a_page_that_lets_guests_in_settles_nothing,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(the_cursor_stays_when_what_came_was_not_applied,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(an_acknowledgement_of_another_key_settles_nothing,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(a_batch_too_large_is_halved_until_it_goes,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(three_refusals_and_a_letter_steps_aside_but_is_kept,
						with_server, without_server),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
