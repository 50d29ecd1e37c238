#include "ui/canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MASK_MAX = 160 };

static uint32_t word(struct ui_color c)
{
	return (uint32_t)c.r << 16 | (uint32_t)c.g << 8 | c.b;
}

static void blend(uint32_t *d, struct ui_color c, unsigned a)
{
	if (a >= 255) {
		*d = word(c);
		return;
	}
	if (a == 0)
		return;
	int r = (int)(*d >> 16 & 255), g = (int)(*d >> 8 & 255), b = (int)(*d & 255), k = (int)a;
	r += ((c.r - r) * k + (c.r >= r ? 127 : -127)) / 255;
	g += ((c.g - g) * k + (c.g >= g ? 127 : -127)) / 255;
	b += ((c.b - b) * k + (c.b >= b ? 127 : -127)) / 255;
	*d = (uint32_t)r << 16 | (uint32_t)g << 8 | (uint32_t)b;
}

static struct ui_rect visible(const struct ui_canvas *c, struct ui_rect r)
{
	return ui_rect_meet(ui_rect_meet(r, c->clip), (struct ui_rect){0, 0, c->w, c->h});
}

static uint32_t *row_at(const struct ui_canvas *c, int y)
{
	return c->px + (ptrdiff_t)y * c->pitch;
}

void ui_canvas_fill(struct ui_canvas *c, struct ui_rect r, struct ui_color color)
{
	struct ui_rect v = visible(c, r);
	uint32_t k = word(color);
	if (color.a == 0)
		return;
	for (int y = v.y; y < v.y + v.h; y++) {
		uint32_t *row = row_at(c, y) + v.x;
		for (int x = 0; x < v.w; x++)
			row[x] = k;
	}
}

/* Coverage of a quarter disc of this radius, left top corner; made once per radius. */
static const uint8_t *corner(int radius)
{
	static uint8_t *mask[MASK_MAX + 1];
	if (mask[radius] != NULL)
		return mask[radius];
	uint8_t *m = malloc((size_t)radius * (size_t)radius + 1);
	for (int y = 0; m != NULL && y < radius; y++)
		for (int x = 0; x < radius; x++) {
			int inside = 0;
			for (int j = 0; j < 8; j++)
				for (int i = 0; i < 8; i++) {
					int dx = 16 * (radius - x) - 2 * i - 1,
					    dy = 16 * (radius - y) - 2 * j - 1;
					inside += dx * dx + dy * dy <= 256 * radius * radius;
				}
			m[y * radius + x] = (uint8_t)((inside * 255 + 32) / 64);
		}
	mask[radius] = m;
	return m;
}

/* Coverage of pixel (x, y) of a rounded box of w x h. */
static unsigned box_coverage(const uint8_t *mask, int radius, int w, int h, int x, int y)
{
	if (x < 0 || y < 0 || x >= w || y >= h)
		return 0;
	int cx = x < radius ? x : x >= w - radius ? w - 1 - x : -1;
	int cy = y < radius ? y : y >= h - radius ? h - 1 - y : -1;
	return cx < 0 || cy < 0 || mask == NULL ? 255 : mask[cy * radius + cx];
}

/* A rounded box; `inner` (or NULL) is cut out of it. */
static void rounded(struct ui_canvas *c, struct ui_rect r, int radius, struct ui_color color,
		    const struct ui_rect *inner, int inner_radius)
{
	struct ui_rect v = visible(c, r);
	const uint8_t *mask = radius > 0 ? corner(radius) : NULL;
	const uint8_t *hole = inner != NULL && inner_radius > 0 ? corner(inner_radius) : NULL;
	uint32_t k = word(color);
	for (int y = v.y; y < v.y + v.h; y++) {
		uint32_t *row = row_at(c, y);
		int ry = y - r.y;
		bool straight = ry >= radius && ry < r.h - radius;
		if (straight && inner == NULL) {
			for (int x = v.x; x < v.x + v.w; x++)
				row[x] = k;
			continue;
		}
		for (int x = v.x; x < v.x + v.w; x++) {
			int rx = x - r.x;
			if (inner == NULL && rx >= radius && rx < r.w - radius) {
				row[x] = k;
				continue;
			}
			unsigned a = box_coverage(mask, radius, r.w, r.h, rx, ry);
			if (inner != NULL)
				a = a *
				    (255 - box_coverage(hole, inner_radius, inner->w, inner->h,
							x - inner->x, y - inner->y)) /
				    255;
			blend(&row[x], color, a);
		}
	}
}

