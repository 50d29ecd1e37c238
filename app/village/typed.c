#include "app/village/typed.h"

#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/village/money.h"

#include <string.h>

static bool space(uint32_t c)
{
	return c == ' ' || c == '\n' || c == 0x3000 || c == 0xa0 || c == 0x200b || c == 0xfeff;
}

void typed_trim(const char **text, size_t *len)
{
	size_t from = 0, until = 0;
	if (*len > 0 && (unsigned char)((*text)[0] - '!') < 94 &&
	    (unsigned char)((*text)[*len - 1] - '!') < 94)
		return; /* plain characters at both ends */
	for (size_t at = 0; at < *len;) {
		size_t here = at;
		uint32_t c = text_next(*text, *len, &at);
		if (space(c) && until == 0)
			from = at;
		else if (!space(c) && here >= from)
			until = at;
	}
	*text += from;
	*len = until > from ? until - from : 0;
}

/* A full-width digit or sign as the plain one. */
static uint32_t plain(uint32_t c)
{
	return c >= 0xff01 && c <= 0xff5e ? c - 0xff01 + '!' : c;
}

enum { DATE_CHARS = 24, DAY_FIRST = 19000101, DAY_LAST = 21991231 };

static bool two_digits(const char **p, const char *end, int most)
{
	int v = 0, n = 0;
	for (; *p < end && **p >= '0' && **p <= '9' && n < 2; (*p)++, n++)
		v = v * 10 + (**p - '0');
	return n > 0 && v <= most;
}

/* 13:05, 8:00, 08:00:00, 08:00:00.000 */
static bool is_time(const char *text, size_t len)
{
	const char *p = text, *end = text + len;
	if (!two_digits(&p, end, 23) || p == end || *p++ != ':' || !two_digits(&p, end, 59))
		return false;
	if (p < end && *p == ':') {
		p++;
		if (!two_digits(&p, end, 59))
			return false;
	}
	if (p < end && *p == '.')
		for (p++; p < end && *p >= '0' && *p <= '9'; p++)
			;
	return p == end;
}

/* Digits and . / - stay, 年 and 月 become Y and M, 日 falls off the end. */
static size_t date_shape(const char *text, size_t len, char out[DATE_CHARS + 1], bool *day_word)
{
	size_t n = 0;
	*day_word = false;
	typed_trim(&text, &len);
	if (len > 0 && text[0] == '\'') { /* how spreadsheets mark text */
		text++;
		len--;
	}
	for (size_t at = 0; at < len;) {
		uint32_t c = plain(text_next(text, len, &at));
		if (c == 0x65e5 && !*day_word && (at == len || text[at] == ' ')) {
			*day_word = true;
			continue;
		}
		if ((c == ' ' || c == 'T') && n >= 8 && is_time(text + at, len - at))
			break;
		if (c == 0x5e74)
			c = 'Y';
		else if (c == 0x6708)
			c = 'M';
		if (n == DATE_CHARS || c > 0x7e)
			return 0;
		out[n++] = (char)c;
	}
	out[n] = 0;
	return n;
}

static bool number_at(const char **p, size_t least, size_t most, int *out)
{
	size_t n = 0;
	*out = 0;
	while (n < most && **p >= '0' && **p <= '9') {
		*out = *out * 10 + (**p - '0');
		(*p)++;
		n++;
	}
	return n >= least && !(**p >= '0' && **p <= '9');
}

/* What parts year and month, and what must then part month and day. */
static bool separator(const char **p, char *second)
{
	char c = *(*p)++;
	*second = c == 'Y' ? 'M' : c;
	return c == 'Y' || c == '-' || c == '.' || c == '/';
}

enum {
	SERIAL_2000 = 36526,
	SERIAL_2099 = 73050,
	SERIAL_1904 = 1462,
	SERIAL_FIRST = 61,
	SERIAL_LAST = 2958465
};

enum err typed_serial(int64_t serial, bool since_1904, int32_t *day)
{
	if (serial < 0 || serial > SERIAL_LAST)
		return ERR_CORRUPT;
	serial += since_1904 ? SERIAL_1904 : 0;
	if (serial < SERIAL_FIRST || serial > SERIAL_LAST)
		return ERR_CORRUPT;
	*day = clock_day_add(20000101, (int)(serial - SERIAL_2000));
	return clock_day_valid(*day) ? OK : ERR_CORRUPT;
}

