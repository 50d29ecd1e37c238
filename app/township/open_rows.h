/* open_rows.h - rows of a sheet for anybody: as a table, as CSV for a spreadsheet, as JSON. */
#pragma once
#include "app/township/html.h"
#include "app/village/catalogue.h"

/* A table of the template's fields; money in yuan, empty columns left out. */
void open_rows_shown(struct html *h, const struct catalogue_template *t, const struct buf *rows);
/* UTF-8 with its mark, so that Excel reads it; headings are the catalogue's labels. A cell that
 * would be taken for a formula gets an apostrophe. ERR_CORRUPT, ERR_FULL. */
must_use enum err open_rows_csv(const struct catalogue_template *t, const struct buf *rows,
				struct buf *out);
/* {"place","template","period","rows":[...]} with the rows exactly as published. */
must_use enum err open_rows_json(const struct catalogue_template *t, const char *place,
				 const char *period, const struct buf *rows, struct buf *out);
/* 钱，单位分；日期，年-月-日 ... */
const char *open_type_words(const struct field *f);
