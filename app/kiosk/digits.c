#include "app/kiosk/digits.h"

#include <stdio.h>
#include <string.h>

void digits_box(struct ui *u, struct ui_rect r, struct digits_group g, int px)
{
	struct ui_color edge = g.look == DIGITS_TYPED  ? UI_SUN
			       : g.look == DIGITS_FULL ? UI_PINE
						       : UI_EDGE;
	ui_list_secret(&u->list, r);
	/* One of these is wrong, but which one is not known: dashed, never red. */
	if (g.look == DIGITS_DOUBTED)
		ui_list_dashed(&u->list, r, 18, UI_WHITE, 4, UI_INK2);
	else
		ui_list_box(&u->list, r, 18, g.look == DIGITS_TYPED ? UI_CARD_WARM : UI_WHITE,
			    g.look == DIGITS_TYPED ? 6 : 3, edge);
	if (g.number > 0) {
		char text[8];
		snprintf(text, sizeof text, "%d", g.number % 100);
		ui_label(u, (struct ui_rect){r.x + 16, r.y + 6, 40, 36},
			 ui_pen(UI_REGULAR, 26, UI_INK2), UI_LEFT, text);
	}
	int step = g.look == DIGITS_SHOWN ? px * 64 / 100 : px * 84 / 100,
	    x = r.x + (r.w - step * g.count) / 2;
	if (step * g.count > r.w - 16) {
		step = (r.w - 16) / g.count;
		x = r.x + 8;
	}
	for (int i = 0; i < g.count; i++) {
		char text[2] = {g.digits[i], 0};
		struct ui_rect cell = {x + step * i, r.y, step, r.h};
		if (g.digits[i] >= '0' && g.digits[i] <= '9')
			ui_label(u, cell, ui_pen(UI_BOLD, px, UI_INK), UI_CENTER, text);
		else
			ui_list_box(
				&u->list,
				(struct ui_rect){cell.x + step / 2 - 5, r.y + r.h / 2 - 5, 10, 10},
				5, UI_EDGE, 0, UI_EDGE);
	}
}

bool digits_complete(const char *digits, int count)
{
	for (int i = 0; i < count; i++)
		if (digits[i] < '0' || digits[i] > '9')
			return false;
	return true;
}

enum digits_look digits_look_of(const char *digits, int count, bool current)
{
	if (current)
		return DIGITS_TYPED;
	return digits_complete(digits, count) ? DIGITS_FULL : DIGITS_EMPTY;
}

/* First blank at or after `from`, going round; -1 when there is none. */
static int blank_from(const char *digits, int count, int from)
{
	for (int i = 0; i < count; i++)
		if (digits[(from + i) % count] == ' ')
			return (from + i) % count;
	return -1;
}

bool digits_type(char *digits, int count, int group, int *at, char key)
{
	if (key == 'c') {
		memset(digits, ' ', (size_t)count);
		*at = 0;
		return true;
	}
	if (key == 'b') {
		int i = *at * group + group - 1;
		while (i >= 0 && digits[i] == ' ')
			i--;
		if (i < 0)
			return false;
		digits[i] = ' ';
		*at = i / group;
		return true;
	}
	int to = blank_from(digits, count, *at * group);
	if (key < '0' || key > '9' || to < 0)
		return false;
	digits[to] = key;
	int next = blank_from(digits, count, to);
	*at = next < 0 ? to / group : next / group;
	return true;
}
