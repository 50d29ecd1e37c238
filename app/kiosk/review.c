/* review.c - 18: everything once more before it is sealed, what happens then, and the resident's
 * own four digits. 封好，送出去 is the only way to submit. */
#include "app/kiosk/attached.h"
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
	{"attached.drop", W_review_attached, SCREEN_REVIEW},
	{"review.show", W_review_show, SCREEN_REVIEW},
	{"review.rest", W_review_rest, SCREEN_MATTER},
};
enum {
	ROW_WHEN = 2,
	ROW_WISH = 4,
	ROW_NAME,
	ROW_ATTACHED,
	ROW_SHOW,
	ROW_REST,
	ROWS,
	ROW_H_MIN = 94
};
_Static_assert(ROWS == sizeof rows / sizeof rows[0], "every row has its name");

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

static void append(char out[REVIEW_TEXT], const char *text)
{
	size_t len = strlen(out);
	if (text[0] != 0)
		snprintf(out + len, REVIEW_TEXT - len, "%s%s", len > 0 ? " · " : "", text);
}

/* Name, telephone, and what the resident asked for: all of it is sealed, so all of it is seen. */
static void reach_text(const struct kiosk *k, char out[REVIEW_TEXT])
{
	const struct complaint *c = &k->letter->says;
	enum word why;
	out[0] = 0;
	append(out, c->name);
	append(out, c->phone);
	if (c->please_ring)
		append(out, kiosk_word(k, W_review_ring));
	if (c->please_come)
		append(out, kiosk_word(k, W_review_come));
	if (reach_missing(c, &why))
		append(out, kiosk_word(k, W_who_short));
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
	case ROW_ATTACHED:
		attached_text(k, out, REVIEW_TEXT);
		break;
	case ROW_SHOW:
		joined(k, kiosk_word(k, c->may_publish ? W_review_show_on : W_review_show_off), "",
		       out);
		break;
	case 4:
		joined(k, c->answer[ASK_HARM], c->answer[ASK_WISH], out);
		break;
	case ROW_REST:
		joined(k, "", "", out);
		break;
	default:
		if (c->named)
			reach_text(k, out);
		else
			joined(k, kiosk_word(k, W_name_anon), "", out);
		break;
	}
}

static int label_width(const struct ui *u)
{
	return u->size == UI_XLARGE ? 260 : 220;
}

static const char *button_word(const struct kiosk *k, int row)
{
	if (row == ROW_SHOW)
		return kiosk_word(k, k->letter->says.may_publish ? W_review_show_no
								 : W_review_show_yes);
	return kiosk_word(k, row == ROW_ATTACHED ? W_attached_drop : W_review_change);
}

static const char *button_icon(const struct kiosk *k, int row)
{
	if (row == ROW_SHOW)
		return k->letter->says.may_publish ? "hidden" : "eye";
	return row == ROW_ATTACHED ? "close" : "pen";
}

static int button_width(const struct kiosk *k, const struct ui *u, int row)
{
	int w = ui_button_width(u, UI_BUTTON_SOFT, button_icon(k, row), button_word(k, row), NULL);
	return w < 130 ? 130 : w;
}

/* Height of what a row says when it is `w` wide. */
static int row_text_height(struct kiosk *k, struct ui *u, int row, int w)
{
	char text[REVIEW_TEXT];
	row_text(k, row, text);
	int h = ui_words_height(UI_BOLD, ui_px(u, UI_BODY),
				w - label_width(u) - button_width(k, u, row) - 24, 130, text);
	explicit_bzero(text, sizeof text);
	return h;
}

/* The words of the attached row may be cut, its amount never. */
static void attached_words(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	int px = ui_px(u, UI_BODY), amount_w;
	const char *text = k->letter->says.row.text, *amount = attached_amount(k);
	amount_w = ui_label_width(UI_BOLD, px, amount) + 2;
	int text_w = r.w - amount_w - 16, whole = ui_label_width(UI_BOLD, px, text);
	ui_label_cut(u, (struct ui_rect){r.x, r.y, text_w, r.h}, ui_pen(UI_BOLD, px, UI_INK),
		     UI_LEFT, text);
	ui_label(u,
		 (struct ui_rect){r.x + (whole < text_w ? whole : text_w) + 16, r.y, amount_w, r.h},
		 ui_pen(UI_BOLD, px, UI_INK), UI_LEFT, amount);
}

