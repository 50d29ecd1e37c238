/* uploads_test.c - a table stays as it was uploaded; what was put right stands beside it and goes
 * with the draft, or the draft does not go. */
#include "app/store/township/uploads.h"

#include "tests/office.h"

static int64_t uploaded(const char *period, int64_t now)
{
	struct kept_upload u = {.preparer = liu};
	snprintf(u.place, sizeof u.place, "mz.caoba.v1");
	snprintf(u.template_id, sizeof u.template_id, "ledger");
	snprintf(u.period, sizeof u.period, "%s", period);
	assert_int_equal(uploads_add(db, &u, "a,b\n", 4, now), OK);
	return u.id;
}

static enum err corrected(int64_t upload, size_t row, const char *becomes)
{
	struct correction c = {.row = row, .column = 2, .staff = liu, .time = NOW};
	snprintf(c.was, sizeof c.was, "四千八");
	snprintf(c.becomes, sizeof c.becomes, "%s", becomes);
	return corrections_add(db, upload, &c);
}

static int64_t drafted(int64_t upload, int64_t until)
{
	struct draft_new n = office_table("mz.caoba.v1", "ledger");
	n.upload = upload;
	n.corrected = until;
	return office_draft(&n);
}

static void a_file_is_kept_as_it_came_and_corrections_in_order(void **state)
{
	struct kept_upload u;
	struct correction c;
	struct buf file;
	(void)state;
	int64_t id = uploaded("2026-10", NOW);
	assert_int_equal(corrected(id, 3, "4800"), OK);
	assert_int_equal(corrected(id, 3, "4,800.00"), OK);
	buf_init(&file, 100);
	assert_int_equal(uploads_find(db, id, &u, &file), OK);
	assert_int_equal(file.len, 4);
	assert_memory_equal(file.p, "a,b\n", 4);
	assert_string_equal(u.period, "2026-10");
	assert_int_equal(u.preparer, liu);
	assert_int_equal(corrections_next(db, id, 0, &c), OK);
	assert_string_equal(c.was, "四千八");
	assert_string_equal(c.becomes, "4800");
	assert_string_equal(c.name, "张三");
	assert_int_equal(corrections_next(db, id, c.number, &c), OK);
	assert_string_equal(c.becomes, "4,800.00");
	assert_int_equal(corrections_next(db, id, c.number, &c), ERR_MISSING);
	buf_free(&file);
}

static void what_came_to_nothing_goes_when_the_table_comes_again_or_in_time(void **state)
{
	struct kept_upload u;
	(void)state;
	int64_t first = uploaded("2026-10", NOW);
	assert_int_equal(corrected(first, 3, "4800"), OK);
	int64_t second = uploaded("2026-10", NOW + 1);
	assert_int_equal(uploads_find(db, first, &u, NULL), ERR_MISSING);
	assert_int_equal(uploads_find(db, second, &u, NULL), OK);
	drafted(second, 0);
	uploaded("2026-10", NOW + 2);
	int64_t other = uploaded("2026-09", NOW + 2);
	assert_int_equal(uploads_find(db, second, &u, NULL), OK);
	uploaded("2026-08", NOW + 3 + UPLOAD_KEPT_S);
	assert_int_equal(uploads_find(db, other, &u, NULL), ERR_MISSING);
	assert_int_equal(uploads_find(db, second, &u, NULL), OK);
}

static void a_draft_that_lacks_a_correction_is_not_handed_on(void **state)
{
	struct correction c;
	struct draft d;
	int64_t found;
	(void)state;
	int64_t id = uploaded("2026-10", NOW), draft = drafted(id, 0);
	assert_int_equal(corrected(id, 3, "4800"), OK);
	assert_int_equal(drafts_submit(db, draft, liu, "", NOW), ERR_REFUSED);
	assert_int_equal(corrections_next(db, id, 0, &c), OK);
	const struct draft_new again = {.sheet = "{\"id\":\"1\"}\n",
					.sheet_len = 11,
					.findings = "[]",
					.findings_len = 2,
					.preparer = liu,
					.corrected = c.number};
	assert_int_equal(drafts_of_upload(db, id, &found), OK);
	assert_int_equal(found, draft);
	assert_int_equal(drafts_replace(db, draft, &again, NOW), OK);
	assert_int_equal(drafts_find(db, draft, &d, NULL, NULL), OK);
	assert_int_equal(d.corrected, c.number);
	assert_int_equal(d.upload, id);
	assert_int_equal(drafts_submit(db, draft, liu, "", NOW), OK);
}

static void nothing_is_put_right_behind_the_back_of_who_signs(void **state)
{
	(void)state;
	int64_t id = uploaded("2026-10", NOW), draft = drafted(id, 0);
	assert_int_equal(drafts_submit(db, draft, liu, "", NOW), OK);
	assert_int_equal(corrected(id, 3, "9"), ERR_REFUSED);
	const struct draft_new again = {
		.sheet = "", .findings = "[]", .findings_len = 2, .preparer = liu};
	assert_int_equal(drafts_replace(db, draft, &again, NOW), ERR_REFUSED);
	assert_int_equal(drafts_refuse(db, draft, li, "金额不对", NOW), OK);
	/* Sent back, it can be put right from the same file. */
	assert_int_equal(corrected(id, 3, "9"), OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		OFFICE(a_file_is_kept_as_it_came_and_corrections_in_order),
		OFFICE(what_came_to_nothing_goes_when_the_table_comes_again_or_in_time),
		OFFICE(a_draft_that_lacks_a_correction_is_not_handed_on),
		OFFICE(nothing_is_put_right_behind_the_back_of_who_signs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
