#include "app/township/template_file.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/village/upload.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { TEMPLATE_ROWS = 2000, CELL_TEXT = 128, HOW_TEXT = 512, LIST_BYTES_MAX = 250 };

/* 金额（元）: what stands above the column. Pictures are put beside rows later, not into cells. */
static bool heading_of(const struct field *f, char out[CELL_TEXT])
{
	if (f->type == FIELD_IMAGE)
		return false;
	if (f->type == FIELD_FEN && strstr(f->label, "元") == NULL)
		snprintf(out, CELL_TEXT, "%.80s（%.24s）", f->label,
			 f->unit[0] == 0 ? "元" : f->unit);
	else
		snprintf(out, CELL_TEXT, "%.100s", f->label);
	return true;
}

static const char *first_choice(const struct field *f)
{
	if (f->choice[0] == NULL)
		return "";
	return f->choice_label[0] == NULL ? f->choice[0] : f->choice_label[0];
}

static void example_of(const struct catalogue_template *t, size_t i, int32_t day,
		       char out[CELL_TEXT])
{
	const struct field *f = &t->field[i];
	const char *words = "例子";
	char text[11];
	switch (f->type) {
	case FIELD_DATE:
		clock_day_text(day, text);
		words = text;
		break;
	case FIELD_FEN:
		words = "1280.00";
		break;
	case FIELD_AREA:
	case FIELD_QUANTITY:
		words = "1.25";
		break;
	case FIELD_PERCENT:
		words = "50";
		break;
	case FIELD_NUMBER:
		words = "3";
		break;
	case FIELD_CHOICE:
		words = first_choice(f);
		break;
	case FIELD_NAME_MASKED:
		words = "张三";
		break;
	case FIELD_TEXT:
		if ((int)i == t->account_field)
			words = "513";
		else if ((int)i == t->voucher_field)
			words = "记-1005-01";
		break;
	case FIELD_IMAGE:
		break;
	}
	snprintf(out, CELL_TEXT, "%s", words);
}

static void how_of(const struct field *f, char out[HOW_TEXT])
{
	const char *words = "";
	switch (f->type) {
	case FIELD_DATE:
		words = "日期，像 2026-10-05、2026年10月5日";
		break;
	case FIELD_FEN:
		words = "金额，最多两位小数；要写万元，就把列名里的“元”改成“万元”";
		break;
	case FIELD_AREA:
	case FIELD_QUANTITY:
		words = "数字，最多两位小数";
		break;
	case FIELD_PERCENT:
		words = "百分数，像 50 或者 50%";
		break;
	case FIELD_NUMBER:
		words = "整数";
		break;
	case FIELD_CHOICE:
		words = "只能从单子里选";
		break;
	case FIELD_NAME_MASKED:
		words = "姓名，公开时程序自己把名字打星号";
		break;
	case FIELD_TEXT:
	case FIELD_IMAGE:
		snprintf(out, HOW_TEXT, "文字，最多 %zu 个字；不能有身份证号、手机号、银行卡号",
			 f->max_chars == 0 ? (size_t)300 : f->max_chars);
		return;
	}
	snprintf(out, HOW_TEXT, "%s", words);
}

/* --- XLSX --- */

struct writing {
	const struct catalogue_template *t;
	int32_t day;
	lxw_workbook *book;
	lxw_worksheet *table, *notes;
	lxw_format *bold, *date, *money, *text, *grey, *grey_date;
};

static lxw_format *format(lxw_workbook *book, const char *number, bool grey)
{
	lxw_format *f = workbook_add_format(book);
	if (number != NULL)
		format_set_num_format(f, number);
	if (grey) {
		format_set_font_color(f, 0x777777);
		format_set_italic(f);
	}
	return f;
}

/* A list within the cell. A long one stands on the notes' sheet only: libxlsxwriter 1.1.4 counts
 * characters where its buffer counts bytes, and of a list of cells elsewhere it never frees the
 * name.
 */
static void choices_of(struct writing *w, const struct field *f, lxw_col_t column)
{
	char *list[CATALOGUE_CHOICES_MAX + 1] = {NULL};
	size_t count = 0, bytes = 0;
	for (; count < CATALOGUE_CHOICES_MAX && f->choice[count] != NULL; count++) {
		const char *label =
			f->choice_label[count] == NULL ? f->choice[count] : f->choice_label[count];
		bytes += strlen(label) + 1;
		list[count] = (char *)(uintptr_t)label; /* the library only reads */
	}
	if (count == 0 || bytes > LIST_BYTES_MAX)
		return;
	lxw_data_validation v = {.validate = LXW_VALIDATION_TYPE_LIST,
				 .value_list = list,
				 .error_title = (char[]){"请从单子里选"},
				 .error_message = (char[]){"这一格只能写单子里有的。"}};
	worksheet_data_validation_range(w->table, 1, column, TEMPLATE_ROWS, column, &v);
}

