/* typed_test.c - an amount or a day means the same in whichever form it was typed. */
#include "app/base/clock.h"
#include "app/village/capital.h"
#include "app/village/money.h"
#include "app/village/typed.h"

#include "tests/test.h"
#include "tests/village/written.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 200000 };

static uint64_t seed = 20261028;

static void means(const char *text, int64_t fen)
{
	int64_t v = -1;
	enum err e = typed_amount(text, strlen(text), &v);
	if (e != OK || v != fen)
		fail_msg("%s: %d, %lld instead of %lld", text, e, (long long)v, (long long)fen);
}

static void means_nothing(const char *text)
{
	int64_t v;
	if (typed_amount(text, strlen(text), &v) == OK)
		fail_msg("%s was read as %lld", text, (long long)v);
}

static void every_amount_means_the_same_in_all_its_forms(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 512);
	for (int i = 0; i < ROUNDS; i++) {
		int64_t fen = random_fen(&seed);
		char text[MONEY_TEXT + 8];
		if (fen > MONEY_FEN_MAX)
			continue;
		means(money_exact(fen, text), fen);
		snprintf(text, sizeof text, "%lld.%02d", (long long)(fen / 100), (int)(fen % 100));
		means(text, fen);
		snprintf(text, sizeof text, "-%lld.%02d元", (long long)(fen / 100),
			 (int)(fen % 100));
		means(text, -fen);
		snprintf(text, sizeof text, "%lld.%06d万", (long long)(fen / 1000000),
			 (int)(fen % 1000000));
		means(text, fen);
		write_capital(&b, fen, i % 2 == 0);
		means(buf_str(&b), fen);
	}
	printf("# count %d amounts in five forms\n", ROUNDS);
	buf_free(&b);
}

static void capitals_of_forms_and_vouchers_are_read(void **state)
{
	(void)state;
	means("壹万贰仟捌佰肆拾元整", 1284000);
	means("人民币壹万贰仟捌佰肆拾元正", 1284000);
	means("￥ 伍佰元整", 50000);
	means("拾元整", 1000);
	means("拾贰万叁仟元整", 12300000);
	means("壹拾万元整", 10000000);
	means("贰亿零伍万元整", INT64_C(20005000000));
	means("叁佰零伍圆零捌分", 30508);
	means("壹佰元零伍角", 10050);
	means("伍角", 50);
	means("伍角整", 50);
	means("捌分", 8);
	means("零元整", 0);
	means("负肆佰伍拾元整", -45000);
	means("壹万零仟零佰伍拾零元零角零分", 1005000);
	means("一千二百元", 120000);
	means("两百元", 20000);
	means("貳拾叄圓整", 2300);
}

static void what_may_mean_two_things_is_not_read(void **state)
{
	(void)state;
	static const char *const unclear[] = {
		"一万二千五元", "一千五元",   "壹万伍元",   "壹贰叁元", "伍",
		"伍佰",         "万元",       "元",         "元整",     "佰元",
		"伍拾佰元",     "壹万贰亿元", "伍元伍元",   "伍分伍角", "伍元捌",
		"伍元整整",     "壹仟元5角",  "壹亿亿元",   "伍佰元多", "大约伍佰元",
		"负负伍佰元整", "",           "零零零零百", "伍角元"};
	for (size_t i = 0; i < sizeof unclear / sizeof unclear[0]; i++)
		means_nothing(unclear[i]);
}

static void too_much_is_told_from_wrong(void **state)
{
	(void)state;
	int64_t v;
	static const char text[] = "玖仟玖佰玖拾玖亿元整";
	assert_int_equal(capital_parse(text, sizeof text - 1, &v), ERR_FULL);
	means("壹仟亿元整", MONEY_FEN_MAX);
}

static void amounts_typed_as_text_are_read(void **state)
{
	(void)state;
	means("'4800", 480000);
	means(" １２，８６５．００ ", 1286500);
	means("¥12,865.5", 1286550);
	means("(450)", -45000);
	means_nothing("4,80");
	means_nothing("1.2.3");
	means_nothing("5.32503E+17");
}

