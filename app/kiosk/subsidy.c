/* subsidy.c - 07: our household's subsidies, with names masked as on the notice board; wiped at
 * 用完了. */
#include "app/base/text.h"
#include "app/kiosk/facts.h"
#include "app/kiosk/list_row.h"
#include "app/kiosk/page.h"
#include "app/kiosk/row_read.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/source.h"
#include "app/kiosk/subsidy_impl.h"
#include "app/village/money.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ITEMS_MAX = 400, TAIL_MAX = 8 };

struct item {
	struct roll_row row;
	int year;
	char tail[TAIL_MAX];
};

struct list {
	struct item item[ITEMS_MAX];
	int count, years[8], year_count;
};

static void value(const struct item *i, const char *id, struct buf *out)
{
	buf_clear(out);
	(void)record_field(i->row.template, i->row.record->line, i->row.record->line_len, id, out);
}

/* Rows of one household stand together; two of the same masked name are told apart by the end of
 * the account, which is on the notice board too. */
static int by_household(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int c = strcmp(x->row.record->title, y->row.record->title);
	if (c == 0)
		c = strcmp(x->tail, y->tail);
	return c != 0 ? c : y->row.record->day - x->row.record->day;
}

static bool same_household(const struct item *x, const struct item *y)
{
	return strcmp(x->row.record->title, y->row.record->title) == 0 &&
	       strcmp(x->tail, y->tail) == 0;
}

static void add_year(struct list *l, int year)
{
	int at = 0;
	while (at < l->year_count && l->years[at] > year)
		at++;
	if ((at < l->year_count && l->years[at] == year) || l->year_count == 8)
		return;
	memmove(l->years + at + 1, l->years + at,
		(size_t)(l->year_count - at) * sizeof l->years[0]);
	l->years[at] = year;
	l->year_count++;
}

static void gather(struct kiosk *k, struct list *l)
{
	struct buf b;
	struct roll_row row;
	buf_init(&b, 256);
	for (size_t i = 0; roll_row(k->roll, NULL, i, &row); i++) {
		char c[8];
		if (subsidy_surname(row.record->title, c) == 0 ||
		    strcmp(c, k->subsidy.surname) != 0)
			continue;
		struct item one = {.row = row};
		value(&one, "year", &b);
		int year = (int)strtol(buf_str(&b), NULL, 10);
		one.year = year > 0 ? year : (int)strtol(row.sheet->entry.period, NULL, 10);
		value(&one, "pay_tail4", &b);
		text_copy(one.tail, sizeof one.tail, buf_str(&b), b.len);
		add_year(l, one.year);
		if (l->count < ITEMS_MAX)
			l->item[l->count++] = one;
	}
	buf_free(&b);
	if (k->subsidy.year == 0 && l->year_count > 0)
		k->subsidy.year = l->years[0];
	int kept = 0;
	for (int i = 0; i < l->count; i++)
		if (l->item[i].year == k->subsidy.year)
			l->item[kept++] = l->item[i];
	l->count = kept;
	qsort(l->item, (size_t)l->count, sizeof l->item[0], by_household);
}

/* By the choice's id: what it is called differs from language to language. */
static bool is_paid(const struct record *r)
{
	static const char paid[] = "\"status\":\"paid\"";
	return memmem(r->line, r->line_len, paid, sizeof paid - 1) != NULL;
}

/* Paid so far: only what has reached the account. */
static int64_t paid_of(const struct list *l, int i)
{
	int64_t fen = 0;
	for (int j = i; j < l->count && same_household(&l->item[i], &l->item[j]); j++)
		if (is_paid(l->item[j].row.record))
			fen += l->item[j].row.record->amount_fen;
	return fen;
}

static const char *programme(const struct item *i, struct buf *b)
{
	value(i, "programme", b);
	return buf_str(b);
}

/* 6.54 亩 × 160.00 元 */
static void counted(const struct item *i, struct buf *out)
{
	struct buf b;
	buf_init(&b, 64);
	value(i, "basis_qty", &b);
	buf_add(out, b.p, b.len);
	value(i, "basis_unit", &b);
	if (out->len > 0 && b.len > 0)
		buf_print(out, " %s", buf_str(&b));
	value(i, "standard_fen", &b);
	if (out->len > 0 && b.len > 0)
		buf_print(out, " × %s", buf_str(&b));
	buf_free(&b);
}

