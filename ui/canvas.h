/* canvas.h - pixels: boxes, stripes, rings, lines, coverage and pictures onto a 32-bit XRGB
 * surface.
 *
 * Lengths are pixels. Everything is cut to the clip. The same calls give the same bytes on every
 * machine of one kind: only square roots and one angle are computed in floating point. */
#pragma once
#include "ui/list.h"

struct ui_canvas {
	uint32_t *px; /* borrowed */
	int w, h;
	int pitch; /* in pixels */
	struct ui_rect clip;
};

void ui_canvas_fill(struct ui_canvas *c, struct ui_rect r, struct ui_color color);
/* Antialiased rounded box; border inside the rect. fill.a == 0 leaves the middle as it is. */
void ui_canvas_box(struct ui_canvas *c, struct ui_rect r, int radius, struct ui_color fill,
		   int border, struct ui_color edge);
void ui_canvas_dashes(struct ui_canvas *c, struct ui_rect r, int radius, int border,
		      struct ui_color edge, int dash);
/* 45-degree stripes, `period` pixels along x, in a rounded box with a 2-pixel border of `color`. */
void ui_canvas_hatch(struct ui_canvas *c, struct ui_rect r, int radius, int period,
		     struct ui_color color, struct ui_color other);
void ui_canvas_ring(struct ui_canvas *c, struct ui_rect r, int width, int from, int to,
		    struct ui_color color);
void ui_canvas_line(struct ui_canvas *c, struct ui_stroke s, struct ui_color color);
/* One byte a pixel of `r`, without gaps between its rows. */
void ui_canvas_coverage(struct ui_canvas *c, struct ui_rect r, const uint8_t *coverage,
			struct ui_color color);
/* Straight-alpha RGBA over `r`, bytes in the order r, g, b, a; rows of `pitch` bytes. */
void ui_canvas_rgba(struct ui_canvas *c, struct ui_rect r, int pitch, const uint8_t *rgba);
/* Pixels of a picture, three bytes each, r, g, b; rows of `pitch` bytes. */
struct ui_pixels {
	const uint8_t *rgb;
	int w, h, pitch;
};
/* A part of a picture stretched over `r`: made smaller by averaging, larger by blending
 * neighbours. The same pixels whichever part of `r` the clip lets through. A part that is not
 * wholly in the picture draws nothing. */
void ui_canvas_photo(struct ui_canvas *c, struct ui_rect r, const struct ui_pixels *p,
		     struct ui_part part);
/* Moves what lies in `r` down by dy (up when negative). */
void ui_canvas_shift(struct ui_canvas *c, struct ui_rect r, int dy);
