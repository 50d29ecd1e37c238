#include "ui/voice.h"

#include <SDL2/SDL.h>
#include <espeak-ng/speak_lib.h>
#include <opus/opusfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
	SLICES_MAX = 512,
	SLICE_SYLLABLES = 14,
	SLICE_BYTES = 160,
	AHEAD_MS = 700, /* how much may be queued before more is made */
	COMMA_MS = 130,
	STOP_MS = 320,
	DEVICE_SAMPLES = 1024,
	LOUDEST = 200,
	CLIP_RATE = 48000, /* what Opus decodes to */
	CLIP_STEP_MS = 200,
	CLIP_BYTES = 1024 * 1024
};

struct slice {
	uint32_t at, len;
	const char *folder; /* of a recording, its text being what is said without it */
	uint32_t file_at;
	uint16_t pause_ms; /* behind it */
	uint8_t tongue;
};

struct ui_voice {
	SDL_AudioDeviceID device;
	bool playing, mute; /* mute: the device was there and could not be opened */
	int tongue;         /* loaded; -1 none */
	enum ui_voice_speed speed;
	int volume;
	struct slice slice[SLICES_MAX];
	size_t slices, next;
	char text[UI_VOICE_TEXT];
	size_t used;
	uint64_t made;
	int peak;
	char phonemes[512];
	/* the recording being played */
	OggOpusFile *file;
	SDL_AudioStream *stream; /* from Opus's rate to ours */
	int file_ms;             /* played of it */
};

/* The synthesiser calls back without a pointer of ours. */
static struct ui_voice *speaking;

static void queue(struct ui_voice *v, const int16_t *pcm, size_t samples)
{
	int16_t part[512];
	for (size_t at = 0; at < samples;) {
		size_t n = samples - at < 512 ? samples - at : 512;
		for (size_t i = 0; i < n; i++) {
			int s = pcm[at + i] * v->volume / 100;
			s = s > INT16_MAX ? INT16_MAX : s < INT16_MIN ? INT16_MIN : s;
			v->peak = abs(s) > v->peak ? abs(s) : v->peak;
			part[i] = (int16_t)s;
		}
		SDL_QueueAudio(v->device, part, (Uint32)(n * sizeof part[0]));
		at += n;
	}
	v->made += samples;
}

static void queue_silence(struct ui_voice *v, int ms)
{
	static const int16_t nothing[512];
	for (size_t left = (size_t)ms * UI_VOICE_RATE / 1000; left > 0;) {
		size_t n = left < 512 ? left : 512;
		SDL_QueueAudio(v->device, nothing, (Uint32)(n * sizeof nothing[0]));
		left -= n;
	}
}

static int on_sound(short *pcm, int samples, espeak_EVENT *events)
{
	(void)events;
	if (pcm != NULL && samples > 0 && speaking != NULL)
		queue(speaking, pcm, (size_t)samples);
	return 0;
}

static bool load_tongue(struct ui_voice *v, int tongue)
{
	static const char *const name[] = {"cmn-latn-pinyin", "en"};
	if (v->tongue == tongue)
		return true;
	if (espeak_SetVoiceByName(name[tongue]) != EE_OK)
		return false;
	v->tongue = tongue;
	return true;
}

/* The engine tries PulseAudio even when it is only asked for samples, which makes a folder and may
 * start a server: for that moment it looks where nobody is. */
static bool start_engine(void)
{
	static const char name[] = "PULSE_SERVER";
	const char *set = getenv(name);
	char *before = set == NULL ? NULL : strdup(set);
	setenv(name, "unix:/dev/null", 1);
	bool there = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 60, NULL,
				       espeakINITIALIZE_DONT_EXIT) == UI_VOICE_RATE;
	if (before == NULL)
		unsetenv(name);
	else
		setenv(name, before, 1);
	free(before);
	return there;
}

enum ui_err ui_voice_open(struct ui_voice **out)
{
	*out = NULL;
	struct ui_voice *v = calloc(1, sizeof *v);
	if (v == NULL)
		return UI_ERR_FULL;
	v->tongue = -1;
	v->volume = 100;
	v->speed = UI_VOICE_NORMAL;
	/* -1: this driver cannot list, so it may have one. */
	if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0 || SDL_GetNumAudioDevices(0) == 0) {
		SDL_Log("voice: no loudspeaker: %s", SDL_GetError());
		if (SDL_WasInit(SDL_INIT_AUDIO) != 0)
			SDL_QuitSubSystem(SDL_INIT_AUDIO);
		free(v);
		return UI_ERR_MISSING;
	}
	if (!start_engine() || !load_tongue(v, UI_VOICE_PINYIN)) {
		SDL_Log("voice: no data of the voice; install espeak-ng-data");
		ui_voice_close(v);
		return UI_ERR_MISSING;
	}
	espeak_SetSynthCallback(on_sound);
	*out = v;
	return UI_OK;
}

