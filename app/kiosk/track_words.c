#include "app/kiosk/track_words.h"

#include "ui/card.h"

#include <stdio.h>
#include <string.h>

enum { INITIALS = 26, SYLLABLES_MAX = 32, WORDS_MAX = 12, KEY_H_MAX = 150 };

static const char *initial_label(char c)
{
	switch (c) {
	case 'c':
		return "c / ch";
	case 'l':
		return "l / n";
	case 's':
		return "s / sh";
	case 'z':
		return "z / zh";
	default:
		return NULL;
	}
}

static bool initial_used(char c)
{
	char text[2] = {c, 0};
	for (int i = 0; i < RECEIPT_LIST; i++)
		if (strcmp(receipt_word_initial((uint16_t)i), text) == 0)
			return true;
	return false;
}

/* Which letters begin a word, looked at once. */
static const char *initials(void)
{
	static char letters[INITIALS + 1];
	int n = 0;
	if (letters[0] != 0)
		return letters;
	for (int c = 'a'; c <= 'z'; c++)
		if (initial_used((char)c))
			letters[n++] = (char)c;
	return letters;
}

static int syllables(const char *initial, const char *out[SYLLABLES_MAX])
{
	int n = 0;
	for (uint16_t i = 0; i < RECEIPT_LIST && initial[0] != 0; i++) {
		const char *s = receipt_word_syllable(i);
		bool known = strcmp(receipt_word_initial(i), initial) != 0;
		for (int j = 0; j < n && !known; j++)
			known = strcmp(out[j], s) == 0;
		if (!known && n < SYLLABLES_MAX)
			out[n++] = s;
	}
	return n;
}

static int words_of(const char *syllable, int out[WORDS_MAX])
{
	int n = 0;
	for (uint16_t i = 0; i < RECEIPT_LIST && syllable[0] != 0; i++)
		if (strcmp(receipt_word_syllable(i), syllable) == 0 && n < WORDS_MAX)
			out[n++] = i;
	return n;
}

static bool key(struct ui *u, struct ui_rect r, const char *id, const char *label, int px)
{
	bool hit = ui_hit(u, r, id), pressed = ui_pressed(u, id);
	if (pressed)
		r.y += 4;
	else
		ui_list_box(&u->list, (struct ui_rect){r.x, r.y + 4, r.w, r.h}, UI_RADIUS_KEY,
			    UI_SHADOW_KEY, 0, UI_LINE);
	ui_list_box(&u->list, r, UI_RADIUS_KEY, pressed ? UI_SUN : UI_WHITE, 2, UI_LINE);
	ui_label(u, r, ui_pen(UI_REGULAR, px, UI_INK), UI_CENTER, label);
	return hit;
}

void track_words_places(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	struct track *t = &k->track;
	int gap = u->portrait ? 14 : 20, w = (r.w - 4 * gap) / RECEIPT_WORDS;
	for (int i = 0; i < RECEIPT_WORDS; i++) {
		struct ui_rect cell = {r.x + (w + gap) * i, r.y, w, r.h};
		char id[24], number[4] = {(char)('1' + i), 0};
		bool chosen = t->word[i] >= 0, now = t->slot == i;
		const char *word = chosen ? receipt_word((uint16_t)t->word[i]) : "";
		snprintf(id, sizeof id, "track.word%d", i + 1);
		if (ui_hit(u, cell, id)) {
			t->slot = i;
			t->initial[0] = t->syllable[0] = 0;
			t->check_failed = t->own_typing = false;
			k->redraw = true;
		}
		if (chosen)
			ui_list_secret(&u->list, cell);
		if (t->check_failed)
			ui_list_dashed(&u->list, cell, 18, UI_WHITE, 4, UI_INK2);
		else if (chosen || now)
			ui_list_box(&u->list, cell, 18, chosen ? UI_SUN_T : UI_CARD_WARM,
				    now ? 6 : 3, UI_SUN);
		else
			ui_list_dashed(&u->list, cell, 18, UI_WHITE, 4, UI_EDGE);
		int px = chosen ? ui_px(u, UI_H2) : 28, number_w = 34;
		if (!chosen && now)
			word = kiosk_word(k, W_track_word_choosing);
		int word_w =
			word[0] == 0 ? 0 : ui_label_width(chosen ? UI_TITLE : UI_REGULAR, px, word);
		int x = cell.x + (w - word_w - (word_w > 0 ? number_w : 18)) / 2;
		ui_label(u, (struct ui_rect){x, cell.y + 2, number_w, cell.h},
			 ui_pen(UI_REGULAR, 30, UI_INK2), UI_LEFT, number);
		if (word_w > 0)
			ui_label(u, (struct ui_rect){x + number_w, cell.y, word_w + 2, cell.h},
				 ui_pen(chosen ? UI_TITLE : UI_REGULAR, px,
					chosen ? UI_INK : UI_INK2),
				 UI_LEFT, word);
	}
}

/* --- the picker: three pages, one after the other, so that every key is large --- */

/* Place of key i when `count` of them fill `r`: every key at least 88 high. */
static struct ui_rect grid(struct ui_rect r, int columns, int count, int i)
{
	int gap = 14, lines = (count + columns - 1) / columns,
	    h = (r.h - gap * (lines - 1) - 6) / lines, w = (r.w - gap * (columns - 1)) / columns;
	h = h > KEY_H_MAX ? KEY_H_MAX : h;
	return (struct ui_rect){r.x + (w + gap) * (i % columns), r.y + (h + gap) * (i / columns), w,
				h};
}

