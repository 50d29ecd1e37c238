#include "app/village/say.h"

#include "app/base/text.h"
#include "app/village/say_impl.h"

#include <string.h>

enum { CODE_DIGITS = 16, PLAIN_MAX = 6 };

/* --- a number as it stands in a text --- */

/* What was read: digits without separators, where the point was, how far it reached. */
struct figure {
	char digit[DIGITS_MAX + 1]; /* whole part */
	char part[DIGITS_MAX + 1];  /* behind the point */
	size_t digits, parts, end;
	bool grouped;
};

struct reader {
	const char *s;
	size_t len, at;
	bool wan;      /* bare numbers are 万元 */
	uint32_t last; /* last character that was no blank; 0 at the beginning */
	struct buf *out;
};

static bool is_digit(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19);
}

static char plain_digit(uint32_t c)
{
	return (char)(c >= 0xff10 ? c - 0xff10 + '0' : c);
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == 0xa0 || c == 0x2009 || c == 0x202f || c == 0x3000;
}

static uint32_t char_at(const struct reader *r, size_t at, size_t *next)
{
	*next = at;
	if (at >= r->len)
		return 0;
	return text_next(r->s, r->len, next);
}

static uint32_t behind_blanks(const struct reader *r, size_t *at)
{
	for (;;) {
		size_t next;
		uint32_t c = char_at(r, *at, &next);
		if (c == 0 || !is_blank(c))
			return c;
		*at = next;
	}
}

static bool starts(const struct reader *r, size_t at, const char *word)
{
	size_t n = strlen(word);
	return at + n <= r->len && memcmp(r->s + at, word, n) == 0;
}

static bool one_of(uint32_t c, const char *list)
{
	size_t len = strlen(list);
	for (size_t at = 0; c != 0 && at < len;)
		if (text_next(list, len, &at) == c)
			return true;
	return false;
}

/* Digits at `at`; gives how many. */
static size_t run_of(const struct reader *r, size_t at, char *out, size_t room, size_t *end)
{
	size_t n = 0, next;
	*end = at;
	for (uint32_t c = char_at(r, at, &next); is_digit(c); c = char_at(r, at, &next)) {
		if (n < room)
			out[n++] = plain_digit(c);
		*end = at = next;
	}
	out[n] = 0;
	return n;
}

static void read_figure(const struct reader *r, size_t at, struct figure *f)
{
	size_t next, end;
	memset(f, 0, sizeof *f);
	f->digits = run_of(r, at, f->digit, DIGITS_MAX, &f->end);
	for (;;) {
		char three[DIGITS_MAX + 1];
		uint32_t c = char_at(r, f->end, &next);
		if ((c != ',' && c != 0xff0c) || f->digits == 0 || (f->digits > 3 && !f->grouped) ||
		    run_of(r, next, three, DIGITS_MAX, &end) != 3 || f->digits + 3 > DIGITS_MAX)
			break;
		memcpy(f->digit + f->digits, three, 4);
		f->digits += 3;
		f->end = end;
		f->grouped = true;
	}
	uint32_t c = char_at(r, f->end, &next);
	if (c == '.' || c == 0xff0e) {
		f->parts = run_of(r, next, f->part, DIGITS_MAX, &end);
		if (f->parts > 0)
			f->end = end;
	}
}

static uint64_t value_of(const struct figure *f)
{
	uint64_t v = 0;
	for (size_t i = 0; i < f->digits && v < UINT64_C(1000000000000000); i++)
		v = v * 10 + (uint64_t)(f->digit[i] - '0');
	return v;
}

static void say_each(const char *digits, size_t n, bool year, struct buf *out)
{
	for (size_t i = 0; i < n; i++)
		buf_text(out, year && digits[i] == '0' ? "〇" : say_digit(digits[i] - '0'));
}

/* 27.50 is 二十七点五: noughts at the end say nothing. */
static void say_decimal(const struct figure *f, struct buf *out)
{
	size_t n = f->parts;
	say_number(value_of(f), out);
	while (n > 0 && f->part[n - 1] == '0')
		n--;
	if (n > 0) {
		buf_text(out, "点");
		say_each(f->part, n, false, out);
	}
}

