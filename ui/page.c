#include "ui/page.h"

#include <stdio.h>

static const struct ui_color none = {0};

void ui_header(struct ui *u, const struct ui_header *h)
{
	struct ui_list *l = &u->list;
	int bar = UI_HEADER_H - UI_HEADER_RULE, x = u->portrait ? 40 : 56,
	    gap = u->portrait ? 14 : 24;
	int right = u->w - (u->portrait ? 40 : 64);
	/* The same on every page: not worth hearing each time. */
	ui_list_note(l, (struct ui_rect){0, 0, u->w, UI_HEADER_H}, "");
	ui_list_fill(l, (struct ui_rect){0, 0, u->w, bar}, UI_PINE);
	ui_list_fill(l, (struct ui_rect){0, bar, u->w, UI_HEADER_RULE}, UI_SUN);
	ui_list_picture(l, (struct ui_rect){x, (bar - 68) / 2, 68, 68}, "logo-on-dark");
	x += 68 + gap;
	int brand_px = (u->portrait ? 40 : 44) - (u->latin ? 8 : 0),
	    w = ui_label_width(UI_TITLE, brand_px, h->brand);
	int place_px = u->portrait ? 32 : 36,
	    place_w = ui_label_width(UI_REGULAR, place_px, h->place);
	int demo_w = h->demo == NULL ? 0 : ui_label_width(UI_BOLD, 26, h->demo) + 36 + gap;
	int net_px = u->portrait ? 26 : 30,
	    net_w = ui_label_width(UI_REGULAR, net_px, h->net) + (u->portrait ? 72 : 92);
	/* Where one is matters more than the name of the product; the sun stays. */
	if (x + w + gap + place_w + gap + demo_w + net_w <= right || !u->portrait) {
		ui_label(u, (struct ui_rect){x, 0, w, bar}, ui_pen(UI_TITLE, brand_px, UI_WHITE),
			 UI_LEFT, h->brand);
		x += w + gap;
	}
	struct ui_rect net = {right - net_w, (bar - (u->portrait ? 55 : 61)) / 2, net_w,
			      u->portrait ? 55 : 61};
	ui_list_box(l, net, 32, h->online ? UI_PINE_D : UI_SUN_T, 0, UI_PINE_D);
	struct ui_color ink = h->online ? UI_WHITE : UI_SUN_TEXT;
	ui_list_icon(
		l,
		(struct ui_rect){net.x + (u->portrait ? 12 : 20), net.y + (net.h - 36) / 2, 36, 36},
		h->online ? "wifi" : "wifioff", ink, none, 36);
	ui_label(u, (struct ui_rect){net.x + (u->portrait ? 56 : 68), net.y, net.w, net.h},
		 ui_pen(UI_REGULAR, net_px, ink), UI_LEFT, h->net);
	right = net.x - gap;
	if (!u->portrait) {
		w = ui_label_width(UI_BOLD, 38, h->time);
		ui_label(u, (struct ui_rect){right - w, 0, w, bar}, ui_pen(UI_BOLD, 38, UI_WHITE),
			 UI_LEFT, h->time);
		right -= w + 20;
		w = ui_label_width(UI_REGULAR, 32, h->date);
		ui_label(u, (struct ui_rect){right - w, 2, w, bar},
			 ui_pen(UI_REGULAR, 32, UI_WHITE), UI_LEFT, h->date);
		right -= w + gap;
		ui_list_fill(l, (struct ui_rect){x, (bar - 48) / 2, 2, 48}, UI_RGB(0x628F88));
		x += 2 + gap;
	}
	w = place_w;
	int room = right - x - demo_w;
	ui_label_cut(u, (struct ui_rect){x, 0, w < room ? w : room, bar},
		     ui_pen(UI_REGULAR, place_px, UI_WHITE), UI_LEFT, h->place);
	x += (w < room ? w : room) + gap;
	if (h->demo != NULL) {
		struct ui_rect pill = {x, (bar - 46) / 2, demo_w - gap, 46};
		ui_list_box(l, pill, 24, UI_SUN_T, 0, UI_SUN_T);
		ui_label(u, pill, ui_pen(UI_BOLD, 26, UI_SUN_TEXT), UI_CENTER, h->demo);
	}
}

int ui_banner(struct ui *u, int y, const char *icon, const char *bold, const char *rest)
{
	int margin = u->portrait ? UI_MARGIN_PORTRAIT : UI_MARGIN_LANDSCAPE;
	int x = margin + 56 + 24, w = u->w - margin - x;
	int px = u->size == UI_STANDARD ? 32 : u->size == UI_LARGE ? 36 : 42;
	/* What does not fit beside the first sentence begins a line of its own. */
	bool one_line =
		ui_label_width(UI_BOLD, px, bold) + 20 + ui_label_width(UI_REGULAR, px - 2, rest) <=
		w;
	const struct ui_span span[] = {{bold, UI_BOLD, px, UI_SUN_TEXT},
				       {one_line ? "  " : "\n", UI_REGULAR, px - 2, UI_SUN_TEXT},
				       {rest, UI_REGULAR, px - 2, UI_SUN_TEXT}};
	int words = ui_spans_height(span, 3, w, 135), h = words + 46 < 90 ? 90 : words + 46;
	ui_list_fill(&u->list, (struct ui_rect){0, y, u->w, h - 2}, UI_SUN_T);
	ui_list_fill(&u->list, (struct ui_rect){0, y + h - 2, u->w, 2}, UI_SUN_LINE);
	ui_list_icon(&u->list, (struct ui_rect){margin, y + (h - 56) / 2, 56, 56}, icon, UI_PINE_D,
		     UI_SUN, 30);
	ui_spans(u, (struct ui_rect){x, y + (h - words) / 2, w, 0}, span, 3,
		 ui_flow(135, UI_LEFT, 0));
	return h;
}