enum err typed_date(const char *text, size_t len, int32_t *day)
{
	char s[DATE_CHARS + 1];
	int y, m, d;
	char sep;
	bool day_word;
	size_t n = date_shape(text, len, s, &day_word);
	if (day_word && strspn(s, "0123456789") == n)
		return ERR_CORRUPT; /* 46323日 */
	if (n == 5 && strspn(s, "0123456789") == 5) {
		int64_t v;
		return text_number(s, 5, &v) && v >= SERIAL_2000 && v <= SERIAL_2099
			       ? typed_serial(v, false, day)
			       : ERR_CORRUPT;
	}
	if (n == 8 && strspn(s, "0123456789") == 8) {
		int64_t v;
		if (!text_number(s, 8, &v))
			return ERR_CORRUPT;
		*day = (int32_t)v;
	} else {
		const char *p = s;
		if (n == 0 || !number_at(&p, 4, 4, &y) || !separator(&p, &sep) ||
		    !number_at(&p, 1, 2, &m) || *p++ != sep || !number_at(&p, 1, 2, &d) || *p != 0)
			return ERR_CORRUPT;
		*day = y * 10000 + m * 100 + d;
	}
	/* 2610 is 2016 with two keys changed over. */
	return *day >= DAY_FIRST && *day <= DAY_LAST && clock_day_valid(*day) ? OK : ERR_REFUSED;
}

int typed_direction(const char *text, size_t len)
{
	static const char *const in[] = {"收", "收入", "收款", "进", "in"};
	static const char *const out[] = {"支", "支出", "付款", "出", "out"};
	typed_trim(&text, &len);
	for (size_t i = 0; i < sizeof in / sizeof in[0]; i++) {
		if (strlen(in[i]) == len && memcmp(in[i], text, len) == 0)
			return 1;
		if (strlen(out[i]) == len && memcmp(out[i], text, len) == 0)
			return -1;
	}
	return 0;
}

/* Either no comma before the point or one at every third digit from the right. */
static bool commas_fit(const char *text, size_t len)
{
	size_t run = 0;
	bool any = false;
	for (size_t at = 0; at < len;) {
		uint32_t c = plain(text_next(text, len, &at));
		if (c == ',') {
			if (run == 0 || run > 3 || (any && run != 3))
				return false;
			any = true;
			run = 0;
		} else if (c >= '0' && c <= '9') {
			run++;
		} else if (c == '.' || run > 0) {
			break;
		}
	}
	return !any || run == 3;
}

enum err typed_amount(const char *text, size_t len, int64_t *fen)
{
	if (!commas_fit(text, len))
		return ERR_CORRUPT;
	return money_parse(text, len, fen);
}

enum err typed_hundredths(const char *text, size_t len, int64_t *out)
{
	typed_trim(&text, &len);
	if (len > 0 && text[len - 1] == '%')
		len--;
	return typed_amount(text, len, out);
}

static bool between_names(uint32_t c)
{
	return c == 0x3001 || c == ',' || c == 0xff0c || c == ';' || c == 0xff1b || c == '/' ||
	       space(c);
}

static void mask_name(const char *name, size_t len, struct buf *out)
{
	size_t first = 0, last = 0, chars = 0;
	for (size_t at = 0; at < len;) {
		last = at;
		text_next(name, len, &at);
		if (chars++ == 0)
			first = at;
	}
	if (chars == 0)
		return;
	if (memchr(name, '*', len) != NULL) {
		buf_add(out, name, len);
		return;
	}
	buf_add(out, name, first);
	buf_text(out, "*");
	if (chars > 2)
		buf_add(out, name + last, len - last);
}

void typed_mask_names(const char *text, size_t len, struct buf *out)
{
	size_t from = 0, before = out->len;
	typed_trim(&text, &len);
	for (size_t at = 0; at <= len;) {
		size_t here = at;
		bool end = at == len || between_names(text_next(text, len, &at));
		if (!end)
			continue;
		if (here > from && out->len > before)
			buf_text(out, "、");
		mask_name(text + from, here - from, out);
		from = at;
		if (here == len)
			break;
	}
}

/* Digits from one place on, with single spaces or dashes between groups. */
enum { DIGITS_MAX = 24, GROUPS_MAX = 8 };
struct digits {
	char d[DIGITS_MAX + 1];
	size_t n;
	size_t group[GROUPS_MAX], groups;
	size_t end;       /* behind the last digit (or X) */
	size_t first_end; /* behind the first group */
};

static size_t gather(const char *text, size_t len, size_t from, struct digits *g)
{
	bool gap = false;
	size_t at = from, run = 0, behind_run = from;
	*g = (struct digits){.end = from};
	while (at < len) {
		uint32_t c = plain(text_next(text, len, &at));
		bool digit = (c >= '0' && c <= '9') || ((c == 'X' || c == 'x') && run > 0);
		if (digit) {
			run++;
			if (gap || g->groups == 0) {
				if (g->groups == GROUPS_MAX)
					break;
				g->groups++;
			}
			gap = false;
			g->group[g->groups - 1]++;
			if (g->n < DIGITS_MAX)
				g->d[g->n++] = c == 'x' ? 'X' : (char)c;
			g->end = at;
			if (g->groups == 1)
				behind_run = at;
			if (c == 'X' || c == 'x')
				break;
		} else if ((c == ' ' || c == '-' || c == 0x3000) && run > 0 && !gap) {
			gap = true;
		} else {
			break;
		}
	}
	g->first_end = behind_run;
	return behind_run;
}

