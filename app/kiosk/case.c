/* case.c - 21: how far a case is, what the office answers, and what the resident says to it. The
 * resident's own letter is never shown again. */
#include "app/kiosk/case_steps.h"
#include "app/kiosk/follow.h"
#include "app/kiosk/input.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/secret.h"

#include <stdio.h>
#include <string.h>

enum { MORE_CHARS = 300 };

/* The last entry with words of an answer. */
static const struct capsule_entry *reply_of(const struct kiosk *k)
{
	for (size_t i = k->found->count; i > 0; i--) {
		const struct capsule_entry *e = &k->found->entry[i - 1];
		if ((e->state == CASE_REPLIED || e->state == CASE_NOT_ACCEPTED) && e->text[0] != 0)
			return e;
	}
	return NULL;
}

/* 期限, and once it was answered how long that took; "" when no day was set. */
static const char *due_words(const struct kiosk *k)
{
	bool provisional = false;
	int due = case_due(k, &provisional);
	const struct capsule_entry *reply = reply_of(k);
	if (due == 0)
		return "";
	const char *day = words_day(k->lang, due);
	if (reply == NULL || k->settings == NULL)
		return words_fill(k->lang, provisional ? W_case_due_provisional : W_case_due,
				  (const struct word_arg[]){{"day", day}, {NULL, NULL}});
	int took =
		workday_between(settings_calendar(k->settings), k->found->entry[0].day, reply->day);
	return words_fill(k->lang, W_case_due_used,
			  (const struct word_arg[]){{"day", day},
						    {"n", words_number(took < 0 ? 0 : took)},
						    {NULL, NULL}});
}

static int title_row(struct kiosk *k, struct ui *u, struct ui_rect c, int y)
{
	const struct capsule_entry *e = case_newest(k);
	int px = ui_px(u, UI_H2) - 6, h = 84, small = ui_px(u, UI_CAPTION) + 2;
	int w = ui_label_width(UI_TITLE, px, kiosk_word(k, W_case_title));
	ui_label(u, (struct ui_rect){c.x, y, w + 2, h}, ui_pen(UI_TITLE, px, UI_INK), UI_LEFT,
		 kiosk_word(k, W_case_title));
	const char *state = !case_may_rate(k) ? case_step_words(k, e)
			    : k->follow_sent  ? kiosk_word(k, W_case_rated)
					      : kiosk_word(k, W_case_wait_rate);
	int pill = ui_pill(u, c.x + w + 28, y + 14, 56, UI_PILL_PINE, state);
	const char *due = due_words(k);
	if (due[0] == 0)
		return h;
	struct ui_rect r = {c.x + w + 28 + pill + 20, y, 0, h};
	r.w = c.x + c.w - r.x;
	if (ui_label_width(UI_REGULAR, small, due) <= r.w) {
		ui_label(u, r, ui_pen(UI_REGULAR, small, UI_INK2), UI_RIGHT, due);
		return h;
	}
	int line = small * 14 / 10;
	ui_label(u, (struct ui_rect){c.x, y + h - 4, c.w, line}, ui_pen(UI_REGULAR, small, UI_INK2),
		 UI_LEFT, due);
	return h + line;
}

/* --- the answer --- */

static int openings_of(const struct kiosk *k)
{
	uint32_t most = 0;
	for (size_t i = 0; i < k->found->count; i++)
		if (k->found->entry[i].openings > most)
			most = k->found->entry[i].openings;
	return (int)(most > 9999 ? 9999 : most);
}

/* The answer, or that there is none yet. */
static const char *reply_text(struct kiosk *k)
{
	const struct capsule_entry *e = reply_of(k);
	bool provisional;
	int due = case_due(k, &provisional);
	if (e != NULL)
		return e->text;
	if (due == 0)
		return kiosk_word(k, W_case_no_reply_later);
	return words_fill(
		k->lang, W_case_no_reply_body,
		(const struct word_arg[]){{"day", words_day(k->lang, due)}, {NULL, NULL}});
}

enum { REPLY_PAD = 42, REPLY_TOP = 24, TURN = 88 };

