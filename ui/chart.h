/* chart.h - pairs of columns by month, and bars; solid for what comes in, hatched for what goes
 * out. */
#pragma once
#include "ui/card.h"

/* A month; heights in thousandths of the axis. */
struct ui_month {
	const char *id, *label, *brief; /* `brief` where the column is too narrow for the label */
	const char *note;               /* 未到: stands instead of columns when not NULL */
	bool bad;                       /* the note is a reproach */
	int in, out;
	bool on; /* a light column behind it */
};
/* `axis` are the labels from the bottom (0) to the top, evenly apart. The whole column of a month
 * is the target. Gives the pressed month or -1. */
int ui_months(struct ui *u, struct ui_rect r, const struct ui_month *m, int count,
	      const char *const *axis, int steps);

/* Label, bar, value; bars of one chart share a scale: thousandths of the longest. */
struct ui_bar_row {
	const char *label, *value; /* a NULL label ends the rows early; their pitch stays */
	int length;
};
/* Room for the labels and the values, so that charts side by side compare. */
struct ui_bar_columns {
	int label, value;
};
void ui_bars(struct ui *u, struct ui_rect r, const struct ui_bar_row *row, int count, bool out,
	     struct ui_bar_columns columns);
/* Size of their words. */
int ui_bars_px(const struct ui *u);
