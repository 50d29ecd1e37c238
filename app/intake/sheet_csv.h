/* sheet_csv.h - one CSV file into lines of cells. */
#pragma once
#include "app/village/cells.h"

/* Appends to `out` what cells.h describes: all rows, or the one line that says why not. */
void sheet_csv(struct csv_decoder *d, const void *bytes, size_t len, struct buf *out);
