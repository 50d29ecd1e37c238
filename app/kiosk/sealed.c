/* sealed.c - 19: it is sealed, and this is how to find it again. Says only what is certain: that it
 * arrived is said after the signed acknowledgement. */
#include "app/kiosk/digits.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"

#include <stdio.h>
#include <string.h>

enum { ANSWER_WORKDAYS = 15, GROUPS = 4, OR_H = 48, QR_CARD_MIN = 320 };

static const char *reader_of(const struct kiosk *k, bool brief)
{
	const struct body *b = letter_reader(k->letter, k->settings);
	return b == NULL ? "" : brief ? b->short_name : b->name;
}

/* In the height of `r`: the title smaller, then alone, rather than the code below the edge. */
static int heading(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	const struct word_arg reader[] = {{"reader", reader_of(k, true)}, {NULL, NULL}};
	enum word title = W_sealed_sending, sub = W_sealed_sending_sub;
	if (k->acknowledged) {
		title = W_sealed_online;
		sub = W_sealed_online_sub;
	} else if (kiosk_offline(k)) {
		title = W_sealed_offline;
		sub = W_sealed_offline_sub;
	}
	int px = ui_px(u, UI_H1) - (u->portrait ? 6 : 0), body = ui_px(u, UI_BODY), disc = 120;
	ui_list_box(&u->list, (struct ui_rect){r.x, r.y, disc - 10, disc - 10}, 55,
		    UI_RGB(0xFAD27E), 0, UI_SUN);
	ui_list_box(&u->list, (struct ui_rect){r.x + 12, r.y + 12, disc - 34, disc - 34}, 43,
		    UI_SUN, 0, UI_SUN);
	static const struct ui_color none = {0};
	ui_list_icon(&u->list, (struct ui_rect){r.x + 25, r.y + 25, 60, 60}, "check", UI_SUN_INK,
		     none, 50);
	int x = r.x + disc + 20, w = r.w - disc - 20;
	const char *words = words_fill(k->lang, title, reader);
	int sub_h = ui_words_height(UI_REGULAR, body, w, 130, kiosk_word(k, sub));
	if (ui_words_height(UI_TITLE, px, w, 115, words) + sub_h > r.h)
		px = ui_px(u, UI_H2);
	int y = ui_words_height(UI_TITLE, px, w, 115, words);
	bool both = y + sub_h <= r.h;
	int top = !both && y < disc - 10 ? (disc - 10 - y) / 2 : -4;
	ui_words(u, (struct ui_rect){x, r.y + top, w, y}, ui_pen(UI_TITLE, px, UI_INK), 115,
		 UI_LEFT, words);
	if (both)
		y += ui_words(u, (struct ui_rect){x, r.y + y, w, 0},
			      ui_pen(UI_REGULAR, body, UI_INK2), 130, UI_LEFT, kiosk_word(k, sub));
	return y < disc ? disc : y;
}

static int two(struct kiosk *k, struct ui *u, struct ui_rect r, enum word a, enum word b)
{
	const struct ui_span span[] = {{kiosk_word(k, a), UI_BOLD, ui_px(u, UI_LABEL), UI_INK},
				       {" ", UI_REGULAR, ui_px(u, UI_BODY), UI_INK2},
				       {u->size == UI_XLARGE ? "" : kiosk_word(k, b), UI_REGULAR,
					ui_px(u, UI_BODY) - 2, UI_INK2}};
	/* Very large words keep the first half only. */
	return ui_spans(u, (struct ui_rect){r.x, r.y, r.w, 0}, span, u->size == UI_XLARGE ? 1 : 3,
			ui_flow(130, UI_LEFT, 1));
}

/* The five words, numbered; gives the height. On a tall screen they are large, for who remembers
 * rather than writes. */
