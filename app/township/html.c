#include "app/township/html.h"

#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/village/money.h"

#include <inttypes.h>
#include <string.h>

void html_start(struct html *h)
{
	buf_init(&h->b, HTML_MAX);
}

void html_free(struct html *h)
{
	buf_wipe(&h->b);
	buf_free(&h->b);
}

void html_bytes(struct html *h, const char *literal, size_t len)
{
	buf_add(&h->b, literal, len);
}

static void escaped(struct html *h, const char *text, size_t len)
{
	for (size_t at = 0; at < len;) {
		size_t from = at;
		uint32_t c = text_next(text, len, &at);
		if (c == '&')
			html_raw(h, "&amp;");
		else if (c == '<')
			html_raw(h, "&lt;");
		else if (c == '>')
			html_raw(h, "&gt;");
		else if (c == '"')
			html_raw(h, "&quot;");
		else if (c == '\'')
			html_raw(h, "&#39;");
		else if (c == 0xfffd || (c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0))
			html_raw(h, "\xef\xbf\xbd");
		else
			buf_add(&h->b, text + from, at - from);
	}
}

void html_text(struct html *h, const char *text)
{
	if (text != NULL)
		escaped(h, text, strlen(text));
}

void html_text_len(struct html *h, const char *text, size_t len)
{
	escaped(h, text, len);
}

void html_number(struct html *h, int64_t v)
{
	buf_print(&h->b, "%" PRId64, v);
}

void html_attr_named(struct html *h, const char *name, const char *value)
{
	buf_print(&h->b, " %s=\"", name);
	html_text(h, value);
	html_raw(h, "\"");
}

void html_attr_number(struct html *h, const char *name, int64_t v)
{
	buf_print(&h->b, " %s=\"%" PRId64 "\"", name, v);
}

void html_fen(struct html *h, int64_t fen)
{
	char money[MONEY_TEXT];
	html_text(h, money_exact(fen, money));
}

void html_time(struct html *h, int64_t time)
{
	if (time == 0) {
		html_raw(h, "—");
		return;
	}
	struct clock_date d = clock_date(time);
	buf_print(&h->b, "<time>%04d-%02d-%02d %02d:%02d</time>", d.year, d.month, d.day, d.hour,
		  d.minute);
}

void html_day(struct html *h, int32_t day)
{
	char text[11];
	if (day == 0) {
		html_raw(h, "—");
		return;
	}
	clock_day_text(day, text);
	html_raw(h, "<time>");
	html_text(h, text);
	html_raw(h, "</time>");
}

void html_icon(struct html *h, const char *name, int px)
{
	html_raw(h, "<img alt=\"\"");
	html_attr_number(h, "width", px);
	html_attr_number(h, "height", px);
	buf_print(&h->b, " src=\"/static/%s.svg\">", name);
}
