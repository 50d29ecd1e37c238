/* difference.h - what changes between two versions of a sheet, row by row. */
#pragma once
#include "app/base/err.h"

#include <stddef.h>

enum difference { ROW_ADDED, ROW_CHANGED, ROW_REMOVED };

struct difference_reader {
	/* The side that is not there is NULL. Lines come without their line feed, in order of id.
	 * Anything but OK ends the reading and is passed on. */
	enum err (*row)(void *self, enum difference kind, const char *before, size_t before_len,
			const char *after, size_t after_len);
	void *self;
};
/* Both are JSON lines ordered by id (record.h). ERR_CORRUPT when a line has no id. */
must_use enum err difference_read(const void *before, size_t before_len, const void *after,
				  size_t after_len, const struct difference_reader *reader);
