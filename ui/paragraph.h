/* paragraph.h - text broken into lines: spans of different weight, size and colour in one
 * paragraph.
 *
 * Breaks come from libunibreak and our own kinsoku table: no line begins with ，。；：、？！）》”
 * or ends with （《“, a number keeps its unit, and no break falls inside a cluster. A word longer
 * than the line is cut between clusters. Nothing is ever shrunk; what does not fit sets `more`.
 * Lengths are design units. */
#pragma once
#include "ui/list.h"
#include "ui/shape.h"

struct ui_span {
	const char *text; /* UTF-8; '\n' ends a line */
	enum ui_style style;
	int px;
	struct ui_color color;
};

enum ui_align { UI_LEFT, UI_CENTER, UI_RIGHT };

enum { UI_PARAGRAPH_PIECES = 512, UI_PARAGRAPH_TEXT = 16 * 1024 };

/* A piece of one span on one line. */
struct ui_piece {
	uint16_t span, line;
	uint32_t at, len; /* bytes in the span's text */
	int x, width;
};

struct ui_paragraph {
	const struct ui_span *span; /* borrowed */
	size_t spans, pieces;
	struct ui_piece piece[UI_PARAGRAPH_PIECES];
	int lines, line_height, width; /* of the widest line */
	bool more;                     /* max_lines was not enough */
	bool missing;
};

/* `leading` is the line height in hundredths of the largest size (150 = 1.5). max_lines 0: as many
 * as needed. */
void ui_paragraph_lay(struct ui_paragraph *p, const struct ui_span *span, size_t spans, int width,
		      int leading, int max_lines);
int ui_paragraph_height(const struct ui_paragraph *p);
/* Puts it into the list with its first line's top at r.y, aligned within r.w. */
void ui_paragraph_put(const struct ui_paragraph *p, struct ui_list *l, struct ui_rect r,
		      enum ui_align align);

/* May a line end after byte `at` of this text? For tests. */
bool ui_paragraph_breaks(const char *text, size_t len, size_t at);
