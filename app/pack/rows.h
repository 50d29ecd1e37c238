/* rows.h - invented ledger rows for demo villages: plausible, always the same for the same place
 * and month. */
#pragma once
#include "app/base/buf.h"
#include "app/village/publication.h"

struct rows_sum {
	int64_t in_fen, out_fen;
};

/* The sheets of one month: `rows` rows in parts of at most SHEET_ROWS_MAX, each part's bytes in
 * sheet[i] (ended by the caller) and its entry filled. ERR_FULL when `room` parts are not enough.
 * Adds to *sum. */
must_use enum err rows_month(const char *place, bool group, int month /* yyyymm */, size_t rows,
			     struct buf *sheet, struct sheet_entry *entry, size_t room,
			     size_t *parts, struct rows_sum *sum);

/* A quarter's fund balance: cash and bank, from `opening` by the quarter's sums. */
must_use enum err rows_balance(int year, int quarter, int64_t opening_fen,
			       const struct rows_sum *sum, struct buf *sheet,
			       struct sheet_entry *entry);
