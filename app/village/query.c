#include "app/village/query.h"

#include "app/base/text.h"
#include "app/village/money.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* --- pieces --- */

/* Full-width letters and digits are the half-width ones, large letters the small ones. */
static uint32_t folded(uint32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xff01 - '!';
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static bool is_word(uint32_t c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z');
}

/* A character of a script beyond ASCII; neither punctuation nor a symbol. */
static bool is_character(uint32_t c)
{
	return c >= 0xc0 && c != 0xd7 && c != 0xf7 && !(c >= 0x2000 && c <= 0x2bff) &&
	       !(c >= 0x3000 && c <= 0x3004) && !(c >= 0x3008 && c <= 0x3020) &&
	       !(c >= 0xfe30 && c <= 0xfe6f) && !(c >= 0xff00 && c <= 0xffff);
}

static uint32_t peek(const char *s, size_t len, size_t at, size_t *after)
{
	*after = at;
	return at < len ? folded(text_next(s, len, after)) : 0;
}

/* A comma with three digits behind it and no fourth: the thousands of one number. */
static bool is_thousands(const char *s, size_t len, size_t at)
{
	size_t after;
	if (peek(s, len, at, &after) != ',')
		return false;
	for (int i = 0; i < 3; i++)
		if (!is_digit(peek(s, len, after, &after)))
			return false;
	return !is_word(peek(s, len, after, &after));
}

/* 12,345,678: every group but the first has three digits, so one comma is looked at with what
 * follows it. */
static bool goes_on(const char *s, size_t len, size_t at)
{
	size_t after;
	while (peek(s, len, at, &after) == ',') {
		if (is_thousands(s, len, at))
			return true;
		for (int i = 0; i < 3; i++)
			if (!is_digit(peek(s, len, after, &after)))
				return false;
		at = after;
	}
	return false;
}

static void take_word(const char *s, size_t len, size_t *at, struct query_piece *out)
{
	size_t n = 0, after;
	bool digits = true;
	for (;;) {
		uint32_t c = peek(s, len, *at, &after);
		if (c == ',' && digits && n > 0 && goes_on(s, len, *at)) {
			*at = after;
			continue;
		}
		if (!is_word(c))
			break;
		digits = digits && is_digit(c);
		if (n < QUERY_WORD_MAX)
			out->text[n++] = (char)c;
		*at = after;
	}
	out->text[n] = 0;
	out->end = *at;
}

bool query_piece(const char *s, size_t len, size_t *at, struct query_piece *out)
{
	while (*at < len) {
		size_t after;
		uint32_t c = peek(s, len, *at, &after);
		out->begin = *at;
		out->word = is_word(c);
		if (out->word) {
			take_word(s, len, at, out);
			return true;
		}
		*at = after;
		if (is_character(c)) {
			out->code = c;
			out->end = after;
			out->text[0] = 0;
			return true;
		}
	}
	return false;
}

/* --- reading a question --- */

/* Marks of numbers as they are typed: 4，800 and 4800。5 come from the Chinese keyboard, and a
 * comma may stand anywhere while one is typing. */
static void plain(const char *words, char *out, size_t size)
{
	size_t n = 0, len = strlen(words);
	uint32_t before = 0;
	for (size_t at = 0, after; at < len && n + 5 < size; at = after) {
		size_t next;
		uint32_t c = peek(words, len, at, &after);
		bool inside = is_digit(before) && is_digit(peek(words, len, after, &next));
		before = c;
		if (c == ',' && inside) {
			before = '0';
			continue;
		}
		if (c == 0x3002 && inside)
			c = '.';
		n += text_put(c, out + n);
	}
	out[n] = 0;
}

static struct query_term *term_add(struct query *q, enum query_kind kind, const char *text,
				   size_t len)
{
	if (q->terms == QUERY_TERMS)
		return NULL;
	struct query_term *t = &q->term[q->terms++];
	*t = (struct query_term){.kind = kind};
	text_copy(t->text, sizeof t->text, text, len);
	return t;
}

static bool only_digits(const char *s)
{
	return s[0] != 0 && strspn(s, "0123456789") == strlen(s);
}

static bool is_one_of(const char *s, size_t len, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strlen(*list) == len && memcmp(*list, s, len) == 0)
			return true;
	return false;
}

