#include "app/township/open_sums.h"

#include "app/village/money.h"
#include "app/village/period.h"
#include "app/village/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAN_FEN = 1000000, ROWS_BYTES_MAX = 64 << 20 };

void open_sums_of(const struct catalogue_template *t, const struct buf *rows, struct open_sums *out)
{
	const char *p = (const char *)rows->p, *end = p + rows->len;
	struct record r;
	*out = (struct open_sums){.rows = 0};
	while (p < end) {
		const char *feed = memchr(p, '\n', (size_t)(end - p));
		if (feed == NULL || record_read(t, p, (size_t)(feed - p), &r) != OK)
			return;
		out->rows++;
		out->all_fen += r.amount_fen;
		out->in_fen += r.direction > 0 ? r.amount_fen : 0;
		out->out_fen += r.direction < 0 ? r.amount_fen : 0;
		out->passed_fen += chart_passes(r.account) ? r.amount_fen : 0;
		out->no_voucher += r.direction < 0 && r.voucher[0] == 0;
		p = feed + 1;
	}
}

/* --- what is left --- */

static int month_after(int month)
{
	return month % 100 == 12 ? month + 89 : month + 1;
}

static enum err sum_of(struct visit *v, const struct disclosed *d, const char *template_id,
		       const char *period, struct open_sums *sum)
{
	const struct catalogue_template *t = catalogue_find(v->catalogue, template_id);
	struct buf rows;
	size_t count, first = disclosed_find(d, template_id, period, &count);
	if (t == NULL || count == 0)
		return ERR_MISSING;
	buf_init(&rows, ROWS_BYTES_MAX);
	struct db *db = township_read_begin(v->s->township);
	enum err e = disclosed_rows(db, d, first, count, &rows);
	township_read_end(v->s->township);
	if (e == OK)
		open_sums_of(t, &rows, sum);
	buf_free(&rows);
	return e;
}

enum err open_balance(struct visit *v, const struct disclosed *d, const char *period,
		      struct open_sums *out)
{
	static const char balance[] = "fund_balance", ledger[] = "ledger";
	size_t count, first = disclosed_find(d, balance, NULL, &count);
	int month = period_month(period), at = 0;
	const char *newest = NULL;
	struct open_sums since = {.rows = 0};
	for (size_t i = first; i < first + count; i++) {
		int end = period_month(d->sheet[i].entry.period);
		if (end <= month && end > at) {
			at = end;
			newest = d->sheet[i].entry.period;
		}
	}
	if (newest == NULL)
		return OK;
	enum err e = sum_of(v, d, balance, newest, &since);
	int64_t left = since.all_fen;
	for (at = month_after(at); e == OK && at <= month; at = month_after(at)) {
		char name[16];
		snprintf(name, sizeof name, "%04d-%02d", at / 100, at % 100);
		e = sum_of(v, d, ledger, name, &since);
		left += since.in_fen - since.out_fen;
	}
	out->has_balance = e == OK;
	out->balance_fen = left;
	return e == ERR_MISSING ? OK : e;
}

/* --- said and shown --- */

/* 11.2 万元; small sums in yuan, 0.01 万 tells nobody anything. */
static void said(struct visit *v, int64_t fen)
{
	char text[MONEY_TEXT];
	struct html *h = &v->h;
	bool wan = fen >= WAN_FEN || fen <= -WAN_FEN;
	html_raw(h, " ");
	html_text(h, wan ? money_wan(fen, 1, text) : money_exact(fen, text));
	if (wan)
		html_raw(h, " 万元");
	else
		html_raw(h, " 元");
}

static void card(struct visit *v, const char *look, const char *label, int64_t fen)
{
	char text[MONEY_TEXT];
	struct html *h = &v->h;
	html_raw(h, "<div");
	html_attr(h, "class", look);
	html_raw(h, "><dt>");
	html_text(h, label);
	html_raw(h, "（元）</dt><dd>");
	html_text(h, money_exact(fen, text));
	html_raw(h, "</dd></div>");
}

void open_sums_shown(struct visit *v, const struct open_sums *s)
{
	struct html *h = &v->h;
	html_raw(h, "<p class=\"say\">收了");
	said(v, s->in_fen);
	html_raw(h, "，支了");
	said(v, s->out_fen);
	if (s->has_balance) {
		html_raw(h, "，月底还有");
		said(v, s->balance_fen);
	}
	html_raw(h, "。");
	if (s->passed_fen != 0) {
		html_raw(h, "里面有");
		said(v, s->passed_fen);
		html_raw(h, "是存取现金、内部往来，不是真收真支。");
	}
	if (s->no_voucher > 0) {
		html_raw(h, "有 ");
		html_number(h, (int64_t)s->no_voucher);
		html_raw(h, " 笔没有凭证。");
	}
	html_raw(h, "</p><dl class=\"three\">");
	card(v, "i", "收", s->in_fen);
	card(v, "e", "支", s->out_fen);
	if (s->has_balance)
		card(v, "b", "月底还有", s->balance_fen);
	html_raw(h, "</dl>");
}
