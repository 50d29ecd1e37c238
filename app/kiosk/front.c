/* front.c - 03: home. Seven columns in a fixed order and three actions; the order never changes at
 * run time. */
#include "app/kiosk/owed.h"
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

/* 新 2, and below it 缺 1: what came lately, and what is overdue. */
struct badges {
	char fresh[32], owed[32]; /* "" when there is none */
};

static void badges_of(struct kiosk *k, const char *column, struct badges *out)
{
	size_t fresh = k->fresh == NULL ? 0 : fresh_count(k->fresh, column),
	       owed = owed_count(k, column);
	*out = (struct badges){.fresh = ""};
	if (fresh > 0)
		snprintf(out->fresh, sizeof out->fresh, "%s",
			 words_fill(k->lang, W_home_new,
				    (const struct word_arg[]){{"n", words_number((long long)fresh)},
							      {NULL, NULL}}));
	if (owed > 0)
		snprintf(out->owed, sizeof out->owed, "%s",
			 words_fill(k->lang, W_home_owed,
				    (const struct word_arg[]){{"n", words_number((long long)owed)},
							      {NULL, NULL}}));
}

static void column_tile(struct kiosk *k, struct ui *u, struct ui_rect r, const struct column *c)
{
	struct badges b;
	const char *column = c->id + strlen("home.");
	badges_of(k, column, &b);
	bool two = b.fresh[0] != 0 && b.owed[0] != 0;
	if (ui_tile(u, r, c->id,
		    ui_caption(c->icon, kiosk_word(k, c->title), kiosk_word(k, c->sub)),
		    b.fresh[0] == 0 || two ? NULL : b.fresh))
		column_open(k, column);
	int right = r.x + r.w - 24, y = r.y + (two ? 16 : 24), h = two ? 42 : 48;
	/* A low tile has room for one line of them: then 新 stands without its number. */
	bool beside = two && u->portrait && u->size != UI_XLARGE;
	const char *fresh = beside ? kiosk_word(k, W_col_new) : b.fresh;
	int owed_w = b.owed[0] == 0 ? 0 : ui_pill_width(u, b.owed);
	if (two) {
		int x = right - ui_pill_width(u, fresh) - (beside ? owed_w + 8 : 0);
		ui_pill(u, x, y, h, UI_PILL_SUN, fresh);
		y += beside ? 0 : h + 4;
	}
	if (owed_w > 0)
		ui_pill(u, right - owed_w, y, h, UI_PILL_DANGER, b.owed);
}

/* The largest of the caption's sizes in which the words fit. */
static int fitting_px(struct ui *u, const char *words, int w)
{
	for (int size = (int)u->size; size > 0; size--)
		if (ui_label_width(UI_REGULAR, ui_role_px(UI_CAPTION, (enum ui_size)size), words) <=
		    w)
			return ui_role_px(UI_CAPTION, (enum ui_size)size);
	return ui_role_px(UI_CAPTION, UI_STANDARD);
}

static void money_box(struct kiosk *k, struct ui *u, struct ui_rect r, bool out, const char *amount)
{
	const char *words = kiosk_word(k, out ? W_expense_wan : W_income_wan);
	int x = r.x + 104, w = r.x + r.w - 16 - x, label_px = fitting_px(u, words, w);
	int px = ui_px(u, UI_NUMBER) - 12, label_h = label_px * 13 / 10;
	/* A long sum, or a low box, takes the standard size. */
	if (ui_label_width(UI_BOLD, px, amount) > w || label_h + px > r.h - 8)
		px = ui_role_px(UI_NUMBER, UI_STANDARD) - 12;
	int number_h = px * 115 / 100, top = r.y + (r.h - label_h - number_h) / 2;
	ui_list_box(&u->list, r, 18, out ? UI_EXPENSE_T : UI_INCOME_T, 0, UI_CARD);
	ui_seal(u, r.x + 20, r.y + (r.h - 64) / 2, 64, out);
	ui_label(u, (struct ui_rect){x, top, w, label_h}, ui_pen(UI_REGULAR, label_px, UI_INK),
		 UI_LEFT, words);
	ui_label(u, (struct ui_rect){x, top + label_h, w, number_h},
		 ui_pen(UI_BOLD, px, out ? UI_EXPENSE : UI_INCOME), UI_LEFT, amount);
}

