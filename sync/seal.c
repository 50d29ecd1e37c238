#include "sync/seal.h"

#include <sodium.h>
#include <string.h>

enum {
	DERIVE_OPS = 3,
	DERIVE_MEM = 64 << 20,
	STREAM_HEAD = crypto_secretstream_xchacha20poly1305_HEADERBYTES
};

void seal_generate(struct seal_public *pub, struct seal_secret *sec)
{
	crypto_box_keypair(pub->b, sec->b);
}

void seal_from_seed(const unsigned char seed[32], struct seal_public *pub, struct seal_secret *sec)
{
	crypto_box_seed_keypair(pub->b, sec->b, seed);
}

void seal_public_of(const struct seal_secret *sec, struct seal_public *pub)
{
	crypto_scalarmult_base(pub->b, sec->b);
}

/* The points of small order of Curve25519 and their other spellings, the highest bit aside: a
 * secret shared with one of them is zero, whoever it is shared by. */
static const unsigned char small_order[][32] = {
	{0},
	{1},
	{0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3,
	 0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32,
	 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00},
	{0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1,
	 0x55, 0x9c, 0x83, 0xef, 0x5b, 0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c,
	 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57},
	{0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
	{0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
	{0xee, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
};

bool seal_public_usable(const struct seal_public *pub)
{
	unsigned char point[sizeof pub->b];
	memcpy(point, pub->b, sizeof point);
	point[sizeof point - 1] &= 0x7f;
	for (size_t i = 0; i < sizeof small_order / sizeof small_order[0]; i++)
		if (memcmp(point, small_order[i], sizeof point) == 0)
			return false;
	return true;
}

enum sync_err seal_box(const struct seal_public *to, const void *bytes, size_t len,
		       unsigned char *out)
{
	/* A box begins with a public key, which looks random but has structure: a slot for nobody
	 * is a real box to a key whose secret was never kept, so the two cannot be told apart. */
	struct seal_public nobody;
	struct seal_secret lost;
	if (to == NULL) {
		seal_generate(&nobody, &lost);
		seal_wipe(&lost, sizeof lost);
		to = &nobody;
	}
	if (crypto_box_seal(out, bytes, len, to->b) == 0)
		return SYNC_OK;
	/* Whatever stood in that memory must not travel in place of a box. */
	sodium_memzero(out, len + SEAL_BOX_EXTRA);
	return SYNC_ERR_REFUSED;
}

enum sync_err seal_box_open(const struct seal_public *pub, const struct seal_secret *sec,
			    const unsigned char *box, size_t box_len, void *out)
{
	if (box_len < SEAL_BOX_EXTRA ||
	    crypto_box_seal_open(out, box, box_len, pub->b, sec->b) != 0)
		return SYNC_ERR_REFUSED;
	return SYNC_OK;
}

void seal_body(const unsigned char key[SEAL_KEY_BYTES], const void *bound, size_t bound_len,
	       const void *bytes, size_t len, unsigned char *out)
{
	crypto_secretstream_xchacha20poly1305_state state;
	crypto_secretstream_xchacha20poly1305_init_push(&state, out, key);
	crypto_secretstream_xchacha20poly1305_push(&state, out + STREAM_HEAD, NULL, bytes, len,
						   bound, bound_len,
						   crypto_secretstream_xchacha20poly1305_TAG_FINAL);
	sodium_memzero(&state, sizeof state);
}

enum sync_err seal_body_open(const unsigned char key[SEAL_KEY_BYTES], const void *bound,
			     size_t bound_len, const unsigned char *sealed, size_t sealed_len,
			     void *out)
{
	crypto_secretstream_xchacha20poly1305_state state;
	unsigned char tag = 0;
	if (sealed_len < SEAL_BODY_EXTRA ||
	    crypto_secretstream_xchacha20poly1305_init_pull(&state, sealed, key) != 0)
		return SYNC_ERR_CORRUPT;
	int rc = crypto_secretstream_xchacha20poly1305_pull(
		&state, out, NULL, &tag, sealed + STREAM_HEAD, sealed_len - STREAM_HEAD, bound,
		bound_len);
	sodium_memzero(&state, sizeof state);
	return rc == 0 && tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL ? SYNC_OK
										 : SYNC_ERR_REFUSED;
}

void seal_random(void *out, size_t len)
{
	randombytes_buf(out, len);
}

void seal_wipe(void *secret, size_t len)
{
	sodium_memzero(secret, len);
}

enum sync_err seal_derive(const void *secret, size_t len, const unsigned char salt[16],
			  unsigned char *out, size_t out_len)
{
	if (crypto_pwhash(out, out_len, secret, len, salt, DERIVE_OPS, DERIVE_MEM,
			  crypto_pwhash_ALG_ARGON2ID13) != 0)
		return SYNC_ERR_FULL;
	return SYNC_OK;
}

enum sync_err seal_wrap(const char *password, const void *secret, size_t len, unsigned char *out)
{
	unsigned char key[SEAL_KEY_BYTES];
	randombytes_buf(out, 16);
	enum sync_err e = seal_derive(password, strlen(password), out, key, sizeof key);
	if (e == SYNC_OK)
		seal_body(key, out, 16, secret, len, out + 16);
	seal_wipe(key, sizeof key);
	return e;
}

enum sync_err seal_unwrap(const char *password, const unsigned char *wrapped, size_t wrapped_len,
			  void *out)
{
	unsigned char key[SEAL_KEY_BYTES];
	if (wrapped_len < SEAL_WRAP_EXTRA)
		return SYNC_ERR_CORRUPT;
	enum sync_err e = seal_derive(password, strlen(password), wrapped, key, sizeof key);
	if (e == SYNC_OK)
		e = seal_body_open(key, wrapped, 16, wrapped + 16, wrapped_len - 16, out);
	seal_wipe(key, sizeof key);
	return e;
}

enum sync_err seal_password_hash(const char *password, char out[128])
{
	_Static_assert(crypto_pwhash_STRBYTES <= 128, "room for libsodium's password hash");
	if (crypto_pwhash_str(out, password, strlen(password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
			      crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
		return SYNC_ERR_FULL;
	return SYNC_OK;
}

bool seal_password_holds(const char *hash, const char *password)
{
	return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}
