/* row_read.h - a row of any template as one sentence to be heard: the catalogue's `read`, filled
 * in.
 *
 * A clause whose field is empty is left out. Of a long text a list says the first sentence; the
 * row's own page has title and long texts read whole, so its sentence leaves them out. */
#pragma once
#include "app/base/buf.h"
#include "app/kiosk/kiosk.h"

enum row_place { ROW_IN_LIST, ROW_ON_PAGE };

/* Appends the sentence. False, and nothing appended, when the template has none. */
bool row_read(const struct kiosk *k, const struct catalogue_template *t, const struct record *r,
	      enum row_place place, struct buf *out);
/* Says the sentence for what stands in `rect`, and then `more` ("" : nothing). Without a sentence
 * the texts speak for themselves. */
void row_note(struct kiosk *k, struct ui_rect rect, const struct catalogue_template *t,
	      const struct record *r, enum row_place place, const char *more);
