/* frame.h - one frame of the screen: input comes in, a list goes out, ids join the two.
 *
 * A screen draws itself from scratch each time and asks, for each thing that can be touched,
 * whether it was pressed. A press fires on release inside the same target, never after a drag; a
 * second identical tap within 250 ms is ignored (not on keys, whose ids begin "key."). The target
 * nearest within 12 units also counts. Only the first finger counts. What must outlive a frame
 * (press, scroll) stands in fixed tables keyed by id. */
#pragma once
#include "ui/list.h"

enum { UI_SCROLLS = 8, UI_DRAG_START = 14, UI_DEBOUNCE_MS = 250 };

struct ui_scroll {
	uint32_t id;
	int offset, content, page; /* units: how far, of how much, and the height seen */
	struct ui_rect rect;
	bool seen; /* drawn in the last frame */
};

struct ui {
	struct ui_list list;
	enum ui_size size;
	bool portrait;
	bool latin; /* set by ui_latin */
	int w, h;
	int64_t now_ms;  /* of this frame; monotonic */
	int64_t wake_ms; /* draw again at this time though nothing is touched; INT64_MAX: never */
	/* pointer */
	bool down, dragging;
	int at_x, at_y, start_x, start_y;
	uint32_t pressed; /* id under the finger since it went down; 0 none */
	bool inside;      /* the finger still is on it */
	uint32_t clicked; /* to be taken by ui_hit in this frame */
	uint32_t primary; /* the button that Enter presses: the last primary one drawn; 0 none */
	uint32_t last_click;
	int64_t last_click_ms;
	struct ui_scroll scroll[UI_SCROLLS];
	int dragged;      /* index of the scroll being dragged, -1 none */
	int drag_offset;  /* its offset when the drag began */
	uint32_t panned;  /* what the finger moves in both directions, 0 none */
	int pan_x, pan_y; /* where the finger was when that was last asked for */
	bool touched;     /* any input since the caller last cleared it */
};

void ui_init(struct ui *u);
/* Begins a frame of w x h units. */
void ui_begin(struct ui *u, int w, int h, enum ui_size size, int64_t now_ms, struct ui_color back);
/* Before ui_begin: the words are of a Latin-letter language. Their titles stand upright and
 * smaller, for they are twice as long. */
void ui_latin(struct ui *u, bool on);
/* Ends it: scrolls not drawn any more are forgotten. */
void ui_end(struct ui *u);

uint32_t ui_id(const char *id);

/* Input, in design units, between frames. */
void ui_pointer_down(struct ui *u, int x, int y);
void ui_pointer_move(struct ui *u, int x, int y);
void ui_pointer_up(struct ui *u, int x, int y, int64_t now_ms);

/* As if this target were tapped. False when the last frame has no such target, or it is off. */
bool ui_press(struct ui *u, const char *id);
/* Presses the primary button of the last frame. False without one. */
bool ui_press_primary(struct ui *u);
/* Turns the last list that is longer than its place by a whole page. False without one. */
bool ui_turn(struct ui *u, int pages);

/* Declares a target and tells whether it was just pressed. */
bool ui_hit(struct ui *u, struct ui_rect r, const char *id);
/* Shown, but cannot be pressed. */
void ui_off(struct ui *u, struct ui_rect r, const char *id);
/* True while the finger is on it. */
bool ui_pressed(const struct ui *u, const char *id);

/* A region that follows the finger. Gives how far it is scrolled; content is cut to it until
 * ui_scroll_end. */
int ui_scroll_begin(struct ui *u, const char *id, struct ui_rect region, int content);
void ui_scroll_end(struct ui *u);
/* Pages: current (from 0) and how many. Turning moves by whole pages. */
int ui_scroll_page(const struct ui *u, const char *id, int page_units);
void ui_scroll_to(struct ui *u, const char *id, int offset);
void ui_scroll_forget(struct ui *u, const char *id);

/* A thing that follows the finger in both directions. Gives how far it moved since the last call;
 * 0, 0 while no finger that went down on it has begun to drag. */
struct ui_move {
	int dx, dy;
};
struct ui_move ui_pan(struct ui *u, struct ui_rect r, const char *id);

/* Asks for a frame at this time. */
void ui_wake_at(struct ui *u, int64_t ms);
/* Overwrites everything a resident may have left here and in the text caches. */
void ui_forget(struct ui *u);
