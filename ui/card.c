#include "ui/card.h"

static const struct ui_color none = {0};

static struct ui_rect below(struct ui_rect r)
{
	return (struct ui_rect){r.x, r.y + 4, r.w, r.h};
}

void ui_card(struct ui *u, struct ui_rect r, struct ui_color fill)
{
	ui_list_box(&u->list, below(r), UI_RADIUS_CARD, UI_SHADOW, 0, UI_LINE);
	ui_list_box(&u->list, r, UI_RADIUS_CARD, fill, 2, UI_LINE);
}

void ui_plate(struct ui *u, struct ui_rect r, struct ui_color fill, const char *icon, int icon_px)
{
	ui_list_box(&u->list, r, r.w >= 100 ? UI_RADIUS_PLATE : UI_RADIUS_CARD, fill, 0, fill);
	ui_list_icon(&u->list,
		     (struct ui_rect){r.x + (r.w - icon_px) / 2, r.y + (r.h - icon_px) / 2, icon_px,
				      icon_px},
		     icon, UI_PINE_D, UI_SUN, 30);
}

void ui_seal(struct ui *u, int x, int y, int size, bool out)
{
	struct ui_rect r = {x, y, size, size};
	int px = size * 60 / 100;
	ui_list_box(&u->list, r, size >= 60 ? 12 : 10, out ? UI_WHITE : UI_INCOME, out ? 4 : 0,
		    UI_EXPENSE);
	ui_label(u, r, ui_pen(UI_TITLE, px, out ? UI_EXPENSE : UI_WHITE), UI_CENTER,
		 out ? "支" : "收");
}

int ui_pill_width(const struct ui *u, const char *text)
{
	return ui_label_width(UI_BOLD, ui_px(u, UI_CAPTION), text) + 40;
}

int ui_pill(struct ui *u, int x, int y, int h, enum ui_pill_kind kind, const char *text)
{
	const struct {
		struct ui_color fill, ink;
	} look[] = {
		[UI_PILL_SUN] = {UI_SUN, UI_SUN_INK},
		[UI_PILL_PINE] = {UI_PINE_T, UI_PINE_D},
		[UI_PILL_GREY] = {UI_PAPER2, UI_INK2},
		[UI_PILL_DANGER] = {UI_DANGER_T, UI_DANGER},
		[UI_PILL_INCOME] = {UI_INCOME_T, UI_INCOME},
		[UI_PILL_EXPENSE] = {UI_EXPENSE_T, UI_EXPENSE},
	};
	int w = ui_pill_width(u, text);
	struct ui_rect r = {x, y, w, h};
	ui_list_box(&u->list, r, UI_RADIUS_PILL, look[kind].fill, 0, look[kind].fill);
	ui_label(u, r, ui_pen(UI_BOLD, ui_px(u, UI_CAPTION), look[kind].ink), UI_CENTER, text);
	return w;
}

/* How a tile shares its height between the picture, the title and the line below. */
struct tile_plan {
	int plate, pad_top, title_y, sub_y; /* sub_y 0: no room for it */
};

static struct tile_plan plan_tile(int h, int pad, int title_h, int sub_h, int two_lines)
{
	struct tile_plan t = {.plate = h >= 320 ? 112 : 96, .pad_top = pad};
	int foot = h - pad;
	if (sub_h > 0 && t.pad_top + t.plate + 4 + title_h + 8 + two_lines <= foot) {
		/* Titles of a row stand on one line, whether one or two lines follow. */
		t.title_y = foot - two_lines - 8 - title_h;
		t.sub_y = t.title_y + title_h + 8;
		return t;
	}
	/* Tighter, for all tiles alike: room for two lines counts even where one is said. */
	for (int plate = 96; sub_h > 0 && sub_h <= two_lines && plate >= 72; plate -= 24) {
		t.plate = plate;
		t.pad_top = plate == 96 ? 24 : 18;
		t.title_y = t.pad_top + plate + 4;
		t.sub_y = t.title_y + title_h + 4;
		if (t.sub_y + two_lines <= h - 12)
			return t;
	}
	t = (struct tile_plan){.plate = h >= 320 ? 112 : 96, .pad_top = pad};
	/* The title before the line below it, and before the size of the picture. */
	if (t.pad_top + t.plate + 4 + title_h > foot) {
		t.pad_top = 20;
		t.plate = h - 20 - 8 - title_h - 20;
		t.plate = t.plate > 96 ? 96 : t.plate < 48 ? 48 : t.plate;
		foot = h - 20;
	}
	t.title_y = foot - title_h;
	return t;
}

