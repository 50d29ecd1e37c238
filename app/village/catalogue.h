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
	CATALOGUE_TEMPLATES_MAX = 64,
	CATALOGUE_FIELDS_MAX = 40,
	CATALOGUE_ALIASES_MAX = 12,
	CATALOGUE_CHOICES_MAX = 32
};

enum field_type {
	FIELD_TEXT,
	FIELD_DATE,
	FIELD_FEN,
	FIELD_AREA,
	FIELD_PERCENT,
	FIELD_NUMBER,
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
	size_t max_chars;                          /* of a text */
	const char *alias[CATALOGUE_ALIASES_MAX];  /* other headings accountants use; NULL ends */
	const char *choice[CATALOGUE_CHOICES_MAX]; /* values on the wire; NULL ends */
	const char *choice_label[CATALOGUE_CHOICES_MAX]; /* 收入, 支出 */
};

struct catalogue_template {
	const char *id;     /* "ledger" */
	const char *column; /* one of the seven */
	const char *title;  /* 收支明细 */
	const char *title_en;
	const char *rhythm; /* "month", "quarter", "year", "once" */
	const char *rule;   /* which rule wants it so often, with its version */
	size_t field_count;
	struct field field[CATALOGUE_FIELDS_MAX];
	/* Which field plays which part in typed columns; -1 when none. */
	int date_field, direction_field, amount_field, account_field, title_field, party_field;
	int group_field, voucher_field, attachments_field;
	/* Villagers' kind of a row by its account, where the row names none. */
	size_t group_count;
	const char *group_account[CATALOGUE_CHOICES_MAX], *group_of[CATALOGUE_CHOICES_MAX];
};

struct catalogue;
/* Reads every *.json of `folder`. Says file and place of the first mistake in the log. */
must_use enum err catalogue_open(const char *folder, struct catalogue **out);
void catalogue_close(struct catalogue *c);
const struct catalogue_template *catalogue_find(const struct catalogue *c, const char *id);
const struct catalogue_template *catalogue_at(const struct catalogue *c, size_t i);
/* Index of a field, -1 when there is none of this id. */
int catalogue_field(const struct catalogue_template *t, const char *id);
