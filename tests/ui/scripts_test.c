/* scripts_test.c - a record in Tibetan, Yi, Tai Le, New Tai Lue, Lisu or Pollard Miao stands on the
 * screen as its readers write it: every letter has a font, marks sit on what they belong to.
 *
 * With GALLERY=folder the sheet is written there as PNG, to be looked at. */
#include "ui/frame.h"
#include "ui/page.h"
#include "ui/shape.h"
#include "ui/window.h"

#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCRIPTS = 6 };

/* A line as it may stand in a notice: the language's name, a few words, a year. `first` to
 * `last`: the block of the script. */
static const struct script {
	const char *name, *line;
	uint32_t first, last;
	hb_script_t script;
} scripts[SCRIPTS] = {
	{"藏文", "བོད་ཡིག བཀྲ་ཤིས་བདེ་ལེགས། སྤྱི་ལོ་ ༢༠༢༦ འཕྲོད་བསྟེན།", 0xf00, 0xfff, HB_SCRIPT_TIBETAN},
	{"彝文", "ꆈꌠꁱꂷ ꆈꌠꉙ ꃅꄷ ꊿꋅ 2026", 0xa000, 0xa4cf, HB_SCRIPT_YI},
	{"德宏傣文", "ᥖᥭᥰ ᥘᥫᥴ ᥘᥤᥐ ᥖᥭᥰ ᥛᥫᥒᥰ 2026", 0x1950, 0x197f, HB_SCRIPT_TAI_LE},
	{"西双版纳新傣文", "ᦅᧄᦺᦑ ᦟᦹᧉ ᦎᦷᦑ ᦺᦑ ᧒᧐᧒᧖", 0x1980, 0x19df, HB_SCRIPT_NEW_TAI_LUE},
	{"傈僳文", "ꓡꓲ-ꓢꓴ ꓥꓳꓽ ꓐꓬꓲ ꓡꓯꓹ ꓟꓮ꓾ 2026", 0xa4d0, 0xa4ff, HB_SCRIPT_LISU},
	{"滇东北老苗文", "𖼀𖽔𖾐 𖼃𖽔𖾑 𖼨𖽡𖾐 𖼖𖽧𖾒 𖼞𖽪𖾓 2026", 0x16f00, 0x16f9f, HB_SCRIPT_MIAO},
};

static struct ui ui;

static void sheet(struct ui *u, enum ui_size size)
{
	ui_init(u);
	ui_begin(u, 1920, 1080, size, 0, UI_PAPER);
	ui_words(u, (struct ui_rect){64, 40, 1792, 0}, ui_pen(UI_TITLE, ui_px(u, UI_H2), UI_INK),
		 125, UI_LEFT, "六种文字的通知");
	for (int i = 0; i < SCRIPTS; i++) {
		struct ui_rect r = {64, 140 + i * 154, 1792, 146};
		ui_card(u, r, UI_CARD);
		ui_label(u, (struct ui_rect){r.x + 32, r.y, 330, r.h},
			 ui_pen(UI_REGULAR, ui_px(u, UI_CAPTION), UI_INK2), UI_LEFT,
			 scripts[i].name);
		int px = ui_px(u, UI_BODY), w = r.w - 400,
		    h = ui_words_height(UI_REGULAR, px, w, 150, scripts[i].line);
		assert_in_range(h, px, r.h);
		ui_words(u, (struct ui_rect){r.x + 380, r.y + (r.h - h) / 2, w, h},
			 ui_pen(UI_REGULAR, px, UI_INK), 150, UI_LEFT, scripts[i].line);
	}
	ui_end(u);
}

static void one_sheet_of_all_in_every_size(void **state)
{
	struct ui_window *w;
	const char *folder = getenv("GALLERY");
	const struct ui_window_options o = {.title = "scripts", .w = 1920, .h = 1080};
	(void)state;
	setenv("SDL_VIDEODRIVER", "dummy", 1);
	assert_int_equal(ui_window_open(&o, &w), UI_OK);
	for (int size = 0; size < UI_SIZES; size++) {
		char path[512];
		sheet(&ui, (enum ui_size)size);
		assert_false(ui.list.missing);
		assert_false(ui.list.clipped);
		assert_false(ui.list.overflowed);
		assert_true(ui_window_show(w, &ui.list) > 0);
		if (folder == NULL)
			continue;
		snprintf(path, sizeof path, "%s/scripts-%d.png", folder, size);
		assert_int_equal(ui_window_png(w, path), UI_OK);
	}
	ui_window_close(w);
}

static size_t utf8(uint32_t c, char out[4])
{
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 63));
		out[2] = (char)(0x80 | (c & 63));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 63));
	out[2] = (char)(0x80 | (c >> 6 & 63));
	out[3] = (char)(0x80 | (c & 63));
	return 4;
}

static void every_letter_has_a_font(void **state)
{
	int letters = 0;
	(void)state;
	assert_int_equal(ui_face_start(), UI_OK);
	hb_unicode_funcs_t *known = hb_unicode_funcs_get_default();
	for (int i = 0; i < SCRIPTS; i++)
		for (uint32_t c = scripts[i].first; c <= scripts[i].last; c++) {
			char text[4];
			if (hb_unicode_script(known, c) != scripts[i].script)
				continue;
			size_t n = utf8(c, text);
			const struct ui_shaped *s = ui_shape(UI_REGULAR, 40, text, n);
			assert_non_null(s);
			if (s->missing)
				print_error("U+%04X has no font\n", (unsigned)c);
			assert_false(s->missing);
			letters++;
		}
	print_message("# count letters of six scripts: %d\n", letters);
	ui_shape_wipe();
	ui_face_stop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_sheet_of_all_in_every_size),
		cmocka_unit_test(every_letter_has_a_font),
	};
	return cmocka_run_group_tests_name("scripts", tests, NULL, NULL);
}
