/* case.c - 21: how far a case is, what the office answers, and what the resident says to it. The
 * resident's own letter is never shown again. */
#include "app/kiosk/follow.h"
#include "app/kiosk/input.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/secret.h"

#include <stdio.h>
#include <string.h>

enum { NODE = 56, MORE_CHARS = 300 };

static const struct capsule_entry *newest(const struct kiosk *k)
{
	return &k->found->entry[k->found->count - 1];
}

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

static bool may_rate(const struct kiosk *k)
{
	return newest(k)->state == CASE_REPLIED;
}

static const char *step_words(const struct kiosk *k, const struct capsule_entry *e)
{
	if (e->state == CASE_RECEIVED)
		return words_fill(k->lang, W_state_received,
				  (const struct word_arg[]){{"office", e->office}, {NULL, NULL}});
	return case_state_words(e->state);
}

static int title_row(struct kiosk *k, struct ui *u, struct ui_rect c, int y)
{
	const struct capsule_entry *e = newest(k);
	int px = ui_px(u, UI_H2) - 6, h = 84;
	int w = ui_label_width(UI_TITLE, px, kiosk_word(k, W_case_title));
	ui_label(u, (struct ui_rect){c.x, y, w + 2, h}, UI_TITLE, px, UI_INK, UI_LEFT,
		 kiosk_word(k, W_case_title));
	const char *state = !may_rate(k)     ? step_words(k, e)
			    : k->follow_sent ? kiosk_word(k, W_case_rated)
					     : kiosk_word(k, W_case_wait_rate);
	int pill = ui_pill(u, c.x + w + 28, y + 14, 56, UI_PILL_PINE, state);
	int due = 0;
	bool provisional = false;
	for (size_t i = 0; i < k->found->count; i++)
		if (k->found->entry[i].due != 0) {
			due = k->found->entry[i].due;
			provisional = k->found->entry[i].due_provisional;
		}
	if (due != 0 && reply_of(k) == NULL) {
		const char *words = words_fill(
			k->lang, provisional ? W_case_due_provisional : W_case_due,
			(const struct word_arg[]){{"day", words_day(k->lang, due)}, {NULL, NULL}});
		struct ui_rect r = {c.x + w + 28 + pill + 20, y, 0, h};
		r.w = c.x + c.w - r.x;
		if (ui_label_width(UI_REGULAR, ui_px(u, UI_CAPTION) + 2, words) <= r.w)
			ui_label(u, r, UI_REGULAR, ui_px(u, UI_CAPTION) + 2, UI_INK2, UI_RIGHT,
				 words);
	}
	return h;
}

/* --- the time-line --- */

static void step(struct kiosk *k, struct ui *u, struct ui_rect r, const char *title,
		 const char *sub, const char *day, bool now, bool rail)
{
	static const struct ui_color none = {0};
	int px = ui_px(u, UI_LABEL), small = ui_px(u, UI_CAPTION) + 2;
	if (rail)
		ui_list_fill(&u->list,
			     (struct ui_rect){r.x + NODE / 2 - 2, r.y + NODE, 5, r.h - NODE + 2},
			     UI_PINE);
	ui_list_box(&u->list, (struct ui_rect){r.x, r.y, NODE, NODE}, NODE / 2,
		    now ? UI_SUN : UI_PINE, 0, UI_PINE);
	ui_list_icon(&u->list, (struct ui_rect){r.x + 10, r.y + 10, NODE - 20, NODE - 20},
		     now ? "happy" : "check", now ? UI_SUN_INK : UI_WHITE, none, 40);
	int day_w = ui_label_width(UI_REGULAR, small, day);
	ui_label_cut(u, (struct ui_rect){r.x + NODE + 24, r.y - 2, r.w - NODE - 40 - day_w, 52},
		     UI_BOLD, px, UI_INK, UI_LEFT, title);
	ui_label(u, (struct ui_rect){r.x + r.w - day_w - 4, r.y, day_w + 4, 48}, UI_REGULAR, small,
		 UI_INK2, UI_RIGHT, day);
	if (sub[0] != 0)
		ui_label_cut(u, (struct ui_rect){r.x + NODE + 24, r.y + 46, r.w - NODE - 24, 44},
			     UI_REGULAR, small, UI_INK2, UI_LEFT, sub);
	(void)k;
}

/* What stands under a step: its text when it is no answer, else who does it. */
static const char *step_sub(struct kiosk *k, const struct capsule_entry *e)
{
	if (e->text[0] != 0 && e->state != CASE_REPLIED && e->state != CASE_NOT_ACCEPTED)
		return e->text;
	if (e->state == CASE_RECEIVED)
		return kiosk_word(k, W_case_received_sub);
	if (e->state == CASE_REGISTERED)
		return kiosk_word(k, W_case_registered_sub);
	return e->office;
}

