#include "app/township/drafts_shown.h"

#include "app/village/difference.h"
#include "app/village/record.h"

#include <stdio.h>
#include <string.h>

void draft_steps(struct visit *v, enum draft_step at, bool village)
{
	static const char *const step[STEP_OVER] = {"选文件", "检查、改正", "看看差别", "监委会签",
						    "审批人签"};
	struct html *h = &v->h;
	int number = 0;
	html_raw(h, "<ol class=\"steps\">");
	for (enum draft_step i = STEP_FILE; i < STEP_OVER; i++) {
		if (i == STEP_VILLAGE && !village)
			continue;
		number++;
		if (i == at)
			html_raw(h, "<li class=\"on\" aria-current=\"step\"><b>");
		else if (i < at)
			html_raw(h, "<li class=\"dn\"><b>");
		else
			html_raw(h, "<li><b>");
		if (i < at)
			html_raw(h, "✓");
		else
			html_number(h, number);
		html_raw(h, "</b>");
		html_text(h, step[i]);
		html_raw(h, "</li>");
	}
	html_raw(h, "</ol>");
}

/* --- rows as villagers read them --- */

static void amount_shown(struct visit *v, const struct record *r)
{
	struct html *h = &v->h;
	if (r->direction > 0)
		html_raw(h, "<b class=\"num inc\">+");
	else if (r->direction < 0)
		html_raw(h, "<b class=\"num exp\">−");
	else
		html_raw(h, "<b class=\"num\">");
	html_fen(h, r->amount_fen);
	html_raw(h, "</b>");
}

/* 能喝, 正在发钱: the pill of a row. */
static void state_shown(struct visit *v, const struct catalogue_template *t, const struct record *r)
{
	struct html *h = &v->h;
	struct buf state;
	if (t->state_field < 0)
		return;
	buf_init(&state, 256);
	if (record_field(t, r->line, r->line_len, t->field[t->state_field].id, &state)) {
		html_raw(h, "<span class=\"t g\">");
		html_text(h, buf_str(&state));
		html_raw(h, "</span>");
	}
	buf_free(&state);
}

/* Every field, as the page of the row has it; what stands beside another row is read whole. */
static void all_shown(struct visit *v, const struct catalogue_template *t, const struct record *r)
{
	struct html *h = &v->h;
	struct buf text;
	buf_init(&text, RECORD_TEXT_MAX);
	if (t->beside)
		html_raw(h, "<details open><summary>全部</summary><dl class=\"kv\">");
	else
		html_raw(h, "<details><summary>全部</summary><dl class=\"kv\">");
	for (size_t i = 0; i < t->field_count; i++) {
		const struct field *f = &t->field[i];
		buf_clear(&text);
		if (f->hidden || !record_field(t, r->line, r->line_len, f->id, &text))
			continue;
		html_raw(h, "<dt>");
		html_text(h, f->label);
		html_raw(h, "</dt><dd>");
		html_text(h, buf_str(&text));
		html_raw(h, "</dd>");
	}
	html_raw(h, "</dl></details>");
	buf_free(&text);
}

static void row_shown(struct visit *v, const struct catalogue_template *t, const struct record *r)
{
	struct html *h = &v->h;
	char day[8];
	html_raw(h, "<li>");
	if (r->direction > 0)
		html_raw(h, "<b class=\"chip in\">收</b>");
	else if (r->direction < 0)
		html_raw(h, "<b class=\"chip out\">支</b>");
	if (r->day != 0) {
		snprintf(day, sizeof day, "%02d-%02d", r->day / 100 % 100, r->day % 100);
		html_raw(h, "<span class=\"num cap\">");
		html_text(h, day);
		html_raw(h, "</span>");
	}
	html_raw(h, "<b class=\"sp\">");
	html_text(h, r->title);
	html_raw(h, "</b>");
	state_shown(v, t, r);
	if (r->party[0] != 0) {
		html_raw(h, "<span class=\"cap\">");
		html_text(h, r->party);
		html_raw(h, "</span>");
	}
	if (r->attach_count > 0) {
		html_raw(h, "<span class=\"t n\">图 ");
		html_number(h, (int64_t)r->attach_count);
		html_raw(h, " 张</span>");
	}
	if (t->voucher_field >= 0 && r->voucher[0] == 0 && r->direction < 0)
		html_raw(h, "<span class=\"t r\">没有凭证</span>");
	if (t->amount_field >= 0)
		amount_shown(v, r);
	all_shown(v, t, r);
	html_raw(h, "</li>");
}

