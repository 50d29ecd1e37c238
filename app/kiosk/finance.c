/* finance.c - 04: a year in one sentence, what is left, month by month, where it comes from and
 * where it goes. */
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/source.h"
#include "app/kiosk/story.h"
#include "app/village/due.h"
#include "app/village/money.h"
#include "ui/chart.h"

#include <stdio.h>
#include <string.h>

enum { ROWS = 4, AXIS_STEPS = 4 };

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
	o->months = page_months(k, o->first, o->last);
	return true;
}

/* --- parts --- */

/* The year shown, and the one before or after it; from the right edge. Gives where they begin. */
static int year_chips(struct kiosk *k, struct ui *u, struct ui_rect c, const struct overview *o)
{
	char year[8], other[8];
	int oldest = accounts_oldest_month(k->accounts),
	    newest = accounts_newest_month(k->accounts);
	snprintf(year, sizeof year, "%d", o->year % 10000);
	const char *label = words_fill(k->lang, W_fin_year,
				       (const struct word_arg[]){{"year", year}, {NULL, NULL}});
	int x = c.x + c.w - ui_chip_width(u, NULL, label);
	if (ui_chip(u, x, c.y + 22, "fin.year", ui_caption(NULL, label, NULL), true))
		k->redraw = true;
	if (o->year > oldest / 100) {
		snprintf(other, sizeof other, "%d", (o->year - 1) % 10000);
		x -= ui_chip_width(u, "back", other) + 24;
		if (ui_chip(u, x, c.y + 22, "fin.before", ui_caption("back", other, NULL), false)) {
			k->year--;
			k->redraw = true;
		}
	}
	if (o->year < newest / 100) {
		snprintf(other, sizeof other, "%d", (o->year + 1) % 10000);
		x -= ui_chip_width(u, "next", other) + 24;
		if (ui_chip(u, x, c.y + 22, "fin.after", ui_caption("next", other, NULL), false)) {
			k->year++;
			k->redraw = true;
		}
	}
	return x;
}

/* Whose accounts, which place and year; gives the height. What does not fit
 * beside the rest loses its picture: first the title's, then those of the places. */
static int title_row(struct kiosk *k, struct ui *u, struct ui_rect c, const struct overview *o)
{
	int px = ui_px(u, UI_H2), x = year_chips(k, u, c, o);
	const char *title = words_fill(
		k->lang, W_fin_title,
		(const struct word_arg[]){{"place", kiosk_place(k, k->place)->name}, {NULL, NULL}});
	int title_w = ui_label_width(UI_TITLE, px, title), indent = 112;
	int seg = page_places_width(k, u, false), seg_gap = u->portrait ? 0 : 32;
	if (u->portrait)
		seg = 0;
	if (indent + title_w + 24 + seg + seg_gap > x - c.x)
		indent = 0;
	if (title_w + 24 + seg + seg_gap > x - c.x && !u->portrait)
		seg = page_places_width(k, u, true);
	if (indent > 0)
		ui_plate(u, (struct ui_rect){c.x, c.y + 22, 88, 88}, UI_SUN_T, "finance", 60);
	int title_h = px * 125 / 100, room = x - seg - seg_gap - 24 - c.x;
	int y = c.y + 66 - title_h / 2;
	room -= indent;
	/* The name alone rather than half a sentence. */
	if (ui_label_width(UI_TITLE, px, title) > room)
		title = kiosk_place(k, k->place)->name;
	ui_label_cut(u, (struct ui_rect){c.x + indent, y, room, title_h},
		     ui_pen(UI_TITLE, px, UI_INK), UI_LEFT, title);
	if (!u->portrait) {
		page_places(k, u, (struct ui_rect){x - seg - seg_gap, c.y + 18, seg, 96});
		return 133;
	}
	int below = y + title_h + 8 - c.y;
	below = below < 126 ? 126 : below;
	page_places(k, u, (struct ui_rect){c.x, c.y + below, c.w, 96});
	return below + 96 + 20;
}

/* --- month by month --- */

/* The step of the axis: 1, 2 or 5 of a power of ten, so that at most four carry the tallest. */
static int64_t axis_step(const struct overview *o, int *steps)
{
	static const int64_t nice[] = {1, 2, 5};
	int64_t most = 1, unit = 100000; /* 0.1 万元 */
	for (int m = 0; m < 12; m++) {
		most = o->month[m].in_fen > most ? o->month[m].in_fen : most;
		most = o->month[m].out_fen > most ? o->month[m].out_fen : most;
	}
	for (;; unit *= 10)
		for (size_t i = 0; i < sizeof nice / sizeof nice[0]; i++) {
			int64_t step = nice[i] * unit, n = (most + step - 1) / step;
			if (n <= AXIS_STEPS) {
				*steps = n < 2 ? 2 : (int)n;
				return step;
			}
		}
}

