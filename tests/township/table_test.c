/* table_test.c - a table on its way through the office: an empty one that was downloaded and filled
 * in comes back without a finding, its example never does, a file that is too much says so. */
#include "app/township/intake.h"
#include "app/township/template_file.h"
#include "app/village/upload.h"

#include "tests/test.h"

#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct catalogue *catalogue;
static struct chart chart;
static char programs[PATH_MAX + 64];

static int start(void **state)
{
	(void)state;
	struct buf b;
	char self[PATH_MAX] = "";
	buf_init(&b, 1 << 16);
	int e = catalogue_open("assets/catalogue", &catalogue) ||
		buf_read_file(&b, "assets/domain/coa_2024.csv") ||
		chart_read(buf_str(&b), b.len, &chart) ||
		readlink("/proc/self/exe", self, sizeof self - 1) < 0;
	snprintf(programs, sizeof programs, "%s/../../bin", dirname(self));
	buf_free(&b);
	return e;
}

static int stop(void **state)
{
	(void)state;
	catalogue_close(catalogue);
	return 0;
}

static void upload(const struct catalogue_template *t, const struct buf *file, struct cells *cells,
		   struct upload **up)
{
	const struct upload_task task = {.t = t, .chart = &chart, .period = "2026-10"};
	assert_int_equal(intake_read(programs, file->p, file->len, cells), OK);
	assert_int_equal(upload_read(&task, cells, up), OK);
}

/* Every heading found, nothing imported, and that is all there is to say. */
static void comes_back_empty(const struct catalogue_template *t, const struct buf *file)
{
	struct cells cells;
	struct upload *up;
	upload(t, file, &cells, &up);
	if (up->findings != 1 || up->rows != 0 || up->left_out != 1 ||
	    strcmp(up->finding[0].expected, "表头下面一行账也没有") != 0)
		fail_msg("%s: %zu rows, %s", t->id, up->rows, up->finding[0].expected);
	size_t known = 0;
	for (size_t i = 0; i < t->field_count; i++)
		known += t->field[i].type != FIELD_IMAGE;
	assert_int_equal(cells.row[0].count, known + 1);
	upload_close(up);
	cells_close(&cells);
}

static void every_template_of_the_catalogue_can_be_downloaded_and_uploaded(void **state)
{
	(void)state;
	struct buf file;
	size_t i = 0;
	buf_init(&file, 1 << 20);
	for (; catalogue_at(catalogue, i) != NULL; i++) {
		const struct catalogue_template *t = catalogue_at(catalogue, i);
		buf_clear(&file);
		assert_int_equal(template_xlsx(t, 20261005, &file), OK);
		comes_back_empty(t, &file);
		buf_clear(&file);
		assert_int_equal(template_csv(t, 20261005, &file), OK);
		comes_back_empty(t, &file);
	}
	printf("# count %zu templates, as XLSX and CSV\n", i);
	buf_free(&file);
}

static void a_file_that_ends_its_reader_is_refused_in_words(void **state)
{
	(void)state;
	char folder[] = "/tmp/elutong-readerXXXXXX", path[64];
	struct cells cells;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/elutong-intake", folder);
	static const char dies[] = "#!/bin/sh\ncat >/dev/null\nkill -s SEGV $$\n";
	assert_int_equal(file_replace(path, dies, sizeof dies - 1, 0700), OK);
	assert_int_equal(intake_read(folder, "x", 1, &cells), ERR_REFUSED);
	assert_non_null(strstr(cells.refused, "另存为 .xlsx"));
	cells_close(&cells);
	static const char fails[] = "#!/bin/sh\nexit 1\n";
	assert_int_equal(file_replace(path, fails, sizeof fails - 1, 0700), OK);
	assert_int_equal(intake_read(folder, "x", 1, &cells), ERR_IO);
	cells_close(&cells);
	unlink(path);
	rmdir(folder);
}

static void the_example_is_right_but_for_being_one(void **state)
{
	(void)state;
	const struct catalogue_template *t = catalogue_find(catalogue, "ledger");
	struct buf file;
	struct cells cells;
	struct upload *up;
	buf_init(&file, 1 << 20);
	assert_int_equal(template_csv(t, 20261005, &file), OK);
	char *words = memmem(file.p, file.len, UPLOAD_EXAMPLE, strlen(UPLOAD_EXAMPLE));
	assert_non_null(words);
	memset(words, ' ', strlen(UPLOAD_EXAMPLE)); /* the bookkeeper wrote over it */
	upload(t, &file, &cells, &up);
	assert_int_equal(up->errors, 0);
	assert_int_equal(up->rows, 1);
	upload_close(up);
	cells_close(&cells);
	buf_free(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_template_of_the_catalogue_can_be_downloaded_and_uploaded),
		cmocka_unit_test(the_example_is_right_but_for_being_one),
		cmocka_unit_test(a_file_that_ends_its_reader_is_refused_in_words),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
