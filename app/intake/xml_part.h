/* xml_part.h - one XML part of a zip through expat, with every limit kept while it streams.
 *
 * A document type declaration ends the reading before anything it declares could count, so the only
 * entities are the five of XML itself. Names come without their prefix. */
#pragma once
#include "app/intake/sheet.h"
#include "app/intake/zip_memory.h"

enum {
	PART_BYTES_MAX = 64 << 20,   /* unpacked, of one part, declared and real */
	PARTS_BYTES_MAX = 192 << 20, /* of all parts read */
	PART_RATIO_MAX = 250,        /* of parts longer than the next */
	PART_RATIO_FROM = 1 << 20,   /* short parts may repeat themselves as they like */
	PART_DEPTH_MAX = 48,         /* elements within elements */
	ZIP_ENTRIES_MAX = 4096
};

struct xml_part;
struct xml_reader {
	void (*start)(struct xml_part *x, const char *name, const char **attribute);
	void (*end)(struct xml_part *x, const char *name);
	void (*text)(struct xml_part *x, const char *text, size_t len); /* NULL: none is wanted */
	void *self;
};
struct xml_part {
	const struct xml_reader *reader;
	enum sheet_fault fault; /* set by xml_stop */
	int depth;
	void *parser;
};
/* Ends the reading with a reason. */
void xml_stop(struct xml_part *x, enum sheet_fault f);
/* Value of an attribute by its name without prefix; NULL. */
const char *xml_attribute(const char **attribute, const char *name);

/* An open book: the zip and what was unpacked from it so far. */
struct zip_book {
	struct zip_memory memory;
	unzFile zip;
	unsigned long salt;
	size_t unpacked;
};
/* SHEET_BROKEN, SHEET_BOMB, SHEET_LOCKED. End with zip_book_close in every case. */
enum sheet_fault zip_book_open(struct zip_book *b, const void *bytes, size_t len,
			       unsigned long salt);
void zip_book_close(struct zip_book *b);
bool zip_book_has(struct zip_book *b, const char *path);
/* *found tells whether there is such a part; without it nothing is read and nothing wrong. */
enum sheet_fault xml_part_read(struct zip_book *b, const char *path, const struct xml_reader *r,
			       bool *found);
