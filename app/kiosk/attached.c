#include "app/kiosk/attached.h"

#include "app/village/money.h"
#include "ui/card.h"

#include <stdio.h>
#include <string.h>

const char *attached_amount(const struct kiosk *k)
{
	char amount[MONEY_TEXT];
	const struct catalogue_template *t =
		catalogue_find(k->catalogue, k->letter->says.row.template_id);
	if (t == NULL || t->amount_field < 0)
		return "";
	return words_fill(k->lang, W_attached_amount,
			  (const struct word_arg[]){
				  {"amount", money_exact(k->letter->says.row.amount_fen, amount)},
				  {NULL, NULL}});
}

void attached_text(const struct kiosk *k, char *out, size_t size)
{
	snprintf(out, size, "%s %s", k->letter->says.row.text, attached_amount(k));
}

void attached_drop(struct kiosk *k)
{
	k->letter->says.about_row = k->letter->says.may_publish = false;
	explicit_bzero(&k->letter->says.row, sizeof k->letter->says.row);
	k->redraw = true;
}

int attached_row(struct kiosk *k, struct ui *u, struct ui_rect r, bool removable)
{
	if (!k->letter->says.about_row)
		return 0;
	int px = ui_px(u, UI_BODY) - 2, h = removable ? 108 : 78, x = r.x + 92;
	struct ui_rect box = {r.x, r.y, r.w, h};
	ui_list_box(&u->list, box, 18, UI_SUN_T, 3, UI_SUN);
	ui_list_icon(&u->list, (struct ui_rect){box.x + 28, box.y + (h - 44) / 2, 44, 44}, "paper",
		     UI_PINE_D, UI_SUN, 30);
	int right = box.x + box.w - 28;
	if (removable) {
		const char *drop = kiosk_word(k, W_attached_drop);
		int w = ui_button_width(u, UI_BUTTON_PLAIN, "close", drop, NULL);
		right = box.x + box.w - 10 - w;
		if (ui_button(u, (struct ui_rect){right, box.y + 10, w, 88}, "attached.drop",
			      UI_BUTTON_PLAIN, ui_caption("close", drop, NULL)))
			attached_drop(k);
		right -= 24;
	}
	const char *label = kiosk_word(k, W_attached), *amount = attached_amount(k);
	int label_w = ui_label_width(UI_REGULAR, px, label) + 16,
	    amount_w = ui_label_width(UI_BOLD, px, amount) + 2;
	if (x + label_w + amount_w + 160 <= right) {
		ui_label(u, (struct ui_rect){x, box.y, label_w, h}, ui_pen(UI_REGULAR, px, UI_INK),
			 UI_LEFT, label);
		x += label_w;
	}
	/* The amount is never cut; the words before it may be. */
	int text_w = right - amount_w - 16 - x,
	    whole = ui_label_width(UI_BOLD, px, k->letter->says.row.text);
	ui_label_cut(u, (struct ui_rect){x, box.y, text_w, h}, ui_pen(UI_BOLD, px, UI_INK), UI_LEFT,
		     k->letter->says.row.text);
	x += (whole < text_w ? whole : text_w) + 16;
	ui_label(u, (struct ui_rect){x, box.y, amount_w, h}, ui_pen(UI_BOLD, px, UI_INK), UI_LEFT,
		 amount);
	return h + 16;
}
