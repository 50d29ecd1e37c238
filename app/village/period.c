#include "app/village/period.h"

#include "app/base/text.h"

#include <stdio.h>
#include <string.h>

/* How many of this length make a year; 0 for what is no period. */
static int shape(const char *period)
{
	size_t len = strlen(period);
	if (len == 4)
		return 1;
	if (len == 6 && period[4] == 'H')
		return 2;
	if (len == 6 && period[4] == 'Q')
		return 4;
	return len == 7 && period[4] == '-' ? 12 : 0;
}

bool period_parts(const char *period, int *year, int *part)
{
	int64_t y = 0, n = 1;
	int last = shape(period);
	if (last == 0 || !text_number(period, 4, &y) || y == 0 ||
	    (last > 1 && !text_number(period + 5, strlen(period) - 5, &n)))
		return false;
	*year = (int)y;
	*part = (int)n;
	return n > 0 && n <= last;
}

bool period_before(const char *period, char out[PERIOD_MAX + 1])
{
	int year, part, last = shape(period);
	if (!period_parts(period, &year, &part))
		return false;
	year -= part == 1;
	part = part == 1 ? last : part - 1;
	if (last == 1)
		snprintf(out, PERIOD_MAX + 1, "%04d", year % 10000);
	else if (last == 12)
		snprintf(out, PERIOD_MAX + 1, "%04d-%02d", year % 10000, part % 13);
	else
		snprintf(out, PERIOD_MAX + 1, "%04d%c%d", year % 10000, period[4], part % 5);
	return year > 0;
}

int period_month(const char *period)
{
	int year, part;
	return period_parts(period, &year, &part) ? year * 100 + part * 12 / shape(period) : 0;
}

int period_in_year(const char *period)
{
	int year, part;
	return period_parts(period, &year, &part) ? shape(period) : 0;
}
