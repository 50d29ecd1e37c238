#include "ui/keyboard.h"

#include <stdio.h>
#include <string.h>

enum { KEY_H = 96, ROW_GAP = 12, CANDIDATES_H = 104, CARET_MS = 530, NARROW = 1400 };

size_t ui_editor_chars(const struct ui_editor *e)
{
	size_t n = 0;
	for (const char *p = e->text; *p != 0; p++)
		n += ((unsigned char)*p & 0xc0) != 0x80;
	return n;
}

static size_t chars_of(const char *s)
{
	struct ui_editor e = {.text = (char *)(uintptr_t)s};
	return ui_editor_chars(&e);
}

static bool put(struct ui_editor *e, const char *s)
{
	size_t len = strlen(e->text), add = strlen(s);
	if (len + add >= e->size || ui_editor_chars(e) + chars_of(s) > e->max_chars)
		return false;
	memcpy(e->text + len, s, add + 1);
	return true;
}

static void take_back(struct ui_editor *e)
{
	size_t len = strlen(e->text);
	while (len > 0 && ((unsigned char)e->text[--len] & 0xc0) == 0x80)
		;
	explicit_bzero(e->text + len, strlen(e->text) - len);
}

static void compose(struct ui_keyboard *k)
{
	k->first = 0;
	k->candidates = k->pinyin == NULL ? 0 : ui_pinyin_set(k->pinyin, k->letters);
}

/* Takes candidate i: its letters leave the composition, what is left goes on. */
static void choose(struct ui_keyboard *k, struct ui_editor *e, size_t i)
{
	size_t uses = ui_pinyin_uses(k->pinyin, i), len = strlen(k->letters);
	if (!put(e, ui_pinyin_candidate(k->pinyin, i)))
		return;
	if (uses > len || uses == 0)
		uses = len;
	while (uses < len && k->letters[uses] == '\'')
		uses++;
	memmove(k->letters, k->letters + uses, len - uses + 1);
	explicit_bzero(k->letters + (len - uses) + 1, sizeof k->letters - (len - uses) - 1);
	compose(k);
}

void ui_keyboard_finish(struct ui_keyboard *k, struct ui_editor *e)
{
	while (k->letters[0] != 0 && k->candidates > 0) {
		size_t before = strlen(k->letters);
		choose(k, e, 0);
		if (strlen(k->letters) == before)
			break;
	}
	ui_keyboard_forget(k);
}

void ui_keyboard_forget(struct ui_keyboard *k)
{
	explicit_bzero(k->letters, sizeof k->letters);
	k->candidates = k->first = 0;
	if (k->pinyin != NULL)
		ui_pinyin_forget(k->pinyin);
}

/* --- keys --- */

struct pad {
	struct ui *u;
	struct ui_keyboard *k;
	struct ui_editor *e;
	struct ui_rect r;
	int y;
	bool narrow; /* the whole width of a tall screen, or a part of a wide one */
	bool changed;
};

static void letter(struct pad *p, char c)
{
	struct ui_keyboard *k = p->k;
	char one[2] = {c, 0};
	p->changed = true;
	if (k->mode == UI_KEYS_PINYIN && k->pinyin != NULL) {
		size_t len = strlen(k->letters);
		if (len < UI_KEYBOARD_LETTERS) {
			k->letters[len] = c;
			k->letters[len + 1] = 0;
			compose(k);
		}
		return;
	}
	if (k->upper && c >= 'a' && c <= 'z')
		one[0] = (char)(c - 'a' + 'A');
	put(p->e, one);
	k->upper = false;
}

/* A row of letters; `weight` of each is 1, function keys stand outside. */
static void letter_row(struct pad *p, const char *letters, int x, int w)
{
	int n = (int)strlen(letters), gap = p->narrow ? 12 : 16;
	int key = (w - gap * (n - 1)) / n;
	if (key > 160)
		key = 160;
	x += (w - key * n - gap * (n - 1)) / 2;
	for (int i = 0; i < n; i++) {
		char id[8] = "key.", label[2] = {letters[i], 0};
		if (p->k->upper && letters[i] >= 'a' && letters[i] <= 'z')
			label[0] = (char)(letters[i] - 'a' + 'A');
		id[4] = letters[i];
		id[5] = 0;
		if (ui_key(p->u, (struct ui_rect){x + i * (key + gap), p->y, key, KEY_H}, id,
			   ui_caption(NULL, label, NULL), false, 44))
			letter(p, letters[i]);
	}
}

