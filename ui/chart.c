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

int ui_months(struct ui *u, struct ui_rect r, const struct ui_month *m, int count,
	      const char *const *axis, int steps)
{
	int hit = -1, left = r.x + 64, label_h = 48, base = r.y + r.h - label_h, top = r.y + 14;
	int height = base - top, width = r.x + r.w - left;
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
	for (int s = 0; s <= steps; s++) {
		int y = base - height * s / steps;
		ui_list_fill(&u->list, (struct ui_rect){left, y - 1, width, 2},
			     s == 0 ? UI_EDGE : UI_LINE);
		ui_label(u, (struct ui_rect){r.x, y - 20, 48, 40}, UI_REGULAR, 26, UI_INK2,
			 UI_RIGHT, axis[s]);
	}
	for (int i = 0; i < count; i++) {
		int x = left + width * i / count, w = width * (i + 1) / count - width * i / count;
		if (m[i].note != NULL)
			ui_label(u, (struct ui_rect){x, base - 44, w, 40}, UI_REGULAR, 26, UI_INK2,
				 UI_CENTER, m[i].note);
		else
			columns(u, &m[i], x + w / 2, base, height);
		ui_label(u, (struct ui_rect){x, base + 4, w, label_h - 4},
			 m[i].on ? UI_BOLD : UI_REGULAR, 26, UI_INK, UI_CENTER, m[i].label);
	}
	return hit;
}

void ui_bars(struct ui *u, struct ui_rect r, const struct ui_bar_row *row, int count, bool out,
	     int label_width)
{
	int px = ui_px(u, UI_CAPTION) + 2, value_w = 96, step = count > 0 ? r.h / count : 0;
	step = step > 60 ? 60 : step;
	for (int i = 0; i < count; i++) {
		int y = r.y + step * i;
		struct ui_rect track = {r.x + label_width, y + (step - BAR_H) / 2,
					r.w - label_width - value_w - 12, BAR_H};
		struct ui_rect bar = {track.x, track.y, track.w * row[i].length / 1000, BAR_H};
		ui_label_cut(u, (struct ui_rect){r.x, y, label_width - 12, step}, UI_REGULAR, px,
			     UI_INK, UI_LEFT, row[i].label);
		ui_list_box(&u->list, track, UI_RADIUS_BAR, UI_PAPER2, 0, UI_PAPER2);
		if (bar.w > 3 && out)
			ui_list_hatch(&u->list, bar, UI_RADIUS_BAR, UI_EXPENSE, UI_EXPENSE_H);
		else if (bar.w > 3)
			ui_list_box(&u->list, bar, UI_RADIUS_BAR, UI_INCOME, 0, UI_INCOME);
		ui_label(u, (struct ui_rect){r.x + r.w - value_w, y, value_w, step}, UI_BOLD, px,
			 UI_INK, UI_RIGHT, row[i].value);
	}
}
