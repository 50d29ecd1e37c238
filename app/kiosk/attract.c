/* attract.c - 01: the face of the kiosk when nobody is there; any touch starts. Only public sums
 * are shown. */
#include "app/base/clock.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/speak.h"
#include "app/village/money.h"

#include <stdio.h>

enum { FACT_FRESH_DAYS = 45 };

static const struct {
	const char *id;
	enum word name;
} language[LANG_COUNT] = {
	[LANG_ZH] = {"attract.zh", W_lang_zh}, [LANG_EN] = {"attract.en", W_lang_en}};

static void fact(struct ui *u, struct ui_rect r, const char *head, const char *number,
		 const char *unit, const char *sub)
{
	int pad = u->portrait ? 20 : 32, px = u->portrait ? 60 : 72;
	ui_list_box(&u->list, r, UI_RADIUS_CARD, UI_CARD_WARM, 0, UI_CARD_WARM);
	ui_label(u, (struct ui_rect){r.x + pad, r.y + 20, r.w - 2 * pad, 48},
		 ui_pen(UI_REGULAR, u->portrait ? 28 : 30, UI_INK2), UI_LEFT, head);
	const struct ui_span span[] = {{number, UI_BOLD, px, UI_PINE_D},
				       {" ", UI_BOLD, 20, UI_PINE_D},
				       {unit, UI_BOLD, 32, UI_PINE_D}};
	ui_spans(u, (struct ui_rect){r.x + pad, r.y + 64, r.w - 2 * pad, 0}, span, 3,
		 ui_flow(120, UI_LEFT, 1));
	ui_label(u, (struct ui_rect){r.x + pad, r.y + r.h - 60, r.w - 2 * pad, 40},
		 ui_pen(UI_REGULAR, 26, UI_INK2), UI_LEFT, sub);
}

static void facts(struct kiosk *k, struct ui *u)
{
	int newest = k->accounts == NULL ? 0 : accounts_newest_month(k->accounts);
	struct accounts_sum sum = {0};
	char in[MONEY_TEXT], out[MONEY_TEXT];
	if (newest == 0)
		return;
	const struct shelf *shelf = accounts_shelf(k->accounts);
	if (clock_days_between(shelf->day, kiosk_today(k)) > FACT_FRESH_DAYS)
		return; /* rather nothing than stale */
	accounts_months(k->accounts, newest / 100 * 100 + 1, newest, &sum);
	if (sum.state != ACCOUNTS_READY)
		return;
	const char *months = page_months(k, newest / 100 * 100 + 1, newest);
	const struct word_arg when[] = {{"months", months}, {NULL, NULL}};
	int x = u->portrait ? 72 : 96, y = u->portrait ? 1541 : 740, h = u->portrait ? 194 : 204;
	int w = u->portrait ? 278 : 384, gap = u->portrait ? 20 : 25;
	fact(u, (struct ui_rect){x, y, w, h}, words_fill(k->lang, W_attract_in, when),
	     money_wan(sum.in_fen, 1, in), kiosk_word(k, W_unit_wan),
	     kiosk_word(k, W_attract_in_sub));
	fact(u, (struct ui_rect){x + w + gap, y, w, h}, words_fill(k->lang, W_attract_out, when),
	     money_wan(sum.out_fen, 1, out), kiosk_word(k, W_unit_wan),
	     kiosk_word(k, W_attract_out_sub));
	uint32_t rows = accounts_rows(k->accounts, newest, 0);
	fact(u, (struct ui_rect){x + 2 * (w + gap), y, u->portrait ? 340 : w, h},
	     kiosk_word(k, W_attract_new), words_number(rows), kiosk_word(k, W_unit_items),
	     words_fill(k->lang, W_attract_new_sub,
			(const struct word_arg[]){{"day", words_day(k->lang, shelf->day)},
						  {NULL, NULL}}));
}

static void ear(struct kiosk *k, struct ui *u, struct ui_rect start)
{
	const char *words = kiosk_word(k, W_nav_listen);
	struct ui_rect r = {start.x + start.w + 32, start.y, 0, start.h};
	if (u->portrait) /* no room beside it */
		r = (struct ui_rect){start.x, start.y - 120, 0, 96};
	r.w = ui_button_width(u, UI_BUTTON_OUTLINE, "ear", words, NULL) + 40;
	if (ui_button(u, r, "attract.listen", UI_BUTTON_OUTLINE, ui_caption("ear", words, NULL))) {
		kiosk_replace(k, SCREEN_LANGUAGE);
		speak_listen(k);
	}
}

