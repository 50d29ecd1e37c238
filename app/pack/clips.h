/* clips.h - elutong-pack clips: the list of what is to be recorded, and a pack of what was.
 *
 * The list holds every fixed sentence of the screens, phrase by phrase, what the catalogue calls
 * things, numbers, months, days and years, and the names of places; each line a sum and its words.
 * A speaker saves each as SUM.wav. The pack is a bundle (bundle.h) with clips/LANGUAGE/about.txt
 * and clips/LANGUAGE/SUM.opus in it: standard tools list, sign (minisign) and unpack it, into
 * assets/speech of a release. */
#pragma once
#include "app/base/err.h"

struct clips_options {
	const char *assets;
	const char *data; /* a kiosk's data folder, for its places; NULL: without names of places */
	const char *wav;  /* folder of recordings; NULL: the list is printed */
	const char *language, *name, *chinese, *out;
};

must_use enum err clips_make(const struct clips_options *o);
