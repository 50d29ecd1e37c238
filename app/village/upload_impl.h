/* upload_impl.h - what the steps of upload share: the table under work. */
#pragma once
#include "app/village/upload.h"

enum { SHEET_MOST = 32 << 20, VALUES_BYTES = 32768 };

struct upload_sums {
	int64_t in, out, all;
};

struct work {
	const struct upload_task *task;
	const struct cells *cells;
	struct upload *u;
	struct buf lines, scratch;
	size_t row_room;
	struct upload_slot {
		uint64_t hash;
		unsigned rows;
	} * slot;
	/* Column (from 0) of each field and of what stands beside the template; -1: none. */
	int column[CATALOGUE_FIELDS_MAX];
	int in_column, out_column; /* amounts in two columns instead of a direction */
	int balance_column;
	size_t heading; /* index into cells */
	/* The row under work: wire forms, pointing into `values`. */
	const char *value[CATALOGUE_FIELDS_MAX];
	char values[VALUES_BYTES];
	size_t values_used;
	bool bad;
	/* Sums since the last subtotal and of the whole table. */
	struct upload_sums part, all;
	bool balance_known;
	int64_t balance;
};

/* upload_heading.c: finds the heading; says what is missing. False when there is nothing to read
 * under it. */
bool upload_headings(struct work *w);
/* The words of a heading or label without spaces, brackets and units. */
void heading_words(const char *text, size_t len, struct buf *out);

/* upload_rows.c: every row under the heading. */
must_use enum err upload_rows(struct work *w);

/* upload.c */
must_use enum err upload_take_line(struct work *w, size_t number);
void upload_work_end(struct work *w);

/* upload_finding.c: adds a finding; an error marks the row as bad. `column` from 0. */
void finding_cell(struct work *w, bool error, const struct cells_row *row, int column,
		  const char *label, const char *expected, const char *example);
void finding_whole(struct work *w, bool error, size_t row, const char *expected,
		   const char *example);
