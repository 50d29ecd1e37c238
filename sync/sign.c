#include "sync/sign.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PREFIX_MAX = 48 };

_Static_assert(sizeof(crypto_generichash_state) <= sizeof(struct hash_run),
	       "hash_run holds libsodium's state");

enum sync_err sign_start(void)
{
	if (sodium_init() < 0) {
		sync_log("sign: libsodium does not start");
		return SYNC_ERR_IO;
	}
	return SYNC_OK;
}

void sign_generate(struct sign_public *pub, struct sign_secret *sec)
{
	crypto_sign_keypair(pub->b, sec->b);
}

void sign_from_seed(const unsigned char seed[SIGN_SEED_BYTES], struct sign_public *pub,
		    struct sign_secret *sec)
{
	crypto_sign_seed_keypair(pub->b, sec->b, seed);
}

void sign_key_id(const struct sign_public *pub, char id[SIGN_ID_CHARS + 1])
{
	struct hash h;
	hash_bytes(pub->b, sizeof pub->b, &h);
	sodium_bin2hex(id, SIGN_ID_CHARS + 1, h.b, SIGN_ID_CHARS / 2);
}

/* What a signature covers before the bytes: the first line without key and signature. */
static size_t prefix_of(const char *kind, char out[PREFIX_MAX])
{
	int n = snprintf(out, PREFIX_MAX, "elutong-signed 1 %s\n", kind);
	return n < 0 || n >= PREFIX_MAX ? 0 : (size_t)n;
}

/* Ed25519 wants its message in one piece; two-part hashing would be another scheme, so join the
 * parts. */
static unsigned char *joined(const char *kind, const void *bytes, size_t len, size_t *out_len)
{
	char prefix[PREFIX_MAX];
	size_t n = prefix_of(kind, prefix);
	unsigned char *m = malloc(n + len + 1);
	if (m == NULL)
		return NULL;
	memcpy(m, prefix, n);
	if (len > 0)
		memcpy(m + n, bytes, len);
	*out_len = n + len;
	return m;
}

void sign_bytes(const struct sign_secret *sec, const char *kind, const void *bytes, size_t len,
		unsigned char signature[SIGN_BYTES])
{
	size_t n = 0;
	unsigned char *m = joined(kind, bytes, len, &n);
	if (m == NULL)
		abort(); /* a few kilobytes: nothing sensible can follow */
	crypto_sign_detached(signature, NULL, m, n, sec->b);
	free(m);
}

bool sign_holds(const struct sign_public *pub, const char *kind, const void *bytes, size_t len,
		const unsigned char signature[SIGN_BYTES])
{
	size_t n = 0;
	unsigned char *m = joined(kind, bytes, len, &n);
	if (m == NULL)
		return false;
	bool holds = crypto_sign_verify_detached(signature, m, n, pub->b) == 0;
	free(m);
	return holds;
}

void hash_bytes(const void *bytes, size_t len, struct hash *out)
{
	crypto_generichash(out->b, HASH_BYTES, bytes, len, NULL, 0);
}

bool hash_equal(const struct hash *a, const struct hash *b)
{
	return sodium_memcmp(a->b, b->b, HASH_BYTES) == 0;
}

void hash_begin(struct hash_run *h)
{
	crypto_generichash_init((crypto_generichash_state *)(void *)h->opaque, NULL, 0, HASH_BYTES);
}

void hash_more(struct hash_run *h, const void *bytes, size_t len)
{
	crypto_generichash_update((crypto_generichash_state *)(void *)h->opaque, bytes, len);
}

void hash_end(struct hash_run *h, struct hash *out)
{
	crypto_generichash_final((crypto_generichash_state *)(void *)h->opaque, out->b, HASH_BYTES);
}

enum sync_err hash_file(const char *path, struct hash *out)
{
	FILE *f = fopen(path, "rbe");
	if (f == NULL)
		return SYNC_ERR_MISSING;
	struct hash_run h;
	unsigned char block[65536];
	size_t n;
	hash_begin(&h);
	while ((n = fread(block, 1, sizeof block, f)) > 0)
		hash_more(&h, block, n);
	bool whole = feof(f) != 0;
	fclose(f);
	hash_end(&h, out);
	return whole ? SYNC_OK : SYNC_ERR_IO;
}

