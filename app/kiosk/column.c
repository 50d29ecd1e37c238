/* column.c - 09: what is public in one of the seven columns, newest first, by template. */
#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/kiosk/facts.h"
#include "app/kiosk/list_row.h"
#include "app/kiosk/owed.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/source.h"

#include <stdio.h>
#include <string.h>

enum { KIND_GAP = 16, KIND_PAD = 24, KIND_MAX = 6 /* columns and lines */ };

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

void entry_show(struct kiosk *k, const struct roll_row *row)
{
	entry_take(k, row);
	k->entry_page = 0;
	kiosk_go(k, SCREEN_ENTRY);
}

void entry_open(struct kiosk *k, const struct roll_row *row)
{
	entry_take(k, row);
	if (strcmp(row->template->id, project_template) == 0)
		project_open(k, row);
	else
		entry_show(k, row);
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

static const char *kind_name(struct kiosk *k, const struct kinds *s, int i)
{
	return s->t[i] == NULL ? kiosk_word(k, W_col_all) : fact_title(k, s->t[i]);
}

/* How many there are; of what is not among all of them no number, or they would not add up. */
static const char *kind_count(const struct kinds *s, int i, char out[12])
{
	out[0] = 0;
	if (s->t[i] == NULL || !s->t[i]->aside)
		snprintf(out, 12, "%zu", s->n[i]);
	return out;
}

static int kind_px(const struct ui *u)
{
	return ui_px(u, UI_BODY) + 2;
}

/* What the number leaves of a cell of this width. */
static int kind_room(const struct ui *u, const struct kinds *s, int w)
{
	int widest = 0;
	for (int i = 0; i < s->count; i++) {
		char n[12];
		snprintf(n, sizeof n, "%zu", s->n[i]);
		int number = ui_label_width(UI_BOLD, ui_px(u, UI_BODY) - 2, n);
		widest = number > widest ? number : widest;
	}
	return w - 2 * KIND_PAD - 12 - widest;
}

/* Names stand on one line or, halved, on two; false when one does not fit so. */
static bool kinds_fit(struct kiosk *k, struct ui *u, const struct kinds *s, int w)
{
	int room = kind_room(u, s, w);
	for (int i = 0; i < s->count; i++) {
		char half[UI_HALVED];
		const char *name =
			ui_words_halved(UI_BOLD, kind_px(u), room, kind_name(k, s, i), half);
		if (ui_words_height(UI_BOLD, kind_px(u), room, 112, name) >
		    2 * kind_px(u) * 112 / 100 + 2)
			return false;
	}
	return true;
}

static bool kind_cell(struct kiosk *k, struct ui *u, struct ui_rect r, const struct kinds *s, int i)
{
	char id[48], n[12], half[UI_HALVED];
	bool on = i == s->on;
	snprintf(id, sizeof id, "kind.%s", s->t[i] == NULL ? "all" : s->t[i]->id);
	snprintf(n, sizeof n, "%zu", s->n[i]); /* as it is read aloud */
	bool hit = ui_hit(u, r, id), pressed = ui_pressed(u, id);
	ui_list_note(&u->list, r,
		     words_fill(k->lang, W_say_kind,
				(const struct word_arg[]){
					{"kind", kind_name(k, s, i)}, {"n", n}, {NULL, NULL}}));
	ui_list_box(&u->list, r, UI_RADIUS_BUTTON,
		    on        ? UI_PINE
		    : pressed ? UI_SUN_T
			      : UI_CARD,
		    on ? 0 : 2, UI_LINE);
	(void)kind_count(s, i, n);
	enum ui_style style = on ? UI_BOLD : UI_REGULAR;
	int px = kind_px(u), small = ui_px(u, UI_BODY) - 2,
	    count_w = ui_label_width(style, small, n), room = kind_room(u, s, r.w);
	struct ui_color ink = on ? UI_WHITE : UI_INK;
	const char *name = ui_words_halved(UI_BOLD, px, room, kind_name(k, s, i), half);
	int h = ui_words_height(style, px, room, 112, name);
	ui_words(u, (struct ui_rect){r.x + KIND_PAD, r.y + (r.h - h) / 2, room, h},
		 ui_pen(style, px, ink), 112, UI_LEFT, name);
	ui_label(u, (struct ui_rect){r.x + r.w - KIND_PAD - count_w, r.y, count_w, r.h},
		 ui_pen(style, small, on ? UI_WHITE : UI_INK2), UI_RIGHT, n);
	return hit;
}

/* The whole number of columns, at most `most`, in which every name fits. */
static int kind_columns(struct kiosk *k, struct ui *u, const struct kinds *s, int w, int most)
{
	while (most > 1 && !kinds_fit(k, u, s, (w - KIND_GAP * (most - 1)) / most))
		most--;
	return most;
}

static int kind_height(const struct ui *u)
{
	int two = 2 * kind_px(u) * 112 / 100 + 16;
	return two > 96 ? two : 96;
}

/* Cells in `columns` columns; when they do not fit, the last one turns to the others. Gives the
 * height used. */
static int kinds_shown(struct kiosk *k, struct ui *u, struct ui_rect r, int columns, int lines,
		       const struct kinds *s)
{
	int gap = KIND_GAP, h = kind_height(u), w = (r.w - gap * (columns - 1)) / columns;
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

static void rows(struct kiosk *k, struct ui *u, struct ui_rect r, const struct row_list *l,
		 const struct kinds *s)
{
	size_t first;
	int at = list_begin(u, l, r, &first);
	for (size_t i = first; i < l->count; i++) {
		struct roll_row row;
		char id[32];
		struct ui_rect cell = list_cell(l, r, at, i);
		if (cell.y >= r.y + r.h || !roll_row(k->roll, s->t[s->on], i, &row))
			break;
		snprintf(id, sizeof id, "row.%zu", i);
		if (list_row(k, u, cell, &row, s->on == 0, id))
			entry_open(k, &row);
	}
	ui_scroll_end(u);
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
	else if (roll_day(k->roll) == 0)
		words = kiosk_word(k, W_home_nothing);
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
	int bottom = 18 + px * 12 / 10 + small * 14 / 10 + 8;
	return c.y + (bottom < 132 ? 132 : bottom);
}

/* Instead of an empty list: damaged, overdue, or never wanted by a rule. */
static void nothing(struct kiosk *k, struct ui *u, struct ui_rect area)
{
	int lead = ui_px(u, UI_LEAD);
	bool damaged = roll_damaged(k->roll) > 0;
	size_t owed = damaged ? 0 : owed_count(k, k->column);
	const struct word_arg arg[] = {{"place", kiosk_place(k, k->place)->name},
				       {"what", kiosk_word(k, title_of(k->column))},
				       {"n", words_number((long long)owed)},
				       {NULL, NULL}};
	struct page_notice n = {.icon = damaged ? "warn" : "calendar",
				.title = damaged ? kiosk_word(k, W_led_damaged)
						 : words_fill(k->lang, W_col_nothing, arg),
				.body = {{damaged    ? kiosk_word(k, W_led_damaged_body)
					  : owed > 0 ? words_fill(k->lang, W_col_nothing_owed, arg)
						     : kiosk_word(k, W_col_nothing_body),
					  UI_REGULAR, lead, UI_INK2}},
				.bodies = 1,
				.button = {{.id = "owed.open",
					    .icon = "calendar",
					    .label = kiosk_word(k, W_owed_see),
					    .kind = UI_BUTTON_SUN},
					   {.id = "column.ask",
					    .icon = "help",
					    .label = kiosk_word(k, W_empty_ask),
					    .kind = UI_BUTTON_OUTLINE}},
				.buttons = 2};
	if (owed == 0) {
		n.button[0] = n.button[1];
		n.button[0].kind = UI_BUTTON_SUN;
		n.buttons = 1;
	}
	int hit = page_notice(k, u, area, &n);
	if (hit >= 0 && strcmp(n.button[hit].id, "owed.open") == 0)
		owed_open(k, k->column);
	else if (hit >= 0)
		file_begin(k, false);
	page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SEARCH | PAGE_SIZE, NULL, 0);
}

/* The rail on the left, or cells above the list; gives what is left for the list. */
static struct ui_rect kinds_placed(struct kiosk *k, struct ui *u, struct ui_rect r,
				   const struct kinds *s)
{
	int h = kind_height(u) + KIND_GAP;
	if (u->portrait) {
		int columns = kind_columns(k, u, s, r.w, 3), lines = columns == 3   ? 3
								     : columns == 2 ? 4
										    : KIND_MAX;
		int used = kinds_shown(k, u, r, columns, lines, s) + 20;
		r.y += used;
		r.h -= used;
		return r;
	}
	int w = kinds_fit(k, u, s, 400) ? 400 : 470;
	kinds_shown(k, u, (struct ui_rect){r.x, r.y, w, 0}, 1, (r.h + KIND_GAP) / h, s);
	return (struct ui_rect){r.x + w + 32, r.y, r.w - w - 32, r.h};
}

void column_draw(struct kiosk *k, struct ui *u)
{
	struct ui_rect c = ui_content(u, page_top(k, u));
	struct kinds s;
	if (k->roll == NULL || k->accounts == NULL) {
		page_bar(k, u, PAGE_BACK | PAGE_HOME, NULL, 0);
		return;
	}
	roll_select(k->roll, k->place, k->column, NULL);
	if (k->fresh != NULL)
		fresh_follow(k->fresh, roll_shelf(k->roll), kiosk_signed_day(k));
	gather_kinds(k, &s);
	int y = head(k, u, c, s.n[0]);
	struct ui_rect r = {c.x, y, c.w, c.y + c.h - 8 - y};
	if (s.n[0] == 0 && s.count == 1 && !roll_waiting(k->roll)) {
		nothing(k, u, r);
		return;
	}
	r = source_foot(k, u, r, roll_shelf(k->roll), roll_publication(k->roll));
	r.h -= 8;
	int strip = owed_strip(k, u, r, k->column);
	if (strip > 0) {
		r.y += strip + KIND_GAP;
		r.h -= strip + KIND_GAP;
	}
	r = kinds_placed(k, u, r, &s);
	const struct row_list l = {.id = "column", .row_h = list_row_height(u), .count = s.n[s.on]};
	r = list_place(&l, r);
	rows(k, u, r, &l, &s);
	list_turn(k, u, &l, r, NULL);
}
