/* sheet.h - rows that are certain: a sheet read from the database and checked against its
 * publication.
 *
 * Checking goes in steps of at most a few milliseconds: read lines, hash them, derive their columns
 * and compare with the stored ones, all in one read transaction that is not held while the caller
 * waits (a step that finds the database moved begins again). Rows are drawn and summed only from a
 * checked sheet, never from the database. */
#pragma once
#include "app/store/kiosk/shelf.h"
#include "app/village/record.h"

/* A checked sheet; read-only, freed by sheet_close. Rows are in published order (by row id). */
struct sheet {
	struct sheet_entry entry;
	int64_t number;
	size_t rows;
	const struct record *row; /* lines and texts live in the sheet */
	int64_t in_fen, out_fen;  /* sums over all rows */
	char *text;               /* what the rows borrow */
};

struct sheet_check;
must_use enum err sheet_check_begin(struct books *b, const struct catalogue *c,
				    const struct shelf_sheet *which, struct sheet_check **out);
/* Works at most about `budget_us` microseconds. OK: *out is checked and owned by the caller.
 * ERR_MISSING: go on later. ERR_CORRUPT: the sheet is damaged and must be shown as damaged, whole.
 */
must_use enum err sheet_check_step(struct sheet_check *k, int64_t budget_us, struct sheet **out);
void sheet_check_close(struct sheet_check *k); /* NULL is fine */
void sheet_close(struct sheet *s);             /* NULL is fine */
