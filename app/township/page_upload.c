/* page_upload.c - a table of staff: chosen, checked cell by cell, kept as a draft when it is right.
 */
#include "app/store/township/audit.h"
#include "app/store/township/vouchers.h"
#include "app/township/drafts_shown.h"
#include "app/township/intake.h"
#include "app/township/pages.h"
#include "app/village/attach.h"
#include "app/village/period.h"
#include "app/village/typed.h"

#include "app/base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct uploading {
	char place[PLACE_ID_MAX + 1], month[8], period[PERIOD_MAX + 1];
	const struct catalogue_template *t;
	struct cells cells;
	struct upload *u;
	struct buf before, findings;
	struct buf history; /* rows made public for the year before, newest period first */
	size_t earlier;     /* how much of it is the period before */
	struct audit_entry entry;
	int64_t draft;
};

/* --- choosing --- */

static void place_choices(struct visit *v)
{
	const struct settings *s = v->s->office->settings;
	struct html *h = &v->h;
	for (size_t i = 0; settings_place_at(s, i) != NULL; i++) {
		const struct place *p = settings_place_at(s, i);
		if ((p->level != PLACE_VILLAGE && p->level != PLACE_GROUP) ||
		    !access_covers(s, &v->me.who, p->id))
			continue;
		html_raw(h, "<option");
		html_attr(h, "value", p->id);
		html_raw(h, ">");
		visit_place_full(v, p->id);
		html_raw(h, "</option>");
	}
}

static void upload_form(struct visit *v)
{
	struct html *h = &v->h;
	char month[16];
	struct clock_date d = clock_date(v->now);
	snprintf(month, sizeof month, "%04d-%02d", d.year % 10000, d.month % 100);
	draft_steps(v, STEP_FILE, true);
	html_raw(h, "<form class=\"card pick\" method=\"post\" action=\"/upload\" "
		    "enctype=\"multipart/form-data\">");
	visit_csrf(v);
	html_raw(h, "<label class=\"f\"><span>哪个村、哪个小组</span><select class=\"in\" "
		    "name=\"place\" "
		    "required>");
	place_choices(v);
	html_raw(h, "</select></label><label class=\"f\"><span>什么表</span><select class=\"in\" "
		    "name=\"template\">");
	for (size_t i = 0; catalogue_at(v->catalogue, i) != NULL; i++) {
		const struct catalogue_template *t = catalogue_at(v->catalogue, i);
		if (t->beside) /* written at the letter, with its writer's consent */
			continue;
		html_raw(h, "<option");
		html_attr(h, "value", t->id);
		if (strcmp(t->id, "ledger") == 0)
			html_raw(h, " selected");
		html_raw(h, ">");
		html_text(h, t->title);
		html_raw(h, "</option>");
	}
	html_raw(h, "</select></label><label class=\"f\"><span>哪个月</span><input class=\"in\" "
		    "type=\"month\" name=\"month\" pattern=\"[0-9]{4}-[0-9]{2}\" required");
	html_attr(h, "value", month);
	html_raw(h,
		 "></label><label class=\"f\"><span>文件 <span class=\"hint\">.xlsx、.xls 或者 "
		 "CSV，最多 8 MB</span>"
		 "</span><input class=\"in file\" type=\"file\" name=\"file\" "
		 "accept=\".xlsx,.xls,.csv,text/csv,text/plain\" required></label>"
		 "<button class=\"b p l\">检查这张表</button></form>"
		 "<section class=\"card note\"><h2>表里要有什么</h2><p>表头一行写明每一列是什么："
		 "日期、凭证号、科目、收支（或者收入、支出两列）、金额、摘要。Excel、WPS "
		 "存的 .xlsx、.xls 都行。<a "
		 "href=\"/templates\">下载空白表</"
		 "a>。不能有身份证号、手机号、银行卡号；有的话会告诉您在哪一格。</p></section>");
}

void page_upload(struct visit *v)
{
	visit_top(v, "上传公开资料", NULL, "/drafts");
	upload_form(v);
	visit_send(v, 200);
}

