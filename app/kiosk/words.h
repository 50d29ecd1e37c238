/* words.h - every sentence on the screen, in every language.
 *
 * They stand in assets/words, a gettext catalogue for each language, one msgid a sentence; {name}
 * marks what is filled in. The build makes one table of them, so nothing is read at run time.
 * A villager never reads a code: what went wrong is said here, and what to do. */
#pragma once
#include <stddef.h>

enum word {
#define WORD(name, zh, en) W_##name,
#include "app/kiosk/words_table.inc"
#undef WORD
	WORD_COUNT
};

enum language { LANG_ZH, LANG_EN, LANG_COUNT };

/* The sentence as it stands. */
const char *words_get(enum language lang, enum word w);

struct word_arg {
	const char *name, *value;
};
/* Fills {name}s; at most WORD_ARGS of them, the list ends with {NULL, NULL}. The text lives until
 * the WORD_ROOM-th next call (a frame uses far fewer). */
enum { WORD_ARGS = 8, WORD_ROOM = 96, WORD_BYTES = 1024 };
const char *words_fill(enum language lang, enum word w, const struct word_arg *args);

/* Forgets all filled texts: some hold what a resident saw. */
void words_wipe(void);

/* Days and months as people say them: "11 月 20 日", "Nov 20". In the same short-lived room. */
const char *words_day(enum language lang, int day /* yyyymmdd */);
const char *words_month(enum language lang, int month);
const char *words_weekday(enum language lang, int weekday /* 0 is Sunday */);
const char *words_number(long long n);
