#include "ui/frame.h"

#include "ui/glyphs.h"

#include <stdlib.h>
#include <string.h>

void ui_init(struct ui *u)
{
	memset(u, 0, sizeof *u);
	u->dragged = -1;
	u->wake_ms = INT64_MAX;
}

uint32_t ui_id(const char *id)
{
	uint32_t h = 2166136261u;
	for (; *id != 0; id++)
		h = (h ^ (unsigned char)*id) * 16777619u;
	return h == 0 ? 1 : h;
}

static uint32_t id_of(const struct ui_list *l, const struct ui_target *t)
{
	uint32_t h = 2166136261u;
	for (uint32_t i = 0; i < t->id_len; i++)
		h = (h ^ (unsigned char)l->text[t->id_at + i]) * 16777619u;
	return h == 0 ? 1 : h;
}

static bool is_key(const struct ui_list *l, const struct ui_target *t)
{
	return t->id_len > 4 && memcmp(l->text + t->id_at, "key.", 4) == 0;
}

void ui_begin(struct ui *u, int w, int h, enum ui_size size, int64_t now_ms, struct ui_color back)
{
	u->w = w;
	u->h = h;
	u->portrait = h > w;
	u->size = size;
	u->now_ms = now_ms;
	u->wake_ms = INT64_MAX;
	u->primary = 0;
	for (int i = 0; i < UI_SCROLLS; i++)
		u->scroll[i].seen = false;
	ui_list_begin(&u->list, back);
}

void ui_latin(struct ui *u, bool on)
{
	u->latin = on;
	if (ui_face_latin_titles(on))
		ui_shape_wipe();
}

void ui_end(struct ui *u)
{
	for (int i = 0; i < UI_SCROLLS; i++)
		if (!u->scroll[i].seen) {
			u->scroll[i] = (struct ui_scroll){0};
			if (u->dragged == i)
				u->dragged = -1;
		}
	u->clicked = 0;
}

static int distance(struct ui_rect r, int x, int y)
{
	int dx = x < r.x ? r.x - x : x >= r.x + r.w ? x - (r.x + r.w - 1) : 0;
	int dy = y < r.y ? r.y - y : y >= r.y + r.h ? y - (r.y + r.h - 1) : 0;
	return dx > dy ? dx : dy;
}

/* The target under the finger: the topmost exact one, else the nearest within the slop. */
static const struct ui_target *target_at(const struct ui_list *l, int x, int y)
{
	const struct ui_target *near = NULL;
	int best = UI_SLOP + 1;
	for (size_t i = l->targets; i-- > 0;) {
		const struct ui_target *t = &l->target[i];
		if (ui_rect_has(t->rect, x, y))
			return t;
		if (distance(t->rect, x, y) < best) {
			best = distance(t->rect, x, y);
			near = t;
		}
	}
	return near;
}

void ui_pointer_down(struct ui *u, int x, int y)
{
	const struct ui_target *t = target_at(&u->list, x, y);
	u->touched = true;
	u->down = true;
	u->dragging = false;
	u->at_x = u->start_x = x;
	u->at_y = u->start_y = y;
	u->pressed = t == NULL || t->off ? 0 : id_of(&u->list, t);
	u->inside = u->pressed != 0;
	u->dragged = -1;
	u->panned = 0;
	for (int i = 0; i < UI_SCROLLS; i++)
		if (u->scroll[i].id != 0 && ui_rect_has(u->scroll[i].rect, x, y)) {
			u->dragged = i;
			u->drag_offset = u->scroll[i].offset;
		}
}

static int limited(const struct ui_scroll *s, int offset)
{
	int most = s->content > s->rect.h ? s->content - s->rect.h : 0;
	return offset < 0 ? 0 : offset > most ? most : offset;
}

void ui_pointer_move(struct ui *u, int x, int y)
{
	if (!u->down)
		return;
	u->touched = true;
	u->at_x = x;
	u->at_y = y;
	if (u->dragged >= 0 && !u->dragging && abs(y - u->start_y) > UI_DRAG_START &&
	    u->scroll[u->dragged].content > u->scroll[u->dragged].rect.h) {
		u->dragging = true;
		u->pressed = 0;
		u->inside = false;
		u->start_y = y; /* no jump when the drag begins */
	}
	if (u->dragging)
		u->scroll[u->dragged].offset =
			limited(&u->scroll[u->dragged], u->drag_offset + u->start_y - y);
	else if (u->pressed != 0) {
		const struct ui_target *t = target_at(&u->list, x, y);
		u->inside = t != NULL && id_of(&u->list, t) == u->pressed;
	}
}

