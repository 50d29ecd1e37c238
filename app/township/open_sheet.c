#include "app/township/open_sheet.h"

#include "app/base/clock.h"
#include "app/township/open_frame.h"
#include "app/township/open_rows.h"
#include "app/township/open_sums.h"
#include "app/village/due.h"
#include "app/village/period.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LISTED_ROWS_MAX = 600, LATE_SHOWN = 6, ASKED_BYTES_MAX = 16 << 20 };

static void address_of(const struct open_asked *a, const char *period, char out[160])
{
	snprintf(out, 160, "/open/%s/%s/%s", a->place, a->what, period);
}

/* 2026 年 10 月的账, 资金结存 · 2026 年第 3 季度. */
static void heading(struct visit *v, const struct catalogue_template *t, const char *period)
{
	struct html *h = &v->h;
	if (strcmp(t->id, "ledger") == 0) {
		visit_period(v, period);
		html_raw(h, "的账");
		return;
	}
	html_text(h, t->title);
	html_raw(h, " · ");
	visit_period(v, period);
}

/* --- the other periods --- */

static void step(struct visit *v, const struct open_asked *a, const char *period, const char *icon,
		 const char *words)
{
	struct html *h = &v->h;
	char address[160];
	if (period == NULL) {
		html_raw(h, "<span class=\"off\">");
		open_icon(v, icon);
		html_raw(h, "</span>");
		return;
	}
	address_of(a, period, address);
	html_raw(h, "<a");
	html_attr(h, "href", address);
	html_attr(h, "aria-label", words);
	html_raw(h, ">");
	open_icon(v, icon);
	html_raw(h, "</a>");
}

/* ‹ 2026 年 10 月的账 ›: sheets stand newest first. */
static void stepper(struct visit *v, const struct open_asked *a, const struct disclosed *d,
		    const struct catalogue_template *t, size_t at)
{
	struct html *h = &v->h;
	const char *period = d->sheet[at].entry.period, *before = NULL, *after = NULL;
	size_t count, first = disclosed_find(d, a->what, NULL, &count);
	for (size_t i = first; i < first + count; i++) {
		int c = strcmp(d->sheet[i].entry.period, period);
		if (c > 0)
			after = d->sheet[i].entry.period;
		else if (c < 0 && before == NULL)
			before = d->sheet[i].entry.period;
	}
	html_raw(h, "<div class=\"mon\">");
	step(v, a, before, "open-back", "前一期");
	html_raw(h, "<h1>");
	heading(v, t, period);
	html_raw(h, "</h1>");
	step(v, a, after, "open-next", "后一期");
	html_raw(h, "</div>");
}

/* All periods, folded by year; the year that is shown is open. */
static void periods(struct visit *v, const struct open_asked *a, const struct disclosed *d,
		    const char *now)
{
	size_t count, first = disclosed_find(d, a->what, NULL, &count);
	struct html *h = &v->h;
	const char *last = "";
	html_raw(h, "<section class=\"years\"><h2>别的时候</h2>");
	for (size_t i = first; i < first + count; i++) {
		const char *period = d->sheet[i].entry.period;
		char address[160];
		if (strcmp(period, last) == 0)
			continue;
		if (strncmp(period, last, 4) != 0) {
			if (last[0] != 0)
				html_raw(h, "</p></details>");
			html_raw(h, "<details");
			if (strncmp(period, now, 4) == 0)
				html_raw(h, " open");
			html_raw(h, "><summary>");
			if (strcmp(period, "once") == 0) {
				html_raw(h, "一次性的");
			} else {
				html_text_len(h, period, 4);
				html_raw(h, " 年");
			}
			html_raw(h, "</summary><p class=\"per\">");
		}
		last = period;
		address_of(a, period, address);
		html_raw(h, "<a");
		html_attr(h, "href", address);
		if (strcmp(period, now) == 0)
			html_raw(h, " aria-current=\"page\"");
		html_raw(h, ">");
		visit_period(v, period);
		html_raw(h, "</a>");
	}
	html_raw(h, "</p></details></section>");
}

/* --- beside it --- */

