/* line.c - 06: one entry of the ledger, in questions and answers, down to the proof that it is what
 * was published. */
#include "app/kiosk/brief.h"
#include "app/kiosk/facts.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/source.h"
#include "app/village/money.h"

#include <stdio.h>
#include <string.h>

/* The fingerprint in groups of four: on one line, else on two of the same length. */
static const char *print_lines(const char *print, int px, int w)
{
	static char text[48];
	snprintf(text, sizeof text, "%s", print);
	size_t len = strlen(text);
	if (ui_label_width(UI_REGULAR, px, text) > w)
		for (size_t i = len / 2; i < len; i++)
			if (text[i] == ' ') {
				text[i] = '\n';
				break;
			}
	return text;
}

/* What the village's supervision committee said to the sheet of this entry; NULL when nothing. */
static const struct shelf_word *committee(const struct kiosk *k)
{
	return k->accounts == NULL
		       ? NULL
		       : shelf_word(accounts_shelf(k->accounts), k->row_sheet.publication);
}

/* Who signed for the village, or that nobody did. */
static const char *signed_by(struct kiosk *k)
{
	const struct shelf_word *w = committee(k);
	if (w == NULL || w->supervisor[0] == 0)
		return kiosk_word(k, W_line_committee_none);
	return words_fill(k->lang, W_line_committee,
			  (const struct word_arg[]){{"who", w->supervisor}, {NULL, NULL}});
}

/* A card of its own for what somebody on the committee did not agree to; gives its height. */
static int objection(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	const struct shelf_word *w = committee(k);
	int px = ui_px(u, UI_BODY), pad = 36, x = r.x + pad + 100, width = r.w - 2 * pad - 100;
	if (w == NULL || w->objection[0] == 0)
		return 0;
	/* Many words are written smaller rather than cut. */
	if (ui_words_height(UI_REGULAR, px, width, 140, w->objection) > r.h / 2)
		px = ui_px(u, UI_CAPTION);
	const char *title = kiosk_word(k, W_line_committee_against);
	int title_h = ui_words_height(UI_BOLD, px, width, 140, title),
	    h = title_h + ui_words_height(UI_REGULAR, px, width, 140, w->objection) + 48;
	ui_card(u, (struct ui_rect){r.x, r.y, r.w, h}, UI_DANGER_T);
	ui_list_icon(&u->list, (struct ui_rect){r.x + pad, r.y + (h - 64) / 2, 64, 64}, "people",
		     UI_DANGER, UI_DANGER_T, 30);
	ui_words(u, (struct ui_rect){x, r.y + 24, width, 0}, ui_pen(UI_BOLD, px, UI_DANGER), 140,
		 UI_LEFT, title);
	ui_words(u, (struct ui_rect){x, r.y + 24 + title_h, width, 0},
		 ui_pen(UI_REGULAR, px, UI_INK), 140, UI_LEFT, w->objection);
	return h + 20;
}

/* That this entry is what was published, with the number to compare it by. Gives the height; with
 * `put` it is drawn. */
static int proof(struct kiosk *k, struct ui *u, struct ui_rect r, bool put)
{
	char print[40];
	int px = ui_px(u, UI_BODY), small = ui_px(u, UI_CAPTION) + 2, pad = 36, w = r.w - 2 * pad;
	sheet_fingerprint(&k->row_sheet.entry.hash, print);
	const char *digits = print_lines(print, small, w);
	const char *published =
		source_lines(k, k->accounts == NULL ? NULL : accounts_shelf(k->accounts),
			     k->row_sheet.publication, small, w);
	const struct ui_span body[] = {
		{kiosk_word(k, W_line_proof_body), UI_REGULAR, small, UI_INK2},
		{"\n", UI_REGULAR, small, UI_INK2},
		{kiosk_word(k, W_line_print), UI_BOLD, small, UI_INK2},
		{"\n", UI_REGULAR, small, UI_INK2},
		{digits, UI_REGULAR, small, UI_INK},
		{"\n", UI_REGULAR, small, UI_INK2},
		{signed_by(k), UI_REGULAR, small, UI_INK2},
		{"\n", UI_REGULAR, small, UI_INK2},
		{published, UI_REGULAR, small, UI_INK2}};
	enum { SPANS = sizeof body / sizeof body[0], SENTENCE = 2, DAY = 2 };
	const char *title = kiosk_word(k, W_line_proof);
	int title_h = ui_words_height(UI_BOLD, px, w - 80, 135, title),
	    head = title_h < 56 ? 56 : title_h, body_h = ui_spans_height(body, SPANS, w, 145);
	/* In very large words the sentence and the day give way to what only stands here. */
	size_t skip = 0, count = SPANS;
	if (26 + head + 14 + body_h + 26 > r.h) {
		skip = SENTENCE;
		count = SPANS - SENTENCE;
		body_h = ui_spans_height(body + skip, count, w, 145);
	}
	if (26 + head + 14 + body_h + 26 > r.h) {
		count -= DAY;
		body_h = ui_spans_height(body + skip, count, w, 145);
	}
	/* An objection of many words needs the room; the proof stands beside every other entry. */
	const struct shelf_word *said = committee(k);
	if (said != NULL && said->objection[0] != 0 && 26 + head + 14 + body_h + 26 > r.h)
		return 0;
	struct ui_rect card = {r.x, r.y, r.w, 26 + head + 14 + body_h + 26};
	if (!put)
		return card.h;
	ui_card(u, card, UI_CARD_WARM);
	ui_dot_done(u, card.x + pad, card.y + 26, 56, "check");
	ui_words(u,
		 (struct ui_rect){card.x + pad + 80, card.y + 26 + (head - title_h) / 2, w - 80,
				  title_h},
		 ui_pen(UI_BOLD, px, UI_INK), 135, UI_LEFT, title);
	ui_spans(u, (struct ui_rect){card.x + pad, card.y + 26 + head + 14, w, body_h}, body + skip,
		 count, ui_flow(145, UI_LEFT, 0));
	return card.h;
}

