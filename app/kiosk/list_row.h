/* list_row.h - one row of a list as a card: its title whole, its state, what it says in short, and
 * how to ring where that is what people come for. */
#pragma once
#include "app/kiosk/page.h"

enum { LIST_GAP = 12 };

/* All rows of a list are of one height, so that it scrolls. */
int list_row_height(const struct ui *u);
/* `kind`: says of which template it is. True when pressed. */
bool list_row(struct kiosk *k, struct ui *u, struct ui_rect r, const struct roll_row *row,
	      bool kind, const char *id);
/* A card to be pressed, with an arrow; gives where it stands now. */
struct ui_rect list_card(struct ui *u, struct ui_rect r, const char *id, bool marked, bool *hit);
/* `text` without the facts (between " · ") at its end that do not fit into `w`; "" when not even
 * the first does. */
const char *list_facts(enum ui_style style, int px, int w, const char *text, struct buf *room);

/* A list of rows of one height under each other that follows the finger and turns by whole pages.
 */
struct row_list {
	const char *id; /* of its scroll */
	int row_h;
	size_t count;
};
/* The part of `room` that holds whole rows. */
struct ui_rect list_place(const struct row_list *l, struct ui_rect room);
/* Gives how far it is scrolled, and the first row to draw; ui_scroll_end follows. */
int list_begin(struct ui *u, const struct row_list *l, struct ui_rect r, size_t *first);
struct ui_rect list_cell(const struct row_list *l, struct ui_rect r, int at, size_t i);
/* The bottom bar, with 上一页 and 下一页 where there is more than a page, and `more` (or NULL).
 * Gives the id pressed. */
const char *list_turn(struct kiosk *k, struct ui *u, const struct row_list *l, struct ui_rect r,
		      const struct ui_bar_button *more);