static int reply_px(const struct ui *u)
{
	return ui_px(u, UI_LEAD) - (u->portrait ? 0 : 2);
}

static int reply_foot(const struct kiosk *k, const struct ui *u)
{
	const struct capsule_entry *e = reply_of(k);
	bool any = (e != NULL && e->by[0] != 0) || openings_of(k) > 0;
	return any ? (ui_px(u, UI_CAPTION) + 2) * 15 / 10 + 8 : 0;
}

/* Height that shows the whole answer. */
static int reply_height(struct kiosk *k, struct ui *u, int w)
{
	return REPLY_TOP + ui_px(u, UI_H3) * 13 / 10 + 10 +
	       ui_words_height(UI_REGULAR, reply_px(u), w - 2 * REPLY_PAD, 150, reply_text(k)) + 8 +
	       reply_foot(k, u) + 20;
}

/* Two arrows beside the answer, where they take no line of it; they turn by the height of `r`,
 * whole lines. */
static void reply_turns(struct kiosk *k, struct ui *u, struct ui_rect r, int offset, int most)
{
	static const struct ui_color none = {0};
	const char *id[2] = {"case.up", "case.down"}, *icon[2] = {"up", "down"};
	for (int i = 0; i < 2; i++) {
		bool on = i == 0 ? offset > 0 : offset < most;
		struct ui_rect cell = {r.x, r.y + i * (TURN + 12), TURN, TURN};
		bool hit = ui_button(u, cell, id[i], on ? UI_BUTTON_PLAIN : UI_BUTTON_OFF,
				     ui_caption(NULL, "", NULL));
		ui_list_icon(&u->list, ui_rect_inset(cell, 20), icon[i], on ? UI_PINE_D : UI_EDGE,
			     none, 40);
		if (hit && on) {
			ui_scroll_to(u, "case.reply", i == 0 ? offset - r.h : offset + r.h);
			k->redraw = true;
		}
	}
}

static void reply_foot_draw(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	const struct capsule_entry *e = reply_of(k);
	int small = ui_px(u, UI_CAPTION) + 2, opened_w = 0;
	if (openings_of(k) > 0) {
		const char *opened =
			words_fill(k->lang, W_case_opened,
				   (const struct word_arg[]){{"n", words_number(openings_of(k))},
							     {NULL, NULL}});
		opened_w = ui_label_width(UI_REGULAR, small, opened) + 24;
		ui_label(u, r, ui_pen(UI_REGULAR, small, UI_INK2), UI_RIGHT, opened);
	}
	if (e != NULL && e->by[0] != 0)
		ui_label_cut(u, (struct ui_rect){r.x, r.y, r.w - opened_w, r.h},
			     ui_pen(UI_REGULAR, small, UI_INK2), UI_LEFT,
			     words_fill(k->lang, W_case_by,
					(const struct word_arg[]){{"office", e->office},
								  {"by", e->by},
								  {NULL, NULL}}));
}

static void reply_card(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	const struct capsule_entry *e = reply_of(k);
	int x = card.x + REPLY_PAD, y = card.y + REPLY_TOP, w = card.w - 2 * REPLY_PAD,
	    title_px = ui_px(u, UI_H3), px = reply_px(u), foot = reply_foot(k, u);
	ui_card(u, card, UI_CARD_WARM);
	const char *title = e == NULL ? kiosk_word(k, W_case_no_reply)
				      : words_fill(k->lang, W_case_reply,
						   (const struct word_arg[]){{"office", e->office},
									     {NULL, NULL}});
	ui_label_cut(u, (struct ui_rect){x, y, w, title_px * 13 / 10},
		     ui_pen(UI_TITLE, title_px, UI_INK), UI_LEFT, title);
	y += title_px * 13 / 10 + 10;
	const char *text = reply_text(k);
	int text_h = ui_words_height(UI_REGULAR, px, w, 150, text), line = px * 150 / 100,
	    room = card.y + card.h - 20 - foot - 8 - y, text_w = w;
	bool turns = text_h > room;
	if (turns) {
		text_w -= TURN + 20;
		text_h = ui_words_height(UI_REGULAR, px, text_w, 150, text);
	}
	/* Whole lines only: half a line looks like the end of the answer. */
	room = room < line ? line : room / line * line;
	struct ui_rect region = {x, y, text_w, turns ? room : text_h};
	int offset = ui_scroll_begin(u, "case.reply", region, text_h);
	ui_words(u, (struct ui_rect){region.x, region.y - offset, text_w, 0},
		 ui_pen(UI_REGULAR, px, UI_INK), 150, UI_LEFT, text);
	ui_scroll_end(u);
	if (turns)
		reply_turns(k, u,
			    (struct ui_rect){x + w - TURN, y, TURN,
					     room > 2 * line ? room - line : room},
			    offset, text_h - room);
	y += region.h + 8;
	if (foot > 0)
		reply_foot_draw(k, u, (struct ui_rect){x, y, text_w, foot});
}

