/* page.h - what every page has: the header that says where you are, banner, reader strip, stepper.
 */
#pragma once
#include "ui/card.h"

struct ui_header {
	const char *brand, *place;
	const char *demo; /* 演示数据, or NULL */
	const char *date, *time;
	const char *net; /* 已联网 */
	bool online;
};
/* Never pressed. On portrait date and time are left out. */
void ui_header(struct ui *u, const struct ui_header *h);

/* Full width under the header; gives its height. */
int ui_banner(struct ui *u, int y, const char *icon, const char *bold, const char *rest);
/* 打开这封信的只有 {reader}; always at y 104, 64 high. */
int ui_reader_strip(struct ui *u, const char *words, const char *reader, const char *side);

/* Steps 0..count-1 of a form; `now` is the current one. Portrait shows only the current label.
 * Gives its height. */
int ui_stepper(struct ui *u, int y, const char *const *label, int count, int now);

/* The content area between header (and what stands under it) and bar. */
struct ui_rect ui_content(const struct ui *u, int top);
