/* search_test.c - what stands in a published row is found, and nothing is said to be missing that
 * is there: the index against a plain reading of the rows. */
#include "app/store/kiosk/search.h"

#include "tests/folder.h"
#include "tests/ground.h"
#include "tests/published.h"

#include <sqlite3.h>
#include <unistd.h>

enum { SHEETS = 12, ROWS = 60, QUESTIONS = 4000, ROOM = 2000 };

static char folder[64];
static struct books *books;
static unsigned seed;

static unsigned dice(unsigned n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static struct published to;
static struct published_row published[SHEETS * ROWS];
static size_t rows;

static int fresh(void **state)
{
	(void)state;
	rows = 0;
	seed = 7;
	snprintf(folder, sizeof folder, "/tmp/elutong-search-XXXXXX");
	if (mkdtemp(folder) == NULL || books_open(folder, BOOKS_APPLY, &books) != OK)
		return -1;
	to = (struct published){.books = books, .catalogue = catalogue, .county = &county};
	return 0;
}

static int gone(void **state)
{
	(void)state;
	books_close(books);
	return folder_remove(folder);
}

static size_t found(const char *place, const struct query *q, struct search_hit *hit, bool *more)
{
	struct search *s;
	size_t count = 0;
	enum err e = search_begin(books, catalogue, place, q, &s);
	if (e == ERR_REFUSED)
		return 0;
	assert_int_equal(e, OK);
	do
		e = search_step(s, 50, hit, ROOM, &count);
	while (e == ERR_MISSING);
	assert_int_equal(e, OK);
	if (more != NULL)
		*more = search_more(s);
	search_close(s);
	return count;
}

static size_t found_words(const char *place, const char *words)
{
	static struct search_hit hit[ROOM];
	struct query q;
	query_read(words, &q);
	return found(place, &q, hit, NULL);
}

/* --- random rows, random questions --- */

static const char *const alphabet[] = {
	"水", "沟", "蚂", "蟥", "塘", "清", "淤", "元", "万",  "年", "月", "村", "租", "金",
	"修", "路", "，", "（", "）", " ",  "·",  "1",  "2",   "48", "0",  "a",  "B",  "ｃ",
	"７", "𠮷", "བ",  "ོ",   "་",  "ꀀ", "😀",  "é",  "4,8", "00", "。", "-",  "：", "3.5",
};
enum { ALPHABET = sizeof alphabet / sizeof alphabet[0] };

static void random_text(char *out, size_t size, unsigned most)
{
	out[0] = 0;
	for (unsigned i = dice(most); i > 0; i--) {
		const char *one = alphabet[dice(ALPHABET)];
		if (strlen(out) + strlen(one) < size)
			strcat(out, one); /* bounded above */
	}
}

static void publish_random(void)
{
	static const char *const places[] = {"mz.caoba.v1", "mz.caoba.v1.g1", "mz.caoba.v2"};
	for (int s = 0; s < SHEETS; s++) {
		char period[16];
		int month = s / 3 + 1;
		const char *place = places[s % 3];
		for (uint32_t i = 0; i < ROWS; i++) {
			struct published_row *r = &published[rows++];
			*r = (struct published_row){.fen = (int64_t)dice(600000) + 1,
						    .day = 20260000 + month * 100 + 1 +
							   (int)dice(28),
						    .sheet = s + 1,
						    .ordinal = i};
			if (dice(4) == 0)
				r->fen = 480000;
			snprintf(r->place, sizeof r->place, "%s", place);
			snprintf(r->account, sizeof r->account, "%u", dice(2) ? 514 : 501);
			random_text(r->title, 150, 14);
			strcat(r->title, "账"); /* never empty */
			random_text(r->party, 100, 6);
		}
		snprintf(period, sizeof period, "2026-%02d", month);
		published_ledger(&to, place, period, 1, &published[rows - ROWS], ROWS);
	}
}

/* The rows are read one by one and compared, without any index. */
static bool wanted(const struct published_row *r, const char *place, const struct query *q)
{
	char account[16];
	size_t n = strlen(place);
	snprintf(account, sizeof account, "2024:%s", r->account);
	const struct query_row row = {.place = r->place,
				      .account = account,
				      .title = r->title,
				      .party = r->party,
				      .day = r->day,
				      .amount_fen = r->fen};
	return strncmp(r->place, place, n) == 0 && (r->place[n] == 0 || r->place[n] == '.') &&
	       query_match(q, &row);
}

static void a_random_question(char *out, size_t size)
{
	const struct published_row *r = &published[dice((unsigned)rows)];
	char yuan[24];
	out[0] = 0;
	for (unsigned parts = 1 + dice(2); parts > 0; parts--) {
		const char *from = dice(3) == 0 && r->party[0] != 0 ? r->party : r->title;
		size_t len = strlen(from), at = dice((unsigned)len), end;
		while (at > 0 && ((unsigned char)from[at] & 0xc0) == 0x80)
			at--;
		end = at + 1 + dice(12);
		end = end > len ? len : end;
		while (end < len && ((unsigned char)from[end] & 0xc0) == 0x80)
			end++;
		snprintf(yuan, sizeof yuan, dice(2) ? "%lld.%02lld" : "%lld",
			 (long long)r->fen / 100, (long long)r->fen % 100);
		size_t used = strlen(out);
		switch (dice(6)) {
		case 0:
			snprintf(out + used, size - used, "%s ", yuan);
			break;
		case 1:
			snprintf(out + used, size - used, "%s ", r->account);
			break;
		case 2:
			random_text(out + used, size - used, 4);
			break;
		case 3:
			snprintf(out + used, size - used, "%d月 ", r->day / 100 % 100);
			break;
		default:
			snprintf(out + used, size - used, "%.*s ", (int)(end - at), from + at);
			break;
		}
	}
}

static void the_index_finds_what_a_plain_reading_finds_and_nothing_else(void **state)
{
	(void)state;
	static const char *const places[] = {"mz.caoba.v1", "mz.caoba.v1.g1", "mz.caoba.v2",
					     "mz.caoba", "mz"};
	static struct search_hit hit[ROOM];
	size_t asked = 0, answered = 0;
	publish_random();
	for (int i = 0; i < QUESTIONS; i++) {
		char words[400];
		struct query q;
		const char *place = places[dice(5)];
		a_random_question(words, sizeof words);
		query_read(words, &q);
		if (q.terms > 0 && dice(8) == 0)
			query_name_add(&q.term[0], "水沟", dice(2) ? "mz.caoba.v1.g1" : "");
		if (q.terms == 0)
			continue;
		size_t count = found(place, &q, hit, NULL), plain = 0, at = 0;
		for (size_t r = 0; r < rows; r++)
			plain += wanted(&published[r], place, &q);
		if (count != plain)
			print_message("\"%s\" in %s: %zu found, %zu there\n", words, place, count,
				      plain);
		assert_int_equal(count, plain);
		/* The same rows, newest sheet first and each sheet from its end. */
		for (size_t r = 0; r < rows; r++) {
			size_t back = (SHEETS - 1 - r / ROWS) * ROWS + (ROWS - 1 - r % ROWS);
			const struct published_row *p = &published[back];
			if (!wanted(p, place, &q))
				continue;
			assert_int_equal(hit[at].sheet, p->sheet);
			assert_int_equal(hit[at].ordinal, p->ordinal);
			assert_int_equal(hit[at].day, p->day);
			assert_string_equal(hit[at].place, p->place);
			at++;
		}
		asked++;
		answered += count > 0;
	}
	assert_true(answered * 2 > asked);
	print_message("# count %zu questions, %zu with an answer\n", asked, answered);
}

/* Whatever stands in a title is found by any of its characters that stand together. */
static void every_row_is_found_by_its_own_characters(void **state)
{
	(void)state;
	static struct search_hit hit[ROOM];
	publish_random();
	for (size_t r = 0; r < rows; r++) {
		const struct published_row *p = &published[r];
		char words[16];
		size_t len = strlen(p->title), at = dice((unsigned)len);
		struct query q;
		bool there = false;
		while (at > 0 && ((unsigned char)p->title[at] & 0xf0) != 0xe0)
			at--;
		snprintf(words, sizeof words, "%.3s", p->title + at);
		if (at + 6 <= len && ((unsigned char)p->title[at + 3] & 0xf0) == 0xe0 && dice(2))
			snprintf(words, sizeof words, "%.6s", p->title + at);
		if (strspn(words, "水沟蚂蟥塘清淤村租金修路账") != strlen(words))
			continue;
		query_read(words, &q);
		for (size_t n = found(p->place, &q, hit, NULL); n > 0; n--)
			there = there ||
				(hit[n - 1].sheet == p->sheet && hit[n - 1].ordinal == p->ordinal);
		if (!there)
			print_message("\"%s\" of \"%s\"\n", words, p->title);
		assert_true(there);
	}
}

/* --- what people type --- */

static const struct published_row few[] = {
	{.title = "租挖掘机清理灌溉沟 2 天",
	 .party = "个体户 陈某某",
	 .account = "514",
	 .fen = 480000,
	 .day = 20261024},
	{.title = "蚂蟥塘清淤",
	 .party = "李某某",
	 .account = "514",
	 .fen = 480750,
	 .day = 20261003},
	{.title = "奖补４,８００元",
	 .party = "草坝镇财政所",
	 .account = "503",
	 .fen = 4800,
	 .day = 20261002},
	{.title = "LED 路灯 13 盏", .party = "", .account = "515", .fen = 1280000, .day = 20261001},
};

static void a_row_is_found_by_what_people_type(void **state)
{
	(void)state;
	static const struct {
		const char *place, *words;
		size_t hits;
	} ask[] = {
		{"mz.caoba.v1", "蚂蟥", 1},
		{"mz.caoba", "蟥塘", 1},
		{"mz.caoba.v1", "蟥", 1},
		{"mz.caoba.v1", "淤", 1},
		{"mz.caoba.v2", "蚂蟥", 0},
		{"mz.caoba.v1", "蚂塘", 0},
		{"mz.caoba.v1", "清淤 李某", 1},
		{"mz.caoba.v1", "清淤 陈某", 0},
		/* 4800.00, 4807.50 no, 奖补４,８００元 by its words */
		{"mz.caoba.v1", "4800", 2},
		{"mz.caoba.v1", "4,800", 2},
		{"mz.caoba.v1", "４８００", 2},
		{"mz.caoba.v1", "4，800 元", 2},
		{"mz.caoba.v1", "4800.00", 1},
		{"mz.caoba.v1", "4,807.5", 1},
		{"mz.caoba.v1", "4807。50", 1},
		{"mz.caoba.v1", "0.48万元", 1},
		{"mz.caoba.v1", "1.28万", 1},
		{"mz.caoba.v1", "1.3万", 0},
		/* 48.00, 4,800.00, 4,807.50 */
		{"mz.caoba.v1", "48 元", 3},
		{"mz.caoba.v1", "48元", 3},
		{"mz.caoba.v1", "48.00", 1},
		/* accounts: 514 twice, 503, 515 */
		{"mz.caoba.v1", "514", 2},
		{"mz.caoba.v1", "5", 4},
		{"mz.caoba.v1", "51", 3},
		{"mz.caoba.v1", "led", 1},
		{"mz.caoba.v1", "Le", 1},
		{"mz.caoba.v1", "ed", 0},
		{"mz.caoba.v1", "13", 1},
		{"mz.caoba.v1", "3", 0},
		{"mz.caoba.v1", "2026年", 4},
		{"mz.caoba.v1", "2026年10月 清", 2},
		{"mz.caoba.v1", "9月", 0},
		{"mz.caoba.v1", "2025年", 0},
		{"mz.caoba.v1", "", 0},
		{"mz.caoba.v1", "，。（", 0},
		{"mz.caoba.v1", "\" OR *", 0},
		{"mz.caoba.v1", "caoba", 0},
	};
	published_ledger(&to, "mz.caoba.v1", "2026-10", 1, few, 4);
	for (size_t i = 0; i < sizeof ask / sizeof ask[0]; i++) {
		size_t hits = found_words(ask[i].place, ask[i].words);
		if (hits != ask[i].hits)
			print_message("%s: %zu\n", ask[i].words, hits);
		assert_int_equal(hits, ask[i].hits);
	}
}

static void what_a_correction_replaced_is_not_found(void **state)
{
	(void)state;
	struct published_row now[2] = {few[0], few[1]};
	published_ledger(&to, "mz.caoba.v1", "2026-10", 1, few, 2);
	snprintf(now[1].title, sizeof now[1].title, "修水沟");
	published_ledger(&to, "mz.caoba.v1", "2026-10", 2, now, 2);
	assert_int_equal(found_words("mz.caoba.v1", "蚂蟥"), 0);
	assert_int_equal(found_words("mz.caoba.v1", "水沟"), 1);
	assert_int_equal(found_words("mz.caoba.v1", "挖掘机"), 1);
}

static void what_neighbours_got_is_not_listed_by_their_names(void **state)
{
	(void)state;
	const struct catalogue_template *t = catalogue_find(catalogue, "subsidy");
	const char *value[CATALOGUE_FIELDS_MAX] = {NULL};
	struct sheet_entry entry = {.part = 1, .version = 1};
	struct buf bytes;
	snprintf(entry.template_id, sizeof entry.template_id, "subsidy");
	snprintf(entry.period, sizeof entry.period, "2026Q3");
	buf_init(&bytes, SHEET_BYTES_MAX);
	published_set(t, value, "recipient", "蚂*蟥");
	published_set(t, value, "programme", "dibao");
	published_set(t, value, "amount_fen", "480000");
	published_set(t, value, "status", "paid");
	assert_int_equal(record_make(t, "1", value, &bytes), OK);
	buf_text(&bytes, "\n");
	published_sheet(&to, "mz.caoba.v1.g1", &entry, &bytes);
	buf_free(&bytes);
	assert_int_equal(found_words("mz.caoba", "蚂"), 0);
	assert_int_equal(found_words("mz.caoba", "4800"), 0);
}

static void a_name_finds_the_rows_of_its_place(void **state)
{
	(void)state;
	static struct search_hit hit[ROOM];
	struct query q;
	published_ledger(&to, "mz.caoba.v1", "2026-10", 1, few, 4);
	published_ledger(&to, "mz.caoba.v2", "2026-10", 1, few, 3);
	query_read("sfec", &q);
	assert_int_equal(found("mz.caoba", &q, hit, NULL), 0);
	query_name_add(&q.term[0], "示范二村", "mz.caoba.v2");
	assert_int_equal(found("mz.caoba", &q, hit, NULL), 3);
	query_read("示范二村 清淤", &q);
	query_name_add(&q.term[0], "示范二村", "mz.caoba.v2");
	assert_int_equal(found("mz.caoba", &q, hit, NULL), 1);
}

static void a_full_room_says_that_there_are_more(void **state)
{
	(void)state;
	struct search_hit hit[3];
	struct search *s;
	struct query q;
	size_t count = 0;
	published_ledger(&to, "mz.caoba.v1", "2026-10", 1, few, 4);
	query_read("2026年", &q);
	assert_int_equal(search_begin(books, catalogue, "mz.caoba", &q, &s), OK);
	assert_int_equal(search_step(s, 100000, hit, 3, &count), OK);
	assert_int_equal(count, 3);
	assert_true(search_more(s));
	search_close(s);
	count = 0;
	query_read("清", &q);
	assert_int_equal(search_begin(books, catalogue, "mz.caoba", &q, &s), OK);
	assert_int_equal(search_step(s, 100000, hit, 2, &count), OK);
	assert_int_equal(count, 2);
	assert_false(search_more(s));
	search_close(s);
}

/* Until it is made again the kiosk says that it cannot look, never that nothing is there. */
static void an_older_index_is_made_anew_by_the_courier(void **state)
{
	(void)state;
	char path[128];
	struct search *s;
	struct query q;
	struct books *reader;
	sqlite3 *db;
	publish_random();
	size_t before = found_words("mz.caoba", "水沟"), one = found_words("mz.caoba", "蟥");
	assert_true(before > 0 && one > 0);
	books_close(books);
	books = NULL;
	snprintf(path, sizeof path, "%s/books.db", folder);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(db,
			     "DELETE FROM meta WHERE name = 'words';"
			     "INSERT INTO search (search) VALUES ('delete-all');"
			     "INSERT INTO search (rowid, words) VALUES (4097, '6c34-6c9f')",
			     NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
	query_read("水沟", &q);
	assert_int_equal(books_open(folder, BOOKS_READ, &reader), OK);
	assert_int_equal(search_begin(reader, catalogue, "mz.caoba", &q, &s), ERR_MISSING);
	books_close(reader);
	assert_int_equal(books_open(folder, BOOKS_APPLY, &books), OK);
	assert_int_equal(found_words("mz.caoba", "水沟"), before);
	assert_int_equal(found_words("mz.caoba", "蟥"), one);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_index_finds_what_a_plain_reading_finds_and_nothing_else, fresh, gone),
		cmocka_unit_test_setup_teardown(every_row_is_found_by_its_own_characters, fresh,
						gone),
		cmocka_unit_test_setup_teardown(a_row_is_found_by_what_people_type, fresh, gone),
		cmocka_unit_test_setup_teardown(what_a_correction_replaced_is_not_found, fresh,
						gone),
		cmocka_unit_test_setup_teardown(what_neighbours_got_is_not_listed_by_their_names,
						fresh, gone),
		cmocka_unit_test_setup_teardown(a_name_finds_the_rows_of_its_place, fresh, gone),
		cmocka_unit_test_setup_teardown(a_full_room_says_that_there_are_more, fresh, gone),
		cmocka_unit_test_setup_teardown(an_older_index_is_made_anew_by_the_courier, fresh,
						gone),
	};
	return cmocka_run_group_tests(tests, ground_open, ground_close);
}
