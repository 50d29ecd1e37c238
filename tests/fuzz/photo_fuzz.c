/* photo_fuzz.c - any bytes as a picture a row names. What is let through to the decoder is small
 * and of one pass, and is of the size that was measured or none. */
#include "ui/photo.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { DECODED_MAX = 1 << 16 };
	int w, h, seen_w, seen_h;
	struct ui_photo *p;
	if (ui_photo_measure(data, size, &w, &h) != UI_OK)
		return 0;
	if (w < 1 || h < 1 || w > UI_PHOTO_SIDE_MAX || h > UI_PHOTO_SIDE_MAX)
		abort();
	if (w * h > DECODED_MAX || ui_photo_open("fuzz", data, size, &p) != UI_OK)
		return 0;
	ui_photo_size(p, &seen_w, &seen_h);
	if (seen_w != w || seen_h != h)
		abort();
	struct ui_part part = ui_photo_cover(p, 1 + data[size - 1], 1 + data[size / 2]);
	if (part.from.x < 0 || part.from.y < 0 || part.from.x + part.from.w > w ||
	    part.from.y + part.from.h > h)
		abort();
	if (ui_photo_shrink(p, 1 + data[size / 3] % 64, 1 + data[size / 4] % 64) != UI_OK)
		abort();
	ui_photo_close(p);
	return 0;
}
