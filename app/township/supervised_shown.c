#include "app/township/supervised_shown.h"

#include "app/store/township/staff.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { DAY_S = 86400 };

static void days_waited(struct visit *v, int64_t since)
{
	struct html *h = &v->h;
	int64_t days = (v->now - since) / DAY_S;
	html_raw(h, "，");
	if (days > 0) {
		html_number(h, days);
		html_raw(h, " 天了");
	} else {
		html_raw(h, "今天交来");
	}
}

void supervised_waiting(struct visit *v, const struct draft *d, const struct supervised *s)
{
	struct html *h = &v->h;
	int64_t since = d->submitted;
	if (supervised_waits(s, v->now)) {
		html_raw(h, "等监委会签");
		days_waited(v, since);
		return;
	}
	/* The approver's time begins when the last word was said, or when the wait was over. */
	if (s->wanted && s->silent > 0)
		since = s->until;
	else if (s->wanted && s->words > 0)
		since = s->word[s->words - 1].time;
	html_raw(h, "等审批人签");
	days_waited(v, since);
}

static void one_word(struct visit *v, const struct draft *d, const struct supervision *w,
		     bool stands)
{
	struct html *h = &v->h;
	char masked[PLACE_NAME_MAX + 1];
	staff_masked(w->name, masked);
	html_raw(h, "<dt>");
	html_text(h, masked);
	html_raw(h, "</dt><dd>");
	if (w->verdict == VERDICT_OBJECTED) {
		if (stands)
			html_raw(h, "<span class=\"t r\">不同意前一稿</span> ");
		else
			html_raw(h, "<span class=\"t r\">不同意</span> ");
		html_text(h, w->reason);
	} else if (w->verdict == VERDICT_PAPER) {
		char address[80];
		snprintf(address, sizeof address, "/paper/%" PRId64 "?of=%" PRId64, d->id,
			 w->member);
		html_raw(h, "<span class=\"t g\">传了签字表</span> <a class=\"lk\"");
		html_attr(h, "href", address);
		html_raw(h, ">看照片</a>");
	} else {
		html_raw(h, "<span class=\"t g\">签过字</span>");
	}
	html_raw(h, " <span class=\"cap num\">");
	html_time(h, w->time);
	html_raw(h, "</span></dd>");
}

static void still_waiting(struct visit *v, const struct supervised *s)
{
	struct html *h = &v->h;
	if (s->seats == 0 && s->words == 0) {
		html_raw(h, "<p class=\"cap\">这个村的监督委员会还没有人有账号。公开时会照实写"
			    "“监委会没有签”。</p>");
	} else if (supervised_waits(s, v->now)) {
		html_raw(h, "<p class=\"note\">还差 ");
		html_number(h, (int64_t)s->silent);
		html_raw(h, " 人。等到 ");
		html_time(h, s->until);
		html_raw(h, "；到时候还不签，审批人可以公开，会照实写没有签。</p>");
	} else if (s->silent > 0) {
		html_raw(h, "<p class=\"note\">等了 7 天，还有 ");
		html_number(h, (int64_t)s->silent);
		html_raw(h, " 人没有签。可以公开，会照实写。</p>");
	}
}

void supervised_card(struct visit *v, const struct draft *d, const struct supervised *s)
{
	struct html *h = &v->h;
	if (!s->wanted || d->state == DRAFT_UPLOADED)
		return;
	html_raw(h, "<section class=\"card\"><h2>村务监督委员会</h2>");
	if (s->words + s->stands > 0) {
		html_raw(h, "<dl class=\"kv\">");
		for (size_t i = 0; i < s->stands; i++)
			one_word(v, d, &s->stood[i], true);
		for (size_t i = 0; i < s->words; i++)
			one_word(v, d, &s->word[i], false);
		html_raw(h, "</dl>");
	}
	if (s->stands > 0)
		html_raw(h, "<p class=\"note\">不同意前一稿的人还没有对这一稿说话：他的理由照样和这"
			    "张表一起公开。</p>");
	if (d->state == DRAFT_SUBMITTED)
		still_waiting(v, s);
	else if (s->words == 0)
		html_raw(h, "<p>监委会没有签。</p>");
	html_raw(h, "</section>");
}

static void form_head(struct visit *v, int64_t draft)
{
	char address[64];
	snprintf(address, sizeof address, "/supervise/%" PRId64, draft);
	html_raw(&v->h, "<form method=\"post\"");
	html_attr(&v->h, "action", address);
	html_raw(&v->h, ">");
	visit_csrf(v);
}

void supervised_paper(struct visit *v, const struct draft *d)
{
	struct html *h = &v->h;
	char address[64];
	snprintf(address, sizeof address, "/paper/%" PRId64, d->id);
	html_raw(h, "<section class=\"card\"><h2>开会时签在纸上的</h2><form method=\"post\" "
		    "enctype=\"multipart/form-data\"");
	html_attr(h, "action", address);
	html_raw(h, ">");
	visit_csrf(v);
	html_raw(h,
		 "<label class=\"f\"><span>签字表的照片 <span class=\"hint\">JPG、PNG，或者只有"
		 "一页的 PDF</span></span><input class=\"in file\" type=\"file\" name=\"file\" "
		 "accept=\"image/jpeg,image/png,application/pdf\" required></label>"
		 "<button class=\"b\">传签字表</button></form><p class=\"cap\">名字以照片上签的为"
		 "准，谁也不能替签。照片留在办公室，审批人要看。</p></section>");
}

void supervised_forms(struct visit *v, const struct draft *d)
{
	struct html *h = &v->h;
	html_raw(h, "<section class=\"card act\"><h2>看过，同意公开</h2>");
	form_head(v, d->id);
	html_raw(h,
		 "<label class=\"ck\"><input type=\"checkbox\" name=\"seen\" value=\"yes\" "
		 "required> 每一笔都看过，没有凭证的照实写“没有凭证”</label>"
		 "<label class=\"f\"><span>您的口令</span><input class=\"in tall\" "
		 "type=\"password\" name=\"password\" autocomplete=\"off\" maxlength=\"128\" "
		 "required></label><button class=\"b p l wide\" name=\"do\" value=\"sign\">签名"
		 "</button></form><p class=\"cap\">只有您能签您的名字，镇上、村干部都不能替。</p>"
		 "</section><section class=\"card no\"><h2>不同意</h2>");
	form_head(v, d->id);
	html_raw(
		h,
		"<label class=\"f\"><span>为什么不同意 <span class=\"hint\">这几句话和这张表一起"
		"公开</span></span><textarea class=\"in\" name=\"words\" rows=\"3\" "
		"maxlength=\"90\" required placeholder=\"比如：9 月垃圾清运 5,500 元没有凭证，"
		"请先拿派车单来。\"></textarea></label><label class=\"f\"><span>您的口令</span>"
		"<input class=\"in tall\" type=\"password\" name=\"password\" autocomplete=\"off\" "
		"maxlength=\"128\" required></label><button class=\"b d wide\" name=\"do\" "
		"value=\"object\">不签，公开我的理由</button></form></section>");
}
