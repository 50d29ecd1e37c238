/* track.c - 20: looking a case up by the sixteen digits or the five words, and what is said when
 * nothing is found. */
#include "app/kiosk/digits.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/secret.h"
#include "app/kiosk/track_words.h"
#include "ui/keyboard.h"

#include <stdio.h>
#include <string.h>

enum { GROUPS = 4, GROUP_DIGITS = 4 };

void track_begin(struct kiosk *k)
{
	struct track *t = &k->track;
	memset(t, 0, sizeof *t);
	memset(t->digits, ' ', RECEIPT_DIGITS);
	memset(t->own_digits, ' ', RECEIPT_OWN);
	for (int i = 0; i < RECEIPT_WORDS; i++)
		t->word[i] = -1;
	t->wait_s = lookup_wait(k->queue);
	kiosk_go(k, SCREEN_TRACK);
}

static bool code_complete(const struct track *t)
{
	if (t->own && !digits_complete(t->own_digits, RECEIPT_OWN))
		return false;
	if (!t->by_words)
		return digits_complete(t->digits, RECEIPT_DIGITS);
	for (int i = 0; i < RECEIPT_WORDS; i++)
		if (t->word[i] < 0)
			return false;
	return true;
}

static enum err code_read(const struct track *t, struct receipt *out)
{
	uint16_t word[RECEIPT_WORDS];
	if (!t->by_words)
		return receipt_from_digits(t->digits, out);
	for (int i = 0; i < RECEIPT_WORDS; i++)
		word[i] = (uint16_t)t->word[i];
	return receipt_from_words(word, out);
}

static void look_up(struct kiosk *k)
{
	struct track *t = &k->track;
	struct receipt receipt;
	if (k->found == NULL)
		k->found = secret_take(sizeof *k->found);
	if (k->keys == NULL)
		k->keys = secret_take(sizeof *k->keys);
	if (k->found == NULL || k->keys == NULL || k->books == NULL ||
	    code_read(t, &receipt) != OK) {
		kiosk_go(k, SCREEN_NOT_FOUND);
		return;
	}
	const struct lookup_in in = {k->books, k->queue, k->settings, k->home.place};
	enum err e = lookup_find(&in, &receipt, t->own ? t->own_digits : NULL, k->keys, k->found);
	secret_wipe(&receipt, sizeof receipt);
	t->wait_s = lookup_wait(k->queue);
	if (e == ERR_REFUSED)
		return;
	if (e == OK && k->found->found) {
		k->rating = -1;
		k->follow_sent = k->adding = k->added = k->steps_early = false;
		k->follow_result = LETTER_SEALED;
		kiosk_go(k, SCREEN_CASE);
	} else {
		kiosk_go(k, SCREEN_NOT_FOUND);
	}
}

static void press_go(struct kiosk *k)
{
	struct receipt receipt;
	/* A code that cannot be one is told at once and costs nothing. */
	if (code_read(&k->track, &receipt) != OK) {
		k->track.check_failed = true;
		k->redraw = true;
		return;
	}
	secret_wipe(&receipt, sizeof receipt);
	kiosk_defer(k, kiosk_word(k, W_looking), look_up);
}

/* --- the page --- */

static int title_row(struct kiosk *k, struct ui *u, struct ui_rect c, int y)
{
	struct ui_segment s[2] = {
		{.id = "track.digits",
		 .icon = "keyboard",
		 .label = kiosk_word(k, W_track_by_digits),
		 .on = !k->track.by_words},
		{.id = "track.words",
		 .icon = "list",
		 .label = kiosk_word(k, W_track_by_words),
		 .on = k->track.by_words},
	};
	int px = ui_px(u, UI_H2), w = ui_segments_width(u, s, 2);
	ui_plate(u, (struct ui_rect){c.x, y, 88, 88}, UI_SUN_T, "follow", 56);
	ui_label(u, (struct ui_rect){c.x + 112, y, c.w - 112, 88}, ui_pen(UI_TITLE, px, UI_INK),
		 UI_LEFT, kiosk_word(k, W_track_title));
	struct ui_rect at = {c.x + c.w - w, y - 4, w, 96};
	if (u->portrait)
		at = (struct ui_rect){c.x, y + 112, c.w, 96};
	int hit = ui_segments(u, at, s, 2);
	if (hit >= 0 && k->track.by_words != (hit == 1)) {
		k->track.by_words = hit == 1;
		k->track.check_failed = k->track.own_typing = false;
		k->redraw = true;
	}
	return u->portrait ? 112 + 96 + 24 : 88 + 20;
}