/* What was changed in this row, when and why; gives the height used with the gap below. */
static int changes(struct kiosk *k, struct ui *u, struct ui_rect r, bool put)
{
	struct buf text;
	int px = ui_px(u, UI_BODY), pad = 36, h = 0;
	buf_init(&text, FACT_CHANGES_MAX);
	if (fact_changes(k, &text)) {
		h = ui_words_height(UI_REGULAR, px, r.w - 2 * pad - 80, 140, buf_str(&text)) + 40;
	}
	if (put && h > 0) {
		ui_list_box(&u->list, (struct ui_rect){r.x, r.y, r.w, h}, UI_RADIUS_BUTTON,
			    UI_SUN_T, 0, UI_SUN_T);
		ui_list_icon(&u->list, (struct ui_rect){r.x + pad, r.y + (h - 48) / 2, 48, 48},
			     "pen", UI_PINE_D, UI_SUN, 30);
		ui_words(u, (struct ui_rect){r.x + pad + 76, r.y + 20, r.w - 2 * pad - 80, 0},
			 ui_pen(UI_REGULAR, px, UI_INK), 140, UI_LEFT, buf_str(&text));
	}
	buf_free(&text);
	return h == 0 ? 0 : h + 20;
}

/* Its first page tells what was changed; else it begins where the questions do. */
static void open_entry(struct kiosk *k)
{
	k->entry_page = margin_was(k->margin) != NULL ? 0 : -1;
	kiosk_go(k, SCREEN_ENTRY);
}

/* That somebody asked about this row: the question, and the way to the answer. */
static int asked(struct kiosk *k, struct ui *u, struct ui_rect r, bool put)
{
	const struct margin_note *n = k->margin == NULL ? NULL : margin_note(k->margin, 0);
	int px = ui_px(u, UI_BODY), pad = 36, w = r.w - 2 * pad;
	if (n == NULL)
		return 0;
	const char *who =
		words_fill(k->lang, W_line_asked,
			   (const struct word_arg[]){{"office", n->office}, {NULL, NULL}});
	const char *see = kiosk_word(k, W_line_asked_see);
	int button_w = ui_button_width(u, UI_BUTTON_SOFT, "list", see, NULL),
	    text_w = w - button_w - 24;
	int who_h = ui_words_height(UI_BOLD, px, text_w, 130, who), line = px * 14 / 10,
	    h = who_h + line + 36;
	h = h < UI_TOUCH_MIN + 28 ? UI_TOUCH_MIN + 28 : h;
	if (!put)
		return h + 20;
	ui_card(u, (struct ui_rect){r.x, r.y, r.w, h}, UI_CARD_WARM);
	ui_words(u, (struct ui_rect){r.x + pad, r.y + 18, text_w, who_h},
		 ui_pen(UI_BOLD, px, UI_INK), 130, UI_LEFT, who);
	ui_label_cut(u, (struct ui_rect){r.x + pad, r.y + 18 + who_h, text_w, line},
		     ui_pen(UI_REGULAR, px, UI_INK2), UI_LEFT, n->question);
	if (ui_button(u,
		      (struct ui_rect){r.x + r.w - pad - button_w, r.y + (h - UI_TOUCH_MIN) / 2,
				       button_w, UI_TOUCH_MIN},
		      "line.asked", UI_BUTTON_SOFT, ui_caption("list", see, NULL)))
		open_entry(k);
	return h + 20;
}

/* Changes, questions, what the committee did not agree to, and the proof below the voucher. Where
 * they do not fit, one button leads to the page that says all of it. */
static void below(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	bool changed = k->margin != NULL && margin_was(k->margin) != NULL;
	bool notes = k->margin != NULL && margin_notes(k->margin) > 0;
	int bottom = r.y + r.h;
	r.y += objection(k, u, r);
	r.h = bottom - r.y;
	int need = changes(k, u, r, false) + asked(k, u, r, false);
	struct ui_rect rest = {r.x, r.y + need, r.w, r.h - need};
	if (need + proof(k, u, rest, false) <= r.h) {
		r.y += changes(k, u, r, true);
		r.y += asked(k, u, r, true);
	} else if (changed || notes) {
		const char *label = kiosk_word(k, changed && notes ? W_line_more_both
						  : changed        ? W_line_more_changed
								   : W_line_more_asked);
		if (ui_button(u, (struct ui_rect){r.x, r.y, r.w, UI_TOUCH_MIN}, "line.asked",
			      UI_BUTTON_SOFT, ui_caption(changed ? "pen" : "list", label, NULL)))
			open_entry(k);
		r.y += UI_TOUCH_MIN + 20;
	}
	(void)proof(k, u, (struct ui_rect){r.x, r.y, r.w, bottom - r.y}, true);
}