/* --- what the resident says to it --- */

static const struct grade {
	const char *id, *icon;
	enum word title, sub;
} grades[RATINGS] = {
	{"rate.yes", "happy", W_rate_yes, W_rate_yes_sub},
	{"rate.partly", "flat", W_rate_partly, W_rate_partly_sub},
	{"rate.no", "sad", W_rate_no, W_rate_no_sub},
};

static void grade_draw(struct kiosk *k, struct ui *u, struct ui_rect r, int i)
{
	const struct grade *g = &grades[i];
	bool on = k->rating == i, hit = ui_hit(u, r, g->id), pressed = ui_pressed(u, g->id);
	int px = ui_px(u, UI_H3) - 2, small = ui_px(u, UI_CAPTION);
	if (hit) {
		k->rating = i;
		k->redraw = true;
	}
	if (pressed)
		r.y += 4;
	ui_list_box(&u->list, r, UI_RADIUS_BUTTON, on ? UI_SUN_T : UI_WHITE, on ? 6 : 3,
		    on ? UI_SUN : UI_LINE);
	bool sub = u->size == UI_STANDARD;
	if (u->portrait) {
		ui_list_icon(&u->list, (struct ui_rect){r.x + (r.w - 92) / 2, r.y + 12, 92, 92},
			     g->icon, UI_INK, UI_SUN, 30);
		ui_label(u, (struct ui_rect){r.x, r.y + 108, r.w, 54}, ui_pen(UI_BOLD, px, UI_INK),
			 UI_CENTER, kiosk_word(k, g->title));
		if (sub)
			ui_label(u, (struct ui_rect){r.x, r.y + 160, r.w, 40},
				 ui_pen(UI_REGULAR, small, UI_INK2), UI_CENTER,
				 kiosk_word(k, g->sub));
		return;
	}
	int icon_x = sub ? 22 : 12, text_x = sub ? 116 : 100;
	ui_list_icon(&u->list, (struct ui_rect){r.x + icon_x, r.y + (r.h - 76) / 2, 76, 76},
		     g->icon, UI_INK, UI_SUN, 30);
	int h = px * 13 / 10, y = r.y + (r.h - h - (sub ? small * 13 / 10 : 0)) / 2;
	ui_label(u, (struct ui_rect){r.x + text_x, y, r.w - text_x - 8, h},
		 ui_pen(UI_BOLD, px, UI_INK), UI_LEFT, kiosk_word(k, g->title));
	if (sub)
		ui_label(u,
			 (struct ui_rect){r.x + text_x, y + h, r.w - text_x - 8, small * 13 / 10},
			 ui_pen(UI_REGULAR, small, UI_INK2), UI_LEFT, kiosk_word(k, g->sub));
}

static int say_height(const struct ui *u)
{
	return u->portrait ? (u->size == UI_STANDARD ? 330 : 286)
			   : (u->size == UI_XLARGE ? 212 : 252);
}

static void say_frame(struct ui *u, struct ui_rect card)
{
	ui_list_box(&u->list, (struct ui_rect){card.x, card.y + 4, card.w, card.h}, UI_RADIUS_CARD,
		    UI_SHADOW_SUN, 0, UI_SUN);
	ui_list_box(&u->list, card, UI_RADIUS_CARD, UI_WHITE, 4, UI_SUN);
}