/* What is counted with 两. 月, 日, 号, 组 and whatever follows 第 are ordinals and take 二. */
static bool counts_liang(const struct reader *r, uint32_t unit, size_t at)
{
	if (one_of(r->last, "第〇一二三四五六七八九十"))
		return false;
	if (starts(r, at, "年级") || starts(r, at, "组"))
		return false;
	return one_of(unit, "个元块人件亩次户条笔项天份张家倍吨斤公米种头只位封页年周小分万亿棵"
			    "株套台盏间座里场批届度");
}

static bool money_like(const struct figure *f)
{
	return f->parts == 2;
}

static int64_t fen_of(const struct figure *f)
{
	uint64_t jiao = f->parts > 0 ? (uint64_t)(f->part[0] - '0') : 0;
	uint64_t fen = f->parts > 1 ? (uint64_t)(f->part[1] - '0') : 0;
	return (int64_t)(value_of(f) * 100 + jiao * 10 + fen);
}

/* --- dates, hours, codes --- */

/* One or two digits. */
static uint64_t small(const char *s)
{
	uint64_t first = (uint64_t)(s[0] - '0');
	return s[1] == 0 ? first : first * 10 + (uint64_t)(s[1] - '0');
}

static void say_date(const char *year, const char *month, const char *day, struct buf *out)
{
	say_each(year, strlen(year), true, out);
	buf_text(out, "年");
	say_number(small(month), out);
	buf_text(out, "月");
	say_number(small(day), out);
	buf_text(out, "日");
}

/* 2026-10-05, 2026/10/5 and 2012.7.5. */
static bool take_date(struct reader *r, size_t at)
{
	char year[DIGITS_MAX + 1], month[DIGITS_MAX + 1], day[DIGITS_MAX + 1];
	size_t end, next;
	if (run_of(r, at, year, DIGITS_MAX, &end) != 4)
		return false;
	uint32_t sign = char_at(r, end, &next);
	if (!one_of(sign, "-/."))
		return false;
	size_t m = run_of(r, next, month, DIGITS_MAX, &end);
	if (m < 1 || m > 2 || char_at(r, end, &next) != sign)
		return false;
	size_t d = run_of(r, next, day, DIGITS_MAX, &end);
	if (d < 1 || d > 2)
		return false;
	say_date(year, month, day, r->out);
	r->at = end;
	return true;
}

/* 8:30 and 08:05. */
static bool take_hour(struct reader *r, size_t at)
{
	char hour[DIGITS_MAX + 1], minute[DIGITS_MAX + 1];
	size_t end, next;
	size_t h = run_of(r, at, hour, DIGITS_MAX, &end);
	uint32_t sign = char_at(r, end, &next);
	if (h < 1 || h > 2 || (sign != ':' && sign != 0xff1a) ||
	    run_of(r, next, minute, DIGITS_MAX, &end) != 2)
		return false;
	int hours = (hour[0] - '0') * (h == 2 ? 10 : 1) + (h == 2 ? hour[1] - '0' : 0);
	int minutes = (minute[0] - '0') * 10 + minute[1] - '0';
	if (hours > 24 || minutes > 59)
		return false;
	if (hours == 2)
		buf_text(r->out, "两");
	else
		say_number((uint64_t)hours, r->out);
	buf_text(r->out, "点");
	if (minutes > 0) {
		if (minutes < 10)
			buf_text(r->out, "零");
		say_number((uint64_t)minutes, r->out);
		buf_text(r->out, "分");
	}
	r->at = end;
	return true;
}

/* Sixteen digits in fours, with blanks or without. */
static bool take_code(struct reader *r, size_t at)
{
	char all[DIGITS_MAX + 1], part[DIGITS_MAX + 1];
	size_t n = 0, end = at, next;
	for (;;) {
		size_t got = run_of(r, end, part, DIGITS_MAX, &next);
		if (got == 0 || n + got > CODE_DIGITS)
			break;
		memcpy(all + n, part, got);
		n += got;
		end = next;
		if (n == CODE_DIGITS)
			break;
		if (got != 4 || !is_blank(char_at(r, end, &next)))
			return false;
		end = next;
	}
	if (n != CODE_DIGITS)
		return false;
	say_digits(all, n, r->out);
	r->at = next = end;
	if (is_digit(behind_blanks(r, &next)))
		buf_text(r->out, "，");
	return true;
}