void sheet_shown(struct visit *v, const struct catalogue_template *t, const struct buf *sheet,
		 size_t first)
{
	const char *p = buf_str(sheet), *end = p + sheet->len;
	struct html *h = &v->h;
	struct record r;
	int64_t in = 0, out = 0;
	size_t n = 0;
	html_raw(h, "<ol class=\"glass\">");
	for (; p < end; n++) {
		const char *feed = memchr(p, '\n', (size_t)(end - p));
		if (feed == NULL || record_read(t, p, (size_t)(feed - p), &r) != OK)
			break;
		in += r.direction > 0 ? r.amount_fen : 0;
		out += r.direction < 0 ? r.amount_fen : 0;
		if (n >= first && n < first + SHOWN_ROWS)
			row_shown(v, t, &r);
		p = feed + 1;
	}
	html_raw(h, "</ol><p class=\"cap\">一共 ");
	html_number(h, (int64_t)n);
	html_raw(h, " 行");
	if (t->direction_field >= 0) {
		html_raw(h, "；收 <b class=\"num inc\">");
		html_fen(h, in);
		html_raw(h, "</b> 元，支 <b class=\"num exp\">");
		html_fen(h, out);
		html_raw(h, "</b> 元");
	}
	html_raw(h, "</p>");
}

/* --- what changes --- */

struct telling {
	struct visit *v;
	const struct catalogue_template *t;
	struct changes *count;
	bool show;
};

static void tell_side(struct telling *w, const char *line, size_t len)
{
	struct html *h = &w->v->h;
	struct record r;
	if (line == NULL || record_read(w->t, line, len, &r) != OK) {
		html_raw(h, "<span class=\"cap\">—</span>");
		return;
	}
	html_day(h, r.day);
	html_raw(h, " ");
	html_text(h, r.title);
	html_raw(h, " ");
	amount_shown(w->v, &r);
}

static void tell_pictures(struct html *h, const char *before, size_t before_len, const char *after,
			  size_t after_len)
{
	struct hash was[RECORD_ATTACH_MAX], is[RECORD_ATTACH_MAX];
	size_t had, has;
	if (record_attach(before, before_len, was, &had) != OK ||
	    record_attach(after, after_len, is, &has) != OK)
		return;
	bool same = had == has;
	for (size_t i = 0; same && i < had; i++)
		same = hash_equal(&was[i], &is[i]);
	if (same)
		return;
	html_raw(h, "<div>凭证、照片：<s>");
	html_number(h, (int64_t)had);
	html_raw(h, " 张</s> → <b>");
	html_number(h, (int64_t)has);
	if (had == has)
		html_raw(h, " 张，换过</b></div>");
	else
		html_raw(h, " 张</b></div>");
}

/* The fields that differ, each with both values; a bare pair of sides hides a changed name. */
static void tell_fields(struct telling *w, const char *before, size_t before_len, const char *after,
			size_t after_len)
{
	struct html *h = &w->v->h;
	struct buf a, b;
	buf_init(&a, RECORD_LINE_MAX);
	buf_init(&b, RECORD_LINE_MAX);
	for (size_t i = 0; i < w->t->field_count; i++) {
		const struct field *f = &w->t->field[i];
		buf_clear(&a);
		buf_clear(&b);
		record_field(w->t, before, before_len, f->id, &a);
		record_field(w->t, after, after_len, f->id, &b);
		if (strcmp(buf_str(&a), buf_str(&b)) == 0)
			continue;
		html_raw(h, "<div>");
		html_text(h, f->label);
		html_raw(h, "：<s>");
		html_text(h, a.len == 0 ? "空" : buf_str(&a));
		html_raw(h, "</s> → <b>");
		html_text(h, b.len == 0 ? "空" : buf_str(&b));
		html_raw(h, "</b></div>");
	}
	buf_free(&a);
	buf_free(&b);
	tell_pictures(h, before, before_len, after, after_len);
}

