#include "ui/png_file.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE_MAX = 8192 };

enum ui_err ui_png_write(const char *path, const uint32_t *px, int w, int h, int pitch)
{
	png_image image = {.version = PNG_IMAGE_VERSION,
			   .width = (png_uint_32)w,
			   .height = (png_uint_32)h,
			   .format = PNG_FORMAT_RGB,
			   .flags = PNG_IMAGE_FLAG_FAST};
	uint8_t *rgb = malloc((size_t)w * (size_t)h * 3);
	if (rgb == NULL)
		return UI_ERR_FULL;
	uint8_t *to = rgb;
	for (int y = 0; y < h; y++) {
		const uint32_t *row = px + (ptrdiff_t)y * (pitch / 4);
		for (int x = 0; x < w; x++, to += 3) {
			to[0] = (uint8_t)(row[x] >> 16);
			to[1] = (uint8_t)(row[x] >> 8);
			to[2] = (uint8_t)row[x];
		}
	}
	int done = png_image_write_to_file(&image, path, 0, rgb, 0, NULL);
	free(rgb);
	return done ? UI_OK : UI_ERR_IO;
}

enum ui_err ui_png_read(const char *path, uint32_t **px, int *w, int *h)
{
	png_image image = {.version = PNG_IMAGE_VERSION};
	*px = NULL;
	if (!png_image_begin_read_from_file(&image, path))
		return UI_ERR_MISSING;
	image.format = PNG_FORMAT_BGRA;
	if (image.width > SIDE_MAX || image.height > SIDE_MAX) {
		png_image_free(&image);
		return UI_ERR_CORRUPT;
	}
	uint32_t *out = calloc((size_t)image.width * image.height + 1, sizeof *out);
	if (out == NULL || !png_image_finish_read(&image, NULL, out, 0, NULL)) {
		png_image_free(&image);
		free(out);
		return UI_ERR_CORRUPT;
	}
	for (size_t i = 0; i < (size_t)image.width * image.height; i++)
		out[i] &= 0xffffff;
	*px = out;
	*w = (int)image.width;
	*h = (int)image.height;
	return UI_OK;
}
