/* chart.h - pairs of columns by month, and bars; solid for what comes in, hatched for what goes
 * out. */
#pragma once
#include "ui/card.h"

/* A month; heights in thousandths of the axis. */
struct ui_month {
	const char *id, *label, *note; /* note (未到) stands instead of columns when not NULL */
	int in, out;
	bool on; /* a light column behind it */
};
/* `axis` are the labels from the bottom (0) to the top, evenly apart. The whole column of a month
 * is the target. Gives the pressed month or -1. */
int ui_months(struct ui *u, struct ui_rect r, const struct ui_month *m, int count,
	      const char *const *axis, int steps);

/* Label, bar, value; bars of one chart share a scale: thousandths of the longest. */
struct ui_bar_row {
	const char *label, *value;
	int length;
};
void ui_bars(struct ui *u, struct ui_rect r, const struct ui_bar_row *row, int count, bool out,
	     int label_width);
