/* listen.c - 听着用: one item of the page at a time, large, over three zones that a hand finds
 * without looking. */
#include "app/kiosk/page.h"
#include "app/kiosk/speak_impl.h"

#include <stdio.h>
#include <string.h>

enum { ZONES_LANDSCAPE = 320, ZONES_PORTRAIT = 520, DOTS_MAX = 24 };

static void zone(struct kiosk *k, struct ui *u, struct ui_rect r, int which)
{
	static const struct {
		const char *icon;
		enum word label, key;
	} zones[] = {{"back", W_listen_prev, W_listen_key_prev},
		     {"speaker", W_listen_again, W_listen_key_again},
		     {"check", W_listen_choose, W_listen_key_choose}};
	static const char *const id[] = {"listen.prev", "listen.again", "listen.choose"};
	bool pressed = ui_pressed(u, id[which]), hit = ui_hit(u, r, id[which]);
	struct ui_color fill = which == 2   ? (pressed ? UI_PINE_D : UI_PINE)
			       : which == 1 ? UI_SUN_T
			       : pressed    ? UI_SUN_T
					    : UI_WHITE;
	struct ui_color edge = which == 2 ? UI_PINE : which == 1 || pressed ? UI_SUN : UI_LINE;
	struct ui_color ink = which == 2 ? UI_WHITE : UI_PINE_D;
	int px = k->lang == LANG_EN && u->portrait ? 48 : 64, icon = 104;
	int h = icon + 8 + px * 115 / 100 + 8 + 34, y = r.y + (r.h - h) / 2;
	ui_list_box(&u->list, r, 32, fill, 4, edge);
	ui_list_icon(&u->list, (struct ui_rect){r.x + (r.w - icon) / 2, y, icon, icon},
		     zones[which].icon, ink, which == 2 ? UI_PINE : UI_SUN, which == 1 ? 30 : 45);
	y += icon + 8;
	ui_label(u, (struct ui_rect){r.x + 8, y, r.w - 16, px * 115 / 100},
		 ui_pen(UI_TITLE, px, ink), UI_CENTER, kiosk_word(k, zones[which].label));
	y += px * 115 / 100 + 8;
	ui_label(u, (struct ui_rect){r.x + 8, y, r.w - 16, 36}, ui_pen(UI_REGULAR, 30, ink),
		 UI_CENTER, kiosk_word(k, zones[which].key));
	if (!hit)
		return;
	if (which == 0)
		speak_move(k, -1);
	else if (which == 1)
		speak_again(k);
	else
		speak_choose(k);
}

static void zones(struct kiosk *k, struct ui *u, int top)
{
	int side = u->portrait ? 32 : 48, gap = 24;
	int w = (u->w - 2 * side - 2 * gap) / 3;
	ui_list_fill(&u->list, (struct ui_rect){0, top, u->w, u->h - top}, UI_PAPER2);
	ui_list_fill(&u->list, (struct ui_rect){0, top, u->w, 2}, UI_LINE);
	for (int i = 0; i < 3; i++)
		zone(k, u,
		     (struct ui_rect){side + i * (w + gap), top + 24, w, u->h - top - 24 - 32}, i);
}

static void heading(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	const char *off = kiosk_word(k, W_listen_off);
	int w = ui_button_width(u, UI_BUTTON_OUTLINE, "close", off, NULL);
	ui_list_icon(&u->list, (struct ui_rect){r.x, r.y + 16, 72, 72}, "ear", UI_PINE_D, UI_SUN,
		     30);
	ui_label(u, (struct ui_rect){r.x + 96, r.y, r.w - 96 - w - 16, 60},
		 ui_pen(UI_TITLE, 52, UI_INK), UI_LEFT, kiosk_word(k, W_listen_title));
	ui_label_cut(u, (struct ui_rect){r.x + 96, r.y + 62, r.w - 96 - w - 16, 44},
		     ui_pen(UI_REGULAR, 30, UI_INK2), UI_LEFT, kiosk_word(k, W_listen_sub));
	if (ui_button(u, (struct ui_rect){r.x + r.w - w, r.y + 4, w, 96}, "listen.off",
		      UI_BUTTON_OUTLINE, ui_caption("close", off, NULL)))
		speak_stop(k, false);
}

static const char *count_words(const struct kiosk *k)
{
	const struct speak *s = k->speak;
	char n[8], all[8];
	int at = 0, count = 0;
	for (int i = 0; i < s->outline.count; i++) {
		if (speak_skips(s, &s->outline.item[i]))
			continue;
		count++;
		at += i <= s->at;
	}
	snprintf(n, sizeof n, "%d", at % 1000);
	snprintf(all, sizeof all, "%d", count % 1000);
	return words_fill(k->lang, W_listen_count,
			  (const struct word_arg[]){{"n", n}, {"all", all}, {NULL, NULL}});
}

/* As many lines as there is room for; what is longer is heard whole. */
static void words_cut(struct ui *u, struct ui_rect r, int px, enum ui_align align, const char *text)
{
	static struct ui_paragraph p;
	const struct ui_span span = {text, UI_REGULAR, px, UI_INK};
	int lines = r.h / (px * 3 / 2);
	ui_paragraph_lay(&p, &span, 1, r.w, 150, lines > 0 ? lines : 1);
	ui_paragraph_put(&p, &u->list, r, align);
}

