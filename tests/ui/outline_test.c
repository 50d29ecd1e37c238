/* outline_test.c - a page is read in the order one reads it, and what belongs together is said
 * together. */
#include "tests/test.h"

#include "ui/outline.h"

#include <string.h>

static struct ui_list list;
static struct ui_outline outline;

enum { BAR = 900, TITLE_PX = 45 };

static void text(int x, int base, int width, enum ui_style style, int px, const char *words)
{
	ui_list_text(&list, (struct ui_run){x, base, width}, ui_pen(style, px, UI_INK), words,
		     strlen(words));
}

static void make(void)
{
	ui_outline_make(&list, BAR, TITLE_PX, &outline);
}

static void check(int item, const char *id, const char *words)
{
	assert_true(item < outline.count);
	const struct ui_item *it = &outline.item[item];
	assert_string_equal(it->id, id);
	assert_int_equal(it->text_len, strlen(words));
	assert_memory_equal(ui_outline_text(&outline, it), words, it->text_len);
}

static void title_sentence_items_and_the_bar_come_in_this_order(void **state)
{
	(void)state;
	ui_list_begin(&list, UI_PAPER);
	ui_list_target(&list, (struct ui_rect){40, 950, 200, 96}, "nav.back", false);
	text(60, 1000, 100, UI_BOLD, 34, "Back");
	ui_list_target(&list, (struct ui_rect){40, 300, 400, 200}, "tile.a", false);
	text(60, 400, 100, UI_BOLD, 34, "A");
	text(40, 160, 300, UI_TITLE, 52, "Title");
	text(40, 210, 300, UI_REGULAR, 26, "Sentence");
	make();
	assert_int_equal(outline.count, 4);
	check(0, "", "Title");
	assert_true(outline.item[0].title);
	check(1, "", "Sentence");
	check(2, "tile.a", "A");
	check(3, "nav.back", "Back");
}

static void lines_of_a_paragraph_are_joined_and_labels_are_not(void **state)
{
	(void)state;
	ui_list_begin(&list, UI_PAPER);
	text(40, 160, 300, UI_REGULAR, 32, "第一行");
	text(40, 208, 300, UI_REGULAR, 32, "第二行");
	text(40, 400, 100, UI_REGULAR, 30, "谁");
	text(250, 400, 100, UI_BOLD, 32, "张三");
	make();
	assert_int_equal(outline.count, 2);
	check(0, "", "第一行第二行");
	check(1, "", "谁\n张三");
}

static void a_figure_keeps_its_unit(void **state)
{
	(void)state;
	ui_list_begin(&list, UI_PAPER);
	text(40, 160, 100, UI_BOLD, 60, "27.5");
	text(160, 160, 100, UI_TITLE, 46, "万元");
	make();
	check(0, "", "27.5 万元");
}

static void a_long_row_is_read_from_left_to_right(void **state)
{
	(void)state;
	ui_list_begin(&list, UI_PAPER);
	ui_list_target(&list, (struct ui_rect){40, 100, 1000, 98}, "row.1", false);
	text(60, 160, 100, UI_REGULAR, 30, "day");
	text(800, 160, 100, UI_BOLD, 40, "amount");
	text(300, 160, 100, UI_BOLD, 34, "title");
	make();
	check(0, "row.1", "day\ntitle\namount");
}

static void notes_replace_texts_and_secrets_are_marked(void **state)
{
	(void)state;
	ui_list_begin(&list, UI_PAPER);
	ui_list_note(&list, (struct ui_rect){0, 0, 1000, 90}, "");
	text(40, 60, 100, UI_BOLD, 34, "brand");
	ui_list_note(&list, (struct ui_rect){40, 100, 500, 300}, "the chart in words");
	text(60, 200, 40, UI_REGULAR, 26, "0.5");
	ui_list_target(&list, (struct ui_rect){60, 300, 60, 60}, "month.1", false);
	text(70, 340, 40, UI_REGULAR, 26, "Jan");
	ui_list_secret(&list, (struct ui_rect){600, 300, 200, 100});
	text(620, 360, 100, UI_BOLD, 60, "4712");
	make();
	assert_int_equal(outline.count, 3);
	check(0, "", "the chart in words");
	check(1, "month.1", "Jan");
	assert_true(outline.item[1].covered);
	check(2, "", "4712");
	assert_true(outline.item[2].secret && outline.secrets);
}

static void a_title_on_a_target_stands_apart_where_it_is_said_so(void **state)
{
	(void)state;
	ui_list_begin(&list, UI_PAPER);
	ui_list_apart(&list, (struct ui_rect){40, 110, 500, 60});
	text(40, 160, 480, UI_TITLE, 52, "Good morning");
	ui_list_target(&list, (struct ui_rect){40, 110, 900, 120}, "news", false);
	text(40, 210, 300, UI_REGULAR, 28, "what is new");
	make();
	assert_int_equal(outline.count, 2);
	check(0, "", "Good morning");
	assert_true(outline.item[0].title);
	check(1, "news", "what is new");
}

static void what_cannot_be_pressed_or_seen_is_left_out(void **state)
{
	(void)state;
	ui_list_begin(&list, UI_PAPER);
	ui_list_target(&list, (struct ui_rect){40, 100, 200, 96}, "nav.prev", true);
	text(60, 160, 100, UI_BOLD, 34, "off");
	ui_list_clip(&list, (struct ui_rect){0, 300, 500, 200});
	text(60, 560, 100, UI_BOLD, 34, "cut");
	ui_list_clip(&list, (struct ui_rect){0});
	make();
	assert_int_equal(outline.count, 0);
}

static void wiping_leaves_nothing(void **state)
{
	(void)state;
	ui_list_begin(&list, UI_PAPER);
	text(40, 160, 300, UI_TITLE, 52, "Secret words");
	make();
	ui_outline_wipe(&outline);
	for (size_t i = 0; i < sizeof outline.text; i++)
		assert_int_equal(outline.text[i], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(title_sentence_items_and_the_bar_come_in_this_order),
		cmocka_unit_test(lines_of_a_paragraph_are_joined_and_labels_are_not),
		cmocka_unit_test(a_figure_keeps_its_unit),
		cmocka_unit_test(a_long_row_is_read_from_left_to_right),
		cmocka_unit_test(notes_replace_texts_and_secrets_are_marked),
		cmocka_unit_test(a_title_on_a_target_stands_apart_where_it_is_said_so),
		cmocka_unit_test(what_cannot_be_pressed_or_seen_is_left_out),
		cmocka_unit_test(wiping_leaves_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
