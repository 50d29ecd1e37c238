/* entry.c - 10: one row of any template, field by field, as the catalogue describes it. */
#include "app/base/text.h"
#include "app/kiosk/facts.h"
#include "app/kiosk/page.h"
#include "app/kiosk/row_read.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text whose field may be longer than this gets the whole width, unless it is short itself. */
enum { LONG_TEXT = 60, SHORT_TEXT = 22 /* characters */ };
enum { CELLS_MAX = 160, PAGES_MAX = 80, PIECE_BYTES = 360, ENTRY_BYTES = 8 * RECORD_LINE_MAX };

/* What the row says, cut into pieces that are never broken over two pages. */
struct cell {
	const char *label;
	bool wide, first; /* first: the label stands over it */
	bool news;        /* what was changed: on a coloured ground */
	bool asks;        /* a question: its answer begins on the same page */
	size_t at, len;   /* into the text */
	int x, y, w, h, page;
};
struct layout {
	struct buf text;
	struct cell cell[CELLS_MAX];
	int count, pages;
};

static bool shown_elsewhere(const struct catalogue_template *t, int field)
{
	return field == t->title_field || field == t->state_field || t->field[field].hidden ||
	       t->field[field].type == FIELD_IMAGE;
}

/* End of the piece that begins at `at`: a paragraph, or some sentences of a long one. */
static size_t piece_end(const char *s, size_t at, size_t len)
{
	size_t last = 0;
	for (size_t i = at; i < len;) {
		size_t from = i;
		uint32_t c = text_next(s, len, &i);
		if (c == '\n')
			return from + 1;
		if (c == 0x3002 || c == 0xff1b)
			last = i;
		if (i - at > PIECE_BYTES && last > 0)
			return last;
	}
	return len;
}

/* The text from `at` on, under its label. */
static void add_cells(struct layout *l, const char *label, size_t at, bool wide)
{
	size_t len = l->text.len;
	bool first = true;
	while (at < len && l->count < CELLS_MAX) {
		size_t end = wide ? piece_end(buf_str(&l->text), at, len) : len, cut = end;
		while (cut > at && l->text.p[cut - 1] == '\n')
			cut--;
		if (cut > at)
			l->cell[l->count++] = (struct cell){.label = label,
							    .wide = wide,
							    .first = first,
							    .at = at,
							    .len = cut - at};
		first = false;
		at = end;
	}
}

static bool is_wide(const struct field *f, const char *text, size_t len)
{
	return f->type == FIELD_TEXT && f->max_chars > LONG_TEXT &&
	       text_chars(text, len) > SHORT_TEXT;
}

static void add_changes(struct kiosk *k, struct layout *l)
{
	size_t at = l->text.len;
	int first = l->count;
	if (!fact_changes(k, &l->text))
		return;
	add_cells(l, kiosk_word(k, W_entry_changed), at, true);
	for (int i = first; i < l->count; i++)
		l->cell[i].news = true;
}

static void add_notes(struct kiosk *k, struct layout *l)
{
	for (size_t i = 0; k->margin != NULL && i < margin_notes(k->margin); i++) {
		const struct margin_note *n = margin_note(k->margin, i);
		size_t at = l->text.len;
		buf_text(&l->text, n->question);
		int first = l->count;
		add_cells(l, kiosk_word(k, W_entry_asked), at, true);
		if (l->count > first)
			l->cell[first].asks = true;
		at = l->text.len;
		buf_text(&l->text, n->answer);
		add_cells(l,
			  words_fill(k->lang, W_entry_answered,
				     (const struct word_arg[]){{"office", n->office},
							       {"day", words_day(k->lang, n->day)},
							       {NULL, NULL}}),
			  at, true);
	}
}

static void gather(struct kiosk *k, const struct catalogue_template *t, struct layout *l)
{
	add_changes(k, l);
	for (size_t i = 0; i < t->field_count; i++) {
		size_t at = l->text.len;
		const struct field *f = &t->field[i];
		if (!shown_elsewhere(t, (int)i) && fact_text(k, t, &k->row, (int)i, &l->text))
			add_cells(l, fact_label(k, f), at,
				  is_wide(f, buf_str(&l->text) + at, l->text.len - at));
		else
			buf_cut(&l->text, at);
	}
	add_notes(k, l);
}

