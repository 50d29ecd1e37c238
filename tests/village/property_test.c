/* property_test.c - what holds of every amount and every day, tried on texts nobody thought of:
 * what is written is read back, a larger one stays the larger one, and what is read can be read in
 * one way only. Each run tries other texts; SEED=n repeats one. */
#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/village/capital.h"
#include "app/village/money.h"
#include "app/village/typed.h"

#include "tests/test.h"
#include "tests/village/written.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 50000, TEXTS = 400000, TEXT = 128 };

static uint64_t seed, first_seed;

#define fail_with(...)                                                                             \
	do {                                                                                       \
		print_error("SEED=%llu\n", (unsigned long long)first_seed);                        \
		fail_msg(__VA_ARGS__);                                                             \
	} while (0)

static int choose(int n)
{
	return (int)(next_random(&seed) % (uint64_t)n);
}

static int64_t any_fen(void)
{
	int64_t fen = random_fen(&seed);
	if (fen > MONEY_FEN_MAX)
		fen %= MONEY_FEN_MAX;
	return choose(2) == 0 ? fen : -fen;
}

static void random_text(const char *const *piece, int pieces, int most, char out[TEXT])
{
	size_t n = 0;
	out[0] = 0;
	for (int i = choose(most) + 1; i > 0; i--) {
		const char *p = piece[choose(pieces)];
		if (n + strlen(p) + 1 > TEXT)
			break;
		n += (size_t)snprintf(out + n, TEXT - n, "%s", p);
	}
}

static int64_t read_back(const char *text)
{
	int64_t v = 0;
	if (typed_amount(text, strlen(text), &v) != OK)
		fail_with("%s is not read back", text);
	return v;
}

static int sign_of(int64_t v)
{
	return (v > 0) - (v < 0);
}

/* --- amounts --- */

static void what_is_written_is_read_back_and_keeps_its_order(void **state)
{
	(void)state;
	char text[MONEY_TEXT], other[MONEY_TEXT];
	for (int i = 0; i < ROUNDS; i++) {
		int64_t a = any_fen(), b = choose(3) == 0 ? a + choose(3) - 1 : any_fen();
		if (read_back(money_exact(a, text)) != a || read_back(money_signed(a, other)) != a)
			fail_with("%lld became %s and %s", (long long)a, text, other);
		if (sign_of(read_back(text) - read_back(money_exact(b, other))) != sign_of(a - b))
			fail_with("%s and %s changed places", text, other);
	}
	printf("# count %d amounts written and read back, seed %llu\n", ROUNDS,
	       (unsigned long long)first_seed);
}

/* 128.4 stands for what lies within half a unit of it, and never passes a larger one. */
static void ten_thousands_are_the_nearest_and_keep_their_order(void **state)
{
	(void)state;
	char text[MONEY_TEXT + 8];
	for (int i = 0; i < ROUNDS; i++) {
		int decimals = 1 + choose(2);
		int64_t unit = decimals == 2 ? 10000 : 100000, a = any_fen() / 10,
			b = any_fen() / 10;
		snprintf(text, sizeof text, "%s万", money_wan(a, decimals, (char[MONEY_TEXT]){0}));
		int64_t shown = read_back(text);
		if (shown - a > unit / 2 || a - shown > unit / 2)
			fail_with("%lld is shown as %s", (long long)a, text);
		snprintf(text, sizeof text, "%s万", money_wan(b, decimals, (char[MONEY_TEXT]){0}));
		if ((a < b && shown > read_back(text)) || (a > b && shown < read_back(text)))
			fail_with("%lld and %lld changed places", (long long)a, (long long)b);
	}
	printf("# count %d rounded amounts\n", ROUNDS);
}

/* What an amount in digits looks like, told by its three stretches instead of step by step: before
 * the first digit, the digits with their point and commas, behind the last one. */
static bool stretch_before(const char *from, const char *until, bool *negative, bool *open)
{
	int signs = 0, quotes = 0;
	for (const char *p = from; p < until; p++) {
		if (strncmp(p, "￥", strlen("￥")) == 0) {
			p += strlen("￥") - 1;
		} else if (*p == '\'') {
			quotes++;
			if (signs > 0)
				return false; /* a quote says that text follows, so it comes first
					       */
		} else if (*p == '+' || *p == '-' || *p == '(') {
			signs++;
			*negative = *p != '+';
			*open = *p == '(';
		} else if (*p != ' ') {
			return false;
		}
	}
	return signs <= 1 && quotes <= 1;
}

static bool stretch_behind(const char *p, bool open, bool *wan)
{
	static const char *const unit[] = {"万", "元", ")"};
	for (int i = 0; i < 3; i++) {
		p += strspn(p, " ");
		bool there = strncmp(p, unit[i], strlen(unit[i])) == 0;
		if (i == 0)
			*wan = there;
		if (i == 2 && there != open)
			return false;
		p += there ? strlen(unit[i]) : 0;
	}
	return p[strspn(p, " ")] == 0;
}