/* A row of signs, each a UTF-8 character between spaces. */
static void sign_row(struct pad *p, const char *signs, int x, int w, int n)
{
	int gap = p->narrow ? 12 : 16, key = (w - gap * (n - 1)) / n;
	if (key > 160)
		key = 160;
	x += (w - key * n - gap * (n - 1)) / 2;
	for (int i = 0; i < n && *signs != 0; i++) {
		char sign[8] = "", id[16];
		size_t len = strcspn(signs, " ");
		memcpy(sign, signs, len < sizeof sign ? len : sizeof sign - 1);
		signs += len + (signs[len] == ' ');
		snprintf(id, sizeof id, "key.%s", sign);
		if (ui_key(p->u, (struct ui_rect){x + i * (key + gap), p->y, key, KEY_H}, id,
			   ui_caption(NULL, sign, NULL), false, 44)) {
			put(p->e, sign);
			p->changed = true;
		}
	}
}

static void next_row(struct pad *p)
{
	p->y += KEY_H + ROW_GAP;
}

static void back_key(struct pad *p, struct ui_rect r)
{
	if (!ui_key(p->u, r, "key.back", ui_caption("del", NULL, NULL), true, 44))
		return;
	size_t len = strlen(p->k->letters);
	if (len > 0) {
		p->k->letters[len - 1] = 0;
		compose(p->k);
	} else {
		take_back(p->e);
	}
	p->changed = true;
}

static void third_row(struct pad *p, const struct ui_keyboard_words *w, int x, int width)
{
	int gap = p->narrow ? 12 : 16, side = p->narrow ? 146 : 248;
	struct ui_rect left = {x, p->y, side, KEY_H}, right = {x + width - side, p->y, side, KEY_H};
	struct ui_rect mid = {x + side + gap, p->y, width - 2 * (side + gap), KEY_H};
	if (p->k->mode == UI_KEYS_NUMBERS) {
		sign_row(p, p->narrow ? "、 “ ” （ ） · ￥" : "、 “ ” （ ） · ￥ %", x,
			 width - side - gap, p->narrow ? 7 : 8);
	} else if (p->k->mode == UI_KEYS_ENGLISH) {
		if (ui_key(p->u, left, "key.shift", ui_caption("up", NULL, NULL), true, 44)) {
			p->k->upper = !p->k->upper;
			p->changed = true;
		}
		letter_row(p, "zxcvbnm", mid.x, mid.w);
	} else {
		if (ui_key(p->u, left, "key.split", ui_caption(NULL, w->split, NULL), true, 32) &&
		    p->k->letters[0] != 0)
			letter(p, '\'');
		letter_row(p, "zxcvbnm", mid.x, mid.w);
	}
	back_key(p, right);
}

static void fourth_row(struct pad *p, const struct ui_keyboard_words *w, int x, int width)
{
	struct ui_keyboard *k = p->k;
	int gap = p->narrow ? 12 : 16, side = p->narrow ? 150 : 248, small = p->narrow ? 96 : 160;
	bool numbers = k->mode == UI_KEYS_NUMBERS;
	if (ui_key(p->u, (struct ui_rect){x, p->y, side, KEY_H}, "key.mode",
		   ui_caption(NULL, numbers ? w->letters : w->numbers, NULL), true, 32)) {
		k->mode = numbers ? UI_KEYS_PINYIN : UI_KEYS_NUMBERS;
		ui_keyboard_finish(k, p->e);
		p->changed = true;
	}
	bool english = k->mode == UI_KEYS_ENGLISH;
	int at = x + side + gap;
	if (ui_key(p->u, (struct ui_rect){at, p->y, small, KEY_H}, "key.comma",
		   ui_caption(NULL, english ? "," : "，", NULL), true, 40)) {
		ui_keyboard_finish(k, p->e);
		put(p->e, english ? "," : "，");
		p->changed = true;
	}
	at += small + gap;
	int end = x + width - side - gap - small - gap;
	struct ui_rect space = {at, p->y, end - gap - at + gap, KEY_H};
	if (ui_key(p->u, space, "key.space",
		   ui_caption(NULL, k->mode == UI_KEYS_PINYIN ? w->space : " ", NULL), false,
		   p->narrow ? 28 : 30)) {
		if (k->letters[0] != 0 && k->candidates > 0)
			choose(k, p->e, k->first);
		else
			put(p->e, " ");
		p->changed = true;
	}
	at = end + gap;
	if (ui_key(p->u, (struct ui_rect){at, p->y, small, KEY_H}, "key.stop",
		   ui_caption(NULL, english ? "." : "。", NULL), true, 40)) {
		ui_keyboard_finish(k, p->e);
		put(p->e, english ? "." : "。");
		p->changed = true;
	}
	if (ui_key(p->u, (struct ui_rect){x + width - side, p->y, side, KEY_H}, "key.language",
		   ui_caption(NULL, w->language, NULL), true, 32)) {
		ui_keyboard_finish(k, p->e);
		k->mode = k->mode == UI_KEYS_ENGLISH ? UI_KEYS_PINYIN : UI_KEYS_ENGLISH;
		p->changed = true;
	}
}