bool ui_tile(struct ui *u, struct ui_rect r, const char *id, struct ui_caption caption,
	     const char *badge)
{
	const char *title = caption.label, *sub = caption.sub;
	bool hit = ui_hit(u, r, id), pressed = ui_pressed(u, id);
	int pad = u->portrait || (u->latin && u->size == UI_XLARGE) ? 24 : 32,
	    inner = r.w - 2 * pad;
	int title_px = ui_px(u, UI_TILE_TITLE), sub_px = ui_px(u, UI_CAPTION);
	if (pressed)
		r.y += 4;
	else
		ui_list_box(&u->list, below(r), UI_RADIUS_CARD, UI_SHADOW, 0, UI_LINE);
	ui_list_box(&u->list, r, UI_RADIUS_CARD, UI_CARD, 2, UI_LINE);
	char title_room[UI_HALVED], sub_room[UI_HALVED];
	title = ui_words_halved(UI_TITLE, title_px, inner, title, title_room);
	int title_h = ui_words_height(UI_TITLE, title_px, inner, 120, title);
	sub = u->size == UI_XLARGE || sub == NULL
		      ? NULL
		      : ui_words_halved(UI_REGULAR, sub_px, inner, sub, sub_room);
	int sub_h = sub == NULL ? 0 : ui_words_height(UI_REGULAR, sub_px, inner, 135, sub);
	struct tile_plan t = plan_tile(r.h, pad, title_h, sub_h, (sub_px * 135 + 50) / 100 * 2);
	ui_plate(u, (struct ui_rect){r.x + pad, r.y + t.pad_top, t.plate, t.plate}, UI_PINE_T,
		 caption.icon, t.plate >= 96 ? 72 : t.plate * 3 / 4);
	if (badge != NULL) {
		int w = ui_pill_width(u, badge);
		ui_pill(u, r.x + r.w - 24 - w, r.y + 24, 48, UI_PILL_SUN, badge);
	}
	ui_words(u, (struct ui_rect){r.x + pad, r.y + t.title_y, inner, title_h},
		 ui_pen(UI_TITLE, title_px, UI_INK), 120, UI_LEFT, title);
	if (t.sub_y > 0)
		ui_words(u, (struct ui_rect){r.x + pad, r.y + t.sub_y, inner, sub_h},
			 ui_pen(UI_REGULAR, sub_px, UI_INK2), 135, UI_LEFT, sub);
	return hit;
}

bool ui_action(struct ui *u, struct ui_rect r, const char *id, bool primary,
	       struct ui_caption caption)
{
	const char *title = caption.label, *sub = caption.sub;
	char sub_room[UI_HALVED];
	bool hit = ui_hit(u, r, id), pressed = ui_pressed(u, id);
	int title_px = ui_px(u, UI_ACTION_TITLE), sub_px = ui_px(u, UI_CAPTION);
	int pad = u->size == UI_XLARGE || u->portrait ? 24 : 40,
	    space = u->size == UI_XLARGE ? 20 : 28;
	struct ui_color fill = primary ? (pressed ? UI_PINE_D : UI_PINE) : UI_SUN_T;
	if (pressed)
		r.y += 4;
	else
		ui_list_box(&u->list, below(r), UI_RADIUS_CARD,
			    primary ? UI_SHADOW_PINE : UI_SHADOW_SUN, 0, UI_LINE);
	ui_list_box(&u->list, r, UI_RADIUS_CARD, fill, 3, primary ? fill : UI_SUN);
	struct ui_rect at = {r.x + pad, r.y + (r.h - 80) / 2, 80, 80};
	ui_list_icon(&u->list, at, caption.icon, primary ? UI_WHITE : UI_PINE_D,
		     primary ? UI_RGB(0xE2A02A) : UI_SUN, 30);
	int x = at.x + at.w + space, w = r.x + r.w - 20 - x;
	int title_h = ui_words_height(UI_TITLE, title_px, w, 120, title);
	sub = u->size == UI_XLARGE || sub == NULL
		      ? NULL
		      : ui_words_halved(UI_REGULAR, sub_px, w, sub, sub_room);
	int sub_h = sub == NULL ? 0 : ui_words_height(UI_REGULAR, sub_px, w, 130, sub) + 6;
	if (title_h + sub_h > r.h - 16)
		sub_h = 0;
	int top = r.y + (r.h - title_h - sub_h) / 2;
	ui_words(u, (struct ui_rect){x, top, w, title_h},
		 ui_pen(UI_TITLE, title_px, primary ? UI_WHITE : UI_INK), 120, UI_LEFT, title);
	if (sub_h > 0)
		ui_words(u, (struct ui_rect){x, top + title_h + 6, w, sub_h},
			 ui_pen(UI_REGULAR, sub_px, primary ? UI_WHITE : UI_INK), 130, UI_LEFT,
			 sub);
	return hit;
}