static void committee(struct visit *v, const struct catalogue_template *t,
		      const struct disclosed_word *w)
{
	struct html *h = &v->h;
	html_raw(h, "<h2>");
	open_icon(v, "open-badge");
	if (w->objection[0] != 0)
		html_raw(h, "<span class=\"bad\">监委会有人不同意</span></h2><p class=\"bad\">");
	else if (w->supervisor[0] != 0)
		html_raw(h, "监委会签过字</h2><p>");
	else if (t->supervised)
		html_raw(h, "监委会没有签</h2><p>");
	else
		html_raw(h, "谁公开的</h2><p>");
	html_text(h, w->objection);
	html_raw(h, "</p><p>");
	if (w->supervisor[0] != 0) {
		html_text(h, w->supervisor);
		html_raw(h, "签过字<br>");
	}
	if (w->prepared_by[0] != 0) {
		html_text(h, w->prepared_by);
		html_raw(h, "上传，");
	}
	html_text(h, w->approved_by);
	html_raw(h, "审批公开<br>");
}

static void seals(struct visit *v, const struct catalogue_template *t, const struct disclosed *d,
		  const struct disclosed_sheet *s)
{
	struct html *h = &v->h;
	const struct disclosed_word *w = disclosed_word(d, s->publication);
	html_raw(h, "<section>");
	if (w != NULL)
		committee(v, t, w);
	html_raw(h, "第 ");
	html_number(h, (int64_t)s->entry.version);
	html_raw(h, " 版 · ");
	html_day(h, s->day);
	html_raw(h, " 公开 · 数据到 ");
	html_day(h, d->day);
	if (s->entry.reason[0] != 0) {
		html_raw(h, "<br>为什么改：");
		html_text(h, s->entry.reason);
	}
	html_raw(h, "</p></section>");
}

static void print_of(struct visit *v, const struct disclosed_sheet *s)
{
	char print[40];
	struct html *h = &v->h;
	sheet_fingerprint(&s->entry.hash, print);
	html_raw(h, "<div class=\"fp\">");
	for (const char *p = print; *p != 0;) {
		size_t n = strcspn(p, " ");
		html_raw(h, "<b>");
		html_text_len(h, p, n);
		html_raw(h, "</b>");
		p += n + (p[n] == ' ');
	}
	html_raw(h, "</div>");
}

/* Two lines for any shell; a period of several parts has a print for each. */
static void recipe(struct visit *v, const struct open_asked *a, const struct disclosed *d,
		   size_t first, size_t count)
{
	struct html *h = &v->h;
	html_raw(h,
		 "<details class=\"recipe\"><summary>自己算一遍指纹</summary><p>在任何一台 Linux "
		 "电脑上运行这两行，出来的数要和上面一样。</p>");
	for (size_t i = first; i < first + count; i++) {
		char file[16] = "", address[160];
		if (count > 1)
			snprintf(file, sizeof file, ".p%u",
				 (unsigned)d->sheet[i].entry.part % 1000);
		address_of(a, d->sheet[i].entry.period, address);
		html_raw(h, "<pre>h=$(curl -s ");
		html_text(h, v->s->origin);
		html_text(h, address);
		html_text(h, file);
		html_raw(h, ".jsonl | b2sum -l 256)\n"
			    "for i in 1 5 9 13 17 21 25 29; do printf '%04d ' $((0x$(echo $h | cut "
			    "-c $i-$((i+3))) % 10000)); done</pre>");
	}
	html_raw(h, "</details>");
}

static void download(struct visit *v, const struct open_asked *a, const char *period,
		     const char *ending, const char *label)
{
	char address[160], whole[176];
	address_of(a, period, address);
	snprintf(whole, sizeof whole, "%s.%s", address, ending);
	html_raw(&v->h, "<a");
	html_attr(&v->h, "href", whole);
	html_raw(&v->h, ">");
	html_text(&v->h, label);
	html_raw(&v->h, "</a>");
}

/* A month that should be public by now, and the one that is next. */
static void due(struct visit *v, const struct catalogue_template *t, const char *newest)
{
	struct html *h = &v->h;
	int32_t today = clock_day(v->now);
	int month = period_month(newest), late = 0;
	if (strcmp(t->rhythm, "month") != 0 || month == 0)
		return;
	html_raw(h, "<section class=\"u\"><h2>");
	open_icon(v, "open-calendar");
	html_raw(h, "该公开还没公开的</h2><p>");
	for (;;) {
		month = month % 100 == 12 ? month + 89 : month + 1;
		int32_t day = due_day(t, month);
		if (day >= today || late == LATE_SHOWN)
			break;
		late++;
		html_raw(h, "<b>");
		html_number(h, month / 100);
		html_raw(h, " 年 ");
		html_number(h, month % 100);
		html_raw(h, " 月</b>，最迟 ");
		html_day(h, day);
		html_raw(h, "，晚了 ");
		html_number(h, clock_days_between(day, today));
		html_raw(h, " 天<br>");
	}
	if (late == LATE_SHOWN) {
		html_raw(h, "后面的也没有。");
	} else {
		if (late == 0)
			html_raw(h, "到今天没有。");
		html_raw(h, "下一个是 ");
		html_number(h, month % 100);
		html_raw(h, " 月的，最迟 ");
		html_day(h, due_day(t, month));
		html_raw(h, "。");
	}
	html_raw(h, "</p><p class=\"cap\">规定：");
	html_text(h, t->rule);
	html_raw(h, "</p></section>");
}

