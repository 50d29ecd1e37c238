/* xls_rest.h - what freexl leaves out of an XLS: values of formulas, merged areas, hidden sheets
 * ([MS-XLS] 2.4.127, 2.4.168, 2.4.28). */
#pragma once
#include "app/intake/grid.h"

/* `stream` is the workbook's; anything it says wrongly is passed over. */
/* Whether its texts are in a character set the process has open; another would have to be loaded
 * from a file, which the cage forbids. */
bool xls_charset_known(const struct buf *stream);
bool xls_sheet_hidden(const struct buf *stream, size_t sheet);
enum sheet_fault xls_rest(const struct buf *stream, size_t sheet, struct grid *g);
