/* ledger.c - 05: every entry of a month. Follows the finger and turns by pages; rows and sums only
 * of checked sheets. */
#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/kiosk/owed.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/source.h"
#include "app/village/due.h"
#include "app/village/money.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int month_add(int month, int n)
{
	int at = month / 100 * 12 + month % 100 - 1 + n;
	return at / 12 * 100 + at % 12 + 1;
}

static void turn_month(struct kiosk *k, struct ui *u, int n)
{
	k->month = month_add(k->month, n);
	k->month_newest = k->month == accounts_newest_month(k->accounts);
	ui_scroll_to(u, "ledger", 0);
	k->redraw = true;
}

/* ‹ 2026 年 10 月 › as one pill with two targets; gives its width, drawn or not. */
static int month_stepper(struct kiosk *k, struct ui *u, int x, int y, int w, bool draw)
{
	const char *label =
		words_fill(k->lang, W_led_month,
			   (const struct word_arg[]){{"year", words_number(k->month / 100)},
						     {"m", words_month(k->lang, k->month % 100)},
						     {NULL, NULL}});
	int px = ui_px(u, UI_LABEL);
	static const struct ui_color none = {0};
	if (w == 0)
		w = ui_label_width(UI_BOLD, px, label) + 2 * 72;
	if (!draw)
		return w;
	struct ui_rect r = {x, y, w, UI_TOUCH_MIN}, left = {x, y, w / 2, UI_TOUCH_MIN},
		       right = {x + w / 2, y, w - w / 2, UI_TOUCH_MIN};
	bool back = k->month > accounts_oldest_month(k->accounts);
	bool on = k->month < accounts_newest_month(k->accounts);
	ui_list_box(&u->list, r, UI_RADIUS_PILL, UI_WHITE, 3, UI_LINE);
	ui_list_icon(&u->list, (struct ui_rect){x + 24, y + 28, 32, 32}, "back",
		     back ? UI_INK : UI_LINE, none, 50);
	ui_list_icon(&u->list, (struct ui_rect){x + w - 56, y + 28, 32, 32}, "next",
		     on ? UI_INK : UI_LINE, none, 50);
	ui_label(u, (struct ui_rect){x + 60, y, w - 120, UI_TOUCH_MIN}, ui_pen(UI_BOLD, px, UI_INK),
		 UI_CENTER, label);
	if (back && ui_hit(u, left, "ledger.month-back"))
		turn_month(k, u, -1);
	if (on && ui_hit(u, right, "ledger.month-next"))
		turn_month(k, u, 1);
	return w;
}

/* Gives their width, drawn or not. */
static int filters(struct kiosk *k, struct ui *u, int x, int y, bool draw)
{
	int start = x;
	static const struct {
		const char *id, *icon;
		enum word label;
		int direction;
	} chip[] = {{"ledger.all", NULL, W_led_all, 0},
		    {"ledger.in", "seal-in", W_led_in, 1},
		    {"ledger.out", "seal-out", W_led_out, -1}};
	for (int i = 0; i < 3; i++) {
		int w = ui_chip_width(u, chip[i].icon, kiosk_word(k, chip[i].label));
		struct ui_caption caption =
			ui_caption(chip[i].icon, kiosk_word(k, chip[i].label), NULL);
		if (draw &&
		    ui_chip(u, x, y, chip[i].id, caption, k->direction == chip[i].direction)) {
			k->direction = chip[i].direction;
			ui_scroll_to(u, "ledger", 0);
			k->redraw = true;
		}
		x += w + 14;
	}
	return x - 14 - start;
}

