/* name.c - 14: a name or none, and, with a name, how to be reached. Nothing is chosen beforehand.
 */
#include "app/kiosk/input.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"

#include <string.h>

static const char *reader_of(const struct kiosk *k, bool brief)
{
	const struct body *b = letter_reader(k->letter, k->settings);
	return b == NULL ? "" : brief ? b->short_name : b->name;
}

static void name_card(struct kiosk *k, struct ui *u, struct ui_rect r, bool named)
{
	static const enum word line[2][3] = {{W_name_anon_1, W_name_anon_2, W_name_anon_3},
					     {W_name_named_1, W_name_named_2, W_name_named_3}};
	struct letter *l = k->letter;
	bool on = l->name_chosen && l->says.named == named;
	static const struct ui_color none = {0};
	if (ui_choice(u, r, named ? "name.named" : "name.anon", on)) {
		l->says.named = named;
		l->name_chosen = true;
		k->redraw = true;
	}
	/* Large words on a wide screen: the picture gives way. */
	bool tight = !u->portrait && u->size != UI_STANDARD;
	int pad = tight ? 36 : 48, px = ui_px(u, UI_H1) - 4, sub = ui_px(u, UI_LABEL),
	    top = tight ? 20 : 48, plate = tight ? 80 : 120;
	ui_plate(u, (struct ui_rect){r.x + pad, r.y + top, plate, plate}, on ? UI_SUN_T : UI_PINE_T,
		 named ? "person" : "hidden", plate * 2 / 3);
	ui_label(
		u,
		(struct ui_rect){r.x + pad + plate + 32, r.y + top, r.w - pad - plate - 130, plate},
		ui_pen(UI_TITLE, px, UI_INK), UI_LEFT,
		kiosk_word(k, named ? W_name_named : W_name_anon));
	const char *words[3];
	int w = r.w - 2 * pad - 50, y = r.y + top + plate + (tight ? 10 : 22), used = 0,
	    leading = tight ? 125 : 140;
	for (int i = 0; i < 3; i++) {
		words[i] = words_fill(
			k->lang, line[named][i],
			(const struct word_arg[]){{"reader", reader_of(k, true)}, {NULL, NULL}});
		used += ui_words_height(UI_REGULAR, sub, w, leading, words[i]);
	}
	int gap = (r.y + r.h - 24 - y - used) / 3;
	gap = gap < 2 ? 2 : gap > 24 ? 24 : gap;
	for (int i = 0; i < 3; i++) {
		bool info = !named && i == 2;
		ui_list_icon(&u->list, (struct ui_rect){r.x + pad, y + 7, 40, 40},
			     info ? "info" : "check", UI_PINE_D, info ? UI_SUN : none,
			     info ? 30 : 40);
		y += ui_words(u, (struct ui_rect){r.x + pad + 60, y, w, r.y + r.h - y},
			      ui_pen(UI_REGULAR, sub, UI_INK), leading, UI_LEFT, words[i]) +
		     gap;
	}
}