/* The two sums of the year, or why there are none. */
static void finance_sums(struct kiosk *k, struct ui *u, struct ui_rect r, int newest)
{
	struct accounts_sum sum = {0};
	char in[MONEY_TEXT] = "", out[MONEY_TEXT] = "";
	if (newest != 0)
		accounts_months(k->accounts, newest / 100 * 100 + 1, newest, &sum);
	if (sum.state == ACCOUNTS_READY) {
		int w = (r.w - 20) / 2;
		money_box(k, u, (struct ui_rect){r.x, r.y, w, r.h}, false,
			  money_wan(sum.in_fen, 1, in));
		money_box(k, u, (struct ui_rect){r.x + w + 20, r.y, w, r.h}, true,
			  money_wan(sum.out_fen, 1, out));
		return;
	}
	enum word w_state = newest == 0                      ? W_home_nothing
			    : sum.state == ACCOUNTS_CHECKING ? W_fin_checking
							     : W_place_damaged;
	ui_list_box(&u->list, r, 18, UI_PAPER2, 0, UI_CARD);
	ui_label(u, (struct ui_rect){r.x + 24, r.y, r.w - 48, r.h},
		 ui_pen(UI_REGULAR, ui_px(u, UI_BODY), UI_INK2), UI_LEFT, kiosk_word(k, w_state));
}

static void finance_tile(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	bool hit = ui_hit(u, r, "home.finance"), pressed = ui_pressed(u, "home.finance");
	int newest = k->accounts == NULL ? 0 : accounts_newest_month(k->accounts);
	if (pressed)
		r.y += 4;
	else
		ui_list_box(&u->list, (struct ui_rect){r.x, r.y + 4, r.w, r.h}, UI_RADIUS_CARD,
			    UI_RGB(0xB9D3CB), 0, UI_LINE);
	ui_list_box(&u->list, r, UI_RADIUS_CARD, UI_CARD, 3, UI_PINE);
	/* What the banner takes comes off the edges, then off the boxes, never off the words. */
	int side = u->portrait ? 34 : 38, plate = r.h >= 320 ? 112 : 96;
	int edge = r.h >= 310 ? 32 : 24, box_h = r.h - 2 * edge - plate - 14;
	box_h = box_h > 124 ? 124 : box_h;
	ui_plate(u, (struct ui_rect){r.x + side, r.y + edge, plate, plate}, UI_PINE_T, "finance",
		 72);
	int x = r.x + side + plate + 28, w = r.x + r.w - side - x,
	    title_px = ui_px(u, UI_TILE_TITLE) + (u->latin ? 10 : 2);
	bool sub = u->size != UI_XLARGE && newest != 0;
	int title_h = title_px * 12 / 10, sub_px = ui_px(u, UI_CAPTION);
	int top = r.y + edge + (plate - title_h - (sub ? sub_px * 13 / 10 : 0)) / 2;
	struct badges b;
	badges_of(k, "finance", &b);
	const char *badge[] = {b.owed, b.fresh}, *title = kiosk_word(k, W_col_finance);
	int badges_w = 0;
	for (int i = 0; i < 2; i++)
		badges_w += badge[i][0] == 0 ? 0 : ui_pill_width(u, badge[i]) + 12;
	/* A long title stands below the pills. */
	if (badges_w > 0 && ui_label_width(UI_TITLE, title_px, title) + badges_w > w &&
	    top < r.y + 20 + 48)
		top = r.y + 20 + 48;
	sub = sub && top + title_h + sub_px * 13 / 10 <= r.y + r.h - edge - box_h;
	ui_label(u, (struct ui_rect){x, top, w, title_h}, ui_pen(UI_TITLE, title_px, UI_INK),
		 UI_LEFT, title);
	if (sub)
		ui_label(u, (struct ui_rect){x, top + title_h, w, sub_px * 13 / 10},
			 ui_pen(UI_REGULAR, sub_px, UI_INK2), UI_LEFT,
			 words_fill(
				 k->lang, W_col_finance_sub,
				 (const struct word_arg[]){
					 {"months", page_months(k, newest / 100 * 100 + 1, newest)},
					 {NULL, NULL}}));
	int right = r.x + r.w - side;
	for (int i = 0; i < 2; i++) {
		if (badge[i][0] == 0)
			continue;
		ui_pill(u, right - ui_pill_width(u, badge[i]), r.y + 20, 48,
			i == 0 ? UI_PILL_DANGER : UI_PILL_SUN, badge[i]);
		right -= ui_pill_width(u, badge[i]) + 12;
	}
	finance_sums(k, u,
		     (struct ui_rect){r.x + side, r.y + r.h - edge - box_h, r.w - 2 * side, box_h},
		     newest);
	if (hit)
		kiosk_go(k, SCREEN_FINANCE);
}

