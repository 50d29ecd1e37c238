/* due.h - by which day a month's books must have been made public.
 *
 * The rule of each template says how often, not on which day (村民委员会组织法 art. 30: monthly
 * where money moves often, else quarterly). A month's sheet is due before the next one has to be:
 * by the last day of the month after its period. Days are yyyymmdd, months yyyymm. */
#pragma once
#include "app/village/catalogue.h"
#include "app/village/place.h"
#include "app/village/publication.h"

/* The last day on which the sheet covering `month` is in time; 0 when its rule names no rhythm. */
int32_t due_day(const struct catalogue_template *t, int month);
/* The newest month whose sheet must be there on `today`. */
int due_month(const struct catalogue_template *t, int32_t today);

/* The period whose sheet covers `month`: "2026-10", "2026Q3", "2026H1", "2026". False when its rule
 * names no rhythm. */
bool due_period(const struct catalogue_template *t, int month, char out[PERIOD_MAX + 1]);

/* What should be public and is not. */
struct due_item {
	const struct catalogue_template *template;
	char period[PERIOD_MAX + 1];
	int32_t day; /* the last one on which it would have been in time */
};
/* Whether a place has made this template and period public. */
struct due_shelf {
	bool (*has)(void *self, const char *template_id, const char *period);
	void *self;
};
/* What a place of this level owes on `today`, by column and template, newest period first; gives
 * how many fit into `room`. A village owes every template whose rule names a rhythm, but those of
 * households, which come from its groups; a group owes its ledger and what it has begun to publish.
 * A period counts as given when it, or a later one, is public; one that was left out in between is
 * owed for a year. */
size_t due_missing(const struct catalogue *c, enum place_level level, int32_t today,
		   const struct due_shelf *shelf, struct due_item *out, size_t room);
