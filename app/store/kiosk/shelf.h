/* shelf.h - the sheets of a place as its signed publications list them.
 *
 * Made by reading every publication of the place, checking each signature and the chain from number
 * 1, and folding them. What is on a shelf is certain to have been published; whether the rows in
 * the database still are those rows is sheet.h's question. */
#pragma once
#include "app/store/kiosk/books.h"

struct shelf_sheet {
	struct sheet_entry entry; /* the version in force */
	int64_t sheet;            /* number in the database; 0 when it is not there (damaged) */
	uint64_t publication;     /* number of the publication it came with */
	int32_t day;              /* of that publication */
	size_t older_count;       /* earlier versions, newest first, in shelf.older from older_at */
	size_t older_at;
};

/* What the village's supervision committee said to the sheets of one publication. */
struct shelf_word {
	uint64_t publication;
	char supervisor[PLACE_NAME_MAX + 1]; /* who signed, "" when nobody did */
	char objection[OBJECTION_MAX + 1];   /* who objected and why, "" when nobody did */
};

/* Who at the township stands behind a publication, and its day; the name is masked. */
struct shelf_signer {
	int32_t day;
	char approved_by[PLACE_NAME_MAX + 1];
};

struct shelf {
	char place[PLACE_ID_MAX + 1];
	uint64_t publication; /* newest number, 0 when nothing was ever published */
	int32_t day;          /* content is as of */
	char issuer[PLACE_NAME_MAX + 1];
	size_t count, older_count;
	struct shelf_sheet *sheet; /* ordered by template, period, part */
	struct shelf_sheet *older;
	size_t words;
	struct shelf_word *word;     /* by publication; none of one to which nobody said anything */
	struct hash *chain;          /* of publication 1, 2 ... whole: what was checked */
	struct shelf_signer *signer; /* of publication 1, 2 ... */
};

/* ERR_CORRUPT when a publication is missing, altered or not in chain: then nothing of this place
 * may be shown. A place without publications gives an empty shelf. */
must_use enum err shelf_read(struct books *b, const struct settings *s, const char *place,
			     struct shelf *out);
/* The books have moved: makes of a shelf what shelf_read would, with the same settings.
 * Publications that are still the same byte for byte are not checked again. As shelf_read; then it
 * is empty. */
must_use enum err shelf_read_again(struct books *b, const struct settings *s, struct shelf *io);
void shelf_free(struct shelf *s);

/* NULL when the committee neither signed nor objected. */
const struct shelf_word *shelf_word(const struct shelf *s, uint64_t publication);
/* As shelf_read, in steps of about `budget_us` between which nothing of the database is held; a
 * step that finds the books moved begins again. ERR_MISSING: go on later; afterwards only
 * shelf_run_close may follow. */
struct shelf_run;
must_use enum err shelf_begin(struct books *b, const struct settings *s, const char *place,
			      struct shelf_run **out);
must_use enum err shelf_step(struct shelf_run *r, int64_t budget_us, struct shelf *out);
void shelf_run_close(struct shelf_run *r); /* NULL is fine */

/* Sheets of one template whose period starts with `prefix` ("2026", "2026-10"): first index and
 * count. */
size_t shelf_find(const struct shelf *s, const char *template_id, const char *prefix,
		  size_t *count);
/* Who signed publication `number`; NULL when the place has none of this number. */
const struct shelf_signer *shelf_signed(const struct shelf *s, uint64_t number);
