/* disclosed.h - everything a place has made public: the fold of all its publications. */
#pragma once
#include "app/store/township/publications.h"

struct disclosed_sheet {
	struct sheet_entry entry; /* the version in force */
	int32_t day;              /* of the publication it came with */
	uint64_t publication;
};

/* Who stands behind a publication; "" where nobody does. */
struct disclosed_word {
	uint64_t publication;
	char prepared_by[PLACE_NAME_MAX + 1], approved_by[PLACE_NAME_MAX + 1];
	char supervisor[PLACE_NAME_MAX + 1];
	char objection[OBJECTION_MAX + 1];
};

struct disclosed {
	uint64_t number; /* newest publication, 0: none */
	int32_t day;
	char issuer[PLACE_NAME_MAX + 1];
	size_t count;
	struct disclosed_sheet *sheet; /* by template, newest period first, part */
	struct disclosed_word *word;   /* of publication 1, 2 ... number */
};

/* Reads the whole chain of the place, which was checked when it was stored. */
must_use enum err disclosed_read(struct db *db, const char *place, struct disclosed *out);
void disclosed_free(struct disclosed *d);
const struct disclosed_word *disclosed_word(const struct disclosed *d, uint64_t publication);
/* First sheet of a template (and of one period, unless NULL) and how many parts follow it. */
size_t disclosed_find(const struct disclosed *d, const char *template_id, const char *period,
		      size_t *count);
/* Rows of sheets first .. first + count - 1, one after the other; appended. */
must_use enum err disclosed_rows(struct db *db, const struct disclosed *d, size_t first,
				 size_t count, struct buf *out);
