/* roll_test.c - a column lists what was published and still holds, newest first, of the place that
 * was asked for; a sheet somebody edited is left out whole and said to be. */
#include "app/kiosk/roll.h"

#include "tests/kiosk/public.h"

static struct public_kiosk kiosk;
static struct roll *roll;
static const char village[] = "mz.caoba.v1", group[] = "mz.caoba.v1.g1";

#define NOTICE(id, title, date)                                                                    \
	"{\"id\":\"" id "\",\"title\":\"" title "\",\"date\":\"" date "\",\"text\":\"内容\"}\n"

static int fresh(void **state)
{
	(void)state;
	return public_open(&kiosk) ||
	       roll_open(kiosk.books, kiosk.catalogue, kiosk.county.settings, &roll);
}

static int gone(void **state)
{
	(void)state;
	roll_close(roll);
	return public_close(&kiosk);
}

static void look(const char *place, const char *column, const char *only)
{
	roll_select(roll, place, column, only);
	while (roll_waiting(roll))
		roll_work(roll, 500);
}

static const char *title(const char *template_id, size_t i)
{
	struct roll_row row;
	const struct catalogue_template *t =
		template_id == NULL ? NULL : catalogue_find(kiosk.catalogue, template_id);
	return roll_row(roll, t, i, &row) ? row.record->title : "nothing";
}

static size_t count(const char *template_id)
{
	return roll_count(roll, template_id == NULL ? NULL
						    : catalogue_find(kiosk.catalogue, template_id));
}

static void rows_come_newest_first_whatever_their_template(void **state)
{
	(void)state;
	public_rows(&kiosk, village, "notice", "once",
		    NOTICE("1", "停水", "2026-10-01") NOTICE("2", "开会", "2026-11-03"));
	public_rows(&kiosk, village, "rules", "once",
		    "{\"id\":\"1\",\"title\":\"村规\",\"date\":\"2026-10-20\",\"text\":\"x\"}\n");
	look(village, "village", NULL);
	assert_int_equal(count(NULL), 3);
	assert_string_equal(title(NULL, 0), "开会");
	assert_string_equal(title(NULL, 1), "村规");
	assert_string_equal(title(NULL, 2), "停水");
	assert_string_equal(title(NULL, 3), "nothing");
	assert_string_equal(title("notice", 1), "停水");
	assert_int_equal(roll_day(roll), 20261105);
	assert_int_equal(roll_publication(roll), 2);
	assert_int_equal(roll_damaged(roll), 0);
}

static void nothing_is_listed_before_it_is_checked(void **state)
{
	(void)state;
	public_rows(&kiosk, village, "notice", "once", NOTICE("1", "停水", "2026-10-01"));
	roll_select(roll, village, "village", NULL);
	assert_true(roll_waiting(roll));
	assert_int_equal(count(NULL), 0);
	assert_string_equal(title(NULL, 0), "nothing");
	look(village, "village", NULL);
	assert_int_equal(count(NULL), 1);
}

static void a_sheet_that_was_edited_is_left_out_whole(void **state)
{
	(void)state;
	public_rows(&kiosk, village, "notice", "once",
		    NOTICE("1", "停水", "2026-10-01") NOTICE("2", "开会", "2026-11-03"));
	public_rows(&kiosk, village, "rules", "once",
		    "{\"id\":\"1\",\"title\":\"村规\",\"date\":\"2026-10-20\",\"text\":\"x\"}\n");
	/* The line is what was signed, but the column that is shown is not. */
	public_edit(&kiosk, "UPDATE record SET title = '不开会' WHERE title = '开会'");
	look(village, "village", NULL);
	assert_int_equal(count(NULL), 1);
	assert_int_equal(count("notice"), 0);
	assert_string_equal(title(NULL, 0), "村规");
	assert_string_equal(title("notice", 0), "nothing");
	assert_int_equal(roll_damaged(roll), 1);
	/* A row that is gone is as bad. */
	public_edit(&kiosk, "UPDATE record SET title = '开会' WHERE title = '不开会'");
	look(village, "village", NULL);
	assert_int_equal(roll_damaged(roll), 0);
	public_edit(&kiosk, "DELETE FROM record WHERE title = '停水'");
	look(village, "village", NULL);
	assert_string_equal(title("notice", 0), "nothing");
	assert_int_equal(roll_damaged(roll), 1);
}

static void a_group_has_its_own_rows(void **state)
{
	(void)state;
	public_rows(&kiosk, village, "notice", "once", NOTICE("1", "全村停水", "2026-10-01"));
	public_rows(&kiosk, group, "notice", "once", NOTICE("1", "一组分地", "2026-10-02"));
	look(group, "village", NULL);
	assert_int_equal(count(NULL), 1);
	assert_string_equal(title(NULL, 0), "一组分地");
	look(village, "village", NULL);
	assert_string_equal(title(NULL, 0), "全村停水");
	look("mz.caoba.v2", "village", NULL);
	assert_int_equal(count(NULL), 0);
	assert_int_equal(roll_day(roll), 0);
}

static void halves_of_years_stand_in_their_order(void **state)
{
	(void)state;
	public_rows(&kiosk, village, "contacts", "2026H1",
		    "{\"id\":\"1\",\"post\":\"旧主任\",\"person\":\"普*昌\","
		    "\"office_phone\":\"0873-1\"}\n");
	public_rows(&kiosk, village, "contacts", "2026H2",
		    "{\"id\":\"1\",\"post\":\"新主任\",\"person\":\"普*昌\","
		    "\"office_phone\":\"0873-2\"}\n");
	look(village, "service", NULL);
	assert_int_equal(count(NULL), 0); /* looked up, not news: in its own list only */
	assert_int_equal(count("contacts"), 2);
	assert_string_equal(title("contacts", 0), "新主任");
	assert_string_equal(title("contacts", 1), "旧主任");
}

