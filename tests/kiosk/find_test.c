/* find_test.c - what is found comes out of checked sheets only, in one order, and is looked for
 * again whenever the books have moved. */
#include "app/kiosk/find.h"
#include "app/kiosk/names.h"

#include "tests/kiosk/public.h"

#include <time.h>

enum { BUDGET_US = 300, ROWS = 27, SLICE_MS = 5, MANY = 2000 };

static struct public_kiosk kiosk;
static struct find *find;

static int fresh(void **state)
{
	(void)state;
	return public_open(&kiosk) ||
	       find_open(kiosk.books, kiosk.catalogue, kiosk.county.settings, &find);
}

static int gone(void **state)
{
	(void)state;
	find_close(find);
	return public_close(&kiosk);
}

/* Row i of a month is day i + 1. */
static void month(const char *place, int number, uint32_t version, const char *title)
{
	struct published_row r[ROWS];
	char period[16];
	memset(r, 0, sizeof r);
	for (int i = 0; i < ROWS; i++) {
		snprintf(r[i].title, sizeof r[i].title, "%s", i % 3 == 0 ? title : "电费");
		snprintf(r[i].account, sizeof r[i].account, "514");
		r[i].fen = 480000 + i;
		r[i].day = 20260000 + number * 100 + i + 1;
	}
	snprintf(period, sizeof period, "2026-%02d", number);
	published_ledger(&kiosk.to, place, period, version, r, ROWS);
}

static void ask(const char *place, const char *words)
{
	struct query q;
	query_read(words, &q);
	find_ask(find, place, &q);
}

static void settle(void)
{
	for (int i = 0; find_waiting(find); i++) {
		assert_true(i < 100000);
		find_work(find, BUDGET_US);
	}
}

static void rows_come_out_checked_and_newest_first(void **state)
{
	(void)state;
	int32_t before = INT32_MAX;
	bool waited = false;
	month("mz.caoba.v1", 9, 1, "修水沟");
	month("mz.caoba.v1.g1", 10, 1, "挖水沟");
	month("mz.caoba.v1", 8, 1, "清水沟"); /* published last, but older */
	ask("mz.caoba.v1", "水沟");
	while (find_waiting(find)) {
		struct find_row row;
		find_work(find, 0);
		for (size_t i = 0; find_row(find, i, &row); i++)
			waited = waited || row.record == NULL;
	}
	assert_true(waited); /* named first, shown when its sheet was checked */
	assert_int_equal(find_state(find), FIND_DONE);
	assert_int_equal(find_count(find), ROWS);
	assert_false(find_more(find));
	for (size_t i = 0; i < ROWS; i++) {
		struct find_row row;
		assert_true(find_row(find, i, &row));
		assert_non_null(row.record);
		assert_non_null(strstr(row.record->title, "水沟"));
		assert_true(row.record->day < before);
		before = row.record->day;
		assert_string_equal(row.template->id, "ledger");
		assert_string_equal(row.place, i < ROWS / 3 ? "mz.caoba.v1.g1" : "mz.caoba.v1");
		assert_string_equal(row.sheet->entry.period, i < ROWS / 3       ? "2026-10"
							     : i < 2 * ROWS / 3 ? "2026-09"
										: "2026-08");
	}
	ask("mz.caoba.v2", "水沟");
	settle();
	assert_int_equal(find_state(find), FIND_DONE);
	assert_int_equal(find_count(find), 0);
}

static void no_row_of_a_damaged_sheet_comes_out(void **state)
{
	(void)state;
	static const char *const harm[] = {
		/* a row that was not asked for: the whole sheet does not hold */
		"UPDATE record SET amount_fen = amount_fen + 100 WHERE sheet = 1 AND ordinal = 1",
		"UPDATE record SET line = replace(line, '480003', '380003') WHERE sheet = 1",
		"UPDATE record SET title = '租水沟' WHERE sheet = 1 AND ordinal = 1",
		"DELETE FROM record WHERE sheet = 1 AND ordinal > 20",
		"UPDATE sheet SET period = '2026-01' WHERE id = 1",
		"UPDATE publication SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"rows\":27', "
		"'\"rows\":26') AS BLOB) WHERE place = 'mz.caoba.v1'",
		/* of another place, which has no such sheet */
		"UPDATE sheet SET place = 'mz.caoba.v2', part = 7 WHERE id = 1",
	};
	for (size_t i = 0; i < sizeof harm / sizeof harm[0]; i++) {
		struct find_row row;
		if (i > 0) {
			gone(NULL);
			fresh(NULL);
		}
		month("mz.caoba.v1", 9, 1, "修水沟");
		month("mz.caoba.v2", 9, 1, "挖水沟");
		public_edit(&kiosk, harm[i]);
		ask("mz.caoba", "水沟");
		settle();
		assert_int_equal(find_state(find), FIND_DONE);
		assert_true(find_damaged(find) > 0);
		assert_int_equal(find_count(find), ROWS / 3);
		for (size_t n = 0; find_row(find, n, &row); n++)
			assert_string_equal(row.record->title, "挖水沟");
		assert_false(find_row(find, ROWS / 3, &row));
	}
}

static void what_was_found_is_looked_for_again_when_the_books_have_moved(void **state)
{
	(void)state;
	struct find_row row;
	month("mz.caoba.v1", 9, 1, "修水沟");
	ask("mz.caoba.v1", "水沟");
	settle();
	assert_int_equal(find_count(find), ROWS / 3);
	month("mz.caoba.v1", 9, 2, "修石坎");
	assert_int_equal(find_state(find), FIND_LOOKING);
	assert_true(find_waiting(find));
	settle();
	assert_int_equal(find_count(find), 0);
	ask("mz.caoba.v1", "石坎");
	settle();
	assert_int_equal(find_count(find), ROWS / 3);
	public_edit(&kiosk, "UPDATE record SET amount_fen = 1 WHERE sheet = 2 AND ordinal = 1");
	settle();
	assert_int_equal(find_count(find), 0);
	assert_int_equal(find_damaged(find), ROWS / 3);
	assert_false(find_row(find, 0, &row));
}

