/* queue_test.c - a sealed letter is kept until the county has it and a second copy of it. */
#include "app/base/clock.h"
#include "app/store/kiosk/queue.h"

#include "tests/county.h"
#include "tests/test.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

static struct county county;
static struct receipt_keys keys;
static char folder[64];
static struct queue *queue;

static int open_all(void **state)
{
	struct receipt r;
	(void)state;
	receipt_make(&r);
	return county_open(&county) || receipt_derive(&r, NULL, &keys);
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
	snprintf(folder, sizeof folder, "/tmp/elutong-queue-XXXXXX");
	return mkdtemp(folder) == NULL || queue_open(folder, true, &queue);
}

static int gone(void **state)
{
	char command[128];
	(void)state;
	queue_close(queue);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

static uint64_t put(const char *what)
{
	struct parcel_place at;
	struct parcel_header h;
	struct buf bytes;
	buf_init(&bytes, PARCEL_BYTES_MAX);
	assert_int_equal(queue_place(queue, &at), OK);
	assert_int_equal(
		county_letter(&county, WHOM_VILLAGE, what, NULL, &keys.pub, &at, &bytes, &h), OK);
	assert_int_equal(queue_add(queue, &h, bytes.p, bytes.len, NULL, 0), OK);
	buf_free(&bytes);
	return h.sequence;
}

static struct ack ack_of(uint64_t through, int64_t time)
{
	struct ack a = {.epoch = "e1", .through = through, .time = time};
	return a;
}

/* An acknowledgement in a reply that says "stored" of everything it covers. */
static enum err take(const struct ack *a)
{
	uint64_t all[64];
	struct queue_stored stored = {.sequence = all};
	for (uint64_t n = 1; n <= a->through; n++) {
		bool gap = false;
		for (size_t i = 0; i < a->gap_count; i++)
			gap = gap || (n >= a->gap[i].first && n <= a->gap[i].last);
		if (!gap)
			all[stored.count++] = n;
	}
	return queue_acknowledge(queue, a, "x", 1, &stored);
}

static enum err first_waiting(uint64_t after, uint64_t *sequence)
{
	struct parcel_header h = {0};
	struct buf bytes;
	buf_init(&bytes, PARCEL_BYTES_MAX);
	enum err e = queue_next(queue, after, &h, &bytes);
	*sequence = h.sequence;
	buf_free(&bytes);
	return e;
}

static void a_parcel_without_acknowledgement_is_offered_again(void **state)
{
	(void)state;
	uint64_t n;
	assert_int_equal(first_waiting(0, &n), ERR_MISSING);
	assert_int_equal(put("一"), 1);
	assert_int_equal(put("二"), 2);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(first_waiting(0, &n), OK);
		assert_int_equal(n, 1);
	}
	assert_int_equal(first_waiting(1, &n), OK);
	assert_int_equal(n, 2);
	assert_int_equal(queue_is_acknowledged(queue, 1), ERR_MISSING);
}

static void an_acknowledgement_settles_all_but_its_gaps(void **state)
{
	(void)state;
	uint64_t n;
	for (int i = 0; i < 4; i++)
		put("一件事");
	struct ack a = ack_of(4, 1000);
	a.gap[a.gap_count++] = (struct ack_gap){2, 2};
	assert_int_equal(take(&a), OK);
	assert_int_equal(first_waiting(0, &n), OK);
	assert_int_equal(n, 2);
	assert_int_equal(first_waiting(2, &n), ERR_MISSING);
	assert_int_equal(queue_is_acknowledged(queue, 4), OK);
	struct ack less = ack_of(1, 900);
	assert_int_equal(take(&less), OK);
	assert_int_equal(queue_is_acknowledged(queue, 4), OK);
}

static void an_acknowledgement_settles_only_what_the_server_said_it_stored(void **state)
{
	(void)state;
	uint64_t n;
	for (int i = 0; i < 4; i++)
		put("一件事");
	/* Under number 2 the server holds another letter; its acknowledgement covers the number. */
	const uint64_t some[] = {1, 3};
	const struct queue_stored first = {some, 2, 0}, none = {NULL, 0, 0};
	struct ack a = ack_of(4, 1000);
	assert_int_equal(queue_acknowledge(queue, &a, "x", 1, &first), OK);
	assert_int_equal(queue_is_acknowledged(queue, 1), OK);
	assert_int_equal(queue_is_acknowledged(queue, 2), ERR_MISSING);
	assert_int_equal(queue_is_acknowledged(queue, 4), ERR_MISSING);
	a.time = 2000;
	assert_int_equal(queue_acknowledge(queue, &a, "x", 1, &none), OK);
	assert_int_equal(first_waiting(0, &n), OK);
	assert_int_equal(n, 2);
	/* Stored before, covered later: settled without being sent again. */
	const uint64_t fourth[] = {4};
	const struct queue_stored later = {fourth, 1, 0};
	struct ack less = ack_of(3, 1500);
	assert_int_equal(queue_acknowledge(queue, &less, "x", 1, &later), OK);
	assert_int_equal(queue_is_acknowledged(queue, 4), ERR_MISSING);
	a.time = 3000;
	assert_int_equal(queue_acknowledge(queue, &a, "x", 1, &none), OK);
	assert_int_equal(queue_is_acknowledged(queue, 4), OK);
	assert_int_equal(queue_is_acknowledged(queue, 2), ERR_MISSING);
}

