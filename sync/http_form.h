/* http_form.h - what a browser's form sends: application/x-www-form-urlencoded and
 * multipart/form-data (RFC 7578), read strictly from bytes already in memory.
 *
 * A pure function over outside bytes. Values are pointer and length into the body (multipart) or
 * into `room` (urlencoded, decoded); they may hold any byte. ERR_CORRUPT for anything malformed,
 * too many fields, too long names. */
#pragma once
#include "sync/err.h"

#include <stddef.h>

enum { FORM_FIELDS_MAX = 128, FORM_NAME_MAX = 64, FORM_FILE_NAME_MAX = 255 };

struct form_field {
	char name[FORM_NAME_MAX + 1];
	char file_name[FORM_FILE_NAME_MAX + 1]; /* "" when it is no file; for showing only */
	const unsigned char *value;
	size_t len;
};
struct form {
	size_t count;
	struct form_field field[FORM_FIELDS_MAX];
};

/* `room` holds at least `len` bytes and outlives the form. */
sync_must_use enum sync_err form_read(const char *content_type, const void *body, size_t len,
				      unsigned char *room, struct form *out);
/* NULL when there is none. */
const struct form_field *form_find(const struct form *f, const char *name);
