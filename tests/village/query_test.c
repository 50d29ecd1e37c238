/* query_test.c - what is typed is taken apart as people mean it, and what is marked in a row is
 * what was asked for. */
#include "app/village/query.h"

#include "tests/test.h"

#include <stdio.h>
#include <string.h>

static const char *const kinds[] = {"text", "word", "amount", "year", "month"};

/* "word 4800, text 水沟" */
static const char *read(const char *words)
{
	static char out[400];
	struct query q;
	size_t n = 0;
	query_read(words, &q);
	out[0] = 0;
	for (size_t i = 0; i < q.terms; i++)
		n += (size_t)snprintf(out + n, sizeof out - n, "%s%s %s", i > 0 ? ", " : "",
				      kinds[q.term[i].kind], q.term[i].text);
	return out;
}

static void a_question_is_taken_apart_as_people_mean_it(void **state)
{
	(void)state;
	assert_string_equal(read("水沟"), "text 水沟");
	assert_string_equal(read("水沟 低保"), "text 水沟, text 低保");
	assert_string_equal(read("修路3公里"), "text 修路, word 3, text 公里");
	assert_string_equal(read("4,800"), "word 4800");
	assert_string_equal(read("4，800 元"), "word 4800");
	assert_string_equal(read("４８００块钱"), "word 4800");
	assert_string_equal(read("4,8"), "word 48"); /* still being typed */
	assert_string_equal(read("4800.50"), "amount 4800");
	assert_string_equal(read("4800。5元"), "amount 4800");
	assert_string_equal(read("1.28万元"), "amount 1");
	assert_string_equal(read("3万"), "amount 3");
	assert_string_equal(read("3.125"), "word 3, word 125");
	assert_string_equal(read("2026年10月"), "year 2026, month 10");
	assert_string_equal(read("13月"), "word 13, text 月");
	assert_string_equal(read("LED灯"), "word led, text 灯");
	assert_string_equal(read("，。（ ）！"), "");
	assert_string_equal(read("\xff\xfe"), "");
	assert_string_equal(read("a b c d e f g h"),
			    "word a, word b, word c, word d, word e, word f");
}

/* The text with what is marked between brackets. */
static const char *marked(const char *words, const char *text)
{
	static char out[400];
	struct query q;
	struct query_mark m[QUERY_MARKS];
	size_t n = 0, at = 0;
	query_read(words, &q);
	size_t count = query_marks(&q, text, m);
	for (size_t i = 0; i < count; i++) {
		n += (size_t)snprintf(out + n, sizeof out - n, "%.*s[%.*s]", (int)(m[i].begin - at),
				      text + at, (int)(m[i].end - m[i].begin), text + m[i].begin);
		at = m[i].end;
	}
	snprintf(out + n, sizeof out - n, "%s", text + at);
	return out;
}

static void what_was_asked_for_is_marked_where_it_stands(void **state)
{
	(void)state;
	assert_string_equal(marked("水沟", "修水沟，清水沟"), "修[水沟]，清[水沟]");
	assert_string_equal(marked("水 沟", "修水沟"), "修[水][沟]");
	assert_string_equal(marked("修水 水沟", "修水沟"), "[修水沟]");
	assert_string_equal(marked("水沟 修水 沟清", "修水沟清淤"), "[修水沟清]淤");
	assert_string_equal(marked("4800", "补４,８００元，148001"), "补[４,８００]元，148001");
	assert_string_equal(marked("led", "换 LED 灯，leds"), "换 [LED] 灯，[leds]");
	assert_string_equal(marked("租金", "电费"), "电费");
}

static void an_amount_and_an_account_are_marked_apart(void **state)
{
	(void)state;
	struct query q;
	query_read("48 元", &q);
	assert_true(query_marks_amount(&q, 480000));
	assert_true(query_marks_amount(&q, -4850));
	assert_false(query_marks_amount(&q, 100));
	assert_false(query_marks_amount(&q, 0));
	query_read("48.00", &q);
	assert_true(query_marks_amount(&q, 4800));
	assert_false(query_marks_amount(&q, 480000));
	query_read("51", &q);
	assert_true(query_marks_account(&q, "2024:514"));
	assert_true(query_marks_account(&q, "514"));
	assert_false(query_marks_account(&q, "2024:241"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_question_is_taken_apart_as_people_mean_it),
		cmocka_unit_test(what_was_asked_for_is_marked_where_it_stands),
		cmocka_unit_test(an_amount_and_an_account_are_marked_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