/* Two batches under way; the server wrote the second first, and its answer names the first as
 * missing. */
static void an_answer_that_was_overtaken_takes_nothing_back(void **state)
{
	(void)state;
	uint64_t since;
	for (int i = 0; i < 4; i++)
		put("一件事");
	const uint64_t early[] = {1, 2}, late[] = {3, 4};
	assert_int_equal(queue_seen(queue, &since), OK);
	const struct queue_stored one = {early, 2, since}, two = {late, 2, since};
	struct ack second = ack_of(4, 1000), first = ack_of(4, 1000);
	second.event_sequence = 12;
	second.gap[second.gap_count++] = (struct ack_gap){1, 2};
	first.event_sequence = 14;
	assert_int_equal(queue_acknowledge(queue, &first, "x", 1, &one), OK);
	assert_int_equal(queue_acknowledge(queue, &second, "x", 1, &two), OK);
	for (uint64_t n = 1; n <= 4; n++)
		assert_int_equal(queue_is_acknowledged(queue, n), OK);
	assert_int_equal(first_waiting(0, &since), ERR_MISSING);
}

static void remove_queue(const char *what)
{
	char command[200];
	queue_close(queue);
	queue = NULL;
	snprintf(command, sizeof command, "cd %s && rm -f %s", folder, what);
	assert_int_equal(system(command), 0);
}

static void provisioned(void)
{
	char command[200];
	snprintf(command, sizeof command, "mkdir -p %s/keys && : >%s/keys/kiosk.sign", folder,
		 folder);
	assert_int_equal(system(command), 0);
}

static void a_queue_that_is_gone_is_made_again_and_uses_no_number_twice(void **state)
{
	(void)state;
	struct parcel_place at;
	int64_t unsure, number;
	struct buf text;
	buf_init(&text, 1000);
	put("一");
	put("二");
	remove_queue("queue.db*");
	assert_int_equal(queue_open_again(folder, &queue), ERR_MISSING); /* never provisioned */
	provisioned();
	assert_int_equal(queue_open(folder, false, &queue), ERR_MISSING);
	assert_int_equal(queue_open_again(folder, &queue), OK);
	assert_int_equal(queue_place(queue, &at), OK);
	assert_int_equal(at.sequence, 3);
	assert_int_equal(queue_next_alarm(queue, 0, &number, &text), OK);
	assert_int_equal(strncmp(buf_str(&text), "queue:", 6), 0);
	buf_free(&text);
	assert_int_equal(put("三"), 3);
	/* Without the second file only the server knows. */
	remove_queue("queue.db* head");
	assert_int_equal(queue_open_again(folder, &queue), OK);
	assert_int_equal(queue_counter(queue, "unsure", &unsure), OK);
	assert_int_equal(unsure, 1);
	assert_int_equal(queue_raise(queue, 3, NULL), OK);
	assert_int_equal(put("四"), 4);
	assert_int_equal(queue_raise(queue, 2, NULL), OK); /* never back */
	assert_int_equal(put("五"), 5);
	assert_int_equal(queue_raise(queue, UINT64_MAX / 2, NULL), ERR_REFUSED);
}

static void a_letter_is_not_written_into_a_file_that_was_taken_away(void **state)
{
	(void)state;
	char command[200];
	struct parcel_place at;
	struct parcel_header h;
	struct buf bytes;
	put("一");
	assert_true(queue_there(queue));
	snprintf(command, sizeof command, "rm -f %s/queue.db*", folder);
	assert_int_equal(system(command), 0);
	assert_false(queue_there(queue));
	buf_init(&bytes, PARCEL_BYTES_MAX);
	assert_int_equal(queue_place(queue, &at), OK);
	assert_int_equal(
		county_letter(&county, WHOM_VILLAGE, "二", NULL, &keys.pub, &at, &bytes, &h), OK);
	assert_int_equal(queue_add(queue, &h, bytes.p, bytes.len, NULL, 0), ERR_IO);
	buf_free(&bytes);
}

