#include "app/kiosk/owed.h"

#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/kiosk/facts.h"
#include "app/kiosk/list_row.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/source.h"
#include "app/store/kiosk/urge.h"

#include <stdio.h>
#include <string.h>

/* --- what is owed --- */

static bool shelf_has(void *self, const char *template_id, const char *period)
{
	const struct shelf *s = self;
	size_t low = 0, high = s->count;
	while (low < high) {
		size_t mid = (low + high) / 2;
		const struct sheet_entry *e = &s->sheet[mid].entry;
		int c = strcmp(e->template_id, template_id);
		c = c != 0 ? c : strcmp(e->period, period);
		if (c == 0)
			return true;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

const struct owed *owed_look(struct kiosk *k)
{
	struct owed *o = &k->owed;
	const struct shelf *shelf = k->accounts == NULL ? NULL : accounts_shelf(k->accounts);
	int32_t today = kiosk_signed_day(k);
	if (shelf == NULL || today == 0 || accounts_shelf_damaged(k->accounts)) {
		*o = (struct owed){.count = 0};
		return o;
	}
	if (o->day == today && o->publication == shelf->publication &&
	    strcmp(o->place, shelf->place) == 0)
		return o;
	struct shelf look = *shelf;
	const struct due_shelf asked = {shelf_has, &look};
	*o = (struct owed){.day = today, .publication = shelf->publication};
	snprintf(o->place, sizeof o->place, "%s", shelf->place);
	o->count = due_missing(k->catalogue, kiosk_place(k, o->place)->level, today, &asked,
			       o->item, OWED_MAX);
	return o;
}

static bool of_column(const struct due_item *item, const char *column)
{
	return column == NULL || column[0] == 0 || strcmp(item->template->column, column) == 0;
}

size_t owed_count(struct kiosk *k, const char *column)
{
	const struct owed *o = owed_look(k);
	size_t n = 0;
	for (size_t i = 0; i < o->count; i++)
		n += of_column(&o->item[i], column);
	return n;
}

void owed_open(struct kiosk *k, const char *column)
{
	snprintf(k->owed_column, sizeof k->owed_column, "%s", column == NULL ? "" : column);
	ui_scroll_forget(&k->ui, "owed");
	kiosk_go(k, SCREEN_OWED);
}

int owed_strip(struct kiosk *k, struct ui *u, struct ui_rect r, const char *column)
{
	static const struct ui_color none = {0};
	size_t n = owed_count(k, column);
	int px = ui_px(u, UI_BODY), pad = 28, icon = 48;
	if (n == 0)
		return 0;
	const char *words = words_fill(
		k->lang, W_owed_strip,
		(const struct word_arg[]){{"n", words_number((long long)n)}, {NULL, NULL}});
	int w = r.w - 2 * pad - 2 * (icon + 20);
	int words_h = ui_words_height(UI_BOLD, px, w, 120, words);
	r.h = words_h + 28 > UI_TOUCH_MIN ? words_h + 28 : UI_TOUCH_MIN;
	bool hit = ui_hit(u, r, "owed.open"), pressed = ui_pressed(u, "owed.open");
	ui_list_box(&u->list, r, UI_RADIUS_BUTTON, pressed ? UI_SUN : UI_SUN_T, 3, UI_SUN);
	ui_list_icon(&u->list, (struct ui_rect){r.x + pad, r.y + (r.h - icon) / 2, icon, icon},
		     "calendar", UI_SUN_TEXT, UI_SUN, 30);
	ui_words(u, (struct ui_rect){r.x + pad + icon + 20, r.y + (r.h - words_h) / 2, w, words_h},
		 ui_pen(UI_BOLD, px, UI_SUN_TEXT), 120, UI_LEFT, words);
	ui_list_icon(&u->list, (struct ui_rect){r.x + r.w - pad - 40, r.y + (r.h - 40) / 2, 40, 40},
		     "next", UI_SUN_TEXT, none, 40);
	if (hit)
		owed_open(k, column);
	return r.h;
}

/* --- 催一催 --- */

static void urge_of(const struct kiosk *k, const char *template_id, const char *period,
		    struct urge *out)
{
	*out = (struct urge){.count = 0};
	snprintf(out->place, sizeof out->place, "%s", k->place);
	snprintf(out->template_id, sizeof out->template_id, "%s", template_id);
	snprintf(out->period, sizeof out->period, "%s", period);
}

static uint32_t urge_key(const struct urge *what)
{
	char text[sizeof what->place + sizeof what->template_id + sizeof what->period + 4];
	snprintf(text, sizeof text, "%s/%s/%s", what->place, what->template_id, what->period);
	return ui_id(text);
}

static bool urged(const struct kiosk *k, const struct urge *what)
{
	uint32_t key = urge_key(what);
	for (int i = 0; i < k->urged_count; i++)
		if (k->urged[i] == key)
			return true;
	return false;
}

void owed_urge_look(struct kiosk *k, const char *template_id, const char *period,
		    struct owed_urge *out)
{
	struct urge what;
	urge_of(k, template_id, period, &what);
	bool done = urged(k, &what);
	if (k->queue == NULL || urge_count(k->queue, &what) != OK)
		what.count = 0;
	const struct word_arg arg[] = {{"n", words_number(what.count)}, {NULL, NULL}};
	*out = (struct owed_urge){
		.button = {.id = "owed.urge",
			   .icon = done ? "check" : "bell",
			   .label = done             ? kiosk_word(k, W_owed_urged)
				    : what.count > 0 ? words_fill(k->lang, W_owed_urge_n, arg)
						     : kiosk_word(k, W_owed_urge),
			   .kind = done ? UI_BUTTON_OFF : UI_BUTTON_SUN}};
	if (done)
		out->next = kiosk_word(k, W_owed_next);
	else if (k->urge_failed)
		out->next = kiosk_word(k, W_owed_failed);
}

void owed_urge(struct kiosk *k, const char *template_id, const char *period)
{
	struct urge what;
	int32_t day = kiosk_today(k), signed_day = kiosk_signed_day(k);
	urge_of(k, template_id, period, &what);
	k->redraw = true;
	if (urged(k, &what) || k->urged_count == URGED_MAX)
		return;
	/* What is enough for a day is enough: those who came before are counted. */
	enum err e = urge_add(k->queue, &what, day > signed_day ? day : signed_day);
	k->urge_failed = e != OK && e != ERR_REFUSED;
	if (!k->urge_failed)
		k->urged[k->urged_count++] = urge_key(&what);
}

/* --- the page --- */

static int row_height(const struct ui *u)
{
	static const int landscape[UI_SIZES] = {152, 176, 196},
			 portrait[UI_SIZES] = {236, 268, 320};
	return (u->portrait ? portrait : landscape)[u->size];
}

static const char *title_of(struct kiosk *k, const struct due_item *item, struct buf *out)
{
	struct buf period;
	buf_init(&period, 64);
	fact_period(k, item->period, &period);
	buf_print(out, "%s%s%s", buf_str(&period), k->lang == LANG_EN ? ": " : " ",
		  fact_title(k, item->template));
	buf_free(&period);
	return buf_str(out);
}

static const char *late_words(struct kiosk *k, const struct due_item *item, struct buf *day)
{
	fact_day(k, item->day, day);
	return words_fill(k->lang, W_owed_late,
			  (const struct word_arg[]){
				  {"day", buf_str(day)},
				  {"n", words_number(clock_days_between(item->day, k->owed.day))},
				  {NULL, NULL}});
}

static void owed_row(struct kiosk *k, struct ui *u, struct ui_rect r, const struct due_item *item)
{
	char id[96];
	struct buf title, day;
	struct owed_urge urge;
	buf_init(&title, 512);
	buf_init(&day, 64);
	owed_urge_look(k, item->template->id, item->period, &urge);
	snprintf(id, sizeof id, "urge.%s.%s", item->template->id, item->period);
	ui_list_box(&u->list, (struct ui_rect){r.x, r.y + 4, r.w, r.h}, UI_RADIUS_BUTTON, UI_SHADOW,
		    0, UI_LINE);
	ui_list_box(&u->list, r, UI_RADIUS_BUTTON, UI_CARD, 2, UI_LINE);
	int pad = 32, px = ui_px(u, UI_LABEL) + 2, small = ui_px(u, UI_CAPTION),
	    button_w =
		    ui_button_width(u, urge.button.kind, urge.button.icon, urge.button.label, NULL);
	struct ui_rect button = {r.x + r.w - 24 - button_w, r.y + (r.h - 96) / 2, button_w, 96};
	int w = button.x - 28 - r.x - pad;
	const char *name = title_of(k, item, &title), *late = late_words(k, item, &day),
		   *what = strstr(name, fact_title(k, item->template));
	/* On two lines: when, and what. */
	if (ui_label_width(UI_BOLD, px, name) > w && what != NULL && what > name && what[-1] == ' ')
		title.p[what - name - 1] = '\n';
	const char *rule =
		words_fill(k->lang, W_led_rule,
			   (const struct word_arg[]){{"rule", item->template->rule}, {NULL, NULL}});
	int name_h = ui_words_height(UI_BOLD, px, w, 118, name),
	    late_h = ui_words_height(UI_REGULAR, small, w, 135, late),
	    rule_h = ui_words_height(UI_REGULAR, small, w, 135, rule);
	bool with_rule = name_h + late_h + rule_h <= r.h - 16;
	int y = r.y + (r.h - name_h - late_h - (with_rule ? rule_h : 0)) / 2, x = r.x + pad;
	ui_words(u, (struct ui_rect){x, y, w, name_h}, ui_pen(UI_BOLD, px, UI_INK), 118, UI_LEFT,
		 name);
	ui_words(u, (struct ui_rect){x, y + name_h, w, late_h},
		 ui_pen(UI_REGULAR, small, UI_DANGER), 135, UI_LEFT, late);
	if (with_rule)
		ui_words(u, (struct ui_rect){x, y + name_h + late_h, w, rule_h},
			 ui_pen(UI_REGULAR, small, UI_INK2), 135, UI_LEFT, rule);
	if (ui_button(u, button, id, urge.button.kind,
		      ui_caption(urge.button.icon, urge.button.label, NULL)))
		owed_urge(k, item->template->id, item->period);
	buf_free(&title);
	buf_free(&day);
}

/* Title, and what happens with a press; gives where the list begins. */
static int head(struct kiosk *k, struct ui *u, struct ui_rect c, size_t n)
{
	struct buf day;
	int px = ui_px(u, UI_H2), small = ui_px(u, UI_CAPTION) + 2, x = c.x + 114, w = c.w - 114;
	buf_init(&day, 64);
	fact_day(k, k->owed.day, &day);
	const struct word_arg arg[] = {{"place", kiosk_place(k, k->place)->name},
				       {"day", buf_str(&day)},
				       {"n", words_number((long long)n)},
				       {NULL, NULL}};
	const char *title = words_fill(k->lang, W_owed_title, arg);
	const char *said = k->urge_failed       ? kiosk_word(k, W_owed_failed)
			   : k->urged_count > 0 ? kiosk_word(k, W_owed_next)
						: words_fill(k->lang, W_owed_sub, arg);
	ui_plate(u, (struct ui_rect){c.x, c.y + 20, 88, 88}, UI_SUN_T, "calendar", 60);
	int title_h = ui_words_height(UI_TITLE, px, w, 120, title);
	ui_words(u, (struct ui_rect){x, c.y + 14, w, title_h}, ui_pen(UI_TITLE, px, UI_INK), 120,
		 UI_LEFT, title);
	int h = ui_words(u, (struct ui_rect){x, c.y + 18 + title_h, w, 0},
			 ui_pen(k->urged_count > 0 ? UI_BOLD : UI_REGULAR, small,
				k->urge_failed       ? UI_DANGER
				: k->urged_count > 0 ? UI_PINE_D
						     : UI_INK2),
			 135, UI_LEFT, said);
	buf_free(&day);
	int bottom = 18 + title_h + h + 20;
	return c.y + (bottom < 136 ? 136 : bottom);
}

static const struct due_item *nth(const struct owed *o, const char *column, size_t n)
{
	for (size_t i = 0; i < o->count; i++)
		if (of_column(&o->item[i], column) && n-- == 0)
			return &o->item[i];
	return NULL;
}

void owed_draw(struct kiosk *k, struct ui *u)
{
	struct ui_rect c = ui_content(u, page_top(k, u));
	size_t n = owed_count(k, k->owed_column);
	if (n == 0) { /* it has just come */
		kiosk_back(k);
		return;
	}
	const struct shelf *shelf = accounts_shelf(k->accounts);
	int y = head(k, u, c, n), bottom = c.y + c.h;
	struct ui_rect left = source_foot(k, u, (struct ui_rect){c.x, y, c.w, bottom - 8 - y},
					  shelf, shelf->publication);
	const struct row_list l = {.id = "owed", .row_h = row_height(u), .count = n};
	struct ui_rect r = list_place(&l, (struct ui_rect){left.x, left.y, left.w, left.h - 8});
	size_t first;
	int at = list_begin(u, &l, r, &first);
	for (size_t i = first; i < n; i++) {
		struct ui_rect cell = list_cell(&l, r, at, i);
		if (cell.y >= r.y + r.h)
			break;
		owed_row(k, u, cell, nth(&k->owed, k->owed_column, i));
	}
	ui_scroll_end(u);
	list_turn(k, u, &l, r, NULL);
}
