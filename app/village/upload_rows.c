#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/village/check.h"
#include "app/village/money.h"
#include "app/village/typed.h"
#include "app/village/upload_impl.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum row_kind { ROW_BLANK, ROW_ENTRY, ROW_SUBTOTAL, ROW_TOTAL, ROW_OPENING, ROW_CLOSING, ROW_NOTE };

static const struct row_word {
	const char *word;
	enum row_kind kind;
} row_words[] = {
	{"小计", ROW_SUBTOTAL},     {"本页小计", ROW_SUBTOTAL}, {"本页合计", ROW_SUBTOTAL},
	{"合计", ROW_TOTAL},        {"本月合计", ROW_TOTAL},    {"本期合计", ROW_TOTAL},
	{"总计", ROW_TOTAL},        {"收支合计", ROW_TOTAL},    {"累计", ROW_NOTE},
	{"本年累计", ROW_NOTE},     {"本月累计", ROW_NOTE},     {"过次页", ROW_NOTE},
	{"上月结转", ROW_OPENING},  {"上年结转", ROW_OPENING},  {"期初余额", ROW_OPENING},
	{"上期结存", ROW_OPENING},  {"上月结存", ROW_OPENING},  {"上月余额", ROW_OPENING},
	{"承前页", ROW_OPENING},    {"期初", ROW_OPENING},      {"期末余额", ROW_CLOSING},
	{"本月结余", ROW_CLOSING},  {"期末结存", ROW_CLOSING},  {"本月余额", ROW_CLOSING},
	{UPLOAD_EXAMPLE, ROW_NOTE}, /* in the templates for download */
	{"结转下月", ROW_CLOSING},  {"月末余额", ROW_CLOSING},  {"期末", ROW_CLOSING},
};
static const char *const note_words[] = {"制表", "审核", "填表", "监督", "单位",   "备注", "注",
					 "说明", "负责", "会计", "出纳", "村务监", "公示"};

enum { ROW_WORD_BYTES = 60 };

static enum row_kind kind_of(struct work *w, const struct cells_row *row)
{
	const struct catalogue_template *t = w->task->t;
	bool blank = true;
	for (size_t c = 0; c < row->count; c++) {
		struct csv_cell cell = upload_cell(row, (int)c);
		if (cell.len == 0)
			continue;
		bool first = blank;
		blank = false;
		if ((unsigned char)cell.text[0] < 0x80 || (!first && cell.len > ROW_WORD_BYTES))
			continue; /* no such word begins with a figure or is as long */
		heading_words(cell.text, cell.len, &w->scratch);
		const char *s = buf_str(&w->scratch);
		for (size_t i = 0; i < sizeof row_words / sizeof row_words[0]; i++)
			if (strcmp(s, row_words[i].word) == 0)
				return row_words[i].kind;
		if (!first || upload_cell(row, upload_column(w, t->amount_field)).len > 0)
			continue;
		for (size_t i = 0; i < sizeof note_words / sizeof note_words[0]; i++)
			if (strncmp(s, note_words[i], strlen(note_words[i])) == 0)
				return ROW_NOTE;
	}
	return blank ? ROW_BLANK : ROW_ENTRY;
}

/* --- one row --- */

/* Keeps a wire form for this row; NULL ends in a text too long for any line. */
static void set_value(struct work *w, int field, const char *text, size_t len)
{
	if (field < 0 || len + 1 > VALUES_BYTES - w->values_used)
		return;
	char *at = w->values + w->values_used;
	memcpy(at, text, len);
	at[len] = 0;
	w->values_used += len + 1;
	w->value[field] = at;
}

static void set_number(struct work *w, int field, int64_t v)
{
	char digits[24];
	int n = snprintf(digits, sizeof digits, "%" PRId64, v);
	set_value(w, field, digits, (size_t)n);
}

