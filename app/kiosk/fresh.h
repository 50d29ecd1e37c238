/* fresh.h - what is new of a place: what was made public within the last fortnight of signed time.
 *
 * A kiosk has no user, so "new" is told by publications, not by what somebody has seen. In a table
 * that was published again only the rows that were not in its version before count. Tables of money
 * and of households count as one each: they are not listed row by row. Rows are looked at only
 * after their sheets are checked, in small steps between frames. */
#pragma once
#include "app/store/kiosk/sheet.h"

#include <stdbool.h>

enum { FRESH_DAYS = 14, FRESH_SHEETS_MAX = 128, FRESH_ROWS_MAX = 8192 };

struct fresh;
must_use enum err fresh_open(struct books *b, const struct catalogue *c, struct fresh **out);
void fresh_close(struct fresh *f); /* NULL is fine */

/* Turns to the sheets of a shelf, as of `today` (0: nothing is new). Cheap when nothing moved. */
void fresh_follow(struct fresh *f, const struct shelf *shelf, int32_t today);
/* Checks for about `budget_us`. */
void fresh_work(struct fresh *f, int64_t budget_us);
bool fresh_waiting(const struct fresh *f);

/* Of a column ("village"), as far as it is known by now. */
size_t fresh_count(const struct fresh *f, const char *column);
/* Whether a row of this sheet is new. */
bool fresh_row(const struct fresh *f, int64_t sheet, const char *row_id);
/* Whether a publication of this day is. */
bool fresh_day(int32_t day, int32_t today);
