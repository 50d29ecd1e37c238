/* accounts_test.c - what the screen may sum and list: exactly what was published and still holds,
 * in small steps, and again whenever the books have moved. */
#include "app/kiosk/accounts.h"

#include "tests/kiosk/public.h"

enum { ROWS = 40, BUDGET_US = 2000 };

static struct public_kiosk kiosk;
static struct accounts *accounts;
static const char village[] = "mz.caoba.v1";

static int fresh(void **state)
{
	(void)state;
	return public_open(&kiosk) ||
	       accounts_open(kiosk.books, kiosk.catalogue, kiosk.county.settings, &accounts);
}

static int gone(void **state)
{
	(void)state;
	accounts_close(accounts);
	return public_close(&kiosk);
}

/* Row i of a month is day i / 2 + 1; every fourth row is income of 100.00, the others cost 1.00 and
 * i fen; row 5 costs `bias` more. */
static int64_t amount(int i, int64_t bias)
{
	return i % 4 == 0 ? 10000 : 100 + i + (i == 5 ? bias : 0);
}

static void month_bytes(int month, int64_t bias, struct buf *out)
{
	buf_init(out, SHEET_BYTES_MAX);
	for (int i = 0; i < ROWS; i++)
		buf_print(
			out,
			"{\"id\":\"2026%02d%02d-%02d\",\"date\":\"2026-%02d-%02d\",\"account_"
			"code\":"
			"\"%d\",\"coa_version\":\"2024\",\"direction\":\"%s\",\"amount_fen\":%lld,"
			"\"payee_payer\":\"李某某\",\"summary\":\"修水沟\"}\n",
			month, i / 2 + 1, i, month, i / 2 + 1, i % 4 ? 514 : 501,
			i % 4 ? "out" : "in", (long long)amount(i, bias));
}

static void publish(int month, uint32_t version, int64_t bias)
{
	char period[16];
	struct buf sheet;
	month_bytes(month, bias, &sheet);
	snprintf(period, sizeof period, "2026-%02d", month);
	const struct public_table t = {.place = village,
				       .template_id = "ledger",
				       .period = period,
				       .rows = buf_str(&sheet),
				       .version = version,
				       .day = 20261105,
				       .reason = version > 1 ? "漏记一车" : ""};
	public_publish(&kiosk, &t);
	buf_free(&sheet);
}

static void work(void)
{
	while (accounts_waiting(accounts))
		accounts_work(accounts, BUDGET_US);
}

static void take_news(void)
{
	assert_true(accounts_moved(accounts));
	accounts_again(accounts);
}

static void expect_month(const struct accounts_sum *s, int64_t bias)
{
	int64_t in = 0, out = 0;
	for (int i = 0; i < ROWS; i++)
		*(i % 4 == 0 ? &in : &out) += amount(i, bias);
	assert_int_equal(s->in_fen, in);
	assert_int_equal(s->out_fen, out);
	assert_int_equal(s->rows, ROWS);
	assert_int_equal(s->rows_in, ROWS / 4);
	assert_int_equal(s->rows_out, ROWS - ROWS / 4);
}

static void nothing_is_summed_before_it_is_checked(void **state)
{
	(void)state;
	struct accounts_sum sum;
	struct accounts_row row;
	publish(9, 1, 0);
	accounts_select(accounts, village);
	accounts_month(accounts, 202608, &sum);
	assert_int_equal(sum.state, ACCOUNTS_NOT_PUBLISHED);
	accounts_month(accounts, 202609, &sum);
	assert_int_equal(sum.state, ACCOUNTS_CHECKING);
	assert_int_equal(sum.in_fen, 0);
	assert_int_equal(accounts_rows(accounts, 202609, 0), ROWS); /* the signed list says so */
	assert_false(accounts_row(accounts, 202609, 0, 0, &row));
	work();
	accounts_month(accounts, 202609, &sum);
	assert_int_equal(sum.state, ACCOUNTS_READY);
	expect_month(&sum, 0);
}

static void rows_come_newest_first_in_either_direction(void **state)
{
	(void)state;
	struct accounts_row row;
	publish(9, 1, 0);
	accounts_select(accounts, village);
	(void)accounts_rows(accounts, 202609, 1); /* how many there are of a kind comes by sums */
	work();
	assert_false(accounts_row(accounts, 202609, 0, 0, &row)); /* asking opens the sheet */
	work();
	for (uint32_t i = 0; i < ROWS; i++) {
		int at = ROWS - 1 - (int)i;
		assert_true(accounts_row(accounts, 202609, 0, i, &row));
		assert_int_equal(row.record->amount_fen, amount(at, 0));
		assert_int_equal(row.record->day, 20260900 + at / 2 + 1);
	}
	assert_int_equal(accounts_rows(accounts, 202609, 1), ROWS / 4);
	for (uint32_t i = 0; i < ROWS / 4; i++) {
		assert_true(accounts_row(accounts, 202609, 1, i, &row));
		assert_int_equal(row.record->direction, 1);
		assert_int_equal(row.record->day, 20260900 + (36 - 4 * (int)i) / 2 + 1);
	}
	assert_true(accounts_row(accounts, 202609, -1, 0, &row));
	assert_int_equal(row.record->amount_fen, amount(39, 0));
	assert_false(accounts_row(accounts, 202609, 0, ROWS, &row));
}