static int fitting(struct ui_rect r, int radius)
{
	int most = (r.w < r.h ? r.w : r.h) / 2;
	radius = radius > most ? most : radius;
	return radius > MASK_MAX ? MASK_MAX : radius < 0 ? 0 : radius;
}

void ui_canvas_box(struct ui_canvas *c, struct ui_rect r, int radius, struct ui_color fill,
		   int border, struct ui_color edge)
{
	struct ui_rect inner = ui_rect_inset(r, border);
	int outer_radius = fitting(r, radius), inner_radius = fitting(inner, outer_radius - border);
	if (r.w <= 0 || r.h <= 0)
		return;
	if (border <= 0) {
		if (fill.a != 0)
			rounded(c, r, outer_radius, fill, NULL, 0);
		return;
	}
	if (fill.a != 0) {
		rounded(c, r, outer_radius, edge, NULL, 0);
		if (inner.w > 0 && inner.h > 0)
			rounded(c, inner, inner_radius, fill, NULL, 0);
	} else {
		rounded(c, r, outer_radius, edge, &inner, inner_radius);
	}
}

/* True between two dashes: counted along the sides, around a circle by angle. */
static bool dash_gap(struct ui_rect r, int radius, int border, int x, int y, int dash)
{
	if (2 * radius >= r.w - 1 && 2 * radius >= r.h - 1) {
		float angle =
			atan2f((float)(2 * x + 1 - r.w), (float)(r.h - 2 * y - 1)) + 3.1415927f;
		return (int)(angle * (float)radius) / dash % 2 != 0;
	}
	bool across = y < border + radius / 3 || y >= r.h - border - radius / 3;
	return (across ? x : y) / dash % 2 != 0;
}

void ui_canvas_dashes(struct ui_canvas *c, struct ui_rect r, int radius, int border,
		      struct ui_color edge, int dash)
{
	struct ui_rect inner = ui_rect_inset(r, border), v = visible(c, r);
	int outer_radius = fitting(r, radius), inner_radius = fitting(inner, outer_radius - border);
	const uint8_t *mask = outer_radius > 0 ? corner(outer_radius) : NULL;
	const uint8_t *hole = inner_radius > 0 ? corner(inner_radius) : NULL;
	for (int y = v.y; y < v.y + v.h; y++)
		for (int x = v.x; x < v.x + v.w; x++) {
			int rx = x - r.x, ry = y - r.y;
			if (rx >= border && rx < r.w - border && ry >= border &&
			    ry < r.h - border && rx >= outer_radius && rx < r.w - outer_radius &&
			    ry >= outer_radius && ry < r.h - outer_radius)
				continue;
			if (dash_gap(r, outer_radius, border, rx, ry, dash))
				continue;
			unsigned a = box_coverage(mask, outer_radius, r.w, r.h, rx, ry);
			a = a *
			    (255 - box_coverage(hole, inner_radius, inner.w, inner.h, x - inner.x,
						y - inner.y)) /
			    255;
			blend(&row_at(c, y)[x], edge, a);
		}
}