static bool good_kind(const char *kind, size_t len)
{
	if (len == 0 || len > SIGN_KIND_MAX)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!((kind[i] >= 'a' && kind[i] <= 'z') || (kind[i] >= '0' && kind[i] <= '9') ||
		      kind[i] == '-'))
			return false;
	return true;
}

enum sync_err signed_make(const char *kind, struct signer by, const void *body, size_t len,
			  unsigned char **out, size_t *out_len)
{
	char id[SIGN_ID_CHARS + 1],
		sig64[sodium_base64_ENCODED_LEN(SIGN_BYTES, sodium_base64_VARIANT_ORIGINAL)];
	unsigned char sig[SIGN_BYTES];
	*out = NULL;
	if (!good_kind(kind, strlen(kind)))
		return SYNC_ERR_REFUSED;
	sign_bytes(by.sec, kind, body, len, sig);
	sign_key_id(by.pub, id);
	sodium_bin2base64(sig64, sizeof sig64, sig, sizeof sig, sodium_base64_VARIANT_ORIGINAL);
	char head[SIGN_HEAD_MAX];
	int n = snprintf(head, sizeof head, "elutong-signed 1 %s %s %s\n", kind, id, sig64);
	unsigned char *whole = malloc((size_t)n + len + 1);
	if (whole == NULL)
		return SYNC_ERR_FULL;
	memcpy(whole, head, (size_t)n);
	if (len > 0)
		memcpy(whole + n, body, len);
	*out = whole;
	*out_len = (size_t)n + len;
	return SYNC_OK;
}

enum sync_err signed_read(const void *bytes, size_t len, const char *kind,
			  struct signed_unchecked *out)
{
	static const char start[] = "elutong-signed 1 ";
	char head[SIGN_HEAD_MAX + 1], sig64[100];
	const char *end = memchr(bytes, '\n', len < SIGN_HEAD_MAX ? len : SIGN_HEAD_MAX);
	size_t head_len = end == NULL ? 0 : (size_t)(end - (const char *)bytes), got = 0;
	*out = (struct signed_unchecked){0};
	if (head_len < sizeof start || memchr(bytes, 0, head_len) != NULL)
		return SYNC_ERR_CORRUPT;
	memcpy(head, bytes, head_len);
	head[head_len] = 0;
	int used = 0;
	if (strncmp(head, start, sizeof start - 1) != 0 ||
	    sscanf(head + sizeof start - 1, "%23[a-z0-9-] %16[0-9a-f] %99[A-Za-z0-9+/=]%n",
		   out->kind, out->key_id, sig64, &used) != 3 ||
	    (size_t)used != head_len - (sizeof start - 1) || strlen(out->key_id) != SIGN_ID_CHARS ||
	    strcmp(out->kind, kind) != 0)
		return SYNC_ERR_CORRUPT;
	if (sodium_base642bin(out->signature, SIGN_BYTES, sig64, strlen(sig64), NULL, &got, NULL,
			      sodium_base64_VARIANT_ORIGINAL) != 0 ||
	    got != SIGN_BYTES)
		return SYNC_ERR_CORRUPT;
	out->whole = bytes;
	out->whole_len = len;
	out->body = out->whole + head_len + 1;
	out->body_len = len - head_len - 1;
	return SYNC_OK;
}

enum sync_err signed_check(const struct signed_unchecked *in, const struct sign_public *pub,
			   struct signed_checked *out)
{
	char id[SIGN_ID_CHARS + 1];
	*out = (struct signed_checked){0};
	sign_key_id(pub, id);
	if (strcmp(id, in->key_id) != 0 ||
	    !sign_holds(pub, in->kind, in->body, in->body_len, in->signature))
		return SYNC_ERR_REFUSED;
	*out = (struct signed_checked){.signer = *pub,
				       .whole = in->whole,
				       .whole_len = in->whole_len,
				       .body = in->body,
				       .body_len = in->body_len};
	return SYNC_OK;
}