static void month_note(struct kiosk *k, const struct overview *o, int i, struct ui_month *m)
{
	int month = o->year * 100 + i + 1;
	int32_t due = due_day(catalogue_find(k->catalogue, "ledger"), month);
	switch (o->month[i].state) {
	case ACCOUNTS_NOT_PUBLISHED:
		m->bad = due != 0 && due < kiosk_signed_day(k) &&
			 month > accounts_oldest_month(k->accounts);
		m->note = month < accounts_oldest_month(k->accounts)
				  ? "–"
				  : kiosk_word(k, m->bad ? W_fin_overdue : W_fin_future);
		break;
	case ACCOUNTS_CHECKING:
		m->note = "…";
		break;
	case ACCOUNTS_DAMAGED:
		m->note = kiosk_word(k, W_fin_bad);
		m->bad = true;
		break;
	case ACCOUNTS_READY:
		break;
	}
}

/* Colours and unit, from `x`; gives the width. */
static int legend(struct kiosk *k, struct ui *u, int x, int y, bool draw)
{
	int px = ui_px(u, UI_CAPTION), h = px * 14 / 10, start = x;
	const char *in = kiosk_word(k, W_fin_income), *out = kiosk_word(k, W_fin_expense),
		   *unit = kiosk_word(k, W_fin_unit);
	int in_w = ui_label_width(UI_REGULAR, px, in), out_w = ui_label_width(UI_REGULAR, px, out),
	    unit_w = ui_label_width(UI_REGULAR, px, unit);
	if (draw) {
		struct ui_rect box = {x, y + (h - 32) / 2, 40, 32};
		ui_list_box(&u->list, box, 6, UI_INCOME, 0, UI_INCOME);
		ui_label(u, (struct ui_rect){x + 54, y, in_w, h}, ui_pen(UI_REGULAR, px, UI_INK),
			 UI_LEFT, in);
		box.x = x + 54 + in_w + 32;
		ui_list_hatch(&u->list, box, 6, UI_EXPENSE, UI_EXPENSE_H);
		ui_label(u, (struct ui_rect){box.x + 54, y, out_w, h},
			 ui_pen(UI_REGULAR, px, UI_INK), UI_LEFT, out);
		ui_label(u, (struct ui_rect){box.x + 54 + out_w + 32, y, unit_w, h},
			 ui_pen(UI_REGULAR, px, UI_INK2), UI_LEFT, unit);
	}
	x += 54 + in_w + 32 + 54 + out_w + 32 + unit_w;
	return x - start;
}

/* A chart is heard as its highest months. */
static void chart_note(struct kiosk *k, struct ui *u, struct ui_rect r, const struct overview *o)
{
	char x[MONEY_TEXT], y[MONEY_TEXT];
	int in = 0, out = 0;
	for (int i = 1; i < 12; i++) {
		in = o->month[i].in_fen > o->month[in].in_fen ? i : in;
		out = o->month[i].out_fen > o->month[out].out_fen ? i : out;
	}
	ui_list_note(
		&u->list, r,
		words_fill(k->lang, W_say_chart,
			   (const struct word_arg[]){{"a", words_month(k->lang, in + 1)},
						     {"x", money_wan(o->month[in].in_fen, 1, x)},
						     {"b", words_month(k->lang, out + 1)},
						     {"y", money_wan(o->month[out].out_fen, 1, y)},
						     {NULL, NULL}}));
}

