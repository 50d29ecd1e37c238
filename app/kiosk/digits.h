/* digits.h - boxes of digits: the receipt's four groups of four, and the resident's own four. */
#pragma once
#include "ui/card.h"

enum digits_look { DIGITS_SHOWN, DIGITS_EMPTY, DIGITS_FULL, DIGITS_TYPED, DIGITS_DOUBTED };

/* One box. `digits` holds `count` characters, a blank for one not typed yet; `number` is the small
 * number in the corner, 0 for none. */
void digits_box(struct ui *u, struct ui_rect r, const char *digits, int count, int px, int number,
		enum digits_look look);

/* How a group being typed looks. */
enum digits_look digits_look_of(const char *digits, int count, bool current);

/* Types a key of the digit pad into `digits` (`count` characters, blanks where nothing stands,
 * groups of `group`), beginning in group *at. True when something changed. */
bool digits_type(char *digits, int count, int group, int *at, char key);
bool digits_complete(const char *digits, int count);
