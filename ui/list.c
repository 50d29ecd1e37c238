#include "ui/list.h"

#include <stdlib.h>
#include <string.h>

bool ui_rect_has(struct ui_rect r, int x, int y)
{
	return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

struct ui_rect ui_rect_meet(struct ui_rect a, struct ui_rect b)
{
	int x0 = a.x > b.x ? a.x : b.x, y0 = a.y > b.y ? a.y : b.y;
	int x1 = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
	int y1 = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
	return (struct ui_rect){x0, y0, x1 - x0, y1 - y0};
}

struct ui_rect ui_rect_join(struct ui_rect a, struct ui_rect b)
{
	if (a.w <= 0 || a.h <= 0)
		return b;
	if (b.w <= 0 || b.h <= 0)
		return a;
	int x0 = a.x < b.x ? a.x : b.x, y0 = a.y < b.y ? a.y : b.y;
	int x1 = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
	int y1 = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
	return (struct ui_rect){x0, y0, x1 - x0, y1 - y0};
}

struct ui_rect ui_rect_inset(struct ui_rect r, int by)
{
	return (struct ui_rect){r.x + by, r.y + by, r.w - 2 * by, r.h - 2 * by};
}

void ui_list_begin(struct ui_list *l, struct ui_color back)
{
	l->count = l->targets = l->notes = l->text_used = 0;
	l->overflowed = l->clipped = l->missing = false;
	l->clip = (struct ui_rect){0};
	l->back = back;
}

/* Where a command can be seen under the clip in force. */
static bool hidden(const struct ui_list *l, struct ui_rect r)
{
	if (l->clip.w == 0)
		return false;
	struct ui_rect m = ui_rect_meet(l->clip, r);
	return m.w <= 0 || m.h <= 0;
}

static struct ui_draw_cmd *push(struct ui_list *l, enum ui_draw kind, struct ui_rect r)
{
	static struct ui_draw_cmd scrap;
	scrap = (struct ui_draw_cmd){0};
	if (kind != UI_DRAW_CLIP && hidden(l, r))
		return &scrap;
	if (l->count == UI_LIST_MAX) {
		l->overflowed = true;
		return &scrap;
	}
	struct ui_draw_cmd *c = &l->cmd[l->count++];
	*c = (struct ui_draw_cmd){.kind = (uint8_t)kind, .rect = r};
	return c;
}

static bool keep(struct ui_list *l, const char *text, size_t len, uint32_t *at)
{
	if (len > UI_LIST_TEXT_MAX - l->text_used) {
		l->overflowed = true;
		return false;
	}
	*at = (uint32_t)l->text_used;
	if (len > 0)
		memcpy(l->text + l->text_used, text, len);
	l->text_used += len;
	return true;
}

void ui_list_clip(struct ui_list *l, struct ui_rect r)
{
	push(l, UI_DRAW_CLIP, r);
	l->clip = r;
}

void ui_list_box(struct ui_list *l, struct ui_rect r, int radius, struct ui_color fill, int border,
		 struct ui_color edge)
{
	int most = (r.w < r.h ? r.w : r.h) / 2;
	struct ui_draw_cmd *c = push(l, UI_DRAW_BOX, r);
	c->radius = (int16_t)(radius > most ? most : radius);
	c->color = fill;
	c->b = (int16_t)border;
	c->color2 = edge;
}

void ui_list_dashed(struct ui_list *l, struct ui_rect r, int radius, struct ui_color fill,
		    int border, struct ui_color edge)
{
	size_t at = l->count;
	ui_list_box(l, r, radius, fill, border, edge);
	if (l->count > at)
		l->cmd[at].c = 1;
}

void ui_list_fill(struct ui_list *l, struct ui_rect r, struct ui_color c)
{
	ui_list_box(l, r, 0, c, 0, c);
}

void ui_list_hatch(struct ui_list *l, struct ui_rect r, int radius, struct ui_color c,
		   struct ui_color c2)
{
	int most = (r.w < r.h ? r.w : r.h) / 2;
	struct ui_draw_cmd *d = push(l, UI_DRAW_HATCH, r);
	d->radius = (int16_t)(radius > most ? most : radius);
	d->color = c;
	d->color2 = c2;
}

void ui_list_ring(struct ui_list *l, struct ui_rect r, int width, int from, int to,
		  struct ui_color c)
{
	struct ui_draw_cmd *d = push(l, UI_DRAW_RING, r);
	d->a = (int16_t)from;
	d->b = (int16_t)width;
	d->c = (int16_t)to;
	d->color = c;
}

void ui_list_line(struct ui_list *l, struct ui_stroke s, struct ui_color c)
{
	struct ui_rect r = {s.x0 < s.x1 ? s.x0 : s.x1, s.y0 < s.y1 ? s.y0 : s.y1, abs(s.x1 - s.x0),
			    abs(s.y1 - s.y0)};
	struct ui_draw_cmd *d = push(l, UI_DRAW_LINE, ui_rect_inset(r, -s.width));
	d->b = (int16_t)s.width;
	d->c = (s.x1 - s.x0 > 0) != (s.y1 - s.y0 > 0);
	d->color = c;
}

void ui_list_text(struct ui_list *l, struct ui_run line, struct ui_pen pen, const char *text,
		  size_t len)
{
	uint32_t at;
	int hang = pen.px / 8 + 1;
	struct ui_rect r = {line.x - hang, line.base - pen.px * 5 / 4, line.width + 2 * hang,
			    pen.px * 7 / 4};
	if (len == 0 || hidden(l, r) || !keep(l, text, len, &at))
		return;
	struct ui_draw_cmd *d = push(l, UI_DRAW_TEXT, r);
	d->a = (int16_t)hang;
	d->style = (uint8_t)pen.style;
	d->px = (int16_t)pen.px;
	d->base = line.base;
	d->color = pen.color;
	d->text_at = at;
	d->text_len = (uint32_t)len;
}

static struct ui_draw_cmd *named(struct ui_list *l, enum ui_draw kind, struct ui_rect r,
				 const char *name)
{
	uint32_t at;
	size_t len = strlen(name);
	if (hidden(l, r) || !keep(l, name, len, &at))
		return NULL;
	struct ui_draw_cmd *d = push(l, kind, r);
	d->text_at = at;
	d->text_len = (uint32_t)len;
	return d;
}

void ui_list_icon(struct ui_list *l, struct ui_rect r, const char *name, struct ui_color ink,
		  struct ui_color lit, int stroke_tenths)
{
	struct ui_draw_cmd *d = named(l, UI_DRAW_ICON, r, name);
	if (d == NULL)
		return;
	d->color = ink;
	d->color2 = lit;
	d->b = (int16_t)stroke_tenths;
}

void ui_list_qr(struct ui_list *l, struct ui_rect r, const char *text, struct ui_color c)
{
	struct ui_draw_cmd *d = named(l, UI_DRAW_QR, r, text);
	if (d != NULL)
		d->color = d->color2 = c;
}

void ui_list_picture(struct ui_list *l, struct ui_rect r, const char *name)
{
	struct ui_draw_cmd *d = named(l, UI_DRAW_PICTURE, r, name);
	if (d != NULL)
		d->color = d->color2 = UI_INK;
}

void ui_list_photo(struct ui_list *l, struct ui_rect r, const char *key, struct ui_part part)
{
	struct ui_draw_cmd *d = named(l, UI_DRAW_PHOTO, r, key);
	if (d == NULL)
		return;
	d->a = (int16_t)(part.turn & 3);
	d->from = part.from;
}

void ui_list_region(struct ui_list *l, struct ui_rect r, int offset)
{
	push(l, UI_DRAW_REGION, r)->offset = offset;
}

void ui_list_target(struct ui_list *l, struct ui_rect r, const char *id, bool off)
{
	uint32_t at;
	size_t len = strlen(id);
	if (l->clip.w != 0)
		r = ui_rect_meet(l->clip, r);
	if (r.w <= 0 || r.h <= 0)
		return;
	if (l->targets == UI_TARGETS_MAX || !keep(l, id, len, &at)) {
		l->overflowed = true;
		return;
	}
	l->target[l->targets++] = (struct ui_target){r, at, (uint32_t)len, off};
}

static void add_note(struct ui_list *l, struct ui_note note, const char *said)
{
	size_t len = strlen(said);
	if (hidden(l, note.rect))
		return;
	if (l->notes == UI_NOTES_MAX || !keep(l, said, len, &note.text_at)) {
		l->overflowed = true;
		return;
	}
	note.text_len = (uint32_t)len;
	l->note[l->notes++] = note;
}

void ui_list_note(struct ui_list *l, struct ui_rect r, const char *said)
{
	add_note(l, (struct ui_note){.rect = r}, said);
}

void ui_list_secret(struct ui_list *l, struct ui_rect r)
{
	add_note(l, (struct ui_note){.rect = r, .secret = true}, "");
}

void ui_list_apart(struct ui_list *l, struct ui_rect r)
{
	add_note(l, (struct ui_note){.rect = r, .apart = true}, "");
}

const char *ui_list_str(const struct ui_list *l, uint32_t at)
{
	return l->text + at;
}

static void print_color(FILE *to, struct ui_color c)
{
	if (c.a == 0)
		fputs(" none", to);
	else
		fprintf(to, " #%02x%02x%02x", c.r, c.g, c.b);
}

void ui_list_print(const struct ui_list *l, FILE *to)
{
	static const char *const name[] = {"clip", "box", "hatch",   "ring",  "line",  "text",
					   "icon", "qr",  "picture", "photo", "region"};
	static const char *const style[] = {"regular", "bold", "title"};
	for (size_t i = 0; i < l->count; i++) {
		const struct ui_draw_cmd *c = &l->cmd[i];
		fprintf(to, "%s %d,%d %dx%d", name[c->kind], c->rect.x, c->rect.y, c->rect.w,
			c->rect.h);
		if (c->kind != UI_DRAW_CLIP && c->kind != UI_DRAW_REGION &&
		    c->kind != UI_DRAW_PICTURE && c->kind != UI_DRAW_PHOTO)
			print_color(to, c->color);
		if (c->kind == UI_DRAW_BOX && c->b != 0) {
			fprintf(to, " %s %d", c->c ? "dashed" : "border", c->b);
			print_color(to, c->color2);
		}
		if (c->radius != 0)
			fprintf(to, " r%d", c->radius);
		if (c->kind == UI_DRAW_RING)
			fprintf(to, " %d..%d width %d", c->a, c->c, c->b);
		if (c->kind == UI_DRAW_TEXT)
			fprintf(to, " %s %d base %d", style[c->style], c->px, c->base);
		if (c->kind == UI_DRAW_REGION)
			fprintf(to, " at %d", c->offset);
		if (c->kind == UI_DRAW_PHOTO)
			fprintf(to, " of %d,%d %dx%d turn %d", c->from.x, c->from.y, c->from.w,
				c->from.h, c->a);
		if (c->text_len > 0)
			fprintf(to, " \"%.*s\"", (int)c->text_len, l->text + c->text_at);
		fputc('\n', to);
	}
	for (size_t i = 0; i < l->targets; i++) {
		const struct ui_target *t = &l->target[i];
		fprintf(to, "target %d,%d %dx%d%s @%.*s\n", t->rect.x, t->rect.y, t->rect.w,
			t->rect.h, t->off ? " off" : "", (int)t->id_len, l->text + t->id_at);
	}
	for (size_t i = 0; i < l->notes; i++) {
		const struct ui_note *n = &l->note[i];
		fprintf(to, "%s %d,%d %dx%d \"%.*s\"\n",
			n->secret  ? "secret"
			: n->apart ? "apart"
				   : "said",
			n->rect.x, n->rect.y, n->rect.w, n->rect.h, (int)n->text_len,
			l->text + n->text_at);
	}
	if (l->overflowed || l->clipped || l->missing)
		fprintf(to, "trouble%s%s%s\n", l->overflowed ? " overflowed" : "",
			l->clipped ? " clipped" : "", l->missing ? " missing-glyph" : "");
}

/* --- comparing --- */

static uint64_t mix(uint64_t h, uint64_t v)
{
	return (h ^ v) * UINT64_C(0x9E3779B97F4A7C15) + (h >> 31);
}

static uint32_t color_word(struct ui_color c)
{
	return (uint32_t)c.r << 24 | (uint32_t)c.g << 16 | (uint32_t)c.b << 8 | c.a;
}

/* A command as one number; the same number means the same pixels. `clip` is what cuts it. */
static uint64_t command_hash(const struct ui_list *l, const struct ui_draw_cmd *c,
			     struct ui_rect clip, int dy)
{
	uint64_t h = mix(c->kind, (uint64_t)c->style << 16 | (uint16_t)c->px);
	h = mix(h, (uint64_t)(uint32_t)c->rect.x << 32 | (uint32_t)(c->rect.y + dy));
	h = mix(h, (uint64_t)(uint32_t)c->rect.w << 32 | (uint32_t)c->rect.h);
	h = mix(h,
		(uint64_t)(uint16_t)c->a << 32 | (uint64_t)(uint16_t)c->b << 16 | (uint16_t)c->c);
	h = mix(h, (uint64_t)(uint32_t)(c->kind == UI_DRAW_TEXT ? c->base + dy : 0) << 16 |
			   (uint16_t)c->radius);
	h = mix(h, (uint64_t)color_word(c->color) << 32 | color_word(c->color2));
	h = mix(h, (uint64_t)(uint32_t)clip.x << 32 | (uint32_t)clip.y);
	h = mix(h, (uint64_t)(uint32_t)clip.w << 32 | (uint32_t)clip.h);
	if (c->kind == UI_DRAW_PHOTO) {
		h = mix(h, (uint64_t)(uint32_t)c->from.x << 32 | (uint32_t)c->from.y);
		h = mix(h, (uint64_t)(uint32_t)c->from.w << 32 | (uint32_t)c->from.h);
	}
	for (uint32_t i = 0; i < c->text_len; i++)
		h = (h ^ (unsigned char)l->text[c->text_at + i]) * UINT64_C(1099511628211);
	return h == 0 ? 1 : h;
}

enum { TABLE = 2 * UI_LIST_MAX };

struct seen {
	uint64_t hash[TABLE];
	int16_t count[TABLE];
};

static int16_t *seen_at(struct seen *s, uint64_t hash)
{
	size_t i = (size_t)(hash % TABLE);
	while (s->hash[i] != 0 && s->hash[i] != hash)
		i = (i + 1) % TABLE;
	s->hash[i] = hash;
	return &s->count[i];
}

static const struct ui_draw_cmd *region_of(const struct ui_list *l)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->cmd[i].kind == UI_DRAW_REGION)
			return &l->cmd[i];
	return NULL;
}

