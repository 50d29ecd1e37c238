/* places.c - which place: this village, its groups, other villages of the township. Each says how
 * far its books go. */
#include "app/base/log.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/village/due.h"
#include "app/village/period.h"

#include <stdio.h>
#include <string.h>

enum { LISTED_MAX = 64, HEAD = 96, CELL_H = 152, GAP = 16, FOOT = 12, OWN_H = 220 };

/* How far a place's books go, kept until they move: reading a shelf checks every signature on it.
 */
static struct {
	int64_t version;
	int count;
	struct {
		char id[PLACE_ID_MAX + 1];
		int month;
		bool damaged;
	} at[2 * LISTED_MAX];
} known;

static int read_newest_month(struct kiosk *k, const char *place, bool *damaged)
{
	struct shelf shelf;
	int newest = 0;
	*damaged = shelf_read(k->books, k->settings, place, &shelf) != OK;
	if (*damaged)
		return 0;
	for (size_t i = 0; i < shelf.count; i++) {
		const struct sheet_entry *e = &shelf.sheet[i].entry;
		int month = strcmp(e->template_id, "ledger") == 0 ? period_month(e->period) : 0;
		newest = month > newest ? month : newest;
	}
	shelf_free(&shelf);
	return newest;
}

/* Newest ledger month by the signed list of a place. */
static int newest_month(struct kiosk *k, const char *place, bool *damaged)
{
	*damaged = k->books == NULL || k->settings == NULL;
	if (*damaged)
		return 0;
	if (known.version != books_version(k->books))
		known.count = 0;
	known.version = books_version(k->books);
	for (int i = 0; i < known.count; i++)
		if (strcmp(known.at[i].id, place) == 0) {
			*damaged = known.at[i].damaged;
			return known.at[i].month;
		}
	int month = read_newest_month(k, place, damaged);
	if (known.count < 2 * LISTED_MAX) {
		snprintf(known.at[known.count].id, sizeof known.at[0].id, "%s", place);
		known.at[known.count].month = month;
		known.at[known.count++].damaged = *damaged;
	}
	return month;
}

static void choose(struct kiosk *k, const char *id)
{
	snprintf(k->place, sizeof k->place, "%s", id);
	if (k->accounts != NULL)
		accounts_select(k->accounts, k->place);
	k->year = k->month = k->direction = 0;
	k->month_newest = false;
	kiosk_back(k);
}

static void place_card(struct kiosk *k, struct ui *u, struct ui_rect r, const struct place *p)
{
	char id[PLACE_ID_MAX + 16];
	bool damaged, here = strcmp(p->id, k->place) == 0;
	static const struct ui_color none = {0};
	snprintf(id, sizeof id, "place.%s", p->id);
	bool hit = ui_hit(u, r, id), pressed = ui_pressed(u, id);
	if (pressed)
		r.y += 4;
	else
		ui_list_box(&u->list, (struct ui_rect){r.x, r.y + 4, r.w, r.h}, 18, UI_SHADOW_KEY,
			    0, UI_LINE);
	ui_list_box(&u->list, r, 18, here ? UI_PINE_CARD : UI_WHITE, here ? 6 : 3,
		    here ? UI_PINE : UI_LINE);
	int px = ui_px(u, UI_H3), sub = ui_px(u, UI_CAPTION) + 2,
	    top = r.y + (r.h - px * 125 / 100 - sub * 15 / 10) / 2;
	ui_label_cut(u, (struct ui_rect){r.x + 26, top, r.w - 40, px * 125 / 100},
		     ui_pen(UI_TITLE, px, UI_INK), UI_LEFT, p->name);
	int month = newest_month(k, p->id, &damaged);
	/* The first month that should be there by the rule and is not. */
	bool late = month != 0 &&
		    month < due_month(catalogue_find(k->catalogue, "ledger"), kiosk_signed_day(k));
	int named = !late ? month : month % 100 == 12 ? month + 89 : month + 1;
	const char *words =
		damaged      ? kiosk_word(k, W_place_damaged)
		: month == 0 ? kiosk_word(k, W_place_none)
			     : words_fill(k->lang, late ? W_place_late : W_place_upto,
					  (const struct word_arg[]){
						  {"month", words_month(k->lang, named % 100)},
						  {NULL, NULL}});
	bool good = !damaged && month != 0 && !late;
	struct ui_rect line = {r.x + 26, top + px * 125 / 100, 32, sub * 15 / 10};
	ui_list_icon(&u->list, (struct ui_rect){line.x, line.y + (line.h - 32) / 2, 32, 32},
		     good ? "check" : "clock", good ? UI_PINE_D : UI_DANGER, none, 40);
	ui_label(u, (struct ui_rect){line.x + 40, line.y, r.w - 76, line.h},
		 ui_pen(good ? UI_REGULAR : UI_BOLD, sub, good ? UI_INK : UI_DANGER), UI_LEFT,
		 words);
	if (hit)
		choose(k, p->id);
}

