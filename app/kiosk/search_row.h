/* search_row.h - one row that was found: what it says with the words that were looked for marked in
 * it, and which place, time and list it is from. */
#pragma once
#include "app/kiosk/find.h"
#include "app/kiosk/kiosk.h"

int search_row_height(const struct ui *u);
/* Draws row `index`; true when it was pressed. One that is still being checked says so and cannot
 * be pressed. */
bool search_row(struct kiosk *k, struct ui *u, struct ui_rect r, const struct query *q,
		size_t index, const struct find_row *row);