void name_draw(struct kiosk *k, struct ui *u)
{
	if (k->letter == NULL) {
		kiosk_back(k);
		return;
	}
	int y = page_letter_top(k, u, 3), px = ui_px(u, UI_H1), body = ui_px(u, UI_BODY);
	struct ui_rect c = ui_content(u, y);
	y += 14;
	y += ui_words(u, (struct ui_rect){c.x, y, c.w, 0},
		      ui_pen(UI_TITLE, k->lang == LANG_EN ? px - 12 : px, UI_INK), 125, UI_LEFT,
		      kiosk_word(k, W_name_title));
	const struct ui_span span[] = {{kiosk_word(k, W_name_body_a), UI_REGULAR, body, UI_INK2},
				       {reader_of(k, true), UI_BOLD, body, UI_INK2},
				       {kiosk_word(k, W_name_body_b), UI_REGULAR, body, UI_INK2}};
	if (u->portrait || u->size != UI_XLARGE) /* the strip above says it, too */
		y += ui_spans(u, (struct ui_rect){c.x, y + 4, c.w, 0}, span, 3,
			      ui_flow(140, UI_LEFT, 0));
	y += 18;
	const struct ui_span audit[] = {
		{kiosk_word(k, W_name_audit_a), UI_REGULAR, body - 2, UI_INK},
		{kiosk_word(k, W_name_audit_b), UI_BOLD, body - 2, UI_INK}};
	int audit_h = ui_spans_height(audit, 2, c.w - 140, 135) + 32;
	audit_h = audit_h < 80 ? 80 : audit_h;
	int gap = 24, bottom = c.y + c.h - 20 - audit_h - gap;
	if (u->portrait) {
		int h = (bottom - y - gap) / 2;
		h = h > 480 ? 480 : h;
		name_card(k, u, (struct ui_rect){c.x, y, c.w, h}, false);
		name_card(k, u, (struct ui_rect){c.x, y + h + gap, c.w, h}, true);
		bottom = y + 2 * h + 2 * gap;
	} else {
		int w = (c.w - 32) / 2;
		name_card(k, u, (struct ui_rect){c.x, y, w, bottom - y}, false);
		name_card(k, u, (struct ui_rect){c.x + w + 32, y, w, bottom - y}, true);
		bottom += gap;
	}
	struct ui_rect box = {c.x, bottom, c.w, audit_h};
	ui_list_box(&u->list, box, UI_RADIUS_BUTTON, UI_CARD, 2, UI_LINE);
	ui_list_icon(&u->list, (struct ui_rect){box.x + 36, box.y + (box.h - 48) / 2, 48, 48},
		     "eye", UI_PINE_D, UI_SUN, 30);
	ui_spans(u,
		 (struct ui_rect){box.x + 108,
				  box.y + (audit_h - ui_spans_height(audit, 2, c.w - 140, 135)) / 2,
				  c.w - 140, 0},
		 audit, 2, ui_flow(135, UI_LEFT, 0));
	bool named = k->letter->says.named, changed = k->changing && !named;
	const struct ui_bar_button next = {
		.id = "name.next",
		.icon = changed ? "check" : "next",
		.label = kiosk_word(k, changed ? W_review_changed : W_nav_step),
		.kind = k->letter->name_chosen ? UI_BUTTON_PRIMARY : UI_BUTTON_OFF,
		.right = true};
	if (strcmp(page_bar(k, u, PAGE_BACK | PAGE_LEAVE, &next, 1), "name.next") != 0)
		return;
	if (changed)
		kiosk_back(k);
	else if (k->changing)
		kiosk_replace(k, SCREEN_REACH); /* its way back is the review page */
	else
		kiosk_go(k, named ? SCREEN_REACH : SCREEN_REVIEW);
}

/* --- how to be reached --- */

enum { PHONE_DIGITS_MIN = 7 };

bool reach_missing(const struct complaint *says, enum word *why)
{
	size_t digits = 0;
	for (const char *p = says->phone; *p != 0; p++)
		digits += *p >= '0' && *p <= '9';
	if (says->please_ring && digits < PHONE_DIGITS_MIN)
		*why = W_who_miss_phone;
	else if (says->please_come && says->name[0] == 0)
		*why = W_who_miss_come;
	else if (!says->please_ring && says->name[0] == 0)
		*why = W_who_miss_name;
	else
		return false;
	return true;
}

static bool field(struct ui *u, struct ui_rect r, const char *id, const char *label,
		  const char *value, const char *fill)
{
	int px = ui_px(u, UI_LEAD), label_px = ui_px(u, UI_BODY),
	    label_w = u->size == UI_XLARGE ? 260 : 200;
	bool hit = ui_hit(u, r, id);
	ui_label(u, (struct ui_rect){r.x, r.y, label_w, r.h}, ui_pen(UI_BOLD, label_px, UI_INK),
		 UI_LEFT, label);
	struct ui_rect box = {r.x + label_w, r.y, r.w - label_w, r.h};
	ui_field(u, box, ui_pressed(u, id));
	ui_label_cut(u, (struct ui_rect){box.x + 32, box.y, box.w - 110, box.h},
		     ui_pen(UI_REGULAR, px, value[0] == 0 ? UI_INK2 : UI_INK), UI_LEFT,
		     value[0] == 0 ? fill : value);
	ui_list_icon(&u->list,
		     (struct ui_rect){box.x + box.w - 72, box.y + (box.h - 44) / 2, 44, 44}, "pen",
		     UI_PINE_D, UI_SUN, 30);
	return hit;
}

/* What who cannot write needs comes first: to be rung, to be visited. Gives the height. */
static int asks(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	struct complaint *says = &k->letter->says;
	const struct word_arg reader[] = {{"reader", reader_of(k, true)}, {NULL, NULL}};
	int h = 112, gap = 24, w = u->portrait ? r.w : (r.w - gap) / 2;
	struct ui_rect ring = {r.x, r.y, w, h}, come = {r.x + w + gap, r.y, w, h};
	if (u->portrait)
		come = (struct ui_rect){r.x, r.y + h + 20, w, h};
	if (ui_check(u, ring, "reach.ring", words_fill(k->lang, W_who_ring, reader),
		     says->please_ring)) {
		says->please_ring = !says->please_ring;
		k->redraw = true;
	}
	if (ui_check(u, come, "reach.come", kiosk_word(k, W_who_come), says->please_come)) {
		says->please_come = !says->please_come;
		k->redraw = true;
	}
	return come.y + h - r.y;
}

