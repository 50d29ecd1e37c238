#include "ui/face.h"

#include <SDL2/SDL.h>
#include <SDL2/SDL_ttf.h>
#include <harfbuzz/hb-ot.h>
#include <stdlib.h>
#include <string.h>

enum { RASTER_TEXT_MAX = 1024 };

static const struct {
	const char *file, *script, *sha256;
	int index;
} table[UI_FACES] = {
#define FACE(name, file_, index_, script_, sha256_)                                                \
	[UI_FACE_##name] = {                                                                       \
		.file = (file_), .script = (script_), .sha256 = (sha256_), .index = (index_)},
#include "fonts/faces.inc"
#undef FACE
};

static struct {
	bool started, latin_titles;
	struct {
		bool tried;
		hb_blob_t *blob;
		hb_font_t *font;
		TTF_Font *raster;
		int font_px, raster_px;
	} face[UI_FACES];
} fonts;

enum ui_err ui_face_start(void)
{
	if (!fonts.started && TTF_Init() != 0) {
		SDL_Log("face: SDL2_ttf does not start: %s", TTF_GetError());
		return UI_ERR_IO;
	}
	fonts.started = true;
	return UI_OK;
}

void ui_face_stop(void)
{
	for (int i = 0; i < UI_FACES; i++) {
		if (fonts.face[i].raster != NULL)
			TTF_CloseFont(fonts.face[i].raster);
		hb_font_destroy(fonts.face[i].font);
		hb_blob_destroy(fonts.face[i].blob);
	}
	memset(&fonts.face, 0, sizeof fonts.face);
	if (fonts.started)
		TTF_Quit();
	fonts.started = false;
}

const uint8_t *ui_face_chain(enum ui_style style)
{
#define OTHERS                                                                                     \
	UI_FACE_TIBETAN, UI_FACE_YI, UI_FACE_TAI_LE, UI_FACE_NEW_TAI_LUE, UI_FACE_TAI_THAM,        \
		UI_FACE_LISU, UI_FACE_MIAO, UI_FACES
	static const uint8_t chain[UI_STYLES][UI_FACES + 1] = {
		[UI_REGULAR] = {UI_FACE_CJK_REGULAR, UI_FACE_LATIN, OTHERS},
		[UI_BOLD] = {UI_FACE_CJK_BOLD, UI_FACE_LATIN_BOLD, OTHERS},
		[UI_TITLE] = {UI_FACE_KAI_BOLD, UI_FACE_CJK_BOLD, UI_FACE_LATIN_BOLD, OTHERS},
	};
	static const uint8_t latin_title[] = {UI_FACE_LATIN_BOLD, UI_FACE_KAI_BOLD,
					      UI_FACE_CJK_BOLD, OTHERS};
#undef OTHERS
	return style == UI_TITLE && fonts.latin_titles ? latin_title : chain[style];
}

bool ui_face_latin_titles(bool on)
{
	bool changed = fonts.latin_titles != on;
	fonts.latin_titles = on;
	return changed;
}

static bool open_face(enum ui_face f)
{
	if (fonts.face[f].tried)
		return fonts.face[f].font != NULL;
	fonts.face[f].tried = true;
	hb_blob_t *blob = hb_blob_create_from_file_or_fail(table[f].file);
	if (blob == NULL) {
		SDL_Log("face: the font file %s is missing; install its package", table[f].file);
		return false;
	}
	unsigned len = 0;
	const char *bytes = hb_blob_get_data(blob, &len);
	hb_face_t *face = hb_face_create(blob, (unsigned)table[f].index);
	fonts.face[f].blob = blob;
	fonts.face[f].font = hb_font_create(face);
	hb_ot_font_set_funcs(fonts.face[f].font);
	hb_face_destroy(face);
	/* The mapping is shared: no second copy of nineteen megabytes. */
	SDL_RWops *rw = SDL_RWFromConstMem(bytes, (int)len);
	fonts.face[f].raster = TTF_OpenFontIndexRW(rw, 1, 32, table[f].index);
	fonts.face[f].raster_px = 32;
	if (fonts.face[f].raster == NULL) {
		SDL_Log("face: %s: %s", table[f].file, TTF_GetError());
		hb_font_destroy(fonts.face[f].font);
		fonts.face[f].font = NULL;
		return false;
	}
	TTF_SetFontHinting(fonts.face[f].raster, TTF_HINTING_NONE);
	TTF_SetFontDirection(fonts.face[f].raster, TTF_DIRECTION_LTR);
	return true;
}

