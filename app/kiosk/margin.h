/* margin.h - what stands beside the row being read: what it was before, and what was asked about
 * it.
 *
 * Follows one row of a shelf. Earlier versions of its sheet are looked through from the newest back
 * to the first in which the row said something else; then the sheets of the templates that stand
 * beside rows. All of them are checked in small steps, and what does not hold is not shown. It
 * keeps its own copies, so the shelf may go. */
#pragma once
#include "app/store/kiosk/sheet.h"

#include <stdbool.h>

struct margin;

enum { MARGIN_VERSIONS_MAX = 32, MARGIN_NOTES_MAX = 16, MARGIN_NOTE_BYTES = 2048 };

/* The row as it was; the line lives until the next margin_look. */
struct margin_was {
	struct record record;
	int32_t until; /* day of the change */
	char reason[REASON_MAX + 1];
};

struct margin_note {
	char question[MARGIN_NOTE_BYTES], answer[MARGIN_NOTE_BYTES], office[PLACE_NAME_MAX + 1];
	int32_t day; /* of the answer */
};

must_use enum err margin_open(struct books *b, const struct catalogue *c, struct margin **out);
void margin_close(struct margin *m); /* NULL is fine */

/* Turns to a row of `sheet`, which stands on `shelf`. */
void margin_look(struct margin *m, const struct shelf *shelf, const struct shelf_sheet *sheet,
		 const struct record *row);
/* Checks for about `budget_us`. */
void margin_work(struct margin *m, int64_t budget_us);
bool margin_waiting(const struct margin *m);

/* NULL when the row never said anything else, or that is not known yet. */
const struct margin_was *margin_was(const struct margin *m);
/* Whether a field says something else now than it did. */
bool margin_differs(const struct catalogue_template *t, int field, const struct record *a,
		    const struct record *b);
/* Questions about this row, newest first. */
size_t margin_notes(const struct margin *m);
const struct margin_note *margin_note(const struct margin *m, size_t i);
