/* finance.c - 04: a year in one sentence, what is left, month by month, where it comes from and
 * where it goes. */
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/village/money.h"
#include "ui/chart.h"

#include <stdio.h>
#include <string.h>

enum { TOP_GROUPS = 3, AXIS_STEPS = 4 };

/* What the page shows, gathered once a frame. */
struct overview {
	int year, first, last; /* months yyyymm */
	struct accounts_sum sum, before;
	struct accounts_sum month[12];
	const char *months; /* 1–10 月 */
};

static const char *group_label(const struct kiosk *k, const char *id)
{
	const struct catalogue_template *t = catalogue_find(k->catalogue, "ledger");
	const struct field *f = t == NULL || t->group_field < 0 ? NULL : &t->field[t->group_field];
	for (int i = 0; f != NULL && f->choice[i] != NULL; i++)
		if (strcmp(f->choice[i], id) == 0)
			return f->choice_label[i];
	return kiosk_word(k, W_fin_other);
}

static bool gather(struct kiosk *k, struct overview *o)
{
	int newest = k->accounts == NULL ? 0 : accounts_newest_month(k->accounts);
	char last[8];
	if (newest == 0)
		return false;
	if (k->year == 0)
		k->year = newest / 100;
	o->year = k->year;
	o->first = o->year * 100 + 1;
	o->last = o->year == newest / 100 ? newest : o->year * 100 + 12;
	int oldest = accounts_oldest_month(k->accounts);
	if (o->first < oldest)
		o->first = oldest;
	accounts_months(k->accounts, o->first, o->last, &o->sum);
	accounts_months(k->accounts, o->first - 100, o->last - 100, &o->before);
	for (int m = 0; m < 12; m++)
		accounts_month(k->accounts, o->year * 100 + m + 1, &o->month[m]);
	char first[8];
	snprintf(first, sizeof first, "%d", o->first % 100);
	snprintf(last, sizeof last, "%d", o->last % 100);
	o->months = words_fill(k->lang, o->first < o->last ? W_months_range : W_months_one,
			       (const struct word_arg[]){{"a", first}, {"b", last}, {NULL, NULL}});
	return true;
}

/* --- parts --- */

static void title_row(struct kiosk *k, struct ui *u, struct ui_rect c, const struct overview *o)
{
	const struct place *p = kiosk_place(k, k->place);
	const struct shelf *shelf = accounts_shelf(k->accounts);
	char year[8], before[8];
	int oldest = accounts_oldest_month(k->accounts),
	    newest = accounts_newest_month(k->accounts), px = ui_px(u, UI_H2);
	snprintf(year, sizeof year, "%d", o->year % 10000);
	ui_plate(u, (struct ui_rect){c.x, c.y + 22, 88, 88}, UI_SUN_T, "finance", 60);
	const char *title = words_fill(k->lang, W_fin_title,
				       (const struct word_arg[]){{"place", p->name}, {NULL, NULL}});
	const char *label = words_fill(k->lang, W_fin_year,
				       (const struct word_arg[]){{"year", year}, {NULL, NULL}});
	int w, x = c.x + c.w - ui_chip_width(u, NULL, label);
	if (ui_chip(u, x, c.y + 22, "fin.year", NULL, label, true, &w))
		k->redraw = true;
	if (o->year > oldest / 100) {
		snprintf(before, sizeof before, "%d", (o->year - 1) % 10000);
		x -= ui_chip_width(u, "back", before) + 24;
		if (ui_chip(u, x, c.y + 22, "fin.before", "back", before, false, &w)) {
			k->year--;
			k->redraw = true;
		}
	}
	if (o->year < newest / 100) {
		snprintf(before, sizeof before, "%d", (o->year + 1) % 10000);
		x -= ui_chip_width(u, "next", before) + 24;
		if (ui_chip(u, x, c.y + 22, "fin.after", "next", before, false, &w)) {
			k->year++;
			k->redraw = true;
		}
	}
	int seg = page_places_width(k, u);
	int room = (u->portrait ? x : x - seg - 56) - (c.x + 112) - 16;
	ui_label_cut(u, (struct ui_rect){c.x + 112, c.y + 12, room, px * 13 / 10}, UI_TITLE, px,
		     UI_INK, UI_LEFT, title);
	ui_label_cut(u, (struct ui_rect){c.x + 112, c.y + 12 + px * 13 / 10, room, 40}, UI_REGULAR,
		     ui_px(u, UI_CAPTION), UI_INK2, UI_LEFT,
		     words_fill(k->lang, W_fin_signed,
				(const struct word_arg[]){{"issuer", shelf->issuer},
							  {"day", words_day(k->lang, shelf->day)},
							  {NULL, NULL}}));
	page_places(k, u,
		    u->portrait ? (struct ui_rect){c.x, c.y + 130, c.w, 96}
				: (struct ui_rect){x - seg - 56, c.y + 18, seg, 96});
}

