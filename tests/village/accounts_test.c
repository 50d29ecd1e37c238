/* accounts_test.c - tables as accountants keep them: their units, their workbooks, and what the
 * year before says about them. */
#include "app/village/period.h"
#include "app/village/upload.h"

#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct catalogue *catalogue;
static struct chart chart;
static struct upload *up;
static struct cells cells;
static const char *earlier, *history; /* of the next upload */

static int start(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 1 << 16);
	int e = catalogue_open("assets/catalogue", &catalogue) ||
		buf_read_file(&b, "assets/domain/coa_2024.csv") ||
		chart_read(buf_str(&b), b.len, &chart);
	buf_free(&b);
	return e;
}

static int stop(void **state)
{
	(void)state;
	catalogue_close(catalogue);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	upload_close(up);
	up = NULL;
	cells_close(&cells);
	earlier = history = NULL;
	return 0;
}

/* Lines as the reader of a file writes them. */
static void read_lines(const char *template_id, const char *period, const char *lines)
{
	const struct upload_task task = {.t = catalogue_find(catalogue, template_id),
					 .chart = &chart,
					 .period = period,
					 .earlier = earlier,
					 .earlier_len = earlier == NULL ? 0 : strlen(earlier),
					 .history = history,
					 .history_len = history == NULL ? 0 : strlen(history)};
	upload_close(up);
	cells_close(&cells);
	assert_int_equal(cells_read(lines, strlen(lines), &cells), OK);
	assert_int_equal(upload_read(&task, &cells, &up), OK);
}

static enum err put_row(void *self, size_t number, const struct csv_cell *cell, size_t count)
{
	return cells_row_put(self, number, cell, count);
}

static void read_csv(const char *template_id, const char *period, const char *csv)
{
	struct buf lines;
	struct csv_trouble why;
	const struct csv_reader reader = {put_row, &lines};
	char *text = strdup(csv);
	size_t rows = 0;
	buf_init(&lines, CELLS_BYTES_MAX);
	assert_int_equal(csv_read(text, strlen(text), &reader, &why), OK);
	for (size_t i = 0; i < lines.len; i++)
		rows += lines.p[i] == '\n';
	cells_end_put(&lines, rows);
	read_lines(template_id, period, buf_str(&lines));
	buf_free(&lines);
	free(text);
}

static void ledger(const char *csv)
{
	read_csv("ledger", "2026-10", csv);
}

static bool sheet_has(const char *part)
{
	return memmem(up->sheet.p, up->sheet.len, part, strlen(part)) != NULL;
}

/* The one finding that says these words. */
static const struct finding *said(const char *words)
{
	const struct finding *found = NULL;
	for (size_t i = 0; i < up->findings; i++)
		if (strstr(up->finding[i].expected, words) != NULL) {
			assert_null(found);
			found = &up->finding[i];
		}
	if (found == NULL)
		fail_msg("nobody said %s; first: %s", words,
			 up->findings == 0 ? "nothing" : up->finding[0].expected);
	return found;
}

static bool place_is(const struct finding *f, const char *place)
{
	char text[16];
	finding_place(f, text);
	return strcmp(text, place) == 0;
}

#define HEAD "日期,凭证号,科目,收支,金额,摘要\n"

/* --- units --- */

static void amounts_in_ten_thousands_are_counted_in_yuan(void **state)
{
	(void)state;
	ledger("日期,凭证号,科目,收支,金额（万元）,摘要\n"
	       "2026-10-05,记-1,504,收,1.28456,租金\n合计,,,收,1.28456,\n");
	assert_int_equal(up->errors, 0);
	assert_true(sheet_has("\"amount_fen\":1284560,"));
	ledger("收支明细表,,,,,\n编制单位：示范一村 单位：万元,,,,,\n" HEAD
	       "2026-10-05,记-1,504,收,\"1,200\",租金\n");
	assert_int_equal(up->errors, 0);
	assert_true(sheet_has("\"amount_fen\":1200000000,"));
	ledger("日期,凭证号,科目,收支,金额/万元,摘要\n2026-10-05,记-1,504,收,0.01,租金\n");
	assert_int_equal(up->errors, 0);
	assert_true(sheet_has("\"amount_fen\":10000,"));
	ledger("单位：示范一村,,,,,\n" HEAD "2026-10-05,记-1,504,收,12,租金\n");
	assert_int_equal(up->errors, 0);
	assert_true(sheet_has("\"amount_fen\":1200,"));
}

