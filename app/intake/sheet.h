/* sheet.h - one uploaded file becomes the lines of cells.h, or one sentence that says what to do.
 *
 * What the file is shows in its bytes, never in its name: CSV, XLSX (a zip) and XLS (OLE) are read;
 * everything else office programs save is named and refused. */
#pragma once
#include "app/village/cells.h"

enum sheet_fault {
	SHEET_FINE,
	SHEET_BROKEN,
	SHEET_LONG,
	SHEET_LOCKED,      /* a password */
	SHEET_OLD_OFFICE,  /* .wps, .doc, an OLE file without a workbook */
	SHEET_WEB_PAGE,    /* HTML or XML called .xls */
	SHEET_OTHER_TABLE, /* .ods, .xlsb */
	SHEET_DOCUMENT,    /* .docx, .pptx */
	SHEET_PICTURE,     /* a picture or PDF */
	SHEET_ARCHIVE,
	SHEET_BOMB, /* unpacks to more than any table of this size */
	SHEET_DTD,
	SHEET_ROWS,
	SHEET_COLUMNS,
	SHEET_CELL,
	SHEET_EMPTY,
	SHEET_MEMORY,
	SHEET_FAULTS
};
const char *sheet_fault_words(enum sheet_fault f);

/* Everything reading needs from outside; opened before the process locks itself up. */
struct sheet_reader {
	struct csv_decoder *decoder;
	unsigned long salt; /* of the XML reader's tables */
	int file;           /* in memory, for the library that reads by name only */
	const char *path;   /* of that file; stands in a page nothing can write to */
	void *charsets;     /* kept open so that opening them again needs no file */
};
must_use enum err sheet_open(struct sheet_reader *r);
void sheet_close(struct sheet_reader *r);

/* Writes the file's lines into `out`, which must be empty; a refusal is a line too. */
void sheet_read(struct sheet_reader *r, const void *bytes, size_t len, struct buf *out);