static bool day_in_period(int32_t day, const char *period)
{
	int y = day / 10000, m = day / 100 % 100;
	char month[16], quarter[16], half[16], year[16];
	snprintf(month, sizeof month, "%04d-%02d", y, m);
	snprintf(quarter, sizeof quarter, "%04dQ%d", y, (m + 2) / 3);
	snprintf(half, sizeof half, "%04dH%d", y, m <= 6 ? 1 : 2);
	snprintf(year, sizeof year, "%04d", y);
	return strcmp(period, month) == 0 || strcmp(period, quarter) == 0 ||
	       strcmp(period, half) == 0 || strcmp(period, year) == 0 ||
	       strcmp(period, "once") == 0;
}

static void take_date(struct work *w, const struct cells_row *row, int field)
{
	const struct field *f = &w->task->t->field[field];
	struct csv_cell c = upload_cell(row, w->column[field]);
	char text[11], example[16];
	int32_t day;
	bool month = strlen(w->task->period) == 7;
	snprintf(example, sizeof example, "%s-05", month ? w->task->period : "2026-10");
	enum err e = typed_date(c.text, c.len, &day);
	if (e != OK) {
		finding_cell(w, true, finding_at(row, w->column[field]), f->label,
			     e == ERR_REFUSED ? "一年里有的日子" : "年-月-日", example);
		return;
	}
	clock_day_text(day, text);
	if (w->task->t->in_period && field == w->task->t->date_field &&
	    !day_in_period(day, w->task->period)) {
		char words[FINDING_WORDS];
		snprintf(words, sizeof words, "%.11s 里的日子，这张表是这一期的", w->task->period);
		finding_cell(w, true, finding_at(row, w->column[field]), f->label, words, example);
		return;
	}
	set_value(w, field, text, 10);
}

static void take_amount(struct work *w, const struct cells_row *row, int field)
{
	const struct field *f = &w->task->t->field[field];
	int64_t v;
	if (!upload_read_amount(w, row, w->column[field], f->label, &v))
		return;
	set_number(w, field, v);
	if (field != w->task->t->amount_field || w->task->t->direction_field < 0)
		return;
	if (v == 0)
		finding_cell(w, false, finding_at(row, w->column[field]), f->label,
			     "是 0 元，请核对", "");
	else if (v < 0)
		finding_cell(w, false, finding_at(row, w->column[field]), f->label,
			     "是负数。冲掉以前的一笔，请在摘要里写明冲的是哪笔", "");
}

/* Two amount columns in place of a direction: exactly one of them says something. */
static void take_two_columns(struct work *w, const struct cells_row *row)
{
	const struct catalogue_template *t = w->task->t;
	int64_t in = 0, out = 0;
	bool has_in = upload_cell(row, w->in_column).len > 0,
	     has_out = upload_cell(row, w->out_column).len > 0;
	if (has_in && !upload_read_amount(w, row, w->in_column, "收入", &in))
		return;
	if (has_out && !upload_read_amount(w, row, w->out_column, "支出", &out))
		return;
	if ((in != 0 && out != 0) || (!has_in && !has_out)) {
		finding_cell(w, true, finding_at(row, has_in ? w->out_column : w->in_column),
			     "收入、支出", "一行写一样：收入或者支出", "");
		return;
	}
	bool is_in = in != 0 || (out == 0 && has_in);
	set_value(w, t->direction_field, is_in ? "in" : "out", is_in ? 2 : 3);
	set_number(w, t->amount_field, is_in ? in : out);
}