static void sums(struct kiosk *k, struct ui *u, struct ui_rect r, const struct accounts_sum *s,
		 uint32_t rows)
{
	char in[MONEY_TEXT], out[MONEY_TEXT], count[16], part[16];
	int px = ui_px(u, UI_CAPTION) + 4;
	if (s->state == ACCOUNTS_NOT_PUBLISHED)
		return; /* no noughts above the words that say that there is nothing yet */
	snprintf(count, sizeof count, "%" PRIu32, rows);
	snprintf(part, sizeof part, "%d", s->damaged_part);
	const char *month = words_month(k->lang, k->month % 100);
	/* At 特大 the sums need the line. */
	const char *entries =
		u->size == UI_XLARGE && s->state == ACCOUNTS_READY
			? ""
			: words_fill(k->lang, W_led_count,
				     (const struct word_arg[]){{"n", count}, {NULL, NULL}});
	if (s->state == ACCOUNTS_DAMAGED) {
		const struct ui_span span[] = {
			{month, UI_BOLD, px, UI_INK},
			{"  ", UI_REGULAR, px, UI_INK},
			{words_fill(k->lang, W_led_excluded,
				    (const struct word_arg[]){{"n", part}, {NULL, NULL}}),
			 UI_REGULAR, px, UI_INK}};
		ui_spans(u, r, span, 3, ui_flow(130, UI_LEFT, 1));
		return;
	}
	if (s->state == ACCOUNTS_CHECKING) {
		const struct ui_span span[] = {{month, UI_BOLD, px, UI_INK},
					       {"  ", UI_REGULAR, px, UI_INK},
					       {entries, UI_REGULAR, px, UI_INK}};
		ui_spans(u, r, span, 3, ui_flow(130, UI_LEFT, 1));
		int w = ui_label_width(UI_BOLD, px, month) +
			ui_label_width(UI_REGULAR, px, entries) + 60;
		ui_pill(u, r.x + w, r.y - 2, 44, UI_PILL_GREY, kiosk_word(k, W_led_checking));
		return;
	}
	/* Small sums are said in yuan: 0.01 万 tells nobody anything. */
	bool wan = s->in_fen >= 1000000 || s->out_fen >= 1000000;
	const char *unit = kiosk_word(k, wan ? W_led_wan : W_led_yuan);
	const struct ui_span span[] = {
		{month, UI_BOLD, px, UI_INK},
		{"  ", UI_REGULAR, px, UI_INK},
		{entries, UI_REGULAR, px, UI_INK},
		{entries[0] == 0 ? "" : "   ", UI_REGULAR, px, UI_INK},
		{kiosk_word(k, W_led_sum_in), UI_REGULAR, px, UI_INK},
		{" ", UI_REGULAR, px, UI_INK},
		{wan ? money_wan(s->in_fen, 2, in) : money_exact(s->in_fen, in), UI_BOLD, px,
		 UI_INCOME},
		{" ", UI_REGULAR, px, UI_INK},
		{unit, UI_REGULAR, px, UI_INK},
		{" · ", UI_REGULAR, px, UI_INK},
		{kiosk_word(k, W_led_sum_out), UI_REGULAR, px, UI_INK},
		{" ", UI_REGULAR, px, UI_INK},
		{wan ? money_wan(s->out_fen, 2, out) : money_exact(s->out_fen, out), UI_BOLD, px,
		 UI_EXPENSE},
		{" ", UI_REGULAR, px, UI_INK},
		{unit, UI_REGULAR, px, UI_INK}};
	ui_spans(u, r, span, sizeof span / sizeof span[0], ui_flow(130, UI_LEFT, 1));
}

static void open_row(struct kiosk *k, const struct accounts_row *row)
{
	text_copy(k->row_line, sizeof k->row_line, row->record->line, row->record->line_len);
	k->row = *row->record;
	k->row.line = k->row_line;
	k->row_sheet = *row->sheet;
	k->have_row = true;
	if (k->margin != NULL)
		margin_look(k->margin, accounts_shelf(k->accounts), row->sheet, row->record);
	snprintf(k->marked_row, sizeof k->marked_row, "%s", row->record->id);
	kiosk_go(k, SCREEN_LINE);
}

