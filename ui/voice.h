/* voice.h - speech: Pinyin or English in, sound out, without holding up a frame.
 *
 * A text is cut into slices of a few syllables; ui_voice_work makes one slice at a time (about 2
 * ms) while the ones before it are being played, so nothing here waits. No thread of our own: SDL
 * plays what was queued. Stopping drops all that was queued at once. The voice is espeak-ng's
 * cmn-latn-pinyin: its cmn reads some characters as English letters. One voice a process. What was
 * said is overwritten when it is over or stopped. */
#pragma once
#include "ui/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UI_VOICE_RATE = 22050, UI_VOICE_TEXT = 16 * 1024 };

enum ui_voice_tongue { UI_VOICE_PINYIN, UI_VOICE_ENGLISH };
enum ui_voice_speed { UI_VOICE_SLOW, UI_VOICE_NORMAL, UI_VOICE_FAST };

struct ui_voice;

/* UI_ERR_MISSING without a loudspeaker or without the voice's data: nothing is offered then. After
 * ui_window_open and before ui_window_close. */
ui_must_use enum ui_err ui_voice_open(struct ui_voice **out);
void ui_voice_close(struct ui_voice *v); /* NULL is fine */

/* Appends to what is being said. Pinyin with tone digits, "," and "." as words of their own, or an
 * English sentence. What does not fit UI_VOICE_TEXT is left out. */
void ui_voice_say(struct ui_voice *v, enum ui_voice_tongue tongue, const char *text, size_t len);
/* Appends a recording (Ogg Opus, at most UI_CLIP_MS of it are played) and a pause behind it. When
 * the file cannot be played, `pinyin` is said instead. `folder` is borrowed until it is over. */
enum { UI_CLIP_MS = 30000 };
void ui_voice_clip(struct ui_voice *v, const char *folder, const char *file, const char *pinyin,
		   int pause_ms);
/* Silence at once. */
void ui_voice_stop(struct ui_voice *v);

/* Makes the next slice when little is queued. True while something is said or waits to be. */
bool ui_voice_work(struct ui_voice *v);
/* How long ui_voice_work can wait until it is called again. */
int ui_voice_sleep_ms(const struct ui_voice *v);

/* Gives the loudspeaker back while nothing is said; takes up to 0.1 s. It comes back by itself. */
void ui_voice_rest(struct ui_voice *v);
/* There was a loudspeaker, but it could not be used. */
bool ui_voice_mute(const struct ui_voice *v);

/* From the next slice on. Volume in hundredths, at most 200; 100 as it was made. */
void ui_voice_set(struct ui_voice *v, enum ui_voice_speed speed, int volume);

/* All that was made since opening: samples, and the loudest. For tests. */
void ui_voice_made(const struct ui_voice *v, uint64_t *samples, int *peak);
/* How the voice would say it, in its own phoneme names; lives until the next call. */
const char *ui_voice_phonemes(struct ui_voice *v, const char *pinyin);