/* 我另设了四个数字, and beside it the box they are typed into. */
static void own_row(struct kiosk *k, struct ui *u, struct ui_rect r, bool hint)
{
	struct track *t = &k->track;
	int px = ui_px(u, UI_BODY),
	    w = ui_label_width(UI_BOLD, px, kiosk_word(k, W_track_own)) + 116;
	w = w > r.w ? r.w : w;
	if (ui_check(u, (struct ui_rect){r.x, r.y, w, 96}, "track.own", kiosk_word(k, W_track_own),
		     t->own)) {
		t->own = t->own_typing = !t->own;
		memset(t->own_digits, ' ', RECEIPT_OWN);
		k->redraw = true;
	}
	struct ui_rect rest = {r.x + w + 24, r.y, r.w - w - 24, 96};
	if (t->own) {
		rest.w = rest.w > 320 ? 320 : rest.w;
		if (ui_hit(u, rest, "own.digits")) {
			t->own_typing = true;
			k->redraw = true;
		}
		digits_box(u, rest,
			   (struct digits_group){.digits = t->own_digits,
						 .count = RECEIPT_OWN,
						 .look = digits_look_of(t->own_digits, RECEIPT_OWN,
									t->own_typing)},
			   60);
	} else if (hint && rest.w > ui_label_width(UI_REGULAR, ui_px(u, UI_CAPTION) + 2,
						   kiosk_word(k, W_track_own_sub))) {
		ui_label(u, rest, ui_pen(UI_REGULAR, ui_px(u, UI_CAPTION) + 2, UI_INK2), UI_LEFT,
			 kiosk_word(k, W_track_own_sub));
	}
}

/* What stands under the places; spans into `out`. */
static size_t message_spans(struct kiosk *k, struct ui *u, struct ui_span out[3])
{
	const struct track *t = &k->track;
	char n[16], g[16];
	int px = ui_px(u, UI_BODY), left = 0;
	const char *words;
	if (t->wait_s > 0) {
		snprintf(n, sizeof n, "%d", t->wait_s);
		words = words_fill(k->lang, W_track_slow,
				   (const struct word_arg[]){{"n", n}, {NULL, NULL}});
	} else if (t->check_failed) {
		out[0] = (struct ui_span){
			kiosk_word(k, t->by_words ? W_track_words_check_a : W_track_check_a),
			UI_BOLD, px, UI_INK};
		out[1] = (struct ui_span){"\n", UI_REGULAR, px, UI_INK};
		out[2] = (struct ui_span){
			kiosk_word(k, t->by_words ? W_track_words_check_b : W_track_check_b),
			UI_REGULAR, px, UI_INK};
		return 3;
	} else if (code_complete(t)) {
		words = kiosk_word(k, t->by_words ? W_track_words_done : W_track_complete);
	} else if (t->own_typing || t->by_words) {
		words = kiosk_word(k, W_track_own_enter);
	} else {
		for (int i = 0; i < GROUP_DIGITS; i++)
			left += t->digits[t->group * GROUP_DIGITS + i] == ' ';
		snprintf(n, sizeof n, "%d", left);
		snprintf(g, sizeof g, "%d", t->group + 1);
		words = words_fill(k->lang, W_track_left,
				   (const struct word_arg[]){{"g", g}, {"n", n}, {NULL, NULL}});
	}
	out[0] = (struct ui_span){words, UI_REGULAR, px, UI_INK};
	return 1;
}

/* With something to mind it stands in a sun box: a wrong digit is no danger. */
static bool message_boxed(const struct track *t)
{
	return t->wait_s > 0 || t->check_failed;
}

