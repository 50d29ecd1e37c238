/* edits_test.c - whoever writes into books.db by hand can hide figures, never change one.
 *
 * A village has three months, the newest corrected by a second publication. The file is edited a
 * thousand times, each time from a clean copy: rows and their lines, the lists of sheets,
 * publications, settings. After each edit everything the pages ask for is compared with what was
 * published; for a sample the pages are drawn and every sum of money on them is looked up among
 * those of the clean pages.
 *
 * A deleted newest publication cannot be seen off the network: the one before is then the newest,
 * and its figures come with its own, older day. They are counted apart and nothing else may come
 * with that day. */
#include "app/kiosk/kiosk.h"
#include "app/kiosk/peers.h"

#include "app/kiosk/screens.h"
#include "tests/county.h"
#include "tests/test.h"

#include <sqlite3.h>
#include <unistd.h>

enum { EDITS = 1000, SAMPLE = 8, ROWS = 24, FIRST = 8, LAST = 10, MONTHS = 3, VERSIONS = 2 };
enum { OLD_DAY = 20261105, NEW_DAY = 20261120, FIGURES = 400, FIGURE = 24 };

static struct {
	struct county county;
	struct catalogue *catalogue;
	char folder[64], path[96];
	struct buf clean, month[MONTHS][VERSIONS];
	struct record truth[MONTHS][VERSIONS][ROWS];
	struct kiosk *kiosk;
	unsigned seed;
} w = {.seed = 1};

/* --- what was published --- */

static void write_month(int month, int version, struct buf *out)
{
	buf_init(out, SHEET_BYTES_MAX);
	for (int i = 0; i < ROWS; i++)
		buf_print(out,
			  "{\"id\":\"2026%02d%02d-%02d\",\"date\":\"2026-%02d-%02d\",\"account_"
			  "code\":"
			  "\"%d\",\"coa_version\":\"2024\",\"direction\":\"%s\",\"amount_fen\":%d,"
			  "\"payee_payer\":\"%s\",\"summary\":\"%s%d\"}\n",
			  month, i / 2 + 1, i, month, i / 2 + 1, i % 3 ? 514 + i % 2 : 501,
			  i % 3 ? "out" : "in",
			  480000 + 10000 * month + 117 * i + (i == 5 ? 4600 * version : 0),
			  i % 2 ? "李某某" : "王某某", i == 7 ? "蚂蟥塘清淤" : "修水沟", i);
}

static void read_month(int at, int version)
{
	const struct buf *b = &w.month[at][version];
	const char *p = (const char *)b->p;
	for (int i = 0; i < ROWS; i++) {
		size_t len = strcspn(p, "\n");
		assert_int_equal(record_read(catalogue_find(w.catalogue, "ledger"), p, len,
					     &w.truth[at][version][i]),
				 OK);
		p += len + 1;
	}
}

static void publish(struct books *b, uint64_t number, int first, int version, int32_t day,
		    struct hash *previous)
{
	struct sheet_entry entry[MONTHS] = {0};
	struct publication p = {.number = number, .day = day, .sheet = entry}, read;
	struct books_apply *a;
	struct buf text;
	snprintf(p.place, sizeof p.place, "mz.caoba.v1");
	snprintf(p.issuer, sizeof p.issuer, "草坝镇");
	p.previous = *previous;
	for (int m = first; m <= LAST; m++) {
		struct sheet_entry *s = &entry[p.sheet_count++];
		const struct buf *bytes = &w.month[m - FIRST][version];
		snprintf(s->template_id, sizeof s->template_id, "ledger");
		snprintf(s->period, sizeof s->period, "2026-%02u", (unsigned)m % 100);
		snprintf(s->reason, sizeof s->reason, "%s", version > 0 ? "漏记一车" : "");
		s->part = 1;
		s->version = (uint32_t)version + 1;
		assert_int_equal(sheet_measure(bytes->p, bytes->len, s), OK);
	}
	buf_init(&text, PUBLICATION_BYTES_MAX);
	assert_int_equal(
		publication_make(&p, &w.county.publisher, &w.county.publisher_secret, &text), OK);
	assert_int_equal(publication_read(text.p, text.len, w.county.settings, &read), OK);
	assert_int_equal(books_apply_begin(b, w.catalogue, &read, text.p, text.len, &a), OK);
	for (size_t i = 0; i < read.sheet_count; i++) {
		const struct buf *bytes = &w.month[first - FIRST + (int)i][version];
		assert_int_equal(books_apply_sheet(a, i, bytes->p, bytes->len), OK);
	}
	assert_int_equal(books_apply_finish(a), OK);
	books_apply_close(a);
	*previous = read.hash;
	publication_free(&read);
	buf_free(&text);
}

