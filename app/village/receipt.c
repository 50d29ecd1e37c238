#include "app/village/receipt.h"

#include "app/village/receipt_words.h"

#include <stdio.h>
#include <string.h>

enum { RANDOM_DIGITS = RECEIPT_DIGITS - 1, WORD_BITS = 11, CHECK_BITS = 5, DERIVED_BYTES = 96 };

/* Damm's totally anti-symmetric quasigroup of order 10: catches every wrong digit and every swap of
 * neighbours. */
static int damm(const char *digits, size_t len)
{
	static const unsigned char table[10][10] = {
		{0, 3, 1, 7, 5, 9, 8, 6, 4, 2}, {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
		{4, 2, 0, 6, 8, 7, 1, 3, 5, 9}, {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
		{6, 1, 2, 3, 0, 4, 5, 9, 7, 8}, {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
		{5, 8, 6, 9, 7, 2, 0, 1, 3, 4}, {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
		{9, 4, 3, 8, 6, 1, 7, 2, 0, 5}, {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}};
	int interim = 0;
	for (size_t i = 0; i < len; i++)
		interim = table[interim][digits[i] - '0'];
	return interim;
}

static uint64_t number_of(const char *digits)
{
	uint64_t s = 0;
	for (int i = 0; i < RANDOM_DIGITS; i++)
		s = s * 10 + (uint64_t)(digits[i] - '0');
	return s;
}

/* Five bits over the number, so that a wrong word is told at once: the sum of its five-bit pieces,
 * each times an odd factor, modulo 31. */
static unsigned word_check(uint64_t s)
{
	unsigned sum = 0;
	for (unsigned i = 0; i < 10; i++)
		sum += (unsigned)(s >> 5 * i & 31) * (i + 3);
	return sum % 31;
}

static void fill_words(uint64_t s, uint16_t word[RECEIPT_WORDS])
{
	uint64_t v = s << CHECK_BITS | word_check(s);
	for (int i = RECEIPT_WORDS - 1; i >= 0; i--) {
		word[i] = (uint16_t)(v & ((1u << WORD_BITS) - 1));
		v >>= WORD_BITS;
	}
}

static void fill_digits(uint64_t s, char digits[RECEIPT_DIGITS + 1])
{
	for (int i = RANDOM_DIGITS - 1; i >= 0; i--) {
		digits[i] = (char)('0' + s % 10);
		s /= 10;
	}
	digits[RANDOM_DIGITS] = (char)('0' + damm(digits, RANDOM_DIGITS));
	digits[RECEIPT_DIGITS] = 0;
}

void receipt_make(struct receipt *out)
{
	static const uint64_t numbers = UINT64_C(1000000000000000);
	uint64_t s;
	do /* the few numbers above the last whole multiple would make some digits likelier */
		seal_random(&s, sizeof s);
	while (s >= UINT64_MAX / numbers * numbers);
	s %= numbers;
	fill_digits(s, out->digits);
	fill_words(s, out->word);
	seal_wipe(&s, sizeof s);
}

enum err receipt_from_digits(const char *digits, struct receipt *out)
{
	if (strlen(digits) != RECEIPT_DIGITS || strspn(digits, "0123456789") != RECEIPT_DIGITS ||
	    damm(digits, RECEIPT_DIGITS) != 0)
		return ERR_REFUSED;
	memmove(out->digits, digits, RECEIPT_DIGITS + 1);
	fill_words(number_of(digits), out->word);
	return OK;
}

enum err receipt_from_words(const uint16_t word[RECEIPT_WORDS], struct receipt *out)
{
	uint64_t v = 0;
	for (int i = 0; i < RECEIPT_WORDS; i++) {
		if (word[i] >= RECEIPT_LIST)
			return ERR_REFUSED;
		v = v << WORD_BITS | word[i];
	}
	uint64_t s = v >> CHECK_BITS;
	if (s >= UINT64_C(1000000000000000) || (v & 31) != word_check(s))
		return ERR_REFUSED;
	memmove(out->word, word, sizeof out->word);
	fill_digits(s, out->digits);
	return OK;
}

const char *receipt_word(uint16_t i)
{
	return i < RECEIPT_LIST ? receipt_words[i].word : "";
}

const char *receipt_word_syllable(uint16_t i)
{
	return i < RECEIPT_LIST ? receipt_words[i].first : "";
}

const char *receipt_word_initial(uint16_t i)
{
	static const char letter[26][2] = {"a", "b", "c", "d", "e", "f", "g", "h", "i",
					   "j", "k", "l", "m", "n", "o", "p", "q", "r",
					   "s", "t", "u", "v", "w", "x", "y", "z"};
	char c = i < RECEIPT_LIST ? receipt_words[i].first[0] : 'a';
	return c >= 'a' && c <= 'z' ? letter[c - 'a'] : "";
}

enum err receipt_derive(const struct receipt *r, const char *own, struct receipt_keys *out)
{
	static const unsigned char salt[16] = {'e', 'l', 'u', 't', 'o', 'n', 'g', '-',
					       'r', 'e', 'c', 'e', 'i', 'p', 't', '1'};
	char secret[RANDOM_DIGITS + RECEIPT_OWN + 1];
	unsigned char derived[DERIVED_BYTES];
	int len = snprintf(secret, sizeof secret, "%.*s%s", RANDOM_DIGITS, r->digits,
			   own == NULL ? "" : own);
#if SEEDED_BUG == 12 /* a fast hash: whoever has the locators tries all numbers in an hour */
	enum sync_err e = SYNC_OK;
	(void)salt;
	for (size_t i = 0; i < sizeof derived; i += HASH_BYTES, secret[0] ^= 1) {
		struct hash fast;
		hash_bytes(secret, (size_t)len, &fast);
		memcpy(derived + i, fast.b, HASH_BYTES);
	}
#else
	enum sync_err e = seal_derive(secret, (size_t)len, salt, derived, sizeof derived);
#endif
	if (e == SYNC_OK) {
		seal_from_seed(derived, &out->pub.answer, &out->answer);
		sign_from_seed(derived + 32, &out->pub.follow_up, &out->follow_up);
		memcpy(out->pub.locator, derived + 64, LOCATOR_BYTES);
	}
	seal_wipe(secret, sizeof secret);
	seal_wipe(derived, sizeof derived);
	return e == SYNC_OK ? OK : ERR_FULL;
}
