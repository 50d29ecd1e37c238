/* page_records.c - who looked at what and who decided what, newest first: of the places the reader
 * works for. What belongs to no place is for those who work for the whole installation. */
#include "app/base/text.h"
#include "app/store/township/desk.h"
#include "app/township/pages.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Rows of others are passed over; after so many the page ends and the next one goes on there. */
enum { RECORDS_SHOWN = 200, RECORDS_PASSED = 20000 };

static enum err is_shown(struct visit *v, struct db *db, const struct audit_entry *a, bool *shown)
{
	char place[PLACE_ID_MAX + 1];
	const struct settings *s = v->s->office->settings;
	enum err e = desk_audit_place(db, s, a, place);
	*shown = e == OK &&
		 access_covers(s, &v->me.who,
			       settings_place(s, place) == NULL ? v->s->office->place : place);
	return e;
}

static void row(struct visit *v, const struct audit_entry *a)
{
	struct html *h = &v->h;
	html_raw(h, "<tr><td class=\"num\">");
	html_time(h, a->time);
	html_raw(h, "</td><td>");
	html_text(h, a->name);
	html_raw(h, "</td><td>");
	html_text(h, audit_kind_words(a->kind));
	html_raw(h, "</td><td>");
	html_text(h, a->subject);
	html_raw(h, "</td><td>");
	html_text(h, a->reason);
	html_raw(h, "</td></tr>");
}

void page_records(struct visit *v)
{
	struct html *h = &v->h;
	struct audit_entry a = {.number = INT64_MAX};
	const char *before = http_query(v->r, "before");
	char address[48];
	int shown = 0, passed = 0;
	enum err e = OK;
	bool show;
	if (before != NULL && !text_number(before, strlen(before), &a.number))
		a.number = INT64_MAX;
	visit_top(v, "查看记录", "谁打开了什么、谁办了什么，只增不改", "/records");
	html_raw(h, "<section class=\"card\"><table><thead><tr><th scope=\"col\">时间</th>"
		    "<th scope=\"col\">谁</th><th scope=\"col\">做了什么</th>"
		    "<th scope=\"col\">哪一件</th><th scope=\"col\">理由</th></tr></thead>"
		    "<tbody>");
	struct db *db = township_read_begin(v->s->township);
	while (e == OK && shown < RECORDS_SHOWN && passed < RECORDS_PASSED) {
		e = audit_before(db, a.number, &a);
		if (e == OK)
			e = is_shown(v, db, &a, &show);
		if (e == OK && show)
			row(v, &a);
		shown += e == OK && show;
		passed++;
	}
	township_read_end(v->s->township);
	html_raw(h, "</tbody></table>");
	if (shown == 0)
		html_raw(h, "<p class=\"hint\">还没有记录。</p>");
	if (e == OK) {
		snprintf(address, sizeof address, "/records?before=%" PRId64, a.number);
		html_raw(h, "<p class=\"turn\"><a class=\"b\"");
		html_attr(h, "href", address);
		html_raw(h, ">更早的</a></p>");
	}
	html_raw(h, "</section>");
	if (e == OK || e == ERR_MISSING)
		visit_send(v, 200);
	else
		visit_trouble(v, e, "/");
}
