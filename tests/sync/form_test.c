/* form_test.c - a browser's form is read as sent, and nothing malformed is guessed at. */
#include "sync/backoff.h"
#include "sync/http_form.h"

#include "tests/test.h"

#include <string.h>

static enum sync_err read_text(const char *type, const char *body, struct form *f,
			       unsigned char *room)
{
	return form_read(type, body, strlen(body), room, f);
}

static void urlencoded_fields_are_decoded(void **state)
{
	(void)state;
	struct form f;
	unsigned char room[200];
	assert_int_equal(read_text("application/x-www-form-urlencoded",
				   "login=li&words=%E6%88%91+a%26b&empty=", &f, room),
			 SYNC_OK);
	assert_int_equal(f.count, 3);
	assert_memory_equal(form_find(&f, "words")->value, "我 a&b", 7);
	assert_int_equal(form_find(&f, "words")->len, 7);
	assert_int_equal(form_find(&f, "empty")->len, 0);
	assert_null(form_find(&f, "none"));
	assert_int_equal(read_text("application/x-www-form-urlencoded", "a=%4", &f, room),
			 SYNC_ERR_CORRUPT);
	assert_int_equal(read_text("application/x-www-form-urlencoded", "%00=1", &f, room),
			 SYNC_ERR_CORRUPT);
	assert_int_equal(read_text("application/x-www-form-urlencoded", "=1", &f, room),
			 SYNC_ERR_CORRUPT);
}

static void a_file_comes_through_byte_for_byte(void **state)
{
	(void)state;
	static const char type[] = "multipart/form-data; boundary=----xyz";
	static const char body[] =
		"------xyz\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n"
		"------xyz\r\nContent-Disposition: form-data; name=\"file\"; "
		"filename=\"账.csv\"\r\n"
		"Content-Type: text/csv\r\n\r\n1,2\r\n\r\n--not\r\n\r\n------xyz--\r\n";
	struct form f;
	unsigned char room[400];
	assert_int_equal(read_text(type, body, &f, room), SYNC_OK);
	assert_int_equal(f.count, 2);
	assert_int_equal(form_find(&f, "csrf")->len, 3);
	const struct form_field *file = form_find(&f, "file");
	assert_string_equal(file->file_name, "账.csv");
	assert_int_equal(file->len, 14);
	assert_memory_equal(file->value, "1,2\r\n\r\n--not\r\n", 14);
	for (size_t cut = 0; cut + 4 < sizeof body; cut++)
		assert_int_equal(form_read(type, body, cut, room, &f), SYNC_ERR_CORRUPT);
	assert_int_equal(read_text("multipart/form-data", body, &f, room), SYNC_ERR_CORRUPT);
	assert_int_equal(read_text("text/plain", "a=b", &f, room), SYNC_ERR_CORRUPT);
}

static void waiting_grows_to_an_hour_and_honours_what_was_asked(void **state)
{
	(void)state;
	struct backoff b = {0};
	int64_t longest = 0;
	backoff_failed(&b, 1000, 29999, -1);
	assert_int_equal(backoff_left(&b, 1000), 29999);
	backoff_worked(&b);
	assert_int_equal(backoff_left(&b, 1000), 0);
	for (uint32_t i = 0; i < 40; i++) {
		backoff_failed(&b, 0, 2654435761u * (i + 1), -1);
		longest = backoff_left(&b, 0) > longest ? backoff_left(&b, 0) : longest;
		assert_true(backoff_left(&b, 0) <= 3600 * 1000);
	}
	assert_true(longest > 600 * 1000);
	backoff_failed(&b, 0, 0, 7200);
	assert_int_equal(backoff_left(&b, 0), 7200 * 1000);
	backoff_failed(&b, 0, 0, 100000000);
	assert_int_equal(backoff_left(&b, 0), 86400 * 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(urlencoded_fields_are_decoded),
		cmocka_unit_test(a_file_comes_through_byte_for_byte),
		cmocka_unit_test(waiting_grows_to_an_hour_and_honours_what_was_asked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
