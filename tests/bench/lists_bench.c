/* lists_bench.c - how long the money of ten years and the list of each template take to stand on
 * the glass, measured inside the kiosk's own loop, everything checked anew.
 *
 * lists_bench overview DATA | lists DATA
 * Prints lines "bench NAME VALUE UNIT budget LIMIT ok|OVER". */
#include "app/base/log.h"
#include "app/kiosk/screens.h"
#include "tests/bench/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { YEARS = 10, ROUNDS = 5, HOLD_MS = 20 /* of a short touch */ };

/* A page is asked for, and looked at until it is on the glass with everything checked. */
struct page {
	int at, polls; /* which page, calls since it was asked for */
	bool asked;
	double from, *took;
	int count; /* pages */
	bool (*ask)(struct kiosk *k, int at);
	bool (*stands)(struct kiosk *k);
};

static int poll(void *self, struct kiosk *k)
{
	struct page *p = self;
	k->touched_ms = k->now_ms; /* nobody is missing */
	if (p->asked) {
		/* The loop calls before drawing: the second call comes when it is drawn. */
		if (++p->polls < 2 || k->redraw || !p->stands(k))
			return 0;
		p->took[p->at++] = bench_ms() - p->from;
		p->asked = false;
		kiosk_home(k);
		p->polls = 0;
		return 0;
	}
	if (++p->polls < 30 || k->redraw) /* home has settled */
		return 1;
	if (p->at == p->count) {
		k->running = false;
		return 0;
	}
	p->polls = 0;
	p->from = bench_ms();
	p->asked = p->ask(k, p->at);
	if (!p->asked)
		p->took[p->at++] = -1; /* nothing public of it */
	return 0;
}

/* --- ten years --- */

static bool ask_year(struct kiosk *k, int at)
{
	k->year = accounts_newest_month(k->accounts) / 100 - at;
	kiosk_go(k, SCREEN_FINANCE);
	return true;
}

static bool sums_stand(struct kiosk *k)
{
	return !accounts_waiting(k->accounts);
}

static void bench_overview(const char *data)
{
	static double took[YEARS];
	static struct page p = {
		.count = YEARS, .took = took, .ask = ask_year, .stands = sums_stand};
	const struct kiosk_driver d = {.self = &p, .poll = poll};
	struct kiosk *k = bench_kiosk(data, &d);
	kiosk_replace(k, SCREEN_HOME);
	(void)kiosk_run(k);
	bench_say("finance_overview_10_years_median", bench_part(took, YEARS, 0.5), "ms", 16);
	bench_say("finance_overview_10_years_longest", bench_part(took, YEARS, 1.0), "ms", 40);
	kiosk_close(k);
}

/* --- every template --- */

static const struct catalogue_template *wanted(const struct kiosk *k, int at)
{
	return catalogue_at(k->catalogue, (size_t)at / ROUNDS);
}

static bool is_public(const struct kiosk *k, const char *template_id)
{
	size_t count;
	shelf_find(accounts_shelf(k->accounts), template_id, "", &count);
	return count > 0;
}

/* As the tile of its column and its kind do. Between two pages another place is looked at, so that
 * everything is checked anew. */
static bool ask_list(struct kiosk *k, int at)
{
	const struct catalogue_template *t = wanted(k, at);
	if (!is_public(k, t->id) || t->household || strcmp(t->id, "ledger") == 0)
		return false;
	roll_select(k->roll, "mz.caoba.v2", "", "ledger");
	column_open(k, t->column);
	snprintf(k->column_kind, sizeof k->column_kind, "%s", t->id);
	return true;
}

static bool list_stands(struct kiosk *k)
{
	return !roll_waiting(k->roll);
}

static void bench_lists(const char *data)
{
	static struct page p = {.ask = ask_list, .stands = list_stands};
	const struct kiosk_driver d = {.self = &p, .poll = poll};
	struct kiosk *k = bench_kiosk(data, &d);
	int templates = 0;
	while (catalogue_at(k->catalogue, (size_t)templates) != NULL)
		templates++;
	double *all = calloc((size_t)templates * ROUNDS + 1, sizeof *all);
	if (all == NULL)
		exit(1);
	p.took = all;
	p.count = templates * ROUNDS;
	kiosk_replace(k, SCREEN_HOME);
	(void)kiosk_run(k);
	for (int i = 0; i < templates; i++) {
		char name[64];
		double took = bench_part(all + (ptrdiff_t)i * ROUNDS, ROUNDS, 0.5);
		if (took < 0)
			continue;
		snprintf(name, sizeof name, "tap_to_list_%s",
			 catalogue_at(k->catalogue, (size_t)i)->id);
		bench_say(name, took + HOLD_MS, "ms", 40);
	}
	free(all);
	kiosk_close(k);
}

int main(int argc, char **argv)
{
	log_to("/dev/null");
	if (argc < 3)
		return 2;
	setenv("SDL_VIDEODRIVER", "dummy", 0);
	if (strcmp(argv[1], "overview") == 0)
		bench_overview(argv[2]);
	else if (strcmp(argv[1], "lists") == 0)
		bench_lists(argv[2]);
	return 0;
}
