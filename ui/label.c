#include "ui/label.h"

#include <string.h>

int ui_px(const struct ui *u, enum ui_role role)
{
	/* What a Latin-letter title gives up of the size of a Chinese one. */
	static const int less[UI_ROLES][UI_SIZES] = {[UI_H3] = {4, 6, 8},
						     [UI_H2] = {8, 10, 12},
						     [UI_H1] = {8, 10, 12},
						     [UI_TILE_TITLE] = {12, 14, 22},
						     [UI_ACTION_TITLE] = {8, 10, 12}};
	return ui_role_px(role, u->size) - (u->latin ? less[role][u->size] : 0);
}

int ui_label_width(enum ui_style style, int px, const char *text)
{
	return ui_shape_width(style, px, text, strlen(text));
}

static int base_of(struct ui_rect r, enum ui_style style, int px)
{
	int above, below;
	ui_face_extents((enum ui_face)ui_face_chain(style)[0], px, &above, &below);
	return r.y + (r.h - above - below) / 2 + above;
}

static void put(struct ui *u, struct ui_rect r, struct ui_pen pen, enum ui_align align,
		const char *text, size_t len)
{
	const struct ui_shaped *s = ui_shape(pen.style, pen.px, text, len);
	if (s == NULL)
		return;
	int width = (s->width + 63) >> 6;
	int x = align == UI_LEFT     ? r.x
		: align == UI_CENTER ? r.x + (r.w - width) / 2
				     : r.x + r.w - width;
	u->list.missing = u->list.missing || s->missing;
	ui_list_text(&u->list, (struct ui_run){x, base_of(r, pen.style, pen.px), width}, pen, text,
		     len);
}

void ui_label(struct ui *u, struct ui_rect r, struct ui_pen pen, enum ui_align align,
	      const char *text)
{
	size_t len = strlen(text);
	if (ui_shape_width(pen.style, pen.px, text, len) > r.w)
		u->list.clipped = true;
	put(u, r, pen, align, text, len);
}

void ui_label_cut(struct ui *u, struct ui_rect r, struct ui_pen pen, enum ui_align align,
		  const char *text)
{
	size_t len = strlen(text);
	const struct ui_shaped *s = ui_shape(pen.style, pen.px, text, len);
	if (s == NULL || (s->width + 63) >> 6 <= r.w) {
		put(u, r, pen, align, text, len);
		return;
	}
	char cut[1024];
	int room = r.w - ui_label_width(pen.style, pen.px, "…");
	size_t keep = 0;
	for (size_t i = 0; i < s->count && (s->unit[i].pen + 63) >> 6 <= room; i++)
		keep = s->unit[i].text_at;
	if (keep > sizeof cut - 4)
		keep = sizeof cut - 4;
	memcpy(cut, s->text, keep);
	memcpy(cut + keep, "…", sizeof "…");
	put(u, r, pen, align, cut, strlen(cut));
}

int ui_spans(struct ui *u, struct ui_rect r, const struct ui_span *span, size_t count,
	     struct ui_flow flow)
{
	static struct ui_paragraph p;
	ui_paragraph_lay(&p, span, count, r.w, flow.leading, flow.max_lines);
	if (p.more || p.width > r.w || (r.h > 0 && ui_paragraph_height(&p) > r.h))
		u->list.clipped = true;
	ui_paragraph_put(&p, &u->list, r, flow.align);
	return ui_paragraph_height(&p);
}

int ui_words(struct ui *u, struct ui_rect r, struct ui_pen pen, int leading, enum ui_align align,
	     const char *text)
{
	struct ui_span span = {text, pen.style, pen.px, pen.color};
	return ui_spans(u, r, &span, 1, ui_flow(leading, align, 0));
}

int ui_spans_height(const struct ui_span *span, size_t count, int width, int leading)
{
	static struct ui_paragraph p;
	ui_paragraph_lay(&p, span, count, width, leading, 0);
	return ui_paragraph_height(&p);
}

int ui_words_height(enum ui_style style, int px, int width, int leading, const char *text)
{
	struct ui_span span = {text, style, px, UI_INK};
	return ui_spans_height(&span, 1, width, leading);
}

/* Where the last mark ends whose two sides both fit; 0 when there is none. */
static size_t break_after_mark(enum ui_style style, int px, int w, const char *text)
{
	static const char *const mark[] = {"，", "、", "；", "。"};
	size_t len = strlen(text), best = 0;
	for (size_t i = 0; i < sizeof mark / sizeof mark[0]; i++)
		for (const char *at = strstr(text, mark[i]); at != NULL;
		     at = strstr(at + 1, mark[i])) {
			size_t end = (size_t)(at - text) + strlen(mark[i]);
			if (end > best && end < len && ui_shape_width(style, px, text, end) <= w &&
			    ui_shape_width(style, px, text + end, len - end) <= w)
				best = end;
		}
	return best;
}

/* Of a text of two lines: where the second begins in the narrowest box that still has two and
 * breaks no word; 0 when every box does. */
static size_t break_near_middle(enum ui_style style, int px, int w, const char *text)
{
	static struct ui_paragraph p;
	struct ui_span span = {text, style, px, UI_INK};
	size_t best = 0, len = strlen(text);
	for (int low = w / 2, high = w; low <= high;) {
		int mid = (low + high) / 2;
		size_t at = 0;
		ui_paragraph_lay(&p, &span, 1, mid, 100, 0);
		for (size_t i = 0; i < p.pieces && at == 0; i++)
			if (p.piece[i].line == 1)
				at = p.piece[i].at;
		if (p.lines == 2 && ui_paragraph_breaks(text, len, at)) {
			best = at;
			high = mid - 1;
		} else {
			low = mid + 1;
		}
	}
	return best;
}

const char *ui_words_halved(enum ui_style style, int px, int w, const char *text,
			    char out[UI_HALVED])
{
	size_t len = strlen(text);
	if (strchr(text, '\n') != NULL || len + 2 > UI_HALVED ||
	    ui_label_width(style, px, text) <= w)
		return text;
	size_t at = break_after_mark(style, px, w, text);
	if (at == 0 && ui_words_height(style, px, w, 100, text) == 2 * px)
		at = break_near_middle(style, px, w, text);
	if (at == 0)
		return text;
	size_t end = at;
	while (end > 0 && text[end - 1] == ' ')
		end--;
	memcpy(out, text, end);
	out[end] = '\n';
	memcpy(out + end + 1, text + at, len - at + 1);
	return out;
}