static void more_than_are_listed_are_said_to_be_there(void **state)
{
	(void)state;
	for (int i = 1; i <= 8; i++)
		month("mz.caoba.v1", i, 1, "修水沟");
	ask("mz.caoba.v1", "2026年");
	settle();
	assert_int_equal(find_count(find), SEARCH_HITS_MAX);
	assert_true(find_more(find));
	ask("mz.caoba.v1", "，");
	assert_int_equal(find_state(find), FIND_IDLE);
	assert_int_equal(find_count(find), 0);
}

/* Nothing asked yet: the newest sheets are checked ahead, and then there is nothing more to do. */
static void waiting_for_the_first_key_ends(void **state)
{
	(void)state;
	for (int i = 1; i <= 12; i++)
		month("mz.caoba.v1", i, 1, "修水沟");
	ask("mz.caoba.v1", "");
	assert_true(find_waiting(find));
	settle();
	assert_int_equal(find_state(find), FIND_IDLE);
	ask("mz.caoba.v9", "");
	settle();
	assert_false(find_waiting(find));
}

/* Steps of a place with many publications and of full sheets stay short, in time of the processor:
 * other work of the machine counts for nothing. What the sanitizers add may stretch single ones. */
static void a_step_is_short(void **state)
{
	(void)state;
	static struct published_row r[MANY];
	int steps = 0, slow = 0;
	for (int i = 0; i < MANY; i++) {
		snprintf(r[i].title, sizeof r[i].title, i % 100 == 0 ? "修水沟" : "电费");
		snprintf(r[i].account, sizeof r[i].account, "514");
		r[i].fen = 480000 + i;
		r[i].day = 20260101;
	}
	for (int i = 0; i < 24; i++) {
		char period[16];
		snprintf(period, sizeof period, "%04d-01", 2000 + i);
		published_ledger(&kiosk.to, "mz.caoba.v1", period, 1, r, i < 12 ? 5 : MANY);
	}
	ask("mz.caoba.v1", "水沟");
	for (; find_waiting(find); steps++) {
		clock_t from = clock();
		find_work(find, 2000);
		slow += clock() - from > SLICE_MS * (CLOCKS_PER_SEC / 1000);
	}
	assert_int_equal(find_count(find), SEARCH_HITS_MAX);
	print_message("# count %d steps, %d longer than %d ms\n", steps, slow, SLICE_MS);
	assert_true(steps > 5 && slow * 10 <= steps);
}

static bool letters_give(const struct names *n, const char *letters, const char *text,
			 const char *place)
{
	const struct name *found[QUERY_NAMES];
	for (size_t i = names_by_letters(n, letters, found); i > 0; i--)
		if (strcmp(found[i - 1]->text, text) == 0 &&
		    strcmp(found[i - 1]->place, place) == 0)
			return true;
	return false;
}

static void first_letters_give_places_and_programmes(void **state)
{
	(void)state;
	static const char *const words[] = {"低保", "重阳节", NULL};
	const struct name *found[QUERY_NAMES];
	struct ui_pinyin *pinyin;
	struct names *n;
	assert_int_equal(ui_pinyin_open(kiosk.folder, NULL, 0, &pinyin), UI_OK);
	assert_int_equal(names_open(kiosk.county.settings, kiosk.catalogue, "mz.caoba.v1", words,
				    pinyin, &n),
			 OK);
	assert_true(letters_give(n, "sfec", "示范二村", "mz.caoba.v2"));
	assert_true(letters_give(n, "sfe", "示范二村", "mz.caoba.v2"));
	assert_true(letters_give(n, "yz", "一组", "mz.caoba.v1.g1"));
	assert_true(letters_give(n, "db", "低保", ""));
	assert_true(letters_give(n, "cyj", "重阳节", ""));
	assert_true(letters_give(n, "zyj", "重阳节", ""));
	assert_true(letters_give(n, "zdbck", "征地补偿款", ""));
	assert_true(letters_give(n, "szmx", "收支明细", ""));
	assert_int_equal(names_by_letters(n, "s", found), 0);
	assert_int_equal(names_by_letters(n, "", found), 0);
	assert_int_equal(names_by_letters(n, "4800", found), 0);
	assert_int_equal(names_by_letters(n, "sfecx", found), 0);
	assert_int_equal(names_by_text(n, "示范二村", found), 1);
	assert_int_equal(names_by_text(n, "示范二", found), 1);
	assert_string_equal(found[0]->place, "mz.caoba.v2");
	assert_int_equal(names_by_text(n, "低保", found), 0);
	names_close(n);
	ui_pinyin_close(pinyin);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(rows_come_out_checked_and_newest_first, fresh,
						gone),
		cmocka_unit_test_setup_teardown(no_row_of_a_damaged_sheet_comes_out, fresh, gone),
		cmocka_unit_test_setup_teardown(
			what_was_found_is_looked_for_again_when_the_books_have_moved, fresh, gone),
		cmocka_unit_test_setup_teardown(more_than_are_listed_are_said_to_be_there, fresh,
						gone),
		cmocka_unit_test_setup_teardown(waiting_for_the_first_key_ends, fresh, gone),
		cmocka_unit_test_setup_teardown(a_step_is_short, fresh, gone),
		cmocka_unit_test_setup_teardown(first_letters_give_places_and_programmes, fresh,
						gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
