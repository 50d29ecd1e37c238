/* template_file.h - an empty table of a template for accountants to fill in: XLSX or CSV.
 *
 * Headings, one example row that is never imported (UPLOAD_EXAMPLE stands in it), lists to choose
 * from, and a sheet that says how each column is filled in. Made from the catalogue alone. */
#pragma once
#include "app/base/buf.h"
#include "app/village/catalogue.h"

/* `day` is the example's. ERR_IO, ERR_FULL. */
must_use enum err template_xlsx(const struct catalogue_template *t, int32_t day, struct buf *out);
must_use enum err template_csv(const struct catalogue_template *t, int32_t day, struct buf *out);
