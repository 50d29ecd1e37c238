#include "app/township/upload_shown.h"

#include "app/base/text.h"
#include "app/store/township/staff.h"
#include "app/township/drafts_shown.h"
#include "app/village/typed.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void fix_name(size_t row, size_t column, char out[32])
{
	snprintf(out, 32, "c%zu.%zu", row, column);
}

bool fix_name_read(const char *name, size_t *row, size_t *column)
{
	int64_t r, c;
	const char *dot = strchr(name, '.');
	if (name[0] != 'c' || dot == NULL || !text_number(name + 1, (size_t)(dot - name - 1), &r) ||
	    !text_number(dot + 1, strlen(dot + 1), &c) || r < 1 || r > CSV_ROWS_MAX || c < 1 ||
	    c > CSV_COLUMNS_MAX)
		return false;
	*row = (size_t)r;
	*column = (size_t)c;
	return true;
}

bool fix_value(const struct csv_cell *cell, char out[CORRECTION_MAX + 1])
{
	const char *text = cell->text;
	size_t len = cell->len, n = 0, at = 0, end = 0, from = 0;
	out[0] = 0;
	typed_trim(&text, &len);
	if (len > CORRECTION_MAX)
		return false;
	while (typed_personal(text, len, &at, &end) != PERSONAL_NONE) {
		memcpy(out + n, text + from, at - from);
		n += at - from;
		from = at = end;
	}
	memcpy(out + n, text + from, len - from);
	n += len - from;
	for (size_t i = 0; i < n; i++)
		if (out[i] == '\n' || out[i] == '\t')
			out[i] = ' ';
	text = out;
	typed_trim(&text, &n);
	memmove(out, text, n);
	out[n] = 0;
	return true;
}

const struct csv_cell *fix_cell(const struct cells *cells, size_t row, size_t column)
{
	static const struct csv_cell empty = {"", 0};
	for (size_t i = 0; i < cells->count; i++)
		if (cells->row[i].number == row)
			return column <= cells->row[i].count ? &cells->row[i].cell[column - 1]
							     : &empty;
	return NULL;
}

/* --- findings, each with its input --- */

static bool shown_before(const struct upload *u, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (u->finding[j].row == u->finding[i].row &&
		    u->finding[j].column == u->finding[i].column)
			return true;
	return false;
}

/* True when an input was written. */
static bool input(struct visit *v, const struct upload_work *w, size_t i, size_t inputs)
{
	struct html *h = &v->h;
	const struct finding *f = &w->u->finding[i];
	char name[32], place[16], label[96], value[CORRECTION_MAX + 1];
	const struct csv_cell *cell =
		f->row == 0 || f->column == 0 ? NULL : fix_cell(&w->cells, f->row, f->column);
	if (cell == NULL) {
		html_raw(h, "—");
	} else if (shown_before(w->u, i)) {
		html_raw(h, "<span class=\"cap\">同一格，改上面那个</span>");
	} else if (inputs >= FIX_CELLS_MAX) {
		html_raw(h, "<span class=\"cap\">先改前面的</span>");
	} else if (!fix_value(cell, value)) {
		html_raw(h, "<span class=\"cap\">太长，请在文件里改</span>");
	} else {
		fix_name(f->row, f->column, name);
		finding_place(f, place);
		snprintf(label, sizeof label, "%s %s 改成", place, f->label);
		html_raw(h, "<input class=\"in fix\"");
		html_attr(h, "name", name);
		html_attr(h, "value", value);
		html_attr(h, "aria-label", label);
		html_raw(h, " maxlength=\"200\" autocomplete=\"off\">");
		return true;
	}
	return false;
}

static void finding_row(struct visit *v, const struct finding *f)
{
	struct html *h = &v->h;
	char place[16];
	finding_place(f, place);
	if (f->error)
		html_raw(h, "<tr class=\"bad-row\"><td><b class=\"num\">");
	else
		html_raw(h, "<tr class=\"ask-row\"><td><b class=\"num\">");
	html_text(h, place[0] == 0 ? "整张表" : place);
	html_raw(h, "</b> <span class=\"cap\">");
	html_text(h, f->label);
	html_raw(h, "</span></td><td>");
	if (f->error)
		html_raw(h, "<span class=\"bad num\">");
	else
		html_raw(h, "<span class=\"num\">");
	html_text(h, f->value[0] == 0 && f->column > 0 ? "空" : f->value);
	html_raw(h, "</span></td><td><b>");
	if (f->error)
		html_raw(h, "✗ ");
	else
		html_raw(h, "△ ");
	html_text(h, f->expected);
	html_raw(h, "</b></td><td class=\"num\">");
	html_text(h, f->example[0] == 0 ? "—" : f->example);
	html_raw(h, "</td><td>");
}

static void findings_form(struct visit *v, const struct upload_work *w)
{
	struct html *h = &v->h;
	char address[48];
	size_t count = w->u->findings, inputs = 0;
	snprintf(address, sizeof address, "/fix/%" PRId64, w->kept.id);
	html_raw(h, "<section class=\"card\"><form method=\"post\"");
	html_attr(h, "action", address);
	html_raw(h, ">");
	visit_csrf(v);
	if (count > UPLOAD_FINDINGS_MAX) {
		count = UPLOAD_FINDINGS_MAX;
		html_raw(h, "<p class=\"cap\">只列前 200 处。</p>");
	}
	html_raw(h, "<div class=\"wide-table\"><table class=\"free\"><thead><tr>"
		    "<th scope=\"col\">格子</th><th scope=\"col\">现在写的</th>"
		    "<th scope=\"col\">应该是</th><th scope=\"col\">比如</th>"
		    "<th scope=\"col\">改在这里</th></tr></thead><tbody>");
	for (size_t i = 0; i < count; i++) {
		finding_row(v, &w->u->finding[i]);
		inputs += input(v, w, i, inputs);
		html_raw(h, "</td></tr>");
	}
	html_raw(h, "</tbody></table></div><div class=\"row\"><span class=\"cap sp\">改动只进系统，"
		    "不动您电脑里的文件；谁改了哪格都记下，审批人看得见。</span>");
	if (inputs > 0)
		html_raw(h, "<button class=\"b p l\">保存改动，再查一遍</button>");
	html_raw(h, "</div></form></section>");
}

