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
	enum err e = lookup_find(k->books, k->queue, k->settings, k->home.place, &receipt,
				 t->own ? t->own_digits : NULL, k->keys, k->found);
	secret_wipe(&receipt, sizeof receipt);
	t->wait_s = lookup_wait(k->queue);
	if (e == ERR_REFUSED)
		return;
	if (e == OK && k->found->found) {
		k->rating = -1;
		k->follow_sent = k->adding = k->added = false;
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
	ui_label(u, (struct ui_rect){c.x + 112, y, c.w - 112, 88}, UI_TITLE, px, UI_INK, UI_LEFT,
		 kiosk_word(k, W_track_title));
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

/* 我另设了四个数字; gives the height used. */
static int own_row(struct kiosk *k, struct ui *u, struct ui_rect r, bool hint)
{
	struct track *t = &k->track;
	int px = ui_px(u, UI_LABEL),
	    w = ui_label_width(UI_BOLD, px, kiosk_word(k, W_track_own)) + 150;
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
		if (ui_hit(u, rest, "track.own-digits")) {
			t->own_typing = true;
			k->redraw = true;
		}
		digits_box(u, rest, t->own_digits, RECEIPT_OWN, 60, 0,
			   digits_look_of(t->own_digits, RECEIPT_OWN, t->own_typing));
	} else if (hint && rest.w > ui_label_width(UI_REGULAR, ui_px(u, UI_CAPTION) + 2,
						   kiosk_word(k, W_track_own_sub))) {
		ui_label(u, rest, UI_REGULAR, ui_px(u, UI_CAPTION) + 2, UI_INK2, UI_LEFT,
			 kiosk_word(k, W_track_own_sub));
	}
	return 96;
}

static void message(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	const struct track *t = &k->track;
	char n[16], g[16];
	int px = ui_px(u, UI_BODY);
	if (t->wait_s > 0) {
		snprintf(n, sizeof n, "%d", t->wait_s);
		ui_list_icon(&u->list, (struct ui_rect){r.x, r.y + 2, 48, 48}, "clock", UI_PINE_D,
			     UI_SUN, 30);
		ui_words(u, (struct ui_rect){r.x + 68, r.y + 2, r.w - 68, 0}, UI_REGULAR, px,
			 UI_INK, 140, UI_LEFT,
			 words_fill(k->lang, W_track_slow,
				    (const struct word_arg[]){{"n", n}, {NULL, NULL}}));
		return;
	}
	if (t->check_failed) {
		const char *a =
			kiosk_word(k, t->by_words ? W_track_words_check_a : W_track_check_a);
		const char *b =
			kiosk_word(k, t->by_words ? W_track_words_check_b : W_track_check_b);
		const struct ui_span span[] = {{a, UI_BOLD, px, UI_DANGER},
					       {"\n", UI_REGULAR, px, UI_INK},
					       {b, UI_REGULAR, px, UI_INK}};
		int h = ui_spans_height(span, 3, r.w - 112, 140) + 28;
		struct ui_rect box = {r.x, r.y, r.w, h};
		ui_list_box(&u->list, box, 18, UI_DANGER_T, 0, UI_DANGER_T);
		ui_list_icon(&u->list, (struct ui_rect){box.x + 24, box.y + (h - 48) / 2, 48, 48},
			     "warn", UI_DANGER, UI_DANGER_T, 30);
		ui_spans(u, (struct ui_rect){box.x + 92, box.y + 14, r.w - 112, 0}, span, 3, 140,
			 UI_LEFT, 0);
		return;
	}
	const char *words;
	if (code_complete(t)) {
		words = kiosk_word(k, t->by_words ? W_track_words_done : W_track_complete);
	} else if (t->own_typing) {
		words = kiosk_word(k, W_track_own_enter);
	} else {
		int left = 0;
		for (int i = 0; i < GROUP_DIGITS; i++)
			left += t->digits[t->group * GROUP_DIGITS + i] == ' ';
		snprintf(n, sizeof n, "%d", left);
		snprintf(g, sizeof g, "%d", t->group + 1);
		words = words_fill(k->lang, W_track_left,
				   (const struct word_arg[]){{"g", g}, {"n", n}, {NULL, NULL}});
	}
	ui_words(u, (struct ui_rect){r.x, r.y + 4, r.w, 0}, UI_REGULAR, px, UI_INK, 140, UI_LEFT,
		 words);
}

