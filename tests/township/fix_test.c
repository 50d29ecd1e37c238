/* fix_test.c - a cell in its input: what the form calls it, and how much of a person's number it
 * shows. */
#include "app/township/upload_shown.h"

#include "tests/test.h"

#include <stdio.h>
#include <string.h>

static void a_cell_has_one_name_and_nothing_else_is_a_cell(void **state)
{
	static const char *const wrong[] = {"",
					    "c",
					    "c1",
					    "c1.",
					    "c.1",
					    "c0.1",
					    "c1.0",
					    "c1.257",
					    "d1.1",
					    "c1.1.1",
					    "c-1.1",
					    "c 1.1",
					    "c1.1 ",
					    "csrf",
					    "c200001.1",
					    "c1.x",
					    "c99999999999999999999.1"};
	char name[32];
	size_t row, column;
	(void)state;
	fix_name(12, 3, name);
	assert_string_equal(name, "c12.3");
	assert_true(fix_name_read("c12.3", &row, &column));
	assert_int_equal(row, 12);
	assert_int_equal(column, 3);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		if (fix_name_read(wrong[i], &row, &column))
			fail_msg("%s", wrong[i]);
}

static const char *value_of(const char *text)
{
	static char out[CORRECTION_MAX + 1];
	const struct csv_cell cell = {text, strlen(text)};
	assert_true(fix_value(&cell, out));
	return out;
}

static void an_input_holds_the_cell_without_numbers_that_belong_to_a_person(void **state)
{
	(void)state;
	assert_string_equal(value_of(" 2026-13-02 "), "2026-13-02");
	assert_string_equal(value_of("慰问\n老人"), "慰问 老人");
	assert_string_equal(value_of("电话 13800138000 找他"), "电话  找他");
	assert_string_equal(value_of("上级补助 电话 13800138000"), "上级补助 电话");
	assert_string_equal(value_of("13800138000"), "");
	assert_string_equal(value_of(""), "");
}

static void a_cell_too_long_for_an_input_has_none(void **state)
{
	char text[CORRECTION_MAX + 2], out[CORRECTION_MAX + 1];
	struct csv_cell cell = {text, CORRECTION_MAX + 1};
	(void)state;
	memset(text, 'a', sizeof text);
	assert_false(fix_value(&cell, out));
	cell.len = CORRECTION_MAX;
	assert_true(fix_value(&cell, out));
	assert_int_equal(strlen(out), CORRECTION_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cell_has_one_name_and_nothing_else_is_a_cell),
		cmocka_unit_test(an_input_holds_the_cell_without_numbers_that_belong_to_a_person),
		cmocka_unit_test(a_cell_too_long_for_an_input_has_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
