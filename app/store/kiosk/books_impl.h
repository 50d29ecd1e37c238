/* books_impl.h - what books.c, apply.c, shelf.c, sheet.c and search.c share; nobody else includes
 * it. */
#pragma once
#include "app/store/db.h"
#include "app/store/kiosk/books.h"
#include "app/village/record.h"

#include <sys/types.h>

enum books_statement {
#define STATEMENT(name, sql) BOOKS_##name,
#include "app/store/kiosk/books_statements.h"
#undef STATEMENT
	BOOKS_STATEMENTS
};

struct books {
	struct db *db;
	char path[4096];
	dev_t device; /* of the file that was opened; inode 0: not known */
	ino_t inode;
	bool damaged; /* the file itself, not what was to go into it */
};

/* What a statement answered while something was put in: damage of the file is remembered and
 * becomes ERR_IO, so that nobody takes it for damage of what came. */
enum err books_said(struct books *b, enum err e);

/* What the index holds of a row (search.c says how it is written). */
void search_words(const char *place, const struct record *r, struct buf *out);
/* Number of a row in the index. */
int64_t search_rowid(int64_t sheet, uint32_t ordinal);
/* Makes the index of books an older release wrote; nothing when it is made. What a power cut
 * interrupts is begun again. */
must_use enum err search_index(struct books *b);