static void beside(struct visit *v, const struct open_asked *a, const struct disclosed *d,
		   size_t first, size_t count)
{
	struct html *h = &v->h;
	const struct disclosed_sheet *s = &d->sheet[first];
	const struct catalogue_template *t = catalogue_find(v->catalogue, a->what);
	size_t all, newest = disclosed_find(d, a->what, NULL, &all);
	char fields[64];
	html_raw(h, "<aside>");
	seals(v, t, d, s);
	html_raw(h, "<section><h2>");
	open_icon(v, "open-paper");
	html_raw(h, "这张表的指纹</h2>");
	for (size_t i = first; i < first + count; i++)
		print_of(v, &d->sheet[i]);
	html_raw(h, "<p>和村务栏纸上印的一样，就没人换过。</p>");
	recipe(v, a, d, first, count);
	html_raw(h, "</section><section class=\"no-print\"><h2>");
	open_icon(v, "open-download");
	html_raw(h, "自己算一遍账</h2><div class=\"dl\">");
	download(v, a, s->entry.period, "csv", "表格 CSV");
	download(v, a, s->entry.period, "json", "JSON");
	download(v, a, s->entry.period, "jsonl", "原表");
	snprintf(fields, sizeof fields, "/fields/%s", a->what);
	html_raw(h, "<a");
	html_attr(h, "href", fields);
	html_raw(h, ">字段说明</a></div></section><section class=\"q no-print\"><h2>");
	open_icon(v, "open-help");
	html_raw(h, "哪一笔有疑问</h2><p>这个网页只能看，不收信。到村委会的触摸屏上点那一笔问，可以"
		    "不留名。</p></section>");
	due(v, t, d->sheet[newest].entry.period);
	html_raw(h, "</aside>");
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

static void rows_shown(struct visit *v, const struct disclosed *d,
		       const struct catalogue_template *t, const char *period,
		       const struct buf *rows, bool listed)
{
	struct html *h = &v->h;
	struct buf asked;
	buf_init(&asked, ASKED_BYTES_MAX);
	const struct open_beside besides = {asked_rows(v, d, &asked), &asked, period};
	if (listed) {
		open_rows_listed(h, t, rows, &besides);
		html_raw(h, "<details class=\"all\"><summary>每一列都看</summary>");
	}
	open_rows_shown(h, t, rows, &besides);
	if (listed)
		html_raw(h, "</details>");
	buf_free(&asked);
}

void open_sheet_page(struct visit *v, const struct open_asked *a, const struct disclosed *d,
		     size_t first, size_t count, const struct buf *rows)
{
	struct html *h = &v->h;
	const struct catalogue_template *t = catalogue_find(v->catalogue, a->what);
	const char *period = d->sheet[first].entry.period;
	struct open_sums sums = {.rows = 0};
	bool books = t->direction_field >= 0;
	enum err e = OK;
	if (books) {
		open_sums_of(t, rows, &sums);
		e = open_balance(v, d, period, &sums);
	}
	if (e != OK) {
		visit_trouble(v, e, "/open");
		return;
	}
	open_top(v, t->title, a->place);
	html_raw(h, "<div class=\"grid\">");
	open_columns(v, a->place, t->column);
	html_raw(h, "<main id=\"m\">");
	stepper(v, a, d, t, first);
	if (books)
		open_sums_shown(v, &sums);
	rows_shown(v, d, t, period, rows, books && sums.rows <= LISTED_ROWS_MAX);
	periods(v, a, d, period);
	html_raw(h, "</main>");
	beside(v, a, d, first, count);
	html_raw(h, "</div>");
	open_bottom(v, a->place);
}
