/* photo.h - pictures that are not the program's own: a JPEG decoded under limits, drawn by key.
 *
 * A decoded picture takes three bytes a pixel, 12 MB at 2000 x 2000; there are few places, so that
 * nobody keeps many by accident. The key names the content and goes into the list: what is drawn
 * is compared and printed without its pixels. */
#pragma once
#include "ui/canvas.h"
#include "ui/err.h"

#include <stddef.h>

enum { UI_PHOTOS = 12, UI_PHOTO_KEY = 16, UI_PHOTO_SIDE_MAX = 2000, UI_PHOTO_BYTES_MAX = 1 << 20 };

struct ui_photo;

/* Size of a JPEG by its markers; nothing is decoded. UI_ERR_CORRUPT when it is not one of eight
 * bits in one pass over grey or colour, is longer than UI_PHOTO_BYTES_MAX, or a side is longer than
 * UI_PHOTO_SIDE_MAX: what is small as a file may ask for gigabytes, or for hours of passes. */
ui_must_use enum ui_err ui_photo_measure(const void *jpeg, size_t len, int *w, int *h);

/* `key` is at most UI_PHOTO_KEY characters. UI_ERR_CORRUPT: as ui_photo_measure, or it cannot be
 * decoded; UI_ERR_FULL: no place or no memory. */
ui_must_use enum ui_err ui_photo_open(const char *key, const void *jpeg, size_t len,
				      struct ui_photo **out);
void ui_photo_close(struct ui_photo *p); /* NULL is fine */
void ui_photo_size(const struct ui_photo *p, int *w, int *h);
const char *ui_photo_key(const struct ui_photo *p);
/* Makes it smaller, so that it just covers w x h; the large one is forgotten. UI_ERR_FULL. */
ui_must_use enum ui_err ui_photo_shrink(struct ui_photo *p, int w, int h);
/* The part that fills w x h without bending, cut evenly on both sides. */
struct ui_part ui_photo_cover(const struct ui_photo *p, int w, int h);

/* For paint.c. UI_ERR_MISSING. */
ui_must_use enum ui_err ui_photo_get(const char *key, size_t key_len, struct ui_pixels *out);
