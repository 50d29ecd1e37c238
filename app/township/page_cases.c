/* page_cases.c - the list of cases: those open by deadline, those over by number, page by page; and
 * the office key that shows what they say. With the key shut nothing but clear columns is here to
 * be shown. */
#include "app/base/text.h"
#include "app/store/township/audit.h"
#include "app/store/township/wraps.h"
#include "app/township/cases_shown.h"
#include "app/township/pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_ROWS = 100, FROM_MAX = 1000000 };

struct listing {
	struct visit *v;
	size_t from, shown; /* of this member's: passed over first, then seen */
	bool more;
	struct case_row row[PAGE_ROWS];
	size_t rows;
};

static enum err take(void *self, const struct case_row *c)
{
	struct listing *w = self;
	if (!case_shown(w->v, c))
		return OK;
	w->shown++;
	if (w->shown <= w->from)
		return OK;
	if (w->rows == PAGE_ROWS) {
		w->more = true;
		return ERR_MISSING;
	}
	w->row[w->rows++] = *c;
	return OK;
}

static void turn(struct visit *v, const char *words, bool there, bool over, size_t from)
{
	struct html *h = &v->h;
	char address[64];
	if (!there) {
		html_raw(h, "<span class=\"b off\" aria-disabled=\"true\">");
		html_text(h, words);
		html_raw(h, "</span>");
		return;
	}
	snprintf(address, sizeof address, "/cases?list=%s&from=%zu", over ? "over" : "open", from);
	html_raw(h, "<a class=\"b\"");
	html_attr(h, "href", address);
	html_raw(h, ">");
	html_text(h, words);
	html_raw(h, "</a>");
}

static void choice(struct visit *v, const char *address, const char *words, bool on)
{
	struct html *h = &v->h;
	html_raw(h, "<a");
	html_attr(h, "class", on ? "b p" : "b");
	html_attr(h, "href", address);
	if (on)
		html_raw(h, " aria-current=\"true\"");
	html_raw(h, ">");
	html_text(h, words);
	html_raw(h, "</a>");
}

static void show_list(struct visit *v, const struct listing *w, bool over)
{
	struct html *h = &v->h;
	html_raw(h, "<nav class=\"row\" aria-label=\"哪些\">");
	choice(v, "/cases", "在办的", !over);
	choice(v, "/cases?list=over", "办过的", over);
	html_raw(h, "</nav><section class=\"card\">");
	case_lines_begin(v);
	for (size_t i = 0; i < w->rows; i++)
		case_line(v, &w->row[i]);
	case_lines_end(v);
	if (w->rows == 0) {
		html_raw(h, "<p class=\"hint\">");
		html_text(h, over ? "还没有办过的。" : "现在没有在办的。");
		html_raw(h, "</p>");
	}
	html_raw(h, "<p class=\"turn\"><span class=\"cap\">每页 100 件");
	if (w->rows > 0) {
		html_raw(h, " · 这一页是第 ");
		html_number(h, (int64_t)w->from + 1);
		html_raw(h, " 到 ");
		html_number(h, (int64_t)(w->from + w->rows));
		html_raw(h, " 件");
	}
	html_raw(h, "</span><span class=\"sp\"></span>");
	turn(v, "上一页", w->from > 0, over, w->from < PAGE_ROWS ? 0 : w->from - PAGE_ROWS);
	turn(v, "下一页", w->more, over, w->from + PAGE_ROWS);
	html_raw(h, "</p></section><p class=\"cap row\">");
	html_icon(h, "eye", 20);
	html_raw(
		h,
		"打开案卷会记下谁、什么时候、看了什么。期限从服务器收到那天算起，谁也改不了。</p>");
}

void page_cases(struct visit *v)
{
	const char *list = http_query(v->r, "list"), *from = http_query(v->r, "from");
	bool over = list != NULL && strcmp(list, "over") == 0;
	struct listing *w = calloc(1, sizeof *w);
	const struct desk_reader reader = {take, w};
	struct case_counts counts;
	int64_t first = 0;
	char aside[64];
	if (w == NULL) {
		visit_trouble(v, ERR_FULL, "/");
		return;
	}
	w->v = v;
	if (from != NULL && text_number(from, strlen(from), &first) && first > 0 &&
	    first < FROM_MAX)
		w->from = (size_t)first;
	enum err e = cases_count(v, &counts);
	if (e == OK) {
		struct db *db = township_read_begin(v->s->township);
		e = desk_cases(db, over ? DESK_OVER : DESK_OPEN, &reader);
		township_read_end(v->s->township);
	}
	if (e == OK) {
		snprintf(aside, sizeof aside, over ? "%zu 件在办" : "%zu 件在办 · 按期限排",
			 counts.all);
		visit_top(v, "群众反映", aside, "/cases");
		office_key_bar(v);
		show_list(v, w, over);
		visit_send(v, 200);
	} else {
		visit_trouble(v, e, "/");
	}
	free(w);
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
	size_t refused = 0;
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
			e = access_key_keep(v->access, v->token, owner, &key, v->ticks);
			(*opened)++;
		} else if (e == ERR_REFUSED) {
			refused++;
			e = OK;
		}
		seal_wipe(&key, sizeof key);
		buf_wipe(&wrapped);
	}
	if (e == ERR_MISSING)
		return *opened == 0 && refused > 0 ? ERR_REFUSED : OK;
	return e;
}

static void try_keys(struct visit *v)
{
	char password[STAFF_PASSWORD_MAX + 1] = "";
	size_t opened = 0;
	struct audit_entry a = {.time = v->now, .staff = v->me.who.id, .kind = AUDIT_KEY_OPENED};
	snprintf(a.subject, sizeof a.subject, "%s", v->me.who.login);
	if (access_wait_s(v->access, DOOR_OFFICE, v->me.who.login, v->ticks) > 0) {
		visit_say(v, 429, "试错了好几次", "口令试错了好几次。请过一会儿再试。", "/cases");
		return;
	}
	enum err e = visit_field(v, "password", password, sizeof password)
			     ? open_keys(v, password, &opened)
			     : ERR_REFUSED;
	seal_wipe(password, sizeof password);
	/* Trouble of the server's own says nothing about the password and forgets no failure. */
	if (e == ERR_REFUSED || opened > 0)
		access_tried(v->access, DOOR_OFFICE, v->me.who.login,
			     e == ERR_REFUSED ? TRY_WRONG : TRY_GOOD, v->ticks);
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
