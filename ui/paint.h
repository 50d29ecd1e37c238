/* paint.h - replays a list onto a canvas. */
#pragma once
#include "ui/canvas.h"

/* Design units to pixels: v * num / den, rounded. */
struct ui_scale {
	int num, den;
	int dx, dy; /* pixels: where the design's left top corner stands */
};
int ui_scale_length(const struct ui_scale *s, int v);
struct ui_rect ui_scale_rect(const struct ui_scale *s, struct ui_rect r);

/* Paints what of the list lies in `dirty` (design units), back colour included. */
void ui_paint(struct ui_canvas *c, const struct ui_scale *s, const struct ui_list *l,
	      struct ui_rect dirty);