bool ui_choice(struct ui *u, struct ui_rect r, const char *id, bool on)
{
	bool hit = ui_hit(u, r, id), pressed = ui_pressed(u, id);
	if (pressed)
		r.y += 4;
	else
		ui_list_box(&u->list, below(r), UI_RADIUS_CARD, UI_SHADOW, 0, UI_LINE);
	ui_list_box(&u->list, r, UI_RADIUS_CARD, on ? UI_PINE_CARD : UI_WHITE, on ? 6 : 3,
		    on ? UI_PINE : UI_LINE);
	struct ui_rect radio = {r.x + r.w - 28 - 60, r.y + 28, 60, 60};
	ui_list_box(&u->list, radio, 30, on ? UI_PINE : UI_WHITE, 4, on ? UI_PINE : UI_EDGE);
	if (on)
		ui_list_icon(&u->list, ui_rect_inset(radio, 10), "check", UI_WHITE, none, 50);
	return hit;
}

bool ui_row(struct ui *u, struct ui_rect r, const char *id, bool marked)
{
	bool hit = ui_hit(u, r, id);
	/* Nothing reaches the ends of the row: the card it lies on has round corners. */
	if (marked || ui_pressed(u, id))
		ui_list_box(&u->list, (struct ui_rect){r.x + 16, r.y + 4, r.w - 32, r.h - 10},
			    UI_RADIUS_BUTTON, UI_SUN_T, 0, UI_SUN_T);
	ui_list_fill(&u->list, (struct ui_rect){r.x + 24, r.y + r.h - 2, r.w - 48, 2}, UI_LINE);
	return hit;
}

void ui_field(struct ui *u, struct ui_rect r, bool focused)
{
	ui_list_box(&u->list, r, UI_RADIUS_BUTTON, UI_WHITE, focused ? 4 : 3,
		    focused ? UI_PINE : UI_LINE);
}

void ui_dot_done(struct ui *u, int x, int y, int size, const char *icon)
{
	struct ui_rect r = {x, y, size, size};
	ui_list_box(&u->list, r, size / 2, UI_PINE, 0, UI_PINE);
	ui_list_icon(&u->list, ui_rect_inset(r, size / 5), icon, UI_WHITE, none, 50);
}

void ui_dot_empty(struct ui *u, int x, int y, int size)
{
	struct ui_rect r = {x, y, size, size};
	ui_list_dashed(&u->list, r, size / 2, none, 4, UI_INK2);
	ui_list_icon(&u->list, ui_rect_inset(r, size / 4), "plus", UI_INK2, none, 40);
}

void ui_dialog(struct ui *u, struct ui_rect r)
{
	ui_list_box(&u->list, (struct ui_rect){r.x, r.y + 8, r.w, r.h}, UI_RADIUS_DIALOG,
		    UI_RGB(0x9DAFA2), 0, UI_LINE);
	ui_list_box(&u->list, r, UI_RADIUS_DIALOG, UI_CARD, 8, UI_SUN);
}
