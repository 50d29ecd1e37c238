/* file.c - 11 and 12: whom is it about, and what kind. The first answer fixes the reader, before
 * anything is typed. */
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/village/money.h"

#include <stdio.h>
#include <string.h>

static void attach_row(struct kiosk *k)
{
	struct complaint_row *r = &k->letter->says.row;
	const struct sheet_entry *e = &k->row_sheet.entry;
	k->letter->says.about_row = true;
	snprintf(r->place, sizeof r->place, "%s", k->place);
	snprintf(r->period, sizeof r->period, "%s", e->period);
	snprintf(r->template_id, sizeof r->template_id, "%s", e->template_id);
	snprintf(r->row_id, sizeof r->row_id, "%s", k->row.id);
	snprintf(r->text, sizeof r->text, "%s", k->row.title);
	r->version = e->version;
	r->amount_fen = k->row.amount_fen;
	r->out = k->row.direction < 0;
	k->letter->says.topic = TOPIC_MONEY;
	k->letter->topic_chosen = true;
}

static void no_room(struct kiosk *k)
{
	k->empty_title = kiosk_word(k, W_seal_full);
	kiosk_go(k, SCREEN_EMPTY);
}

void file_begin(struct kiosk *k, bool about_row)
{
	/* A full disk is told before anything is typed, not after. */
	if (!queue_has_room(k->queue)) {
		no_room(k);
		return;
	}
	letter_end(k->letter);
	k->letter = letter_begin(k->home.place);
	if (k->letter == NULL) {
		no_room(k);
		return;
	}
	k->seal_tried = k->acknowledged = k->own_open = false;
	k->matter_page = 0;
	if (about_row && k->have_row)
		attach_row(k);
	kiosk_go(k, SCREEN_WHOM);
}

/* --- 11: whom --- */

static const struct whom_card {
	const char *id, *icon;
	enum word title, sub, reader;
} whom_cards[WHOM_COUNT] = {
	[WHOM_VILLAGE] = {"whom.village", "village", W_whom_village, W_whom_village_sub,
			  W_whom_village_reader},
	[WHOM_TOWN] = {"whom.town", "gov", W_whom_town, W_whom_town_sub, W_whom_town_reader},
	[WHOM_GRAFT] = {"whom.graft", "scale", W_whom_graft, W_whom_graft_sub, W_whom_graft_reader},
	[WHOM_UNSURE] = {"whom.unsure", "help", W_whom_unsure, W_whom_unsure_sub,
			 W_whom_unsure_reader},
};

static void whom_card(struct kiosk *k, struct ui *u, struct ui_rect r, enum whom w)
{
	const struct whom_card *c = &whom_cards[w];
	struct letter *l = k->letter;
	bool on = l->whom_chosen && l->says.whom == w;
	const struct body *reader =
		k->settings == NULL ? NULL
				    : settings_reader(k->settings, k->home.place, whom_reader(w));
	if (ui_choice(u, r, c->id, on)) {
		l->says.whom = w;
		l->whom_chosen = true;
		kiosk_mark_personal(k);
		k->redraw = true;
	}
	int plate = u->portrait ? 136 : 120, pad = 40, px = ui_px(u, UI_H3) + 6,
	    sub_px = ui_px(u, UI_CAPTION) + 4;
	ui_plate(u, (struct ui_rect){r.x + pad, r.y + (r.h - plate) / 2, plate, plate},
		 on ? UI_SUN_T : UI_PINE_T, c->icon, u->portrait ? 88 : 76);
	int x = r.x + pad + plate + 32, w_text = r.x + r.w - 36 - x;
	const char *opened = words_fill(
		k->lang, c->reader,
		(const struct word_arg[]){{"reader", reader == NULL ? "" : reader->short_name},
					  {NULL, NULL}});
	const char *sub = u->size == UI_XLARGE ? "" : kiosk_word(k, c->sub);
	int title_h = ui_words_height(UI_TITLE, px, w_text - 80, 125, kiosk_word(k, c->title));
	int sub_h = sub[0] == 0 ? 0 : ui_words_height(UI_REGULAR, sub_px, w_text, 135, sub);
	int opened_h = ui_words_height(UI_BOLD, sub_px, w_text - 48, 135, opened);
	int y = r.y + (r.h - title_h - sub_h - opened_h - 12) / 2;
	y += ui_words(u, (struct ui_rect){x, y, w_text - 80, 0}, UI_TITLE, px, UI_INK, 125, UI_LEFT,
		      kiosk_word(k, c->title)) +
	     4;
	if (sub_h > 0)
		y += ui_words(u, (struct ui_rect){x, y, w_text, 0}, UI_REGULAR, sub_px, UI_INK2,
			      135, UI_LEFT, sub) +
		     8;
	ui_list_icon(&u->list, (struct ui_rect){x, y + 3, 36, 36}, "envelope", UI_PINE_D, UI_SUN,
		     30);
	ui_words(u, (struct ui_rect){x + 48, y, w_text - 48, 0}, UI_BOLD, sub_px, UI_PINE_D, 135,
		 UI_LEFT, opened);
}

