/* books_test.c - every figure that comes out is one that was published; whatever was altered comes
 * out as damage. */
#include "app/store/kiosk/sheet.h"

#include "tests/folder.h"
#include "tests/ground.h"

#include <sqlite3.h>
#include <unistd.h>

enum { MONTHS = 3, ROWS = 40, EDITS = 1000 };

static char folder[64];
static struct books *apply_books;

/* Rows of a month; `bias` changes one amount (a correction). */
static void month_bytes(int month, int64_t bias, struct buf *out)
{
	buf_init(out, SHEET_BYTES_MAX);
	for (int i = 0; i < ROWS; i++)
		buf_print(out,
			  "{\"id\":\"2026%02d%02d-%02d\",\"date\":\"2026-%02d-%02d\",\"account_"
			  "code\":\"%d\","
			  "\"coa_version\":\"2024\",\"direction\":\"%s\",\"amount_fen\":%lld,"
			  "\"payee_payer\":\"李某某\","
			  "\"summary\":\"%s\"}\n",
			  month, i / 2 + 1, i, month, i / 2 + 1, i % 3 ? 514 : 501,
			  i % 3 ? "out" : "in", (long long)(480000 + 100 * i + (i == 5 ? bias : 0)),
			  i == 7 ? "蚂蟥塘清淤" : "修水沟");
}

struct made {
	struct publication p;
	struct buf text, sheet[MONTHS];
};

static void make_publication(struct made *m, uint64_t number, const struct hash *previous,
			     int first, int count, uint32_t version, int64_t bias)
{
	static struct sheet_entry entry[MONTHS];
	memset(entry, 0, sizeof entry);
	*m = (struct made){.p = {.number = number,
				 .day = 20261105,
				 .sheet = entry,
				 .sheet_count = (size_t)count}};
	snprintf(m->p.place, sizeof m->p.place, "mz.caoba.v1");
	snprintf(m->p.issuer, sizeof m->p.issuer, "草坝镇");
	if (previous != NULL)
		m->p.previous = *previous;
	for (int i = 0; i < count; i++) {
		month_bytes(first + i, bias, &m->sheet[i]);
		snprintf(entry[i].template_id, sizeof entry[i].template_id, "ledger");
		snprintf(entry[i].period, sizeof entry[i].period, "2026-%02d", first + i);
		entry[i].part = 1;
		entry[i].version = version;
		snprintf(entry[i].reason, sizeof entry[i].reason, "%s",
			 version > 1 ? "漏记一车" : "");
		assert_int_equal(sheet_measure(m->sheet[i].p, m->sheet[i].len, &entry[i]), OK);
	}
	buf_init(&m->text, PUBLICATION_BYTES_MAX);
	assert_int_equal(
		publication_make(&m->p, &county.publisher, &county.publisher_secret, &m->text), OK);
}

static enum err apply(struct made *m)
{
	struct publication read;
	struct books_apply *a = NULL;
	enum err e = publication_read(m->text.p, m->text.len, county.settings, &read);
	if (e == OK)
		e = books_apply_begin(apply_books, catalogue, &read, m->text.p, m->text.len, &a);
	for (size_t i = 0; i < read.sheet_count && e == OK; i++)
		e = books_apply_sheet(a, i, m->sheet[i].p, m->sheet[i].len);
	if (e == OK)
		e = books_apply_finish(a);
	books_apply_close(a);
	publication_free(&read);
	return e;
}

static void drop(struct made *m)
{
	buf_free(&m->text);
	for (int i = 0; i < MONTHS; i++)
		buf_free(&m->sheet[i]);
}

static int fresh(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/elutong-books-XXXXXX");
	return mkdtemp(folder) == NULL || books_open(folder, BOOKS_APPLY, &apply_books);
}

static int gone(void **state)
{
	(void)state;
	books_close(apply_books);
	return folder_remove(folder);
}

