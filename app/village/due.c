#include "app/village/due.h"

#include "app/base/clock.h"

#include <string.h>

enum { TWO_YEARS = 24 };

static int month_after(int month)
{
	return month % 100 == 12 ? month + 89 : month + 1;
}

static int month_before(int month)
{
	return month % 100 == 1 ? month - 89 : month - 1;
}

int32_t due_day(const struct catalogue_template *t, int month)
{
	int end = month;
	if (t == NULL)
		return 0;
	if (strcmp(t->rhythm, "quarter") == 0)
		while (end % 100 % 3 != 0)
			end = month_after(end);
	else if (strcmp(t->rhythm, "half") == 0)
		end = month / 100 * 100 + (month % 100 <= 6 ? 6 : 12);
	else if (strcmp(t->rhythm, "year") == 0)
		end = month / 100 * 100 + 12;
	else if (strcmp(t->rhythm, "month") != 0)
		return 0;
	int32_t first_day = month_after(month_after(end)) * 100 + 1;
	return clock_day_add(first_day, -1);
}

int due_month(const struct catalogue_template *t, int32_t today)
{
	int month = today / 100;
	for (int i = 0; i < TWO_YEARS; i++, month = month_before(month)) {
		int32_t due = due_day(t, month);
		if (due != 0 && due < today)
			return month;
	}
	return 0;
}
