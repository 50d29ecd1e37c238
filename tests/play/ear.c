#include "tests/play/ear.h"

#include "app/kiosk/speak_impl.h"
#include "app/kiosk/speech.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Phrases that are recorded stand in brackets. */
static void write_voices(const struct pack *p, const char *words, size_t len, FILE *f)
{
	static struct clip_part part[CLIP_PARTS_MAX];
	size_t n = clip_parts(&p->set, words, len, part, CLIP_PARTS_MAX);
	for (size_t i = 0; i < n; i++)
		fprintf(f, part[i].recorded ? "[%.*s]" : "%.*s", (int)part[i].len, part[i].words);
	fputs("\n", f);
}

static enum ear_answer write_items(const struct kiosk *k, const char *path, const struct pack *pack)
{
	static struct ui_outline outline;
	struct ui_outline *o = &outline;
	FILE *f = fopen(path, "w");
	if (f == NULL)
		return EAR_FAILED;
	speech_outline(&k->ui, o);
	for (int i = 0; i < o->count; i++) {
		struct buf words;
		buf_init(&words, 8192);
		speech_words(k->lang, o, &o->item[i], &words);
		if (pack != NULL)
			write_voices(pack, buf_str(&words), words.len, f);
		else
			fprintf(f, "%s%s%s%s\n", o->item[i].id[0] != 0 ? "@" : "", o->item[i].id,
				o->item[i].id[0] != 0 ? " " : "",
				o->item[i].secret ? "(secret)" : buf_str(&words));
		buf_free(&words);
	}
	fclose(f);
	return EAR_DONE;
}

enum ear_answer ear_run(struct kiosk *k, const struct script_line *w, int64_t since_ms)
{
	const char *what = w->word[0], *words;
	int count;
	if (strcmp(what, "silent") == 0)
		return speak_reading(k) || speak_listening(k) ? EAR_FAILED : EAR_DONE;
	if (strcmp(what, "items") == 0)
		return write_items(k, w->word[1], NULL);
	if (strcmp(what, "voices") == 0)
		return speak_pack(k) == NULL ? EAR_FAILED
					     : write_items(k, w->word[1], speak_pack(k));
	(void)speak_at(k, &count, &words);
	if (strstr(words, w->word[1]) != NULL)
		return EAR_DONE;
	return since_ms > (w->words > 2 ? strtol(w->word[2], NULL, 10) : 20000) ? EAR_FAILED
										: EAR_WAIT;
}
