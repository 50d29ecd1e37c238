/* attach.h - the pages of a whole sheet at once: put onto its rows, taken off, walked through.
 *
 * Rows are JSON lines with line feeds, as in publication.h; how one row names its pages says
 * record.h. */
#pragma once
#include "app/village/record.h"

/* Which pages the row with this id carries. */
struct attach_source {
	enum err (*pages)(void *self, const char *row, struct hash page[RECORD_ATTACH_MAX],
			  size_t *count);
	void *self;
};
/* `rows` anew, each with exactly the pages `source` names, all other bytes as they are; NULL: with
 * none. Appended. ERR_CORRUPT when a line is no row, or names its pages elsewhere than at its end;
 * ERR_REFUSED when `source` names one twice. */
must_use enum err attach_sheet(const void *rows, size_t len, const struct attach_source *source,
			       struct buf *out);

/* Every page of every row, in order. Anything but OK from `page` ends the walk and is given back.
 */
struct attach_reader {
	enum err (*page)(void *self, const char *row, size_t rank, const struct hash *hash);
	void *self;
};
must_use enum err attach_each(const void *rows, size_t len, const struct attach_reader *reader);
