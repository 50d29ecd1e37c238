/* owed.h - what the rules wanted public by today and is not, and 催一催.
 *
 * "Today" is the newest day somebody signed for. A press counts once in a visit and is told to the
 * township as a number; nothing of who pressed, nothing of when. */
#pragma once
#include "app/kiosk/page.h"

/* Of the place being looked at. Kept until books, place or day move. */
const struct owed *owed_look(struct kiosk *k);
/* Items of a column, all of them with NULL; gives how many. */
size_t owed_count(struct kiosk *k, const char *column);
/* Goes to the list of them. */
void owed_open(struct kiosk *k, const char *column);
/* A strip that leads there; gives the height used, 0 when nothing is owed. */
int owed_strip(struct kiosk *k, struct ui *u, struct ui_rect r, const char *column);

/* 催一催 for one of them, as a button, and what happens next once it was pressed. */
struct owed_urge {
	struct ui_bar_button button;
	const char *next; /* NULL before */
};
void owed_urge_look(struct kiosk *k, const char *template_id, const char *period,
		    struct owed_urge *out);
void owed_urge(struct kiosk *k, const char *template_id, const char *period);
