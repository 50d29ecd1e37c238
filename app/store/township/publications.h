/* publications.h - what was made public through this installation, exact bytes. */
#pragma once
#include "app/base/buf.h"
#include "app/store/township/township.h"
#include "app/village/publication.h"

struct publication_sheet {
	const void *bytes;
	size_t len;
};
/* Checks the signature, the chain and every sheet's hash, stores all and puts it into the feed.
 * ERR_REFUSED, ERR_CORRUPT; ERR_MISSING: a gap, a missing sheet, or a picture a row
 * names that is not public yet (blobs.h). A job. */
must_use enum err publications_put(struct db *db, const struct settings *s, const struct buf *text,
				   const struct publication_sheet *sheet, size_t count,
				   int64_t now);
/* Newest of a place, signed text. ERR_MISSING. */
must_use enum err publications_last(struct db *db, const char *place, struct buf *out);
/* Number of the newest, 0 when there is none. */
must_use enum err publications_number(struct db *db, const char *place, uint64_t *out);
must_use enum err publications_get(struct db *db, const char *place, uint64_t number,
				   struct buf *out);
must_use enum err publications_sheet(struct db *db, const struct hash *hash, struct buf *out);