hb_font_t *ui_face_font(enum ui_face f, int px)
{
	if (!open_face(f))
		return NULL;
	if (fonts.face[f].font_px != px)
		hb_font_set_scale(fonts.face[f].font, px * 64, px * 64);
	fonts.face[f].font_px = px;
	return fonts.face[f].font;
}

uint32_t ui_face_glyph(enum ui_face f, uint32_t code)
{
	hb_codepoint_t glyph = 0;
	if (!open_face(f) || !hb_font_get_nominal_glyph(fonts.face[f].font, code, &glyph))
		return 0;
	return glyph;
}

bool ui_face_has(enum ui_face f, uint32_t code)
{
	return ui_face_glyph(f, code) != 0;
}

hb_script_t ui_face_script(enum ui_face f, hb_script_t of_text)
{
	return table[f].script[0] != 0 ? hb_script_from_string(table[f].script, -1) : of_text;
}

void ui_face_extents(enum ui_face f, int px, int *above, int *below)
{
	hb_font_extents_t e = {.ascender = px * 64, .descender = -px * 16};
	hb_font_t *font = ui_face_font(f, px);
	if (font != NULL)
		hb_font_get_h_extents(font, &e);
	*above = (e.ascender + 32) >> 6;
	*below = (-e.descender + 32) >> 6;
}

static int floor64(int v)
{
	return v >> 6;
}

static int ceil64(int v)
{
	return (v + 63) >> 6;
}

struct origin {
	int x, y, first_x, first_y; /* of the pen, and of the first glyph from it */
};

/* Where SDL2_ttf puts the pen in the surface it returns: it floors every member's place. */
static bool surface_origin(hb_font_t *font, hb_script_t script, const char *text, int ascent,
			   struct origin *out)
{
	hb_buffer_t *b = hb_buffer_create();
	hb_buffer_add_utf8(b, text, -1, 0, -1);
	hb_buffer_set_direction(b, HB_DIRECTION_LTR);
	hb_buffer_set_script(b, script);
	hb_shape(font, b, NULL, 0);
	unsigned n = 0;
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
	const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(b, &n);
	int min_x = 0, min_y = 0, pen = 0;
	for (unsigned i = 0; i < n; i++) {
		hb_glyph_extents_t e = {0};
		hb_font_get_glyph_extents(font, info[i].codepoint, &e);
		int gx = floor64(pen + at[i].x_offset), gy = ascent + floor64(-at[i].y_offset);
		if (e.width != 0) {
			int left = gx + floor64(e.x_bearing), top = gy - ceil64(e.y_bearing);
			min_x = left < min_x ? left : min_x;
			min_y = top < min_y ? top : min_y;
		}
		pen += at[i].x_advance;
	}
	*out = (struct origin){.x = -min_x, .y = -min_y};
	if (n > 0) {
		out->first_x = floor64(at[0].x_offset);
		out->first_y = floor64(-at[0].y_offset);
	}
	hb_buffer_destroy(b);
	return n > 0;
}

static int floor_div(int a, int b)
{
	return a >= 0 ? a / b : -((b - 1 - a) / b);
}