static const char *cell_text(const struct layout *l, const struct cell *c)
{
	static char text[RECORD_LINE_MAX + 64];
	text_copy(text, sizeof text, buf_str(&l->text) + c->at, c->len);
	return text;
}

/* Label and value are heard together; what stands beside them is another one. */
static void cell_note(struct ui *u, struct ui_rect r, const char *label, const char *value)
{
	char said[1024];
	snprintf(said, sizeof said, "%s\n%s", label, value);
	ui_list_note(&u->list, r, said);
}

/* Draws a cell, or only measures it. */
static int cell_shown(struct ui *u, const struct layout *l, const struct cell *c, struct ui_rect r,
		      bool draw)
{
	int x = r.x, y = r.y, w = r.w;
	int px = ui_px(u, UI_BODY) + 2, small = ui_px(u, UI_BODY) - 2, label_w = w * 38 / 100;
	const char *label = c->label, *value = cell_text(l, c);
	if (c->wide) {
		int label_h = c->first ? ui_words_height(UI_REGULAR, small, w, 130, label) + 8 : 0;
		int value_h = ui_words_height(UI_REGULAR, px, w, 155, value);
		if (draw && c->news)
			ui_list_box(&u->list,
				    (struct ui_rect){x - 20, y, w + 40, label_h + value_h + 20},
				    UI_RADIUS_BUTTON, UI_SUN_T, 0, UI_SUN_T);
		if (draw && c->first)
			ui_words(u, (struct ui_rect){x, y + 12, w, label_h},
				 ui_pen(UI_REGULAR, small, UI_INK2), 130, UI_LEFT, label);
		if (draw)
			ui_words(u, (struct ui_rect){x, y + 12 + label_h, w, value_h},
				 ui_pen(UI_REGULAR, px, UI_INK), 155, UI_LEFT, value);
		return label_h + value_h + 18;
	}
	int label_h = ui_words_height(UI_REGULAR, small, label_w - 16, 130, label);
	int value_h = ui_words_height(UI_REGULAR, px, w - label_w, 130, value);
	int h = label_h > value_h ? label_h : value_h;
	if (draw) {
		cell_note(u, (struct ui_rect){x, y, w, h + 28}, label, value);
		ui_words(u, (struct ui_rect){x, y + 14, label_w - 16, label_h},
			 ui_pen(UI_REGULAR, small, UI_INK2), 130, UI_LEFT, label);
		ui_words(u, (struct ui_rect){x + label_w, y + 12, w - label_w, value_h},
			 ui_pen(UI_REGULAR, px, UI_INK), 130, UI_LEFT, value);
		ui_list_fill(&u->list, (struct ui_rect){x, y + h + 26, w, 2}, UI_LINE);
	}
	return h + 28;
}

/* Short facts stand in two columns on a wide screen, long ones across; a page ends between them. */
static void lay_out(struct ui *u, struct ui_rect body, struct layout *l)
{
	int columns = u->portrait || u->size == UI_XLARGE ? 1 : 2, gap = 64;
	int w = (body.w - gap * (columns - 1)) / columns, y = 0, page = 0;
	for (int i = 0; i < l->count;) {
		int n = 1, h = 0;
		if (!l->cell[i].wide && columns == 2 && i + 1 < l->count && !l->cell[i + 1].wide)
			n = 2;
		for (int j = 0; j < n; j++) {
			struct cell *c = &l->cell[i + j];
			c->w = c->wide ? body.w : w;
			c->x = j * (w + gap);
			c->h = cell_shown(u, l, c, (struct ui_rect){0, 0, c->w, 0}, false);
			h = c->h > h ? c->h : h;
		}
		int whole = h;
		if (l->cell[i].asks && i + 1 < l->count)
			whole += cell_shown(u, l, &l->cell[i + 1],
					    (struct ui_rect){0, 0, body.w, 0}, false);
		if (y > 0 && y + whole > body.h && page + 1 < PAGES_MAX) {
			page++;
			y = 0;
		}
		for (int j = 0; j < n; j++) {
			l->cell[i + j].y = y;
			l->cell[i + j].page = page;
		}
		y += h;
		i += n;
	}
	l->pages = page + 1;
}

