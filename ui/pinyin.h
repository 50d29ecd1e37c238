/* pinyin.h - letters to Chinese words, by libpinyin; never learns.
 *
 * Nothing is trained or saved: what one person typed cannot show in the candidates of the next. Own
 * words (places, programmes) are added at start and come first. n/l and zh/z, ch/c, sh/s may be
 * taken as the same. */
#pragma once
#include "ui/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ui_pinyin;

struct ui_pinyin_word {
	const char *word, *reading; /* "戈白克", "ge'bai'ke" */
};

/* `scratch` is a folder libpinyin may look for user files in; nothing is written there. NULL *out
 * and UI_ERR_MISSING when the dictionary is not installed. */
ui_must_use enum ui_err ui_pinyin_open(const char *scratch, const struct ui_pinyin_word *own,
				       size_t count, struct ui_pinyin **out);
void ui_pinyin_close(struct ui_pinyin *p); /* NULL is fine */

/* Letters a-z and ' so far. Gives the number of candidates. */
size_t ui_pinyin_set(struct ui_pinyin *p, const char *letters);
/* Candidate i, "" past the end; lives until the next set. */
const char *ui_pinyin_candidate(const struct ui_pinyin *p, size_t i);
/* How many of the letters candidate i uses up. */
size_t ui_pinyin_uses(const struct ui_pinyin *p, size_t i);
/* The letters with ' between syllables, as shown while composing. */
const char *ui_pinyin_split(const struct ui_pinyin *p);
/* Overwrites what was typed. */
void ui_pinyin_forget(struct ui_pinyin *p);
/* With which letters each character of a text may begin: bit 0 is a, 0 where a character has no
 * reading. Gives the number of characters, at most `room`. */
size_t ui_pinyin_initials(struct ui_pinyin *p, const char *text, uint32_t *out, size_t room);
