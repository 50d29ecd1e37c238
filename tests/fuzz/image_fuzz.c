/* image_fuzz.c - any bytes as an uploaded photo, as a photo to be boxed, as what the reader of
 * photos writes. Whatever comes out is a page that picture.h calls fit, or a refusal. */
#include "app/intake/page.h"
#include "app/village/picture.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct picture_pages pages;

static void look(const struct buf *out)
{
	enum err e = picture_pages_read(out->p, out->len, &pages);
	if (e != OK && e != ERR_REFUSED)
		abort();
	if (e == OK && pages.count != 1)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf out;
	struct picture_box box[PICTURE_BOXES_MAX];
	char text[PICTURE_BOXES_TEXT], again[PICTURE_BOXES_TEXT];
	size_t count;
	int width, height;
	buf_init(&out, PICTURE_OUT_MAX);
	page_picture(data, size, &out);
	look(&out);
	if (pages.count == 1) {
		buf_clear(&out);
		page_boxed(data, size, "0 0 500 500;990 990 10 10", &out);
		look(&out);
	}
	(void)!picture_fit(data, size, &width, &height);
	(void)!picture_pages_read(data, size, &pages);
	if (size < sizeof text) {
		memcpy(text, data, size);
		text[size] = 0;
		if (picture_boxes_read(text, box, &count)) {
			picture_boxes_write(box, count, again);
			if (!picture_boxes_read(again, box, &count))
				abort();
		}
	}
	buf_free(&out);
	return 0;
}
