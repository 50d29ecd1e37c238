/* page_home.c - what waits today, by role. */
#include "app/base/clock.h"
#include "app/store/township/drafts.h"
#include "app/store/township/kiosks.h"
#include "app/township/cases_shown.h"
#include "app/township/due_shown.h"
#include "app/township/pages.h"
#include "app/township/supervised.h"
#include "app/township/totals_shown.h"

#include <stdio.h>
#include <string.h>

enum { DAY_S = 86400, FIRST_SHOWN = 8 };

/* `icon` may be NULL. */
static void counter(struct visit *v, const char *address, const char *look, const char *words,
		    size_t count, const char *icon)
{
	struct html *h = &v->h;
	html_raw(h, "<a");
	html_attr(h, "class", look);
	html_attr(h, "href", address);
	html_raw(h, "><span>");
	html_text(h, words);
	html_raw(h, "</span><b class=\"num\">");
	html_number(h, (int64_t)count);
	html_raw(h, "</b>");
	if (icon != NULL)
		html_icon(h, icon, 36);
	html_raw(h, "</a>");
}

/* What is due first, as far as it fits. */
struct firsts {
	struct visit *v;
	int shown;
};

static enum err show_first(void *self, const struct case_row *c)
{
	struct firsts *w = self;
	if (!case_shown(w->v, c))
		return OK;
	if (w->shown == FIRST_SHOWN)
		return ERR_MISSING;
	case_line(w->v, c);
	w->shown++;
	return OK;
}

static enum err show_firsts(struct visit *v, size_t all)
{
	struct html *h = &v->h;
	struct firsts w = {.v = v};
	const struct desk_reader reader = {show_first, &w};
	html_raw(h, "<section class=\"card\"><h2>要先办的事<span class=\"sp\"></span>"
		    "<a class=\"b\" href=\"/cases\">看全部 ");
	html_number(h, (int64_t)all);
	html_raw(h, " 件</a></h2>");
	case_lines_begin(v);
	struct db *db = township_read_begin(v->s->township);
	enum err e = desk_cases(db, DESK_OPEN, &reader);
	township_read_end(v->s->township);
	case_lines_end(v);
	if (w.shown == 0)
		html_raw(h, "<p class=\"hint\">现在没有在办的。</p>");
	html_raw(h, "</section>");
	return e;
}

static enum err show_cases(struct visit *v)
{
	struct case_counts n;
	enum err e = cases_count(v, &n);
	if (e != OK)
		return e;
	html_raw(&v->h, "<div class=\"counters\">");
	counter(v, "/cases", "card st red", "已经超期", n.overdue, "warn");
	counter(v, "/cases", "card st sun", "今天到期", n.today, "clock");
	counter(v, "/cases", "card st blue", "等受理", n.to_accept, "envelope");
	counter(v, "/cases", "card st", "正在办", n.in_hand, "list");
	html_raw(&v->h, "</div>");
	return show_firsts(v, n.all);
}

struct draft_counts {
	size_t village, mine, approver, back;
};

/* For whom a draft waits: this member, the village's committee, the approver. */
static enum err count_waiting(struct visit *v, struct db *db, const struct draft *d,
			      struct draft_counts *n)
{
	struct supervised s;
	enum err e = supervised_read(db, v->s->office->settings,
				     catalogue_find(v->catalogue, d->template_id), d, &s);
	if (e != OK)
		return e;
	bool waits = supervised_waits(&s, v->now);
	n->mine += supervised_asks(&s, v->me.who.id) && supervised_word(&s, v->me.who.id) == NULL;
	n->village += waits;
	n->approver += !waits;
	return OK;
}

static enum err show_drafts(struct visit *v)
{
	struct draft d;
	struct draft_counts n = {0};
	int64_t before = INT64_MAX;
	struct db *db = township_read_begin(v->s->township);
	enum err e;
	for (e = drafts_before(db, before, &d); e == OK;
	     e = e == OK ? drafts_before(db, before, &d) : e) {
		before = d.id;
		if (!access_covers(v->s->office->settings, &v->me.who, d.place))
			continue;
		if (d.state == DRAFT_SUBMITTED)
			e = count_waiting(v, db, &d, &n);
		n.back += d.state == DRAFT_REFUSED && d.preparer == v->me.who.id;
	}
	township_read_end(v->s->township);
	html_raw(&v->h, "<div class=\"counters\">");
	if (access_may(v->me.who.role, ACT_SUPERVISE))
		counter(v, "/drafts", "card st red", "等您签的", n.mine, "check");
	counter(v, "/drafts", "card st blue", "等村监委会签", n.village, NULL);
	counter(v, "/drafts", "card st sun", "等审批人签", n.approver, NULL);
	if (access_may(v->me.who.role, ACT_UPLOAD))
		counter(v, "/drafts", "card st red", "退回给您改的", n.back, NULL);
	html_raw(&v->h, "</div>");
	return e == ERR_MISSING ? OK : e;
}

static enum err show_kiosks(struct visit *v)
{
	struct kiosk_row k;
	struct hash at = {{0}};
	size_t all = 0, away = 0;
	struct db *db = township_read_begin(v->s->township);
	enum err e;
	for (e = kiosks_next(db, &at, &k, NULL); e == OK; e = kiosks_next(db, &at, &k, NULL)) {
		at = k.id;
		if (k.revoked || !access_covers(v->s->office->settings, &v->me.who, k.place))
			continue;
		all++;
		away += v->now - k.health_time > DAY_S;
	}
	township_read_end(v->s->township);
	html_raw(&v->h, "<div class=\"counters\">");
	counter(v, "/kiosks", "card st", "触摸屏", all, NULL);
	counter(v, "/kiosks", "card st sun", "超 24 小时没见到", away, NULL);
	html_raw(&v->h, "</div>");
	return e == ERR_MISSING ? OK : e;
}

/* What the member's own part of the county has made public. */
static enum err show_totals(struct visit *v)
{
	html_raw(&v->h, "<section class=\"card\"><h2>已经公开的钱<span class=\"sp\"></span>"
			"<a class=\"b\" href=\"/open\">看公开的网页</a></h2>");
	enum err e = totals_table(v, v->me.who.place);
	html_raw(&v->h, "</section>");
	return e;
}

void page_home(struct visit *v)
{
	static const char *const weekday[] = {"日", "一", "二", "三", "四", "五", "六"};
	struct clock_date d = clock_date(v->now);
	char today[64];
	enum err e = OK;
	snprintf(today, sizeof today, "%d 年 %d 月 %d 日 星期%s", d.year, d.month, d.day,
		 weekday[d.weekday]);
	visit_top(v, "工作台", today, "/");
	office_key_bar(v);
	if (access_may(v->me.who.role, ACT_UPLOAD))
		html_raw(&v->h, "<p><a class=\"b p l\" href=\"/upload\">上传公开资料</a></p>");
	if (access_may(v->me.who.role, ACT_SEE_CASES))
		e = show_cases(v);
	if (e == OK && access_may(v->me.who.role, ACT_SEE_DRAFTS))
		e = show_drafts(v);
	if (e == OK && access_may(v->me.who.role, ACT_SEE_DRAFTS))
		e = due_card(v);
	if (e == OK && access_may(v->me.who.role, ACT_SEE_KIOSKS))
		e = show_kiosks(v);
	if (e == OK)
		e = show_totals(v);
	if (e == OK)
		visit_send(v, 200);
	else
		visit_trouble(v, e, "/login");
}
