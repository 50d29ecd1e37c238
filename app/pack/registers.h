/* registers.h - the demo's rows of every template besides the ledger: plain tables under
 * assets/demo/registers/PLACE/TEMPLATE.PERIOD.csv, read by the same checks as the office's. */
#pragma once
#include "app/pack/rows.h"

struct catalogue;

/* Sheets of one place ("v1", "v1.g2"). A place without a folder adds nothing. ERR_CORRUPT with the
 * findings in the log. */
must_use enum err registers_add(const char *assets, const struct catalogue *c, const char *place,
				struct sheets *out);
