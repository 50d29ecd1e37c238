/* urges.h - how often villagers asked for what should be public and is not: totals told by the
 * kiosks, added up. Nothing of who asked or when. */
#pragma once
#include "app/store/township/township.h"
#include "app/village/wire.h"

enum { URGES_OF_A_KIOSK = 1024 };

/* What one kiosk counted so far; a lower number than before changes nothing, nor does one more
 * table than URGES_OF_A_KIOSK. A job. */
must_use enum err urges_put(struct db *db, const struct hash *kiosk, const struct wire_urge *u);
/* The `at`-th of all, most asked for first. ERR_MISSING. */
must_use enum err urges_at(struct db *db, size_t at, struct wire_urge *out);
must_use enum err urges_of(struct db *db, const char *place, const char *template_id,
			   const char *period, int64_t *out);