static void take_choice(struct work *w, const struct cells_row *row, int field)
{
	const struct field *f = &w->task->t->field[field];
	struct csv_cell c = upload_cell(row, w->column[field]);
	struct buf words;
	int direction = field == w->task->t->direction_field ? typed_direction(c.text, c.len) : 0;
	if (direction != 0) {
		set_value(w, field, direction > 0 ? "in" : "out", direction > 0 ? 2 : 3);
		return;
	}
	for (int i = 0; i < CATALOGUE_CHOICES_MAX && f->choice[i] != NULL; i++) {
		const char *label = f->choice_label[i], *wire = f->choice[i];
		if ((strlen(wire) == c.len && memcmp(wire, c.text, c.len) == 0) ||
		    (label != NULL && strlen(label) == c.len &&
		     memcmp(label, c.text, c.len) == 0)) {
			set_value(w, field, wire, strlen(wire));
			return;
		}
	}
	buf_init(&words, FINDING_WORDS - 1);
	buf_text(&words, "只能写：");
	for (int i = 0; i < CATALOGUE_CHOICES_MAX && f->choice[i] != NULL; i++)
		buf_print(&words, "%s%s", i == 0 ? "" : "、",
			  f->choice_label[i] == NULL ? f->choice[i] : f->choice_label[i]);
	finding_cell(w, true, finding_at(row, w->column[field]), f->label, buf_str(&words),
		     f->choice_label[0] == NULL ? "" : f->choice_label[0]);
	buf_free(&words);
}

/* The chart of 2024 is the one at hand; rows of the system before it keep their code as it is. */
static void take_account(struct work *w, const struct cells_row *row, int field)
{
	const struct field *f = &w->task->t->field[field];
	struct csv_cell c = upload_cell(row, w->column[field]);
	char code[CHART_CODE_MAX + 1];
	int version = catalogue_field(w->task->t, "coa_version");
	struct csv_cell given = upload_cell(row, upload_column(w, version));
	bool old = (given.len == 4 && memcmp(given.text, "2004", 4) == 0) ||
		   (given.len == 0 && strncmp(w->task->period, "2024", 4) < 0);
	if (!old && chart_find(w->task->chart, c.text, c.len, code) == OK &&
	    strlen(code) <= f->max_chars) {
		set_value(w, field, code, strlen(code));
	} else if (old && c.len <= f->max_chars && c.len > 0 &&
		   strspn(c.text, "0123456789") >= c.len) {
		set_value(w, field, c.text, c.len);
	} else {
		finding_cell(w, true, finding_at(row, w->column[field]), f->label,
			     "科目代码或科目名称，要在会计科目表里", "513 管理费用");
		return;
	}
	if (version >= 0 && given.len == 0)
		set_value(w, version, old ? "2004" : "2024", 4);
}

static void take_text(struct work *w, const struct cells_row *row, int field)
{
	const struct field *f = &w->task->t->field[field];
	struct csv_cell c = upload_cell(row, w->column[field]);
	buf_clear(&w->scratch);
	if (f->type == FIELD_NAME_MASKED) {
		typed_mask_names(c.text, c.len, &w->scratch);
		w->u->masked +=
			w->scratch.len != c.len || memcmp(buf_str(&w->scratch), c.text, c.len) != 0;
	} else {
		buf_add(&w->scratch, c.text, c.len);
	}
	for (size_t i = 0; i < w->scratch.len; i++)
		if (w->scratch.p[i] == '\n')
			w->scratch.p[i] = ' ';
	const char *text = buf_str(&w->scratch);
	size_t chars = text_chars(text, w->scratch.len);
	size_t most = f->max_chars == 0 ? 300 : f->max_chars;
	if (chars > most) {
		char words[FINDING_WORDS];
		snprintf(words, sizeof words, "最多 %zu 个字，现在有 %zu 个", most, chars);
		finding_cell(w, true, finding_at(row, w->column[field]), f->label, words, "");
		return;
	}
	set_value(w, field, text, w->scratch.len);
}

static void take_number(struct work *w, const struct cells_row *row, int field)
{
	const struct field *f = &w->task->t->field[field];
	struct csv_cell c = upload_cell(row, w->column[field]);
	static const char *const counted[] = {"张", "份", "人", "户", "页"};
	int64_t v;
	for (size_t i = 0; i < sizeof counted / sizeof counted[0]; i++) {
		size_t n = strlen(counted[i]);
		if (c.len > n && memcmp(c.text + c.len - n, counted[i], n) == 0) {
			c.len -= n;
			break;
		}
	}
	if (f->type == FIELD_NUMBER && typed_amount(c.text, c.len, &v) == OK && v % 100 == 0 &&
	    v >= 0 && v <= INT64_C(999999900))
		set_number(w, field, v / 100);
	else if (f->type != FIELD_NUMBER && typed_hundredths(c.text, c.len, &v) == OK)
		set_number(w, field, v);
	else
		finding_cell(w, true, finding_at(row, w->column[field]), f->label,
			     f->type == FIELD_NUMBER ? "整数" : "数字，最多两位小数",
			     f->type == FIELD_NUMBER ? "3" : "1.25");
}

