#include "app/kiosk/track_words.h"

#include "ui/card.h"

#include <stdio.h>
#include <string.h>

enum { INITIALS = 26, SYLLABLES_MAX = 32, WORDS_MAX = 12, COLUMNS = 8 };

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
	for (uint16_t i = 0; i < RECEIPT_LIST; i++)
		if (strcmp(receipt_word_initial(i), text) == 0)
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
	for (char c = 'a'; c <= 'z'; c++)
		if (initial_used(c))
			letters[n++] = c;
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

static bool key(struct ui *u, struct ui_rect r, const char *id, const char *label, int px, bool on)
{
	bool hit = ui_hit(u, r, id), pressed = ui_pressed(u, id);
	if (pressed)
		r.y += 4;
	else
		ui_list_box(&u->list, (struct ui_rect){r.x, r.y + 4, r.w, r.h}, UI_RADIUS_KEY,
			    on ? UI_SHADOW_PINE : UI_SHADOW_KEY, 0, UI_LINE);
	ui_list_box(&u->list, r, UI_RADIUS_KEY,
		    pressed ? UI_SUN
		    : on    ? UI_PINE
			    : UI_WHITE,
		    2, UI_LINE);
	ui_label(u, r, UI_REGULAR, px, on && !pressed ? UI_WHITE : UI_INK, UI_CENTER, label);
	return hit;
}

static void places(struct kiosk *k, struct ui *u, struct ui_rect r)
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
		if (chosen || now)
			ui_list_box(&u->list, cell, 18, chosen ? UI_SUN_T : UI_CARD_WARM,
				    now ? 6 : 3, UI_SUN);
		else
			ui_list_dashed(&u->list, cell, 18, UI_WHITE, 4, UI_EDGE);
		int px = chosen ? 52 : 28, number_w = 34;
		if (!chosen && now)
			word = kiosk_word(k, W_track_word_choosing);
		int word_w =
			word[0] == 0 ? 0 : ui_label_width(chosen ? UI_TITLE : UI_REGULAR, px, word);
		int x = cell.x + (w - word_w - (word_w > 0 ? number_w : 18)) / 2;
		ui_label(u, (struct ui_rect){x, cell.y + 2, number_w, cell.h}, UI_REGULAR, 30,
			 UI_INK2, UI_LEFT, number);
		if (word_w > 0)
			ui_label(u, (struct ui_rect){x + number_w, cell.y, word_w + 2, cell.h},
				 chosen ? UI_TITLE : UI_REGULAR, px, chosen ? UI_INK : UI_INK2,
				 UI_LEFT, word);
	}
}

static void sounds(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	struct track *t = &k->track;
	const char *letters = initials(), *list[SYLLABLES_MAX];
	int count = (int)strlen(letters), n = syllables(t->initial, list),
	    columns = n > 2 * COLUMNS ? (n + 1) / 2 : COLUMNS;
	char g[16];
	int pad = 24, x = card.x + pad, w = card.w - 2 * pad, y = card.y + 14,
	    px = ui_px(u, UI_BODY) - 2, gap = 12;
	snprintf(g, sizeof g, "%d", t->slot + 1);
	const struct ui_span head[] = {
		{words_fill(k->lang, W_track_word_n,
			    (const struct word_arg[]){{"n", g}, {NULL, NULL}}),
		 UI_BOLD, px, UI_INK},
		{" ", UI_REGULAR, px, UI_INK},
		{kiosk_word(k, W_track_word_how), UI_REGULAR, px, UI_INK},
		{" ", UI_REGULAR, px, UI_INK},
		{u->size == UI_STANDARD && k->lang != LANG_EN ? kiosk_word(k, W_track_word_same)
							      : "",
		 UI_REGULAR, px - 2, UI_INK2}};
	ui_card(u, card, UI_CARD);
	y += ui_spans(u, (struct ui_rect){x, y, w, 0}, head, 5, 135, UI_LEFT, 1) + 8;
	int lines = (count + COLUMNS - 1) / COLUMNS, room = card.y + card.h - 20 - y - 24;
	int h = (room - gap * (lines + 1)) / (lines + 2),
	    cell = (w - gap * (COLUMNS - 1)) / COLUMNS;
	h = h > 96 ? 96 : h;
	for (int i = 0; i < count; i++) {
		char id[16], letter[2] = {letters[i], 0};
		const char *label = initial_label(letters[i]);
		snprintf(id, sizeof id, "track.i.%s", letter);
		if (key(u,
			(struct ui_rect){x + (cell + gap) * (i % COLUMNS),
					 y + (h + gap) * (i / COLUMNS), cell, h},
			id, label == NULL ? letter : label, label == NULL ? 42 : 32,
			strcmp(t->initial, letter) == 0)) {
			snprintf(t->initial, sizeof t->initial, "%s", letter);
			t->syllable[0] = 0;
			kiosk_mark_personal(k);
			k->redraw = true;
		}
	}
	y += (h + gap) * lines + 4;
	ui_list_fill(&u->list, (struct ui_rect){x, y, w, 2}, UI_LINE);
	y += 16;
	cell = (w - gap * (columns - 1)) / columns;
	for (int i = 0; i < n; i++) {
		char id[24];
		snprintf(id, sizeof id, "track.s.%s", list[i]);
		if (key(u,
			(struct ui_rect){x + (cell + gap) * (i % columns),
					 y + (h + gap) * (i / columns), cell, h},
			id, list[i], columns > COLUMNS ? 30 : 36,
			strcmp(t->syllable, list[i]) == 0)) {
			snprintf(t->syllable, sizeof t->syllable, "%s", list[i]);
			k->redraw = true;
		}
	}
}

