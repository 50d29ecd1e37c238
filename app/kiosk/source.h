/* source.h - where what a page shows comes from: who published it, on which day, who signed, by
 * which road it came. Stands at the foot of every page that shows publications. */
#pragma once
#include "app/kiosk/kiosk.h"

/* Of publication `number` of this shelf, in short-lived room; "" when there is none. `both`: also
 * who signed for the village, which some pages say by themselves. */
const char *source_words(struct kiosk *k, const struct shelf *shelf, uint64_t number, bool both);
/* The same without who signed for the village, on lines of `w` at `px`: no part of it is torn where
 * a line ends. Short-lived room. */
const char *source_lines(struct kiosk *k, const struct shelf *shelf, uint64_t number, int px,
			 int w);
/* At the bottom of the page's content; gives the content that is left. */
struct ui_rect source_foot(struct kiosk *k, struct ui *u, struct ui_rect content,
			   const struct shelf *shelf, uint64_t number);
/* The same, with whose it is before it: for a page that shows several places. */
struct ui_rect source_foot_named(struct kiosk *k, struct ui *u, struct ui_rect content,
				 const struct shelf *shelf, uint64_t number);
