/* matter.c - 13: the resident's seven questions; only 何事 is required. */
#include "app/kiosk/attached.h"
#include "app/kiosk/input.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"

#include <stdio.h>
#include <string.h>

static const enum word asks[ASK_COUNT] = {W_ask_what, W_ask_when, W_ask_where, W_ask_who,
					  W_ask_why,  W_ask_harm, W_ask_wish};

static void ask_card(struct kiosk *k, struct ui *u, struct ui_rect r, enum question q)
{
	static const struct ui_color none = {0};
	char id[16];
	const char *answer = k->letter->says.answer[q];
	bool done = answer[0] != 0;
	snprintf(id, sizeof id, "ask.%s", question_id(q));
	bool hit = ui_hit(u, r, id), pressed = ui_pressed(u, id);
	if (pressed)
		r.y += 4;
	ui_card(u, r, UI_CARD);
	int dot = 64, x = r.x + 28 + dot + 24, w = r.x + r.w - 96 - x,
	    label_px = ui_px(u, UI_CAPTION) + 2, px = ui_px(u, UI_LABEL);
	if (done)
		ui_dot_done(u, r.x + 28, r.y + (r.h - dot) / 2, dot, "check");
	else
		ui_dot_empty(u, r.x + 28, r.y + (r.h - dot) / 2, dot);
	if (done) {
		const struct ui_span label[] = {
			{kiosk_word(k, asks[q]), UI_REGULAR, label_px, UI_INK2},
			{"  ", UI_REGULAR, label_px, UI_INK2},
			{q == ASK_WHAT ? kiosk_word(k, W_matter_required) : "", UI_BOLD, label_px,
			 UI_DANGER}};
		int label_h = label_px * 135 / 100,
		    text_h = ui_words_height(UI_BOLD, px, w, 125, answer);
		bool one = label_h + text_h > r.h - 12;
		int top = r.y + (r.h - label_h - (one ? px * 125 / 100 : text_h)) / 2;
		ui_spans(u, (struct ui_rect){x, top, w, 0}, label, 3, ui_flow(135, UI_LEFT, 1));
		if (one)
			ui_label_cut(u, (struct ui_rect){x, top + label_h, w, px * 125 / 100},
				     ui_pen(UI_BOLD, px, UI_INK), UI_LEFT, answer);
		else
			ui_words(u, (struct ui_rect){x, top + label_h, w, 0},
				 ui_pen(UI_BOLD, px, UI_INK), 125, UI_LEFT, answer);
		ui_list_icon(&u->list,
			     (struct ui_rect){r.x + r.w - 72, r.y + (r.h - 44) / 2, 44, 44}, "pen",
			     UI_PINE_D, UI_SUN, 30);
	} else {
		bool sub = u->size == UI_STANDARD || r.h > 150;
		int title_h = px * 13 / 10, sub_h = sub ? label_px * 14 / 10 : 0,
		    top = r.y + (r.h - title_h - sub_h) / 2;
		const struct ui_span label[] = {
			{kiosk_word(k, asks[q]), UI_BOLD, px, UI_INK},
			{"  ", UI_REGULAR, label_px, UI_INK2},
			{q == ASK_WHAT ? kiosk_word(k, W_matter_required) : "", UI_BOLD, label_px,
			 UI_DANGER}};
		ui_spans(u, (struct ui_rect){x, top, w, 0}, label, 3, ui_flow(130, UI_LEFT, 1));
		if (sub)
			ui_label_cut(u, (struct ui_rect){x, top + title_h, w, sub_h},
				     ui_pen(UI_REGULAR, label_px, UI_INK2), UI_LEFT,
				     kiosk_word(k, W_matter_empty));
		ui_list_icon(&u->list,
			     (struct ui_rect){r.x + r.w - 68, r.y + (r.h - 36) / 2, 36, 36}, "next",
			     UI_INK2, none, 40);
	}
	if (hit)
		input_edit(k, &(struct input_ask){.title = kiosk_word(k, asks[q]),
						  .hint = q == ASK_WHAT
								  ? kiosk_word(k, W_input_hint_what)
								  : NULL,
						  .text = k->letter->says.answer[q],
						  .size = COMPLAINT_TEXT_BYTES,
						  .max_chars = COMPLAINT_TEXT_MAX});
}

void matter_draw(struct kiosk *k, struct ui *u)
{
	if (k->letter == NULL) {
		kiosk_back(k);
		return;
	}
	int y = page_letter_top(k, u, 2), px = ui_px(u, UI_H2) + (u->portrait ? 8 : 0);
	struct ui_rect c = ui_content(u, y);
	y += 16;
	const struct ui_span span[] = {
		{kiosk_word(k, W_matter_title), UI_TITLE, px, UI_INK},
		{u->portrait ? "\n" : "   ", UI_REGULAR, ui_px(u, UI_BODY), UI_INK2},
		{kiosk_word(k, W_matter_body), UI_REGULAR, ui_px(u, UI_BODY), UI_INK2}};
	y += ui_spans(u, (struct ui_rect){c.x, y, c.w, 0}, span, 3, ui_flow(120, UI_LEFT, 0)) + 14;
	y += attached_row(k, u, (struct ui_rect){c.x, y, c.w, 0}, true);
	int gap = 14, columns = u->portrait ? 1 : 2, lines = (ASK_COUNT + columns - 1) / columns,
	    room = c.y + c.h - 16 - y;
	int h = (room - gap * (lines - 1)) / lines, w = (c.w - gap * (columns - 1)) / columns;
	if (h > 176)
		h = 176;
	for (int i = 0; i < ASK_COUNT; i++)
		ask_card(k, u,
			 (struct ui_rect){c.x + (w + gap) * (i % columns),
					  y + (h + gap) * (i / columns), w, h},
			 (enum question)i);
	bool ready = k->letter->says.answer[ASK_WHAT][0] != 0;
	const struct ui_bar_button next = {
		.id = "matter.next",
		.icon = k->changing ? "check" : "next",
		.label = kiosk_word(k, k->changing ? W_review_changed : W_nav_step),
		.kind = ready ? UI_BUTTON_PRIMARY : UI_BUTTON_OFF,
		.right = true};
	if (strcmp(page_bar(k, u, PAGE_BACK | PAGE_LEAVE, &next, 1), "matter.next") != 0)
		return;
	if (k->changing)
		kiosk_back(k);
	else
		kiosk_go(k, SCREEN_NAME);
}
