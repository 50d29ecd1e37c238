/* fresh_test.c - 新 stands for what was made public within a fortnight of signed time, row by row,
 * and for nothing else. */
#include "app/kiosk/fresh.h"

#include "tests/kiosk/public.h"

static struct public_kiosk kiosk;
static struct fresh *news;
static struct shelf shelf;
static const char village[] = "mz.caoba.v1";

#define ROW(id, title)                                                                             \
	"{\"id\":\"" id "\",\"title\":\"" title "\",\"date\":\"2026-10-01\",\"text\":\"内容\"}\n"

static int begin(void **state)
{
	(void)state;
	shelf = (struct shelf){0};
	return public_open(&kiosk) || fresh_open(kiosk.books, kiosk.catalogue, &news);
}

static int end(void **state)
{
	(void)state;
	shelf_free(&shelf);
	fresh_close(news);
	return public_close(&kiosk);
}

static void publish(uint32_t version, int32_t day, const char *template_id, const char *rows)
{
	const struct public_table t = {.place = village,
				       .template_id = template_id,
				       .period = strcmp(template_id, "ledger") == 0 ? "2026-10"
										    : "once",
				       .rows = rows,
				       .version = version,
				       .day = day};
	public_publish(&kiosk, &t);
}

static void look(int32_t today)
{
	shelf_free(&shelf);
	assert_int_equal(shelf_read(kiosk.books, kiosk.county.settings, village, &shelf), OK);
	fresh_follow(news, &shelf, today);
	while (fresh_waiting(news))
		fresh_work(news, 500);
}

static void a_fortnight_and_not_a_day_longer(void **state)
{
	(void)state;
	publish(1, 20261105, "notice", ROW("1", "停水") ROW("2", "开会"));
	look(20261119);
	assert_int_equal(fresh_count(news, "village"), 2);
	assert_true(fresh_row(news, shelf.sheet[0].sheet, "1"));
	look(20261120);
	assert_int_equal(fresh_count(news, "village"), 0);
	assert_false(fresh_row(news, shelf.sheet[0].sheet, "1"));
}

static void without_a_signed_day_nothing_is_new(void **state)
{
	(void)state;
	publish(1, 20261105, "notice", ROW("1", "停水"));
	look(0);
	assert_int_equal(fresh_count(news, "village"), 0);
}

static void of_a_table_that_grew_only_the_new_rows_count(void **state)
{
	(void)state;
	publish(1, 20261001, "notice", ROW("1", "停水") ROW("2", "开会"));
	publish(2, 20261118, "notice", ROW("1", "停水") ROW("2", "不开会了") ROW("3", "打疫苗"));
	look(20261120);
	assert_int_equal(fresh_count(news, "village"), 2);
	assert_false(fresh_row(news, shelf.sheet[0].sheet, "1"));
	assert_true(fresh_row(news, shelf.sheet[0].sheet, "2")); /* changed */
	assert_true(fresh_row(news, shelf.sheet[0].sheet, "3"));
}

static void two_versions_within_the_fortnight_count_once(void **state)
{
	(void)state;
	publish(1, 20261001, "notice", ROW("1", "停水"));
	publish(2, 20261110, "notice", ROW("1", "停水") ROW("2", "开会"));
	publish(3, 20261118, "notice", ROW("1", "停水") ROW("2", "开会") ROW("3", "打疫苗"));
	look(20261120);
	assert_int_equal(fresh_count(news, "village"), 2);
}

static void a_sheet_that_does_not_hold_is_not_new(void **state)
{
	(void)state;
	publish(1, 20261118, "notice", ROW("1", "停水"));
	public_edit(&kiosk, "UPDATE record SET title = '不停水'");
	look(20261120);
	assert_int_equal(fresh_count(news, "village"), 0);
}

static void a_month_of_money_is_one_thing(void **state)
{
	(void)state;
	publish(1, 20261118, "ledger",
		"{\"id\":\"1\",\"date\":\"2026-10-02\",\"account_code\":\"514\","
		"\"coa_version\":\"2024\",\"direction\":\"out\",\"amount_fen\":100,"
		"\"payee_payer\":\"李某某\",\"summary\":\"修水沟\"}\n"
		"{\"id\":\"2\",\"date\":\"2026-10-03\",\"account_code\":\"514\","
		"\"coa_version\":\"2024\",\"direction\":\"out\",\"amount_fen\":100,"
		"\"payee_payer\":\"李某某\",\"summary\":\"修水沟\"}\n");
	look(20261120);
	assert_int_equal(fresh_count(news, "finance"), 1);
	assert_int_equal(fresh_count(news, "village"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_fortnight_and_not_a_day_longer, begin, end),
		cmocka_unit_test_setup_teardown(without_a_signed_day_nothing_is_new, begin, end),
		cmocka_unit_test_setup_teardown(of_a_table_that_grew_only_the_new_rows_count, begin,
						end),
		cmocka_unit_test_setup_teardown(two_versions_within_the_fortnight_count_once, begin,
						end),
		cmocka_unit_test_setup_teardown(a_sheet_that_does_not_hold_is_not_new, begin, end),
		cmocka_unit_test_setup_teardown(a_month_of_money_is_one_thing, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
