/* check.h - what must hold between the fields of one row, as its template says.
 *
 * Pure arithmetic over wire forms; the words for people are the caller's. Sums that leave 64 bits
 * do not hold. */
#pragma once
#include "app/village/catalogue.h"

enum check_verdict {
	CHECK_HOLDS,
	CHECK_FAILS,
	CHECK_SILENT /* does not apply: a figure it needs is empty, or another choice was made */
};

/* `value[i]` is the wire form of field i, NULL or "" when empty. `should` gets what `result` would
 * have to be (of CHECK_MOST and CHECK_SHARE: its bound; of CHECK_ORDER nothing). CHECK_CARRIED is
 * always silent here: it needs the period before (check_carried). */
enum check_verdict check_row(const struct catalogue_template *t, const struct check *c,
			     const char *const *value, int64_t *should);

/* The opening figure of a row against the closing figure of the same row a period before.
 * `earlier` holds the lines of that period's sheets. CHECK_SILENT when it has no such row. */
enum check_verdict check_carried(const struct catalogue_template *t, const struct check *c,
				 const char *const *value, const void *earlier, size_t earlier_len,
				 int64_t *should);
