/* speech.h - an item of a page as words to be said, and said by a voice. */
#pragma once
#include "app/kiosk/packs.h"
#include "app/kiosk/words.h"
#include "app/village/pronounce.h"
#include "ui/outline.h"
#include "ui/voice.h"

/* The page in the list as items. */
void speech_outline(const struct ui *u, struct ui_outline *out);

/* Appends what a person would say of the item: lines with pauses between, seals as 收入 and 支出
 * (not where a signed amount says it already), 万元 carried from a heading to its numbers, icons
 * without words by their name. */
void speech_words(enum language lang, const struct ui_outline *o, const struct ui_item *item,
		  struct buf *out);
/* The first line of it, as it stands on the page: a heading. */
void speech_heading(enum language lang, const struct ui_outline *o, const struct ui_item *item,
		    char *out, size_t size);
/* Gives words to the voice: characters as Pinyin or as recordings, English in English. */
struct speech_road {
	struct ui_voice *voice;
	const struct pronounce *pronounce;
	const struct pack *pack; /* of recordings; NULL: none */
};
void speech_say(const struct speech_road *r, enum language lang, const char *words, size_t len);