static void units_that_disagree_are_refused(void **state)
{
	(void)state;
	ledger("单位：元,,,,,\n日期,凭证号,科目,收支,金额（万元）,摘要\n"
	       "2026-10-05,记-1,504,收,1.2,租金\n");
	assert_true(place_is(said("不一样"), "E2"));
	ledger("日期,凭证号,科目,收支,金额（万元）,摘要\n2026-10-05,记-1,504,收,12000元,租金\n");
	const struct finding *f = said("单位是万元");
	assert_true(f->error && place_is(f, "E2"));
	assert_string_equal(f->value, "12000元");
	ledger("日期,凭证号,科目,收支,金额（元）,摘要\n2026-10-05,记-1,504,收,1.2万,租金\n");
	said("单位是元");
	ledger("日期,凭证号,科目,收支,金额（千元）,摘要\n2026-10-05,记-1,504,收,1.2,租金\n");
	said("只能是元或者万元");
	ledger("日期,凭证号,科目,收入（万元）,支出,摘要\n2026-10-05,记-1,504,1.2,,租金\n");
	said("每一列都写明单位");
}

static void amounts_in_capitals_and_days_as_numbers_are_read(void **state)
{
	(void)state;
	ledger(HEAD "46323,记-1,504,收,壹万贰仟捌佰肆拾元整,租金\n"
		    "2026.10.5,记-2,515,支,'４５０,纸\n");
	assert_int_equal(up->errors, 0);
	assert_true(sheet_has("\"amount_fen\":1284000,"));
	assert_true(sheet_has("\"date\":\"2026-10-28\""));
	assert_true(sheet_has("\"amount_fen\":45000,"));
}

static void a_ruined_number_and_a_broken_formula_are_named(void **state)
{
	(void)state;
	ledger(HEAD "2026-10-05,记-1,504,收,100,付给 5.32503E+17\n"
		    "2026-10-06,记-2,504,收,#REF!,租金\n2026-10-07,记-3,504,收,=E2+E3,租金\n"
		    "2026-10-08,记-4,504,收,5.32503199001011E+17,租金\n");
	assert_true(place_is(said("公式算错了"), "E3"));
	assert_true(place_is(said("公式没有存下结果"), "E4"));
	assert_true(up->errors >= 4);
	for (size_t i = 0; i < up->findings; i++)
		assert_null(strstr(up->finding[i].value, "32503"));
}

/* --- workbooks --- */

#define SHEET_ROWS(day)                                                                            \
	"[1,\"日期\",\"凭证号\",\"科目\",\"收支\",\"金额\",\"摘要\"]\n[2,\"" day                   \
	"\",\"记-1\",\"504\",\"收\",\"100\",\"租金\"]\n"

static void the_sheet_of_the_period_is_chosen_and_named(void **state)
{
	(void)state;
	read_lines(
		"ledger", "2026-10",
		"{\"sheet\":\"封面\"}\n[1,\"示范一村\"]\n{\"sheet\":\"11月\"}\n" SHEET_ROWS(
			"2026-11-05") "{\"sheet\":\"10月\"}\n" SHEET_ROWS("2026-10-05") "{\"end\":"
											"5}\n");
	assert_int_equal(up->errors, 0);
	assert_string_equal(up->sheet_name, "10月");
	assert_int_equal(up->rows, 1);
	assert_false(said("另外 1 张表没有读")->error);
	read_lines("ledger", "2026-10",
		   "{\"sheet\":\"说明\"}\n[1,\"怎么填\"]\n{\"sheet\":\"Sheet2\"}\n" SHEET_ROWS(
			   "2026-10-05") "{\"end\":3}\n");
	assert_string_equal(up->sheet_name, "Sheet2");
	assert_int_equal(up->findings, 0);
	struct buf json;
	buf_init(&json, 1 << 16);
	assert_int_equal(findings_write(up, &json), OK);
	assert_non_null(strstr(buf_str(&json), "\"sheet\":\"Sheet2\""));
	buf_free(&json);
}

