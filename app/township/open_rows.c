#include "app/township/open_rows.h"

#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/village/money.h"
#include "app/village/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool next_line(const struct buf *rows, size_t *at, const char **line, size_t *len)
{
	if (*at >= rows->len)
		return false;
	*line = (const char *)rows->p + *at;
	const char *feed = memchr(*line, '\n', rows->len - *at);
	*len = feed == NULL ? rows->len - *at : (size_t)(feed - *line);
	*at += *len + 1;
	return true;
}

static void used_fields(const struct catalogue_template *t, const struct buf *rows,
			bool used[CATALOGUE_FIELDS_MAX])
{
	struct buf b;
	const char *line;
	size_t len;
	buf_init(&b, RECORD_LINE_MAX);
	for (size_t at = 0; next_line(rows, &at, &line, &len);)
		for (size_t i = 0; i < t->field_count; i++) {
			buf_clear(&b);
			if (!used[i] && !t->field[i].hidden)
				used[i] =
					record_field(t, line, len, t->field[i].id, &b) && b.len > 0;
		}
	buf_free(&b);
}

static bool is_figure(const struct field *f)
{
	return f->type == FIELD_FEN || f->type == FIELD_AREA || f->type == FIELD_NUMBER ||
	       f->type == FIELD_QUANTITY || f->type == FIELD_PERCENT;
}

static void cell(struct html *h, const struct catalogue_template *t, size_t i, const char *line,
		 size_t len, struct buf *b)
{
	buf_clear(b);
	(void)record_field(t, line, len, t->field[i].id, b);
	if (is_figure(&t->field[i]))
		html_raw(h, "<td class=\"n\">");
	else
		html_raw(h, "<td>");
	html_text(h, buf_str(b));
	html_raw(h, "</td>");
}

/* Whether a field of a row that stands beside others says exactly this. */
static bool says(const struct catalogue_template *t, const char *line, size_t len,
		 const char *field, const char *what, struct buf *b)
{
	buf_clear(b);
	return record_field(t, line, len, field, b) && strcmp(buf_str(b), what) == 0;
}

/* 问 … 答 …: below the row they are about; across so many columns of a table, or 0: in a list. */
static void asked_shown(struct html *h, const struct open_beside *s,
			const struct catalogue_template *about, const struct record *row,
			size_t columns)
{
	const char *line;
	size_t len;
	struct buf b;
	buf_init(&b, RECORD_LINE_MAX);
	for (size_t at = 0; next_line(s->rows, &at, &line, &len);) {
		struct record r;
		if (memmem(line, len, row->id, strlen(row->id)) == NULL ||
		    record_read(s->t, line, len, &r) != OK ||
		    !says(s->t, line, len, ABOUT_ROW, row->id, &b) ||
		    !says(s->t, line, len, ABOUT_TEMPLATE, about->id, &b) ||
		    !says(s->t, line, len, ABOUT_PERIOD, s->period, &b))
			continue;
		if (columns > 0) {
			html_raw(h, "<tr class=\"asked\"><td");
			html_attr_number(h, "colspan", (int64_t)columns);
			html_raw(h, "><div>");
		} else {
			html_raw(h, "<li class=\"asked\"><div>");
		}
		html_raw(h, "<p><b>问</b> ");
		buf_clear(&b);
		(void)record_field(s->t, line, len, ABOUT_QUESTION, &b);
		html_text(h, buf_str(&b));
		html_raw(h, "</p><p><b>答</b> ");
		buf_clear(&b);
		(void)record_field(s->t, line, len, ABOUT_ANSWER, &b);
		html_text(h, buf_str(&b));
		html_raw(h, "</p><p class=\"cap\">");
		html_text(h, r.party);
		html_raw(h, " · ");
		html_day(h, r.day);
		html_raw(h, "</p></div>");
		if (columns > 0)
			html_raw(h, "</td></tr>");
		else
			html_raw(h, "</li>");
	}
	buf_free(&b);
}