/* "原来是 520.00，到 11 月 12 日改为 620.00，因为…" */
static void change_line(struct kiosk *k, struct ui *u, struct ui_rect r,
			const struct accounts_row *row, const struct accounts_was *was)
{
	char before[MONEY_TEXT], now[MONEY_TEXT];
	ui_list_icon(&u->list, (struct ui_rect){r.x, r.y + (r.h - 36) / 2, 36, 36}, "pen",
		     UI_PINE_D, UI_SUN, 30);
	ui_label_cut(u, (struct ui_rect){r.x + 48, r.y, r.w - 48, r.h},
		     ui_pen(UI_REGULAR, ui_px(u, UI_CAPTION) + 2, UI_INK), UI_LEFT,
		     words_fill(k->lang, W_led_changed,
				(const struct word_arg[]){
					{"a", money_exact(was->amount_fen, before)},
					{"d", words_day(k->lang, was->until)},
					{"b", money_exact(row->record->amount_fen, now)},
					{"why", was->reason},
					{NULL, NULL}}));
}

/* The widest thing that can stand there, so that the amounts end on one line. */
static int voucher_width(struct kiosk *k, const struct ui *u)
{
	int mark = 48, none = ui_pill_width(u, kiosk_word(k, W_led_no_voucher));
	if (u->size != UI_XLARGE)
		mark += ui_label_width(UI_REGULAR, ui_px(u, UI_CAPTION) + 2,
				       kiosk_word(k, W_led_voucher));
	return mark > none ? mark : none;
}

static bool has_voucher(const struct record *r)
{
	return r->attachments > 0 || r->attach_count > 0;
}

static void voucher_mark(struct kiosk *k, struct ui *u, struct ui_rect r, bool there)
{
	int px = ui_px(u, UI_CAPTION) + 2;
	if (!there) {
		const char *words = kiosk_word(k, W_led_no_voucher);
		ui_pill(u, r.x + r.w - ui_pill_width(u, words), r.y + (r.h - 46) / 2, 46,
			UI_PILL_DANGER, words);
		return;
	}
	/* At 特大 a voucher is what one expects; only a missing one is said. */
	if (u->size == UI_XLARGE)
		return;
	const char *words = kiosk_word(k, W_led_voucher);
	int w = ui_label_width(UI_REGULAR, px, words);
	ui_list_icon(&u->list, (struct ui_rect){r.x + r.w - w - 48, r.y + (r.h - 40) / 2, 40, 40},
		     "paper", UI_PINE_D, UI_SUN, 30);
	ui_label(u, (struct ui_rect){r.x + r.w - w, r.y, w, r.h}, ui_pen(UI_REGULAR, px, UI_PINE_D),
		 UI_LEFT, words);
}

static void row_landscape(struct kiosk *k, struct ui *u, struct ui_rect r,
			  const struct accounts_row *row, const struct accounts_was *was)
{
	static const struct ui_color none = {0};
	char amount[MONEY_TEXT];
	const struct record *d = row->record;
	int h = r.h, title_px = ui_px(u, UI_LABEL), sub_px = ui_px(u, UI_CAPTION);
	int number_px = ui_px(u, UI_H3) + 2, day_px = ui_px(u, UI_CAPTION) + 4, x = r.x + 28;
	int day_w = u->size == UI_XLARGE ? 216 : 176, right = r.x + r.w - 28;
	ui_label(u, (struct ui_rect){x, r.y, day_w, h}, ui_pen(UI_REGULAR, day_px, UI_INK), UI_LEFT,
		 words_day(k->lang, d->day));
	x += day_w + 28;
	ui_seal(u, x, r.y + (h - 64) / 2, 64, d->direction < 0);
	x += 64 + 28;
	ui_list_icon(&u->list, (struct ui_rect){right - 36, r.y + (h - 36) / 2, 36, 36}, "next",
		     UI_INK2, none, 40);
	right -= 36 + 36;
	int mark_w = voucher_width(k, u);
	voucher_mark(k, u, (struct ui_rect){right - mark_w, r.y, mark_w, h}, has_voucher(d));
	if (u->size != UI_XLARGE || !has_voucher(d))
		right -= mark_w + 28;
	money_signed(d->direction < 0 ? -d->amount_fen : d->amount_fen, amount);
	int amount_w = ui_label_width(UI_BOLD, number_px, amount);
	ui_label(u, (struct ui_rect){right - amount_w, r.y, amount_w, h},
		 ui_pen(UI_BOLD, number_px, d->direction < 0 ? UI_EXPENSE : UI_INCOME), UI_RIGHT,
		 amount);
	int w = right - amount_w - 40 - x;
	bool party = was != NULL || (u->size != UI_XLARGE && d->party[0] != 0);
	int title_h = title_px * 13 / 10, sub_h = party ? sub_px * 14 / 10 : 0;
	int top = r.y + (h - title_h - sub_h) / 2;
	ui_label_cut(u, (struct ui_rect){x, top, w, title_h}, ui_pen(UI_BOLD, title_px, UI_INK),
		     UI_LEFT, d->title);
	if (was != NULL)
		change_line(k, u, (struct ui_rect){x, top + title_h, w, sub_h}, row, was);
	else if (party)
		ui_label_cut(u, (struct ui_rect){x, top + title_h, w, sub_h},
			     ui_pen(UI_REGULAR, sub_px, UI_INK2), UI_LEFT, d->party);
}

