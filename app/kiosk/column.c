/* column.c - 09: what is public in one of the seven columns, newest first, by template. */
#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/kiosk/facts.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"

#include <stdio.h>
#include <string.h>

enum { NEW_DAYS = 30 };

static const struct column_look {
	const char *id;
	enum word title;
} looks[] = {{"village", W_col_village}, {"policy", W_col_policy}, {"project", W_col_project},
	     {"party", W_col_party},     {"gov", W_col_gov},       {"service", W_col_service},
	     {"finance", W_col_finance}};

static enum word title_of(const char *column)
{
	for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
		if (strcmp(looks[i].id, column) == 0)
			return looks[i].title;
	return W_col_village;
}

void column_open(struct kiosk *k, const char *column)
{
	if (strcmp(column, "project") == 0) {
		project_open(k);
		return;
	}
	snprintf(k->column, sizeof k->column, "%s", column);
	k->column_kind[0] = 0;
	k->column_page = 0;
	k->marked_row[0] = 0;
	ui_scroll_forget(&k->ui, "column");
	kiosk_go(k, SCREEN_COLUMN);
}

void entry_take(struct kiosk *k, const struct roll_row *row)
{
	text_copy(k->row_line, sizeof k->row_line, row->record->line, row->record->line_len);
	k->row = *row->record;
	k->row.line = k->row_line;
	k->row_sheet = *row->sheet;
	k->have_row = true;
	if (k->margin != NULL)
		margin_look(k->margin, roll_shelf(k->roll), row->sheet, row->record);
	snprintf(k->marked_row, sizeof k->marked_row, "%s", row->record->id);
}

void entry_open(struct kiosk *k, const struct roll_row *row)
{
	entry_take(k, row);
	k->entry_page = 0;
	kiosk_go(k, SCREEN_ENTRY);
}

/* --- kinds: all, and each template something is public of --- */

struct kinds {
	const struct catalogue_template *t[ROLL_TEMPLATES_MAX + 1]; /* [0] is all of them */
	size_t n[ROLL_TEMPLATES_MAX + 1];
	int count, on;
};

static void gather_kinds(struct kiosk *k, struct kinds *out)
{
	*out = (struct kinds){.count = 1};
	out->n[0] = roll_count(k->roll, NULL);
	for (size_t i = 0; i < roll_templates(k->roll); i++) {
		const struct catalogue_template *t = roll_template(k->roll, i);
		size_t n = roll_count(k->roll, t);
		if (n == 0)
			continue;
		if (strcmp(k->column_kind, t->id) == 0)
			out->on = out->count;
		out->t[out->count] = t;
		out->n[out->count++] = n;
	}
}

static bool kind_cell(struct kiosk *k, struct ui *u, struct ui_rect r, const struct kinds *s, int i)
{
	char id[48], n[12];
	bool on = i == s->on;
	snprintf(id, sizeof id, "kind.%s", s->t[i] == NULL ? "all" : s->t[i]->id);
	snprintf(n, sizeof n, "%zu", s->n[i]);
	bool hit = ui_hit(u, r, id), pressed = ui_pressed(u, id);
	ui_list_box(&u->list, r, UI_RADIUS_BUTTON,
		    on        ? UI_PINE
		    : pressed ? UI_SUN_T
			      : UI_CARD,
		    on ? 0 : 2, UI_LINE);
	int px = ui_px(u, UI_BODY) + 2, small = ui_px(u, UI_BODY) - 2,
	    count_w = ui_label_width(UI_REGULAR, small, n);
	struct ui_color ink = on ? UI_WHITE : UI_INK;
	ui_label_cut(u, (struct ui_rect){r.x + 28, r.y, r.w - count_w - 72, r.h},
		     ui_pen(on ? UI_BOLD : UI_REGULAR, px, ink), UI_LEFT,
		     s->t[i] == NULL ? kiosk_word(k, W_col_all) : fact_title(k, s->t[i]));
	ui_label(u, (struct ui_rect){r.x + r.w - 28 - count_w, r.y, count_w, r.h},
		 ui_pen(on ? UI_BOLD : UI_REGULAR, small, on ? UI_WHITE : UI_INK2), UI_RIGHT, n);
	return hit;
}

