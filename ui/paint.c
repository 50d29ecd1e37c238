#include "ui/paint.h"

#include "ui/glyphs.h"
#include "ui/icon.h"
#include "ui/photo.h"

#include <qrencode.h>
#include <string.h>

enum { HATCH_PERIOD = 17, DASH = 12, QR_TEXT_MAX = 64 };

static int round_div(int64_t v, int den)
{
	return (int)(v >= 0 ? (v + den / 2) / den : -((-v + den / 2) / den));
}

int ui_scale_length(const struct ui_scale *s, int v)
{
	return round_div((int64_t)v * s->num, s->den);
}

struct ui_rect ui_scale_rect(const struct ui_scale *s, struct ui_rect r)
{
	int x0 = ui_scale_length(s, r.x), y0 = ui_scale_length(s, r.y);
	int x1 = ui_scale_length(s, r.x + r.w), y1 = ui_scale_length(s, r.y + r.h);
	return (struct ui_rect){x0 + s->dx, y0 + s->dy, x1 - x0, y1 - y0};
}

static int at_least_one(int scaled, int v)
{
	return v > 0 && scaled < 1 ? 1 : scaled;
}

static void paint_text(struct ui_canvas *c, const struct ui_scale *s, const struct ui_list *l,
		       const struct ui_draw_cmd *d)
{
	int px = at_least_one(ui_scale_length(s, d->px), 1);
	const struct ui_shaped *t =
		ui_shape((enum ui_style)d->style, px, l->text + d->text_at, d->text_len);
	if (t == NULL)
		return;
	int x0 = ui_scale_length(s, d->rect.x + d->a) + s->dx,
	    base = ui_scale_length(s, d->base) + s->dy;
	for (size_t i = 0; i < t->count; i++) {
		const struct ui_unit *u = &t->unit[i];
		int x = x0 + ((u->x + 32) >> 6), y = base - ((u->y + 32) >> 6);
		if (x > c->clip.x + c->clip.w + px || x + 4 * px < c->clip.x)
			continue;
		const struct ui_glyph *g = ui_glyph(t, u, px);
		if (g->px != NULL)
			ui_canvas_coverage(c, (struct ui_rect){x + g->left, y - g->top, g->w, g->h},
					   g->px, d->color);
	}
}

static void paint_icon(struct ui_canvas *c, const struct ui_list *l, const struct ui_draw_cmd *d,
		       struct ui_rect r)
{
	struct ui_picture p;
	int px = r.w < r.h ? r.w : r.h;
	if (px < 1 ||
	    ui_icon_get(l->text + d->text_at, d->text_len,
			(struct ui_icon_look){px, d->color, d->color2, d->b}, &p) != UI_OK)
		return;
	ui_canvas_rgba(c, (struct ui_rect){r.x + (r.w - p.w) / 2, r.y + (r.h - p.h) / 2, p.w, p.h},
		       p.pitch, p.rgba);
}

static void paint_qr(struct ui_canvas *c, const struct ui_list *l, const struct ui_draw_cmd *d,
		     struct ui_rect r)
{
	char text[QR_TEXT_MAX];
	if (d->text_len >= sizeof text)
		return;
	memcpy(text, l->text + d->text_at, d->text_len);
	text[d->text_len] = 0;
	QRcode *q = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	explicit_bzero(text, sizeof text);
	if (q == NULL)
		return;
	int module = (r.w < r.h ? r.w : r.h) / q->width;
	int x0 = r.x + (r.w - module * q->width) / 2, y0 = r.y + (r.h - module * q->width) / 2;
	for (int y = 0; y < q->width; y++)
		for (int x = 0; x < q->width; x++)
			if (q->data[y * q->width + x] & 1)
				ui_canvas_fill(c,
					       (struct ui_rect){x0 + x * module, y0 + y * module,
								module, module},
					       d->color);
	QRcode_free(q);
}