static void a_month_is_not_taken_for_another(void **state)
{
	(void)state;
	read_lines(
		"ledger", "2026-01",
		"{\"sheet\":\"11月\"}\n" SHEET_ROWS(
			"2026-11-05") "{\"sheet\":\"十一月\"}"
				      "\n" SHEET_ROWS("2026-11-05") "{\"sheet\":\"一月\"}"
								    "\n" SHEET_ROWS(
									    "2026-01-05") "{\"end"
											  "\":6}"
											  "\n");
	assert_string_equal(up->sheet_name, "一月");
	read_lines(
		"fund_balance", "2026Q3",
		"{\"sheet\":\"2季度\"}\n[1,\"科目\",\"名称\",\"期初\",\"收入\",\"支出\",\"期末\"]\n"
		"{\"sheet\":\"三季度\"}\n[1,\"科目\",\"名称\",\"期初\",\"收入\",\"支出\",\"期末\"]"
		"\n"
		"[2,\"101\",\"库存现金\",\"1\",\"2\",\"1\",\"2\"]\n{\"end\":3}\n");
	assert_string_equal(up->sheet_name, "三季度");
	assert_int_equal(up->errors, 0);
}

static void lines_of_sheets_that_no_reader_writes_are_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"[1,\"a\"]\n{\"sheet\":\"x\"}\n{\"end\":1}\n", "{\"sheet\":5}\n{\"end\":0}\n",
		"{\"sheet\":\"x\"}\n[2,\"a\"]\n[1,\"b\"]\n{\"end\":2}\n",
		"{\"sheet\":\"x\\u0001\"}\n{\"end\":0}\n", "{\"sheet\":\"x\"}\n"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		cells_close(&cells);
		assert_int_equal(cells_read(bad[i], strlen(bad[i]), &cells), ERR_CORRUPT);
	}
}

/* --- audits --- */

#define BALANCE "科目,名称,期初,收入,支出,期末\n"
#define CASH(closing)                                                                              \
	"{\"id\":\"101-01\",\"account_code\":\"101\",\"coa_version\":\"2024\",\"name\":"           \
	"\"库存现金\","                                                                        \
	"\"opening_fen\":0,\"in_fen\":100000,\"out_fen\":0,\"closing_fen\":" closing "}\n"

static void what_was_left_is_where_the_next_period_begins(void **state)
{
	(void)state;
	earlier = CASH("100000");
	read_csv("fund_balance", "2026Q3", BALANCE "101,库存现金,900,0,0,900\n");
	const struct finding *f = said("上一期的期末是 1,000.00");
	assert_true(!f->error && place_is(f, "C2"));
	assert_string_equal(f->value, "900");
	read_csv("fund_balance", "2026Q3", BALANCE "101,库存现金,1000,0,0,1000\n");
	assert_int_equal(up->findings, 0);
}

static void an_account_must_not_get_lost_or_come_from_nowhere(void **state)
{
	(void)state;
	earlier = CASH("100000");
	read_csv("fund_balance", "2026Q3", BALANCE "102,银行存款,500,0,0,500\n");
	assert_true(place_is(said("期初应当是 0"), "C2"));
	assert_non_null(strstr(said("这一期没有")->expected, "1,000.00"));
	assert_int_equal(up->errors, 0);
	earlier = CASH("0");
	read_csv("fund_balance", "2026Q3", BALANCE "102,银行存款,0,500,0,500\n");
	assert_int_equal(up->findings, 0);
}

#define SPENT(id, fen, what)                                                                       \
	"{\"id\":\"" id "-01\",\"date\":\"2026-09-05\",\"voucher_no\":\"" id                       \
	"\",\"account_code\":\"513\",\"coa_version\":\"2024\",\"direction\":\"out\",\"amount_"     \
	"fen\":" fen ",\"summary\":\"" what "\"}\n"

static void an_amount_ten_times_the_usual_is_asked_about(void **state)
{
	(void)state;
	history = SPENT("记-1", "30000", "纸") SPENT("记-2", "50000", "笔")
		SPENT("记-3", "40000", "墨");
	ledger(HEAD "2026-10-05,记-9,513,支,4000.10,纸\n2026-10-06,记-10,513,支,4000,纸\n"
		    "2026-10-07,记-11,513,收,90000,退\n2026-10-08,记-12,515,支,90000,路\n");
	assert_int_equal(up->errors, 0);
	assert_int_equal(up->findings, 1);
	const struct finding *f = said("一般是 400.00");
	assert_true(!f->error && place_is(f, "E2"));
	assert_string_equal(f->value, "4000.10");
	history = SPENT("记-1", "30000", "纸") SPENT("记-2", "50000", "笔");
	ledger(HEAD "2026-10-05,记-9,513,支,900000,纸\n");
	assert_int_equal(up->findings, 0);
}

