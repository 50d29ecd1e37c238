/* neighbours.c - the own place beside those around it: the same period, what each of them made
 * public, in plain bars with their figures. Says nothing about who does better. */
#include "app/kiosk/facts.h"
#include "app/kiosk/page.h"
#include "app/kiosk/peers.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/source.h"
#include "app/village/money.h"
#include "ui/chart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHOICES_MAX = 8, ROWS_MAX = PEERS_MAX, WAN = 1000000 /* fen */ };

/* What can be put together: the ledger, and templates somebody else has the same period of. */
struct choices {
	struct peers_what what[CHOICES_MAX];
	const struct catalogue_template *template[CHOICES_MAX];
	int count, on;
};

void neighbours_open(struct kiosk *k, int first, int last)
{
	k->near_first = first;
	k->near_last = last;
	k->near_what[0] = 0;
	k->near_page = 0;
	kiosk_go(k, SCREEN_NEIGHBOURS);
}

static void gather(struct kiosk *k, struct choices *out)
{
	const struct peers_what *what;
	*out = (struct choices){.count = 1};
	out->template[0] = catalogue_find(k->catalogue, "ledger");
	out->what[0] = (struct peers_what){.first = k->near_first, .last = k->near_last};
	snprintf(out->what[0].template_id, sizeof out->what[0].template_id, "ledger");
	for (size_t i = 0; out->count < CHOICES_MAX && (what = peers_shared(k->peers, i)) != NULL;
	     i++) {
		if (strcmp(k->near_what, what->template_id) == 0)
			out->on = out->count;
		out->what[out->count] = *what;
		out->template[out->count++] = catalogue_find(k->catalogue, what->template_id);
	}
}

/* --- choosing --- */

/* Chips one after the other, on as many lines as they need; gives the height. */
static int chips(struct kiosk *k, struct ui *u, struct ui_rect r, const struct choices *c)
{
	int x = r.x, y = r.y, gap = 16;
	for (int i = 0; c->count > 1 && i < c->count; i++) {
		char id[48];
		const char *label =
			i == 0 ? kiosk_word(k, W_near_ledger) : fact_title(k, c->template[i]);
		int w = ui_chip_width(u, NULL, label);
		if (x > r.x && x + w > r.x + r.w) {
			x = r.x;
			y += UI_TOUCH_MIN + gap;
		}
		snprintf(id, sizeof id, "near.%s", c->what[i].template_id);
		if (ui_chip(u, x, y, id, ui_caption(NULL, label, NULL), i == c->on)) {
			snprintf(k->near_what, sizeof k->near_what, "%s", c->what[i].template_id);
			k->near_page = 0;
			k->redraw = true;
		}
		x += w + gap;
	}
	return c->count > 1 ? y + UI_TOUCH_MIN + gap - r.y : 0;
}

/* --- bars --- */

/* The rows of one card, and the texts they point to. */
struct bars {
	struct ui_bar_row row[ROWS_MAX];
	char value[ROWS_MAX][MONEY_TEXT];
	int count;
};

static const char *figure(int64_t fen, bool wan, char out[MONEY_TEXT])
{
	return wan ? money_wan(fen, 1, out) : money_exact(fen, out);
}

static void fill_bars(struct kiosk *k, int first, int per, bool out, int64_t most, struct bars *b)
{
	b->count = 0;
	for (int i = first; i < first + per; i++) {
		const struct peer *p = peers_at(k->peers, (size_t)i);
		if (p == NULL)
			break;
		struct ui_bar_row *row = &b->row[b->count];
		int64_t fen = out ? p->out_fen : p->in_fen;
		*row = (struct ui_bar_row){.label = p->place->name};
		switch (p->state) {
		case PEER_READY:
			row->value = figure(fen, most >= WAN, b->value[b->count]);
			row->length = fen <= 0 ? 0 : (int)(fen * 1000 / most);
			break;
		case PEER_NOT_PUBLISHED:
			row->value = kiosk_word(k, W_near_none);
			break;
		case PEER_DAMAGED:
			row->value = kiosk_word(k, W_near_damaged);
			break;
		case PEER_WAITING:
		default:
			row->value = kiosk_word(k, W_led_checking);
			break;
		}
		b->count++;
	}
}