/* --- the rows around them --- */

/* Where the findings stand in the sheet itself: the rows around them, the cells marked. */
static void cells_shown(struct visit *v, const struct upload_work *w)
{
	struct html *h = &v->h;
	struct buf text;
	size_t last = 0, shown = 0;
	buf_init(&text, CSV_CELL_MAX);
	html_raw(h, "<section class=\"card\"><h2>原表里的位置</h2><div class=\"wide-table\">"
		    "<table class=\"sheet\"><tbody>");
	for (size_t i = 0; i < w->cells.count && shown < 40; i++) {
		const struct cells_row *row = &w->cells.row[i];
		bool marked[CSV_COLUMNS_MAX] = {false}, any = row->number == w->u->heading;
		for (size_t j = 0; j < w->u->findings && j < UPLOAD_FINDINGS_MAX; j++) {
			const struct finding *f = &w->u->finding[j];
			if (f->row != row->number)
				continue;
			any = true;
			if (f->column > 0)
				marked[f->column - 1] = true;
		}
		if (!any || row->number == last)
			continue;
		last = row->number;
		shown++;
		html_raw(h, "<tr><th scope=\"row\">");
		html_number(h, (int64_t)row->number);
		html_raw(h, "</th>");
		for (size_t c = 0; c < row->count && c < 24; c++) {
			buf_clear(&text);
			typed_hide(row->cell[c].text, row->cell[c].len, &text);
			if (marked[c])
				html_raw(h, "<td><span class=\"bad\">");
			else
				html_raw(h, "<td><span>");
			html_text_len(h, marked[c] && text.len == 0 ? "空" : buf_str(&text),
				      marked[c] && text.len == 0 ? strlen("空") : text.len);
			html_raw(h, "</span></td>");
		}
		html_raw(h, "</tr>");
	}
	html_raw(h, "</tbody></table></div></section>");
	buf_free(&text);
}

/* --- the page --- */

static void verdict(struct visit *v, const struct upload_work *w)
{
	struct html *h = &v->h;
	html_raw(h, "<section class=\"card trouble\" role=\"alert\"><b>");
	html_number(h, (int64_t)w->u->errors);
	html_raw(h, " 处要改好，");
	html_number(h, (int64_t)w->u->warnings);
	html_raw(h, " 处请核对</b><div class=\"cap\">");
	if (w->u->errors > 0)
		html_raw(h, "改好以前不能交出去。一格一格在下面改，或者在您的文件里改好再传一次。");
	else
		html_raw(h, "没有错的地方可以不改。");
	if (w->u->sheet_name[0] != 0) {
		html_raw(h, "读的是工作表“");
		html_text(h, w->u->sheet_name);
		html_raw(h, "”。");
	}
	if (w->u->left_out > 0)
		html_raw(h, "合计、结转这些行只拿来核对，不算一笔。");
	html_raw(h, "</div></section>");
}

void upload_page(struct visit *v, const struct upload_work *w, int status)
{
	struct html *h = &v->h;
	char aside[400];
	snprintf(aside, sizeof aside, "%s · %s · %s", visit_place(v, w->kept.place), w->kept.period,
		 w->t->title);
	visit_top(v, "上传公开资料", aside, "/drafts");
	draft_steps(v, STEP_CHECKS, w->t->supervised);
	verdict(v, w);
	findings_form(v, w);
	if (w->corrections > 0) {
		html_raw(h, "<section class=\"card\"><h2>已经改过的格子</h2>");
		corrections_shown(v, w->correction, w->corrections);
		html_raw(h, "</section>");
	}
	cells_shown(v, w);
	html_raw(h, "<p><a class=\"b\" href=\"/upload\">换一个文件，再传一次</a></p>");
	visit_send(v, status);
}

void corrections_shown(struct visit *v, const struct correction *c, size_t count)
{
	struct html *h = &v->h;
	html_raw(h, "<div class=\"wide-table\"><table><thead><tr><th scope=\"col\">格子</th>"
		    "<th scope=\"col\">原来</th><th scope=\"col\">改成</th>"
		    "<th scope=\"col\">谁改的</th><th scope=\"col\">什么时候</th></tr></thead>"
		    "<tbody>");
	for (size_t i = 0; i < count; i++) {
		const struct finding f = {.row = c[i].row, .column = c[i].column};
		char place[16], masked[PLACE_NAME_MAX + 1];
		finding_place(&f, place);
		staff_masked(c[i].name, masked);
		html_raw(h, "<tr><td><b class=\"num\">");
		html_text(h, place);
		html_raw(h, "</b></td><td><s>");
		html_text(h, c[i].was[0] == 0 ? "空" : c[i].was);
		html_raw(h, "</s></td><td><b>");
		html_text(h, c[i].becomes[0] == 0 ? "空" : c[i].becomes);
		html_raw(h, "</b></td><td>");
		html_text(h, masked);
		html_raw(h, "</td><td class=\"num\">");
		html_time(h, c[i].time);
		html_raw(h, "</td></tr>");
	}
	html_raw(h, "</tbody></table></div>");
}
