/* search.h - rows that hold what somebody looks for, found through the index.
 *
 * The index says where to look; each row it names is compared with the question before it counts.
 * What comes out is still only what the database says: a row is shown from a checked sheet
 * (sheet.h), never from here. Nothing of a question is written down. */
#pragma once
#include "app/store/kiosk/books.h"
#include "app/village/query.h"

enum { SEARCH_HITS_MAX = 200 };

struct search_hit {
	int64_t sheet;    /* as sheet.h numbers it */
	uint32_t ordinal; /* row in the sheet */
	int32_t day;      /* of the row, 0 when it has none */
	char place[PLACE_ID_MAX + 1];
	char template_id[TEMPLATE_ID_MAX + 1];
	char period[PERIOD_MAX + 1];
};

struct search;
/* Rows of `place` and everything below it, of the sheets in force; rows of households are left out:
 * a neighbour's subsidies are not to be listed by name. ERR_MISSING while the index is being made;
 * ERR_REFUSED when nothing in the question can be looked for. */
must_use enum err search_begin(struct books *b, const struct catalogue *c, const char *place,
			       const struct query *q, struct search **out);
/* Looks for about `budget_us` and puts what it finds behind the *count hits that are there, newest
 * sheet first. OK: that is all, or `room` is full (search_more). ERR_MISSING: go on later. A
 * question asked of books that have moved since is to be begun again. */
must_use enum err search_step(struct search *s, int64_t budget_us, struct search_hit *hit,
			      size_t room, size_t *count);
/* True when rows were left that the room was too small for. */
bool search_more(const struct search *s);
void search_close(struct search *s); /* NULL is fine */