static void a_damaged_sheet_enters_no_sum_and_shows_no_row(void **state)
{
	(void)state;
	struct accounts_sum sum;
	struct accounts_row row;
	publish(8, 1, 0);
	publish(9, 1, 0);
	accounts_select(accounts, village);
	accounts_months(accounts, 202608, 202609, &sum);
	work();
	accounts_months(accounts, 202608, 202609, &sum);
	assert_int_equal(sum.state, ACCOUNTS_READY);
	assert_int_equal(sum.rows, 2 * ROWS);
	public_edit(&kiosk,
		    "UPDATE record SET amount_fen = amount_fen + 1 WHERE ordinal = 3 AND sheet ="
		    " (SELECT id FROM sheet WHERE period = '2026-09')");
	take_news();
	accounts_months(accounts, 202608, 202609, &sum);
	assert_int_equal(sum.state, ACCOUNTS_CHECKING); /* all marks are dropped */
	work();
	accounts_months(accounts, 202608, 202609, &sum);
	assert_int_equal(sum.state, ACCOUNTS_DAMAGED);
	assert_int_equal(sum.damaged_part, 1);
	expect_month(&sum, 0); /* of August alone */
	assert_false(accounts_row(accounts, 202609, 0, 0, &row));
	work();
	assert_false(accounts_row(accounts, 202609, 0, 0, &row));
}

static void what_a_row_was_appears_once_it_is_checked(void **state)
{
	(void)state;
	struct accounts_row row;
	struct accounts_was was;
	publish(9, 1, 0);
	publish(9, 2, 700);
	accounts_select(accounts, village);
	assert_false(accounts_row(accounts, 202609, 0, ROWS - 6, &row));
	work();
	assert_true(accounts_row(accounts, 202609, 0, ROWS - 6, &row)); /* row 5 */
	assert_int_equal(row.record->amount_fen, amount(5, 700));
	assert_false(accounts_was(accounts, &row, &was)); /* nothing is checked while drawing */
	assert_true(accounts_waiting(accounts));
	work();
	assert_true(accounts_row(accounts, 202609, 0, ROWS - 6, &row));
	assert_true(accounts_was(accounts, &row, &was));
	assert_int_equal(was.amount_fen, amount(5, 0));
	assert_string_equal(was.reason, "漏记一车");
	assert_false(accounts_waiting(accounts));
	assert_true(accounts_row(accounts, 202609, 0, ROWS - 7, &row));
	assert_false(accounts_was(accounts, &row, &was)); /* this one did not change */
}

static void what_a_row_was_outlives_a_change_of_another_row(void **state)
{
	(void)state;
	struct accounts_row row;
	struct accounts_was was = {0};
	publish(9, 1, 0);
	publish(9, 2, 700);
	publish(9, 3, 700);
	accounts_select(accounts, village);
	for (int i = 0; i < 4; i++) {
		if (accounts_row(accounts, 202609, 0, ROWS - 6, &row))
			(void)accounts_was(accounts, &row, &was);
		work();
	}
	assert_true(accounts_row(accounts, 202609, 0, ROWS - 6, &row));
	assert_true(accounts_was(accounts, &row, &was));
	assert_int_equal(was.amount_fen, amount(5, 0));
	assert_true(accounts_row(accounts, 202609, 0, ROWS - 7, &row));
	assert_false(accounts_was(accounts, &row, &was));
	assert_false(accounts_waiting(accounts));
}

static void what_a_row_was_is_not_told_from_a_damaged_sheet(void **state)
{
	(void)state;
	struct accounts_row row;
	struct accounts_was was;
	publish(9, 1, 0);
	publish(9, 2, 700);
	public_edit(&kiosk, "UPDATE record SET amount_fen = 1 WHERE ordinal = 5 AND sheet = "
			    "(SELECT id FROM sheet WHERE version = 1)");
	accounts_select(accounts, village);
	assert_false(accounts_row(accounts, 202609, 0, ROWS - 6, &row));
	work();
	assert_true(accounts_row(accounts, 202609, 0, ROWS - 6, &row));
	assert_false(accounts_was(accounts, &row, &was));
	work();
	assert_true(accounts_row(accounts, 202609, 0, ROWS - 6, &row));
	assert_false(accounts_was(accounts, &row, &was));
	assert_false(accounts_waiting(accounts));
}

static void news_that_leave_the_books_alone_change_nothing_shown(void **state)
{
	(void)state;
	struct accounts_sum sum;
	publish(9, 1, 0);
	accounts_select(accounts, village);
	accounts_month(accounts, 202609, &sum);
	work();
	(void)accounts_moved(accounts); /* the publication itself */
	assert_false(accounts_moved(accounts));
	assert_int_equal(books_set_cursor(kiosk.to.books, 7), OK);
	take_news();
	work();
	accounts_month(accounts, 202609, &sum);
	work();
	accounts_month(accounts, 202609, &sum);
	assert_int_equal(sum.state, ACCOUNTS_READY);
	expect_month(&sum, 0);
	assert_int_equal(accounts_shelf(accounts)->publication, 1);
	assert_int_equal(accounts_shelf(accounts)->day, 20261105);
	assert_string_equal(accounts_shelf(accounts)->issuer, "草坝镇");
}