static int sentence(struct kiosk *k, struct ui *u, struct ui_rect r, const struct overview *o)
{
	char in[MONEY_TEXT], out[MONEY_TEXT], year[16];
	const struct place *p = kiosk_place(k, k->place);
	int kai = 46, big = 60;
	if (u->size != UI_STANDARD && !u->portrait)
		kai = 44;
	snprintf(year, sizeof year, "%d", o->year % 10000);
	bool now = o->year == kiosk_today(k) / 10000;
	const char *when = words_fill(
		k->lang, W_fin_when,
		(const struct word_arg[]){
			{"place", p->name},
			{"year",
			 now ? kiosk_word(k, W_fin_this_year)
			     : words_fill(k->lang, W_fin_year,
					  (const struct word_arg[]){{"year", year}, {NULL, NULL}})},
			{"months", o->months},
			{NULL, NULL}});
	if (o->sum.state == ACCOUNTS_CHECKING)
		return ui_words(u, r, UI_TITLE, kai, UI_INK2, 165, UI_LEFT,
				kiosk_word(k, W_fin_checking));
	/* A sum with a hole in it is no sum: the months that hold can be read one by one. */
	if (o->sum.state == ACCOUNTS_DAMAGED)
		return ui_words(u, r, UI_TITLE, kai - 8, UI_DANGER, 150, UI_LEFT,
				kiosk_word(k, W_fin_damaged));
	const struct ui_span span[] = {
		{when, UI_TITLE, kai, UI_INK},
		{"\n", UI_TITLE, kai, UI_INK},
		{kiosk_word(k, W_fin_income), UI_TITLE, kai, UI_INK},
		{" ", UI_TITLE, kai, UI_INK},
		{money_wan(o->sum.in_fen, 1, in), UI_BOLD, big, UI_INCOME},
		{" ", UI_TITLE, kai, UI_INK},
		{kiosk_word(k, W_fin_wan_comma), UI_TITLE, kai, UI_INK},
		{"\n", UI_TITLE, kai, UI_INK},
		{kiosk_word(k, W_fin_expense), UI_TITLE, kai, UI_INK},
		{" ", UI_TITLE, kai, UI_INK},
		{money_wan(o->sum.out_fen, 1, out), UI_BOLD, big, UI_EXPENSE},
		{" ", UI_TITLE, kai, UI_INK},
		{kiosk_word(k, W_fin_wan_stop), UI_TITLE, kai, UI_INK}};
	return ui_spans(u, r, span, sizeof span / sizeof span[0], 130, UI_LEFT, 0);
}

static void balance(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	int64_t fen;
	char text[MONEY_TEXT];
	bool group = kiosk_place(k, k->place)->level == PLACE_GROUP;
	enum accounts_state state = accounts_balance(k->accounts, &fen);
	ui_list_box(&u->list, r, 18, UI_PINE_T, 0, UI_PINE_T);
	ui_label(u, (struct ui_rect){r.x + 28, r.y + 14, r.w - 40, 50}, UI_REGULAR, 30, UI_PINE_D,
		 UI_LEFT, kiosk_word(k, group ? W_fin_balance_group : W_fin_balance));
	if (state != ACCOUNTS_READY) {
		ui_label(u, (struct ui_rect){r.x + 28, r.y + 60, r.w - 40, r.h - 70}, UI_REGULAR,
			 36, UI_PINE_D, UI_LEFT,
			 kiosk_word(k, state == ACCOUNTS_CHECKING        ? W_led_checking
				       : state == ACCOUNTS_NOT_PUBLISHED ? W_home_nothing
									 : W_place_damaged));
		return;
	}
	const struct ui_span span[] = {{money_wan(fen, 1, text), UI_BOLD, 66, UI_PINE_D},
				       {" ", UI_BOLD, 30, UI_PINE_D},
				       {kiosk_word(k, W_unit_wan), UI_BOLD, 36, UI_PINE_D}};
	ui_spans(u, (struct ui_rect){r.x + 28, r.y + 56, r.w - 40, 0}, span, 3, 120, UI_LEFT, 1);
}

