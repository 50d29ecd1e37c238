/* record.h - one row of a sheet: its exact bytes, and the columns derived from them.
 *
 * A line is one JSON object, compact, keys in the template's order, "id" first,
 * without the line feed. Money is whole fen. The columns are for sums, lists and
 * search; the line is what was signed.
 *
 * A row of any template may carry pages: "attach", the last key, lists the BLAKE2b-256 of each
 * picture's bytes in lower-case hex, in the order they are turned, none twice. A picture is a
 * baseline JPEG without metadata, at most PAGE_BYTES_MAX long and PAGE_SIDE_MAX on its longer side;
 * it travels beside the sheet, named by its hash. */
#pragma once
#include "app/base/buf.h"
#include "app/village/catalogue.h"
#include "sync/sign.h"

#include <stdint.h>

enum {
	RECORD_LINE_MAX = 8192,
	RECORD_TEXT_MAX = 2 * RECORD_LINE_MAX, /* a field of it in words */
	RECORD_ID_MAX = 63,
	RECORD_ATTACH_MAX = 20
};
enum { PAGE_BYTES_MAX = 1 << 20, PAGE_SIDE_MAX = 2000 };

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
	int attachments;     /* pages the paper voucher has, as the accountant counted them */
	size_t attach_count; /* pages that travel; record_attach names them */
};

/* Derives the columns from a line. ERR_CORRUPT when it is not a row of this template, also when its
 * list of pages is malformed. */
must_use enum err record_read(const struct catalogue_template *t, const char *line, size_t len,
			      struct record *out);
/* The hashes of a row's pages, read from its line when they are wanted: a checked sheet keeps
 * thousands of records and most carry none. ERR_CORRUPT as record_read. */
must_use enum err record_attach(const char *line, size_t len, struct hash out[RECORD_ATTACH_MAX],
				size_t *count);
/* Appends `line` with a list of pages as its last key, all other bytes as they are; without pages
 * the line itself. ERR_REFUSED when it has a list already, ERR_FULL when it gets too long. */
must_use enum err record_attach_put(const char *line, size_t len, const struct hash *page,
				    size_t count, struct buf *out);
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
