/* shape.h - one line of text of one style and size, turned into placed units.
 *
 * A unit is a cluster (a Chinese character, a Tibetan stack) with its glyphs; the caret and a line
 * break may stand only between units. Each cluster takes the first font of the style's chain that
 * has all its characters; what no font has becomes a visible box and sets `missing`. Lengths
 * are 26.6 fixed point (64 = one pixel).
 *
 * Results are cached by (style, px, text). A pointer is good until the next ui_shape_trim or
 * ui_shape_wipe. */
#pragma once
#include "ui/face.h"

#include <stddef.h>

struct ui_unit {
	uint8_t face; /* UI_FACES: no font has it, draw a box */
	bool several; /* more than one glyph: rastered at four times the size */
	uint32_t script;
	uint32_t glyph;             /* of a single-glyph unit */
	uint32_t text_at, text_len; /* bytes in the line */
	int32_t pen;                /* where the unit begins, for caret and breaks */
	int32_t x, y;               /* where its picture's pen stands (y up) */
};

struct ui_shaped {
	const char *text;
	size_t len;
	const struct ui_unit *unit;
	size_t count;
	int32_t width;
	int above, below; /* pixels around the baseline, of all fonts used */
	bool missing;
};

/* `text` holds no control characters (they are left out). NULL without memory. */
const struct ui_shaped *ui_shape(enum ui_style style, int px, const char *text, size_t len);

/* Width in whole pixels, rounded up. */
int ui_shape_width(enum ui_style style, int px, const char *text, size_t len);

/* Between frames: forgets what was not used lately when the cache is above its bound (4 MB). */
void ui_shape_trim(void);
/* Overwrites and forgets everything: some of it was typed. */
void ui_shape_wipe(void);