int ui_reader_strip(struct ui *u, const char *words, const char *reader, const char *side)
{
	int margin = u->portrait ? UI_MARGIN_PORTRAIT : UI_MARGIN_LANDSCAPE, y = UI_HEADER_H,
	    h = 64;
	int side_px = u->portrait ? 26 : 28, side_w = ui_label_width(UI_REGULAR, side_px, side);
	struct ui_rect row = {margin + 54, y, u->w - 2 * margin - 54, h - 2};
	ui_list_fill(&u->list, (struct ui_rect){0, y, u->w, h - 2}, UI_PINE_T);
	ui_list_fill(&u->list, (struct ui_rect){0, y + h - 2, u->w, 2}, UI_PINE_LINE);
	ui_list_icon(&u->list, (struct ui_rect){margin + 2, y + 11, 40, 40}, "lock", UI_PINE_D,
		     UI_SUN, 30);
	int w = ui_label_width(UI_REGULAR, 32, words);
	ui_label(u, row, ui_pen(UI_REGULAR, 32, UI_PINE_D), UI_LEFT, words);
	row.x += w + 10;
	row.w -= w + 10;
	int reader_w = ui_label_width(UI_BOLD, 34, reader);
	ui_label(u, row, ui_pen(UI_BOLD, 34, UI_PINE_D), UI_LEFT, reader);
	if (reader_w + 24 + side_w <= row.w)
		ui_label(u, row, ui_pen(UI_REGULAR, side_px, UI_INK2), UI_RIGHT, side);
	return h;
}

static void step_dot(struct ui *u, int x, int y, int number, int now)
{
	struct ui_rect r = {x, y, 56, 56};
	char text[8];
	snprintf(text, sizeof text, "%d", number + 1);
	bool done = number < now, current = number == now;
	ui_list_box(&u->list, r, 28,
		    current ? UI_PINE
		    : done  ? UI_PINE_T
			    : UI_WHITE,
		    3, current || done ? UI_PINE : UI_EDGE);
	if (done)
		ui_list_icon(&u->list, ui_rect_inset(r, 10), "check", UI_PINE, none, 40);
	else
		ui_label(u, r, ui_pen(UI_BOLD, 30, current ? UI_WHITE : UI_INK2), UI_CENTER, text);
}

int ui_stepper(struct ui *u, int y, const char *const *label, int count, int now)
{
	int margin = u->portrait ? UI_MARGIN_PORTRAIT : UI_MARGIN_LANDSCAPE;
	int room = u->w - 2 * margin, x = margin, used = 0;
	int width[12];
	for (int i = 0; i < count && i < 12; i++) {
		bool shown = !u->portrait || i == now;
		width[i] = 56 + (shown ? 14 + ui_label_width(i == now ? UI_BOLD : UI_REGULAR,
							     i == now ? 34 : 30, label[i])
				       : 0);
		used += width[i];
	}
	if (count < 2)
		return 0;
	int line = (room - used) / (count - 1), side = u->portrait ? 10 : 20;
	char here[160];
	snprintf(here, sizeof here, "%d. %s", now + 1, label[now]);
	ui_list_note(&u->list, (struct ui_rect){margin, y, room, 56}, here);
	bool words = line >= 56; /* long languages: only the current label */
	if (!words) {
		used = 56 * (count - 1) + width[now];
		line = (room - used) / (count - 1);
	}
	for (int i = 0; i < count && i < 12; i++) {
		bool shown = i == now || (!u->portrait && words);
		int w = shown ? width[i] : 56;
		step_dot(u, x, y, i, now);
		if (shown)
			ui_label(u, (struct ui_rect){x + 70, y, w - 70, 56},
				 ui_pen(i == now ? UI_BOLD : UI_REGULAR, i == now ? 34 : 30,
					i == now ? UI_INK : UI_INK2),
				 UI_LEFT, label[i]);
		x += w;
		if (i + 1 < count)
			ui_list_box(&u->list,
				    (struct ui_rect){x + side, y + 26, line - 2 * side, 4}, 2,
				    i < now ? UI_PINE : UI_LINE, 0, UI_LINE);
		x += line;
	}
	return 56;
}

struct ui_rect ui_content(const struct ui *u, int top)
{
	int margin = u->portrait ? UI_MARGIN_PORTRAIT : UI_MARGIN_LANDSCAPE;
	return (struct ui_rect){margin, top, u->w - 2 * margin, ui_bar_rect(u).y - top};
}
