/* find.h - rows that hold what somebody looks for, as the screen may show them: checked, or said to
 * be still checking.
 *
 * The index names rows of many places. Before one of them comes out, the publications of its place
 * and its whole sheet are checked in small steps between frames; a row of a sheet that does not
 * hold never comes out and is counted. Rows stand in one order from the beginning, newest day
 * first, so that nothing moves under a finger. Sheets that were checked are kept for the next
 * letter that is typed. When the books have moved everything is checked again. Nothing of a
 * question is counted, kept or logged. */
#pragma once
#include "app/store/kiosk/search.h"
#include "app/store/kiosk/sheet.h"

struct find;

enum find_state {
	FIND_IDLE,      /* nothing asked, or nothing in it that can be looked for */
	FIND_NOT_READY, /* the index is being made */
	FIND_LOOKING,   /* more rows may come, or some are being checked */
	FIND_DONE
};

must_use enum err find_open(struct books *b, const struct catalogue *c, const struct settings *s,
			    struct find **out);
void find_close(struct find *f); /* wipes the question; NULL is fine */

/* A new question: `place` and everything below it. With no terms in it the newest sheets of the
 * place are checked meanwhile, those rows are likely to come from. */
void find_ask(struct find *f, const char *place, const struct query *q);
/* Looks and checks for about `budget_us`. */
void find_work(struct find *f, int64_t budget_us);
bool find_waiting(const struct find *f);

enum find_state find_state(const struct find *f);
/* Rows to list so far, those being checked too. */
size_t find_count(const struct find *f);
/* There are more rows than are listed (SEARCH_HITS_MAX). */
bool find_more(const struct find *f);
/* Rows that are left out because their sheet does not hold. */
size_t find_damaged(const struct find *f);

struct find_row {
	const struct record *record;     /* NULL while its sheet is being checked */
	const struct shelf_sheet *sheet; /* in the place's shelf */
	const struct catalogue_template *template;
	const char *place;
};
/* Row `index`; asking makes it be checked soon. Lives until the next find_work or find_ask. */
bool find_row(struct find *f, size_t index, struct find_row *out);