/* As many lines as there is room for; the whole text is one touch away behind 改. */
static void row_words(struct kiosk *k, struct ui *u, struct ui_rect r, int row)
{
	char text[REVIEW_TEXT];
	int px = ui_px(u, UI_BODY), line = px * 130 / 100;
	row_text(k, row, text);
	int h = ui_words_height(UI_BOLD, px, r.w, 130, text);
	if (row == ROW_ATTACHED)
		attached_words(k, u, r);
	else if (h <= r.h - 4 || h <= line)
		ui_words(u, (struct ui_rect){r.x, r.y + (r.h - h) / 2, r.w, r.h},
			 ui_pen(UI_BOLD, px, UI_INK), 130, UI_LEFT, text);
	else
		ui_label_cut(u, r, ui_pen(UI_BOLD, px, UI_INK), UI_LEFT, text);
	explicit_bzero(text, sizeof text);
}

static void row_draw(struct kiosk *k, struct ui *u, struct ui_rect r, int row, bool last)
{
	int label_px = ui_px(u, UI_CAPTION) + (k->lang == LANG_EN ? 0 : 4),
	    label_w = label_width(u), button_w = button_width(k, u, row);
	ui_label(u, (struct ui_rect){r.x, r.y, label_w - 12, r.h},
		 ui_pen(UI_REGULAR, label_px, UI_INK2), UI_LEFT, kiosk_word(k, rows[row].label));
	row_words(k, u, (struct ui_rect){r.x + label_w, r.y, r.w - label_w - button_w - 24, r.h},
		  row);
	int button_h = r.h - 4 < UI_TOUCH_MIN ? r.h - 4 : UI_TOUCH_MIN;
	if (ui_button(u,
		      (struct ui_rect){r.x + r.w - button_w, r.y + (r.h - button_h) / 2, button_w,
				       button_h},
		      rows[row].id, UI_BUTTON_SOFT,
		      ui_caption(button_icon(k, row), button_word(k, row), NULL))) {
		if (row == ROW_ATTACHED) {
			attached_drop(k);
		} else if (row == ROW_SHOW) {
			k->letter->says.may_publish = !k->letter->says.may_publish;
			k->redraw = true;
		} else {
			k->changing = true;
			kiosk_go(k, rows[row].change);
		}
	}
	if (!last)
		ui_list_fill(&u->list, (struct ui_rect){r.x, r.y + r.h - 1, r.w, 2}, UI_LINE);
}

static bool row_empty(const struct kiosk *k, int row)
{
	int first = row == ROW_WHEN ? ASK_WHEN : row == ROW_WISH ? ASK_HARM : ASK_WHO;
	const struct complaint *c = &k->letter->says;
	return row >= ROW_WHEN && row <= ROW_WISH && c->answer[first][0] == 0 &&
	       c->answer[first + 1][0] == 0;
}

/* What belongs to one household is never public beside its row, nor is what discipline reads. */
static bool may_be_shown(const struct kiosk *k)
{
	const struct catalogue_template *t =
		catalogue_find(k->catalogue, k->letter->says.row.template_id);
	return complaint_could_publish(&k->letter->says) && t != NULL && !t->household &&
	       !t->beside;
}

/* Which rows are shown. Where they would get too low to be touched, those nothing was written in
 * become one. */
static int rows_shown(const struct kiosk *k, int room, int list[ROWS])
{
	int all = ROW_ATTACHED + (k->letter->says.about_row ? 1 : 0) + (may_be_shown(k) ? 1 : 0),
	    n = 0, empty = 0;
	bool tight = room / all < ROW_H_MIN + 12;
	for (int i = 0; i < all; i++) {
		if (tight && row_empty(k, i)) {
			if (empty++ == 0)
				list[n++] = i;
			else
				list[n - 1] = ROW_REST;
		} else {
			empty = 0;
			list[n++] = i;
		}
	}
	return n;
}