static void row_portrait(struct kiosk *k, struct ui *u, struct ui_rect r,
			 const struct accounts_row *row, const struct accounts_was *was)
{
	static const struct ui_color none = {0};
	char amount[MONEY_TEXT], sub[400];
	const struct record *d = row->record;
	int h = r.h, title_px = ui_px(u, UI_LABEL), sub_px = ui_px(u, UI_CAPTION);
	int number_px = ui_px(u, UI_H3) + 2, x = r.x + 28, right = r.x + r.w - 28;
	ui_seal(u, x, r.y + (h - 64) / 2, 64, d->direction < 0);
	x += 64 + 24;
	ui_list_icon(&u->list, (struct ui_rect){right - 36, r.y + (h - 36) / 2, 36, 36}, "next",
		     UI_INK2, none, 40);
	right -= 36 + 16;
	money_signed(d->direction < 0 ? -d->amount_fen : d->amount_fen, amount);
	int amount_w = ui_label_width(UI_BOLD, number_px, amount);
	ui_label(u, (struct ui_rect){right - amount_w, r.y, amount_w, h},
		 ui_pen(UI_BOLD, number_px, d->direction < 0 ? UI_EXPENSE : UI_INCOME), UI_RIGHT,
		 amount);
	int w = right - amount_w - 24 - x, title_h = title_px * 13 / 10, sub_h = sub_px * 14 / 10;
	int top = r.y + (h - title_h - sub_h) / 2;
	ui_label_cut(u, (struct ui_rect){x, top, w, title_h}, ui_pen(UI_BOLD, title_px, UI_INK),
		     UI_LEFT, d->title);
	if (was != NULL) {
		change_line(k, u, (struct ui_rect){x, top + title_h, r.x + r.w - 28 - x, sub_h},
			    row, was);
		return;
	}
	bool party = u->size != UI_XLARGE && d->party[0] != 0;
	const char *missing = has_voucher(d) ? "" : kiosk_word(k, W_led_no_voucher);
	snprintf(sub, sizeof sub, "%s%s%s", words_day(k->lang, d->day), party ? " · " : "",
		 party ? d->party : "");
	int pill = missing[0] == 0 ? 0 : ui_pill_width(u, missing) + 12;
	ui_label_cut(u, (struct ui_rect){x, top + title_h, w - pill, sub_h},
		     ui_pen(UI_REGULAR, sub_px, UI_INK2), UI_LEFT, sub);
	if (pill > 0) {
		int sub_w = ui_label_width(UI_REGULAR, sub_px, sub);
		ui_pill(u, x + (sub_w < w - pill ? sub_w + 12 : w - pill + 12), top + title_h - 2,
			42, UI_PILL_DANGER, missing);
	}
}

static int row_height(const struct ui *u)
{
	if (u->portrait)
		return u->size == UI_XLARGE ? 176 : u->size == UI_LARGE ? 156 : 142;
	return u->size == UI_XLARGE ? 144 : u->size == UI_LARGE ? 120 : 98;
}

