/* books_impl.h - what books.c, apply.c, shelf.c, sheet.c and search.c share; nobody else includes
 * it. */
#pragma once
#include "app/store/db.h"
#include "app/store/kiosk/books.h"

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

/* Words of a row for the index: pairs of characters, the last character of each run alone, numbers
 * whole, and the tokens p_PLACE of the place and everything above it and y_YEAR. */
void search_words(const char *place, int32_t day, const char *title, const char *party,
		  int64_t amount_fen, struct buf *out);
/* A query as FTS5 writes it; "" when nothing in it can be looked for. */
void search_query(const char *place, const char *words, struct buf *out);
/* Number of a row in the index and back. */
int64_t search_rowid(int64_t sheet, uint32_t ordinal);