/* Clean bytes of the whole file: the log folded back, nobody connected. */
static void keep_clean(void)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(w.path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	buf_init(&w.clean, 64 << 20);
	assert_int_equal(buf_read_file(&w.clean, w.path), OK);
}

static int open_world(void **state)
{
	struct books *b;
	struct hash previous = {0};
	const struct kiosk_options o = {.data = w.folder,
					.assets = "assets",
					.w = 1920,
					.h = 1080,
					.fixed_now = 1795500000};
	(void)state;
	setenv("SDL_VIDEODRIVER", "dummy", 1);
	assert_int_equal(county_open(&w.county), OK);
	assert_int_equal(catalogue_open("assets/catalogue", &w.catalogue), OK);
	snprintf(w.folder, sizeof w.folder, "/tmp/elutong-edits-XXXXXX");
	assert_non_null(mkdtemp(w.folder));
	snprintf(w.path, sizeof w.path, "%s/books.db", w.folder);
	for (int m = 0; m < MONTHS; m++)
		for (int v = 0; v < VERSIONS; v++) {
			write_month(FIRST + m, v, &w.month[m][v]);
			read_month(m, v);
		}
	assert_int_equal(home_provision(w.folder, "mz.caoba.v1", &w.county.root, "", ""), OK);
	assert_int_equal(books_open(w.folder, BOOKS_APPLY, &b), OK);
	assert_int_equal(books_put_settings(b, &w.county.root, w.county.settings_bytes.p,
					    w.county.settings_bytes.len),
			 OK);
	publish(b, 1, FIRST, 0, OLD_DAY, &previous);
	publish(b, 2, LAST, 1, NEW_DAY, &previous);
	books_close(b);
	keep_clean();
	assert_int_equal(kiosk_open(&o, NULL, &w.kiosk), OK);
	return 0;
}

static int close_world(void **state)
{
	char command[128];
	(void)state;
	kiosk_close(w.kiosk);
	catalogue_close(w.catalogue);
	county_close(&w.county);
	buf_free(&w.clean);
	for (int m = 0; m < MONTHS; m++)
		for (int v = 0; v < VERSIONS; v++)
			buf_free(&w.month[m][v]);
	snprintf(command, sizeof command, "rm -rf %s", w.folder);
	return system(command);
}

/* --- edits --- */

static unsigned dice(unsigned n)
{
	w.seed = w.seed * 1664525u + 1013904223u;
	return (w.seed >> 8) % n;
}

static void edit_record(char *what, size_t size)
{
	static const char *const to[] = {
		"direction = -direction",
		"amount_fen = amount_fen + 100000",
		"amount_fen = 0",
		"day = day + 1",
		"account = '2024:501'",
		"title = '假'",
		"party = '张某某'",
		"line = replace(line, '\"amount_fen\":5', '\"amount_fen\":1')",
		"line = replace(line, '\"out\"', '\"in\"'), direction = 1",
		"line = replace(line, '王某某', '张某某'), party = '张某某'",
		"line = replace(line, '\"514\"', '\"515\"'), account = '2024:515'",
		"line = replace(line, '\"amount_fen\":5', '\"amount_fen\":1'), "
		"amount_fen = amount_fen - 400000",
		"ordinal = ordinal + 100",
		"sheet = 1 + sheet % 4, ordinal = ordinal + 100",
	};
	unsigned sheet = 1 + dice(4), row = dice(ROWS);
	if (dice(6) == 0)
		snprintf(what, size, "DELETE FROM record WHERE sheet = %u AND ordinal %s %u", sheet,
			 dice(2) ? ">=" : "=", row);
	else
		snprintf(what, size, "UPDATE record SET %s WHERE sheet = %u AND ordinal %s %u",
			 to[dice(sizeof to / sizeof to[0])], sheet, dice(3) ? "=" : ">=", row);
}

