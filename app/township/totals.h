/* totals.h - how much money has been made public: of a place and everything below it.
 *
 * Counted from what was published and nothing else: of every sheet the version in force, so that a
 * sheet published twice counts once. Income and spending are those of the ledgers; money that only
 * passes from one pocket to another (chart_passes) is counted by itself and is neither. What
 * households were given directly never was the village's and stands apart too. A place is counted
 * again only when it published something since, and a sheet once for good (counted.h). */
#pragma once
#include "app/store/township/counted.h"
#include "app/store/township/writer.h"
#include "app/village/catalogue.h"
#include "app/village/settings.h"

/* Of what counts as what; with another rule every sheet is counted anew. */
enum { TOTALS_RULE = 1 };

struct totals {
	struct counted sum; /* passed both ways; household by other roads than the ledger */
	int64_t sheets;
};

struct totals_kept;
/* `w` keeps what was counted; NULL: nothing is kept. */
must_use enum err totals_open(struct township *t, struct writer *w, const struct catalogue *c,
			      const struct settings *s, struct totals_kept **out);
void totals_close(struct totals_kept *k); /* NULL is fine */
/* Of a place with all below it. Not between township_read_begin and _end; on any thread. */
must_use enum err totals_of(struct totals_kept *k, const char *place, struct totals *out);
