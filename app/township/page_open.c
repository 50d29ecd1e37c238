/* page_open.c - what was made public, for every phone and office PC: plain pages that only read.
 *
 * No login, no cookie, no script, nothing counted. What belongs to single households (subsidies)
 * hangs in the village and stands on its touch screen, but not on the open network. */
#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/township/disclosed.h"
#include "app/township/open_rows.h"
#include "app/township/pages.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct open_column {
	const char *id, *title;
} columns[] = {{"finance", "财务公开"}, {"village", "村务公开"}, {"party", "党务公开"},
	       {"gov", "政务公开"},     {"policy", "政策法规"},  {"service", "服务公开"},
	       {"project", "重点项目"}};

/* place / what / period */
struct asked {
	char place[PLACE_ID_MAX + 1], what[TEMPLATE_ID_MAX + 1], period[24];
};

static bool take_part(const char **at, char *out, size_t size)
{
	size_t len = strcspn(*at, "/");
	out[0] = 0;
	if (len >= size)
		return false;
	memcpy(out, *at, len);
	out[len] = 0;
	*at += len + ((*at)[len] == '/');
	return true;
}

static bool read_address(const struct visit *v, struct asked *a)
{
	const char *at = v->rest;
	return take_part(&at, a->place, sizeof a->place) &&
	       take_part(&at, a->what, sizeof a->what) &&
	       take_part(&at, a->period, sizeof a->period) && *at == 0;
}

static const struct open_column *column_of(const char *id)
{
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
		if (strcmp(columns[i].id, id) == 0)
			return &columns[i];
	return NULL;
}

/* --- the frame --- */

static void top(struct visit *v, const char *title, const char *place)
{
	struct html *h = &v->h;
	html_raw(h, "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta "
		    "name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>");
	html_text(h, title);
	html_raw(h,
		 " · 阳光村务 e路通</title><link rel=\"stylesheet\" "
		 "href=\"/static/open.css\"></head><body><a class=\"skip\" href=\"#m\">跳到正文</a>"
		 "<header><div class=\"wrap\"><img alt=\"\" width=\"40\" height=\"40\" "
		 "src=\"/static/logo-on-dark.svg\"><b class=\"k\">阳光村务 e路通</b><span>");
	if (place != NULL)
		visit_place_full(v, place);
	html_raw(h, "</span><a class=\"hb\" href=\"/open\">换一个村</a></div></header>"
		    "<div class=\"wrap\">");
}

static void bottom(struct visit *v)
{
	html_raw(&v->h,
		 "</div><footer><div class=\"wrap\">这个网页只能看，不收信，不记您看了什么。"
		 "要问、要反映，请到村里的触摸屏上点，可以不留名。</div></footer></body></html>\n");
	visit_send_bare(v, v->h.b.full ? 500 : 200);
}

static void columns_shown(struct visit *v, const struct asked *a, const char *column)
{
	struct html *h = &v->h;
	html_raw(h, "<nav aria-label=\"七个栏目\">");
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
		char address[128];
		snprintf(address, sizeof address, "/open/%s/%s", a->place, columns[i].id);
		html_raw(h, "<a");
		html_attr(h, "href", address);
		if (strcmp(columns[i].id, column) == 0)
			html_raw(h, " aria-current=\"page\"");
		html_raw(h, ">");
		html_text(h, columns[i].title);
		html_raw(h, "</a>");
	}
	html_raw(h, "</nav>");
}

static void not_here(struct visit *v)
{
	top(v, "没有这一页", NULL);
	html_raw(&v->h,
		 "<main id=\"m\" class=\"one\"><h1>没有这一页</h1><p>可能还没有公开，或者地址抄"
		 "错了。</p><p><a class=\"go\" href=\"/open\">看各村公开的</a></p></main>");
	html_raw(&v->h, "</div></body></html>\n");
	visit_send_bare(v, 404);
}

/* --- all villages --- */

static void place_link(struct visit *v, const struct place *p)
{
	char address[PLACE_ID_MAX + 16];
	snprintf(address, sizeof address, "/open/%s", p->id);
	html_raw(&v->h, "<a");
	html_attr(&v->h, "href", address);
	html_raw(&v->h, ">");
	html_text(&v->h, p->name);
	html_raw(&v->h, "</a>");
}

