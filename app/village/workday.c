#include "app/village/workday.h"

#include "app/base/clock.h"

/* Statutory days that stand in the Gregorian calendar; the others move with the moon. */
static bool gregorian_statutory(int32_t day)
{
	int md = day % 10000;
	return md == 101 || md == 501 || md == 502 || md == 1001 || md == 1002 || md == 1003;
}

static bool year_known(const struct workday_calendar *c, int32_t day)
{
	/* The arrangement of a year always has its first of October. */
	for (size_t i = 0; i < c->count; i++)
		if (c->exceptions[i].day / 10000 == day / 10000)
			return true;
	return false;
}

bool workday_is(const struct workday_calendar *c, int32_t day)
{
	size_t low = 0, high = c->count;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (c->exceptions[mid].day == day)
			return !c->exceptions[mid].off;
		if (c->exceptions[mid].day < day)
			low = mid + 1;
		else
			high = mid;
	}
	int weekday = clock_date(clock_day_start(day)).weekday;
	if (weekday == 0 || weekday == 6)
		return false;
	return year_known(c, day) || !gregorian_statutory(day);
}

struct workday_date workday_add(const struct workday_calendar *c, int32_t day, int n)
{
	struct workday_date d = {.day = day};
	while (n > 0) {
		d.day = clock_day_add(d.day, 1);
		n -= workday_is(c, d.day);
	}
	d.provisional = !year_known(c, d.day);
	return d;
}

struct workday_date workday_after_days(const struct workday_calendar *c, int32_t day, int n)
{
	struct workday_date d = {.day = clock_day_add(day, n)};
	while (!workday_is(c, d.day))
		d.day = clock_day_add(d.day, 1);
	d.provisional = !year_known(c, d.day);
	return d;
}

int workday_between(const struct workday_calendar *c, int32_t from, int32_t to)
{
	int n = 0, step = from <= to ? 1 : -1;
	int32_t low = from <= to ? from : to, high = from <= to ? to : from;
	for (int32_t d = clock_day_add(low, 1); d <= high; d = clock_day_add(d, 1))
		n += workday_is(c, d);
	return n * step;
}