/* Small ones, each a way to the whole; under the row, where no wide table hides them. */
static void pictures(struct html *h, const char *line, size_t len, size_t columns)
{
	struct hash page[RECORD_ATTACH_MAX];
	char hex[2 * HASH_BYTES + 1], address[96], words[32];
	size_t count;
	if (record_attach(line, len, page, &count) != OK || count == 0)
		return;
	html_raw(h, "<tr class=\"pics\"><td");
	html_attr_number(h, "colspan", (int64_t)columns);
	html_raw(h, ">凭证、照片 ");
	for (size_t i = 0; i < count; i++) {
		text_hex(page[i].b, HASH_BYTES, hex);
		snprintf(address, sizeof address, "/open/blob/%s.jpg", hex);
		snprintf(words, sizeof words, "第 %zu 张", i + 1);
		html_raw(h, "<a");
		html_attr(h, "href", address);
		html_raw(h, "><img loading=\"lazy\" width=\"64\" height=\"64\"");
		html_attr(h, "src", address);
		html_attr(h, "alt", words);
		html_raw(h, "></a>");
	}
	html_raw(h, "</td></tr>");
}

void open_rows_shown(struct html *h, const struct catalogue_template *t, const struct buf *rows,
		     const struct open_beside *beside)
{
	bool used[CATALOGUE_FIELDS_MAX] = {false};
	struct buf b;
	const char *line;
	size_t len, columns = 0;
	struct record r;
	used_fields(t, rows, used);
	buf_init(&b, RECORD_LINE_MAX);
	html_raw(h, "<div class=\"wide\"><table><thead><tr>");
	for (size_t i = 0; i < t->field_count; i++) {
		if (!used[i])
			continue;
		columns++;
		html_raw(h, "<th scope=\"col\">");
		html_text(h, t->field[i].label);
		if (t->field[i].type == FIELD_FEN)
			html_raw(h, "（元）");
		html_raw(h, "</th>");
	}
	html_raw(h, "</tr></thead><tbody>");
	for (size_t at = 0; next_line(rows, &at, &line, &len);) {
		html_raw(h, "<tr>");
		for (size_t i = 0; i < t->field_count; i++)
			if (used[i])
				cell(h, t, i, line, len, &b);
		html_raw(h, "</tr>");
		pictures(h, line, len, columns);
		if (beside->t != NULL && record_read(t, line, len, &r) == OK)
			asked_shown(h, beside, t, &r, columns);
	}
	html_raw(h, "</tbody></table></div>");
	buf_free(&b);
}

/* --- as the touch screen lists them --- */

struct listed {
	int32_t day;
	size_t at, len;
};

static int newest_first(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;
	if (x->day != y->day)
		return x->day < y->day ? 1 : -1;
	return x->at < y->at ? 1 : -1;
}

/* 看凭证 1 2 3: the pictures of a row, each by itself. */
static bool picture_links(struct html *h, const struct record *r)
{
	struct hash page[RECORD_ATTACH_MAX];
	char address[24 + 2 * HASH_BYTES] = "/open/blob/";
	size_t count, at = strlen(address);
	if (r->attach_count == 0 || record_attach(r->line, r->line_len, page, &count) != OK)
		return false;
	for (size_t i = 0; i < count; i++) {
		text_hex(page[i].b, HASH_BYTES, address + at);
		snprintf(address + at + (size_t)2 * HASH_BYTES, 8, ".jpg");
		html_raw(h, "<a class=\"lk\"");
		html_attr(h, "href", address);
		html_raw(h, ">看凭证");
		if (count > 1) {
			html_raw(h, " ");
			html_number(h, (int64_t)i + 1);
		}
		html_raw(h, "</a> ");
	}
	return true;
}

static void voucher(struct html *h, const struct record *r)
{
	if (picture_links(h, r))
		return;
	if (r->attachments > 0) {
		html_raw(h, "凭证 ");
		html_number(h, r->attachments);
		html_raw(h, " 张");
	} else if (r->voucher[0] != 0) {
		html_raw(h, "凭证号 ");
		html_text(h, r->voucher);
	} else if (r->direction < 0) {
		html_raw(h, "<em>没有凭证</em>");
	}
}

static void list_row(struct html *h, const struct record *r)
{
	char day[8], amount[MONEY_TEXT];
	if (r->direction > 0)
		html_raw(h, "<li><b class=\"s i\">收</b><span class=\"w\">");
	else
		html_raw(h, "<li><b class=\"s e\">支</b><span class=\"w\">");
	html_text(h, r->title);
	snprintf(day, sizeof day, "%02d-%02d", r->day / 100 % 100, r->day % 100);
	html_raw(h, "<small>");
	html_text(h, day);
	html_raw(h, " · ");
	voucher(h, r);
	if (r->direction > 0)
		html_raw(h, "</small></span><b class=\"m i\">");
	else
		html_raw(h, "</small></span><b class=\"m e\">");
	html_text(h, money_signed(r->direction < 0 ? -r->amount_fen : r->amount_fen, amount));
	html_raw(h, "</b></li>");
}

