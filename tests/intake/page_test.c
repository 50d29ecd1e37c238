/* page_test.c - whatever phones and scanners save, and whatever an attacker makes of it, becomes
 * clean upright pages or one sentence that says what to do; read by the real locked process. */
#include "app/intake/page_pdf.h"
#include "app/village/picture.h"

#include "tests/intake/confined.h"
#include "tests/intake/made.h"
#include "tests/intake/made_page.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static struct buf file, answer;
static struct picture_pages pages;

static int start(void **state)
{
	(void)state;
	buf_init(&file, 64 << 20);
	buf_init(&answer, PICTURE_OUT_MAX + (1 << 20));
	return 0;
}

static int stop(void **state)
{
	(void)state;
	buf_free(&file);
	buf_free(&answer);
	made_page_end();
	return 0;
}

/* With SEEDS=FOLDER the files are kept by their name, for the fuzz targets and the console. */
static void keep(const char *name)
{
	char path[300];
	const char *folder = getenv("SEEDS");
	if (folder == NULL || file.len > 40000)
		return;
	snprintf(path, sizeof path, "%.200s/%s/%s", folder,
		 file.len > 4 && memcmp(file.p, "%PDF", 4) == 0 ? "pdf" : "image", name);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(file.p, 1, file.len, f), file.len);
	fclose(f);
}

static enum err run(const char *option)
{
	int status;
	made_read_as(option, file.p, file.len, &answer, &status);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	return picture_pages_read(answer.p, answer.len, &pages);
}

static void read_as(const char *option, size_t count)
{
	enum err e = run(option);
	if (e != OK)
		print_message("%s\n", pages.refused);
	assert_int_equal(e, OK);
	assert_int_equal(pages.count, count);
}

static void refused(const char *option, const char *words)
{
	assert_int_equal(run(option), ERR_REFUSED);
	if (strstr(pages.refused, words) == NULL)
		print_message("%s\n", pages.refused);
	assert_non_null(strstr(pages.refused, words));
}

static void photo(const struct made_photo *p)
{
	buf_clear(&file);
	made_jpeg(&file, p);
}

/* The quarters of page `i`, read as lines. */
static void quarters(size_t i, int a, int b, int c, int d)
{
	const struct picture_page *p = &pages.page[i];
	assert_int_equal(made_colour_at(p->bytes, p->len, 250, 250), a);
	assert_int_equal(made_colour_at(p->bytes, p->len, 750, 250), b);
	assert_int_equal(made_colour_at(p->bytes, p->len, 250, 750), c);
	assert_int_equal(made_colour_at(p->bytes, p->len, 750, 750), d);
}

static void a_photo_is_turned_upright_before_its_metadata_goes(void **state)
{
	(void)state;
	/* What stands where after turning, by EXIF 2.3. */
	static const int upright[9][4] = {{0},
					  {MADE_RED, MADE_GREEN, MADE_BLUE, MADE_WHITE},
					  {MADE_GREEN, MADE_RED, MADE_WHITE, MADE_BLUE},
					  {MADE_WHITE, MADE_BLUE, MADE_GREEN, MADE_RED},
					  {MADE_BLUE, MADE_WHITE, MADE_RED, MADE_GREEN},
					  {MADE_RED, MADE_BLUE, MADE_GREEN, MADE_WHITE},
					  {MADE_BLUE, MADE_RED, MADE_WHITE, MADE_GREEN},
					  {MADE_WHITE, MADE_GREEN, MADE_BLUE, MADE_RED},
					  {MADE_GREEN, MADE_WHITE, MADE_RED, MADE_BLUE}};
	for (int o = 1; o <= 8; o++) {
		const int *q = upright[o];
		char name[32];
		photo(&(struct made_photo){.width = 320,
					   .height = 200,
					   .orientation = o,
					   .little = o % 2 == 0,
					   .comment = "SECRET-PLACE"});
		snprintf(name, sizeof name, "turned-%d.jpg", o);
		keep(name);
		read_as("--picture", 1);
		assert_int_equal(pages.page[0].width, o >= 5 ? 200 : 320);
		assert_int_equal(pages.page[0].height, o >= 5 ? 320 : 200);
		quarters(0, q[0], q[1], q[2], q[3]);
		assert_null(memmem(answer.p, answer.len, "Exif", 4));
		assert_null(memmem(answer.p, answer.len, "SECRET", 6));
	}
}

