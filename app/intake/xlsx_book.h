/* xlsx_book.h - what the sheets of an XLSX share: their names and paths, the strings, which styles
 * are days (ECMA-376 part 1, 18.2, 18.4, 18.8). */
#pragma once
#include "app/intake/xml_part.h"

enum { BOOK_SHEETS_MAX = 64, BOOK_NAME = 128, BOOK_PATH = 256, BOOK_STYLES_MAX = 65536 };

struct book_sheet {
	char name[BOOK_NAME], id[32], path[BOOK_PATH];
	bool hidden;
};
struct book {
	struct zip_book zip;
	struct book_sheet sheet[BOOK_SHEETS_MAX];
	size_t sheets;
	bool since_1904;
	struct buf strings; /* one after the other */
	uint32_t *string;   /* where each begins; one more at the end */
	size_t strings_count, string_room;
	unsigned char *day_style; /* by the number a cell carries */
	size_t styles, style_room;
};
/* SHEET_OTHER_TABLE, SHEET_DOCUMENT, SHEET_ARCHIVE for other zips, and the faults of xml_part.h.
 * End with book_close in every case. */
enum sheet_fault book_open(struct book *b, const void *bytes, size_t len, unsigned long salt);
void book_close(struct book *b);
/* NULL when there is none. */
const char *book_string(const struct book *b, size_t i, size_t *len);
bool book_is_day(const struct book *b, size_t style);
/* Whether a format code shows a day: y, d, or an m that is no minute. */
bool format_is_day(const char *code);
