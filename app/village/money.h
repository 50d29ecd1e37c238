/* money.h - amounts: whole fen, never a fraction of a machine's number.
 *
 * Reads what accountants write and writes what villagers read. */
#pragma once
#include "app/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MONEY_TEXT = 40 };
#define MONEY_FEN_MAX INT64_C(10000000000000)

/* "4800", "4,800.00", "￥4,800", full-width digits, "4800元", "1.28万元", "(450.00)" and "-450";
 * characters that cannot be altered (capital.h); a ' before it, as spreadsheets mark text.
 * ERR_CORRUPT when it is no amount, ERR_REFUSED when it has more than two decimals of a yuan,
 * ERR_FULL above 10^13 fen. */
must_use enum err money_parse(const char *text, size_t len, int64_t *fen);

/* "3,860.00": two decimals, thousands apart, a true minus sign (U+2212) when negative. */
const char *money_exact(int64_t fen, char out[MONEY_TEXT]);
/* "+13,000.00" or "−3,860.00". */
const char *money_signed(int64_t fen, char out[MONEY_TEXT]);
/* Ten-thousands with `decimals` (1 or 2) digits, rounded half away from zero: "128.4". */
const char *money_wan(int64_t fen, int decimals, char out[MONEY_TEXT]);
