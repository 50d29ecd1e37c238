/* supervision_test.c - the village's supervision committee speaks for itself: once, under its own
 * login, never about its own work; and three persons stand behind every sheet it spoke about. */
#include "app/store/township/supervision.h"

#include "tests/office.h"

static int64_t zhang, wang, draft;

static int64_t committee(const char *login)
{
	return member(login, "张三", "mz.caoba.v1", STAFF_COMMITTEE);
}

static int open_village(void **state)
{
	if (open_office(state) != 0)
		return -1;
	zhang = committee("zhang");
	wang = committee("wang");
	const struct draft_new n = office_table("mz.caoba.v1", "ledger");
	draft = office_draft(&n);
	return 0;
}

static int open_submitted(void **state)
{
	if (open_village(state) != 0)
		return -1;
	return drafts_submit(db, draft, liu, "", NOW) == OK ? 0 : -1;
}

static enum err say(int64_t who, enum verdict verdict, const char *reason)
{
	struct supervision s = {.member = who, .verdict = verdict, .time = NOW};
	snprintf(s.reason, sizeof s.reason, "%s", reason);
	if (verdict == VERDICT_PAPER)
		hash_bytes("a photograph", 12, &s.paper);
	return supervision_put(db, draft, &s);
}

/* Everything that was said about the draft. */
static size_t said(struct supervision got[SUPERVISION_MAX])
{
	size_t count;
	assert_int_equal(supervision_of(db, draft, got, SUPERVISION_MAX, &count), OK);
	return count;
}

static void what_a_member_said_is_read_back_with_the_name_of_the_login(void **state)
{
	struct supervision got[SUPERVISION_MAX];
	(void)state;
	assert_int_equal(say(zhang, VERDICT_SIGNED, ""), OK);
	assert_int_equal(say(wang, VERDICT_OBJECTED, "垃圾清运费没有发票"), OK);
	assert_int_equal(said(got), 2);
	assert_int_equal(got[0].member, zhang);
	assert_string_equal(got[0].name, "张三");
	assert_int_equal(got[0].verdict, VERDICT_SIGNED);
	assert_int_equal(got[1].verdict, VERDICT_OBJECTED);
	assert_string_equal(got[1].reason, "垃圾清运费没有发票");
}

static void a_member_speaks_once(void **state)
{
	struct supervision got[SUPERVISION_MAX];
	(void)state;
	assert_int_equal(say(zhang, VERDICT_OBJECTED, "看不懂"), OK);
	assert_int_equal(say(zhang, VERDICT_SIGNED, ""), ERR_REFUSED);
	assert_int_equal(said(got), 1);
	assert_int_equal(got[0].verdict, VERDICT_OBJECTED);
}

static void an_objection_has_a_reason_and_a_signature_none(void **state)
{
	(void)state;
	assert_int_equal(say(zhang, VERDICT_OBJECTED, ""), ERR_REFUSED);
	assert_int_equal(say(zhang, VERDICT_SIGNED, "可以"), ERR_REFUSED);
	assert_int_equal(say(zhang, VERDICT_SIGNED, ""), OK);
}

static void nobody_speaks_about_a_sheet_that_does_not_wait(void **state)
{
	(void)state;
	assert_int_equal(say(zhang, VERDICT_SIGNED, ""), ERR_REFUSED);
	assert_int_equal(drafts_submit(db, draft, liu, "", NOW), OK);
	assert_int_equal(drafts_approve(db, draft, li, 1, NOW), OK);
	assert_int_equal(say(zhang, VERDICT_OBJECTED, "迟了"), ERR_REFUSED);
}

static void who_prepared_a_sheet_does_not_sign_it_for_the_village(void **state)
{
	(void)state;
	assert_int_equal(say(liu, VERDICT_SIGNED, ""), ERR_REFUSED);
	assert_int_equal(say(liu, VERDICT_OBJECTED, "不好"), ERR_REFUSED);
}

static void who_spoke_for_the_village_does_not_approve(void **state)
{
	(void)state;
	assert_int_equal(say(zhang, VERDICT_SIGNED, ""), OK);
	assert_int_equal(drafts_approve(db, draft, zhang, 1, NOW), ERR_REFUSED);
	assert_int_equal(drafts_approve(db, draft, liu, 1, NOW), ERR_REFUSED);
	assert_int_equal(drafts_approve(db, draft, li, 1, NOW), OK);
}

static void a_signed_sheet_of_paper_is_brought_by_a_member_or_who_prepared_the_table(void **state)
{
	struct supervision got[SUPERVISION_MAX];
	struct hash photo;
	(void)state;
	assert_int_equal(say(liu, VERDICT_PAPER, ""), OK);
	assert_int_equal(say(zhang, VERDICT_PAPER, ""), OK);
	assert_int_equal(said(got), 2);
	hash_bytes("a photograph", 12, &photo);
	assert_true(hash_equal(&got[0].paper, &photo));
}

/* --- an office of the release before --- */

extern const char *const township_migrations_text[];
extern const char *const township_migrations_name[];
extern const int township_migrations_count;

static void an_office_from_before_keeps_its_people_and_what_they_prepared(void **state)
{
	static const char *const old_sql[] = {
		"INSERT INTO staff (login, name, role, place, password, added) VALUES "
		"('liu', '刘晓芳', 'preparer', 'mz.caoba', 'x', 1)",
		"INSERT INTO draft (place, template, period, state, sheet, findings, preparer, "
		"uploaded) VALUES ('mz.caoba.v1', 'ledger', '2026-10', 'submitted', x'00', x'00', "
		"1, 1)"};
	int before = 0;
	struct db_options o = {.create = true,
			       .schema_table = true,
			       .migration = township_migrations_text,
			       .statement = old_sql,
			       .statement_count = 2};
	struct staff got;
	struct draft d;
	struct db *old;
	(void)state;
	while (strcmp(township_migrations_name[before], "0040_supervision.sql") != 0)
		before++;
	office_folder();
	o.path = township_file;
	o.migration_count = before;
	assert_int_equal(db_open(&o, &old), OK);
	assert_int_equal(db_run(db_stmt(old, 0)), OK);
	assert_int_equal(db_run(db_stmt(old, 1)), OK);
	db_close(old);
	assert_int_equal(township_open(township_file, &township), OK);
	db = township_write_db(township);
	assert_int_equal(staff_by_login(db, "liu", &got, NULL), OK);
	assert_int_equal(got.role, STAFF_PREPARER);
	assert_int_equal(drafts_find(db, 1, &d, NULL, NULL), OK);
	assert_int_equal(d.preparer, got.id);
	assert_int_equal(db_begin(db), OK);
	assert_true(committee("zhang") > 0);
	db_rollback(db);
	assert_int_equal(office_end(), 0);
}

#define WAITING(test) cmocka_unit_test_setup_teardown(test, open_submitted, close_office)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WAITING(what_a_member_said_is_read_back_with_the_name_of_the_login),
		WAITING(a_member_speaks_once),
		WAITING(an_objection_has_a_reason_and_a_signature_none),
		cmocka_unit_test_setup_teardown(nobody_speaks_about_a_sheet_that_does_not_wait,
						open_village, close_office),
		WAITING(who_prepared_a_sheet_does_not_sign_it_for_the_village),
		WAITING(who_spoke_for_the_village_does_not_approve),
		WAITING(a_signed_sheet_of_paper_is_brought_by_a_member_or_who_prepared_the_table),
		cmocka_unit_test(an_office_from_before_keeps_its_people_and_what_they_prepared),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
