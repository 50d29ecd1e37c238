/* due_test.c - a month's books are late only from the first day of the second month after it. */
#include "app/village/due.h"

#include "tests/test.h"

static const struct catalogue_template monthly = {.rhythm = "month"},
				       quarterly = {.rhythm = "quarter"},
				       yearly = {.rhythm = "year"}, once = {.rhythm = "once"};

static void a_month_is_due_by_the_end_of_the_next(void **state)
{
	(void)state;
	assert_int_equal(due_day(&monthly, 202610), 20261130);
	assert_int_equal(due_day(&monthly, 202601), 20260228);
	assert_int_equal(due_day(&monthly, 202401 - 100), 20230228);
	assert_int_equal(due_day(&monthly, 202401), 20240229);
	assert_int_equal(due_day(&monthly, 202611), 20261231);
	assert_int_equal(due_day(&monthly, 202612), 20270131);
}

static void other_rhythms_wait_for_their_period(void **state)
{
	(void)state;
	assert_int_equal(due_day(&quarterly, 202607), 20261031);
	assert_int_equal(due_day(&quarterly, 202609), 20261031);
	assert_int_equal(due_day(&quarterly, 202612), 20270131);
	assert_int_equal(due_day(&yearly, 202603), 20270131);
	assert_int_equal(due_day(&once, 202603), 0);
	assert_int_equal(due_day(NULL, 202603), 0);
}

static void the_month_that_must_be_there(void **state)
{
	(void)state;
	assert_int_equal(due_month(&monthly, 20261120), 202609);
	assert_int_equal(due_month(&monthly, 20261130), 202609);
	assert_int_equal(due_month(&monthly, 20261201), 202610);
	assert_int_equal(due_month(&monthly, 20260115), 202511);
	assert_int_equal(due_month(&quarterly, 20261120), 202609);
	assert_int_equal(due_month(&once, 20261120), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_month_is_due_by_the_end_of_the_next),
		cmocka_unit_test(other_rhythms_wait_for_their_period),
		cmocka_unit_test(the_month_that_must_be_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
