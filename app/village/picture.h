/* picture.h - a picture fit to be made public, and what the confined reader of pictures tells the
 * server.
 *
 * Fit is: a baseline JPEG of one scan with nothing in it but the picture. No EXIF, no colour
 * profile, no comment, no thumbnail, no byte behind its end; at most PAGE_BYTES_MAX long, its
 * longer side at most PAGE_SIDE_MAX. The walk over its markers decodes nothing.
 *
 * The reader writes, for one file:
 *   page 31234\n<31234 bytes>   for every page
 *   end 2\n                     after the last: so many pages were written
 *   refused 这是...\n            instead of everything else
 * It may have been taken over by the file, so every page is looked at again here. */
#pragma once
#include "app/base/buf.h"
#include "app/village/record.h"

enum { PICTURE_PAGES_MAX = 20, PICTURE_WORDS_MAX = 400, PICTURE_FILE_MAX = 20 << 20 };

/* ERR_CORRUPT: not fit. The size is in pixels. */
must_use enum err picture_fit(const void *bytes, size_t len, int *width, int *height);

void picture_page_put(struct buf *out, const void *jpeg, size_t len);
void picture_end_put(struct buf *out, size_t pages);
void picture_refused_put(struct buf *out, const char *words);

enum { PICTURE_OUT_MAX = PICTURE_PAGES_MAX * (PAGE_BYTES_MAX + 32) + 64 };
struct picture_pages {
	size_t count;
	struct picture_page {
		const unsigned char *bytes; /* borrowed from what was read */
		size_t len;
		int width, height;
	} page[PICTURE_PAGES_MAX];
	char refused[PICTURE_WORDS_MAX]; /* the reader's sentence; "" when there are pages */
};
/* ERR_REFUSED: the sentence is in out->refused. ERR_CORRUPT when it is not what a reader writes. */
must_use enum err picture_pages_read(const void *bytes, size_t len, struct picture_pages *out);

/* A black box over a page, in thousandths of its width and height. */
struct picture_box {
	int left, top, width, height;
};
enum { PICTURE_BOXES_MAX = 24, PICTURE_BOXES_TEXT = PICTURE_BOXES_MAX * 20 + 1 };
/* "120 30 200 45;..." and back; "" is none. False when one lies outside the page or there are too
 * many. */
void picture_boxes_write(const struct picture_box *box, size_t count, char out[PICTURE_BOXES_TEXT]);
bool picture_boxes_read(const char *text, struct picture_box box[PICTURE_BOXES_MAX], size_t *count);
