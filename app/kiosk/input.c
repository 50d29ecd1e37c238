#include "app/kiosk/input.h"

#include "app/base/log.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/secret.h"

#include <stdio.h>
#include <string.h>

enum { PAD_TEXT = 32 };

/* In locked memory: it holds what is being composed. */
struct input {
	struct ui_keyboard keys;
	struct ui_editor editor;
	const char *title, *hint;
	bool pad; /* digits only: the large pad instead of the keyboard */
	int step; /* of the letter, as the page it was opened from shows it; -1: none */
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

static struct input *take(struct kiosk *k)
{
	if (k->input == NULL)
		k->input = secret_take(sizeof *k->input);
	return k->input;
}

static void set_mode(struct kiosk *k, struct input *in)
{
	in->keys.mode = k->lang == LANG_EN ? UI_KEYS_ENGLISH : UI_KEYS_PINYIN;
	ui_keyboard_forget(&in->keys);
}

void input_edit(struct kiosk *k, const struct input_ask *ask)
{
	struct input *in = take(k);
	if (in == NULL)
		return;
	kiosk_mark_personal(k);
	if (!ask->digits)
		open_pinyin(k, in);
	in->pad = ask->digits;
	in->step = k->at == SCREEN_MATTER ? 2 : k->at == SCREEN_REACH ? 3 : -1;
	in->title = ask->title;
	in->hint = ask->hint;
	in->editor = (struct ui_editor){
		.text = ask->text, .size = ask->size, .max_chars = ask->max_chars};
	set_mode(k, in);
	kiosk_go(k, SCREEN_INPUT);
}

void input_close(struct input *in)
{
	if (in == NULL)
		return;
	ui_pinyin_close(in->keys.pinyin);
	secret_end(in, sizeof *in);
}

static void pad_type(struct input *in, char key)
{
	char *text = in->editor.text;
	size_t len = strlen(text);
	if (key == 'c')
		explicit_bzero(text, in->editor.size);
	else if (key == 'b' && len > 0)
		text[len - 1] = 0;
	else if (key >= '0' && key <= '9' && len < in->editor.max_chars &&
		 len + 1 < in->editor.size) {
		text[len] = key;
		text[len + 1] = 0;
	}
}

/* A telephone number as it is read aloud: 138 7336 0000. */
static void spaced(const char *digits, char out[PAD_TEXT])
{
	size_t n = 0;
	for (size_t i = 0; digits[i] != 0 && n + 2 < PAD_TEXT; i++) {
		if (digits[0] == '1' && (i == 3 || i == 7))
			out[n++] = ' ';
		out[n++] = digits[i];
	}
	out[n] = 0;
}

static void pad_draw(struct kiosk *k, struct ui *u, struct input *in)
{
	char text[PAD_TEXT];
	int y = page_letter_top(k, u, in->step) + 16, px = ui_px(u, UI_H2);
	struct ui_rect c = ui_content(u, y);
	int w = u->portrait ? c.w : 860, title_h = px * 13 / 10;
	ui_label(u, (struct ui_rect){c.x, y, w, title_h}, ui_pen(UI_TITLE, px, UI_INK), UI_LEFT,
		 in->title);
	struct ui_rect box = {c.x, y + title_h + 16, w, 150};
	ui_field(u, box, true);
	spaced(in->editor.text, text);
	ui_label(u, (struct ui_rect){box.x + 40, box.y, w - 80, box.h}, ui_pen(UI_BOLD, 76, UI_INK),
		 UI_LEFT, text);
	explicit_bzero(text, sizeof text);
	struct ui_rect pad = {c.x + w + 48, y, c.w - w - 48, c.h - 24};
	if (u->portrait)
		pad = (struct ui_rect){c.x + 60, box.y + box.h + 40, c.w - 120,
				       c.y + c.h - box.y - box.h - 80};
	char key = ui_digit_pad(u, pad, kiosk_word(k, W_track_clear));
	if (key != 0) {
		pad_type(in, key);
		k->redraw = true;
	}
	const struct ui_bar_button done = {.id = "input.done",
					   .icon = "check",
					   .label = kiosk_word(k, W_input_done),
					   .kind = UI_BUTTON_PRIMARY,
					   .right = true};
	if (strcmp(page_bar(k, u, PAGE_BACK | PAGE_LEAVE, &done, 1), "input.done") == 0)
		kiosk_back(k);
}

static struct ui_keyboard_words key_words(const struct kiosk *k)
{
	return (struct ui_keyboard_words){.split = kiosk_word(k, W_key_split),
					  .numbers = "123",
					  .letters = kiosk_word(k, W_key_letters),
					  .language = kiosk_word(k, W_key_language),
					  .space = kiosk_word(k, W_key_space)};
}

void input_draw(struct kiosk *k, struct ui *u)
{
	struct input *in = k->input;
	char count[48], n[16], all[16];
	if (in == NULL) {
		kiosk_back(k);
		return;
	}
	if (in->pad) {
		pad_draw(k, u, in);
		return;
	}
	int y = page_letter_top(k, u, u->portrait ? in->step : -1), px = ui_px(u, UI_H2);
	struct ui_rect bar = ui_bar_rect(u), pad = {0, bar.y - UI_KEYBOARD_H, u->w, UI_KEYBOARD_H};
	struct ui_rect c = ui_content(u, y);
	snprintf(n, sizeof n, "%zu", ui_editor_chars(&in->editor));
	snprintf(all, sizeof all, "%zu", in->editor.max_chars);
	snprintf(count, sizeof count, "%.40s",
		 words_fill(k->lang, W_input_count,
			    (const struct word_arg[]){{"n", n}, {"all", all}, {NULL, NULL}}));
	int title_h = px * 13 / 10;
	y += u->portrait ? 16 : 8;
	ui_label_cut(u, (struct ui_rect){c.x, y, c.w, title_h}, ui_pen(UI_TITLE, px, UI_INK),
		     UI_LEFT, in->title);
	y += title_h + (u->portrait ? 4 : 2);
	if (u->portrait && in->hint != NULL) {
		ui_label_cut(u, (struct ui_rect){c.x, y, c.w, 44}, ui_pen(UI_REGULAR, 28, UI_INK2),
			     UI_LEFT, in->hint);
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
	const struct ui_keyboard_words words = key_words(k);
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

/* --- words that are no secret --- */

bool input_open_begin(struct kiosk *k)
{
	struct input *in = take(k);
	if (in == NULL)
		return false;
	open_pinyin(k, in);
	set_mode(k, in);
	return true;
}

bool input_open_draw(struct kiosk *k, struct ui *u, struct input_open *in)
{
	struct ui_keyboard *keys = &k->input->keys;
	const struct ui_keyboard_words words = key_words(k);
	bool changed = ui_keyboard(u, keys, &in->editor, &words, in->keys);
	ui_keyboard_field(u, keys, &in->editor, in->field, in->px, "");
	return changed;
}

const char *input_open_letters(const struct kiosk *k)
{
	return k->input == NULL ? "" : k->input->keys.letters;
}

void input_open_finish(struct kiosk *k, struct ui_editor *e)
{
	if (k->input != NULL)
		ui_keyboard_finish(&k->input->keys, e);
}

void input_open_end(struct kiosk *k)
{
	if (k->input != NULL)
		ui_keyboard_forget(&k->input->keys);
}

struct ui_pinyin *input_pinyin(struct kiosk *k)
{
	return k->input == NULL ? NULL : k->input->keys.pinyin;
}

const char *input_own_word(size_t i)
{
	return i < sizeof own_words / sizeof own_words[0] ? own_words[i].word : NULL;
}