static int message_height(struct kiosk *k, struct ui *u, int w)
{
	struct ui_span span[3];
	size_t n = message_spans(k, u, span);
	return message_boxed(&k->track) ? ui_spans_height(span, n, w - 128, 130) + 28
					: ui_spans_height(span, n, w, 130) + 8;
}

static void message(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	struct ui_span span[3];
	size_t n = message_spans(k, u, span);
	int h = message_height(k, u, r.w);
	if (!message_boxed(&k->track)) {
		ui_spans(u, (struct ui_rect){r.x, r.y + 4, r.w, h}, span, n,
			 ui_flow(130, UI_LEFT, 0));
		return;
	}
	ui_list_box(&u->list, (struct ui_rect){r.x, r.y, r.w, h}, 18, UI_SUN_T, 3, UI_SUN);
	ui_list_icon(&u->list, (struct ui_rect){r.x + 30, r.y + (h - 56) / 2, 56, 56},
		     k->track.wait_s > 0 ? "clock" : "info", UI_PINE_D, UI_SUN, 30);
	ui_spans(u, (struct ui_rect){r.x + 112, r.y + 14, r.w - 128, h - 14}, span, n,
		 ui_flow(130, UI_LEFT, 0));
}

/* The four groups; gives the height used. */
static int groups(struct kiosk *k, struct ui *u, struct ui_rect r, int columns)
{
	struct track *t = &k->track;
	int gap = columns == GROUPS ? 14 : 20, box_h = 118, lines = GROUPS / columns,
	    box_w = (r.w - gap * (columns - 1)) / columns;
	for (int g = 0; g < GROUPS; g++) {
		char id[16], *digits = t->digits + (ptrdiff_t)g * GROUP_DIGITS;
		struct ui_rect box = {r.x + (box_w + gap) * (g % columns),
				      r.y + (box_h + gap) * (g / columns), box_w, box_h};
		snprintf(id, sizeof id, "track.group%d", g % 10 + 1);
		if (ui_hit(u, box, id)) {
			/* Touching a full group empties it to be typed again. */
			if (digits_complete(digits, GROUP_DIGITS))
				memset(digits, ' ', GROUP_DIGITS);
			t->group = g;
			t->own_typing = t->check_failed = false;
			k->redraw = true;
		}
		bool current = !t->own_typing && g == t->group &&
			       !digits_complete(t->digits, RECEIPT_DIGITS);
		digits_box(u, box,
			   (struct digits_group){
				   .digits = digits,
				   .count = GROUP_DIGITS,
				   .number = g + 1,
				   .look = t->check_failed
						   ? DIGITS_DOUBTED
						   : digits_look_of(digits, GROUP_DIGITS, current)},
			   columns == GROUPS ? 60 : 78);
	}
	return lines * box_h + (lines - 1) * gap;
}

static void digits_card(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	enum { HEAD = 70, OWN = 96 + 24, BOXES = 2 * 118 + 20 };
	int pad = 38, x = card.x + pad, w = card.w - 2 * pad, y = card.y + 20,
	    px = ui_px(u, UI_LABEL), words = message_height(k, u, w);
	const struct ui_span head[] = {
		{kiosk_word(k, W_track_digits_a), UI_BOLD, px, UI_INK},
		{" ", UI_REGULAR, px, UI_INK2},
		{kiosk_word(k, W_track_digits_b), UI_REGULAR, px - 4, UI_INK2}};
	ui_card(u, card, UI_CARD);
	ui_spans(u, (struct ui_rect){x, y, w, HEAD}, head, 3, ui_flow(130, UI_LEFT, 1));
	y += HEAD;
	/* Large words below: the groups stand in one row, so that the resident's own digits keep
	 * their place. */
	bool tight = y + BOXES + 20 + words + 16 + OWN > card.y + card.h;
	y += groups(k, u, (struct ui_rect){x, y, w, 0}, tight ? GROUPS : 2) + 20;
	message(k, u, (struct ui_rect){x, y, w, 0});
	own_row(k, u, (struct ui_rect){x, card.y + card.h - OWN, w, 96}, true);
}

