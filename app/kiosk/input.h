/* input.h - writing one answer: the field, the keyboard, 写好了. Used for every text a resident
 * enters. */
#pragma once
#include "app/kiosk/kiosk.h"

/* What is asked for, and where the answer goes. */
struct input_ask {
	const char *title, *hint; /* the hint stands under the title, or is NULL */
	char *text;               /* locked memory of the caller, `size` bytes */
	size_t size, max_chars;
	bool digits; /* the pad alone: a telephone number */
};

/* Opens the writing page. */
void input_edit(struct kiosk *k, const struct input_ask *ask);
void input_close(struct input *in); /* NULL is fine; wipes */
