/* minisig.c - minisign's prehashed signatures (algorithm "ED"), so that minisign -V accepts what is
 * packed here. Format: jedisct1.github.io/minisign. */
#include "sync/bundle.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { KEY_ID = 8, SIGNATURE_LINE = 2 + KEY_ID + SIGN_BYTES, TEXT_LINE = 100, COMMENT_MAX = 128 };

static const char untrusted[] = "untrusted comment: elutong bundle";
static const char trusted[] = "elutong";

static void key_id(const struct sign_public *pub, unsigned char out[KEY_ID])
{
	unsigned char h[crypto_generichash_BYTES];
	crypto_generichash(h, sizeof h, pub->b, sizeof pub->b, NULL, 0);
	memcpy(out, h, KEY_ID);
}

static void prehash(const void *bytes, size_t len, unsigned char out[64])
{
	crypto_generichash(out, 64, bytes, len, NULL, 0);
}

enum sync_err minisig_make(const struct sign_public *pub, const struct sign_secret *sec,
			   const void *bytes, size_t len, char out[MINISIG_MAX])
{
	unsigned char line[SIGNATURE_LINE] = {'E', 'D'}, hash[64], global[SIGN_BYTES],
		      over[SIGN_BYTES + COMMENT_MAX];
	char one[TEXT_LINE + 8], two[TEXT_LINE + 8];
	key_id(pub, line + 2);
	prehash(bytes, len, hash);
	crypto_sign_detached(line + 2 + KEY_ID, NULL, hash, sizeof hash, sec->b);
	memcpy(over, line + 2 + KEY_ID, SIGN_BYTES);
	memcpy(over + SIGN_BYTES, trusted, sizeof trusted - 1);
	crypto_sign_detached(global, NULL, over, SIGN_BYTES + sizeof trusted - 1, sec->b);
	sodium_bin2base64(one, sizeof one, line, sizeof line, sodium_base64_VARIANT_ORIGINAL);
	sodium_bin2base64(two, sizeof two, global, sizeof global, sodium_base64_VARIANT_ORIGINAL);
	int n = snprintf(out, MINISIG_MAX, "%s\n%s\ntrusted comment: %s\n%s\n", untrusted, one,
			 trusted, two);
	return n > 0 && n < MINISIG_MAX ? SYNC_OK : SYNC_ERR_FULL;
}

/* Line `number` (from 0) of the text, without its end. */
static bool line_of(const char *text, size_t len, int number, const char **out, size_t *out_len)
{
	const char *at = text, *end = text + len;
	for (; number > 0; number--) {
		at = memchr(at, '\n', (size_t)(end - at));
		if (at == NULL)
			return false;
		at++;
	}
	const char *stop = memchr(at, '\n', (size_t)(end - at));
	*out = at;
	*out_len = (size_t)((stop == NULL ? end : stop) - at);
	return *out_len > 0;
}

static bool decode(const char *text, size_t len, unsigned char *out, size_t want)
{
	size_t got;
	const char *stop;
	return sodium_base642bin(out, want, text, len, NULL, &got, &stop,
				 sodium_base64_VARIANT_ORIGINAL) == 0 &&
	       got == want && stop == text + len;
}

enum sync_err minisig_check(const struct sign_public *pub, const void *bytes, size_t len,
			    const char *minisig, size_t minisig_len)
{
	static const char prefix[] = "trusted comment: ";
	const char *one, *comment, *two;
	size_t one_len, comment_len, two_len;
	unsigned char line[SIGNATURE_LINE], global[SIGN_BYTES], hash[64], id[KEY_ID],
		over[SIGN_BYTES + COMMENT_MAX];
	if (minisig_len > MINISIG_MAX || !line_of(minisig, minisig_len, 1, &one, &one_len) ||
	    !line_of(minisig, minisig_len, 2, &comment, &comment_len) ||
	    !line_of(minisig, minisig_len, 3, &two, &two_len) || comment_len < sizeof prefix - 1 ||
	    memcmp(comment, prefix, sizeof prefix - 1) != 0 ||
	    comment_len - (sizeof prefix - 1) > COMMENT_MAX ||
	    !decode(one, one_len, line, sizeof line) ||
	    !decode(two, two_len, global, sizeof global) || line[0] != 'E' || line[1] != 'D')
		return SYNC_ERR_CORRUPT;
	comment += sizeof prefix - 1;
	comment_len -= sizeof prefix - 1;
	key_id(pub, id);
	prehash(bytes, len, hash);
	memcpy(over, line + 2 + KEY_ID, SIGN_BYTES);
	memcpy(over + SIGN_BYTES, comment, comment_len);
	bool holds =
		memcmp(line + 2, id, KEY_ID) == 0 &&
		crypto_sign_verify_detached(line + 2 + KEY_ID, hash, sizeof hash, pub->b) == 0 &&
		crypto_sign_verify_detached(global, over, SIGN_BYTES + comment_len, pub->b) == 0;
	return holds ? SYNC_OK : SYNC_ERR_REFUSED;
}

void minisig_public(const struct sign_public *pub, char out[64])
{
	unsigned char line[2 + KEY_ID + 32] = {'E', 'd'};
	key_id(pub, line + 2);
	memcpy(line + 2 + KEY_ID, pub->b, 32);
	sodium_bin2base64(out, 64, line, sizeof line, sodium_base64_VARIANT_ORIGINAL);
}