/* One more digit; what is far beyond any amount stays there. */
static int64_t with_digit(int64_t v, int digit)
{
	return v > INT64_C(100000000000000000) ? v : v * 10 + digit;
}

/* Digits in threes where there are commas; `places` decimals count, more must be zeros. */
static bool middle_stretch(const char *p, size_t len, int places, int64_t *out)
{
	const char *point = memchr(p, '.', len);
	size_t whole = point == NULL ? len : (size_t)(point - p), digits = 0;
	bool commas = memchr(p, ',', whole) != NULL;
	*out = 0;
	for (size_t i = 0; i < whole; i++) {
		bool due = commas && (whole - i) % 4 == 0;
		if ((p[i] == ',') != due || (p[i] != ',' && (p[i] < '0' || p[i] > '9')) ||
		    (i == 0 && p[i] == ','))
			return false;
		if (p[i] != ',')
			*out = with_digit(*out, p[i] - '0');
		digits += p[i] != ',';
	}
	for (size_t i = whole + 1; i < len; i++, digits++) {
		bool counts = (int)(i - whole) <= places;
		if (p[i] < '0' || p[i] > '9' || (!counts && p[i] != '0'))
			return false;
		if (counts)
			*out = with_digit(*out, p[i] - '0');
	}
	for (int i = point == NULL ? 0 : (int)(len - whole - 1); i < places; i++)
		*out = with_digit(*out, 0);
	return digits > 0;
}

static bool can_only_mean(const char *text, int64_t *fen)
{
	size_t from = strcspn(text, "0123456789."), until = strlen(text);
	bool negative = false, open = false, wan = false;
	while (until > from && strchr("0123456789.", text[until - 1]) == NULL)
		until--;
	if (from == until || !stretch_before(text, text + from, &negative, &open) ||
	    !stretch_behind(text + until, open, &wan) ||
	    !middle_stretch(text + from, until - from, wan ? 6 : 2, fen))
		return false;
	*fen = negative ? -*fen : *fen;
	return *fen <= MONEY_FEN_MAX && *fen >= -MONEY_FEN_MAX;
}

static void an_amount_in_digits_is_read_in_one_way_or_not_at_all(void **state)
{
	(void)state;
	static const char *const piece[] = {"0", "1", "25", "480", "000", ",",  ",000",
					    ".", "-", "(",  ")",   "元",  "万", "￥",
					    " ", "+", "'",  "E",   ".5",  ",1", "千"};
	char text[TEXT];
	int read = 0;
	for (int i = 0; i < TEXTS; i++) {
		int64_t fen = 0;
		int64_t meant = 0;
		random_text(piece, sizeof piece / sizeof piece[0], 7, text);
		bool taken = typed_amount(text, strlen(text), &fen) == OK;
		bool clear = can_only_mean(text, &meant);
		if (taken != clear || (taken && fen != meant))
			fail_with("\"%s\" was read as %lld (%d), can only mean %lld (%d)", text,
				  (long long)fen, taken, (long long)meant, clear);
		read += taken;
	}
	printf("# count %d texts, %d of them amounts\n", TEXTS, read);
	assert_true(read > 1000);
}

/* --- capitals --- */

/* Without the words that carry no figure (壹万整 needs no 元), everyday figures as capitals, 壹
 * before a leading 拾. */
static void bare(const char *text, struct buf *out)
{
	static const struct {
		const char *from, *to;
	} same[] = {{"零", ""},     {"元", ""},   {"圆", ""},   {"整", ""},   {"正", ""},
		    {"人民币", ""}, {"￥", ""},   {"一", "壹"}, {"二", "贰"}, {"两", "贰"},
		    {"三", "叁"},   {"五", "伍"}, {"十", "拾"}, {"百", "佰"}, {"千", "仟"},
		    {"九", "玖"},   {"四", "肆"}, {"六", "陆"}, {"七", "柒"}, {"八", "捌"}};
	buf_clear(out);
	while (*text != 0) {
		size_t i = 0, n = sizeof same / sizeof same[0];
		while (i < n && strncmp(text, same[i].from, strlen(same[i].from)) != 0)
			i++;
		size_t len = i < n ? strlen(same[i].from) : 3;
		const char *to = i < n ? same[i].to : NULL;
		if (out->len == 0 && (strncmp(text, "拾", 3) == 0 || strncmp(text, "十", 3) == 0))
			buf_text(out, "壹");
		if (to == NULL)
			buf_add(out, text, len);
		else
			buf_text(out, to);
		text += len;
	}
}

/* 零佰, 零角: a printed form's empty place, which writes figures nobody says. */
static bool has_empty_place(const char *text)
{
	static const char unit[] = "拾佰仟万亿角分十百千元圆";
	for (const char *p = strstr(text, "零"); p != NULL; p = strstr(p + 3, "零"))
		for (const char *u = unit; *u != 0; u += 3)
			if (strncmp(p + 3, u, 3) == 0)
				return true;
	return false;
}

