/* halves_test.c - words that take two lines break where they read best, tiles never write over
 * their picture, and Latin titles stand upright. */
#include "ui/card.h"
#include "ui/window.h"

#include "tests/test.h"

#include <string.h>

static struct ui ui;

static void halves_are(const char *text, enum ui_style style, int px, int w, const char *wanted)
{
	char out[UI_HALVED];
	assert_string_equal(ui_words_halved(style, px, w, text, out), wanted);
}

static void two_lines_break_where_they_read_best(void **state)
{
	(void)state;
	assert_int_equal(ui_face_start(), UI_OK);
	halves_are("村务公开", UI_TITLE, 60, 300, "村务公开");
	halves_are("村务公开", UI_TITLE, 60, 236, "村务\n公开");
	halves_are("留不留名都行，封好，村里打不开", UI_REGULAR, 26, 296,
		   "留不留名都行，封好，\n村里打不开");
	halves_are("一事一议、低保评议、宅基地", UI_REGULAR, 26, 262,
		   "一事一议、低保评议、\n宅基地");
	halves_are("Policies & law", UI_BOLD, 48, 220, "Policies\n& law");
	/* A word that fits nowhere is left to the paragraph. */
	halves_are("government", UI_BOLD, 48, 200, "government");
	ui_face_stop();
}

static void tile_is_whole(const char *title, const char *sub, int w, int h, enum ui_size size)
{
	struct ui_rect r = {64, 200, w, h}, plate = {0};
	ui_begin(&ui, 1920, 1080, size, 0, UI_PAPER);
	ui_tile(&ui, r, "tile", ui_caption("gov", title, sub), NULL);
	assert_false(ui.list.clipped);
	for (size_t i = 0; i < ui.list.count; i++) {
		const struct ui_draw_cmd *c = &ui.list.cmd[i];
		/* The plate is the last box before the words. */
		if (c->kind == UI_DRAW_BOX)
			plate = c->rect;
		if (c->kind != UI_DRAW_TEXT)
			continue;
		/* A character stands above its line by less than nine tenths of its size. */
		assert_true(c->base - c->px * 88 / 100 >= plate.y + plate.h);
		assert_true(c->base + c->px / 5 <= r.y + r.h);
		for (size_t j = i + 1; j < ui.list.count; j++)
			if (ui.list.cmd[j].kind == UI_DRAW_TEXT)
				assert_true(c->base < ui.list.cmd[j].base);
	}
	ui_end(&ui);
}

static void a_tile_never_writes_over_its_picture(void **state)
{
	(void)state;
	assert_int_equal(ui_face_start(), UI_OK);
	ui_init(&ui);
	for (int h = 248; h <= 320; h += 4)
		for (int size = 0; size < UI_SIZES; size++) {
			tile_is_whole("村务公开", "一事一议、低保评议、宅基地", 300, h,
				      (enum ui_size)size);
			ui_latin(&ui, true);
			tile_is_whole("Township government", "What the township does", 300, h,
				      (enum ui_size)size);
			ui_latin(&ui, false);
		}
	ui_forget(&ui);
	ui_face_stop();
}

static int title_line(const char *sub, int h, enum ui_size size)
{
	ui_begin(&ui, 1920, 1080, size, 0, UI_PAPER);
	ui_tile(&ui, (struct ui_rect){64, 200, 300, h}, "tile", ui_caption("gov", "政务公开", sub),
		NULL);
	int base = 0;
	for (size_t i = 0; i < ui.list.count && base == 0; i++)
		if (ui.list.cmd[i].kind == UI_DRAW_TEXT)
			base = ui.list.cmd[i].base;
	ui_end(&ui);
	return base;
}

static void titles_of_a_row_of_tiles_stand_on_one_line(void **state)
{
	(void)state;
	assert_int_equal(ui_face_start(), UI_OK);
	ui_init(&ui);
	for (int h = 240; h <= 320; h++)
		for (int size = 0; size < UI_SIZES; size++)
			assert_int_equal(
				title_line("镇上办的事", h, (enum ui_size)size),
				title_line("办事指南、谁来办、多久办好", h, (enum ui_size)size));
	ui_forget(&ui);
	ui_face_stop();
}

static void latin_titles_stand_upright_and_smaller(void **state)
{
	(void)state;
	assert_int_equal(ui_face_start(), UI_OK);
	ui_init(&ui);
	assert_int_equal(ui_face_chain(UI_TITLE)[0], UI_FACE_KAI_BOLD);
	int tall = ui_px(&ui, UI_TILE_TITLE), before = ui_label_width(UI_TITLE, 40, "Services");
	ui_latin(&ui, true);
	assert_int_equal(ui_face_chain(UI_TITLE)[0], UI_FACE_LATIN_BOLD);
	assert_true(ui_px(&ui, UI_TILE_TITLE) < tall);
	/* Nothing shaped before is used again. */
	assert_int_not_equal(ui_label_width(UI_TITLE, 40, "Services"), before);
	ui_latin(&ui, false);
	assert_int_equal(ui_label_width(UI_TITLE, 40, "Services"), before);
	ui_forget(&ui);
	ui_face_stop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_lines_break_where_they_read_best),
		cmocka_unit_test(a_tile_never_writes_over_its_picture),
		cmocka_unit_test(titles_of_a_row_of_tiles_stand_on_one_line),
		cmocka_unit_test(latin_titles_stand_upright_and_smaller),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