static enum err check_whole(struct books *b, const struct shelf_sheet *s, struct sheet **out)
{
	struct sheet_check *k;
	*out = NULL;
	enum err e = sheet_check_begin(b, catalogue, s, &k);
	if (e != OK)
		return e;
	do
		e = sheet_check_step(k, 200, out);
	while (e == ERR_MISSING);
	sheet_check_close(k);
	return e;
}

/* Every second time in the smallest steps. */
static enum err read_shelf(struct books *b, struct shelf *out)
{
	static unsigned times;
	struct shelf_run *run;
	enum err e;
	if (times++ % 2 == 0)
		return shelf_read(b, county.settings, "mz.caoba.v1", out);
	assert_int_equal(shelf_begin(b, county.settings, "mz.caoba.v1", &run), OK);
	do
		e = shelf_step(run, 0, out);
	while (e == ERR_MISSING);
	shelf_run_close(run);
	return e;
}

static void a_publication_becomes_visible_whole(void **state)
{
	(void)state;
	struct made m;
	struct shelf shelf;
	struct sheet *sheet;
	make_publication(&m, 1, NULL, 8, MONTHS, 1, 0);
	assert_int_equal(shelf_read(apply_books, county.settings, "mz.caoba.v1", &shelf), OK);
	assert_int_equal(shelf.count, 0);
	shelf_free(&shelf);
	assert_int_equal(apply(&m), OK);
	assert_int_equal(apply(&m), ERR_SAME);
	assert_int_equal(shelf_read(apply_books, county.settings, "mz.caoba.v1", &shelf), OK);
	assert_int_equal(shelf.count, MONTHS);
	size_t count, first = shelf_find(&shelf, "ledger", "2026-09", &count);
	assert_int_equal(count, 1);
	assert_int_equal(check_whole(apply_books, &shelf.sheet[first], &sheet), OK);
	assert_int_equal(sheet->rows, ROWS);
	assert_string_equal(sheet->row[7].title, "蚂蟥塘清淤");
	sheet_close(sheet);
	shelf_free(&shelf);
	drop(&m);
}

static void an_interrupted_application_shows_nothing_and_can_be_done_again(void **state)
{
	(void)state;
	struct made m;
	struct publication read;
	struct books_apply *a;
	struct shelf shelf;
	make_publication(&m, 1, NULL, 8, MONTHS, 1, 0);
	assert_int_equal(publication_read(m.text.p, m.text.len, county.settings, &read), OK);
	assert_int_equal(books_apply_begin(apply_books, catalogue, &read, m.text.p, m.text.len, &a),
			 OK);
	assert_int_equal(books_apply_sheet(a, 0, m.sheet[0].p, m.sheet[0].len), OK);
	assert_int_equal(books_apply_sheet(a, 1, m.sheet[0].p, m.sheet[0].len), ERR_CORRUPT);
	/* What was taken before the failure is gone with it: nothing more may be added or shown. */
	assert_int_equal(books_apply_sheet(a, 1, m.sheet[1].p, m.sheet[1].len), ERR_REFUSED);
	assert_int_equal(books_apply_sheet(a, 2, m.sheet[2].p, m.sheet[2].len), ERR_REFUSED);
	assert_int_equal(books_apply_finish(a), ERR_REFUSED);
	books_apply_close(a);
	assert_int_equal(shelf_read(apply_books, county.settings, "mz.caoba.v1", &shelf), OK);
	assert_int_equal(shelf.count, 0);
	shelf_free(&shelf);
	assert_int_equal(apply(&m), OK);
	publication_free(&read);
	drop(&m);
}