static void rate_card(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	int pad = 40, px = ui_px(u, UI_H3), head = 84;
	say_frame(u, card);
	ui_label(u, (struct ui_rect){card.x + pad, card.y + 10, card.w - 2 * pad, head - 16},
		 ui_pen(UI_TITLE, px, UI_INK), UI_LEFT, kiosk_word(k, W_case_rate));
	ui_label(u, (struct ui_rect){card.x + pad, card.y + 10, card.w - 2 * pad, head - 16},
		 ui_pen(UI_REGULAR, ui_px(u, UI_CAPTION) + 2, UI_INK2), UI_RIGHT,
		 kiosk_word(k, W_case_rate_sub));
	int gap = 24, w = (card.w - 2 * pad - 2 * gap) / RATINGS;
	for (int i = 0; i < RATINGS; i++)
		grade_draw(k, u,
			   (struct ui_rect){card.x + pad + (w + gap) * i, card.y + head, w,
					    card.h - head - 26},
			   i);
}

static void note_card(struct kiosk *k, struct ui *u, struct ui_rect card, const char *words,
		      bool fine)
{
	static const struct ui_color none = {0};
	int px = ui_px(u, UI_LABEL), h = ui_words_height(UI_BOLD, px, card.w - 200, 140, words);
	say_frame(u, card);
	ui_list_icon(&u->list, (struct ui_rect){card.x + 40, card.y + (card.h - 64) / 2, 64, 64},
		     fine ? "check" : "info", fine ? UI_PINE : UI_DANGER, none, 40);
	ui_words(u, (struct ui_rect){card.x + 136, card.y + (card.h - h) / 2, card.w - 176, 0},
		 ui_pen(UI_BOLD, px, fine ? UI_INK : UI_DANGER), 140, UI_LEFT, words);
	(void)k;
}

static void more_card(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	int pad = 40, px = ui_px(u, UI_BODY), head = 72;
	say_frame(u, card);
	ui_label(u, (struct ui_rect){card.x + pad, card.y + 8, card.w - 2 * pad, head - 8},
		 ui_pen(UI_TITLE, ui_px(u, UI_H3), UI_INK), UI_LEFT,
		 kiosk_word(k, W_case_more_yours));
	struct ui_rect text = {card.x + pad, card.y + head, card.w - 2 * pad - 170,
			       card.h - head - 24};
	int h = ui_words_height(UI_BOLD, px, text.w, 135, k->more);
	if (h <= text.h)
		ui_words(u, text, ui_pen(UI_BOLD, px, UI_INK), 135, UI_LEFT, k->more);
	else
		ui_label_cut(u, text, ui_pen(UI_BOLD, px, UI_INK), UI_LEFT, k->more);
	if (ui_button(u, (struct ui_rect){card.x + card.w - pad - 140, card.y + head, 140, 88},
		      "case.change", UI_BUTTON_SOFT,
		      ui_caption("pen", kiosk_word(k, W_review_change), NULL)))
		input_edit(k, &(struct input_ask){.title = kiosk_word(k, W_case_more_title),
						  .text = k->more,
						  .size = COMPLAINT_TEXT_BYTES,
						  .max_chars = MORE_CHARS});
}

/* The card at the foot: nothing, a grade to give, words to send, or what became of them. */
static bool say(struct kiosk *k, struct ui *u, struct ui_rect card, bool measure)
{
	bool writing = k->adding && k->more != NULL && k->more[0] != 0;
	bool trouble = k->follow_result != LETTER_SEALED;
	if (!writing && !trouble && !k->added && !case_may_rate(k) && !k->follow_sent)
		return false;
	if (measure)
		return true;
	if (trouble)
		note_card(k, u, card,
			  kiosk_word(k, k->follow_result == LETTER_NO_ROOM ? W_seal_full
									   : W_seal_failed),
			  false);
	else if (writing)
		more_card(k, u, card);
	else if (k->added)
		note_card(k, u, card, kiosk_word(k, W_case_more_sent), true);
	else if (k->follow_sent)
		note_card(k, u, card, kiosk_word(k, W_rate_sent), true);
	else
		rate_card(k, u, card);
	return true;
}