static int gather(struct kiosk *k, const char *parent, enum place_level level, const char *except,
		  const struct place *out[LISTED_MAX])
{
	int n = 0;
	for (size_t i = 0; n < LISTED_MAX; i++) {
		const struct place *p =
			k->settings == NULL ? NULL : settings_place_at(k->settings, i);
		if (p == NULL)
			break;
		if (p->level == level && strcmp(p->parent, parent) == 0 &&
		    strcmp(p->id, except) != 0)
			out[n++] = p;
	}
	return n;
}

/* A list of places and how it is shown. */
struct column {
	const char *scroll, *before, *after; /* ids */
	const char *icon, *title, *sub;
	const struct place *list[LISTED_MAX];
	int count;
};

/* ‹ 第 1 / 2 页 › below a column that is longer than its card. */
static void turn_pages(struct kiosk *k, struct ui *u, struct ui_rect r, const struct column *c,
		       int page_units, int pages)
{
	int page = ui_scroll_page(u, c->scroll, page_units), to = page;
	struct ui_rect first = {r.x + 28, r.y, 132, 96}, last = first;
	last.x = r.x + r.w - 28 - first.w;
	if (ui_button(u, first, c->before, page > 0 ? UI_BUTTON_OUTLINE : UI_BUTTON_OFF,
		      ui_caption("up", NULL, NULL)))
		to--;
	if (ui_button(u, last, c->after, page + 1 < pages ? UI_BUTTON_OUTLINE : UI_BUTTON_OFF,
		      ui_caption("down", NULL, NULL)))
		to++;
	ui_label(u, (struct ui_rect){first.x + first.w, r.y, last.x - first.x - first.w, 96},
		 ui_pen(UI_REGULAR, ui_px(u, UI_CAPTION) + 2, UI_INK2), UI_CENTER,
		 words_fill(k->lang, W_page_of,
			    (const struct word_arg[]){{"n", words_number(page + 1)},
						      {"all", words_number(pages)},
						      {NULL, NULL}}));
	if (to != page) {
		ui_scroll_to(u, c->scroll, to * page_units);
		k->redraw = true;
	}
}

/* Large words need the whole width. */
static int cells_across(const struct ui *u, int w)
{
	return u->size == UI_XLARGE && w < 860 ? 1 : 2;
}

static int column_height(const struct ui *u, int w, int count)
{
	int across = cells_across(u, w), lines = (count + across - 1) / across;
	return HEAD + (lines < 1 ? 1 : lines) * (CELL_H + GAP) - GAP + 4 + FOOT;
}

static void draw_column(struct kiosk *k, struct ui *u, struct ui_rect r, const struct column *c)
{
	int head = HEAD, gap = GAP, cell_h = CELL_H, foot = FOOT, wide = r.w - 2 * 28;
	int across = cells_across(u, r.w), w = (wide - (across - 1) * gap) / across;
	int lines = (c->count + across - 1) / across, room = r.h - head - foot + gap,
	    shown = room / (cell_h + gap);
	bool paged = lines > shown;
	if (paged)
		shown = (room - 96 - 16) / (cell_h + gap);
	shown = shown < 1 ? 1 : shown;
	ui_card(u, r, UI_CARD);
	ui_list_icon(&u->list, (struct ui_rect){r.x + 28, r.y + 22, 52, 52}, c->icon, UI_PINE_D,
		     UI_SUN, 30);
	int px = ui_px(u, UI_H3), title_w = ui_label_width(UI_TITLE, px, c->title),
	    sub_px = ui_px(u, UI_CAPTION), sub_w = r.w - title_w - 146;
	ui_label(u, (struct ui_rect){r.x + 98, r.y, title_w, head}, ui_pen(UI_TITLE, px, UI_INK),
		 UI_LEFT, c->title);
	if (ui_label_width(UI_REGULAR, sub_px, c->sub) <= sub_w)
		ui_label(u, (struct ui_rect){r.x + 98 + title_w + 20, r.y + 4, sub_w, head},
			 ui_pen(UI_REGULAR, sub_px, UI_INK2), UI_LEFT, c->sub);
	/* A full last page: the content is as long as whole pages are. */
	int unit = shown * (cell_h + gap), pages = (lines + shown - 1) / shown;
	struct ui_rect inside = {r.x + 4, r.y + head, r.w - 8, unit - gap + 4};
	int at = ui_scroll_begin(u, c->scroll, inside, paged ? pages * unit - gap + 4 : inside.h);
	for (int i = 0; i < c->count; i++) {
		struct ui_rect cell = {r.x + 28 + (w + gap) * (i % across),
				       inside.y - at + (cell_h + gap) * (i / across), w, cell_h};
		if (cell.y + cell.h > inside.y && cell.y < inside.y + inside.h)
			place_card(k, u, cell, c->list[i]);
	}
	ui_scroll_end(u);
	if (paged)
		turn_pages(k, u, (struct ui_rect){r.x, inside.y + inside.h + gap, r.w, 96}, c, unit,
			   pages);
}

