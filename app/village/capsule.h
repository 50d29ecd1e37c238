/* capsule.h - a case's whole public time-line, sealed to the resident's receipt.
 *
 * Each entry is sealed when it is written, so the server keeps and repeats sealed entries and never
 * needs to open an old one. The list is sealed once more as a whole, padded to 4 or 16 KiB, signed
 * by the service key, and travels to every kiosk of the township under (locator, version): a higher
 * version replaces a lower. The locator is all the disk shows.
 *
 * Layout: "ELC1", locator 32, version u32, bucket u8, 3 zero bytes, service key id 8, signature 64
 * (kind "capsule", over all before it and the BLAKE2b-256 of what follows), sealed box. */
#pragma once
#include "app/base/buf.h"
#include "app/village/casefile.h"
#include "app/village/complaint.h"
#include "app/village/receipt.h"
#include "app/village/settings.h"

#include <stdint.h>

enum {
	CAPSULE_ENTRIES_MAX = 40,
	CAPSULE_TEXT_BYTES = 6000,
	CAPSULE_BYTES_MAX = 20000,
	CAPSULE_ENTRY_MAX = 8192
};

struct capsule_entry {
	int32_t day;
	enum case_state state;
	int32_t due; /* day the answer is due, 0 when none */
	bool due_provisional;
	char office[PLACE_NAME_MAX + 1]; /* who says it */
	char by[PLACE_NAME_MAX + 1];     /* masked name, "" when none */
	char text[CAPSULE_TEXT_BYTES];   /* what is told, "" when the state says all */
	uint32_t openings;               /* how often the name was opened so far */
	enum whom whom;                  /* follow-ups are sealed to the same reader */
};

/* One entry sealed to the receipt; what the server stores. ERR_REFUSED: nothing can be sealed to
 * this key. */
must_use enum err capsule_entry_seal(const struct capsule_entry *e,
				     const struct seal_public *receipt, struct buf *out);

/* The capsule from sealed entries, oldest first. ERR_FULL above 16 KiB, ERR_REFUSED when
 * nothing can be sealed to the receipt. `out` is worth nothing then. */
struct capsule_sealed {
	const unsigned char *bytes;
	size_t len;
};
must_use enum err capsule_make(const struct receipt_public *receipt, uint32_t version,
			       const struct capsule_sealed *entry, size_t count,
			       struct signer service, struct buf *out);

struct capsule_unchecked {
	unsigned char locator[LOCATOR_BYTES];
	uint32_t version;
	const unsigned char *bytes;
	size_t len;
};
struct capsule {
	unsigned char locator[LOCATOR_BYTES];
	uint32_t version;
	const unsigned char *bytes;
	size_t len;
};
must_use enum err capsule_read(const void *bytes, size_t len, struct capsule_unchecked *out);
must_use enum err capsule_check(const struct capsule_unchecked *in,
				const struct sign_public *service, struct capsule *out);
/* Checks it by the service key it names, which may be retired: a key of the county or the township
 * of `place`. *by tells which. ERR_REFUSED. */
must_use enum err capsule_believe(const struct capsule_unchecked *in, const struct settings *s,
				  const char *place, struct capsule *out, struct service_key *by);
/* Opens the list and every entry with the resident's keys. `count` in: room; out: entries. */
must_use enum err capsule_open(const struct capsule *c, const struct receipt_keys *k,
			       struct capsule_entry *out, size_t *count);