static bool has_published(struct visit *v, const char *place)
{
	struct buf b;
	buf_init(&b, PUBLICATION_BYTES_MAX);
	struct db *db = township_read_begin(v->s->township);
	bool there = publications_last(db, place, &b) == OK;
	township_read_end(v->s->township);
	buf_free(&b);
	return there;
}

void page_open_all(struct visit *v)
{
	const struct settings *s = v->s->office->settings;
	struct html *h = &v->h;
	top(v, "各村公开的", NULL);
	html_raw(h, "<main id=\"m\" class=\"one\"><h1>看哪个村的？</h1>");
	for (size_t i = 0; settings_place_at(s, i) != NULL; i++) {
		const struct place *p = settings_place_at(s, i);
		if (p->level != PLACE_VILLAGE || !has_published(v, p->id))
			continue;
		html_raw(h, "<section class=\"place\"><h2>");
		place_link(v, p);
		html_raw(h, "</h2><p>");
		for (size_t g = 0; settings_place_at(s, g) != NULL; g++) {
			const struct place *q = settings_place_at(s, g);
			if (q->level == PLACE_GROUP && strcmp(q->parent, p->id) == 0)
				place_link(v, q);
		}
		html_raw(h, "</p></section>");
	}
	html_raw(h, "</main>");
	bottom(v);
}

/* --- beside a sheet: signatures, fingerprint, downloads --- */

static void fingerprint(struct visit *v, const struct disclosed_sheet *s)
{
	char print[40], word[8];
	struct html *h = &v->h;
	sheet_fingerprint(&s->entry.hash, print);
	html_raw(h, "<div class=\"fp\">");
	for (const char *p = print; *p != 0;) {
		size_t n = strcspn(p, " ");
		text_copy(word, sizeof word, p, n);
		html_raw(h, "<b>");
		html_text(h, word);
		html_raw(h, "</b>");
		p += n + (p[n] == ' ');
	}
	html_raw(h, "</div>");
}

static void download(struct visit *v, const struct asked *a, const char *period, const char *ending,
		     const char *label)
{
	char address[160];
	snprintf(address, sizeof address, "/open/%s/%s/%s.%s", a->place, a->what, period, ending);
	html_raw(&v->h, "<a");
	html_attr(&v->h, "href", address);
	html_raw(&v->h, ">");
	html_text(&v->h, label);
	html_raw(&v->h, "</a>");
}

static void beside(struct visit *v, const struct asked *a, const struct disclosed *d, size_t first,
		   size_t count)
{
	struct html *h = &v->h;
	const struct disclosed_sheet *s = &d->sheet[first];
	html_raw(h, "<aside><section><h2>谁签的</h2><p>");
	if (s->supervisor[0] != 0) {
		html_raw(h, "监委会：");
		html_text(h, s->supervisor);
		html_raw(h, "<br>");
	} else {
		html_raw(h, "监委会没有签<br>");
	}
	html_raw(h, "第 ");
	html_number(h, (int64_t)s->entry.version);
	html_raw(h, " 版 · ");
	html_day(h, s->day);
	html_raw(h, " 公开");
	if (s->entry.reason[0] != 0) {
		html_raw(h, "<br>为什么改：");
		html_text(h, s->entry.reason);
	}
	html_raw(h, "</p></section><section><h2>这张表的指纹</h2>");
	for (size_t i = first; i < first + count; i++)
		fingerprint(v, &d->sheet[i]);
	html_raw(h,
		 "<p>和村务栏纸上印的一样，就没人换过。自己算：下载原表，在电脑上运行 <code>b2sum "
		 "-l 256</code>，每四位十六进制数除以一万取余数。</p></section><section><h2>自己算"
		 "一遍</h2><div class=\"dl\">");
	download(v, a, s->entry.period, "csv", "表格 CSV");
	download(v, a, s->entry.period, "json", "JSON");
	download(v, a, s->entry.period, "jsonl", "原表");
	html_raw(h, "</div><p><a class=\"lk\"");
	char fields[64];
	snprintf(fields, sizeof fields, "/fields/%s", a->what);
	html_attr(h, "href", fields);
	html_raw(h, ">每一列是什么意思</a></p></section></aside>");
}

/* --- one period of a template --- */

