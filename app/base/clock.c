#include "app/base/clock.h"

#include "app/base/text.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { BEIJING = 8 * 3600, DAY = 86400 };

int64_t clock_now(void)
{
	return (int64_t)time(NULL);
}

int64_t clock_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Days since 1970-01-01 of a Gregorian date, and back; the usual era arithmetic. */
static int64_t days_from(int y, int m, int d)
{
	int64_t year = m <= 2 ? y - 1 : y;
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t of_era = year - era * 400;
	int64_t of_year = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_of(int64_t days, int *y, int *m, int *d)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t of_era = days - era * 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t part = (5 * of_year + 2) / 153;
	*d = (int)(of_year - (153 * part + 2) / 5 + 1);
	*m = (int)(part < 10 ? part + 3 : part - 9);
	*y = (int)(year + era * 400 + (*m <= 2));
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a >= 0 ? a / b : -((b - 1 - a) / b);
}

static int64_t day_number(int32_t day)
{
	return days_from(day / 10000, day / 100 % 100, day % 100);
}

static int32_t day_of_number(int64_t number)
{
	int y, m, d;
	date_of(number, &y, &m, &d);
	return y * 10000 + m * 100 + d;
}

int32_t clock_day(int64_t t)
{
	return day_of_number(floor_div(t + BEIJING, DAY));
}

int64_t clock_day_start(int32_t day)
{
	return day_number(day) * DAY - BEIJING;
}

struct clock_date clock_date(int64_t t)
{
	struct clock_date date;
	int64_t local = t + BEIJING, days = floor_div(local, DAY);
	int64_t second = local - days * DAY;
	date_of(days, &date.year, &date.month, &date.day);
	date.hour = (int)(second / 3600);
	date.minute = (int)(second / 60 % 60);
	date.weekday = (int)(((days + 4) % 7 + 7) % 7);
	return date;
}

int32_t clock_day_add(int32_t day, int days)
{
	return day_of_number(day_number(day) + days);
}

bool clock_day_valid(int32_t day)
{
	return day >= 19000101 && day <= 99991231 && day_of_number(day_number(day)) == day;
}

int clock_days_between(int32_t a, int32_t b)
{
	return (int)(day_number(b) - day_number(a));
}

void clock_day_text(int32_t day, char out[11])
{
	unsigned d = (unsigned)day;
	snprintf(out, 11, "%04u-%02u-%02u", d / 10000 % 10000, d / 100 % 100, d % 100);
}

bool clock_day_parse(const char *text, int32_t *day)
{
	int64_t y, m, d;
	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-' || !text_number(text, 4, &y) ||
	    !text_number(text + 5, 2, &m) || !text_number(text + 8, 2, &d))
		return false;
	*day = (int32_t)(y * 10000 + m * 100 + d);
	return clock_day_valid(*day);
}
