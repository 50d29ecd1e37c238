#include "app/base/text.h"
#include "app/village/typed.h"
#include "app/village/upload_impl.h"

#include <stdio.h>
#include <string.h>

/* Columns that are no fields of a template: amounts in two columns, and the running balance. */
static const char *const in_words[] = {"收入", "收入金额", "收款", "收方", "借方", "借方金额"};
static const char *const out_words[] = {"支出", "支出金额", "付款", "付方", "贷方", "贷方金额"};
static const char *const balance_words[] = {"余额", "结余", "结存", "账面余额", "期末余额"};

/* A unit of money at the beginning of a text. */
static enum upload_unit unit_at(const char *text, size_t len)
{
	static const struct {
		const char *word;
		enum upload_unit unit;
	} known[] = {{"人民币万元", UNIT_WAN}, {"人民币元", UNIT_YUAN}, {"万元", UNIT_WAN},
		     {"元", UNIT_YUAN},        {"千元", UNIT_OTHER},    {"百元", UNIT_OTHER},
		     {"百万元", UNIT_OTHER},   {"亿元", UNIT_OTHER},    {"角", UNIT_OTHER},
		     {"分", UNIT_OTHER}};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		size_t n = strlen(known[i].word);
		if (len >= n && memcmp(text, known[i].word, n) == 0)
			return known[i].unit;
	}
	return UNIT_NONE;
}

/* The unit in brackets or behind a stroke: 金额（万元）, 单价（元/亩）. */
static enum upload_unit unit_of_heading(const char *text, size_t len)
{
	enum upload_unit found = UNIT_NONE;
	for (size_t at = 0; at < len && found == UNIT_NONE;) {
		uint32_t c = text_next(text, len, &at);
		if (c == '(' || c == 0xff08 || c == '[' || c == 0x3010 || c == '/' || c == 0xff0f ||
		    c == ':' || c == 0xff1a)
			found = unit_at(text + at, len - at);
	}
	return found;
}

/* 单位：万元 in a line above the heading; 单位：示范一村 is no unit. */
static enum upload_unit unit_above(const struct work *w)
{
	static const char word[] = "单位";
	enum upload_unit found = UNIT_NONE;
	for (size_t i = 0; i < w->heading; i++) {
		const struct cells_row *row = &w->cells->row[i];
		for (size_t c = 0; c < row->count && found == UNIT_NONE; c++) {
			const char *p = row->cell[c].text, *end = p + row->cell[c].len;
			while (p < end && found == UNIT_NONE) {
				p = memmem(p, (size_t)(end - p), word, sizeof word - 1);
				if (p == NULL)
					break;
				p += sizeof word - 1;
				size_t at = 0, left = (size_t)(end - p);
				uint32_t mark = left > 0 ? text_next(p, left, &at) : 0;
				while (at < left && p[at] == ' ')
					at++;
				if (mark == ':' || mark == 0xff1a)
					found = unit_at(p + at, left - at);
			}
		}
	}
	return found;
}