/* How many pages of paper there are, and the way to their pictures. Gives its height. */
static int voucher_card(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	char pages[24], here[24];
	bool travels = k->row.attach_count > 0, attached = k->row.attachments > 0 || travels;
	int px = ui_px(u, UI_BODY), pad = 36, n = k->row.attachments;
	const char *see = kiosk_word(k, W_line_see);
	int see_w = travels ? ui_button_width(u, UI_BUTTON_PRIMARY, "image", see, NULL) : 0;
	int x = r.x + pad + 100, w = r.w - 2 * pad - 100;
	bool beside = !travels || w - see_w - 24 >= px * 7;
	int seen = (int)k->row.attach_count;
	snprintf(pages, sizeof pages, "%d", n > 0 ? n % 1000 : seen);
	snprintf(here, sizeof here, "%d", seen);
	const char *words =
		attached ? words_fill(k->lang,
				      travels && n > seen ? W_line_attached_some : W_line_attached,
				      (const struct word_arg[]){
					      {"n", pages}, {"m", here}, {NULL, NULL}})
			 : kiosk_word(k, W_line_missing_body);
	int words_w = travels && beside ? w - see_w - 24 : w,
	    words_h = ui_words_height(UI_REGULAR, px, words_w, 140, words);
	int inner = words_h + (attached ? 0 : 54) + (beside ? 0 : 96 + 16),
	    h = inner + 56 < 150 ? 150 : inner + 56;
	struct ui_rect card = {r.x, r.y, r.w, h};
	ui_card(u, card, attached ? UI_CARD : UI_DANGER_T);
	ui_list_icon(&u->list, (struct ui_rect){card.x + pad, card.y + (card.h - 64) / 2, 64, 64},
		     attached ? "paper" : "warn", attached ? UI_PINE_D : UI_DANGER,
		     attached ? UI_SUN : UI_DANGER_T, 30);
	int y = card.y + (card.h - inner) / 2;
	if (!attached) {
		ui_label(u, (struct ui_rect){x, y, w, 50}, ui_pen(UI_BOLD, px, UI_DANGER), UI_LEFT,
			 kiosk_word(k, W_line_missing));
		y += 54;
	}
	ui_words(u, (struct ui_rect){x, y, words_w, 0}, ui_pen(UI_REGULAR, px, UI_INK), 140,
		 UI_LEFT, words);
	struct ui_rect button = {beside ? card.x + card.w - pad - see_w : x,
				 beside ? card.y + (card.h - 96) / 2 : y + words_h + 16, see_w, 96};
	if (travels &&
	    ui_button(u, button, "line.see", UI_BUTTON_PRIMARY, ui_caption("image", see, NULL)))
		voucher_open(k, 0);
	return h;
}

/* Voucher, what it was before, and the proof: what this screen knows besides the row itself. */
static void beside(struct kiosk *k, struct ui *u, struct ui_rect area)
{
	int h = voucher_card(k, u, area) + 20;
	below(k, u, (struct ui_rect){area.x, area.y + h, area.w, area.h - h});
}

void line_draw(struct kiosk *k, struct ui *u)
{
	struct ui_rect c = ui_content(u, page_top(k, u));
	if (!k->have_row) {
		kiosk_back(k);
		return;
	}
	if (u->portrait) {
		const struct shelf_word *said = committee(k);
		bool more = k->margin != NULL && u->size == UI_XLARGE &&
			    (margin_was(k->margin) != NULL || margin_notes(k->margin) > 0);
		int share = more ? 50 : said != NULL && said->objection[0] != 0 ? 52 : 58;
		int h = (c.h - 60) * share / 100;
		brief_row(k, u, (struct ui_rect){c.x, c.y + 20, c.w, h});
		beside(k, u, (struct ui_rect){c.x, c.y + 20 + h + 24, c.w, c.h - h - 64});
	} else {
		int w = (c.w - 28) * 54 / 100;
		brief_row(k, u, (struct ui_rect){c.x, c.y + 20, w, c.h - 36});
		beside(k, u, (struct ui_rect){c.x + w + 28, c.y + 20, c.w - w - 28, c.h - 36});
	}
	const struct ui_bar_button ask = {
		.id = "line.ask",
		.icon = "help",
		.label = kiosk_word(k, W_line_ask),
		.sub = u->size == UI_STANDARD ? kiosk_word(k, W_line_ask_sub) : NULL,
		.kind = UI_BUTTON_SUN,
		.right = true};
	if (strcmp(page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SIZE, &ask, 1), "line.ask") == 0)
		file_begin(k, true);
}