static void edit_list(char *what, size_t size)
{
	static const char *const to[] = {
		"UPDATE sheet SET newest = 1 - newest",
		"UPDATE sheet SET newest = 1 WHERE version = 1",
		"UPDATE sheet SET newest = 0 WHERE version = 2",
		"UPDATE sheet SET period = '2026-09' WHERE id = 4",
		"UPDATE sheet SET version = 9 WHERE id = 4",
		"UPDATE sheet SET version = 3 - version WHERE version = 2",
		"UPDATE sheet SET place = 'mz.caoba.v2' WHERE id = 2",
		"UPDATE sheet SET number = 1",
		"UPDATE sheet SET part = 2 WHERE id = 3",
		"DELETE FROM sheet WHERE id = 4",
		"DELETE FROM sheet WHERE version = 1",
		"UPDATE sheet SET id = id + 10",
		"UPDATE sheet SET version = 7 WHERE id = 4; UPDATE sheet SET version = 2 WHERE id "
		"= 3; "
		"UPDATE sheet SET version = 1 WHERE id = 4",
		"UPDATE sheet SET period = '2025-01' WHERE id = 1; UPDATE sheet SET period = "
		"'2026-08' "
		"WHERE id = 2; UPDATE sheet SET period = '2026-09' WHERE id = 1",
	};
	snprintf(what, size, "%s", to[dice(sizeof to / sizeof to[0])]);
}

static void edit_signed(char *what, size_t size)
{
	static const char *const to[] = {
		"DELETE FROM publication WHERE number = 2",
		"DELETE FROM publication WHERE number = 1",
		"DELETE FROM publication",
		"UPDATE publication SET visible = 0 WHERE number = 2",
		"UPDATE publication SET visible = 0",
		"UPDATE publication SET number = 3 - number WHERE number = 2",
		"UPDATE publication SET number = 3 WHERE number = 2",
		"UPDATE publication SET place = 'mz.caoba.v2' WHERE number = 2",
		"UPDATE publication SET bytes = (SELECT bytes FROM publication WHERE number = 1) "
		"WHERE "
		"number = 2",
		"UPDATE publication SET bytes = CAST(replace(CAST(bytes AS TEXT), '2026-10', "
		"'2026-09') AS BLOB) WHERE number = 2",
		"UPDATE publication SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"rows\":24', "
		"'\"rows\":23') AS BLOB)",
		"UPDATE publication SET bytes = CAST(replace(CAST(bytes AS TEXT), '20261120', "
		"'20261121') AS BLOB)",
		"UPDATE publication SET bytes = substr(bytes, 1, length(bytes) - 9) WHERE number = "
		"2",
		"DELETE FROM settings",
		"UPDATE settings SET serial = 99",
		"UPDATE settings SET bytes = x'00'",
		"UPDATE settings SET bytes = CAST(replace(CAST(bytes AS TEXT), '一村', '三村') AS "
		"BLOB)",
		"UPDATE settings SET bytes = (SELECT bytes FROM publication WHERE number = 1)",
		"UPDATE meta SET value = 0",
		"DELETE FROM publication WHERE number = 2; DELETE FROM sheet WHERE version = 2; "
		"UPDATE "
		"sheet SET newest = 1",
	};
	snprintf(what, size, "%s", to[dice(sizeof to / sizeof to[0])]);
}

/* SQLite knows a file by its inode: nobody may hold it open while it is written past SQLite. */
static void let_go(void)
{
	struct kiosk *k = w.kiosk;
	accounts_close(k->accounts);
	roll_close(k->roll);
	fresh_close(k->fresh);
	margin_close(k->margin);
	settings_close(k->settings);
	peers_close(k->peers);
	books_close(k->books);
	k->accounts = NULL;
	k->roll = NULL;
	k->fresh = NULL;
	k->margin = NULL;
	k->peers = NULL;
	k->settings = NULL;
	k->books = NULL;
}

/* The clean file again, then one edit. */
static void damage(char *what, size_t size)
{
	char beside[112];
	sqlite3 *db;
	let_go();
	snprintf(beside, sizeof beside, "%s-wal", w.path);
	unlink(beside);
	snprintf(beside, sizeof beside, "%s-shm", w.path);
	unlink(beside);
	FILE *f = fopen(w.path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(w.clean.p, 1, w.clean.len, f), w.clean.len);
	fclose(f);
	what[0] = 0;
	if (size == 0)
		return;
	switch (dice(5)) {
	case 0:
		edit_list(what, size);
		break;
	case 1:
		edit_signed(what, size);
		break;
	default:
		edit_record(what, size);
		break;
	}
	assert_int_equal(sqlite3_open(w.path, &db), SQLITE_OK);
	sqlite3_exec(db, what, NULL, NULL, NULL);
	sqlite3_close(db);
}

/* --- what the pages ask for --- */

