#include "app/intake/xls_rest.h"

#include "app/base/text.h"

#include <string.h>

enum {
	RECORD_FORMULA = 0x0006,
	RECORD_END = 0x000a,
	RECORD_CODEPAGE = 0x0042,
	RECORD_SHEET = 0x0085,
	RECORD_MERGED = 0x00e5,
	RECORD_STRING = 0x0207,
	RECORD_BEGIN = 0x0809
};

struct record {
	size_t at, next; /* of it and of the one behind */
	unsigned type;
	const unsigned char *body;
	size_t len;
};

static unsigned number2(const unsigned char *p)
{
	return p[0] | (unsigned)p[1] << 8;
}

static bool record_at(const struct buf *s, size_t at, struct record *r)
{
	if (at + 4 > s->len)
		return false;
	*r = (struct record){.at = at, .type = number2(s->p + at), .body = s->p + at + 4};
	r->len = number2(s->p + at + 2);
	r->next = at + 4 + r->len;
	return r->next <= s->len;
}

/* Record of the list of sheets; false when there are not so many. */
static bool sheet_entry(const struct buf *s, size_t sheet, struct record *r)
{
	for (size_t at = 0; record_at(s, at, r) && r->type != RECORD_END; at = r->next)
		if (r->type == RECORD_SHEET && r->len >= 6 && sheet-- == 0)
			return true;
	return false;
}

bool xls_charset_known(const struct buf *stream)
{
	static const unsigned known[] = {1200, 936, 950, 1252};
	struct record r;
	for (size_t at = 0; record_at(stream, at, &r) && r.type != RECORD_END; at = r.next) {
		if (r.type != RECORD_CODEPAGE || r.len < 2)
			continue;
		bool found = false;
		for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
			found = found || number2(r.body) == known[i];
		if (!found)
			return false;
	}
	return true;
}

bool xls_sheet_hidden(const struct buf *stream, size_t sheet)
{
	struct record r;
	return sheet_entry(stream, sheet, &r) && (r.body[4] & 3) != 0;
}

/* The words a formula came to, in the record behind it; in UTF-16 or its lower halves. */
static enum sheet_fault put_words(const struct buf *s, const struct record *formula, struct grid *g)
{
	struct record r;
	struct buf text;
	if (!record_at(s, formula->next, &r) || r.type != RECORD_STRING || r.len < 3)
		return SHEET_FINE;
	size_t count = number2(r.body), each = (r.body[2] & 1u) == 0 ? 1 : 2;
	if (count * each > r.len - 3)
		return SHEET_FINE;
	buf_init(&text, (size_t)CSV_CELL_MAX * 4);
	for (size_t i = 0; i < count; i++) {
		char utf8[4];
		const unsigned char *p = r.body + 3 + i * each;
		uint32_t c = each == 2 ? number2(p) : p[0];
		if (c < 0xd800 || c > 0xdfff)
			buf_add(&text, utf8, text_put(c, utf8));
	}
	enum sheet_fault f = grid_put(g, number2(formula->body), number2(formula->body + 2),
				      buf_str(&text), text.len, true);
	buf_free(&text);
	return f;
}

static enum sheet_fault put_formula(const struct buf *s, const struct record *r, struct grid *g)
{
	size_t row = number2(r->body), column = number2(r->body + 2);
	const unsigned char *value = r->body + 6;
	double v;
	if (number2(value + 6) != 0xffff) {
		memcpy(&v, value, sizeof v);
		return v > -1e300 && v < 1e300 ? grid_put_number(g, row, column, v) : SHEET_FINE;
	}
	switch (value[0]) {
	case 0:
		return put_words(s, r, g);
	case 1:
		return value[2] != 0 ? grid_put(g, row, column, "TRUE", 4, true)
				     : grid_put(g, row, column, "FALSE", 5, true);
	case 2: /* which mistake it is helps nobody */
		return grid_put(g, row, column, "#VALUE!", 7, false);
	default:
		return SHEET_FINE;
	}
}

static enum sheet_fault put_areas(const struct record *r, struct grid *g)
{
	for (size_t at = 2; at + 8 <= r->len; at += 8) {
		const unsigned char *p = r->body + at;
		enum sheet_fault f = grid_merge(g, number2(p), number2(p + 2), number2(p + 4));
		if (f != SHEET_FINE)
			return f;
	}
	return SHEET_FINE;
}

/* Charts stand as sheets within the sheet. */
enum sheet_fault xls_rest(const struct buf *stream, size_t sheet, struct grid *g)
{
	struct record r;
	int depth = 0;
	if (!sheet_entry(stream, sheet, &r))
		return SHEET_FINE;
	size_t at = number2(r.body) | (size_t)number2(r.body + 2) << 16;
	for (; record_at(stream, at, &r); at = r.next) {
		enum sheet_fault f = SHEET_FINE;
		depth += r.type == RECORD_BEGIN;
		if (r.type == RECORD_END && --depth <= 0)
			break;
		if (depth == 1 && r.type == RECORD_FORMULA && r.len >= 14)
			f = put_formula(stream, &r, g);
		else if (depth == 1 && r.type == RECORD_MERGED)
			f = put_areas(&r, g);
		if (f != SHEET_FINE)
			return f;
	}
	return SHEET_FINE;
}
