#include "app/village/due.h"

#include "app/base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TWO_YEARS = 24, YEAR = 12, AHEAD = 2, PERIODS_MAX = YEAR + AHEAD + 1 };

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

static int months_of(const struct catalogue_template *t)
{
	return strcmp(t->rhythm, "month") == 0     ? 1
	       : strcmp(t->rhythm, "quarter") == 0 ? 3
	       : strcmp(t->rhythm, "half") == 0    ? 6
	       : strcmp(t->rhythm, "year") == 0    ? 12
						   : 0;
}

static int month_add(int month, int n)
{
	int at = month / 100 * 12 + month % 100 - 1 + n;
	return at / 12 * 100 + at % 12 + 1;
}

bool due_period(const struct catalogue_template *t, int month, char out[PERIOD_MAX + 1])
{
	int year = month / 100 % 10000, m = month % 100;
	switch (months_of(t)) {
	case 1:
		snprintf(out, PERIOD_MAX + 1, "%04d-%02d", year, m % 13);
		return true;
	case 3:
		snprintf(out, PERIOD_MAX + 1, "%04dQ%d", year, (m + 2) / 3 % 5);
		return true;
	case 6:
		snprintf(out, PERIOD_MAX + 1, "%04dH%d", year, m <= 6 ? 1 : 2);
		return true;
	case 12:
		snprintf(out, PERIOD_MAX + 1, "%04d", year);
		return true;
	default:
		out[0] = 0;
		return false;
	}
}

/* Periods around the newest one that is due: [AHEAD] is that one, smaller ones come later. */
struct periods {
	char name[PERIODS_MAX][PERIOD_MAX + 1];
	int32_t day[PERIODS_MAX];
	bool there[PERIODS_MAX];
	int count;
};

static bool gather(const struct catalogue_template *t, int32_t today, const struct due_shelf *shelf,
		   struct periods *p)
{
	int step = months_of(t), due = due_month(t, today);
	*p = (struct periods){.count = 0};
	if (step == 0 || due == 0)
		return false;
	p->count = YEAR / step + AHEAD;
	for (int i = 0; i < p->count; i++) {
		int month = month_add(due, (AHEAD - i) * step);
		(void)due_period(t, month, p->name[i]);
		p->day[i] = due_day(t, month);
		p->there[i] = shelf->has(shelf->self, t->id, p->name[i]);
	}
	return true;
}

static bool begun(const struct periods *p)
{
	for (int i = 0; i < p->count; i++)
		if (p->there[i])
			return true;
	return false;
}

/* Whether period i is owed: it is due, not there, and either the newest with nothing later there,
 * or left out between two. */
static bool is_owed(const struct periods *p, int i)
{
	bool later = false, before = false;
	for (int j = 0; j < i; j++)
		later = later || p->there[j];
	for (int j = i + 1; j < p->count; j++)
		before = before || p->there[j];
	return i >= AHEAD && !p->there[i] && (i == AHEAD && !later ? true : before);
}

static bool owes(const struct catalogue_template *t, enum place_level level,
		 const struct periods *p)
{
	if (level == PLACE_GROUP)
		return begun(p) || strcmp(t->id, "ledger") == 0;
	return level == PLACE_VILLAGE && !t->household;
}

static int by_column(const void *a, const void *b)
{
	const struct due_item *x = a, *y = b;
	int c = strcmp(x->template->column, y->template->column);
	if (c == 0)
		c = x->template->order - y->template->order;
	return c != 0 ? c : strcmp(y->period, x->period);
}

size_t due_missing(const struct catalogue *c, enum place_level level, int32_t today,
		   const struct due_shelf *shelf, struct due_item *out, size_t room)
{
	const struct catalogue_template *t;
	struct periods p;
	size_t n = 0;
	for (size_t i = 0; (t = catalogue_at(c, i)) != NULL; i++) {
		if (!gather(t, today, shelf, &p) || !owes(t, level, &p))
			continue;
		for (int j = AHEAD; j < p.count && n < room; j++) {
			if (!is_owed(&p, j))
				continue;
			out[n] = (struct due_item){.template = t, .day = p.day[j]};
			snprintf(out[n++].period, sizeof out->period, "%s", p.name[j]);
		}
	}
	qsort(out, n, sizeof *out, by_column);
	return n;
}
