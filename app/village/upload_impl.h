/* upload_impl.h - what the steps of upload share: the table under work. */
#pragma once
#include "app/village/upload.h"

enum { SHEET_MOST = 32 << 20, VALUES_BYTES = 32768, CARRIED_BYTES_MAX = 256 << 10 };

enum upload_unit { UNIT_NONE, UNIT_YUAN, UNIT_WAN, UNIT_OTHER };

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
	size_t heading;                      /* index into cells */
	unsigned char unit[CSV_COLUMNS_MAX]; /* of the amounts in each column */
	struct audit *audit;                 /* what the year before says; NULL: nothing */
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

/* How many columns the heading of the chosen sheet knows. */
size_t upload_known(struct work *w);
enum { UPLOAD_KNOWN_LEAST = 2 };
/* Whether a sheet is called after a period: 10月, 2026-10, 十月, 3季度. */
bool upload_named(const char *sheet, const char *period);

/* upload_rows.c: every row under the heading. */
must_use enum err upload_rows(struct work *w);

/* upload_sums.c */
/* The cell of a column without the spaces around it; empty when there is none. */
struct csv_cell upload_cell(const struct cells_row *row, int column);
int upload_column(const struct work *w, int field);
/* Says what is wrong with an amount that cannot be read. */
bool upload_read_amount(struct work *w, const struct cells_row *row, int column, const char *label,
			int64_t *v);
void upload_check_total(struct work *w, const struct cells_row *row, bool part);
void upload_opening(struct work *w, const struct cells_row *row);
void upload_closing(struct work *w, const struct cells_row *row);
/* After a row that is right. */
void upload_count(struct work *w, const struct cells_row *row);

/* audit.c: reads the year before; then a row that is right in itself, just taken; and the whole
 * table at its end. */
must_use enum err audit_open(struct work *w);
void audit_close(struct work *w);
void audit_row(struct work *w, const struct cells_row *row);
void audit_end(struct work *w);

/* upload.c */
must_use enum err upload_take_line(struct work *w, size_t number);
void upload_work_end(struct work *w);

/* upload_finding.c: adds a finding; an error marks the row as bad. `column` from 0. */
struct finding_at {
	const struct cells_row *row;
	int column;
};
static inline struct finding_at finding_at(const struct cells_row *row, int column)
{
	return (struct finding_at){row, column};
}
void finding_cell(struct work *w, bool error, struct finding_at at, const char *label,
		  const char *expected, const char *example);
void finding_whole(struct work *w, bool error, size_t row, const char *expected,
		   const char *example);
