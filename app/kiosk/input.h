/* input.h - writing one answer: the field, the keyboard, 写好了. Used for every text a resident
 * enters. */
#pragma once
#include "app/kiosk/kiosk.h"

/* Opens the writing page for `target` (locked memory of the caller). `hint` stands under the title
 * or is NULL. */
void input_edit(struct kiosk *k, const char *title, const char *hint, char *target, size_t size,
		size_t max_chars, bool digits);
void input_close(struct input *in); /* NULL is fine; wipes */