static void rows(struct kiosk *k, struct ui *u, struct ui_rect r, uint32_t count)
{
	int h = row_height(u);
	int64_t content = (int64_t)count * h - 2;
	int at = ui_scroll_begin(u, "ledger", r, content > 2000000000 ? 2000000000 : (int)content);
	for (uint32_t i = (uint32_t)(at / h); i < count; i++) {
		struct ui_rect cell = {r.x, r.y + (int)((int64_t)i * h - at), r.w, h};
		struct accounts_row row;
		struct accounts_was was;
		char id[24];
		if (cell.y >= r.y + r.h)
			break;
		snprintf(id, sizeof id, "row.%" PRIu32, i);
		if (!accounts_row(k->accounts, k->month, k->direction, i, &row)) {
			ui_list_fill(
				&u->list,
				(struct ui_rect){cell.x + 24, cell.y + cell.h - 2, cell.w - 48, 2},
				UI_LINE);
			ui_label(u, (struct ui_rect){cell.x + 28, cell.y, cell.w - 56, cell.h},
				 ui_pen(UI_REGULAR, ui_px(u, UI_BODY), UI_INK2), UI_LEFT,
				 kiosk_word(k, W_led_checking));
			continue;
		}
		bool changed = accounts_was(k->accounts, &row, &was);
		bool hit =
			ui_row(u, cell, id, changed || strcmp(k->marked_row, row.record->id) == 0);
		if (u->portrait)
			row_portrait(k, u, cell, &row, changed ? &was : NULL);
		else
			row_landscape(k, u, cell, &row, changed ? &was : NULL);
		if (hit)
			open_row(k, &row);
	}
	ui_scroll_end(u);
}

/* A month without books: by when they are due by the rule, and how late they are. */
static void unpublished(struct kiosk *k, struct ui *u, struct page_notice *n)
{
	const struct catalogue_template *t = catalogue_find(k->catalogue, "ledger");
	int32_t due = due_day(t, k->month), today = kiosk_signed_day(k);
	n->icon = "calendar";
	n->title = words_fill(k->lang, W_led_unpublished,
			      (const struct word_arg[]){{"m", words_month(k->lang, k->month % 100)},
							{NULL, NULL}});
	if (due == 0) {
		n->bodies = 0;
		return;
	}
	bool late = due < today;
	n->body[0] = (struct ui_span){
		words_fill(k->lang, late ? W_led_late : W_led_due,
			   (const struct word_arg[]){
				   {"d", words_day(k->lang, due)},
				   {"n", words_number(clock_days_between(due, today))},
				   {NULL, NULL}}),
		UI_REGULAR, ui_px(u, UI_LEAD), UI_INK2};
	n->small = words_fill(k->lang, W_led_rule,
			      (const struct word_arg[]){{"rule", t->rule}, {NULL, NULL}});
	if (!late)
		return;
	struct owed_urge urge;
	char period[PERIOD_MAX + 1];
	(void)due_period(t, k->month, period);
	owed_urge_look(k, t->id, period, &urge);
	if (urge.next != NULL)
		n->body[0].text = urge.next;
	n->button[n->buttons++] = urge.button;
}

static void press_notice(struct kiosk *k, const char *id)
{
	char period[PERIOD_MAX + 1];
	if (strcmp(id, "ledger.before") == 0) {
		turn_month(k, &k->ui, -1);
	} else if (strcmp(id, "owed.urge") == 0) {
		(void)due_period(catalogue_find(k->catalogue, "ledger"), k->month, period);
		owed_urge(k, "ledger", period);
	} else {
		file_begin(k, false);
	}
}

