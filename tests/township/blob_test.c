/* blob_test.c - a line that broke off goes on where it was, and never past the end. */
#include "app/township/blob_answer.h"

#include "tests/test.h"

static size_t from, to;
static bool part;

static bool range(const char *header)
{
	return blob_range(header, 1000, &from, &to, &part);
}

static void asked(const char *header, size_t a, size_t b)
{
	assert_true(range(header));
	assert_true(part);
	assert_int_equal(from, a);
	assert_int_equal(to, b);
}

static void everything(const char *header)
{
	assert_true(range(header));
	assert_false(part);
	assert_int_equal(from, 0);
	assert_int_equal(to, 1000);
}

static void one_range_is_answered(void **state)
{
	(void)state;
	asked("bytes=0-0", 0, 1);
	asked("bytes=400-", 400, 1000);
	asked("bytes=400-499", 400, 500);
	asked("bytes=999-999", 999, 1000);
	asked("bytes=400-99999999", 400, 1000);
	asked("bytes=-1", 999, 1000);
	asked("bytes=-5000", 0, 1000);
}

static void what_is_no_range_asks_for_everything(void **state)
{
	(void)state;
	everything(NULL);
	everything("");
	everything("bytes=");
	everything("bytes=-");
	everything("bytes=x-");
	everything("bytes=5-4");
	everything("bytes=5-x");
	everything("bytes=0-1,3-4");
	everything("lines=1-2");
	everything("bytes=99999999999999999999-");
}

static void what_is_not_there_is_refused(void **state)
{
	(void)state;
	assert_false(range("bytes=1000-"));
	assert_false(range("bytes=922337203685477580-"));
	assert_false(range("bytes=-0"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_range_is_answered),
		cmocka_unit_test(what_is_no_range_asks_for_everything),
		cmocka_unit_test(what_is_not_there_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
