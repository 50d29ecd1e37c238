/* glyphs.h - pictures of units, kept between frames; at most about 8 MB. */
#pragma once
#include "ui/shape.h"

struct ui_glyph {
	const uint8_t *px; /* coverage, w * h; NULL when there is nothing to draw */
	int16_t w, h, left, top;
};

/* The picture of a unit; never NULL (an empty one without memory). Good until ui_glyphs_trim. */
const struct ui_glyph *ui_glyph(const struct ui_shaped *s, const struct ui_unit *u, int px);

/* Between frames: empties the cache when it is above its bound. */
void ui_glyphs_trim(void);
void ui_glyphs_wipe(void);
size_t ui_glyphs_bytes(void);
