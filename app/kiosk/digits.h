/* digits.h - boxes of digits: the receipt's four groups of four, and the resident's own four. */
#pragma once
#include "ui/card.h"

enum digits_look { DIGITS_SHOWN, DIGITS_EMPTY, DIGITS_FULL, DIGITS_TYPED, DIGITS_DOUBTED };

struct digits_group {
	const char *digits; /* `count` characters, a blank for one not typed yet */
	int count, number;  /* number: the small one in the corner, 0 for none */
	enum digits_look look;
};

/* One box. */
void digits_box(struct ui *u, struct ui_rect r, struct digits_group g, int px);

/* How a group being typed looks. */
enum digits_look digits_look_of(const char *digits, int count, bool current);

/* Types a key of the digit pad into `digits` (`count` characters, blanks where nothing stands,
 * groups of `group`), beginning in group *at. True when something changed. */
bool digits_type(char *digits, int count, int group, int *at, char key);
bool digits_complete(const char *digits, int count);