static void house_head(struct kiosk *k, struct ui *u, struct ui_rect r, const struct list *l, int i)
{
	char money[MONEY_TEXT];
	int px = ui_px(u, UI_H3), small = ui_px(u, UI_BODY) - 2;
	const char *name = words_fill(
		k->lang, W_sub_house,
		(const struct word_arg[]){{"name", l->item[i].row.record->title}, {NULL, NULL}});
	const struct ui_span paid[] = {
		{kiosk_word(k, W_sub_paid), UI_REGULAR, small, UI_INK},
		{" ", UI_REGULAR, small, UI_INK},
		{money_exact(paid_of(l, i), money), UI_BOLD, small + 8, UI_INK},
		{" ", UI_REGULAR, small, UI_INK},
		{kiosk_word(k, W_led_yuan), UI_REGULAR, small, UI_INK}};
	ui_label(u, (struct ui_rect){r.x + 36, r.y, r.w / 2, r.h}, ui_pen(UI_BOLD, px, UI_PINE_D),
		 UI_LEFT, name);
	ui_spans(u,
		 (struct ui_rect){r.x + r.w / 2, r.y + (r.h - (small + 8) * 12 / 10) / 2,
				  r.w / 2 - 36, 0},
		 paid, 5, ui_flow(120, UI_RIGHT, 1));
}

static void ask(struct kiosk *k, const struct roll_row *row)
{
	snprintf(k->place, sizeof k->place, "%s", k->subsidy.group);
	text_copy(k->row_line, sizeof k->row_line, row->record->line, row->record->line_len);
	k->row = *row->record;
	k->row.line = k->row_line;
	k->row_sheet = *row->sheet;
	k->have_row = true;
	file_begin(k, true);
}

/* What a row says; texts live in the buffers. */
struct row_said {
	struct buf name, basis, state, room;
	char money[MONEY_TEXT];
	bool paid;
};

static void row_gather(struct kiosk *k, const struct item *i, struct row_said *s)
{
	buf_init(&s->name, 256);
	buf_init(&s->basis, 256);
	buf_init(&s->state, 128);
	buf_init(&s->room, 256);
	(void)programme(i, &s->name);
	counted(i, &s->basis);
	if (i->row.record->day != 0) {
		buf_text(&s->basis, s->basis.len > 0 ? " · " : "");
		fact_day(k, i->row.record->day, &s->basis);
	}
	(void)fact_state(k, i->row.template, i->row.record, &s->state);
	s->paid = is_paid(i->row.record);
	money_exact(i->row.record->amount_fen, s->money);
}

static void row_free(struct row_said *s)
{
	buf_free(&s->name);
	buf_free(&s->basis);
	buf_free(&s->state);
	buf_free(&s->room);
}

static void row_state(struct ui *u, int x, int y, const struct row_said *s)
{
	ui_pill(u, x, y, 50, s->paid ? UI_PILL_PINE : UI_PILL_SUN, buf_str(&s->state));
}

/* A tall screen has room for three lines: what for, how much and whether it is there, how counted.
 */
static void row_tall(struct ui *u, struct ui_rect r, struct row_said *s)
{
	int px = ui_px(u, UI_LABEL), small = ui_px(u, UI_CAPTION), number = ui_px(u, UI_H3);
	int name_h = ui_words_height(UI_BOLD, px, r.w, 118, buf_str(&s->name)),
	    line = number * 125 / 100, small_h = small * 14 / 10,
	    amount_w = ui_label_width(UI_BOLD, number, s->money);
	int y = r.y + (r.h - name_h - line - small_h) / 2;
	ui_words(u, (struct ui_rect){r.x, y, r.w, name_h}, ui_pen(UI_BOLD, px, UI_INK), 118,
		 UI_LEFT, buf_str(&s->name));
	y += name_h;
	ui_label(u, (struct ui_rect){r.x, y, amount_w, line}, ui_pen(UI_BOLD, number, UI_INK),
		 UI_LEFT, s->money);
	row_state(u, r.x + amount_w + 24, y + (line - 50) / 2, s);
	ui_label(u, (struct ui_rect){r.x, y + line, r.w, small_h},
		 ui_pen(UI_REGULAR, small, UI_INK2), UI_LEFT,
		 list_facts(UI_REGULAR, small, r.w, buf_str(&s->basis), &s->room));
}

