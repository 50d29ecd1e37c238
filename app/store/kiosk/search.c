#include "app/store/kiosk/search.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/store/kiosk/books_impl.h"
#include "app/village/catalogue.h"
#include "app/village/record.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	ORDINAL_BITS = 12,
	WORDS_VERSION = 2, /* of what search_words writes */
	QUERY_MAX = 16384,
	BATCH = 2048, /* numbers taken from the index at a time */
	ROWS_PER_COMMIT = 5000,
	WORDS_MAX = 16384,
	LOOKS_PER_CLOCK = 16
};

_Static_assert(SHEET_ROWS_MAX <= 1 << ORDINAL_BITS, "a row number fits below its sheet's");

struct search {
	struct books *b;
	const struct catalogue *catalogue;
	struct query query;
	struct buf match; /* the question as FTS5 writes it */
	int64_t batch[BATCH], last;
	size_t batched, at;
	bool ended, more;
};

int64_t search_rowid(int64_t sheet, uint32_t ordinal)
{
	return sheet << ORDINAL_BITS | ordinal;
}

/* --- the words of a row ---
 *
 * 6c34-6c9f  two characters that stand together     6c34-  one of them
 * 4800       a word or number; an amount in yuan     4_ 48_ what one and two of it begin
 * _mz.caoba  the place and everything above it       __2026 __m10  year and month */

static void add_word(struct buf *out, const char *word)
{
	size_t len = strlen(word);
	buf_print(out, "%s %c_ ", word, word[0]);
	if (len > 1)
		buf_print(out, "%.2s_ ", word);
}

static void add_text(struct buf *out, const char *text)
{
	struct query_piece p, before = {.word = true};
	size_t len = strlen(text);
	for (size_t at = 0; query_piece(text, len, &at, &p); before = p) {
		if (p.word) {
			add_word(out, p.text);
			continue;
		}
#if SEEDED_BUG != 71 /* single characters are not looked for */
		buf_print(out, "%" PRIx32 "- ", p.code);
#endif
		if (!before.word && before.end == p.begin)
			buf_print(out, "%" PRIx32 "-%" PRIx32 " ", before.code, p.code);
	}
}

void search_words(const char *place, const struct record *r, struct buf *out)
{
	char yuan[24];
	add_text(out, r->title);
	add_text(out, r->party);
	if (r->amount_fen != 0) {
		int64_t fen = r->amount_fen < 0 ? -r->amount_fen : r->amount_fen;
		snprintf(yuan, sizeof yuan, "%" PRId64, fen / 100);
		add_word(out, yuan);
	}
	add_text(out, query_account(r->account));
	/* Ids grow by a dot a level: a place is found by itself and by everything above it. */
	for (size_t i = 1; i <= strlen(place); i++)
		if (place[i] == '.' || place[i] == 0)
			buf_print(out, "_%.*s ", (int)i, place);
	if (r->day != 0)
		buf_print(out, "__%d __m%d", r->day / 10000, r->day / 100 % 100);
}

/* --- a question, in the same words --- */

static void join(struct buf *out, size_t from)
{
	if (out->len > from)
		buf_text(out, " AND ");
}

/* All pieces of a part; its only word, and its words by their beginning. */
static void part_match(struct buf *out, size_t from, const char *part)
{
	struct query_piece p, before = {.word = true};
	size_t len = strlen(part);
	for (size_t at = 0; query_piece(part, len, &at, &p); before = p) {
		bool pair = !p.word && !before.word && before.end == p.begin;
		struct query_piece next;
		size_t ahead = at;
		bool paired =
			query_piece(part, len, &ahead, &next) && !next.word && next.begin == p.end;
		if (!p.word && !pair && paired)
			continue; /* the pair that follows says it */
		join(out, from);
		if (p.word && strlen(p.text) <= 2)
			buf_print(out, "\"%s_\"", p.text);
		else if (p.word)
			buf_print(out, "\"%s\"*", p.text);
		else if (pair)
			buf_print(out, "\"%" PRIx32 "-%" PRIx32 "\"", before.code, p.code);
		else
			buf_print(out, "\"%" PRIx32 "-\"", p.code);
	}
}

