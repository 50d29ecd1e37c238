/* review.c - 18: everything once more before it is sealed, what happens then, and the resident's
 * own four digits. 封好，送出去 is the only way to submit. */
#include "app/kiosk/digits.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "ui/keyboard.h"

#include <stdio.h>
#include <string.h>

enum { REVIEW_TEXT = 2 * COMPLAINT_TEXT_BYTES + 16 };

static const struct review_row {
	const char *id;
	enum word label;
	enum screen_id change;
} rows[] = {
	{"review.whom", W_review_whom_topic, SCREEN_WHOM},
	{"review.what", W_review_what, SCREEN_MATTER},
	{"review.when", W_review_when_where, SCREEN_MATTER},
	{"review.who", W_review_who_why, SCREEN_MATTER},
	{"review.wish", W_review_harm_wish, SCREEN_MATTER},
	{"review.name", W_review_name, SCREEN_NAME},
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static void joined(const struct kiosk *k, const char *a, const char *b, char out[REVIEW_TEXT])
{
	if (a[0] != 0 && b[0] != 0)
		snprintf(out, REVIEW_TEXT, "%s · %s", a, b);
	else
		snprintf(out, REVIEW_TEXT, "%s",
			 a[0] != 0   ? a
			 : b[0] != 0 ? b
				     : kiosk_word(k, W_review_none));
}

static void row_text(const struct kiosk *k, int row, char out[REVIEW_TEXT])
{
	const struct complaint *c = &k->letter->says;
	switch (row) {
	case 0:
		joined(k, kiosk_word(k, whom_word(c->whom)), kiosk_word(k, topic_word(c->topic)),
		       out);
		break;
	case 1:
		joined(k, c->answer[ASK_WHAT], "", out);
		break;
	case 2:
		joined(k, c->answer[ASK_WHEN], c->answer[ASK_WHERE], out);
		break;
	case 3:
		joined(k, c->answer[ASK_WHO], c->answer[ASK_WHY], out);
		break;
	case 4:
		joined(k, c->answer[ASK_HARM], c->answer[ASK_WISH], out);
		break;
	default:
		if (c->named)
			joined(k, c->name, c->phone, out);
		else
			joined(k, kiosk_word(k, W_name_anon), "", out);
		break;
	}
}

/* Two lines at most; the whole text is one touch away behind 改. */
static void row_draw(struct kiosk *k, struct ui *u, struct ui_rect r, int row, bool last)
{
	/* In locked memory's shadow no longer than the frame: wiped below. */
	char text[REVIEW_TEXT];
	int label_px = ui_px(u, UI_CAPTION) + 4, px = ui_px(u, UI_BODY),
	    label_w = u->size == UI_XLARGE ? 260 : 220,
	    button_w = u->size == UI_XLARGE ? 160
		       : k->lang == LANG_EN ? 200
					    : 130;
	if (k->lang == LANG_EN)
		label_px = ui_px(u, UI_CAPTION);
	int x = r.x + label_w, w = r.w - label_w - button_w - 24;
	row_text(k, row, text);
	ui_label(u, (struct ui_rect){r.x, r.y, label_w - 12, r.h}, UI_REGULAR, label_px, UI_INK2,
		 UI_LEFT, kiosk_word(k, rows[row].label));
	int line = px * 130 / 100, h = ui_words_height(UI_BOLD, px, w, 130, text);
	int room = r.h / line < 1 ? 1 : r.h / line;
	if (h <= room * line)
		ui_words(u, (struct ui_rect){x, r.y + (r.h - h) / 2, w, 0}, UI_BOLD, px, UI_INK,
			 130, UI_LEFT, text);
	else
		ui_label_cut(u, (struct ui_rect){x, r.y, w, r.h}, UI_BOLD, px, UI_INK, UI_LEFT,
			     text);
	explicit_bzero(text, sizeof text);
	int button_h = r.h - 8 < UI_TOUCH_MIN ? r.h - 8 : UI_TOUCH_MIN;
	if (ui_button(u,
		      (struct ui_rect){r.x + r.w - button_w, r.y + (r.h - button_h) / 2, button_w,
				       button_h},
		      rows[row].id, UI_BUTTON_SOFT, "pen", kiosk_word(k, W_review_change), NULL))
		kiosk_go(k, rows[row].change);
	if (!last)
		ui_list_fill(&u->list, (struct ui_rect){r.x, r.y + r.h - 1, r.w, 2}, UI_LINE);
}

static void list_card(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	int pad = u->portrait ? 28 : 30, h = (card.h - 8) / ROWS;
	ui_card(u, card, UI_CARD);
	for (int i = 0; i < ROWS; i++)
		row_draw(k, u,
			 (struct ui_rect){card.x + pad, card.y + 4 + i * h, card.w - 2 * pad, h}, i,
			 i + 1 == ROWS);
}

static int after_lines(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	const struct body *reader = letter_reader(k->letter, k->settings);
	const char *name = reader == NULL ? "" : reader->name;
	int px = ui_px(u, UI_BODY), y = r.y;
	const struct {
		int count;
		struct ui_span span[3];
	} line[4] = {
		{1, {{kiosk_word(k, W_review_after_1), UI_REGULAR, px, UI_INK}}},
		{3,
		 {{kiosk_word(k, W_review_after_2a), UI_REGULAR, px, UI_INK},
		  {name, UI_BOLD, px, UI_INK},
		  {kiosk_word(k, W_review_after_2b), UI_REGULAR, px, UI_INK}}},
		{3,
		 {{kiosk_word(k, W_review_after_3a), UI_REGULAR, px, UI_INK},
		  {kiosk_word(k, W_review_after_3b), UI_BOLD, px, UI_INK},
		  {kiosk_word(k, W_review_after_3c), UI_REGULAR, px, UI_INK}}},
		{1, {{kiosk_word(k, W_review_after_4), UI_REGULAR, px, UI_INK}}},
	};
	/* Large words: who opens it and by when matter most. */
	bool few = !u->portrait && u->size != UI_STANDARD;
	for (int i = few ? 1 : 0; i < (few ? 3 : 4); i++) {
		char number[16];
		snprintf(number, sizeof number, "%d", few ? i : i + 1);
		struct ui_rect dot = {r.x, y + px * 150 / 200 - 18, 36, 36};
		ui_list_box(&u->list, dot, 18, UI_SUN_T, 2, UI_SUN_TEXT);
		ui_label(u, dot, UI_REGULAR, 24, UI_SUN_TEXT, UI_CENTER, number);
		y += ui_spans(u, (struct ui_rect){r.x + 48, y, r.w - 48, 0}, line[i].span,
			      (size_t)line[i].count, 150, UI_LEFT, 0) +
		     2;
	}
	return y - r.y;
}

static void after_card(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	int title_px = ui_px(u, UI_H3), pad = 40, icon = 96;
	ui_list_box(&u->list, (struct ui_rect){card.x, card.y + 4, card.w, card.h}, UI_RADIUS_CARD,
		    UI_SHADOW_SUN, 0, UI_SUN);
	ui_list_box(&u->list, card, UI_RADIUS_CARD, UI_SUN_T, 2, UI_SUN);
	const char *own = kiosk_word(k, k->letter->own[0] != 0 ? W_review_own_button_set
							       : W_review_own_button);
	struct ui_rect button = {card.x + pad, card.y + card.h - 96 - 28, card.w - 2 * pad, 96};
	int x = card.x + pad, y = card.y + 32;
	if (u->portrait) {
		ui_list_icon(&u->list,
			     (struct ui_rect){x, card.y + (card.h - 124 - icon) / 2, icon, icon},
			     "envelope", UI_INK, UI_SUN, 30);
		x += icon + 48;
	} else if (u->size == UI_STANDARD) {
		ui_list_icon(&u->list, (struct ui_rect){x, y, 80, 80}, "envelope", UI_INK, UI_SUN,
			     30);
		y += 88;
	}
	struct ui_rect r = {x, y, card.x + card.w - pad - x, 0};
	ui_label(u, (struct ui_rect){r.x, r.y, r.w, title_px * 13 / 10}, UI_TITLE, title_px, UI_INK,
		 UI_LEFT, kiosk_word(k, W_review_after));
	r.y += title_px * 13 / 10 + 8;
	after_lines(k, u, r);
	if (ui_button(u, button, "review.own", UI_BUTTON_OUTLINE,
		      k->letter->own[0] != 0 ? "check" : "plus", own, NULL)) {
		k->own_open = true;
		memset(k->letter->own, ' ', RECEIPT_OWN);
		k->letter->own[RECEIPT_OWN] = 0;
		k->redraw = true;
	}
}

/* --- the resident's own four digits --- */

static void own_draw(struct kiosk *k, struct ui *u)
{
	char *own = k->letter->own;
	int y = page_letter_top(k, u, 4), px = ui_px(u, UI_H2) + 8, body = ui_px(u, UI_BODY),
	    at = 0;
	struct ui_rect c = ui_content(u, y);
	y += 20;
	int w = u->portrait ? c.w : c.w * 54 / 100;
	y += ui_words(u, (struct ui_rect){c.x, y, w, 0}, UI_TITLE, px, UI_INK, 125, UI_LEFT,
		      kiosk_word(k, W_review_own_title)) +
	     8;
	y += ui_words(u, (struct ui_rect){c.x, y, w, 0}, UI_REGULAR, body, UI_INK2, 145, UI_LEFT,
		      kiosk_word(k, W_review_own_body)) +
	     32;
	bool full = digits_complete(own, RECEIPT_OWN);
	digits_box(u, (struct ui_rect){c.x, y, u->portrait ? c.w : 560, 150}, own, RECEIPT_OWN, 96,
		   0, full ? DIGITS_FULL : DIGITS_TYPED);
	struct ui_rect pad =
		u->portrait ? (struct ui_rect){c.x + 60, y + 190, c.w - 120, c.y + c.h - y - 230}
			    : (struct ui_rect){c.x + w + 48, c.y + 20, c.w - w - 48, c.h - 44};
	if (digits_type(own, RECEIPT_OWN, RECEIPT_OWN, &at,
			ui_digit_pad(u, pad, kiosk_word(k, W_track_clear))))
		k->redraw = true;
	const struct ui_bar_button b[] = {{.id = "own.drop",
					   .icon = "close",
					   .label = kiosk_word(k, W_review_own_drop),
					   .kind = UI_BUTTON_PLAIN,
					   .right = true},
					  {.id = "own.keep",
					   .icon = "check",
					   .label = kiosk_word(k, W_review_own_keep),
					   .kind = full ? UI_BUTTON_PRIMARY : UI_BUTTON_OFF,
					   .right = true}};
	const char *hit = page_bar(k, u, PAGE_LEAVE, b, 2);
	if (strcmp(hit, "own.drop") == 0)
		explicit_bzero(own, RECEIPT_OWN + 1);
	if (strcmp(hit, "own.drop") == 0 || strcmp(hit, "own.keep") == 0) {
		k->own_open = false;
		k->redraw = true;
	}
}

/* --- sealing --- */

static void seal(struct kiosk *k)
{
	struct letter_road road = kiosk_road(k);
	k->seal_tried = true;
	k->seal_result = letter_seal(k->letter, &road, kiosk_today(k));
	if (k->seal_result == LETTER_SEALED) {
		k->depth = 0;
		kiosk_replace(k, SCREEN_SEALED);
	}
}

static int trouble(struct kiosk *k, struct ui *u, struct ui_rect c, int y)
{
	static const enum word why[] = {[LETTER_NO_ROOM] = W_seal_full,
					[LETTER_NO_READER] = W_seal_no_reader,
					[LETTER_FAILED] = W_seal_failed};
	if (!k->seal_tried || k->seal_result == LETTER_SEALED)
		return 0;
	const char *words = kiosk_word(k, why[k->seal_result]);
	int px = ui_px(u, UI_BODY), h = ui_words_height(UI_BOLD, px, c.w - 140, 135, words) + 36;
	ui_list_box(&u->list, (struct ui_rect){c.x, y, c.w, h}, UI_RADIUS_BUTTON, UI_DANGER_T, 3,
		    UI_DANGER);
	ui_list_icon(&u->list, (struct ui_rect){c.x + 28, y + (h - 48) / 2, 48, 48}, "info",
		     UI_DANGER, UI_DANGER_T, 30);
	ui_words(u, (struct ui_rect){c.x + 104, y + 18, c.w - 140, 0}, UI_BOLD, px, UI_DANGER, 135,
		 UI_LEFT, words);
	return h + 16;
}

void review_draw(struct kiosk *k, struct ui *u)
{
	if (k->letter == NULL) {
		kiosk_back(k);
		return;
	}
	if (k->own_open) {
		own_draw(k, u);
		return;
	}
	int y = page_letter_top(k, u, 4), px = ui_px(u, UI_H2) + (u->portrait ? 4 : -2),
	    sub = ui_px(u, UI_CAPTION) + 4;
	struct ui_rect c = ui_content(u, y);
	const struct ui_span span[] = {{kiosk_word(k, W_review_title), UI_TITLE, px, UI_INK},
				       {u->portrait ? "\n" : "   ", UI_REGULAR, sub, UI_INK2},
				       {kiosk_word(k, W_review_sub), UI_REGULAR, sub, UI_INK2}};
	y += 14;
	y += ui_spans(u, (struct ui_rect){c.x, y, c.w, 0}, span, 3, 125, UI_LEFT, 0) + 12;
	y += trouble(k, u, c, y);
	int bottom = c.y + c.h - 14;
	if (u->portrait) {
		int after_h = ui_px(u, UI_H3) * 13 / 10 + 4 * (ui_px(u, UI_BODY) * 150 / 100 + 2) +
			      48 + 96 + 48;
		if (u->size != UI_STANDARD)
			after_h += ui_px(u, UI_BODY) * 150 / 100;
		list_card(k, u, (struct ui_rect){c.x, y, c.w, bottom - y - after_h - 28});
		after_card(k, u, (struct ui_rect){c.x, bottom - after_h, c.w, after_h});
	} else {
		int w = u->size == UI_XLARGE ? 600 : 520;
		list_card(k, u, (struct ui_rect){c.x, y, c.w - w - 32, bottom - y});
		after_card(k, u, (struct ui_rect){c.x + c.w - w, y, w, bottom - y});
	}
	const struct ui_bar_button submit = {.id = "review.submit",
					     .icon = "lock",
					     .label = kiosk_word(k, W_review_submit),
					     .kind = UI_BUTTON_PRIMARY,
					     .right = true};
	if (strcmp(page_bar(k, u, PAGE_BACK | PAGE_LEAVE, &submit, 1), "review.submit") == 0)
		kiosk_defer(k, kiosk_word(k, W_sealing), seal);
}