static void row_wide(struct ui *u, struct ui_rect r, struct row_said *s)
{
	int px = ui_px(u, UI_LABEL), small = ui_px(u, UI_CAPTION), number = ui_px(u, UI_H3);
	int right = r.x + r.w, title_h = px * 13 / 10, sub_h = small * 14 / 10,
	    amount_w = ui_label_width(UI_BOLD, number, s->money);
	row_state(u, right - ui_pill_width(u, buf_str(&s->state)), r.y + (r.h - 50) / 2, s);
	right -= 190;
	ui_label(u, (struct ui_rect){right - amount_w, r.y, amount_w, r.h},
		 ui_pen(UI_BOLD, number, UI_INK), UI_RIGHT, s->money);
	int w = right - amount_w - 32 - r.x, y = r.y + (r.h - title_h - sub_h) / 2;
	ui_label(u, (struct ui_rect){r.x, y, w, title_h}, ui_pen(UI_BOLD, px, UI_INK), UI_LEFT,
		 buf_str(&s->name));
	ui_label(u, (struct ui_rect){r.x, y + title_h, w, sub_h},
		 ui_pen(UI_REGULAR, small, UI_INK2), UI_LEFT,
		 list_facts(UI_REGULAR, small, w, buf_str(&s->basis), &s->room));
}

/* The last row of a card has the card's own edge under it. */
static void house_row(struct kiosk *k, struct ui *u, struct ui_rect r, const struct list *l, int n,
		      bool last)
{
	char id[24];
	struct row_said s;
	const struct item *i = &l->item[n];
	row_gather(k, i, &s);
	row_note(k, r, i->row.template, i->row.record, ROW_IN_LIST, buf_str(&s.basis));
	snprintf(id, sizeof id, "wrong.%d", n);
	if (!last)
		ui_list_fill(&u->list, (struct ui_rect){r.x, r.y + r.h - 2, r.w, 2}, UI_LINE);
	const char *wrong = kiosk_word(k, W_sub_wrong);
	int ask_w = ui_button_width(u, UI_BUTTON_PLAIN, "help", wrong, NULL);
	struct ui_rect button = {r.x + r.w - 26 - ask_w, r.y + (r.h - 88) / 2, ask_w, 88};
	if (ui_button(u, button, id, UI_BUTTON_PLAIN, ui_caption("help", wrong, NULL)))
		ask(k, &i->row);
	struct ui_rect in = {r.x + 36, r.y, button.x - 24 - r.x - 36, r.h};
	if (u->portrait)
		row_tall(u, in, &s);
	else
		row_wide(u, in, &s);
	row_free(&s);
}

static int house_row_height(const struct ui *u)
{
	static const int wide[UI_SIZES] = {98, 108, 120}, tall[UI_SIZES] = {176, 196, 226};
	return (u->portrait ? tall : wide)[u->size];
}

/* Rows of this household from i on that still fit. */
static int rows_here(const struct list *l, int i, int room)
{
	int n = 0;
	while (i + n < l->count && n < room && same_household(&l->item[i], &l->item[i + n]))
		n++;
	return n;
}