static void candidate_bar(struct pad *p, int x, int w)
{
	struct ui_keyboard *k = p->k;
	struct ui *u = p->u;
	static const struct ui_color none = {0};
	int gap = 12, arrow = 96, at = x, split_w = 0;
	if (k->letters[0] == 0)
		return;
	if (!p->narrow) {
		const char *split = ui_pinyin_split(k->pinyin);
		split_w = ui_label_width(UI_REGULAR, 36, split);
		split_w = split_w > 420 ? 420 : split_w;
		ui_label_cut(u, (struct ui_rect){at, p->y, split_w, CANDIDATES_H},
			     ui_pen(UI_REGULAR, 36, UI_INK2), UI_LEFT, split);
		at += split_w + 20;
	}
	size_t shown = 0;
	for (size_t i = k->first; i < k->candidates && shown < 9; i++, shown++) {
		const char *word = ui_pinyin_candidate(k->pinyin, i);
		char id[24], number[8];
		int word_w = ui_label_width(UI_REGULAR, 46, word), cell = word_w + 76;
		if (cell < 140)
			cell = 140;
		if (at + cell > x + w - arrow - gap && shown > 0)
			break;
		snprintf(id, sizeof id, "key.candidate%zu", shown + 1);
		snprintf(number, sizeof number, "%zu", (shown + 1) % 10);
		struct ui_rect r = {at, p->y, cell, CANDIDATES_H};
		bool hit = ui_hit(u, r, id), first = shown == 0, pressed = ui_pressed(u, id);
		ui_list_box(&u->list, r, UI_RADIUS_KEY,
			    first     ? UI_PINE
			    : pressed ? UI_SUN_T
				      : UI_WHITE,
			    2, first ? UI_PINE : UI_LINE);
		int inner = r.x + (cell - word_w - 34) / 2;
		ui_label(u, (struct ui_rect){inner, r.y + 2, 24, r.h},
			 ui_pen(UI_REGULAR, 26, first ? UI_PINE_LINE : UI_INK2), UI_LEFT, number);
		ui_label(u, (struct ui_rect){inner + 34, r.y, word_w, r.h},
			 ui_pen(UI_REGULAR, 46, first ? UI_WHITE : UI_INK), UI_LEFT, word);
		if (hit) {
			choose(k, p->e, i);
			p->changed = true;
			return;
		}
		at += cell + gap;
	}
	struct ui_rect r = {x + w - arrow, p->y, arrow, CANDIDATES_H};
	bool more = k->first + shown < k->candidates;
	bool hit = ui_hit(u, r, "key.more");
	ui_list_box(&u->list, r, UI_RADIUS_KEY, UI_WHITE, 2, UI_LINE);
	ui_list_icon(&u->list, (struct ui_rect){r.x + 28, r.y + 32, 40, 40}, more ? "next" : "back",
		     UI_INK, none, 50);
	if (hit) {
		k->first = more ? k->first + shown : 0;
		p->changed = true;
	}
}

bool ui_keyboard(struct ui *u, struct ui_keyboard *k, struct ui_editor *e,
		 const struct ui_keyboard_words *w, struct ui_rect r)
{
	struct pad p = {.u = u, .k = k, .e = e, .r = r, .y = r.y + 16, .narrow = r.w < NARROW};
	int margin = p.narrow ? 24 : 64, x = r.x + margin, width = r.w - 2 * margin;
	if (k->mode == UI_KEYS_PINYIN && k->pinyin == NULL)
		k->mode = UI_KEYS_ENGLISH;
	ui_list_fill(&u->list, r, UI_PAPER2);
	ui_list_fill(&u->list, (struct ui_rect){r.x, r.y, r.w, 2}, UI_LINE);
	candidate_bar(&p, x, width);
	p.y += CANDIDATES_H + ROW_GAP;
	if (k->mode == UI_KEYS_NUMBERS) {
		letter_row(&p, "1234567890", x, width);
		next_row(&p);
		sign_row(&p, "， 。 ？ ！ ： ； - / 元 亩", x, width, 10);
	} else {
		letter_row(&p, "qwertyuiop", x, width);
		next_row(&p);
		letter_row(&p, "asdfghjkl", x, width);
	}
	next_row(&p);
	third_row(&p, w, x, width);
	next_row(&p);
	fourth_row(&p, w, x, width);
	return p.changed;
}

