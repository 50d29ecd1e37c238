/* lookup_test.c - an answer is found with its receipt at once; whoever guesses waits longer and
 * longer, whatever else happens in between. */
#include "app/kiosk/lookup.h"

#include "tests/county.h"
#include "tests/test.h"

#include <time.h>
#include <unistd.h>

static struct county county;
static struct books *books;
static struct queue *queue;
static char folder[64];
static struct receipt mine;
static const char own[] = "2580";
static struct receipt_keys keys;
static struct lookup_result result;

static int put_capsule(void)
{
	static struct capsule_entry entry = {
		.day = 20261106, .state = CASE_RECEIVED, .whom = WHOM_TOWN};
	struct capsule_unchecked raw;
	struct capsule c;
	struct buf sealed, bytes;
	struct receipt_keys k;
	receipt_make(&mine);
	buf_init(&sealed, CAPSULE_ENTRY_MAX);
	buf_init(&bytes, CAPSULE_BYTES_MAX);
	int e = receipt_derive(&mine, own, &k);
	if (e == OK)
		e = capsule_entry_seal(&entry, &k.pub.answer, &sealed);
	const struct capsule_sealed list = {sealed.p, sealed.len};
	if (e == OK)
		e = capsule_make(&k.pub, 1, &list, 1,
				 signer(&county.town_sign, &county.town_sign_secret), &bytes);
	if (e == OK)
		e = capsule_read(bytes.p, bytes.len, &raw);
	if (e == OK)
		e = capsule_check(&raw, &county.town_sign, &c);
	if (e == OK)
		e = books_put_capsule(books, &c);
	buf_free(&sealed);
	buf_free(&bytes);
	return e;
}

static int fresh(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/elutong-lookup-XXXXXX");
	return county_open(&county) || mkdtemp(folder) == NULL ||
	       books_open(folder, BOOKS_APPLY, &books) || queue_open(folder, true, &queue) ||
	       put_capsule();
}

static int gone(void **state)
{
	char command[128];
	(void)state;
	books_close(books);
	queue_close(queue);
	county_close(&county);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

static enum err find(const char *own_digits)
{
	const struct lookup_in in = {books, queue, county.settings, "mz.caoba.v1"};
	return lookup_find(&in, &mine, own_digits, &keys, &result);
}

static void hit(void)
{
	assert_int_equal(find(own), OK);
	assert_true(result.found);
}

static void miss(void)
{
	assert_int_equal(find("0000"), OK); /* the right sixteen digits, other own ones */
	assert_false(result.found);
}

static void let_the_wait_pass(void)
{
	assert_int_equal(queue_counter_set(queue, "lookup_until", 0), OK);
	assert_int_equal(lookup_wait(queue), 0);
}

static void waits(int seconds)
{
	int w = lookup_wait(queue);
	assert_true(w <= seconds);
	assert_true(w > seconds - 5); /* deriving takes a moment under the sanitizer */
	assert_int_equal(find(own), ERR_REFUSED);
}

static void a_receipt_finds_its_answer(void **state)
{
	(void)state;
	hit();
	assert_int_equal(result.count, 1);
	assert_int_equal(result.entry[0].day, 20261106);
	assert_int_equal(lookup_wait(queue), 0);
}

static void five_misses_slow_it_and_each_more_doubles_up_to_ten_minutes(void **state)
{
	(void)state;
	static const int wait[] = {30, 60, 120, 240, 480, 600, 600};
	for (int i = 0; i < LOOKUP_FREE_MISSES; i++) {
		assert_int_equal(lookup_wait(queue), 0);
		miss();
	}
	for (size_t i = 0; i < sizeof wait / sizeof wait[0]; i++) {
		waits(wait[i]);
		let_the_wait_pass();
		miss();
	}
	/* No more is counted than that: good look-ups bring it back. */
	for (int i = 0; i < 12; i++) {
		let_the_wait_pass();
		hit();
	}
	assert_int_equal(lookup_wait(queue), 0);
}

static void a_good_receipt_between_does_not_make_guessing_free(void **state)
{
	(void)state;
	int misses = 0;
	while (lookup_wait(queue) == 0 && misses < 12) {
		miss();
		misses++;
		if (misses % 4 == 0 && lookup_wait(queue) == 0)
			hit();
	}
	assert_int_equal(misses, 6);
	/* nor does one after each guess */
	assert_int_equal(queue_counter_set(queue, "lookup_points", 0), OK);
	misses = 0;
	while (lookup_wait(queue) == 0 && misses < 30) {
		miss();
		misses++;
		if (lookup_wait(queue) == 0)
			hit();
	}
	assert_true(misses <= 10);
}

static void the_wait_survives_the_next_start_of_program_and_machine(void **state)
{
	(void)state;
	struct timespec t;
	for (int i = 0; i < LOOKUP_FREE_MISSES + 1; i++) {
		let_the_wait_pass();
		miss();
	}
	queue_close(queue);
	assert_int_equal(queue_open(folder, false, &queue), OK);
	waits(60);
	/* A machine that starts counts its time from nothing: what was noted lies far ahead. */
	clock_gettime(CLOCK_BOOTTIME, &t);
	assert_int_equal(queue_counter_set(queue, "lookup_until", t.tv_sec + 900000), OK);
	waits(60);
}

static void an_answer_signed_by_a_retired_key_still_opens(void **state)
{
	(void)state;
	assert_int_equal(county_replace_keys(&county, false), OK);
	hit();
	assert_int_equal(county_replace_keys(&county, true), OK);
	assert_int_equal(find(own), ERR_CORRUPT); /* left out: it fell into wrong hands */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_answer_signed_by_a_retired_key_still_opens,
						fresh, gone),
		cmocka_unit_test_setup_teardown(a_receipt_finds_its_answer, fresh, gone),
		cmocka_unit_test_setup_teardown(
			five_misses_slow_it_and_each_more_doubles_up_to_ten_minutes, fresh, gone),
		cmocka_unit_test_setup_teardown(a_good_receipt_between_does_not_make_guessing_free,
						fresh, gone),
		cmocka_unit_test_setup_teardown(
			the_wait_survives_the_next_start_of_program_and_machine, fresh, gone),
	};
	return cmocka_run_group_tests_name("lookup", tests, NULL, NULL);
}
