/* told.h - what a resident is told: the entries of a case and the capsule made of them.
 *
 * Each entry is sealed to the receipt when it is written; the capsule is made again from entries
 * nobody here can open. Sealing takes longer than storing, so what a new letter is told first can
 * be made before the job, on any thread. */
#pragma once
#include "app/base/buf.h"
#include "app/store/township/office.h"
#include "app/store/township/township.h"
#include "app/village/capsule.h"

struct told_first {
	enum case_state state; /* of the entry */
	int32_t day;
	struct buf entry, capsule; /* sealed; capsule of version `version`; empty: told later */
	uint32_t version;
};
/* Needs no database. ERR_REFUSED when nothing can be sealed to the receipt. */
must_use enum err told_begin(const struct office *o, const struct receipt_public *receipt,
			     const struct capsule_entry *entry, uint32_t version,
			     struct told_first *out);
void told_first_free(struct told_first *f);
/* Stores both for a case that has nothing yet, or notes that it is told later. A job. */
must_use enum err told_put_first(struct db *db, int64_t matter, const unsigned char *locator,
				 const struct told_first *f);

/* The first case after `after` that is told later still. ERR_MISSING. */
must_use enum err told_untold(struct db *db, int64_t after, int64_t *matter);
/* Stores both when the case is still untold. A job. */
must_use enum err told_put_later(struct db *db, int64_t matter, const unsigned char *locator,
				 const struct told_first *f);

/* The next entry of a case, and its capsule. `body` is the office that must be able to read what it
 * wrote. A job. */
struct told_case {
	int64_t number;
	const char *body;
	const struct receipt_public *receipt;
	uint32_t version; /* of the capsule so far */
	bool opening; /* tells only that the name was opened: such a one replaces another such */
};
must_use enum err told_add(struct db *db, const struct office *o, const struct told_case *c,
			   const struct capsule_entry *entry);