void ui_keyboard_field(struct ui *u, const struct ui_keyboard *k, const struct ui_editor *e,
		       struct ui_rect r, int px, const char *count)
{
	static struct ui_paragraph p;
	const char *composing = k->letters[0] == 0  ? ""
				: k->pinyin == NULL ? k->letters
						    : ui_pinyin_split(k->pinyin);
	const struct ui_span span[] = {{e->text, UI_REGULAR, px, UI_INK},
				       {composing, UI_REGULAR, px, UI_PINE}};
	int pad = 32, count_w = ui_label_width(UI_REGULAR, 26, count) + 24,
	    w = r.w - 2 * pad - (r.h < 140 ? count_w : 0);
	ui_field(u, r, true);
	ui_paragraph_lay(&p, span, 2, w, 145, 0);
	int lines_h = ui_paragraph_height(&p), top = r.y + 18;
	if (r.h < 140)
		top = r.y + (r.h - p.line_height) / 2;
	/* The end of the text is what is being written: earlier lines go up out of the field. */
	if (top + lines_h > r.y + r.h - 16)
		top = r.y + r.h - 16 - lines_h;
	struct ui_rect inside = {r.x + pad - 8, r.y + 6, r.w - 2 * pad + 16, r.h - 12};
	ui_list_clip(&u->list, inside);
	ui_paragraph_put(&p, &u->list, (struct ui_rect){r.x + pad, top, w, 0}, UI_LEFT);
	int caret_x = r.x + pad, caret_y = top;
	for (size_t i = 0; i < p.pieces; i++) {
		const struct ui_piece *q = &p.piece[i];
		int y = top + q->line * p.line_height;
		if (q->span == 1)
			ui_list_fill(&u->list,
				     (struct ui_rect){r.x + pad + q->x, y + p.line_height - 6,
						      q->width, 5},
				     UI_SUN);
		caret_x = r.x + pad + q->x + q->width;
		caret_y = y;
	}
	size_t len = strlen(e->text);
	if (composing[0] == 0 && len > 0 && e->text[len - 1] == '\n') {
		caret_x = r.x + pad;
		caret_y += p.line_height;
	}
	if (u->now_ms / CARET_MS % 2 == 0)
		ui_list_fill(&u->list,
			     (struct ui_rect){caret_x + 3, caret_y + 6, 5, p.line_height - 12},
			     UI_PINE);
	ui_wake_at(u, (u->now_ms / CARET_MS + 1) * CARET_MS);
	ui_list_clip(&u->list, (struct ui_rect){0});
	ui_label(u, (struct ui_rect){r.x + r.w - count_w - 4, r.y + r.h - 46, count_w - 24, 40},
		 ui_pen(UI_REGULAR, 26, UI_INK2), UI_RIGHT, count);
}

char ui_digit_pad(struct ui *u, struct ui_rect r, const char *clear)
{
	static const char keys[] = "123456789c0b";
	int gap = 16, w = (r.w - 2 * gap) / 3, h = (r.h - 3 * gap) / 4;
	char hit = 0;
	for (int i = 0; i < 12; i++) {
		struct ui_rect cell = {r.x + (w + gap) * (i % 3), r.y + (h + gap) * (i / 3), w, h};
		char id[8] = "key.", label[2] = {keys[i], 0};
		id[4] = keys[i];
		id[5] = 0;
		bool function = keys[i] == 'c' || keys[i] == 'b', pressed = ui_pressed(u, id);
		if (ui_hit(u, cell, id))
			hit = keys[i];
		if (pressed)
			cell.y += 4;
		else
			ui_list_box(&u->list, (struct ui_rect){cell.x, cell.y + 4, cell.w, cell.h},
				    18, UI_SHADOW_KEY, 0, UI_LINE);
		ui_list_box(&u->list, cell, 18,
			    pressed    ? UI_SUN
			    : function ? UI_KEY_FUNCTION
				       : UI_WHITE,
			    2, UI_LINE);
		static const struct ui_color none = {0};
		if (keys[i] == 'b')
			ui_list_icon(&u->list,
				     (struct ui_rect){cell.x + (w - 68) / 2, cell.y + (h - 68) / 2,
						      68, 68},
				     "del", UI_INK, none, 30);
		else
			ui_label(u, cell, ui_pen(UI_BOLD, function ? 40 : 84, UI_INK), UI_CENTER,
				 function ? clear : label);
	}
	return hit;
}
