/* totals.h - how much money has been made public: of a place and everything below it.
 *
 * Counted from what was published and nothing else: of every sheet the version in force, so that a
 * sheet published twice counts once. Income and spending are those of the ledgers; money that only
 * passes from one pocket to another (chart_passes) is counted by itself and is neither. What
 * households were given directly never was the village's and stands apart too. A place is counted
 * again only when it published something since. */
#pragma once
#include "app/store/township/township.h"
#include "app/village/catalogue.h"
#include "app/village/settings.h"

struct totals {
	int64_t in_fen, out_fen;
	int64_t passed_fen;    /* both ways */
	int64_t household_fen; /* to households, by other roads than the ledger */
	int64_t rows, sheets;
};

struct totals_kept;
must_use enum err totals_open(struct township *t, const struct catalogue *c,
			      const struct settings *s, struct totals_kept **out);
void totals_close(struct totals_kept *k); /* NULL is fine */
/* Of a place with all below it. Not between township_read_begin and _end; on any thread. */
must_use enum err totals_of(struct totals_kept *k, const char *place, struct totals *out);
