/* open_sums.h - what a month of books adds up to, in a sentence and three figures. */
#pragma once
#include "app/township/disclosed.h"
#include "app/township/visit.h"

struct open_sums {
	int64_t in_fen, out_fen,
		passed_fen; /* as the touch screen adds up; passed is part of both */
	int64_t all_fen;    /* every amount, whichever way: of a table that has no ways */
	size_t rows, no_voucher;
	bool has_balance;
	int64_t balance_fen; /* money left at the month's end */
};
/* Of the rows of one month of a ledger. */
void open_sums_of(const struct catalogue_template *t, const struct buf *rows,
		  struct open_sums *out);
/* Money left at the end of `period`: the newest published balance at or before it, and the ledgers
 * since, which must all be there; else has_balance stays false. */
must_use enum err open_balance(struct visit *v, const struct disclosed *d, const char *period,
			       struct open_sums *out);
/* The sentence and the cards. */
void open_sums_shown(struct visit *v, const struct open_sums *s);
