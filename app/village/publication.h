/* publication.h - a signed list of sheets: what a place has made public, and when it changed.
 *
 * A sheet is one place, template, period and part: its JSON lines, each with a
 * line feed, ordered by row id, at most 2,000. A publication names the sheets it
 * adds or replaces (version, BLAKE2b-256 of the sheet's bytes, number of rows,
 * reason of a change). Publications of a place are numbered 1, 2, 3 ... and each
 * carries the hash of the one before, whole, so what a place shows is the fold of
 * an unbroken chain and a missing row, sheet or publication cannot pass unseen.
 * Nothing published is edited: a sheet gets a new version, the old one stays.
 *
 * Signed text of kind "publication"; the body is JSON. */
#pragma once
#include "app/base/buf.h"
#include "app/village/settings.h"

#include <stdint.h>

enum {
	SHEET_ROWS_MAX = 2000,
	SHEET_BYTES_MAX = 4 << 20,
	PUBLICATION_SHEETS_MAX = 4096,
	PUBLICATION_BYTES_MAX = 4 << 20,
	PERIOD_MAX = 11,
	TEMPLATE_ID_MAX = 31,
	REASON_MAX = 300,
	OBJECTION_MAX = 900
};

struct sheet_entry {
	char template_id[TEMPLATE_ID_MAX + 1];
	char period[PERIOD_MAX + 1]; /* "2026-10", "2026Q3", "2026H1", "2026", "once" */
	uint32_t part;               /* 1 .. n of the period */
	uint32_t version;            /* 1 when first published */
	uint32_t rows;
	uint64_t bytes;
	struct hash hash;
	char reason[REASON_MAX + 1]; /* why it was changed; "" for version 1 */
};

struct publication {
	char place[PLACE_ID_MAX + 1];
	uint64_t number;
	struct hash previous; /* of the publication before, whole; zero for number 1 */
	int32_t day;
	int32_t key_until; /* last day of the key that signed it, 0: none set; filled by reading */
	char issuer[PLACE_NAME_MAX + 1];                                       /* 草坝镇 */
	char prepared_by[PLACE_NAME_MAX + 1], approved_by[PLACE_NAME_MAX + 1]; /* masked names */
	char supervisor[PLACE_NAME_MAX + 1]; /* who signed for the village, "" when nobody did */
	/* Who of the village's supervision committee did not agree, and why: "普*珍：没有发票"; ""
	 * when nobody objected. A release that does not know it leaves it out. */
	char objection[OBJECTION_MAX + 1];
	size_t sheet_count;
	struct sheet_entry *sheet; /* freed by publication_free */
	struct hash hash;          /* of the signed text, whole; filled by reading and making */
};

void publication_free(struct publication *p);

/* ERR_REFUSED when no key the settings name for the place and its day signed it; ERR_MISSING when
 * one did, but it is written in a format of a later release; ERR_CORRUPT, also when it names one
 * sheet twice. */
must_use enum err publication_read(const void *bytes, size_t len, const struct settings *s,
				   struct publication *out);
must_use enum err publication_make(struct publication *p, const struct sign_public *pub,
				   const struct sign_secret *sec, struct buf *out);
/* OK when `next` follows `last` (NULL: nothing yet). ERR_MISSING: a gap; ERR_REFUSED: the same
 * number with other bytes, a broken chain, or a key that had ended when `last` was made (a day
 * can be written back, the chain cannot); ERR_SAME: the same or an older one. */
must_use enum err publication_follows(const struct publication *last,
				      const struct publication *next);

/* The body of a publication that was checked when it came; no signature is looked at. */
must_use enum err publication_glance(const void *body, size_t len, struct publication *out);

/* A month's fingerprint for the paper notice: the first eight big-endian 16-bit words of the
 * sheet's BLAKE2b-256, each mod 10,000: "0412 9920 ...". */
void sheet_fingerprint(const struct hash *sheet, char out[40]);

/* Splits rows (lines with line feeds, ordered by id) into parts of at most SHEET_ROWS_MAX and fills
 * rows, bytes, hash of entry i. */
must_use enum err sheet_measure(const void *bytes, size_t len, struct sheet_entry *entry);
