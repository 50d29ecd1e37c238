/* say_test.c - what is said aloud is the amount, the day and the number that stands there, every
 * time. */
#include "tests/test.h"

#include "app/base/text.h"
#include "app/village/say.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *said(const char *text)
{
	static struct buf b;
	buf_free(&b);
	buf_init(&b, 4096);
	say_text(text, strlen(text), &b);
	return buf_str(&b);
}

static void check(const char *text, const char *wanted)
{
	assert_string_equal(said(text), wanted);
}

/* --- a listener: the words back into a number, written apart from the speaker --- */

static bool word(const char **p, const char *w)
{
	size_t n = strlen(w);
	if (strncmp(*p, w, n) != 0)
		return false;
	*p += n;
	return true;
}

static int heard_digit(const char **p)
{
	static const char *const words[] = {"零", "一", "二", "三", "四",
					    "五", "六", "七", "八", "九"};
	if (word(p, "两"))
		return 2;
	for (int i = 0; i < 10; i++)
		if (word(p, words[i]))
			return i;
	return -1;
}

/* Whole number in Chinese words; stops at the first word that is none. */
static uint64_t heard(const char **p)
{
	uint64_t total = 0, section = 0;
	int digit = -1;
	for (;;) {
		if (word(p, "十")) {
			section += (uint64_t)(digit < 0 ? 1 : digit) * 10;
		} else if (word(p, "百")) {
			section += (uint64_t)digit * 100;
		} else if (word(p, "千")) {
			section += (uint64_t)digit * 1000;
		} else if (word(p, "万")) {
			total += (section + (uint64_t)(digit > 0 ? digit : 0)) * 10000;
			section = 0;
		} else if (word(p, "亿")) {
			total = (total + section + (uint64_t)(digit > 0 ? digit : 0)) * 100000000;
			section = 0;
		} else {
			const char *before = *p;
			int d = heard_digit(p);
			if (d < 0) {
				*p = before;
				return total + section + (uint64_t)(digit > 0 ? digit : 0);
			}
			digit = d;
			continue;
		}
		digit = -1;
	}
}

static int64_t heard_fen(const char *text)
{
	const char *p = text;
	int64_t fen = 0;
	for (;;) {
		uint64_t n = heard(&p);
		if (word(&p, "元"))
			fen += (int64_t)n * 100;
		else if (word(&p, "角"))
			fen += (int64_t)n * 10;
		else if (word(&p, "分"))
			fen += (int64_t)n;
		else
			return *p == 0 ? fen : -1;
	}
}

static void every_number_up_to_a_hundred_thousand_is_heard_back(void **state)
{
	struct buf b;
	(void)state;
	buf_init(&b, 256);
	for (uint64_t n = 0; n <= 100000; n++) {
		buf_clear(&b);
		say_number(n, &b);
		const char *p = buf_str(&b);
		uint64_t back = heard(&p);
		if (back != n || *p != 0)
			fail_msg("%" PRIu64 " was said as %s", n, buf_str(&b));
	}
	buf_free(&b);
	printf("# count numbers said and heard back: 100001\n");
}

static void amounts_drawn_at_random_are_heard_back(void **state)
{
	struct buf b;
	uint64_t seed = 20261120;
	(void)state;
	buf_init(&b, 256);
	for (int i = 0; i < 200000; i++) {
		seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
		int64_t fen = (int64_t)((seed >> 20) % (UINT64_C(1) << (8 + i % 36)));
		buf_clear(&b);
		say_fen(fen, &b);
		if (heard_fen(buf_str(&b)) != fen)
			fail_msg("%" PRId64 " fen were said as %s", fen, buf_str(&b));
	}
	buf_free(&b);
	printf("# count amounts said and heard back: 200000\n");
}

static void nothing_that_cannot_be_said_comes_out(void **state)
{
	static const char *const pieces[] = {"1", "20", "4,800.50", "+",  "−",  "-",  ".",
					     ",", " ",  "年",       "月", "万", "元", "%",
					     ":", "–",  "/",        "第", "A",  "0",  "·"};
	struct buf text;
	uint64_t seed = 7;
	(void)state;
	for (int i = 0; i < 50000; i++) {
		buf_init(&text, 512);
		for (int n = 0; n < 12; n++) {
			seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
			buf_text(&text, pieces[(seed >> 33) % (sizeof pieces / sizeof pieces[0])]);
		}
		for (const char *c = said(buf_str(&text)); *c != 0; c++)
			if ((*c >= '0' && *c <= '9') || strchr("+-%:./", *c) != NULL)
				fail_msg("%s left a sign in: %s", buf_str(&text),
					 said(buf_str(&text)));
		buf_free(&text);
	}
}

