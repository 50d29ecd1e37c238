#include "app/kiosk/list_row.h"

#include "app/kiosk/facts.h"
#include "app/kiosk/fresh.h"
#include "app/kiosk/page.h"
#include "app/kiosk/row_read.h"

#include <stdio.h>
#include <string.h>

enum { PAD = 32, ARROW = 40, PILL_H = 44, PILL_GAP = 16 };

int list_row_height(const struct ui *u)
{
	static const int landscape[UI_SIZES] = {116, 132, 140},
			 portrait[UI_SIZES] = {180, 206, 244};
	return (u->portrait ? portrait : landscape)[u->size];
}

struct ui_rect list_card(struct ui *u, struct ui_rect r, const char *id, bool marked, bool *hit)
{
	static const struct ui_color none = {0};
	*hit = ui_hit(u, r, id);
	bool pressed = ui_pressed(u, id);
	if (pressed)
		r.y += 4;
	else
		ui_list_box(&u->list, (struct ui_rect){r.x, r.y + 4, r.w, r.h}, UI_RADIUS_BUTTON,
			    UI_SHADOW, 0, UI_LINE);
	ui_list_box(&u->list, r, UI_RADIUS_BUTTON, marked || pressed ? UI_SUN_T : UI_CARD, 2,
		    UI_LINE);
	ui_list_icon(
		&u->list,
		(struct ui_rect){r.x + r.w - PAD - ARROW, r.y + (r.h - ARROW) / 2, ARROW, ARROW},
		"next", UI_INK2, none, 40);
	return r;
}

const char *list_facts(enum ui_style style, int px, int w, const char *text, struct buf *room)
{
	static const char between[] = " · ";
	buf_clear(room);
	buf_text(room, text);
	while (room->len > 0 && ui_label_width(style, px, buf_str(room)) > w) {
		size_t cut = 0;
		for (const char *at = strstr(buf_str(room), between); at != NULL;
		     at = strstr(at + 1, between))
			cut = (size_t)(at - buf_str(room));
		buf_cut(room, cut);
	}
	return buf_str(room);
}

/* What stands in a row. */
struct said {
	struct buf state, facts, from, phone, room;
	const char *title;
	bool fresh;
};

static void gather(struct kiosk *k, const struct roll_row *row, bool kind, struct said *s)
{
	const struct catalogue_template *t = row->template;
	const struct record *r = row->record;
	buf_init(&s->state, 128);
	buf_init(&s->facts, 1024);
	buf_init(&s->from, 512);
	buf_init(&s->phone, 128);
	buf_init(&s->room, 2048);
	s->title = r->title;
	s->fresh = k->fresh != NULL && fresh_row(k->fresh, row->sheet->sheet, r->id);
	if (!fact_state(k, t, r, &s->state))
		buf_clear(&s->state);
	if (t->phone_field < 0 || !fact_text(k, t, r, t->phone_field, &s->phone))
		buf_clear(&s->phone);
	fact_sub(k, t, r, &s->facts);
	if (r->day != 0)
		fact_day(k, r->day, &s->from);
	if (kind)
		buf_print(&s->from, "%s%s", s->from.len > 0 ? " · " : "", fact_title(k, t));
}

static void let_go(struct said *s)
{
	buf_free(&s->state);
	buf_free(&s->facts);
	buf_free(&s->from);
	buf_free(&s->phone);
	buf_free(&s->room);
}

static int pills_width(struct kiosk *k, struct ui *u, const struct said *s)
{
	int w = s->state.len > 0 ? ui_pill_width(u, buf_str(&s->state)) + PILL_GAP : 0;
	return w + (s->fresh ? ui_pill_width(u, kiosk_word(k, W_col_new)) + PILL_GAP : 0);
}

/* From x in a line of this height; gives where they end. */
static int pills(struct kiosk *k, struct ui *u, const struct said *s, int x, int y, int h)
{
	y += (h - PILL_H) / 2;
	if (s->state.len > 0)
		x += ui_pill(u, x, y, PILL_H, UI_PILL_PINE, buf_str(&s->state)) + PILL_GAP;
	if (s->fresh)
		x += ui_pill(u, x, y, PILL_H, UI_PILL_SUN, kiosk_word(k, W_col_new)) + PILL_GAP;
	return x;
}

/* A line of facts; those that do not fit are left to the row's own page. */
static void line(struct ui *u, struct ui_rect r, struct ui_pen pen, const char *text,
		 struct said *s)
{
	const char *whole = list_facts(pen.style, pen.px, r.w, text, &s->room);
	if (whole[0] != 0)
		ui_label(u, r, pen, UI_LEFT, whole);
	else
		ui_label_cut(u, r, pen, UI_LEFT, text);
}

static const char *joined(const struct buf *a, const struct buf *b, struct buf *room)
{
	buf_text(room, buf_str(a));
	if (a->len > 0 && b->len > 0)
		buf_text(room, " · ");
	buf_text(room, buf_str(b));
	return buf_str(room);
}

