/* queue_test.c - a sealed letter is kept until the county has it and a second copy of it. */
#include "app/store/kiosk/queue.h"

#include "tests/county.h"
#include "tests/test.h"

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
	assert_int_equal(queue_acknowledge(queue, &a, "x", 1), OK);
	assert_int_equal(first_waiting(0, &n), OK);
	assert_int_equal(n, 2);
	assert_int_equal(first_waiting(2, &n), ERR_MISSING);
	assert_int_equal(queue_is_acknowledged(queue, 4), OK);
	struct ack less = ack_of(1, 900);
	assert_int_equal(queue_acknowledge(queue, &less, "y", 1), OK);
	assert_int_equal(queue_is_acknowledged(queue, 4), OK);
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
	assert_int_equal(queue_acknowledge(queue, &a, "x", 1), OK);
	assert_int_equal(queue_tidy(queue, &deleted), OK);
	assert_int_equal(deleted, 0);
	a.time = now + 91 * day;
	assert_int_equal(queue_acknowledge(queue, &a, "x", 1), OK);
	assert_int_equal(queue_tidy(queue, &deleted), OK);
	assert_int_equal(deleted, 1); /* the second is not backed up */
	a.time = now + 300 * day;
	assert_int_equal(queue_acknowledge(queue, &a, "x", 1), OK);
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
	assert_int_equal(queue_acknowledge(queue, &a, "x", 1), OK);
	assert_int_equal(first_waiting(0, &n), ERR_MISSING);
	struct ack b = ack_of(0, 2000);
	snprintf(b.epoch, sizeof b.epoch, "e2");
	assert_int_equal(queue_acknowledge(queue, &b, "x", 1), OK);
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
	assert_int_equal(queue_acknowledge(queue, &a, "x", 1), OK);
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
