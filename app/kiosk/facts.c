#include "app/kiosk/facts.h"

#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/village/period.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *fact_label(const struct kiosk *k, const struct field *f)
{
	return k->lang == LANG_EN ? f->label_en : f->label;
}

const char *fact_title(const struct kiosk *k, const struct catalogue_template *t)
{
	return k->lang == LANG_EN && t->title_en[0] != 0 ? t->title_en : t->title;
}

static void add_unit(const struct kiosk *k, const struct field *f, struct buf *out)
{
	if (f->type == FIELD_FEN)
		buf_print(out, " %s", kiosk_word(k, W_led_yuan));
	else if (f->type == FIELD_PERCENT)
		buf_text(out, "%");
	else if (f->unit[0] != 0)
		buf_print(out, " %s", f->unit);
}

static bool is_figure(const struct field *f)
{
	return f->type == FIELD_FEN || f->type == FIELD_AREA || f->type == FIELD_PERCENT ||
	       f->type == FIELD_NUMBER || f->type == FIELD_QUANTITY;
}

void fact_day(const struct kiosk *k, int32_t day, struct buf *out)
{
	int year = clock_date(k->now).year;
	if (day / 10000 == year)
		buf_text(out, words_day(k->lang, day));
	else if (k->lang == LANG_EN)
		buf_print(out, "%s, %d", words_day(k->lang, day), day / 10000);
	else
		buf_print(out, "%d 年 %s", day / 10000, words_day(k->lang, day));
}

void fact_period(const struct kiosk *k, const char *period, struct buf *out)
{
	static const enum word quarter[] = {W_period_q1, W_period_q2, W_period_q3, W_period_q4};
	char year[8];
	int part = period_in_year(period) > 1 ? (int)strtol(period + 5, NULL, 10) : 0;
	text_copy(year, sizeof year, period, 4);
	struct word_arg arg[] = {{"year", year}, {"m", ""}, {NULL, NULL}};
	switch (period_in_year(period)) {
	case 1:
		buf_text(out, words_fill(k->lang, W_period_year, arg));
		break;
	case 2:
		buf_text(out, words_fill(k->lang, part == 1 ? W_period_h1 : W_period_h2, arg));
		break;
	case 4:
		buf_text(out, words_fill(k->lang, quarter[(part - 1) & 3], arg));
		break;
	case 12:
		arg[1].value = words_month(k->lang, part);
		buf_text(out, words_fill(k->lang, W_led_month, arg));
		break;
	default:
		break;
	}
}

bool fact_text(const struct kiosk *k, const struct catalogue_template *t, const struct record *r,
	       int field, struct buf *out)
{
	const struct field *f = &t->field[field];
	size_t before = out->len;
	int32_t day;
	if (!record_field(t, r->line, r->line_len, f->id, out))
		return false;
	if (f->type == FIELD_DATE && clock_day_parse(buf_str(out) + before, &day)) {
		buf_cut(out, before);
		fact_day(k, day, out);
	} else if (is_figure(f)) {
		add_unit(k, f, out);
	}
	return out->len > before;
}

bool fact_state(const struct kiosk *k, const struct catalogue_template *t, const struct record *r,
		struct buf *out)
{
	return t->state_field >= 0 && fact_text(k, t, r, t->state_field, out);
}

/* What was changed in more words than this is quoted below its own line; what it is now stands on
 * the page anyway. */
enum { CHANGE_BYTES = 300 };

static void add_side(const struct kiosk *k, const struct catalogue_template *t,
		     const struct record *r, int field, struct buf *out)
{
	buf_clear(out);
	if (!fact_text(k, t, r, field, out))
		buf_text(out, kiosk_word(k, W_line_unknown));
}

bool fact_changes(const struct kiosk *k, struct buf *out)
{
	const struct margin_was *was = k->margin == NULL ? NULL : margin_was(k->margin);
	const struct catalogue_template *t =
		catalogue_find(k->catalogue, k->row_sheet.entry.template_id);
	struct buf before, now, day;
	size_t begin = out->len;
	if (was == NULL || t == NULL)
		return false;
	buf_init(&before, RECORD_TEXT_MAX);
	buf_init(&now, RECORD_TEXT_MAX);
	buf_init(&day, 64);
	fact_day(k, was->until, &day);
	for (size_t i = 0; i < t->field_count; i++) {
		const struct field *f = &t->field[i];
		if (f->hidden || f->type == FIELD_IMAGE ||
		    !margin_differs(t, (int)i, &was->record, &k->row))
			continue;
		add_side(k, t, &was->record, (int)i, &before);
		add_side(k, t, &k->row, (int)i, &now);
		const struct word_arg arg[] = {{"label", fact_label(k, f)},
					       {"a", buf_str(&before)},
					       {"d", buf_str(&day)},
					       {"b", buf_str(&now)},
					       {NULL, NULL}};
		bool is_long = before.len + now.len > CHANGE_BYTES;
		buf_text(out, words_fill(k->lang, is_long ? W_entry_was_long : W_entry_was, arg));
		if (is_long)
			buf_text(out, buf_str(&before));
		buf_text(out, "\n");
	}
	buf_free(&before);
	buf_free(&now);
	buf_free(&day);
	if (out->len > begin && was->reason[0] != 0)
		buf_text(out,
			 words_fill(k->lang, W_entry_why,
				    (const struct word_arg[]){{"why", was->reason}, {NULL, NULL}}));
	return out->len > begin;
}

/* 公示到 11 月 27 日，还剩 7 天: for templates that say until when they are posted. */
static bool add_posted(const struct kiosk *k, const struct catalogue_template *t,
		       const struct record *r, struct buf *out)
{
	struct buf text;
	int32_t until;
	bool good = false;
	buf_init(&text, 64);
	if (record_field(t, r->line, r->line_len, "show_to", &text) &&
	    clock_day_parse(buf_str(&text), &until)) {
		int left = clock_days_between(kiosk_today(k), until);
		char days[12];
		snprintf(days, sizeof days, "%d", left);
		if (left < 0)
			buf_text(out, kiosk_word(k, W_col_posted_over));
		else
			buf_text(out, words_fill(k->lang, W_col_posted,
						 (const struct word_arg[]){
							 {"day", words_day(k->lang, until)},
							 {"n", days},
							 {NULL, NULL}}));
		good = true;
	}
	buf_free(&text);
	return good;
}

void fact_sub(const struct kiosk *k, const struct catalogue_template *t, const struct record *r,
	      struct buf *out)
{
	size_t begin = out->len;
	int posted = catalogue_field(t, "show_to");
	for (int i = 0; i < CATALOGUE_SUB_MAX && t->sub[i] >= 0; i++) {
		const struct field *f = &t->field[t->sub[i]];
		size_t before = out->len;
		if (t->sub[i] == posted || t->sub[i] == t->date_field ||
		    t->sub[i] == t->phone_field)
			continue;
		if (before > begin)
			buf_text(out, " · ");
		/* A bare figure needs its name, and so does a second day; words speak for
		 * themselves. */
		if (is_figure(f) || f->type == FIELD_DATE)
			buf_print(out, "%s ", fact_label(k, f));
		if (!fact_text(k, t, r, t->sub[i], out))
			buf_cut(out, before);
	}
	size_t before = out->len;
	if (posted < 0)
		return;
	if (before > begin)
		buf_text(out, " · ");
	if (!add_posted(k, t, r, out))
		buf_cut(out, before);
}