/* Draws what stands on page `page`; gives how many pages there are. */
static int houses(struct kiosk *k, struct ui *u, struct ui_rect r, const struct list *l, int page)
{
	int head_h = u->size == UI_XLARGE ? 88 : 74;
	int row_h = house_row_height(u);
	int y = 0, at = 0, gap = 36;
	for (int i = 0; i < l->count; i++) {
		bool first = i == 0 || !same_household(&l->item[i - 1], &l->item[i]);
		int need = row_h + (first || y == 0 ? head_h + (y > 0 ? gap : 0) : 0);
		if (y > 0 && y + need > r.h) {
			at++;
			y = 0;
			first = true;
			need = row_h + head_h;
		}
		int top = y + need - row_h;
		if (at == page && (first || y == 0)) {
			int house = i;
			while (house > 0 && same_household(&l->item[house - 1], &l->item[i]))
				house--;
			int rows = rows_here(l, i, (r.h - top) / row_h);
			ui_card(u,
				(struct ui_rect){r.x - 2, r.y + top - head_h, r.w + 4,
						 head_h + rows * row_h + 10},
				UI_CARD);
			ui_list_box(&u->list,
				    (struct ui_rect){r.x, r.y + top - head_h + 2, r.w, head_h - 2},
				    UI_RADIUS_CARD - 2, UI_PINE_T, 0, UI_PINE_T);
			ui_list_fill(&u->list, (struct ui_rect){r.x, r.y + top - 24, r.w, 24},
				     UI_PINE_T);
			house_head(k, u, (struct ui_rect){r.x, r.y + top - head_h, r.w, head_h}, l,
				   house);
		}
		bool last = i + 1 == l->count || !same_household(&l->item[i], &l->item[i + 1]) ||
			    top + 2 * row_h > r.h;
		if (at == page)
			house_row(k, u, (struct ui_rect){r.x, r.y + top, r.w, row_h}, l, i, last);
		y += need;
	}
	return at + 1;
}

static int household_count(const struct list *l)
{
	int n = 0;
	for (int i = 0; i < l->count; i++)
		n += i == 0 || !same_household(&l->item[i - 1], &l->item[i]);
	return n;
}

static void years(struct kiosk *k, struct ui *u, struct ui_rect c, int y, const struct list *l)
{
	int x = c.x + c.w;
	for (int i = 0; i < l->year_count && i < 2; i++) {
		char id[24], text[16];
		snprintf(id, sizeof id, "year.%d", l->years[i]);
		snprintf(text, sizeof text, "%d", l->years[i]);
		bool on = l->years[i] == k->subsidy.year;
		x -= ui_chip_width(u, NULL, text);
		if (ui_chip(u, x, y, id, ui_caption(NULL, text, NULL), on)) {
			k->subsidy.year = l->years[i];
			k->subsidy.page = 0;
			k->redraw = true;
		}
		x -= 24;
	}
}

void subsidy_draw(struct kiosk *k, struct ui *u)
{
	struct ui_rect c = ui_content(u, page_top(k, u));
	struct list *l = k->roll == NULL ? NULL : calloc(1, sizeof *l);
	char n[12], group[256];
	if (l == NULL) {
		kiosk_back(k);
		return;
	}
	roll_select(k->roll, k->subsidy.group, "", subsidy_template);
	gather(k, l);
	snprintf(n, sizeof n, "%d", household_count(l));
	const char *village = subsidy_elsewhere(k);
	snprintf(group, sizeof group, "%s%s%s", village, village[0] == 0 ? "" : " ",
		 kiosk_place(k, k->subsidy.group)->name);
	int y = subsidy_head(u, c,
			     words_fill(k->lang, W_sub_title,
					(const struct word_arg[]){{"group", group},
								  {"name", k->subsidy.surname},
								  {"n", n},
								  {NULL, NULL}}),
			     kiosk_word(k, W_sub_care));
	if (l->year_count > 1)
		years(k, u, c, u->portrait ? y : c.y + 26, l);
	if (u->portrait && l->year_count > 1)
		y += 104;
	c.h -= 8;
	c = source_foot(k, u, c, roll_shelf(k->roll), roll_publication(k->roll));
	struct ui_rect r = {c.x, y, c.w, c.y + c.h - 16 - y};
	int pages = houses(k, u, r, l, k->subsidy.page);
	if (k->subsidy.page >= pages) {
		k->subsidy.page = pages - 1;
		k->redraw = true;
	}
	struct ui_bar_button b[3] = {[2] = subsidy_done(k, UI_BUTTON_PRIMARY)};
	page_turners(k, k->subsidy.page, pages, UI_BUTTON_PLAIN, b);
	int turned = page_turned(pages > 1 ? page_bar(k, u, PAGE_BACK, b, 3)
					   : page_bar(k, u, PAGE_BACK, b + 2, 1));
	if (turned != 0) {
		k->subsidy.page += turned;
		k->redraw = true;
	}
	free(l);
}
