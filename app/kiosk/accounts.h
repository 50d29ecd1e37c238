/* accounts.h - a place's books as the screen may show them: checked, summed, or said to be still
 * checking.
 *
 * Holds the shelf of one place and works through its ledger sheets in small steps between frames.
 * Only sums and rows of checked sheets come out of here. When the books have moved all marks are
 * dropped and what is on the screen is checked first. Rows are listed newest first. */
#pragma once
#include "app/store/kiosk/sheet.h"

#include <stdbool.h>

struct accounts;

enum accounts_state {
	ACCOUNTS_NOT_PUBLISHED, /* nothing of this period was ever published */
	ACCOUNTS_CHECKING,      /* say 正在核对, show no sum */
	ACCOUNTS_READY,
	ACCOUNTS_DAMAGED, /* at least one sheet does not match what was published */
};

enum { ACCOUNTS_GROUPS = 32, ACCOUNTS_FILTER_ALL = 0 };

struct accounts_sum {
	enum accounts_state state;
	int64_t in_fen,
		out_fen; /* of the sheets that hold; only meaningful when READY or DAMAGED */
	uint32_t rows, rows_in, rows_out;
	int damaged_part; /* number of the first damaged sheet, 0 when none */
	struct accounts_group {
		char id[32];
		int direction;
		int64_t fen;
	} group[ACCOUNTS_GROUPS]; /* largest first within a direction */
	int group_count;
};

must_use enum err accounts_open(struct books *b, const struct catalogue *c,
				const struct settings *s, struct accounts **out);
void accounts_close(struct accounts *a); /* NULL is fine */

/* Turns to a place. Cheap when it is the same and the books have not moved. */
void accounts_select(struct accounts *a, const char *place);
/* True when the books moved since the last call: accounts_again, or another accounts_open, must
 * follow, and everything shown be drawn again. */
bool accounts_moved(struct accounts *a);
/* After the books moved, with the same settings: nothing counts as checked any more. */
void accounts_again(struct accounts *a);
/* Checks sheets, those asked for most recently first, for `budget_us` and at most a millisecond
 * more. */
void accounts_work(struct accounts *a, int64_t budget_us);
/* True while something that was asked for is not checked yet. */
bool accounts_waiting(const struct accounts *a);

/* Of the selected place. The shelf's day is what 内容更新到 says; publication 0 means nothing yet.
 */
const struct shelf *accounts_shelf(const struct accounts *a);
/* True when the publications themselves do not hold: nothing of this place may be shown. */
bool accounts_shelf_damaged(const struct accounts *a);
/* Months and years with a ledger, as yyyymm and yyyy; 0 when there is none. */
int accounts_newest_month(const struct accounts *a);
int accounts_oldest_month(const struct accounts *a);

/* A month (yyyymm), or months first..last together. Asking makes them be checked soon. */
void accounts_month(struct accounts *a, int month, struct accounts_sum *out);
void accounts_months(struct accounts *a, int first, int last, struct accounts_sum *out);
/* Money left after the newest published month: last fund balance and the ledgers since. */
enum accounts_state accounts_balance(struct accounts *a, int64_t *fen);

/* Rows of a month: how many there are (by the signed list, so it is known before checking) ... */
uint32_t accounts_rows(struct accounts *a, int month, int direction /* 0 all, +1, -1 */);
/* ... and one of them; 0 is the newest. NULL while its sheet is being checked or when it is
 * damaged. Lives until the next accounts_work, accounts_select or accounts_again. */
struct accounts_row {
	const struct record *record;
	const struct shelf_sheet *sheet;
};
bool accounts_row(struct accounts *a, int month, int direction, uint32_t index,
		  struct accounts_row *out);
/* What the row was before its amount changed last, up to three versions back. False when it did not
 * change, was not there, or a version is damaged or still being checked. */
struct accounts_was {
	int64_t amount_fen;
	int32_t until; /* day of the change */
	char reason[REASON_MAX + 1];
};
bool accounts_was(struct accounts *a, const struct accounts_row *row, struct accounts_was *out);