void open_rows_listed(struct html *h, const struct catalogue_template *t, const struct buf *rows,
		      const struct open_beside *beside)
{
	const char *line;
	size_t len, count = 0, lines = 0;
	struct record r;
	for (size_t i = 0; i < rows->len; i++)
		lines += rows->p[i] == '\n';
	struct listed *row = calloc(lines + 1, sizeof *row);
	if (row == NULL)
		return;
	for (size_t at = 0, from = 0; next_line(rows, &at, &line, &len) && count < lines; from = at)
		if (record_read(t, line, len, &r) == OK)
			row[count++] = (struct listed){r.day, from, len};
	qsort(row, count, sizeof *row, newest_first);
	html_raw(h, "<ol class=\"led\">");
	for (size_t i = 0; i < count; i++)
		if (record_read(t, (const char *)rows->p + row[i].at, row[i].len, &r) == OK) {
			list_row(h, &r);
			if (beside->t != NULL)
				asked_shown(h, beside, t, &r, 0);
		}
	html_raw(h, "</ol>");
	free(row);
}

/* Quotes always; a leading sign that a spreadsheet would run is kept from running. */
static void put_cell(struct buf *out, const char *text)
{
	buf_text(out, strchr("=+-@\t", text[0]) != NULL && text[0] != 0 ? "\"'" : "\"");
	for (const char *p = text; *p != 0; p++) {
		if (*p == '"')
			buf_text(out, "\"");
		buf_add(out, p, 1);
	}
	buf_text(out, "\"");
}

enum err open_rows_csv(const struct catalogue_template *t, const struct buf *rows, struct buf *out)
{
	struct buf b;
	const char *line;
	size_t len;
	buf_init(&b, RECORD_LINE_MAX);
	buf_text(out, "\xef\xbb\xbf");
	for (size_t i = 0; i < t->field_count; i++) {
		buf_text(out, i > 0 ? "," : "");
		put_cell(out, t->field[i].label);
	}
	buf_text(out, "\r\n");
	for (size_t at = 0; next_line(rows, &at, &line, &len);) {
		for (size_t i = 0; i < t->field_count; i++) {
			buf_clear(&b);
			(void)record_field(t, line, len, t->field[i].id, &b);
			buf_text(out, i > 0 ? "," : "");
			/* Figures without commas or quotes: a spreadsheet adds them up. */
			if (is_figure(&t->field[i]))
				for (size_t k = 0; k < b.len; k++)
					buf_add(out, b.p + k, b.p[k] != ',');
			else
				put_cell(out, buf_str(&b));
		}
		buf_text(out, "\r\n");
	}
	buf_free(&b);
	return buf_end(out);
}

enum err open_rows_json(const struct catalogue_template *t, const char *place, const char *period,
			const struct buf *rows, struct buf *out)
{
	const char *line;
	size_t len, n = 0;
	/* Ids of places, templates and periods hold no character that JSON would escape. */
	buf_print(out, "{\"place\":\"%s\",\"template\":\"%s\",\"period\":\"%s\",\"rows\":[\n",
		  place, t->id, period);
	for (size_t at = 0; next_line(rows, &at, &line, &len);) {
		buf_text(out, n++ > 0 ? ",\n" : "");
		buf_add(out, line, len);
	}
	buf_text(out, "\n]}\n");
	return buf_end(out);
}

const char *open_type_words(const struct field *f)
{
	switch (f->type) {
	case FIELD_TEXT:
		return "文字";
	case FIELD_DATE:
		return "日期，年-月-日";
	case FIELD_FEN:
		return "钱，JSON 里单位是分，表格里是元";
	case FIELD_AREA:
		return "面积，JSON 里是百分之一亩，表格里是亩";
	case FIELD_PERCENT:
		return "百分数，JSON 里是百分之一";
	case FIELD_NUMBER:
		return "整数";
	case FIELD_QUANTITY:
		return "数量，JSON 里是百分之一";
	case FIELD_NAME_MASKED:
		return "人名或单位，人名遮住一个字";
	case FIELD_CHOICE:
		return "几样里的一样";
	case FIELD_IMAGE:
		return "图片";
	}
	return "";
}