/* Cells in `columns` columns; when they do not fit, the last one turns to the others. Gives the
 * height used. */
static int kinds_shown(struct kiosk *k, struct ui *u, struct ui_rect r, int columns, int lines,
		       const struct kinds *s)
{
	int gap = 16, h = u->size == UI_XLARGE ? 104 : 96,
	    w = (r.w - gap * (columns - 1)) / columns;
	int room = columns * lines, first = 0, shown = s->count;
	bool more = s->count > room;
	if (more) {
		int per = room - 1, pages = (s->count + per - 1) / per;
		first = k->column_page % pages * per;
		shown = s->count - first < per ? s->count - first : per;
	}
	for (int i = 0; i < shown; i++) {
		struct ui_rect cell = {r.x + (w + gap) * (i % columns),
				       r.y + (h + gap) * (i / columns), w, h};
		if (!kind_cell(k, u, cell, s, first + i))
			continue;
		snprintf(k->column_kind, sizeof k->column_kind, "%s",
			 s->t[first + i] == NULL ? "" : s->t[first + i]->id);
		ui_scroll_to(u, "column", 0);
		k->redraw = true;
	}
	if (more) {
		int i = room - 1;
		struct ui_rect cell = {r.x + (w + gap) * (i % columns),
				       r.y + (h + gap) * (i / columns), w, h};
		if (ui_button(u, cell, "kind.more", UI_BUTTON_PLAIN,
			      ui_caption("dots", kiosk_word(k, W_col_more), NULL))) {
			k->column_page++;
			k->redraw = true;
		}
	}
	int used = more ? lines : (s->count + columns - 1) / columns;
	return used * (h + gap) - gap;
}

/* --- rows --- */

static bool is_new(const struct kiosk *k, const struct roll_row *row)
{
	int32_t today = kiosk_today(k);
	int days = clock_days_between(row->sheet->day, today);
	bool fresh =
		row->record->day == 0 || clock_days_between(row->record->day, today) <= NEW_DAYS;
	return days >= 0 && days <= NEW_DAYS && fresh;
}

static int row_height(const struct ui *u)
{
	static const int landscape[UI_SIZES] = {120, 136, 160},
			 portrait[UI_SIZES] = {176, 200, 232};
	return (u->portrait ? portrait : landscape)[u->size];
}

static void row_words(struct kiosk *k, struct ui *u, struct ui_rect r, const struct roll_row *row,
		      bool all)
{
	struct buf sub, line;
	int title_px = ui_px(u, UI_LABEL) + 2, sub_px = ui_px(u, UI_CAPTION), pad = 32;
	int x = r.x + pad, w = r.w - 2 * pad - 64, title_h = title_px * 13 / 10,
	    sub_h = sub_px * 14 / 10;
	int lines = u->portrait ? 2 : 1, y = r.y + (r.h - title_h - lines * sub_h) / 2;
	struct buf state;
	buf_init(&sub, 1024);
	buf_init(&line, 1024);
	buf_init(&state, 128);
	bool has_state = fact_state(k, row->template, row->record, &state), news = is_new(k, row);
	int new_w = news ? ui_pill_width(u, kiosk_word(k, W_col_new)) + 16 : 0;
	int state_w = has_state ? ui_pill_width(u, buf_str(&state)) + 16 : 0;
	if (new_w + state_w > w / 2)
		new_w = 0;
	int title_w = ui_label_width(UI_BOLD, title_px, row->record->title);
	if (title_w > w - new_w - state_w)
		title_w = w - new_w - state_w;
	ui_label_cut(u, (struct ui_rect){x, y, title_w, title_h}, ui_pen(UI_BOLD, title_px, UI_INK),
		     UI_LEFT, row->record->title);
	if (state_w > 0)
		ui_pill(u, x + title_w + 16, y + (title_h - 44) / 2, 44, UI_PILL_PINE,
			buf_str(&state));
	if (new_w > 0)
		ui_pill(u, x + title_w + state_w + 16, y + (title_h - 44) / 2, 44, UI_PILL_SUN,
			kiosk_word(k, W_col_new));
	fact_sub(k, row->template, row->record, &sub);
	if (row->record->day != 0)
		buf_text(&line, words_day(k->lang, row->record->day));
	if (all)
		buf_print(&line, "%s%s", line.len > 0 ? " · " : "", fact_title(k, row->template));
	y += title_h;
	if (u->portrait) {
		ui_label_cut(u, (struct ui_rect){x, y, w, sub_h},
			     ui_pen(UI_REGULAR, sub_px + 2, UI_INK), UI_LEFT,
			     sub.len > 0 ? buf_str(&sub) : buf_str(&line));
		if (sub.len > 0)
			ui_label_cut(u, (struct ui_rect){x, y + sub_h, w, sub_h},
				     ui_pen(UI_REGULAR, sub_px, UI_INK2), UI_LEFT, buf_str(&line));
	} else {
		if (sub.len > 0)
			buf_print(&line, "%s%s", line.len > 0 ? " · " : "", buf_str(&sub));
		ui_label_cut(u, (struct ui_rect){x, y, w, sub_h},
			     ui_pen(UI_REGULAR, sub_px, UI_INK2), UI_LEFT, buf_str(&line));
	}
	buf_free(&sub);
	buf_free(&line);
	buf_free(&state);
}

