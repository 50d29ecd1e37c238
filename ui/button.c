#include "ui/button.h"

#include "ui/card.h"

#include <stdio.h>
#include <string.h>

/* TALL: the buttons of a dialog, which say more loudly what they do. */
enum {
	ICON = 48,
	SMALL_ICON = 44,
	BUTTON_H = 96,
	BAR_MAX = 14,
	TALL_H = 120,
	TALL_ICON = 56,
	TALL_MORE = 10
};

struct look {
	struct ui_color fill, edge, ink, lit;
	int border;
};

static struct look look_of(enum ui_button_kind kind, bool pressed)
{
	static const struct ui_color none = {0};
	switch (kind) {
	case UI_BUTTON_PRIMARY: {
		struct ui_color c = pressed ? UI_PINE_D : UI_PINE;
		return (struct look){c, c, UI_WHITE, none, 3};
	}
	case UI_BUTTON_OUTLINE:
		return (struct look){pressed ? UI_SUN_T : UI_WHITE, UI_PINE, UI_PINE_D, UI_SUN, 3};
	case UI_BUTTON_SUN: {
		struct ui_color c = pressed ? UI_SUN_D : UI_SUN;
		return (struct look){c, c, UI_SUN_INK, UI_SUN_T, 3};
	}
	case UI_BUTTON_ON:
		return (struct look){UI_SUN_T, UI_SUN, UI_PINE_D, UI_SUN, 3};
	case UI_BUTTON_SOFT:
		return (struct look){pressed ? UI_SUN_T : UI_PINE_T, UI_PINE_T, UI_PINE_D, none, 0};
	case UI_BUTTON_OFF:
		return (struct look){UI_PAPER2, UI_PAPER2, UI_DISABLED_INK, none, 3};
	case UI_BUTTON_PLAIN:
		break;
	}
	return (struct look){pressed ? UI_SUN_T : UI_WHITE, pressed ? UI_SUN : UI_LINE, UI_PINE_D,
			     UI_SUN, 3};
}

static int padding(const struct ui *u, enum ui_button_kind kind)
{
	if (u->portrait)
		return 18;
	return kind == UI_BUTTON_PRIMARY ? 48 : kind == UI_BUTTON_SOFT ? 24 : 29;
}

static int gap(const struct ui *u)
{
	return u->portrait ? 10 : 16;
}

int ui_button_width(const struct ui *u, enum ui_button_kind kind, const char *icon,
		    const char *label, const char *sub)
{
	int words = label == NULL ? 0 : ui_label_width(UI_BOLD, ui_px(u, UI_LABEL), label);
	int below = sub == NULL ? 0 : ui_label_width(UI_REGULAR, ui_px(u, UI_CAPTION), sub);
	words = below > words ? below : words;
	int width = 2 * padding(u, kind) + words + (icon != NULL ? ICON : 0);
	width += icon != NULL && words > 0 ? gap(u) : 0;
	return width < BUTTON_H ? BUTTON_H : width;
}

int ui_button_tall_width(const struct ui *u, const char *label)
{
	return 2 * 24 + TALL_ICON + gap(u) +
	       ui_label_width(UI_BOLD, ui_px(u, UI_LABEL) + TALL_MORE, label);
}

