#include "app/township/open_frame.h"

#include <stdio.h>
#include <string.h>

static const struct open_column columns[] = {{"finance", "财务公开"}, {"village", "村务公开"},
					     {"party", "党务公开"},   {"gov", "政务公开"},
					     {"policy", "政策法规"},  {"service", "服务公开"},
					     {"project", "重点项目"}};

const struct open_column *open_column_at(size_t i)
{
	return i < sizeof columns / sizeof columns[0] ? &columns[i] : NULL;
}

const struct open_column *open_column_of(const char *id)
{
	for (size_t i = 0; open_column_at(i) != NULL; i++)
		if (strcmp(columns[i].id, id) == 0)
			return &columns[i];
	return NULL;
}

void open_icon(struct visit *v, const char *name)
{
	char file[64];
	snprintf(file, sizeof file, "/static/%s.svg", name);
	html_raw(&v->h, "<img alt=\"\" width=\"22\" height=\"22\"");
	html_attr(&v->h, "src", file);
	html_raw(&v->h, ">");
}

void open_top(struct visit *v, const char *title, const char *place)
{
	struct html *h = &v->h;
	html_raw(h, "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta "
		    "name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>");
	html_text(h, title);
	html_raw(h,
		 " · 阳光村务 e路通</title><link rel=\"stylesheet\" "
		 "href=\"/static/open.css\"></head><body><a class=\"skip\" href=\"#m\">跳到正文</a>"
		 "<header><div class=\"wrap\"><img alt=\"\" width=\"40\" height=\"40\" "
		 "src=\"/static/logo-on-dark.svg\"><div class=\"who\"><b class=\"k\">阳光村务 "
		 "e路通</b><span>");
	if (place != NULL) {
		const struct place *town =
			settings_above(v->s->office->settings, place, PLACE_TOWNSHIP);
		if (town != NULL) {
			html_text(h, town->name);
			html_raw(h, " · ");
		}
		visit_place_full(v, place);
	}
	html_raw(h, "</span></div><a class=\"hb\" href=\"/open\">换一个村</a></div></header>"
		    "<div class=\"wrap\">");
}

void open_bottom(struct visit *v, const char *place)
{
	struct html *h = &v->h;
	const struct body *body =
		place == NULL ? NULL
			      : settings_reader(v->s->office->settings, place, BODY_TOWNSHIP);
	html_raw(h, "</div><footer><div class=\"wrap\">这个网页只能看，不收信，不记您看了什么。");
	if (body != NULL) {
		html_text(h, body->name);
		html_raw(h, " ");
		html_text(h, body->phone);
	}
	html_raw(h, "</div></footer></body></html>\n");
	visit_send_bare(v, v->h.b.full ? 500 : 200);
}

void open_columns(struct visit *v, const char *place, const char *column)
{
	struct html *h = &v->h;
	html_raw(h, "<nav aria-label=\"七个栏目\">");
	for (size_t i = 0; open_column_at(i) != NULL; i++) {
		char address[128];
		snprintf(address, sizeof address, "/open/%s/%s", place, columns[i].id);
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

void open_missing(struct visit *v)
{
	open_top(v, "没有这一页", NULL);
	html_raw(&v->h,
		 "<main id=\"m\" class=\"one\"><h1>没有这一页</h1><p>可能还没有公开，或者地址抄"
		 "错了。</p><p><a class=\"go\" href=\"/open\">看各村公开的</a></p></main>");
	html_raw(&v->h, "</div></body></html>\n");
	visit_send_bare(v, 404);
}
