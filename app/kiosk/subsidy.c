/* subsidy.c - 07: our household's subsidies. First the group, then the first character of the name,
 * then what was paid, with names masked as on the notice board. No card, no code; wiped at 用完了.
 */
#include "app/base/text.h"
#include "app/kiosk/facts.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/village/money.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GROUPS_MAX = 24, SURNAMES_MAX = 120, ITEMS_MAX = 400, TAIL_MAX = 8 };
static const char template_id[] = "subsidy";

void subsidy_begin(struct kiosk *k)
{
	k->subsidy = (struct subsidy){0};
	kiosk_go(k, SCREEN_SUBSIDY_FIND);
}

/* --- find --- */

static int gather_groups(struct kiosk *k, const struct place *out[GROUPS_MAX])
{
	const struct place *at = kiosk_place(k, k->place);
	const char *village = at->level == PLACE_GROUP ? at->parent : k->place;
	int n = 0;
	for (size_t i = 0; k->settings != NULL && n < GROUPS_MAX; i++) {
		const struct place *p = settings_place_at(k->settings, i);
		if (p == NULL)
			break;
		if (p->level == PLACE_GROUP && strcmp(p->parent, village) == 0)
			out[n++] = p;
	}
	return n;
}

struct surname {
	char text[8];
	int rows;
};

static size_t first_character(const char *name, char out[8])
{
	size_t at = 0;
	if (name[0] == 0)
		return 0;
	text_next(name, strlen(name), &at);
	text_copy(out, 8, name, at);
	return at;
}

static int by_rows(const void *a, const void *b)
{
	const struct surname *x = a, *y = b;
	return x->rows != y->rows ? y->rows - x->rows : strcmp(x->text, y->text);
}

static int gather_surnames(struct kiosk *k, struct surname out[SURNAMES_MAX])
{
	int n = 0;
	struct roll_row row;
	for (size_t i = 0; roll_row(k->roll, NULL, i, &row); i++) {
		char c[8];
		int at = 0;
		if (first_character(row.record->title, c) == 0)
			continue;
		while (at < n && strcmp(out[at].text, c) != 0)
			at++;
		if (at == n && n == SURNAMES_MAX)
			continue;
		if (at == n)
			snprintf(out[n++].text, sizeof out[0].text, "%s", c);
		out[at].rows = at == n - 1 && out[at].rows == 0 ? 1 : out[at].rows + 1;
	}
	qsort(out, (size_t)n, sizeof out[0], by_rows);
	return n;
}

static bool name_key(struct ui *u, struct ui_rect r, const char *id, const char *text, bool on,
		     int px)
{
	bool hit = ui_hit(u, r, id), pressed = ui_pressed(u, id);
	if (pressed)
		r.y += 4;
	else
		ui_list_box(&u->list, (struct ui_rect){r.x, r.y + 4, r.w, r.h}, UI_RADIUS_KEY,
			    on ? UI_SHADOW_PINE : UI_SHADOW_KEY, 0, UI_LINE);
	ui_list_box(&u->list, r, UI_RADIUS_KEY,
		    on        ? UI_PINE
		    : pressed ? UI_SUN_T
			      : UI_WHITE,
		    on ? 0 : 2, UI_LINE);
	ui_label(u, r, ui_pen(UI_TITLE, px, on ? UI_WHITE : UI_INK), UI_CENTER, text);
	return hit;
}

static void find_groups(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	const struct place *group[GROUPS_MAX];
	int n = gather_groups(k, group), columns = u->portrait ? 4 : 2, gap = 16, pad = 34;
	int w = (r.w - 2 * pad - gap * (columns - 1)) / columns,
	    lines = (n + columns - 1) / columns;
	int head = 92, h = lines == 0 ? 96 : (r.h - head - pad - gap * (lines - 1)) / lines;
	h = h > 172 ? 172 : h;
	ui_card(u, r, UI_CARD);
	ui_label(u, (struct ui_rect){r.x + pad, r.y + 8, r.w - 2 * pad, head - 12},
		 ui_pen(UI_TITLE, ui_px(u, UI_H3), UI_INK), UI_LEFT, kiosk_word(k, W_sub_q1));
	for (int i = 0; i < n; i++) {
		char id[PLACE_ID_MAX + 16];
		struct ui_rect cell = {r.x + pad + (w + gap) * (i % columns),
				       r.y + head + (h + gap) * (i / columns), w, h};
		snprintf(id, sizeof id, "group.%s", group[i]->id);
		if (!name_key(u, cell, id, group[i]->name,
			      strcmp(k->subsidy.group, group[i]->id) == 0, ui_px(u, UI_H3) + 4))
			continue;
		snprintf(k->subsidy.group, sizeof k->subsidy.group, "%s", group[i]->id);
		k->subsidy.page = 0;
		k->redraw = true;
	}
}