/* An open device wakes twenty times a second to play silence: it is open only while it is used. */
static bool open_device(struct ui_voice *v)
{
	const SDL_AudioSpec want = {.freq = UI_VOICE_RATE,
				    .format = AUDIO_S16SYS,
				    .channels = 1,
				    .samples = DEVICE_SAMPLES};
	if (v->device == 0 && !v->mute)
		v->device = SDL_OpenAudioDevice(NULL, 0, &want, NULL, 0);
	if (v->device == 0 && !v->mute) {
		SDL_Log("voice: the loudspeaker cannot be used: %s", SDL_GetError());
		v->mute = true;
	}
	return v->device != 0;
}

void ui_voice_rest(struct ui_voice *v)
{
	if (v->device == 0 || v->playing)
		return;
	SDL_CloseAudioDevice(v->device);
	v->device = 0;
}

bool ui_voice_mute(const struct ui_voice *v)
{
	return v->mute;
}

void ui_voice_close(struct ui_voice *v)
{
	if (v == NULL)
		return;
	ui_voice_stop(v);
	espeak_Terminate();
	ui_voice_rest(v);
	SDL_QuitSubSystem(SDL_INIT_AUDIO);
	free(v);
}

/* --- what is to be said --- */

static void add_slice(struct ui_voice *v, const struct slice *s)
{
	if (v->slices < SLICES_MAX)
		v->slice[v->slices++] = *s;
}

static void add_text(struct ui_voice *v, enum ui_voice_tongue tongue, const char *text, size_t len,
		     int pause_ms)
{
	if (len + 1 > UI_VOICE_TEXT - v->used)
		return;
	const struct slice s = {.at = (uint32_t)v->used,
				.len = (uint32_t)len,
				.pause_ms = (uint16_t)pause_ms,
				.tongue = (uint8_t)tongue};
	memcpy(v->text + v->used, text, len);
	v->used += len;
	v->text[v->used++] = 0;
	add_slice(v, &s);
}

/* A slice ends at a pause, or between words once it is long. */
void ui_voice_say(struct ui_voice *v, enum ui_voice_tongue tongue, const char *text, size_t len)
{
	size_t from = 0, words = 0, at = 0;
	while (at < len) {
		size_t end = at;
		while (end < len && text[end] != ' ' && text[end] != '\n')
			end++;
		char last = end > at ? text[end - 1] : ' ';
		bool stop = last == '.' || last == '!' || last == '?' || last == ';';
		bool comma = last == ',' || last == ':', alone = end - at == 1;
		size_t cut = (stop || comma) && alone ? at : end;
		words++;
		if (stop || comma || words == SLICE_SYLLABLES || end - from > SLICE_BYTES) {
			if (cut > from)
				add_text(v, tongue, text + from, cut - from,
					 stop    ? STOP_MS
					 : comma ? COMMA_MS
						 : 0);
			from = end + 1;
			words = 0;
		}
		at = end + 1;
	}
	if (from < len)
		add_text(v, tongue, text + from, len - from, 0);
}

void ui_voice_clip(struct ui_voice *v, const char *folder, const char *file, const char *pinyin,
		   int pause_ms)
{
	size_t before = v->used, len = strlen(file), slices = v->slices;
	if (len + 1 > UI_VOICE_TEXT - v->used || slices == SLICES_MAX)
		return;
	memcpy(v->text + v->used, file, len + 1);
	v->used += len + 1;
	add_text(v, UI_VOICE_PINYIN, pinyin, strlen(pinyin), pause_ms);
	if (v->slices == slices) {
		v->used = before;
		return;
	}
	v->slice[slices].folder = folder;
	v->slice[slices].file_at = (uint32_t)before;
}

static void close_file(struct ui_voice *v)
{
	op_free(v->file);
	SDL_FreeAudioStream(v->stream);
	v->file = NULL;
	v->stream = NULL;
	v->file_ms = 0;
}

static void forget(struct ui_voice *v)
{
	explicit_bzero(v->text, v->used);
	v->used = v->slices = v->next = 0;
}

void ui_voice_stop(struct ui_voice *v)
{
	if (v->device != 0) {
		SDL_ClearQueuedAudio(v->device);
		SDL_PauseAudioDevice(v->device, 1);
	}
	v->playing = false;
	forget(v);
}

/* --- saying it --- */

static int queued_ms(const struct ui_voice *v)
{
	if (v->device == 0)
		return 0;
	return (int)((uint64_t)SDL_GetQueuedAudioSize(v->device) * 1000 / sizeof(int16_t) /
		     UI_VOICE_RATE);
}

static void make_words(struct ui_voice *v, const struct slice *s)
{
	/* Words a minute; at 150 a sentence of 25 characters takes seven seconds. */
	static const int rate[] = {145, 195, 260};
	if (!load_tongue(v, s->tongue))
		return;
	espeak_SetParameter(espeakRATE, rate[v->speed], 0);
	speaking = v;
	espeak_Synth(v->text + s->at, s->len + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL,
		     NULL);
	speaking = NULL;
}