static void months(struct kiosk *k, struct ui *u, struct ui_rect r, const struct overview *o)
{
	static const char *const id[12] = {"month.1", "month.2",  "month.3",  "month.4",
					   "month.5", "month.6",  "month.7",  "month.8",
					   "month.9", "month.10", "month.11", "month.12"};
	struct ui_month m[12] = {0};
	char axis_text[AXIS_STEPS + 1][MONEY_TEXT];
	const char *axis[AXIS_STEPS + 1];
	int steps;
	int64_t step = axis_step(o, &steps), top = step * steps;
	for (int i = 0; i <= steps; i++) {
		money_wan(step * i, 1, axis_text[i]);
		size_t len = strlen(axis_text[i]);
		if (len > 2 && strcmp(axis_text[i] + len - 2, ".0") == 0)
			axis_text[i][len - 2] = 0;
		axis[i] = axis_text[i];
	}
	for (int i = 0; i < 12; i++) {
		m[i].id = id[i];
		m[i].brief = words_number(i + 1);
		m[i].label = k->lang == LANG_EN
				     ? words_month(k->lang, i + 1)
				     : words_fill(k->lang, W_fin_month_short,
						  (const struct word_arg[]){{"m", m[i].brief},
									    {NULL, NULL}});
		m[i].on = o->year * 100 + i + 1 == accounts_newest_month(k->accounts);
		m[i].in = (int)(o->month[i].in_fen * 1000 / top);
		m[i].out = (int)(o->month[i].out_fen * 1000 / top);
		month_note(k, o, i, &m[i]);
	}
	ui_card(u, r, UI_CARD);
	int px = ui_px(u, UI_H3) - 4, line = px * 13 / 10,
	    legend_h = ui_px(u, UI_CAPTION) * 14 / 10;
	int legend_w = legend(k, u, 0, 0, false), chart_top = r.y + 14 + line + 4;
	const char *title = kiosk_word(k, W_fin_months);
	ui_label(u, (struct ui_rect){r.x + 32, r.y + 14, r.w - 64, line},
		 ui_pen(UI_TITLE, px, UI_INK), UI_LEFT, title);
	if (ui_label_width(UI_TITLE, px, title) + 40 + legend_w <= r.w - 64) {
		legend(k, u, r.x + r.w - 32 - legend_w, r.y + 14 + (line - legend_h) / 2, true);
	} else {
		legend(k, u, r.x + 32, chart_top, true);
		chart_top += legend_h + 4;
	}
	int hit = ui_months(
		u, (struct ui_rect){r.x + 20, chart_top, r.w - 44, r.y + r.h - chart_top - 8}, m,
		12, axis, steps);
	chart_note(k, u, r, o);
	if (hit >= 0) {
		k->month = o->year * 100 + hit + 1;
		k->month_newest = k->month == accounts_newest_month(k->accounts);
		k->direction = 0;
		kiosk_go(k, SCREEN_LEDGER);
	}
}

/* --- where from, where to --- */

struct kinds {
	int rows; /* how many the card holds */
	struct ui_bar_row row[ROWS];
	char value[ROWS][MONEY_TEXT];
	int64_t fen[ROWS];
};

static int kinds_head(const struct ui *u)
{
	int head = (ui_px(u, UI_H3) - 4) * 13 / 10 + 14;
	return head < 70 ? 70 : head;
}

/* The largest kinds of one direction, the rest together, in a card of this height. */
static void gather_kinds(const struct kiosk *k, const struct accounts_sum *s, bool out, int height,
			 struct kinds *kinds)
{
	int n = 0, direction = out ? -1 : 1;
	int64_t rest = 0, most = 1;
	*kinds = (struct kinds){0};
	kinds->rows = (height - kinds_head(&k->ui) - 10) / (ui_bars_px(&k->ui) * 115 / 100);
	kinds->rows = kinds->rows > ROWS ? ROWS : kinds->rows < 2 ? 2 : kinds->rows;
	for (int i = 0; i < s->group_count; i++) {
		/* Both cards share one scale. */
		most = s->group[i].fen > most ? s->group[i].fen : most;
		if (s->group[i].direction != direction)
			continue;
		bool other = strncmp(s->group[i].id, "other", 5) == 0 || s->group[i].id[0] == 0;
		if (n < kinds->rows - 1 && !other) {
			kinds->row[n].label = group_label(k, s->group[i].id);
			kinds->fen[n++] = s->group[i].fen;
		} else {
			rest += s->group[i].fen;
		}
	}
	if (rest > 0) {
		kinds->row[n].label = kiosk_word(k, W_fin_other);
		kinds->fen[n++] = rest;
	}
	for (int i = 0; i < n; i++) {
		int64_t length = kinds->fen[i] * 1000 / most;
		kinds->row[i].value = money_wan(kinds->fen[i], 1, kinds->value[i]);
		kinds->row[i].length = (int)(length > 1000 ? 1000 : length);
	}
}

/* Bars are heard as their names with full amounts: the unit stands elsewhere on the page. */
static void bars_note(struct kiosk *k, struct ui *u, struct ui_rect r, const struct kinds *kinds)
{
	char text[1024];
	size_t used = 0;
	int n = 0;
	for (; n < ROWS && kinds->row[n].label != NULL && used < sizeof text; n++)
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s %s %s",
					 n > 0 ? "\n" : "", kinds->row[n].label,
					 kinds->row[n].value, kiosk_word(k, W_unit_wan));
	if (n > 0)
		ui_list_note(&u->list, r, text);
}

