/* screens.h - every screen's draw function; the table stands in screens.c. */
#pragma once
#include "app/kiosk/kiosk.h"

void attract_draw(struct kiosk *k, struct ui *u);
/* A touch on the start page may have been on a language's name: it is spoken from then on. */
void attract_choose(struct kiosk *k);
void language_draw(struct kiosk *k, struct ui *u);
void home_draw(struct kiosk *k, struct ui *u);
void places_draw(struct kiosk *k, struct ui *u);
void empty_draw(struct kiosk *k, struct ui *u);
void full_draw(struct kiosk *k, struct ui *u);
void finance_draw(struct kiosk *k, struct ui *u);
void ledger_draw(struct kiosk *k, struct ui *u);
void line_draw(struct kiosk *k, struct ui *u);
void voucher_draw(struct kiosk *k, struct ui *u);
void column_draw(struct kiosk *k, struct ui *u);
void entry_draw(struct kiosk *k, struct ui *u);
void project_draw(struct kiosk *k, struct ui *u);
void search_draw(struct kiosk *k, struct ui *u);
void subsidy_find_draw(struct kiosk *k, struct ui *u);
void subsidy_draw(struct kiosk *k, struct ui *u);
void owed_draw(struct kiosk *k, struct ui *u);
void news_draw(struct kiosk *k, struct ui *u);
void neighbours_draw(struct kiosk *k, struct ui *u);
void whom_draw(struct kiosk *k, struct ui *u);
void topic_draw(struct kiosk *k, struct ui *u);
void matter_draw(struct kiosk *k, struct ui *u);
void input_draw(struct kiosk *k, struct ui *u);
void name_draw(struct kiosk *k, struct ui *u);
void reach_draw(struct kiosk *k, struct ui *u);
void review_draw(struct kiosk *k, struct ui *u);
void sealed_draw(struct kiosk *k, struct ui *u);
void track_draw(struct kiosk *k, struct ui *u);
void not_found_draw(struct kiosk *k, struct ui *u);
void case_draw(struct kiosk *k, struct ui *u);

/* Titles of what was chosen on 11 and 12. */
enum word topic_word(enum topic t);
enum word whom_word(enum whom w);
/* Whether a resident who wants to be reached left something out, and what. */
bool reach_missing(const struct complaint *says, enum word *why);

/* Goes to a column ("village"), to a row of it. */
void column_open(struct kiosk *k, const char *column);
void entry_open(struct kiosk *k, const struct roll_row *row);
/* The row becomes the one being looked at. */
void entry_take(struct kiosk *k, const struct roll_row *row);
/* Goes to the places around, for these months (yyyymm) of the ledger. */
void neighbours_open(struct kiosk *k, int first, int last);
/* Field by field, also where the template has a screen of its own. */
void entry_show(struct kiosk *k, const struct roll_row *row);
void project_open(struct kiosk *k, const struct roll_row *row);
/* Begins with which group. */
void subsidy_begin(struct kiosk *k);
/* Begins a letter; `about` the row being looked at or nothing. */
void file_begin(struct kiosk *k, bool about_row);
/* Begins a look-up with everything empty. */
void track_begin(struct kiosk *k);

/* Goes to the page where words are looked for, with nothing asked yet. */
void search_page_open(struct kiosk *k);
/* Between frames: looks and checks for about `budget_us`. */
void search_page_work(struct kiosk *k, int64_t budget_us);
bool search_page_waiting(const struct kiosk *k);
/* The books or the settings are others now: what was found is looked for again. */
void search_page_moved(struct kiosk *k);
/* What was typed and found is forgotten; the names of the township stay. */
void search_page_wipe(struct kiosk *k);
void search_page_close(struct kiosk *k);
