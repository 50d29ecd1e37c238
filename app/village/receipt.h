/* receipt.h - the villager's code: sixteen digits, or five words, or a QR of the digits.
 *
 * Fifteen digits are random (one in 10^15), the sixteenth is a Damm check. The
 * five words carry the same number: S x 32 + a 5-bit check, eleven bits a word,
 * from a list of 2,048 two-character words that stay different when tones are
 * dropped and n/l, zh/z, ch/c, sh/s and -n/-ng are taken as the same.
 *
 * Argon2id13(S followed by the optional own four digits, salt "elutong-receipt1",
 * 64 MiB, t = 3) gives 96 bytes: the seed that opens answers, the seed that signs
 * follow-ups, and the locator under which an answer is found. No other function
 * of S is stored, sent or logged. */
#pragma once
#include "app/base/err.h"
#include "sync/seal.h"
#include "sync/sign.h"

#include <stdint.h>

enum {
	RECEIPT_DIGITS = 16,
	RECEIPT_WORDS = 5,
	RECEIPT_LIST = 2048,
	RECEIPT_OWN = 4,
	LOCATOR_BYTES = 32
};

struct receipt {
	char digits[RECEIPT_DIGITS + 1];
	uint16_t word[RECEIPT_WORDS]; /* 0 .. RECEIPT_LIST - 1 */
};

void receipt_make(struct receipt *out);
/* ERR_REFUSED when the check does not hold; `out` is then untouched. */
must_use enum err receipt_from_digits(const char *digits, struct receipt *out);
must_use enum err receipt_from_words(const uint16_t word[RECEIPT_WORDS], struct receipt *out);

/* The two characters of word i. */
const char *receipt_word(uint16_t i);
/* How the first character of word i sounds after merging: "s", "sa" ... For the picker: initials,
 * then syllables, then at most twelve words (counted over the list by a test). */
const char *receipt_word_initial(uint16_t i);
const char *receipt_word_syllable(uint16_t i);

struct receipt_public {
	struct seal_public answer;    /* answers are sealed to it */
	struct sign_public follow_up; /* follow-ups are signed by its other half */
	unsigned char locator[LOCATOR_BYTES];
};
struct receipt_keys {
	struct receipt_public pub;
	struct seal_secret answer;
	struct sign_secret follow_up;
};
/* About 100 ms and 64 MiB. `own` is four digits or NULL. ERR_FULL without memory. */
must_use enum err receipt_derive(const struct receipt *r, const char *own,
				 struct receipt_keys *out);
