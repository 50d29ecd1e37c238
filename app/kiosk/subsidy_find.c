/* subsidy_find.c - 07: whose subsidies: first the group, then the first character of the name. No
 * card, no code. */
#include "app/base/text.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/source.h"
#include "app/kiosk/subsidy_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GROUPS_MAX = 24, SURNAMES_MAX = 120 };

void subsidy_begin(struct kiosk *k)
{
	k->subsidy = (struct subsidy){0};
	kiosk_go(k, SCREEN_SUBSIDY_FIND);
}

/* --- find --- */

static const char *village_of(const struct kiosk *k, const char *place)
{
	const struct place *at = kiosk_place(k, place);
	return at->level == PLACE_GROUP ? at->parent : place;
}

const char *subsidy_elsewhere(const struct kiosk *k)
{
	const char *village = village_of(k, k->place);
	bool own = strcmp(village, village_of(k, k->home.place)) == 0;
	return own ? "" : kiosk_place(k, village)->name;
}

static int gather_groups(struct kiosk *k, const struct place *out[GROUPS_MAX])
{
	const char *village = village_of(k, k->place);
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

size_t subsidy_surname(const char *name, char out[8])
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
		if (subsidy_surname(row.record->title, c) == 0)
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

/* On a tall screen the groups take what they need, the surnames the rest. */
static int groups_height(struct kiosk *k)
{
	const struct place *group[GROUPS_MAX];
	int lines = (gather_groups(k, group) + 3) / 4;
	int h = 92 + lines * (140 + 16) - 16 + 34;
	return h > 560 ? 560 : h < 260 ? 260 : h;
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

int subsidy_head(struct ui *u, struct ui_rect c, const char *title, const char *sub)
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

struct ui_bar_button subsidy_done(const struct kiosk *k, enum ui_button_kind kind)
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
	/* The header names the kiosk's own village: another one is named here, or a resident takes
	 * its households for his own. */
	char title[256];
	const char *village = subsidy_elsewhere(k);
	snprintf(title, sizeof title, "%s%s%s", village, village[0] == 0 ? "" : " · ",
		 kiosk_word(k, W_act_subsidy));
	int y = subsidy_head(u, c, title, kiosk_word(k, W_sub_sub));
	c.h -= 8;
	if (k->subsidy.group[0] != 0) {
		roll_select(k->roll, k->subsidy.group, "", subsidy_template);
		c = source_foot(k, u, c, roll_shelf(k->roll), roll_publication(k->roll));
	}
	int bottom = c.y + c.h - 16;
	if (u->portrait) {
		int h = groups_height(k);
		find_groups(k, u, (struct ui_rect){c.x, y, c.w, h});
		find_surnames(k, u, (struct ui_rect){c.x, y + h + 24, c.w, bottom - y - h - 24});
	} else {
		int w = u->size == UI_XLARGE ? 580 : 520;
		find_groups(k, u, (struct ui_rect){c.x, y, w, bottom - y});
		find_surnames(k, u, (struct ui_rect){c.x + w + 32, y, c.w - w - 32, bottom - y});
	}
	const struct ui_bar_button done = subsidy_done(k, UI_BUTTON_PLAIN);
	page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SIZE, &done, 1);
}
