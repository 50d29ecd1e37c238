/* seed.h - a kiosk's data folder of any size, signed and applied, for measuring and for the demo.
 */
#pragma once
#include "app/pack/county.h"
#include "app/pack/pages.h"
#include "app/village/publication.h"

struct seed_options {
	const char *out, *assets;
	size_t rows;     /* in all villages together */
	size_t villages; /* 1 .. 90 */
	int months;      /* up to the month before `today` */
	int32_t today;
	bool groups;    /* their groups have books too */
	bool registers; /* and the rows of the other templates, some with pictures */
	bool example;   /* with an answered case (example_case.h) */
};

/* What a place published: one publication a month, quarterly fund balances; each handed to `take`
 * as signed bytes with its sheets. Rows are divided among the months. */
typedef enum err seed_take(void *to, const struct publication *p, const struct buf *text,
			   const struct buf *sheet);
struct seed_amount {
	size_t rows;
	int months;
	int32_t today;
	const char *assets;                /* of the demo's registers */
	const struct catalogue *registers; /* NULL: ledgers and balances only */
	const struct pages_keeper *pages;  /* NULL: no row carries pictures */
};
must_use enum err seed_place(const struct demo_county *c, const struct place *place,
			     const struct seed_amount *amount, seed_take *take, void *to);

/* Makes `out` anew: provisioned for the first village, settings and all rows applied. */
must_use enum err seed_kiosk(const struct seed_options *o);