static void what_is_looked_up_comes_soonest_first(void **state)
{
	(void)state;
	public_rows(&kiosk, village, "duty", "2026-11",
		    "{\"id\":\"1\",\"person\":\"李*芬\",\"date\":\"2026-11-21\"}\n"
		    "{\"id\":\"2\",\"person\":\"普*昌\",\"date\":\"2026-11-20\"}\n");
	look(village, "village", NULL);
	assert_int_equal(count(NULL), 0);
	assert_string_equal(title("duty", 0), "普*昌");
	assert_string_equal(title("duty", 1), "李*芬");
}

static void households_are_asked_for_by_name_only(void **state)
{
	(void)state;
	public_rows(&kiosk, group, "subsidy", "2026Q3",
		    "{\"id\":\"1\",\"programme\":\"gengdi\",\"year\":2026,\"recipient\":\"普*华\","
		    "\"amount_fen\":4320,\"status\":\"paid\"}\n");
	look(group, "finance", NULL);
	assert_int_equal(count(NULL), 0);
	assert_int_equal(count("subsidy"), 0);
	look(group, "", "subsidy");
	assert_int_equal(count(NULL), 1);
	assert_string_equal(title(NULL, 0), "普*华");
}

static void a_new_version_takes_the_place_of_the_old(void **state)
{
	(void)state;
	public_rows(&kiosk, village, "notice", "once", NOTICE("1", "停水", "2026-10-01"));
	look(village, "village", NULL);
	const struct public_table second = {.place = village,
					    .template_id = "notice",
					    .period = "once",
					    .rows = NOTICE("1", "不停水了", "2026-10-01"),
					    .version = 2,
					    .day = 20261106,
					    .reason = "写错了"};
	public_publish(&kiosk, &second);
	look(village, "village", NULL);
	assert_int_equal(count(NULL), 1);
	assert_string_equal(title(NULL, 0), "不停水了");
}

#define PROJECT(id, name, number, stage, percent)                                                  \
	"{\"id\":\"" id "\",\"name\":\"" name "\",\"project_no\":\"" number                        \
	"\",\"stage\":\"" stage "\",\"budget_fen\":8640000,\"percent_done\":" percent "}\n"

static void a_project_is_one_row_as_it_was_published_last(void **state)
{
	(void)state;
	struct roll_row row, story[4];
	public_rows(&kiosk, village, "project", "2026Q1",
		    PROJECT("1", "修路", "XM-1", "plan", "0")
			    PROJECT("2", "清沟", "", "building", "2000"));
	public_rows(&kiosk, village, "project", "2026Q3",
		    PROJECT("1", "修路（二期）", "XM-1", "building", "6500"));
	public_rows(&kiosk, village, "project", "2026Q2",
		    PROJECT("1", "清沟", "", "check", "10000")
			    PROJECT("2", "修路", "XM-1", "tender", "0"));
	look(village, "project", NULL);
	assert_int_equal(count("project"), 2);
	assert_int_equal(count(NULL), 2);
	assert_string_equal(title("project", 0), "修路（二期）");
	assert_string_equal(title("project", 1), "清沟");
	assert_string_equal(title("project", 2), "nothing");
	assert_true(roll_row(roll, catalogue_find(kiosk.catalogue, "project"), 1, &row));
	assert_string_equal(row.sheet->entry.period, "2026Q2");
	/* Its page tells the whole story, oldest first, by its number whatever it is called. */
	assert_true(roll_row(roll, catalogue_find(kiosk.catalogue, "project"), 0, &row));
	assert_int_equal(roll_story(roll, &row, story, 4), 3);
	assert_string_equal(story[0].sheet->entry.period, "2026Q1");
	assert_string_equal(story[1].sheet->entry.period, "2026Q2");
	assert_string_equal(story[2].sheet->entry.period, "2026Q3");
	/* Where there is less room the last ones. */
	assert_int_equal(roll_story(roll, &row, story, 2), 2);
	assert_string_equal(story[0].sheet->entry.period, "2026Q2");
	assert_string_equal(story[1].sheet->entry.period, "2026Q3");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(rows_come_newest_first_whatever_their_template,
						fresh, gone),
		cmocka_unit_test_setup_teardown(nothing_is_listed_before_it_is_checked, fresh,
						gone),
		cmocka_unit_test_setup_teardown(a_sheet_that_was_edited_is_left_out_whole, fresh,
						gone),
		cmocka_unit_test_setup_teardown(a_group_has_its_own_rows, fresh, gone),
		cmocka_unit_test_setup_teardown(halves_of_years_stand_in_their_order, fresh, gone),
		cmocka_unit_test_setup_teardown(what_is_looked_up_comes_soonest_first, fresh, gone),
		cmocka_unit_test_setup_teardown(households_are_asked_for_by_name_only, fresh, gone),
		cmocka_unit_test_setup_teardown(a_project_is_one_row_as_it_was_published_last,
						fresh, gone),
		cmocka_unit_test_setup_teardown(a_new_version_takes_the_place_of_the_old, fresh,
						gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
