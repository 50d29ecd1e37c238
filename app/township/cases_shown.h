/* cases_shown.h - how a case stands in a list: what its clear columns say, and when it is due. */
#pragma once
#include "app/store/township/desk.h"
#include "app/township/visit.h"

/* The bodies at or below this member's place; others' cases are not even listed. */
bool case_shown(const struct visit *v, const struct case_row *c);
/* Letters for discipline: number, date and deadline are all anybody here sees. */
bool case_sealed(const struct visit *v, const struct case_row *c);
bool case_over(const struct case_row *c);        /* answered or ended: no deadline runs */
const char *case_class_words(enum case_class k); /* 15 个工作日 */
const char *case_topic_words(const char *topic);
/* The form that says what a case is about; for who has its body's key open. */
void case_topic_form(struct visit *v, const struct case_row *c);
/* The states as staff say them: 待受理. */
const char *case_staff_words(enum case_state s);
/* 超 2 个工作日, 今天到期, 11-25 前, with its colour. */
void case_deadline(struct visit *v, const struct case_row *c);

/* A table of cases; the whole line leads to the case. */
void case_lines_begin(struct visit *v);
void case_line(struct visit *v, const struct case_row *c);
void case_lines_end(struct visit *v);

struct case_counts {
	size_t overdue, today, to_accept, in_hand, all;
};
must_use enum err cases_count(struct visit *v, struct case_counts *out);

/* The bar under the title: the office key open until, or shut with a field for the password. */
void office_key_bar(struct visit *v);