static void steps_card(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	int pad = 38, y = card.y + 22, title_px = ui_px(u, UI_H3);
	ui_card(u, card, UI_CARD);
	ui_label(u, (struct ui_rect){card.x + pad, y, card.w - 2 * pad, title_px * 13 / 10},
		 UI_TITLE, title_px, UI_INK, UI_LEFT, kiosk_word(k, W_case_steps));
	y += title_px * 13 / 10 + 10;
	int extra = may_rate(k) && !k->follow_sent, all = (int)k->found->count + extra;
	int room = (card.y + card.h - 16 - y) / 98, shown = all <= room ? all : room - 1,
	    skip = all - shown;
	if (skip > 0) {
		ui_label(u, (struct ui_rect){card.x + pad + NODE + 24, y, card.w, 48}, UI_REGULAR,
			 ui_px(u, UI_CAPTION) + 2, UI_INK2, UI_LEFT,
			 words_fill(k->lang, W_case_earlier,
				    (const struct word_arg[]){{"n", words_number(skip)},
							      {NULL, NULL}}));
		y += 52;
	}
	for (int i = skip; i < all; i++) {
		struct ui_rect r = {card.x + pad, y, card.w - 2 * pad, 98};
		bool last = i + 1 == all;
		if (i < (int)k->found->count) {
			const struct capsule_entry *e = &k->found->entry[i];
			step(k, u, r, step_words(k, e), step_sub(k, e), words_day(k->lang, e->day),
			     false, !last);
		} else {
			step(k, u, r, kiosk_word(k, W_case_now_rate),
			     kiosk_word(k, W_case_now_rate_sub), kiosk_word(k, W_case_now), true,
			     false);
		}
		y += 98;
	}
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

static void reply_card(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	const struct capsule_entry *e = reply_of(k);
	int pad = 42, y = card.y + 24, w = card.w - 2 * pad, title_px = ui_px(u, UI_H3),
	    px = ui_px(u, UI_LEAD) - (u->portrait ? 0 : 2), small = ui_px(u, UI_CAPTION) + 2;
	ui_card(u, card, UI_CARD_WARM);
	const char *title = e == NULL ? kiosk_word(k, W_case_no_reply)
				      : words_fill(k->lang, W_case_reply,
						   (const struct word_arg[]){{"office", e->office},
									     {NULL, NULL}});
	ui_label_cut(u, (struct ui_rect){card.x + pad, y, w, title_px * 13 / 10}, UI_TITLE,
		     title_px, UI_INK, UI_LEFT, title);
	y += title_px * 13 / 10 + 10;
	char count[16];
	snprintf(count, sizeof count, "%d", openings_of(k));
	const char *opened =
		openings_of(k) == 0
			? ""
			: words_fill(k->lang, W_case_opened,
				     (const struct word_arg[]){{"n", count}, {NULL, NULL}});
	const char *by =
		e == NULL || e->by[0] == 0
			? ""
			: words_fill(k->lang, W_case_by,
				     (const struct word_arg[]){
					     {"office", e->office}, {"by", e->by}, {NULL, NULL}});
	int foot = (by[0] != 0 || opened[0] != 0) ? small * 15 / 10 + 8 : 0;
	int due = 0;
	for (size_t i = 0; i < k->found->count; i++)
		due = k->found->entry[i].due != 0 ? k->found->entry[i].due : due;
	const char *text =
		e != NULL  ? e->text
		: due == 0 ? kiosk_word(k, W_case_no_reply_later)
			   : words_fill(k->lang, W_case_no_reply_body,
					(const struct word_arg[]){{"day", words_day(k->lang, due)},
								  {NULL, NULL}});
	int text_h = ui_words_height(UI_REGULAR, px, w, 150, text),
	    room = card.y + card.h - 24 - foot - y;
	bool turns = text_h > room;
	if (turns)
		room -= 108;
	struct ui_rect region = {card.x + pad, y, w, room};
	int offset = ui_scroll_begin(u, "case.reply", region, text_h);
	ui_words(u, (struct ui_rect){region.x, region.y - offset, w, 0}, UI_REGULAR, px, UI_INK,
		 150, UI_LEFT, text);
	ui_scroll_end(u);
	y += turns ? room + 12 : (text_h < room ? text_h : room) + 8;
	if (turns) {
		int page = room - px * 150 / 100;
		bool up = offset > 0, down = offset + room < text_h;
		if (ui_button(u, (struct ui_rect){card.x + pad, y, 220, 88}, "case.up",
			      up ? UI_BUTTON_PLAIN : UI_BUTTON_OFF, "up", kiosk_word(k, W_case_up),
			      NULL) &&
		    up) {
			ui_scroll_to(u, "case.reply", offset - page);
			k->redraw = true;
		}
		if (ui_button(u, (struct ui_rect){card.x + pad + 244, y, 220, 88}, "case.down",
			      down ? UI_BUTTON_PLAIN : UI_BUTTON_OFF, "down",
			      kiosk_word(k, W_case_down), NULL) &&
		    down) {
			ui_scroll_to(u, "case.reply", offset + page);
			k->redraw = true;
		}
		y += 96;
	}
	if (foot > 0)
		ui_label_cut(u, (struct ui_rect){card.x + pad, y, w, foot}, UI_REGULAR, small,
			     UI_INK2, UI_LEFT, by[0] != 0 ? by : opened);
	if (by[0] != 0 && opened[0] != 0)
		ui_label(u, (struct ui_rect){card.x + pad, y, w, foot}, UI_REGULAR, small, UI_INK2,
			 UI_RIGHT, opened);
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
		ui_label(u, (struct ui_rect){r.x, r.y + 108, r.w, 54}, UI_BOLD, px, UI_INK,
			 UI_CENTER, kiosk_word(k, g->title));
		if (sub)
			ui_label(u, (struct ui_rect){r.x, r.y + 160, r.w, 40}, UI_REGULAR, small,
				 UI_INK2, UI_CENTER, kiosk_word(k, g->sub));
		return;
	}
	ui_list_icon(&u->list, (struct ui_rect){r.x + 22, r.y + (r.h - 76) / 2, 76, 76}, g->icon,
		     UI_INK, UI_SUN, 30);
	int h = px * 13 / 10, y = r.y + (r.h - h - (sub ? small * 13 / 10 : 0)) / 2;
	ui_label(u, (struct ui_rect){r.x + 116, y, r.w - 120, h}, UI_BOLD, px, UI_INK, UI_LEFT,
		 kiosk_word(k, g->title));
	if (sub)
		ui_label(u, (struct ui_rect){r.x + 116, y + h, r.w - 120, small * 13 / 10},
			 UI_REGULAR, small, UI_INK2, UI_LEFT, kiosk_word(k, g->sub));
}