static void take_field(struct work *w, const struct cells_row *row, int field)
{
	const struct catalogue_template *t = w->task->t;
	const struct field *f = &t->field[field];
	if (upload_cell(row, w->column[field]).len == 0) {
		bool given = w->value[field] != NULL;
		if (f->required && !given)
			finding_cell(w, true, finding_at(row, w->column[field]), f->label,
				     "这一格不能空着", "");
		return;
	}
	if (field == t->account_field) {
		take_account(w, row, field);
		return;
	}
	switch (f->type) {
	case FIELD_DATE:
		take_date(w, row, field);
		break;
	case FIELD_FEN:
		take_amount(w, row, field);
		break;
	case FIELD_CHOICE:
		take_choice(w, row, field);
		break;
	case FIELD_AREA:
	case FIELD_PERCENT:
	case FIELD_NUMBER:
	case FIELD_QUANTITY:
		take_number(w, row, field);
		break;
	case FIELD_TEXT:
	case FIELD_NAME_MASKED:
	case FIELD_IMAGE:
		take_text(w, row, field);
		break;
	}
}

static void find_personal(struct work *w, const struct cells_row *row)
{
	static const char *const words[] = {
		[PERSONAL_ID] = "不能有身份证号",
		[PERSONAL_PHONE] = "不能有手机号",
		[PERSONAL_CARD] = "不能有银行卡号，最多写尾号 4 位",
		[PERSONAL_RUINED] =
			"长号码被表格软件当成了数，后几位已经丢了；不能有身份证号、卡号",
	};
	for (size_t c = 0; c < row->count; c++) {
		size_t at = 0, end = 0;
		enum typed_personal kind =
			typed_personal(row->cell[c].text, row->cell[c].len, &at, &end);
		if (kind == PERSONAL_NONE)
			continue;
		const char *label = "";
		for (size_t i = 0; i < w->task->t->field_count; i++)
			if (w->column[i] == (int)c)
				label = w->task->t->field[i].label;
		finding_cell(w, true, finding_at(row, (int)c), label, words[kind], "去掉号码");
	}
}

/* --- what the template wants of a row --- */

static void say_check(struct work *w, const struct cells_row *row, const struct check *c,
		      int64_t should)
{
	static const char *const usual[CHECK_KINDS] = {
		[CHECK_SUM] = "各项加起来是",       [CHECK_FLOW] = "期初加收入减支出是",
		[CHECK_PRODUCT] = "数量乘标准是",   [CHECK_MOST] = "要不少于",
		[CHECK_SHARE] = "至少要有",         [CHECK_ORDER] = "不能早于",
		[CHECK_CARRIED] = "上一期的期末是",
	};
	/* The cell to look at: the figure that is too small, or the one that does not fit. */
	int field = c->kind == CHECK_SHARE || c->kind == CHECK_CARRIED ? c->term[0] : c->result;
	const struct field *f = &w->task->t->field[field];
	char words[FINDING_WORDS], figure[RECORD_FIGURE_TEXT] = "";
	if (c->kind == CHECK_ORDER)
		snprintf(figure, sizeof figure, "%.24s", w->value[c->term[0]]);
	else
		record_figure(f, should, figure);
	snprintf(words, sizeof words, "%.120s %s", c->words[0] != 0 ? c->words : usual[c->kind],
		 figure);
	finding_cell(w, !c->warning, finding_at(row, w->column[field]), f->label, words, figure);
}