/* A month that is damaged, or was never published, has a page of its own words. */
static bool told_instead(struct kiosk *k, struct ui *u, struct ui_rect area,
			 const struct accounts_sum *s, uint32_t count)
{
	int before = month_add(k->month, -1);
	const struct word_arg arg[] = {{"m", words_month(k->lang, before % 100)}, {NULL, NULL}};
	bool can_go = before >= accounts_oldest_month(k->accounts);
	struct page_notice n = {.button = {{.id = "ledger.before",
					    .icon = "back",
					    .label = words_fill(k->lang, W_led_see_month, arg),
					    .kind = UI_BUTTON_OUTLINE},
					   {.id = "ledger.ask",
					    .icon = "help",
					    .label = kiosk_word(k, W_empty_ask),
					    .kind = UI_BUTTON_SUN}},
				.buttons = 2,
				.bodies = 1};
	if (s->state == ACCOUNTS_DAMAGED) {
		n.icon = "warn";
		n.title = kiosk_word(k, W_led_damaged);
		n.body[0] = (struct ui_span){kiosk_word(k, W_led_damaged_body), UI_REGULAR,
					     ui_px(u, UI_LEAD), UI_INK2};
	} else if (s->state == ACCOUNTS_NOT_PUBLISHED) {
		unpublished(k, u, &n);
	} else if (count == 0 && s->state == ACCOUNTS_READY) {
		n.icon = "search";
		n.title = kiosk_word(k, W_led_none);
		n.bodies = 0;
		n.buttons = 0;
	} else {
		return false;
	}
	if (!can_go && n.buttons > 0) {
		memmove(n.button, n.button + 1, 2 * sizeof n.button[0]);
		n.buttons--;
	}
	int hit = page_notice(k, u, area, &n);
	if (hit >= 0)
		press_notice(k, n.button[hit].id);
	return true;
}

static void pages(struct kiosk *k, struct ui *u, struct ui_rect list, struct ui_rect where,
		  uint32_t count)
{
	int h = row_height(u), per_page = list.h / h > 0 ? list.h / h : 1,
	    page_units = per_page * h;
	int page = ui_scroll_page(u, "ledger", page_units);
	int all = (int)((count + (uint32_t)per_page - 1) / (uint32_t)per_page);
	char n[16], of[16];
	snprintf(n, sizeof n, "%d", page + 1);
	snprintf(of, sizeof of, "%d", all > 0 ? all : 1);
	if (where.w > 0 && all > 1)
		ui_label(
			u, where, ui_pen(UI_REGULAR, ui_px(u, UI_CAPTION) + 4, UI_INK), UI_RIGHT,
			words_fill(k->lang, W_page_of,
				   (const struct word_arg[]){{"n", n}, {"all", of}, {NULL, NULL}}));
	struct ui_bar_button turn[2];
	page_turners(k, page, all, UI_BUTTON_PRIMARY, turn);
	int turned = page_turned(page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SEARCH | PAGE_SIZE, turn, 2));
	if (turned != 0) {
		int to = page + turned;
		int64_t last = (int64_t)count * h - list.h;
		int64_t offset = (int64_t)to * page_units;
		if (offset > last)
			offset = last;
		ui_scroll_to(u, "ledger", offset < 0 ? 0 : (int)offset);
		k->redraw = true;
	}
}

/* Place, month and direction; gives where the line of sums begins. */
static int head_landscape(struct kiosk *k, struct ui *u, struct ui_rect c)
{
	int y = c.y + 14, gap = 14,
	    all = filters(k, u, 0, 0, false) + gap + month_stepper(k, u, 0, 0, 0, false) + gap;
	int seg = page_places_width(k, u, false), x = c.x;
	if (seg + all > c.w)
		seg = page_places_width(k, u, true);
	bool two_lines = seg + all > c.w;
	page_places(k, u, (struct ui_rect){x, y, seg, 96});
	if (two_lines) {
		y += 96 + 10;
	} else {
		x += seg + gap;
		y += 4;
	}
	x += month_stepper(k, u, x, y, 0, true) + gap;
	filters(k, u, x, y, true);
	return y + UI_TOUCH_MIN + 12;
}