/* What may stand behind a number says what kind of number it is. True when it was taken. */
static bool take_unit(struct query_term *number, const char *unit, size_t len)
{
	static const char *const yuan[] = {"元", "块", "块钱", "元钱", NULL};
	static const char *const wan[] = {"万", "万元", "万块", NULL};
	char amount[QUERY_WORD_MAX + 24];
	int64_t n = 0;
	if (is_one_of(unit, len, yuan))
		return true;
	if (is_one_of(unit, len, wan)) {
		snprintf(amount, sizeof amount, "%.31s%s%.8s万元", number->text,
			 number->tail[0] == 0 ? "" : ".", number->tail);
		if (money_parse(amount, strlen(amount), &number->fen) != OK)
			return false;
		number->kind = QUERY_AMOUNT;
		if (number->tail[0] == 0)
			snprintf(number->tail, sizeof number->tail, "万");
		return true;
	}
	if (number->kind != QUERY_WORD || !text_number(number->text, strlen(number->text), &n))
		return false;
	bool year = len == 3 && memcmp(unit, "年", 3) == 0 && n >= 1949 && n <= 2199;
	bool month = len == 3 && memcmp(unit, "月", 3) == 0 && n >= 1 && n <= 12;
	if (!year && !month)
		return false;
	number->kind = year ? QUERY_YEAR : QUERY_MONTH;
	number->number = (int)n;
	text_copy(number->tail, sizeof number->tail, unit, len);
	return true;
}

/* ".5" and ".50" behind a number make it an amount to the fen. */
static bool take_decimals(struct query_term *number, const char *s, size_t len, size_t *at)
{
	size_t n = 0, from = *at + 1;
	char amount[QUERY_WORD_MAX + 8];
	if (number == NULL || !only_digits(number->text) || *at + 1 >= len || s[*at] != '.')
		return false;
	while (from + n < len && is_digit((unsigned char)s[from + n]))
		n++;
	if (n == 0 || n > 8)
		return false;
	text_copy(number->tail, sizeof number->tail, s + from, n);
	*at = from + n;
	snprintf(amount, sizeof amount, "%.31s.%.2s", number->text, number->tail);
	if (n <= 2 && money_parse(amount, strlen(amount), &number->fen) == OK)
		number->kind = QUERY_AMOUNT;
	return true;
}

/* Characters that follow one another. */
static size_t run_end(const char *s, size_t len, size_t end)
{
	struct query_piece next;
	size_t at = end;
	while (query_piece(s, len, &at, &next) && !next.word && next.begin == end)
		end = next.end;
	return end;
}

void query_read(const char *words, struct query *out)
{
	char s[512];
	struct query_piece p;
	struct query_term *number = NULL; /* the one just read */
	*out = (struct query){0};
	plain(words, s, sizeof s);
	size_t len = strlen(s);
	for (size_t at = 0; query_piece(s, len, &at, &p);) {
		if (p.word) {
			number = term_add(out, QUERY_WORD, p.text, strlen(p.text));
			if (!take_decimals(number, s, len, &at) && number != NULL &&
			    !only_digits(number->text))
				number = NULL;
			continue;
		}
		at = run_end(s, len, p.end);
		if (number == NULL || !take_unit(number, s + p.begin, at - p.begin))
			term_add(out, QUERY_TEXT, s + p.begin, at - p.begin);
		number = NULL;
	}
	/* Decimals that make no amount (3.125) are a number and a number. */
	for (size_t i = 0, n = out->terms; i < n; i++)
		if (out->term[i].kind == QUERY_WORD && out->term[i].tail[0] != 0) {
			term_add(out, QUERY_WORD, out->term[i].tail, strlen(out->term[i].tail));
			out->term[i].tail[0] = 0;
		}
}

void query_name_add(struct query_term *t, const char *text, const char *place)
{
	if (t->names == QUERY_NAMES || text[0] == 0)
		return;
	for (size_t i = 0; i < t->names; i++)
		if (strcmp(t->name[i].text, text) == 0 && strcmp(t->name[i].place, place) == 0)
			return;
	struct query_name *n = &t->name[t->names++];
	snprintf(n->text, sizeof n->text, "%s", text);
	snprintf(n->place, sizeof n->place, "%s", place);
}

/* --- a row --- */

const char *query_account(const char *account)
{
	const char *code = strchr(account, ':');
	return code == NULL ? account : code + 1;
}

struct query_row query_row(const char *place, const struct record *r)
{
	return (struct query_row){.place = place,
				  .account = r->account,
				  .title = r->title,
				  .party = r->party,
				  .day = r->day,
				  .amount_fen = r->amount_fen};
}

static bool begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* Finds a word from *at on; gives where it stands. */
static bool next_word(const char *s, size_t len, const char *word, size_t *at,
		      struct query_mark *out)
{
	struct query_piece p;
	while (query_piece(s, len, at, &p))
		if (p.word && begins(p.text, word)) {
			*out = (struct query_mark){p.begin, p.end};
			return true;
		}
	return false;
}