static int say_height(const struct ui *u)
{
	return u->portrait ? 330 : 252;
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
		 UI_TITLE, px, UI_INK, UI_LEFT, kiosk_word(k, W_case_rate));
	ui_label(u, (struct ui_rect){card.x + pad, card.y + 10, card.w - 2 * pad, head - 16},
		 UI_REGULAR, ui_px(u, UI_CAPTION) + 2, UI_INK2, UI_RIGHT,
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
		 UI_BOLD, px, fine ? UI_INK : UI_DANGER, 140, UI_LEFT, words);
	(void)k;
}

static void more_card(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	int pad = 40, px = ui_px(u, UI_BODY), head = 72;
	say_frame(u, card);
	ui_label(u, (struct ui_rect){card.x + pad, card.y + 8, card.w - 2 * pad, head - 8},
		 UI_TITLE, ui_px(u, UI_H3), UI_INK, UI_LEFT, kiosk_word(k, W_case_more_yours));
	struct ui_rect text = {card.x + pad, card.y + head, card.w - 2 * pad - 170,
			       card.h - head - 24};
	int h = ui_words_height(UI_BOLD, px, text.w, 135, k->more);
	if (h <= text.h)
		ui_words(u, text, UI_BOLD, px, UI_INK, 135, UI_LEFT, k->more);
	else
		ui_label_cut(u, text, UI_BOLD, px, UI_INK, UI_LEFT, k->more);
	if (ui_button(u, (struct ui_rect){card.x + card.w - pad - 140, card.y + head, 140, 88},
		      "case.change", UI_BUTTON_SOFT, "pen", kiosk_word(k, W_review_change), NULL))
		input_edit(k, kiosk_word(k, W_case_more_title), NULL, k->more, COMPLAINT_TEXT_BYTES,
			   MORE_CHARS, false);
}

/* The card at the foot: nothing, a grade to give, words to send, or what became of them. */
static bool say(struct kiosk *k, struct ui *u, struct ui_rect card, bool measure)
{
	bool writing = k->adding && k->more != NULL && k->more[0] != 0;
	bool trouble = k->follow_result != LETTER_SEALED;
	if (!writing && !trouble && !k->added && !may_rate(k) && !k->follow_sent)
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
	input_edit(k, kiosk_word(k, W_case_more_title), NULL, k->more, COMPLAINT_TEXT_BYTES,
		   MORE_CHARS, false);
}

static void bar(struct kiosk *k, struct ui *u)
{
	struct ui_bar_button b[3];
	int n = 0;
	bool writing = k->adding && k->more != NULL && k->more[0] != 0;
	bool grading = !writing && may_rate(k) && !k->follow_sent && k->rating >= 0;
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
		int extra = may_rate(k) && !k->follow_sent, all = (int)k->found->count + extra;
		int steps_h = 22 + ui_px(u, UI_H3) * 13 / 10 + 10 + all * 98 + 20;
		if (steps_h > room * 58 / 100)
			steps_h = room * 58 / 100;
		reply_card(k, u, (struct ui_rect){c.x, y, c.w, room - steps_h});
		steps_card(k, u, (struct ui_rect){c.x, y + room - steps_h + gap, c.w, steps_h});
		if (says)
			(void)say(k, u, (struct ui_rect){c.x, bottom - say_h, c.w, say_h}, false);
	} else {
		int w = 640;
		struct ui_rect right = {c.x + w + 28, y, c.w - w - 28, bottom - y};
		steps_card(k, u, (struct ui_rect){c.x, y, w, bottom - y});
		if (says) {
			(void)say(k, u, (struct ui_rect){right.x, bottom - say_h, right.w, say_h},
				  false);
			right.h -= say_h + gap;
		}
		reply_card(k, u, right);
	}
	bar(k, u);
}