static void every_usual_kind_of_picture_becomes_a_page(void **state)
{
	(void)state;
	photo(&(struct made_photo){.width = 301, .height = 199, .progressive = true});
	keep("progressive.jpg");
	read_as("--picture", 1);
	quarters(0, MADE_RED, MADE_GREEN, MADE_BLUE, MADE_WHITE);
	photo(&(struct made_photo){.width = 160, .height = 120, .inks = true});
	keep("inks.jpg");
	read_as("--picture", 1);
	quarters(0, MADE_RED, MADE_GREEN, MADE_BLUE, MADE_WHITE);
	for (int i = 0; i < 4; i++) {
		buf_clear(&file);
		made_png(&file, 210, 130, i % 2 == 1, i >= 2);
		keep(i == 0   ? "plain.png"
		     : i == 1 ? "holes.png"
		     : i == 2 ? "lines.png"
			      : "both.png");
		read_as("--picture", 1);
		quarters(0, MADE_RED, MADE_GREEN, MADE_BLUE, MADE_WHITE);
		assert_null(memmem(answer.p, answer.len, "SECRET", 6));
	}
	buf_clear(&file);
	made_png_turned(&file, 210, 130, 8);
	keep("turned.png");
	read_as("--picture", 1);
	assert_int_equal(pages.page[0].width, 130);
	quarters(0, MADE_GREEN, MADE_WHITE, MADE_RED, MADE_BLUE);
	photo(&(struct made_photo){.width = 1, .height = 1});
	read_as("--picture", 1);
}

static void a_page_is_never_longer_than_kiosks_take(void **state)
{
	(void)state;
	photo(&(struct made_photo){.width = 4100, .height = 3000});
	read_as("--picture", 1);
	assert_int_equal(pages.page[0].width, PAGE_SIDE_MAX);
	assert_int_equal(pages.page[0].height, PAGE_SIDE_MAX * 3000 / 4100);
	quarters(0, MADE_RED, MADE_GREEN, MADE_BLUE, MADE_WHITE);
	photo(&(struct made_photo){.width = 3, .height = 2900});
	read_as("--picture", 1);
	assert_int_equal(pages.page[0].height, PAGE_SIDE_MAX);
	photo(&(struct made_photo){.width = 2300, .height = 2300, .noise = true});
	read_as("--picture", 1);
	assert_true(pages.page[0].len <= PAGE_BYTES_MAX);
}

static void boxes_are_burnt_into_the_pixels(void **state)
{
	(void)state;
	photo(&(struct made_photo){.width = 400, .height = 400});
	read_as("--boxes=100 100 200 100;700 700 300 300", 1);
	const struct picture_page *p = &pages.page[0];
	assert_int_equal(made_colour_at(p->bytes, p->len, 200, 150), MADE_BLACK);
	assert_int_equal(made_colour_at(p->bytes, p->len, 850, 850), MADE_BLACK);
	assert_int_equal(made_colour_at(p->bytes, p->len, 998, 998), MADE_BLACK);
	quarters(0, MADE_RED, MADE_GREEN, MADE_BLUE, MADE_BLACK);
	refused("--boxes=900 0 200 100", "重新");
	refused("--boxes=1 2 3", "重新");
}

static void a_picture_that_lies_is_turned_by_hand(void **state)
{
	(void)state;
	photo(&(struct made_photo){.width = 300, .height = 200});
	read_as("--turn", 1);
	assert_int_equal(pages.page[0].width, 200);
	quarters(0, MADE_BLUE, MADE_RED, MADE_WHITE, MADE_GREEN);
}

static void a_pdf_becomes_its_pages(void **state)
{
	(void)state;
	buf_clear(&file);
	made_pdf(&file, 3, NULL);
	keep("three.pdf");
	read_as("--pdf", 3);
	for (size_t i = 0; i < 3; i++) {
		quarters(i, MADE_RED, MADE_GREEN, MADE_BLUE, MADE_WHITE);
		assert_int_equal(pages.page[i].height, PAGE_SIDE_MAX);
	}
	buf_clear(&file);
	made_pdf(&file, 1, "凭证");
	keep("words.pdf");
	read_as("--pdf", 1);
	assert_true(made_darkest(pages.page[0].bytes, pages.page[0].len, 600, 690, 150, 70) < 60);
}

