#include "app/township/visit.h"

#include "app/base/text.h"

#include <stdio.h>
#include <string.h>

enum { CLOCK_LAG_S = 300 }; /* a clock that is set back a little by the network is no news */

#define POLICY                                                                                     \
	"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "               \
	"base-uri 'none'; frame-ancestors 'none'"
static const char policy[] = POLICY;
/* What this server sends as a script is its own file; uploads go out as what they are, nosniff. */
static const char policy_script[] = POLICY "; script-src 'self'";

bool visit_field(const struct visit *v, const char *name, char *out, size_t size)
{
	const struct form_field *f = form_find(&v->form, name);
	out[0] = 0;
	if (f == NULL || f->len >= size)
		return false;
	/* A browser sends line ends as two characters. */
	size_t n = 0;
	for (size_t i = 0; i < f->len; i++)
		if (f->value[i] != '\r')
			out[n++] = (char)f->value[i];
	out[n] = 0;
	if (strlen(out) == n && text_is_plain(out, n))
		return true;
	out[0] = 0;
	return false;
}

bool visit_number(const struct visit *v, int64_t *out)
{
	return text_number(v->rest, strlen(v->rest), out);
}

/* --- answers --- */

static void send_bytes(struct visit *v, int status, const char *const extra[6])
{
	struct http_answer a = {.status = status,
				.type = "text/html; charset=utf-8",
				.body = v->h.b.p,
				.len = v->h.b.len,
				.header = {"Content-Security-Policy",
					   v->script ? policy_script : policy,
					   "X-Content-Type-Options", "nosniff", "Cache-Control",
					   "no-store", "Referrer-Policy", "same-origin"}};
	size_t n = 8;
	for (size_t i = 0; extra != NULL && i < 6 && extra[i] != NULL; i++)
		a.header[n++] = extra[i];
	http_answer(v->r, &a);
}

void visit_send(struct visit *v, int status)
{
	html_raw(&v->h, "</main></div></body></html>\n");
	if (v->h.b.full) {
		buf_clear(&v->h.b);
		v->h.b.full = false;
		html_raw(&v->h, "<!doctype html><meta charset=\"utf-8\"><p>这一页太长，显示不下。");
		status = 500;
	}
	send_bytes(v, status, NULL);
}

void visit_send_bare(struct visit *v, int status)
{
	send_bytes(v, status, NULL);
}

void visit_go(struct visit *v, const char *address, const char *cookie)
{
	visit_go_with(v, address, cookie, NULL);
}

void visit_go_with(struct visit *v, const char *address, const char *cookie, const char *second)
{
	const char *const extra[6] = {"Location",
				      address,
				      cookie == NULL ? NULL : "Set-Cookie",
				      cookie,
				      second == NULL ? NULL : "Set-Cookie",
				      second};
	buf_clear(&v->h.b);
	send_bytes(v, 303, extra);
}

void visit_say(struct visit *v, int status, const char *title, const char *words, const char *back)
{
	struct html *h = &v->h;
	buf_clear(&h->b);
	visit_top(v, title, NULL, "");
	html_raw(h, "<section class=\"card say\"><p>");
	html_text(h, words);
	html_raw(h, "</p><p><a class=\"b\"");
	html_attr(h, "href", back);
	html_raw(h, ">返回</a></p></section>");
	visit_send(v, status);
}

void visit_trouble(struct visit *v, enum err e, const char *back)
{
	if (e == ERR_MISSING)
		visit_say(v, 404, "没有找到", "没有找到您要的内容，可能已经换了地方。", back);
	else if (e == ERR_REFUSED || e == ERR_SAME)
		visit_say(v, 409, "没有办成",
			  "这一步现在不能办：可能别人刚办过，或者不归您办。请刷新看看。", back);
	else if (e == ERR_FULL || e == ERR_IO)
		visit_say(v, 503, "现在办不了",
			  "服务器正忙，或者磁盘满了，什么都没有改动。请过一会儿再试；还不行就找管理"
			  "员。",
			  back);
	else
		visit_say(v, 500, "数据有问题", "读到的数据不对，什么都没有改动。请找管理员看看。",
			  back);
}

void visit_csrf(struct visit *v)
{
	html_raw(&v->h, "<input type=\"hidden\" name=\"csrf\"");
	html_attr(&v->h, "value", v->me.csrf);
	html_raw(&v->h, ">");
}

/* --- the frame of every page --- */

static const struct side_entry {
	enum access_act act;
	const char *address, *icon, *words;
} side[] = {
	{ACT_HOME, "/", "side-home", "工作台"},
	{ACT_SEE_CASES, "/cases", "side-complaint", "群众反映"},
	{ACT_SEE_DRAFTS, "/drafts", "side-upload", "信息公开"},
	{ACT_SEE_KIOSKS, "/kiosks", "side-kiosk", "终端设备"},
	{ACT_SEE_RECORDS, "/records", "side-eye", "查看记录"},
};

