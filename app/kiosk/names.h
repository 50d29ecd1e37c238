/* names.h - the names of this township's places and programmes, found by their first letters: dxc
 * is 大新村.
 *
 * Made once for a set of settings; the letters come from the keyboard's dictionary, every reading
 * of a character counts. Nothing is learned from what is typed. */
#pragma once
#include "app/village/catalogue.h"
#include "app/village/query.h"
#include "app/village/settings.h"
#include "ui/pinyin.h"

enum { NAMES_MAX = 240, NAME_CHARS = 10 };

struct name {
	char text[PLACE_NAME_MAX + 1];
	char place[PLACE_ID_MAX + 1]; /* "" when it is no place */
	uint32_t letters[NAME_CHARS];
	size_t chars;
};

struct names;
/* Villages of the township of `home`, its own groups, kinds of money and of records, and `words`
 * (NULL ends). `p` may be NULL: then only whole names are known. */
must_use enum err names_open(const struct settings *s, const struct catalogue *c, const char *home,
			     const char *const *words, struct ui_pinyin *p, struct names **out);
void names_close(struct names *n); /* NULL is fine */

/* Names these letters may stand for, those of just as many characters first, places first. */
size_t names_by_letters(const struct names *n, const char *letters,
			const struct name *out[QUERY_NAMES]);
/* Places called so, with or without 村 or 社区. */
size_t names_by_text(const struct names *n, const char *text, const struct name *out[QUERY_NAMES]);