static int words_draw(struct ui *u, struct ui_rect r, const struct receipt *receipt)
{
	int columns = u->portrait ? 3 : RECEIPT_WORDS, gap = 16, h = u->portrait ? 136 : 96,
	    px = u->portrait ? 84 : 52, number_px = u->portrait ? 38 : 30,
	    number_w = u->portrait ? 44 : 34, w = (r.w - (columns - 1) * gap) / columns,
	    lines = (RECEIPT_WORDS + columns - 1) / columns;
	for (int i = 0; i < RECEIPT_WORDS; i++) {
		struct ui_rect cell = {r.x + i % columns * (w + gap), r.y + i / columns * (h + gap),
				       w, h};
		const char *text = receipt_word(receipt->word[i]);
		char number[4] = {(char)('1' + i), 0};
		int word = ui_label_width(UI_TITLE, px, text),
		    at = cell.x + (cell.w - word - number_w) / 2;
		ui_list_secret(&u->list, cell);
		ui_list_box(&u->list, cell, 18, UI_SUN_T, 0, UI_SUN_T);
		ui_label(u, (struct ui_rect){at, cell.y + 4, number_w - 4, cell.h},
			 ui_pen(UI_REGULAR, number_px, UI_INK2), UI_LEFT, number);
		ui_label(u, (struct ui_rect){at + number_w, cell.y, word + 2, cell.h},
			 ui_pen(UI_TITLE, px, UI_INK), UI_LEFT, text);
	}
	return lines * h + (lines - 1) * gap;
}

static int digits_draw(struct ui *u, struct ui_rect r, const struct receipt *receipt, bool tall)
{
	int columns = tall ? 2 : GROUPS, gap = 20,
	    h = tall          ? 156
		: u->portrait ? 136
			      : 116,
	    w = (r.w - (columns - 1) * gap) / columns, lines = GROUPS / columns;
	for (int i = 0; i < GROUPS; i++)
		digits_box(u,
			   (struct ui_rect){r.x + i % columns * (w + gap),
					    r.y + i / columns * (h + gap), w, h},
			   (struct digits_group){.digits = receipt->digits + (ptrdiff_t)4 * i,
						 .count = 4,
						 .number = tall ? i + 1 : 0,
						 .look = DIGITS_SHOWN},
			   tall          ? 116
			   : u->portrait ? 78
					 : 84);
	return lines * h + (lines - 1) * gap;
}

static void or_line(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	const char *word = kiosk_word(k, W_sealed_or);
	int w = ui_label_width(UI_REGULAR, 30, word), mid = r.x + (r.w - w) / 2, y = r.y + r.h / 2;
	ui_label(u, (struct ui_rect){mid, r.y, w + 2, r.h}, ui_pen(UI_REGULAR, 30, UI_INK2),
		 UI_LEFT, word);
	ui_list_fill(&u->list, (struct ui_rect){r.x, y, mid - r.x - 20, 2}, UI_LINE);
	ui_list_fill(&u->list, (struct ui_rect){mid + w + 20, y, mid - r.x - 20, 2}, UI_LINE);
}

static int own_height(const struct kiosk *k, const struct ui *u)
{
	return k->letter->own[0] != 0 ? ui_px(u, UI_BODY) * 14 / 10 + 8 : 0;
}

/* Height of the card; `tall`: digits in two rows. */
static int code_height(const struct kiosk *k, const struct ui *u, bool tall)
{
	int head = ui_px(u, UI_LABEL) * 13 / 10,
	    digits = tall          ? 2 * 156 + 20
		     : u->portrait ? 136
				   : 116,
	    words = u->portrait ? 2 * 136 + 16 : 96;
	return 18 + head + 12 + digits + OR_H + head + 10 + words + 22 + own_height(k, u);
}

/* The 16 digits and the five words; gives the height of the card. */
static int code_card(struct kiosk *k, struct ui *u, struct ui_rect card, bool tall)
{
	const struct receipt *receipt = &k->letter->receipt;
	int pad = u->portrait ? 44 : 38, x = card.x + pad, w = card.w - 2 * pad, y = card.y + 18;
	bool own = k->letter->own[0] != 0;
	int head = ui_px(u, UI_LABEL) * 13 / 10, own_h = own_height(k, u);
	card.h = code_height(k, u, tall);
	ui_list_box(&u->list, card, UI_RADIUS_CARD, UI_WHITE, 4, UI_PINE);
	(void)two(k, u, (struct ui_rect){x, y, w, head}, W_sealed_digits_a, W_sealed_digits_b);
	y += head + 12;
	y += digits_draw(u, (struct ui_rect){x, y, w, 0}, receipt, tall);
	or_line(k, u, (struct ui_rect){x, y, w, OR_H});
	y += OR_H;
	(void)two(k, u, (struct ui_rect){x, y, w, head}, W_sealed_words_a, W_sealed_words_b);
	y += head + 10;
	y += words_draw(u, (struct ui_rect){x, y, w, 0}, receipt);
	if (own)
		ui_label(u, (struct ui_rect){x, y + 14, w, own_h},
			 ui_pen(UI_BOLD, ui_px(u, UI_BODY), UI_EXPENSE), UI_LEFT,
			 kiosk_word(k, W_sealed_own));
	return card.h;
}

