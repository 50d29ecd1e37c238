/* upload_test.c - what staff upload becomes exactly the rows they wrote, or a finding in its cell.
 */
#include "app/village/typed.h"
#include "app/village/upload.h"

#include "app/base/text.h"

#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct catalogue *catalogue;
static struct chart chart;
static struct upload *up;
static struct cells cells;

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

static enum err put_row(void *self, size_t number, const struct csv_cell *cell, size_t count)
{
	return cells_row_put(self, number, cell, count);
}

/* CSV text through the same steps the server takes: rows, JSON lines, cells, upload. */
static void read_as(const char *template_id, const char *period, const char *csv)
{
	struct buf lines;
	struct csv_trouble why;
	const struct csv_reader reader = {put_row, &lines};
	char *text = strdup(csv);
	buf_init(&lines, CELLS_BYTES_MAX);
	upload_close(up);
	cells_close(&cells);
	assert_int_equal(csv_read(text, strlen(text), &reader, &why), OK);
	size_t rows = 0;
	for (size_t i = 0; i < lines.len; i++)
		rows += lines.p[i] == '\n';
	cells_end_put(&lines, rows);
	assert_int_equal(cells_read(lines.p, lines.len, &cells), OK);
	const struct upload_task task = {
		.t = catalogue_find(catalogue, template_id), .chart = &chart, .period = period};
	assert_int_equal(upload_read(&task, &cells, &up), OK);
	buf_free(&lines);
	free(text);
}

static void read_ledger(const char *csv)
{
	read_as("ledger", "2026-10", csv);
}

static int drop(void **state)
{
	(void)state;
	upload_close(up);
	up = NULL;
	cells_close(&cells);
	return 0;
}

#define HEAD "日期,凭证号,科目,收支,金额,摘要\n"

static bool line_has(size_t i, const char *part)
{
	return memmem(up->sheet.p + up->row[i].offset, up->row[i].len, part, strlen(part)) != NULL;
}

static const struct finding *only_finding(void)
{
	assert_int_equal(up->findings, 1);
	return &up->finding[0];
}

static void a_plain_table_becomes_its_rows(void **state)
{
	(void)state;
	read_ledger(HEAD "2026-10-28,记-1028-01,515,支出,\"4,800.00\",租挖掘机清理灌溉沟 2 天\n"
			 "2026-10-05,记-1005-01,504,收入,52000,集体土地租金\n");
	assert_int_equal(up->errors + up->warnings, 0);
	assert_int_equal(up->rows, 2);
	assert_string_equal(up->row[0].id, "记-1005-01-01");
	assert_string_equal(up->row[1].id, "记-1028-01-01");
	const char *expected =
		"{\"id\":\"记-1005-01-01\",\"date\":\"2026-10-05\",\"voucher_no\":\"记-1005-01\","
		"\"account_code\":\"504\",\"coa_version\":\"2024\",\"direction\":\"in\","
		"\"amount_fen\":5200000,\"summary\":\"集体土地租金\"}\n";
	assert_memory_equal(up->sheet.p, expected, strlen(expected));
	struct sheet_entry entry;
	assert_int_equal(sheet_measure(up->sheet.p, up->sheet.len, &entry), OK);
	assert_int_equal(entry.rows, 2);
	assert_int_equal(up->in_fen, 5200000);
	assert_int_equal(up->out_fen, 480000);
}

static void every_row_reads_back_as_a_record(void **state)
{
	(void)state;
	struct record r;
	read_ledger(HEAD "2026年10月8日,,管理费用,支,￥１２３.５元,办公用纸\n");
	assert_int_equal(up->errors, 0);
	assert_int_equal(up->warnings, 1);
	assert_int_equal(record_read(catalogue_find(catalogue, "ledger"), (const char *)up->sheet.p,
				     up->sheet.len - 1, &r),
			 OK);
	assert_int_equal(r.day, 20261008);
	assert_int_equal(r.amount_fen, 12350);
	assert_int_equal(r.direction, -1);
	assert_string_equal(r.account, "2024:513");
	assert_string_equal(r.id, "d20261008-01");
}

