/* seal.h - bytes that only one reader can open.
 *
 * X25519 sealed boxes for keys, XChaCha20-Poly1305 secretstream (one final
 * chunk) for bodies, all of libsodium. A slot that is meant for nobody is
 * random bytes and looks like any other. */
#pragma once
#include "sync/err.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	SEAL_KEY_BYTES = 32,
	SEAL_BOX_EXTRA = 48,                               /* what a sealed box is longer by */
	SEAL_SLOT_BYTES = SEAL_KEY_BYTES + SEAL_BOX_EXTRA, /* a sealed content key */
	SEAL_BODY_EXTRA = 24 + 17,                         /* what a sealed body is longer by */
};

struct seal_public {
	unsigned char b[32];
};
struct seal_secret {
	unsigned char b[32];
};

void seal_generate(struct seal_public *pub, struct seal_secret *sec);
void seal_from_seed(const unsigned char seed[32], struct seal_public *pub, struct seal_secret *sec);
void seal_public_of(const struct seal_secret *sec, struct seal_public *pub);

/* False for the few keys nothing can be sealed to; keys from outside are asked about first. */
sync_must_use bool seal_public_usable(const struct seal_public *pub);

/* Seals `len` bytes to `to`; with NULL fills the same room with a box for nobody. ERR_REFUSED when
 * the key is not usable; the room is zeros then. */
sync_must_use enum sync_err seal_box(const struct seal_public *to, const void *bytes, size_t len,
				     unsigned char *out /* len + SEAL_BOX_EXTRA */);
/* ERR_REFUSED when it was not sealed to this key (or is damaged: the two cannot be told apart). */
sync_must_use enum sync_err seal_box_open(const struct seal_public *pub,
					  const struct seal_secret *sec, const unsigned char *box,
					  size_t box_len, void *out /* box_len - SEAL_BOX_EXTRA */);

/* Seals a body under a content key; `bound` is clear text the body is tied to. */
void seal_body(const unsigned char key[SEAL_KEY_BYTES], const void *bound, size_t bound_len,
	       const void *bytes, size_t len, unsigned char *out /* len + SEAL_BODY_EXTRA */);
sync_must_use enum sync_err seal_body_open(const unsigned char key[SEAL_KEY_BYTES],
					   const void *bound, size_t bound_len,
					   const unsigned char *sealed, size_t sealed_len,
					   void *out);

void seal_random(void *out, size_t len);
void seal_wipe(void *secret, size_t len);

/* A secret wrapped by a password (Argon2id13, 64 MiB, t = 3, and a sealed body): how a member of
 * staff keeps an office key. ERR_REFUSED for the wrong password. */
enum { SEAL_WRAP_EXTRA = 16 + SEAL_BODY_EXTRA };
sync_must_use enum sync_err seal_wrap(const char *password, const void *secret, size_t len,
				      unsigned char *out);
sync_must_use enum sync_err seal_unwrap(const char *password, const unsigned char *wrapped,
					size_t wrapped_len, void *out);
/* Password hashes for logins, as libsodium writes them (Argon2id, at most 128 characters). */
sync_must_use enum sync_err seal_password_hash(const char *password, char out[128]);
sync_must_use bool seal_password_holds(const char *hash, const char *password);
/* Argon2id13, 64 MiB, t = 3, with a fixed 16-byte salt: the receipt's derivation. */
sync_must_use enum sync_err seal_derive(const void *secret, size_t len,
					const unsigned char salt[16], unsigned char *out,
					size_t out_len);