static void periods(struct visit *v, const struct asked *a, const struct disclosed *d,
		    const char *now)
{
	size_t count, first = disclosed_find(d, a->what, NULL, &count);
	struct html *h = &v->h;
	const char *last = "";
	html_raw(h, "<p class=\"per\">");
	for (size_t i = first; i < first + count; i++) {
		const char *period = d->sheet[i].entry.period;
		char address[128];
		if (strcmp(period, last) == 0)
			continue;
		last = period;
		snprintf(address, sizeof address, "/open/%s/%s/%s", a->place, a->what, period);
		html_raw(h, "<a");
		html_attr(h, "href", address);
		if (strcmp(period, now) == 0)
			html_raw(h, " aria-current=\"page\"");
		html_raw(h, ">");
		visit_period(v, period);
		html_raw(h, "</a>");
	}
	html_raw(h, "</p>");
}

/* What was asked at this place; NULL when nothing was, or it cannot be read: then the rows stand
 * alone. */
static const struct catalogue_template *asked_rows(const struct visit *v, const struct disclosed *d,
						   struct buf *rows)
{
	const struct catalogue_template *t;
	for (size_t i = 0; (t = catalogue_at(v->catalogue, i)) != NULL; i++) {
		size_t count, first = t->beside ? disclosed_find(d, t->id, NULL, &count) : 0;
		if (!t->beside || count == 0)
			continue;
		struct db *db = township_read_begin(v->s->township);
		enum err e = disclosed_rows(db, d, first, count, rows);
		township_read_end(v->s->township);
		return e == OK ? t : NULL;
	}
	return NULL;
}

static void sheet_page(struct visit *v, const struct asked *a, const struct disclosed *d,
		       const struct catalogue_template *t, size_t first, size_t count,
		       const struct buf *rows)
{
	struct html *h = &v->h;
	const char *period = d->sheet[first].entry.period;
	struct buf asked;
	buf_init(&asked, 16 << 20);
	const struct open_beside besides = {asked_rows(v, d, &asked), &asked, period};
	top(v, t->title, a->place);
	html_raw(h, "<div class=\"grid\">");
	columns_shown(v, a, t->column);
	html_raw(h, "<main id=\"m\"><h1>");
	html_text(h, t->title);
	html_raw(h, " · ");
	visit_period(v, period);
	html_raw(h, "</h1>");
	periods(v, a, d, period);
	open_rows_shown(h, t, rows, &besides);
	html_raw(h, "</main>");
	beside(v, a, d, first, count);
	html_raw(h, "</div>");
	bottom(v);
	buf_free(&asked);
}

static void send_file(struct visit *v, const char *type, const struct buf *bytes)
{
	const struct http_answer answer = {.status = 200,
					   .type = type,
					   .body = bytes->p,
					   .len = bytes->len,
					   .header = {"X-Content-Type-Options", "nosniff",
						      "Cache-Control", "max-age=300",
						      "Content-Disposition", "attachment", NULL}};
	http_answer(v->r, &answer);
}

/* 2026-10.csv: the ending says in which form. */
static void sheet_asked(struct visit *v, struct asked *a, const struct disclosed *d,
			const struct catalogue_template *t)
{
	char *dot = strchr(a->period, '.');
	const char *ending = dot == NULL ? "" : dot + 1;
	struct buf rows, file;
	size_t count;
	if (dot != NULL)
		*dot = 0;
	size_t first = disclosed_find(d, a->what, a->period, &count);
	buf_init(&rows, 64 << 20);
	buf_init(&file, 96 << 20);
	enum err e = count == 0 ? ERR_MISSING : OK;
	if (e == OK) {
		struct db *db = township_read_begin(v->s->township);
		e = disclosed_rows(db, d, first, count, &rows);
		township_read_end(v->s->township);
	}
	if (e == OK && strcmp(ending, "csv") == 0)
		e = open_rows_csv(t, &rows, &file);
	else if (e == OK && strcmp(ending, "json") == 0)
		e = open_rows_json(t, a->place, a->period, &rows, &file);
	if (e == ERR_MISSING ||
	    (e == OK && ending[0] != 0 && strcmp(ending, "jsonl") != 0 && file.len == 0))
		not_here(v);
	else if (e != OK)
		visit_trouble(v, e, "/open");
	else if (strcmp(ending, "jsonl") == 0)
		send_file(v, "application/x-ndjson", &rows);
	else if (ending[0] != 0)
		send_file(v,
			  strcmp(ending, "csv") == 0 ? "text/csv; charset=utf-8"
						     : "application/json",
			  &file);
	else
		sheet_page(v, a, d, t, first, count, &rows);
	buf_free(&rows);
	buf_free(&file);
}

