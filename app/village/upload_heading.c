#include "app/base/text.h"
#include "app/village/typed.h"
#include "app/village/upload_impl.h"

#include <stdio.h>
#include <string.h>

/* Columns that are no fields of a template: amounts in two columns, and the running balance. */
static const char *const in_words[] = {"收入", "收入金额", "收款", "收方", "借方", "借方金额"};
static const char *const out_words[] = {"支出", "支出金额", "付款", "付方", "贷方", "贷方金额"};
static const char *const balance_words[] = {"余额", "结余", "结存", "账面余额", "期末余额"};

void heading_words(const char *text, size_t len, struct buf *out)
{
	buf_clear(out);
	for (size_t at = 0; at < len;) {
		size_t from = at;
		uint32_t c = text_next(text, len, &at);
		if (c == '(' || c == 0xff08 || c == '[' || c == 0x3010)
			break;
		if (c == ' ' || c == '\n' || c == 0x3000 || c == 0xa0 || c == '*' || c == ':' ||
		    c == 0xff1a)
			continue;
		buf_add(out, text + from, at - from);
	}
}

static bool same_words(const char *heading, const char *label)
{
	struct buf words;
	buf_init(&words, 512);
	heading_words(label, strlen(label), &words);
	bool same = strcmp(buf_str(&words), heading) == 0;
	buf_free(&words);
	return same;
}

static bool field_called(const struct field *f, const char *heading)
{
	if (same_words(heading, f->label) || strcmp(heading, f->id) == 0)
		return true;
	for (int i = 0; i < CATALOGUE_ALIASES_MAX && f->alias[i] != NULL; i++)
		if (same_words(heading, f->alias[i]))
			return true;
	return false;
}

static bool one_of(const char *heading, const char *const *word, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(heading, word[i]) == 0)
			return true;
	return false;
}
#define ONE_OF(heading, words) one_of(heading, words, sizeof words / sizeof words[0])

static void forget(struct work *w)
{
	for (size_t i = 0; i < CATALOGUE_FIELDS_MAX; i++)
		w->column[i] = -1;
	w->in_column = w->out_column = w->balance_column = -1;
}

/* Sets the columns of one row taken as the heading; gives how many it knows. */
static size_t try_row(struct work *w, const struct cells_row *row)
{
	const struct catalogue_template *t = w->task->t;
	bool money = t->direction_field >= 0 && t->amount_field >= 0;
	size_t known = 0;
	forget(w);
	for (size_t c = 0; c < row->count; c++) {
		size_t i = 0;
		heading_words(row->cell[c].text, row->cell[c].len, &w->scratch);
		const char *heading = buf_str(&w->scratch);
		if (heading[0] == 0)
			continue;
		while (i < t->field_count && !field_called(&t->field[i], heading))
			i++;
		if (i < t->field_count && w->column[i] < 0)
			w->column[i] = (int)c;
		else if (money && w->in_column < 0 && ONE_OF(heading, in_words))
			w->in_column = (int)c;
		else if (money && w->out_column < 0 && ONE_OF(heading, out_words))
			w->out_column = (int)c;
		else if (money && w->balance_column < 0 && ONE_OF(heading, balance_words))
			w->balance_column = (int)c;
		else
			continue;
		known++;
	}
	return known;
}

/* What a required field may come from instead of its own column. */
static bool found_otherwise(const struct work *w, int field)
{
	const struct catalogue_template *t = w->task->t;
	bool two = w->in_column >= 0 && w->out_column >= 0;
	return two && (field == t->direction_field || field == t->amount_field);
}

bool upload_headings(struct work *w)
{
	size_t best = 0, at = 0, most = w->cells->count;
	if (most > UPLOAD_HEADING_ROWS)
		most = UPLOAD_HEADING_ROWS;
	for (size_t i = 0; i < most; i++) {
		size_t known = try_row(w, &w->cells->row[i]);
		if (known > best) {
			best = known;
			at = i;
		}
	}
	if (best < 2) {
		struct buf words;
		buf_init(&words, FINDING_WORDS - 1);
		for (size_t i = 0; i < w->task->t->field_count; i++)
			if (w->task->t->field[i].required)
				buf_print(&words, "%s%s", words.len > 0 ? "、" : "",
					  w->task->t->field[i].label);
		finding_whole(w, true, 0, "没有找到表头，要有一行写着每一列是什么",
			      buf_str(&words));
		buf_free(&words);
		return false;
	}
	w->heading = at;
	w->u->heading = w->cells->row[at].number;
	try_row(w, &w->cells->row[at]);
	for (size_t i = 0; i < w->task->t->field_count; i++) {
		const struct field *f = &w->task->t->field[i];
		if (f->required && w->column[i] < 0 && !found_otherwise(w, (int)i)) {
			char words[FINDING_WORDS];
			snprintf(words, sizeof words, "表头里少了“%.40s”这一列", f->label);
			finding_whole(w, true, w->u->heading, words, f->label);
		}
	}
	return w->u->errors == 0;
}