static void initials_page(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	struct track *t = &k->track;
	const char *letters = initials();
	int count = (int)strlen(letters), columns = u->portrait ? 4 : 8, px = ui_px(u, UI_H2) - 8;
	for (int i = 0; i < count; i++) {
		char id[16], letter[2] = {letters[i], 0};
		const char *label = initial_label(letters[i]);
		snprintf(id, sizeof id, "track.i.%s", letter);
		if (!key(u, grid(r, columns, count, i), id, label == NULL ? letter : label, px))
			continue;
		snprintf(t->initial, sizeof t->initial, "%s", letter);
		t->syllable[0] = 0;
		kiosk_mark_personal(k);
		k->redraw = true;
	}
}

static void syllables_page(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	struct track *t = &k->track;
	const char *list[SYLLABLES_MAX];
	int count = syllables(t->initial, list), columns = u->portrait ? 4 : 7,
	    px = ui_px(u, UI_H2) - 8;
	for (int i = 0; i < count; i++) {
		char id[24];
		snprintf(id, sizeof id, "track.s.%s", list[i]);
		if (!key(u, grid(r, columns, count, i), id, list[i], px))
			continue;
		snprintf(t->syllable, sizeof t->syllable, "%s", list[i]);
		k->redraw = true;
	}
}

static void choose(struct kiosk *k, int word)
{
	struct track *t = &k->track;
	t->word[t->slot] = word;
	t->initial[0] = t->syllable[0] = 0;
	t->slot = -1;
	for (int s = RECEIPT_WORDS - 1; s >= 0; s--)
		if (t->word[s] < 0)
			t->slot = s;
	k->redraw = true;
}

static void words_page(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	struct track *t = &k->track;
	int list[WORDS_MAX], count = words_of(t->syllable, list), columns = u->portrait ? 3 : 4,
			     px = ui_px(u, UI_H2) + 2;
	for (int i = 0; i < count; i++) {
		char id[16];
		struct ui_rect cell = grid(r, columns, count, i);
		snprintf(id, sizeof id, "track.w.%d", list[i] % 10000);
		bool hit = ui_hit(u, cell, id), pressed = ui_pressed(u, id);
		if (pressed)
			cell.y += 4;
		else
			ui_list_box(&u->list, (struct ui_rect){cell.x, cell.y + 4, cell.w, cell.h},
				    18, UI_SHADOW_KEY, 0, UI_LINE);
		ui_list_box(&u->list, cell, 18, pressed ? UI_SUN_T : UI_WHITE, 2, UI_LINE);
		ui_label(u, cell, ui_pen(UI_TITLE, px, UI_INK), UI_CENTER,
			 receipt_word((uint16_t)list[i]));
		if (hit) {
			choose(k, list[i]);
			return;
		}
	}
}

/* Which word, how it sounds so far, and the way back one page; gives the height. */
static int head(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	enum { HEAD_H = 96 };
	struct track *t = &k->track;
	bool first = t->initial[0] == 0, last = t->syllable[0] != 0;
	char g[16];
	int px = ui_px(u, UI_BODY);
	const char *label = initial_label(t->initial[0]);
	snprintf(g, sizeof g, "%d", t->slot + 1);
	const struct ui_span span[] = {
		{words_fill(k->lang, W_track_word_n,
			    (const struct word_arg[]){{"n", g}, {NULL, NULL}}),
		 UI_BOLD, px, UI_INK},
		{"  ", UI_REGULAR, px, UI_INK},
		{kiosk_word(k, last ? W_track_word_choose : W_track_word_how), UI_REGULAR, px,
		 UI_INK},
		{"  ", UI_REGULAR, px, UI_INK},
		{last                     ? t->syllable
		 : !first                 ? (label == NULL ? t->initial : label)
		 : u->size == UI_STANDARD ? kiosk_word(k, W_track_word_same)
					  : "",
		 first ? UI_REGULAR : UI_BOLD, first ? px - 4 : px, first ? UI_INK2 : UI_PINE}};
	int w = r.w;
	if (!first) {
		const char *again = kiosk_word(k, W_track_word_again);
		int button = ui_button_width(u, UI_BUTTON_PLAIN, "back", again, NULL);
		w -= button + 24;
		if (ui_button(u, (struct ui_rect){r.x + r.w - button, r.y + 2, button, 88},
			      "track.again", UI_BUTTON_PLAIN, ui_caption("back", again, NULL))) {
			if (last)
				t->syllable[0] = 0;
			else
				t->initial[0] = 0;
			k->redraw = true;
		}
	}
	int h = ui_spans_height(span, 5, w, 125), room = first || h > HEAD_H ? h + 12 : HEAD_H;
	ui_spans(u, (struct ui_rect){r.x, r.y + (room - h) / 2, w, room}, span, 5,
		 ui_flow(125, UI_LEFT, 0));
	return room;
}

void track_words_picker(struct kiosk *k, struct ui *u, struct ui_rect area)
{
	struct track *t = &k->track;
	int pad = 24;
	struct ui_rect r = {area.x + pad, area.y + 10, area.w - 2 * pad, area.h - 20};
	ui_card(u, area, UI_CARD);
	int used = head(k, u, r) + 8;
	r.y += used;
	r.h -= used;
	if (t->initial[0] == 0)
		initials_page(k, u, r);
	else if (t->syllable[0] == 0)
		syllables_page(k, u, r);
	else
		words_page(k, u, r);
}
