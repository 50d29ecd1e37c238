/* due_test.c - a month's books are late only from the first day of the second month after it. */
#include "app/village/due.h"

#include "tests/test.h"

#include <stdio.h>
#include <string.h>

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

/* --- what a place owes --- */

static struct catalogue *catalogue;
static const char *there[16]; /* "template period" that is public; NULL ends */

static bool has(void *self, const char *template_id, const char *period)
{
	char name[64];
	(void)self;
	snprintf(name, sizeof name, "%s %s", template_id, period);
	for (int i = 0; there[i] != NULL; i++)
		if (strcmp(there[i], name) == 0)
			return true;
	return false;
}

/* "ledger 2026-09" when this is the only thing owed of a template, several joined by commas. */
static const char *owed(enum place_level level, const char *template_id, int32_t today)
{
	static char text[256];
	struct due_item item[128];
	const struct due_shelf shelf = {has, NULL};
	size_t n = due_missing(catalogue, level, today, &shelf, item, 128), len = 0;
	text[0] = 0;
	for (size_t i = 0; i < n; i++)
		if (strcmp(item[i].template->id, template_id) == 0)
			len += (size_t)snprintf(text + len, sizeof text - len, "%s%s",
						len > 0 ? "," : "", item[i].period);
	return text;
}

static int read_catalogue(void **state)
{
	(void)state;
	return catalogue_open("assets/catalogue", &catalogue);
}

static int close_catalogue(void **state)
{
	(void)state;
	catalogue_close(catalogue);
	return 0;
}

static void periods_are_named_by_the_rhythm(void **state)
{
	(void)state;
	char period[PERIOD_MAX + 1];
	assert_true(due_period(&monthly, 202609, period));
	assert_string_equal(period, "2026-09");
	assert_true(due_period(&quarterly, 202609, period));
	assert_string_equal(period, "2026Q3");
	assert_true(due_period(&yearly, 202609, period));
	assert_string_equal(period, "2026");
	assert_false(due_period(&once, 202609, period));
}

static void a_village_that_published_nothing_owes_the_newest_period(void **state)
{
	(void)state;
	there[0] = NULL;
	assert_string_equal(owed(PLACE_VILLAGE, "ledger", 20261120), "2026-09");
	assert_string_equal(owed(PLACE_VILLAGE, "wage", 20261120), "2026Q3");
	assert_string_equal(owed(PLACE_VILLAGE, "dues", 20261120), "2026H1");
	assert_string_equal(owed(PLACE_VILLAGE, "debt", 20261120), "2025");
	assert_string_equal(owed(PLACE_VILLAGE, "notice", 20261120), "");
	assert_string_equal(owed(PLACE_VILLAGE, "subsidy", 20261120), "");
}

static void it_is_owed_from_the_day_after_its_last(void **state)
{
	(void)state;
	there[0] = "ledger 2026-09";
	there[1] = NULL;
	assert_string_equal(owed(PLACE_VILLAGE, "ledger", 20261130), "");
	assert_string_equal(owed(PLACE_VILLAGE, "ledger", 20261201), "2026-10");
}

static void what_was_left_out_in_between_is_owed_for_a_year(void **state)
{
	(void)state;
	there[0] = "ledger 2026-05";
	there[1] = "ledger 2026-07";
	there[2] = "ledger 2026-09";
	there[3] = NULL;
	assert_string_equal(owed(PLACE_VILLAGE, "ledger", 20261120), "2026-08,2026-06");
}

static void a_later_period_stands_for_the_one_that_is_due(void **state)
{
	(void)state;
	there[0] = "debt 2026";
	there[1] = "wage 2026Q4";
	there[2] = NULL;
	assert_string_equal(owed(PLACE_VILLAGE, "debt", 20261120), "");
	assert_string_equal(owed(PLACE_VILLAGE, "wage", 20261120), "");
}

static void a_group_owes_its_ledger_and_what_it_has_begun(void **state)
{
	(void)state;
	there[0] = "contract 2024";
	there[1] = "subsidy 2026Q2";
	there[2] = NULL;
	assert_string_equal(owed(PLACE_GROUP, "ledger", 20261120), "2026-09");
	assert_string_equal(owed(PLACE_GROUP, "subsidy", 20261120), "2026Q3");
	assert_string_equal(owed(PLACE_GROUP, "wage", 20261120), "");
	assert_string_equal(owed(PLACE_TOWNSHIP, "ledger", 20261120), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_month_is_due_by_the_end_of_the_next),
		cmocka_unit_test(other_rhythms_wait_for_their_period),
		cmocka_unit_test(the_month_that_must_be_there),
		cmocka_unit_test(periods_are_named_by_the_rhythm),
		cmocka_unit_test(a_village_that_published_nothing_owes_the_newest_period),
		cmocka_unit_test(it_is_owed_from_the_day_after_its_last),
		cmocka_unit_test(what_was_left_out_in_between_is_owed_for_a_year),
		cmocka_unit_test(a_later_period_stands_for_the_one_that_is_due),
		cmocka_unit_test(a_group_owes_its_ledger_and_what_it_has_begun),
	};
	return cmocka_run_group_tests(tests, read_catalogue, close_catalogue);
}
