/* supervised_test.c - a draft waits for the village's own committee, for all of it, and not for
 * ever; two of the office cannot stand in for it. */
#include "app/township/supervised.h"

#include "tests/ground.h"
#include "tests/office.h"

static int64_t draft;

static void submitted(const char *place, const char *template_id)
{
	const struct draft_new n = office_table(place, template_id);
	draft = office_draft(&n);
	assert_int_equal(drafts_submit(db, draft, liu, "", NOW), OK);
}

static void say(int64_t who, enum verdict verdict, const char *reason)
{
	struct supervision s = {.member = who, .verdict = verdict, .time = NOW + who};
	snprintf(s.reason, sizeof s.reason, "%s", reason);
	hash_bytes("photograph", 10, &s.paper);
	assert_int_equal(supervision_put(db, draft, &s), OK);
}

static struct supervised now(void)
{
	struct supervised s;
	struct draft d;
	assert_int_equal(drafts_find(db, draft, &d, NULL, NULL), OK);
	assert_int_equal(supervised_read(db, county.settings,
					 catalogue_find(catalogue, d.template_id), &d, &s),
			 OK);
	return s;
}

static bool waits(void)
{
	struct supervised s = now();
	return supervised_waits(&s, NOW + 60);
}

static void a_month_waits_for_every_member_with_a_login(void **state)
{
	(void)state;
	int64_t wang = member("wang", "王志明", "mz.caoba.v1", STAFF_COMMITTEE),
		pu = member("pu", "普秀兰", "mz.caoba.v1", STAFF_COMMITTEE);
	submitted("mz.caoba.v1", "ledger");
	assert_true(waits());
	say(wang, VERDICT_SIGNED, "");
	assert_true(waits());
	say(pu, VERDICT_OBJECTED, "没有发票");
	assert_false(waits());
}

static void a_policy_waits_for_nobody(void **state)
{
	(void)state;
	member("wang", "王志明", "mz.caoba.v1", STAFF_COMMITTEE);
	submitted("mz.caoba.v1", "law");
	assert_false(now().wanted);
	assert_false(waits());
}

static void the_committee_of_another_village_or_of_the_township_is_not_asked(void **state)
{
	(void)state;
	int64_t other = member("other", "张国才", "mz.caoba.v2", STAFF_COMMITTEE),
		town = member("town", "罗春梅", "mz.caoba", STAFF_COMMITTEE);
	submitted("mz.caoba.v1", "ledger");
	struct supervised s = now();
	assert_int_equal(s.seats, 0);
	assert_false(supervised_asks(&s, other));
	assert_false(supervised_asks(&s, town));
	assert_false(waits());
}

static void a_group_s_books_wait_for_the_village_s_committee_and_its_own(void **state)
{
	(void)state;
	int64_t village = member("village", "王志明", "mz.caoba.v1", STAFF_COMMITTEE),
		group = member("group", "白有福", "mz.caoba.v1.g1", STAFF_COMMITTEE);
	submitted("mz.caoba.v1.g1", "ledger");
	struct supervised s = now();
	assert_int_equal(s.seats, 2);
	assert_true(supervised_asks(&s, village) && supervised_asks(&s, group));
	submitted("mz.caoba.v1", "ledger");
	s = now();
	assert_true(supervised_asks(&s, village));
	assert_false(supervised_asks(&s, group));
}

static void after_seven_days_the_village_is_not_kept_waiting(void **state)
{
	(void)state;
	member("wang", "王志明", "mz.caoba.v1", STAFF_COMMITTEE);
	submitted("mz.caoba.v1", "ledger");
	struct supervised s = now();
	assert_true(supervised_waits(&s, NOW + SUPERVISED_WAIT_S - 1));
	assert_false(supervised_waits(&s, NOW + SUPERVISED_WAIT_S));
}