void ui_canvas_hatch(struct ui_canvas *c, struct ui_rect r, int radius, int period,
		     struct ui_color color, struct ui_color other)
{
	struct ui_rect v = visible(c, r), inner = ui_rect_inset(r, 2);
	int round = fitting(r, radius), inner_round = fitting(inner, round - 2);
	const uint8_t *mask = round > 0 ? corner(round) : NULL;
	const uint8_t *hole = inner_round > 0 ? corner(inner_round) : NULL;
	for (int y = v.y; y < v.y + v.h; y++)
		for (int x = v.x; x < v.x + v.w; x++) {
			/* Eight samples across the pixel: how much of it lies in the dark stripe.
			 */
			int dark = 0, n = ((x - y) % period + period) % period;
			for (int i = 0; i < 8; i++)
				dark += (n * 8 + i) * 2 < period * 8;
			unsigned in = inner.w > 0 ? box_coverage(hole, inner_round, inner.w,
								 inner.h, x - inner.x, y - inner.y)
						  : 0;
			unsigned light = (unsigned)(8 - dark) * 255 / 8 * in / 255;
			uint32_t mixed = word(color);
			blend(&mixed, other, light);
			struct ui_color m = {(uint8_t)(mixed >> 16), (uint8_t)(mixed >> 8),
					     (uint8_t)mixed, 255};
			blend(&row_at(c, y)[x], m,
			      box_coverage(mask, round, r.w, r.h, x - r.x, y - r.y));
		}
}

static unsigned soft(float edge)
{
	return edge <= 0 ? 0 : edge >= 1 ? 255 : (unsigned)(edge * 255.0f + 0.5f);
}

void ui_canvas_ring(struct ui_canvas *c, struct ui_rect r, int width, int from, int to,
		    struct ui_color color)
{
	struct ui_rect v = visible(c, r);
	float outer = (float)(r.w < r.h ? r.w : r.h) / 2, inner = outer - (float)width;
	float cx = (float)r.x + (float)r.w / 2, cy = (float)r.y + (float)r.h / 2;
	for (int y = v.y; y < v.y + v.h; y++)
		for (int x = v.x; x < v.x + v.w; x++) {
			float dx = (float)x + 0.5f - cx, dy = (float)y + 0.5f - cy;
			float d = sqrtf(dx * dx + dy * dy);
			unsigned a = soft(outer - d + 0.5f) * soft(d - inner + 0.5f) / 255;
			if (a == 0)
				continue;
			if (to - from < 360) {
				float angle = atan2f(dx, -dy) * 57.29578f;
				angle = angle < 0 ? angle + 360 : angle;
				if (angle < (float)from || angle >= (float)to)
					continue;
			}
			blend(&row_at(c, y)[x], color, a);
		}
}

void ui_canvas_line(struct ui_canvas *c, struct ui_stroke s, struct ui_color color)
{
	int x0 = s.x0, y0 = s.y0, x1 = s.x1, y1 = s.y1, width = s.width;
	struct ui_rect area = {x0 < x1 ? x0 : x1, y0 < y1 ? y0 : y1, abs(x1 - x0) + 1,
			       abs(y1 - y0) + 1};
	struct ui_rect v = visible(c, ui_rect_inset(area, -width));
	float ex = (float)(x1 - x0), ey = (float)(y1 - y0), length = ex * ex + ey * ey;
	for (int y = v.y; y < v.y + v.h; y++)
		for (int x = v.x; x < v.x + v.w; x++) {
			float dx = (float)x + 0.5f - (float)x0, dy = (float)y + 0.5f - (float)y0;
			float t = length > 0 ? (dx * ex + dy * ey) / length : 0;
			t = t < 0 ? 0 : t > 1 ? 1 : t;
			dx -= t * ex;
			dy -= t * ey;
			blend(&row_at(c, y)[x], color,
			      soft((float)width / 2 - sqrtf(dx * dx + dy * dy) + 0.5f));
		}
}