/* On a tall screen; the banner takes its room from the tiles. */
static int tile_height(struct ui_rect c)
{
	int over = UI_HEADER_H - c.y;
	return over >= 0 ? 280 : 280 + (over + 48) / 2; /* 48 are free above the bar */
}

static void tiles(struct kiosk *k, struct ui *u, struct ui_rect c, int top, int h)
{
	int gap = u->portrait ? 25 : 32;
	if (u->portrait) {
		int w = (c.w - 2 * gap) / 3;
		for (int i = 0; i < 6; i++) {
			struct ui_rect r = {c.x + (w + gap) * (i % 3), top + (h + gap) * (i / 3), w,
					    h};
			column_tile(k, u, r, &columns[i]);
		}
		return;
	}
	finance_tile(k, u, (struct ui_rect){c.x, top, 632, h});
	for (int i = 0; i < 6; i++) {
		int column = i < 2 ? i + 2 : i - 2;
		struct ui_rect r = {c.x + 332 * column, top + (i < 2 ? 0 : h + gap), 300, h};
		column_tile(k, u, r, &columns[i]);
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
				   ui_caption("complaint", t[0], s[0]));
		follow = ui_action(u, (struct ui_rect){r.x, r.y + 197, w, 172}, "home.follow",
				   false, ui_caption("follow", t[1], s[1]));
		subsidy = ui_action(u, (struct ui_rect){r.x + w + 25, r.y + 197, w, 172},
				    "home.subsidy", false, ui_caption("subsidy", t[2], s[2]));
	} else {
		int h = (r.h - 2 * 24) / 3;
		report = ui_action(u, (struct ui_rect){r.x, r.y, r.w, h}, "home.report", true,
				   ui_caption("complaint", t[0], s[0]));
		follow = ui_action(u, (struct ui_rect){r.x, r.y + h + 24, r.w, h}, "home.follow",
				   false, ui_caption("follow", t[1], s[1]));
		subsidy = ui_action(u, (struct ui_rect){r.x, r.y + 2 * (h + 24), r.w, h},
				    "home.subsidy", false, ui_caption("subsidy", t[2], s[2]));
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
	enum books_road road = BOOKS_ROAD_UNKNOWN;
	if (books_road(k->books, shelf->place, shelf->publication, &road) != OK)
		road = BOOKS_ROAD_UNKNOWN;
	return words_fill(k->lang,
			  road == BOOKS_ROAD_LINE    ? W_home_updated_line
			  : road == BOOKS_ROAD_STICK ? W_home_updated_stick
						     : W_home_updated,
			  (const struct word_arg[]){{"day", words_day(k->lang, shelf->day)},
						    {"issuer", shelf->issuer},
						    {NULL, NULL}});
}

/* When the content is of, and the way to what came last: the greeting above it is pressed, too. */
static void latest(struct kiosk *k, struct ui *u, struct ui_rect r, int px, struct ui_rect target)
{
	static const struct ui_color none = {0};
	const struct shelf *shelf = k->accounts == NULL ? NULL : accounts_shelf(k->accounts);
	const char *words = updated(k);
	if (shelf == NULL || shelf->publication == 0) {
		ui_label(u, r, ui_pen(UI_REGULAR, px, UI_INK2), UI_LEFT, words);
		return;
	}
	bool hit = ui_hit(u, target, "home.news"), pressed = ui_pressed(u, "home.news");
	int w = ui_label_width(UI_REGULAR, px, words), icon = px;
	if (pressed)
		ui_list_box(&u->list, target, UI_RADIUS_BUTTON, UI_SUN_T, 0, UI_SUN_T);
	ui_label(u, r, ui_pen(UI_REGULAR, px, UI_PINE_D), UI_LEFT, words);
	ui_list_icon(&u->list, (struct ui_rect){r.x + w + 10, r.y + (r.h - icon) / 2, icon, icon},
		     "next", UI_PINE_D, none, 50);
	if (hit) {
		ui_scroll_forget(u, "news");
		kiosk_go(k, SCREEN_NEWS);
	}
}

