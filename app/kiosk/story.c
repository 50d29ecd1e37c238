#include "app/kiosk/story.h"

#include "app/kiosk/page.h"
#include "app/village/money.h"

#include <stdio.h>

/* Sizes of the words that tell the year, by text size. */
struct voice {
	int kai, big, small, line;
};

static struct voice voice_of(const struct ui *u)
{
	static const struct voice by_size[UI_SIZES] = {
		{46, 60, 30, 78}, {50, 64, 33, 80}, {56, 68, 36, 84}};
	struct voice v = by_size[u->size];
	v.kai -= u->latin ? 10 : 0;
	return v;
}

static const char *when_words(struct kiosk *k, const struct overview *o, int kai, int w)
{
	char year[16];
	snprintf(year, sizeof year, "%d", o->year % 10000);
	bool now = o->year == kiosk_today(k) / 10000;
	const struct word_arg arg[] = {
		{"place", kiosk_place(k, k->place)->name},
		{"year", now ? kiosk_word(k, W_fin_this_year)
			     : words_fill(k->lang, W_fin_year,
					  (const struct word_arg[]){{"year", year}, {NULL, NULL}})},
		{"months", o->months},
		{NULL, NULL}};
	const char *full = words_fill(k->lang, W_fin_when, arg);
	/* The title above says whose accounts they are. */
	return ui_label_width(UI_TITLE, kai, full) <= w
		       ? full
		       : words_fill(k->lang, W_fin_when_short, arg);
}

/* Draws when `draw`; gives the height either way. */
static int sentence(struct kiosk *k, struct ui *u, struct ui_rect r, const struct overview *o,
		    bool draw)
{
	char in[MONEY_TEXT], out[MONEY_TEXT];
	struct voice v = voice_of(u);
	if (o->sum.state == ACCOUNTS_CHECKING || o->sum.state == ACCOUNTS_DAMAGED) {
		/* A sum with a hole in it is no sum: the months that hold can be read one by one.
		 */
		bool bad = o->sum.state == ACCOUNTS_DAMAGED;
		const struct ui_span span = {kiosk_word(k, bad ? W_fin_damaged : W_fin_checking),
					     UI_TITLE, v.kai - 8, bad ? UI_DANGER : UI_INK2};
		r.h = ui_spans_height(&span, 1, r.w, 150);
		return draw ? ui_spans(u, r, &span, 1, ui_flow(150, UI_LEFT, 0)) : r.h;
	}
	const struct ui_span span[] = {
		{when_words(k, o, v.kai, r.w), UI_TITLE, v.kai, UI_INK},
		{"\n", UI_TITLE, v.kai, UI_INK},
		{kiosk_word(k, W_fin_income), UI_TITLE, v.kai, UI_INK},
		{" ", UI_TITLE, v.kai, UI_INK},
		{money_wan(o->sum.in_fen, 1, in), UI_BOLD, v.big, UI_INCOME},
		{kiosk_word(k, W_fin_wan_comma), UI_TITLE, v.kai, UI_INK},
		{"\n", UI_TITLE, v.kai, UI_INK},
		{kiosk_word(k, W_fin_expense), UI_TITLE, v.kai, UI_INK},
		{" ", UI_TITLE, v.kai, UI_INK},
		{money_wan(o->sum.out_fen, 1, out), UI_BOLD, v.big, UI_EXPENSE},
		{kiosk_word(k, W_fin_wan_stop), UI_TITLE, v.kai, UI_INK}};
	enum { SPANS = sizeof span / sizeof span[0] };
	int leading = v.line * 100 / v.big, h = ui_spans_height(span, SPANS, r.w, leading);
	r.h = 3 * v.line + 3; /* three lines, or the golden check says that something is lost */
	return draw ? ui_spans(u, r, span, SPANS, ui_flow(leading, UI_LEFT, 0)) : h;
}

static int balance_height(const struct ui *u, bool one_line)
{
	struct voice v = voice_of(u);
	return one_line ? v.big + 36 : v.small * 13 / 10 + (v.big + 6) * 115 / 100 + 32;
}

/* Whether label, number and unit stand side by side; the number as long as they come. */
static bool balance_fits(struct kiosk *k, struct ui *u, int w)
{
	struct voice v = voice_of(u);
	return ui_label_width(UI_REGULAR, v.small, kiosk_word(k, W_fin_balance_group)) +
		       ui_label_width(UI_BOLD, v.big - 4, "128.4") +
		       ui_label_width(UI_BOLD, v.small + 6, kiosk_word(k, W_unit_wan)) + 76 <=
	       w;
}

