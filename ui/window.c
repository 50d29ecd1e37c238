#include "ui/window.h"

#include "ui/glyphs.h"
#include "ui/icon.h"
#include "ui/paint.h"
#include "ui/png_file.h"

#include <SDL2/SDL.h>
#include <stdlib.h>
#include <string.h>

enum { DIRTY_MAX = 24 };

struct ui_window {
	SDL_Window *window;
	SDL_Surface *surface; /* the window's; NULL while it is lost */
	SDL_Surface *shadow;  /* where the window's is of another format */
	struct ui_scale scale;
	int design_w, design_h;
	bool spoiled;
	bool finger_down;
	SDL_FingerID finger;
	struct ui_event pushed[8];
	int pushed_count;
	struct ui_list shown;
};

static void set_scale(struct ui_window *w)
{
	int pw = w->surface->w, ph = w->surface->h;
	bool portrait = ph > pw;
	w->design_w = portrait ? 1080 : 1920;
	w->design_h = portrait ? 1920 : 1080;
	if ((int64_t)pw * w->design_h <= (int64_t)ph * w->design_w)
		w->scale = (struct ui_scale){.num = pw, .den = w->design_w};
	else
		w->scale = (struct ui_scale){.num = ph, .den = w->design_h};
	w->scale.dx = (pw - ui_scale_length(&w->scale, w->design_w)) / 2;
	w->scale.dy = (ph - ui_scale_length(&w->scale, w->design_h)) / 2;
	w->spoiled = true;
}

static bool take_surface(struct ui_window *w)
{
	w->surface = SDL_GetWindowSurface(w->window);
	if (w->surface == NULL)
		return false;
	SDL_FreeSurface(w->shadow);
	w->shadow = NULL;
	Uint32 f = w->surface->format->format;
	if (f != SDL_PIXELFORMAT_RGB888 && f != SDL_PIXELFORMAT_ARGB8888)
		w->shadow = SDL_CreateRGBSurfaceWithFormat(0, w->surface->w, w->surface->h, 32,
							   SDL_PIXELFORMAT_RGB888);
	if (f != SDL_PIXELFORMAT_RGB888 && f != SDL_PIXELFORMAT_ARGB8888 && w->shadow == NULL) {
		w->surface = NULL; /* not a format that can be drawn in */
		return false;
	}
	set_scale(w);
	return true;
}

static bool make_window(struct ui_window *w, const struct ui_window_options *o,
			const char *accelerated)
{
	Uint32 flags = o->windowed ? 0 : SDL_WINDOW_BORDERLESS;
	int width = o->w, height = o->h;
	SDL_DisplayMode mode;
	SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, accelerated);
	if (width <= 0 || height <= 0) {
		bool known = SDL_GetDesktopDisplayMode(0, &mode) == 0 && mode.w > 0;
		width = known ? mode.w : 1920;
		height = known ? mode.h : 1080;
		if (!o->windowed)
			flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
	}
	w->window = SDL_CreateWindow(o->title, SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED,
				     width, height, flags);
	if (w->window == NULL)
		return false;
	if (take_surface(w))
		return true;
	SDL_DestroyWindow(w->window);
	w->window = NULL;
	return false;
}

enum ui_err ui_window_open(const struct ui_window_options *o, struct ui_window **out)
{
	*out = NULL;
	SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
	SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
	SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
	SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
	struct ui_window *w = calloc(1, sizeof *w);
	if (w == NULL)
		return UI_ERR_FULL;
	if (SDL_Init(SDL_INIT_VIDEO) != 0) {
		SDL_Log("window: %s", SDL_GetError());
		free(w);
		return UI_ERR_IO;
	}
	/* Wayland gives no plain surface: there the accelerated one is taken. */
	if (!make_window(w, o, "0") && !make_window(w, o, "1")) {
		SDL_Log("window: no surface to draw on: %s", SDL_GetError());
		goto fail;
	}
	if (ui_face_start() != UI_OK)
		goto fail;
	if (!o->windowed)
		SDL_ShowCursor(SDL_DISABLE);
	*out = w;
	return UI_OK;
fail:
	ui_window_close(w);
	return UI_ERR_IO;
}

void ui_window_close(struct ui_window *w)
{
	if (w == NULL)
		return;
	ui_list_wipe(&w->shown);
	SDL_FreeSurface(w->shadow);
	if (w->window != NULL)
		SDL_DestroyWindow(w->window);
	ui_shape_wipe();
	ui_glyphs_wipe();
	ui_icon_stop();
	ui_face_stop();
	SDL_Quit();
	free(w);
}

void ui_window_design(const struct ui_window *w, int *width, int *height)
{
	*width = w->design_w;
	*height = w->design_h;
}

static void to_design(const struct ui_window *w, int px, int py, struct ui_event *e)
{
	e->x = (int)((int64_t)(px - w->scale.dx) * w->scale.den / w->scale.num);
	e->y = (int)((int64_t)(py - w->scale.dy) * w->scale.den / w->scale.num);
}