static bool next_text(const char *s, size_t len, const char *text, size_t *at,
		      struct query_mark *out)
{
	size_t n = strlen(text);
	const char *found = *at >= len || n == 0 ? NULL : memmem(s + *at, len - *at, text, n);
	if (found == NULL)
		return false;
	*out = (struct query_mark){(size_t)(found - s), (size_t)(found - s) + n};
	*at = out->end;
	return true;
}

/* A part of a question: a word by its beginning, characters as they are. */
static bool next_part(const char *s, const char *part, size_t *at, struct query_mark *out)
{
	size_t len = strlen(s);
	unsigned char first = (unsigned char)part[0];
	return first < 0x80 ? next_word(s, len, part, at, out) : next_text(s, len, part, at, out);
}

static bool said(const struct query_row *row, const char *part)
{
	struct query_mark m;
	size_t title = 0, party = 0;
	return next_part(row->title, part, &title, &m) || next_part(row->party, part, &party, &m);
}

static bool is_amount(const struct query_term *t, int64_t fen)
{
	char yuan[24];
	int64_t size = fen < 0 ? -fen : fen;
	if (t->kind == QUERY_AMOUNT)
		return size == t->fen;
	if (t->kind != QUERY_WORD || size == 0)
		return false;
	snprintf(yuan, sizeof yuan, "%" PRId64, size / 100);
	return begins(yuan, t->text);
}

static bool is_account(const struct query_term *t, const char *account)
{
	return t->kind == QUERY_WORD && begins(query_account(account), t->text);
}

static bool is_inside(const char *place, const char *of)
{
	size_t n = strlen(of);
	return n > 0 && strncmp(place, of, n) == 0 && (place[n] == 0 || place[n] == '.');
}

static bool is_named(const struct query_term *t, const struct query_row *row)
{
	for (size_t i = 0; i < t->names; i++)
		if (is_inside(row->place, t->name[i].place) || said(row, t->name[i].text))
			return true;
	return false;
}

static bool term_match(const struct query_term *t, const struct query_row *row)
{
	if ((t->kind == QUERY_YEAR && row->day / 10000 == t->number) ||
	    (t->kind == QUERY_MONTH && row->day / 100 % 100 == t->number) ||
	    is_amount(t, row->amount_fen) || is_account(t, row->account) || is_named(t, row))
		return true;
	return said(row, t->text) && (t->tail[0] == 0 || said(row, t->tail));
}

bool query_match(const struct query *q, const struct query_row *row)
{
	for (size_t i = 0; i < q->terms; i++)
		if (!term_match(&q->term[i], row))
			return false;
	return q->terms > 0;
}

/* --- marks --- */

/* Marks that touch become one. */
static void mark_add(struct query_mark *out, size_t *count, struct query_mark m)
{
	size_t keep = 0;
	for (size_t i = 0; i < *count; i++) {
		if (m.begin >= out[i].end || out[i].begin >= m.end) {
			out[keep++] = out[i];
			continue;
		}
		m.begin = m.begin < out[i].begin ? m.begin : out[i].begin;
		m.end = m.end > out[i].end ? m.end : out[i].end;
	}
	*count = keep;
	if (keep == QUERY_MARKS)
		return;
	size_t at = keep;
	for (; at > 0 && out[at - 1].begin > m.begin; at--)
		out[at] = out[at - 1];
	out[at] = m;
	(*count)++;
}

static void mark_all(const char *text, const char *part, struct query_mark *out, size_t *count)
{
	struct query_mark m;
	size_t at = 0;
	while (part[0] != 0 && next_part(text, part, &at, &m))
		mark_add(out, count, m);
}

size_t query_marks(const struct query *q, const char *text, struct query_mark out[QUERY_MARKS])
{
	size_t count = 0;
	for (size_t i = 0; i < q->terms; i++) {
		mark_all(text, q->term[i].text, out, &count);
		mark_all(text, q->term[i].tail, out, &count);
		for (size_t n = 0; n < q->term[i].names; n++)
			mark_all(text, q->term[i].name[n].text, out, &count);
	}
	return count;
}

bool query_marks_amount(const struct query *q, int64_t fen)
{
	for (size_t i = 0; i < q->terms; i++)
		if (is_amount(&q->term[i], fen))
			return true;
	return false;
}

bool query_marks_account(const struct query *q, const char *account)
{
	for (size_t i = 0; i < q->terms; i++)
		if (is_account(&q->term[i], account))
			return true;
	return false;
}
