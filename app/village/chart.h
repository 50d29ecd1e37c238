/* chart.h - the chart of accounts: which code means what (财会〔2023〕14号, in force 2024). */
#pragma once
#include "app/base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum { CHART_MAX = 128, CHART_CODE_MAX = 7, CHART_NAME_MAX = 63 };

struct chart {
	size_t count;
	struct chart_account {
		char code[CHART_CODE_MAX + 1];
		char name[CHART_NAME_MAX + 1];
	} account[CHART_MAX];
};

/* Reads coa_2024.csv: code,name,... with a heading. ERR_CORRUPT. */
must_use enum err chart_read(const char *bytes, size_t len, struct chart *out);
/* The code of an account written as code, name, both ("513 管理费用") or a sub-account ("51301");
 * a sub-account keeps its digits. ERR_MISSING when the chart has no such account. */
must_use enum err chart_find(const struct chart *c, const char *text, size_t len,
			     char code[CHART_CODE_MAX + 1]);
/* True when the money of a row only passes through ("2024:102", "2004:113"): cash, bank, 内部往来.
 * It comes in nowhere and is spent nowhere, and a village and its group each write it down. */
bool chart_passes(const char *account);