static bool same_row(const struct record *r, const struct record *t)
{
	return r->amount_fen == t->amount_fen && r->direction == t->direction && r->day == t->day &&
	       strcmp(r->id, t->id) == 0 && strcmp(r->account, t->account) == 0 &&
	       strcmp(r->party, t->party) == 0 && strcmp(r->title, t->title) == 0 &&
	       strcmp(r->group, t->group) == 0 && r->line_len == t->line_len &&
	       memcmp(r->line, t->line, r->line_len) == 0;
}

static void true_sum(int at, int version, int64_t *in, int64_t *out)
{
	for (int i = 0; i < ROWS; i++)
		*(w.truth[at][version][i].direction > 0 ? in : out) +=
			w.truth[at][version][i].amount_fen;
}

/* Rows of a month as they come, against version `v`; gives those that differ. */
static int wrong_rows(struct accounts *a, int month, int v)
{
	int wrong = 0;
	uint32_t rows = accounts_rows(a, 202600 + month, 0);
	for (uint32_t i = 0; i < rows; i++) {
		struct accounts_row row;
		struct accounts_was was;
		if (!accounts_row(a, 202600 + month, 0, i, &row))
			continue;
		int at = ROWS - 1 - (int)i;
		const struct record *t = &w.truth[month - FIRST][v][at < 0 ? 0 : at];
		wrong += at < 0 || !same_row(row.record, t);
		if (accounts_was(a, &row, &was))
			wrong += v == 0 || was.until != NEW_DAY ||
				 was.amount_fen != w.truth[month - FIRST][0][at].amount_fen;
	}
	return wrong;
}

static void settle(struct accounts *a)
{
	struct accounts_sum sum;
	struct accounts_row row;
	for (int m = FIRST; m <= LAST; m++) {
		accounts_month(a, 202600 + m, &sum);
		(void)accounts_row(a, 202600 + m, 0, 0, &row);
	}
	while (accounts_waiting(a))
		accounts_work(a, 5000);
}

struct tally {
	int wrong, held, older;
};

static void compare(struct accounts *a, struct tally *t)
{
	const struct shelf *shelf = accounts_shelf(a);
	struct accounts_sum sum;
	int64_t in_all = 0, out_all = 0;
	bool whole = true, old = shelf->publication == 1;
	if (old && shelf->day != OLD_DAY)
		t->wrong++;
	t->older += old;
	settle(a);
	for (int m = FIRST; m <= LAST; m++) {
		int v = m == LAST && !old ? 1 : 0;
		int64_t in = 0, out = 0;
		accounts_month(a, 202600 + m, &sum);
		if (sum.state == ACCOUNTS_READY)
			true_sum(m - FIRST, v, &in, &out);
		else
			whole = false;
		t->wrong += sum.in_fen != in || sum.out_fen != out;
		t->wrong += wrong_rows(a, m, v);
		in_all += in;
		out_all += out;
	}
	accounts_months(a, 202600 + FIRST, 202600 + LAST, &sum);
	t->wrong += sum.in_fen != in_all || sum.out_fen != out_all;
	t->wrong += whole != (sum.state == ACCOUNTS_READY);
	t->held += whole;
}

/* Opens books and settings as the kiosk does. False when there is nothing to show. */
static bool turn_to(struct books **b, struct settings **s, struct accounts **a)
{
	struct buf bytes;
	*b = NULL;
	*s = NULL;
	*a = NULL;
	buf_init(&bytes, SETTINGS_BYTES_MAX);
	enum err e = books_open(w.folder, BOOKS_READ, b);
	if (e == OK)
		e = books_settings(*b, &bytes);
	if (e == OK)
		e = settings_read(bytes.p, bytes.len, &w.county.root, s);
	if (e == OK)
		e = accounts_open(*b, w.catalogue, *s, a);
	buf_free(&bytes);
	if (e == OK)
		accounts_select(*a, "mz.caoba.v1");
	return e == OK;
}

/* --- what is on the glass --- */

struct figures {
	int count;
	char text[FIGURES][FIGURE];
};

/* 4,800.00 with its sign, wherever it stands in a text. */
static void collect(const char *text, size_t len, struct figures *f)
{
	for (size_t at = 0, n; at < len; at += n + 1) {
		for (n = 0; at + n < len && strchr("0123456789,.+-", text[at + n]) != NULL;)
			n++;
		if (n < 4 || n >= FIGURE || text[at + n - 3] != '.' || f->count == FIGURES)
			continue;
		memcpy(f->text[f->count], text + at, n);
		f->text[f->count++][n] = 0;
	}
}