/* Telephone and case numbers: 0873-3720123, 26-0183. */
static bool take_joined(struct reader *r, size_t at)
{
	char a[DIGITS_MAX + 1], b[DIGITS_MAX + 1];
	size_t end, next;
	if (run_of(r, at, a, DIGITS_MAX, &end) == 0 || char_at(r, end, &next) != '-')
		return false;
	size_t n = run_of(r, next, b, DIGITS_MAX, &end);
	bool code = (n >= 4 && (a[0] == '0' || n > PLAIN_MAX)) || (n >= 2 && b[0] == '0');
	if (!code)
		return false;
	say_digits(a, strlen(a), r->out);
	buf_text(r->out, "，");
	say_digits(b, n, r->out);
	r->at = end;
	return true;
}

/* --- one number --- */

/* What stands before an amount: its sign as words. */
static void say_sign(struct reader *r, int sign, bool amount, bool percent)
{
	if (sign == 0)
		return;
	if (amount)
		buf_text(r->out, sign > 0 ? "收入" : "支出");
	else if (percent)
		buf_text(r->out, sign > 0 ? "增加" : "减少");
	else
		buf_text(r->out, sign > 0 ? "加" : "负");
}

/* 2026 年, and 〔2026〕 in the number of a document. */
static bool is_year(const struct figure *f, uint32_t unit)
{
	return f->digits == 4 && f->parts == 0 && !f->grouped && one_of(unit, "年〕") &&
	       strcmp(f->digit, "1800") >= 0 && strcmp(f->digit, "2199") <= 0;
}

/* 1–10 月, 3~5 亩: gives true and moves behind the sign when a number follows. */
static bool take_range(struct reader *r, const struct figure *f)
{
	size_t next, end = f->end;
	struct figure second;
	uint32_t c = behind_blanks(r, &end);
	if (!one_of(c, "–—~～-－至"))
		return false;
	char_at(r, end, &next);
	behind_blanks(r, &next);
	read_figure(r, next, &second);
	if (second.digits == 0)
		return false;
	size_t behind = second.end;
	uint32_t unit = behind_blanks(r, &behind);
	if (f->digits == 4 && second.digits == 4 && is_year(&second, unit))
		say_each(f->digit, 4, true, r->out);
	else
		say_decimal(f, r->out);
	if (unit == 0x6708) /* 月: 一月到十月 */
		buf_text(r->out, "月");
	buf_text(r->out, "到");
	r->at = next;
	r->last = 0;
	return true;
}

static void say_figure(struct reader *r, const struct figure *f, int sign, bool currency)
{
	size_t behind = f->end;
	uint32_t unit = behind_blanks(r, &behind);
	bool percent = unit == '%' || unit == 0xff05;
	bool yuan = unit == 0x5143 || unit == 0x5757 /* 元 块 */ || currency;
	bool bare =
		unit == 0 || !(one_of(unit, "万亿亩吨斤公米倍岁℃") || percent || unit == 0x33a1);
	bool amount = !percent && (unit != 0x4e07 && unit != 0x4ebf) &&
		      ((yuan && f->parts <= 2) || (bare && !r->wan && money_like(f)));
	r->at = f->end;
	if (is_year(f, unit)) {
		say_each(f->digit, f->digits, true, r->out);
		return;
	}
	/* A number alone that can be a year is one: 2025 on a button. */
	if (f->digits == 4 && f->parts == 0 && !f->grouped && sign == 0 && r->last == 0 &&
	    unit == 0 && !r->wan && strcmp(f->digit, "1949") >= 0 &&
	    strcmp(f->digit, "2099") <= 0) {
		say_each(f->digit, f->digits, true, r->out);
		buf_text(r->out, "年");
		return;
	}
	if (percent) {
		say_sign(r, sign, false, true);
		buf_text(r->out, "百分之");
		say_decimal(f, r->out);
		(void)char_at(r, behind, &r->at);
		return;
	}
	if (amount) {
		say_sign(r, sign, !yuan || currency, false);
		say_fen(fen_of(f), r->out);
		if (yuan && !currency)
			(void)char_at(r, behind, &r->at);
		return;
	}
	say_sign(r, sign, false, false);
	bool code = f->parts == 0 && !f->grouped &&
		    (f->digits > PLAIN_MAX || (f->digits > 1 && f->digit[0] == '0'));
	if (code)
		say_digits(f->digit, f->digits, r->out);
	else if (f->digits == 1 && f->digit[0] == '2' && f->parts == 0 &&
		 counts_liang(r, unit, behind))
		buf_text(r->out, "两");
	else
		say_decimal(f, r->out);
	if (r->wan && !one_of(unit, "年月日号万亿项笔个件次户人组页条"))
		buf_text(r->out, "万元");
}

