/* counted.h - what the rows of a published sheet add up to, kept by the sheet's hash. Nothing is
 * believed of it that the sheets do not say: it can be made again from them. */
#pragma once
#include "app/store/township/publications.h"

struct counted {
	int64_t rows;
	int64_t in_fen, out_fen, passed_fen, household_fen;
};
struct counted_sheet {
	struct hash hash;
	char template_id[TEMPLATE_ID_MAX + 1];
	struct counted sum;
};
/* ERR_MISSING: not counted yet, by this rule. `sum` is filled. */
must_use enum err counted_find(struct db *db, int rule, struct counted_sheet *io);
/* A job. */
must_use enum err counted_put(struct db *db, int rule, const struct counted_sheet *s);