static void alternative(struct buf *out, const char *text, const char *tail)
{
	buf_text(out, " OR (");
	size_t from = out->len;
	part_match(out, from, text);
	part_match(out, from, tail);
	/* Nothing to look for: a word no row has. */
	if (out->len == from)
		buf_text(out, "\"__none\"");
	buf_text(out, ")");
}

static void term_match(struct buf *out, const struct query_term *t)
{
	buf_text(out, "(\"__none\"");
	alternative(out, t->text, t->tail);
	if (t->kind == QUERY_AMOUNT)
		buf_print(out, " OR \"%" PRId64 "\"", t->fen / 100);
	if (t->kind == QUERY_YEAR)
		buf_print(out, " OR \"__%d\"", t->number);
	if (t->kind == QUERY_MONTH)
		buf_print(out, " OR \"__m%d\"", t->number);
	for (size_t i = 0; i < t->names; i++) {
		alternative(out, t->name[i].text, "");
		if (t->name[i].place[0] != 0)
			buf_print(out, " OR \"_%s\"", t->name[i].place);
	}
	buf_text(out, ")");
}

static void write_match(const char *place, const struct query *q, struct buf *out)
{
	for (size_t i = 0; i < q->terms; i++) {
		term_match(out, &q->term[i]);
		buf_text(out, " AND ");
	}
	buf_print(out, "\"_%s\"", place);
}

/* --- making the index anew --- */

static bool is_made(struct books *b)
{
	struct db_stmt *q = db_stmt(b->db, BOOKS_META);
	db_bind_text(q, 1, "words", -1);
	bool made = db_step(q) == OK && db_int(q, 0) == WORDS_VERSION;
	db_done(q);
	return made;
}

static enum err add_stored_row(struct books *b, struct db_stmt *row, struct buf *words)
{
	struct record r = {.day = (int32_t)db_int(row, 3), .amount_fen = db_int(row, 4)};
	snprintf(r.account, sizeof r.account, "%s", db_text(row, 5, NULL));
	snprintf(r.title, sizeof r.title, "%s", db_text(row, 6, NULL));
	snprintf(r.party, sizeof r.party, "%s", db_text(row, 7, NULL));
	buf_clear(words);
	search_words(db_text(row, 2, NULL), &r, words);
	struct db_stmt *add = db_stmt(b->db, BOOKS_WORDS_ADD);
	db_bind_int(add, 1, search_rowid(db_int(row, 0), (uint32_t)db_int(row, 1)));
	db_bind_text(add, 2, buf_str(words), (int64_t)words->len);
	return db_run(add);
}

/* One transaction's worth behind (sheet, ordinal), which moves on. ERR_MISSING: that was the last.
 */
static enum err add_stored_rows(struct books *b, int64_t *sheet, int64_t *ordinal,
				struct buf *words)
{
	enum err e = db_begin(b->db);
	if (e != OK)
		return e;
	struct db_stmt *q = db_stmt(b->db, BOOKS_ROWS_AFTER);
	db_bind_int(q, 1, *sheet);
	db_bind_int(q, 2, *ordinal);
	int rows = 0;
	while ((e = db_step(q)) == OK && rows < ROWS_PER_COMMIT) {
		*sheet = db_int(q, 0);
		*ordinal = db_int(q, 1);
		e = add_stored_row(b, q, words);
		if (e != OK)
			break;
		rows++;
	}
	db_done(q);
	if (e != OK && e != ERR_MISSING) {
		db_rollback(b->db);
		return e;
	}
	enum err committed = db_commit(b->db);
	return committed == OK ? e : committed;
}

enum err search_index(struct books *b)
{
	struct buf words;
	int64_t sheet = -1, ordinal = -1;
	if (is_made(b))
		return OK;
	log_info("books: the index of words is being made");
	struct db_stmt *q = db_stmt(b->db, BOOKS_WORDS_DROP);
	enum err e = db_run(q); /* what an interrupted run left */
	buf_init(&words, WORDS_MAX);
	while (e == OK)
		e = add_stored_rows(b, &sheet, &ordinal, &words);
	buf_free(&words);
	if (e != ERR_MISSING)
		return e;
	q = db_stmt(b->db, BOOKS_META_SET);
	db_bind_text(q, 1, "words", -1);
	db_bind_int(q, 2, WORDS_VERSION);
	return db_run(q);
}

