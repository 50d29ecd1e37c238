/* events.h - what was done, appended only, each link carrying the hash of the one before. The head
 * goes out with every hello and acknowledgement, so every kiosk witnesses it. */
#pragma once
#include "app/store/township/township.h"

/* `subject` names a case, a kiosk, a place; never a person outside the office. A job. */
must_use enum err events_add(struct db *db, int64_t now, const char *kind, const char *subject);
/* The hash of one link. ERR_MISSING. */
must_use enum err events_at(struct db *db, uint64_t sequence, struct hash *hash);
must_use enum err events_head(struct db *db, uint64_t *sequence, struct hash *head);
