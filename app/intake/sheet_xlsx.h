/* sheet_xlsx.h - the visible sheets of an XLSX as lines of cells.h.
 *
 * Formulas give the value that was saved with them; one saved without a value stands as "=...".
 * Days are written 2026-10-28 whatever they look like in the sheet; hidden rows are read like any
 * other, hidden sheets are not read. */
#pragma once
#include "app/intake/sheet.h"

enum sheet_fault sheet_xlsx(const void *bytes, size_t len, unsigned long salt, struct buf *out);