/* The title whole, on as many lines as it needs; what is said besides takes what is left. */
static void words(struct kiosk *k, struct ui *u, struct ui_rect r, struct said *s)
{
	char half[UI_HALVED];
	int px = ui_px(u, UI_LABEL) + 2, small = ui_px(u, UI_CAPTION), small_h = small * 14 / 10;
	int pill_w = pills_width(k, u, s), pill_h = pill_w > 0 ? PILL_H + 4 : 0;
	if (ui_words_height(UI_BOLD, px, r.w, 118, s->title) > r.h)
		px = ui_role_px(UI_BODY, UI_STANDARD);
	s->title = ui_words_halved(UI_BOLD, px, r.w, s->title, half);
	int title_h = ui_words_height(UI_BOLD, px, r.w, 118, s->title), title_w = 0;
	bool one_line = title_h <= px * 13 / 10;
	if (one_line)
		title_w = ui_label_width(UI_BOLD, px, s->title) + PILL_GAP;
	bool beside = pill_w > 0 && one_line && title_w + pill_w <= r.w;
	int second_h = !beside && pill_h > small_h ? pill_h : small_h;
	bool both = s->facts.len > 0 && s->from.len > 0;
	bool two = both && title_h + small_h + second_h <= r.h - 8 && u->portrait;
	if (title_h + second_h > r.h)
		second_h = 0; /* read on the row's own page */
	int y = r.y + (r.h - title_h - second_h - (two ? small_h : 0)) / 2;
	ui_words(u, (struct ui_rect){r.x, y, r.w, 0}, ui_pen(UI_BOLD, px, UI_INK), 118, UI_LEFT,
		 s->title);
	if (beside)
		pills(k, u, s, r.x + title_w, y, title_h);
	y += title_h;
	if (two) {
		line(u, (struct ui_rect){r.x, y, r.w, small_h},
		     ui_pen(UI_REGULAR, small + 2, UI_INK), buf_str(&s->facts), s);
		y += small_h;
	}
	if (second_h == 0)
		return;
	int x = beside ? r.x : pills(k, u, s, r.x, y, second_h);
	struct buf all;
	buf_init(&all, 2048);
	const char *text = two                               ? buf_str(&s->from)
			   : u->portrait && s->facts.len > 0 ? buf_str(&s->facts)
							     : joined(&s->from, &s->facts, &all);
	line(u, (struct ui_rect){x, y, r.x + r.w - x, second_h}, ui_pen(UI_REGULAR, small, UI_INK2),
	     text, s);
	buf_free(&all);
}

/* Heard: the sentence of the template, which kind it is, and whether it is new. */
static void note(struct kiosk *k, struct ui_rect r, const struct roll_row *row, bool kind,
		 const struct said *s)
{
	struct buf more;
	buf_init(&more, 256);
	if (kind)
		buf_text(&more, fact_title(k, row->template));
	if (s->fresh)
		buf_print(&more, "%s%s", more.len > 0 ? "\n" : "", kiosk_word(k, W_col_new));
	row_note(k, r, row->template, row->record, ROW_IN_LIST, buf_str(&more));
	buf_free(&more);
}

bool list_row(struct kiosk *k, struct ui *u, struct ui_rect r, const struct roll_row *row,
	      bool kind, const char *id)
{
	struct said s;
	bool hit;
	gather(k, row, kind, &s);
	r = list_card(u, r, id, strcmp(k->marked_row, row->record->id) == 0, &hit);
	note(k, r, row, kind, &s);
	struct ui_rect in = {r.x + PAD, r.y + 4, r.w - 2 * PAD - ARROW - 24, r.h - 8};
	if (s.phone.len > 0) {
		int px = ui_px(u, UI_H3), w = ui_label_width(UI_BOLD, px, buf_str(&s.phone));
		struct ui_rect where = {in.x + in.w - w, in.y, w, in.h};
		ui_label(u, where, ui_pen(UI_BOLD, px, UI_PINE_D), UI_RIGHT, buf_str(&s.phone));
		in.w -= w + 32;
	}
	words(k, u, in, &s);
	let_go(&s);
	return hit;
}

/* --- the list --- */

static int pitch(const struct row_list *l)
{
	return l->row_h + LIST_GAP;
}

static int per_page(const struct row_list *l, int h)
{
	int n = (h + LIST_GAP) / pitch(l);
	return n < 1 ? 1 : n;
}

static int content(const struct row_list *l)
{
	return l->count == 0 ? 0 : (int)l->count * pitch(l) - LIST_GAP + 8;
}

struct ui_rect list_place(const struct row_list *l, struct ui_rect room)
{
	int n = (room.h + LIST_GAP) / pitch(l);
	if (n >= 1)
		room.h = n * pitch(l) - LIST_GAP + 8;
	return room;
}

int list_begin(struct ui *u, const struct row_list *l, struct ui_rect r, size_t *first)
{
	int at = ui_scroll_begin(u, l->id, r, content(l));
	*first = (size_t)(at / pitch(l));
	return at;
}

struct ui_rect list_cell(const struct row_list *l, struct ui_rect r, int at, size_t i)
{
	return (struct ui_rect){r.x, r.y + (int)i * pitch(l) - at, r.w, l->row_h};
}

const char *list_turn(struct kiosk *k, struct ui *u, const struct row_list *l, struct ui_rect r,
		      const struct ui_bar_button *more)
{
	int per = per_page(l, r.h - 8), all = ((int)l->count + per - 1) / per,
	    page = ui_scroll_page(u, l->id, per * pitch(l)), n = 0;
	struct ui_bar_button b[3];
	if (all > 1)
		page_turners(k, page, all, UI_BUTTON_PRIMARY, b);
	n = all > 1 ? 2 : 0;
	if (more != NULL)
		b[n++] = *more;
	const char *hit = page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SEARCH | PAGE_SIZE, b, n);
	int turned = page_turned(hit);
	if (turned != 0) {
		int last = content(l) - r.h, to = (page + turned) * per * pitch(l);
		to = to > last ? last : to;
		ui_scroll_to(u, l->id, to < 0 ? 0 : to);
		k->redraw = true;
	}
	return hit;
}
