/* roll.h - the rows of one column of a place as the screen may show them: checked, or not at all.
 *
 * Follows the shelf of a place and checks the newest sheets of every template of the column in
 * small steps between frames. Only rows of checked sheets come out, newest day first. Household
 * templates (subsidies) are left out of a column; they are asked for by name. What is published
 * anew every period until it is done (a project) is one row, as it was published last; its earlier
 * ones are asked for by roll_story. When the books have moved everything is checked again. Rows
 * live until the next roll_work or roll_select. */
#pragma once
#include "app/store/kiosk/sheet.h"

#include <stdbool.h>

struct roll;

enum { ROLL_SHEETS_MAX = 400, ROLL_ROWS_MAX = 40000, ROLL_TEMPLATES_MAX = 32 };

struct roll_row {
	const struct record *record;
	const struct shelf_sheet *sheet;
	const struct catalogue_template *template;
};

must_use enum err roll_open(struct books *b, const struct catalogue *c, const struct settings *s,
			    struct roll **out);
void roll_close(struct roll *r); /* NULL is fine */

/* Turns to a column ("village") or, with `only`, to one template of any column. Cheap when it is
 * the same and the books have not moved. */
void roll_select(struct roll *r, const char *place, const char *column, const char *only);
/* Checks for about `budget_us`. */
void roll_work(struct roll *r, int64_t budget_us);
bool roll_waiting(const struct roll *r);

/* Templates of the column, in their order, whether or not something of them is public. */
size_t roll_templates(const struct roll *r);
const struct catalogue_template *roll_template(const struct roll *r, size_t i);
/* Rows so far; `t` NULL: of all templates together. */
size_t roll_count(struct roll *r, const struct catalogue_template *t);
bool roll_row(struct roll *r, const struct catalogue_template *t, size_t index,
	      struct roll_row *out);
/* All periods of what this row is about, oldest first; at most `room`, the last ones. */
size_t roll_story(struct roll *r, const struct roll_row *row, struct roll_row *out, size_t room);
/* Sheets that do not hold and are not shown. */
size_t roll_damaged(const struct roll *r);
/* Day of the newest publication with something of this column, 0 when there is none. */
int32_t roll_day(const struct roll *r);
/* ... and its number. */
uint64_t roll_publication(const struct roll *r);
const struct shelf *roll_shelf(const struct roll *r);