static void side_bar(struct visit *v, const char *here)
{
	struct html *h = &v->h;
	char masked[PLACE_NAME_MAX + 1];
	html_raw(h, "<nav class=\"side\" aria-label=\"主菜单\"><div class=\"brand\">");
	html_icon(h, "logo-on-dark", 40);
	html_raw(h, "<span>阳光村务 <i>e</i>路通</span></div><div class=\"place\">");
	html_text(h, visit_place(v, v->me.who.place));
	html_raw(h, "工作台</div>");
	for (size_t i = 0; i < sizeof side / sizeof side[0]; i++) {
		if (!access_may(v->me.who.role, side[i].act))
			continue;
		html_raw(h, "<a");
		html_attr(h, "href", side[i].address);
		if (strcmp(side[i].address, here) == 0)
			html_raw(h, " aria-current=\"page\"");
		html_raw(h, ">");
		html_icon(h, side[i].icon, 22);
		html_text(h, side[i].words);
		html_raw(h, "</a>");
	}
	html_raw(h, "<div class=\"me\"><b>");
	staff_masked(v->me.who.name, masked);
	html_text(h, masked);
	html_raw(h, " · ");
	html_text(h, staff_role_words(v->me.who.role));
	html_raw(h, "</b><br>");
	if (v->me.who.last_login == 0)
		html_raw(h, "第一次登录");
	else {
		html_raw(h, "上次登录 ");
		html_time(h, v->me.who.last_login);
	}
	html_raw(h, "<form method=\"post\" action=\"/logout\">");
	visit_csrf(v);
	html_raw(h, "<button class=\"leave\">退出登录</button></form></div></nav>");
}

/* The clock lags behind what is already written down: somebody must set it. */
static void clock_banner(struct visit *v)
{
	struct html *h = &v->h;
	int64_t lag = server_clock_lag(v->s);
	if (lag < CLOCK_LAG_S)
		return;
	html_raw(h, "<p class=\"banner\" role=\"alert\"><b>这台服务器的钟不对。</b>钟上是 ");
	html_time(h, v->now - lag);
	html_raw(h, "，可是 ");
	html_time(h, v->now);
	html_raw(h,
		 " 的事都记下来了。收到的时间先按后一个算，不会提前；请管理员马上把钟校准。</p>");
}

void visit_top(struct visit *v, const char *title, const char *aside, const char *here)
{
	struct html *h = &v->h;
	html_raw(h, "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
		    "<meta name=\"viewport\" content=\"width=device-width\"><title>");
	html_text(h, title);
	html_raw(h, " · e路通</title><link rel=\"stylesheet\" href=\"/static/console.css\">");
	if (v->script)
		html_raw(h, "<script src=\"/static/vouchers.js\" defer></script>");
	html_raw(h, "</head>");
	if (!v->known) {
		html_raw(h,
			 "<body class=\"alone\"><div class=\"mainw\"><main id=\"m\" class=\"ct\">");
		clock_banner(v);
		return;
	}
	html_raw(h, "<body><a class=\"skip\" href=\"#m\">跳到正文</a>");
	side_bar(v, here);
	html_raw(h, "<div class=\"mainw\"><header class=\"hd\"><h1>");
	html_text(h, title);
	html_raw(h, "</h1>");
	if (aside != NULL) {
		html_raw(h, "<span class=\"c\">");
		html_text(h, aside);
		html_raw(h, "</span>");
	}
	html_raw(h, "</header><main id=\"m\" class=\"ct\">");
	clock_banner(v);
}

/* --- words --- */

const char *visit_place(const struct visit *v, const char *id)
{
	const struct place *p = settings_place(v->s->office->settings, id);
	return p == NULL ? id : p->name;
}

void visit_place_full(struct visit *v, const char *id)
{
	const struct place *p = settings_place(v->s->office->settings, id);
	if (p != NULL && p->level == PLACE_GROUP)
		html_text(&v->h, visit_place(v, p->parent));
	html_text(&v->h, p == NULL ? id : p->name);
}

void visit_period(struct visit *v, const char *period)
{
	size_t len = strlen(period);
	struct html *h = &v->h;
	if (len < 4 || strcmp(period, "once") == 0) {
		html_raw(h, "一次性");
		return;
	}
	html_text_len(h, period, 4);
	html_raw(h, " 年");
	if (len == 6 && period[4] == 'H') {
		html_text(h, period[5] == '1' ? " 上半年" : " 下半年");
	} else if (len == 7) {
		html_raw(h, " ");
		html_text(h, period + 5 + (period[5] == '0'));
		html_raw(h, " 月");
	} else if (len == 6) {
		html_raw(h, "第 ");
		html_text(h, period + 5);
		html_raw(h, " 季度");
	}
}
