/* record.h - one row of a sheet: its exact bytes, and the columns derived from them.
 *
 * A line is one JSON object, compact, keys in the template's order, "id" first,
 * without the line feed. Money is whole fen. The columns are for sums, lists and
 * search; the line is what was signed. */
#pragma once
#include "app/base/buf.h"
#include "app/village/catalogue.h"

#include <stdint.h>

enum { RECORD_LINE_MAX = 8192, RECORD_ID_MAX = 63 };

struct record {
	const char *line; /* exact bytes; borrowed */
	size_t line_len;
	char id[RECORD_ID_MAX + 1];
	int32_t day;   /* 0 when the template has none */
	int direction; /* +1 in, -1 out, 0 when the template has none */
	int64_t amount_fen;
	char account[16]; /* "2024:515" */
	char group[32];   /* villagers\' kind: "rent", "works" */
	char title[256];  /* what it was for */
	char party[128];  /* who paid or was paid */
	char voucher[32];
	int attachments;
};

/* Derives the columns from a line. ERR_CORRUPT when it is not a row of this template. */
must_use enum err record_read(const struct catalogue_template *t, const char *line, size_t len,
			      struct record *out);
/* A wire number of this field as people read it: 12,865.00, 3.50, 12. */
enum { RECORD_FIGURE_TEXT = 40 };
const char *record_figure(const struct field *f, int64_t v, char out[RECORD_FIGURE_TEXT]);
/* Any field as text for showing; false when the row has none. */
bool record_field(const struct catalogue_template *t, const char *line, size_t len,
		  const char *field, struct buf *out);
/* Builds a line from cells already checked: value[i] is the wire form of field i, NULL when empty.
 */
must_use enum err record_make(const struct catalogue_template *t, const char *id,
			      const char *const *value, struct buf *line);
