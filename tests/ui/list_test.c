/* list_test.c - between two lists exactly what looks different is painted: nothing when nothing
 * changed, and scrolling copies. */
#include "ui/list.h"

#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM = 24 };

static struct ui_list old, now;
static struct ui_rect dirty[ROOM];
static struct ui_shift shift;

static const struct ui_rect region = {100, 200, 800, 400};

static int fresh(void **state)
{
	(void)state;
	ui_list_begin(&old, UI_PAPER);
	ui_list_begin(&now, UI_PAPER);
	return 0;
}

static size_t compare(void)
{
	return ui_list_compare(&old, &now, dirty, ROOM, &shift);
}

static void row(struct ui_list *l, int y, const char *text)
{
	ui_list_box(l, (struct ui_rect){100, y, 800, 96}, 12, UI_WHITE, 2, UI_LINE);
	ui_list_text(l, (struct ui_run){120, y + 60, 300}, ui_pen(UI_REGULAR, 34, UI_INK), text,
		     strlen(text));
}

static bool painted(int x, int y, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (ui_rect_has(dirty[i], x, y))
			return true;
	return false;
}

static void the_same_list_paints_nothing(void **state)
{
	(void)state;
	row(&old, 100, "一");
	row(&now, 100, "一");
	assert_int_equal(compare(), 0);
	assert_int_equal(shift.dy, 0);
}

static void another_word_paints_its_place_and_no_other(void **state)
{
	(void)state;
	row(&old, 100, "一");
	row(&old, 700, "二");
	row(&now, 100, "一");
	row(&now, 700, "三");
	size_t n = compare();
	assert_true(painted(150, 750, n));
	assert_false(painted(150, 150, n));
}

static void what_came_and_what_went_are_both_painted(void **state)
{
	(void)state;
	row(&old, 100, "一");
	row(&now, 700, "一");
	size_t n = compare();
	assert_true(painted(150, 150, n));
	assert_true(painted(150, 750, n));
}

static void another_colour_alone_is_a_change(void **state)
{
	(void)state;
	ui_list_fill(&old, (struct ui_rect){10, 10, 50, 50}, UI_PINE);
	ui_list_fill(&now, (struct ui_rect){10, 10, 50, 50}, UI_PINE_D);
	assert_int_equal(compare(), 1);
	assert_true(painted(30, 30, 1));
}

static void another_paper_paints_everything(void **state)
{
	(void)state;
	ui_list_begin(&now, UI_IDLE_BACK);
	size_t n = compare();
	assert_true(painted(0, 0, n) && painted(1919, 1079, n));
}

static void scroll(struct ui_list *l, int offset)
{
	ui_list_region(l, region, offset);
	ui_list_clip(l, region);
	for (int i = 0; i < 20; i++) {
		char text[8] = {(char)('a' + i), 0};
		row(l, region.y + i * 100 - offset, text);
	}
	ui_list_clip(l, (struct ui_rect){0});
}

static void a_list_that_moved_is_copied_and_only_what_came_in_is_painted(void **state)
{
	(void)state;
	scroll(&old, 0);
	scroll(&now, 30);
	size_t n = compare();
	assert_int_equal(shift.dy, -30);
	assert_int_equal(shift.region.y, region.y);
	assert_true(painted(500, region.y + region.h - 1, n)); /* came in below */
	assert_false(painted(500, region.y + 50, n));
	ui_list_begin(&old, UI_PAPER);
	scroll(&old, 90);
	n = compare();
	assert_int_equal(shift.dy, 60);
	assert_true(painted(500, region.y, n)); /* came in above */
	assert_false(painted(500, region.y + region.h - 50, n));
}

static void a_row_that_changed_while_it_moved_is_painted_where_it_is_now(void **state)
{
	(void)state;
	ui_list_region(&old, region, 0);
	ui_list_region(&now, region, 100);
	ui_list_clip(&old, region);
	ui_list_clip(&now, region);
	row(&old, 400, "一");
	row(&now, 300, "二");
	ui_list_clip(&old, (struct ui_rect){0});
	ui_list_clip(&now, (struct ui_rect){0});
	size_t n = compare();
	assert_int_equal(shift.dy, -100);
	assert_true(painted(150, 350, n));
}

static void a_jump_of_a_whole_page_is_painted_not_copied(void **state)
{
	(void)state;
	scroll(&old, 0);
	scroll(&now, 400);
	assert_true(compare() > 0);
	assert_int_equal(shift.dy, 0);
}

