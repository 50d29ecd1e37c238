/* feed.h - what kiosks have not got yet, in the order it was made. Positions come from a counter
 * row in the same transaction, so no reader ever skips one. */
#pragma once
#include "app/base/buf.h"
#include "app/store/township/office.h"
#include "app/store/township/township.h"

enum feed_kind { FEED_SETTINGS = 1, FEED_PUBLICATION, FEED_CAPSULE };

/* Puts the settings in force into the feed, once per serial. A job. */
must_use enum err feed_offer_settings(struct db *db, uint32_t serial);
must_use enum err feed_put_publication(struct db *db, const char *place, uint64_t number);
must_use enum err feed_put_capsule(struct db *db, const unsigned char locator[32]);
must_use enum err feed_newest(struct db *db, uint64_t *out);

/* A bundle of what comes after `after`; *bytes is freed with free(). ERR_MISSING: nothing newer.
 * Looks shortly, many times; packs without holding anything up; the last few bundles are kept,
 * because every kiosk of a township asks for the same one. */
must_use enum err feed_bundle(struct township *t, const struct office *o, uint64_t after,
			      unsigned char **bytes, size_t *len);
