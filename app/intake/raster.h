/* raster.h - pixels between the library that read them and the JPEG that is made of them. */
#pragma once
#include "app/base/buf.h"
#include "app/village/picture.h"

enum {
	RASTER_PIXELS_MAX =
		80 << 20, /* of what a file says it holds; beyond it nothing is decoded */
	RASTER_SIDE_MAX = 30000
};

struct raster {
	int width, height;
	unsigned char *rgb; /* three bytes a pixel, no padding; freed by raster_free */
};
must_use enum err raster_make(int width, int height, struct raster *out); /* ERR_FULL */
void raster_free(struct raster *r);
bool raster_size_sane(int64_t width, int64_t height);

/* Shrinks to a longer side of `side`, by the mean of what each pixel covers; never enlarges. */
must_use enum err raster_shrink(struct raster *r, int side);
/* Upright, by the eight orientations of EXIF 2.3 (tag 0x0112); others change nothing. */
must_use enum err raster_turn(struct raster *r, int orientation);
/* Every pixel the box touches turns black. */
void raster_box(struct raster *r, const struct picture_box *box);
/* A baseline JPEG of at most PAGE_BYTES_MAX with nothing in it but the picture: of lower quality
 * and then smaller until it fits. */
must_use enum err raster_write(struct raster *r, struct buf *out);

/* The orientation that EXIF bytes ("II*\0..." or "MM\0*...") name; 1 when they name none. */
int exif_orientation(const unsigned char *tiff, size_t len);
