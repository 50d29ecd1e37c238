/* parcel.h - a letter under way: sealed at the kiosk, delivered by any road, exactly once.
 *
 * Layout (integers little-endian), in this order:
 *   header    "ELP1", id 16, kiosk 32 (BLAKE2b-256 of its signing key), sequence u64, hash of the
 *             parcel before 32 (zero for the first), day u32, key-set serial u32, size bucket u8,
 *             3 zero bytes, signature 64 (kind "parcel", over the header before it and the
 *             BLAKE2b-256 of all that follows)
 *   waybill   two slots of the same size: sealed to the county's service key; sealed to the
 *             township's service key only when its office is the reader, else random
 *   identity  four key slots, sealed body padded to 512 bytes (padding alone when anonymous)
 *   matter    four key slots, sealed body padded to the bucket
 * Bodies are bound to the header's first fields (up to the signature). The kiosk holds no key that
 * opens any of it. Once made, a parcel never changes. */
#pragma once
#include "app/base/buf.h"
#include "app/village/complaint.h"
#include "app/village/receipt.h"
#include "app/village/settings.h"

#include <stdint.h>

enum {
	PARCEL_ID_BYTES = 16,
	PARCEL_ID_CHARS = 32,
	PARCEL_HEADER_BYTES = 168,
	PARCEL_IDENTITY_BYTES = 512,
	PARCEL_BUCKETS = 4,
	PARCEL_BLOBS_MAX = 8,
	PARCEL_BYTES_MAX = (8 << 20) + 16384,
};
/* 4 KiB, 64 KiB, 1 MiB, 8 MiB. */
extern const uint32_t parcel_bucket_bytes[PARCEL_BUCKETS];

enum parcel_kind {
	PARCEL_COMPLAINT,
	PARCEL_RATING,
	PARCEL_ADDITION,
	PARCEL_WITHDRAWAL,
	PARCEL_REVIEW,
	PARCEL_LOST,
	PARCEL_KINDS
};

struct parcel_header {
	unsigned char id[PARCEL_ID_BYTES];
	struct hash kiosk;    /* whose queue it stands in */
	uint64_t sequence;    /* 1, 2, 3 ... in that queue */
	struct hash previous; /* of the parcel before it, whole */
	int32_t day;          /* no hour: it would tell who stood at the kiosk */
	uint32_t key_serial;  /* settings the readers were taken from */
	uint8_t bucket;
};

/* What the office needs to route it; sealed to service keys. */
struct waybill {
	enum parcel_kind kind;
	enum whom whom;
	char body[PLACE_ID_MAX + 1];  /* reader's id */
	char place[PLACE_ID_MAX + 1]; /* village of the kiosk */
	struct receipt_public receipt;
	unsigned char proof[SIGN_BYTES]; /* of a follow-up: who made it holds the receipt */
	size_t blob_count;
	struct waybill_blob {
		struct hash hash; /* of the sealed bytes */
		uint32_t size;    /* bytes */
	} blob[PARCEL_BLOBS_MAX];
};

/* Where the next parcel stands in its kiosk's chain. */
struct parcel_place {
	uint64_t sequence;
	struct hash previous;
};

struct parcel_kiosk {
	struct sign_public pub;
	struct sign_secret sec;
};

struct parcel_draft {
	enum parcel_kind kind;
	enum whom whom;
	const char *place; /* village of the kiosk */
	const struct receipt_public *receipt;
	const struct sign_secret *follow_up; /* of the receipt, for a follow-up; else NULL */
	const void *matter, *identity;       /* JSON; identity NULL when anonymous */
	size_t matter_len, identity_len;
	const struct waybill_blob *blobs;
	size_t blob_count;
	int32_t day;
};

void parcel_kiosk_id(const struct sign_public *kiosk, struct hash *id);

/* ERR_FULL when the matter is above the largest bucket or the identity above 512 bytes,
 * ERR_MISSING when the settings name no reader, ERR_REFUSED when nothing can be sealed to it. `out`
 * is appended to; the header is also returned.
 */
must_use enum err parcel_make(const struct parcel_draft *d, const struct settings *s,
			      const struct parcel_kiosk *kiosk, const struct parcel_place *at,
			      struct buf *out, struct parcel_header *header);

/* A parcel by its form alone. Borrows the bytes. */
struct parcel_unchecked {
	struct parcel_header header;
	const unsigned char *bytes;
	size_t len;
};
/* A parcel its kiosk certainly signed. */
struct parcel {
	struct parcel_header header;
	const unsigned char *bytes;
	size_t len;
};
/* Of PARCEL_HEADER_BYTES bytes. ERR_CORRUPT. */
must_use enum err parcel_read_header(const void *bytes, size_t len, struct parcel_header *out);
/* ERR_CORRUPT for anything that is not exactly one parcel. */
must_use enum err parcel_read(const void *bytes, size_t len, struct parcel_unchecked *out);
/* ERR_REFUSED when the key is not the header's kiosk or did not sign it. */
must_use enum err parcel_check(const struct parcel_unchecked *in, const struct sign_public *kiosk,
			       struct parcel *out);

/* Each ERR_REFUSED when none of the slots is for this key, ERR_CORRUPT when what was sealed is
 * nothing of ours (a receipt key nothing can be sealed to, for one). Wipe what they give. */
must_use enum err parcel_open_waybill(const struct parcel *p, const struct seal_public *pub,
				      const struct seal_secret *sec, struct waybill *out);
must_use enum err parcel_open_matter(const struct parcel *p, const struct seal_public *pub,
				     const struct seal_secret *sec, struct buf *out);
must_use enum err parcel_open_identity(const struct parcel *p, const struct seal_public *pub,
				       const struct seal_secret *sec, struct buf *out);

/* The waybill of a follow-up is signed by the receipt's key over the parcel it stands in: quoting
 * the public half, which every waybill of the receipt does, proves nothing. */
must_use bool parcel_follow_up_proven(const struct parcel *p, const struct waybill *w,
				      const struct sign_public *receipt);

/* Follow-ups carry, inside the seal, a signature of the receipt key over what they say. */
must_use enum err parcel_follow_up(const struct receipt_keys *k, const char *json_body,
				   struct buf *out);
must_use enum err parcel_follow_up_check(const void *matter, size_t len,
					 const struct sign_public *receipt, struct buf *json_body);