bool ui_button(struct ui *u, struct ui_rect r, const char *id, enum ui_button_kind kind,
	       struct ui_caption caption)
{
	const char *icon = caption.icon, *label = caption.label, *sub = caption.sub;
	bool pressed = kind != UI_BUTTON_OFF && ui_pressed(u, id), hit = false;
	struct look k = look_of(kind, pressed);
	if (kind == UI_BUTTON_OFF)
		ui_off(u, r, id);
	else
		hit = ui_hit(u, r, id);
	if (kind == UI_BUTTON_PRIMARY)
		u->primary = ui_id(id);
	ui_list_box(&u->list, r, UI_RADIUS_BUTTON, k.fill, k.border, k.edge);
	int icon_px = r.h >= TALL_H ? TALL_ICON : ICON;
	int label_px = ui_px(u, UI_LABEL) + (r.h >= TALL_H ? TALL_MORE : 0),
	    sub_px = ui_px(u, UI_CAPTION);
	int words = label == NULL ? 0 : ui_label_width(UI_BOLD, label_px, label);
	int below = sub == NULL ? 0 : ui_label_width(UI_REGULAR, sub_px, sub);
	words = below > words ? below : words;
	int content =
		words + (icon != NULL ? icon_px : 0) + (icon != NULL && words > 0 ? gap(u) : 0);
	int x = r.x + (r.w - content) / 2, y = r.y + (pressed && kind == UI_BUTTON_PRIMARY ? 4 : 0);
	if (content > r.w - 8)
		u->list.clipped = true;
	if (icon != NULL) {
		ui_list_icon(&u->list,
			     (struct ui_rect){x, y + (r.h - icon_px) / 2, icon_px, icon_px}, icon,
			     k.ink, k.lit, kind == UI_BUTTON_PRIMARY ? 40 : 30);
		x += icon_px + (words > 0 ? gap(u) : 0);
	}
	if (label == NULL)
		return hit;
	int label_h = sub == NULL ? r.h : label_px * 115 / 100;
	int top = sub == NULL ? y : y + (r.h - label_h - sub_px * 115 / 100) / 2;
	ui_label(u, (struct ui_rect){x, top, words, label_h}, ui_pen(UI_BOLD, label_px, k.ink),
		 UI_LEFT, label);
	if (sub != NULL)
		ui_label(u, (struct ui_rect){x, top + label_h, words, sub_px * 115 / 100},
			 ui_pen(UI_REGULAR, sub_px,
				kind == UI_BUTTON_PRIMARY ? UI_RGB(0xD6E9E3)
				: kind == UI_BUTTON_SUN   ? UI_SUN_TEXT
							  : UI_INK2),
			 UI_LEFT, sub);
	return hit;
}

struct ui_rect ui_bar_rect(const struct ui *u)
{
	int h = u->portrait ? UI_BAR_H_PORTRAIT : UI_BAR_H_LANDSCAPE;
	return (struct ui_rect){0, u->h - h, u->w, h};
}

int ui_bar(struct ui *u, const struct ui_bar_button *b, int count)
{
	struct ui_rect bar = ui_bar_rect(u);
	int margin = u->portrait ? UI_MARGIN_PORTRAIT : UI_MARGIN_LANDSCAPE,
	    space = u->portrait ? 16 : 24;
	int width[BAR_MAX] = {0}, total = 0, hit = -1, left = margin, right = u->w - margin;
	bool bare[BAR_MAX] = {false};
	count = count > BAR_MAX ? BAR_MAX : count;
	ui_list_fill(&u->list, bar, UI_CARD);
	ui_list_fill(&u->list, (struct ui_rect){0, bar.y, bar.w, 2}, UI_LINE);
	for (int i = 0; i < count; i++) {
		width[i] = ui_button_width(u, b[i].kind, b[i].icon, b[i].label, b[i].sub);
		total += width[i] + (i > 0 ? space : 0);
	}
	for (int i = 0; i < count && total > u->w - 2 * margin; i++)
		if (b[i].icon_only_ok && b[i].icon != NULL) {
			bare[i] = true;
			total -= width[i] - BUTTON_H;
			width[i] = BUTTON_H;
		}
	for (int i = count - 1; i >= 0; i--)
		right -= b[i].right ? width[i] + space : 0;
	right += space;
	for (int i = 0; i < count; i++) {
		int *x = b[i].right ? &right : &left;
		struct ui_rect r = {*x, bar.y + 2 + (bar.h - 2 - BUTTON_H) / 2, width[i], BUTTON_H};
		if (ui_button(u, r, b[i].id, b[i].kind,
			      ui_caption(b[i].icon, bare[i] ? NULL : b[i].label,
					 bare[i] ? NULL : b[i].sub)))
			hit = i;
		if (bare[i] && b[i].label != NULL)
			ui_list_note(&u->list, r, b[i].label);
		*x += width[i] + space;
	}
	if (total > u->w - 2 * margin)
		u->list.clipped = true;
	return hit;
}