/* --- checking --- */

static bool period_of(const struct catalogue_template *t, const char *month,
		      char out[PERIOD_MAX + 1])
{
	int32_t day;
	char whole[16];
	snprintf(whole, sizeof whole, "%.7s-01", month);
	if (strlen(month) != 7 || !clock_day_parse(whole, &day))
		return false;
	if (strcmp(t->rhythm, "quarter") == 0)
		snprintf(out, PERIOD_MAX + 1, "%.4sQ%d", month, (day / 100 % 100 + 2) / 3);
	else if (strcmp(t->rhythm, "half") == 0)
		snprintf(out, PERIOD_MAX + 1, "%.4sH%d", month, day / 100 % 100 <= 6 ? 1 : 2);
	else if (strcmp(t->rhythm, "year") == 0)
		snprintf(out, PERIOD_MAX + 1, "%.4s", month);
	else if (strcmp(t->rhythm, "once") == 0)
		snprintf(out, PERIOD_MAX + 1, "once");
	else
		snprintf(out, PERIOD_MAX + 1, "%.7s", month);
	return true;
}

static bool choices(struct visit *v, struct uploading *w)
{
	char template_id[TEMPLATE_ID_MAX + 1];
	const struct place *p;
	if (!visit_field(v, "place", w->place, sizeof w->place) ||
	    !visit_field(v, "template", template_id, sizeof template_id) ||
	    !visit_field(v, "month", w->month, sizeof w->month))
		return false;
	p = settings_place(v->s->office->settings, w->place);
	w->t = catalogue_find(v->catalogue, template_id);
	return p != NULL && (p->level == PLACE_VILLAGE || p->level == PLACE_GROUP) &&
	       access_covers(v->s->office->settings, &v->me.who, w->place) && w->t != NULL &&
	       !w->t->beside && period_of(w->t, w->month, w->period);
}

static void aside_of(const struct visit *v, const struct uploading *w, char *out, size_t size)
{
	snprintf(out, size, "%s · %s · %s", visit_place(v, w->place), w->period, w->t->title);
}

/* Where the findings stand in the sheet itself: the rows around them, the cells marked. */
static void cells_shown(struct visit *v, const struct uploading *w)
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

static void show_errors(struct visit *v, const struct uploading *w)
{
	struct html *h = &v->h;
	char aside[400];
	size_t kept = w->u->findings;
	aside_of(v, w, aside, sizeof aside);
	visit_top(v, "上传公开资料", aside, "/drafts");
	draft_steps(v, STEP_CHECKS, w->t->supervised);
	html_raw(h, "<section class=\"card trouble\" role=\"alert\"><b>");
	html_number(h, (int64_t)w->u->errors);
	html_raw(h, " 处要改好，");
	html_number(h, (int64_t)w->u->warnings);
	html_raw(
		h,
		" 处请核对</b><div class=\"cap\">这张表没有存下来。请在您的文件里改好，再传一次。");
	if (w->u->sheet_name[0] != 0) {
		html_raw(h, "读的是工作表“");
		html_text(h, w->u->sheet_name);
		html_raw(h, "”。");
	}
	if (w->u->left_out > 0)
		html_raw(h, "合计、结转这些行只拿来核对，不算一笔。");
	html_raw(h, "</div></section><section class=\"card\">");
	if (kept > UPLOAD_FINDINGS_MAX) {
		kept = UPLOAD_FINDINGS_MAX;
		html_raw(h, "<p class=\"cap\">只列前 200 处。</p>");
	}
	findings_shown(v, w->u->finding, kept);
	html_raw(h, "<p><a class=\"b p\" href=\"/upload\">改好了，再传一次</a></p></section>");
	cells_shown(v, w);
	visit_send(v, 422);
}

/* --- keeping --- */

static enum err read_before(struct visit *v, struct uploading *w)
{
	struct published now;
	struct db *db = township_read_begin(v->s->township);
	enum err e = published_read(db, w->place, w->t->id, w->period, &now);
	if (e == OK)
		e = published_rows(db, &now, &w->before);
	township_read_end(v->s->township);
	return e;
}