/* Where the row stands: it was opened from the ledger or from a column. */
static const struct shelf *shelf_of(const struct kiosk *k)
{
	const struct shelf *s = roll_shelf(k->roll);
	if (strcmp(s->place, k->place) != 0 && k->accounts != NULL)
		s = accounts_shelf(k->accounts);
	return s;
}

static int head(struct kiosk *k, struct ui *u, struct ui_rect r, const struct catalogue_template *t)
{
	struct buf state;
	int px = ui_px(u, UI_H2), small = ui_px(u, UI_CAPTION), y = r.y;
	buf_init(&state, 128);
	y += ui_words(u, (struct ui_rect){r.x, y, r.w, px * 3}, ui_pen(UI_TITLE, px, UI_INK), 125,
		      UI_LEFT, k->row.title);
	int x = r.x;
	struct buf period, from;
	buf_init(&period, 64);
	buf_init(&from, 512);
	if (fact_state(k, t, &k->row, &state))
		x += ui_pill(u, x, y + 4, 46, UI_PILL_PINE, buf_str(&state)) + 20;
	fact_period(k, k->row_sheet.entry.period, &period);
	buf_print(&from, "%s%s%s", fact_title(k, t), period.len > 0 ? " · " : "", buf_str(&period));
	int h = ui_words_height(UI_REGULAR, small, r.x + r.w - x, 125, buf_str(&from)),
	    line = h > 54 ? h : 54;
	row_note(k, (struct ui_rect){r.x, y, r.w, line}, t, &k->row, ROW_ON_PAGE, buf_str(&from));
	ui_words(u, (struct ui_rect){x, y + (line - h) / 2, r.x + r.w - x, h},
		 ui_pen(UI_REGULAR, small, UI_INK2), 125, UI_LEFT, buf_str(&from));
	buf_free(&state);
	buf_free(&period);
	buf_free(&from);
	return y + line + 12 - r.y;
}

static int bar_of_done(struct ui *u, struct ui_rect r, const struct catalogue_template *t,
		       struct kiosk *k)
{
	struct buf b;
	int64_t whole = 0; /* 37 of 37.5 */
	bool there;
	if (t->done_field < 0)
		return 0;
	buf_init(&b, 64);
	there = record_field(t, k->row.line, k->row.line_len, t->field[t->done_field].id, &b) &&
		text_number(buf_str(&b), strcspn(buf_str(&b), "."), &whole);
	buf_free(&b);
	if (!there)
		return 0;
	int percent = whole > 100 ? 100 : (int)whole, px = ui_px(u, UI_LABEL);
	char words[16];
	snprintf(words, sizeof words, "%d%%", percent);
	int words_w = ui_label_width(UI_BOLD, px, "100%") + 2;
	ui_label(u, (struct ui_rect){r.x + r.w - words_w, r.y, words_w, 40},
		 ui_pen(UI_BOLD, px, UI_PINE_D), UI_RIGHT, words);
	r.w -= words_w + 24;
	ui_list_box(&u->list, (struct ui_rect){r.x, r.y, r.w, 40}, 20, UI_PAPER2, 0, UI_LINE);
	if (percent > 0)
		ui_list_box(&u->list,
			    (struct ui_rect){r.x, r.y,
					     r.w * percent / 100 < 40 ? 40 : r.w * percent / 100,
					     40},
			    20, UI_PINE, 0, UI_PINE);
	return 60;
}

static int page_of_notes(const struct layout *l)
{
	for (int i = 0; i < l->count; i++)
		if (l->cell[i].asks)
			return l->cell[i].page;
	return 0;
}

/* The ways to the pictures the row carries and, where they stand on a later page (`asked`), to the
 * questions about it. */