static void check_fields(struct work *w, const struct cells_row *row)
{
	const struct upload_task *task = w->task;
	for (size_t i = 0; i < task->t->check_count; i++) {
		const struct check *c = &task->t->check[i];
		int64_t should = 0;
		enum check_verdict v = CHECK_SILENT;
		if (c->kind != CHECK_CARRIED)
			v = check_row(task->t, c, w->value, &should);
		else if (task->earlier_len > 0 && task->earlier_len <= CARRIED_BYTES_MAX)
			v = check_carried(task->t, c, w->value, task->earlier, task->earlier_len,
					  &should);
		if (v == CHECK_FAILS)
			say_check(w, row, c, should);
	}
}

/* A formula that came to no value, in a column that is read. */
static bool formulas_hold(struct work *w, const struct cells_row *row)
{
	static const char *const wrong[] = {"#REF!",  "#VALUE!", "#N/A",  "#DIV/0!",
					    "#NAME?", "#NUM!",   "#NULL!"};
	bool hold = true;
	for (size_t i = 0; i < w->task->t->field_count; i++) {
		struct csv_cell c = upload_cell(row, w->column[i]);
		bool bad = c.len > 1 && c.text[0] == '=';
		for (size_t j = 0; !bad && j < sizeof wrong / sizeof wrong[0]; j++)
			bad = c.len == strlen(wrong[j]) && memcmp(c.text, wrong[j], c.len) == 0;
		if (!bad)
			continue;
		hold = false;
		finding_cell(w, true, finding_at(row, w->column[i]), w->task->t->field[i].label,
			     c.text[0] == '=' ? "公式没有存下结果，请在表格软件里打开、保存一次"
					      : "公式算错了，请把数直接写进去",
			     "");
	}
	if (!hold)
		w->balance_known = false;
	return hold;
}

static enum err take_row(struct work *w, const struct cells_row *row)
{
	const struct catalogue_template *t = w->task->t;
	w->bad = false;
	w->values_used = 0;
	for (size_t i = 0; i < t->field_count; i++)
		w->value[i] = NULL;
	find_personal(w, row);
	if (!formulas_hold(w, row))
		return OK;
	if (w->in_column >= 0 && w->out_column >= 0 && upload_column(w, t->amount_field) < 0)
		take_two_columns(w, row);
	for (size_t i = 0; i < t->field_count; i++)
		if (w->column[i] >= 0)
			take_field(w, row, (int)i);
	if (!w->bad)
		check_fields(w, row);
	if (w->bad) {
		w->balance_known = false;
		return OK;
	}
	int direction = t->direction_field, voucher = t->voucher_field;
	if (direction >= 0 && voucher >= 0 && w->value[voucher] == NULL &&
	    strcmp(w->value[direction], "out") == 0)
		finding_cell(w, false, finding_at(row, w->column[voucher]), t->field[voucher].label,
			     "支出没有凭证号，会照实写“没有凭证”", "记-1015-01");
	upload_count(w, row);
	enum err e = upload_take_line(w, row->number);
	if (e == OK)
		audit_row(w, row);
	return e;
}

enum err upload_rows(struct work *w)
{
	for (size_t i = w->heading + 1; i < w->cells->count; i++) {
		const struct cells_row *row = &w->cells->row[i];
		enum row_kind kind = kind_of(w, row);
		enum err e = OK;
		if (kind == ROW_BLANK)
			continue;
		if (kind == ROW_ENTRY)
			e = take_row(w, row);
		else
			w->u->left_out++;
		if (kind == ROW_TOTAL || kind == ROW_SUBTOTAL)
			upload_check_total(w, row, kind == ROW_SUBTOTAL);
		if (kind == ROW_SUBTOTAL)
			w->part = (struct upload_sums){0};
		if (kind == ROW_OPENING)
			upload_opening(w, row);
		if (kind == ROW_CLOSING)
			upload_closing(w, row);
		if (e != OK)
			return e == ERR_REFUSED ? OK : e;
	}
	audit_end(w);
	w->u->in_fen = w->all.in;
	w->u->out_fen = w->all.out;
	if (!w->u->has_closing && w->balance_known) {
		w->u->has_closing = true;
		w->u->closing_fen = w->balance;
	}
	return OK;
}
