#include "ui/glyphs.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 16384, BYTES_MAX = 8 << 20 };

struct entry {
	struct ui_glyph glyph; /* first */
	struct entry *next;
	uint64_t key;
	uint8_t *pixels;
	size_t bytes;
	/* what the key was made of */
	uint8_t face;
	bool several;
	int px;
	uint32_t part; /* script of several, number of one */
	uint32_t text_len;
	char text[]; /* of several */
};

static struct {
	struct entry *slot[SLOTS];
	size_t bytes;
} cache;

/* A single glyph is known by its number; several only by their text. */
static uint64_t key_of(const struct ui_shaped *s, const struct ui_unit *u, int px)
{
	uint64_t h = UINT64_C(1469598103934665603);
	const uint64_t part[] = {u->face, (uint64_t)px, u->several,
				 u->several ? u->script : u->glyph};
	for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
		h = (h ^ part[i]) * UINT64_C(0x9E3779B97F4A7C15);
	for (uint32_t i = 0; u->several && i < u->text_len; i++)
		h = (h ^ (unsigned char)s->text[u->text_at + i]) * UINT64_C(1099511628211);
	return h ^ h >> 29;
}

static uint32_t part_of(const struct ui_unit *u)
{
	return u->several ? u->script : u->glyph;
}

/* Two units may have one key; the picture of one must never stand for another. */
static bool answers(const struct entry *e, uint64_t key, const struct ui_shaped *s,
		    const struct ui_unit *u, int px)
{
	return e->key == key && e->face == u->face && e->several == u->several && e->px == px &&
	       e->part == part_of(u) &&
	       (!u->several || (e->text_len == u->text_len &&
				memcmp(e->text, s->text + u->text_at, u->text_len) == 0));
}

/* What no font has is shown as an empty frame, so that nobody takes it for nothing. */
static void box(struct ui_coverage *c, int px)
{
	c->w = px * 8 / 10;
	c->h = px * 8 / 10;
	c->left = px / 10;
	c->top = px * 7 / 10;
	c->px = calloc((size_t)c->w * (size_t)c->h + 1, 1);
	int line = px / 16 + 1;
	for (int y = 0; c->px != NULL && y < c->h; y++)
		for (int x = 0; x < c->w; x++)
			if (x < line || y < line || x >= c->w - line || y >= c->h - line)
				c->px[y * c->w + x] = 255;
}

const struct ui_glyph *ui_glyph(const struct ui_shaped *s, const struct ui_unit *u, int px)
{
	static const struct ui_glyph nothing;
	uint64_t key = key_of(s, u, px);
	struct entry **slot = &cache.slot[key % SLOTS];
	for (struct entry *e = *slot; e != NULL; e = e->next)
		if (answers(e, key, s, u, px))
			return &e->glyph;
	struct ui_coverage c = {0};
	if (u->face == UI_FACES)
		box(&c, px);
	else if (ui_face_raster(
			 &(struct ui_raster){(enum ui_face)u->face, px, u->script, u->several},
			 s->text + u->text_at, u->text_len, &c) != UI_OK)
		return &nothing;
	uint32_t kept = u->several ? u->text_len : 0;
	struct entry *e = calloc(1, sizeof *e + kept);
	if (e == NULL) {
		free(c.px);
		return &nothing;
	}
	e->glyph = (struct ui_glyph){.px = c.px,
				     .w = (int16_t)c.w,
				     .h = (int16_t)c.h,
				     .left = (int16_t)c.left,
				     .top = (int16_t)c.top};
	e->pixels = c.px;
	e->key = key;
	e->face = u->face;
	e->several = u->several;
	e->px = px;
	e->part = part_of(u);
	e->text_len = kept;
	if (kept > 0)
		memcpy(e->text, s->text + u->text_at, kept);
	e->bytes = sizeof *e + kept + (size_t)c.w * (size_t)c.h;
	e->next = *slot;
	*slot = e;
	cache.bytes += e->bytes;
	return &e->glyph;
}

void ui_glyphs_wipe(void)
{
	for (int i = 0; i < SLOTS; i++)
		while (cache.slot[i] != NULL) {
			struct entry *e = cache.slot[i];
			cache.slot[i] = e->next;
			free(e->pixels);
			explicit_bzero(e, sizeof *e + e->text_len);
			free(e);
		}
	cache.bytes = 0;
}

void ui_glyphs_trim(void)
{
	if (cache.bytes > BYTES_MAX)
		ui_glyphs_wipe();
}

size_t ui_glyphs_bytes(void)
{
	return cache.bytes;
}
