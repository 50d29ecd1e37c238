/* language.c - 02: language and text size; both re-lay the page at once. Only languages with all
 * their words are shown. */
#include "app/kiosk/packs.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/speak.h"

/* A language that is read; who chooses it also hears it. */
static void language_card(struct kiosk *k, struct ui *u, struct ui_rect r, enum language lang)
{
	static const char *const id[LANG_COUNT] = {"lang.zh", "lang.en"};
	static const enum word name[LANG_COUNT] = {W_lang_zh, W_lang_en},
			       sub[LANG_COUNT] = {W_lang_zh_sub, W_lang_en_sub};
	if (ui_choice(u, r, id[lang], k->lang == lang && speak_heard(k) < 0)) {
		k->lang = lang;
		speak_hear(k, -1);
	}
	ui_label(u, (struct ui_rect){r.x + 40, r.y + 30, r.w - 160, 64},
		 ui_pen(UI_BOLD, 46, UI_INK), UI_LEFT, words_get(k->lang, name[lang]));
	ui_label(u, (struct ui_rect){r.x + 40, r.y + 96, r.w - 160, 44},
		 ui_pen(UI_REGULAR, 28, UI_INK2), UI_LEFT, words_get(k->lang, sub[lang]));
}

/* A language that is only heard, in recordings. */
static void heard_card(struct kiosk *k, struct ui *u, struct ui_rect r, int n)
{
	const struct pack *p = speak_language(k, n);
	char id[] = "lang.heard0";
	id[sizeof id - 2] = (char)('0' + n);
	if (ui_choice(u, r, id, speak_heard(k) == n)) {
		k->lang = LANG_ZH;
		speak_hear(k, n);
	}
	ui_label(u, (struct ui_rect){r.x + 40, r.y + 22, r.w - 160, 64},
		 ui_pen(UI_BOLD, 46, UI_INK), UI_LEFT, p->name);
	ui_words(u, (struct ui_rect){r.x + 40, r.y + 84, r.w - 80, 72},
		 ui_pen(UI_REGULAR, 26, UI_INK2), 130, UI_LEFT,
		 words_fill(k->lang, W_lang_heard,
			    (const struct word_arg[]){{"lang", p->chinese}, {NULL, NULL}}));
}

/* Gives the height of all. */
static int languages(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	int heard = 0, gap = 24, h = 166;
	while (speak_language(k, heard) != NULL)
		heard++;
	int columns = !u->portrait ? 3
		      : heard > 0  ? 2
				   : 1,
	    n = LANG_COUNT + heard, w = (r.w - gap * (columns - 1)) / columns;
	for (int i = 0; i < n; i++) {
		struct ui_rect cell = {r.x + (w + gap) * (i % columns),
				       r.y + (h + gap) * (i / columns), w, h};
		if (i < LANG_COUNT)
			language_card(k, u, cell, (enum language)i);
		else
			heard_card(k, u, cell, i - LANG_COUNT);
	}
	return (n + columns - 1) / columns * (h + gap);
}

static void size_card(struct kiosk *k, struct ui *u, struct ui_rect r, enum ui_size size)
{
	static const char *const id[UI_SIZES] = {"size.standard", "size.large", "size.xlarge"};
	static const enum word name[UI_SIZES] = {W_size_standard, W_size_large, W_size_xlarge};
	int kai = ui_role_px(UI_H1, size) - 4, label = ui_role_px(UI_LABEL, size),
	    body = ui_role_px(UI_BODY, size);
	if (ui_choice(u, r, id[size], k->size == size)) {
		k->size = size;
		k->redraw = true;
	}
	int x = r.x + 60;
	ui_label(u, (struct ui_rect){x, r.y, kai + 8, r.h}, ui_pen(UI_TITLE, kai, UI_PINE_D),
		 UI_CENTER, "字");
	int top = r.y + (r.h - label * 13 / 10 - body * 13 / 10) / 2;
	int text_x = x + kai + 44, text_w = r.x + r.w - 24 - text_x;
	ui_label(u, (struct ui_rect){text_x, top, text_w - 60, label * 13 / 10},
		 ui_pen(UI_BOLD, label, UI_INK), UI_LEFT, kiosk_word(k, name[size]));
	ui_label(u, (struct ui_rect){text_x, top + label * 13 / 10, text_w, body * 13 / 10},
		 ui_pen(UI_REGULAR, body, UI_INK2), UI_LEFT, kiosk_word(k, W_size_sample));
}

static int heading(struct kiosk *k, struct ui *u, struct ui_rect r, enum word title, enum word sub)
{
	int px = ui_px(u, UI_H2);
	const struct ui_span span[] = {{kiosk_word(k, title), UI_TITLE, px, UI_INK},
				       {"   ", UI_REGULAR, 30, UI_INK2},
				       {kiosk_word(k, sub), UI_REGULAR, 30, UI_INK2}};
	return r.y + ui_spans(u, r, span, 3, ui_flow(125, UI_LEFT, 0)) + 16;
}

void language_draw(struct kiosk *k, struct ui *u)
{
	struct ui_rect c = ui_content(u, page_top(k, u));
	int y = heading(k, u, (struct ui_rect){c.x, c.y + 24, c.w, 0}, W_lang_title, W_lang_sub),
	    gap = 24;
	int w = u->portrait ? c.w : (c.w - 2 * gap) / 3;
	y += languages(k, u, (struct ui_rect){c.x, y, c.w, 0}) + 16;
	y = heading(k, u, (struct ui_rect){c.x, y, c.w, 0}, W_size_title, W_size_sub);
	for (int i = 0; i < UI_SIZES; i++) {
		struct ui_rect r = u->portrait ? (struct ui_rect){c.x, y + i * (200 + gap), w, 200}
					       : (struct ui_rect){c.x + i * (w + gap), y, w, 200};
		size_card(k, u, r, (enum ui_size)i);
	}
	const struct ui_bar_button go = {.id = "lang.done",
					 .icon = "next",
					 .label = kiosk_word(k, W_lang_done),
					 .kind = UI_BUTTON_PRIMARY,
					 .right = true};
	bool first = k->depth == 0;
	const char *hit = page_bar(k, u, first ? PAGE_HOME : PAGE_BACK | PAGE_HOME, &go, 1);
	if (hit[0] == 'l') {
		if (first)
			kiosk_home(k);
		else
			kiosk_back(k);
	}
}
