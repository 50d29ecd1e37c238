/* window.h - the only room that knows SDL's window and its events.
 *
 * Draws into the window's own surface without acceleration (40 ms to the first frame, 28 MB, the
 * same pixels on every driver); paints only what changed between two lists; scrolling copies. Mouse
 * and first finger are one pointer. Design units are scaled to whatever panel there is. Waiting
 * costs nothing. */
#pragma once
#include "ui/err.h"
#include "ui/list.h"

struct ui_window;

struct ui_window_options {
	const char *title;
	int w, h;      /* pixels; 0: the whole screen */
	bool windowed; /* a window with a mouse pointer, for an office desk */
};

enum ui_event_kind {
	UI_EVENT_NONE,
	UI_EVENT_DOWN,
	UI_EVENT_MOVE,
	UI_EVENT_UP,
	UI_EVENT_KEY,
	UI_EVENT_QUIT,
	UI_EVENT_EXPOSED
};

/* The keys that count: those of a five-key pad and of a code reader, and what corrects a digit.
 * Every other key of whatever is plugged in is ignored. */
enum ui_key_code {
	UI_KEY_NONE,
	UI_KEY_UP,
	UI_KEY_DOWN,
	UI_KEY_ENTER,
	UI_KEY_ESC,
	UI_KEY_F1,
	UI_KEY_BACK,
	UI_KEY_DIGIT_0, /* and nine more */
	UI_KEY_DIGIT_9 = UI_KEY_DIGIT_0 + 9
};
/* By name: up down enter esc f1 back 0 ... 9; UI_KEY_NONE for any other. */
enum ui_key_code ui_key_of(const char *name);

struct ui_event {
	enum ui_event_kind kind;
	int x, y; /* design units */
	enum ui_key_code key;
};

/* UI_ERR_IO with the reason in the log. */
ui_must_use enum ui_err ui_window_open(const struct ui_window_options *o, struct ui_window **out);
void ui_window_close(struct ui_window *w); /* NULL is fine */

/* 1920 x 1080 or 1080 x 1920, by the shape of the panel. */
void ui_window_design(const struct ui_window *w, int *width, int *height);

/* Waits at most timeout_ms (0: not at all) for the next event. False when there was none. Moves
 * that queue up are given as one. */
bool ui_window_wait(struct ui_window *w, int timeout_ms, struct ui_event *out);

/* As if a finger did it; for the driver that plays scripts. Taken by the next wait. */
void ui_window_push(struct ui_window *w, const struct ui_event *e);

/* Brings the list to the glass. Gives the number of rectangles painted: 0 when nothing differed. */
size_t ui_window_show(struct ui_window *w, const struct ui_list *l);
/* Paints everything again at the next show. */
void ui_window_spoil(struct ui_window *w);
/* Forgets what is on the glass, paints paper over it. */
void ui_window_wipe(struct ui_window *w);

/* What is on the glass as a PNG file. */
ui_must_use enum ui_err ui_window_png(struct ui_window *w, const char *path);
