/* catalogue.h - the templates of what is made public, described once as data.
 *
 * One JSON file per template under assets/catalogue. Everything that depends on
 * a record's shape (import checks, preview, list, search, reading aloud) asks
 * here; a new template is a new file, not new C. */
#pragma once
#include "app/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CATALOGUE_TEMPLATES_MAX = 96,
	CATALOGUE_FIELDS_MAX = 40,
	CATALOGUE_ALIASES_MAX = 12,
	CATALOGUE_CHOICES_MAX = 32,
	CATALOGUE_CHECKS_MAX = 12,
	CATALOGUE_TERMS_MAX = 12,
	CATALOGUE_SUB_MAX = 4
};

enum field_type {
	FIELD_TEXT,
	FIELD_DATE,
	FIELD_FEN,
	FIELD_AREA,
	FIELD_PERCENT,
	FIELD_NUMBER,
	FIELD_QUANTITY, /* hundredths of whatever its unit is */
	FIELD_NAME_MASKED,
	FIELD_CHOICE,
	FIELD_IMAGE
};

struct field {
	const char *id;    /* "amount_fen" */
	const char *label; /* 金额 */
	const char *label_en;
	enum field_type type;
	bool required;
	const char *unit; /* 亩, 人, 元/亩: said behind the value; "" when there is none */
	bool hidden;      /* for programs, not for readers */
	size_t max_chars; /* of a text */
	const char *alias[CATALOGUE_ALIASES_MAX];  /* other headings accountants use; NULL ends */
	const char *choice[CATALOGUE_CHOICES_MAX]; /* values on the wire; NULL ends */
	const char *choice_label[CATALOGUE_CHOICES_MAX]; /* 收入, 支出 */
};

/* What must hold between the fields of one row; judged by check.h. */
enum check_kind {
	CHECK_SUM,     /* the terms add up to `result` */
	CHECK_FLOW,    /* term 0 + term 1 - term 2 = result */
	CHECK_PRODUCT, /* term 0 x term 1 = result, to the nearest fen */
	CHECK_MOST,    /* the terms together are at most `result` */
	CHECK_SHARE,   /* term 0 is at least num/den of `result`, or more than that when `over` */
	CHECK_ORDER,   /* date term 0 is not after date `result` */
	CHECK_CARRIED, /* term 0 is what `result` was in the period before, row for row by `key` */
	CHECK_KINDS
};

struct check {
	enum check_kind kind;
	bool warning;      /* asks a person to look instead of refusing */
	size_t term_count; /* fields by index */
	int term[CATALOGUE_TERMS_MAX];
	int result, key; /* -1: none */
	int num, den;
	bool over;
	/* The check counts only where this choice field has this value; -1: always. */
	int when_field;
	const char *when_value;
	const char *words; /* said beside the figure that would be right; "" for the usual words */
};

struct catalogue_template {
	const char *id;     /* "ledger" */
	const char *column; /* one of the seven */
	int order;          /* among the templates of its column */
	const char *title;  /* 收支明细 */
	const char *title_en;
	const char *hint; /* one plain sentence for villagers: what this is */
	const char *hint_en;
	const char *rhythm; /* "month", "quarter", "half", "year", "once" */
	const char *rule;   /* which rule wants it so often, with its version */
	bool in_period;     /* every row's date lies in the period of its sheet */
	bool aside; /* something to look up (duty, telephones), not news: in its own list only */
	bool supervised; /* the village's supervision committee gives its word before it is
			    published */
	bool beside;     /* each row stands beside the row it is about: see ABOUT_ */
	bool household;  /* rows belong to one household each: found by group and name, no list */
	size_t field_count;
	struct field field[CATALOGUE_FIELDS_MAX];
	/* Which field plays which part in typed columns; -1 when none. */
	int date_field, direction_field, amount_field, account_field, title_field, party_field;
	int group_field, voucher_field, attachments_field;
	int state_field;            /* a choice shown as a pill beside the title */
	int sub[CATALOGUE_SUB_MAX]; /* second line of a list; -1 ends */
	int done_field;             /* percent done, drawn as a bar */
	int phone_field;            /* a number to ring, shown large in a list */
	const char *read, *read_en; /* how a row is read aloud, {field} filled in; "" by default */
	size_t check_count;
	struct check check[CATALOGUE_CHECKS_MAX];
	/* Villagers' kind of a row by its account, where the row names none. */
	size_t group_count;
	const char *group_account[CATALOGUE_CHOICES_MAX], *group_of[CATALOGUE_CHOICES_MAX];
};

/* What a row that stands beside another names and says: fields of a template with `beside`. */
#define ABOUT_TEMPLATE "about_template"
#define ABOUT_PERIOD   "about_period"
#define ABOUT_ROW      "about_row"
#define ABOUT_VERSION  "about_version"
#define ABOUT_QUESTION "question"
#define ABOUT_ANSWER   "answer"

struct catalogue;
/* Reads every *.json of `folder`. Says file and place of the first mistake in the log. */
must_use enum err catalogue_open(const char *folder, struct catalogue **out);
void catalogue_close(struct catalogue *c);
const struct catalogue_template *catalogue_find(const struct catalogue *c, const char *id);
/* In the order of the columns, then of the templates in each; NULL past the end. */
const struct catalogue_template *catalogue_at(const struct catalogue *c, size_t i);
/* Index of a field, -1 when there is none of this id. */
int catalogue_field(const struct catalogue_template *t, const char *id);