void ui_canvas_coverage(struct ui_canvas *c, struct ui_rect r, const uint8_t *coverage,
			struct ui_color color)
{
	struct ui_rect v = visible(c, r);
	for (int j = v.y; j < v.y + v.h; j++) {
		uint32_t *row = row_at(c, j);
		const uint8_t *from = coverage + (ptrdiff_t)(j - r.y) * r.w - r.x;
		for (int i = v.x; i < v.x + v.w; i++)
			if (from[i] != 0)
				blend(&row[i], color, from[i]);
	}
}

void ui_canvas_rgba(struct ui_canvas *c, struct ui_rect r, int pitch, const uint8_t *rgba)
{
	struct ui_rect v = visible(c, r);
	for (int j = v.y; j < v.y + v.h; j++) {
		uint32_t *row = row_at(c, j);
		const uint8_t *from = rgba + (ptrdiff_t)(j - r.y) * pitch;
		for (int i = v.x; i < v.x + v.w; i++) {
			const uint8_t *p = from + (ptrdiff_t)(i - r.x) * 4;
			blend(&row[i], (struct ui_color){p[0], p[1], p[2], 255}, p[3]);
		}
	}
}

/* What of one side of a picture makes one pixel: from `first` to `last`, the ends by a share of
 * SHARE, what is between them whole. */
enum { SHARE = 32, SPANS_MAX = 4096 };
struct span {
	int first, last;
	unsigned first_share, last_share;
};

static struct span span_of(int at, int of, int from, int len)
{
	struct span s;
	if (len > of) { /* smaller: everything that falls on it, the ends in part */
		int64_t a = (int64_t)at * len * SHARE / of,
			b = (int64_t)(at + 1) * len * SHARE / of;
		s.first = (int)(a / SHARE);
		s.last = (int)((b - 1) / SHARE);
		s.first_share = (unsigned)(SHARE - a % SHARE);
		s.last_share = (unsigned)(b - (int64_t)s.last * SHARE);
	} else { /* larger: between two neighbours */
		int64_t a = ((int64_t)(2 * at + 1) * len * SHARE / of - SHARE) / 2;
		a = a < 0 ? 0 : a;
		s.first = (int)(a / SHARE);
		s.last = s.first + 1;
		s.last_share = (unsigned)(a % SHARE);
		s.first_share = SHARE - s.last_share;
	}
	if (s.last >= len)
		s.last = len - 1;
	if (s.first >= s.last) {
		s.first = s.last;
		s.first_share = s.last_share = SHARE;
	}
	s.first += from;
	s.last += from;
	return s;
}

static unsigned share(const struct span *s, int at)
{
	return at == s->first ? s->first_share : at == s->last ? s->last_share : SHARE;
}

/* One line of the screen, along the picture's rows: first the rows that fall on it are added up,
 * then what of a row falls on each pixel. `step` parts the pixels. */
struct photo_line {
	const struct span *across; /* of each pixel */
	int count;
	uint32_t *to;
	ptrdiff_t step;
};

/* In blocks of a fixed length, which the compiler takes many at a time. */
static void add_row(uint32_t *restrict sum, const uint8_t *restrict px, size_t n, uint32_t w)
{
	enum { BLOCK = 16 };
	size_t i = 0;
	for (; i + BLOCK <= n; i += BLOCK)
		for (size_t j = 0; j < BLOCK; j++)
			sum[i + j] += w * px[i + j];
	for (; i < n; i++)
		sum[i] += w * px[i];
}

static void add_rows(const struct ui_pixels *p, const struct span *down, int from, int end,
		     uint32_t *sum, unsigned *weight)
{
	size_t n = (size_t)(end - from) * 3;
	memset(sum, 0, n * sizeof *sum);
	*weight = 0;
	for (int y = down->first; y <= down->last; y++) {
		const uint8_t *px = p->rgb + (ptrdiff_t)y * p->pitch + (ptrdiff_t)from * 3;
		uint32_t w = share(down, y);
		add_row(sum, px, n, w);
		*weight += w;
	}
}

