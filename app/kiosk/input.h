/* input.h - writing one answer: the field, the keyboard, 写好了. Used for every text a resident
 * enters. */
#pragma once
#include "app/kiosk/kiosk.h"
#include "ui/keyboard.h"

/* What is asked for, and where the answer goes. */
struct input_ask {
	const char *title, *hint; /* the hint stands under the title, or is NULL */
	char *text;               /* locked memory of the caller, `size` bytes */
	size_t size, max_chars;
	bool digits; /* the pad alone: a telephone number */
};

/* Opens the writing page. Somebody's own words stand in it: leaving forgets them by exiting. */
void input_edit(struct kiosk *k, const struct input_ask *ask);
void input_close(struct input *in); /* NULL is fine; wipes */

/* The same keyboard under words that are no secret: what is looked for in public books. Nothing is
 * marked personal; the caller wipes his text, input_open_end what is being composed. */
struct input_open {
	struct ui_editor editor;
	struct ui_rect field, keys;
	int px;
};
/* Begins with nothing composed. False without memory. */
bool input_open_begin(struct kiosk *k);
/* Draws field and keys; true when text or letters changed. */
bool input_open_draw(struct kiosk *k, struct ui *u, struct input_open *in);
/* The letters being composed, "" when there are none. */
const char *input_open_letters(const struct kiosk *k);
/* Puts what is composed into the text, or drops it. */
void input_open_finish(struct kiosk *k, struct ui_editor *e);
void input_open_end(struct kiosk *k);
/* The dictionary, to ask how characters sound; NULL where there is none. */
struct ui_pinyin *input_pinyin(struct kiosk *k);
/* Words of the countryside the dictionary was given; NULL past the end. */
const char *input_own_word(size_t i);
