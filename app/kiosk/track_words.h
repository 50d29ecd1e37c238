/* track_words.h - the picker of the five words: how the first character sounds, by initial, then by
 * syllable, then one of at most twelve words. Three touches, no typing; one page for each, so that
 * every key is at least 88 high in every text size. */
#pragma once
#include "app/kiosk/kiosk.h"

/* The five places; a touch chooses the one to fill. */
void track_words_places(struct kiosk *k, struct ui *u, struct ui_rect r);
/* The pages for the place being filled (track.slot >= 0). */
void track_words_picker(struct kiosk *k, struct ui *u, struct ui_rect area);