static void the_heading_is_found_under_titles_and_by_other_names(void **state)
{
	(void)state;
	read_ledger("示范一村 2026 年 10 月收支明细,,,,,\n单位：元,,,,,\n\n"
		    "记账日期,凭证字号,收/支,金额（元）,事由,往来单位\n"
		    "2026.10.5,记-1,收,100,鱼塘承包费,某公司\n"
		    "制表人：张三,,,,,\n");
	assert_int_equal(up->heading, 4);
	assert_int_equal(up->errors, 0);
	assert_int_equal(up->rows, 1);
	assert_true(line_has(0, "\"payee_payer\":\"某公司\""));
	assert_int_equal(up->left_out, 1);
}

static void dates_are_read_in_every_usual_form(void **state)
{
	(void)state;
	static const char *const good[] = {"2026-10-28",  "2026/10/28",     "2026.10.28",
					   "20261028",    "2026年10月28日", "２０２６-１０-２８",
					   " 2026-10-28 "};
	static const char *const bad[] = {"10-28",       "2026-10", "2026-10-28-1",
					  "28/10/2026x", "二十八",  ""};
	int32_t day;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		assert_int_equal(typed_date(good[i], strlen(good[i]), &day), OK);
		assert_int_equal(day, 20261028);
	}
	assert_int_equal(typed_date("2026.1.5", 8, &day), OK);
	assert_int_equal(day, 20260105);
	assert_int_equal(typed_date("2026-13-21", 10, &day), ERR_REFUSED);
	assert_int_equal(typed_date("2026-02-29", 10, &day), ERR_REFUSED);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(typed_date(bad[i], strlen(bad[i]), &day), ERR_CORRUPT);
}

static void a_wrong_cell_is_named_with_place_value_and_example(void **state)
{
	(void)state;
	char place[16];
	read_ledger(HEAD "2026-13-21,记-1,513,支出,10,办公\n");
	const struct finding *f = only_finding();
	finding_place(f, place);
	assert_string_equal(place, "A2");
	assert_true(f->error);
	assert_string_equal(f->label, "日期");
	assert_string_equal(f->value, "2026-13-21");
	assert_string_equal(f->expected, "一年里有的日子");
	assert_string_equal(f->example, "2026-10-05");
	assert_int_equal(up->rows, 0);
}

static void an_amount_with_a_comma_in_the_wrong_place_is_not_guessed(void **state)
{
	(void)state;
	int64_t v;
	assert_int_equal(typed_amount("1,2865", 6, &v), ERR_CORRUPT);
	assert_int_equal(typed_amount("1,286,5", 7, &v), ERR_CORRUPT);
	assert_int_equal(typed_amount("12,865.00", 9, &v), OK);
	assert_int_equal(v, 1286500);
	assert_int_equal(typed_amount("１，２８６.５", strlen("１，２８６.５"), &v), OK);
	assert_int_equal(v, 128650);
	read_ledger(HEAD "2026-10-02,记-1,513,支出,12.345,办公\n");
	assert_string_equal(only_finding()->expected, "最多到分，两位小数");
}

static void a_day_of_another_month_is_refused(void **state)
{
	(void)state;
	read_ledger(HEAD "2026-09-30,记-1,513,支出,10,办公\n");
	assert_true(only_finding()->error);
	assert_string_equal(only_finding()->value, "2026-09-30");
}

static void numbers_that_belong_to_a_person_are_refused_and_starred(void **state)
{
	(void)state;
	read_ledger(HEAD "2026-10-02,记-1,513,支出,10,慰问 13800138000\n"
			 "2026-10-02,记-2,513,支出,10,11010519491231002X 领\n"
			 "2026-10-02,记-3,513,支出,10,电话138 0013 8000\n"
			 "2026-10-02,记-4,513,支出,10,卡 6222020200112233440 尾\n"
			 "2026-10-02,记-5,513,支出,10,１３８００１３８０００\n"
			 "2026-10-02,记-6,513,支出,10,110105194912310021 是合同号\n");
	assert_int_equal(up->findings, 4 + (up->finding[3].row == 5));
	assert_string_equal(up->finding[0].value, "慰问 13*********");
	assert_string_equal(up->finding[0].expected, "不能有手机号");
	assert_string_equal(up->finding[1].expected, "不能有身份证号");
	assert_string_equal(up->finding[2].expected, "不能有手机号");
	assert_null(memmem(up->sheet.p == NULL ? (const void *)"" : up->sheet.p, up->sheet.len,
			   "138", 3));
	bool contract = false;
	for (size_t i = 0; i < up->rows; i++)
		contract |= strcmp(up->row[i].id, "记-6-01") == 0;
	assert_true(contract);
}