static void file_times_and_modes_tell_nothing_and_let_both_users_in(void **state)
{
	(void)state;
	static const char *const files[] = {"", "/queue.db", "/queue.db-wal", "/head"};
	char path[128];
	struct stat s;
	const int64_t day = clock_day_start(clock_day(clock_now()));
	put("一");
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		snprintf(path, sizeof path, "%s%s", folder, files[i]);
		assert_int_equal(stat(path, &s), 0);
		assert_int_equal(s.st_mtime, day);
		if (i == 1 || i == 2)
			assert_int_equal(s.st_mode & 07777, 0660);
	}
	struct ack a = ack_of(1, 1000);
	assert_int_equal(take(&a), OK);
	snprintf(path, sizeof path, "%s/queue.db-wal", folder);
	assert_int_equal(stat(path, &s), 0);
	assert_int_equal(s.st_mtime, day);
	queue_close(queue);
	queue = NULL;
	snprintf(path, sizeof path, "%s/queue.db", folder);
	assert_int_equal(stat(path, &s), 0);
	assert_int_equal(s.st_mtime, day);
}

static void a_damaged_parcel_is_named_so_that_the_others_go_on(void **state)
{
	(void)state;
	sqlite3 *db;
	char path[128];
	uint64_t n;
	put("一");
	put("二");
	snprintf(path, sizeof path, "%s/queue.db", folder);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
				      "UPDATE parcel SET bytes = zeroblob(100) WHERE sequence = 1",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(first_waiting(0, &n), ERR_CORRUPT);
	assert_int_equal(n, 1);
	assert_int_equal(queue_set_aside(queue, 1, "damaged"), OK);
	assert_int_equal(first_waiting(0, &n), OK);
	assert_int_equal(n, 2);
}

static size_t alarms(int64_t *newest)
{
	struct buf text;
	size_t count = 0;
	*newest = 0;
	buf_init(&text, 4096);
	while (queue_next_alarm(queue, *newest, newest, &text) == OK)
		count++;
	buf_free(&text);
	return count;
}

static void an_alarm_that_was_told_is_told_again_on_another_day(void **state)
{
	(void)state;
	int64_t newest;
	for (int i = 0; i < 3; i++)
		assert_int_equal(queue_alarm(queue, "events", "不一样", 20261120), OK);
	assert_int_equal(alarms(&newest), 1);
	assert_int_equal(queue_alarm_told(queue, newest), OK);
	assert_int_equal(queue_alarm(queue, "events", "不一样", 20261120), OK);
	assert_int_equal(alarms(&newest), 0);
	assert_int_equal(queue_alarm(queue, "events", "另一件", 20261120), OK);
	assert_int_equal(queue_alarm(queue, "events", "不一样", 20261121), OK);
	assert_int_equal(alarms(&newest), 2);
	assert_int_equal(queue_alarm_told(queue, newest), OK);
	/* A clock that fell back is another day too. */
	assert_int_equal(queue_alarm(queue, "events", "不一样", 19700101), OK);
	assert_int_equal(alarms(&newest), 1);
}

static void a_server_that_shows_other_events_is_noticed(void **state)
{
	(void)state;
	struct ack a = ack_of(0, 1000);
	a.event_sequence = 7;
	a.event_head.b[0] = 1;
	assert_int_equal(take(&a), OK);
	assert_int_equal(take(&a), OK);
	a.event_head.b[0] = 2;
	assert_int_equal(take(&a), ERR_REFUSED);
	a.event_sequence = 6;
	assert_int_equal(take(&a), ERR_REFUSED);
	/* Of two that were under way together the second answer may be the older one. */
	uint64_t since;
	const uint64_t sequence = 1;
	assert_int_equal(queue_seen(queue, &since), OK);
	a.event_sequence = 12;
	assert_int_equal(take(&a), OK);
	a.event_sequence = 8;
	const struct queue_stored overtaken = {&sequence, 1, since}, replayed = {&sequence, 1, 0};
	assert_int_equal(queue_acknowledge(queue, &a, "ack", 3, &overtaken), OK);
	assert_int_equal(queue_acknowledge(queue, &a, "ack", 3, &replayed), ERR_REFUSED);
	a.event_sequence = 6;
	assert_int_equal(queue_acknowledge(queue, &a, "ack", 3, &overtaken), ERR_REFUSED);
	snprintf(a.epoch, sizeof a.epoch, "e2"); /* another epoch has a chain of its own */
	assert_int_equal(take(&a), OK);
	snprintf(a.epoch, sizeof a.epoch, "e1");
	a.event_sequence = 19;
	assert_int_equal(take(&a), OK);
}

