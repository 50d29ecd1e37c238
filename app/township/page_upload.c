/* page_upload.c - a table of staff: chosen, checked cell by cell, kept as a draft when it is right.
 */
#include "app/base/clock.h"
#include "app/township/drafts_shown.h"
#include "app/township/open_frame.h"
#include "app/township/pages.h"
#include "app/township/upload_shown.h"

#include <stdio.h>
#include <string.h>

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
	const char *column = "";
	for (size_t i = 0; catalogue_at(v->catalogue, i) != NULL; i++) {
		const struct catalogue_template *t = catalogue_at(v->catalogue, i);
		if (t->beside) /* written at the letter, with its writer's consent */
			continue;
		if (strcmp(t->column, column) != 0) {
			if (column[0] != 0)
				html_raw(h, "</optgroup>");
			column = t->column;
			html_raw(h, "<optgroup");
			html_attr(h, "label", open_column_of(column)->title);
			html_raw(h, ">");
		}
		html_raw(h, "<option");
		html_attr(h, "value", t->id);
		if (strcmp(t->id, "ledger") == 0)
			html_raw(h, " selected");
		html_raw(h, ">");
		html_text(h, t->title);
		html_raw(h, "</option>");
	}
	html_raw(h, "</optgroup></select></label><label class=\"f\"><span>哪个月</span><input "
		    "class=\"in\" "
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

static bool choices(struct visit *v, struct upload_work *w)
{
	char template_id[TEMPLATE_ID_MAX + 1], month[8];
	const struct place *p;
	if (!visit_field(v, "place", w->kept.place, sizeof w->kept.place) ||
	    !visit_field(v, "template", template_id, sizeof template_id) ||
	    !visit_field(v, "month", month, sizeof month))
		return false;
	p = settings_place(v->s->office->settings, w->kept.place);
	w->t = catalogue_find(v->catalogue, template_id);
	w->kept.preparer = v->me.who.id;
	snprintf(w->kept.template_id, sizeof w->kept.template_id, "%s", template_id);
	return p != NULL && (p->level == PLACE_VILLAGE || p->level == PLACE_GROUP) &&
	       access_covers(v->s->office->settings, &v->me.who, w->kept.place) && w->t != NULL &&
	       !w->t->beside && period_of(w->t, month, w->kept.period);
}

/* What is wrong is kept too, so that it can be put right on the page. */
static void take_file(struct visit *v, struct upload_work *w)
{
	if (!upload_work_check(v, w))
		return;
	if (w->u->errors == 0) {
		upload_work_draft(v, w);
		return;
	}
	enum err e = upload_work_keep(v, w);
	if (e == OK)
		upload_page(v, w, 422);
	else
		visit_trouble(v, e, "/upload");
}

void page_upload_file(struct visit *v)
{
	struct upload_work w;
	const struct form_field *file = form_find(&v->form, "file");
	upload_work_begin(&w);
	if (!choices(v, &w)) {
		visit_say(v, 422, "没有选全", "请选好村、表和月份，再上传。", "/upload");
	} else if (file == NULL || file->file_name[0] == 0) {
		visit_say(v, 422, "没有选文件", "请先选一个文件。", "/upload");
	} else {
		w.file = file->value;
		w.file_len = file->len;
		take_file(v, &w);
	}
	upload_work_close(&w);
}
