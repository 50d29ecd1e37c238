#include "app/village/period.h"

#include "app/base/text.h"

#include <stdio.h>
#include <string.h>

/* Year and part; part 0 for a whole year. */
static bool parts(const char *period, int *year, int *part)
{
	size_t len = strlen(period);
	int64_t y = 0, n = 0;
	bool good =
		(len == 4 || (len == 6 && period[4] == 'Q') || (len == 7 && period[4] == '-')) &&
		text_number(period, 4, &y) && y > 0;
	if (good && len > 4)
		good = text_number(period + 5, len - 5, &n) && n > 0 && n <= (len == 6 ? 4 : 12);
	*year = (int)y;
	*part = (int)n;
	return good;
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