/* --- chips --- */

static bool is_seal(const char *icon)
{
	return icon != NULL && strncmp(icon, "seal-", 5) == 0;
}

int ui_chip_width(const struct ui *u, const char *icon, const char *label)
{
	int words = label == NULL ? 0 : ui_label_width(UI_BOLD, ui_px(u, UI_LABEL), label);
	int width = words + (icon != NULL ? 48 : 0) + (icon != NULL && words > 0 ? 12 : 0) +
		    (u->portrait ? 44 : 52);
	return width < UI_TOUCH_MIN ? UI_TOUCH_MIN : width;
}

bool ui_chip(struct ui *u, int x, int y, const char *id, struct ui_caption caption, bool on)
{
	const char *icon = caption.icon, *label = caption.label;
	int w = ui_chip_width(u, icon, label), px = ui_px(u, UI_LABEL);
	struct ui_rect r = {x, y, w, UI_TOUCH_MIN};
	bool hit = ui_hit(u, r, id), pressed = ui_pressed(u, id);
	ui_list_box(&u->list, r, UI_RADIUS_PILL,
		    on        ? UI_PINE
		    : pressed ? UI_SUN_T
			      : UI_WHITE,
		    3,
		    on        ? UI_PINE
		    : pressed ? UI_SUN
			      : UI_LINE);
	int words = label == NULL ? 0 : ui_label_width(on ? UI_BOLD : UI_REGULAR, px, label);
	int at = x +
		 (w - words - (icon != NULL ? 48 : 0) - (icon != NULL && words > 0 ? 12 : 0)) / 2;
	if (is_seal(icon)) {
		ui_seal(u, at, y + 20, 48, strcmp(icon, "seal-out") == 0);
	} else if (icon != NULL) {
		static const struct ui_color none = {0};
		ui_list_icon(&u->list, (struct ui_rect){at, y + 20, 48, 48}, icon,
			     on ? UI_WHITE : UI_PINE_D, on ? none : UI_SUN, 30);
	}
	at += icon != NULL ? 60 : 0;
	if (label != NULL)
		ui_label(u, (struct ui_rect){at, y, words, UI_TOUCH_MIN},
			 ui_pen(on ? UI_BOLD : UI_REGULAR, px, on ? UI_WHITE : UI_INK), UI_LEFT,
			 label);
	return hit;
}

/* --- segments --- */

static int segment_content(const struct ui *u, const struct ui_segment *s)
{
	return ui_label_width(UI_BOLD, ui_px(u, UI_LABEL), s->label) +
	       (s->icon != NULL ? SMALL_ICON + 12 : 0) + (s->opens ? 40 : 0);
}

int ui_segments_width(const struct ui *u, const struct ui_segment *s, int count)
{
	int width = 6;
	for (int i = 0; i < count; i++)
		width += segment_content(u, &s[i]) + (u->portrait ? 40 : 62);
	return width;
}