/* A recording is slower or faster by its rate alone; more would change the voice too much. */
static int clip_rate(const struct ui_voice *v)
{
	static const int percent[] = {90, 100, 115};
	return CLIP_RATE / 100 * percent[v->speed];
}

static bool open_file(struct ui_voice *v, const struct slice *s)
{
	struct stat st;
	char path[4096 + 64];
	snprintf(path, sizeof path, "%s/%s", s->folder, v->text + s->file_at);
	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > CLIP_BYTES)
		return false;
	v->file = op_open_file(path, NULL);
	if (v->file != NULL)
		v->stream = SDL_NewAudioStream(AUDIO_S16SYS, 1, clip_rate(v), AUDIO_S16SYS, 1,
					       UI_VOICE_RATE);
	if (v->stream != NULL)
		return true;
	close_file(v);
	return false;
}

static void queue_stream(struct ui_voice *v)
{
	int16_t pcm[1024];
	int got = SDL_AudioStreamGet(v->stream, pcm, (int)sizeof pcm);
	while (got > 0) {
		queue(v, pcm, (size_t)got / sizeof pcm[0]);
		got = SDL_AudioStreamGet(v->stream, pcm, (int)sizeof pcm);
	}
}

/* A fifth of a second of the recording; false when it is over. */
static bool make_clip(struct ui_voice *v)
{
	static opus_int16 both[2 * CLIP_RATE / 10], one[CLIP_RATE / 10];
	for (int ms = 0; ms < CLIP_STEP_MS && v->file_ms < UI_CLIP_MS;) {
		int n = op_read_stereo(v->file, both, (int)(sizeof both / sizeof both[0]));
		if (n <= 0 || n > CLIP_RATE / 10) {
			SDL_AudioStreamFlush(v->stream);
			queue_stream(v);
			return false;
		}
		for (size_t i = 0; i < (size_t)n; i++)
			one[i] = (opus_int16)((both[2 * i] + both[2 * i + 1]) / 2);
		SDL_AudioStreamPut(v->stream, one, n * (int)sizeof one[0]);
		queue_stream(v);
		ms += n * 1000 / CLIP_RATE;
		v->file_ms += n * 1000 / CLIP_RATE;
	}
	return v->file_ms < UI_CLIP_MS;
}

/* True when the slice is done. */
static bool make(struct ui_voice *v, const struct slice *s)
{
	if (s->folder != NULL && (v->file != NULL || open_file(v, s))) {
		if (make_clip(v))
			return false;
		close_file(v);
	} else {
		make_words(v, s);
	}
	if (s->pause_ms > 0)
		queue_silence(v, s->pause_ms);
	return true;
}

bool ui_voice_work(struct ui_voice *v)
{
	if (v->next < v->slices && queued_ms(v) < AHEAD_MS) {
		if (!open_device(v)) {
			forget(v);
			return false;
		}
		v->next += make(v, &v->slice[v->next]);
		if (!v->playing)
			SDL_PauseAudioDevice(v->device, 0);
		v->playing = true;
	}
	if (v->next < v->slices || (v->playing && queued_ms(v) > 0))
		return true;
	if (v->slices > 0 || v->playing)
		ui_voice_stop(v);
	return false;
}

int ui_voice_sleep_ms(const struct ui_voice *v)
{
	int ms = queued_ms(v);
	if (v->next < v->slices)
		return ms < AHEAD_MS ? 0 : ms - AHEAD_MS + 1;
	return ms < 20 ? 10 : ms;
}

void ui_voice_set(struct ui_voice *v, enum ui_voice_speed speed, int volume)
{
	v->speed = speed;
	v->volume = volume < 0 ? 0 : volume > LOUDEST ? LOUDEST : volume;
}

void ui_voice_made(const struct ui_voice *v, uint64_t *samples, int *peak)
{
	*samples = v->made;
	*peak = v->peak;
}

const char *ui_voice_phonemes(struct ui_voice *v, const char *pinyin)
{
	const void *at = pinyin;
	size_t used = 0;
	if (!load_tongue(v, UI_VOICE_PINYIN))
		return "";
	v->phonemes[0] = 0;
	while (at != NULL && used + 1 < sizeof v->phonemes) {
		const char *part = espeak_TextToPhonemes(&at, espeakCHARS_UTF8, 0);
		size_t n = part == NULL ? 0 : strlen(part);
		if (n > sizeof v->phonemes - 1 - used)
			n = sizeof v->phonemes - 1 - used;
		if (n > 0)
			memcpy(v->phonemes + used, part, n);
		used += n;
		v->phonemes[used] = 0;
	}
	return v->phonemes;
}