static int question(struct kiosk *k, struct ui *u, struct ui_rect c, int y, enum word title,
		    enum word body)
{
	int px = ui_px(u, UI_H1), sub = ui_px(u, UI_BODY);
	y += ui_words(u, (struct ui_rect){c.x, y, c.w, 0}, UI_TITLE,
		      k->lang == LANG_EN ? px - 12 : px, UI_INK, 125, UI_LEFT,
		      kiosk_word(k, title));
	return y +
	       ui_words(u, (struct ui_rect){c.x, y + 4, c.w, 0}, UI_REGULAR, sub, UI_INK2, 140,
			UI_LEFT, kiosk_word(k, body)) +
	       20;
}

static struct ui_bar_button next_button(const struct kiosk *k, const char *id, bool ready)
{
	return (struct ui_bar_button){.id = id,
				      .icon = "next",
				      .label = kiosk_word(k, W_nav_step),
				      .kind = ready ? UI_BUTTON_PRIMARY : UI_BUTTON_OFF,
				      .right = true};
}

void whom_draw(struct kiosk *k, struct ui *u)
{
	if (k->letter == NULL) {
		kiosk_back(k);
		return;
	}
	int y = page_letter_top(k, u, 0);
	struct ui_rect c = ui_content(u, y);
	y = question(k, u, c, y + 14, W_whom_title, W_whom_body);
	int gap = 24, columns = u->portrait ? 1 : 2, lines = 4 / columns, room = c.y + c.h - 20 - y;
	int h = (room - gap * (lines - 1)) / lines, w = (c.w - gap * (columns - 1)) / columns;
	if (u->portrait && h > 300)
		h = 300;
	for (int i = 0; i < WHOM_COUNT; i++)
		whom_card(k, u,
			  (struct ui_rect){c.x + (w + gap) * (i % columns),
					   y + (h + gap) * (i / columns), w, h},
			  (enum whom)i);
	struct ui_bar_button next = next_button(k, "whom.next", k->letter->whom_chosen);
	if (strcmp(page_bar(k, u, PAGE_BACK | PAGE_LEAVE, &next, 1), "whom.next") == 0)
		kiosk_go(k, k->letter->topic_chosen && k->letter->says.about_row ? SCREEN_MATTER
										 : SCREEN_TOPIC);
}

/* --- 12: what kind --- */

static const struct topic_card {
	enum topic topic;
	const char *id, *icon;
	enum word title, sub;
} topic_cards[TOPIC_COUNT] = {
	{TOPIC_MONEY, "topic.money", "finance", W_topic_money, W_topic_money_sub},
	{TOPIC_LAND, "topic.land", "land", W_topic_land, W_topic_land_sub},
	{TOPIC_SUBSIDY, "topic.subsidy", "heart", W_topic_subsidy, W_topic_subsidy_sub},
	{TOPIC_PROJECT, "topic.project", "road", W_topic_project, W_topic_project_sub},
	{TOPIC_CADRE, "topic.cadre", "people", W_topic_cadre, W_topic_cadre_sub},
	{TOPIC_ROAD_WATER, "topic.utility", "water", W_topic_utility, W_topic_utility_sub},
	{TOPIC_NEIGHBOUR, "topic.neighbour", "scale", W_topic_neighbour, W_topic_neighbour_sub},
	{TOPIC_OTHER, "topic.other", "dots", W_topic_other, W_topic_other_sub},
};

