/* icon.h - the drawings of assets/, embedded; rastered when first needed, kept by size and inks. */
#pragma once
#include "ui/canvas.h"
#include "ui/err.h"

struct ui_picture {
	const uint8_t *rgba; /* straight alpha */
	int w, h, pitch;     /* pitch in bytes */
};

/* How a drawing is painted: its size, the colour of its strokes, of its lit part (a = 0: left out),
 * and tenths of stroke width that replace the drawing's 3.0 of 48 when not 0. */
struct ui_icon_look {
	int px;
	struct ui_color ink, lit;
	int stroke_tenths;
};

/* `name` without ".svg" ("home", "logo-on-dark"). UI_ERR_MISSING for an unknown name. */
ui_must_use enum ui_err ui_icon_get(const char *name, size_t name_len, struct ui_icon_look look,
				    struct ui_picture *out);
/* A whole picture at w x h, its own colours. */
ui_must_use enum ui_err ui_picture_get(const char *name, size_t name_len, int w, int h,
				       struct ui_picture *out);
void ui_icon_stop(void);
