#include "app/village/period.h"

#include <stdio.h>
#include <string.h>

/* Year and part; part 0 for a whole year. */
static bool parts(const char *period, int *year, int *part)
{
	size_t len = strlen(period);
	char mark = 0;
	int n = 0, used = 0;
	*part = 0;
	if (len == 4)
		n = sscanf(period, "%4d%n", year, &used) == 1;
	else if (len == 6 || len == 7)
		n = sscanf(period, "%4d%c%2d%n", year, &mark, part, &used) == 3;
	return n == 1 && (size_t)used == len && *year > 0 && *part >= 0 &&
	       (len == 4 ||
		(mark == (len == 6 ? 'Q' : '-') && *part > 0 && *part <= (len == 6 ? 4 : 12)));
}

bool period_before(const char *period, char out[PERIOD_MAX + 1])
{
	int year, part;
	if (!parts(period, &year, &part))
		return false;
	int last = period_in_year(period);
	if (part <= 1)
		year--;
	if (last == 1)
		snprintf(out, PERIOD_MAX + 1, "%04d", year % 10000);
	else if (last == 4)
		snprintf(out, PERIOD_MAX + 1, "%04dQ%d", year % 10000,
			 part == 1 ? 4 : (part - 1) % 4);
	else
		snprintf(out, PERIOD_MAX + 1, "%04d-%02d", year % 10000,
			 part == 1 ? 12 : (part - 1) % 12);
	return year > 0;
}

int period_in_year(const char *period)
{
	int year, part;
	if (!parts(period, &year, &part))
		return 0;
	size_t len = strlen(period);
	return len == 4 ? 1 : len == 6 ? 4 : 12;
}
