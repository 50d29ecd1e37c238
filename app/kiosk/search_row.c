#include "app/kiosk/search_row.h"

#include "app/base/text.h"
#include "app/kiosk/facts.h"
#include "app/village/money.h"
#include "app/village/period.h"
#include "ui/card.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_MAX = 640 };

static int title_h(const struct ui *u)
{
	return ui_px(u, UI_LABEL) * 13 / 10;
}

static int middle_h(const struct ui *u)
{
	return (ui_px(u, UI_H3) + 2) * 12 / 10;
}

static int from_h(const struct ui *u)
{
	return ui_px(u, UI_CAPTION) * 14 / 10;
}

int search_row_height(const struct ui *u)
{
	return title_h(u) + middle_h(u) + from_h(u) + 24;
}

/* --- marks --- */

static int width_of(struct ui_pen pen, const char *s, size_t len)
{
	char part[TEXT_MAX];
	text_copy(part, sizeof part, s, len);
	return ui_label_width(pen.style, pen.px, part);
}

static void mark(struct ui *u, struct ui_rect r)
{
	ui_list_box(&u->list, (struct ui_rect){r.x - 2, r.y + 3, r.w + 4, r.h - 6}, 6, UI_SUN_T, 0,
		    UI_SUN_T);
	ui_list_fill(&u->list, (struct ui_rect){r.x - 2, r.y + r.h - 7, r.w + 4, 5}, UI_SUN);
}

/* Where to begin so that the first mark is seen: words are left out in front of it. */
static size_t begin_at(struct ui_pen pen, int w, const char *text, struct query_mark first)
{
	size_t at = 0;
	int dots = 2 * width_of(pen, "…", 3);
	if (width_of(pen, text, strlen(text)) <= w)
		return 0;
	while (at < first.begin && width_of(pen, text + at, first.end - at) + dots > w)
		(void)text_next(text, strlen(text), &at);
	return at;
}

/* A line with its marks, in the middle of the box's height. */
static void marked(struct ui *u, struct ui_rect r, struct ui_pen pen, const struct query *q,
		   const char *text)
{
	struct query_mark m[QUERY_MARKS];
	char shown[TEXT_MAX];
	size_t count = query_marks(q, text, m);
	size_t from = count == 0 ? 0 : begin_at(pen, r.w, text, m[0]);
	int lead = from > 0 ? width_of(pen, "…", 3) : 0, h = pen.px * 13 / 10;
	snprintf(shown, sizeof shown, "%s%s", from > 0 ? "…" : "", text + from);
	for (size_t i = 0; i < count; i++) {
		if (m[i].begin < from)
			continue;
		int x = lead + width_of(pen, text + from, m[i].begin - from);
		int w = width_of(pen, text + m[i].begin, m[i].end - m[i].begin);
		if (x + w <= r.w)
			mark(u, (struct ui_rect){r.x + x, r.y + (r.h - h) / 2, w, h});
	}
	ui_label_cut(u, r, pen, UI_LEFT, shown);
}

/* --- where it is from --- */

static const char *place_words(const struct kiosk *k, const char *id)
{
	static char text[2 * PLACE_NAME_MAX + 4];
	const struct place *p = kiosk_place(k, id);
	if (p->level == PLACE_GROUP)
		snprintf(text, sizeof text, "%s %s", kiosk_place(k, p->parent)->name, p->name);
	else
		snprintf(text, sizeof text, "%s", p->name);
	return text;
}

/* 2026 年 10 月, 2026 年第 3 季度; "" for what is published once. */
static const char *when_words(const struct kiosk *k, const char *period)
{
	int year, part, in_year = period_in_year(period);
	if (!period_parts(period, &year, &part))
		return "";
	const struct word_arg arg[] = {{"year", words_number(year)},
				       {"m", in_year == 12 ? words_month(k->lang, part) : ""},
				       {"n", words_number(part)},
				       {NULL, NULL}};
	enum word half = part == 1 ? W_srch_half1 : W_srch_half2;
	return words_fill(k->lang,
			  in_year == 12  ? W_led_month
			  : in_year == 4 ? W_srch_quarter
			  : in_year == 2 ? half
					 : W_srch_year,
			  arg);
}

/* Place, time and, unless it stands above, which list. */
static void from_line(struct kiosk *k, struct ui *u, struct ui_rect r, const struct find_row *row,
		      bool list)
{
	char text[TEXT_MAX];
	const char *when = when_words(k, row->sheet->entry.period);
	if (when[0] == 0 && row->record->day != 0)
		when = words_day(k->lang, row->record->day);
	const char *what = list ? fact_title(k, row->template) : "";
	snprintf(text, sizeof text, "%s%s%.80s%s%.200s", place_words(k, row->place),
		 when[0] == 0 ? "" : " · ", when, what[0] == 0 ? "" : " · ", what);
	ui_label_cut(u, r, ui_pen(UI_REGULAR, ui_px(u, UI_CAPTION), UI_INK2), UI_LEFT, text);
}