static void balance(struct kiosk *k, struct ui *u, struct ui_rect r, bool one_line)
{
	int64_t fen = 0;
	char text[MONEY_TEXT];
	struct voice v = voice_of(u);
	bool group = kiosk_place(k, k->place)->level == PLACE_GROUP;
	enum accounts_state state = accounts_balance(k->accounts, &fen);
	const char *words = kiosk_word(k, group ? W_fin_balance_group : W_fin_balance);
	ui_list_box(&u->list, r, 18, UI_PINE_T, 0, UI_PINE_T);
	int label_h = v.small * 13 / 10;
	struct ui_rect number = {r.x + 28, r.y + 16 + label_h, r.w - 44, r.h - 32 - label_h};
	if (one_line) {
		int w = ui_label_width(UI_REGULAR, v.small, words);
		number = (struct ui_rect){r.x + 28 + w + 20, r.y, r.w - 44 - w - 20, r.h};
		label_h = r.h;
	}
	ui_label(u, (struct ui_rect){r.x + 28, one_line ? r.y : r.y + 16, r.w - 44, label_h},
		 ui_pen(UI_REGULAR, v.small, UI_PINE_D), UI_LEFT, words);
	if (state != ACCOUNTS_READY) {
		enum word w = state == ACCOUNTS_CHECKING        ? W_led_checking
			      : state == ACCOUNTS_NOT_PUBLISHED ? W_home_nothing
								: W_place_damaged;
		ui_label(u, number, ui_pen(UI_REGULAR, v.small + 6, UI_PINE_D), UI_LEFT,
			 kiosk_word(k, w));
		return;
	}
	int px = v.big + 6 - (one_line ? 10 : 0), x = number.x;
	money_wan(fen, 1, text);
	ui_label(u, number, ui_pen(UI_BOLD, px, UI_PINE_D), UI_LEFT, text);
	x += ui_label_width(UI_BOLD, px, text) + 12;
	/* On one base line with the number. */
	ui_label(u, (struct ui_rect){x, number.y + px / 7, number.x + number.w - x, number.h},
		 ui_pen(UI_BOLD, v.small + 6, UI_PINE_D), UI_LEFT, kiosk_word(k, W_unit_wan));
}

/* How much more or less than the year before. */
struct compared {
	char amount[MONEY_TEXT], percent[64];
	const char *words;
	bool pill;
};

static void compare(struct kiosk *k, bool out, int64_t now, int64_t before, struct compared *c)
{
	int64_t difference = now - before, size = difference < 0 ? -difference : difference;
	enum word w = difference == 0 ? W_fin_same
		      : out           ? (difference > 0 ? W_fin_more_out : W_fin_less_out)
				      : (difference > 0 ? W_fin_more_in : W_fin_less_in);
	int64_t tenths = before == 0 ? 0 : size * 1000 / before;
	snprintf(c->percent, sizeof c->percent, "%s %lld.%lld%%", difference < 0 ? "▼" : "▲",
		 (long long)(tenths / 10), (long long)(tenths % 10));
	c->pill = before != 0 && difference != 0;
	c->words = words_fill(
		k->lang, w,
		(const struct word_arg[]){{"n", money_wan(size, 1, c->amount)}, {NULL, NULL}});
}

static void compare_line(struct ui *u, struct ui_rect r, bool out, const struct compared *c)
{
	int px = voice_of(u).small, pill = c->pill ? ui_pill_width(u, c->percent) : 0;
	ui_seal(u, r.x, r.y + (r.h - 48) / 2, 48, out);
	ui_label(u, (struct ui_rect){r.x + 62, r.y, r.w - 62 - pill, r.h},
		 ui_pen(UI_REGULAR, px, UI_INK), UI_LEFT, c->words);
	if (pill > 0)
		ui_pill(u, r.x + r.w - pill, r.y + (r.h - 46) / 2, 46,
			out ? UI_PILL_EXPENSE : UI_PILL_INCOME, c->percent);
}

static int comparison_height(struct kiosk *k, struct ui *u, int w, const struct overview *o)
{
	int px = voice_of(u).small;
	if (o->sum.state != ACCOUNTS_READY)
		return 0;
	if (o->before.state == ACCOUNTS_NOT_PUBLISHED)
		return ui_words_height(UI_REGULAR, px, w, 140, kiosk_word(k, W_fin_compare_none));
	return px * 14 / 10 + 2 * 54;
}

