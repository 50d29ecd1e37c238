/* parcels.h - letters as they came, exactly, each once.
 *
 * The same bytes again are stored already; other bytes under the same id are kept apart and told,
 * never mixed. Another letter in the same place of a kiosk's chain is kept apart and told too, but
 * it is a letter: it is dealt with, and its number is never acknowledged. */
#pragma once
#include "app/base/buf.h"
#include "app/store/township/township.h"
#include "app/village/parcel.h"
#include "app/village/wire.h"

/* `p` is checked (its kiosk signed it). A job. `fresh` tells whether it is to be dealt
 * with: it was not here before. What is too much for an hour is WIRE_LATER. */
must_use enum err parcels_add(struct db *db, const struct parcel *p, const struct hash *hash,
			      int64_t now, enum wire_outcome *outcome, bool *fresh);
/* Does the parcel with this very header stand here, in its place of the chain or beside it? The
 * header's signature binds the rest. WIRE_LATER: it is not here. */
must_use enum err parcels_ask(struct db *db, const struct parcel_header *h,
			      const unsigned char header[PARCEL_HEADER_BYTES],
			      enum wire_outcome *outcome);
/* Fills through, gaps and backed_up_to of an acknowledgement for this kiosk. */
must_use enum err parcels_through(struct db *db, const struct hash *kiosk, struct ack *out);
must_use enum err parcels_get(struct db *db, const unsigned char id[PARCEL_ID_BYTES],
			      struct buf *out);
must_use enum err parcels_quarantined(struct db *db, int64_t *count);