static void row_card(struct kiosk *k, struct ui *u, struct ui_rect r, const struct roll_row *row,
		     bool all, size_t index)
{
	static const struct ui_color none = {0};
	char id[32];
	snprintf(id, sizeof id, "row.%zu", index);
	bool hit = ui_hit(u, r, id), pressed = ui_pressed(u, id);
	bool marked = strcmp(k->marked_row, row->record->id) == 0;
	if (pressed)
		r.y += 4;
	else
		ui_list_box(&u->list, (struct ui_rect){r.x, r.y + 4, r.w, r.h}, UI_RADIUS_BUTTON,
			    UI_SHADOW, 0, UI_LINE);
	ui_list_box(&u->list, r, UI_RADIUS_BUTTON, marked || pressed ? UI_SUN_T : UI_CARD, 2,
		    UI_LINE);
	row_words(k, u, r, row, all);
	ui_list_icon(&u->list, (struct ui_rect){r.x + r.w - 32 - 40, r.y + (r.h - 40) / 2, 40, 40},
		     "next", UI_INK2, none, 40);
	if (hit)
		entry_open(k, row);
}

static void rows(struct kiosk *k, struct ui *u, struct ui_rect r, const struct kinds *s)
{
	const struct catalogue_template *t = s->t[s->on];
	int h = row_height(u), gap = 16, pitch = h + gap;
	size_t count = s->n[s->on];
	int at = ui_scroll_begin(u, "column", r, (int)count * pitch - gap + 8);
	for (size_t i = (size_t)(at / pitch); i < count; i++) {
		struct roll_row row;
		struct ui_rect cell = {r.x, r.y + (int)i * pitch - at, r.w, h};
		if (cell.y >= r.y + r.h || !roll_row(k->roll, t, i, &row))
			break;
		row_card(k, u, cell, &row, s->on == 0, i);
	}
	ui_scroll_end(u);
}

/* Whole rows only, so that a page never ends in the middle of one. */
static int whole_rows(const struct ui *u, int room)
{
	int pitch = row_height(u) + 16, n = (room + 16) / pitch;
	return n < 1 ? room : n * pitch - 16 + 8;
}

static void turn(struct kiosk *k, struct ui *u, struct ui_rect list, size_t count)
{
	int pitch = row_height(u) + 16, per = (list.h + 16) / pitch > 0 ? (list.h + 16) / pitch : 1;
	int page = ui_scroll_page(u, "column", per * pitch), all = ((int)count + per - 1) / per;
	struct ui_bar_button b[2];
	page_turners(k, page, all, UI_BUTTON_PRIMARY, b);
	int turned = page_turned(page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SIZE, b, 2));
	if (turned == 0)
		return;
	int last = (int)count * pitch - 16 + 8 - list.h, to = (page + turned) * per * pitch;
	if (to > last)
		to = last;
	ui_scroll_to(u, "column", to < 0 ? 0 : to);
	k->redraw = true;
}

/* --- the page --- */

