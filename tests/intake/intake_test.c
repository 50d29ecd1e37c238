/* intake_test.c - one untrusted file becomes rows of cells or one sentence, in a locked process. */
#include "app/intake/cage.h"
#include "app/intake/sheet.h"
#include "app/intake/sheet_csv.h"

#include "tests/intake/confined.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct csv_decoder *decoder;
static struct buf out;

static int start(void **state)
{
	(void)state;
	buf_init(&out, CELLS_BYTES_MAX);
	return csv_decoder_open(&decoder);
}

static int stop(void **state)
{
	(void)state;
	buf_free(&out);
	csv_decoder_close(decoder);
	return 0;
}

static const char *read_file(const void *bytes, size_t len)
{
	buf_clear(&out);
	sheet_csv(decoder, bytes, len, &out);
	return buf_str(&out);
}
#define READ(text) read_file(text, sizeof(text) - 1)

static const char table[] = "[1,\"日期\",\"金额\"]\n[2,\"2026-10-28\",\"4,800.00\"]\n{\"end\":2}\n";

static void the_usual_encodings_give_the_same_rows(void **state)
{
	(void)state;
	assert_string_equal(READ("日期,金额\n2026-10-28,\"4,800.00\"\n"), table);
	assert_string_equal(READ("\xef\xbb\xbf日期,金额\r\n2026-10-28,\"4,800.00\"\r\n"), table);
	assert_string_equal(READ("\xc8\xd5\xc6\xda,\xbd\xf0\xb6\xee\n2026-10-28,\"4,800.00\"\n"),
			    table);
	static const unsigned char wide[] = {0xff, 0xfe, 0xe5, 0x65, 0x1f, 0x67, ';',
					     0,    0xd1, 0x91, 0x9d, 0x98, '\n', 0};
	assert_string_equal(read_file(wide, sizeof wide), "[1,\"日期\",\"金额\"]\n{\"end\":1}\n");
	static const unsigned char big[] = {0xfe, 0xff, 0x65, 0xe5, 0, '\t', 0x67, 0x1f};
	assert_string_equal(read_file(big, sizeof big), "[1,\"日\",\"期\"]\n{\"end\":1}\n");
}

static void a_character_of_four_bytes_survives(void **state)
{
	(void)state;
	/* U+20000 in GB18030 */
	assert_string_equal(READ("\x95\x32\x82\x36,\xbc\xd7\n"),
			    "[1,\"\xf0\xa0\x80\x80\",\"甲\"]\n{\"end\":1}\n");
}

static void quotes_hold_separators_lines_and_quotes(void **state)
{
	(void)state;
	assert_string_equal(
		READ("\"a,\"\"b\"\"\nc\",d\n\n\",\"\n"),
		"[1,\"a,\\\"b\\\"\\u000ac\",\"d\"]\n[2,\"\"]\n[3,\",\"]\n{\"end\":3}\n");
}

static void semicolons_and_tabs_separate_too(void **state)
{
	(void)state;
	assert_string_equal(READ("a;1,5\nb;2,5\n"),
			    "[1,\"a\",\"1,5\"]\n[2,\"b\",\"2,5\"]\n{\"end\":2}\n");
	assert_string_equal(READ("a\t1,5\nb\t2,5"),
			    "[1,\"a\",\"1,5\"]\n[2,\"b\",\"2,5\"]\n{\"end\":2}\n");
}

static void refused(const char *answer, const char *words)
{
	assert_memory_equal(answer, "{\"refused\":\"", 12);
	assert_non_null(strstr(answer, words));
	assert_ptr_equal(strchr(answer, '\n'), answer + strlen(answer) - 1);
}

static void what_is_no_table_is_refused_in_words(void **state)
{
	(void)state;
	refused(READ(""), "空的");
	refused(READ("a\0b"), "不是表格文件");
	refused(READ("PK\x03\x04zip"), "另存为");
	refused(READ("\xd0\xcf\x11\xe0old"), "另存为");
	refused(READ("\xff\xff\xff,\xff"), "认不出来");
	refused(READ("a,\"b\n"), "第 1 行第 2 列");
	refused(READ("a,\"b\"c\n"), "引号");
	refused(READ("a\nb,\x01\n"), "第 2 行第 2 列");
}