static void card(struct kiosk *k, struct ui *u, struct ui_rect r, const struct ui_item *it)
{
	const struct speak *s = k->speak;
	char head[200], said[SPEAK_WORDS + 8];
	struct buf words;
	int pad = 56, plate = it->icon[0] == 0 ? 0 : u->portrait ? 200 : 220;
	int px = u->portrait ? 92 : 104;
	enum ui_align align = u->portrait ? UI_CENTER : UI_LEFT;
	ui_list_box(&u->list, (struct ui_rect){r.x, r.y + 4, r.w, r.h}, 36, UI_SHADOW, 0, UI_LINE);
	ui_list_box(&u->list, r, 36, UI_CARD_WARM, 10, UI_SUN);
	int x = r.x + pad, y = r.y + (u->portrait ? 90 : 48), w = r.w - 2 * pad;
	if (plate > 0) {
		ui_plate(u,
			 (struct ui_rect){u->portrait ? r.x + (r.w - plate) / 2 : x,
					  u->portrait ? y : r.y + (r.h - plate) / 2, plate, plate},
			 UI_PINE_T, it->icon, plate * 2 / 3);
		if (u->portrait) {
			y += plate + 40;
		} else {
			x += plate + pad;
			w -= plate + pad;
		}
	}
	ui_label(u, (struct ui_rect){x, y, w, 44}, ui_pen(UI_REGULAR, 34, UI_INK2), align,
		 count_words(k));
	y += 52;
	speech_heading(k->lang, &s->outline, it, head, sizeof head);
	while (px > 52 && ui_label_width(UI_TITLE, px, head) > w)
		px -= 10;
	ui_label_cut(u, (struct ui_rect){x, y, w, px * 12 / 10}, ui_pen(UI_TITLE, px, UI_PINE_D),
		     align, head);
	y += px * 12 / 10 + 8;
	buf_init(&words, SPEAK_WORDS - 1);
	speech_words(k->lang, &s->outline, it, &words);
	/* The heading stands above already. */
	const char *rest = buf_str(&words), *comma = "，";
	if (strncmp(rest, head, strlen(head)) == 0 &&
	    strncmp(rest + strlen(head), comma, strlen(comma)) == 0)
		rest += strlen(head) + strlen(comma);
	snprintf(said, sizeof said, "“%s”", rest);
	if (strcmp(buf_str(&words), head) != 0)
		words_cut(u, (struct ui_rect){x, y, w, r.y + r.h - 24 - y}, 40, align, said);
	buf_wipe(&words);
	explicit_bzero(said, sizeof said);
	explicit_bzero(head, sizeof head);
}

static void dots(const struct kiosk *k, struct ui *u, int x, int y, bool centred)
{
	const struct speak *s = k->speak;
	int count = s->outline.count > DOTS_MAX ? DOTS_MAX : s->outline.count;
	int at = s->outline.count > DOTS_MAX ? s->at * DOTS_MAX / s->outline.count : s->at;
	int w = count * 32 + 26;
	x = centred ? x - w / 2 : x - w;
	for (int i = 0; i < count; i++) {
		int dot = i == at ? 44 : 18;
		ui_list_box(&u->list, (struct ui_rect){x, y, dot, 18}, 9,
			    i == at ? UI_PINE : UI_SHADOW_KEY, 0, UI_LINE);
		x += dot + 14;
	}
}

void listen_draw(struct kiosk *k, struct ui *u)
{
	const struct speak *s = k->speak;
	int zones_top = u->h - (u->portrait ? ZONES_PORTRAIT : ZONES_LANDSCAPE);
	ui_list_begin(&u->list, UI_PAPER);
	/* The page underneath must not follow the finger. */
	for (int i = 0; i < UI_SCROLLS; i++)
		u->scroll[i].rect.w = 0;
	struct ui_rect c = ui_content(u, page_top(k, u));
	c.h = zones_top - c.y;
	heading(k, u, (struct ui_rect){c.x, c.y + 20, c.w, 108});
	int top = c.y + 148, foot = 84;
	struct ui_rect r = {c.x, top, c.w, c.y + c.h - foot - top};
	if (u->portrait && r.h > 780)
		r.h = 780;
	if (s->at >= 0 && s->at < s->outline.count)
		card(k, u, r, &s->outline.item[s->at]);
	if (u->portrait) {
		dots(k, u, u->w / 2, r.y + r.h + 30, true);
		if (zones_top - (r.y + r.h + 80) > 120)
			ui_words(u, (struct ui_rect){c.x, r.y + r.h + 80, c.w, 0},
				 ui_pen(UI_REGULAR, 32, UI_INK2), 140, UI_LEFT,
				 kiosk_word(k, W_listen_wait));
	} else {
		ui_label_cut(u, (struct ui_rect){c.x, r.y + r.h + 14, c.w - 900, 48},
			     ui_pen(UI_REGULAR, 32, UI_INK2), UI_LEFT,
			     kiosk_word(k, W_listen_wait));
		dots(k, u, c.x + c.w, r.y + r.h + 30, false);
	}
	zones(k, u, zones_top);
}
