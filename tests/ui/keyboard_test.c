/* keyboard_test.c - what is tapped is what stands in the field: whole characters in, whole
 * characters out, never more than the field takes. */
#include "ui/keyboard.h"

#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct ui ui;
static struct ui_keyboard keys;
static struct ui_pinyin *pinyin;
static char text[64], scratch[64];
static struct ui_editor editor;
static const struct ui_keyboard_words words = {
	.split = "分词", .numbers = "123", .letters = "拼音", .language = "中/英", .space = "空格"};

static int start(void **state)
{
	(void)state;
	snprintf(scratch, sizeof scratch, "/tmp/elutong-scratch-XXXXXX");
	return mkdtemp(scratch) == NULL || ui_face_start() != UI_OK ||
	       ui_pinyin_open(scratch, NULL, 0, &pinyin) != UI_OK;
}

static int stop(void **state)
{
	(void)state;
	ui_pinyin_close(pinyin);
	ui_shape_wipe();
	ui_face_stop();
	return rmdir(scratch);
}

static bool draw(void)
{
	ui_begin(&ui, 1920, 1080, UI_STANDARD, 0, UI_PAPER);
	bool changed = ui_keyboard(&ui, &keys, &editor, &words,
				   (struct ui_rect){0, 400, 1920, UI_KEYBOARD_H});
	ui_end(&ui);
	return changed;
}

static int fresh(void **state)
{
	(void)state;
	ui_init(&ui);
	memset(text, 0, sizeof text);
	keys = (struct ui_keyboard){.pinyin = pinyin, .mode = UI_KEYS_ENGLISH};
	editor = (struct ui_editor){.text = text, .size = sizeof text, .max_chars = 10};
	draw();
	return 0;
}

/* Keys by name, blanks between. */
static void tap(const char *names)
{
	char id[32];
	while (*names != 0) {
		size_t len = strcspn(names, " ");
		snprintf(id, sizeof id, "key.%.*s", (int)len, names);
		assert_true(ui_press(&ui, id));
		draw();
		draw(); /* the page as it is after the press */
		names += len + (names[len] == ' ');
	}
}

static void letters_stand_in_the_field_and_shift_holds_for_one(void **state)
{
	(void)state;
	tap("shift a b c");
	assert_string_equal(text, "Abc");
	tap("space comma stop");
	assert_string_equal(text, "Abc ,.");
}

static void taking_back_takes_a_whole_character(void **state)
{
	(void)state;
	strcpy(text, "沟a渠");
	tap("back");
	assert_string_equal(text, "沟a");
	tap("back back back");
	assert_string_equal(text, "");
}

static void a_full_field_takes_no_more(void **state)
{
	(void)state;
	tap("a b c d e f g h i j k l");
	assert_string_equal(text, "abcdefghij");
	/* Nor is a character cut at the end of its memory. */
	memset(text, 0, sizeof text);
	editor.size = 5;
	strcpy(text, "沟");
	keys.mode = UI_KEYS_NUMBERS;
	draw();
	tap("元");
	assert_string_equal(text, "沟");
	tap("7");
	assert_string_equal(text, "沟7");
}

static void numbers_and_signs_stand_as_they_are_shown(void **state)
{
	(void)state;
	tap("mode");
	assert_int_equal(keys.mode, UI_KEYS_NUMBERS);
	tap("4 6 0 元 。");
	assert_string_equal(text, "460元。");
}

static void pinyin_is_composed_first_and_space_takes_the_first_word(void **state)
{
	(void)state;
	tap("language");
	assert_int_equal(keys.mode, UI_KEYS_PINYIN);
	tap("s h u i g o u");
	assert_string_equal(text, "");
	assert_string_equal(keys.letters, "shuigou");
	assert_true(keys.candidates > 0);
	tap("space");
	assert_string_equal(text, "水沟");
	assert_string_equal(keys.letters, "");
}

static void a_candidate_uses_its_letters_and_leaves_the_rest(void **state)
{
	(void)state;
	tap("language s h u i g o u");
	size_t i = 0;
	while (i < keys.candidates && strcmp(ui_pinyin_candidate(pinyin, i), "水") != 0)
		i++;
	assert_true(i < keys.candidates);
	keys.first = i;
	draw();
	tap("candidate1");
	assert_string_equal(text, "水");
	assert_string_equal(keys.letters, "gou");
	tap("back");
	assert_string_equal(keys.letters, "go");
	assert_string_equal(text, "水");
}

static void every_candidate_can_be_reached_and_the_end_leads_back(void **state)
{
	(void)state;
	size_t last = 0;
	tap("language s h i");
	for (int pages = 0; pages < 60; pages++) {
		tap("more");
		if (keys.first == 0)
			break;
		assert_true(keys.first > last);
		last = keys.first;
	}
	assert_int_equal(keys.first, 0);
	assert_true(last > 0);
}

static void leaving_the_field_keeps_what_was_being_composed(void **state)
{
	(void)state;
	tap("language q i a n");
	ui_keyboard_finish(&keys, &editor);
	assert_string_not_equal(text, "");
	assert_string_equal(keys.letters, "");
	tap("w o stop");
	assert_non_null(strstr(text, "。"));
	assert_string_equal(keys.letters, "");
}

static void forgetting_leaves_no_letter(void **state)
{
	(void)state;
	tap("language z h a n g");
	ui_keyboard_forget(&keys);
	for (size_t i = 0; i < sizeof keys.letters; i++)
		assert_int_equal(keys.letters[i], 0);
	assert_int_equal(keys.candidates, 0);
}

static void without_a_dictionary_there_still_are_letters(void **state)
{
	(void)state;
	keys.pinyin = NULL;
	keys.mode = UI_KEYS_PINYIN;
	draw();
	draw();
	tap("o k");
	assert_string_equal(text, "ok");
}

static char pad(void)
{
	ui_begin(&ui, 1920, 1080, UI_STANDARD, 0, UI_PAPER);
	char c = ui_digit_pad(&ui, (struct ui_rect){1200, 200, 600, 700}, "清空");
	ui_end(&ui);
	return c;
}

static void the_digit_pad_gives_digits_clear_and_back(void **state)
{
	(void)state;
	assert_int_equal(pad(), 0);
	assert_true(ui_press(&ui, "key.7"));
	assert_int_equal(pad(), '7');
	assert_int_equal(pad(), 0);
	assert_true(ui_press(&ui, "key.c"));
	assert_int_equal(pad(), 'c');
	assert_true(ui_press(&ui, "key.b"));
	assert_int_equal(pad(), 'b');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(letters_stand_in_the_field_and_shift_holds_for_one, fresh),
		cmocka_unit_test_setup(taking_back_takes_a_whole_character, fresh),
		cmocka_unit_test_setup(a_full_field_takes_no_more, fresh),
		cmocka_unit_test_setup(numbers_and_signs_stand_as_they_are_shown, fresh),
		cmocka_unit_test_setup(pinyin_is_composed_first_and_space_takes_the_first_word,
				       fresh),
		cmocka_unit_test_setup(a_candidate_uses_its_letters_and_leaves_the_rest, fresh),
		cmocka_unit_test_setup(every_candidate_can_be_reached_and_the_end_leads_back,
				       fresh),
		cmocka_unit_test_setup(leaving_the_field_keeps_what_was_being_composed, fresh),
		cmocka_unit_test_setup(forgetting_leaves_no_letter, fresh),
		cmocka_unit_test_setup(without_a_dictionary_there_still_are_letters, fresh),
		cmocka_unit_test_setup(the_digit_pad_gives_digits_clear_and_back, fresh),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