static void every_limit_is_told(void **state)
{
	(void)state;
	size_t len = CSV_BYTES_MAX + 1;
	char *big = malloc(len);
	assert_non_null(big);
	memset(big, 'a', len);
	refused(read_file(big, len), "8 MB");
	refused(read_file(big, CSV_CELL_MAX + 1), "32,767");
	memset(big, '\n', CSV_ROWS_MAX + 1);
	refused(read_file(big, CSV_ROWS_MAX + 1), "20 万行");
	memset(big, ',', CSV_COLUMNS_MAX + 1);
	refused(read_file(big, CSV_COLUMNS_MAX), "256 列");
	read_file(big, CSV_COLUMNS_MAX - 1);
	assert_non_null(strstr(buf_str(&out), "\"end\":1"));
	free(big);
}

static enum err lock(void)
{
	return cage_close(512, 5);
}

static void open_a_file(void)
{
	if (open("/etc/passwd", O_RDONLY) >= 0)
		_exit(1);
}

static void open_a_socket(void)
{
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0)
		_exit(1);
}

static void run_a_program(void)
{
	execl("/bin/true", "true", (char *)NULL);
}

static void make_a_process(void)
{
	if (fork() >= 0)
		_exit(1);
}

static void read_a_table(void)
{
	struct buf b;
	buf_init(&b, CELLS_BYTES_MAX);
	sheet_csv(decoder, "\xc8\xd5\xc6\xda,1\n", 7, &b);
	_exit(strcmp(buf_str(&b), "[1,\"日期\",\"1\"]\n{\"end\":1}\n") == 0 ? 0 : 1);
}

static const char *pinned; /* the one path that may be opened, at this address */

static enum err lock_but(void)
{
	return cage_close_but(512, 5, pinned);
}

static void open_what_is_pinned(void)
{
	char c;
	int fd = open(pinned, O_RDONLY);
	if (fd < 0 || read(fd, &c, 1) != 1 || lseek(fd, 0, SEEK_SET) != 0 || close(fd) != 0)
		_exit(1);
}

static void open_the_same_elsewhere(void)
{
	char copy[64];
	snprintf(copy, sizeof copy, "%s", pinned);
	open(copy, O_RDONLY);
}

static void write_what_is_pinned(void)
{
	open(pinned, O_RDWR);
}

static void one_path_may_be_opened_and_only_where_it_stands(void **state)
{
	(void)state;
	struct sheet_reader r;
	assert_int_equal(sheet_open(&r), OK);
	assert_int_equal(write(r.file, "x", 1), 1);
	pinned = r.path;
	static void (*const forbidden[])(void) = {open_a_file,          open_the_same_elsewhere,
						  write_what_is_pinned, open_a_socket,
						  run_a_program,        make_a_process};
	confined_forbids(lock_but, forbidden, sizeof forbidden / sizeof forbidden[0]);
	confined_allows(lock_but, open_what_is_pinned);
	sheet_close(&r);
}

static void a_locked_process_can_do_nothing_but_its_work(void **state)
{
	(void)state;
	static void (*const forbidden[])(void) = {open_a_file, open_a_socket, run_a_program,
						  make_a_process};
	confined_forbids(lock, forbidden, sizeof forbidden / sizeof forbidden[0]);
	confined_allows(lock, read_a_table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_usual_encodings_give_the_same_rows),
		cmocka_unit_test(a_character_of_four_bytes_survives),
		cmocka_unit_test(quotes_hold_separators_lines_and_quotes),
		cmocka_unit_test(semicolons_and_tabs_separate_too),
		cmocka_unit_test(what_is_no_table_is_refused_in_words),
		cmocka_unit_test(every_limit_is_told),
		cmocka_unit_test(a_locked_process_can_do_nothing_but_its_work),
		cmocka_unit_test(one_path_may_be_opened_and_only_where_it_stands),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
