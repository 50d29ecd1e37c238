/* file.c - 11 and 12: whom is it about, and what kind. The first answer fixes the reader, before
 * anything is typed. */
#include "app/kiosk/attached.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"

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
	const struct catalogue_template *t = catalogue_find(k->catalogue, e->template_id);
	if (t == NULL || strcmp(t->column, "finance") != 0)
		return;
	k->letter->says.topic = TOPIC_MONEY;
	k->letter->topic_chosen = true;
}

/* --- no room for a letter --- */

void full_draw(struct kiosk *k, struct ui *u)
{
	struct ui_rect c = ui_content(u, page_top(k, u));
	const struct body *office =
		k->settings == NULL
			? NULL
			: settings_reader(k->settings, k->home.place, whom_reader(WHOM_VILLAGE));
	const struct word_arg arg[] = {{"reader", office == NULL ? "" : office->name},
				       {"phone", office == NULL ? "" : office->phone},
				       {NULL, NULL}};
	const struct page_notice n = {
		.icon = "disk",
		.title = kiosk_word(k, W_full_title),
		.body = {{words_fill(k->lang, W_full_body, arg), UI_REGULAR, ui_px(u, UI_LEAD),
			  UI_INK2},
			 {"\n", UI_REGULAR, ui_px(u, UI_LEAD), UI_INK2},
			 {office == NULL || office->phone[0] == 0
				  ? ""
				  : words_fill(k->lang, W_full_phone, arg),
			  UI_BOLD, ui_px(u, UI_LEAD), UI_INK}},
		.bodies = 3,
		.button = {{.id = "full.home",
			    .icon = "home",
			    .label = kiosk_word(k, W_nav_home),
			    .kind = UI_BUTTON_PRIMARY}},
		.buttons = 1,
	};
	if (page_notice(k, u, c, &n) == 0)
		kiosk_home(k);
	(void)page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SIZE, NULL, 0);
}

void file_begin(struct kiosk *k, bool about_row)
{
	/* A full disk is told before anything is typed, not after. */
	if (!queue_has_room(k->queue)) {
		kiosk_go(k, SCREEN_FULL);
		return;
	}
	letter_end(k->letter);
	k->letter = letter_begin(k->home.place);
	if (k->letter == NULL) {
		kiosk_go(k, SCREEN_FULL);
		return;
	}
	k->seal_tried = k->acknowledged = k->own_open = k->changing = false;
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
	/* Very large words on a wide screen: the picture gives way. */
	bool tight = !u->portrait && u->size == UI_XLARGE;
	int plate = u->portrait ? 136
		    : tight     ? 96
				: 120,
	    pad = tight ? 26 : 40, px = ui_px(u, UI_H3) + (tight ? 0 : 6),
	    sub_px = ui_px(u, UI_CAPTION) + 4;
	ui_plate(u, (struct ui_rect){r.x + pad, r.y + (r.h - plate) / 2, plate, plate},
		 on ? UI_SUN_T : UI_PINE_T, c->icon, u->portrait ? 88 : plate * 64 / 100);
	int x = r.x + pad + plate + (tight ? 24 : 32), w_text = r.x + r.w - (tight ? 20 : 36) - x;
	const char *opened = words_fill(
		k->lang, c->reader,
		(const struct word_arg[]){{"reader", reader == NULL ? "" : reader->short_name},
					  {NULL, NULL}});
	const char *sub = u->size == UI_XLARGE ? "" : kiosk_word(k, c->sub);
	int title_h = ui_words_height(UI_TITLE, px, w_text - 80, 125, kiosk_word(k, c->title));
	int sub_h = sub[0] == 0 ? 0 : ui_words_height(UI_REGULAR, sub_px, w_text, 135, sub);
	int opened_h = ui_words_height(UI_BOLD, sub_px, w_text - 48, 135, opened);
	int y = r.y + (r.h - title_h - sub_h - opened_h - 12) / 2;
	y += ui_words(u, (struct ui_rect){x, y, w_text - 80, 0}, ui_pen(UI_TITLE, px, UI_INK), 125,
		      UI_LEFT, kiosk_word(k, c->title)) +
	     4;
	if (sub_h > 0)
		y += ui_words(u, (struct ui_rect){x, y, w_text, 0},
			      ui_pen(UI_REGULAR, sub_px, UI_INK2), 135, UI_LEFT, sub) +
		     8;
	ui_list_icon(&u->list, (struct ui_rect){x, y + 3, 36, 36}, "envelope", UI_PINE_D, UI_SUN,
		     30);
	ui_words(u, (struct ui_rect){x + 48, y, w_text - 48, 0}, ui_pen(UI_BOLD, sub_px, UI_PINE_D),
		 135, UI_LEFT, opened);
}

static int question(struct kiosk *k, struct ui *u, struct ui_rect c, int y, enum word title,
		    enum word body)
{
	int px = ui_px(u, UI_H1), sub = ui_px(u, UI_BODY);
	y += ui_words(u, (struct ui_rect){c.x, y, c.w, 0},
		      ui_pen(UI_TITLE, k->lang == LANG_EN ? px - 12 : px, UI_INK), 125, UI_LEFT,
		      kiosk_word(k, title));
	if (!u->portrait && u->size == UI_XLARGE)
		return y + 12;
	return y +
	       ui_words(u, (struct ui_rect){c.x, y + 4, c.w, 0}, ui_pen(UI_REGULAR, sub, UI_INK2),
			140, UI_LEFT, kiosk_word(k, body)) +
	       20;
}

