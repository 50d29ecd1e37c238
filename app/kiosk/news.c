/* news.c - what was made public last: one line a table, newest publication first, with the reason
 * where a table was changed. A press opens the table. */
#include "app/kiosk/facts.h"
#include "app/kiosk/list_row.h"
#include "app/kiosk/owed.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NEWS_MAX = 200 };

struct news {
	const struct shelf_sheet *sheet[NEWS_MAX];
	const struct catalogue_template *template[NEWS_MAX];
	size_t count;
};

/* Newest publication first, later periods first within it. */
static bool comes_before(const struct shelf_sheet *x, const struct shelf_sheet *y)
{
	if (x->publication != y->publication)
		return x->publication > y->publication;
	int c = strcmp(x->entry.period, y->entry.period);
	return c != 0 ? c > 0 : strcmp(x->entry.template_id, y->entry.template_id) < 0;
}

static void put(struct news *out, const struct shelf_sheet *s, const struct catalogue_template *t)
{
	size_t at = out->count < NEWS_MAX ? out->count++ : NEWS_MAX - 1;
	if (at == NEWS_MAX - 1 && out->sheet[at] != NULL && comes_before(out->sheet[at], s))
		return;
	while (at > 0 && comes_before(s, out->sheet[at - 1])) {
		out->sheet[at] = out->sheet[at - 1];
		out->template[at] = out->template[at - 1];
		at--;
	}
	out->sheet[at] = s;
	out->template[at] = t;
}

/* The newest NEWS_MAX tables, by their first parts: a long table is one table. */
static void gather(struct kiosk *k, const struct shelf *shelf, struct news *out)
{
	*out = (struct news){.count = 0};
	for (size_t i = 0; i < shelf->count; i++) {
		const struct shelf_sheet *s = &shelf->sheet[i];
		const struct catalogue_template *t =
			s->entry.part == 1 ? catalogue_find(k->catalogue, s->entry.template_id)
					   : NULL;
		/* One older than all that are kept is not looked at twice. */
		if (t != NULL &&
		    (out->count < NEWS_MAX || comes_before(s, out->sheet[NEWS_MAX - 1])))
			put(out, s, t);
	}
}

/* Where the rows of this table are read. */
static void open_table(struct kiosk *k, const struct shelf_sheet *s,
		       const struct catalogue_template *t)
{
	if (strcmp(t->id, "ledger") == 0) {
		k->month = (int)(strtol(s->entry.period, NULL, 10) * 100 +
				 strtol(s->entry.period + 5, NULL, 10));
		k->month_newest = k->month == accounts_newest_month(k->accounts);
		k->direction = 0;
		kiosk_go(k, SCREEN_LEDGER);
	} else if (t->household) {
		subsidy_begin(k);
	} else {
		column_open(k, t->column);
		snprintf(k->column_kind, sizeof k->column_kind, "%s", t->id);
	}
}

static void news_row(struct kiosk *k, struct ui *u, struct ui_rect r, const struct shelf_sheet *s,
		     const struct catalogue_template *t)
{
	char id[96];
	bool hit;
	struct buf title, day;
	buf_init(&title, 512);
	buf_init(&day, 64);
	snprintf(id, sizeof id, "news.%s.%s", t->id, s->entry.period);
	r = list_card(u, r, id, false, &hit);
	fact_period(k, s->entry.period, &title);
	buf_print(&title, "%s%s",
		  title.len == 0       ? ""
		  : k->lang == LANG_EN ? ": "
				       : " ",
		  fact_title(k, t));
	fact_day(k, s->day, &day);
	bool changed = s->entry.version > 1, fresh = fresh_day(s->day, kiosk_signed_day(k));
	const char *said = words_fill(
		k->lang, changed && s->entry.reason[0] != 0 ? W_news_changed : W_news_first,
		(const struct word_arg[]){
			{"day", buf_str(&day)}, {"why", s->entry.reason}, {NULL, NULL}});
	const char *pill = kiosk_word(k, W_col_new);
	int px = ui_px(u, UI_LABEL) + 2, small = ui_px(u, UI_CAPTION) + 1, w = r.w - 2 * 32 - 64,
	    x = r.x + 32, pill_w = fresh ? ui_pill_width(u, pill) + 16 : 0;
	int title_h = ui_words_height(UI_BOLD, px, w - pill_w, 118, buf_str(&title)),
	    said_h = ui_words_height(UI_REGULAR, small, w - pill_w, 130, said), lines = title_h;
	/* A long reason is read whole where the row has room, else as far as it goes. */
	bool whole = title_h + said_h <= r.h - 8;
	lines += whole ? said_h : small * 14 / 10;
	int y = r.y + (r.h - lines) / 2;
	ui_words(u, (struct ui_rect){x, y, w - pill_w, title_h}, ui_pen(UI_BOLD, px, UI_INK), 118,
		 UI_LEFT, buf_str(&title));
	if (fresh)
		ui_pill(u, r.x + r.w - 96 - (pill_w - 16), r.y + (r.h - 44) / 2, 44, UI_PILL_SUN,
			pill);
	if (whole)
		ui_words(u, (struct ui_rect){x, y + title_h, w - pill_w, said_h},
			 ui_pen(UI_REGULAR, small, UI_INK2), 130, UI_LEFT, said);
	else
		ui_label_cut(u, (struct ui_rect){x, y + title_h, w - pill_w, small * 14 / 10},
			     ui_pen(UI_REGULAR, small, UI_INK2), UI_LEFT, said);
	buf_free(&title);
	buf_free(&day);
	if (hit)
		open_table(k, s, t);
}

