/* township_impl.h - statement numbers, shared by the nouns of this folder. */
#pragma once
#include "app/store/township/township.h"

enum township_sql {
#define STATEMENT(name, sql) SQL_##name,
#include "app/store/township/desk_statements.h"
#include "app/store/township/road_statements.h"
#include "app/store/township/staff_statements.h"
#include "app/store/township/voucher_statements.h"
#undef STATEMENT
	TOWNSHIP_SQL_COUNT
};

/* Bundles of the feed made last; feed.c. */
struct feed_kept;
struct feed_kept *feed_kept_open(void);
void feed_kept_close(struct feed_kept *k);
struct feed_kept *township_feed_kept(struct township *t);

/* Next value of a counter, in the same transaction. */
must_use enum err township_count(struct db *db, const char *name, int64_t *out);
/* Copies a blob column of exactly `len` bytes. */
bool township_blob(struct db_stmt *q, int col, void *out, size_t len);
