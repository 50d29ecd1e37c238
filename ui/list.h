/* list.h - what to paint, as a list; nothing here touches the screen.
 *
 * A screen fills the list once per frame; paint.c replays it. Lists are compared (what did not
 * change is not painted) and printed (golden tests). Lengths are design units (theme.h). Every
 * command keeps inside its rect. */
#pragma once
#include "ui/theme.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct ui_rect {
	int x, y, w, h;
};
bool ui_rect_has(struct ui_rect r, int x, int y);
struct ui_rect ui_rect_meet(struct ui_rect a,
			    struct ui_rect b); /* w or h <= 0 when they do not meet */
struct ui_rect ui_rect_join(struct ui_rect a, struct ui_rect b);
struct ui_rect ui_rect_inset(struct ui_rect r, int by);

/* What words are written with: which letters, how large (design units), in what colour. */
struct ui_pen {
	enum ui_style style;
	int px;
	struct ui_color color;
};
static inline struct ui_pen ui_pen(enum ui_style style, int px, struct ui_color color)
{
	return (struct ui_pen){style, px, color};
}

/* Where a line of words stands: from x along the baseline, `width` long. */
struct ui_run {
	int x, base, width;
};

/* From one end to the other. */
struct ui_stroke {
	int x0, y0, x1, y1, width;
};

enum { UI_LIST_MAX = 4096, UI_LIST_TEXT_MAX = 128 * 1024 };

enum ui_draw {
	UI_DRAW_CLIP, /* what follows is cut to rect; w = 0 ends it */
	UI_DRAW_BOX, /* rounded box: fill color (a = 0: none), border of width `b` in color2, dashed
			when `c` */
	UI_DRAW_HATCH, /* rounded box in 45-degree stripes of color and color2 with a border in
			  color */
	UI_DRAW_RING, /* ring of width `b` from angle `a` to `c` (degrees clockwise from the top) */
	UI_DRAW_LINE, /* from the rect's corner to the opposite one, width `b`, round caps; c:
			 upwards */
	UI_DRAW_TEXT, /* one line: style, px, color; the rect is its ink area, `base` its baseline
		       */
	UI_DRAW_ICON, /* name, strokes in color, lit part in color2 (a = 0: none), `b` tenths of
			 stroke width of 48 */
	UI_DRAW_QR,   /* the text as a QR code, modules in color */
	UI_DRAW_PICTURE, /* an embedded picture by name, stretched over rect */
	UI_DRAW_PHOTO,   /* part `from` of a picture given as pixels (photo.h) under the key in the
			    text, stretched over rect, turned `a` quarters clockwise */
	UI_DRAW_REGION,  /* what lies in rect moves with `offset`: scrolling copies it instead of
			    painting again */
};

struct ui_draw_cmd {
	uint8_t kind, style;
	int16_t radius, px, a, b, c;
	int32_t base, offset;
	struct ui_rect rect, from; /* from: pixels of a photo */
	struct ui_color color, color2;
	uint32_t text_at, text_len; /* into ui_list.text */
};

/* What can be touched: filled beside the commands, printed with them. */
struct ui_target {
	struct ui_rect rect;
	uint32_t id_at, id_len; /* into ui_list.text */
	bool off;               /* shown but not to be pressed */
};
enum { UI_TARGETS_MAX = 256 };

/* For who listens: what is said instead of the texts inside `rect` ("" : nothing). A secret is said
 * only to who asked for it. Never painted. */
struct ui_note {
	struct ui_rect rect;
	uint32_t text_at, text_len;
	bool secret; /* the texts themselves, but not unasked */
	bool apart;  /* the texts themselves, and not as part of the target they stand on */
};
enum { UI_NOTES_MAX = 64 };

struct ui_list {
	size_t count, targets, notes, text_used;
	bool overflowed;      /* something was left out; fails golden tests */
	bool clipped;         /* some text did not fit its place; fails golden tests */
	bool missing;         /* some character has no font */
	struct ui_rect clip;  /* in force while filling */
	struct ui_color back; /* what lies under everything */
	struct ui_draw_cmd cmd[UI_LIST_MAX];
	struct ui_target target[UI_TARGETS_MAX];
	struct ui_note note[UI_NOTES_MAX];
	char text[UI_LIST_TEXT_MAX];
};

void ui_list_begin(struct ui_list *l, struct ui_color back);
void ui_list_clip(struct ui_list *l, struct ui_rect r); /* w = 0 ends clipping */
void ui_list_box(struct ui_list *l, struct ui_rect r, int radius, struct ui_color fill, int border,
		 struct ui_color edge);
void ui_list_dashed(struct ui_list *l, struct ui_rect r, int radius, struct ui_color fill,
		    int border, struct ui_color edge);
void ui_list_fill(struct ui_list *l, struct ui_rect r, struct ui_color c);
void ui_list_hatch(struct ui_list *l, struct ui_rect r, int radius, struct ui_color c,
		   struct ui_color c2);
void ui_list_ring(struct ui_list *l, struct ui_rect r, int width, int from, int to,
		  struct ui_color c);
void ui_list_line(struct ui_list *l, struct ui_stroke s, struct ui_color c);
/* One line of `len` bytes. */
void ui_list_text(struct ui_list *l, struct ui_run line, struct ui_pen pen, const char *text,
		  size_t len);
void ui_list_icon(struct ui_list *l, struct ui_rect r, const char *name, struct ui_color ink,
		  struct ui_color lit, int stroke_tenths);
void ui_list_qr(struct ui_list *l, struct ui_rect r, const char *text, struct ui_color c);
void ui_list_picture(struct ui_list *l, struct ui_rect r, const char *name);
/* Part of a picture, in its own pixels, `turn` quarters clockwise. The key names its content: the
 * same key is the same pixels. */
struct ui_part {
	struct ui_rect from;
	int turn; /* 0..3 */
};
void ui_list_photo(struct ui_list *l, struct ui_rect r, const char *key, struct ui_part part);
void ui_list_region(struct ui_list *l, struct ui_rect r, int offset);
void ui_list_target(struct ui_list *l, struct ui_rect r, const char *id, bool off);
void ui_list_note(struct ui_list *l, struct ui_rect r, const char *said);
void ui_list_secret(struct ui_list *l, struct ui_rect r);
void ui_list_apart(struct ui_list *l, struct ui_rect r);

const char *ui_list_str(const struct ui_list *l,
			uint32_t at); /* not ended by NUL: use the length */

/* One line per command and target, the same on every machine. */
void ui_list_print(const struct ui_list *l, FILE *to);

/* Rectangles (at most `room`) in which the new list looks different; when the two share a region
 * that only moved, `shift` says by how much (down is positive) and the rectangles are what is left
 * to paint after copying. */
struct ui_shift {
	struct ui_rect region;
	int dy; /* 0: nothing to copy */
};
size_t ui_list_compare(const struct ui_list *old, const struct ui_list *now, struct ui_rect *dirty,
		       size_t room, struct ui_shift *shift);

/* Overwrites the texts: some hold what a resident wrote. */
void ui_list_wipe(struct ui_list *l);