/* --- the row --- */

/* Gives its width; 0 when the row has no amount. */
static int amount(struct ui *u, struct ui_rect r, const struct query *q, const struct record *d)
{
	char text[MONEY_TEXT];
	struct ui_pen pen = ui_pen(UI_BOLD, ui_px(u, UI_H3) + 2,
				   d->direction < 0   ? UI_EXPENSE
				   : d->direction > 0 ? UI_INCOME
						      : UI_INK);
	if (d->amount_fen == 0)
		return 0;
	if (d->direction == 0)
		money_exact(d->amount_fen, text);
	else
		money_signed(d->direction < 0 ? -d->amount_fen : d->amount_fen, text);
	int w = ui_label_width(pen.style, pen.px, text), h = pen.px * 115 / 100;
	struct ui_rect at = {r.x + r.w - w, r.y, w, r.h};
	if (query_marks_amount(q, d->amount_fen))
		mark(u, (struct ui_rect){at.x, at.y + (at.h - h) / 2, w, h});
	ui_label(u, at, pen, UI_RIGHT, text);
	return w;
}

/* Who, and the account when it was asked for; at 特大 which list it is of, unless that was found.
 * True when the list is named. */
static bool middle_words(struct kiosk *k, const struct ui *u, const struct query *q,
			 const struct find_row *row, char out[TEXT_MAX])
{
	struct query_mark m[QUERY_MARKS];
	const struct record *d = row->record;
	bool account = query_marks_account(q, d->account);
	bool list = u->size == UI_XLARGE && !account && query_marks(q, d->party, m) == 0;
	const char *who = list ? fact_title(k, row->template) : d->party;
	const char *code = words_fill(
		k->lang, W_srch_account,
		(const struct word_arg[]){{"code", query_account(d->account)}, {NULL, NULL}});
	if (account)
		snprintf(out, TEXT_MAX, "%.80s%s%.256s", code, who[0] == 0 ? "" : " · ", who);
	else
		snprintf(out, TEXT_MAX, "%s", who);
	return list;
}

bool search_row(struct kiosk *k, struct ui *u, struct ui_rect r, const struct query *q,
		size_t index, const struct find_row *row)
{
	static const struct ui_color none = {0};
	char id[32], middle[TEXT_MAX];
	const struct record *d = row->record;
	snprintf(id, sizeof id, "found.%zu", index);
	if (d == NULL) {
		ui_list_fill(&u->list, (struct ui_rect){r.x + 24, r.y + r.h - 2, r.w - 48, 2},
			     UI_LINE);
		ui_label(u, (struct ui_rect){r.x + 28, r.y, r.w - 56, r.h},
			 ui_pen(UI_REGULAR, ui_px(u, UI_BODY), UI_INK2), UI_LEFT,
			 kiosk_word(k, W_led_checking));
		return false;
	}
	/* Ids are of one sheet: another village has the same ones. */
	bool last = k->have_row && k->row_sheet.sheet == row->sheet->sheet &&
		    strcmp(k->marked_row, d->id) == 0;
	bool hit = ui_row(u, r, id, last);
	int x = r.x + 24, right = r.x + r.w - 24, y = r.y + 11;
	if (d->direction != 0) {
		ui_seal(u, x, r.y + (r.h - 48) / 2, 48, d->direction < 0);
		x += 48 + 20;
	}
	ui_list_icon(&u->list, (struct ui_rect){right - 32, r.y + (r.h - 32) / 2, 32, 32}, "next",
		     UI_INK2, none, 40);
	right -= 32 + 14;
	marked(u, (struct ui_rect){x, y, right - x, title_h(u)},
	       ui_pen(UI_BOLD, ui_px(u, UI_LABEL), UI_INK), q, d->title);
	y += title_h(u);
	int amount_w = amount(u, (struct ui_rect){x, y, right - x, middle_h(u)}, q, d);
	bool list = middle_words(k, u, q, row, middle);
	marked(u, (struct ui_rect){x, y, right - x - amount_w - 20, middle_h(u)},
	       ui_pen(UI_REGULAR, ui_px(u, UI_CAPTION), UI_INK2), q, middle);
	y += middle_h(u);
	from_line(k, u, (struct ui_rect){x, y, right - x, from_h(u)}, row, !list);
	return hit;
}