/* (v + all / 2) / all for v <= 255 * all, with the division done once for each `all`. */
struct divided {
	uint64_t by[8], inverse[8];
};
static uint32_t divide(struct divided *d, uint64_t v, uint64_t all)
{
	size_t at = all % 8;
	if (d->by[at] != all) {
		d->by[at] = all;
		d->inverse[at] = (UINT64_C(1) << 48) / all + 1;
	}
	return (uint32_t)((v + all / 2) * d->inverse[at] >> 48);
}

static void photo_line(const struct ui_pixels *p, const struct span *down,
		       const struct photo_line *l)
{
	static uint32_t sum[3 * SPANS_MAX];
	static struct divided divided;
	const struct span *one = &l->across[0], *other = &l->across[l->count - 1];
	int from = one->first < other->first ? one->first : other->first;
	int end = (one->last > other->last ? one->last : other->last) + 1;
	unsigned weight;
	if (end - from > SPANS_MAX)
		return;
	add_rows(p, down, from, end, sum, &weight);
	for (int i = 0; i < l->count; i++) {
		const struct span *s = &l->across[i];
		uint64_t r = 0, g = 0, b = 0, all = 0;
		for (int x = s->first; x <= s->last; x++) {
			const uint32_t *px = sum + (size_t)(x - from) * 3;
			uint64_t w = share(s, x);
			r += w * px[0];
			g += w * px[1];
			b += w * px[2];
			all += w;
		}
		all *= weight;
		if (all != 0)
			l->to[i * l->step] = divide(&divided, r, all) << 16 |
					     divide(&divided, g, all) << 8 |
					     divide(&divided, b, all);
	}
}

void ui_canvas_photo(struct ui_canvas *c, struct ui_rect r, const struct ui_pixels *p,
		     struct ui_part part)
{
	static struct span across[SPANS_MAX];
	struct ui_rect v = visible(c, r), f = part.from;
	bool lies = (part.turn & 1) != 0, back = part.turn == 2 || part.turn == 3,
	     mirrored = part.turn == 1 || part.turn == 2;
	if (v.w <= 0 || v.h <= 0 || v.w > SPANS_MAX || v.h > SPANS_MAX || f.w < 1 || f.h < 1 ||
	    f.x < 0 || f.y < 0 || f.x + f.w > p->w || f.y + f.h > p->h)
		return;
	/* A line of the picture is a line of the screen, or a column of it when it lies on its
	 * side. */
	int count = lies ? v.h : v.w, lines = lies ? v.w : v.h;
	for (int i = 0; i < count; i++) {
		int at = lies ? v.y + i - r.y : v.x + i - r.x, of = lies ? r.h : r.w;
		bool turned = lies ? back : mirrored;
		across[i] = span_of(turned ? of - 1 - at : at, of, f.x, f.w);
	}
	for (int j = 0; j < lines; j++) {
		int at = lies ? v.x + j - r.x : v.y + j - r.y, of = lies ? r.w : r.h;
		bool turned = lies ? mirrored : back;
		struct span down = span_of(turned ? of - 1 - at : at, of, f.y, f.h);
		const struct photo_line line = {.across = across,
						.count = count,
						.to = lies ? row_at(c, v.y) + v.x + j
							   : row_at(c, v.y + j) + v.x,
						.step = lies ? c->pitch : 1};
		photo_line(p, &down, &line);
	}
}

void ui_canvas_shift(struct ui_canvas *c, struct ui_rect r, int dy)
{
	struct ui_rect v = ui_rect_meet(r, (struct ui_rect){0, 0, c->w, c->h});
	int rows = v.h - abs(dy);
	for (int i = 0; i < rows; i++) {
		int from = dy > 0 ? v.y + rows - 1 - i : v.y - dy + i;
		memmove(row_at(c, from + dy) + v.x, row_at(c, from) + v.x,
			(size_t)v.w * sizeof *c->px);
	}
}