static int64_t most_of(const struct kiosk *k)
{
	int64_t most = 1;
	const struct peer *p;
	for (size_t i = 0; (p = peers_at(k->peers, i)) != NULL; i++) {
		if (p->state != PEER_READY)
			continue;
		most = p->in_fen > most ? p->in_fen : most;
		most = p->out_fen > most ? p->out_fen : most;
	}
	return most;
}

/* Room for the names and the figures of all cards and pages, so that bars compare. */
static struct ui_bar_columns columns_of(struct kiosk *k, struct ui *u, int64_t most)
{
	struct ui_bar_columns c = {0};
	const struct peer *p;
	static const enum word said[] = {W_near_none, W_near_damaged, W_led_checking};
	int px = ui_bars_px(u);
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
		int w = ui_label_width(UI_BOLD, px, kiosk_word(k, said[i]));
		c.value = w > c.value ? w : c.value;
	}
	for (size_t i = 0; (p = peers_at(k->peers, i)) != NULL; i++) {
		char text[MONEY_TEXT];
		int label = ui_label_width(UI_REGULAR, px, p->place->name),
		    in = ui_label_width(UI_BOLD, px, figure(p->in_fen, most >= WAN, text)),
		    out = ui_label_width(UI_BOLD, px, figure(p->out_fen, most >= WAN, text));
		c.label = label > c.label ? label : c.label;
		c.value = in > c.value ? in : c.value;
		c.value = out > c.value ? out : c.value;
	}
	c.label += 24;
	c.value += 20;
	return c;
}

static int card_head(const struct ui *u)
{
	int h = (ui_px(u, UI_H3) - 4) * 13 / 10 + 24;
	return h < 84 ? 84 : h;
}

/* Few places stand wider apart than many. */
static int bar_step(const struct kiosk *k, const struct ui *u, int room)
{
	int step = ui_bars_px(u) * 150 / 100, all = (int)peers_count(k->peers);
	return step > 60 || all * 60 <= room ? 60 : step;
}

/* What one card shows. */
struct card {
	const char *title;
	bool seal, out;
	int first, per, step;
};

static void card_shown(struct kiosk *k, struct ui *u, struct ui_rect r, const struct card *c)
{
	static struct bars b;
	int64_t most = most_of(k);
	int px = ui_px(u, UI_H3) - 4, head = card_head(u), x = r.x + 30,
	    small = ui_px(u, UI_CAPTION);
	const char *unit = kiosk_word(k, most >= WAN ? W_fin_unit : W_near_unit);
	int unit_w = ui_label_width(UI_REGULAR, small, unit);
	ui_card(u, r, UI_CARD);
	if (c->seal) {
		ui_seal(u, x, r.y + (head - 48) / 2, 48, c->out);
		x += 66;
	}
	ui_label(u, (struct ui_rect){x, r.y, r.x + r.w - 30 - unit_w - 20 - x, head},
		 ui_pen(UI_TITLE, px, UI_INK), UI_LEFT, c->title);
	ui_label(u, (struct ui_rect){r.x + r.w - 30 - unit_w, r.y, unit_w, head},
		 ui_pen(UI_REGULAR, small, UI_INK2), UI_RIGHT, unit);
	fill_bars(k, c->first, c->per, c->out, most, &b);
	ui_bars(u, (struct ui_rect){r.x + 30, r.y + head, r.w - 60, c->step * c->per}, b.row,
		b.count, c->out, columns_of(k, u, most));
}

/* --- the page --- */

