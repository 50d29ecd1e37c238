/* page_open.c - what was made public, for every phone and office PC: plain pages that only read.
 *
 * No login, no cookie, no script, nothing counted. What belongs to single households (subsidies)
 * hangs in the village and stands on its touch screen, but not on the open network. */
#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/township/disclosed.h"
#include "app/township/open_frame.h"
#include "app/township/open_rows.h"
#include "app/township/open_sheet.h"
#include "app/township/pages.h"
#include "app/township/totals_shown.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static bool read_address(const struct visit *v, struct open_asked *a)
{
	const char *at = v->rest;
	return take_part(&at, a->place, sizeof a->place) &&
	       take_part(&at, a->what, sizeof a->what) &&
	       take_part(&at, a->period, sizeof a->period) && *at == 0;
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

/* A village with its groups and what they made public; nothing when that is nothing. */
static enum err village_shown(struct visit *v, const struct place *p)
{
	const struct settings *s = v->s->office->settings;
	struct html *h = &v->h;
	struct totals t;
	enum err e = totals_of(v->totals, p->id, &t);
	if (e != OK || t.sheets == 0)
		return e;
	html_raw(h, "<section class=\"place\"><h3>");
	place_link(v, p);
	html_raw(h, "</h3><p class=\"cap\">");
	totals_sentence(v, &t);
	html_raw(h, "</p><p class=\"per\">");
	for (size_t g = 0; settings_place_at(s, g) != NULL; g++) {
		const struct place *q = settings_place_at(s, g);
		if (q->level == PLACE_GROUP && strcmp(q->parent, p->id) == 0)
			place_link(v, q);
	}
	html_raw(h, "</p></section>");
	return OK;
}

static enum err township_shown(struct visit *v, const struct place *town)
{
	const struct settings *s = v->s->office->settings;
	struct html *h = &v->h;
	struct totals t;
	enum err e = totals_of(v->totals, town->id, &t);
	if (e != OK || t.sheets == 0)
		return e;
	html_raw(h, "<section class=\"town\"><h2>");
	html_text(h, town->name);
	html_raw(h, "</h2>");
	for (size_t i = 0; settings_place_at(s, i) != NULL && e == OK; i++) {
		const struct place *p = settings_place_at(s, i);
		if (p->level == PLACE_VILLAGE && strcmp(p->parent, town->id) == 0)
			e = village_shown(v, p);
	}
	html_raw(h, "</section>");
	return e;
}

void page_open_all(struct visit *v)
{
	const struct settings *s = v->s->office->settings;
	struct html *h = &v->h;
	struct totals t;
	enum err e = totals_of(v->totals, v->s->office->place, &t);
	open_top(v, "各村公开的", NULL);
	html_raw(h, "<main id=\"m\" class=\"one\">");
	if (e == OK && t.sum.rows > 0) {
		html_raw(h, "<p class=\"say\">");
		html_text(h, visit_place(v, v->s->office->place));
		html_raw(h, "公开了 ");
		html_number(h, t.sheets);
		html_raw(h, " 张表：");
		totals_sentence(v, &t);
		html_raw(h, "</p>");
	}
	html_raw(h, "<h1>看哪个村的？</h1>");
	for (size_t i = 0; settings_place_at(s, i) != NULL && e == OK; i++)
		if (settings_place_at(s, i)->level == PLACE_TOWNSHIP)
			e = township_shown(v, settings_place_at(s, i));
	if (e == OK) {
		html_raw(h, "<details class=\"all\"><summary>一共公开了多少钱</summary>");
		e = totals_table(v, v->s->office->place);
		html_raw(h, "</details>");
	}
	html_raw(h, "</main>");
	if (e == OK)
		open_bottom(v, NULL);
	else
		visit_trouble(v, e, "/open");
}

/* --- one period of a template --- */

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

/* 2026-10.p2.jsonl: one part of a long period, as it was signed. */
static const char *take_part_number(const char *ending, const struct disclosed *d, size_t *first,
				    size_t *count)
{
	const char *dot = strchr(ending, '.');
	int64_t part;
	if (ending[0] != 'p' || dot == NULL ||
	    !text_number(ending + 1, (size_t)(dot - ending - 1), &part))
		return ending;
	for (size_t i = *first; i < *first + *count; i++)
		if (d->sheet[i].entry.part == (uint32_t)part) {
			*first = i;
			*count = 1;
			return dot + 1;
		}
	*count = 0;
	return dot + 1;
}

/* 2026-10.csv: the ending says in which form. */
static void sheet_asked(struct visit *v, struct open_asked *a, const struct disclosed *d,
			const struct catalogue_template *t)
{
	char *dot = strchr(a->period, '.');
	const char *ending = dot == NULL ? "" : dot + 1;
	struct buf rows, file;
	size_t count;
	if (dot != NULL)
		*dot = 0;
	size_t first = disclosed_find(d, a->what, a->period, &count);
	ending = take_part_number(ending, d, &first, &count);
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
		open_missing(v);
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
		open_sheet_page(v, a, d, first, count, &rows);
	buf_free(&rows);
	buf_free(&file);
}

/* --- a column: its templates and the newest rows of each --- */

static void column_page(struct visit *v, const struct open_asked *a, const struct disclosed *d,
			const struct open_column *column)
{
	struct html *h = &v->h;
	const struct catalogue_template *t;
	bool any = false;
	open_top(v, column->title, a->place);
	html_raw(h, "<div class=\"grid\">");
	open_columns(v, a->place, column->id);
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
	open_bottom(v, a->place);
}

void page_open(struct visit *v)
{
	struct open_asked a;
	struct disclosed d;
	const struct place *p;
	if (!read_address(v, &a)) {
		open_missing(v);
		return;
	}
	p = settings_place(v->s->office->settings, a.place);
	if (p == NULL || (p->level != PLACE_VILLAGE && p->level != PLACE_GROUP)) {
		open_missing(v);
		return;
	}
	struct db *db = township_read_begin(v->s->township);
	enum err e = disclosed_read(db, a.place, &d);
	township_read_end(v->s->township);
	if (e != OK) {
		visit_trouble(v, e, "/open");
		return;
	}
	const struct open_column *column = open_column_of(a.what[0] == 0 ? "finance" : a.what);
	const struct catalogue_template *t = catalogue_find(v->catalogue, a.what);
	if (column != NULL && a.period[0] == 0)
		column_page(v, &a, &d, column);
	else if (t != NULL && !t->household && a.period[0] != 0)
		sheet_asked(v, &a, &d, t);
	else
		open_missing(v);
	disclosed_free(&d);
}

/* --- what each column of a table means --- */

void page_open_fields(struct visit *v)
{
	const struct catalogue_template *t = catalogue_find(v->catalogue, v->rest);
	struct html *h = &v->h;
	if (t == NULL) {
		open_missing(v);
		return;
	}
	open_top(v, t->title, NULL);
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
	open_bottom(v, NULL);
}
