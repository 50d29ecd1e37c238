#include "app/intake/raster.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

bool raster_size_sane(int64_t width, int64_t height)
{
	return width > 0 && height > 0 && width <= RASTER_SIDE_MAX && height <= RASTER_SIDE_MAX &&
	       width * height <= RASTER_PIXELS_MAX;
}

enum err raster_make(int width, int height, struct raster *out)
{
	*out = (struct raster){.width = width, .height = height};
	if (raster_size_sane(width, height))
		out->rgb = calloc((size_t)width * (size_t)height, 3);
	return out->rgb == NULL ? ERR_FULL : OK;
}

void raster_free(struct raster *r)
{
	free(r->rgb);
	*r = (struct raster){0};
}

static void replace(struct raster *r, const struct raster *by)
{
	free(r->rgb);
	*r = *by;
}

/* --- size --- */

/* The mean of the pixels [x0, x1) x [y0, y1). */
static void mean_of(const struct raster *r, int x0, int x1, int y0, int y1, unsigned char out[3])
{
	uint64_t sum[3] = {0}, count = (uint64_t)(x1 - x0) * (uint64_t)(y1 - y0);
	for (int y = y0; y < y1; y++) {
		const unsigned char *p = r->rgb + 3 * ((size_t)y * (size_t)r->width + (size_t)x0);
		for (int x = x0; x < x1; x++, p += 3)
			for (int c = 0; c < 3; c++)
				sum[c] += p[c];
	}
	for (int c = 0; c < 3; c++)
		out[c] = (unsigned char)((sum[c] + count / 2) / count);
}

enum err raster_shrink(struct raster *r, int side)
{
	struct raster small;
	int longer = r->width > r->height ? r->width : r->height;
	if (longer <= side)
		return OK;
	int64_t width = (int64_t)r->width * side / longer,
		height = (int64_t)r->height * side / longer;
	enum err e = raster_make(width > 0 ? (int)width : 1, height > 0 ? (int)height : 1, &small);
	if (e != OK)
		return e;
	unsigned char *to = small.rgb;
	for (int64_t y = 0; y < small.height; y++) {
		int y0 = (int)(y * r->height / small.height);
		int y1 = (int)((y + 1) * r->height / small.height);
		for (int64_t x = 0; x < small.width; x++, to += 3) {
			int x0 = (int)(x * r->width / small.width);
			int x1 = (int)((x + 1) * r->width / small.width);
			mean_of(r, x0, x1, y0, y1, to);
		}
	}
	replace(r, &small);
	return OK;
}

/* --- upright --- */

/* Where the pixel (x, y) of the upright picture lies in the one that was stored. */
static void stored_at(const struct raster *r, int orientation, int x, int y, int *sx, int *sy)
{
	bool across = orientation >= 5;
	int right = r->width - 1, bottom = r->height - 1;
	*sx = across ? y : x;
	*sy = across ? x : y;
	if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
		*sx = right - *sx;
	if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
		*sy = bottom - *sy;
}

enum err raster_turn(struct raster *r, int orientation)
{
	struct raster upright;
	if (orientation < 2 || orientation > 8)
		return OK;
	bool across = orientation >= 5;
	enum err e =
		raster_make(across ? r->height : r->width, across ? r->width : r->height, &upright);
	if (e != OK)
		return e;
	unsigned char *to = upright.rgb;
	for (int y = 0; y < upright.height; y++)
		for (int x = 0; x < upright.width; x++, to += 3) {
			int sx, sy;
			stored_at(r, orientation, x, y, &sx, &sy);
			memcpy(to, r->rgb + 3 * ((size_t)sy * (size_t)r->width + (size_t)sx), 3);
		}
	replace(r, &upright);
	return OK;
}

static unsigned number_at(const unsigned char *p, int bytes, bool little)
{
	unsigned v = 0;
	for (int i = 0; i < bytes; i++)
		v = v << 8 | p[little ? bytes - 1 - i : i];
	return v;
}