/* Every row gets what its words need as far as that goes, the last ones first: how the resident is
 * found must be seen whole. What is left over is shared. */
static void list_card(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	int list[ROWS], h[ROWS], room = card.h - 8, count = rows_shown(k, room, list),
				 pad = u->portrait ? 28 : 30, y = card.y + 4,
				 least = room / count < ROW_H_MIN ? room / count : ROW_H_MIN,
				 spare = room - count * least;
	for (int i = count - 1; i >= 0; i--) {
		int need = row_text_height(k, u, list[i], card.w - 2 * pad) + 8;
		bool more = need > least && need - least <= spare && list[i] != ROW_ATTACHED;
		h[i] = more ? need : least;
		spare -= h[i] - least;
	}
	ui_card(u, card, UI_CARD);
	for (int i = 0; i < count; i++) {
		h[i] += spare / count;
		row_draw(k, u, (struct ui_rect){card.x + pad, y, card.w - 2 * pad, h[i]}, list[i],
			 i + 1 == count);
		y += h[i];
	}
}

/* The four lines 送出去以后; with `put` they are drawn. Gives the height. */
static int after_lines(struct kiosk *k, struct ui *u, struct ui_rect r, int leading, bool put)
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
	for (int i = 0; i < 4; i++) {
		char number[16];
		snprintf(number, sizeof number, "%d", i + 1);
		struct ui_rect dot = {r.x, y + px * leading / 200 - 18, 36, 36};
		if (put) {
			ui_list_box(&u->list, dot, 18, UI_SUN_T, 2, UI_SUN_TEXT);
			ui_label(u, dot, ui_pen(UI_REGULAR, 24, UI_SUN_TEXT), UI_CENTER, number);
			ui_spans(u, (struct ui_rect){r.x + 48, y, r.w - 48, r.y + r.h - y},
				 line[i].span, (size_t)line[i].count, ui_flow(leading, UI_LEFT, 0));
		}
		y += ui_spans_height(line[i].span, (size_t)line[i].count, r.w - 48, leading) + 2;
	}
	return y - r.y;
}

enum { AFTER_PAD = 40, AFTER_BUTTON = 96, AFTER_FOOT = 28, AFTER_ICON = 96 };

static int after_x(const struct ui *u)
{
	return AFTER_PAD + (u->portrait ? AFTER_ICON + 40 : 0);
}

/* Height of the card in portrait, where the list above takes the rest. */
static int after_height(struct kiosk *k, struct ui *u, int w)
{
	struct ui_rect r = {0, 0, w - after_x(u) - AFTER_PAD, 0};
	return 28 + ui_px(u, UI_H3) * 13 / 10 + 8 +
	       after_lines(k, u, r, u->size == UI_XLARGE ? 130 : 150, false) + 20 + AFTER_BUTTON +
	       AFTER_FOOT;
}

