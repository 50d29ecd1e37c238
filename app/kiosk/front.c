/* front.c - 03: home. Seven columns in a fixed order and three actions; the order never changes at
 * run time. */
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/village/money.h"

#include <stdio.h>
#include <string.h>

static const struct column {
	const char *id, *icon;
	enum word title, sub;
} columns[] = {
	{"home.village", "village", W_col_village, W_col_village_sub},
	{"home.policy", "policy", W_col_policy, W_col_policy_sub},
	{"home.project", "project", W_col_project, W_col_project_sub},
	{"home.party", "party", W_col_party, W_col_party_sub},
	{"home.gov", "gov", W_col_gov, W_col_gov_sub},
	{"home.service", "service", W_col_service, W_col_service_sub},
};

/* Months of the newest year with a ledger: 1–10 月. */
static const char *year_months(const struct kiosk *k, int newest)
{
	char last[8];
	snprintf(last, sizeof last, "%d", newest % 100);
	return words_fill(k->lang, newest % 100 > 1 ? W_months_range : W_months_one,
			  (const struct word_arg[]){
				  {"a", newest % 100 > 1 ? "1" : last}, {"b", last}, {NULL, NULL}});
}

static void money_box(struct kiosk *k, struct ui *u, struct ui_rect r, bool out, const char *amount)
{
	int px = ui_px(u, UI_NUMBER) - (u->portrait ? 12 : 12);
	ui_list_box(&u->list, r, 18, out ? UI_EXPENSE_T : UI_INCOME_T, 0, UI_CARD);
	ui_seal(u, r.x + 20, r.y + (r.h - 64) / 2, 64, out);
	int x = r.x + 104;
	ui_label(u, (struct ui_rect){x, r.y + 10, r.w - 112, 42}, UI_REGULAR, 26, UI_INK, UI_LEFT,
		 kiosk_word(k, out ? W_expense_wan : W_income_wan));
	ui_label(u, (struct ui_rect){x, r.y + 44, r.w - 108, r.h - 48}, UI_BOLD, px,
		 out ? UI_EXPENSE : UI_INCOME, UI_LEFT, amount);
}

static void finance_tile(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	bool hit = ui_hit(u, r, "home.finance"), pressed = ui_pressed(u, "home.finance");
	int newest = k->accounts == NULL ? 0 : accounts_newest_month(k->accounts);
	struct accounts_sum sum = {0};
	char in[MONEY_TEXT] = "", out[MONEY_TEXT] = "";
	if (newest != 0)
		accounts_months(k->accounts, newest / 100 * 100 + 1, newest, &sum);
	if (pressed)
		r.y += 4;
	else
		ui_list_box(&u->list, (struct ui_rect){r.x, r.y + 4, r.w, r.h}, UI_RADIUS_CARD,
			    UI_RGB(0xB9D3CB), 0, UI_LINE);
	ui_list_box(&u->list, r, UI_RADIUS_CARD, UI_CARD, 3, UI_PINE);
	int pad = u->portrait ? 34 : 38,
	    plate = u->portrait  ? 96
		    : r.h >= 320 ? 112
				 : 96,
	    y = r.y + (u->portrait ? 28 : 32);
	ui_plate(u, (struct ui_rect){r.x + pad, y, plate, plate}, UI_PINE_T, "finance", 72);
	int x = r.x + pad + plate + 28, w = r.x + r.w - pad - x,
	    title_px = ui_px(u, UI_TILE_TITLE) + 2;
	bool sub = u->size != UI_XLARGE && newest != 0;
	int title_h = title_px * 12 / 10, sub_px = ui_px(u, UI_CAPTION);
	int top = y + (plate - title_h - (sub ? sub_px * 14 / 10 + 8 : 0)) / 2;
	ui_label(u, (struct ui_rect){x, top, w, title_h}, UI_TITLE, title_px, UI_INK, UI_LEFT,
		 kiosk_word(k, W_col_finance));
	if (sub)
		ui_label(u, (struct ui_rect){x, top + title_h + 8, w, sub_px * 14 / 10}, UI_REGULAR,
			 sub_px, UI_INK2, UI_LEFT,
			 words_fill(k->lang, W_col_finance_sub,
				    (const struct word_arg[]){{"months", year_months(k, newest)},
							      {NULL, NULL}}));
	int box_h = u->portrait ? 116 : 124, gap = 20, box_w = (r.w - 2 * pad - gap) / 2;
	struct ui_rect first = {r.x + pad, r.y + r.h - (u->portrait ? 26 : 34) - box_h, box_w,
				box_h},
		       second = first;
	second.x += box_w + gap;
	if (sum.state == ACCOUNTS_READY) {
		money_box(k, u, first, false, money_wan(sum.in_fen, 1, in));
		money_box(k, u, second, true, money_wan(sum.out_fen, 1, out));
	} else {
		enum word w_state = newest == 0                      ? W_home_nothing
				    : sum.state == ACCOUNTS_CHECKING ? W_fin_checking
								     : W_place_damaged;
		ui_list_box(&u->list, (struct ui_rect){first.x, first.y, r.w - 2 * pad, box_h}, 18,
			    UI_PAPER2, 0, UI_CARD);
		ui_label(u, (struct ui_rect){first.x + 24, first.y, r.w - 2 * pad - 48, box_h},
			 UI_REGULAR, ui_px(u, UI_BODY), UI_INK2, UI_LEFT, kiosk_word(k, w_state));
	}
	if (hit)
		kiosk_go(k, SCREEN_FINANCE);
}