static void what_a_restored_server_lost_is_offered_again(void **state)
{
	(void)state;
	uint64_t n;
	bool changed;
	size_t count;
	struct queue_state look;
	for (int i = 0; i < 3; i++)
		put("一件事");
	assert_int_equal(queue_follow_epoch(queue, "e1", &changed), OK);
	assert_false(changed);
	struct ack a = ack_of(3, 1000);
	assert_int_equal(take(&a), OK);
	assert_int_equal(queue_offer_above(queue, 3, &count), OK);
	assert_int_equal(count, 0);
	assert_int_equal(queue_offer_above(queue, 2, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(first_waiting(0, &n), OK);
	assert_int_equal(n, 3);
	assert_int_equal(queue_follow_epoch(queue, "e1", &changed), OK);
	assert_false(changed);
	assert_int_equal(queue_follow_epoch(queue, "e2", &changed), OK);
	assert_true(changed);
	assert_int_equal(queue_look(queue, &look), OK);
	assert_int_equal(look.waiting, 3);
	assert_int_equal(queue_follow_epoch(queue, "e2", &changed), OK);
	assert_false(changed);
}

static void nothing_is_deleted_before_ninety_days_and_a_second_copy(void **state)
{
	(void)state;
	size_t deleted;
	const int64_t day = 86400, now = 1800000000;
	put("一");
	put("二");
	struct ack a = ack_of(2, now);
	a.backed_up_to = 1;
	assert_int_equal(take(&a), OK);
	assert_int_equal(queue_tidy(queue, &deleted), OK);
	assert_int_equal(deleted, 0);
	a.time = now + 91 * day;
	assert_int_equal(take(&a), OK);
	assert_int_equal(queue_tidy(queue, &deleted), OK);
	assert_int_equal(deleted, 1); /* the second is not backed up */
	a.time = now + 300 * day;
	assert_int_equal(take(&a), OK);
	assert_int_equal(queue_tidy(queue, &deleted), OK);
	assert_int_equal(deleted, 0);
}

static void a_new_epoch_offers_everything_again(void **state)
{
	(void)state;
	uint64_t n;
	put("一");
	put("二");
	struct ack a = ack_of(2, 1000);
	assert_int_equal(take(&a), OK);
	assert_int_equal(first_waiting(0, &n), ERR_MISSING);
	struct ack b = ack_of(0, 2000);
	snprintf(b.epoch, sizeof b.epoch, "e2");
	assert_int_equal(take(&b), OK);
	assert_int_equal(first_waiting(0, &n), OK);
	assert_int_equal(n, 1);
}

static void a_parcel_for_another_place_in_the_chain_is_refused(void **state)
{
	(void)state;
	struct parcel_place at = {.sequence = 7};
	struct parcel_header h;
	struct buf bytes;
	buf_init(&bytes, PARCEL_BYTES_MAX);
	assert_int_equal(
		county_letter(&county, WHOM_VILLAGE, "x", NULL, &keys.pub, &at, &bytes, &h), OK);
	assert_int_equal(queue_add(queue, &h, bytes.p, bytes.len, NULL, 0), ERR_REFUSED);
	buf_free(&bytes);
}

static void one_set_aside_lets_the_others_pass(void **state)
{
	(void)state;
	uint64_t n;
	struct parcel_header h;
	struct buf bytes;
	put("一");
	put("二");
	assert_int_equal(queue_set_aside(queue, 1, "422"), OK);
	assert_int_equal(first_waiting(0, &n), OK);
	assert_int_equal(n, 2);
	buf_init(&bytes, PARCEL_BYTES_MAX);
	assert_int_equal(queue_next_aside(queue, 0, &h, &bytes), OK);
	assert_int_equal(h.sequence, 1);
	buf_free(&bytes);
	struct ack a = ack_of(2, 1000);
	assert_int_equal(take(&a), OK);
	assert_int_equal(queue_is_acknowledged(queue, 1), OK);
}

static void a_deleted_tail_shows_in_the_second_file(void **state)
{
	(void)state;
	struct queue_state look;
	char from[128], to[128], command[300];
	put("一");
	queue_close(queue);
	snprintf(command, sizeof command, "cp %s/queue.db %s/old.db", folder, folder);
	assert_int_equal(system(command), 0);
	assert_int_equal(queue_open(folder, false, &queue), OK);
	put("二");
	assert_int_equal(queue_look(queue, &look), OK);
	assert_false(look.tail_missing);
	assert_int_equal(look.waiting, 2);
	queue_close(queue);
	snprintf(from, sizeof from, "%s/old.db", folder);
	snprintf(to, sizeof to, "%s/queue.db", folder);
	snprintf(command, sizeof command, "rm -f %s/queue.db-*", folder);
	assert_int_equal(system(command), 0);
	assert_int_equal(rename(from, to), 0);
	assert_int_equal(queue_open(folder, false, &queue), OK);
	assert_int_equal(queue_look(queue, &look), OK);
	assert_true(look.tail_missing);
}

static void alarms_are_kept_until_told_and_not_twice(void **state)
{
	(void)state;
	int64_t number;
	struct buf text;
	buf_init(&text, 1000);
	assert_int_equal(queue_alarm(queue, "settings", "signed by a stranger", 20261120), OK);
	assert_int_equal(queue_alarm(queue, "settings", "signed by a stranger", 20261120), OK);
	assert_int_equal(queue_next_alarm(queue, 0, &number, &text), OK);
	assert_non_null(strstr(buf_str(&text), "stranger"));
	assert_int_equal(queue_next_alarm(queue, number, &number, &text), ERR_MISSING);
	assert_int_equal(queue_alarm_told(queue, number), OK);
	assert_int_equal(queue_next_alarm(queue, 0, &number, &text), ERR_MISSING);
	int64_t v;
	assert_int_equal(queue_counter_set(queue, "pin", 3), OK);
	assert_int_equal(queue_counter(queue, "pin", &v), OK);
	assert_int_equal(v, 3);
	buf_free(&text);
}

static void a_file_that_is_no_database_is_refused_and_kept(void **state)
{
	(void)state;
	char path[128];
	queue_close(queue);
	queue = NULL;
	snprintf(path, sizeof path, "%s/queue.db", folder);
	char junk[4096];
	memset(junk, 'x', sizeof junk);
	assert_int_equal(file_replace(path, junk, sizeof junk, 0600), OK);
	assert_int_equal(queue_open(folder, true, &queue), ERR_CORRUPT);
	assert_null(queue);
	assert_int_equal(access(path, F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_parcel_without_acknowledgement_is_offered_again,
						fresh, gone),
		cmocka_unit_test_setup_teardown(an_acknowledgement_settles_all_but_its_gaps, fresh,
						gone),
		cmocka_unit_test_setup_teardown(
			an_acknowledgement_settles_only_what_the_server_said_it_stored, fresh,
			gone),
		cmocka_unit_test_setup_teardown(
			a_queue_that_is_gone_is_made_again_and_uses_no_number_twice, fresh, gone),
		cmocka_unit_test_setup_teardown(
			a_letter_is_not_written_into_a_file_that_was_taken_away, fresh, gone),
		cmocka_unit_test_setup_teardown(
			file_times_and_modes_tell_nothing_and_let_both_users_in, fresh, gone),
		cmocka_unit_test_setup_teardown(a_damaged_parcel_is_named_so_that_the_others_go_on,
						fresh, gone),
		cmocka_unit_test_setup_teardown(an_answer_that_was_overtaken_takes_nothing_back,
						fresh, gone),
		cmocka_unit_test_setup_teardown(an_alarm_that_was_told_is_told_again_on_another_day,
						fresh, gone),
		cmocka_unit_test_setup_teardown(a_server_that_shows_other_events_is_noticed, fresh,
						gone),
		cmocka_unit_test_setup_teardown(what_a_restored_server_lost_is_offered_again, fresh,
						gone),
		cmocka_unit_test_setup_teardown(
			nothing_is_deleted_before_ninety_days_and_a_second_copy, fresh, gone),
		cmocka_unit_test_setup_teardown(a_new_epoch_offers_everything_again, fresh, gone),
		cmocka_unit_test_setup_teardown(a_parcel_for_another_place_in_the_chain_is_refused,
						fresh, gone),
		cmocka_unit_test_setup_teardown(one_set_aside_lets_the_others_pass, fresh, gone),
		cmocka_unit_test_setup_teardown(a_deleted_tail_shows_in_the_second_file, fresh,
						gone),
		cmocka_unit_test_setup_teardown(alarms_are_kept_until_told_and_not_twice, fresh,
						gone),
		cmocka_unit_test_setup_teardown(a_file_that_is_no_database_is_refused_and_kept,
						fresh, gone),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