static void digits_page(struct kiosk *k, struct ui *u, struct ui_rect c, int y)
{
	struct track *t = &k->track;
	int bottom = c.y + c.h - 18, card_w = u->portrait ? c.w : 1040,
	    card_h = u->portrait ? (bottom - y) * 52 / 100 : bottom - y;
	digits_card(k, u, (struct ui_rect){c.x, y, card_w, card_h});
	struct ui_rect pad_r =
		u->portrait ? (struct ui_rect){c.x + 60, y + card_h + 32, c.w - 120,
					       bottom - y - card_h - 40}
			    : (struct ui_rect){c.x + card_w + 32, y, c.w - card_w - 32, bottom - y};
	char key = ui_digit_pad(u, pad_r, kiosk_word(k, W_track_clear));
	if (key == 0)
		return;
	int zero = 0;
	t->check_failed = false;
	kiosk_mark_personal(k);
	k->redraw = true;
	if (t->own_typing)
		(void)digits_type(t->own_digits, RECEIPT_OWN, RECEIPT_OWN, &zero, key);
	else
		(void)digits_type(t->digits, RECEIPT_DIGITS, GROUP_DIGITS, &t->group, key);
	if (!t->own_typing && t->own && digits_complete(t->digits, RECEIPT_DIGITS))
		t->own_typing = true;
}

/* The four digits need the pad: it takes the picker's place while they are typed. */
static void own_page(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	struct track *t = &k->track;
	int zero = 0, w = u->portrait ? r.w - 120 : 780, text_w = u->portrait ? r.w : r.w - w - 48;
	message(k, u, (struct ui_rect){r.x, r.y, text_w, 0});
	int y = r.y + message_height(k, u, text_w) + 16;
	digits_box(u, (struct ui_rect){r.x, y, u->portrait ? r.w : 520, 118},
		   (struct digits_group){.digits = t->own_digits,
					 .count = RECEIPT_OWN,
					 .look = digits_look_of(t->own_digits, RECEIPT_OWN, true)},
		   78);
	struct ui_rect pad = {r.x + r.w - w, r.y, w, r.h};
	if (u->portrait)
		pad = (struct ui_rect){r.x + 60, y + 118 + 32, w, r.y + r.h - y - 150 - 8};
	char key = ui_digit_pad(u, pad, kiosk_word(k, W_track_clear));
	if (key == 0)
		return;
	kiosk_mark_personal(k);
	(void)digits_type(t->own_digits, RECEIPT_OWN, RECEIPT_OWN, &zero, key);
	if (digits_complete(t->own_digits, RECEIPT_OWN))
		t->own_typing = false;
	k->redraw = true;
}

static void own_toggle(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	struct track *t = &k->track;
	if (!ui_check(u, r, "track.own", kiosk_word(k, W_track_own), t->own))
		return;
	t->own = t->own_typing = !t->own;
	memset(t->own_digits, ' ', RECEIPT_OWN);
	k->redraw = true;
}

static void words_page(struct kiosk *k, struct ui *u, struct ui_rect c, int y)
{
	struct track *t = &k->track;
	enum { PLACES_H = 104 };
	int bottom = c.y + c.h - 14, gap = 20,
	    own_w = ui_label_width(UI_BOLD, ui_px(u, UI_BODY), kiosk_word(k, W_track_own)) + 116;
	struct ui_rect places = {c.x, y, c.w, PLACES_H}, own = {c.x, y, own_w, PLACES_H};
	if (u->portrait) {
		own.y += PLACES_H + 16;
		own.h = 96;
	} else {
		own.x = c.x + c.w - own_w;
		places.w -= own_w + gap;
	}
	own_toggle(k, u, own);
	track_words_places(k, u, places);
	int top = (u->portrait ? own.y + own.h : y + PLACES_H) + 18;
	struct ui_rect rest = {c.x, top, c.w, bottom - top};
	bool all = true;
	for (int i = 0; i < RECEIPT_WORDS; i++)
		all = all && t->word[i] >= 0;
	if (all && t->slot < 0 && t->own && !digits_complete(t->own_digits, RECEIPT_OWN))
		t->own_typing = true;
	if (t->own && t->own_typing)
		own_page(k, u, rest);
	else if (t->slot >= 0 && t->wait_s == 0 && !t->check_failed)
		track_words_picker(k, u, rest);
	else
		message(k, u, (struct ui_rect){c.x, top + 8, c.w, 0});
}