static struct ui_event finger_event(struct ui_window *w, const SDL_TouchFingerEvent *f)
{
	struct ui_event e = {0};
	if (f->type == SDL_FINGERDOWN && w->finger_down)
		return e; /* a second finger */
	if (f->type != SDL_FINGERDOWN && (!w->finger_down || f->fingerId != w->finger))
		return e;
	w->finger = f->fingerId;
	w->finger_down = f->type != SDL_FINGERUP;
	if (w->surface == NULL)
		return e;
	e.kind = f->type == SDL_FINGERDOWN ? UI_EVENT_DOWN
		 : f->type == SDL_FINGERUP ? UI_EVENT_UP
					   : UI_EVENT_MOVE;
	to_design(w, (int)(f->x * (float)w->surface->w), (int)(f->y * (float)w->surface->h), &e);
	return e;
}

enum ui_key_code ui_key_of(const char *name)
{
	static const char *const names[] = {"", "up", "down", "enter", "esc", "f1", "back"};
	if (name[0] >= '0' && name[0] <= '9' && name[1] == 0)
		return UI_KEY_DIGIT_0 + (enum ui_key_code)(name[0] - '0');
	for (size_t i = 1; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(names[i], name) == 0)
			return (enum ui_key_code)i;
	return UI_KEY_NONE;
}

/* A key held down repeats only where that helps: turning pages, taking back. */
static enum ui_key_code key_code(const SDL_KeyboardEvent *key)
{
	static const struct {
		SDL_Keycode sym;
		enum ui_key_code code;
		bool repeats;
	} known[] = {
		{SDLK_UP, UI_KEY_UP, true},          {SDLK_PAGEUP, UI_KEY_UP, true},
		{SDLK_DOWN, UI_KEY_DOWN, true},      {SDLK_PAGEDOWN, UI_KEY_DOWN, true},
		{SDLK_RETURN, UI_KEY_ENTER, false},  {SDLK_KP_ENTER, UI_KEY_ENTER, false},
		{SDLK_ESCAPE, UI_KEY_ESC, false},    {SDLK_F1, UI_KEY_F1, false},
		{SDLK_BACKSPACE, UI_KEY_BACK, true}, {SDLK_KP_0, UI_KEY_DIGIT_0, false},
	};
	SDL_Keycode sym = key->keysym.sym;
	if (sym >= SDLK_0 && sym <= SDLK_9)
		return key->repeat != 0 ? UI_KEY_NONE
					: UI_KEY_DIGIT_0 + (enum ui_key_code)(sym - SDLK_0);
	if (sym >= SDLK_KP_1 && sym <= SDLK_KP_9)
		return key->repeat != 0 ? UI_KEY_NONE
					: UI_KEY_DIGIT_0 + 1 + (enum ui_key_code)(sym - SDLK_KP_1);
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (known[i].sym == sym && (key->repeat == 0 || known[i].repeats))
			return known[i].code;
	return UI_KEY_NONE;
}

static struct ui_event translate(struct ui_window *w, const SDL_Event *s)
{
	struct ui_event e = {0};
	switch (s->type) {
	case SDL_QUIT:
		e.kind = UI_EVENT_QUIT;
		break;
	case SDL_MOUSEBUTTONDOWN:
	case SDL_MOUSEBUTTONUP:
		if (s->button.button != SDL_BUTTON_LEFT)
			break;
		e.kind = s->type == SDL_MOUSEBUTTONDOWN ? UI_EVENT_DOWN : UI_EVENT_UP;
		to_design(w, s->button.x, s->button.y, &e);
		break;
	case SDL_MOUSEMOTION:
		if ((s->motion.state & SDL_BUTTON_LMASK) == 0)
			break;
		e.kind = UI_EVENT_MOVE;
		to_design(w, s->motion.x, s->motion.y, &e);
		break;
	case SDL_KEYDOWN:
		e.key = key_code(&s->key);
		e.kind = e.key == UI_KEY_NONE ? UI_EVENT_NONE : UI_EVENT_KEY;
		break;
	case SDL_FINGERDOWN:
	case SDL_FINGERUP:
	case SDL_FINGERMOTION:
		return finger_event(w, &s->tfinger);
	case SDL_WINDOWEVENT:
		if (s->window.event == SDL_WINDOWEVENT_EXPOSED ||
		    s->window.event == SDL_WINDOWEVENT_SIZE_CHANGED) {
			if (!take_surface(w))
				SDL_Log("window: the surface was lost: %s", SDL_GetError());
			e.kind = UI_EVENT_EXPOSED;
		}
		break;
	default:
		break;
	}
	return e;
}