static void find_surnames(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	struct surname name[SURNAMES_MAX] = {{{0}, 0}};
	int n = 0, columns = u->size == UI_XLARGE ? 4 : u->portrait ? 5 : 6, gap = 20, pad = 34;
	int head = 92, lines = u->portrait ? 6 : 3;
	int w = (r.w - 2 * pad - gap * (columns - 1)) / columns;
	int h = (r.h - head - pad - gap * (lines - 1)) / lines;
	h = h > 172 ? 172 : h;
	const char *words = kiosk_word(k, W_sub_first);
	ui_card(u, r, UI_CARD);
	ui_label(u, (struct ui_rect){r.x + pad, r.y + 8, r.w - 2 * pad, head - 12},
		 ui_pen(UI_TITLE, ui_px(u, UI_H3), UI_INK), UI_LEFT, kiosk_word(k, W_sub_q2));
	if (k->subsidy.group[0] != 0) {
		roll_select(k->roll, k->subsidy.group, "", template_id);
		n = gather_surnames(k, name);
		words = roll_waiting(k->roll)       ? kiosk_word(k, W_led_checking)
			: roll_damaged(k->roll) > 0 ? kiosk_word(k, W_led_damaged)
						    : kiosk_word(k, W_sub_none);
	}
	if (n == 0) {
		ui_words(u, (struct ui_rect){r.x + pad, r.y + head + 10, r.w - 2 * pad, 0},
			 ui_pen(UI_REGULAR, ui_px(u, UI_LEAD), UI_INK2), 145, UI_LEFT, words);
		return;
	}
	int room = columns * lines, pages = n > room ? (n + room - 2) / (room - 1) : 1;
	int per = pages > 1 ? room - 1 : room, first = k->subsidy.page % pages * per;
	for (int i = first; i < n && i < first + per; i++) {
		char id[24];
		int at = i - first;
		struct ui_rect cell = {r.x + pad + (w + gap) * (at % columns),
				       r.y + head + (h + gap) * (at / columns), w, h};
		snprintf(id, sizeof id, "surname.%s", name[i].text);
		if (!name_key(u, cell, id, name[i].text, false, ui_px(u, UI_H1) + 12))
			continue;
		snprintf(k->subsidy.surname, sizeof k->subsidy.surname, "%s", name[i].text);
		k->subsidy.page = 0;
		k->subsidy.year = 0;
		kiosk_mark_personal(k);
		kiosk_go(k, SCREEN_SUBSIDY);
	}
	struct ui_rect more = {r.x + pad + (w + gap) * (columns - 1),
			       r.y + head + (h + gap) * (lines - 1), w, h};
	if (pages > 1 &&
	    name_key(u, more, "surname.more", kiosk_word(k, W_col_more), false, ui_px(u, UI_H3))) {
		k->subsidy.page++;
		k->redraw = true;
	}
}

static int head(struct ui *u, struct ui_rect c, const char *title, const char *sub)
{
	int px = ui_px(u, UI_H2), small = ui_px(u, UI_CAPTION),
	    w = c.w - 114 - (u->portrait ? 0 : 620);
	ui_plate(u, (struct ui_rect){c.x, c.y + 20, 88, 88}, UI_SUN_T, "subsidy", 60);
	ui_label(u, (struct ui_rect){c.x + 114, c.y + 14, c.w - 114, px * 12 / 10},
		 ui_pen(UI_TITLE, px, UI_INK), UI_LEFT, title);
	int h = ui_words(u, (struct ui_rect){c.x + 114, c.y + 18 + px * 12 / 10, w, 0},
			 ui_pen(UI_REGULAR, small, UI_INK2), 130, UI_LEFT, sub);
	int bottom = 18 + px * 12 / 10 + h + 18;
	return c.y + (bottom < 136 ? 136 : bottom);
}

static struct ui_bar_button done_button(const struct kiosk *k, enum ui_button_kind kind)
{
	return (struct ui_bar_button){.id = "nav.leave",
				      .icon = "door",
				      .label = kiosk_word(k, W_sub_done),
				      .kind = kind,
				      .right = true};
}

void subsidy_find_draw(struct kiosk *k, struct ui *u)
{
	struct ui_rect c = ui_content(u, page_top(k, u));
	if (k->roll == NULL) {
		kiosk_back(k);
		return;
	}
	int y = head(u, c, kiosk_word(k, W_act_subsidy), kiosk_word(k, W_sub_sub)),
	    bottom = c.y + c.h - 24;
	if (u->portrait) {
		find_groups(k, u, (struct ui_rect){c.x, y, c.w, 420});
		find_surnames(k, u, (struct ui_rect){c.x, y + 444, c.w, bottom - y - 444});
	} else {
		find_groups(k, u, (struct ui_rect){c.x, y, 520, bottom - y});
		find_surnames(k, u, (struct ui_rect){c.x + 552, y, c.w - 552, bottom - y});
	}
	const struct ui_bar_button done = done_button(k, UI_BUTTON_PLAIN);
	page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SIZE, &done, 1);
}

