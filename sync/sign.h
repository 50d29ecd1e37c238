/* sign.h - who said it, and that it was exactly this.
 *
 * Ed25519 and BLAKE2b-256 of libsodium. Every signature names what kind of
 * thing it signs, so no signature can be carried from one kind to another.
 *
 * What travels as signed text looks like this, and is kept and passed on as it
 * came, byte for byte:
 *
 *   elutong-signed 1 KIND KEYID SIGNATURE\n     (key id: 16 hex digits; signature: base64)
 *   body
 *
 * The signature covers "elutong-signed 1 KIND\n" followed by the body. Bytes
 * that were not checked and bytes that were are different types. */
#pragma once
#include "sync/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SIGN_SEED_BYTES = 32,
	SIGN_BYTES = 64,    /* one signature */
	SIGN_ID_CHARS = 16, /* hex digits of a key's id: the first 8 bytes of its BLAKE2b-256 */
	SIGN_KIND_MAX = 23,
	SIGN_HEAD_MAX = 200, /* longest first line of signed text */
	HASH_BYTES = 32,
};

struct sign_public {
	unsigned char b[32];
};
struct sign_secret {
	unsigned char b[64];
};
struct hash {
	unsigned char b[HASH_BYTES];
};

/* Once per process, before anything else here or in seal.h. */
sync_must_use enum sync_err sign_start(void);

void sign_generate(struct sign_public *pub, struct sign_secret *sec);
void sign_from_seed(const unsigned char seed[SIGN_SEED_BYTES], struct sign_public *pub,
		    struct sign_secret *sec);
void sign_key_id(const struct sign_public *pub, char id[SIGN_ID_CHARS + 1]);

/* `kind` is at most SIGN_KIND_MAX letters, digits and dashes. */
void sign_bytes(const struct sign_secret *sec, const char *kind, const void *bytes, size_t len,
		unsigned char signature[SIGN_BYTES]);
sync_must_use bool sign_holds(const struct sign_public *pub, const char *kind, const void *bytes,
			      size_t len, const unsigned char signature[SIGN_BYTES]);

void hash_bytes(const void *bytes, size_t len, struct hash *out);
bool hash_equal(const struct hash *a, const struct hash *b);
/* For what does not fit in memory at once. */
struct hash_run {
	unsigned char opaque[384] __attribute__((aligned(64)));
};
void hash_begin(struct hash_run *h);
void hash_more(struct hash_run *h, const void *bytes, size_t len);
void hash_end(struct hash_run *h, struct hash *out);
sync_must_use enum sync_err hash_file(const char *path, struct hash *out);

/* Signed text whose signature nobody has looked at yet. Borrows the bytes it was read from. */
struct signed_unchecked {
	char kind[SIGN_KIND_MAX + 1];
	char key_id[SIGN_ID_CHARS + 1];
	unsigned char signature[SIGN_BYTES];
	const unsigned char *whole, *body;
	size_t whole_len, body_len;
};
/* Signed text that `signer` certainly said. Borrows likewise. */
struct signed_checked {
	struct sign_public signer;
	const unsigned char *whole, *body;
	size_t whole_len, body_len;
};

/* Both halves of the key that signs; borrowed. */
struct signer {
	const struct sign_public *pub;
	const struct sign_secret *sec;
};
static inline struct signer signer(const struct sign_public *pub, const struct sign_secret *sec)
{
	return (struct signer){pub, sec};
}

/* Allocates *out (free with free()); whole signed text. */
sync_must_use enum sync_err signed_make(const char *kind, struct signer by, const void *body,
					size_t len, unsigned char **out, size_t *out_len);
/* Looks only at the form. ERR_CORRUPT when it is no signed text of this kind. */
sync_must_use enum sync_err signed_read(const void *bytes, size_t len, const char *kind,
					struct signed_unchecked *out);
/* ERR_REFUSED when `pub` did not sign it. */
sync_must_use enum sync_err signed_check(const struct signed_unchecked *in,
					 const struct sign_public *pub, struct signed_checked *out);