static void digits_page(struct kiosk *k, struct ui *u, struct ui_rect c, int y)
{
	struct track *t = &k->track;
	int bottom = c.y + c.h - 18, gap = 20;
	int card_w = u->portrait ? c.w : 1040,
	    card_h = u->portrait ? (bottom - y) * 52 / 100 : bottom - y;
	struct ui_rect card = {c.x, y, card_w, card_h};
	ui_card(u, card, UI_CARD);
	int pad = 38, x = card.x + pad, w = card.w - 2 * pad, at = card.y + 24,
	    px = ui_px(u, UI_LABEL);
	const struct ui_span head[] = {
		{kiosk_word(k, W_track_digits_a), UI_BOLD, px, UI_INK},
		{" ", UI_REGULAR, px, UI_INK2},
		{kiosk_word(k, W_track_digits_b), UI_REGULAR, px - 4, UI_INK2}};
	at += ui_spans(u, (struct ui_rect){x, at, w, 0}, head, 3, 135, UI_LEFT, 1) + 18;
	int box_w = (w - gap) / 2, box_h = 118;
	for (int g = 0; g < GROUPS; g++) {
		char id[16];
		struct ui_rect box = {x + (box_w + gap) * (g % 2), at + (box_h + gap) * (g / 2),
				      box_w, box_h};
		snprintf(id, sizeof id, "track.group%d", g % 10 + 1);
		if (ui_hit(u, box, id)) {
			/* Touching a full group empties it to be typed again. */
			if (digits_complete(t->digits + g * GROUP_DIGITS, GROUP_DIGITS))
				memset(t->digits + g * GROUP_DIGITS, ' ', GROUP_DIGITS);
			t->group = g;
			t->own_typing = t->check_failed = false;
			k->redraw = true;
		}
		digits_box(u, box, t->digits + g * GROUP_DIGITS, GROUP_DIGITS, 78, g + 1,
			   digits_look_of(t->digits + g * GROUP_DIGITS, GROUP_DIGITS,
					  !t->own_typing && g == t->group &&
						  !digits_complete(t->digits, RECEIPT_DIGITS)));
	}
	at += 2 * box_h + gap + 24;
	message(k, u, (struct ui_rect){x, at, w, 0});
	if (!t->check_failed || u->size == UI_STANDARD)
		own_row(k, u, (struct ui_rect){x, card.y + card.h - 96 - 28, w, 96}, true);
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

static void words_page(struct kiosk *k, struct ui *u, struct ui_rect c, int y)
{
	struct track *t = &k->track;
	int bottom = c.y + c.h - 14, own_h = 96;
	struct ui_rect area = {c.x, y, c.w, bottom - y};
	/* The four digits need the pad: it takes the picker's place while they are typed. */
	if (t->own && t->own_typing) {
		int zero = 0;
		message(k, u, (struct ui_rect){c.x, y + own_h + 24, c.w, 0});
		own_row(k, u, (struct ui_rect){c.x, y, c.w, own_h}, false);
		int w = u->portrait ? c.w - 120 : 720;
		char key =
			ui_digit_pad(u,
				     (struct ui_rect){u->portrait ? c.x + 60 : c.x + c.w - w,
						      y + (u->portrait ? own_h + 110 : 0), w,
						      bottom - y - (u->portrait ? own_h + 110 : 0)},
				     kiosk_word(k, W_track_clear));
		if (key != 0) {
			kiosk_mark_personal(k);
			(void)digits_type(t->own_digits, RECEIPT_OWN, RECEIPT_OWN, &zero, key);
			if (digits_complete(t->own_digits, RECEIPT_OWN))
				t->own_typing = false;
			k->redraw = true;
		}
		return;
	}
	bool done = t->check_failed || t->wait_s > 0 || code_complete(t);
	area.h -= own_h + 16;
	track_words(k, u, area, !done || t->slot >= 0);
	if (done && t->slot < 0)
		message(k, u, (struct ui_rect){c.x, y + 130, c.w, 0});
	own_row(k, u, (struct ui_rect){c.x, bottom - own_h, c.w, own_h}, true);
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
			 {kiosk_word(k, W_notfound_b), UI_REGULAR, px, UI_INK2}},
		.bodies = 2,
		.small = told              ? kiosk_word(k, W_notfound_told)
			 : trouble != NULL ? trouble
					   : kiosk_word(k, W_notfound_tell_sub),
		.button = {{.id = "notfound.again",
			    .icon = "refresh",
			    .label = kiosk_word(k, W_notfound_again),
			    .kind = UI_BUTTON_PRIMARY},
			   {.id = "notfound.tell",
			    .icon = "envelope",
			    .label = kiosk_word(k, W_notfound_tell),
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
