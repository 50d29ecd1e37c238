/* published.h - what a place shows now of one template and period: the fold of its publications. */
#pragma once
#include "app/store/township/publications.h"

enum { PUBLISHED_PARTS_MAX = 32 };

struct published {
	uint64_t number;      /* newest publication of the place, 0: none yet */
	struct hash previous; /* of it, whole; zero for none */
	size_t parts;         /* of this sheet, those with no row included */
	struct sheet_entry part[PUBLISHED_PARTS_MAX];
};
/* Reads the whole chain of the place. */
must_use enum err published_read(struct db *db, const char *place, const char *template_id,
				 const char *period, struct published *out);
/* Rows of all parts, one after the other; appended. */
must_use enum err published_rows(struct db *db, const struct published *p, struct buf *out);
