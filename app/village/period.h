/* period.h - the time a sheet stands for: "2026-10", "2026Q3", "2026H2", "2026",
 * "once". */
#pragma once
#include "app/village/publication.h"

/* The one of the same length before it. False for "once" and what is no period. */
bool period_before(const char *period, char out[PERIOD_MAX + 1]);
/* Year and part: the month, quarter or half, 1 for a whole year. False for "once" and what is no
 * period. */
bool period_parts(const char *period, int *year, int *part);
/* The last month it covers, yyyymm; 0 where period_parts is false. */
int period_month(const char *period);
/* How many of its length make a year; 0 for "once". */
int period_in_year(const char *period);