static void a_pdf_may_use_the_fonts_of_the_computer_and_nothing_else(void **state)
{
	(void)state;
	buf_clear(&file);
	made_pdf_of_system_font(&file);
	keep("system.pdf");
	read_as("--pdf", 1);
	/* Two characters of 90 points on a page of 200. */
	assert_true(made_darkest(pages.page[0].bytes, pages.page[0].len, 80, 250, 850, 450) < 60);
	assert_int_equal(made_darkest(pages.page[0].bytes, pages.page[0].len, 0, 800, 1000, 200),
			 255);
}

/* --- the cage of PDF --- */

/* As for a PDF. */
static enum err lock(void)
{
	enum err e = page_pdf_start();
	return e == OK ? page_pdf_cage(1024, 5) : e;
}

static bool opens(const char *path, int how)
{
	return open(path, how, 0600) >= 0;
}

static void open_other_files(void)
{
	if (opens("/etc/passwd", O_RDONLY) || opens("/proc/self/environ", O_RDONLY) ||
	    opens("/usr/share/fonts/../../../etc/passwd", O_RDONLY) || opens("/tmp", O_RDONLY))
		_exit(1);
}

static void open_a_font(void)
{
	if (!opens("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", O_RDONLY))
		_exit(1);
}

static void open_a_socket(void)
{
	socket(AF_UNIX, SOCK_STREAM, 0);
}

static void run_a_program(void)
{
	execl("/bin/true", "true", (char *)NULL);
}

static void make_a_process(void)
{
	fork();
}

static void write_a_font(void)
{
	opens("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", O_RDWR);
}

static void the_cage_of_pdf_opens_fonts_and_nothing_else(void **state)
{
	(void)state;
	static void (*const forbidden[])(void) = {open_a_socket, run_a_program, make_a_process,
						  write_a_font};
	confined_forbids(lock, forbidden, sizeof forbidden / sizeof forbidden[0]);
	confined_allows(lock, open_a_font);
	confined_allows(lock, open_other_files);
}

static void what_cannot_be_read_is_refused_in_words(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t len;
		const char *words;
	} file_of[] = {
#define FILE_OF(text, words) {text, sizeof(text) - 1, words}
		FILE_OF("", "空的"),
		FILE_OF("\0\0\0\x18"
			"ftypheic\0\0\0\0mif1heic",
			"HEIC"),
		FILE_OF("\0\0\0\x18"
			"ftypavif\0\0\0\0",
			"画图"),
		FILE_OF("RIFF\x10\0\0\0WEBPVP8 ", "WebP"),
		FILE_OF("II*\0\x08\0\0\0\0\0", "TIFF"),
		FILE_OF("GIF89a\1\0\1\0", "画图"),
		FILE_OF("PK\x03\x04", "表格"),
		FILE_OF("Rar!\x1a\x07", "压缩包"),
		FILE_OF("日期,金额\n", "认不出"),
		FILE_OF("\xff\xd8\xff\xe0\0", "坏了"),
		FILE_OF("\x89PNG\r\n\x1a\n\0\0", "坏了"),
#undef FILE_OF
	};
	for (size_t i = 0; i < sizeof file_of / sizeof file_of[0]; i++) {
		buf_clear(&file);
		buf_add(&file, file_of[i].bytes, file_of[i].len);
		refused("--picture", file_of[i].words);
	}
	buf_clear(&file);
	buf_text(&file, "%PDF-1.4\nnothing");
	refused("--pdf", "坏了");
	buf_clear(&file);
	made_pdf_locked(&file);
	keep("locked.pdf");
	refused("--pdf", "密码");
	buf_clear(&file);
	made_pdf(&file, PICTURE_PAGES_MAX + 1, NULL);
	refused("--pdf", "20 页");
	photo(&(struct made_photo){.width = 300, .height = 300});
	size_t whole = file.len;
	file.len = whole / 2;
	refused("--picture", "坏了");
	refused("--pdf", "认不出");
}