static int head(struct kiosk *k, struct ui *u, struct ui_rect c, size_t count)
{
	char n[12], damaged[12];
	int px = ui_px(u, UI_H2), small = ui_px(u, UI_CAPTION),
	    seg = page_places_width(k, u, false);
	int w = u->portrait ? c.w - 116 : c.w - seg - 140;
	snprintf(n, sizeof n, "%zu", count);
	snprintf(damaged, sizeof damaged, "%zu", roll_damaged(k->roll));
	ui_plate(u, (struct ui_rect){c.x, c.y + 20, 88, 88}, UI_SUN_T, k->column, 60);
	ui_label(u, (struct ui_rect){c.x + 114, c.y + 16, w, px * 12 / 10},
		 ui_pen(UI_TITLE, px, UI_INK), UI_LEFT, kiosk_word(k, title_of(k->column)));
	const char *words;
	if (roll_damaged(k->roll) > 0)
		words = words_fill(k->lang, W_col_damaged,
				   (const struct word_arg[]){{"n", damaged}, {NULL, NULL}});
	else if (roll_waiting(k->roll))
		words = kiosk_word(k, W_led_checking);
	else
		words = words_fill(
			k->lang, W_col_updated,
			(const struct word_arg[]){{"day", words_day(k->lang, roll_day(k->roll))},
						  {"n", n},
						  {NULL, NULL}});
	ui_label(u, (struct ui_rect){c.x + 114, c.y + 18 + px * 12 / 10, w, small * 14 / 10},
		 ui_pen(UI_REGULAR, small, roll_damaged(k->roll) > 0 ? UI_DANGER : UI_INK2),
		 UI_LEFT, words);
	if (u->portrait) {
		int y = c.y + 24 + px * 12 / 10 + small * 14 / 10 + 12;
		page_places(k, u, (struct ui_rect){c.x, y, c.w, 96});
		return y + 96 + 16;
	}
	page_places(k, u, (struct ui_rect){c.x + c.w - seg, c.y + 18, seg, 96});
	return c.y + 136;
}

static void nothing(struct kiosk *k, struct ui *u, struct ui_rect area)
{
	const struct page_notice n = {
		.icon = "calendar",
		.title = words_fill(
			k->lang, W_col_nothing,
			(const struct word_arg[]){{"place", kiosk_place(k, k->place)->name},
						  {"what", kiosk_word(k, title_of(k->column))},
						  {NULL, NULL}}),
		.body = {{kiosk_word(k, W_col_nothing_body), UI_REGULAR, ui_px(u, UI_LEAD),
			  UI_INK2}},
		.bodies = 1,
		.button = {{.id = "column.ask",
			    .icon = "help",
			    .label = kiosk_word(k, W_empty_ask),
			    .kind = UI_BUTTON_SUN}},
		.buttons = 1};
	if (page_notice(k, u, area, &n) == 0)
		file_begin(k, false);
	page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SIZE, NULL, 0);
}

void column_draw(struct kiosk *k, struct ui *u)
{
	struct ui_rect c = ui_content(u, page_top(k, u));
	struct kinds s;
	if (k->roll == NULL) {
		page_bar(k, u, PAGE_BACK | PAGE_HOME, NULL, 0);
		return;
	}
	roll_select(k->roll, k->place, k->column, NULL);
	gather_kinds(k, &s);
	int y = head(k, u, c, s.n[0]), bottom = c.y + c.h - 24;
	if (s.n[0] == 0 && !roll_waiting(k->roll)) {
		nothing(k, u, (struct ui_rect){c.x, y, c.w, bottom - y});
		return;
	}
	struct ui_rect list;
	if (u->portrait) {
		int columns = u->size == UI_XLARGE ? 2 : 3;
		y += kinds_shown(k, u, (struct ui_rect){c.x, y, c.w, 0}, columns, 3, &s) + 20;
		list = (struct ui_rect){c.x, y, c.w, bottom - y};
	} else {
		kinds_shown(k, u, (struct ui_rect){c.x, y, 400, 0}, 1, (bottom - y + 16) / 112, &s);
		list = (struct ui_rect){c.x + 432, y, c.w - 432, bottom - y};
	}
	list.h = whole_rows(u, list.h);
	rows(k, u, list, &s);
	turn(k, u, list, s.n[s.on]);
}