/* The village of this kiosk, in the card that stands before the lists. */
static void own_words(struct kiosk *k, struct ui *u, struct ui_rect r, const struct place *own,
		      const struct place *town, int groups)
{
	int px = ui_px(u, UI_H2), label = ui_px(u, UI_BODY) - 4, sub = ui_px(u, UI_CAPTION) + 2;
	int h = label * 13 / 10 + px * 125 / 100 + sub * 14 / 10, x = r.x + 36,
	    y = r.y + (r.h - h) / 2;
	if (!u->portrait) {
		y = r.y + (r.h - h - 112 - 24) / 2;
		ui_plate(u, (struct ui_rect){x, y, 112, 112}, UI_SUN_T, "home", 76);
		y += 112 + 24;
	} else {
		ui_plate(u, (struct ui_rect){x, r.y + (r.h - 112) / 2, 112, 112}, UI_SUN_T, "home",
			 76);
		x += 144;
	}
	int w = r.x + r.w - 20 - x;
	ui_label(u, (struct ui_rect){x, y, w, label * 13 / 10}, ui_pen(UI_REGULAR, label, UI_INK2),
		 UI_LEFT, kiosk_word(k, W_place_own));
	y += label * 13 / 10;
	ui_label_cut(u, (struct ui_rect){x, y, w, px * 125 / 100}, ui_pen(UI_TITLE, px, UI_INK),
		     UI_LEFT, own->name);
	y += px * 125 / 100;
	ui_label_cut(u, (struct ui_rect){x, y, w, sub * 14 / 10}, ui_pen(UI_REGULAR, sub, UI_INK2),
		     UI_LEFT,
		     words_fill(k->lang, W_place_village_sub,
				(const struct word_arg[]){{"town", town == NULL ? "" : town->name},
							  {"n", words_number(groups)},
							  {NULL, NULL}}));
}

void places_draw(struct kiosk *k, struct ui *u)
{
	struct ui_rect c = ui_content(u, page_top(k, u));
	static struct column groups, others;
	const struct place *own = kiosk_place(k, k->home.place);
	const struct place *town =
		k->settings == NULL ? NULL : settings_above(k->settings, own->id, PLACE_TOWNSHIP);
	groups = (struct column){.scroll = "places.groups",
				 .before = "groups.prev",
				 .after = "groups.next",
				 .icon = "people",
				 .title = kiosk_word(k, W_place_groups),
				 .sub = kiosk_word(k, W_place_groups_sub)};
	others = (struct column){.scroll = "places.others",
				 .before = "others.prev",
				 .after = "others.next",
				 .icon = "pin",
				 .title = kiosk_word(k, W_place_others),
				 .sub = town == NULL ? "" : town->name};
	groups.count = gather(k, own->id, PLACE_GROUP, "", groups.list);
	others.count = town == NULL ? 0 : gather(k, town->id, PLACE_VILLAGE, own->id, others.list);
	int px = ui_px(u, UI_H2);
	ui_label(u, (struct ui_rect){c.x, c.y + 16, c.w, px * 13 / 10},
		 ui_pen(UI_TITLE, px, UI_INK), UI_LEFT, kiosk_word(k, W_place_title));
	int top = c.y + 101, h = c.y + c.h - 20 - top;
	struct ui_rect first = u->portrait ? (struct ui_rect){c.x, top, c.w, OWN_H}
					   : (struct ui_rect){c.x, top, 392, h};
	bool here = strcmp(k->place, own->id) == 0;
	if (ui_choice(u, first, "place.own", here))
		choose(k, own->id);
	own_words(k, u, first, own, town, groups.count);
	int gap = 24;
	struct ui_rect second = {c.x + 416, top, (c.w - 416 - gap) / 2, h};
	if (u->portrait) {
		/* Few groups leave their room to the villages. */
		int half = (h - OWN_H - 2 * gap) / 2, need = column_height(u, c.w, groups.count);
		second = (struct ui_rect){c.x, top + OWN_H + gap, c.w, need < half ? need : half};
	}
	struct ui_rect third = second;
	if (u->portrait) {
		third.y += second.h + gap;
		third.h = top + h - third.y;
	} else {
		third.x += second.w + gap;
	}
	draw_column(k, u, second, &groups);
	draw_column(k, u, third, &others);
	page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SIZE, NULL, 0);
}