static void amounts_are_said_in_full(void **state)
{
	(void)state;
	check("128,400.00", "十二万八千四百元");
	check("4,800.50", "四千八百元五角");
	check("1,000.05", "一千元零五分");
	check("0.35", "三角五分");
	check("￥4800", "四千八百元");
	check("4800元", "四千八百元");
	check("12,000.00 元", "一万两千元");
	check("2.00", "两元");
	check("200.00", "二百元");
	check("+13,000.00", "收入一万三千元");
	check("−3,860.00", "支出三千八百六十元");
	check("−3,860.00 元", "负三千八百六十元");
	check("原来是 520.00，到 11 月 12 日改为 620.00",
	      "原来是五百二十元，到十一月十二日改为六百二十元");
}

static void ten_thousands_keep_their_unit(void **state)
{
	(void)state;
	check("27.5 万元", "二十七点五万元");
	check("128.40 万元", "一百二十八点四万元");
	check("2 万元", "两万元");
	check("2亿", "两亿");
	struct buf b;
	buf_init(&b, 256);
	say_text_wan("收入 128.4", strlen("收入 128.4"), &b);
	assert_string_equal(buf_str(&b), "收入一百二十八点四万元");
	buf_free(&b);
}

static void years_are_said_digit_by_digit_and_days_as_days(void **state)
{
	(void)state;
	check("2026年", "二〇二六年");
	check("2026 年 10 月", "二〇二六年十月");
	check("11 月 20 日", "十一月二十日");
	check("2 月 2 日", "二月二日");
	check("2026-10-05", "二〇二六年十月五日");
	check("2012.7.5", "二〇一二年七月五日");
	check("今年 1–10 月", "今年一月到十月");
	check("2025–2026 年", "二〇二五到二〇二六年");
	check("2025", "二〇二五年");
	check("3000 年", "三千年");
	check("蒙农发〔2026〕11 号", "蒙农发，二〇二六，十一号");
	check("8:30", "八点三十分");
	check("14:05", "十四点零五分");
	check("8:30–17:00", "八点三十分到十七点");
	check("2:00", "两点");
}

static void two_is_er_or_liang(void **state)
{
	(void)state;
	check("2 个", "两个");
	check("第 2 页", "第二页");
	check("2 组", "二组");
	check("共 2 页", "共两页");
	check("第 1 / 2 页", "第一页，共两页");
	check("22 户", "二十二户");
	check("2200", "两千二百");
	check("20002", "两万零二");
	check("222222", "二十二万两千二百二十二");
	check("2.5 亩", "二点五亩");
}

static void parts_percentages_and_areas(void **state)
{
	(void)state;
	check("12.5%", "百分之十二点五");
	check("+3%", "增加百分之三");
	check("3/10", "十分之三");
	check("37 / 500 字", "三十七，共五百字");
	check("3.25 亩", "三点二五亩");
	check("6.54 亩 × 160.00 元", "六点五四亩，乘一百六十元");
	check("120㎡", "一百二十平方米");
	check("第 3 / 12 页", "第三页，共十二页");
}

static void codes_and_telephones_digit_by_digit(void **state)
{
	(void)state;
	check("4712 0936 8850 2712", "四七一二，零九三六，八八五零，二七一二");
	check("4712093688502712", "四七一二，零九三六，八八五零，二七一二");
	check("13887312345", "一三八，八七三一，二三四五");
	check("0873-3720123", "零八七三，三七二零，一二三");
	check("26-0183", "二六，零一八三");
	check("记-1025-08", "记，一零二五，零八");
	check("5412 8270 0987 5372 6179 1354 3700 3516",
	      "五四一二，八二七零，零九八七，五三七二，六一七九，一三五四，三七零零，三五一六");
	check("12345", "一万两千三百四十五");
}

static void signs_become_pauses_or_words(void **state)
{
	(void)state;
	check("一事一议 · 低保", "一事一议，低保");
	check("普*珍", "普某珍");
	check("李**", "李某");
	check("“每一笔”（都在）！", "每一笔，都在。");
	check("e路通", "e路通");
	check("普通话 Pǔtōnghuà", "普通话");
	check("", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_number_up_to_a_hundred_thousand_is_heard_back),
		cmocka_unit_test(amounts_drawn_at_random_are_heard_back),
		cmocka_unit_test(nothing_that_cannot_be_said_comes_out),
		cmocka_unit_test(amounts_are_said_in_full),
		cmocka_unit_test(ten_thousands_keep_their_unit),
		cmocka_unit_test(years_are_said_digit_by_digit_and_days_as_days),
		cmocka_unit_test(two_is_er_or_liang),
		cmocka_unit_test(parts_percentages_and_areas),
		cmocka_unit_test(codes_and_telephones_digit_by_digit),
		cmocka_unit_test(signs_become_pauses_or_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