static void take_number(struct reader *r, size_t at, int sign, bool currency)
{
	struct figure f;
	if (sign == 0 && !currency &&
	    (take_code(r, at) || take_date(r, at) || take_hour(r, at) || take_joined(r, at)))
		return;
	read_figure(r, at, &f);
	if (sign == 0 && take_range(r, &f))
		return;
	size_t end, next, slash = f.end;
	char below[DIGITS_MAX + 1];
	bool split = f.parts == 0 && behind_blanks(r, &slash) == '/';
	char_at(r, slash, &next);
	behind_blanks(r, &next);
	if (split && run_of(r, next, below, 4, &end) > 0) { /* 3/10: 十分之三 */
		struct figure b;
		read_figure(r, next, &b);
		if (r->last == 0x7b2c) { /* 第 3/12 页 */
			size_t unit_at = b.end;
			uint32_t unit = behind_blanks(r, &unit_at);
			say_number(value_of(&f), r->out);
			if (unit == 0x9875) /* 页 */
				buf_text(r->out, "页");
			buf_text(r->out, "，共");
			r->last = 0;
			say_figure(r, &b, 0, false);
			return;
		}
		/* 3/10 is a part; 0/500 and 37/500 are counts. */
		if (value_of(&f) == 0 || value_of(&b) > 100) {
			say_number(value_of(&f), r->out);
			buf_text(r->out, "，共");
			r->last = 0;
			say_figure(r, &b, 0, false);
			return;
		}
		say_number(value_of(&b), r->out);
		buf_text(r->out, "分之");
		say_number(value_of(&f), r->out);
		r->at = b.end;
		return;
	}
	say_figure(r, &f, sign, currency);
}

/* --- texts --- */

static int sign_of(uint32_t c)
{
	return c == '+' || c == 0xff0b ? 1 : c == 0x2212 || c == '-' || c == 0xff0d ? -1 : 0;
}

/* 记-1025-08: a hyphen behind a word is no minus. */
static bool blank_before(const struct reader *r, size_t behind)
{
	size_t at =
		behind > 0 ? behind - 1 : 0; /* the hyphen is one byte, or its first is no blank */
	return at > 0 && (r->s[at - 1] == ' ' || r->s[at - 1] == '\n' || r->s[at - 1] == '(');
}

/* A sign or a currency sign before a number belongs to it. */
static bool take_signed(struct reader *r, uint32_t c, size_t behind)
{
	int sign = sign_of(c);
	bool currency = c == 0xa5 || c == 0xffe5;
	size_t next, at = behind;
	if ((sign == 0 && !currency) ||
	    (sign < 0 && c != 0x2212 && r->last != 0 && !blank_before(r, behind)))
		return false;
	uint32_t then = behind_blanks(r, &at);
	if (sign != 0 && (then == 0xa5 || then == 0xffe5)) {
		currency = true;
		char_at(r, at, &next);
		at = next;
		then = behind_blanks(r, &at);
	}
	if (!is_digit(then))
		return false;
	take_number(r, at, sign, currency);
	r->last = '0';
	return true;
}