void attract_draw(struct kiosk *k, struct ui *u)
{
	int x = u->portrait ? 72 : 96, foot = u->portrait ? 136 : 112;
	const struct place *village = kiosk_place(k, k->home.place), *nowhere = kiosk_place(k, "");
	const struct place *town =
		k->settings == NULL ? NULL
				    : settings_above(k->settings, village->id, PLACE_TOWNSHIP);
	const struct place *county =
		k->settings == NULL ? NULL : settings_above(k->settings, village->id, PLACE_COUNTY);
	town = town == NULL ? nowhere : town;
	county = county == NULL ? nowhere : county;
	ui_list_picture(&u->list, (struct ui_rect){0, 0, u->w, u->h},
			u->portrait ? "terraces-portrait" : "terraces-landscape");
	int top = u->portrait ? 90 : 72;
	ui_list_picture(&u->list, (struct ui_rect){x, top, 88, 88}, "logo-on-light");
	ui_label(u, (struct ui_rect){x + 108, top, 1200, 92}, ui_pen(UI_BOLD, 36, UI_PINE_D),
		 UI_LEFT,
		 words_fill(k->lang, W_attract_where,
			    (const struct word_arg[]){{"county", county->name},
						      {"town", town->name},
						      {"village", village->name},
						      {NULL, NULL}}));
	if (k->home.have_root && settings_is_demo(&k->home.root)) {
		const char *demo = kiosk_word(k, W_demo);
		int w = ui_label_width(UI_BOLD, 28, demo) + 44;
		struct ui_rect pill = {u->w - x - w, top + 18, w, 50};
		ui_list_box(&u->list, pill, 25, UI_PINE_D, 0, UI_PINE_D);
		ui_label(u, pill, ui_pen(UI_BOLD, 28, UI_SUN_T), UI_CENTER, demo);
	}
	int y = u->portrait ? 190 : 178;
	ui_label(u, (struct ui_rect){x, y, u->w - 2 * x, 170},
		 ui_pen(UI_TITLE,
			k->lang == LANG_EN ? (u->portrait ? 62 : 96)
			: u->portrait      ? 126
					   : 136,
			UI_PINE_D),
		 UI_LEFT, kiosk_word(k, W_brand));
	ui_words(u, (struct ui_rect){x, y + 186, u->w - 2 * x, 0},
		 ui_pen(UI_TITLE, 52, UI_RGB(0x33423F)), 142, UI_LEFT,
		 kiosk_word(k, W_attract_slogan));
	struct ui_rect start = {x, u->portrait ? 1273 : 535, u->portrait ? 936 : 780,
				u->portrait ? 176 : 152};
	ui_list_box(&u->list, (struct ui_rect){start.x, start.y + 8, start.w, start.h}, 28,
		    UI_RGB(0xA8760F), 0, UI_SUN);
	ui_list_box(&u->list, start, 28, UI_SUN, 6, UI_CARD_WARM);
	const char *words = kiosk_word(k, W_attract_start);
	int px = 64, w = ui_label_width(UI_TITLE, px, words),
	    at = start.x + (start.w - w - 112) / 2;
	ui_list_icon(&u->list, (struct ui_rect){at, start.y + (start.h - 80) / 2, 80, 80}, "w_sun",
		     UI_SUN_INK, UI_CARD_WARM, 30);
	ui_label(u, (struct ui_rect){at + 112, start.y, w, start.h},
		 ui_pen(UI_TITLE, px, UI_SUN_INK), UI_LEFT, words);
	if (ui_hit(u, start, "attract.start"))
		kiosk_replace(k, SCREEN_LANGUAGE);
	if (speak_there(k))
		ear(k, u, start);
	facts(k, u);
	struct ui_rect band = {0, u->h - foot, u->w, foot};
	ui_list_fill(&u->list, band, UI_PINE_D);
	for (int i = 0; i < LANG_COUNT; i++) {
		struct ui_rect name = {u->w / LANG_COUNT * i, band.y, u->w / LANG_COUNT, foot};
		if (ui_hit(u, name, language[i].id)) {
			k->lang = (enum language)i;
			kiosk_replace(k, SCREEN_LANGUAGE);
		}
		if (ui_pressed(u, language[i].id))
			ui_list_fill(&u->list, name, UI_PINE);
		ui_label(u, name, ui_pen(UI_REGULAR, 38, UI_WHITE), UI_CENTER,
			 kiosk_word(k, language[i].name));
	}
}

void attract_choose(struct kiosk *k)
{
	for (int i = 0; i < LANG_COUNT; i++)
		if (k->ui.clicked == ui_id(language[i].id))
			k->lang = (enum language)i;
}