static bool same_bytes(const struct buf *a, const struct buf *b)
{
	return a->len == b->len && (a->len == 0 || memcmp(a->p, b->p, a->len) == 0);
}

/* The rows are public already; pictures can be added to them all the same. */
static void say_public(struct visit *v, const struct uploading *w)
{
	struct html *h = &v->h;
	visit_top(v, "和公开的一模一样", NULL, "/drafts");
	html_raw(h, "<section class=\"card say\"><p>这张表和已经公开的一个字也不差，不用再传。</p>"
		    "<form method=\"post\" action=\"/reopen\">");
	visit_csrf(v);
	const char *const field[3][2] = {
		{"place", w->place}, {"what", w->t->id}, {"period", w->period}};
	for (size_t i = 0; i < 3; i++) {
		html_raw(h, "<input type=\"hidden\"");
		html_attr(h, "name", field[i][0]);
		html_attr(h, "value", field[i][1]);
		html_raw(h, ">");
	}
	html_raw(h,
		 "<p>要给公开过的账补凭证、补照片，按下面。</p><button class=\"b p\">补凭证、照片"
		 "</button></form><p><a class=\"b\" href=\"/drafts\">返回</a></p></section>");
	visit_send(v, 409);
}

/* A draft that still waits and holds the very same bytes; 0: none. */
static enum err find_twin(struct visit *v, const struct uploading *w, struct draft *twin)
{
	struct draft d;
	struct buf sheet, bare;
	int64_t before = INT64_MAX;
	enum err e;
	twin->id = 0;
	buf_init(&sheet, DRAFT_BYTES_MAX);
	buf_init(&bare, DRAFT_BYTES_MAX);
	struct db *db = township_read_begin(v->s->township);
	for (e = drafts_before(db, before, &d); e == OK && twin->id == 0;
	     e = e == OK ? drafts_before(db, before, &d) : e) {
		before = d.id;
		if ((d.state != DRAFT_UPLOADED && d.state != DRAFT_SUBMITTED) ||
		    strcmp(d.place, w->place) != 0 || strcmp(d.template_id, w->t->id) != 0 ||
		    strcmp(d.period, w->period) != 0)
			continue;
		buf_clear(&sheet);
		buf_clear(&bare);
		e = drafts_find(db, d.id, &d, &sheet, NULL);
		if (e == OK)
			e = attach_sheet(sheet.p, sheet.len, NULL, &bare);
		if (e == OK && same_bytes(&bare, &w->u->sheet))
			*twin = d;
	}
	township_read_end(v->s->township);
	buf_free(&sheet);
	buf_free(&bare);
	return e == ERR_MISSING ? OK : e;
}

/* True when the table need not be kept, and the page says why. */
static bool is_known(struct visit *v, const struct uploading *w, enum err *e)
{
	struct draft twin = {0};
	struct buf bare;
	char address[64];
	buf_init(&bare, DRAFT_BYTES_MAX);
	*e = attach_sheet(w->before.p, w->before.len, NULL, &bare);
	bool public = *e == OK && bare.len > 0 && same_bytes(&bare, &w->u->sheet);
	buf_free(&bare);
	if (public) {
		say_public(v, w);
		return true;
	}
	if (*e == OK)
		*e = find_twin(v, w, &twin);
	if (*e != OK || twin.id == 0)
		return false;
	snprintf(address, sizeof address, "/drafts/%" PRId64, twin.id);
	visit_say(v, 409, "这张表传过了",
		  twin.state == DRAFT_SUBMITTED
			  ? "一模一样的表已经交给审批人，正等着签，不用再传。按“返回”去看那一张。"
			  : "一模一样的表已经传上来了，还没有交给审批人。按“返回”去看那一张，从那"
			    "里交。",
		  address);
	return true;
}

