/* story.h - a year of a place's money in words: one sentence, what is left, and the year before. */
#pragma once
#include "app/kiosk/kiosk.h"

/* What the page shows, gathered once a frame. */
struct overview {
	int year, first, last; /* months yyyymm */
	struct accounts_sum sum, before;
	struct accounts_sum month[12];
	const char *months; /* 1–10 月 */
};

/* One below the other in `r`. */
void story_landscape(struct kiosk *k, struct ui *u, struct ui_rect r, const struct overview *o);
/* Side by side from the top of `r`; gives the height of the card. */
int story_portrait(struct kiosk *k, struct ui *u, struct ui_rect r, const struct overview *o);
