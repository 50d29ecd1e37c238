/* bundle.h - NAME.tar.zst and its NAME.tar.zst.minisig: what travels by network and by stick.
 *
 * Standard tools list and verify it (tar --zstd -t, minisign -V). The signature says who packed it;
 * trust comes from inside. Writing is deterministic. Reading takes regular files only, with names
 * of [A-Za-z0-9._/-], at most 200 bytes, 8 deep, no "..", no leading '/', within the limits given.
 */
#pragma once
#include "sync/err.h"
#include "sync/sign.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bundle_limits {
	size_t entries; /* 0: 10,000 */
	uint64_t total; /* bytes unpacked; 0: 256 MiB */
	uint64_t one;   /* bytes of one entry; 0: 16 MiB */
	unsigned ratio; /* unpacked to packed, beyond the first MiB; 0: 100 */
};

/* --- writing, into memory --- */
struct bundle_writer;
sync_must_use enum sync_err bundle_begin(uint64_t most_bytes, struct bundle_writer **out);
/* ERR_REFUSED for a name that no reader would take, ERR_FULL. */
sync_must_use enum sync_err bundle_add(struct bundle_writer *w, const char *name, const void *bytes,
				       size_t len);
/* The whole file; *out is freed by the caller with free(). Ends the writer also on failure. */
sync_must_use enum sync_err bundle_finish(struct bundle_writer *w, unsigned char **out,
					  size_t *len);
void bundle_abandon(struct bundle_writer *w); /* NULL is fine */

/* --- reading, from memory --- */
struct bundle_reader;
sync_must_use enum sync_err bundle_open(const void *bytes, size_t len,
					const struct bundle_limits *l, struct bundle_reader **out);
struct bundle_entry {
	const char *name; /* both until the next call */
	const unsigned char *bytes;
	size_t len;
};
/* ERR_MISSING at the end; ERR_CORRUPT, ERR_FULL (a limit) with the reason. */
sync_must_use enum sync_err bundle_next(struct bundle_reader *r, struct bundle_entry *out);
const char *bundle_reason(const struct bundle_reader *r);
void bundle_close(struct bundle_reader *r); /* NULL is fine */

/* --- who packed it: minisign's prehashed format over the file's bytes --- */
enum { MINISIG_MAX = 512 };
sync_must_use enum sync_err minisig_make(const struct sign_public *pub,
					 const struct sign_secret *sec, const void *bytes,
					 size_t len, char out[MINISIG_MAX]);
sync_must_use enum sync_err minisig_check(const struct sign_public *pub, const void *bytes,
					  size_t len, const char *minisig, size_t minisig_len);
/* The key as minisign -P wants it. */
void minisig_public(const struct sign_public *pub, char out[64]);
