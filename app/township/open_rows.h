/* open_rows.h - rows of a sheet for anybody: as a table, as CSV for a spreadsheet, as JSON. */
#pragma once
#include "app/township/html.h"
#include "app/village/catalogue.h"

/* Rows of a template that stand beside others; `period` is that of the rows they are asked about.
 */
struct open_beside {
	const struct catalogue_template *t; /* NULL: there are none */
	const struct buf *rows;
	const char *period;
};
/* A table of the template's fields; money in yuan, empty and hidden columns left out. What was
 * asked about a row and answered stands below it. */
void open_rows_shown(struct html *h, const struct catalogue_template *t, const struct buf *rows,
		     const struct open_beside *beside);
/* Books as the touch screen lists them, newest first: in or out, what for, day, voucher, amount.
 * What was asked about a row and answered stands below it. */
void open_rows_listed(struct html *h, const struct catalogue_template *t, const struct buf *rows,
		      const struct open_beside *beside);
/* UTF-8 with its mark, so that Excel reads it; headings are the catalogue's labels. A cell that
 * would be taken for a formula gets an apostrophe. ERR_CORRUPT, ERR_FULL. */
must_use enum err open_rows_csv(const struct catalogue_template *t, const struct buf *rows,
				struct buf *out);
/* {"place","template","period","rows":[...]} with the rows exactly as published. */
must_use enum err open_rows_json(const struct catalogue_template *t, const char *place,
				 const char *period, const struct buf *rows, struct buf *out);
/* 钱，单位分；日期，年-月-日 ... */
const char *open_type_words(const struct field *f);
