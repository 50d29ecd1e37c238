/* page_cases.c - the list of cases, by deadline or by number, and the office key that shows what
 * they say. With the key shut nothing but clear columns is here to be shown. */
#include "app/base/clock.h"
#include "app/store/township/audit.h"
#include "app/store/township/wraps.h"
#include "app/township/cases_shown.h"
#include "app/township/pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LISTED_MAX = 500 };

static void row(struct visit *v, const struct case_row *c)
{
	struct html *h = &v->h;
	char address[48];
	bool sealed = case_sealed(v, c), over = !case_over(c) && c->due < clock_day(v->now);
	snprintf(address, sizeof address, "/cases/%lld", (long long)c->number);
	html_raw(h, "<tr");
	if (sealed)
		html_raw(h, " class=\"sealed\"");
	else if (over)
		html_raw(h, " class=\"over\"");
	html_raw(h, "><td>");
	if (sealed) {
		html_raw(h, "<b>");
		html_text(h, c->label);
		html_raw(h, "</b>");
	} else {
		html_raw(h, "<a class=\"lk\"");
		html_attr(h, "href", address);
		html_raw(h, ">");
		html_text(h, c->label);
		html_raw(h, "</a>");
	}
	html_raw(h, "</td><td class=\"num\">");
	html_day(h, clock_day(c->received));
	html_raw(h, "</td><td>");
	const struct body *b = settings_body(v->s->office->settings, c->body);
	html_text(h, b == NULL ? "" : b->short_name);
	html_raw(h, "</td><td>");
	if (sealed)
		html_raw(h, "封着，这里打不开");
	else
		html_text(h, c->kind == PARCEL_LOST ? "有人查不到信" : case_topic_words(c->topic));
	html_raw(h, "</td><td>");
	if (!sealed) {
		html_raw(h, "<span class=\"t n\">");
		html_text(h, case_class_words(c->class));
		html_raw(h, "</span>");
	}
	html_raw(h, "</td><td>");
	case_deadline(v, c);
	html_raw(h, "</td><td>");
	if (!sealed) {
		html_raw(h, "<span class=\"t g\">");
		html_text(h, case_staff_words(c->state));
		html_raw(h, "</span>");
	}
	html_raw(h, "</td></tr>");
}

/* What is due first stands first; what is over comes last. */
static int by_deadline(const void *a, const void *b)
{
	const struct case_row *x = a, *y = b;
	if (case_over(x) != case_over(y))
		return case_over(x) ? 1 : -1;
	if (x->due != y->due)
		return x->due < y->due ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

void page_cases(struct visit *v)
{
	struct case_row *list = calloc(LISTED_MAX, sizeof *list), c;
	size_t count = 0, open = 0;
	int64_t before = INT64_MAX;
	char aside[64];
	enum err e = list == NULL ? ERR_FULL : OK;
	struct db *db = township_read_begin(v->s->township);
	while (e == OK && count < LISTED_MAX) {
		e = cases_before(db, before, &c);
		if (e != OK)
			break;
		before = c.number;
		if (case_shown(v, &c)) {
			open += !case_over(&c);
			list[count++] = c;
		}
	}
	township_read_end(v->s->township);
	if (e != OK && e != ERR_MISSING) {
		free(list);
		visit_trouble(v, e, "/");
		return;
	}
	qsort(list, count, sizeof *list, by_deadline);
	snprintf(aside, sizeof aside, "%zu 件在办 · 按期限排", open);
	visit_top(v, "群众反映", aside, "/cases");
	office_key_bar(v);
	html_raw(&v->h, "<section class=\"card\"><table "
			"class=\"tall\"><thead><tr><th>编号<th>收到<th>谁来办"
			"<th>话题<th>怎么办<th>期限<th>状态</tr></thead><tbody>");
	for (size_t i = 0; i < count; i++)
		row(v, &list[i]);
	html_raw(&v->h, "</tbody></table>");
	if (count == 0)
		html_raw(&v->h, "<p class=\"hint\">还没有群众反映。</p>");
	html_raw(&v->h, "</section><p class=\"cap row\">");
	html_icon(&v->h, "eye", 20);
	html_raw(
		&v->h,
		"打开案卷会记下谁、什么时候、看了什么。期限从服务器收到那天算起，谁也改不了。</p>");
	visit_send(v, 200);
	free(list);
}

/* --- the office key --- */

static enum err note(struct db *db, void *self)
{
	const struct audit_entry *a = self;
	return audit_add(db, a);
}

/* Every office key of this member that the password opens. */
static enum err open_keys(struct visit *v, const char *password, size_t *opened)
{
	char owner[PLACE_ID_MAX + 1] = "";
	enum err e = OK;
	*opened = 0;
	while (e == OK) {
		struct buf wrapped;
		struct seal_secret key;
		buf_init(&wrapped, WRAP_SECRET_MAX + SEAL_WRAP_EXTRA);
		struct db *db = township_read_begin(v->s->township);
		e = wraps_next(db, v->me.who.id, WRAP_OFFICE, owner, owner);
		if (e == OK)
			e = wraps_get(db, v->me.who.id, WRAP_OFFICE, owner, &wrapped);
		township_read_end(v->s->township);
		if (e == OK)
			e = wraps_open(&wrapped, password, &key, sizeof key);
		if (e == OK) {
			e = access_key_keep(v->access, v->token, owner, &key, v->now);
			(*opened)++;
		}
		seal_wipe(&key, sizeof key);
		buf_wipe(&wrapped);
	}
	return e == ERR_MISSING ? OK : e;
}

static void try_keys(struct visit *v)
{
	char password[STAFF_PASSWORD_MAX + 1] = "";
	size_t opened = 0;
	struct audit_entry a = {.time = v->now, .staff = v->me.who.id, .kind = AUDIT_KEY_OPENED};
	snprintf(a.subject, sizeof a.subject, "%s", v->me.who.login);
	if (access_wait_s(v->access, v->me.who.login, v->now) > 0) {
		visit_say(v, 429, "试错了好几次", "口令试错了好几次。请过一会儿再试。", "/cases");
		return;
	}
	enum err e = visit_field(v, "password", password, sizeof password)
			     ? open_keys(v, password, &opened)
			     : ERR_REFUSED;
	seal_wipe(password, sizeof password);
	access_tried(v->access, v->me.who.login, e != ERR_REFUSED, v->now);
	if (e == OK && opened > 0)
		e = writer_do(v->s->writer, note, &a);
	if (e == ERR_REFUSED)
		visit_say(v, 403, "密钥口令不对", "口令不对，密钥还锁着。请再试一次。", "/cases");
	else if (e != OK)
		visit_trouble(v, e, "/cases");
	else if (opened == 0)
		visit_say(v, 403, "您没有办公室密钥",
			  "您名下没有办公室密钥。请找管理员，由有密钥的同事给您一把。", "/cases");
	else
		visit_go(v, "/cases", NULL);
}

void page_keys(struct visit *v)
{
	char what[8];
	if (visit_field(v, "do", what, sizeof what) && strcmp(what, "close") == 0) {
		access_keys_drop(v->access, v->token);
		visit_go(v, "/cases", NULL);
		return;
	}
	try_keys(v);
}