int ui_segments(struct ui *u, struct ui_rect r, const struct ui_segment *s, int count)
{
	static const struct ui_color none = {0};
	int hit = -1, x = r.x, spare = r.w, px = ui_px(u, UI_LABEL);
	for (int i = 0; i < count; i++)
		spare -= segment_content(u, &s[i]);
	if (spare < 16 * count)
		u->list.clipped = true;
	ui_list_box(&u->list, r, 48, UI_WHITE, 0, UI_PINE);
	for (int i = 0; i < count; i++) {
		int content = segment_content(u, &s[i]);
		int w = i == count - 1 ? r.x + r.w - x : content + spare / count;
		struct ui_rect cell = {x, r.y, w, r.h};
		bool pressed = ui_pressed(u, s[i].id);
		if (ui_hit(u, cell, s[i].id))
			hit = i;
		if (s[i].on || pressed) {
			/* Rounded only at the control's own ends. */
			struct ui_color c = s[i].on ? UI_PINE : UI_SUN_T;
			ui_list_box(&u->list, cell, i == 0 || i == count - 1 ? 48 : 0, c, 0, c);
			if (i == 0 && count > 1)
				ui_list_fill(&u->list,
					     (struct ui_rect){x + w / 2, r.y, w - w / 2, r.h}, c);
			if (i == count - 1 && count > 1)
				ui_list_fill(&u->list, (struct ui_rect){x, r.y, w / 2, r.h}, c);
		}
		if (i > 0)
			ui_list_fill(&u->list, (struct ui_rect){x, r.y, 3, r.h}, UI_PINE);
		struct ui_color ink = s[i].on ? UI_WHITE : UI_PINE_D;
		int at = x + (w - content) / 2;
		if (s[i].icon != NULL) {
			ui_list_icon(&u->list,
				     (struct ui_rect){at, r.y + (r.h - SMALL_ICON) / 2, SMALL_ICON,
						      SMALL_ICON},
				     s[i].icon, ink, s[i].on ? UI_RGB(0xE2A02A) : UI_SUN, 30);
			at += SMALL_ICON + 12;
		}
		int words = ui_label_width(UI_BOLD, px, s[i].label);
		ui_label(u, (struct ui_rect){at, r.y, words, r.h}, ui_pen(UI_BOLD, px, ink),
			 UI_LEFT, s[i].label);
		if (s[i].opens)
			ui_list_icon(
				&u->list,
				(struct ui_rect){at + words + 12, r.y + (r.h - 28) / 2, 28, 28},
				"down", s[i].on ? UI_WHITE : UI_INK2, none, 60);
		x += w;
	}
	ui_list_box(&u->list, r, 48, none, 3, UI_PINE);
	return hit;
}

/* --- keys and check boxes --- */

bool ui_key(struct ui *u, struct ui_rect r, const char *id, struct ui_caption caption,
	    bool function, int px)
{
	const char *icon = caption.icon, *label = caption.label;
	bool hit = ui_hit(u, r, id), pressed = ui_pressed(u, id);
	static const struct ui_color none = {0};
	struct ui_color fill = pressed ? UI_SUN : function ? UI_KEY_FUNCTION : UI_WHITE;
	struct ui_rect face = r;
	if (pressed)
		face.y += 4;
	else
		ui_list_box(&u->list, (struct ui_rect){r.x, r.y + 4, r.w, r.h}, UI_RADIUS_KEY,
			    UI_SHADOW_KEY, 0, UI_LINE);
	ui_list_box(&u->list, face, UI_RADIUS_KEY, fill, 0, fill);
	if (icon != NULL)
		ui_list_icon(&u->list,
			     (struct ui_rect){face.x + (face.w - 48) / 2,
					      face.y + (face.h - 48) / 2, 48, 48},
			     icon, UI_INK, none, 30);
	if (label != NULL)
		ui_label(u, face, ui_pen(function ? UI_BOLD : UI_REGULAR, px, UI_INK), UI_CENTER,
			 label);
	return hit;
}

bool ui_check(struct ui *u, struct ui_rect r, const char *id, const char *label, bool on)
{
	bool hit = ui_hit(u, r, id), pressed = ui_pressed(u, id);
	int px = ui_px(u, UI_BODY);
	struct ui_rect box = {r.x + 32, r.y + (r.h - 44) / 2, 44, 44};
	ui_list_box(&u->list, r, UI_RADIUS_BUTTON,
		    pressed ? UI_SUN_T
		    : on    ? UI_PINE_CARD
			    : UI_WHITE,
		    on ? 6 : 3, on ? UI_PINE : UI_EDGE);
	ui_list_box(&u->list, box, 10, on ? UI_PINE : UI_WHITE, 4, on ? UI_PINE : UI_EDGE);
	if (on)
		ui_list_icon(&u->list, ui_rect_inset(box, 6), "check", UI_WHITE, UI_WHITE, 60);
	ui_label(u, (struct ui_rect){box.x + 62, r.y, r.w - 62 - 32 - 16, r.h},
		 ui_pen(UI_BOLD, px, UI_PINE_D), UI_LEFT, label);
	return hit;
}
