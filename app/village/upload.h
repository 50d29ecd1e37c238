/* upload.h - a staff table into rows fit to be made public, and everything that is wrong with it.
 *
 * The heading is found under titles by its words (labels and aliases of the catalogue). Amounts are
 * in the unit their heading names (万元) or a line above it does (单位：万元); two units for one
 * column are refused. Totals,
 * opening and closing lines are checked and left out; running balances are checked. Every finding
 * names row, column, what stands there, what was expected and an example, in Chinese; numbers that
 * belong to a person are starred wherever they are shown. An error keeps the table from going on, a
 * warning asks a person to look.
 *
 * A row's id is the voucher number followed by a running number among the rows of that voucher in
 * the order they stand ("记-1028-01-02"); without a voucher the day ("d20261028-01"), without a day
 * the account. So a corrected amount, name or summary keeps its id, whatever else was inserted. */
#pragma once
#include "app/base/buf.h"
#include "app/village/catalogue.h"
#include "app/village/cells.h"
#include "app/village/chart.h"
#include "app/village/publication.h"
#include "app/village/record.h"

/* A row with a cell of these words is an example of a template and never imported. */
#define UPLOAD_EXAMPLE "这一行是例子，上传时不算"

enum {
	UPLOAD_ROWS_MAX = 20000,
	UPLOAD_FINDINGS_MAX = 200, /* kept; all are counted */
	UPLOAD_HEADING_ROWS = 30,  /* the heading stands within these */
	FINDING_VALUE = 80,
	FINDING_WORDS = 200
};

struct upload_task {
	const struct catalogue_template *t;
	const struct chart *chart;
	const char *period; /* "2026-10", "2026Q3", "2026", "once" */
	/* Lines of the sheets of the period before, for openings carried over; NULL: not known. */
	const void *earlier;
	size_t earlier_len;
	/* Lines of the same template made public for the year before, newest first, the period
	 * before included; for what is usual. NULL: not known. */
	const void *history;
	size_t history_len;
};

struct finding {
	bool error;         /* else a warning */
	size_t row, column; /* as a spreadsheet shows them, from 1; 0: the whole table */
	char label[48];     /* 日期 */
	char value[FINDING_VALUE];
	char expected[FINDING_WORDS];
	char example[FINDING_VALUE];
};
/* "C4"; "" for the whole table. */
void finding_place(const struct finding *f, char out[16]);

struct upload_row {
	char id[RECORD_ID_MAX + 1];
	size_t row;         /* in the file */
	size_t offset, len; /* of its line in the sheet, line feed included */
};

struct upload {
	char sheet_name[CELLS_NAME_MAX]; /* the one that was read; "" in a file without sheets */
	size_t heading;                  /* row of the heading, 0 when there was none */
	size_t errors, warnings, findings;
	struct finding finding[UPLOAD_FINDINGS_MAX];
	size_t rows;
	struct upload_row *row; /* ordered by id, as in the sheet */
	struct buf sheet;       /* JSON lines ordered by id, all parts */
	size_t left_out;        /* totals, notes, opening and closing lines */
	size_t masked;          /* names the program shortened */
	bool has_opening, has_closing;
	int64_t in_fen, out_fen, opening_fen, closing_fen;
};

/* Of several sheets the one is chosen that has a heading of this template, rather one that is
 * called after the period. OK whenever the table could be looked at, however wrong it is. ERR_FULL.
 * *out is ended with upload_close. */
must_use enum err upload_read(const struct upload_task *task, struct cells *cells,
			      struct upload **out);
void upload_close(struct upload *u); /* NULL is fine */

/* Sheets of at most SHEET_ROWS_MAX rows and SHEET_BYTES_MAX bytes: where part i (from 0) stands in
 * `bytes`, lines of rows. False past the last one. */
bool upload_part(const void *bytes, size_t len, size_t i, size_t *offset, size_t *part_len);

/* A finding list for the draft and back. */
must_use enum err findings_write(const struct upload *u, struct buf *json);
must_use enum err findings_read(const void *json, size_t len, struct finding *out, size_t room,
				size_t *count);