static void more_changes_than_places_grow_together_and_lose_nothing(void **state)
{
	(void)state;
	for (int i = 0; i < 100; i++)
		ui_list_fill(&now, (struct ui_rect){(i % 10) * 190, (i / 10) * 105, 20, 20},
			     UI_PINE);
	size_t n = compare();
	assert_true(n > 0 && n <= ROOM);
	for (int i = 0; i < 100; i++)
		assert_true(painted((i % 10) * 190 + 10, (i / 10) * 105 + 10, n));
}

static void what_lies_outside_the_clip_is_not_in_the_list(void **state)
{
	(void)state;
	ui_list_clip(&now, region);
	size_t before = now.count;
	ui_list_text(&now, (struct ui_run){120, 900, 300}, ui_pen(UI_REGULAR, 34, UI_INK), "x", 1);
	assert_int_equal(now.count, before);
}

static void a_list_that_is_full_says_so(void **state)
{
	(void)state;
	for (int i = 0; i < UI_LIST_MAX; i++)
		ui_list_fill(&now, (struct ui_rect){i, 0, 1, 1}, UI_PINE);
	assert_false(now.overflowed);
	ui_list_fill(&now, (struct ui_rect){0, 0, 1, 1}, UI_PINE);
	assert_true(now.overflowed);
	assert_int_equal(now.count, UI_LIST_MAX);
}

static void a_wiped_list_holds_no_word_of_before(void **state)
{
	(void)state;
	row(&now, 100, "王某某");
	ui_list_wipe(&now);
	assert_null(memmem(now.text, sizeof now.text, "王某某", strlen("王某某")));
	assert_int_equal(now.count, 0);
}

static void photo(struct ui_list *l, const char *key, int x, int turn)
{
	ui_list_clip(l, region);
	ui_list_photo(l, (struct ui_rect){50, 150, 900, 500}, key,
		      (struct ui_part){{x, 10, 900, 500}, turn});
	ui_list_clip(l, (struct ui_rect){0});
}

static void a_picture_that_moves_under_its_frame_is_painted_and_nothing_around_it(void **state)
{
	(void)state;
	photo(&old, "0011", 20, 0);
	row(&old, 700, "一");
	photo(&now, "0011", 21, 0);
	row(&now, 700, "一");
	size_t n = compare();
	assert_int_equal(n, 1);
	assert_memory_equal(&dirty[0], &region, sizeof region);
}

static void another_picture_or_the_same_turned_is_a_change(void **state)
{
	(void)state;
	photo(&old, "0011", 20, 0);
	photo(&now, "0011", 20, 0);
	assert_int_equal(compare(), 0);
	ui_list_begin(&now, UI_PAPER);
	photo(&now, "0012", 20, 0);
	assert_int_equal(compare(), 1);
	ui_list_begin(&now, UI_PAPER);
	photo(&now, "0011", 20, 1);
	assert_int_equal(compare(), 1);
}

static void a_picture_is_printed_by_its_key(void **state)
{
	(void)state;
	char *text = NULL;
	size_t len = 0;
	FILE *to = open_memstream(&text, &len);
	ui_list_photo(&now, region, "5bc1", (struct ui_part){{1, 2, 30, 40}, 3});
	ui_list_print(&now, to);
	fclose(to);
	assert_string_equal(text, "photo 100,200 800x400 of 1,2 30x40 turn 3 \"5bc1\"\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_same_list_paints_nothing, fresh),
		cmocka_unit_test_setup(another_word_paints_its_place_and_no_other, fresh),
		cmocka_unit_test_setup(what_came_and_what_went_are_both_painted, fresh),
		cmocka_unit_test_setup(another_colour_alone_is_a_change, fresh),
		cmocka_unit_test_setup(another_paper_paints_everything, fresh),
		cmocka_unit_test_setup(a_list_that_moved_is_copied_and_only_what_came_in_is_painted,
				       fresh),
		cmocka_unit_test_setup(a_row_that_changed_while_it_moved_is_painted_where_it_is_now,
				       fresh),
		cmocka_unit_test_setup(a_jump_of_a_whole_page_is_painted_not_copied, fresh),
		cmocka_unit_test_setup(more_changes_than_places_grow_together_and_lose_nothing,
				       fresh),
		cmocka_unit_test_setup(what_lies_outside_the_clip_is_not_in_the_list, fresh),
		cmocka_unit_test_setup(a_list_that_is_full_says_so, fresh),
		cmocka_unit_test_setup(
			a_picture_that_moves_under_its_frame_is_painted_and_nothing_around_it,
			fresh),
		cmocka_unit_test_setup(another_picture_or_the_same_turned_is_a_change, fresh),
		cmocka_unit_test_setup(a_picture_is_printed_by_its_key, fresh),
		cmocka_unit_test_setup(a_wiped_list_holds_no_word_of_before, fresh),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
