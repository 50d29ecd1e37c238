#include "ui/icon.h"

#include <SDL2/SDL.h>
#include <SDL2/SDL_image.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT_MAX = 400, SVG_MAX = 64 * 1024 };

/* Made by the build from assets/icons and the larger drawings. */
extern const char *const icon_files_name[];
extern const char *const icon_files_text[];
extern const int icon_files_count;

struct kept {
	int file, w, h, stroke;
	struct ui_color ink, lit;
	SDL_Surface *surface;
};
static struct {
	struct kept at[KEPT_MAX];
	int count;
} kept;

static int find_file(const char *name, size_t len)
{
	for (int i = 0; i < icon_files_count; i++)
		if (strncmp(icon_files_name[i], name, len) == 0 &&
		    strcmp(icon_files_name[i] + len, ".svg") == 0)
			return i;
	return -1;
}

static bool same_color(struct ui_color a, struct ui_color b)
{
	return a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
}

static void color_text(struct ui_color c, char out[8])
{
	if (c.a == 0)
		snprintf(out, 8, "none");
	else
		snprintf(out, 8, "#%02X%02X%02X", c.r, c.g, c.b);
}

/* Copies the drawing with other inks: #0A3F38 strokes, #F5B32E lit part, stroke width 3. */
static size_t recolor(const char *svg, struct ui_color ink, struct ui_color lit, int stroke,
		      char *out)
{
	char ink_text[8], lit_text[8], width_text[32];
	size_t n = 0;
	color_text(ink, ink_text);
	color_text(lit, lit_text);
	snprintf(width_text, sizeof width_text, "stroke-width=\"%d.%d\"", stroke / 10, stroke % 10);
	while (*svg != 0 && n + 64 < SVG_MAX) {
		const char *put = NULL;
		size_t skip = 0;
		if (strncmp(svg, "#0A3F38", 7) == 0) {
			put = ink_text;
			skip = 7;
		} else if (strncmp(svg, "#F5B32E", 7) == 0) {
			put = lit_text;
			skip = 7;
		} else if (stroke != 0 && strncmp(svg, "stroke-width=\"3\"", 16) == 0) {
			put = width_text;
			skip = 16;
		}
		if (put == NULL) {
			out[n++] = *svg++;
			continue;
		}
		size_t len = strlen(put);
		memcpy(out + n, put, len);
		n += len;
		svg += skip;
	}
	out[n] = 0;
	return n;
}

static SDL_Surface *raster(int file, int w, int h, const struct kept *k)
{
	static char svg[SVG_MAX];
	const char *text = icon_files_text[file];
	size_t len = strlen(text);
	if (k != NULL) {
		len = recolor(text, k->ink, k->lit, k->stroke, svg);
		text = svg;
	}
	SDL_Surface *s = IMG_LoadSizedSVG_RW(SDL_RWFromConstMem(text, (int)len), w, h);
	if (s != NULL && s->format->format != SDL_PIXELFORMAT_ABGR8888) {
		SDL_Surface *other = SDL_ConvertSurfaceFormat(s, SDL_PIXELFORMAT_ABGR8888, 0);
		SDL_FreeSurface(s);
		s = other;
	}
	return s;
}

static enum ui_err give(SDL_Surface *s, struct ui_picture *out)
{
	if (s == NULL)
		return UI_ERR_CORRUPT;
	*out = (struct ui_picture){.rgba = s->pixels, .w = s->w, .h = s->h, .pitch = s->pitch};
	return UI_OK;
}

static enum ui_err get(struct kept k, const char *name, size_t len, bool own_colors,
		       struct ui_picture *out)
{
	k.file = find_file(name, len);
	if (k.file < 0) {
		SDL_Log("icon: there is no drawing %.*s", (int)len, name);
		return UI_ERR_MISSING;
	}
	for (int i = 0; i < kept.count; i++) {
		const struct kept *o = &kept.at[i];
		if (o->file == k.file && o->w == k.w && o->h == k.h && o->stroke == k.stroke &&
		    same_color(o->ink, k.ink) && same_color(o->lit, k.lit))
			return give(o->surface, out);
	}
	if (kept.count == KEPT_MAX)
		ui_icon_stop();
	k.surface = raster(k.file, k.w, k.h, own_colors ? NULL : &k);
	if (k.surface == NULL) {
		SDL_Log("icon: %.*s: %s", (int)len, name, IMG_GetError());
		return UI_ERR_CORRUPT;
	}
	kept.at[kept.count++] = k;
	return give(k.surface, out);
}

enum ui_err ui_icon_get(const char *name, size_t len, struct ui_icon_look look,
			struct ui_picture *out)
{
	struct kept k = {.w = look.px,
			 .h = look.px,
			 .ink = look.ink,
			 .lit = look.lit,
			 .stroke = look.stroke_tenths};
	return get(k, name, len, false, out);
}

enum ui_err ui_picture_get(const char *name, size_t len, int w, int h, struct ui_picture *out)
{
	return get((struct kept){.w = w, .h = h}, name, len, true, out);
}

void ui_icon_stop(void)
{
	for (int i = 0; i < kept.count; i++)
		SDL_FreeSurface(kept.at[i].surface);
	kept.count = 0;
}
