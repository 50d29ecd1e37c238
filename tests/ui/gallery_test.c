/* gallery_test.c - every widget draws whole: nothing cut off, nothing left out, no missing glyph,
 * in any size.
 *
 * With GALLERY=folder the pages are written there as PNG, to be looked at. */
#include "ui/frame.h"
#include "ui/page.h"
#include "ui/window.h"

#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct ui ui;

static void frame_parts(struct ui *u)
{
	ui_header(u, &(struct ui_header){.brand = "阳光村务 e路通",
					 .place = u->portrait ? "示范一村" : "草坝镇 · 示范一村",
					 .demo = "演示数据",
					 .date = "11月20日 星期五",
					 .time = "09:41",
					 .net = "已联网",
					 .online = true});
	const struct ui_bar_button bar[] = {
		{.id = "back", .icon = "back", .label = "返回", .icon_only_ok = true},
		{.id = "home",
		 .icon = "home",
		 .label = "首页",
		 .kind = UI_BUTTON_ON,
		 .icon_only_ok = true},
		{.id = "size",
		 .icon = "text",
		 .label = "字大小",
		 .right = true,
		 .icon_only_ok = true},
		{.id = "prev",
		 .icon = "up",
		 .label = "上一页",
		 .kind = UI_BUTTON_OFF,
		 .right = true},
		{.id = "next",
		 .icon = "down",
		 .label = "下一页",
		 .kind = UI_BUTTON_PRIMARY,
		 .right = true},
	};
	ui_bar(u, bar, 5);
}

static void home_like(struct ui *u)
{
	int x = u->portrait ? 40 : 64, w = u->portrait ? 484 : 300;
	frame_parts(u);
	ui_words(u, (struct ui_rect){x, 124, u->w - 2 * x, 0},
		 ui_pen(UI_TITLE, ui_px(u, UI_H2), UI_INK), 125, UI_LEFT, "您好，今天想看点什么？");
	ui_tile(u, (struct ui_rect){x, 240, w, 320}, "tile",
		ui_caption("village", "村务公开", "一事一议、低保评议、宅基地"), "新 2");
	ui_tile(u, (struct ui_rect){x + w + 32, 240, w, 320}, "tile2",
		ui_caption("policy", "政策法规", "政策和补贴标准"), NULL);
	ui_action(u, (struct ui_rect){x, 600, 464, 208}, "act", true,
		  ui_caption("complaint", "我要反映", "留不留名都行，封好，村里打不开"));
	ui_action(u, (struct ui_rect){x + 500, 600, 464, 208}, "act2", false,
		  ui_caption("follow", "查办理进度", "凭小票或五个口令词"));
	ui_seal(u, x, 830, 64, false);
	ui_seal(u, x + 80, 830, 64, true);
	ui_pill(u, x + 170, 840, 48, UI_PILL_INCOME, "▲ 12.5%");
	ui_list_hatch(&u->list, (struct ui_rect){x + 400, 840, 300, 36}, 4, UI_EXPENSE,
		      UI_EXPENSE_H);
	ui_list_ring(&u->list, (struct ui_rect){x + 800, 820, 100, 100}, 12, 0, 216, UI_SUN);
}

static void form_like(struct ui *u)
{
	static const char *const steps[] = {"关于谁",   "哪类事", "说清楚",
					    "留不留名", "看一遍", "封好"};
	int x = u->portrait ? 40 : 64;
	frame_parts(u);
	ui_reader_strip(u, "打开这封信的只有", "草坝镇信访办", "村里的人打不开");
	ui_stepper(u, 184, steps, 6, 2);
	ui_choice(u, (struct ui_rect){x, 280, 480, 240}, "choice", true);
	ui_choice(u, (struct ui_rect){x + 500, 280, 480, 240}, "choice2", false);
	ui_dot_done(u, x + 20, 560, 64, "check");
	ui_dot_empty(u, x + 120, 560, 64);
	const struct ui_segment s[] = {{"own", "home", "本村", true, false},
				       {"groups", "people", "各小组", false, true},
				       {"others", "pin", "别的村", false, true}};
	ui_segments(u, (struct ui_rect){x, 650, ui_segments_width(u, s, 3), 96}, s, 3);
	int w = ui_chip_width(u, NULL, "全部");
	ui_chip(u, x, 770, "all", ui_caption(NULL, "全部", NULL), true);
	ui_chip(u, x + w + 14, 770, "in", ui_caption("seal-in", "收入", NULL), false);
	ui_key(u, (struct ui_rect){x + 500, 770, 160, 96}, "key.q", ui_caption(NULL, "q", NULL),
	       false, 44);
	ui_key(u, (struct ui_rect){x + 680, 770, 160, 96}, "key.f", ui_caption(NULL, "分词", NULL),
	       true, 32);
}

static void look(const char *name, void (*draw)(struct ui *), int w, int h, enum ui_size size)
{
	struct ui_window *window;
	struct ui_window_options o = {.title = "gallery", .w = w, .h = h};
	assert_int_equal(ui_window_open(&o, &window), UI_OK);
	ui_init(&ui);
	ui_begin(&ui, w, h, size, 0, UI_PAPER);
	draw(&ui);
	ui_end(&ui);
	assert_false(ui.list.overflowed);
	assert_false(ui.list.missing);
	if (size == UI_STANDARD)
		assert_false(ui.list.clipped);
	assert_true(ui_window_show(window, &ui.list) > 0);
	assert_int_equal(ui_window_show(window, &ui.list), 0);
	const char *folder = getenv("GALLERY");
	if (folder != NULL) {
		char path[4096];
		snprintf(path, sizeof path, "%s/%s-%s-%d.png", folder, name,
			 w > h ? "landscape" : "portrait", (int)size);
		assert_int_equal(ui_window_png(window, path), UI_OK);
	}
	ui_forget(&ui);
	ui_window_close(window);
}

static void every_widget_draws_whole_in_both_orientations_and_all_sizes(void **state)
{
	(void)state;
	for (int size = 0; size < UI_SIZES; size++) {
		look("home", home_like, 1920, 1080, (enum ui_size)size);
		look("home", home_like, 1080, 1920, (enum ui_size)size);
		look("form", form_like, 1920, 1080, (enum ui_size)size);
		look("form", form_like, 1080, 1920, (enum ui_size)size);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_widget_draws_whole_in_both_orientations_and_all_sizes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
