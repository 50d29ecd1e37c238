/* clock.h - what day it is, and how long something took.
 *
 * Times are Unix seconds, UTC. Days are the calendar days of Beijing time,
 * written as the number yyyymmdd; there is no summer time. Order never comes
 * from these clocks, only from sequence numbers. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

int64_t clock_now(void);

/* Milliseconds that never go back. */
int64_t clock_ms(void);
/* The same clock in microseconds, for steps shorter than a frame. */
int64_t clock_us(void);

/* Calendar day of `time`, for example 20261120. */
int32_t clock_day(int64_t time);

/* First second of the day. */
int64_t clock_day_start(int32_t day);

struct clock_date {
	int year, month, day, hour, minute;
	int weekday; /* 0 is Sunday */
};
struct clock_date clock_date(int64_t time);

/* `days` later (or earlier); works across months and years. */
int32_t clock_day_add(int32_t day, int days);

bool clock_day_valid(int32_t day);

/* Days from a to b. */
int clock_days_between(int32_t a, int32_t b);

/* "2026-11-20" both ways. The buffer holds 11 characters. */
void clock_day_text(int32_t day, char out[11]);
bool clock_day_parse(const char *text, int32_t *day);