static void compare_line(struct kiosk *k, struct ui *u, struct ui_rect r, bool out, int64_t now,
			 int64_t before)
{
	char amount[MONEY_TEXT], percent[64];
	int64_t difference = now - before;
	enum word w = difference == 0 ? W_fin_same
		      : out           ? (difference > 0 ? W_fin_more_out : W_fin_less_out)
				      : (difference > 0 ? W_fin_more_in : W_fin_less_in);
	ui_seal(u, r.x, r.y + (r.h - 48) / 2, 48, out);
	int64_t tenths =
		before == 0 ? 0 : (difference < 0 ? -difference : difference) * 1000 / before;
	snprintf(percent, sizeof percent, "%s %lld.%lld%%", difference < 0 ? "▼" : "▲",
		 (long long)(tenths / 10), (long long)(tenths % 10));
	int pill = before == 0 || difference == 0 ? 0 : ui_pill_width(u, percent);
	const char *words = words_fill(
		k->lang, w,
		(const struct word_arg[]){
			{"n", money_wan(difference < 0 ? -difference : difference, 1, amount)},
			{NULL, NULL}});
	/* The words say it all: the percentage is shown where there is room. */
	if (ui_label_width(UI_REGULAR, 30, words) > r.w - 62 - pill - 8)
		pill = 0;
	ui_label(u, (struct ui_rect){r.x + 62, r.y, r.w - 62 - pill, r.h}, UI_REGULAR, 30, UI_INK,
		 UI_LEFT, words);
	if (pill > 0)
		ui_pill(u, r.x + r.w - pill, r.y + (r.h - 46) / 2, 46,
			out ? UI_PILL_EXPENSE : UI_PILL_INCOME, percent);
}

static void comparison(struct kiosk *k, struct ui *u, struct ui_rect r, const struct overview *o)
{
	int y = r.y + 44;
	if (o->before.state == ACCOUNTS_NOT_PUBLISHED || o->sum.state != ACCOUNTS_READY) {
		if (o->sum.state == ACCOUNTS_READY)
			ui_words(u, (struct ui_rect){r.x, r.y, r.w, 0}, UI_REGULAR, 30, UI_INK2,
				 140, UI_LEFT, kiosk_word(k, W_fin_compare_none));
		return;
	}
	ui_label(u, (struct ui_rect){r.x, r.y, r.w, 44}, UI_BOLD, 30, UI_INK, UI_LEFT,
		 words_fill(k->lang, W_fin_compare,
			    (const struct word_arg[]){{"months", o->months}, {NULL, NULL}}));
	if (o->before.state != ACCOUNTS_READY) {
		ui_label(u, (struct ui_rect){r.x, y, r.w, 56}, UI_REGULAR, 30, UI_INK2, UI_LEFT,
			 kiosk_word(k, W_led_checking));
		return;
	}
	compare_line(k, u, (struct ui_rect){r.x, y, r.w, 56}, false, o->sum.in_fen,
		     o->before.in_fen);
	compare_line(k, u, (struct ui_rect){r.x, y + 56, r.w, 56}, true, o->sum.out_fen,
		     o->before.out_fen);
}

/* A round number of 万元 at or above the tallest column, so that four lines carry whole labels. */
static int64_t axis_top(const struct overview *o)
{
	static const int64_t step[] = {1,  2,  4,  6,   8,   12,  16,  20,   24,   32,
				       40, 60, 80, 100, 200, 400, 800, 1600, 4000, 8000};
	int64_t most = 1;
	for (int m = 0; m < 12; m++) {
		most = o->month[m].in_fen > most ? o->month[m].in_fen : most;
		most = o->month[m].out_fen > most ? o->month[m].out_fen : most;
	}
	for (size_t i = 0; i < sizeof step / sizeof step[0]; i++)
		if (step[i] * 1000000 >= most)
			return step[i] * 1000000;
	return (most / 100000000 + 1) * 100000000;
}