static enum err tell_row(void *self, enum difference kind, const char *before, size_t before_len,
			 const char *after, size_t after_len)
{
	struct telling *w = self;
	struct html *h = &w->v->h;
	size_t so_far = w->count->added + w->count->changed + w->count->removed;
	w->count->added += kind == ROW_ADDED;
	w->count->changed += kind == ROW_CHANGED;
	w->count->removed += kind == ROW_REMOVED;
	if (!w->show || so_far >= SHOWN_CHANGES)
		return OK;
	if (kind == ROW_ADDED)
		html_raw(h, "<tr><td><span class=\"t g\">新增</span></td><td>");
	else if (kind == ROW_CHANGED)
		html_raw(h, "<tr><td><span class=\"t y\">改了</span></td><td>");
	else
		html_raw(h, "<tr><td><span class=\"t r\">去掉</span></td><td>");
	tell_side(w, before, before_len);
	html_raw(h, "</td><td>");
	tell_side(w, after, after_len);
	if (kind == ROW_CHANGED)
		tell_fields(w, before, before_len, after, after_len);
	html_raw(h, "</td></tr>");
	return OK;
}

enum err changes_shown(struct visit *v, const struct catalogue_template *t,
		       const struct buf *before, const struct buf *after, bool show,
		       struct changes *out)
{
	struct telling w = {v, t, out, show};
	const struct difference_reader reader = {tell_row, &w};
	*out = (struct changes){0};
	if (show)
		html_raw(&v->h,
			 "<table class=\"free\"><thead><tr><th scope=\"col\">怎么变</th>"
			 "<th scope=\"col\">现在公开的</th><th scope=\"col\">这次要公开的</th>"
			 "</tr></thead><tbody>");
	enum err e = difference_read(before->p, before->len, after->p, after->len, &reader);
	if (show) {
		html_raw(&v->h, "</tbody></table>");
		if (out->added + out->changed + out->removed > SHOWN_CHANGES)
			html_raw(&v->h,
				 "<p class=\"cap\">差别太多，只列前 300 处；全部都会公开。</p>");
	}
	return e;
}

/* --- findings --- */

void findings_shown(struct visit *v, const struct finding *f, size_t count)
{
	struct html *h = &v->h;
	char place[16];
	html_raw(
		h,
		"<table class=\"free\"><thead><tr><th scope=\"col\">格子</th><th scope=\"col\">"
		"现在写的</th><th scope=\"col\">应该是</th><th scope=\"col\">比如</th></tr></thead>"
		"<tbody>");
	for (size_t i = 0; i < count; i++) {
		finding_place(&f[i], place);
		if (f[i].error)
			html_raw(h, "<tr class=\"bad-row\"><td><b class=\"num\">");
		else
			html_raw(h, "<tr class=\"ask-row\"><td><b class=\"num\">");
		html_text(h, place[0] == 0 ? "整张表" : place);
		html_raw(h, "</b> <span class=\"cap\">");
		html_text(h, f[i].label);
		html_raw(h, "</span></td><td>");
		if (f[i].error)
			html_raw(h, "<span class=\"bad num\">");
		else
			html_raw(h, "<span class=\"num\">");
		html_text(h, f[i].value[0] == 0 && f[i].column > 0 ? "空" : f[i].value);
		html_raw(h, "</span></td><td><b>");
		if (f[i].error)
			html_raw(h, "✗ ");
		else
			html_raw(h, "△ ");
		html_text(h, f[i].expected);
		html_raw(h, "</b></td><td class=\"num\">");
		html_text(h, f[i].example[0] == 0 ? "—" : f[i].example);
		html_raw(h, "</td></tr>");
	}
	html_raw(h, "</tbody></table>");
}
