/* workday.h - which days the office works, and when a deadline falls.
 *
 * Saturdays and Sundays are off unless the State Council's yearly arrangement
 * says otherwise; the arrangement is data (day, off or make-up work). The day a
 * thing starts is not counted; a calendar-day deadline that falls on an off day
 * moves to the next working day (Civil Code 201, 203). In a year without an
 * arrangement only the Gregorian statutory days are taken off and every date
 * that reaches into it is provisional. Source: the arrangement files of the
 * State Council for 2025 and 2026. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct workday_exception {
	int32_t day; /* yyyymmdd */
	bool off;    /* false: a make-up working day */
};

struct workday_calendar {
	const struct workday_exception *exceptions; /* ascending by day */
	size_t count;
};

bool workday_is(const struct workday_calendar *c, int32_t day);

struct workday_date {
	int32_t day;
	bool provisional; /* reaches into a year whose arrangement is not known */
};
/* The n-th working day after `day`. n >= 1. */
struct workday_date workday_add(const struct workday_calendar *c, int32_t day, int n);
/* n calendar days after `day`, moved to a working day. */
struct workday_date workday_after_days(const struct workday_calendar *c, int32_t day, int n);
/* Working days from `from` (not counted) to `to` (counted); negative when to < from. */
int workday_between(const struct workday_calendar *c, int32_t from, int32_t to);
