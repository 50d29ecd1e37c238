#include "app/township/totals_shown.h"

#include "app/village/money.h"

#include <string.h>

enum { WAN_FEN = 1000000 };

static void amount(struct visit *v, int64_t fen)
{
	char text[MONEY_TEXT];
	struct html *h = &v->h;
	bool wan = fen >= WAN_FEN || fen <= -WAN_FEN;
	html_raw(h, "<b class=\"num\">");
	html_text(h, wan ? money_wan(fen, 1, text) : money_exact(fen, text));
	html_raw(h, "</b>");
	if (wan)
		html_raw(h, " 万元");
	else
		html_raw(h, " 元");
}

void totals_sentence(struct visit *v, const struct totals *t)
{
	struct html *h = &v->h;
	if (t->sum.rows == 0)
		return;
	html_raw(h, "收入 ");
	amount(v, t->sum.in_fen);
	html_raw(h, "，支出 ");
	amount(v, t->sum.out_fen);
	if (t->sum.household_fen != 0) {
		html_raw(h, "；直接发给农户的补贴 ");
		amount(v, t->sum.household_fen);
	}
	if (t->sum.passed_fen != 0) {
		html_raw(h, "；存取现金、内部往来 ");
		amount(v, t->sum.passed_fen);
		html_raw(h, "，不算收也不算支");
	}
	html_raw(h, "。");
}

static void figure(struct visit *v, int64_t fen)
{
	char text[MONEY_TEXT];
	html_raw(&v->h, "<td class=\"n num\">");
	html_text(&v->h, fen == 0 ? "—" : money_exact(fen, text));
	html_raw(&v->h, "</td>");
}

static void row(struct visit *v, const char *place, bool whole, const struct totals *t)
{
	struct html *h = &v->h;
	html_raw(h, "<tr><th scope=\"row\">");
	visit_place_full(v, place);
	if (whole)
		html_raw(h, "，一共");
	html_raw(h, "</th>");
	figure(v, t->sum.in_fen);
	figure(v, t->sum.out_fen);
	figure(v, t->sum.household_fen);
	figure(v, t->sum.passed_fen);
	html_raw(h, "<td class=\"n num\">");
	html_number(h, t->sheets);
	html_raw(h, "</td></tr>");
}

enum err totals_table(struct visit *v, const char *place)
{
	const struct settings *s = v->s->office->settings;
	struct html *h = &v->h;
	struct totals all, one;
	enum err e = totals_of(v->totals, place, &all);
	if (e != OK || all.sum.rows == 0)
		return e;
	html_raw(h,
		 "<div class=\"wide wide-table\"><table><thead><tr><th scope=\"col\">哪里</th>"
		 "<th scope=\"col\" class=\"n\">收入（元）</th><th scope=\"col\" class=\"n\">支出"
		 "（元）</th><th scope=\"col\" class=\"n\">发给农户的补贴（元）</th>"
		 "<th scope=\"col\" class=\"n\">存取现金、内部往来（元）</th><th scope=\"col\" "
		 "class=\"n\">几张表</th></tr></thead><tbody>");
	row(v, place, true, &all);
	for (size_t i = 0; settings_place_at(s, i) != NULL && e == OK; i++) {
		const struct place *p = settings_place_at(s, i);
		if (strcmp(p->parent, place) != 0)
			continue;
		e = totals_of(v->totals, p->id, &one);
		if (e == OK && one.sum.rows > 0)
			row(v, p->id, false, &one);
	}
	html_raw(h, "</tbody></table></div><p class=\"cap\">只数公开了的表，同一张表只数最新一版。"
		    "存取现金、内部往来是钱换个地方放，不算收也不算支。村里的数包括各小组。</p>");
	return e;
}