static int head(struct kiosk *k, struct ui *u, struct ui_rect c)
{
	const struct word_arg arg[] = {{"place", kiosk_place(k, k->place)->name}, {NULL, NULL}};
	const char *title = words_fill(k->lang, W_news_title, arg),
		   *sub = kiosk_word(k, W_news_sub);
	int px = ui_px(u, UI_H2), small = ui_px(u, UI_CAPTION), x = c.x + 114,
	    seg = page_places_width(k, u, false);
	int w = u->portrait ? c.w - 114 : c.w - seg - 146;
	if (!u->portrait && ui_label_width(UI_TITLE, px, title) > w) {
		seg = page_places_width(k, u, true);
		w = c.w - seg - 146;
	}
	ui_plate(u, (struct ui_rect){c.x, c.y + 20, 88, 88}, UI_SUN_T, "bell", 60);
	int title_h = ui_words_height(UI_TITLE, px, w, 115, title);
	ui_words(u, (struct ui_rect){x, c.y + 14, w, title_h}, ui_pen(UI_TITLE, px, UI_INK), 115,
		 UI_LEFT, title);
	int sub_h = ui_words(u, (struct ui_rect){x, c.y + 18 + title_h, w, 0},
			     ui_pen(UI_REGULAR, small, UI_INK2), 130, UI_LEFT, sub);
	int bottom = 18 + title_h + sub_h + 12;
	bottom = bottom < 130 ? 130 : bottom;
	if (!u->portrait) {
		page_places(k, u, (struct ui_rect){c.x + c.w - seg, c.y + 18, seg, 96});
		return c.y + bottom;
	}
	page_places(k, u, (struct ui_rect){c.x, c.y + bottom, c.w, 96});
	return c.y + bottom + 96 + 16;
}

static void nothing(struct kiosk *k, struct ui *u, struct ui_rect area)
{
	const struct page_notice n = {
		.icon = "calendar",
		.title = words_fill(
			k->lang, W_news_none,
			(const struct word_arg[]){{"place", kiosk_place(k, k->place)->name},
						  {NULL, NULL}}),
	};
	(void)page_notice(k, u, area, &n);
	page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SIZE, NULL, 0);
}

void news_draw(struct kiosk *k, struct ui *u)
{
	static struct news news;
	struct ui_rect c = ui_content(u, page_top(k, u));
	const struct shelf *shelf = k->accounts == NULL ? NULL : accounts_shelf(k->accounts);
	if (shelf == NULL) {
		kiosk_back(k);
		return;
	}
	int y = head(k, u, c);
	struct ui_rect r = {c.x, y, c.w, c.y + c.h - 8 - y};
	gather(k, shelf, &news);
	if (news.count == 0) {
		nothing(k, u, r);
		return;
	}
	r = source_foot(k, u, r, shelf, shelf->publication);
	r.h -= 8;
	int strip = owed_strip(k, u, r, NULL);
	if (strip > 0) {
		r.y += strip + 16;
		r.h -= strip + 16;
	}
	const struct row_list l = {.id = "news", .row_h = list_row_height(u), .count = news.count};
	r = list_place(&l, r);
	size_t first;
	int at = list_begin(u, &l, r, &first);
	for (size_t i = first; i < l.count; i++) {
		struct ui_rect cell = list_cell(&l, r, at, i);
		if (cell.y >= r.y + r.h)
			break;
		news_row(k, u, cell, news.sheet[i], news.template[i]);
	}
	ui_scroll_end(u);
	list_turn(k, u, &l, r, NULL);
}
