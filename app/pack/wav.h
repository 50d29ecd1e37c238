/* wav.h - a recording as a telephone or a computer saves it: RIFF WAVE, 16 bits a sample.
 *
 * Reads what stands in memory and gives back where in it the samples lie. Mono or stereo, 8,000 to
 * 96,000 samples a second, at most WAV_SECONDS; everything else is refused with the reason. */
#pragma once
#include "app/base/err.h"

#include <stddef.h>
#include <stdint.h>

enum { WAV_SECONDS = 30, WAV_BYTES = 16 * 1024 * 1024 };

struct wav {
	const unsigned char *samples; /* little-endian, channels interleaved; in the bytes given */
	size_t frames;                /* samples of each channel */
	int channels, rate;
};

/* ERR_CORRUPT: no such file, or damaged; ERR_REFUSED: another kind of sound, or too long. *why: a
 * sentence for a technician. */
must_use enum err wav_read(const unsigned char *bytes, size_t len, struct wav *out,
			   const char **why);