static void choices(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	struct track *t = &k->track;
	int list[WORDS_MAX], n = words_of(t->syllable, list), gap = 16, y = r.y;
	int px = ui_px(u, UI_BODY) - 2;
	ui_label(u, (struct ui_rect){r.x, y, r.w, px * 14 / 10}, UI_BOLD, px, UI_INK, UI_LEFT,
		 kiosk_word(k, W_track_word_choose));
	y += px * 14 / 10 + 8;
	int w = (r.w - 2 * gap) / 3, h = (r.y + r.h - y - 3 * gap - 4) / 4;
	h = h > 124 ? 124 : h;
	for (int i = 0; i < n; i++) {
		char id[16];
		struct ui_rect cell = {r.x + (w + gap) * (i % 3), y + (h + gap) * (i / 3), w, h};
		snprintf(id, sizeof id, "track.w.%d", list[i] % 10000);
		bool hit = ui_hit(u, cell, id), pressed = ui_pressed(u, id);
		if (pressed)
			cell.y += 4;
		else
			ui_list_box(&u->list, (struct ui_rect){cell.x, cell.y + 4, cell.w, cell.h},
				    18, UI_SHADOW_KEY, 0, UI_LINE);
		ui_list_box(&u->list, cell, 18, pressed ? UI_SUN_T : UI_WHITE, 2, UI_LINE);
		ui_label(u, cell, UI_TITLE, 54, UI_INK, UI_CENTER, receipt_word((uint16_t)list[i]));
		if (hit) {
			t->word[t->slot] = list[i];
			t->initial[0] = t->syllable[0] = 0;
			t->slot = -1;
			for (int s = RECEIPT_WORDS - 1; s >= 0; s--)
				if (t->word[s] < 0)
					t->slot = s;
			k->redraw = true;
			return;
		}
	}
}

void track_words(struct kiosk *k, struct ui *u, struct ui_rect area, bool picking)
{
	int top = 104;
	places(k, u, (struct ui_rect){area.x, area.y, area.w, top});
	if (!picking)
		return;
	struct ui_rect rest = {area.x, area.y + top + 18, area.w, area.h - top - 18};
	if (u->portrait) {
		int h = 620 < rest.h / 2 ? 620 : rest.h * 52 / 100;
		sounds(k, u, (struct ui_rect){rest.x, rest.y, rest.w, h});
		choices(k, u, (struct ui_rect){rest.x, rest.y + h + 20, rest.w, rest.h - h - 20});
	} else {
		int w = rest.w / 2;
		sounds(k, u, (struct ui_rect){rest.x, rest.y, w, rest.h});
		choices(k, u, (struct ui_rect){rest.x + w + 32, rest.y, rest.w - w - 32, rest.h});
	}
}
