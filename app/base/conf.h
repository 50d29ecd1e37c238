/* conf.h - "name = value" lines, # for remarks; what a technician may edit by hand. */
#pragma once
#include "app/base/err.h"

struct conf;

/* ERR_MISSING without the file, ERR_CORRUPT with a line that is neither (logged with its number),
 * ERR_FULL above 64 KiB. *out is ended with conf_close. */
must_use enum err conf_open(const char *path, struct conf **out);
void conf_close(struct conf *c); /* NULL is fine */

/* The value, or `otherwise` when the name is not there. Lives as long as the conf; a NULL conf
 * knows nothing. */
const char *conf_get(const struct conf *c, const char *name, const char *otherwise);
