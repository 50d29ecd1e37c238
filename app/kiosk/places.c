/* places.c - which place: this village, its groups, other villages of the township. Each says how
 * far its books go. */
#include "app/base/log.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"

#include <stdio.h>
#include <string.h>

enum { LISTED_MAX = 64 };

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
		int year, month;
		if (strcmp(shelf.sheet[i].entry.template_id, "ledger") == 0 &&
		    sscanf(shelf.sheet[i].entry.period, "%4d-%2d", &year, &month) == 2 &&
		    year * 100 + month > newest)
			newest = year * 100 + month;
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
	ui_label(u, (struct ui_rect){r.x + 30, top, r.w - 50, px * 125 / 100}, UI_TITLE, px, UI_INK,
		 UI_LEFT, p->name);
	int month = newest_month(k, p->id, &damaged);
	const char *words =
		damaged      ? kiosk_word(k, W_place_damaged)
		: month == 0 ? kiosk_word(k, W_place_none)
			     : words_fill(k->lang, W_place_upto,
					  (const struct word_arg[]){
						  {"month", words_month(k->lang, month % 100)},
						  {NULL, NULL}});
	bool good = !damaged && month != 0;
	struct ui_rect line = {r.x + 30, top + px * 125 / 100, 32, sub * 15 / 10};
	ui_list_icon(&u->list, (struct ui_rect){line.x, line.y + (line.h - 32) / 2, 32, 32},
		     good ? "check" : "clock", good ? UI_PINE_D : UI_DANGER, none, 40);
	ui_label(u, (struct ui_rect){line.x + 42, line.y, r.w - 92, line.h},
		 good ? UI_REGULAR : UI_BOLD, sub, good ? UI_INK : UI_DANGER, UI_LEFT, words);
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

static void column(struct kiosk *k, struct ui *u, struct ui_rect r, const char *scroll,
		   const char *icon, const char *title, const char *sub,
		   const struct place *const *list, int count)
{
	int head = 96, gap = 16, cell_h = 152, w = (r.w - 2 * 28 - gap) / 2;
	struct ui_rect inside = {r.x + 4, r.y + head, r.w - 8, r.h - head - 12};
	ui_card(u, r, UI_CARD);
	ui_list_icon(&u->list, (struct ui_rect){r.x + 28, r.y + 22, 52, 52}, icon, UI_PINE_D,
		     UI_SUN, 30);
	int px = ui_px(u, UI_H3), title_w = ui_label_width(UI_TITLE, px, title);
	ui_label(u, (struct ui_rect){r.x + 98, r.y, title_w, head}, UI_TITLE, px, UI_INK, UI_LEFT,
		 title);
	ui_label_cut(u,
		     (struct ui_rect){r.x + 98 + title_w + 20, r.y + 4, r.w - title_w - 146, head},
		     UI_REGULAR, ui_px(u, UI_CAPTION), UI_INK2, UI_LEFT, sub);
	int at = ui_scroll_begin(u, scroll, inside, (count + 1) / 2 * (cell_h + gap));
	for (int i = 0; i < count; i++) {
		struct ui_rect cell = {r.x + 28 + (w + gap) * (i % 2),
				       inside.y - at + (cell_h + gap) * (i / 2), w, cell_h};
		if (cell.y + cell.h > inside.y && cell.y < inside.y + inside.h)
			place_card(k, u, cell, list[i]);
	}
	ui_scroll_end(u);
}

void places_draw(struct kiosk *k, struct ui *u)
{
	struct ui_rect c = ui_content(u, page_top(k, u));
	const struct place *own = kiosk_place(k, k->home.place), *groups[LISTED_MAX],
			   *others[LISTED_MAX];
	const struct place *town =
		k->settings == NULL ? NULL : settings_above(k->settings, own->id, PLACE_TOWNSHIP);
	int group_count = gather(k, own->id, PLACE_GROUP, "", groups);
	int other_count = town == NULL ? 0 : gather(k, town->id, PLACE_VILLAGE, own->id, others);
	int px = ui_px(u, UI_H2);
	ui_label(u, (struct ui_rect){c.x, c.y + 16, c.w, px * 13 / 10}, UI_TITLE, px, UI_INK,
		 UI_LEFT, kiosk_word(k, W_place_title));
	int top = c.y + 101, h = c.y + c.h - 20 - top;
	struct ui_rect first = u->portrait ? (struct ui_rect){c.x, top, c.w, 220}
					   : (struct ui_rect){c.x, top, 392, h};
	bool here = strcmp(k->place, own->id) == 0;
	if (ui_choice(u, first, "place.own", here))
		choose(k, own->id);
	int y = u->portrait ? first.y + 54 : first.y + first.h / 2 - 110, x = first.x + 36;
	ui_plate(u, (struct ui_rect){x, u->portrait ? y : y - 130, 112, 112}, UI_SUN_T, "home", 76);
	x += u->portrait ? 144 : 0;
	ui_label(u, (struct ui_rect){x, y - 8, 400, 48}, UI_REGULAR, ui_px(u, UI_BODY) - 4, UI_INK2,
		 UI_LEFT, kiosk_word(k, W_place_own));
	ui_label_cut(u, (struct ui_rect){x, y + 36, first.x + first.w - x - 30, 72}, UI_TITLE,
		     ui_px(u, UI_H2), UI_INK, UI_LEFT, own->name);
	ui_label_cut(u, (struct ui_rect){x, y + 108, first.x + first.w - x - 30, 44}, UI_REGULAR,
		     ui_px(u, UI_CAPTION) + 2, UI_INK2, UI_LEFT,
		     words_fill(k->lang, W_place_village_sub,
				(const struct word_arg[]){{"town", town == NULL ? "" : town->name},
							  {"n", words_number(group_count)},
							  {NULL, NULL}}));
	int gap = 24;
	struct ui_rect second =
		u->portrait ? (struct ui_rect){c.x, top + 220 + gap, c.w, (h - 220 - 2 * gap) / 2}
			    : (struct ui_rect){c.x + 416, top, (c.w - 416 - gap) / 2, h};
	struct ui_rect third = second;
	if (u->portrait)
		third.y += second.h + gap;
	else
		third.x += second.w + gap;
	column(k, u, second, "places.groups", "people", kiosk_word(k, W_place_groups),
	       kiosk_word(k, W_place_groups_sub), groups, group_count);
	column(k, u, third, "places.others", "pin", kiosk_word(k, W_place_others),
	       town == NULL ? "" : town->name, others, other_count);
	page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SIZE, NULL, 0);
}
