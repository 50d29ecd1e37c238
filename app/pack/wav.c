#include "app/pack/wav.h"

#include <stdbool.h>
#include <string.h>

enum { RATE_LEAST = 8000, RATE_MOST = 96000, FORMAT_PCM = 1, FORMAT_EXTENDED = 0xfffe };

static uint32_t u16(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t u32(const unsigned char *p)
{
	return u16(p) | u16(p + 2) << 16;
}

static enum err refused(const char **why, const char *what)
{
	*why = what;
	return ERR_REFUSED;
}

static enum err take_format(const unsigned char *p, size_t len, struct wav *out, const char **why)
{
	if (len < 16) {
		*why = "its format is cut off";
		return ERR_CORRUPT;
	}
	uint32_t format = u16(p), channels = u16(p + 2), rate = u32(p + 4), bits = u16(p + 14);
	if ((format != FORMAT_PCM && format != FORMAT_EXTENDED) || bits != 16)
		return refused(why, "save it as WAV with 16 bits a sample");
	if (channels < 1 || channels > 2)
		return refused(why, "save it with one or two channels");
	if (rate < RATE_LEAST || rate > RATE_MOST)
		return refused(why, "save it with 8,000 to 96,000 samples a second");
	out->channels = (int)channels;
	out->rate = (int)rate;
	return OK;
}

enum err wav_read(const unsigned char *bytes, size_t len, struct wav *out, const char **why)
{
	*out = (struct wav){0};
	*why = "it is no WAV file";
	if (len < 12 || len > WAV_BYTES || memcmp(bytes, "RIFF", 4) != 0 ||
	    memcmp(bytes + 8, "WAVE", 4) != 0)
		return ERR_CORRUPT;
	for (size_t at = 12; len - at >= 8;) {
		const unsigned char *part = bytes + at;
		size_t size = u32(part + 4), left = len - at - 8;
		bool data = memcmp(part, "data", 4) == 0;
		/* A recorder that was stopped hard leaves a wrong length behind. */
		if (size > left && !data)
			break;
		size = size > left ? left : size;
		if (memcmp(part, "fmt ", 4) == 0) {
			enum err e = take_format(part + 8, size, out, why);
			if (e != OK)
				return e;
		} else if (data && out->rate > 0) {
			out->samples = part + 8;
			out->frames = size / 2 / (size_t)out->channels;
			if (out->frames > (size_t)out->rate * WAV_SECONDS)
				return refused(why, "it is longer than 30 seconds");
			return OK;
		}
		at += 8 + size;
		at += (size & 1) != 0 && at < len; /* parts begin at even places */
	}
	*why = "there is no sound in it";
	return ERR_CORRUPT;
}