static void portrait(struct kiosk *k, struct ui *u, int top)
{
	struct ui_rect c = ui_content(u, top), band = {0, top, u->w, 282};
	ui_list_clip(&u->list, band);
	ui_list_picture(&u->list, (struct ui_rect){0, top - 60, u->w, u->w * 9 / 16},
			"terraces-landscape");
	ui_list_clip(&u->list, (struct ui_rect){0});
	ui_list_fill(&u->list, (struct ui_rect){0, top + 280, u->w, 2}, UI_LINE);
	int px = ui_px(u, UI_H2) + (u->latin ? 0 : 8), small = ui_px(u, UI_CAPTION) + 2;
	bool whole = ui_label_width(UI_TITLE, px, kiosk_word(k, W_home_greet)) <= c.w;
	ui_list_apart(&u->list, (struct ui_rect){c.x, top + 18, c.w, 84});
	ui_label(u, (struct ui_rect){c.x, top + 18, c.w, 84}, ui_pen(UI_TITLE, px, UI_INK), UI_LEFT,
		 kiosk_word(k, whole ? W_home_greet : W_home_hello));
	latest(k, u, (struct ui_rect){c.x, top + 98, c.w - 48, 48}, small,
	       (struct ui_rect){c.x, top + 16, c.w, 132});
	page_places(k, u, (struct ui_rect){c.x, top + 160, c.w, 96});
	int y = top + 304, h = tile_height(c);
	finance_tile(k, u, (struct ui_rect){c.x, y, c.w, 284});
	tiles(k, u, c, y + 309, h);
	actions(k, u, (struct ui_rect){c.x, y + 309 + 2 * (h + 25) + 3, c.w, 0});
}

static void landscape(struct kiosk *k, struct ui *u, int top)
{
	struct ui_rect c = ui_content(u, top);
	bool offline = top > UI_HEADER_H; /* the banner takes its room from the tiles */
	int px = ui_px(u, UI_H2), small = ui_px(u, UI_CAPTION);
	const char *greet = kiosk_word(k, W_home_greet), *where = kiosk_word(k, W_home_where);
	int greet_w = ui_label_width(UI_TITLE, px, greet);
	int seg = page_places_width(k, u, false), head = top + (offline ? 8 : 16);
	if (greet_w + 40 + seg > c.w)
		seg = page_places_width(k, u, true);
	if (greet_w + 24 + seg > c.w) {
		greet = kiosk_word(k, W_home_hello);
		greet_w = ui_label_width(UI_TITLE, px, greet);
	}
	int seg_x = c.x + c.w - seg, where_w = ui_label_width(UI_REGULAR, small + 4, where);
	int title_h = px * 12 / 10, sub_h = small * 12 / 10, words_h = title_h + sub_h;
	int y = words_h > 96 && offline ? head : head + 2 + (96 - words_h) / 2;
	ui_list_apart(&u->list, (struct ui_rect){c.x, y, greet_w, title_h});
	ui_label(u, (struct ui_rect){c.x, y, seg_x - 24 - c.x, title_h},
		 ui_pen(UI_TITLE, px, UI_INK), UI_LEFT, greet);
	latest(k, u, (struct ui_rect){c.x, y + title_h, seg_x - 72 - c.x, sub_h}, small,
	       (struct ui_rect){c.x, y, seg_x - 24 - c.x, words_h});
	struct ui_rect ask = {seg_x - 24 - where_w, head + 2, where_w, 96};
	int latest_w = ui_label_width(UI_REGULAR, small, updated(k)) + 10 + small,
	    said_w = latest_w > greet_w ? latest_w : greet_w;
	if (c.x + said_w + 40 + where_w + 24 < seg_x) {
		ui_list_apart(&u->list, ask);
		ui_label(u, ask, ui_pen(UI_REGULAR, small + 4, UI_INK2), UI_LEFT, where);
	}
	page_places(k, u, (struct ui_rect){seg_x, head + 2, seg, 96}); /* as it is read */
	int tiles_top = !offline ? head + 117 : words_h > 102 ? head + words_h + 8 : head + 110;
	int h = (c.y + c.h - (offline ? 24 : 36) - tiles_top - 32) / 2;
	h = h > 320 ? 320 : h;
	tiles(k, u, c, tiles_top, h);
	actions(k, u, (struct ui_rect){c.x + 1328, tiles_top, 464, 2 * h + 32});
}

void home_draw(struct kiosk *k, struct ui *u)
{
	int top = page_top(k, u);
	if (k->fresh != NULL && k->accounts != NULL)
		fresh_follow(k->fresh, accounts_shelf(k->accounts), kiosk_signed_day(k));
	if (u->portrait)
		portrait(k, u, top);
	else
		landscape(k, u, top);
	page_bar(k, u, PAGE_HOME | PAGE_SEARCH | PAGE_SIZE | PAGE_LANGUAGE, NULL, 0);
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
		.body = {{kiosk_word(k, W_empty_body), UI_REGULAR, ui_px(u, UI_LEAD), UI_INK2}},
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