static void vouchers_and_contract_numbers_are_no_persons(void **state)
{
	(void)state;
	static const char *const fine[] = {"记-1028-01",     "2026-10-28-001", "110105194912310021",
					   "尾号 4431",      "1234567890",     "0873-3721234",
					   "20261028123456", "12345678901"};
	for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++) {
		size_t at = 0, end = 0;
		assert_int_equal(typed_personal(fine[i], strlen(fine[i]), &at, &end),
				 PERSONAL_NONE);
	}
}

static void a_corrected_amount_keeps_its_row_id(void **state)
{
	(void)state;
	read_ledger(HEAD "2026-10-02,记-1,513,支出,10,办公\n2026-10-03,记-1,513,支出,20,水费\n");
	char second[RECORD_ID_MAX + 1];
	memcpy(second, up->row[1].id, sizeof second);
	assert_true(line_has(1, "水费"));
	read_ledger(
		HEAD
		"2026-10-01,记-0,513,支出,7,新的一行\n"
		"2026-10-02,记-1,513,支出,10,办公\n2026-10-03,记-1,513,支出,20.50,水费（补）\n");
	assert_int_equal(up->rows, 3);
	assert_string_equal(up->row[2].id, second);
	assert_true(line_has(2, "\"amount_fen\":2050"));
}

static void totals_are_checked_and_left_out(void **state)
{
	(void)state;
	read_ledger(HEAD "2026-10-02,记-1,504,收入,100,租金\n2026-10-03,记-2,513,支出,30,办公\n"
			 ",,,收入,100,小计\n合 计,,,支出,30,\n");
	assert_int_equal(up->errors, 0);
	assert_int_equal(up->rows, 2);
	assert_int_equal(up->left_out, 2);
	read_ledger(HEAD "2026-10-02,记-1,504,收入,100,租金\n合计,,,收入,101,\n");
	const struct finding *f = only_finding();
	assert_string_equal(f->value, "101");
	assert_string_equal(f->expected, "上面的收入加起来是 100.00");
}

static void two_amount_columns_and_a_running_balance_are_understood(void **state)
{
	(void)state;
	read_ledger("日期,凭证号,摘要,收入,支出,余额\n"
		    ",,上月结转,,,\"1,000.00\"\n"
		    "2026-10-02,记-1,租金,100,,1100\n"
		    "2026-10-03,记-2,办公,,30.5,1069.50\n"
		    ",,本月合计,100,30.5,\n");
	assert_int_equal(up->errors, 0);
	assert_int_equal(up->rows, 2);
	assert_true(up->has_opening && up->has_closing);
	assert_int_equal(up->opening_fen, 100000);
	assert_int_equal(up->closing_fen, 106950);
	assert_true(line_has(0, "\"direction\":\"in\",\"amount_fen\":10000"));
	assert_true(line_has(1, "\"direction\":\"out\",\"amount_fen\":3050"));
	read_ledger("日期,凭证号,摘要,收入,支出,余额\n,,上月结转,,,1000\n"
		    "2026-10-02,记-1,租金,100,,1101\n");
	assert_string_equal(only_finding()->expected, "上一行的余额加收减支是 1,100.00");
	assert_string_equal(only_finding()->value, "1101");
}

static void opening_and_closing_of_a_balance_must_agree(void **state)
{
	(void)state;
	read_as("fund_balance", "2026Q3",
		"科目,名称,期初,收入,支出,期末\n101,库存现金,100,50,30,120\n102,银行存款,0,5,1,"
		"5\n");
	const struct finding *f = only_finding();
	assert_int_equal(f->row, 3);
	assert_int_equal(f->column, 6);
	assert_string_equal(f->expected, "期初加收入减支出是 4.00");
}

