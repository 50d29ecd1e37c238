/* keyboard.h - the one on-screen keyboard, for every text field by construction.
 *
 * Pinyin with candidates, English, digits and punctuation; it writes into an editor the caller
 * owns. What is being composed is shown underlined in the field. Keys count as touches like any
 * other. Editing is at the end of the text: a villager corrects by taking back. */
#pragma once
#include "ui/card.h"
#include "ui/pinyin.h"

enum ui_keyboard_mode { UI_KEYS_PINYIN, UI_KEYS_ENGLISH, UI_KEYS_NUMBERS };

enum { UI_KEYBOARD_LETTERS = 60, UI_KEYBOARD_H = 572 };

struct ui_keyboard {
	struct ui_pinyin *pinyin; /* NULL: only English and numbers */
	enum ui_keyboard_mode mode;
	bool upper;
	char letters[UI_KEYBOARD_LETTERS + 1]; /* being composed */
	size_t candidates, first;              /* how many, and the first one shown */
};

struct ui_editor {
	char *text; /* UTF-8, ends with NUL */
	size_t size;
	size_t max_chars;
};

/* What stands on the keys that are no letters. */
struct ui_keyboard_words {
	const char *split, *numbers, *letters, *language, *space;
};

/* Draws in `r`, at least 1080 wide, and takes presses. True when the text or what is composed
 * changed. */
bool ui_keyboard(struct ui *u, struct ui_keyboard *k, struct ui_editor *e,
		 const struct ui_keyboard_words *w, struct ui_rect r);
/* The field with text, composing letters underlined, and the caret. `count` stands in its corner.
 */
void ui_keyboard_field(struct ui *u, const struct ui_keyboard *k, const struct ui_editor *e,
		       struct ui_rect r, int px, const char *count);
/* Puts what is still being composed into the text (its first candidate). */
void ui_keyboard_finish(struct ui_keyboard *k, struct ui_editor *e);
void ui_keyboard_forget(struct ui_keyboard *k);
size_t ui_editor_chars(const struct ui_editor *e);

/* Ten digits and two function keys, for codes and telephone numbers. Gives '0'..'9', 'c' (clear),
 * 'b' (take back) or 0. */
char ui_digit_pad(struct ui *u, struct ui_rect r, const char *clear);