void heading_words(const char *text, size_t len, struct buf *out)
{
	buf_clear(out);
	for (size_t at = 0; at < len;) {
		size_t from = at;
		uint32_t c = text_next(text, len, &at);
		if (c == '(' || c == 0xff08 || c == '[' || c == 0x3010)
			break;
		if ((c == '/' || c == 0xff0f) && unit_at(text + at, len - at) != UNIT_NONE)
			break; /* 金额/万元 */
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

/* The row that knows most columns. */
static size_t find_heading(struct work *w, size_t *at)
{
	size_t best = 0, most = w->cells->count;
	if (most > UPLOAD_HEADING_ROWS)
		most = UPLOAD_HEADING_ROWS;
	for (size_t i = 0; i < most; i++) {
		size_t known = try_row(w, &w->cells->row[i]);
		if (known > best) {
			best = known;
			*at = i;
		}
	}
	return best;
}

size_t upload_known(struct work *w)
{
	size_t at = 0;
	return find_heading(w, &at);
}

/* A column of amounts gets its unit; two that disagree are told. */
static void set_unit(struct work *w, int column, enum upload_unit above)
{
	if (column < 0)
		return;
	const struct cells_row *row = &w->cells->row[w->heading];
	enum upload_unit own = unit_of_heading(row->cell[column].text, row->cell[column].len);
	w->unit[column] = (unsigned char)(own == UNIT_NONE ? above : own);
	if (own == UNIT_OTHER || (own == UNIT_NONE && above == UNIT_OTHER))
		finding_cell(w, true, finding_at(row, column), "单位", "金额的单位只能是元或者万元",
			     "金额（元）");
	else if (own != UNIT_NONE && above != UNIT_NONE && own != above)
		finding_cell(w, true, finding_at(row, column), "单位",
			     "表头上面写的单位和这一列写的不一样，请改成一样", "金额（元）");
}

/* 万元 in one column and nothing in the next may be meant or forgotten. */
static void find_units(struct work *w)
{
	enum upload_unit above = unit_above(w);
	int column[CATALOGUE_FIELDS_MAX + 3];
	size_t count = 0, wan = 0, none = 0;
	for (size_t i = 0; i < w->task->t->field_count; i++)
		if (w->task->t->field[i].type == FIELD_FEN)
			column[count++] = w->column[i];
	column[count++] = w->in_column;
	column[count++] = w->out_column;
	column[count++] = w->balance_column;
	for (size_t i = 0; i < count; i++) {
		set_unit(w, column[i], above);
		if (column[i] >= 0) {
			wan += w->unit[column[i]] == UNIT_WAN;
			none += w->unit[column[i]] == UNIT_NONE;
		}
	}
	if (wan > 0 && none > 0)
		finding_whole(w, true, w->u->heading,
			      "有的金额列写了万元，有的没写单位，请每一列都写明单位",
			      "收入（万元）");
}

static bool names(const char *sheet, const char *word, const char *not_before)
{
	for (const char *p = sheet; (p = strstr(p, word)) != NULL; p += strlen(word)) {
		size_t n = strlen(not_before);
		bool more = p > sheet && p[-1] >= '0' && p[-1] <= '9';
		if (n > 0 && (size_t)(p - sheet) >= n)
			more = more || memcmp(p - n, not_before, n) == 0;
		if (!more)
			return true;
	}
	return false;
}

bool upload_named(const char *sheet, const char *period)
{
	static const char *const number[] = {"",   "一", "二", "三", "四",   "五",  "六",
					     "七", "八", "九", "十", "十一", "十二"};
	char word[32];
	size_t len = strlen(period);
	if (len == 4)
		return strstr(sheet, period) != NULL;
	int n = len == 6   ? period[5] - '0'
		: len == 7 ? (period[5] - '0') * 10 + period[6] - '0'
			   : 0;
	if (n < 1 || n > 12)
		return false;
	if (len == 6 && period[4] == 'H')
		return strstr(sheet, n == 1 ? "上半年" : "下半年") != NULL;
	const char *unit = len == 6 ? "季度" : "月";
	snprintf(word, sizeof word, "%d%s", n, unit);
	if (names(sheet, word, ""))
		return true;
	snprintf(word, sizeof word, "0%d%s", n, unit);
	if (names(sheet, word, ""))
		return true;
	snprintf(word, sizeof word, "%s%s", number[n], unit);
	if (names(sheet, word, "十"))
		return true;
	snprintf(word, sizeof word, "%.4s%.2s", period, period + 5);
	return len == 7 && (strstr(sheet, period) != NULL || strstr(sheet, word) != NULL);
}

bool upload_headings(struct work *w)
{
	size_t at = 0, best = find_heading(w, &at);
	if (best < UPLOAD_KNOWN_LEAST) {
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
	find_units(w);
	return w->u->errors == 0;
}