enum word topic_word(enum topic t)
{
	for (int i = 0; i < TOPIC_COUNT; i++)
		if (topic_cards[i].topic == t)
			return topic_cards[i].title;
	return W_topic_other;
}

enum word whom_word(enum whom w)
{
	return whom_cards[w].title;
}

static void topic_card(struct kiosk *k, struct ui *u, struct ui_rect r, const struct topic_card *c)
{
	struct letter *l = k->letter;
	bool on = l->topic_chosen && l->says.topic == c->topic;
	if (ui_choice(u, r, c->id, on)) {
		l->says.topic = c->topic;
		l->topic_chosen = true;
		kiosk_mark_personal(k);
		k->redraw = true;
	}
	int px = ui_px(u, UI_H3), sub_px = ui_px(u, UI_CAPTION), pad = 32, w = r.w - 2 * pad + 8;
	ui_plate(u, (struct ui_rect){r.x + pad, r.y + 36, 88, 88}, on ? UI_SUN_T : UI_PINE_T,
		 c->icon, 60);
	int title_h = ui_words_height(UI_TITLE, px, w, 125, kiosk_word(k, c->title));
	bool sub = u->size != UI_XLARGE;
	int y = r.y + r.h - 28 - (sub ? sub_px * 14 / 10 + 6 : 0) - title_h;
	ui_words(u, (struct ui_rect){r.x + pad, y, w, 0}, UI_TITLE, px, UI_INK, 125, UI_LEFT,
		 kiosk_word(k, c->title));
	if (sub)
		ui_label(u, (struct ui_rect){r.x + pad, y + title_h + 6, w + 16, sub_px * 14 / 10},
			 UI_REGULAR, sub_px, UI_INK2, UI_LEFT, kiosk_word(k, c->sub));
}

static int attached(struct kiosk *k, struct ui *u, struct ui_rect c, int y)
{
	char amount[MONEY_TEXT];
	const struct complaint_row *r = &k->letter->says.row;
	if (!k->letter->says.about_row)
		return 0;
	struct ui_rect box = {c.x, y, c.w, 78};
	ui_list_box(&u->list, box, 18, UI_SUN_T, 3, UI_SUN);
	ui_list_icon(&u->list, (struct ui_rect){box.x + 28, box.y + 17, 44, 44}, "paper", UI_PINE_D,
		     UI_SUN, 30);
	ui_label_cut(
		u, (struct ui_rect){box.x + 92, box.y, box.w - 120, box.h}, UI_REGULAR, 30, UI_INK,
		UI_LEFT,
		words_fill(k->lang, W_topic_attached,
			   (const struct word_arg[]){{"text", r->text},
						     {"amount", money_exact(r->amount_fen, amount)},
						     {NULL, NULL}}));
	return 78 + 16;
}

void topic_draw(struct kiosk *k, struct ui *u)
{
	if (k->letter == NULL) {
		kiosk_back(k);
		return;
	}
	int y = page_letter_top(k, u, 1), px = ui_px(u, UI_H1);
	struct ui_rect c = ui_content(u, y);
	y += 14;
	y += ui_words(u, (struct ui_rect){c.x, y, c.w, 0}, UI_TITLE,
		      k->lang == LANG_EN ? px - 12 : px, UI_INK, 125, UI_LEFT,
		      kiosk_word(k, W_topic_title)) +
	     14;
	y += attached(k, u, c, y);
	int gap = 24, columns = u->portrait ? 2 : 4, lines = 8 / columns, room = c.y + c.h - 20 - y;
	int h = (room - gap * (lines - 1)) / lines, w = (c.w - gap * (columns - 1)) / columns;
	if (h > 290)
		h = 290;
	for (int i = 0; i < TOPIC_COUNT; i++)
		topic_card(k, u,
			   (struct ui_rect){c.x + (w + gap) * (i % columns),
					    y + (h + gap) * (i / columns), w, h},
			   &topic_cards[i]);
	struct ui_bar_button next = next_button(k, "topic.next", k->letter->topic_chosen);
	if (strcmp(page_bar(k, u, PAGE_BACK | PAGE_LEAVE, &next, 1), "topic.next") == 0)
		kiosk_go(k, SCREEN_MATTER);
}