/* On a tall screen; the banner takes its room from the tiles. */
static int tile_height(struct ui_rect c)
{
	int over = UI_HEADER_H - c.y;
	return over >= 0 ? 280 : 280 + over / 2;
}

static void tiles(struct kiosk *k, struct ui *u, struct ui_rect c, int top)
{
	int gap = u->portrait ? 25 : 32,
	    h = u->portrait ? tile_height(c) : (c.y + c.h - 36 - top - gap) / 2;
	if (u->portrait) {
		int w = (c.w - 2 * gap) / 3;
		for (int i = 0; i < 6; i++) {
			struct ui_rect r = {c.x + (w + gap) * (i % 3), top + (h + gap) * (i / 3), w,
					    h};
			if (ui_tile(u, r, columns[i].id, columns[i].icon,
				    kiosk_word(k, columns[i].title), kiosk_word(k, columns[i].sub),
				    NULL))
				column_open(k, columns[i].id + strlen("home."));
		}
		return;
	}
	if (h > 320)
		h = 320;
	finance_tile(k, u, (struct ui_rect){c.x, top, 632, h});
	for (int i = 0; i < 6; i++) {
		int column = i < 2 ? i + 2 : i - 2;
		struct ui_rect r = {c.x + 332 * column, top + (i < 2 ? 0 : h + gap), 300, h};
		if (ui_tile(u, r, columns[i].id, columns[i].icon, kiosk_word(k, columns[i].title),
			    kiosk_word(k, columns[i].sub), NULL))
			column_open(k, columns[i].id + strlen("home."));
	}
}

static void actions(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	bool report, follow, subsidy;
	const char *t[] = {kiosk_word(k, W_act_report), kiosk_word(k, W_act_follow),
			   kiosk_word(k, W_act_subsidy)};
	const char *s[] = {kiosk_word(k, W_act_report_sub), kiosk_word(k, W_act_follow_sub),
			   kiosk_word(k, W_act_subsidy_sub)};
	if (u->portrait) {
		int w = (r.w - 25) / 2;
		report = ui_action(u, (struct ui_rect){r.x, r.y, r.w, 172}, "home.report", true,
				   "complaint", t[0], s[0]);
		follow = ui_action(u, (struct ui_rect){r.x, r.y + 197, w, 172}, "home.follow",
				   false, "follow", t[1], s[1]);
		subsidy = ui_action(u, (struct ui_rect){r.x + w + 25, r.y + 197, w, 172},
				    "home.subsidy", false, "subsidy", t[2], s[2]);
	} else {
		int h = (r.h - 2 * 24) / 3;
		report = ui_action(u, (struct ui_rect){r.x, r.y, r.w, h}, "home.report", true,
				   "complaint", t[0], s[0]);
		follow = ui_action(u, (struct ui_rect){r.x, r.y + h + 24, r.w, h}, "home.follow",
				   false, "follow", t[1], s[1]);
		subsidy = ui_action(u, (struct ui_rect){r.x, r.y + 2 * (h + 24), r.w, h},
				    "home.subsidy", false, "subsidy", t[2], s[2]);
	}
	if (report)
		file_begin(k, false);
	if (follow)
		track_begin(k);
	if (subsidy)
		subsidy_begin(k);
}