/* Says why 下一步 cannot be pressed yet. */
static void missing_note(struct kiosk *k, struct ui *u, struct ui_rect r, enum word why)
{
	int px = ui_px(u, UI_BODY), w = r.w - 116,
	    h = ui_words_height(UI_REGULAR, px, w, 130, kiosk_word(k, why));
	r.h = h + 32 < 96 ? 96 : h + 32;
	ui_list_box(&u->list, r, UI_RADIUS_BUTTON, UI_SUN_T, 3, UI_SUN);
	ui_list_icon(&u->list, (struct ui_rect){r.x + 28, r.y + (r.h - 48) / 2, 48, 48}, "info",
		     UI_PINE_D, UI_SUN, 30);
	ui_words(u, (struct ui_rect){r.x + 96, r.y + (r.h - h) / 2, w, h},
		 ui_pen(UI_REGULAR, px, UI_INK), 130, UI_LEFT, kiosk_word(k, why));
}

static int reach_head(struct kiosk *k, struct ui *u, struct ui_rect c, int y)
{
	int px = ui_px(u, UI_H1), body = ui_px(u, UI_BODY), top = y;
	const struct word_arg reader[] = {{"reader", reader_of(k, true)}, {NULL, NULL}};
	y += ui_words(u, (struct ui_rect){c.x, y, c.w, 0},
		      ui_pen(UI_TITLE, k->lang == LANG_EN ? px - 12 : px, UI_INK), 125, UI_LEFT,
		      kiosk_word(k, W_who_title));
	if (u->portrait || u->size == UI_STANDARD)
		y += ui_words(u, (struct ui_rect){c.x, y + 4, c.w, 0},
			      ui_pen(UI_REGULAR, body, UI_INK2), 140, UI_LEFT,
			      words_fill(k->lang, W_who_body, reader));
	return y - top;
}

void reach_draw(struct kiosk *k, struct ui *u)
{
	if (k->letter == NULL) {
		kiosk_back(k);
		return;
	}
	struct complaint *says = &k->letter->says;
	enum word why = W_who_miss_name;
	bool missing = reach_missing(says, &why), wide = !u->portrait;
	int y = page_letter_top(k, u, 3), gap = 20;
	struct ui_rect c = ui_content(u, y);
	y += 14;
	y += reach_head(k, u, c, y) + (wide ? 16 : 32);
	y += asks(k, u, (struct ui_rect){c.x, y, c.w, 0}) + gap;
	if (field(u, (struct ui_rect){c.x, y, c.w, 104}, "reach.phone", kiosk_word(k, W_who_phone),
		  says->phone, kiosk_word(k, W_who_fill_phone)))
		input_edit(k, &(struct input_ask){.title = kiosk_word(k, W_who_phone),
						  .text = says->phone,
						  .size = sizeof says->phone,
						  .max_chars = 16,
						  .digits = true});
	y += 104 + gap;
	if (field(u, (struct ui_rect){c.x, y, c.w, 104}, "reach.name", kiosk_word(k, W_who_name),
		  says->name, kiosk_word(k, says->please_come ? W_who_fill_come : W_who_fill)))
		input_edit(k, &(struct input_ask){.title = kiosk_word(k, W_who_name),
						  .text = says->name,
						  .size = sizeof says->name,
						  .max_chars = 20});
	y += 104 + gap;
	const char *anon = kiosk_word(k, W_who_anon);
	int anon_w = ui_button_width(u, UI_BUTTON_OUTLINE, "hidden", anon, NULL);
	struct ui_rect out = {wide ? c.x + c.w - anon_w : c.x, wide ? y : c.y + c.h - 96 - 28,
			      anon_w, 96};
	if (ui_button(u, out, "reach.anon", UI_BUTTON_OUTLINE, ui_caption("hidden", anon, NULL))) {
		says->named = false;
		if (k->changing)
			kiosk_back(k);
		else
			kiosk_replace(k, SCREEN_REVIEW);
		return;
	}
	if (missing)
		missing_note(k, u, (struct ui_rect){c.x, y, wide ? c.w - anon_w - 24 : c.w, 0},
			     why);
	const struct ui_bar_button next = {
		.id = "reach.next",
		.icon = k->changing ? "check" : "next",
		.label = kiosk_word(k, k->changing ? W_review_changed : W_nav_step),
		.kind = missing ? UI_BUTTON_OFF : UI_BUTTON_PRIMARY,
		.right = true};
	if (strcmp(page_bar(k, u, PAGE_BACK | PAGE_LEAVE, &next, 1), "reach.next") != 0)
		return;
	if (k->changing)
		kiosk_back(k);
	else
		kiosk_go(k, SCREEN_REVIEW);
}
