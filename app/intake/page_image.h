/* page_image.h - a JPEG or PNG of outside into upright pixels no larger than a page needs. */
#pragma once
#include "app/intake/page.h"
#include "app/intake/raster.h"

/* `bytes` begins as page_kind found it. On PAGE_FINE *out is freed by raster_free; its longer side
 * is at most PAGE_SIDE_MAX. */
enum page_fault page_image_read(const void *bytes, size_t len, struct raster *out);
