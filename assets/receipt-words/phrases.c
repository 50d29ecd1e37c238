/* phrases.c - prints every phrase of libpinyin's dictionary with its reading: "word<TAB>pin'yin<TAB>how often".
 * Only used by make-words.sh, by hand, when the word list is made anew. */
#include <stdbool.h>

#include <pinyin.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	pinyin_context_t *c = pinyin_init(argv[1], argv[2]);
	if (c == NULL)
		return 1;
	for (guint library = 1; library <= 4; library++) {
		pinyin_load_phrase_library(c, (guint8)library);
		export_iterator_t *it = pinyin_begin_get_phrases(c, library);
		while (it != NULL && pinyin_iterator_has_next_phrase(it)) {
			gchar *phrase = NULL, *reading = NULL;
			gint count = 0;
			if (pinyin_iterator_get_next_phrase(it, &phrase, &reading, &count))
				printf("%s\t%s\t%d\n", phrase, reading, count);
			g_free(phrase);
			g_free(reading);
		}
		if (it != NULL)
			pinyin_end_get_phrases(it);
	}
	pinyin_fini(c);
	return 0;
}