/* --- a column: its templates and the newest rows of each --- */

static void column_page(struct visit *v, const struct asked *a, const struct disclosed *d,
			const struct open_column *column)
{
	struct html *h = &v->h;
	const struct catalogue_template *t;
	bool any = false;
	top(v, column->title, a->place);
	html_raw(h, "<div class=\"grid\">");
	columns_shown(v, a, column->id);
	html_raw(h, "<main id=\"m\"><h1>");
	html_text(h, column->title);
	html_raw(h, "</h1>");
	for (size_t i = 0; (t = catalogue_at(v->catalogue, i)) != NULL; i++) {
		size_t count, first = disclosed_find(d, t->id, NULL, &count);
		char address[128];
		if (strcmp(t->column, column->id) != 0 || t->household || count == 0)
			continue;
		any = true;
		snprintf(address, sizeof address, "/open/%s/%s/%s", a->place, t->id,
			 d->sheet[first].entry.period);
		html_raw(h, "<a class=\"sheet\"");
		html_attr(h, "href", address);
		html_raw(h, "><b>");
		html_text(h, t->title);
		html_raw(h, "</b><span>");
		html_text(h, t->hint);
		html_raw(h, "</span><small>");
		visit_period(v, d->sheet[first].entry.period);
		html_raw(h, " · ");
		html_day(h, d->sheet[first].day);
		html_raw(h, " 公开</small></a>");
	}
	if (!any)
		html_raw(h, "<p>这个村还没有公开过这一栏的内容。</p>");
	html_raw(h, "</main></div>");
	bottom(v);
}

void page_open(struct visit *v)
{
	struct asked a;
	struct disclosed d;
	const struct place *p;
	if (!read_address(v, &a)) {
		not_here(v);
		return;
	}
	p = settings_place(v->s->office->settings, a.place);
	if (p == NULL || (p->level != PLACE_VILLAGE && p->level != PLACE_GROUP)) {
		not_here(v);
		return;
	}
	struct db *db = township_read_begin(v->s->township);
	enum err e = disclosed_read(db, a.place, &d);
	township_read_end(v->s->township);
	if (e != OK) {
		visit_trouble(v, e, "/open");
		return;
	}
	const struct open_column *column = column_of(a.what[0] == 0 ? "finance" : a.what);
	const struct catalogue_template *t = catalogue_find(v->catalogue, a.what);
	if (column != NULL && a.period[0] == 0)
		column_page(v, &a, &d, column);
	else if (t != NULL && !t->household && a.period[0] != 0)
		sheet_asked(v, &a, &d, t);
	else
		not_here(v);
	disclosed_free(&d);
}

/* --- what each column of a table means --- */

void page_open_fields(struct visit *v)
{
	const struct catalogue_template *t = catalogue_find(v->catalogue, v->rest);
	struct html *h = &v->h;
	if (t == NULL) {
		not_here(v);
		return;
	}
	top(v, t->title, NULL);
	html_raw(h, "<main id=\"m\" class=\"one\"><h1>");
	html_text(h, t->title);
	html_raw(h, "：每一列是什么意思</h1><p>");
	html_text(h, t->rule);
	html_raw(h, "</p><table><thead><tr><th scope=\"col\">JSON 里的名字</th><th "
		    "scope=\"col\">中文</th><th scope=\"col\">是什么</th></tr></thead><tbody>");
	for (size_t i = 0; i < t->field_count; i++) {
		html_raw(h, "<tr><td><code>");
		html_text(h, t->field[i].id);
		html_raw(h, "</code></td><td>");
		html_text(h, t->field[i].label);
		html_raw(h, "</td><td>");
		html_text(h, open_type_words(&t->field[i]));
		html_raw(h, "</td></tr>");
	}
	html_raw(h, "</tbody></table></main>");
	bottom(v);
}