static void add_words(struct kiosk *k)
{
	if (k->more == NULL)
		k->more = secret_take(COMPLAINT_TEXT_BYTES);
	if (k->more == NULL)
		return;
	k->adding = true;
	k->added = false;
	k->follow_result = LETTER_SEALED;
	input_edit(k, &(struct input_ask){.title = kiosk_word(k, W_case_more_title),
					  .text = k->more,
					  .size = COMPLAINT_TEXT_BYTES,
					  .max_chars = MORE_CHARS});
}

static void bar(struct kiosk *k, struct ui *u)
{
	struct ui_bar_button b[3];
	int n = 0;
	bool writing = k->adding && k->more != NULL && k->more[0] != 0;
	bool grading = !writing && case_may_rate(k) && !k->follow_sent && k->rating >= 0;
	if (!writing && !grading)
		b[n++] = (struct ui_bar_button){.id = "case.more",
						.icon = "pen",
						.label = kiosk_word(k, W_case_more),
						.kind = UI_BUTTON_PLAIN,
						.right = true};
	b[n++] = (struct ui_bar_button){
		.id = "case.done",
		.icon = "door",
		.label = kiosk_word(k, u->portrait || u->size != UI_STANDARD ? W_case_done_short
									     : W_case_done),
		.kind = writing || grading ? UI_BUTTON_PLAIN : UI_BUTTON_PRIMARY,
		.right = true};
	if (writing || grading)
		b[n++] = (struct ui_bar_button){
			.id = writing ? "case.send" : "case.rate",
			.icon = "lock",
			.label = kiosk_word(k, writing ? W_case_more_send : W_rate_send),
			.kind = UI_BUTTON_PRIMARY,
			.right = true};
	const char *hit = page_bar(k, u, PAGE_BACK, b, n);
	if (strcmp(hit, "case.more") == 0)
		add_words(k);
	else if (strcmp(hit, "case.done") == 0)
		kiosk_leave(k);
	else if (strcmp(hit, "case.send") == 0)
		kiosk_defer(k, kiosk_word(k, W_sealing), follow_add);
	else if (strcmp(hit, "case.rate") == 0)
		kiosk_defer(k, kiosk_word(k, W_sealing), follow_rate);
}

void case_draw(struct kiosk *k, struct ui *u)
{
	if (k->found == NULL || !k->found->found || k->found->count == 0) {
		kiosk_back(k);
		return;
	}
	int y = page_top(k, u) + 16;
	struct ui_rect c = ui_content(u, y);
	y += title_row(k, u, c, y) + 12;
	int bottom = c.y + c.h - 18, gap = 20, say_h = say_height(u);
	struct ui_rect none = {0};
	bool says = say(k, u, none, true);
	if (u->portrait) {
		int foot = says ? say_h + gap : 0, room = bottom - y - foot - gap;
		/* Both whole when they fit, the answer taking what is left over; else the answer
		 * keeps a good half. */
		int steps_h = case_steps_height(k, u), reply_h = reply_height(k, u, c.w),
		    half = room * 55 / 100;
		if (steps_h + reply_h > room)
			steps_h =
				case_steps_fitting(k, u, room - (reply_h < half ? reply_h : half));
		reply_card(k, u, (struct ui_rect){c.x, y, c.w, room - steps_h});
		case_steps_card(k, u,
				(struct ui_rect){c.x, y + room - steps_h + gap, c.w, steps_h});
		if (says)
			(void)say(k, u, (struct ui_rect){c.x, bottom - say_h, c.w, say_h}, false);
	} else {
		int w = 640;
		struct ui_rect right = {c.x + w + 28, y, c.w - w - 28, bottom - y};
		case_steps_card(k, u, (struct ui_rect){c.x, y, w, bottom - y});
		if (says) {
			(void)say(k, u, (struct ui_rect){right.x, bottom - say_h, right.w, say_h},
				  false);
			right.h -= say_h + gap;
		}
		reply_card(k, u, right);
	}
	bar(k, u);
}
