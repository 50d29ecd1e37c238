/* ole.h - what an OLE file (XLS, DOC, WPS, an encrypted workbook) is, by the names of its streams.
 */
#pragma once
#include "app/intake/sheet.h"

/* SHEET_FINE for a workbook, else why it is none. Looks at every place where a directory entry can
 * stand and follows no chain, so any bytes end. */
enum sheet_fault ole_kind(const void *bytes, size_t len);
/* Appends the workbook's stream. SHEET_BROKEN when the file does not hold all of it. */
enum sheet_fault ole_workbook(const void *bytes, size_t len, struct buf *out);