static void a_sheet_of_paper_speaks_for_all_when_a_member_brought_it(void **state)
{
	(void)state;
	int64_t wang = member("wang", "王志明", "mz.caoba.v1", STAFF_COMMITTEE);
	member("pu", "普秀兰", "mz.caoba.v1", STAFF_COMMITTEE);
	submitted("mz.caoba.v1", "ledger");
	say(wang, VERDICT_PAPER, "");
	assert_false(waits());
	struct supervised s = now();
	assert_true(supervised_on_paper(&s));
}

static void a_sheet_of_paper_of_the_preparer_silences_nobody_who_has_a_login(void **state)
{
	(void)state;
	member("wang", "王志明", "mz.caoba.v1", STAFF_COMMITTEE);
	submitted("mz.caoba.v1", "ledger");
	say(liu, VERDICT_PAPER, "");
	assert_true(waits());
}

static void names_are_masked_and_what_does_not_fit_is_counted(void **state)
{
	char login[16], signers[PLACE_NAME_MAX + 1], objections[OBJECTION_MAX + 1],
		reason[DRAFT_WORDS_MAX + 1];
	(void)state;
	submitted("mz.caoba.v1", "ledger");
	memset(reason, 'x', sizeof reason - 1);
	reason[sizeof reason - 1] = 0;
	for (int i = 0; i < 12; i++) {
		snprintf(login, sizeof login, "m%d", i);
		int64_t id = member(login, "欧阳志明", "mz.caoba.v1", STAFF_COMMITTEE);
		say(id, i < 8 ? VERDICT_SIGNED : VERDICT_OBJECTED, i < 8 ? "" : reason);
	}
	struct supervised s = now();
	supervised_signers(&s, signers);
	supervised_objections(&s, objections);
	assert_null(strstr(signers, "欧阳志明"));
	assert_non_null(strstr(signers, "还有 "));
	assert_null(strstr(objections, "欧阳志明"));
	assert_non_null(strstr(objections, "还有 2 人也不同意"));
	assert_true(text_is_plain(objections, strlen(objections)));
}

/* Sent back and handed on once more unchanged: what was objected to is published all the same,
 * until who objected speaks again. */
static void sending_a_draft_back_takes_no_objection_away(void **state)
{
	char said[OBJECTION_MAX + 1];
	(void)state;
	int64_t wang = member("wang", "王志明", "mz.caoba.v1", STAFF_COMMITTEE);
	submitted("mz.caoba.v1", "ledger");
	say(wang, VERDICT_OBJECTED, "没有发票");
	assert_int_equal(drafts_refuse(db, draft, li, "重做", NOW), OK);
	submitted("mz.caoba.v1", "ledger");
	struct supervised s = now();
	assert_true(supervised_waits(&s, NOW + 60));
	supervised_objections(&s, said);
	assert_string_equal(said, "王*明（对前一稿）：没有发票");
	say(wang, VERDICT_SIGNED, "");
	s = now();
	supervised_objections(&s, said);
	assert_string_equal(said, "");
	/* Nor does it stand against what comes after a publication. */
	assert_int_equal(drafts_refuse(db, draft, li, "重做", NOW), OK);
	submitted("mz.caoba.v1", "ledger");
	say(wang, VERDICT_OBJECTED, "还是没有");
	assert_int_equal(drafts_approve(db, draft, li, 1, NOW), OK);
	submitted("mz.caoba.v1", "ledger");
	s = now();
	assert_int_equal(s.stands, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		OFFICE(a_month_waits_for_every_member_with_a_login),
		OFFICE(a_policy_waits_for_nobody),
		OFFICE(the_committee_of_another_village_or_of_the_township_is_not_asked),
		OFFICE(a_group_s_books_wait_for_the_village_s_committee_and_its_own),
		OFFICE(after_seven_days_the_village_is_not_kept_waiting),
		OFFICE(a_sheet_of_paper_speaks_for_all_when_a_member_brought_it),
		OFFICE(a_sheet_of_paper_of_the_preparer_silences_nobody_who_has_a_login),
		OFFICE(sending_a_draft_back_takes_no_objection_away),
		OFFICE(names_are_masked_and_what_does_not_fit_is_counted),
	};
	return cmocka_run_group_tests(tests, ground_open, ground_close);
}