int exif_orientation(const unsigned char *tiff, size_t len)
{
	enum { TAG = 0x0112, ENTRY = 12, SHORT = 3 };
	if (len < 8 || (memcmp(tiff, "II*\0", 4) != 0 && memcmp(tiff, "MM\0*", 4) != 0))
		return 1;
	bool little = tiff[0] == 'I';
	size_t at = number_at(tiff + 4, 4, little);
	if (at > len - 2)
		return 1;
	unsigned entries = number_at(tiff + at, 2, little);
	at += 2;
	for (unsigned i = 0; i < entries && len - at >= ENTRY; i++, at += ENTRY) {
		if (number_at(tiff + at, 2, little) != TAG)
			continue;
		unsigned v = number_at(tiff + at + 8, 2, little);
		return number_at(tiff + at + 2, 2, little) == SHORT && v >= 1 && v <= 8 ? (int)v
											: 1;
	}
	return 1;
}

/* --- boxes --- */

void raster_box(struct raster *r, const struct picture_box *b)
{
	/* A pixel that is touched is covered whole. */
	int left = b->left * r->width / 1000, top = b->top * r->height / 1000;
	int right = ((b->left + b->width) * r->width + 999) / 1000;
	int bottom = ((b->top + b->height) * r->height + 999) / 1000;
	for (int y = top; y < bottom && y < r->height; y++)
		memset(r->rgb + 3 * ((size_t)y * (size_t)r->width + (size_t)left), 0,
		       3 * (size_t)((right < r->width ? right : r->width) - left));
}

/* --- writing --- */

struct writing {
	struct jpeg_compress_struct c;
	struct jpeg_error_mgr says;
	jmp_buf out;
	unsigned char *bytes;
	unsigned long len;
	enum err result;
};

static void give_up(j_common_ptr c)
{
	longjmp(((struct writing *)c->client_data)->out, 1);
}

static void say_nothing(j_common_ptr c)
{
	(void)c;
}

static void compress(struct writing *w, struct raster *r, int quality)
{
	jpeg_create_compress(&w->c);
	jpeg_mem_dest(&w->c, &w->bytes, &w->len);
	w->c.image_width = (JDIMENSION)r->width;
	w->c.image_height = (JDIMENSION)r->height;
	w->c.input_components = 3;
	w->c.in_color_space = JCS_RGB;
	jpeg_set_defaults(&w->c);
	jpeg_set_quality(&w->c, quality, TRUE);
	w->c.optimize_coding = TRUE;
	jpeg_start_compress(&w->c, TRUE);
	while (w->c.next_scanline < w->c.image_height) {
		JSAMPROW row = r->rgb + 3 * (size_t)w->c.next_scanline * (size_t)r->width;
		jpeg_write_scanlines(&w->c, &row, 1);
	}
	jpeg_finish_compress(&w->c);
}

/* ERR_REFUSED: longer than a page may be. */
static enum err write_once(struct raster *r, int quality, struct buf *out)
{
	struct writing w = {.result = ERR_FULL};
	w.c.err = jpeg_std_error(&w.says);
	w.says.error_exit = give_up;
	w.says.output_message = say_nothing;
	w.c.client_data = &w;
	if (setjmp(w.out) == 0) {
		compress(&w, r, quality);
		w.result = w.len > PAGE_BYTES_MAX ? ERR_REFUSED : OK;
	}
	if (w.result == OK) {
		buf_add(out, w.bytes, w.len);
		w.result = buf_end(out);
	}
	jpeg_destroy_compress(&w.c);
	free(w.bytes);
	return w.result;
}

enum err raster_write(struct raster *r, struct buf *out)
{
	static const int quality[] = {84, 70, 50};
	enum err e = raster_shrink(r, PAGE_SIDE_MAX);
	while (e == OK) {
		for (size_t i = 0; i < sizeof quality / sizeof quality[0]; i++) {
			e = write_once(r, quality[i], out);
			if (e != ERR_REFUSED)
				return e;
		}
		int longer = r->width > r->height ? r->width : r->height;
		e = raster_shrink(r, longer * 3 / 4);
	}
	return e;
}