static void months(struct kiosk *k, struct ui *u, struct ui_rect r, const struct overview *o)
{
	static const char *const id[12] = {"month.1", "month.2",  "month.3",  "month.4",
					   "month.5", "month.6",  "month.7",  "month.8",
					   "month.9", "month.10", "month.11", "month.12"};
	struct ui_month m[12] = {0};
	char axis_text[AXIS_STEPS + 1][MONEY_TEXT];
	const char *axis[AXIS_STEPS + 1];
	int64_t top = axis_top(o);
	int steps = top <= 1000000 ? 2 : AXIS_STEPS, newest = accounts_newest_month(k->accounts);
	for (int i = 0; i <= steps; i++) {
		int64_t v = top * i / steps;
		money_wan(v, 1, axis_text[i]);
		size_t len = strlen(axis_text[i]);
		if (len > 2 && strcmp(axis_text[i] + len - 2, ".0") == 0)
			axis_text[i][len - 2] = 0;
		axis[i] = axis_text[i];
	}
	for (int i = 0; i < 12; i++) {
		char number[16];
		snprintf(number, sizeof number, "%d", i + 1);
		m[i].id = id[i];
		m[i].label = words_fill(k->lang, W_fin_month_short,
					(const struct word_arg[]){{"m", number}, {NULL, NULL}});
		m[i].on = o->year * 100 + i + 1 == newest;
		switch (o->month[i].state) {
		case ACCOUNTS_NOT_PUBLISHED:
			m[i].note = kiosk_word(k, W_fin_future);
			break;
		case ACCOUNTS_CHECKING:
			m[i].note = "…";
			break;
		case ACCOUNTS_DAMAGED:
			m[i].note = "×";
			break;
		case ACCOUNTS_READY:
			m[i].in = (int)(o->month[i].in_fen * 1000 / top);
			m[i].out = (int)(o->month[i].out_fen * 1000 / top);
			break;
		}
	}
	ui_card(u, r, UI_CARD);
	int px = ui_px(u, UI_H3) - 4;
	ui_label(u, (struct ui_rect){r.x + 32, r.y + 14, r.w - 64, 56}, UI_TITLE, px, UI_INK,
		 UI_LEFT, kiosk_word(k, W_fin_months));
	int y = u->portrait ? r.y + 70 : r.y + 22;
	const char *in = kiosk_word(k, W_fin_income), *out = kiosk_word(k, W_fin_expense),
		   *unit = kiosk_word(k, W_fin_unit);
	int in_w = ui_label_width(UI_REGULAR, 28, in), out_w = ui_label_width(UI_REGULAR, 28, out);
	int unit_w = ui_label_width(UI_REGULAR, 26, unit),
	    total = 54 + in_w + 32 + 54 + out_w + 32 + unit_w;
	int x = u->portrait ? r.x + 32 : r.x + r.w - 32 - total;
	ui_list_box(&u->list, (struct ui_rect){x, y + 4, 40, 32}, 6, UI_INCOME, 0, UI_INCOME);
	ui_label(u, (struct ui_rect){x + 54, y, in_w, 40}, UI_REGULAR, 28, UI_INK, UI_LEFT, in);
	x += 54 + in_w + 32;
	ui_list_hatch(&u->list, (struct ui_rect){x, y + 4, 40, 32}, 6, UI_EXPENSE, UI_EXPENSE_H);
	ui_label(u, (struct ui_rect){x + 54, y, out_w, 40}, UI_REGULAR, 28, UI_INK, UI_LEFT, out);
	x += 54 + out_w + 32;
	ui_label(u, (struct ui_rect){x, y, unit_w, 40}, UI_REGULAR, 26, UI_INK2, UI_LEFT, unit);
	int chart_top = u->portrait ? r.y + 112 : r.y + 72;
	int hit = ui_months(
		u, (struct ui_rect){r.x + 20, chart_top, r.w - 44, r.y + r.h - chart_top - 12}, m,
		12, axis, steps);
	if (hit >= 0) {
		k->month = o->year * 100 + hit + 1;
		k->month_newest = k->month == accounts_newest_month(k->accounts);
		k->direction = 0;
		kiosk_go(k, SCREEN_LEDGER);
	}
}

/* The largest kinds of one direction, the rest together. */
static void kinds(struct kiosk *k, struct ui *u, struct ui_rect r, const struct accounts_sum *s,
		  bool out)
{
	struct ui_bar_row row[TOP_GROUPS + 1];
	char value[TOP_GROUPS + 1][MONEY_TEXT];
	int64_t fen[TOP_GROUPS + 1] = {0}, most = 1;
	int n = 0, direction = out ? -1 : 1;
	bool rest = false;
	for (int i = 0; i < s->group_count; i++) {
		if (s->group[i].direction != direction)
			continue;
		bool other = strncmp(s->group[i].id, "other", 5) == 0 || s->group[i].id[0] == 0;
		if (n < TOP_GROUPS && !other) {
			row[n].label = group_label(k, s->group[i].id);
			fen[n++] = s->group[i].fen;
		} else {
			rest = true;
			fen[TOP_GROUPS] += s->group[i].fen;
		}
	}
	if (rest && n < TOP_GROUPS) {
		fen[n] = fen[TOP_GROUPS];
		row[n++].label = kiosk_word(k, W_fin_other);
	} else if (rest) {
		row[n++].label = kiosk_word(k, W_fin_other);
	}
	/* Both cards share one scale. */
	for (int i = 0; i < s->group_count; i++)
		most = s->group[i].fen > most ? s->group[i].fen : most;
	for (int i = 0; i < n; i++) {
		row[i].value = money_wan(fen[i], 1, value[i]);
		row[i].length = (int)(fen[i] * 1000 / most > 1000 ? 1000 : fen[i] * 1000 / most);
	}
	ui_card(u, r, UI_CARD);
	ui_seal(u, r.x + 24, r.y + 16, 48, out);
	ui_label(u, (struct ui_rect){r.x + 90, r.y + 12, r.w - 110, 56}, UI_TITLE,
		 ui_px(u, UI_H3) - 4, UI_INK, UI_LEFT,
		 kiosk_word(k, out ? W_fin_uses : W_fin_sources));
	if (s->state == ACCOUNTS_CHECKING)
		ui_label(u, (struct ui_rect){r.x + 32, r.y + 80, r.w - 64, 60}, UI_REGULAR, 30,
			 UI_INK2, UI_LEFT, kiosk_word(k, W_led_checking));
	else
		ui_bars(u, (struct ui_rect){r.x + 26, r.y + 72, r.w - 52, r.h - 84}, row, n, out,
			u->portrait ? 262 : 204);
}

