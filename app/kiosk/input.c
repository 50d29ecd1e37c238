#include "app/kiosk/input.h"

#include "app/base/log.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/secret.h"
#include "ui/keyboard.h"

#include <stdio.h>
#include <string.h>

/* In locked memory: it holds what is being composed. */
struct input {
	struct ui_keyboard keys;
	struct ui_editor editor;
	const char *title, *hint;
	bool tried_pinyin;
};

/* Words of the countryside that come before the dictionary's. */
static const struct ui_pinyin_word own_words[] = {
	{"低保", "di'bao"},
	{"低保补助", "di'bao'bu'zhu"},
	{"村务公开", "cun'wu'gong'kai"},
	{"一事一议", "yi'shi'yi'yi"},
	{"宅基地", "zhai'ji'di"},
	{"征地补偿", "zheng'di'bu'chang"},
	{"误工补贴", "wu'gong'bu'tie"},
	{"机耕路", "ji'geng'lu"},
	{"灌溉沟", "guan'gai'gou"},
	{"石榴园", "shi'liu'yuan"},
	{"村委会", "cun'wei'hui"},
	{"小组长", "xiao'zu'zhang"},
	{"合作社", "he'zuo'she"},
	{"新农合", "xin'nong'he"},
	{"退耕还林", "tui'geng'huan'lin"},
	{"危房改造", "wei'fang'gai'zao"},
	{"公益林", "gong'yi'lin"},
	{"挖掘机", "wa'jue'ji"},
	{"租挖掘机", "zu'wa'jue'ji"},
	{"蒙自", "meng'zi"},
	{"草坝", "cao'ba"},
	{"没有挖", "mei'you'wa"},
	{"没有给", "mei'you'gei"},
	{"示范一村", "shi'fan'yi'cun"},
};

static void open_pinyin(struct kiosk *k, struct input *in)
{
	if (in->tried_pinyin)
		return;
	in->tried_pinyin = true;
	if (k->o.scratch == NULL ||
	    ui_pinyin_open(k->o.scratch, own_words, sizeof own_words / sizeof own_words[0],
			   &in->keys.pinyin) != UI_OK)
		log_warn("input: no pinyin; letters and numbers only");
}

void input_edit(struct kiosk *k, const char *title, const char *hint, char *target, size_t size,
		size_t max_chars, bool digits)
{
	if (k->input == NULL)
		k->input = secret_take(sizeof *k->input);
	struct input *in = k->input;
	if (in == NULL)
		return;
	kiosk_mark_personal(k);
	open_pinyin(k, in);
	in->title = title;
	in->hint = hint;
	in->editor = (struct ui_editor){.text = target, .size = size, .max_chars = max_chars};
	in->keys.mode = digits               ? UI_KEYS_NUMBERS
			: k->lang == LANG_EN ? UI_KEYS_ENGLISH
					     : UI_KEYS_PINYIN;
	ui_keyboard_forget(&in->keys);
	kiosk_go(k, SCREEN_INPUT);
}

void input_close(struct input *in)
{
	if (in == NULL)
		return;
	ui_pinyin_close(in->keys.pinyin);
	secret_end(in, sizeof *in);
}

void input_draw(struct kiosk *k, struct ui *u)
{
	struct input *in = k->input;
	char count[48], n[16], all[16];
	if (in == NULL) {
		kiosk_back(k);
		return;
	}
	int y = page_letter_top(k, u, u->portrait ? (k->adding ? -1 : 2) : -1),
	    px = ui_px(u, UI_H2);
	struct ui_rect bar = ui_bar_rect(u), pad = {0, bar.y - UI_KEYBOARD_H, u->w, UI_KEYBOARD_H};
	struct ui_rect c = ui_content(u, y);
	snprintf(n, sizeof n, "%zu", ui_editor_chars(&in->editor));
	snprintf(all, sizeof all, "%zu", in->editor.max_chars);
	snprintf(count, sizeof count, "%.40s",
		 words_fill(k->lang, W_input_count,
			    (const struct word_arg[]){{"n", n}, {"all", all}, {NULL, NULL}}));
	int title_h = px * 13 / 10;
	y += u->portrait ? 16 : 8;
	ui_label_cut(u, (struct ui_rect){c.x, y, c.w, title_h}, UI_TITLE, px, UI_INK, UI_LEFT,
		     in->title);
	y += title_h + (u->portrait ? 4 : 2);
	if (u->portrait && in->hint != NULL) {
		ui_label_cut(u, (struct ui_rect){c.x, y, c.w, 44}, UI_REGULAR, 28, UI_INK2, UI_LEFT,
			     in->hint);
		y += 52;
	}
	int field_h = pad.y - (u->portrait ? 24 : 12) - y;
	int field_px = u->portrait ? 44 : 42;
	if (u->size != UI_STANDARD)
		field_px = ui_px(u, UI_BODY) + 8;
	/* On a wide screen there is room for three lines: smaller words show more of them. */
	if (!u->portrait && ui_editor_chars(&in->editor) > 60 && u->size == UI_STANDARD)
		field_px = 36;
	ui_keyboard_field(u, &in->keys, &in->editor, (struct ui_rect){c.x, y, c.w, field_h},
			  field_px, count);
	const struct ui_keyboard_words words = {.split = kiosk_word(k, W_key_split),
						.numbers = "123",
						.letters = kiosk_word(k, W_key_letters),
						.language = kiosk_word(k, W_key_language),
						.space = kiosk_word(k, W_key_space)};
	if (ui_keyboard(u, &in->keys, &in->editor, &words, pad))
		k->redraw = true;
	const struct ui_bar_button done = {.id = "input.done",
					   .icon = "check",
					   .label = kiosk_word(k, W_input_done),
					   .kind = UI_BUTTON_PRIMARY,
					   .right = true};
	const char *hit = page_bar(k, u, PAGE_BACK | PAGE_LEAVE, &done, 1);
	if (strcmp(hit, "input.done") == 0) {
		ui_keyboard_finish(&in->keys, &in->editor);
		kiosk_back(k);
	} else if (strcmp(hit, "nav.back") == 0) {
		ui_keyboard_finish(&in->keys, &in->editor);
	}
}