/* --- looking --- */

enum err search_begin(struct books *b, const struct catalogue *c, const char *place,
		      const struct query *q, struct search **out)
{
	*out = NULL;
	if (q->terms == 0)
		return ERR_REFUSED;
	if (!is_made(b))
		return ERR_MISSING;
	struct search *s = calloc(1, sizeof *s);
	if (s == NULL)
		return ERR_FULL;
	s->b = b;
	s->catalogue = c;
	s->query = *q;
	s->last = INT64_MAX;
	buf_init(&s->match, QUERY_MAX);
	write_match(place, q, &s->match);
	if (buf_end(&s->match) != OK) {
		search_close(s);
		return ERR_FULL;
	}
	*out = s;
	return OK;
}

void search_close(struct search *s)
{
	if (s == NULL)
		return;
	buf_wipe(&s->match);
	explicit_bzero(&s->query, sizeof s->query);
	free(s);
}

bool search_more(const struct search *s)
{
	return s->more;
}

/* The next numbers from the index, newest first. */
static enum err take_batch(struct search *s)
{
	struct db_stmt *q = db_stmt(s->b->db, BOOKS_SEARCH);
	enum err e = OK;
	db_bind_text(q, 1, buf_str(&s->match), (int64_t)s->match.len);
	db_bind_int(q, 2, s->last);
	s->batched = s->at = 0;
	while (s->batched < BATCH && (e = db_step(q)) == OK)
		s->batch[s->batched++] = s->last = db_int(q, 0);
	db_done(q);
	s->ended = e == ERR_MISSING;
	return e == ERR_MISSING ? OK : e;
}

/* Whether this row is in force and is what was asked for. */
static enum err look_at(struct search *s, int64_t rowid, struct search_hit *hit, bool *good)
{
	struct db_stmt *q = db_stmt(s->b->db, BOOKS_RECORD_ONE);
	*good = false;
	*hit = (struct search_hit){.sheet = rowid >> ORDINAL_BITS,
				   .ordinal = (uint32_t)(rowid & ((1 << ORDINAL_BITS) - 1))};
	db_bind_int(q, 1, hit->sheet);
	db_bind_int(q, 2, hit->ordinal);
	enum err e = db_step(q);
	if (e != OK)
		return e == ERR_MISSING ? OK : e;
	const struct catalogue_template *t = catalogue_find(s->catalogue, db_text(q, 1, NULL));
	if (t != NULL && !t->household) {
		const struct query_row row = {.place = db_text(q, 0, NULL),
					      .account = db_text(q, 5, NULL),
					      .title = db_text(q, 6, NULL),
					      .party = db_text(q, 7, NULL),
					      .day = (int32_t)db_int(q, 3),
					      .amount_fen = db_int(q, 4)};
		*good = query_match(&s->query, &row);
		hit->day = row.day;
		snprintf(hit->place, sizeof hit->place, "%s", row.place);
		snprintf(hit->template_id, sizeof hit->template_id, "%s", t->id);
		snprintf(hit->period, sizeof hit->period, "%s", db_text(q, 2, NULL));
	}
	db_done(q);
	return OK;
}

enum err search_step(struct search *s, int64_t budget_us, struct search_hit *hit, size_t room,
		     size_t *count)
{
	int64_t until = clock_us() + budget_us;
	enum err e = db_begin_read(s->b->db);
	if (e != OK)
		return e;
	bool in_time = true;
	for (unsigned looked = 1; e == OK && in_time && !s->more; looked++) {
		struct search_hit found;
		bool good;
		if (s->at == s->batched) {
			if (s->ended)
				break;
			e = take_batch(s);
			in_time = clock_us() < until;
			continue;
		}
		e = look_at(s, s->batch[s->at], &found, &good);
		if (e != OK)
			break;
		s->at++;
		if (good && *count == room)
			s->more = true;
		else if (good)
			hit[(*count)++] = found;
		in_time = looked % LOOKS_PER_CLOCK != 0 || clock_us() < until;
	}
	db_rollback(s->b->db);
	if (e != OK)
		return e == ERR_MISSING ? ERR_IO : e;
	return s->more || (s->ended && s->at == s->batched) ? OK : ERR_MISSING;
}
