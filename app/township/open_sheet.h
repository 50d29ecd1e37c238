/* open_sheet.h - one period of one template for everybody: what it adds up to, its rows, who signed
 * it, how to check it oneself. */
#pragma once
#include "app/township/disclosed.h"
#include "app/township/visit.h"

struct open_asked {
	char place[PLACE_ID_MAX + 1], what[TEMPLATE_ID_MAX + 1], period[24];
};

/* Sheets first .. first + count - 1 are the parts of the period asked for, `rows` their rows. */
void open_sheet_page(struct visit *v, const struct open_asked *a, const struct disclosed *d,
		     size_t first, size_t count, const struct buf *rows);
