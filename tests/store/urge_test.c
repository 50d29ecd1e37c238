/* urge_test.c - what is overdue is asked for by number alone: counted, limited by the day, told to
 * the township once, and again to one that lost it. */
#include "app/store/kiosk/urge.h"
#include "app/store/township/urges.h"
#include "app/village/wire.h"

#include "tests/county.h"
#include "tests/test.h"

#include <unistd.h>

static struct county county;
static char folder[64];
static struct queue *queue;
static struct township *township;
static const struct urge ledger = {
	.place = "mz.caoba.v1", .template_id = "ledger", .period = "2026-09"};

static int fresh(void **state)
{
	char path[96];
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/elutong-urge-XXXXXX");
	if (county_open(&county) || mkdtemp(folder) == NULL || queue_open(folder, true, &queue))
		return -1;
	snprintf(path, sizeof path, "%s/township.db", folder);
	return township_open(path, &township);
}

static int gone(void **state)
{
	char command[128];
	(void)state;
	queue_close(queue);
	township_close(township);
	county_close(&county);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

static int64_t count(const struct urge *what)
{
	struct urge u = *what;
	assert_int_equal(urge_count(queue, &u), OK);
	return u.count;
}

static size_t untold(struct urge *out)
{
	size_t n;
	assert_int_equal(urge_untold(queue, out, 4, &n), OK);
	return n;
}

static void each_press_is_one_and_only_of_its_table(void **state)
{
	(void)state;
	struct urge other = ledger;
	snprintf(other.period, sizeof other.period, "2026-08");
	assert_int_equal(count(&ledger), 0);
	assert_int_equal(urge_add(queue, &ledger, 20261120), OK);
	assert_int_equal(urge_add(queue, &ledger, 20261120), OK);
	assert_int_equal(urge_add(queue, &other, 20261120), OK);
	assert_int_equal(count(&ledger), 2);
	assert_int_equal(count(&other), 1);
}

static void a_day_has_its_limit_and_the_next_day_begins_anew(void **state)
{
	(void)state;
	for (int i = 0; i < URGES_A_DAY; i++)
		assert_int_equal(urge_add(queue, &ledger, 20261120), OK);
	assert_int_equal(urge_add(queue, &ledger, 20261120), ERR_REFUSED);
	assert_int_equal(count(&ledger), URGES_A_DAY);
	assert_int_equal(urge_add(queue, &ledger, 20261121), OK);
	assert_int_equal(count(&ledger), URGES_A_DAY + 1);
}

static void so_many_tables_and_no_more(void **state)
{
	(void)state;
	struct urge u = ledger;
	for (int i = 0; i < URGES_MAX; i++) {
		snprintf(u.period, sizeof u.period, "%04d-01", i % 10000);
		assert_int_equal(urge_add(queue, &u, 20261120), OK);
	}
	assert_int_equal(urge_add(queue, &ledger, 20261120), ERR_FULL);
	assert_int_equal(urge_add(queue, &u, 20261120), OK);
}

static void a_count_is_told_once_and_again_when_it_grew(void **state)
{
	(void)state;
	struct urge u[4];
	assert_int_equal(untold(u), 0);
	assert_int_equal(urge_add(queue, &ledger, 20261120), OK);
	assert_int_equal(untold(u), 1);
	assert_string_equal(u[0].place, ledger.place);
	assert_int_equal(u[0].count, 1);
	/* Pressed again while the message was under way. */
	assert_int_equal(urge_add(queue, &ledger, 20261120), OK);
	assert_int_equal(urge_told(queue, &u[0]), OK);
	assert_int_equal(untold(u), 1);
	assert_int_equal(u[0].count, 2);
	assert_int_equal(urge_told(queue, &u[0]), OK);
	assert_int_equal(untold(u), 0);
}

static void a_server_that_was_restored_is_told_again(void **state)
{
	(void)state;
	struct urge u[4];
	bool changed;
	const struct ack a = {.epoch = "0123456789abcdef"};
	const struct queue_stored none = {0};
	assert_int_equal(queue_acknowledge(queue, &a, "ack", 3, &none), OK);
	assert_int_equal(urge_add(queue, &ledger, 20261120), OK);
	assert_int_equal(untold(u), 1);
	assert_int_equal(urge_told(queue, &u[0]), OK);
	assert_int_equal(queue_follow_epoch(queue, "fedcba9876543210", &changed), OK);
	assert_true(changed);
	assert_int_equal(untold(u), 1);
}

static void it_travels_with_the_health_and_an_earlier_kiosk_has_none(void **state)
{
	(void)state;
	static struct wire_health h, read;
	struct buf text;
	h = (struct wire_health){.urge_count = 1};
	snprintf(h.urge[0].place, sizeof h.urge[0].place, "mz.caoba.v1");
	snprintf(h.urge[0].template_id, sizeof h.urge[0].template_id, "ledger");
	snprintf(h.urge[0].period, sizeof h.urge[0].period, "2026-09");
	h.urge[0].count = 7;
	buf_init(&text, WIRE_MESSAGE_MAX);
	assert_int_equal(wire_health_make(&h, &county.kiosk.pub, &county.kiosk.sec, &text), OK);
	assert_int_equal(wire_health_read(text.p, text.len, &county.kiosk.pub, &read), OK);
	assert_int_equal(read.urge_count, 1);
	assert_int_equal(read.urge[0].count, 7);
	assert_string_equal(read.urge[0].period, "2026-09");
	buf_clear(&text);
	h.urge[0].count = 0; /* nobody tells of nothing */
	assert_int_equal(wire_health_make(&h, &county.kiosk.pub, &county.kiosk.sec, &text), OK);
	assert_int_equal(wire_health_read(text.p, text.len, &county.kiosk.pub, &read), ERR_CORRUPT);
	buf_free(&text);
	/* A township of an earlier release answers without the number. */
	struct wire_told told;
	const char *old = "{\"alarms_through\":3,\"newest\":4}";
	assert_int_equal(wire_told_read(old, strlen(old), &told), OK);
	assert_int_equal(told.urges, 0);
}

static void the_office_adds_the_kiosks_up_and_nothing_goes_back(void **state)
{
	(void)state;
	struct db *db = township_write_db(township);
	struct wire_urge u = {.count = 3}, read;
	const struct hash one = {{1}}, two = {{2}};
	int64_t total;
	snprintf(u.place, sizeof u.place, "mz.caoba.v1");
	snprintf(u.template_id, sizeof u.template_id, "ledger");
	snprintf(u.period, sizeof u.period, "2026-09");
	assert_int_equal(urges_put(db, &one, &u), OK);
	u.count = 4;
	assert_int_equal(urges_put(db, &two, &u), OK);
	u.count = 2; /* an older message that came late */
	assert_int_equal(urges_put(db, &two, &u), OK);
	assert_int_equal(urges_of(db, u.place, u.template_id, u.period, &total), OK);
	assert_int_equal(total, 7);
	snprintf(u.period, sizeof u.period, "2026-08");
	u.count = 9;
	assert_int_equal(urges_put(db, &one, &u), OK);
	assert_int_equal(urges_at(db, 0, &read), OK);
	assert_string_equal(read.period, "2026-08");
	assert_int_equal(urges_at(db, 1, &read), OK);
	assert_int_equal(read.count, 7);
	assert_int_equal(urges_at(db, 2, &read), ERR_MISSING);
	assert_int_equal(urges_of(db, u.place, "wage", u.period, &total), OK);
	assert_int_equal(total, 0);
}

static void one_kiosk_cannot_fill_the_office(void **state)
{
	(void)state;
	struct db *db = township_write_db(township);
	struct wire_urge u = {.count = 1}, read;
	const struct hash one = {{1}};
	snprintf(u.place, sizeof u.place, "mz.caoba.v1");
	snprintf(u.template_id, sizeof u.template_id, "ledger");
	for (int i = 0; i < URGES_OF_A_KIOSK + 10; i++) {
		snprintf(u.period, sizeof u.period, "%04d-01", i % 10000);
		assert_int_equal(urges_put(db, &one, &u), OK);
	}
	assert_int_equal(urges_at(db, URGES_OF_A_KIOSK - 1, &read), OK);
	assert_int_equal(urges_at(db, URGES_OF_A_KIOSK, &read), ERR_MISSING);
	/* Those it has still count. */
	snprintf(u.period, sizeof u.period, "0000-01");
	u.count = 9;
	assert_int_equal(urges_put(db, &one, &u), OK);
	assert_int_equal(urges_at(db, 0, &read), OK);
	assert_int_equal(read.count, 9);
}

#define QUEUE(test) cmocka_unit_test_setup_teardown(test, fresh, gone)

int main(void)
{
	const struct CMUnitTest tests[] = {
		QUEUE(each_press_is_one_and_only_of_its_table),
		QUEUE(a_day_has_its_limit_and_the_next_day_begins_anew),
		QUEUE(so_many_tables_and_no_more),
		QUEUE(a_count_is_told_once_and_again_when_it_grew),
		QUEUE(a_server_that_was_restored_is_told_again),
		QUEUE(it_travels_with_the_health_and_an_earlier_kiosk_has_none),
		QUEUE(the_office_adds_the_kiosks_up_and_nothing_goes_back),
		QUEUE(one_kiosk_cannot_fill_the_office),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
