/* query.h - what somebody types to find rows, taken apart; and whether a row is what was asked for.
 *
 * "水沟" stands in the row as it is written. "4800", "4,800", "４８００" and "4800 元" are amounts,
 * accounts or numbers in the words that begin so; "4,800.00" and "0.48万元" are that amount to the
 * fen. "2026年" and "10月" are the day of the row. Latin words are found by their beginning, large
 * letters and full-width ones like small ones. Every part of a question must hold.
 *
 * The words of a row are cut into the same pieces for the index, so that nothing is found by one
 * and missed by the other. */
#pragma once
#include "app/village/place.h"
#include "app/village/record.h"

enum {
	QUERY_TERMS = 6,     /* more parts than that are left out */
	QUERY_NAMES = 4,     /* names one part may stand for */
	QUERY_TEXT_MAX = 90, /* bytes of a part: thirty characters */
	QUERY_WORD_MAX = 31, /* bytes of a word or number that count */
	QUERY_MARKS = 16
};

/* A piece of text: a Latin word or number (small half-width letters, 4,800 as 4800), or one
 * character of any other script. Punctuation lies between pieces. */
struct query_piece {
	bool word;
	size_t begin, end; /* bytes in the text */
	uint32_t code;     /* of the character */
	char text[QUERY_WORD_MAX + 1];
};
bool query_piece(const char *s, size_t len, size_t *at, struct query_piece *out);

enum query_kind { QUERY_TEXT, QUERY_WORD, QUERY_AMOUNT, QUERY_YEAR, QUERY_MONTH };

struct query_term {
	enum query_kind kind;
	char text[QUERY_TEXT_MAX + 1]; /* characters, or a word; of the last three the digits ... */
	char tail[16];                 /* ... and what follows them: 年, 月, 万元, decimals */
	int64_t fen;                   /* QUERY_AMOUNT */
	int number;                    /* QUERY_YEAR, QUERY_MONTH */
	size_t names;
	/* What it may stand for besides: 大新村 for dxc. Rows of the place count too, if it is one.
	 */
	struct query_name {
		char text[PLACE_NAME_MAX + 1], place[PLACE_ID_MAX + 1];
	} name[QUERY_NAMES];
};

struct query {
	struct query_term term[QUERY_TERMS];
	size_t terms; /* 0: nothing in it can be looked for */
};
void query_read(const char *words, struct query *out);
void query_name_add(struct query_term *t, const char *text, const char *place);

struct query_row {
	const char *place, *account, *title, *party;
	int32_t day;
	int64_t amount_fen;
};
struct query_row query_row(const char *place, const struct record *r);
bool query_match(const struct query *q, const struct query_row *row);

/* Where the parts of the question stand in a text of the row, from left to right. */
struct query_mark {
	size_t begin, end; /* bytes */
};
size_t query_marks(const struct query *q, const char *text, struct query_mark out[QUERY_MARKS]);
/* Whether the amount, the account, is what was asked for. */
bool query_marks_amount(const struct query *q, int64_t fen);
bool query_marks_account(const struct query *q, const char *account);
/* "2024:514" -> "514" */
const char *query_account(const char *account);
