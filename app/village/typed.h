/* typed.h - what people type into a cell, understood the way an accountant means it.
 *
 * Full-width digits and signs count as plain ones. What can be read in two ways is not read. */
#pragma once
#include "app/base/buf.h"

#include <stdint.h>

/* Without the spaces (plain, full-width, no-break) and line feeds around it; moves both. */
void typed_trim(const char **text, size_t *len);

/* 2026-10-28, 2026/10/28, 2026.10.28, 2026年10月28日, 20261028, 2026.1.5, each also with a time
 * behind it; and a spreadsheet's day number from 2000 to 2099 (46323). ERR_CORRUPT when it is no
 * date, ERR_REFUSED when there is no such day from 1900 to 2199. */
must_use enum err typed_date(const char *text, size_t len, int32_t *day);

/* The day a spreadsheet means by a whole number: from 1900, where it counts a 29 February too many,
 * or from 1904 as old Macs do. Days before March 1900 are not read. ERR_CORRUPT. */
must_use enum err typed_serial(int64_t serial, bool since_1904, int32_t *day);

/* +1 for 收, 收入, 收款, 进; -1 for 支, 支出, 付款, 出; 0 for another word. */
int typed_direction(const char *text, size_t len);

/* As money_parse, and ERR_CORRUPT when commas do not stand at every third digit. */
must_use enum err typed_amount(const char *text, size_t len, int64_t *fen);

/* Hundredths from "1.25": areas and percentages (a % at the end is fine). */
must_use enum err typed_hundredths(const char *text, size_t len, int64_t *out);

/* 李强 -> 李*, 李小强 -> 李*强; several names with 、 between them each; a name with a star stays.
 */
void typed_mask_names(const char *text, size_t len, struct buf *out);

/* Numbers that belong to a person and must never be made public. */
enum typed_personal {
	PERSONAL_NONE,
	PERSONAL_ID,    /* eighteen characters whose check holds (GB 11643) */
	PERSONAL_PHONE, /* eleven digits from 13 to 19 */
	PERSONAL_CARD,  /* sixteen to nineteen digits whose Luhn check holds */
	PERSONAL_RUINED /* a long number a spreadsheet took for an amount: 5.32503E+17, or eighteen
			 * and more digits of which those behind the fifteenth are zeros */
};
/* The first one at or after *at; *at is where it starts and *end where it ends. */
enum typed_personal typed_personal(const char *text, size_t len, size_t *at, size_t *end);
/* The text with all but the first two digits of such numbers starred. */
void typed_hide(const char *text, size_t len, struct buf *out);