static void a_new_publication_is_added_to_what_was_checked(void **state)
{
	(void)state;
	struct accounts_sum sum;
	publish(8, 1, 0);
	publish(9, 1, 0);
	accounts_select(accounts, village);
	publish(9, 2, 700);
	publish(10, 1, 0);
	take_news();
	assert_false(accounts_shelf_damaged(accounts));
	assert_int_equal(accounts_shelf(accounts)->publication, 4);
	assert_int_equal(accounts_shelf(accounts)->count, 3);
	assert_int_equal(accounts_shelf(accounts)->older_count, 1);
	accounts_month(accounts, 202609, &sum);
	work();
	accounts_month(accounts, 202609, &sum);
	assert_int_equal(sum.state, ACCOUNTS_READY);
	expect_month(&sum, 700);
	/* The same as a shelf that is read from nothing. */
	struct shelf whole;
	assert_int_equal(shelf_read(kiosk.books, kiosk.county.settings, village, &whole), OK);
	assert_int_equal(whole.count, 3);
	for (size_t i = 0; i < whole.count; i++) {
		const struct shelf_sheet *s = &accounts_shelf(accounts)->sheet[i];
		assert_int_equal(s->sheet, whole.sheet[i].sheet);
		assert_int_equal(s->publication, whole.sheet[i].publication);
		assert_int_equal(s->older_count, whole.sheet[i].older_count);
		assert_int_equal(s->older_at, whole.sheet[i].older_at);
	}
	shelf_free(&whole);
}

static void a_publication_changed_or_taken_away_after_checking_is_noticed(void **state)
{
	(void)state;
	struct accounts_sum sum;
	publish(8, 1, 0);
	publish(9, 1, 0);
	publish(10, 1, 0);
	accounts_select(accounts, village);
	assert_false(accounts_shelf_damaged(accounts));
	public_edit(&kiosk,
		    "CREATE TABLE kept AS SELECT * FROM publication;"
		    "UPDATE publication SET bytes = CAST(replace(CAST(bytes AS TEXT), '20261105', "
		    "'20261106') AS BLOB) WHERE number = 2");
	take_news();
	assert_true(accounts_shelf_damaged(accounts));
	accounts_month(accounts, 202608, &sum);
	assert_int_equal(sum.state, ACCOUNTS_DAMAGED);
	public_edit(&kiosk, "DELETE FROM publication; INSERT INTO publication SELECT * FROM kept");
	take_news();
	assert_false(accounts_shelf_damaged(accounts));
	public_edit(&kiosk, "DELETE FROM publication WHERE number = 1");
	take_news();
	assert_true(accounts_shelf_damaged(accounts));
}

/* The settings as they are when the publication key ended after `until`. */
static void end_the_key(uint32_t serial, int32_t until)
{
	buf_clear(&kiosk.county.settings_bytes);
	settings_close(kiosk.county.settings);
	kiosk.county.settings = NULL;
	kiosk.county.publisher_until = until;
	assert_int_equal(county_settings(&kiosk.county, serial, &kiosk.county.root,
					 &kiosk.county.root_secret, &kiosk.county.settings_bytes),
			 OK);
	assert_int_equal(settings_read(kiosk.county.settings_bytes.p,
				       kiosk.county.settings_bytes.len, &kiosk.county.root,
				       &kiosk.county.settings),
			 OK);
	accounts_close(accounts);
	assert_int_equal(
		accounts_open(kiosk.books, kiosk.catalogue, kiosk.county.settings, &accounts), OK);
	accounts_select(accounts, village);
}

static void a_withdrawn_key_does_not_damage_what_it_published(void **state)
{
	(void)state;
	publish(8, 1, 0);
	publish(9, 1, 0);
	end_the_key(2, 20261110);
	assert_false(accounts_shelf_damaged(accounts));
	assert_int_equal(accounts_shelf(accounts)->publication, 2);
	end_the_key(3, 20261104); /* the day before they were signed */
	assert_true(accounts_shelf_damaged(accounts));
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, fresh, gone)
	const struct CMUnitTest tests[] = {
		CASE(nothing_is_summed_before_it_is_checked),
		CASE(rows_come_newest_first_in_either_direction),
		CASE(a_damaged_sheet_enters_no_sum_and_shows_no_row),
		CASE(what_a_row_was_appears_once_it_is_checked),
		CASE(what_a_row_was_outlives_a_change_of_another_row),
		CASE(what_a_row_was_is_not_told_from_a_damaged_sheet),
		CASE(news_that_leave_the_books_alone_change_nothing_shown),
		CASE(a_new_publication_is_added_to_what_was_checked),
		CASE(a_withdrawn_key_does_not_damage_what_it_published),
		CASE(a_publication_changed_or_taken_away_after_checking_is_noticed),
	};
	return cmocka_run_group_tests_name("accounts", tests, NULL, NULL);
}