void finance_draw(struct kiosk *k, struct ui *u)
{
	static struct overview o;
	struct ui_rect c = ui_content(u, page_top(k, u));
	if (!gather(k, &o)) {
		k->empty_title = kiosk_word(k, W_col_finance);
		empty_draw(k, u);
		return;
	}
	title_row(k, u, c, &o);
	int gap = u->portrait ? 20 : 24;
	if (u->portrait) {
		int y = c.y + 246, rest = c.y + c.h - 16 - y, h1 = 374,
		    h2 = (rest - h1 - 3 * gap) * 42 / 100;
		int h3 = (rest - h1 - h2 - 3 * gap) / 2;
		struct ui_rect card = {c.x, y, c.w, h1};
		ui_card(u, card, UI_CARD_WARM);
		sentence(k, u, (struct ui_rect){c.x + 38, y + 70, 460, 0}, &o);
		balance(k, u, (struct ui_rect){c.x + 520, y + 26, 442, 148});
		comparison(k, u, (struct ui_rect){c.x + 520, y + 190, 442, 0}, &o);
		months(k, u, (struct ui_rect){c.x, y + h1 + gap, c.w, h2}, &o);
		kinds(k, u, (struct ui_rect){c.x, y + h1 + h2 + 2 * gap, c.w, h3}, &o.sum, false);
		kinds(k, u, (struct ui_rect){c.x, y + h1 + h2 + h3 + 3 * gap, c.w, h3}, &o.sum,
		      true);
	} else {
		int y = c.y + 133, h = c.y + c.h - 16 - y, left = 607;
		ui_card(u, (struct ui_rect){c.x, y, left, h}, UI_CARD_WARM);
		ui_list_icon(&u->list, (struct ui_rect){c.x + 40, y + 20, 52, 52}, "w_sun",
			     UI_PINE_D, UI_SUN, 30);
		ui_label(u, (struct ui_rect){c.x + 110, y + 16, left - 140, 60}, UI_TITLE, 42,
			 UI_INK, UI_LEFT, kiosk_word(k, W_fin_oneline));
		sentence(k, u, (struct ui_rect){c.x + 40, y + 88, left - 70, 0}, &o);
		balance(k, u, (struct ui_rect){c.x + 40, y + h - 346, left - 80, 148});
		comparison(k, u, (struct ui_rect){c.x + 40, y + h - 178, left - 80, 0}, &o);
		int x = c.x + left + gap, w = c.w - left - gap, h1 = h * 53 / 100,
		    half = (w - gap) / 2;
		months(k, u, (struct ui_rect){x, y, w, h1}, &o);
		kinds(k, u, (struct ui_rect){x, y + h1 + gap, half, h - h1 - gap}, &o.sum, false);
		kinds(k, u, (struct ui_rect){x + half + gap, y + h1 + gap, half, h - h1 - gap},
		      &o.sum, true);
	}
	const struct ui_bar_button rows = {.id = "fin.rows",
					   .icon = "list",
					   .label = kiosk_word(k, W_fin_rows),
					   .kind = UI_BUTTON_PRIMARY,
					   .right = true};
	if (strcmp(page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SIZE, &rows, 1), "fin.rows") == 0) {
		k->month = o.last;
		k->month_newest = k->month == accounts_newest_month(k->accounts);
		k->direction = 0;
		kiosk_go(k, SCREEN_LEDGER);
	}
}
