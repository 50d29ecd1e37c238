/* page_templates.c - empty tables for download, one for each template of the catalogue. */
#include "app/township/pages.h"
#include "app/township/template_file.h"
#include "app/village/publication.h"

#include "app/base/clock.h"

#include <stdio.h>
#include <string.h>

enum { TEMPLATE_FILE_MAX = 1 << 20 };

static void link_to(struct visit *v, const struct catalogue_template *t, const char *ending,
		    const char *words)
{
	char address[TEMPLATE_ID_MAX + 32];
	snprintf(address, sizeof address, "/templates/%s.%s", t->id, ending);
	html_raw(&v->h, "<a");
	html_attr(&v->h, "href", address);
	html_raw(&v->h, ">");
	html_text(&v->h, words);
	html_raw(&v->h, "</a>");
}

void page_templates(struct visit *v)
{
	struct html *h = &v->h;
	visit_top(v, "空白表", "填好了再上传", "/drafts");
	html_raw(h, "<section class=\"card\"><table><thead><tr><th scope=\"col\">什么表</th><th "
		    "scope=\"col\">"
		    "说的是什么</th><th scope=\"col\">Excel、WPS</th><th "
		    "scope=\"col\">CSV</th></tr></thead><tbody>");
	for (size_t i = 0; catalogue_at(v->catalogue, i) != NULL; i++) {
		const struct catalogue_template *t = catalogue_at(v->catalogue, i);
		if (t->beside) /* written at the letter, never in a table */
			continue;
		html_raw(h, "<tr><td>");
		html_text(h, t->title);
		html_raw(h, "</td><td>");
		html_text(h, t->hint);
		html_raw(h, "</td><td>");
		link_to(v, t, "xlsx", ".xlsx");
		html_raw(h, "</td><td>");
		link_to(v, t, "csv", ".csv");
		html_raw(h, "</td></tr>");
	}
	html_raw(h, "</tbody></table><p><a class=\"b\" href=\"/upload\">去上传</a></p></section>");
	visit_send(v, 200);
}

/* "ledger.xlsx" into its template; the ending stays behind *dot. */
static const struct catalogue_template *asked_for(const struct visit *v, const char **dot)
{
	char id[TEMPLATE_ID_MAX + 1];
	*dot = strrchr(v->rest, '.');
	if (*dot == NULL || (size_t)(*dot - v->rest) >= sizeof id)
		return NULL;
	snprintf(id, sizeof id, "%.*s", (int)(*dot - v->rest), v->rest);
	return catalogue_find(v->catalogue, id);
}

/* The file's name in Chinese, as RFC 6266 wants it, beside one in plain letters. */
static void disposition(const struct catalogue_template *t, const char *dot, char out[512])
{
	size_t n = (size_t)snprintf(out, 512, "attachment; filename=\"%s%s\"; filename*=UTF-8''",
				    t->id, dot);
	for (const char *p = t->title; *p != 0 && n + 16 < 512; p++)
		n += (size_t)snprintf(out + n, 512 - n, "%%%02X", (unsigned)(unsigned char)*p);
	snprintf(out + n, 512 - n, "%s", dot);
}

void page_template(struct visit *v)
{
	static const char xlsx[] =
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	const char *dot;
	char name[512];
	struct buf file;
	const struct catalogue_template *t = asked_for(v, &dot);
	bool is_xlsx = dot != NULL && strcmp(dot, ".xlsx") == 0;
	enum err e = ERR_MISSING;
	buf_init(&file, TEMPLATE_FILE_MAX);
	if (t != NULL && is_xlsx)
		e = template_xlsx(t, clock_day(v->now), &file);
	else if (t != NULL && strcmp(dot, ".csv") == 0)
		e = template_csv(t, clock_day(v->now), &file);
	if (e == OK) {
		disposition(t, dot, name);
		const struct http_answer a = {.status = 200,
					      .type = is_xlsx ? xlsx : "text/csv; charset=utf-8",
					      .body = file.p,
					      .len = file.len,
					      .header = {"Content-Disposition", name,
							 "X-Content-Type-Options", "nosniff",
							 "Cache-Control", "no-store", NULL}};
		http_answer(v->r, &a);
	} else {
		visit_trouble(v, e, "/templates");
	}
	buf_free(&file);
}
