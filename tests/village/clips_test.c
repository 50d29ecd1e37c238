/* clips_test.c - a recording is found by its words alone, and a phrase is spoken by one voice. */
#include "app/village/clips.h"
#include "app/village/say.h"

#include "tests/test.h"

#include <stdio.h>
#include <string.h>

static struct clip_set set;

static void know(const char *words)
{
	(void)clip_set_add(&set, clip_id(words, strlen(words)));
}

/* Parts as text: [recorded], machine. */
static void check(const char *words, const char *want)
{
	struct clip_part part[CLIP_PARTS_MAX];
	char got[1024] = "";
	size_t n = clip_parts(&set, words, strlen(words), part, CLIP_PARTS_MAX);
	for (size_t i = 0; i < n; i++) {
		size_t used = strlen(got);
		snprintf(got + used, sizeof got - used, part[i].recorded ? "[%.*s%s]" : "%.*s%s",
			 (int)part[i].len, part[i].words, part[i].pause ? "|" : "");
	}
	assert_string_equal(got, want);
}

static void names_of_files_are_sums_of_words(void **state)
{
	char name[CLIP_NAME + 8];
	uint64_t id;
	(void)state;
	/* The sum of the empty text and of "a", as FNV-1a is published. */
	assert_true(clip_id("", 0) == 0xcbf29ce484222325u);
	assert_true(clip_id("a", 1) == 0xaf63dc4c8601ec8cu);
	clip_name(clip_id("a", 1), name);
	assert_string_equal(name, "af63dc4c8601ec8c");
	strcat(name, ".opus");
	assert_true(clip_of_file(name, ".opus", &id) && id == clip_id("a", 1));
	assert_false(clip_of_file("af63dc4c8601ec8.opus", ".opus", &id));
	assert_false(clip_of_file("AF63DC4C8601EC8C.opus", ".opus", &id));
	assert_false(clip_of_file("af63dc4c8601ec8c.wav", ".opus", &id));
	assert_false(clip_of_file("", ".opus", &id));
}

static void sets_keep_each_once_and_know_their_bound(void **state)
{
	(void)state;
	set.count = 0;
	for (uint64_t i = 0; i < CLIPS_MAX; i++)
		assert_true(clip_set_add(&set, i * 2654435761u));
	assert_false(clip_set_add(&set, 2654435761u));
	assert_false(clip_set_add(&set, 1));
	for (uint64_t i = 0; i < CLIPS_MAX; i++)
		assert_true(clip_set_has(&set, i * 2654435761u));
	assert_false(clip_set_has(&set, 1));
}

static void a_phrase_is_recorded_whole_or_not_at_all(void **state)
{
	(void)state;
	set.count = 0;
	check("收入，八万元。", "收入，八万元。");
	know("收入");
	check("收入，八万元。", "[收入|]八万元。");
	know("八");
	know("万");
	know("元");
	check("收入，八万元。", "[收入|][八][万][元|]");
	/* The fewest recordings win. */
	know("万元");
	check("收入，八万元", "[收入|][八][万元]");
	check("八万零六元，收入", "八万零六元，[收入]");
	check("", "");
	check("，。", "，。");
}

static void long_texts_and_few_parts_lose_nothing(void **state)
{
	struct clip_part part[4];
	char text[2048] = "";
	size_t said = 0;
	(void)state;
	set.count = 0;
	know("一");
	for (int i = 0; i < 300; i++)
		strcat(text, "一");
	check(text, text); /* a phrase longer than any sentence */
	strcpy(text, "一，二，一，二，一，二。");
	size_t n = clip_parts(&set, text, strlen(text), part, 4);
	assert_in_range(n, 1, 4);
	for (size_t i = 0; i < n; i++)
		said += part[i].len + (part[i].pause ? 3 : 0);
	assert_int_equal(said, strlen(text));
}

static void the_list_holds_phrases_as_they_are_said(void **state)
{
	struct reading_list l;
	(void)state;
	reading_begin(&l);
	reading_add(&l, "公示到 {day}，还剩 {n} 天");
	reading_add(&l, "还剩 3 天");
	reading_add(&l, "公示到");
	assert_true(strstr(buf_str(&l.lines), "\t公示到\n") != NULL);
	assert_true(strstr(buf_str(&l.lines), "\t还剩\n") != NULL);
	assert_true(strstr(buf_str(&l.lines), "\t天\n") != NULL);
	assert_true(strstr(buf_str(&l.lines), "\t还剩三天\n") != NULL);
	assert_int_equal(l.known.count, 4);
	reading_numbers(&l);
	set = l.known;
	check("公示到十一月二十六日，还剩六天。", "[公示到][十一月][二十六日|][还剩][六][天|]");
	reading_end(&l);
}

static void every_amount_is_made_of_the_list(void **state)
{
	struct reading_list l;
	(void)state;
	reading_begin(&l);
	reading_numbers(&l);
	for (uint64_t n = 1; n < 3000000; n += 997) {
		struct clip_part part[CLIP_PARTS_MAX];
		struct buf said;
		buf_init(&said, 256);
		say_fen((int64_t)n * 7, &said);
		size_t parts = clip_parts(&l.known, buf_str(&said), said.len, part, CLIP_PARTS_MAX);
		for (size_t i = 0; i < parts; i++)
			assert_true(part[i].recorded);
		buf_free(&said);
	}
	reading_end(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_files_are_sums_of_words),
		cmocka_unit_test(sets_keep_each_once_and_know_their_bound),
		cmocka_unit_test(a_phrase_is_recorded_whole_or_not_at_all),
		cmocka_unit_test(long_texts_and_few_parts_lose_nothing),
		cmocka_unit_test(the_list_holds_phrases_as_they_are_said),
		cmocka_unit_test(every_amount_is_made_of_the_list),
	};
	return cmocka_run_group_tests_name("clips", tests, NULL, NULL);
}