bool ui_window_wait(struct ui_window *w, int timeout_ms, struct ui_event *out)
{
	SDL_Event s;
	if (w->surface == NULL && take_surface(w)) {
		*out = (struct ui_event){.kind = UI_EVENT_EXPOSED};
		return true;
	}
	if (w->pushed_count > 0) {
		*out = w->pushed[0];
		memmove(w->pushed, w->pushed + 1, (size_t)--w->pushed_count * sizeof w->pushed[0]);
		return true;
	}
	while (timeout_ms > 0 ? SDL_WaitEventTimeout(&s, timeout_ms) : SDL_PollEvent(&s)) {
		*out = translate(w, &s);
		timeout_ms = 0;
		if (out->kind == UI_EVENT_NONE)
			continue;
		/* Moves that queued up while a frame was drawn are one. */
		while (out->kind == UI_EVENT_MOVE &&
		       SDL_PeepEvents(&s, 1, SDL_PEEKEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) == 1 &&
		       (s.type == SDL_MOUSEMOTION || s.type == SDL_FINGERMOTION)) {
			if (SDL_PollEvent(&s) == 0)
				break;
			struct ui_event next = translate(w, &s);
			if (next.kind == UI_EVENT_MOVE)
				*out = next;
		}
		return true;
	}
	return false;
}

void ui_window_push(struct ui_window *w, const struct ui_event *e)
{
	if (w->pushed_count < (int)(sizeof w->pushed / sizeof w->pushed[0]))
		w->pushed[w->pushed_count++] = *e;
}

static SDL_Surface *target(const struct ui_window *w)
{
	return w->shadow != NULL ? w->shadow : w->surface;
}

static SDL_Rect cut(const struct ui_window *w, struct ui_rect r)
{
	struct ui_rect m = ui_rect_meet(r, (struct ui_rect){0, 0, w->surface->w, w->surface->h});
	return (SDL_Rect){m.x, m.y, m.w > 0 ? m.w : 0, m.h > 0 ? m.h : 0};
}

static void keep_list(struct ui_window *w, const struct ui_list *l)
{
	w->shown.count = l->count;
	w->shown.targets = w->shown.notes = 0;
	w->shown.text_used = l->text_used;
	w->shown.back = l->back;
	memcpy(w->shown.cmd, l->cmd, l->count * sizeof l->cmd[0]);
	memcpy(w->shown.text, l->text, l->text_used);
}

size_t ui_window_show(struct ui_window *w, const struct ui_list *l)
{
	struct ui_rect dirty[DIRTY_MAX];
	SDL_Rect sent[DIRTY_MAX + 1];
	struct ui_shift shift = {0};
	size_t count = 1, n = 0;
	if (w->surface == NULL)
		return 0; /* the next wait looks for it and asks for everything again */
	SDL_Surface *s = target(w);
	if (w->spoiled)
		dirty[0] = (struct ui_rect){-4096, -4096, 1 << 14, 1 << 14};
	else
		count = ui_list_compare(&w->shown, l, dirty, DIRTY_MAX, &shift);
	/* A shift that does not scale to whole pixels is painted instead. */
	if (shift.dy != 0 && w->scale.num != w->scale.den) {
		dirty[0] = shift.region;
		for (size_t i = 1; i < count; i++)
			dirty[0] = ui_rect_join(dirty[0], dirty[i]);
		count = 1;
		shift.dy = 0;
	}
	if (count == 0 && shift.dy == 0)
		return 0;
	struct ui_canvas c = {.px = s->pixels, .w = s->w, .h = s->h, .pitch = s->pitch / 4};
	if (shift.dy != 0) {
		struct ui_rect region = ui_scale_rect(&w->scale, shift.region);
		ui_canvas_shift(&c, region, shift.dy);
		sent[n++] = cut(w, region);
	}
	for (size_t i = 0; i < count; i++) {
		ui_paint(&c, &w->scale, l, dirty[i]);
		sent[n++] = cut(w, ui_scale_rect(&w->scale, dirty[i]));
	}
	if (w->shadow != NULL)
		SDL_BlitSurface(w->shadow, NULL, w->surface, NULL);
	SDL_UpdateWindowSurfaceRects(w->window, sent, (int)n);
	keep_list(w, l);
	w->spoiled = false;
	ui_glyphs_trim();
	ui_shape_trim();
	return n;
}

void ui_window_spoil(struct ui_window *w)
{
	w->spoiled = true;
}

void ui_window_wipe(struct ui_window *w)
{
	ui_list_wipe(&w->shown);
	w->spoiled = true;
	if (w->surface == NULL)
		return;
	SDL_FillRect(target(w), NULL, SDL_MapRGB(target(w)->format, 0xFA, 0xF6, 0xEC));
	if (w->shadow != NULL)
		SDL_BlitSurface(w->shadow, NULL, w->surface, NULL);
	SDL_UpdateWindowSurface(w->window);
}

enum ui_err ui_window_png(struct ui_window *w, const char *path)
{
	const SDL_Surface *s = target(w);
	if (w->surface == NULL)
		return UI_ERR_MISSING;
	return ui_png_write(path, s->pixels, s->w, s->h, s->pitch);
}
