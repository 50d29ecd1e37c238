/* intake_page.h - one uploaded photo, scan or PDF through elutong-intake, as clean pages. */
#pragma once
#include "app/village/picture.h"

enum { INTAKE_PAGES_ROOM = PICTURE_OUT_MAX + 65536 };

/* The pages stand in `hold`, which the caller began with buf_init(hold, INTAKE_PAGES_ROOM) and
 * ends. `boxes` (picture.h) are burnt into a picture; NULL: none. ERR_REFUSED: it refused, or the
 * file was its end; the sentence is in out->refused. Others as intake_read. */
must_use enum err intake_pages(const char *programs, const void *bytes, size_t len,
			       const char *boxes, struct buf *hold, struct picture_pages *out);
/* A page as it came from there, turned to the right by a quarter. */
must_use enum err intake_turn(const char *programs, const void *bytes, size_t len, struct buf *hold,
			      struct picture_pages *out);
