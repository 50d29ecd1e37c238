/* pinyin_test.c - the dictionary never learns: what one person typed shows in nobody's candidates,
 * and nothing of it is left in a folder. */
#include "ui/pinyin.h"

#include "tests/test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 120, WORD = 96 };

static char scratch[64], home[64];
static struct ui_pinyin *pinyin;

static const struct ui_pinyin_word own[] = {{"租挖掘机", "zu'wa'jue'ji"}, {"蒙自", "meng'zi"}};

static int start(void **state)
{
	(void)state;
	snprintf(scratch, sizeof scratch, "/tmp/elutong-scratch-XXXXXX");
	snprintf(home, sizeof home, "/tmp/elutong-home-XXXXXX");
	assert_non_null(mkdtemp(scratch));
	assert_non_null(mkdtemp(home));
	setenv("HOME", home, 1);
	unsetenv("XDG_CACHE_HOME");
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_DATA_HOME");
	return ui_pinyin_open(scratch, own, 2, &pinyin) != UI_OK;
}

static int stop(void **state)
{
	(void)state;
	ui_pinyin_close(pinyin);
	return rmdir(scratch) != 0 || rmdir(home) != 0;
}

static int files_in(const char *folder)
{
	int n = 0;
	DIR *d = opendir(folder);
	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d)) != NULL;)
		n += e->d_name[0] != '.';
	closedir(d);
	return n;
}

static size_t candidates(const char *letters, char out[MOST][WORD])
{
	size_t n = ui_pinyin_set(pinyin, letters);
	assert_true(n > 0 && n <= MOST);
	for (size_t i = 0; i < n; i++)
		snprintf(out[i], WORD, "%s", ui_pinyin_candidate(pinyin, i));
	return n;
}

static void the_same_letters_give_the_same_words_however_often_they_were_chosen(void **state)
{
	(void)state;
	static const char *const letters[] = {"shuigou", "cunweihui", "qian", "meiyouwa",
					      "zhaijidi"};
	static char first[MOST][WORD], again[MOST][WORD];
	for (size_t l = 0; l < sizeof letters / sizeof letters[0]; l++) {
		size_t n = candidates(letters[l], first);
		for (int times = 0; times < 20; times++) {
			/* The last candidate, as somebody would pick a rare name. */
			(void)ui_pinyin_uses(pinyin, n - 1);
			ui_pinyin_forget(pinyin);
			assert_int_equal(candidates(letters[l], again), n);
		}
		for (size_t i = 0; i < n; i++)
			assert_string_equal(first[i], again[i]);
	}
}

static void a_new_start_gives_the_same_words_too(void **state)
{
	(void)state;
	static char first[MOST][WORD], again[MOST][WORD];
	size_t n = candidates("xiugou", first);
	ui_pinyin_close(pinyin);
	pinyin = NULL;
	assert_int_equal(ui_pinyin_open(scratch, own, 2, &pinyin), UI_OK);
	assert_int_equal(candidates("xiugou", again), n);
	assert_memory_equal(first, again, n * WORD);
}

static void nothing_is_written_into_any_folder(void **state)
{
	(void)state;
	ui_pinyin_set(pinyin, "zhangsan");
	ui_pinyin_forget(pinyin);
	ui_pinyin_close(pinyin);
	pinyin = NULL;
	assert_int_equal(files_in(scratch), 0);
	assert_int_equal(files_in(home), 0);
	assert_int_equal(ui_pinyin_open(scratch, own, 2, &pinyin), UI_OK);
}

static void own_words_come_first_and_use_all_their_letters(void **state)
{
	(void)state;
	assert_true(ui_pinyin_set(pinyin, "zuwajueji") > 0);
	assert_string_equal(ui_pinyin_candidate(pinyin, 0), "租挖掘机");
	assert_int_equal(ui_pinyin_uses(pinyin, 0), strlen("zuwajueji"));
	assert_true(ui_pinyin_set(pinyin, "mengzi") > 0);
	assert_string_equal(ui_pinyin_candidate(pinyin, 0), "蒙自");
}

static void letters_are_shown_syllable_by_syllable(void **state)
{
	(void)state;
	ui_pinyin_set(pinyin, "meiyouwa");
	assert_string_equal(ui_pinyin_split(pinyin), "mei'you'wa");
	ui_pinyin_set(pinyin, "xi'an");
	assert_string_equal(ui_pinyin_split(pinyin), "xi'an");
}

static bool offers(const char *letters, const char *word)
{
	size_t n = ui_pinyin_set(pinyin, letters);
	for (size_t i = 0; i < n; i++)
		if (strcmp(ui_pinyin_candidate(pinyin, i), word) == 0)
			return true;
	return false;
}

static void sounds_that_are_one_in_yunnan_find_the_word(void **state)
{
	(void)state;
	assert_true(offers("nongcun", "农村"));
	assert_true(offers("longcun", "农村"));
	assert_true(offers("suigou", "水沟"));
}

static void letters_that_are_no_syllables_are_offered_as_they_are(void **state)
{
	(void)state;
	assert_int_not_equal(ui_pinyin_set(pinyin, "vvvv"), 0);
	assert_int_equal(ui_pinyin_set(pinyin, ""), 0);
	assert_string_equal(ui_pinyin_candidate(pinyin, 0), "");
}

static void what_is_forgotten_is_no_candidate_any_more(void **state)
{
	(void)state;
	ui_pinyin_set(pinyin, "zhangsan");
	ui_pinyin_forget(pinyin);
	assert_string_equal(ui_pinyin_candidate(pinyin, 0), "");
	assert_string_equal(ui_pinyin_split(pinyin), "");
}

static bool may_begin(const char *character, char letter)
{
	uint32_t letters = 0;
	assert_int_equal(ui_pinyin_initials(pinyin, character, &letters, 1), 1);
	return (letters >> (letter - 'a') & 1) != 0;
}

static void a_character_begins_with_the_first_letter_of_each_of_its_readings(void **state)
{
	(void)state;
	uint32_t letters[8];
	assert_int_equal(ui_pinyin_initials(pinyin, "大新村", letters, 8), 3);
	assert_true(may_begin("大", 'd') && may_begin("新", 'x') && may_begin("村", 'c'));
	assert_false(may_begin("大", 'x'));
	/* 重 is chong and zhong, 长 chang and zhang, 行 hang and xing. */
	assert_true(may_begin("重", 'c') && may_begin("重", 'z'));
	assert_true(may_begin("长", 'c') && may_begin("长", 'z'));
	assert_true(may_begin("行", 'h') && may_begin("行", 'x'));
	assert_int_equal(ui_pinyin_initials(pinyin, "1，", letters, 8), 2);
	assert_int_equal(letters[0], 0);
	assert_int_equal(letters[1], 0);
	assert_int_equal(ui_pinyin_initials(pinyin, "", letters, 8), 0);
	assert_int_equal(ui_pinyin_initials(pinyin, "大新村", letters, 2), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_same_letters_give_the_same_words_however_often_they_were_chosen),
		cmocka_unit_test(a_new_start_gives_the_same_words_too),
		cmocka_unit_test(nothing_is_written_into_any_folder),
		cmocka_unit_test(own_words_come_first_and_use_all_their_letters),
		cmocka_unit_test(letters_are_shown_syllable_by_syllable),
		cmocka_unit_test(sounds_that_are_one_in_yunnan_find_the_word),
		cmocka_unit_test(letters_that_are_no_syllables_are_offered_as_they_are),
		cmocka_unit_test(what_is_forgotten_is_no_candidate_any_more),
		cmocka_unit_test(a_character_begins_with_the_first_letter_of_each_of_its_readings),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