static bool latin(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Pauses are a comma or a stop; never two in a row, never at the beginning. */
static void say_pause(struct buf *out, bool stop)
{
	const char *s = buf_str(out);
	size_t n = out->len;
	if (n == 0 || (n >= 3 && strcmp(s + n - 3, "。") == 0))
		return;
	if (n >= 3 && strcmp(s + n - 3, "，") == 0) {
		if (!stop)
			return;
		buf_cut(out, n - 3);
	}
	buf_text(out, stop ? "。" : "，");
}

/* Pǔtōnghuà: a word with accents is another spelling of what stands beside it, and is not said. */
static bool foreign_word(const struct reader *r, const char *here)
{
	size_t at = (size_t)(here - r->s), from = at, next;
	while (from > 0 && r->s[from - 1] != ' ' && (unsigned char)r->s[from - 1] < 0xe0 &&
	       (latin((unsigned char)r->s[from - 1]) || (r->s[from - 1] & 0x80) != 0))
		from--;
	while (from < at && (r->s[from] & 0xc0) == 0x80)
		from++;
	for (uint32_t c = char_at(r, from, &next); latin(c) || (c >= 0xc0 && c < 0x250);
	     c = char_at(r, from, &next)) {
		if (c >= 0xc0)
			return true;
		from = next;
	}
	return false;
}

static void say_char(struct reader *r, uint32_t c, const char *bytes, size_t n)
{
	static const struct {
		uint32_t c;
		const char *words;
	} sign[] = {{0x33a1, "平方米"}, {0x2265, "大于等于"}, {0x2264, "小于等于"}, {0x2103, "度"},
		    {'*', "某"},        {0xd7, "某"},         {0x2192, "到"},       {'+', "加"},
		    {'%', "百分号"},    {'@', "圈"}};
	size_t ahead = r->at;
	if (c == 0xd7 && is_blank((unsigned char)r->s[r->at < r->len ? r->at : 0]) &&
	    is_digit(behind_blanks(r, &ahead))) { /* 6.5 亩 × 160 元 */
		buf_text(r->out, "，乘");
		return;
	}
	for (size_t i = 0; i < sizeof sign / sizeof sign[0]; i++)
		if (c == sign[i].c) {
			/* 刘** is one 某. */
			if (!(r->last == c && (c == '*' || c == 0xd7)))
				buf_text(r->out, sign[i].words);
			return;
		}
	ahead = r->at;
	if (r->last == '0' && one_of(c, "–—~～-－") && is_digit(behind_blanks(r, &ahead))) {
		buf_text(r->out, "到");
	} else if (one_of(c, "。！？!?；;\n")) {
		say_pause(r->out, true);
	} else if (one_of(c, "，、：:,·•・（）()【】[]《》〈〉—–-/|…~～\"“”‘’'「」『』〔〕‹›→") ||
		   c == '.') {
		bool quiet = one_of(c, "\"“”‘’'「」《》『』");
		if (!quiet)
			say_pause(r->out, false);
	} else if (is_blank(c)) {
		size_t next;
		/* Blanks part words in Latin letters only. */
		if (latin(r->last) && latin(char_at(r, r->at, &next)))
			buf_text(r->out, " ");
	} else if (c >= 0x2e80 || (latin(c) && !foreign_word(r, bytes))) {
		buf_add(r->out, bytes, n);
	}
}

static void say_all(const char *text, size_t len, bool wan, struct buf *out)
{
	struct reader r = {.s = text, .len = len, .wan = wan, .out = out};
	while (r.at < len) {
		size_t from = r.at, next;
		uint32_t c = char_at(&r, from, &next);
		if (is_digit(c) && !latin(r.last)) {
			take_number(&r, from, 0, false);
			r.last = '0';
			continue;
		}
		if (take_signed(&r, c, next))
			continue;
		r.at = next;
		if (is_digit(c))
			buf_text(out, say_digit(plain_digit(c) - '0'));
		else
			say_char(&r, c, text + from, next - from);
		if (!is_blank(c))
			r.last = c;
	}
}

void say_text(const char *text, size_t len, struct buf *out)
{
	say_all(text, len, false, out);
}

void say_text_wan(const char *text, size_t len, struct buf *out)
{
	say_all(text, len, true, out);
}