static void an_amount_in_capitals_has_the_figures_it_is_read_as(void **state)
{
	(void)state;
	static const char *const piece[] = {"零", "壹", "贰", "玖", "拾",     "佰", "仟",
					    "万", "亿", "元", "角", "分",     "整", "一",
					    "两", "十", "百", "圆", "人民币", "￥"};
	char text[TEXT];
	struct buf said, written, plain;
	int read = 0;
	buf_init(&said, 512);
	buf_init(&written, 512);
	buf_init(&plain, 512);
	for (int i = 0; i < TEXTS; i++) {
		int64_t fen = 0;
		random_text(piece, sizeof piece / sizeof piece[0], 8, text);
		if (has_empty_place(text) || capital_parse(text, strlen(text), &fen) != OK)
			continue;
		read++;
		write_capital(&plain, fen, true);
		bare(buf_str(&plain), &written);
		bare(text, &said);
		/* Nothing at all may be written with or without its unit: 零元, 零角. */
		if (fen != 0 && strcmp(buf_str(&said), buf_str(&written)) != 0)
			fail_with("%s was read as %s", text, buf_str(&plain));
	}
	buf_free(&said);
	buf_free(&written);
	buf_free(&plain);
	printf("# count %d texts, %d of them amounts in capitals\n", TEXTS, read);
	assert_true(read > 500);
}

/* --- days --- */

static void later_days_stay_later(void **state)
{
	(void)state;
	static const char *const form[] = {"%d-%02d-%02d", "%d.%d.%d", "%d年%d月%d日",
					   "%04d%02d%02d"};
	char text[TEXT];
	for (int i = 0; i < ROUNDS; i++) {
		int32_t day[2], found[2];
		for (int j = 0; j < 2; j++) {
			day[j] = clock_day_add(19000101, choose(109000));
			int y = day[j] / 10000, m = day[j] / 100 % 100, d = day[j] % 100;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the forms are the test */
			snprintf(text, sizeof text, form[choose(4)], y, m, d);
#pragma GCC diagnostic pop
			if (typed_date(text, strlen(text), &found[j]) != OK || found[j] != day[j])
				fail_with("%s is not read back", text);
		}
		int apart = clock_days_between(day[0], day[1]);
		if (clock_day_add(day[0], apart) != day[1] ||
		    sign_of(apart) != sign_of(found[1] - found[0]))
			fail_with("%d and %d are not %d days apart", day[0], day[1], apart);
	}
	printf("# count %d pairs of days\n", ROUNDS);
}

/* Groups of digits with nothing else in them; how many there are. */
static int groups_of(const char *text, char group[8][TEXT])
{
	int n = 0;
	for (const char *p = text; *p != 0 && n < 8;) {
		size_t len = strspn(p, "0123456789");
		if (len > 0)
			snprintf(group[n++], TEXT, "%.*s", (int)len, p);
		p += len > 0 ? len : 1;
	}
	return n;
}

/* Year first with four digits, then month, then day; or all in one; or a spreadsheet's number. So
 * 1/2/2026 and 26-1-2, which mean one thing here and another elsewhere, are never read. */
static void a_day_that_could_be_two_days_is_not_read(void **state)
{
	(void)state;
	static const char *const piece[] = {"1", "2", "10",       "28",    "2026", "26",
					    ".", "-", "/",        "年",    "月",   "日",
					    " ", ":", "20261028", "46323", "T",    "0"};
	char text[TEXT], group[8][TEXT];
	int read = 0;
	for (int i = 0; i < TEXTS; i++) {
		int32_t day = 0;
		random_text(piece, sizeof piece / sizeof piece[0], 8, text);
		if (typed_date(text, strlen(text), &day) != OK)
			continue;
		read++;
		int n = groups_of(text, group);
		bool parts = n >= 3 && strlen(group[0]) == 4 && strlen(group[1]) <= 2 &&
			     strlen(group[2]) <= 2 &&
			     day == atoi(group[0]) * 10000 + atoi(group[1]) * 100 + atoi(group[2]);
		bool whole = n >= 1 && strlen(group[0]) == 8 && day == atoi(group[0]);
		bool serial = n == 1 && strlen(group[0]) == 5 &&
			      clock_days_between(18991230, day) == atoi(group[0]);
		bool time_behind = n <= (parts ? 3 : 1) || strchr(text, ':') != NULL;
		if ((!parts && !whole && !serial) || !time_behind)
			fail_with("\"%s\" was read as %d", text, day);
	}
	printf("# count %d texts, %d of them days\n", TEXTS, read);
	assert_true(read > 500);
}

int main(void)
{
	const char *given = getenv("SEED");
	first_seed = given != NULL ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
	seed = first_seed * 0x9e3779b97f4a7c15u + 1;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_back_and_keeps_its_order),
		cmocka_unit_test(ten_thousands_are_the_nearest_and_keep_their_order),
		cmocka_unit_test(an_amount_in_digits_is_read_in_one_way_or_not_at_all),
		cmocka_unit_test(an_amount_in_capitals_has_the_figures_it_is_read_as),
		cmocka_unit_test(later_days_stay_later),
		cmocka_unit_test(a_day_that_could_be_two_days_is_not_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