static bool same_rect(struct ui_rect a, struct ui_rect b)
{
	return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

static size_t add_dirty(struct ui_rect *dirty, size_t count, size_t room, struct ui_rect r)
{
	if (r.w <= 0 || r.h <= 0)
		return count;
	/* Take in what touches; when there is no room, the nearest neighbour grows. */
	for (size_t i = 0; i < count; i++) {
		struct ui_rect m = ui_rect_meet(ui_rect_inset(dirty[i], -8), r);
		if ((m.w > 0 && m.h > 0) || count == room) {
			struct ui_rect grown = ui_rect_join(dirty[i], r);
			dirty[i] = dirty[--count];
			return add_dirty(dirty, count, room, grown);
		}
	}
	dirty[count] = r;
	return count + 1;
}

/* Walks a list and gives each visible command's hash and area. */
struct walk {
	const struct ui_list *l;
	struct ui_rect clip;
	size_t i;
};

static bool next_command(struct walk *w, const struct ui_shift *shift, uint64_t *hash,
			 struct ui_rect *area)
{
	while (w->i < w->l->count) {
		const struct ui_draw_cmd *c = &w->l->cmd[w->i++];
		if (c->kind == UI_DRAW_CLIP) {
			w->clip = c->rect;
			continue;
		}
		if (c->kind == UI_DRAW_REGION)
			continue;
		int dy = shift != NULL && shift->dy != 0 && same_rect(w->clip, shift->region)
				 ? shift->dy
				 : 0;
		*hash = command_hash(w->l, c, w->clip, dy);
		*area = c->rect;
		area->y += dy;
		if (w->clip.w != 0)
			*area = ui_rect_meet(*area, w->clip);
		return true;
	}
	return false;
}

size_t ui_list_compare(const struct ui_list *old, const struct ui_list *now, struct ui_rect *dirty,
		       size_t room, struct ui_shift *shift)
{
	static struct seen seen;
	size_t count = 0;
	*shift = (struct ui_shift){0};
	if (color_word(old->back) != color_word(now->back)) {
		dirty[0] = (struct ui_rect){0, 0, 1 << 14, 1 << 14};
		return 1;
	}
	const struct ui_draw_cmd *was = region_of(old), *is = region_of(now);
	if (was != NULL && is != NULL && same_rect(was->rect, is->rect) &&
	    was->offset != is->offset && abs(was->offset - is->offset) < is->rect.h)
		*shift = (struct ui_shift){is->rect, was->offset - is->offset};
	memset(&seen, 0, sizeof seen);
	uint64_t hash;
	struct ui_rect area;
	for (struct walk w = {.l = old}; next_command(&w, shift, &hash, &area);)
		(*seen_at(&seen, hash))++;
	for (struct walk w = {.l = now}; next_command(&w, NULL, &hash, &area);) {
		int16_t *left = seen_at(&seen, hash);
		if (*left > 0)
			(*left)--;
		else
			count = add_dirty(dirty, count, room, area);
	}
	for (struct walk w = {.l = old}; next_command(&w, shift, &hash, &area);) {
		int16_t *left = seen_at(&seen, hash);
		if (*left > 0) {
			(*left)--;
			count = add_dirty(dirty, count, room, area);
		}
	}
	if (shift->dy != 0) {
		struct ui_rect strip = shift->region;
		strip.h = abs(shift->dy);
		if (shift->dy < 0)
			strip.y += shift->region.h - strip.h;
		count = add_dirty(dirty, count, room, strip);
	}
	return count;
}

void ui_list_wipe(struct ui_list *l)
{
	explicit_bzero(l->text, sizeof l->text);
	ui_list_begin(l, l->back);
}
