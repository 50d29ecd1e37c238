/* words_test.c - every sentence can be shown: in no language, style or size is a character without
 * a font, and none is without words. */
#include "app/kiosk/words.h"

#include "tests/face.h"

#include <string.h>

static const char *const name[WORD_COUNT] = {
#define WORD(id, zh, en) [W_##id] = #id,
#include "app/kiosk/words_table.inc"
#undef WORD
};

static void no_character_of_a_sentence_is_without_a_font(void **state)
{
	(void)state;
	int shaped = 0, missing = 0;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		ui_face_latin_titles(lang == LANG_EN);
		ui_shape_wipe();
		for (int w = 0; w < WORD_COUNT; w++) {
			const char *text = words_get((enum language)lang, (enum word)w);
			for (int style = 0; style < UI_STYLES; style++)
				for (int size = 0; size < UI_SIZES; size++) {
					int px = ui_role_px(UI_BODY, (enum ui_size)size);
					const char *from = text;
					for (const char *end; *from != 0;
					     from = end + (*end == '\n')) {
						end = from + strcspn(from, "\n");
						const struct ui_shaped *s =
							ui_shape((enum ui_style)style, px, from,
								 (size_t)(end - from));
						assert_non_null(s);
						shaped++;
						if (!s->missing)
							continue;
						missing++;
						print_message("%s: %s\n", name[w], text);
					}
				}
			ui_shape_trim();
		}
	}
	print_message("# count %d sentences shaped\n", shaped);
	assert_int_equal(missing, 0);
}

static void every_sentence_says_something_in_every_language(void **state)
{
	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		for (int w = 0; w < WORD_COUNT; w++) {
			const char *text = words_get((enum language)lang, (enum word)w);
			assert_non_null(text);
			if (text[0] == 0)
				print_message("%s is empty\n", name[w]);
			assert_true(text[0] != 0);
			assert_true(strlen(text) < WORD_BYTES);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_character_of_a_sentence_is_without_a_font),
		cmocka_unit_test(every_sentence_says_something_in_every_language),
	};
	return cmocka_run_group_tests(tests, face_start, face_stop);
}