static int head(struct kiosk *k, struct ui *u, struct ui_rect c, const struct choices *s)
{
	struct buf when;
	int px = ui_px(u, UI_H2), small = ui_px(u, UI_CAPTION), x = c.x + 114, w = c.w - 114;
	buf_init(&when, 128);
	if (s->on == 0)
		buf_text(&when,
			 words_fill(k->lang, W_near_when,
				    (const struct word_arg[]){
					    {"year", words_number(k->near_first / 100)},
					    {"months", page_months(k, k->near_first, k->near_last)},
					    {NULL, NULL}}));
	else
		fact_period(k, s->what[s->on].period, &when);
	ui_plate(u, (struct ui_rect){c.x, c.y + 20, 88, 88}, UI_SUN_T, "people", 60);
	ui_label(u, (struct ui_rect){x, c.y + 14, w, px * 12 / 10}, ui_pen(UI_TITLE, px, UI_INK),
		 UI_LEFT, kiosk_word(k, W_near_title));
	int h = ui_words(
		u, (struct ui_rect){x, c.y + 18 + px * 12 / 10, w, 0},
		ui_pen(UI_REGULAR, small, UI_INK2), 130, UI_LEFT,
		words_fill(k->lang, W_near_sub,
			   (const struct word_arg[]){{"when", buf_str(&when)}, {NULL, NULL}}));
	buf_free(&when);
	int bottom = 18 + px * 12 / 10 + h + 14;
	return c.y + (bottom < 130 ? 130 : bottom);
}

/* Cards under or beside each other; gives how many places stand on a page. */
static int cards(struct kiosk *k, struct ui *u, struct ui_rect r, const struct choices *s)
{
	bool two = s->on == 0, stacked = two && u->portrait;
	int gap = 24, head_h = card_head(u), h = stacked ? (r.h - gap) / 2 : r.h,
	    w = two && !stacked ? (r.w - gap) / 2 : r.w;
	int step = bar_step(k, u, h - head_h - 20), per = (h - head_h - 20) / step,
	    all = (int)peers_count(k->peers);
	per = per < 1 ? 1 : per > ROWS_MAX ? ROWS_MAX : per;
	int shown = all < per ? all : per;
	h = head_h + shown * step + 20;
	struct card c = {.first = k->near_page * per, .per = shown, .step = step};
	if (two) {
		c.seal = true;
		c.title = kiosk_word(k, W_fin_income);
		card_shown(k, u, (struct ui_rect){r.x, r.y, w, h}, &c);
		c.out = true;
		c.title = kiosk_word(k, W_fin_expense);
		card_shown(k, u,
			   (struct ui_rect){stacked ? r.x : r.x + w + gap,
					    stacked ? r.y + h + gap : r.y, w, h},
			   &c);
	} else {
		/* 期末 alone says little: what of, before it. */
		const struct catalogue_template *t = s->template[s->on];
		char title[256];
		snprintf(title, sizeof title, "%s · %s", fact_title(k, t),
			 fact_label(k, &t->field[t->amount_field]));
		c.title = title;
		card_shown(k, u, (struct ui_rect){r.x, r.y, w, h}, &c);
	}
	return per;
}

static void turn(struct kiosk *k, struct ui *u, int per)
{
	int all = (int)peers_count(k->peers), pages = (all + per - 1) / per;
	struct ui_bar_button b[2];
	page_turners(k, k->near_page, pages, UI_BUTTON_PRIMARY, b);
	int turned = page_turned(
		page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SIZE, b, pages > 1 ? 2 : 0));
	int to = k->near_page + turned;
	to = to >= pages ? pages - 1 : to;
	to = to < 0 ? 0 : to;
	if (to != k->near_page) {
		k->near_page = to;
		k->redraw = true;
	}
}

void neighbours_draw(struct kiosk *k, struct ui *u)
{
	static struct choices s;
	struct ui_rect c = ui_content(u, page_top(k, u));
	const struct shelf *shelf = k->accounts == NULL ? NULL : accounts_shelf(k->accounts);
	if (k->peers == NULL || shelf == NULL) {
		kiosk_back(k);
		return;
	}
	gather(k, &s);
	peers_look(k->peers, k->place, &s.what[s.on]);
	c.h -= 4;
	c = source_foot_named(k, u, c, shelf, shelf->publication);
	int y = head(k, u, c, &s), bottom = c.y + c.h - 12;
	y += chips(k, u, (struct ui_rect){c.x, y, c.w, 0}, &s);
	int per = cards(k, u, (struct ui_rect){c.x, y, c.w, bottom - y}, &s);
	turn(k, u, per);
}