static void what_says_it_is_huge_is_not_unpacked(void **state)
{
	(void)state;
	photo(&(struct made_photo){.width = 64, .height = 64});
	for (size_t i = 0; i + 9 < file.len; i++)
		if (file.p[i] == 0xff && file.p[i + 1] == 0xc0)
			memcpy(file.p + i + 5, "\xff\x00\xff\x00", 4); /* 65,280 x 65,280 */
	keep("bomb.jpg");
	refused("--picture", "尺寸太大");
	buf_clear(&file);
	made_png_bomb(&file, 29000, 29000);
	keep("bomb.png");
	refused("--picture", "尺寸太大");
	buf_clear(&file);
	made_png_bomb(&file, 9000, 9000);
	refused("--picture", "坏了");
	buf_clear(&file);
	unsigned char *room = buf_room(&file, PICTURE_FILE_MAX + 1);
	assert_non_null(room);
	memset(room, 0xff, PICTURE_FILE_MAX + 1);
	memcpy(room, "\xff\xd8\xff", 3);
	refused("--picture", "20 MB");
}

static void what_the_reader_writes_is_looked_at_again(void **state)
{
	(void)state;
	int width, height;
	photo(&(struct made_photo){.width = 300, .height = 200});
	read_as("--picture", 1);
	struct buf bad;
	const struct picture_page *p = &pages.page[0];
	buf_init(&bad, PICTURE_OUT_MAX);
	buf_add(&bad, p->bytes, p->len);
	assert_int_equal(picture_fit(bad.p, bad.len, &width, &height), OK);
	assert_int_equal(width, 300);
	for (size_t cut = 0; cut < bad.len; cut++)
		assert_int_equal(picture_fit(bad.p, cut, &width, &height), ERR_CORRUPT);
	buf_text(&bad, "x");
	assert_int_equal(picture_fit(bad.p, bad.len, &width, &height), ERR_CORRUPT);
	/* A comment, EXIF, a progressive file: as the tests make them. */
	photo(&(struct made_photo){.width = 9, .height = 9, .comment = "x"});
	assert_int_equal(picture_fit(file.p, file.len, &width, &height), ERR_CORRUPT);
	photo(&(struct made_photo){.width = 9, .height = 9, .orientation = 1});
	assert_int_equal(picture_fit(file.p, file.len, &width, &height), ERR_CORRUPT);
	photo(&(struct made_photo){.width = 9, .height = 9, .progressive = true});
	assert_int_equal(picture_fit(file.p, file.len, &width, &height), ERR_CORRUPT);
	photo(&(struct made_photo){.width = 2001, .height = 9});
	assert_int_equal(picture_fit(file.p, file.len, &width, &height), ERR_CORRUPT);
	/* Frames that lie. */
	photo(&(struct made_photo){.width = 9, .height = 9});
	static const char *const tail[] = {
		"end 2\n", "end 0\n", "end 1", "end 1\nx", "page 5\nabcdeend 2\n", ""};
	for (size_t i = 0; i < sizeof tail / sizeof tail[0]; i++) {
		buf_clear(&bad);
		picture_page_put(&bad, file.p, file.len);
		buf_text(&bad, tail[i]);
		assert_int_equal(picture_pages_read(bad.p, bad.len, &pages), ERR_CORRUPT);
	}
	assert_int_equal(picture_pages_read("", 0, &pages), ERR_CORRUPT);
	assert_int_equal(picture_pages_read("refused \n", 9, &pages), ERR_CORRUPT);
	assert_int_equal(picture_pages_read("page 99999999\n", 14, &pages), ERR_CORRUPT);
	buf_free(&bad);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_photo_is_turned_upright_before_its_metadata_goes),
		cmocka_unit_test(every_usual_kind_of_picture_becomes_a_page),
		cmocka_unit_test(a_page_is_never_longer_than_kiosks_take),
		cmocka_unit_test(boxes_are_burnt_into_the_pixels),
		cmocka_unit_test(a_picture_that_lies_is_turned_by_hand),
		cmocka_unit_test(a_pdf_becomes_its_pages),
		cmocka_unit_test(a_pdf_may_use_the_fonts_of_the_computer_and_nothing_else),
		cmocka_unit_test(the_cage_of_pdf_opens_fonts_and_nothing_else),
		cmocka_unit_test(what_cannot_be_read_is_refused_in_words),
		cmocka_unit_test(what_says_it_is_huge_is_not_unpacked),
		cmocka_unit_test(what_the_reader_writes_is_looked_at_again),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
