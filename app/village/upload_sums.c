#include "app/village/money.h"
#include "app/village/typed.h"
#include "app/village/upload_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELL_AMOUNT = 200 };

/* The cell of a column without the spaces around it; empty when there is none. */
struct csv_cell upload_cell(const struct cells_row *row, int column)
{
	struct csv_cell c = {"", 0};
	if (column >= 0 && (size_t)column < row->count)
		c = row->cell[column];
	typed_trim(&c.text, &c.len);
	return c;
}

int upload_column(const struct work *w, int field)
{
	return field < 0 ? -1 : w->column[field];
}

/* --- units --- */

static bool has(struct csv_cell c, const char *word)
{
	return memmem(c.text, c.len, word, strlen(word)) != NULL;
}

static enum upload_unit unit_of(const struct work *w, int column)
{
	return column < 0 ? UNIT_NONE : (enum upload_unit)w->unit[column];
}

/* Why a cell's own unit cannot stand under this heading; NULL when it can. */
static const char *unit_mixed(const struct work *w, int column, struct csv_cell c)
{
	bool wan = has(c, "万") || has(c, "萬"), yuan = has(c, "元") || has(c, "圆");
	if (unit_of(w, column) == UNIT_WAN && (wan || yuan))
		return "这一列的单位是万元，格子里只写数，不要再写元、万元";
	if (unit_of(w, column) == UNIT_YUAN && wan && !yuan && !has(c, "整"))
		return "这一列的单位是元，这一格写的是万元";
	return NULL;
}

/* An amount in the unit of its column. */
static enum err unit_amount(const struct work *w, int column, struct csv_cell c, int64_t *out)
{
	char text[CELL_AMOUNT];
	if (SEEDED_BUG == 33 || unit_of(w, column) != UNIT_WAN)
		return typed_amount(c.text, c.len, out);
	if (c.len + sizeof "万" > sizeof text)
		return ERR_CORRUPT;
	memcpy(text, c.text, c.len);
	memcpy(text + c.len, "万", sizeof "万");
	return typed_amount(text, strlen(text), out);
}

static const char *amount_words(enum err e)
{
	if (e == ERR_REFUSED)
		return "最多到分，两位小数";
	return e == ERR_FULL ? "数太大了，请看看是不是多打了零" : "数字，三位一个逗号";
}

bool upload_read_amount(struct work *w, const struct cells_row *row, int column, const char *label,
			int64_t *v)
{
	struct csv_cell c = upload_cell(row, column);
	const char *mixed = unit_mixed(w, column, c);
	enum err e = unit_amount(w, column, c, v);
	if (mixed != NULL) {
		finding_cell(w, true, finding_at(row, column), label, mixed,
			     unit_of(w, column) == UNIT_WAN ? "1.2865" : "12,865.00");
		return false;
	}
	if (e != OK)
		finding_cell(w, true, finding_at(row, column), label, amount_words(e), "12,865.00");
	return e == OK;
}

static int64_t number_of(const struct work *w, int field)
{
	const char *s = field < 0 || w->value[field] == NULL ? "0" : w->value[field];
	return strtoll(s, NULL, 10); /* written by set_number */
}

/* --- sums --- */

static void wrong_sum(struct work *w, const struct cells_row *row, int column, const char *what,
		      int64_t should)
{
	char words[FINDING_WORDS], money[MONEY_TEXT];
	money_exact(should, money);
	snprintf(words, sizeof words, "%s %s", what, money);
	finding_cell(w, true, finding_at(row, column), "合计", words, money);
}

static bool amount_in(const struct work *w, const struct cells_row *row, int column, int64_t *out)
{
	struct csv_cell c = upload_cell(row, column);
	return c.len > 0 && unit_amount(w, column, c, out) == OK;
}

void upload_check_total(struct work *w, const struct cells_row *row, bool part)
{
	const struct catalogue_template *t = w->task->t;
	const struct upload_sums *s = part ? &w->part : &w->all;
	int amount = upload_column(w, t->amount_field), at = upload_column(w, t->direction_field);
	int64_t v;
	if (w->u->errors > 0 || t->direction_field < 0) /* to be checked when the rows are right */
		return;
	if (amount_in(w, row, w->in_column, &v) && v != s->in)
		wrong_sum(w, row, w->in_column, "上面的收入加起来是", s->in);
	if (amount_in(w, row, w->out_column, &v) && v != s->out)
		wrong_sum(w, row, w->out_column, "上面的支出加起来是", s->out);
	if (!amount_in(w, row, amount, &v))
		return;
	struct csv_cell d = upload_cell(row, at);
	int direction = typed_direction(d.text, d.len);
	if (direction > 0 && v != s->in)
		wrong_sum(w, row, amount, "上面的收入加起来是", s->in);
	else if (direction < 0 && v != s->out)
		wrong_sum(w, row, amount, "上面的支出加起来是", s->out);
	else if (direction == 0 && v != s->in && v != s->out && v != s->all && v != s->in - s->out)
		wrong_sum(w, row, amount, "上面的加起来是", s->all);
}

/* The figure of an opening or closing line: the balance, else the first amount of the row. */
static bool line_amount(const struct work *w, const struct cells_row *row, int *column, int64_t *v)
{
	const int candidate[] = {w->balance_column, upload_column(w, w->task->t->amount_field),
				 w->in_column, w->out_column};
	for (size_t i = 0; i < sizeof candidate / sizeof candidate[0]; i++) {
		*column = candidate[i];
		if (amount_in(w, row, candidate[i], v))
			return true;
	}
	return false;
}

void upload_opening(struct work *w, const struct cells_row *row)
{
	int column;
	int64_t v;
	if (!line_amount(w, row, &column, &v))
		return;
	if (!w->u->has_opening && w->u->rows == 0) {
		w->u->has_opening = true;
		w->u->opening_fen = v;
	}
	w->balance_known = true;
	w->balance = v;
}

void upload_closing(struct work *w, const struct cells_row *row)
{
	int column;
	int64_t v;
	if (!line_amount(w, row, &column, &v))
		return;
	w->u->has_closing = true;
	w->u->closing_fen = v;
	if (w->u->errors == 0 && w->balance_known && v != w->balance)
		wrong_sum(w, row, column, "期初加收入减支出是", w->balance);
}

/* After a row that is right: sums, and the running balance beside it. */
void upload_count(struct work *w, const struct cells_row *row)
{
	const struct catalogue_template *t = w->task->t;
	int64_t v = number_of(w, t->amount_field), stated;
	if (t->direction_field >= 0) {
		bool in = strcmp(w->value[t->direction_field], "in") == 0;
		w->part.in += in ? v : 0;
		w->part.out += in ? 0 : v;
		w->all.in += in ? v : 0;
		w->all.out += in ? 0 : v;
		w->balance += in ? v : -v;
	}
	w->part.all += v;
	w->all.all += v;
	if (!amount_in(w, row, w->balance_column, &stated))
		return;
	if (w->balance_known && stated != w->balance)
		wrong_sum(w, row, w->balance_column, "上一行的余额加收减支是", w->balance);
	if (!w->balance_known && !w->u->has_opening && w->u->rows == 0) {
		w->u->has_opening = true; /* the first row's balance tells what was there before */
		w->u->opening_fen = stated - w->all.in + w->all.out;
	}
	w->balance = stated;
	w->balance_known = true;
}
