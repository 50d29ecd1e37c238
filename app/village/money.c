#include "app/village/money.h"

#include "app/base/text.h"
#include "app/village/capital.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MONEY_CHARS_MAX = 60 };

/* Full-width digits and signs to the plain ones; 元 is y, 万 is w. */
static uint32_t plain(uint32_t c)
{
	if (c >= 0xff10 && c <= 0xff19)
		return c - 0xff10 + '0';
	switch (c) {
	case 0xff0e:
		return '.';
	case 0xff0c:
		return ',';
	case 0x2212:
	case 0xff0d:
	case 0x2014:
		return '-';
	case 0xff0b:
		return '+';
	case 0xff08:
		return '(';
	case 0xff09:
		return ')';
	case 0x3000:
	case 0xa0:
		return ' ';
	case 0xa5:
		return 0xffe5; /* either currency sign */
	case 0x5143:
		return 'y';
	case 0x4e07:
		return 'w';
	default:
		return c;
	}
}

/* What has been read of an amount. */
struct amount {
	bool quoted, sign; /* before the digits */
	bool begun, point, ended;
};

enum step { STEP_KEEP, STEP_DROP, STEP_REFUSE };

static enum step kept(bool good)
{
	return good ? STEP_KEEP : STEP_REFUSE;
}

static enum step dropped(bool good)
{
	return good ? STEP_DROP : STEP_REFUSE;
}

/* Quote, sign and currency stand before the digits, once; nothing parts the digits but commas
 * before the point: 1 2 and 1+2 are two amounts, not twelve. */
static enum step take(struct amount *a, uint32_t c)
{
	bool before = !a->begun && !a->sign;
	if (c >= '0' && c <= '9') {
		a->begun = true;
		return kept(!a->ended);
	}
	switch (c) {
	case ' ':
		a->ended = a->begun && SEEDED_BUG != 81; /* 1 2 is twelve */
		return STEP_DROP;
	case '\'':
		before = before && !a->quoted;
		a->quoted = true;
		return dropped(before);
	case 0xffe5:
		return dropped(!a->begun);
	case '+':
		a->sign = true;
		return dropped(before);
	case '-':
	case '(':
		a->sign = true;
		return kept(before);
	case ',':
		return dropped(a->begun && !a->ended && !a->point);
	case '.':
		before = !a->ended && !a->point;
		a->begun = a->point = true;
		return kept(before);
	case ')':
	case 'w':
	case 'y':
		a->ended = true;
		return kept(a->begun);
	default:
		return STEP_REFUSE;
	}
}

/* An amount in digits without what is written for the eye. */
static bool simplify(const char *text, size_t len, char out[MONEY_CHARS_MAX + 1])
{
	struct amount a = {0};
	size_t n = 0;
	for (size_t at = 0; at < len;) {
		uint32_t c = plain(text_next(text, len, &at));
		enum step s = take(&a, c);
		if (s == STEP_REFUSE || n == MONEY_CHARS_MAX)
			return false;
		if (s == STEP_KEEP)
			out[n++] = (char)c;
	}
	out[n] = 0;
	return n > 0;
}

/* Digits with at most one point, as whole units of 10^-places. ERR_REFUSED when there are more
 * decimals. */
static enum err decimal(const char *s, int places, int64_t *out)
{
	int64_t v = 0;
	int decimals = -1;
	bool any = false;
	for (; *s != 0; s++) {
		if (*s == '.') {
			if (decimals >= 0)
				return ERR_CORRUPT;
			decimals = 0;
			continue;
		}
		if (*s < '0' || *s > '9')
			return ERR_CORRUPT;
		any = true;
		if (decimals >= places) {
			if (*s != '0')
				return ERR_REFUSED;
			continue;
		}
		if (v > INT64_MAX / 100)
			return ERR_FULL;
		v = v * 10 + (*s - '0');
		decimals += decimals >= 0;
	}
	for (int i = decimals < 0 ? 0 : decimals; i < places; i++) {
		if (v > INT64_MAX / 100)
			return ERR_FULL;
		v *= 10;
	}
	*out = v;
	return any ? OK : ERR_CORRUPT;
}

enum err money_parse(const char *text, size_t len, int64_t *fen)
{
	char s[MONEY_CHARS_MAX + 1];
	if (!simplify(text, len, s))
		return capital_parse(text, len, fen);
	size_t n = strlen(s);
	char *from = s;
	bool negative = false;
	if (s[0] == '(' && s[n - 1] == ')') {
		negative = true;
		s[--n] = 0;
		from++;
		n--;
	} else if (s[0] == '-') {
		negative = true;
		from++;
		n--;
	}
	int places = 2;
	if (n > 0 && from[n - 1] == 'y')
		from[--n] = 0;
	if (n > 0 && from[n - 1] == 'w') {
		from[--n] = 0;
		places = 6;
	}
	enum err e = decimal(from, places, fen);
	if (e == OK && *fen > MONEY_FEN_MAX)
		e = ERR_FULL;
	if (e == OK && negative)
		*fen = -*fen;
	return e;
}

/* Whole part with a comma at every third digit. */
static size_t grouped(uint64_t v, char *out)
{
	char digits[24];
	int n = snprintf(digits, sizeof digits, "%" PRIu64, v);
	size_t used = 0;
	for (int i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			out[used++] = ',';
		out[used++] = digits[i];
	}
	out[used] = 0;
	return used;
}

static uint64_t size_of(int64_t fen)
{
	return fen < 0 ? (uint64_t)0 - (uint64_t)fen : (uint64_t)fen;
}

const char *money_exact(int64_t fen, char out[MONEY_TEXT])
{
	uint64_t v = size_of(fen);
	size_t n = 0;
	if (fen < 0)
		n = (size_t)snprintf(out, MONEY_TEXT, "−");
	n += grouped(v / 100, out + n);
	snprintf(out + n, MONEY_TEXT - n, ".%02u", (unsigned)(v % 100));
	return out;
}

const char *money_signed(int64_t fen, char out[MONEY_TEXT])
{
	char plain[MONEY_TEXT];
	money_exact(fen < 0 ? -fen : fen, plain);
	snprintf(out, MONEY_TEXT, "%s%.*s", fen < 0 ? "−" : "+", MONEY_TEXT - 8, plain);
	return out;
}

const char *money_wan(int64_t fen, int decimals, char out[MONEY_TEXT])
{
	uint64_t unit = decimals == 2 ? 10000 : 100000, v = size_of(fen);
	v = (v + unit / 2) / unit;
	uint64_t base = decimals == 2 ? 100 : 10;
	char whole[32];
	grouped(v / base, whole);
	snprintf(out, MONEY_TEXT, "%s%s.%0*u", fen < 0 && v > 0 ? "−" : "", whole,
		 decimals == 2 ? 2 : 1, (unsigned)(v % base));
	return out;
}