/* --- the list --- */

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
		if (first_character(row.record->title, c) == 0 ||
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

/* Paid so far: only what has reached the account. */
static int64_t paid_of(const struct list *l, int i)
{
	int64_t fen = 0;
	struct buf b;
	buf_init(&b, 64);
	for (int j = i; j < l->count && same_household(&l->item[i], &l->item[j]); j++) {
		const struct record *r = l->item[j].row.record;
		const char *paid = "\"status\":\"paid\"";
		if (memmem(r->line, r->line_len, paid, strlen(paid)) != NULL)
			fen += r->amount_fen;
	}
	buf_free(&b);
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

static void house_row(struct kiosk *k, struct ui *u, struct ui_rect r, const struct item *i, int n)
{
	char money[MONEY_TEXT], id[24];
	struct buf b, sub, state;
	int px = ui_px(u, UI_LABEL), small = ui_px(u, UI_CAPTION), number = ui_px(u, UI_H3);
	buf_init(&b, 256);
	buf_init(&sub, 256);
	buf_init(&state, 128);
	snprintf(id, sizeof id, "wrong.%d", n);
	ui_list_fill(&u->list, (struct ui_rect){r.x, r.y + r.h - 2, r.w, 2}, UI_LINE);
	const char *wrong = kiosk_word(k, W_sub_wrong);
	int ask_w = ui_button_width(u, UI_BUTTON_PLAIN, "help", wrong, NULL),
	    right = r.x + r.w - 26;
	struct ui_rect button = {right - ask_w, r.y + (r.h - 88) / 2, ask_w, 88};
	if (ui_button(u, button, id, UI_BUTTON_PLAIN, ui_caption("help", wrong, NULL)))
		ask(k, &i->row);
	right -= ask_w + 24;
	(void)fact_state(k, i->row.template, i->row.record, &state);
	bool paid = strstr(buf_str(&state), "已") != NULL;
	int state_w = ui_pill_width(u, buf_str(&state)),
	    line = u->portrait ? r.y + r.h / 2 : r.y + (r.h - 50) / 2;
	ui_pill(u, right - state_w, u->portrait ? line + 4 : line, 50,
		paid ? UI_PILL_PINE : UI_PILL_SUN, buf_str(&state));
	if (!u->portrait)
		right -= 190;
	const char *amount = money_exact(i->row.record->amount_fen, money);
	int amount_w = ui_label_width(UI_BOLD, number, amount);
	ui_label(u,
		 (struct ui_rect){right - amount_w, u->portrait ? r.y : r.y, amount_w,
				  u->portrait ? r.h / 2 : r.h},
		 ui_pen(UI_BOLD, number, UI_INK), UI_RIGHT, amount);
	int x = r.x + 36, w = right - amount_w - 32 - x, title_h = px * 13 / 10,
	    sub_h = small * 14 / 10;
	counted(i, &sub);
	if (i->row.record->day != 0)
		buf_print(&sub, "%s%s", sub.len > 0 ? " · " : "",
			  words_day(k->lang, i->row.record->day));
	int y = r.y + (r.h - title_h - sub_h) / 2;
	ui_label_cut(u, (struct ui_rect){x, y, w, title_h}, ui_pen(UI_BOLD, px, UI_INK), UI_LEFT,
		     programme(i, &b));
	ui_label_cut(u, (struct ui_rect){x, y + title_h, u->portrait ? w - 40 : w, sub_h},
		     ui_pen(UI_REGULAR, small, UI_INK2), UI_LEFT, buf_str(&sub));
	buf_free(&b);
	buf_free(&sub);
	buf_free(&state);
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
	int row_h = u->portrait ? (u->size == UI_XLARGE ? 168 : 140)
				: (u->size == UI_XLARGE ? 120 : 98);
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
		if (at == page)
			house_row(k, u, (struct ui_rect){r.x, r.y + top, r.w, row_h}, &l->item[i],
				  i);
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
	char n[12];
	if (l == NULL) {
		kiosk_back(k);
		return;
	}
	roll_select(k->roll, k->subsidy.group, "", template_id);
	gather(k, l);
	snprintf(n, sizeof n, "%d", household_count(l));
	int y = head(u, c,
		     words_fill(k->lang, W_sub_title,
				(const struct word_arg[]){
					{"group", kiosk_place(k, k->subsidy.group)->name},
					{"name", k->subsidy.surname},
					{"n", n},
					{NULL, NULL}}),
		     kiosk_word(k, W_sub_care));
	if (l->year_count > 1)
		years(k, u, c, u->portrait ? y : c.y + 26, l);
	if (u->portrait && l->year_count > 1)
		y += 104;
	struct ui_rect r = {c.x, y, c.w, c.y + c.h - 24 - y};
	int pages = houses(k, u, r, l, k->subsidy.page);
	if (k->subsidy.page >= pages) {
		k->subsidy.page = pages - 1;
		k->redraw = true;
	}
	struct ui_bar_button b[3] = {[2] = done_button(k, UI_BUTTON_PRIMARY)};
	page_turners(k, k->subsidy.page, pages, UI_BUTTON_PLAIN, b);
	int turned = page_turned(page_bar(k, u, PAGE_BACK, b, 3));
	if (turned != 0) {
		k->subsidy.page += turned;
		k->redraw = true;
	}
	free(l);
}
