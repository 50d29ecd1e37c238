/* page_records.c - who looked at what and who decided what, newest first. */
#include "app/store/township/audit.h"
#include "app/township/pages.h"

enum { RECORDS_SHOWN = 200 };

void page_records(struct visit *v)
{
	struct html *h = &v->h;
	struct audit_entry a = {.number = INT64_MAX};
	enum err e = OK;
	visit_top(v, "查看记录", "谁打开了什么、谁办了什么，只增不改", "/records");
	html_raw(h, "<section "
		    "class=\"card\"><table><thead><tr><th>时间<th>谁<th>做了什么<th>哪一件<th>理由<"
		    "/tr></thead>"
		    "<tbody>");
	struct db *db = township_read_begin(v->s->township);
	for (int i = 0; i < RECORDS_SHOWN && e == OK; i++) {
		e = audit_before(db, a.number, &a);
		if (e != OK)
			break;
		html_raw(h, "<tr><td class=\"num\">");
		html_time(h, a.time);
		html_raw(h, "</td><td>");
		html_text(h, a.name);
		html_raw(h, "</td><td>");
		html_text(h, audit_kind_words(a.kind));
		html_raw(h, "</td><td>");
		html_text(h, a.subject);
		html_raw(h, "</td><td>");
		html_text(h, a.reason);
		html_raw(h, "</td></tr>");
	}
	township_read_end(v->s->township);
	html_raw(h, "</tbody></table></section>");
	if (e == OK || e == ERR_MISSING)
		visit_send(v, 200);
	else
		visit_trouble(v, e, "/");
}