static enum err keep(struct db *db, void *self)
{
	struct uploading *w = self;
	const struct draft_new n = {.place = w->place,
				    .template_id = w->t->id,
				    .period = w->period,
				    .sheet = w->u->sheet.p,
				    .sheet_len = w->u->sheet.len,
				    .findings = w->findings.p,
				    .findings_len = w->findings.len,
				    .preparer = w->entry.staff};
	enum err e = vouchers_begin(db, &n, w->before.p, w->before.len, w->entry.time, &w->draft);
	snprintf(w->entry.subject, sizeof w->entry.subject, "draft-%" PRId64, w->draft);
	return e == OK ? audit_add(db, &w->entry) : e;
}

static void keep_draft(struct visit *v, struct uploading *w)
{
	char address[64];
	enum err e = read_before(v, w);
	if (e == OK && is_known(v, w, &e))
		return;
	buf_init(&w->findings, DRAFT_FINDINGS_MAX);
	if (e == OK)
		e = findings_write(w->u, &w->findings);
	w->entry =
		(struct audit_entry){.time = v->now, .staff = v->me.who.id, .kind = AUDIT_UPLOADED};
	if (e == OK)
		e = writer_do(v->s->writer, keep, w);
	if (e == OK) {
		snprintf(address, sizeof address, "/drafts/%" PRId64, w->draft);
		visit_go(v, address, NULL);
	} else {
		visit_trouble(v, e, "/upload");
	}
}

enum { HISTORY_MAX = 16 << 20 };

/* What was made public for the year before, as much as fits. */
static enum err read_history(struct visit *v, struct uploading *w)
{
	char period[PERIOD_MAX + 1], before[PERIOD_MAX + 1];
	struct published then;
	enum err e = OK;
	snprintf(period, sizeof period, "%s", w->period);
	struct db *db = township_read_begin(v->s->township);
	for (int i = period_in_year(period); e == OK && i > 0 && period_before(period, before);
	     i--) {
		e = published_read(db, w->place, w->t->id, before, &then);
		if (e == OK)
			e = published_rows(db, &then, &w->history);
		if (w->earlier == 0 && strcmp(period, w->period) == 0)
			w->earlier = w->history.len;
		snprintf(period, sizeof period, "%s", before);
	}
	township_read_end(v->s->township);
	return e == ERR_FULL ? OK : e;
}

static void check_file(struct visit *v, struct uploading *w, const struct form_field *file)
{
	struct upload_task task = {.t = w->t, .chart = v->chart, .period = w->period};
	enum err e = intake_read(v->s->programs, file->value, file->len, &w->cells);
	if (e == ERR_REFUSED) {
		visit_say(v, 422, "这个文件读不了", w->cells.refused, "/upload");
		return;
	}
	if (e == OK)
		e = read_history(v, w);
	task.earlier = task.history = w->history.p;
	task.earlier_len = w->earlier;
	task.history_len = w->history.len;
	if (e == OK)
		e = upload_read(&task, &w->cells, &w->u);
	if (e != OK)
		visit_say(v, e == ERR_FULL ? 422 : 503, "这个文件没有读成",
			  e == ERR_FULL ? "表太大了，请按月分开保存，再上传。"
					: "检查文件时出了问题，文件没有存下来。请再试一次；还不行就"
					  "找管理员。",
			  "/upload");
	else if (w->u->errors > 0)
		show_errors(v, w);
	else
		keep_draft(v, w);
}

void page_upload_file(struct visit *v)
{
	struct uploading w = {.u = NULL};
	const struct form_field *file = form_find(&v->form, "file");
	buf_init(&w.before, DRAFT_BYTES_MAX);
	buf_init(&w.findings, 0);
	buf_init(&w.history, HISTORY_MAX);
	if (!choices(v, &w))
		visit_say(v, 422, "没有选全", "请选好村、表和月份，再上传。", "/upload");
	else if (file == NULL || file->file_name[0] == 0)
		visit_say(v, 422, "没有选文件", "请先选一个文件。", "/upload");
	else
		check_file(v, &w, file);
	upload_close(w.u);
	cells_close(&w.cells);
	buf_free(&w.before);
	buf_free(&w.findings);
	buf_free(&w.history);
}
