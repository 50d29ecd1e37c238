#include "app/village/money.h"

#include "app/base/text.h"
#include "app/village/capital.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MONEY_CHARS_MAX = 60 };

/* Full-width digits and signs to plain ones; spaces, separators and currency signs left out. */
static bool simplify(const char *text, size_t len, char out[MONEY_CHARS_MAX + 1])
{
	size_t n = 0;
	for (size_t at = 0; at < len;) {
		uint32_t c = text_next(text, len, &at);
		if (c == '\'' && n == 0)
			continue;
		if (c >= 0xff10 && c <= 0xff19)
			c = c - 0xff10 + '0';
		else if (c == 0xff0e)
			c = '.';
		else if (c == 0x2212 || c == 0xff0d || c == 0x2014)
			c = '-';
		else if (c == 0xff08)
			c = '(';
		else if (c == 0xff09)
			c = ')';
		if (c == ' ' || c == 0x3000 || c == 0xa0 || c == ',' || c == 0xff0c ||
		    c == 0xffe5 || c == 0xa5 || c == '+')
			continue;
		if (c == 0x5143) /* 元 */
			c = 'y';
		else if (c == 0x4e07) /* 万 */
			c = 'w';
		if (c > 0x7e || n == MONEY_CHARS_MAX)
			return false;
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
