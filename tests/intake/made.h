/* made.h - workbooks made by the tests: parts into a zip, also a zip that lies; and the real
 * confined process that reads them. */
#pragma once
#include "app/base/buf.h"

struct made_entry {
	const char *name;
	const void *bytes;
	size_t len;
	size_t repeat;      /* the bytes so often one after the other; 0 is once */
	bool encrypted;     /* says so */
	bool no_checksum;   /* a wrong one */
	size_t said_length; /* what the lists say instead of the truth; 0: the truth */
};
/* A zip with these entries, deflated. */
void made_zip(struct buf *out, const struct made_entry *entry, size_t count);

/* An XLSX of one sheet called 收支. NULL parts are left out. */
struct made_book {
	const char *sheet;   /* inside <worksheet> */
	const char *strings; /* inside <sst> */
	const char *styles;  /* inside <styleSheet> */
	const char *book;    /* before <sheets> */
	const char *sheets;  /* inside <sheets>; NULL: the one sheet */
	const char *links;   /* more relationships of the workbook */
	const char *head;    /* before the root of the sheet, instead of the XML declaration */
	const char *name[2], *part[2]; /* more parts */
};
void made_xlsx(struct buf *out, const struct made_book *b);

/* Answer of build/.../bin/elutong-intake to these bytes; *status as waitpid gives it. */
void made_read(const void *bytes, size_t len, struct buf *answer, int *status);
/* As made_read, with one option before them: "--picture", "--boxes=...". */
void made_read_as(const char *option, const void *bytes, size_t len, struct buf *answer,
		  int *status);