static void a_correction_keeps_what_was(void **state)
{
	(void)state;
	struct made one, two;
	struct shelf shelf;
	struct sheet *now, *was;
	make_publication(&one, 1, NULL, 8, MONTHS, 1, 0);
	assert_int_equal(apply(&one), OK);
	make_publication(&two, 2, &one.p.hash, 9, 1, 2, 10000);
	assert_int_equal(apply(&two), OK);
	for (int i = 0; i < 2; i++) { /* at once, and in steps */
		if (i > 0)
			shelf_free(&shelf);
		assert_int_equal(read_shelf(apply_books, &shelf), OK);
		assert_int_equal(shelf.publication, 2);
		assert_string_equal(shelf.issuer, "草坝镇");
		assert_int_equal(shelf.count, MONTHS);
		assert_int_equal(shelf.older_count, 1);
	}
	size_t count, first = shelf_find(&shelf, "ledger", "2026-09", &count);
	assert_int_equal(shelf.sheet[first].entry.version, 2);
	assert_int_equal(shelf.sheet[first].older_count, 1);
	assert_int_equal(check_whole(apply_books, &shelf.sheet[first], &now), OK);
	assert_int_equal(check_whole(apply_books, &shelf.older[shelf.sheet[first].older_at], &was),
			 OK);
	assert_int_equal(now->row[5].amount_fen - was->row[5].amount_fen, 10000);
	sheet_close(now);
	sheet_close(was);
	shelf_free(&shelf);
	drop(&one);
	drop(&two);
}

static void what_the_committee_said_stands_beside_its_publication(void **state)
{
	(void)state;
	struct made one, two, three;
	struct shelf shelf;
	make_publication(&one, 1, NULL, 8, 1, 1, 0);
	make_publication(&two, 2, &one.p.hash, 9, 1, 1, 0);
	snprintf(two.p.supervisor, sizeof two.p.supervisor, "普*珍");
	snprintf(two.p.objection, sizeof two.p.objection, "王*：没有发票");
	buf_clear(&two.text);
	assert_int_equal(
		publication_make(&two.p, &county.publisher, &county.publisher_secret, &two.text),
		OK);
	assert_int_equal(apply(&one), OK);
	assert_int_equal(apply(&two), OK);
	assert_int_equal(shelf_read(apply_books, county.settings, "mz.caoba.v1", &shelf), OK);
	assert_null(shelf_word(&shelf, 1));
	assert_string_equal(shelf_word(&shelf, 2)->supervisor, "普*珍");
	assert_string_equal(shelf_word(&shelf, 2)->objection, "王*：没有发票");
	assert_int_equal(shelf_signed(&shelf, 2)->day, two.p.day);
	assert_string_equal(shelf_signed(&shelf, 2)->approved_by, two.p.approved_by);
	assert_null(shelf_signed(&shelf, 0));
	assert_null(shelf_signed(&shelf, 3));
	/* And still when more came and only that was read. */
	make_publication(&three, 3, &two.p.hash, 10, 1, 1, 0);
	assert_int_equal(apply(&three), OK);
	assert_int_equal(shelf_read_again(apply_books, county.settings, &shelf), OK);
	assert_int_equal(shelf.publication, 3);
	assert_string_equal(shelf_word(&shelf, 2)->objection, "王*：没有发票");
	assert_null(shelf_word(&shelf, 3));
	assert_int_equal(shelf_signed(&shelf, 2)->day, two.p.day);
	assert_int_equal(shelf_signed(&shelf, 3)->day, three.p.day);
	shelf_free(&shelf);
	drop(&one);
	drop(&two);
	drop(&three);
}

static void settings_of_a_stranger_are_refused_and_older_ones_change_nothing(void **state)
{
	(void)state;
	struct buf bytes;
	buf_init(&bytes, SETTINGS_BYTES_MAX);
	assert_int_equal(county_settings(&county, 5, &county.root, &county.root_secret, &bytes),
			 OK);
	assert_int_equal(books_put_settings(apply_books, &county.root, bytes.p, bytes.len), OK);
	assert_int_equal(books_put_settings(apply_books, &county.root, bytes.p, bytes.len),
			 ERR_SAME);
	buf_clear(&bytes);
	assert_int_equal(
		county_settings(&county, 9, &county.town_sign, &county.town_sign_secret, &bytes),
		OK);
	assert_int_equal(books_put_settings(apply_books, &county.root, bytes.p, bytes.len),
			 ERR_REFUSED);
	buf_clear(&bytes);
	assert_int_equal(books_settings(apply_books, &bytes), OK);
	struct settings *s;
	assert_int_equal(settings_read(bytes.p, bytes.len, &county.root, &s), OK);
	assert_int_equal(settings_serial(s), 5);
	settings_close(s);
	buf_free(&bytes);
}

