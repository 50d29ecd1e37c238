/* base_test.c - days, text and buffers keep their small promises. */
#include "app/base/buf.h"
#include "app/base/clock.h"
#include "app/base/conf.h"
#include "app/base/log.h"
#include "app/base/text.h"

#include "tests/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void a_day_begins_at_midnight_in_beijing(void **state)
{
	(void)state;
	assert_int_equal(clock_day(1795103999), 20261119);
	assert_int_equal(clock_day(1795104000), 20261120);
	assert_int_equal(clock_day_start(20261120), 1795104000);
	struct clock_date d = clock_date(1795104000 + 9 * 3600 + 41 * 60);
	assert_int_equal(d.weekday, 5); /* a Friday */
	assert_int_equal(d.hour * 100 + d.minute, 941);
}

static void days_are_counted_across_leap_years_and_before_1970(void **state)
{
	(void)state;
	assert_int_equal(clock_day_add(20240228, 1), 20240229);
	assert_int_equal(clock_day_add(20261231, 1), 20270101);
	assert_int_equal(clock_day_add(20000301, -1), 20000229);
	assert_int_equal(clock_days_between(20261120, 20270119), 60);
	assert_int_equal(clock_day(-1), 19700101);
	assert_int_equal(clock_day(-8 * 3600 - 1), 19691231);
	assert_false(clock_day_valid(20260229));
	int32_t day;
	assert_true(clock_day_parse("2026-11-20", &day));
	assert_int_equal(day, 20261120);
	assert_false(clock_day_parse("2026-13-01", &day));
	assert_false(clock_day_parse("2026-1-01x", &day));
}

static void broken_utf8_is_told_from_good(void **state)
{
	(void)state;
	assert_true(text_is_utf8("低保𠀀", 10));
	assert_false(text_is_utf8("\xc0\x80", 2));
	assert_false(text_is_utf8("\xed\xa0\x80", 3));
	assert_false(text_is_utf8("低", 2));
	assert_true(text_is_plain("一\n二", 7));
	assert_false(text_is_plain("a\0b", 3));
	assert_int_equal(text_chars("低保a", 7), 3);
	char cut[6];
	text_copy(cut, sizeof cut, "低保", 6);
	assert_string_equal(cut, "低");
}

static void a_buffer_stops_at_its_ceiling_and_says_so(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 5);
	buf_text(&b, "abc");
	assert_int_equal(buf_end(&b), OK);
	buf_text(&b, "def");
	assert_int_equal(buf_end(&b), ERR_FULL);
	assert_string_equal(buf_str(&b), "abc");
	buf_free(&b);
}

static void a_replaced_file_is_whole_and_readable(void **state)
{
	(void)state;
	char folder[] = "/tmp/elutong-base-XXXXXX", path[64];
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/x.conf", folder);
	assert_int_equal(file_replace(path, "a = 1\n# b\nc = 二\n", 18, 0600), OK);
	struct conf *c;
	assert_int_equal(conf_open(path, &c), OK);
	assert_string_equal(conf_get(c, "c", ""), "二");
	assert_string_equal(conf_get(c, "d", "none"), "none");
	conf_close(c);
	assert_int_equal(file_replace(path, "nonsense\n", 9, 0600), OK);
	assert_int_equal(conf_open(path, &c), ERR_CORRUPT);
	assert_null(c);
	unlink(path);
	assert_int_equal(conf_open(path, &c), ERR_MISSING);
	rmdir(folder);
}

static void hex_and_numbers_refuse_what_they_are_not(void **state)
{
	(void)state;
	unsigned char b[2];
	assert_true(text_unhex("0aff", 4, b, 2));
	assert_false(text_unhex("0aFF", 4, b, 2));
	assert_false(text_unhex("0a", 2, b, 2));
	int64_t v;
	assert_true(text_number("4800", 4, &v));
	assert_int_equal(v, 4800);
	assert_false(text_number("-1", 2, &v));
	assert_false(text_number("99999999999999999999", 20, &v));
}

/* --- the log --- */

static char log_path[64], log_older[80];

/* What a program does whose standard error is the file. */
static void log_lines(int count, long most)
{
	pid_t child = fork();
	if (child == 0) {
		int fd = open(log_path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
		if (fd < 0 || dup2(fd, STDERR_FILENO) < 0)
			_exit(1);
		log_name("elutong-test");
		log_bound(most);
		for (int i = 1; i <= count; i++)
			log_warn("line number %d", i);
		_exit(0);
	}
	int status = 1;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static off_t size_of(const char *path)
{
	struct stat s;
	return stat(path, &s) == 0 ? s.st_size : -1;
}

static void a_log_is_bound_and_tells_no_hour(void **state)
{
	(void)state;
	struct buf text;
	struct stat s;
	int fd;
	snprintf(log_path, sizeof log_path, "/tmp/elutong-log-XXXXXX");
	fd = mkstemp(log_path);
	assert_true(fd >= 0);
	close(fd);
	snprintf(log_older, sizeof log_older, "%s.1", log_path);
	log_lines(10, 4096);
	assert_int_equal(size_of(log_older), -1); /* little is left alone */
	log_lines(1000, 4096);
	assert_true(size_of(log_path) < 4096 + 200);
	assert_true(size_of(log_older) > 4096 && size_of(log_older) < 4096 + 200);
	buf_init(&text, 8192);
	assert_int_equal(buf_read_file(&text, log_path), OK);
	assert_non_null(strstr(buf_str(&text), "warning: line number 1000\n"));
	/* Day, program, text: the first colon of a line is the one after "warning". */
	assert_ptr_equal(strchr(buf_str(&text), ':'), strstr(buf_str(&text), "warning:") + 7);
	assert_int_equal(stat(log_path, &s), 0);
	assert_int_equal(s.st_mtim.tv_sec, clock_day_start(clock_day(clock_now())));
	buf_free(&text);
	/* It had grown before anybody kept it bound. */
	log_lines(500, 1 << 20);
	off_t grown = size_of(log_path);
	log_lines(0, 4096);
	assert_int_equal(size_of(log_path), 0);
	assert_int_equal(size_of(log_older), grown);
	unlink(log_path);
	unlink(log_older);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_begins_at_midnight_in_beijing),
		cmocka_unit_test(days_are_counted_across_leap_years_and_before_1970),
		cmocka_unit_test(broken_utf8_is_told_from_good),
		cmocka_unit_test(a_buffer_stops_at_its_ceiling_and_says_so),
		cmocka_unit_test(a_replaced_file_is_whole_and_readable),
		cmocka_unit_test(a_log_is_bound_and_tells_no_hour),
		cmocka_unit_test(hex_and_numbers_refuse_what_they_are_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