/* A picture that is gone leaves what lies under it. */
static void paint_photo(struct ui_canvas *c, const struct ui_list *l, const struct ui_draw_cmd *d,
			struct ui_rect r)
{
	struct ui_pixels p;
	if (ui_photo_get(l->text + d->text_at, d->text_len, &p) == UI_OK)
		ui_canvas_photo(c, r, &p, (struct ui_part){d->from, d->a});
}

static void paint_line(struct ui_canvas *c, const struct ui_scale *s, const struct ui_draw_cmd *d)
{
	struct ui_rect r = ui_rect_inset(d->rect, d->b);
	int y0 = d->c ? r.y + r.h : r.y, y1 = d->c ? r.y : r.y + r.h;
	struct ui_stroke stroke = {ui_scale_length(s, r.x) + s->dx, ui_scale_length(s, y0) + s->dy,
				   ui_scale_length(s, r.x + r.w) + s->dx,
				   ui_scale_length(s, y1) + s->dy,
				   at_least_one(ui_scale_length(s, d->b), d->b)};
	ui_canvas_line(c, stroke, d->color);
}

static void paint_one(struct ui_canvas *c, const struct ui_scale *s, const struct ui_list *l,
		      const struct ui_draw_cmd *d)
{
	struct ui_rect r = ui_scale_rect(s, d->rect);
	int radius = ui_scale_length(s, d->radius),
	    line = at_least_one(ui_scale_length(s, d->b), d->b);
	switch ((enum ui_draw)d->kind) {
	case UI_DRAW_BOX:
		if (d->c) {
			ui_canvas_box(c, r, radius, d->color, 0, d->color);
			ui_canvas_dashes(c, r, radius, line, d->color2,
					 at_least_one(ui_scale_length(s, DASH), DASH));
		} else if (radius == 0 && line == 0) {
			ui_canvas_fill(c, r, d->color);
		} else {
			ui_canvas_box(c, r, radius, d->color, line, d->color2);
		}
		break;
	case UI_DRAW_HATCH:
		ui_canvas_hatch(c, r, radius, at_least_one(ui_scale_length(s, HATCH_PERIOD), 1),
				d->color, d->color2);
		break;
	case UI_DRAW_RING:
		ui_canvas_ring(c, r, line, d->a, d->c, d->color);
		break;
	case UI_DRAW_LINE:
		paint_line(c, s, d);
		break;
	case UI_DRAW_TEXT:
		paint_text(c, s, l, d);
		break;
	case UI_DRAW_ICON:
		paint_icon(c, l, d, r);
		break;
	case UI_DRAW_QR:
		paint_qr(c, l, d, r);
		break;
	case UI_DRAW_PICTURE: {
		struct ui_picture p;
		if (ui_picture_get(l->text + d->text_at, d->text_len, r.w, r.h, &p) == UI_OK)
			ui_canvas_rgba(c, (struct ui_rect){r.x, r.y, p.w, p.h}, p.pitch, p.rgba);
		break;
	}
	case UI_DRAW_PHOTO:
		paint_photo(c, l, d, r);
		break;
	case UI_DRAW_CLIP:
	case UI_DRAW_REGION:
		break;
	}
}

void ui_paint(struct ui_canvas *c, const struct ui_scale *s, const struct ui_list *l,
	      struct ui_rect dirty)
{
	struct ui_rect whole = ui_scale_rect(s, dirty);
	struct ui_rect clip = {0};
	c->clip = whole;
	ui_canvas_fill(c, whole, l->back);
	for (size_t i = 0; i < l->count; i++) {
		const struct ui_draw_cmd *d = &l->cmd[i];
		if (d->kind == UI_DRAW_CLIP) {
			clip = d->rect;
			c->clip = clip.w == 0 ? whole : ui_rect_meet(whole, ui_scale_rect(s, clip));
			continue;
		}
		struct ui_rect m = ui_rect_meet(d->rect, dirty);
		if (m.w > 0 && m.h > 0 && c->clip.w > 0 && c->clip.h > 0)
			paint_one(c, s, l, d);
	}
	c->clip = (struct ui_rect){0, 0, c->w, c->h};
}
