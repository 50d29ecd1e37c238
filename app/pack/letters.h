/* letters.h - invented letters into a demo kiosk's queue: for measuring and for tests of delivery.
 * Only under the demo root; each id is printed when its parcel is durable. */
#pragma once
#include "app/base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct letters_options {
	const char *data;
	size_t count;
	bool quiet; /* do not print ids */
};
/* ERR_REFUSED: not a demo kiosk. ERR_MISSING: it has no settings yet. */
must_use enum err letters_make(const struct letters_options *o);
