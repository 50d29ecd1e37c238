/* seal_test.c - a signature speaks for one kind of thing only, and a sealed thing opens for one
 * reader only. */
#include "sync/seal.h"
#include "sync/sign.h"

#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

static int start(void **state)
{
	(void)state;
	return sign_start();
}

static void signed_text_opens_with_its_key_and_kind_alone(void **state)
{
	(void)state;
	struct sign_public pub, other;
	struct sign_secret sec, other_sec;
	unsigned char *text;
	size_t len;
	struct signed_unchecked raw;
	struct signed_checked good;
	sign_generate(&pub, &sec);
	sign_generate(&other, &other_sec);
	assert_int_equal(signed_make("settings", signer(&pub, &sec), "{\"a\":1}", 7, &text, &len),
			 SYNC_OK);
	assert_int_equal(signed_read(text, len, "publication", &raw), SYNC_ERR_CORRUPT);
	assert_int_equal(signed_read(text, len, "settings", &raw), SYNC_OK);
	assert_int_equal(signed_check(&raw, &other, &good), SYNC_ERR_REFUSED);
	assert_int_equal(signed_check(&raw, &pub, &good), SYNC_OK);
	assert_int_equal(good.body_len, 7);
	assert_memory_equal(good.body, "{\"a\":1}", 7);
	free(text);
}

static void every_flipped_bit_of_signed_text_is_refused(void **state)
{
	(void)state;
	struct sign_public pub;
	struct sign_secret sec;
	unsigned char *text;
	size_t len, refused = 0;
	sign_generate(&pub, &sec);
	assert_int_equal(
		signed_make("ack", signer(&pub, &sec), "{\"through\":41}", 14, &text, &len),
		SYNC_OK);
	for (size_t bit = 0; bit < len * 8; bit++) {
		struct signed_unchecked raw;
		struct signed_checked good;
		text[bit / 8] ^= (unsigned char)(1u << bit % 8);
		if (signed_read(text, len, "ack", &raw) != SYNC_OK ||
		    signed_check(&raw, &pub, &good) != SYNC_OK)
			refused++;
		text[bit / 8] ^= (unsigned char)(1u << bit % 8);
	}
	assert_int_equal(refused, len * 8);
	free(text);
}

static void a_signature_for_one_kind_is_none_for_another(void **state)
{
	(void)state;
	struct sign_public pub;
	struct sign_secret sec;
	unsigned char sig[SIGN_BYTES];
	sign_generate(&pub, &sec);
	sign_bytes(&sec, "parcel", "x", 1, sig);
	assert_true(sign_holds(&pub, "parcel", "x", 1, sig));
	assert_false(sign_holds(&pub, "capsule", "x", 1, sig));
	assert_false(sign_holds(&pub, "parcel", "y", 1, sig));
}

static void a_box_opens_for_its_reader_and_for_nobody_else(void **state)
{
	(void)state;
	struct seal_public pub, other;
	struct seal_secret sec, other_sec;
	unsigned char box[5 + SEAL_BOX_EXTRA], out[5];
	seal_generate(&pub, &sec);
	seal_generate(&other, &other_sec);
	assert_int_equal(seal_box(&pub, "hello", 5, box), SYNC_OK);
	assert_int_equal(seal_box_open(&other, &other_sec, box, sizeof box, out), SYNC_ERR_REFUSED);
	assert_int_equal(seal_box_open(&pub, &sec, box, sizeof box, out), SYNC_OK);
	assert_memory_equal(out, "hello", 5);
	assert_int_equal(seal_box(NULL, "hello", 5, box), SYNC_OK);
	assert_int_equal(seal_box_open(&pub, &sec, box, sizeof box, out), SYNC_ERR_REFUSED);
}

/* Points of small order: libsodium refuses to share a secret with them. */
static const char *const nobodys_keys[] = {
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0100000000000000000000000000000000000000000000000000000000000000",
	"0100000000000000000000000000000000000000000000000000000000000080",
	"e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
	"5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
	"5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"};

static void a_key_nothing_can_be_sealed_to_is_refused_and_leaves_nothing_behind(void **state)
{
	(void)state;
	unsigned char box[64 + SEAL_BOX_EXTRA];
	static const unsigned char text[64];
	struct seal_public pub;
	for (size_t i = 0; i < sizeof nobodys_keys / sizeof nobodys_keys[0]; i++) {
		for (size_t b = 0; b < sizeof pub.b; b++) {
			char two[3] = {nobodys_keys[i][2 * b], nobodys_keys[i][2 * b + 1], 0};
			pub.b[b] = (unsigned char)strtoul(two, NULL, 16);
		}
		/* The last one is no such point: 2^255 - 1 is 18, an ordinary one. */
		bool usable = i + 1 == sizeof nobodys_keys / sizeof nobodys_keys[0];
		memset(box, 0xa5, sizeof box);
		assert_int_equal(seal_public_usable(&pub), usable);
		assert_int_equal(seal_box(&pub, text, 64, box),
				 usable ? SYNC_OK : SYNC_ERR_REFUSED);
		for (size_t b = 0; b < sizeof box && !usable; b++)
			assert_int_equal(box[b], 0);
	}
}

static void a_body_is_bound_to_its_clear_text(void **state)
{
	(void)state;
	unsigned char key[SEAL_KEY_BYTES], sealed[4 + SEAL_BODY_EXTRA], out[4];
	seal_random(key, sizeof key);
	seal_body(key, "head", 4, "body", 4, sealed);
	assert_int_equal(seal_body_open(key, "hEad", 4, sealed, sizeof sealed, out),
			 SYNC_ERR_REFUSED);
	assert_int_equal(seal_body_open(key, "head", 4, sealed, sizeof sealed, out), SYNC_OK);
	assert_memory_equal(out, "body", 4);
	sealed[30] ^= 1;
	assert_int_equal(seal_body_open(key, "head", 4, sealed, sizeof sealed, out),
			 SYNC_ERR_REFUSED);
}

static void a_wrapped_key_needs_its_password(void **state)
{
	(void)state;
	unsigned char wrapped[32 + SEAL_WRAP_EXTRA], secret[32], out[32];
	char hash[128];
	seal_random(secret, sizeof secret);
	assert_int_equal(seal_wrap("正确的口令", secret, sizeof secret, wrapped), SYNC_OK);
	assert_int_equal(seal_unwrap("错的口令", wrapped, sizeof wrapped, out), SYNC_ERR_REFUSED);
	assert_int_equal(seal_unwrap("正确的口令", wrapped, sizeof wrapped, out), SYNC_OK);
	assert_memory_equal(out, secret, sizeof secret);
	assert_int_equal(seal_password_hash("口令", hash), SYNC_OK);
	assert_true(seal_password_holds(hash, "口令"));
	assert_false(seal_password_holds(hash, "口令 "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signed_text_opens_with_its_key_and_kind_alone),
		cmocka_unit_test(every_flipped_bit_of_signed_text_is_refused),
		cmocka_unit_test(a_signature_for_one_kind_is_none_for_another),
		cmocka_unit_test(a_box_opens_for_its_reader_and_for_nobody_else),
		cmocka_unit_test(
			a_key_nothing_can_be_sealed_to_is_refused_and_leaves_nothing_behind),
		cmocka_unit_test(a_body_is_bound_to_its_clear_text),
		cmocka_unit_test(a_wrapped_key_needs_its_password),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
