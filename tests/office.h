/* office.h - a township server's records in a throw-away folder, with two people of the office
 * and the tables they prepare, for tests. Included once by each program. */
#pragma once
#include "app/store/township/drafts.h"
#include "app/store/township/staff.h"

#include "tests/folder.h"
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NOW = 1792500000 };

static struct township *township;
static struct db *db; /* in a transaction that is never committed */
static char folder[64], township_file[96];
static int64_t liu, li; /* who prepares, who approves */

static inline void office_folder(void)
{
	snprintf(folder, sizeof folder, "/tmp/elutong-office-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(township_file, sizeof township_file, "%s/township.db", folder);
}

static inline void office_start(void)
{
	office_folder();
	assert_int_equal(township_open(township_file, &township), OK);
	db = township_write_db(township);
}

static inline int office_end(void)
{
	township_close(township);
	return folder_remove(folder);
}

static inline int64_t member(const char *login, const char *name, const char *place,
			     enum staff_role role)
{
	int64_t id;
	const struct staff_new n = {.login = login,
				    .name = name,
				    .place = place,
				    .password = "a-long-password",
				    .role = role};
	assert_int_equal(staff_add(db, &n, NOW, &id), OK);
	return id;
}

/* An empty table that liu prepared. */
static inline struct draft_new office_table(const char *place, const char *template_id)
{
	return (struct draft_new){.place = place,
				  .template_id = template_id,
				  .period = "2026-10",
				  .sheet = "{}\n",
				  .sheet_len = 3,
				  .findings = "[]",
				  .findings_len = 2,
				  .preparer = liu};
}

static inline int64_t office_draft(const struct draft_new *n)
{
	int64_t id;
	assert_int_equal(drafts_add(db, n, NOW, &id), OK);
	return id;
}

static inline int open_office(void **state)
{
	(void)state;
	office_start();
	assert_int_equal(db_begin(db), OK);
	liu = member("liu", "张三", "mz.caoba", STAFF_PREPARER);
	li = member("li", "张三", "mz.caoba", STAFF_APPROVER);
	return 0;
}

static inline int close_office(void **state)
{
	(void)state;
	db_rollback(db);
	return office_end();
}

#define OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)