static void a_voucher_made_public_before_is_asked_about(void **state)
{
	(void)state;
	history = SPENT("记-0905-1", "30000", "办公用纸");
	ledger(HEAD "2026-10-05,记-0905-1,513,支,300,办公用纸\n"
		    "2026-10-06,记-0905-2,513,支,300,办公用纸\n"
		    "2026-10-07,记-0905-1,513,支,301,办公用纸\n");
	assert_int_equal(up->findings, 1);
	assert_true(place_is(said("是不是重复了"), "B2"));
}

static void what_stands_in_the_history_wrongly_is_passed_over(void **state)
{
	(void)state;
	history = "no json\n{}\n\n{\"id\":1}\n";
	earlier = "no json\n{\"account_code\":\"101\"}\n{\"account_code\":5,\"closing_fen\":1}\n";
	ledger(HEAD "2026-10-05,记-1,513,支,300,纸\n");
	assert_int_equal(up->findings, 0);
	read_csv("fund_balance", "2026Q3", BALANCE "101,库存现金,900,0,0,900\n");
	assert_int_equal(up->findings, 0);
}

static void the_period_before_is_of_the_same_length(void **state)
{
	(void)state;
	static const struct {
		const char *period, *before;
		int in_year;
	} known[] = {{"2026-10", "2026-09", 12}, {"2026-01", "2025-12", 12},
		     {"2026Q3", "2026Q2", 4},    {"2026Q1", "2025Q4", 4},
		     {"2026H2", "2026H1", 2},    {"2026H1", "2025H2", 2},
		     {"2026", "2025", 1}};
	static const char *const none[] = {"once",   "",       "2026-13", "2026-00",
					   "2026Q5", "2026Q0", "2026H3",  "202610",
					   "2026-1", "abcd",   "2026-1x"};
	char before[PERIOD_MAX + 1];
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		assert_true(period_before(known[i].period, before));
		assert_string_equal(before, known[i].before);
		assert_int_equal(period_in_year(known[i].period), known[i].in_year);
	}
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
		assert_false(period_before(none[i], before));
		assert_int_equal(period_in_year(none[i]), 0);
		assert_int_equal(period_month(none[i]), 0);
	}
	assert_int_equal(period_month("2026-10"), 202610);
	assert_int_equal(period_month("2026Q3"), 202609);
	assert_int_equal(period_month("2026H1"), 202606);
	assert_int_equal(period_month("2026"), 202612);
}

static void the_example_of_a_template_is_never_imported(void **state)
{
	(void)state;
	ledger("日期,凭证号,科目,收支,金额,摘要,提示\n"
	       "2026-10-01,记-1001-01,513,支出,100,例子,这一行是例子，上传时不算\n"
	       "2026-10-05,记-1,504,收,100,租金,\n");
	assert_int_equal(up->errors, 0);
	assert_int_equal(up->rows, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(amounts_in_ten_thousands_are_counted_in_yuan, drop),
		cmocka_unit_test_teardown(units_that_disagree_are_refused, drop),
		cmocka_unit_test_teardown(amounts_in_capitals_and_days_as_numbers_are_read, drop),
		cmocka_unit_test_teardown(a_ruined_number_and_a_broken_formula_are_named, drop),
		cmocka_unit_test_teardown(the_sheet_of_the_period_is_chosen_and_named, drop),
		cmocka_unit_test_teardown(a_month_is_not_taken_for_another, drop),
		cmocka_unit_test_teardown(lines_of_sheets_that_no_reader_writes_are_refused, drop),
		cmocka_unit_test_teardown(what_was_left_is_where_the_next_period_begins, drop),
		cmocka_unit_test_teardown(an_account_must_not_get_lost_or_come_from_nowhere, drop),
		cmocka_unit_test_teardown(an_amount_ten_times_the_usual_is_asked_about, drop),
		cmocka_unit_test_teardown(a_voucher_made_public_before_is_asked_about, drop),
		cmocka_unit_test_teardown(what_stands_in_the_history_wrongly_is_passed_over, drop),
		cmocka_unit_test(the_period_before_is_of_the_same_length),
		cmocka_unit_test_teardown(the_example_of_a_template_is_never_imported, drop),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
