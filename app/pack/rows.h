/* rows.h - invented ledger rows for demo villages: plausible, always the same for the same place
 * and month. */
#pragma once
#include "app/base/buf.h"
#include "app/village/place.h"
#include "app/village/publication.h"

/* Sheets on their way into a publication. */
enum { SHEETS_ROOM = 601 };
struct sheets {
	struct buf sheet[SHEETS_ROOM];
	struct sheet_entry entry[SHEETS_ROOM];
	size_t count;
};
void sheets_drop(struct sheets *s);

struct rows_sum {
	int64_t in_fen, out_fen;
};

/* The sheets of one month (yyyymm): `rows` rows in parts of at most SHEET_ROWS_MAX. ERR_FULL when
 * there is no room for them. Adds to *sum. */
must_use enum err rows_month(const struct place *place, int month, size_t rows, struct sheets *out,
			     struct rows_sum *sum);

/* A quarter's fund balance: cash and bank, from `opening` by the quarter's sums. */
must_use enum err rows_balance(int year, int quarter, int64_t opening_fen,
			       const struct rows_sum *sum, struct sheets *out);