static struct ui_bar_button next_button(const struct kiosk *k, const char *id, bool ready,
					bool changed)
{
	return (struct ui_bar_button){
		.id = id,
		.icon = changed ? "check" : "next",
		.label = kiosk_word(k, changed ? W_review_changed : W_nav_step),
		.kind = ready ? UI_BUTTON_PRIMARY : UI_BUTTON_OFF,
		.right = true};
}

/* 有人来了 is of use only to who knows it before writing. */
static void eye_card(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	int px = ui_px(u, UI_BODY) - 2;
	const struct ui_span span[] = {{kiosk_word(k, W_whom_eye_a), UI_REGULAR, px, UI_INK},
				       {kiosk_word(k, W_whom_eye_b), UI_BOLD, px, UI_INK},
				       {kiosk_word(k, W_whom_eye_c), UI_REGULAR, px, UI_INK}};
	int w = r.w - 160, h = ui_spans_height(span, 3, w, 150);
	ui_list_box(&u->list, r, UI_RADIUS_BUTTON, UI_CARD, 2, UI_LINE);
	ui_list_icon(&u->list, (struct ui_rect){r.x + 32, r.y + (r.h - 64) / 2, 64, 64}, "eye",
		     UI_PINE_D, UI_SUN, 30);
	ui_spans(u, (struct ui_rect){r.x + 120, r.y + (r.h - h) / 2, w, r.h}, span, 3,
		 ui_flow(150, UI_LEFT, 0));
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
	int eye_h = u->portrait && u->size == UI_STANDARD ? 146 : 0;
	if (u->portrait && h > 300)
		h = 300;
	if (eye_h > 0 && 4 * h + 3 * gap + eye_h + gap > room)
		h = (room - eye_h - 4 * gap) / 4;
	for (int i = 0; i < WHOM_COUNT; i++)
		whom_card(k, u,
			  (struct ui_rect){c.x + (w + gap) * (i % columns),
					   y + (h + gap) * (i / columns), w, h},
			  (enum whom)i);
	if (eye_h > 0)
		eye_card(k, u, (struct ui_rect){c.x, y + 4 * (h + gap), c.w, eye_h});
	struct ui_bar_button next = next_button(k, "whom.next", k->letter->whom_chosen, false);
	if (strcmp(page_bar(k, u, PAGE_BACK | PAGE_LEAVE, &next, 1), "whom.next") != 0)
		return;
	if (k->changing)
		kiosk_replace(k, SCREEN_TOPIC); /* its way back is the review page */
	else
		kiosk_go(k, SCREEN_TOPIC);
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
	int px = ui_px(u, UI_H3), sub_px = ui_px(u, UI_CAPTION), pad = 32, w = r.w - 2 * pad + 8,
	    top = r.h < 260 ? 24 : 36;
	const char *sub = kiosk_word(k, c->sub);
	ui_plate(u, (struct ui_rect){r.x + pad, r.y + top, 88, 88}, on ? UI_SUN_T : UI_PINE_T,
		 c->icon, 60);
	int title_h = ui_words_height(UI_TITLE, px, w, 125, kiosk_word(k, c->title)),
	    sub_h = ui_words_height(UI_REGULAR, sub_px, w + 16, 135, sub);
	/* Large and long words: the title stays, the explanation gives way. */
	if (u->size == UI_XLARGE || top + 88 + 8 + title_h + 6 + sub_h + 16 > r.h)
		sub_h = 0;
	int y = r.y + r.h - (r.h < 260 ? 16 : 28) - (sub_h > 0 ? sub_h + 6 : 0) - title_h;
	ui_words(u, (struct ui_rect){r.x + pad, y, w, r.h - top - 88}, ui_pen(UI_TITLE, px, UI_INK),
		 125, UI_LEFT, kiosk_word(k, c->title));
	if (sub_h > 0)
		ui_words(u, (struct ui_rect){r.x + pad, y + title_h + 6, w + 16, sub_h},
			 ui_pen(UI_REGULAR, sub_px, UI_INK2), 135, UI_LEFT, sub);
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
	px = k->lang == LANG_EN ? px - 12 : px;
	int title_w = ui_label_width(UI_TITLE, px, kiosk_word(k, W_topic_title)) + 40;
	bool beside = !u->portrait && c.w - title_w >= 900;
	int title_h = ui_words(u, (struct ui_rect){c.x, y, c.w, 0}, ui_pen(UI_TITLE, px, UI_INK),
			       125, UI_LEFT, kiosk_word(k, W_topic_title));
	if (beside)
		(void)attached_row(k, u, (struct ui_rect){c.x + c.w - 900, y, 900, 0}, false);
	y += (beside && k->letter->says.about_row && title_h < 80 ? 80 : title_h) + 14;
	if (!beside)
		y += attached_row(k, u, (struct ui_rect){c.x, y, c.w, 0}, false);
	int gap = 24, columns = u->portrait ? 2 : 4, lines = 8 / columns, room = c.y + c.h - 20 - y;
	int h = (room - gap * (lines - 1)) / lines, w = (c.w - gap * (columns - 1)) / columns;
	if (h > 290)
		h = 290;
	for (int i = 0; i < TOPIC_COUNT; i++)
		topic_card(k, u,
			   (struct ui_rect){c.x + (w + gap) * (i % columns),
					    y + (h + gap) * (i / columns), w, h},
			   &topic_cards[i]);
	struct ui_bar_button next =
		next_button(k, "topic.next", k->letter->topic_chosen, k->changing);
	if (strcmp(page_bar(k, u, PAGE_BACK | PAGE_LEAVE, &next, 1), "topic.next") != 0)
		return;
	if (k->changing)
		kiosk_back(k);
	else
		kiosk_go(k, SCREEN_MATTER);
}
