/* button.h - everything that is pressed: buttons, chips, segmented controls, keys, check boxes.
 *
 * The pressed state shows on touch-down: the fill changes or the thing moves down four units; it
 * fires on release. Smallest target 88 units both ways. */
#pragma once
#include "ui/label.h"

enum ui_button_kind {
	UI_BUTTON_PLAIN,   /* white, thin line, pineD label: the bottom bar's */
	UI_BUTTON_PRIMARY, /* pine, white */
	UI_BUTTON_OUTLINE, /* white, pine line */
	UI_BUTTON_SUN,     /* "I have a question" */
	UI_BUTTON_ON,      /* sunT with a sun line: current, or a quiet way out */
	UI_BUTTON_SOFT,    /* pineT without a line: 改 */
	UI_BUTTON_OFF,     /* shown, cannot be pressed */
};

/* What stands on a thing that is pressed; `icon` and `sub` (and of a key the label) may be NULL. */
struct ui_caption {
	const char *icon, *label, *sub;
};
static inline struct ui_caption ui_caption(const char *icon, const char *label, const char *sub)
{
	return (struct ui_caption){icon, label, sub};
}

/* A button filling `r`. */
bool ui_button(struct ui *u, struct ui_rect r, const char *id, enum ui_button_kind kind,
	       struct ui_caption caption);
/* Width a button needs for its content. */
int ui_button_width(const struct ui *u, enum ui_button_kind kind, const char *icon,
		    const char *label, const char *sub);

/* A button of 120 or more says it louder (dialogs). */
int ui_button_tall_width(const struct ui *u, const char *label);

/* The bottom bar. Buttons on the left in order, those with `right` on the right in order. When they
 * do not fit, the icon-only ones lose their words first (those with `icon_only_ok`, from the left).
 * Gives the pressed one or -1. */
struct ui_bar_button {
	const char *id, *icon, *label, *sub;
	enum ui_button_kind kind;
	bool right, icon_only_ok;
};
int ui_bar(struct ui *u, const struct ui_bar_button *b, int count);
struct ui_rect ui_bar_rect(const struct ui *u);

/* Pill-shaped choice, 88 high. Gives true when pressed. */
bool ui_chip(struct ui *u, int x, int y, const char *id, struct ui_caption caption, bool on);
int ui_chip_width(const struct ui *u, const char *icon, const char *label);

/* Cells of equal right side by side in a pill, 96 high. Gives the pressed cell or -1. */
struct ui_segment {
	const char *id, *icon, *label;
	bool on, opens; /* opens: a small arrow says there is more */
};
int ui_segments(struct ui *u, struct ui_rect r, const struct ui_segment *s, int count);
int ui_segments_width(const struct ui *u, const struct ui_segment *s, int count);

/* A key of a keyboard or pad: letters large, function keys darker. `id` begins with "key.". */
bool ui_key(struct ui *u, struct ui_rect r, const char *id, struct ui_caption caption,
	    bool function, int px);

/* Box and words, the whole rect is the target. */
bool ui_check(struct ui *u, struct ui_rect r, const char *id, const char *label, bool on);
