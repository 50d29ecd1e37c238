/* due.h - by which day a month's books must have been made public.
 *
 * The rule of each template says how often, not on which day (村民委员会组织法 art. 30: monthly
 * where money moves often, else quarterly). A month's sheet is due before the next one has to be:
 * by the last day of the month after its period. Days are yyyymmdd, months yyyymm. */
#pragma once
#include "app/village/catalogue.h"

/* The last day on which the sheet covering `month` is in time; 0 when its rule names no rhythm. */
int32_t due_day(const struct catalogue_template *t, int month);
/* The newest month whose sheet must be there on `today`. */
int due_month(const struct catalogue_template *t, int32_t today);
