/* receipt_test.c - a villager who noted the code finds the answer; one wrong digit or word is told
 * at once. */
#include "app/village/receipt.h"

#include "app/village/receipt_words.h"
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int start(void **state)
{
	(void)state;
	return sign_start();
}

static void digits_and_words_carry_the_same_number(void **state)
{
	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct receipt a, b, c;
		receipt_make(&a);
		assert_int_equal(receipt_from_digits(a.digits, &b), OK);
		assert_int_equal(receipt_from_words(b.word, &c), OK);
		assert_string_equal(a.digits, c.digits);
	}
}

static void the_example_of_the_pictures_is_a_good_code(void **state)
{
	(void)state;
	struct receipt r;
	assert_int_equal(receipt_from_digits("4712093688502712", &r), OK);
	assert_int_equal(receipt_from_digits("471209368850271", &r), ERR_REFUSED);
	assert_int_equal(receipt_from_digits("47120936885027l2", &r), ERR_REFUSED);
}

static void every_wrong_digit_and_every_swap_of_neighbours_is_caught(void **state)
{
	(void)state;
	struct receipt a, b;
	long tried = 0;
	for (int n = 0; n < 50; n++) {
		receipt_make(&a);
		for (int i = 0; i < RECEIPT_DIGITS; i++)
			for (char d = '0'; d <= '9'; d++) {
				char other[RECEIPT_DIGITS + 1];
				memcpy(other, a.digits, sizeof other);
				other[i] = d;
				assert_int_equal(receipt_from_digits(other, &b),
						 d == a.digits[i] ? OK : ERR_REFUSED);
				tried++;
			}
		for (int i = 0; i + 1 < RECEIPT_DIGITS; i++) {
			char other[RECEIPT_DIGITS + 1];
			memcpy(other, a.digits, sizeof other);
			other[i] = a.digits[i + 1];
			other[i + 1] = a.digits[i];
			assert_int_equal(receipt_from_digits(other, &b),
					 other[i] == other[i + 1] ? OK : ERR_REFUSED);
		}
	}
	printf("# count receipt: %ld wrong digits tried\n", tried);
}

static void most_wrong_words_are_caught(void **state)
{
	(void)state;
	struct receipt a, b;
	int caught = 0, tried = 0;
	receipt_make(&a);
	for (int i = 0; i < RECEIPT_WORDS; i++)
		for (uint16_t w = 0; w < RECEIPT_LIST; w += 7) {
			uint16_t word[RECEIPT_WORDS];
			memcpy(word, a.word, sizeof word);
			if (word[i] == w)
				continue;
			word[i] = w;
			tried++;
			caught += receipt_from_words(word, &b) != OK;
		}
	assert_true(caught * 100 > tried * 94); /* 31 of 32 */
}

static void words_stay_different_by_ear(void **state)
{
	(void)state;
	int per_syllable = 0, most = 0;
	for (int i = 0; i < RECEIPT_LIST; i++) {
		const struct receipt_word *w = &receipt_words[i];
		assert_int_equal(strlen(w->word), 6);
		assert_null(strstr(w->first, "zh"));
		assert_true(w->first[0] != 'n' && w->second[0] != 'n');
		per_syllable = i > 0 && strcmp(w->first, receipt_words[i - 1].first) == 0
				       ? per_syllable + 1
				       : 1;
		most = per_syllable > most ? per_syllable : most;
		for (int k = i - 1; k >= 0 && strcmp(receipt_words[k].first, w->first) == 0; k--)
			assert_string_not_equal(receipt_words[k].second, w->second);
	}
	assert_in_range(most, 1, 12);
}

static void syllables_of_one_initial_fit_a_screen(void **state)
{
	(void)state;
	int most = 0, n = 0;
	for (uint16_t i = 0; i < RECEIPT_LIST; i++) {
		if (i == 0 || strcmp(receipt_word_initial(i), receipt_word_initial(i - 1)) != 0)
			n = 0;
		if (i == 0 || strcmp(receipt_word_syllable(i), receipt_word_syllable(i - 1)) != 0)
			n++;
		most = n > most ? n : most;
	}
	printf("# count receipt words: at most %d syllables behind one initial\n", most);
	assert_in_range(most, 1, 24);
}

static void own_digits_change_everything_that_is_derived(void **state)
{
	(void)state;
	struct receipt r;
	struct receipt_keys plain, own, again;
	assert_int_equal(receipt_from_digits("4712093688502712", &r), OK);
	assert_int_equal(receipt_derive(&r, NULL, &plain), OK);
	assert_int_equal(receipt_derive(&r, "0000", &own), OK);
	assert_int_equal(receipt_derive(&r, "0000", &again), OK);
	assert_memory_not_equal(plain.pub.locator, own.pub.locator, LOCATOR_BYTES);
	assert_memory_equal(own.pub.locator, again.pub.locator, LOCATOR_BYTES);
	assert_memory_equal(own.answer.b, again.answer.b, 32);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits_and_words_carry_the_same_number),
		cmocka_unit_test(the_example_of_the_pictures_is_a_good_code),
		cmocka_unit_test(every_wrong_digit_and_every_swap_of_neighbours_is_caught),
		cmocka_unit_test(most_wrong_words_are_caught),
		cmocka_unit_test(words_stay_different_by_ear),
		cmocka_unit_test(syllables_of_one_initial_fit_a_screen),
		cmocka_unit_test(own_digits_change_everything_that_is_derived),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
