/* card.h - what things stand on: cards, tiles, choices, rows, pills, seals, plates. */
#pragma once
#include "ui/button.h"

/* A white card with its line and its solid shadow. */
void ui_card(struct ui *u, struct ui_rect r, struct ui_color fill);
/* Rounded plate with an icon in its middle. */
void ui_plate(struct ui *u, struct ui_rect r, struct ui_color fill, const char *icon, int icon_px);

/* 收 or 支: solid and outlined, never by colour alone. Size 48 or 64 (72 on the home tile). */
void ui_seal(struct ui *u, int x, int y, int size, bool out);

/* Not to be pressed: words in a pill. Gives its width. */
enum ui_pill_kind {
	UI_PILL_SUN,
	UI_PILL_PINE,
	UI_PILL_GREY,
	UI_PILL_DANGER,
	UI_PILL_INCOME,
	UI_PILL_EXPENSE
};
int ui_pill(struct ui *u, int x, int y, int h, enum ui_pill_kind kind, const char *text);
int ui_pill_width(const struct ui *u, const char *text);

/* Home's tiles. The sub-title disappears at 特大; `badge` (新 2) may be NULL. */
bool ui_tile(struct ui *u, struct ui_rect r, const char *id, struct ui_caption caption,
	     const char *badge);
/* 我要反映 and its like: icon left, words right. */
bool ui_action(struct ui *u, struct ui_rect r, const char *id, bool primary,
	       struct ui_caption caption);

/* A card one chooses: draws card and radio, gives whether it was pressed. Content goes on top by
 * the caller. */
bool ui_choice(struct ui *u, struct ui_rect r, const char *id, bool on);

/* A row of a list, on a card; the whole row is the target. Draws the hairline, and a light when it
 * is marked or pressed. */
bool ui_row(struct ui *u, struct ui_rect r, const char *id, bool marked);

/* A field to fill in. */
void ui_field(struct ui *u, struct ui_rect r, bool focused);

/* A ring with a tick (done), a plus (empty, dashed), or an icon. */
void ui_dot_done(struct ui *u, int x, int y, int size, const char *icon);
void ui_dot_empty(struct ui *u, int x, int y, int size);

/* A dialog card with its sun edge; the page behind is an opaque fill by the caller. */
void ui_dialog(struct ui *u, struct ui_rect r);
