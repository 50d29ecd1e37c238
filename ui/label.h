/* label.h - words on the screen: one line in a box, or a paragraph.
 *
 * Nothing is shrunk and nothing is cut with dots: what does not fit sets the list's `clipped`,
 * which fails the golden tests, unless the caller asks for ui_label_cut (counter-parties, remarks:
 * never an amount, a date or a button). */
#pragma once
#include "ui/frame.h"
#include "ui/paragraph.h"

/* One line, in the middle of the box's height. */
void ui_label(struct ui *u, struct ui_rect r, struct ui_pen pen, enum ui_align align,
	      const char *text);
/* As ui_label, but ends in … when it is too long. */
void ui_label_cut(struct ui *u, struct ui_rect r, struct ui_pen pen, enum ui_align align,
		  const char *text);
int ui_label_width(enum ui_style style, int px, const char *text);

/* A paragraph from the box's top; gives the height used. Leading in hundredths (150 = 1.5). */
int ui_words(struct ui *u, struct ui_rect r, struct ui_pen pen, int leading, enum ui_align align,
	     const char *text);
/* How a paragraph runs: leading in hundredths; `max_lines` 0: as many as there are. */
struct ui_flow {
	int leading;
	enum ui_align align;
	int max_lines;
};
static inline struct ui_flow ui_flow(int leading, enum ui_align align, int max_lines)
{
	return (struct ui_flow){leading, align, max_lines};
}

int ui_spans(struct ui *u, struct ui_rect r, const struct ui_span *span, size_t count,
	     struct ui_flow flow);
int ui_spans_height(const struct ui_span *span, size_t count, int width, int leading);
int ui_words_height(enum ui_style style, int px, int width, int leading, const char *text);

/* `text` with a line break where it reads best when it is wider than `w`: after a mark when both
 * halves fit then, else as near the middle as two lines allow (村务/公开). Gives `out` or `text`.
 */
enum { UI_HALVED = 256 };
const char *ui_words_halved(enum ui_style style, int px, int w, const char *text,
			    char out[UI_HALVED]);

/* Sizes of the text size in force. */
int ui_px(const struct ui *u, enum ui_role role);