static void a_database_of_a_newer_release_is_refused(void **state)
{
	(void)state;
	sqlite3 *db;
	char path[128];
	struct books *b;
	snprintf(path, sizeof path, "%s/books.db", folder);
	books_close(apply_books);
	apply_books = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(books_open(folder, BOOKS_READ, &b), ERR_REFUSED);
	assert_null(b);
}

/* --- one thousand edits --- */

static unsigned seed = 1;

static unsigned dice(unsigned n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static void edit(sqlite3 *db, char *what, size_t size)
{
	static const char *const column[] = {"day",     "direction", "amount_fen",
					     "account", "title",     "party"};
	unsigned row = dice(ROWS), sheet = 1 + dice(MONTHS), c = dice(6);
	switch (dice(9)) {
	case 0:
	case 1:
		snprintf(what, size, "UPDATE record SET %s = %s WHERE sheet = %u AND ordinal = %u",
			 column[c],
			 c == 1  ? "-direction"
			 : c < 3 ? "amount_fen + 100000"
				 : "'假'",
			 sheet, row);
		break;
	case 2:
		snprintf(what, size,
			 "UPDATE record SET line = replace(line, '\"amount_fen\":4', "
			 "'\"amount_fen\":1') WHERE sheet = %u AND "
			 "ordinal = %u",
			 sheet, row);
		break;
	case 3:
		snprintf(what, size,
			 "UPDATE record SET line = replace(line, '\"amount_fen\":4', "
			 "'\"amount_fen\":1'), amount_fen = amount_fen - "
			 "300000 WHERE sheet = %u AND ordinal = %u",
			 sheet, row);
		break;
	case 4:
		snprintf(what, size, "DELETE FROM record WHERE sheet = %u AND ordinal >= %u", sheet,
			 row);
		break;
	case 5:
		snprintf(what, size, "DELETE FROM record WHERE sheet = %u AND ordinal = %u", sheet,
			 row);
		break;
	case 6:
		snprintf(what, size,
			 "UPDATE sheet SET period = '2026-0%u', version = 7 WHERE id = %u",
			 1 + dice(7), sheet);
		break;
	case 7:
		snprintf(what, size,
			 "UPDATE publication SET bytes = CAST(replace(CAST(bytes AS TEXT), "
			 "'\"rows\":40', "
			 "'\"rows\":39') AS BLOB)");
		break;
	default:
		snprintf(what, size,
			 "UPDATE record SET sheet = %u, ordinal = ordinal + 100 WHERE sheet = %u "
			 "AND ordinal > %u",
			 1 + sheet % MONTHS, sheet, row);
		break;
	}
	sqlite3_exec(db, what, NULL, NULL, NULL);
}

/* Sums of every month as they come out, against those that were published. Gives altered figures
 * drawn. */
static int altered(struct books *b, int *damaged)
{
	struct shelf shelf;
	int wrong = 0;
	if (read_shelf(b, &shelf) != OK) {
		(*damaged)++;
		return 0;
	}
	for (size_t i = 0; i < shelf.count; i++) {
		struct sheet *s;
		struct buf bytes;
		int month = 0;
		if (check_whole(b, &shelf.sheet[i], &s) != OK) {
			(*damaged)++;
			continue;
		}
		sscanf(s->entry.period, "2026-%d", &month);
		month_bytes(month, 0, &bytes);
		size_t at = 0;
		for (size_t k = 0; k < s->rows; k++) {
			struct record r;
			const char *feed = memchr(bytes.p + at, '\n', bytes.len - at);
			size_t len = (size_t)(feed - (const char *)bytes.p) - at;
			assert_int_equal(record_read(catalogue_find(catalogue, "ledger"),
						     (const char *)bytes.p + at, len, &r),
					 OK);
			if (r.amount_fen != s->row[k].amount_fen ||
			    r.direction != s->row[k].direction || r.day != s->row[k].day ||
			    strcmp(r.title, s->row[k].title) != 0)
				wrong++;
			at += len + 1;
		}
		wrong += s->rows != ROWS;
		buf_free(&bytes);
		sheet_close(s);
	}
	if (shelf.count != MONTHS)
		(*damaged)++;
	shelf_free(&shelf);
	return wrong;
}

static void a_thousand_edits_of_the_file_draw_no_altered_figure(void **state)
{
	(void)state;
	struct made m;
	char path[128], copy[160], what[400];
	int wrong = 0, damaged = 0, seen = 0;
	struct buf clean;
	make_publication(&m, 1, NULL, 8, MONTHS, 1, 0);
	assert_int_equal(apply(&m), OK);
	drop(&m);
	books_close(apply_books);
	apply_books = NULL;
	snprintf(path, sizeof path, "%s/books.db", folder);
	buf_init(&clean, 64 << 20);
	assert_int_equal(buf_read_file(&clean, path), OK);
	for (int i = 0; i < EDITS; i++) {
		sqlite3 *db;
		struct books *b;
		int before = damaged;
		snprintf(copy, sizeof copy, "%s-wal", path);
		unlink(copy);
		snprintf(copy, sizeof copy, "%s-shm", path);
		unlink(copy);
		FILE *f = fopen(path, "wb");
		assert_non_null(f);
		if (i % 4 == 3) { /* bytes of the file itself */
			size_t at = dice((unsigned)clean.len);
			clean.p[at] ^= (unsigned char)(1 + dice(255));
			fwrite(clean.p, 1, clean.len, f);
			buf_clear(&clean);
			fclose(f);
		} else {
			fwrite(clean.p, 1, clean.len, f);
			fclose(f);
			assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
			edit(db, what, sizeof what);
			sqlite3_close(db);
		}
		if (books_open(folder, BOOKS_READ, &b) == OK) {
			int now = altered(b, &damaged);
			if (now > 0)
				print_message("edit %d: %s\n", i, what);
			wrong += now;
			books_close(b);
		} else {
			damaged++;
		}
		seen += damaged > before;
		if (i % 4 == 3) { /* make the clean copy again */
			make_publication(&m, 1, NULL, 8, MONTHS, 1, 0);
			unlink(path);
			assert_int_equal(books_open(folder, BOOKS_APPLY, &apply_books), OK);
			assert_int_equal(apply(&m), OK);
			books_close(apply_books);
			apply_books = NULL;
			buf_clear(&clean);
			assert_int_equal(buf_read_file(&clean, path), OK);
			drop(&m);
		}
	}
	printf("# count books.db: %d edits, %d seen as damage, %d altered figures drawn\n", EDITS,
	       seen, wrong);
	assert_int_equal(wrong, 0);
	assert_true(seen > EDITS / 2);
	buf_free(&clean);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_publication_becomes_visible_whole, fresh, gone),
		cmocka_unit_test_setup_teardown(
			an_interrupted_application_shows_nothing_and_can_be_done_again, fresh,
			gone),
		cmocka_unit_test_setup_teardown(a_correction_keeps_what_was, fresh, gone),
		cmocka_unit_test_setup_teardown(
			what_the_committee_said_stands_beside_its_publication, fresh, gone),
		cmocka_unit_test_setup_teardown(
			settings_of_a_stranger_are_refused_and_older_ones_change_nothing, fresh,
			gone),
		cmocka_unit_test_setup_teardown(a_database_of_a_newer_release_is_refused, fresh,
						gone),
		cmocka_unit_test_setup_teardown(a_thousand_edits_of_the_file_draw_no_altered_figure,
						fresh, gone),
	};
	return cmocka_run_group_tests(tests, ground_open, ground_close);
}
