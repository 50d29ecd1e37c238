/* wav_fuzz.c - any bytes as a recording for a pack: what is taken lies within them. */
#include "app/pack/wav.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wav w;
	const char *why = NULL;
	if (wav_read(data, size, &w, &why) != OK) {
		if (why == NULL || strlen(why) == 0)
			abort();
		return 0;
	}
	if (w.channels < 1 || w.channels > 2 || w.rate < 8000 || w.rate > 96000 ||
	    w.samples < data || w.samples + w.frames * 2 * (size_t)w.channels > data + size ||
	    w.frames > (size_t)w.rate * WAV_SECONDS)
		abort();
	return 0;
}
