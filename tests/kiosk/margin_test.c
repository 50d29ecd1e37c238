/* margin_test.c - beside a row stands what it was and what was asked about it: as published, or not
 * at all. */
#include "app/kiosk/margin.h"

#include "tests/kiosk/public.h"

enum { BUDGET_US = 2000 };

static struct public_kiosk kiosk;
static struct margin *margin;
static struct shelf shelf;
static int32_t published; /* in November, a day each */
static const char village[] = "mz.caoba.v1";

static int fresh(void **state)
{
	(void)state;
	published = 0;
	return public_open(&kiosk) || margin_open(kiosk.books, kiosk.catalogue, &margin);
}

static int gone(void **state)
{
	(void)state;
	margin_close(margin);
	shelf_free(&shelf);
	shelf = (struct shelf){0};
	return public_close(&kiosk);
}

static void publish(const char *template_id, const char *period, uint32_t version,
		    const char *reason, const char *rows)
{
	const struct public_table t = {.place = village,
				       .template_id = template_id,
				       .period = period,
				       .rows = rows,
				       .version = version,
				       .day = 20261100 + ++published,
				       .reason = reason};
	public_publish(&kiosk, &t);
}

#define RULE(id, title, matter)                                                                    \
	"{\"id\":\"" id "\",\"title\":\"" title "\",\"text\":\"" matter "\"}\n"
static const char first[] = RULE("r-01", "水规", "三天放一次水") RULE("r-02", "路规", "不许占路");
static const char second[] = RULE("r-01", "水规", "两天放一次水") RULE("r-02", "路规", "不许占路");
static const char third[] = RULE("r-01", "水规", "两天放一次水") RULE("r-02", "路规", "占路罚款");

/* Opens row `id` of the rules as they are now and looks through everything. */
static struct record row;
static char line[RECORD_LINE_MAX];

static void look(const char *id)
{
	size_t count, at;
	struct sheet_check *check;
	struct sheet *sheet = NULL;
	shelf_free(&shelf);
	assert_int_equal(shelf_read(kiosk.books, kiosk.county.settings, village, &shelf), OK);
	at = shelf_find(&shelf, "rules", "once", &count);
	assert_int_equal(count, 1);
	assert_int_equal(sheet_check_begin(kiosk.books, kiosk.catalogue, &shelf.sheet[at], &check),
			 OK);
	while (sheet_check_step(check, BUDGET_US, &sheet) == ERR_MISSING)
		;
	assert_non_null(sheet);
	for (size_t i = 0; i < sheet->rows; i++)
		if (strcmp(sheet->row[i].id, id) == 0)
			row = sheet->row[i];
	snprintf(line, sizeof line, "%.*s", (int)row.line_len, row.line);
	row.line = line;
	sheet_check_close(check);
	sheet_close(sheet);
	margin_look(margin, &shelf, &shelf.sheet[at], &row);
	while (margin_waiting(margin))
		margin_work(margin, BUDGET_US);
}

static void publish_three(void)
{
	publish("rules", "once", 1, "", first);
	publish("rules", "once", 2, "村民会议改的", second);
	publish("rules", "once", 3, "又改一条", third);
}

static void a_row_keeps_what_it_was_through_later_versions(void **state)
{
	(void)state;
	publish_three();
	look("r-01");
	const struct margin_was *was = margin_was(margin);
	assert_non_null(was);
	assert_string_equal(was->reason, "村民会议改的");
	assert_int_equal(was->until, 20261102);
	assert_non_null(strstr(was->record.line, "三天放一次水"));
	look("r-02");
	was = margin_was(margin);
	assert_non_null(was);
	assert_string_equal(was->reason, "又改一条");
	assert_int_equal(was->until, 20261103);
}

static void a_row_that_never_changed_says_nothing(void **state)
{
	(void)state;
	publish("rules", "once", 1, "", first);
	look("r-01");
	assert_null(margin_was(margin));
	publish("rules", "once", 2, "村民会议改的", second);
	look("r-02");
	assert_null(margin_was(margin));
}

static void an_earlier_version_that_was_altered_is_not_quoted(void **state)
{
	(void)state;
	publish_three();
	public_edit(&kiosk, "UPDATE record SET line = replace(line, '三天', '五天')");
	look("r-01");
	assert_null(margin_was(margin));
	look("r-02"); /* the version before this one still holds */
	assert_non_null(margin_was(margin));
}

static void behind_a_version_that_does_not_hold_nothing_is_quoted(void **state)
{
	(void)state;
	publish_three();
	public_edit(&kiosk, "UPDATE record SET line = replace(line, '两天', '六天') WHERE sheet = "
			    "(SELECT id FROM "
			    "sheet WHERE template = 'rules' AND version = 2)");
	look("r-01");
	assert_null(margin_was(margin));
}

static void asked(uint32_t version, const char *about, const char *question, const char *answer)
{
	char rows[1024];
	snprintf(rows, sizeof rows,
		 "{\"id\":\"q20261110-001\",\"about_text\":\"水规\",\"question\":\"%s\",\"answer\":"
		 "\"%s\",\"office\":\"草坝镇信访办\",\"date\":\"2026-11-10\",\"about_template\":"
		 "\"rules\",\"about_period\":\"once\",\"about_row\":\"%s\",\"about_version\":1}\n",
		 question, answer, about);
	publish("annotation", "once", version, version > 1 ? "改" : "", rows);
}

static void a_question_stands_beside_its_row_and_no_other(void **state)
{
	(void)state;
	publish_three();
	asked(1, "r-01", "谁来放水", "管水员");
	look("r-01");
	assert_int_equal(margin_notes(margin), 1);
	const struct margin_note *n = margin_note(margin, 0);
	assert_string_equal(n->question, "谁来放水");
	assert_string_equal(n->answer, "管水员");
	assert_string_equal(n->office, "草坝镇信访办");
	assert_int_equal(n->day, 20261110);
	assert_non_null(margin_was(margin));
	look("r-02");
	assert_int_equal(margin_notes(margin), 0);
}

static void an_answer_that_was_altered_is_not_shown(void **state)
{
	(void)state;
	publish_three();
	asked(1, "r-01", "谁来放水", "管水员");
	public_edit(&kiosk, "UPDATE record SET line = replace(line, '管水员', '没人管')");
	look("r-01");
	assert_int_equal(margin_notes(margin), 0);
}

static void a_question_taken_back_is_gone(void **state)
{
	(void)state;
	publish_three();
	asked(1, "r-01", "谁来放水", "管水员");
	asked(2, "r-02", "路有多宽", "四米");
	look("r-01");
	assert_int_equal(margin_notes(margin), 0);
	look("r-02");
	assert_int_equal(margin_notes(margin), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_row_keeps_what_it_was_through_later_versions,
						fresh, gone),
		cmocka_unit_test_setup_teardown(a_row_that_never_changed_says_nothing, fresh, gone),
		cmocka_unit_test_setup_teardown(an_earlier_version_that_was_altered_is_not_quoted,
						fresh, gone),
		cmocka_unit_test_setup_teardown(
			behind_a_version_that_does_not_hold_nothing_is_quoted, fresh, gone),
		cmocka_unit_test_setup_teardown(a_question_stands_beside_its_row_and_no_other,
						fresh, gone),
		cmocka_unit_test_setup_teardown(an_answer_that_was_altered_is_not_shown, fresh,
						gone),
		cmocka_unit_test_setup_teardown(a_question_taken_back_is_gone, fresh, gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
