/* search.c - finding rows by two characters, one character, or a number. The function stands in
 * books.h. */
#include "app/store/kiosk/books_impl.h"

#include "app/base/text.h"
#include "app/village/catalogue.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ORDINAL_BITS = 12, QUERY_MAX = 4096, WORDS_CHARS_MAX = 40, CANDIDATES_MAX = 20000 };

_Static_assert(SHEET_ROWS_MAX <= 1 << ORDINAL_BITS, "a row number fits below its sheet's");

int64_t search_rowid(int64_t sheet, uint32_t ordinal)
{
	return sheet << ORDINAL_BITS | ordinal;
}

static bool is_word(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Characters that make pairs: everything written beyond Latin, without punctuation and full-width
 * forms. */
static bool makes_pairs(uint32_t c)
{
	return c >= 0x0f00 && !(c >= 0x2000 && c <= 0x2fff) && !(c >= 0x3000 && c <= 0x303f) &&
	       !(c >= 0xff00 && c <= 0xffef);
}

typedef void emit(struct buf *out, const char *a, size_t a_len, const char *b, size_t b_len);

static void emit_word(struct buf *out, const char *a, size_t a_len, const char *b, size_t b_len)
{
	buf_add(out, a, a_len);
	buf_add(out, b, b_len);
	buf_text(out, " ");
}

static void emit_term(struct buf *out, const char *a, size_t a_len, const char *b, size_t b_len)
{
	buf_text(out, out->len > 0 ? " AND \"" : "\"");
	buf_add(out, a, a_len);
	buf_add(out, b, b_len);
	buf_text(out, "\"");
}

/* Walks a text: pairs of characters, numbers and Latin words whole. `lonely` gets a character that
 * ends a run. */
static void walk(const char *s, emit *pair, emit *lonely, struct buf *out)
{
	size_t len = strlen(s);
	for (size_t at = 0; at < len;) {
		size_t begin = at;
		uint32_t c = text_next(s, len, &at);
		if (is_word(c)) {
			while (at < len && is_word((unsigned char)s[at]))
				at++;
			pair(out, s + begin, at - begin, "", 0);
			continue;
		}
		if (!makes_pairs(c))
			continue;
		size_t after = at;
		if (after < len && makes_pairs(text_next(s, len, &after)))
			pair(out, s + begin, at - begin, s + at, after - at);
		else if (lonely != NULL)
			lonely(out, s + begin, at - begin, "", 0);
	}
}

void search_words(const char *place, int32_t day, const char *title, const char *party,
		  int64_t amount_fen, struct buf *out)
{
	char token[96];
	walk(title, emit_word, emit_word, out);
	walk(party, emit_word, emit_word, out);
	int64_t yuan = (amount_fen < 0 ? -amount_fen : amount_fen);
	snprintf(token, sizeof token, "%" PRId64 " ", yuan / 100);
	buf_text(out, token);
	/* Ids grow by a dot a level: a place is found by itself and by everything above it. */
	for (size_t i = 1; i <= strlen(place); i++)
		if (place[i] == '.' || place[i] == 0) {
			snprintf(token, sizeof token, "p_%.*s ", (int)i, place);
			buf_text(out, token);
		}
	snprintf(token, sizeof token, "y_%d", (int)(day / 10000));
	buf_text(out, token);
}

/* Amounts are asked for as people write them: "4,800" is 4800, "4,800.00" too. */
static void plain_number(const char *words, char *out, size_t size)
{
	size_t n = 0;
	for (const char *p = words; *p != 0 && n + 1 < size; p++) {
		bool between = p > words && p[-1] >= '0' && p[-1] <= '9';
		if (*p == ',' && between)
			continue;
		if (*p == '.' && between && strspn(p + 1, "0123456789") > 0) {
			p += strspn(p + 1, "0123456789");
			continue;
		}
		out[n++] = *p;
	}
	out[n] = 0;
}

static void emit_one(struct buf *out, const char *a, size_t a_len, const char *b, size_t b_len)
{
	(void)b;
	(void)b_len;
	/* A single character: any pair that begins with it, or the end of a run. */
	if (out->len == 0) {
		buf_text(out, "\"");
		buf_add(out, a, a_len);
		buf_text(out, "\"*");
	}
}

void search_query(const char *place, const char *words, struct buf *out)
{
	char plain[512];
	plain_number(words, plain, sizeof plain);
	walk(plain, emit_term, emit_one, out);
	if (out->len > 0) {
		char token[96];
		snprintf(token, sizeof token, "p_%s", place);
		emit_term(out, token, strlen(token), "", 0);
	}
}

/* Every run of the question stands in the row: pairs alone would also match scattered ones. */
static bool row_has(const char *line, size_t len, const char *words)
{
	char plain[512];
	plain_number(words, plain, sizeof plain);
	for (const char *p = plain; *p != 0;) {
		p += strspn(p, " ");
		size_t n = strcspn(p, " ");
		bool number = n > 0 && strspn(p, "0123456789") >= n;
		if (n > 0 && !number && memmem(line, len, p, n) == NULL)
			return false;
		p += n;
	}
	return true;
}

static enum err look_at(struct books *b, int64_t rowid, const char *words, bool *good)
{
	struct db_stmt *q = db_stmt(b->db, BOOKS_RECORD_ONE);
	db_bind_int(q, 1, rowid >> ORDINAL_BITS);
	db_bind_int(q, 2, rowid & ((1 << ORDINAL_BITS) - 1));
	enum err e = db_step(q);
	*good = false;
	if (e != OK)
		return e == ERR_MISSING ? OK : e;
	size_t len;
	const char *line = db_text(q, 0, &len);
	*good = db_int(q, 1) == 1 && row_has(line, len, words);
	db_done(q);
	return OK;
}

enum err books_search(struct books *b, const char *place, const char *words, struct search_hit *hit,
		      size_t *count)
{
	struct buf query;
	size_t room = *count, looked = 0;
	*count = 0;
	buf_init(&query, QUERY_MAX);
	search_query(place, words, &query);
	if (query.len == 0 || buf_end(&query) != OK) {
		buf_free(&query);
		return OK;
	}
	enum err e = db_begin_read(b->db);
	if (e != OK) {
		buf_free(&query);
		return e;
	}
	struct db_stmt *q = db_stmt(b->db, BOOKS_SEARCH);
	db_bind_text(q, 1, buf_str(&query), (int64_t)query.len);
	e = db_step(q);
	while (e == OK && *count < room && looked++ < CANDIDATES_MAX) {
		int64_t rowid = db_int(q, 0);
		bool good;
		e = look_at(b, rowid, words, &good);
		if (e == OK && good)
			hit[(*count)++] = (struct search_hit){
				.sheet = rowid >> ORDINAL_BITS,
				.ordinal = (uint32_t)(rowid & ((1 << ORDINAL_BITS) - 1))};
		if (e == OK && *count < room)
			e = db_step(q);
	}
	db_done(q);
	db_rollback(b->db);
	buf_free(&query);
	return e == ERR_MISSING ? OK : e;
}