static void table_column(struct writing *w, size_t i, lxw_col_t column, const char *heading)
{
	const struct field *f = &w->t->field[i];
	char text[CELL_TEXT];
	bool number = f->type == FIELD_FEN || f->type == FIELD_AREA || f->type == FIELD_QUANTITY ||
		      f->type == FIELD_NUMBER || f->type == FIELD_PERCENT;
	lxw_format *style = f->type == FIELD_DATE  ? w->date
			    : f->type == FIELD_FEN ? w->money
			    : number               ? NULL
						   : w->text;
	worksheet_set_column(w->table, column, column, 16, style);
	worksheet_write_string(w->table, 0, column, heading, w->bold);
	example_of(w->t, i, w->day, text);
	if (f->type == FIELD_DATE) {
		lxw_datetime d = {w->day / 10000, w->day / 100 % 100, w->day % 100, 0, 0, 0};
		worksheet_write_datetime(w->table, 1, column, &d, w->grey_date);
	} else {
		worksheet_write_string(w->table, 1, column, text, w->grey);
	}
	choices_of(w, f, column);
}

static void note_row(struct writing *w, const struct field *f, lxw_row_t row, const char *heading)
{
	char how[HOW_TEXT];
	struct buf choices;
	buf_init(&choices, 2048);
	how_of(f, how);
	for (int i = 0; i < CATALOGUE_CHOICES_MAX && f->choice[i] != NULL; i++)
		buf_print(&choices, "%s%s", i == 0 ? "" : "、",
			  f->choice_label[i] == NULL ? f->choice[i] : f->choice_label[i]);
	worksheet_write_string(w->notes, row, 0, heading, NULL);
	worksheet_write_string(w->notes, row, 1, f->required ? "必填" : "可以空着", NULL);
	worksheet_write_string(w->notes, row, 2, how, NULL);
	worksheet_write_string(w->notes, row, 3, buf_str(&choices), NULL);
	buf_free(&choices);
}

static void fill(struct writing *w)
{
	static const char *const head[] = {"列", "要不要填", "怎么填", "可以选的"};
	char heading[CELL_TEXT];
	lxw_col_t column = 0;
	lxw_row_t row = 2;
	worksheet_write_string(w->notes, 0, 0, w->t->rule[0] == 0 ? w->t->title : w->t->rule, NULL);
	for (lxw_col_t i = 0; i < 4; i++)
		worksheet_write_string(w->notes, 1, i, head[i], w->bold);
	worksheet_set_column(w->notes, 0, 3, 30, NULL);
	for (size_t i = 0; i < w->t->field_count; i++) {
		if (!heading_of(&w->t->field[i], heading))
			continue;
		table_column(w, i, column++, heading);
		note_row(w, &w->t->field[i], row++, heading);
	}
	worksheet_write_string(w->table, 0, column, "提示", w->bold);
	worksheet_write_string(w->table, 1, column, UPLOAD_EXAMPLE, w->grey);
	worksheet_set_column(w->table, column, column, 26, w->text);
	worksheet_freeze_panes(w->table, 1, 0);
}

enum err template_xlsx(const struct catalogue_template *t, int32_t day, struct buf *out)
{
	struct writing w = {.t = t, .day = day};
	char path[64];
	enum err e = ERR_IO;
	int file = memfd_create("template", MFD_CLOEXEC); /* the library writes by name only */
	snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	w.book = file < 0 ? NULL : workbook_new(path);
	if (w.book == NULL)
		goto done;
	w.table = workbook_add_worksheet(w.book, NULL);
	w.notes = workbook_add_worksheet(w.book, "填写说明");
	w.bold = format(w.book, NULL, false);
	format_set_bold(w.bold);
	w.date = format(w.book, "yyyy-mm-dd", false);
	w.money = format(w.book, "#,##0.00", false);
	w.text = format(w.book, "@", false); /* long numbers stay as they are typed */
	w.grey = format(w.book, "@", true);
	w.grey_date = format(w.book, "yyyy-mm-dd", true);
	fill(&w);
	lxw_error bad = workbook_close(w.book);
	off_t size = lseek(file, 0, SEEK_END);
	unsigned char *room = bad == LXW_NO_ERROR && size > 0 ? buf_room(out, (size_t)size) : NULL;
	if (room != NULL && pread(file, room, (size_t)size, 0) == size)
		e = OK;
	else
		log_warn("township: a template cannot be written: %s", lxw_strerror(bad));
done:
	if (file >= 0)
		close(file);
	return e;
}

/* --- CSV --- */

enum err template_csv(const struct catalogue_template *t, int32_t day, struct buf *out)
{
	char text[CELL_TEXT];
	buf_text(out, "\xef\xbb\xbf"); /* by which Excel knows UTF-8 */
	for (size_t i = 0; i < t->field_count; i++)
		if (heading_of(&t->field[i], text))
			buf_print(out, "\"%s\",", text);
	buf_text(out, "\"提示\"\r\n");
	for (size_t i = 0; i < t->field_count; i++) {
		if (t->field[i].type == FIELD_IMAGE)
			continue;
		example_of(t, i, day, text);
		buf_print(out, "\"%s\",", text);
	}
	buf_text(out, "\"" UPLOAD_EXAMPLE "\"\r\n");
	return buf_end(out);
}