void track_draw(struct kiosk *k, struct ui *u)
{
	int y = page_top(k, u) + 20;
	struct ui_rect c = ui_content(u, y);
	if (k->track.wait_s > 0) {
		k->track.wait_s = lookup_wait(k->queue);
		ui_wake_at(u, k->now_ms + 1000);
	}
	y += title_row(k, u, c, y);
	if (k->track.by_words)
		words_page(k, u, c, y);
	else
		digits_page(k, u, c, y);
	bool ready = code_complete(&k->track) && k->track.wait_s == 0 && !k->track.check_failed;
	const struct ui_bar_button go = {.id = "track.go",
					 .icon = "search",
					 .label = kiosk_word(k, W_track_go),
					 .kind = ready ? UI_BUTTON_PRIMARY : UI_BUTTON_OFF,
					 .right = true};
	if (strcmp(page_bar(k, u, PAGE_BACK | PAGE_HOME, &go, 1), "track.go") == 0)
		press_go(k);
}

/* --- 23: not found --- */

static void tell(struct kiosk *k)
{
	struct letter_road road = kiosk_road(k);
	k->track.told = true;
	k->track.tell_result = k->keys == NULL ? LETTER_FAILED
					       : letter_tell_county(&road, k->keys, kiosk_today(k));
}

void not_found_draw(struct kiosk *k, struct ui *u)
{
	/* 县里 or 市里: whoever reads it says its own name. */
	const struct body *county =
		k->settings == NULL
			? NULL
			: settings_reader(k->settings, k->home.place, whom_reader(WHOM_TOWN));
	const struct word_arg to[] = {{"county", county == NULL ? "" : county->short_name},
				      {NULL, NULL}};
	int y = page_top(k, u), px = ui_px(u, UI_BODY) + 2;
	struct ui_rect c = ui_content(u, y);
	bool told = k->track.told && k->track.tell_result == LETTER_SEALED;
	const char *trouble = NULL;
	if (k->track.told && !told)
		trouble = kiosk_word(k, k->track.tell_result == LETTER_NO_ROOM ? W_seal_full
									       : W_seal_failed);
	struct page_notice n = {
		.icon = "search",
		.title = kiosk_word(k, W_notfound),
		.body = {{kiosk_word(k, k->track.by_words ? W_notfound_words : W_notfound_a),
			  UI_BOLD, px, UI_INK},
			 {words_fill(k->lang, W_notfound_b, to), UI_REGULAR, px, UI_INK2}},
		.bodies = 2,
		.small = told              ? words_fill(k->lang, W_notfound_told, to)
			 : trouble != NULL ? trouble
					   : words_fill(k->lang, W_notfound_tell_sub, to),
		.button = {{.id = "notfound.again",
			    .icon = "refresh",
			    .label = kiosk_word(k, W_notfound_again),
			    .kind = UI_BUTTON_PRIMARY},
			   {.id = "notfound.tell",
			    .icon = "envelope",
			    .label = words_fill(k->lang, W_notfound_tell, to),
			    .kind = UI_BUTTON_OUTLINE}},
		.buttons = told ? 1 : 2,
	};
	int hit = page_notice(k, u, c, &n);
	if (hit == 0)
		kiosk_back(k);
	else if (hit == 1)
		kiosk_defer(k, kiosk_word(k, W_sealing), tell);
	const struct ui_bar_button done = {.id = "notfound.done",
					   .icon = "door",
					   .label = kiosk_word(k, W_case_done),
					   .kind = UI_BUTTON_PLAIN,
					   .right = true};
	if (strcmp(page_bar(k, u, PAGE_BACK, &done, 1), "notfound.done") == 0)
		kiosk_leave(k);
}
