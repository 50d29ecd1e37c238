/* import_bench.c - how long a table of 20,000 rows takes from the uploaded bytes to checked rows:
 * through the locked reader, every cell, the audits of a year before.
 *
 * import_bench BIN   BIN holds elutong-intake. */
#include "app/township/intake.h"
#include "app/village/upload.h"
#include "tests/bench/bench.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { ROWS = 20000, ROUNDS = 5 };

static const char *const heading[] = {"日期",       "凭证号", "科目", "收支",
				      "金额（元）", "摘要",   "对方"};

static void write_row(lxw_worksheet *s, lxw_row_t row, lxw_format *day)
{
	char voucher[32], words[64];
	lxw_datetime d = {2026, 10, (int)(row % 31) + 1, 0, 0, 0};
	snprintf(voucher, sizeof voucher, "记-10%02d-%05u", d.day, row);
	snprintf(words, sizeof words, "第 %u 组清理灌溉沟渠，人工和机械", row % 20 + 1);
	worksheet_write_datetime(s, row, 0, &d, day);
	worksheet_write_string(s, row, 1, voucher, NULL);
	worksheet_write_string(s, row, 2, row % 3 == 0 ? "504" : "513 管理费用", NULL);
	worksheet_write_string(s, row, 3, row % 3 == 0 ? "收入" : "支出", NULL);
	worksheet_write_number(s, row, 4, row % 5000 + 0.25, NULL);
	worksheet_write_string(s, row, 5, words, NULL);
	worksheet_write_string(s, row, 6, "草坝镇农业服务中心", NULL);
}

static void write_book(struct buf *out)
{
	char path[64];
	int file = memfd_create("book", 0);
	snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	lxw_workbook *b = workbook_new(path);
	lxw_worksheet *s = workbook_add_worksheet(b, "10月");
	lxw_format *day = workbook_add_format(b);
	format_set_num_format(day, "yyyy-mm-dd");
	for (lxw_col_t i = 0; i < 7; i++)
		worksheet_write_string(s, 0, i, heading[i], NULL);
	for (lxw_row_t row = 1; row <= ROWS; row++)
		write_row(s, row, day);
	workbook_close(b);
	off_t size = lseek(file, 0, SEEK_END);
	if (pread(file, buf_room(out, (size_t)size), (size_t)size, 0) != size)
		exit(1);
	close(file);
}

static double once(const char *bin, const struct upload_task *task, const struct buf *file,
		   struct buf *history)
{
	struct cells cells;
	struct upload *u = NULL;
	double from = bench_ms();
	if (intake_read(bin, file->p, file->len, &cells) != OK ||
	    upload_read(task, &cells, &u) != OK || u->rows != ROWS || u->errors > 0)
		exit(1);
	double took = bench_ms() - from;
	if (history->len == 0) /* as if the same rows had been made public the month before */
		buf_add(history, u->sheet.p, u->sheet.len);
	upload_close(u);
	cells_close(&cells);
	return took;
}

int main(int argc, char **argv)
{
	struct catalogue *catalogue;
	struct chart chart;
	struct buf file, history, accounts;
	double took[ROUNDS];
	buf_init(&file, 16 << 20);
	buf_init(&history, 16 << 20);
	buf_init(&accounts, 1 << 16);
	if (argc != 2 || catalogue_open("assets/catalogue", &catalogue) != OK ||
	    buf_read_file(&accounts, "assets/domain/coa_2024.csv") != OK ||
	    chart_read(buf_str(&accounts), accounts.len, &chart) != OK)
		return 2;
	write_book(&file);
	struct upload_task task = {
		.t = catalogue_find(catalogue, "ledger"), .chart = &chart, .period = "2026-10"};
	once(argv[1], &task, &file, &history);
	task.earlier = task.history = history.p;
	task.earlier_len = task.history_len = history.len;
	for (int i = 0; i < ROUNDS; i++)
		took[i] = once(argv[1], &task, &file, &history);
	printf("# %zu bytes of XLSX, the middle of %d\n", file.len, ROUNDS);
	bench_say("import_20000_rows", bench_part(took, ROUNDS, 0.5) / 1000, "s", 1);
	catalogue_close(catalogue);
	buf_free(&file);
	buf_free(&history);
	buf_free(&accounts);
	return 0;
}