static void qr_card(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	int px = ui_px(u, UI_BODY);
	const struct ui_span span[] = {
		{kiosk_word(k, W_sealed_qr), UI_BOLD, px, UI_INK},
		{u->size == UI_STANDARD ? "\n" : "", UI_REGULAR, px, UI_INK},
		{u->size == UI_STANDARD ? kiosk_word(k, W_sealed_qr_sub) : "", UI_REGULAR, px - 2,
		 UI_INK2}};
	/* On a tall screen the words stand under the code, which takes the rest. */
	int most = u->portrait ? 270 : 208, under = ui_spans_height(span, 3, card.w - 32, 145),
	    side = u->portrait ? card.h - 36 - 16 - under - 24 : card.h - 68;
	side = side > most ? most : side;
	ui_card(u, card, UI_CARD);
	struct ui_rect qr = {u->portrait ? card.x + (card.w - side) / 2 : card.x + 40,
			     u->portrait ? card.y + 36 : card.y + (card.h - side) / 2, side, side};
	ui_list_qr(&u->list, qr, k->letter->receipt.digits, UI_RGB(0x111111));
	struct ui_rect r = {u->portrait ? card.x + 16 : qr.x + side + 28, 0, 0, 0};
	r.w = u->portrait ? card.w - 32 : card.x + card.w - 20 - r.x;
	int h = ui_spans_height(span, 3, r.w, 145);
	r.y = u->portrait ? qr.y + side + 16 : card.y + (card.h - h) / 2;
	ui_spans(u, r, span, 3, ui_flow(145, u->portrait ? UI_CENTER : UI_LEFT, 0));
}

static void next_card(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	int px = ui_px(u, UI_BODY), pad = u->portrait ? 38 : 34, w = card.w - 2 * pad;
	const struct word_arg reader[] = {{"reader", reader_of(k, false)}, {NULL, NULL}};
	struct ui_span span[12];
	size_t n = 0;
	ui_card(u, card, UI_CARD_WARM);
	if (k->acknowledged && k->settings != NULL) {
		struct workday_date due = workday_add(settings_calendar(k->settings),
						      kiosk_today(k), ANSWER_WORKDAYS);
		const struct word_arg day[] = {{"day", words_day(k->lang, due.day)}, {NULL, NULL}};
		span[n++] = (struct ui_span){kiosk_word(k, W_sealed_next_1a), UI_BOLD, px, UI_INK};
		span[n++] = (struct ui_span){"\n", UI_REGULAR, px, UI_INK};
		span[n++] =
			(struct ui_span){kiosk_word(k, W_sealed_next_1b), UI_REGULAR, px, UI_INK};
		span[n++] = (struct ui_span){"\n", UI_REGULAR, px, UI_INK};
		span[n++] = (struct ui_span){words_fill(k->lang, W_sealed_next_2a, day), UI_BOLD,
					     px, UI_INK};
		span[n++] = (struct ui_span){"\n", UI_REGULAR, px, UI_INK};
		span[n++] =
			(struct ui_span){kiosk_word(k, W_sealed_next_2b), UI_REGULAR, px, UI_INK};
	} else {
		span[n++] = (struct ui_span){words_fill(k->lang, W_sealed_next_offline, reader),
					     UI_REGULAR, px, UI_INK};
	}
	if (u->size != UI_XLARGE) {
		span[n++] = (struct ui_span){"\n", UI_REGULAR, px, UI_INK};
		span[n++] =
			(struct ui_span){kiosk_word(k, W_sealed_next_3), UI_REGULAR, px, UI_INK};
	}
	int title_px = ui_px(u, UI_H3), title_h = title_px * 14 / 10, leading = 150,
	    h = title_h + ui_spans_height(span, n, w, leading);
	/* Long words: closer lines, so that all of them stand inside the card. */
	if (h > card.h - 32)
		h = title_h + ui_spans_height(span, n, w, leading = 120);
	int y = card.y + (card.h - h) / 2;
	ui_label(u, (struct ui_rect){card.x + pad, y, w, title_h - 8},
		 ui_pen(UI_TITLE, title_px, UI_INK), UI_LEFT, kiosk_word(k, W_sealed_next));
	ui_spans(u, (struct ui_rect){card.x + pad, y + title_h, w, 0}, span, n,
		 ui_flow(leading, UI_LEFT, 0));
}

