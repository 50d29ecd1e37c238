/* sheet_xls.h - the sheets of an XLS (BIFF5 to BIFF8 in OLE) as lines of cells.h, through freexl.
 *
 * freexl reads by name only, so the bytes go into the reader's file in memory first. */
#pragma once
#include "app/intake/sheet.h"

enum sheet_fault sheet_xls(struct sheet_reader *r, const void *bytes, size_t len, struct buf *out);
