/* pages.h - the pictures some of the demo's rows carry: assets/demo/registers/PLACE/TEMPLATE.pages
 * (or TEMPLATE.PERIOD.pages) names rows by the beginning of their title, assets/demo/pictures holds
 * the files. */
#pragma once
#include "app/pack/rows.h"

struct catalogue;

/* Where the bytes go before the rows that name them are signed. */
struct pages_keeper {
	enum err (*keep)(void *self, const struct hash *which, const void *bytes, size_t len);
	void *self;
};

/* Puts onto the rows of these sheets what is named for them; only the first row of each beginning
 * gets it. A place without such files stays as it is. ERR_CORRUPT with the reason in the log. */
must_use enum err pages_add(const char *assets, const struct catalogue *c, const char *place,
			    struct sheets *m, const struct pages_keeper *keeper);