/* That the code must be kept; with `put` it is drawn. Gives the height. */
static int care(struct kiosk *k, struct ui *u, struct ui_rect r, bool put)
{
	int px = ui_px(u, UI_CAPTION) + 2, w = r.w - 56;
	const char *words = kiosk_word(k, W_sealed_care);
	if (put) {
		ui_list_icon(&u->list, (struct ui_rect){r.x, r.y + 4, 40, 40}, "info", UI_PINE_D,
			     UI_SUN, 30);
		ui_words(u, (struct ui_rect){r.x + 56, r.y + 2, w, 0},
			 ui_pen(UI_REGULAR, px, UI_INK2), 140, UI_LEFT, words);
	}
	return ui_words_height(UI_REGULAR, px, w, 140, words) + 4;
}

/* In the bar, left of its buttons; while the page is read aloud they take the place. */
static void wiped_by_itself(struct kiosk *k, struct ui *u, int x)
{
	char seconds[8];
	struct ui_rect bar = ui_bar_rect(u);
	int px = ui_px(u, UI_CAPTION) + 2, right = u->w;
	snprintf(seconds, sizeof seconds, "%d", IDLE_SEALED_S);
	const char *text = words_fill(k->lang, W_sealed_auto,
				      (const struct word_arg[]){{"n", seconds}, {NULL, NULL}});
	for (size_t i = 0; i < u->list.targets; i++) {
		struct ui_rect r = u->list.target[i].rect;
		if (r.y >= bar.y && r.x < right)
			right = r.x;
	}
	char half[UI_HALVED];
	int w = right - 24 - x;
	text = ui_words_halved(UI_REGULAR, px, w, text, half);
	int h = w < 0 ? bar.h : ui_words_height(UI_REGULAR, px, w, 125, text);
	if (h < bar.h - 16)
		ui_words(u, (struct ui_rect){x, bar.y + (bar.h - h) / 2, w, h},
			 ui_pen(UI_REGULAR, px, UI_INK2), 125, UI_LEFT, text);
}

void sealed_draw(struct kiosk *k, struct ui *u)
{
	if (k->letter == NULL || !k->letter->sealed) {
		kiosk_home(k);
		return;
	}
	int y = page_letter_top(k, u, 5) + 16;
	struct ui_rect c = ui_content(u, y);
	int bottom = c.y + c.h - 12;
	if (u->portrait) {
		y += 8 + heading(k, u, (struct ui_rect){c.x, y + 8, c.w, c.h}) + 22;
		/* Large digits as long as the code to photograph keeps its size. */
		int care_h = care(k, u, (struct ui_rect){c.x, y, c.w, 0}, false);
		bool tall = bottom - y - code_height(k, u, true) - 24 - care_h - 12 >= QR_CARD_MIN;
		y += code_card(k, u, (struct ui_rect){c.x, y, c.w, 0}, tall) + 24;
		int h = bottom - y - care_h - 12, w = 384;
		h = h > 470 ? 470 : h;
		qr_card(k, u, (struct ui_rect){c.x, y, w, h});
		next_card(k, u, (struct ui_rect){c.x + w + 24, y, c.w - w - 24, h});
		care(k, u, (struct ui_rect){c.x, y + h + 16, c.w, care_h}, true);
	} else {
		int w = u->size == UI_XLARGE ? 608 : 560, left = c.w - w - 32;
		int care_h = care(k, u, (struct ui_rect){c.x, y, left, 0}, false);
		int room = bottom - y - 16 - code_height(k, u, false) - 14 - care_h;
		int at = y + heading(k, u, (struct ui_rect){c.x, y + 4, left, room}) + 16;
		at += code_card(k, u, (struct ui_rect){c.x, at, left, 0}, false) + 14;
		care(k, u, (struct ui_rect){c.x, at, left, 0}, true);
		int qr_h = 250;
		qr_card(k, u, (struct ui_rect){c.x + c.w - w, y, w, qr_h});
		next_card(
			k, u,
			(struct ui_rect){c.x + c.w - w, y + qr_h + 20, w, bottom - y - qr_h - 20});
	}
	const struct ui_bar_button done = {.id = "sealed.done",
					   .icon = "door",
					   .label = kiosk_word(k, W_sealed_done),
					   .kind = UI_BUTTON_PRIMARY,
					   .right = true};
	if (strcmp(page_bar(k, u, u->portrait ? PAGE_BARE : 0, &done, 1), "sealed.done") == 0)
		kiosk_leave(k);
	wiped_by_itself(k, u, c.x);
}