static void draw(enum screen_id screen, int month, struct figures *f)
{
	struct kiosk *k = w.kiosk;
	k->at = screen;
	k->month = 202600 + month;
	k->year = 2026;
	k->now = k->o.fixed_now;
	for (int round = 0; round < 3; round++) {
		kiosk_frame(k);
		while (k->accounts != NULL && accounts_waiting(k->accounts))
			accounts_work(k->accounts, 5000);
	}
	kiosk_frame(k);
	const struct ui_list *l = &k->ui.list;
	for (size_t i = 0; i < l->count; i++)
		if (l->cmd[i].kind == UI_DRAW_TEXT)
			collect(ui_list_str(l, l->cmd[i].text_at), l->cmd[i].text_len, f);
}

/* Every ledger page, with the books as they lie there now. */
static void draw_all(struct figures *f)
{
	struct kiosk *k = w.kiosk;
	f->count = 0;
	let_go();
	(void)turn_to(&k->books, &k->settings, &k->accounts);
	for (int m = FIRST; m <= LAST; m++)
		draw(SCREEN_LEDGER, m, f);
}

static bool among(const char *figure, const struct figures *clean)
{
	for (int i = 0; i < clean->count; i++)
		if (strcmp(clean->text[i], figure) == 0)
			return true;
	return false;
}

static int strangers(const struct figures *drawn, const struct figures *clean)
{
	int n = 0;
	for (int i = 0; i < drawn->count; i++)
		n += !among(drawn->text[i], clean);
	return n;
}

static void delete_newest(void)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(w.path, &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(db, "DELETE FROM publication WHERE number = 2", NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
}

static bool on_the_glass(const char *words)
{
	const struct ui_list *l = &w.kiosk->ui.list;
	for (size_t i = 0; i < l->count; i++)
		if (l->cmd[i].kind == UI_DRAW_TEXT &&
		    memmem(ui_list_str(l, l->cmd[i].text_at), l->cmd[i].text_len, words,
			   strlen(words)) != NULL)
			return true;
	return false;
}

/* --- promises --- */

static void a_thousand_edits_give_the_pages_no_altered_figure(void **state)
{
	(void)state;
	struct tally t = {0};
	static struct figures clean, before, drawn;
	int figures = 0, sampled = 0;
	char what[400];
	damage(what, 0);
	draw_all(&clean);
	delete_newest();
	draw_all(&before);
	assert_true(clean.count >= MONTHS * 7 && before.count >= MONTHS * 7);
	for (int i = 0; i < EDITS; i++) {
		struct books *b;
		struct settings *s;
		struct accounts *a;
		int wrong = t.wrong, older = t.older;
		damage(what, sizeof what);
		if (turn_to(&b, &s, &a))
			compare(a, &t);
		accounts_close(a);
		settings_close(s);
		books_close(b);
		if (i % SAMPLE == 0) {
			draw_all(&drawn);
			t.wrong += strangers(&drawn, t.older > older ? &before : &clean);
			figures += drawn.count;
			sampled++;
		}
		if (t.wrong > wrong)
			print_message("edit %d: %s\n", i, what);
	}
	printf("# count books.db through the pages: %d edits, %d left every month whole, %d showed "
	       "the "
	       "publication before under its own day, %d altered figures; %d drawn, %d figures on "
	       "them\n",
	       EDITS, t.held, t.older, t.wrong, sampled, figures);
	assert_int_equal(t.wrong, 0);
	assert_true(t.held < EDITS / 2);
}

static void without_the_newest_publication_the_page_says_the_older_day(void **state)
{
	(void)state;
	static struct figures before;
	char what[400];
	damage(what, 0);
	draw_all(&before);
	draw(SCREEN_HOME, LAST, &before);
	assert_true(on_the_glass("内容更新到 11 月 20 日"));
	delete_newest();
	draw_all(&before);
	draw(SCREEN_HOME, LAST, &before);
	assert_true(on_the_glass("内容更新到 11 月 5 日"));
	assert_int_equal(accounts_shelf(w.kiosk->accounts)->publication, 1);
	assert_int_equal(accounts_shelf(w.kiosk->accounts)->day, OLD_DAY);
	assert_true(before.count > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_thousand_edits_give_the_pages_no_altered_figure),
		cmocka_unit_test(without_the_newest_publication_the_page_says_the_older_day),
	};
	return cmocka_run_group_tests(tests, open_world, close_world);
}