static void names_of_staff_are_shortened(void **state)
{
	(void)state;
	read_ledger("日期,凭证号,收支,金额,摘要,经手人\n2026-10-02,记-1,收,100,租金,"
		    "\"李小强、王五\"\n");
	assert_int_equal(up->errors, 0);
	assert_true(line_has(0, "\"handler\":\"李*强、王*\""));
	assert_int_equal(up->masked, 1);
}

static void the_same_row_twice_is_asked_about(void **state)
{
	(void)state;
	read_ledger(HEAD "2026-10-02,记-1,513,支出,10,办公\n2026-10-02,记-1,513,支出,10,办公\n");
	assert_int_equal(up->errors, 0);
	assert_false(only_finding()->error);
	assert_int_equal(only_finding()->row, 3);
	assert_int_equal(up->rows, 2);
}

static void a_table_without_a_heading_or_rows_says_so(void **state)
{
	(void)state;
	read_ledger("随便,什么\n1,2\n");
	assert_int_equal(up->errors, 1);
	assert_int_equal(up->finding[0].row, 0);
	read_ledger(HEAD);
	assert_int_equal(up->errors, 1);
	read_ledger("日期,收支,摘要\n2026-10-02,收,租金\n");
	assert_int_equal(up->errors, 1);
	assert_string_equal(up->finding[0].example, "金额");
}

static void a_missing_cell_of_a_required_column_is_found(void **state)
{
	(void)state;
	read_ledger(HEAD "2026-10-02,记-1,513,支出,10,\n2026-10-02,记-1,999,支出,10,办公\n");
	assert_int_equal(up->errors, 2);
	assert_string_equal(up->finding[0].expected, "这一格不能空着");
	assert_string_equal(up->finding[1].value, "999");
}

static void a_long_month_is_split_into_sheets_of_two_thousand(void **state)
{
	(void)state;
	struct buf csv;
	buf_init(&csv, 1 << 20);
	buf_text(&csv, HEAD);
	for (int i = 0; i < 4500; i++)
		buf_print(&csv, "2026-10-%02d,记-%05d,513,支出,%d,办公\n", i % 31 + 1, i, i + 1);
	read_ledger(buf_str(&csv));
	buf_free(&csv);
	assert_int_equal(up->rows, 4500);
	size_t offset, len, total = 0, rows = 0, i = 0;
	while (upload_part(up->sheet.p, up->sheet.len, i, &offset, &len)) {
		struct sheet_entry entry;
		assert_int_equal(offset, total);
		assert_int_equal(sheet_measure(up->sheet.p + offset, len, &entry), OK);
		rows += entry.rows;
		total += len;
		i++;
	}
	assert_int_equal(i, 3);
	assert_int_equal(rows, 4500);
	assert_int_equal(total, up->sheet.len);
}

static void findings_come_back_from_the_draft_as_they_were(void **state)
{
	(void)state;
	struct buf json;
	static struct finding back[UPLOAD_FINDINGS_MAX];
	size_t count;
	read_ledger(HEAD "2026-13-21,记-1,513,支出,1 0x,办公\n");
	buf_init(&json, 1 << 20);
	assert_int_equal(findings_write(up, &json), OK);
	assert_int_equal(findings_read(json.p, json.len, back, UPLOAD_FINDINGS_MAX, &count), OK);
	assert_int_equal(count, up->findings);
	assert_memory_equal(&back[1].value, up->finding[1].value, strlen(back[1].value) + 1);
	assert_int_equal(findings_read("{}", 2, back, UPLOAD_FINDINGS_MAX, &count), ERR_CORRUPT);
	buf_free(&json);
}

