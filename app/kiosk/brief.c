#include "app/kiosk/brief.h"

#include "app/kiosk/facts.h"
#include "app/kiosk/page.h"
#include "app/village/money.h"

#include <stdio.h>
#include <string.h>

enum { PAD = 36 };

/* Where the next fact stands; `bottom` ends the card. */
struct place_left {
	struct ui_rect r;
	int bottom;
	bool full;
};

static void fact(struct ui *u, struct place_left *at, const char *label, const char *value)
{
	struct ui_rect r = at->r;
	int px = ui_px(u, UI_BODY), label_w = u->size == UI_XLARGE ? 260 : 210;
	int value_h = ui_words_height(UI_REGULAR, px + 2, r.w - label_w, 130, value);
	int label_h = ui_words_height(UI_REGULAR, px - 2, label_w - 16, 130, label);
	int h = (value_h > label_h ? value_h : label_h) + 26;
	at->full = at->full || r.y + h > at->bottom;
	if (at->full)
		return;
	ui_words(u, (struct ui_rect){r.x, r.y + 13 + (label_h < value_h ? 2 : 0), label_w - 16, 0},
		 ui_pen(UI_REGULAR, px - 2, UI_INK2), 130, UI_LEFT, label);
	ui_words(u, (struct ui_rect){r.x + label_w, r.y + 13, r.w - label_w, 0},
		 ui_pen(UI_REGULAR, px + 2, UI_INK), 130, UI_LEFT, value);
	ui_list_fill(&u->list, (struct ui_rect){r.x, r.y + h - 2, r.w, 2}, UI_LINE);
	at->r.y += h;
}

static int title(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	return ui_words(u, (struct ui_rect){r.x, r.y, r.w, 0},
			ui_pen(UI_TITLE, ui_px(u, UI_H3) + 4, UI_INK), 130, UI_LEFT, k->row.title) +
	       8;
}

/* --- the ledger --- */

static const char *field(struct kiosk *k, const char *name, struct buf *b)
{
	const struct catalogue_template *t =
		catalogue_find(k->catalogue, k->row_sheet.entry.template_id);
	buf_clear(b);
	if (t == NULL || !record_field(t, k->row_line, strlen(k->row_line), name, b) || b->len == 0)
		return kiosk_word(k, W_line_unknown);
	return buf_str(b);
}

static const char *long_day(const struct kiosk *k, int day)
{
	static char text[80];
	if (k->lang == LANG_EN)
		snprintf(text, sizeof text, "%.40s, %d", words_day(k->lang, day), day / 10000);
	else
		snprintf(text, sizeof text, "%d 年 %.40s", day / 10000, words_day(k->lang, day));
	return text;
}

static int amount(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	char text[MONEY_TEXT];
	bool out = k->row.direction < 0;
	ui_seal(u, r.x, r.y + 20, 64, out);
	ui_label(u, (struct ui_rect){r.x + 88, r.y, r.w - 88, 44},
		 ui_pen(UI_REGULAR, ui_px(u, UI_BODY), UI_INK), UI_LEFT,
		 kiosk_word(k, out ? W_line_spent : W_line_got));
	const struct ui_span span[] = {{money_exact(k->row.amount_fen, text), UI_BOLD,
					ui_px(u, UI_NUMBER) - 4, out ? UI_EXPENSE : UI_INCOME},
				       {" ", UI_BOLD, 30, UI_INK},
				       {kiosk_word(k, W_led_yuan), UI_BOLD, ui_px(u, UI_LABEL),
					out ? UI_EXPENSE : UI_INCOME}};
	return 48 + ui_spans(u, (struct ui_rect){r.x + 88, r.y + 40, r.w - 88, 0}, span, 3,
			     ui_flow(120, UI_LEFT, 1));
}

static const char *kind_of(const struct kiosk *k)
{
	const struct catalogue_template *t = catalogue_find(k->catalogue, "ledger");
	const struct field *f = t == NULL || t->group_field < 0 ? NULL : &t->field[t->group_field];
	for (int i = 0; f != NULL && f->choice[i] != NULL; i++)
		if (strcmp(f->choice[i], k->row.group) == 0)
			return f->choice_label[i];
	return k->row.group[0] == 0 ? kiosk_word(k, W_line_unknown) : k->row.group;
}

static void of_ledger(struct kiosk *k, struct ui *u, struct place_left *at)
{
	struct buf b;
	bool out = k->row.direction < 0;
	buf_init(&b, 1024);
	at->r.y += amount(k, u, at->r);
	at->r.y += title(k, u, at->r);
	fact(u, at, kiosk_word(k, out ? W_line_who_out : W_line_who_in),
	     field(k, "payee_payer", &b));
	fact(u, at, kiosk_word(k, W_line_when), long_day(k, k->row.day));
	fact(u, at, kiosk_word(k, W_line_kind), kind_of(k));
	fact(u, at, kiosk_word(k, W_line_voucher), field(k, "voucher_no", &b));
	fact(u, at, kiosk_word(k, W_line_handler), field(k, "handler", &b));
	fact(u, at, kiosk_word(k, W_line_approver), field(k, "approver", &b));
	buf_free(&b);
}

/* --- any other --- */

static void of_entry(struct kiosk *k, struct ui *u, struct place_left *at,
		     const struct catalogue_template *t)
{
	struct buf b;
	buf_init(&b, RECORD_LINE_MAX);
	at->r.y += title(k, u, at->r);
	if (fact_state(k, t, &k->row, &b)) {
		ui_pill(u, at->r.x, at->r.y, 46, UI_PILL_PINE, buf_str(&b));
		at->r.y += 62;
	}
	for (size_t i = 0; i < t->field_count && !at->full; i++) {
		buf_clear(&b);
		if ((int)i == t->title_field || (int)i == t->state_field || t->field[i].hidden ||
		    t->field[i].type == FIELD_IMAGE || !fact_text(k, t, &k->row, (int)i, &b))
			continue;
		fact(u, at, fact_label(k, &t->field[i]), buf_str(&b));
	}
	buf_free(&b);
}

void brief_row(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	const struct catalogue_template *t =
		catalogue_find(k->catalogue, k->row_sheet.entry.template_id);
	struct place_left at = {.r = {card.x + PAD, card.y + 24, card.w - 2 * PAD, 0},
				.bottom = card.y + card.h - 8};
	ui_card(u, card, UI_CARD);
	if (t == NULL)
		return;
	if (strcmp(t->id, "ledger") == 0)
		of_ledger(k, u, &at);
	else
		of_entry(k, u, &at, t);
}