static bool id_holds(const char *d)
{
	static const int weight[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
	static const char check[] = "10X98765432";
	int sum = 0;
	for (int i = 0; i < 17; i++) {
		if (d[i] < '0' || d[i] > '9')
			return false;
		sum += (d[i] - '0') * weight[i];
	}
	return d[17] == check[sum % 11];
}

static bool luhn_holds(const char *d, size_t n)
{
	int sum = 0;
	for (size_t i = 0; i < n; i++) {
		if (d[n - 1 - i] < '0' || d[n - 1 - i] > '9')
			return false;
		int v = d[n - 1 - i] - '0';
		if (i % 2 == 1)
			v = v * 2 > 9 ? v * 2 - 9 : v * 2;
		sum += v;
	}
	return sum % 10 == 0;
}

/* A spreadsheet keeps fifteen digits. */
static bool cut_off(const char *d, size_t n)
{
	return n >= 18 && strspn(d + 15, "0") >= n - 15;
}

/* 5.32503E+17 from here on; gives where it ends, 0 when it is none. */
static size_t rounded_number(const char *text, size_t len, size_t at)
{
	size_t from = at, e = 0;
	while (at < len && ((text[at] >= '0' && text[at] <= '9') || text[at] == '.'))
		at++;
	if (at == from || at + 3 > len || (text[at] != 'E' && text[at] != 'e') ||
	    text[at + 1] != '+')
		return 0;
	for (at += 2; at < len && text[at] >= '0' && text[at] <= '9' && e < 100; at++)
		e = e * 10 + (size_t)(text[at] - '0');
	return e >= 14 && e <= 20 ? at : 0;
}

static enum typed_personal kind_of(const char *d, size_t n)
{
	if (n == 13 && memcmp(d, "86", 2) == 0) {
		d += 2;
		n -= 2;
	}
	if (n == 18 && id_holds(d))
		return PERSONAL_ID;
	if (n == 11 && d[0] == '1' && d[1] >= '3' && d[1] <= '9' && d[10] != 'X')
		return PERSONAL_PHONE;
	if (n >= 16 && n <= 19 && luhn_holds(d, n))
		return PERSONAL_CARD;
	if (n <= 19 && cut_off(d, n))
		return PERSONAL_RUINED;
	return PERSONAL_NONE;
}

/* Groups as people write them: 138 0013 8000, 110101 19900307 1234, 6222 0000 ... */
static bool written_apart(const struct digits *g)
{
	static const size_t phone[] = {3, 4, 4}, id[] = {6, 8, 4};
	if (g->groups == 3)
		return memcmp(g->group, phone, sizeof phone) == 0 ||
		       memcmp(g->group, id, sizeof id) == 0;
	if (g->groups < 4 || g->n < 16)
		return false;
	for (size_t i = 0; i + 1 < g->groups; i++)
		if (g->group[i] != 4)
			return false;
	return true;
}

/* Most cells hold no digit at all, plain or full-width. */
static bool has_digit(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((text[i] >= '0' && text[i] <= '9') || (unsigned char)text[i] == 0xef)
			return true;
	return false;
}

enum typed_personal typed_personal(const char *text, size_t len, size_t *at, size_t *end)
{
	struct digits g;
	if (len < 5 || !has_digit(text, len)) /* 5E+17 is the shortest */
		return PERSONAL_NONE;
	for (size_t i = *at; i < len;) {
		size_t next = i;
		uint32_t c = plain(text_next(text, len, &next));
		if (c < '0' || c > '9') {
			i = next;
			continue;
		}
		size_t rounded = rounded_number(text, len, i);
		if (rounded > 0) {
			*at = i;
			*end = rounded;
			return PERSONAL_RUINED;
		}
		size_t behind = gather(text, len, i, &g);
		enum typed_personal found =
			g.groups > 0 ? kind_of(g.d, g.group[0] < g.n ? g.group[0] : g.n)
				     : PERSONAL_NONE;
		*end = g.first_end;
		if (found == PERSONAL_NONE && written_apart(&g)) {
			found = kind_of(g.d, g.n);
			*end = g.end;
		}
		if (found != PERSONAL_NONE) {
			*at = i;
			return found;
		}
		i = behind > i ? behind : next;
	}
	return PERSONAL_NONE;
}

void typed_hide(const char *text, size_t len, struct buf *out)
{
	size_t done = 0, at = 0, end = 0;
	while (typed_personal(text, len, &at, &end) != PERSONAL_NONE) {
		size_t shown = at, stars = 0;
		text_next(text, len, &shown);
		text_next(text, len, &shown);
		buf_add(out, text + done, shown - done);
		while (shown < end) {
			text_next(text, len, &shown);
			stars++;
		}
		for (; stars > 0; stars--)
			buf_text(out, "*");
		done = at = end;
	}
	buf_add(out, text + done, len - done);
}