/* Averages `scale` x `scale` blocks so that the origin falls on a block's corner. */
static enum ui_err shrink(const SDL_Surface *s, int ox, int oy, int scale, struct ui_coverage *out)
{
	int x0 = floor_div(-ox, scale), y0 = floor_div(-oy, scale);
	int x1 = -floor_div(-(s->w - ox), scale), y1 = -floor_div(-(s->h - oy), scale);
	out->w = x1 - x0;
	out->h = y1 - y0;
	out->left = x0;
	out->top = -y0;
	out->px = calloc((size_t)out->w * (size_t)out->h + 1, 1);
	if (out->px == NULL)
		return UI_ERR_FULL;
	for (int y = 0; y < out->h; y++)
		for (int x = 0; x < out->w; x++) {
			int sum = 0;
			for (int j = 0; j < scale; j++) {
				int sy = (y + y0) * scale + j + oy;
				const uint8_t *row =
					(const uint8_t *)s->pixels + (ptrdiff_t)sy * s->pitch;
				for (int i = 0; sy >= 0 && sy < s->h && i < scale; i++) {
					int sx = (x + x0) * scale + i + ox;
					if (sx >= 0 && sx < s->w)
						sum += row[sx];
				}
			}
			out->px[y * out->w + x] =
				(uint8_t)((sum + scale * scale / 2) / (scale * scale));
		}
	return UI_OK;
}

/* Cuts empty rows and columns off; most of a line's height is air. */
static void crop(struct ui_coverage *c)
{
	int x0 = c->w, x1 = -1, y0 = c->h, y1 = -1;
	for (int y = 0; y < c->h; y++)
		for (int x = 0; x < c->w; x++)
			if (c->px[y * c->w + x] != 0) {
				x0 = x < x0 ? x : x0;
				x1 = x > x1 ? x : x1;
				y0 = y < y0 ? y : y0;
				y1 = y > y1 ? y : y1;
			}
	if (x1 < 0) {
		free(c->px);
		*c = (struct ui_coverage){0};
		return;
	}
	int w = x1 - x0 + 1, h = y1 - y0 + 1;
	for (int y = 0; y < h; y++)
		memmove(c->px + (ptrdiff_t)y * w, c->px + (ptrdiff_t)(y + y0) * c->w + x0,
			(size_t)w);
	uint8_t *smaller = realloc(c->px, (size_t)w * (size_t)h);
	c->px = smaller == NULL ? c->px : smaller;
	c->left += x0;
	c->top -= y0;
	c->w = w;
	c->h = h;
}

enum ui_err ui_face_raster(const struct ui_raster *r, const char *text, size_t len,
			   struct ui_coverage *out)
{
	static const SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
	char z[RASTER_TEXT_MAX], tag[5] = "";
	enum ui_face f = r->face;
	int scale = r->four_times ? 4 : 1, size = r->px * scale;
	struct origin o;
	*out = (struct ui_coverage){0};
	hb_font_t *font = ui_face_font(f, size);
	if (font == NULL || len >= sizeof z)
		return font == NULL ? UI_ERR_MISSING : UI_ERR_FULL;
	memcpy(z, text, len);
	z[len] = 0;
	TTF_Font *raster = fonts.face[f].raster;
	if (fonts.face[f].raster_px != size)
		TTF_SetFontSize(raster, size);
	fonts.face[f].raster_px = size;
	hb_tag_to_string(hb_script_to_iso15924_tag(r->script), tag);
	TTF_SetFontScriptName(raster, tag);
	if (!surface_origin(font, r->script, z, TTF_FontAscent(raster), &o))
		return UI_OK;
	SDL_Surface *s = TTF_RenderUTF8_Shaded(raster, z, white, black);
	if (s == NULL)
		return UI_OK; /* nothing visible: zero-width characters */
	o.y += TTF_FontAscent(raster);
	if (r->four_times) {
		o.x += o.first_x;
		o.y += o.first_y;
	}
	enum ui_err e = shrink(s, o.x, o.y, scale, out);
	SDL_FreeSurface(s);
	if (e == UI_OK)
		crop(out);
	return e;
}

const char *ui_face_file(enum ui_face f)
{
	return table[f].file;
}

const char *ui_face_sha256(enum ui_face f)
{
	return table[f].sha256;
}