/* --- days --- */

static void day_is(const char *text, int32_t day)
{
	int32_t d = 0;
	enum err e = typed_date(text, strlen(text), &d);
	if (e != OK || d != day)
		fail_msg("%s: %d, %d instead of %d", text, e, d, day);
}

static void every_day_means_the_same_in_all_its_forms(void **state)
{
	(void)state;
	char text[64];
	int32_t day = 20000101;
	int serial = 36526, days = 0;
	for (; day <= 20991231; day = clock_day_add(day, 1), serial++, days++) {
		int y = day / 10000, m = day / 100 % 100, d = day % 100;
		static const char *const form[] = {"%d.%d.%d",       "%d-%02d-%02d",
						   "%d年%d月%d日",   "%d/%d/%d",
						   "%04d%02d%02d",   " %d年%02d月%02d日 ",
						   "'%d-%d-%d",      "%d-%02d-%02d 00:00:00",
						   "%d/%d/%d 13:05", "%d-%02d-%02dT08:00:00"};
		for (size_t i = 0; i < sizeof form / sizeof form[0]; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the forms are the test */
			snprintf(text, sizeof text, form[i], y, m, d);
#pragma GCC diagnostic pop
			day_is(text, day);
		}
		int32_t found;
		snprintf(text, sizeof text, "%d", serial);
		day_is(text, day);
		assert_int_equal(typed_serial(serial - 1462, true, &found), OK);
		assert_int_equal(found, day);
	}
	printf("# count %d days in twelve forms\n", days);
}

static void what_is_no_day_is_not_read(void **state)
{
	(void)state;
	static const char *const none[] = {
		"2026-13-01", "2026-02-30", "26-10-28",    "2026年",   "36525", "73051",
		"4632",       "463230",     "2026-10-28x", "10月28日", "",      "2026-10-28 早上"};
	int32_t d;
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		if (typed_date(none[i], strlen(none[i]), &d) == OK)
			fail_msg("%s was read as %d", none[i], d);
	assert_int_equal(typed_serial(60, false, &d), ERR_CORRUPT);
	assert_int_equal(typed_serial(-1, false, &d), ERR_CORRUPT);
	assert_int_equal(typed_serial(INT64_MAX, true, &d), ERR_CORRUPT);
}

/* --- numbers that a spreadsheet spoilt --- */

static enum typed_personal kind(const char *text)
{
	size_t at = 0, end = 0;
	return typed_personal(text, strlen(text), &at, &end);
}

static void a_long_number_taken_for_an_amount_is_known(void **state)
{
	(void)state;
	assert_int_equal(kind("5.32503E+17"), PERSONAL_RUINED);
	assert_int_equal(kind("身份证 5.32503199001011E+17"), PERSONAL_RUINED);
	assert_int_equal(kind("6.22202E+18"), PERSONAL_RUINED);
	assert_int_equal(kind("532503199001012000"), PERSONAL_RUINED);
	assert_int_equal(kind("1.2E+05"), PERSONAL_NONE);
	assert_int_equal(kind("5.3E"), PERSONAL_NONE);
	assert_int_equal(kind("记-1028-01"), PERSONAL_NONE);
	struct buf b;
	buf_init(&b, 128);
	typed_hide("是 5.32503199001011E+17 号", strlen("是 5.32503199001011E+17 号"), &b);
	assert_null(strstr(buf_str(&b), "2503199001"));
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_amount_means_the_same_in_all_its_forms),
		cmocka_unit_test(capitals_of_forms_and_vouchers_are_read),
		cmocka_unit_test(what_may_mean_two_things_is_not_read),
		cmocka_unit_test(too_much_is_told_from_wrong),
		cmocka_unit_test(amounts_typed_as_text_are_read),
		cmocka_unit_test(every_day_means_the_same_in_all_its_forms),
		cmocka_unit_test(what_is_no_day_is_not_read),
		cmocka_unit_test(a_long_number_taken_for_an_amount_is_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
