/* made_xls.h - a small writer of XLS files for tests: BIFF8 (or BIFF5) records in an OLE file with
 * one stream. Everything in it is made here; no office program had a hand in it. */
#pragma once
#include "app/base/buf.h"

struct xls_cell {
	unsigned row, column;
	const char *text; /* NULL: a number */
	double number;
	unsigned style; /* XLS_PLAIN ... */
	bool formula;   /* the value is one that was calculated */
};
enum { XLS_PLAIN, XLS_DAY, XLS_OWN_DAY };
struct xls_book {
	const struct xls_cell *cell;
	size_t cells;
	bool since_1904, locked;
	unsigned old_codepage; /* 0: BIFF8; else BIFF5 with texts as they are in this code page */
	const char *stream;    /* NULL: Workbook */
	const char *second;    /* name of another entry */
	unsigned merge[4];     /* top, bottom, left, right; all 0: none */
};
void made_xls(struct buf *out, const struct xls_book *b);
