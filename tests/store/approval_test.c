/* approval_test.c - nothing becomes public by one person alone. */
#include "tests/office.h"

static int64_t draft;

static int open_draft(void **state)
{
	if (open_office(state) != 0)
		return -1;
	const struct draft_new n = office_table("mz.caoba.v1", "ledger");
	draft = office_draft(&n);
	return 0;
}

static enum draft_state state_now(void)
{
	struct draft d;
	assert_int_equal(drafts_find(db, draft, &d, NULL, NULL), OK);
	return d.state;
}

static void who_prepared_a_sheet_cannot_approve_it(void **state)
{
	(void)state;
	assert_int_equal(drafts_submit(db, draft, liu, "", NOW), OK);
	assert_int_equal(drafts_approve(db, draft, liu, 1, NOW), ERR_REFUSED);
	assert_int_equal(state_now(), DRAFT_SUBMITTED);
	assert_int_equal(drafts_approve(db, draft, li, 1, NOW), OK);
	assert_int_equal(state_now(), DRAFT_APPROVED);
}

static void what_was_not_handed_on_cannot_be_approved(void **state)
{
	(void)state;
	assert_int_equal(drafts_approve(db, draft, li, 1, NOW), ERR_REFUSED);
	assert_int_equal(state_now(), DRAFT_UPLOADED);
}

static void nobody_hands_on_what_another_prepared(void **state)
{
	(void)state;
	assert_int_equal(drafts_submit(db, draft, li, "", NOW), ERR_REFUSED);
	assert_int_equal(state_now(), DRAFT_UPLOADED);
}

static void what_is_decided_stays_decided(void **state)
{
	(void)state;
	assert_int_equal(drafts_submit(db, draft, liu, "", NOW), OK);
	assert_int_equal(drafts_refuse(db, draft, li, "再看一遍", NOW), OK);
	assert_int_equal(drafts_approve(db, draft, li, 1, NOW), ERR_REFUSED);
	assert_int_equal(state_now(), DRAFT_REFUSED);
}

#define DRAFT(test) cmocka_unit_test_setup_teardown(test, open_draft, close_office)

int main(void)
{
	const struct CMUnitTest tests[] = {
		DRAFT(who_prepared_a_sheet_cannot_approve_it),
		DRAFT(what_was_not_handed_on_cannot_be_approved),
		DRAFT(nobody_hands_on_what_another_prepared),
		DRAFT(what_is_decided_stays_decided),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
