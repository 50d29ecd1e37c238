#include "ui/photo.h"

#include <SDL2/SDL.h>
#include <SDL2/SDL_image.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ui_photo {
	char key[UI_PHOTO_KEY + 1];
	struct ui_pixels px;
	SDL_Surface *surface; /* as it was decoded; NULL once it was made smaller */
	uint8_t *own;
};
static struct {
	struct ui_photo *at[UI_PHOTOS];
} open_photos;

static struct ui_photo **place_of(const struct ui_photo *p)
{
	for (size_t i = 0; i < UI_PHOTOS; i++)
		if (open_photos.at[i] == p)
			return &open_photos.at[i];
	return NULL;
}

/* --- markers (ITU-T T.81, annex B) --- */

enum {
	MARK_SOF0 = 0xC0, /* baseline, and the next, extended: one pass */
	MARK_SOF1 = 0xC1,
	MARK_DHT = 0xC4,
	MARK_DAC = 0xCC,
	MARK_SOI = 0xD8,
	MARK_EOI = 0xD9,
	MARK_SOS = 0xDA,
	MARKS_MAX = 64 /* segments before the frame */
};

static unsigned u16(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static bool is_frame(unsigned mark)
{
	return mark >= MARK_SOF0 && mark <= 0xCF && mark != MARK_DHT && mark != 0xC8 &&
	       mark != MARK_DAC;
}

static enum ui_err frame_size(unsigned mark, const uint8_t *p, size_t len, int *w, int *h)
{
	if ((mark != MARK_SOF0 && mark != MARK_SOF1) || len < 6 || p[0] != 8 ||
	    (p[5] != 1 && p[5] != 3) || len < 6u + 3u * p[5])
		return UI_ERR_CORRUPT;
	*h = (int)u16(p + 1);
	*w = (int)u16(p + 3);
	return *w > 0 && *h > 0 && *w <= UI_PHOTO_SIDE_MAX && *h <= UI_PHOTO_SIDE_MAX
		       ? UI_OK
		       : UI_ERR_CORRUPT;
}

enum ui_err ui_photo_measure(const void *jpeg, size_t len, int *w, int *h)
{
	const uint8_t *p = jpeg;
	size_t at = 2;
	if (len < 4 || len > UI_PHOTO_BYTES_MAX || p[0] != 0xFF || p[1] != MARK_SOI)
		return UI_ERR_CORRUPT;
	for (int i = 0; i < MARKS_MAX && at + 4 <= len; i++) {
		unsigned mark = p[at + 1], size = u16(p + at + 2);
		if (p[at] != 0xFF || mark == MARK_SOS || mark == MARK_EOI || size < 2 ||
		    size > len - at - 2)
			return UI_ERR_CORRUPT;
		if (is_frame(mark))
			return frame_size(mark, p + at + 4, size - 2, w, h);
		at += 2 + size;
	}
	return UI_ERR_CORRUPT;
}

/* --- pictures --- */

static SDL_Surface *decode(const void *jpeg, size_t len)
{
	int w, h;
	SDL_Surface *s = NULL;
	if (ui_photo_measure(jpeg, len, &w, &h) != UI_OK)
		return NULL;
	SDL_RWops *from = SDL_RWFromConstMem(jpeg, (int)len);
	if (from != NULL) {
		s = IMG_LoadJPG_RW(from);
		SDL_RWclose(from);
	}
	if (s != NULL && s->format->format != SDL_PIXELFORMAT_RGB24) {
		SDL_Surface *other = SDL_ConvertSurfaceFormat(s, SDL_PIXELFORMAT_RGB24, 0);
		SDL_FreeSurface(s);
		s = other;
	}
	/* A second frame would be another size than the first. */
	if (s != NULL && (s->w != w || s->h != h)) {
		SDL_FreeSurface(s);
		s = NULL;
	}
	return s;
}

enum ui_err ui_photo_open(const char *key, const void *jpeg, size_t len, struct ui_photo **out)
{
	struct ui_photo **place = place_of(NULL);
	*out = NULL;
	if (place == NULL || strlen(key) > UI_PHOTO_KEY)
		return UI_ERR_FULL;
	SDL_Surface *s = decode(jpeg, len);
	if (s == NULL)
		return UI_ERR_CORRUPT;
	struct ui_photo *p = calloc(1, sizeof *p);
	if (p == NULL) {
		SDL_FreeSurface(s);
		return UI_ERR_FULL;
	}
	p->surface = s;
	p->px = (struct ui_pixels){s->pixels, s->w, s->h, s->pitch};
	snprintf(p->key, sizeof p->key, "%s", key);
	*place = *out = p;
	return UI_OK;
}

void ui_photo_close(struct ui_photo *p)
{
	struct ui_photo **place = p == NULL ? NULL : place_of(p);
	if (place == NULL)
		return;
	*place = NULL;
	SDL_FreeSurface(p->surface);
	free(p->own);
	free(p);
}

void ui_photo_size(const struct ui_photo *p, int *w, int *h)
{
	*w = p->px.w;
	*h = p->px.h;
}

const char *ui_photo_key(const struct ui_photo *p)
{
	return p->key;
}

struct ui_part ui_photo_cover(const struct ui_photo *p, int w, int h)
{
	struct ui_part part = {.from = {0, 0, p->px.w, p->px.h}};
	if ((int64_t)p->px.w * h > (int64_t)p->px.h * w) {
		part.from.w = (int)((int64_t)p->px.h * w / h);
		part.from.x = (p->px.w - part.from.w) / 2;
	} else {
		part.from.h = (int)((int64_t)p->px.w * h / w);
		part.from.y = (p->px.h - part.from.h) / 2;
	}
	if (part.from.w < 1)
		part.from.w = 1;
	if (part.from.h < 1)
		part.from.h = 1;
	return part;
}

enum ui_err ui_photo_shrink(struct ui_photo *p, int w, int h)
{
	if (w < 1 || h < 1 || w >= p->px.w || h >= p->px.h)
		return UI_OK;
	/* The side that is short decides, so that the other still covers. */
	if ((int64_t)p->px.w * h > (int64_t)p->px.h * w)
		w = (int)((int64_t)p->px.w * h / p->px.h);
	else
		h = (int)((int64_t)p->px.h * w / p->px.w);
	size_t pixels = (size_t)w * (size_t)h;
	uint32_t *px = malloc(pixels * sizeof *px);
	uint8_t *rgb = malloc(pixels * 3);
	if (px == NULL || rgb == NULL) {
		free(px);
		free(rgb);
		return UI_ERR_FULL;
	}
	struct ui_canvas c = {.px = px, .w = w, .h = h, .pitch = w, .clip = {0, 0, w, h}};
	ui_canvas_photo(&c, c.clip, &p->px, (struct ui_part){.from = {0, 0, p->px.w, p->px.h}});
	for (size_t i = 0; i < pixels; i++) {
		rgb[3 * i] = (uint8_t)(px[i] >> 16);
		rgb[3 * i + 1] = (uint8_t)(px[i] >> 8);
		rgb[3 * i + 2] = (uint8_t)px[i];
	}
	free(px);
	SDL_FreeSurface(p->surface);
	free(p->own);
	p->surface = NULL;
	p->own = rgb;
	p->px = (struct ui_pixels){rgb, w, h, w * 3};
	return UI_OK;
}

enum ui_err ui_photo_get(const char *key, size_t len, struct ui_pixels *out)
{
	for (size_t i = 0; i < UI_PHOTOS; i++) {
		const struct ui_photo *p = open_photos.at[i];
		if (p != NULL && strlen(p->key) == len && memcmp(p->key, key, len) == 0) {
			*out = p->px;
			return UI_OK;
		}
	}
	return UI_ERR_MISSING;
}