static void comparison(struct kiosk *k, struct ui *u, struct ui_rect r, const struct overview *o)
{
	struct compared in, out;
	int px = voice_of(u).small, head = px * 14 / 10, y = r.y + head;
	if (o->sum.state != ACCOUNTS_READY)
		return;
	if (o->before.state == ACCOUNTS_NOT_PUBLISHED) {
		ui_words(u, r, ui_pen(UI_REGULAR, px, UI_INK2), 140, UI_LEFT,
			 kiosk_word(k, W_fin_compare_none));
		return;
	}
	ui_label(u, (struct ui_rect){r.x, r.y, r.w, head}, ui_pen(UI_BOLD, px, UI_INK), UI_LEFT,
		 words_fill(k->lang, W_fin_compare,
			    (const struct word_arg[]){{"months", o->months}, {NULL, NULL}}));
	if (o->before.state != ACCOUNTS_READY) {
		ui_label(u, (struct ui_rect){r.x, y, r.w, 54}, ui_pen(UI_REGULAR, px, UI_INK2),
			 UI_LEFT,
			 kiosk_word(k, o->before.state == ACCOUNTS_DAMAGED ? W_place_damaged
									   : W_led_checking));
		return;
	}
	compare(k, false, o->sum.in_fen, o->before.in_fen, &in);
	compare(k, true, o->sum.out_fen, o->before.out_fen, &out);
	/* The words say it all: percentages are shown where both fit. */
	if (ui_label_width(UI_REGULAR, px, in.words) + ui_pill_width(u, in.percent) > r.w - 74 ||
	    ui_label_width(UI_REGULAR, px, out.words) + ui_pill_width(u, out.percent) > r.w - 74)
		in.pill = out.pill = false;
	compare_line(u, (struct ui_rect){r.x, y, r.w, 54}, false, &in);
	compare_line(u, (struct ui_rect){r.x, y + 54, r.w, 54}, true, &out);
}

/* What is least needed gives way when the height is short: the heading, the second line of the
 * balance, then the comparison. */
void story_landscape(struct kiosk *k, struct ui *u, struct ui_rect r, const struct overview *o)
{
	struct ui_rect in = {r.x + 40, r.y + 20, r.w - 80, 0};
	int head = ui_px(u, UI_H3) * 125 / 100, said = sentence(k, u, in, o, false),
	    compared = comparison_height(k, u, in.w, o), free_h;
	bool heading = true, one_line = false, with_comparison = compared > 0;
	for (;;) {
		int parts = 1 + heading + with_comparison;
		free_h = r.h - 40 - (heading ? head : 0) - said - balance_height(u, one_line) -
			 (with_comparison ? compared : 0);
		if (free_h >= 12 * parts || !with_comparison)
			break;
		if (heading)
			heading = false;
		else if (!one_line && balance_fits(k, u, in.w))
			one_line = true;
		else
			with_comparison = false;
	}
	int parts = 1 + heading + with_comparison, gap = free_h / parts;
	gap = gap > 28 ? 28 : gap < 8 ? 8 : gap;
	ui_card(u, r, UI_CARD_WARM);
	if (heading) {
		ui_list_icon(&u->list, (struct ui_rect){in.x, in.y + (head - 52) / 2, 52, 52},
			     "w_sun", UI_PINE_D, UI_SUN, 30);
		ui_label(u, (struct ui_rect){in.x + 70, in.y, in.w - 70, head},
			 ui_pen(UI_TITLE, ui_px(u, UI_H3) + 2, UI_INK), UI_LEFT,
			 kiosk_word(k, W_fin_oneline));
		in.y += head + gap;
	}
	sentence(k, u, in, o, true);
	in.y += said + gap;
	in.h = balance_height(u, one_line);
	balance(k, u, in, one_line);
	in.y += in.h + gap;
	in.h = compared;
	if (with_comparison)
		comparison(k, u, in, o);
}

int story_portrait(struct kiosk *k, struct ui *u, struct ui_rect r, const struct overview *o)
{
	struct ui_rect left = {r.x + 38, 0, 470, 0}, right = {r.x + 524, r.y + 26, r.w - 562, 0};
	int said = sentence(k, u, left, o, false), balance_h = balance_height(u, false),
	    compared = comparison_height(k, u, right.w, o);
	int h = 26 + balance_h + (compared > 0 ? 16 + compared : 0) + 22;
	h = said + 48 > h ? said + 48 : h;
	h = h < 340 ? 340 : h;
	ui_card(u, (struct ui_rect){r.x, r.y, r.w, h}, UI_CARD_WARM);
	left.y = r.y + (h - said) / 2;
	sentence(k, u, left, o, true);
	right.h = balance_h;
	balance(k, u, right, false);
	right.y += balance_h + 16;
	right.h = compared;
	comparison(k, u, right, o);
	return h;
}