static void chips(struct kiosk *k, struct ui *u, struct ui_rect r, bool asked)
{
	char n[24];
	snprintf(n, sizeof n, "%zu", k->row.attach_count);
	const char *see =
		words_fill(k->lang, W_entry_see, (const struct word_arg[]){{"n", n}, {NULL, NULL}});
	if (k->row.attach_count > 0) {
		if (ui_chip(u, r.x, r.y, "entry.see", ui_caption("image", see, NULL), false))
			voucher_open(k, 0);
		r.x += ui_chip_width(u, "image", see) + 20;
	}
	if (asked && ui_chip(u, r.x, r.y, "entry.asked",
			     ui_caption("list", kiosk_word(k, W_line_more_asked), NULL), false)) {
		k->entry_page = -1;
		k->redraw = true;
	}
}

static void turn(struct kiosk *k, struct ui *u, int pages)
{
	struct ui_bar_button b[3] = {[2] = {.id = "entry.ask",
					    .icon = "help",
					    .label = kiosk_word(k, W_entry_ask),
					    .kind = UI_BUTTON_SUN,
					    .right = true}};
	page_turners(k, k->entry_page, pages, UI_BUTTON_PLAIN, b);
	b[0].icon_only_ok = b[1].icon_only_ok = true; /* where the bar is narrow */
	int flags = PAGE_BACK | PAGE_HOME | (u->portrait && pages > 1 ? 0 : PAGE_SIZE);
	const char *hit = pages > 1 ? page_bar(k, u, flags, b, 3) : page_bar(k, u, flags, b + 2, 1);
	if (strcmp(hit, "entry.ask") == 0) {
		file_begin(k, true);
	} else if (page_turned(hit) != 0) {
		k->entry_page += page_turned(hit);
		k->redraw = true;
	}
}

void entry_draw(struct kiosk *k, struct ui *u)
{
	struct ui_rect c = ui_content(u, page_top(k, u));
	const struct catalogue_template *t =
		k->have_row ? catalogue_find(k->catalogue, k->row_sheet.entry.template_id) : NULL;
	if (t == NULL || k->roll == NULL) {
		kiosk_back(k);
		return;
	}
	c.h -= 8;
	c = source_foot(k, u, c, shelf_of(k), k->row_sheet.publication);
	int pad = u->portrait ? 46 : 58;
	struct ui_rect card = {c.x, c.y + 20, c.w, c.h - 32};
	ui_card(u, card, UI_CARD_WARM);
	struct ui_rect in = {card.x + pad, card.y + 28, card.w - 2 * pad, 0};
	int top = in.y + head(k, u, in, t);
	top += bar_of_done(u, (struct ui_rect){in.x, top, in.w, 0}, t, k);
	int chips_y = top, chips_h = UI_TOUCH_MIN + 16;
	top += k->row.attach_count > 0 ? chips_h : 0;
	struct ui_rect body = {in.x, top, in.w, card.y + card.h - 20 - top};
	struct layout *l = calloc(1, sizeof *l);
	if (l == NULL)
		return;
	buf_init(&l->text, ENTRY_BYTES);
	gather(k, t, l);
	lay_out(u, body, l);
	bool asked = page_of_notes(l) > 0;
	if (asked && k->row.attach_count == 0) {
		body.y += chips_h;
		body.h -= chips_h;
		lay_out(u, body, l);
	}
	chips(k, u, (struct ui_rect){in.x, chips_y, in.w, 0}, asked);
	if (k->entry_page < 0)
		k->entry_page = page_of_notes(l);
	if (k->entry_page >= l->pages)
		k->entry_page = l->pages - 1;
	for (int i = 0; i < l->count; i++)
		if (l->cell[i].page == k->entry_page)
			cell_shown(u, l, &l->cell[i],
				   (struct ui_rect){body.x + l->cell[i].x, body.y + l->cell[i].y,
						    l->cell[i].w, 0},
				   true);
	turn(k, u, l->pages);
	buf_free(&l->text);
	free(l);
}