static void what_a_taken_over_reader_could_write_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {"",
					  "{\"end\":1}\n",
					  "[1,\"a\"]\n",
					  "[1,\"a\"]\n{\"end\":2}\n",
					  "[2,\"a\"]\n[1,\"b\"]\n{\"end\":2}\n",
					  "[1,2]\n{\"end\":1}\n",
					  "[1]\n{\"end\":1}\n",
					  "[1,\"\\u0001\"]\n{\"end\":1}\n",
					  "{\"end\":0}\n[1,\"a\"]\n",
					  "[1,\"a\"]\n{\"refused\":\"x\"}\n",
					  "nonsense\n"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct cells c;
		assert_int_equal(cells_read(bad[i], strlen(bad[i]), &c), ERR_CORRUPT);
		assert_int_equal(c.count, 0);
		cells_close(&c);
	}
}

/* --- cells put right on the page --- */

static void put(size_t row, size_t column, const char *text)
{
	assert_int_equal(cells_put(&cells, 0, row, column, text, strlen(text)), OK);
}

static void check_once_more(void)
{
	const struct upload_task task = {
		.t = catalogue_find(catalogue, "ledger"), .chart = &chart, .period = "2026-10"};
	upload_close(up);
	assert_int_equal(upload_read(&task, &cells, &up), OK);
}

static void a_cell_put_right_is_checked_like_one_that_was_right(void **state)
{
	(void)state;
	read_ledger(HEAD "2026-10-02,记-1,515,支出,四千八,沟\n2026-10-08,记-2,503,收入,30000\n");
	assert_true(up->errors >= 2);
	put(2, 5, "4800");
	put(3, 6, "上级补助"); /* a cell behind the end of its row */
	check_once_more();
	assert_int_equal(up->errors, 0);
	assert_int_equal(up->out_fen, 480000);
	assert_int_equal(up->in_fen, 3000000);
	/* Once more, also of the row that was made longer; and wrong again when it is wrong. */
	put(3, 6, "补助");
	put(2, 5, "四千八");
	check_once_more();
	assert_int_equal(up->errors, 1);
	assert_int_equal(up->finding[0].row, 2);
	assert_int_equal(up->finding[0].column, 5);
}

static void a_cell_that_is_not_there_is_not_put_right(void **state)
{
	(void)state;
	read_ledger(HEAD "2026-10-02,记-1,515,支出,4800,沟\n");
	assert_int_equal(cells_put(&cells, 0, 3, 1, "x", 1), ERR_MISSING);
	assert_int_equal(cells_put(&cells, 0, 0, 1, "x", 1), ERR_MISSING);
	assert_int_equal(cells_put(&cells, 0, 2, 0, "x", 1), ERR_MISSING);
	assert_int_equal(cells_put(&cells, 0, 2, CSV_COLUMNS_MAX + 1, "x", 1), ERR_MISSING);
	assert_int_equal(cells_put(&cells, 1, 2, 1, "x", 1), ERR_MISSING);
	assert_int_equal(cells_put(&cells, 0, 2, CSV_COLUMNS_MAX, "x", 1), OK);
}

#define T(f) cmocka_unit_test_teardown(f, drop)
int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_cell_put_right_is_checked_like_one_that_was_right),
		T(a_cell_that_is_not_there_is_not_put_right),
		T(a_plain_table_becomes_its_rows),
		T(every_row_reads_back_as_a_record),
		T(the_heading_is_found_under_titles_and_by_other_names),
		T(dates_are_read_in_every_usual_form),
		T(a_wrong_cell_is_named_with_place_value_and_example),
		T(an_amount_with_a_comma_in_the_wrong_place_is_not_guessed),
		T(a_day_of_another_month_is_refused),
		T(numbers_that_belong_to_a_person_are_refused_and_starred),
		T(vouchers_and_contract_numbers_are_no_persons),
		T(a_corrected_amount_keeps_its_row_id),
		T(totals_are_checked_and_left_out),
		T(two_amount_columns_and_a_running_balance_are_understood),
		T(opening_and_closing_of_a_balance_must_agree),
		T(names_of_staff_are_shortened),
		T(the_same_row_twice_is_asked_about),
		T(a_table_without_a_heading_or_rows_says_so),
		T(a_missing_cell_of_a_required_column_is_found),
		T(a_long_month_is_split_into_sheets_of_two_thousand),
		T(findings_come_back_from_the_draft_as_they_were),
		T(what_a_taken_over_reader_could_write_is_refused),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