static const char *updated(const struct kiosk *k)
{
	const struct shelf *shelf = k->accounts == NULL ? NULL : accounts_shelf(k->accounts);
	if (shelf == NULL || shelf->publication == 0)
		return kiosk_word(k, W_home_nothing);
	return words_fill(k->lang, W_home_updated,
			  (const struct word_arg[]){{"day", words_day(k->lang, shelf->day)},
						    {"issuer", shelf->issuer},
						    {NULL, NULL}});
}

static void portrait(struct kiosk *k, struct ui *u, int top)
{
	struct ui_rect c = ui_content(u, top), band = {0, top, u->w, 282};
	ui_list_clip(&u->list, band);
	ui_list_picture(&u->list, (struct ui_rect){0, top - 60, u->w, u->w * 9 / 16},
			"terraces-landscape");
	ui_list_clip(&u->list, (struct ui_rect){0});
	ui_list_fill(&u->list, (struct ui_rect){0, top + 280, u->w, 2}, UI_LINE);
	ui_label(u, (struct ui_rect){c.x, top + 18, c.w, 84}, UI_TITLE,
		 ui_px(u, UI_H2) + (k->lang == LANG_EN ? -8 : 8), UI_INK, UI_LEFT,
		 kiosk_word(k, W_home_greet));
	ui_label(u, (struct ui_rect){c.x, top + 98, c.w, 48}, UI_REGULAR, ui_px(u, UI_CAPTION) + 2,
		 UI_INK2, UI_LEFT, updated(k));
	page_places(k, u, (struct ui_rect){c.x, top + 160, c.w, 96});
	int y = top + 304;
	finance_tile(k, u, (struct ui_rect){c.x, y, c.w, 284});
	tiles(k, u, c, y + 309);
	actions(k, u, (struct ui_rect){c.x, y + 309 + 2 * (tile_height(c) + 25) + 3, c.w, 0});
}

static void landscape(struct kiosk *k, struct ui *u, int top)
{
	struct ui_rect c = ui_content(u, top);
	int seg = page_places_width(k, u), tiles_top = top + 133;
	if (top > UI_HEADER_H)
		tiles_top = top + 116; /* the banner takes its room from the tiles */
	page_places(k, u, (struct ui_rect){c.x + c.w - seg, top + 18, seg, 96});
	ui_label(u, (struct ui_rect){c.x, top + 14, c.w - seg - 140, 72}, UI_TITLE,
		 ui_px(u, UI_H2) - (k->lang == LANG_EN ? 8 : 0), UI_INK, UI_LEFT,
		 kiosk_word(k, W_home_greet));
	ui_label(u, (struct ui_rect){c.x, top + 80, c.w - seg - 40, 40}, UI_REGULAR,
		 ui_px(u, UI_CAPTION), UI_INK2, UI_LEFT, updated(k));
	tiles(k, u, c, tiles_top);
	int h = (c.y + c.h - 36 - tiles_top - 32) / 2;
	h = h > 320 ? 320 : h;
	actions(k, u, (struct ui_rect){c.x + 1328, tiles_top, 464, 2 * h + 32});
}

void home_draw(struct kiosk *k, struct ui *u)
{
	int top = page_top(k, u);
	if (u->portrait)
		portrait(k, u, top);
	else
		landscape(k, u, top);
	page_bar(k, u, PAGE_HOME | PAGE_SIZE | PAGE_LANGUAGE, NULL, 0);
}

/* --- nothing published yet --- */

void empty_draw(struct kiosk *k, struct ui *u)
{
	struct ui_rect c = ui_content(u, page_top(k, u));
	const struct page_notice n = {
		.icon = "calendar",
		.title = words_fill(
			k->lang, W_empty_title,
			(const struct word_arg[]){{"what", k->empty_title}, {NULL, NULL}}),
		.body = {{words_fill(
				  k->lang, W_empty_body,
				  (const struct word_arg[]){
					  {"place", kiosk_place(k, k->place)->name}, {NULL, NULL}}),
			  UI_REGULAR, ui_px(u, UI_LEAD), UI_INK2}},
		.bodies = 1,
		.button = {{.id = "empty.ask",
			    .icon = "help",
			    .label = kiosk_word(k, W_empty_ask),
			    .kind = UI_BUTTON_SUN}},
		.buttons = 1,
	};
	if (page_notice(k, u, c, &n) == 0)
		file_begin(k, false);
	page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SIZE | PAGE_LANGUAGE, NULL, 0);
}
