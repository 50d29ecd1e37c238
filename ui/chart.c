#include "ui/chart.h"

enum { COLUMN = 30, COLUMN_GAP = 6, BAR_H = 30 };

static void columns(struct ui *u, const struct ui_month *m, int centre, int base, int height)
{
	int in = m->in * height / 1000, out = m->out * height / 1000;
	if (in > 0)
		ui_list_box(
			&u->list,
			(struct ui_rect){centre - COLUMN_GAP / 2 - COLUMN, base - in, COLUMN, in},
			UI_RADIUS_BAR, UI_INCOME, 0, UI_INCOME);
	if (out > 0)
		ui_list_hatch(&u->list,
			      (struct ui_rect){centre + COLUMN_GAP / 2, base - out, COLUMN, out},
			      UI_RADIUS_BAR, UI_EXPENSE, UI_EXPENSE_H);
}

/* The words that stand instead of columns: from top to bottom where they are too wide. */
static void note(struct ui *u, const struct ui_month *m, struct ui_rect r, int px)
{
	enum ui_style style = m->bad ? UI_BOLD : UI_REGULAR;
	struct ui_color ink = m->bad ? UI_DANGER : UI_INK2;
	int w = ui_label_width(style, px, m->note), line = px * 12 / 10;
	bool upright = w + 8 > r.w;
	if (upright)
		w = px + 2;
	int h = upright ? ui_words_height(style, px, w, 120, m->note) : line;
	struct ui_rect words = {r.x + (r.w - w) / 2, r.y + r.h - h - 8, w, h};
	if (m->bad)
		ui_list_box(&u->list,
			    (struct ui_rect){words.x - 4, words.y - 4, words.w + 8, words.h + 8},
			    12, UI_DANGER_T, 0, UI_DANGER_T);
	if (upright)
		ui_words(u, words, ui_pen(style, px, ink), 120, UI_CENTER, m->note);
	else
		ui_label(u, words, ui_pen(style, px, ink), UI_CENTER, m->note);
}

static int widest(enum ui_style style, int px, const char *const *words, int count)
{
	int most = 0;
	for (int i = 0; i < count; i++) {
		int w = ui_label_width(style, px, words[i]);
		most = w > most ? w : most;
	}
	return most;
}

int ui_months(struct ui *u, struct ui_rect r, const struct ui_month *m, int count,
	      const char *const *axis, int steps)
{
	int px = ui_px(u, UI_CAPTION), line = px * 14 / 10, hit = -1;
	int axis_w = widest(UI_REGULAR, px, axis, steps + 1), left = r.x + axis_w + 16;
	int base = r.y + r.h - line - 8, top = r.y + px / 2, height = base - top;
	int width = r.x + r.w - left, every = height / steps < px * 11 / 10 ? 2 : 1;
	for (int i = 0; i < count; i++) {
		struct ui_rect column = {left + width * i / count, top,
					 width * (i + 1) / count - width * i / count,
					 r.y + r.h - top};
		if (ui_hit(u, column, m[i].id))
			hit = i;
		if (m[i].on || ui_pressed(u, m[i].id))
			ui_list_box(
				&u->list,
				(struct ui_rect){column.x + 2, column.y, column.w - 4, column.h},
				12, UI_SUN_T, 0, UI_SUN_T);
	}
	ui_list_note(&u->list, (struct ui_rect){r.x, r.y, 48, r.h}, ""); /* the scale */
	for (int s = 0; s <= steps; s++) {
		int y = base - height * s / steps;
		ui_list_fill(&u->list, (struct ui_rect){left, y - 1, width, 2},
			     s == 0 ? UI_EDGE : UI_LINE);
		if (s % every != 0)
			continue;
		ui_label(u, (struct ui_rect){r.x, y - line / 2, axis_w, line},
			 ui_pen(UI_REGULAR, px, UI_INK2), UI_RIGHT, axis[s]);
	}
	for (int i = 0; i < count; i++) {
		int x = left + width * i / count, w = width * (i + 1) / count - width * i / count;
		const char *label =
			ui_label_width(UI_BOLD, px, m[i].label) > w - 2 ? m[i].brief : m[i].label;
		if (m[i].note != NULL)
			note(u, &m[i], (struct ui_rect){x, top, w, height}, px);
		else
			columns(u, &m[i], x + w / 2, base, height);
		ui_label(u, (struct ui_rect){x, base + 4, w, line},
			 ui_pen(m[i].on ? UI_BOLD : UI_REGULAR, px, UI_INK), UI_CENTER, label);
	}
	return hit;
}

int ui_bars_px(const struct ui *u)
{
	return ui_px(u, UI_CAPTION) + 2;
}

void ui_bars(struct ui *u, struct ui_rect r, const struct ui_bar_row *row, int count, bool out,
	     struct ui_bar_columns columns)
{
	int px = ui_bars_px(u), step = count > 0 ? r.h / count : 0;
	step = step > 60 ? 60 : step;
	for (int i = 0; i < count && row[i].label != NULL; i++) {
		int y = r.y + step * i;
		struct ui_rect track = {r.x + columns.label, y + (step - BAR_H) / 2,
					r.w - columns.label - columns.value, BAR_H};
		struct ui_rect bar = {track.x, track.y, track.w * row[i].length / 1000, BAR_H};
		ui_label(u, (struct ui_rect){r.x, y, columns.label, step},
			 ui_pen(UI_REGULAR, px, UI_INK), UI_LEFT, row[i].label);
		ui_list_box(&u->list, track, UI_RADIUS_BAR, UI_PAPER2, 0, UI_PAPER2);
		if (bar.w > 3 && out)
			ui_list_hatch(&u->list, bar, UI_RADIUS_BAR, UI_EXPENSE, UI_EXPENSE_H);
		else if (bar.w > 3)
			ui_list_box(&u->list, bar, UI_RADIUS_BAR, UI_INCOME, 0, UI_INCOME);
		ui_label(u, (struct ui_rect){r.x + r.w - columns.value, y, columns.value, step},
			 ui_pen(UI_BOLD, px, UI_INK), UI_RIGHT, row[i].value);
	}
}