static void after_card(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	int title_px = ui_px(u, UI_H3), title_h = title_px * 13 / 10,
	    leading = u->size == UI_XLARGE ? 130 : 150;
	ui_list_box(&u->list, (struct ui_rect){card.x, card.y + 4, card.w, card.h}, UI_RADIUS_CARD,
		    UI_SHADOW_SUN, 0, UI_SUN);
	ui_list_box(&u->list, card, UI_RADIUS_CARD, UI_SUN_T, 2, UI_SUN);
	const char *own = kiosk_word(k, k->letter->own[0] != 0 ? W_review_own_button_set
							       : W_review_own_button);
	struct ui_rect button = {card.x + AFTER_PAD, card.y + card.h - AFTER_BUTTON - AFTER_FOOT,
				 card.w - 2 * AFTER_PAD, AFTER_BUTTON};
	struct ui_rect r = {card.x + after_x(u), card.y + 24,
			    card.w - after_x(u) - AFTER_PAD + (u->portrait ? 0 : 16), 0};
	int room = button.y - 12 - r.y - title_h - 8;
	if (u->portrait)
		ui_list_icon(&u->list,
			     (struct ui_rect){card.x + AFTER_PAD, r.y + (room - AFTER_ICON) / 2,
					      AFTER_ICON, AFTER_ICON},
			     "envelope", UI_INK, UI_SUN, 30);
	int used = after_lines(k, u, r, leading, false);
	/* Long words: closer lines, so that all four stand above the button. */
	if (used > room)
		used = after_lines(k, u, r, leading = 118, false);
	if (!u->portrait && room - used >= 96) {
		ui_list_icon(&u->list, (struct ui_rect){r.x, r.y + 4, 80, 80}, "envelope", UI_INK,
			     UI_SUN, 30);
		r.y += 88;
		room -= 88;
	}
	ui_label(u, (struct ui_rect){r.x, r.y, r.w, title_h}, ui_pen(UI_TITLE, title_px, UI_INK),
		 UI_LEFT, kiosk_word(k, W_review_after));
	r.y += title_h + 8;
	r.h = room;
	(void)after_lines(k, u, r, leading, true);
	if (ui_button(u, button, "review.own", UI_BUTTON_OUTLINE,
		      ui_caption(k->letter->own[0] != 0 ? "check" : "plus", own, NULL))) {
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
	y += ui_words(u, (struct ui_rect){c.x, y, w, 0}, ui_pen(UI_TITLE, px, UI_INK), 125, UI_LEFT,
		      kiosk_word(k, W_review_own_title)) +
	     8;
	y += ui_words(u, (struct ui_rect){c.x, y, w, 0}, ui_pen(UI_REGULAR, body, UI_INK2), 145,
		      UI_LEFT, kiosk_word(k, W_review_own_body)) +
	     32;
	bool full = digits_complete(own, RECEIPT_OWN);
	digits_box(u, (struct ui_rect){c.x, y, u->portrait ? c.w : 560, 150},
		   (struct digits_group){.digits = own,
					 .count = RECEIPT_OWN,
					 .look = full ? DIGITS_FULL : DIGITS_TYPED},
		   96);
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
	ui_words(u, (struct ui_rect){c.x + 104, y + 18, c.w - 140, 0},
		 ui_pen(UI_BOLD, px, UI_DANGER), 135, UI_LEFT, words);
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
	enum word why;
	bool ready = !k->letter->says.named || !reach_missing(&k->letter->says, &why);
	k->changing = false;
	int y = page_letter_top(k, u, 4), px = ui_px(u, UI_H2) + (u->portrait ? 4 : -2),
	    sub = ui_px(u, UI_CAPTION) + 4;
	struct ui_rect c = ui_content(u, y);
	const struct ui_span span[] = {{kiosk_word(k, W_review_title), UI_TITLE, px, UI_INK},
				       {u->portrait ? "\n" : "   ", UI_REGULAR, sub, UI_INK2},
				       {kiosk_word(k, W_review_sub), UI_REGULAR, sub, UI_INK2}};
	y += 14;
	y += ui_spans(u, (struct ui_rect){c.x, y, c.w, 0}, span, 3, ui_flow(125, UI_LEFT, 0)) + 12;
	y += trouble(k, u, c, y);
	int bottom = c.y + c.h - 14;
	if (u->portrait) {
		int after_h = after_height(k, u, c.w);
		list_card(k, u, (struct ui_rect){c.x, y, c.w, bottom - y - after_h - 28});
		after_card(k, u, (struct ui_rect){c.x, bottom - after_h, c.w, after_h});
	} else {
		int w = u->size == UI_XLARGE ? 680 : u->size == UI_LARGE ? 600 : 540;
		list_card(k, u, (struct ui_rect){c.x, y, c.w - w - 32, bottom - y});
		after_card(k, u, (struct ui_rect){c.x + c.w - w, y, w, bottom - y});
	}
	const struct ui_bar_button submit = {.id = "review.submit",
					     .icon = "lock",
					     .label = kiosk_word(k, W_review_submit),
					     .kind = ready ? UI_BUTTON_PRIMARY : UI_BUTTON_OFF,
					     .right = true};
	if (strcmp(page_bar(k, u, PAGE_BACK | PAGE_LEAVE, &submit, 1), "review.submit") == 0)
		kiosk_defer(k, kiosk_word(k, W_sealing), seal);
}
