/* track_words.h - the picker of the five words: how the first character sounds, by initial and
 * syllable, then one of at most twelve words. Two touches and a third, no typing. */
#pragma once
#include "app/kiosk/kiosk.h"

/* The five places, and the picker below them when `picking`. */
void track_words(struct kiosk *k, struct ui *u, struct ui_rect area, bool picking);
