/* approval_test.c - nothing becomes public by one person alone. */
#include "app/store/township/drafts.h"
#include "app/store/township/staff.h"

#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { NOW = 1792500000 };

static struct township *township;
static struct db *db;
static char folder[64];
static int64_t liu, li, draft;

static int64_t member(const char *login, enum staff_role role)
{
	int64_t id;
	const struct staff_new n = {.login = login,
				    .name = "张三",
				    .place = "mz.caoba",
				    .password = "a-long-password",
				    .role = role};
	assert_int_equal(staff_add(db, &n, NOW, &id), OK);
	return id;
}

static int open_office(void **state)
{
	char path[96];
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/elutong-approval-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/township.db", folder);
	assert_int_equal(township_open(path, &township), OK);
	db = township_write_db(township);
	assert_int_equal(db_begin(db), OK);
	liu = member("liu", STAFF_PREPARER);
	li = member("li", STAFF_APPROVER);
	const struct draft_new n = {.place = "mz.caoba.v1",
				    .template_id = "ledger",
				    .period = "2026-10",
				    .sheet = "{}\n",
				    .sheet_len = 3,
				    .findings = "[]",
				    .findings_len = 2,
				    .preparer = liu};
	assert_int_equal(drafts_add(db, &n, NOW, &draft), OK);
	return 0;
}

static int close_office(void **state)
{
	char command[128];
	(void)state;
	db_rollback(db);
	township_close(township);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(who_prepared_a_sheet_cannot_approve_it, open_office,
						close_office),
		cmocka_unit_test_setup_teardown(what_was_not_handed_on_cannot_be_approved,
						open_office, close_office),
		cmocka_unit_test_setup_teardown(nobody_hands_on_what_another_prepared, open_office,
						close_office),
		cmocka_unit_test_setup_teardown(what_is_decided_stays_decided, open_office,
						close_office),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