static int head_portrait(struct kiosk *k, struct ui *u, struct ui_rect c)
{
	int px = ui_px(u, UI_H2), y = c.y + 14;
	ui_plate(u, (struct ui_rect){c.x, y + 10, 88, 88}, UI_SUN_T, "list", 60);
	ui_label_cut(u, (struct ui_rect){c.x + 114, y, c.w - 120, 108},
		     ui_pen(UI_TITLE, px, UI_INK), UI_LEFT,
		     words_fill(k->lang, W_fin_title,
				(const struct word_arg[]){{"place", kiosk_place(k, k->place)->name},
							  {NULL, NULL}}));
	page_places(k, u, (struct ui_rect){c.x, y + 118, c.w, 96});
	y += 118 + 96 + 16;
	int gap = 14, w = month_stepper(k, u, c.x, y, 0, false), chips = filters(k, u, 0, 0, false);
	bool one_line = w + gap + chips <= c.w;
	/* What is left over makes the stepper easier to hit. */
	w = month_stepper(k, u, c.x, y, one_line ? c.w - gap - chips : w, true);
	if (!one_line)
		y += UI_TOUCH_MIN + gap;
	filters(k, u, one_line ? c.x + w + gap : c.x, y, true);
	return y + UI_TOUCH_MIN + 14;
}

/* The one the month's newest table came with; 0 when it has none. */
static uint64_t month_publication(const struct kiosk *k)
{
	char period[16];
	uint64_t number = 0;
	const struct shelf *s = accounts_shelf(k->accounts);
	snprintf(period, sizeof period, "%04d-%02d", k->month / 100 % 10000, k->month % 100);
	size_t count, first = shelf_find(s, "ledger", period, &count);
	for (size_t i = first; i < first + count; i++)
		if (s->sheet[i].publication > number)
			number = s->sheet[i].publication;
	return number;
}

void ledger_draw(struct kiosk *k, struct ui *u)
{
	struct ui_rect c = ui_content(u, page_top(k, u)), list;
	struct accounts_sum sum;
	if (k->accounts == NULL || accounts_newest_month(k->accounts) == 0) {
		finance_draw(k, u);
		return;
	}
	/* Who looks at the newest month goes on looking at the newest when another one comes. */
	if (k->month == 0 || k->month_newest) {
		k->month = accounts_newest_month(k->accounts);
		k->month_newest = true;
	}
	accounts_month(k->accounts, k->month, &sum);
	c.h -= 4;
	c = source_foot(k, u, c, accounts_shelf(k->accounts), month_publication(k));
	uint32_t count = sum.state == ACCOUNTS_NOT_PUBLISHED
				 ? 0
				 : accounts_rows(k->accounts, k->month, k->direction);
	int y = u->portrait ? head_portrait(k, u, c) : head_landscape(k, u, c);
	int page_w = ui_px(u, UI_CAPTION) * 7, line = (ui_px(u, UI_CAPTION) + 4) * 130 / 100;
	struct ui_rect said = {c.x, y, c.w - page_w, line},
		       which = {c.x + c.w - page_w, y, page_w, line};
	sums(k, u, said, &sum, count);
	y += line + 10;
	list = (struct ui_rect){c.x, y, c.w, c.y + c.h - 12 - y};
	bool ready = (k->direction == 0 && sum.state != ACCOUNTS_NOT_PUBLISHED) ||
		     sum.state == ACCOUNTS_READY;
	if (told_instead(k, u, list, &sum, count)) {
		pages(k, u, list, (struct ui_rect){0}, 0);
		return;
	}
	/* Whole rows, inside the border of the card. */
	int h = row_height(u), whole = h * ((list.h - 4) / h);
	if ((int64_t)count * h < whole)
		whole = (int)count * h;
	struct ui_rect inside = {list.x + 2, list.y + 2, list.w - 4, whole > 0 ? whole : h};
	list.h = inside.h + 2;
	ui_card(u, list, UI_CARD);
	/* The border stands for the last row's line. */
	if (ready)
		rows(k, u, (struct ui_rect){inside.x, inside.y, inside.w, inside.h - 2}, count);
	pages(k, u, inside, which, count);
}
