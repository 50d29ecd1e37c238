/* bench.h - the clock and the line of a measurement: "bench NAME VALUE UNIT budget LIMIT ok|OVER".
 */
#pragma once
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double bench_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static inline void bench_line(const char *name, double value, const char *unit, double limit,
			      bool ok)
{
	printf("bench %s %.2f %s budget %g %s\n", name, value, unit, limit, ok ? "ok" : "OVER");
	fflush(stdout);
}

/* At most `limit`. */
static inline void bench_say(const char *name, double value, const char *unit, double limit)
{
	bench_line(name, value, unit, limit, value <= limit);
}

/* At least `limit`. */
static inline void bench_say_least(const char *name, double value, const char *unit, double limit)
{
	bench_line(name, value, unit, limit, value >= limit);
}

static inline int bench_by_value(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* The value below which this part (0..1) lies; sorts. */
static inline double bench_part(double *v, int n, double which)
{
	qsort(v, (size_t)n, sizeof *v, bench_by_value);
	return v[(int)((n - 1) * which)];
}

/* What this process takes of the memory. */
static inline long bench_pss_kib(void)
{
	char line[256];
	long kib = 0;
	FILE *f = fopen("/proc/self/smaps_rollup", "r");
	while (f != NULL && fgets(line, sizeof line, f) != NULL)
		if (sscanf(line, "Pss: %ld", &kib) == 1)
			break;
	if (f != NULL)
		fclose(f);
	return kib;
}