static void kinds_card(struct kiosk *k, struct ui *u, struct ui_rect r, const struct kinds kinds[2],
		       bool out, enum accounts_state state)
{
	int px = ui_px(u, UI_H3) - 4, head = kinds_head(u);
	struct ui_bar_columns columns = {0};
	for (int side = 0; side < 2; side++)
		for (int i = 0; i < ROWS && kinds[side].row[i].label != NULL; i++) {
			const struct ui_bar_row *row = &kinds[side].row[i];
			int label = ui_label_width(UI_REGULAR, ui_bars_px(u), row->label) + 16;
			int value = ui_label_width(UI_BOLD, ui_bars_px(u), row->value) + 16;
			columns.label = label > columns.label ? label : columns.label;
			columns.value = value > columns.value ? value : columns.value;
		}
	ui_card(u, r, UI_CARD);
	ui_seal(u, r.x + 24, r.y + 14 + (head - 18 - 48) / 2, 48, out);
	ui_label(u, (struct ui_rect){r.x + 90, r.y + 14, r.w - 110, head - 18},
		 ui_pen(UI_TITLE, px, UI_INK), UI_LEFT,
		 kiosk_word(k, out ? W_fin_uses : W_fin_sources));
	struct ui_rect in = {r.x + 26, r.y + head, r.w - 52, r.h - head - 10};
	if (state == ACCOUNTS_READY)
		ui_bars(u, in, kinds[out].row, kinds[out].rows, out, columns);
	else
		ui_label(u, in,
			 ui_pen(UI_REGULAR, ui_px(u, UI_BODY),
				state == ACCOUNTS_CHECKING ? UI_INK2 : UI_DANGER),
			 UI_CENTER,
			 kiosk_word(k,
				    state == ACCOUNTS_CHECKING ? W_led_checking : W_place_damaged));
	if (state == ACCOUNTS_READY)
		bars_note(k, u, in, &kinds[out]);
}

void finance_draw(struct kiosk *k, struct ui *u)
{
	static struct overview o;
	static struct kinds kinds[2];
	struct ui_rect c = ui_content(u, page_top(k, u));
	if (!gather(k, &o)) {
		k->empty_title = kiosk_word(k, W_col_finance);
		empty_draw(k, u);
		return;
	}
	const struct shelf *shelf = accounts_shelf(k->accounts);
	c.h -= 4;
	c = source_foot(k, u, c, shelf, shelf->publication);
	int y = c.y + title_row(k, u, c, &o), h = c.y + c.h - 8 - y, gap = u->portrait ? 20 : 24;
	if (u->portrait) {
		int h1 = story_portrait(k, u, (struct ui_rect){c.x, y, c.w, 0}, &o);
		int rest = h - h1 - 3 * gap, h2 = rest * 42 / 100, h3 = (rest - h2) / 2;
		struct ui_rect card = {c.x, y + h1 + gap, c.w, h2};
		gather_kinds(k, &o.sum, false, h3, &kinds[0]);
		gather_kinds(k, &o.sum, true, h3, &kinds[1]);
		months(k, u, card, &o);
		card = (struct ui_rect){c.x, card.y + h2 + gap, c.w, h3};
		kinds_card(k, u, card, kinds, false, o.sum.state);
		card.y += h3 + gap;
		kinds_card(k, u, card, kinds, true, o.sum.state);
	} else {
		int left = 607, x = c.x + left + gap, w = c.w - left - gap, h1 = h * 52 / 100;
		struct ui_rect card = {x, y + h1 + gap, (w - gap) / 2, h - h1 - gap};
		gather_kinds(k, &o.sum, false, card.h, &kinds[0]);
		gather_kinds(k, &o.sum, true, card.h, &kinds[1]);
		story_landscape(k, u, (struct ui_rect){c.x, y, left, h}, &o);
		months(k, u, (struct ui_rect){x, y, w, h1}, &o);
		kinds_card(k, u, card, kinds, false, o.sum.state);
		card.x += card.w + gap;
		kinds_card(k, u, card, kinds, true, o.sum.state);
	}
	const struct ui_bar_button b[] = {{.id = "fin.near",
					   .icon = "people",
					   .label = kiosk_word(k, W_fin_near),
					   .right = true,
					   .icon_only_ok = true},
					  {.id = "fin.rows",
					   .icon = "list",
					   .label = kiosk_word(k, W_fin_rows),
					   .kind = UI_BUTTON_PRIMARY,
					   .right = true}};
	const char *hit = page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SIZE, b, 2);
	if (strcmp(hit, "fin.near") == 0) {
		neighbours_open(k, o.first, o.last);
	} else if (strcmp(hit, "fin.rows") == 0) {
		k->month = o.last;
		k->month_newest = k->month == accounts_newest_month(k->accounts);
		k->direction = 0;
		kiosk_go(k, SCREEN_LEDGER);
	}
}