void ui_pointer_up(struct ui *u, int x, int y, int64_t now_ms)
{
	ui_pointer_move(u, x, y);
	const struct ui_target *t = target_at(&u->list, x, y);
	bool fires = u->down && u->pressed != 0 && u->inside && t != NULL && !t->off;
	if (fires && !is_key(&u->list, t) && u->pressed == u->last_click &&
	    now_ms - u->last_click_ms < UI_DEBOUNCE_MS)
		fires = false;
	if (fires) {
		u->clicked = u->pressed;
		u->last_click = u->pressed;
		u->last_click_ms = now_ms;
	}
	u->touched = true;
	u->down = u->dragging = u->inside = false;
	u->pressed = 0;
	u->dragged = -1;
}

bool ui_press(struct ui *u, const char *id)
{
	uint32_t want = ui_id(id);
	for (size_t i = u->list.targets; i-- > 0;)
		if (id_of(&u->list, &u->list.target[i]) == want) {
			if (u->list.target[i].off)
				return false;
			u->touched = true;
			u->clicked = want;
			return true;
		}
	return false;
}

bool ui_press_primary(struct ui *u)
{
	u->touched = u->touched || u->primary != 0;
	u->clicked = u->primary;
	return u->primary != 0;
}

bool ui_turn(struct ui *u, int pages)
{
	for (int i = UI_SCROLLS; i-- > 0;) {
		struct ui_scroll *s = &u->scroll[i];
		if (s->id != 0 && s->seen && s->content > s->rect.h) {
			s->offset = limited(s, s->offset + pages * s->rect.h);
			u->touched = true;
			return true;
		}
	}
	return false;
}

bool ui_hit(struct ui *u, struct ui_rect r, const char *id)
{
	ui_list_target(&u->list, r, id, false);
	if (u->clicked == 0 || u->clicked != ui_id(id))
		return false;
	u->clicked = 0;
	return true;
}

void ui_off(struct ui *u, struct ui_rect r, const char *id)
{
	ui_list_target(&u->list, r, id, true);
}

bool ui_pressed(const struct ui *u, const char *id)
{
	return u->pressed != 0 && u->inside && u->pressed == ui_id(id);
}

static struct ui_scroll *find_scroll(struct ui *u, uint32_t id, bool make)
{
	for (int i = 0; i < UI_SCROLLS; i++)
		if (u->scroll[i].id == id)
			return &u->scroll[i];
	for (int i = 0; make && i < UI_SCROLLS; i++)
		if (u->scroll[i].id == 0) {
			u->scroll[i].id = id;
			return &u->scroll[i];
		}
	u->list.overflowed = u->list.overflowed || make;
	return make ? &u->scroll[0] : NULL;
}

int ui_scroll_begin(struct ui *u, const char *id, struct ui_rect region, int content)
{
	struct ui_scroll *s = find_scroll(u, ui_id(id), true);
	s->rect = region;
	s->content = content;
	s->seen = true;
	s->offset = limited(s, s->offset);
	ui_list_region(&u->list, region, s->offset);
	ui_list_clip(&u->list, region);
	return s->offset;
}

void ui_scroll_end(struct ui *u)
{
	ui_list_clip(&u->list, (struct ui_rect){0});
}

int ui_scroll_page(const struct ui *u, const char *id, int page_units)
{
	uint32_t want = ui_id(id);
	for (int i = 0; i < UI_SCROLLS; i++)
		if (u->scroll[i].id == want)
			return page_units > 0 ? (u->scroll[i].offset + page_units / 2) / page_units
					      : 0;
	return 0;
}

void ui_scroll_to(struct ui *u, const char *id, int offset)
{
	struct ui_scroll *s = find_scroll(u, ui_id(id), true);
	s->offset = offset;
	s->seen = true;
}

void ui_scroll_forget(struct ui *u, const char *id)
{
	struct ui_scroll *s = find_scroll(u, ui_id(id), false);
	if (s != NULL)
		*s = (struct ui_scroll){0};
}

struct ui_move ui_pan(struct ui *u, struct ui_rect r, const char *id)
{
	struct ui_move none = {0};
	uint32_t me = ui_id(id);
	if (!u->down) {
		u->panned = u->panned == me ? 0 : u->panned;
		return none;
	}
	if (u->panned == 0 && u->pressed == 0 && ui_rect_has(r, u->start_x, u->start_y) &&
	    (abs(u->at_x - u->start_x) > UI_DRAG_START ||
	     abs(u->at_y - u->start_y) > UI_DRAG_START)) {
		u->panned = me;
		u->pan_x = u->at_x; /* no jump when the drag begins */
		u->pan_y = u->at_y;
	}
	if (u->panned != me)
		return none;
	const struct ui_move m = {u->at_x - u->pan_x, u->at_y - u->pan_y};
	u->pan_x = u->at_x;
	u->pan_y = u->at_y;
	return m;
}

void ui_wake_at(struct ui *u, int64_t ms)
{
	if (ms < u->wake_ms)
		u->wake_ms = ms;
}

void ui_forget(struct ui *u)
{
	ui_list_wipe(&u->list);
	ui_shape_wipe();
	ui_glyphs_wipe();
	explicit_bzero(u, sizeof *u);
	ui_init(u);
}
