#include "ui/pinyin.h"

#include <SDL2/SDL.h>
#include <dirent.h>
#include <pinyin.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CANDIDATES_MAX = 120, LETTERS_MAX = 60, WORD_MAX = 96, OWN_MAX = 256, OWN_READING = 64 };

struct candidate {
	char word[WORD_MAX];
	size_t uses;
};
struct own_word {
	char word[WORD_MAX], reading[OWN_READING]; /* reading without separators */
};

struct ui_pinyin {
	pinyin_context_t *context;
	pinyin_instance_t *instance;
	struct candidate candidate[CANDIDATES_MAX];
	size_t count;
	char letters[LETTERS_MAX + 1], split[2 * LETTERS_MAX + 1];
	struct own_word own[OWN_MAX];
	size_t own_count;
	size_t end[LETTERS_MAX]; /* where each syllable ends */
	size_t syllables;
};

/* The dictionary lies under the machine's own library folder. */
static bool find_data(char *out, size_t size)
{
	static const char *const tries[] = {"/usr/lib/x86_64-linux-gnu/libpinyin/data",
					    "/usr/lib/aarch64-linux-gnu/libpinyin/data",
					    "/usr/lib/libpinyin/data"};
	for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
		DIR *d = opendir(tries[i]);
		if (d != NULL) {
			closedir(d);
			snprintf(out, size, "%s", tries[i]);
			return true;
		}
	}
	return false;
}

static void keep_own(struct ui_pinyin *p, const struct ui_pinyin_word *own, size_t count)
{
	for (size_t i = 0; i < count && p->own_count < OWN_MAX; i++) {
		struct own_word *w = &p->own[p->own_count++];
		size_t n = 0;
		snprintf(w->word, sizeof w->word, "%s", own[i].word);
		for (const char *c = own[i].reading; *c != 0 && n + 1 < sizeof w->reading; c++)
			if (*c != '\'')
				w->reading[n++] = *c;
		w->reading[n] = 0;
	}
}

enum ui_err ui_pinyin_open(const char *scratch, const struct ui_pinyin_word *own, size_t count,
			   struct ui_pinyin **out)
{
	char data[256];
	*out = NULL;
	if (!find_data(data, sizeof data)) {
		SDL_Log("pinyin: the dictionary is missing; install libpinyin-data");
		return UI_ERR_MISSING;
	}
	struct ui_pinyin *p = calloc(1, sizeof *p);
	if (p == NULL)
		return UI_ERR_FULL;
	p->context = pinyin_init(data, scratch);
	if (p->context != NULL) {
		pinyin_set_options(p->context, PINYIN_INCOMPLETE | USE_DIVIDED_TABLE |
						       USE_RESPLIT_TABLE | PINYIN_AMB_L_N |
						       PINYIN_AMB_Z_ZH | PINYIN_AMB_C_CH |
						       PINYIN_AMB_S_SH);
		p->instance = pinyin_alloc_instance(p->context);
	}
	if (p->instance == NULL) {
		ui_pinyin_close(p);
		return UI_ERR_IO;
	}
	keep_own(p, own, count);
	*out = p;
	return UI_OK;
}

void ui_pinyin_close(struct ui_pinyin *p)
{
	if (p == NULL)
		return;
	if (p->instance != NULL)
		pinyin_free_instance(p->instance);
	if (p->context != NULL)
		pinyin_fini(p->context);
	explicit_bzero(p, sizeof *p);
	free(p);
}

static void add(struct ui_pinyin *p, const char *word, size_t uses)
{
	if (p->count == CANDIDATES_MAX || strlen(word) >= WORD_MAX)
		return;
	for (size_t i = 0; i < p->count; i++)
		if (strcmp(p->candidate[i].word, word) == 0)
			return;
	snprintf(p->candidate[p->count].word, WORD_MAX, "%s", word);
	p->candidate[p->count++].uses = uses;
}

/* Own words whose reading, or the initials of it, is what was typed. */
static void add_own(struct ui_pinyin *p, const char *plain, size_t letters)
{
	for (size_t i = 0; i < p->own_count; i++)
		if (strcmp(p->own[i].reading, plain) == 0)
			add(p, p->own[i].word, letters);
}

/* A word uses as many syllables as it has characters. */
static size_t reach(const struct ui_pinyin *p, const char *word, size_t letters)
{
	size_t chars = 0;
	for (; *word != 0; word++)
		chars += ((unsigned char)*word & 0xc0) != 0x80;
	return chars > 0 && chars <= p->syllables ? p->end[chars - 1] : letters;
}

static void add_engine(struct ui_pinyin *p, size_t letters)
{
	guint n = 0;
	char *sentence = NULL;
	pinyin_guess_sentence(p->instance);
	pinyin_guess_candidates(p->instance, 0,
				SORT_BY_PHRASE_LENGTH_AND_PINYIN_LENGTH_AND_FREQUENCY);
	if (pinyin_get_sentence(p->instance, 0, &sentence) && sentence != NULL)
		add(p, sentence, letters);
	if (sentence != NULL)
		explicit_bzero(sentence, strlen(sentence));
	g_free(sentence);
	pinyin_get_n_candidate(p->instance, &n);
	for (guint i = 0; i < n && p->count < CANDIDATES_MAX; i++) {
		lookup_candidate_t *c = NULL;
		lookup_candidate_type_t type;
		const gchar *word = NULL;
		if (!pinyin_get_candidate(p->instance, i, &c) ||
		    !pinyin_get_candidate_type(p->instance, c, &type) ||
		    !pinyin_get_candidate_string(p->instance, c, &word))
			continue;
		if (type == NBEST_MATCH_CANDIDATE)
			add(p, word, letters);
		else if (type == NORMAL_CANDIDATE)
			add(p, word, reach(p, word, letters));
	}
}

static void split_letters(struct ui_pinyin *p, size_t parsed)
{
	size_t n = 0, at = 0;
	p->split[0] = 0;
	p->syllables = 0;
	while (at < parsed && n + 2 < sizeof p->split) {
		size_t left = at, right = at + 1;
		if (!pinyin_get_pinyin_offset(p->instance, at, &left) ||
		    !pinyin_get_right_pinyin_offset(p->instance, left, &right) || right <= at)
			right = at + 1;
		if (n > 0)
			p->split[n++] = '\'';
		for (; at < right && at < strlen(p->letters) && n + 1 < sizeof p->split; at++)
			if (p->letters[at] != '\'')
				p->split[n++] = p->letters[at];
		if (p->syllables < LETTERS_MAX)
			p->end[p->syllables++] = at;
	}
	for (; p->letters[at] != 0 && n + 1 < sizeof p->split; at++)
		p->split[n++] = p->letters[at];
	p->split[n] = 0;
}

size_t ui_pinyin_set(struct ui_pinyin *p, const char *letters)
{
	char plain[LETTERS_MAX + 1];
	size_t n = 0;
	ui_pinyin_forget(p);
	snprintf(p->letters, sizeof p->letters, "%s", letters);
	size_t len = strlen(p->letters);
	if (len == 0)
		return 0;
	for (size_t i = 0; i < len; i++)
		if (p->letters[i] != '\'')
			plain[n++] = p->letters[i];
	plain[n] = 0;
	size_t parsed = pinyin_parse_more_full_pinyins(p->instance, p->letters);
	split_letters(p, parsed);
	add_own(p, plain, len);
	add_engine(p, len);
	if (p->count == 0)
		add(p, p->letters, len);
	explicit_bzero(plain, sizeof plain);
	return p->count;
}

const char *ui_pinyin_candidate(const struct ui_pinyin *p, size_t i)
{
	return i < p->count ? p->candidate[i].word : "";
}

size_t ui_pinyin_uses(const struct ui_pinyin *p, size_t i)
{
	return i < p->count ? p->candidate[i].uses : 0;
}

const char *ui_pinyin_split(const struct ui_pinyin *p)
{
	return p->split;
}

void ui_pinyin_forget(struct ui_pinyin *p)
{
	pinyin_reset(p->instance);
	explicit_bzero(p->candidate, sizeof p->candidate);
	explicit_bzero(p->letters, sizeof p->letters);
	explicit_bzero(p->split, sizeof p->split);
	p->count = 0;
}

/* The first letters of all readings of a word of the dictionary. */
static uint32_t token_initials(struct ui_pinyin *p, phrase_token_t token)
{
	guint readings = 0;
	uint32_t letters = 0;
	pinyin_token_get_n_pronunciation(p->instance, token, &readings);
	for (guint i = 0; i < readings; i++) {
		/* A key is two bytes; the library keeps its type to itself. */
		GArray *keys = g_array_new(FALSE, FALSE, 2);
		gchar *reading = NULL;
		if (pinyin_token_get_nth_pronunciation(p->instance, token, i, keys) &&
		    keys->len > 0 &&
		    pinyin_get_pinyin_string(p->instance, (ChewingKey *)(void *)keys->data,
					     &reading) &&
		    reading != NULL && reading[0] >= 'a' && reading[0] <= 'z')
			letters |= UINT32_C(1) << (reading[0] - 'a');
		g_free(reading);
		g_array_free(keys, TRUE);
	}
	return letters;
}

size_t ui_pinyin_initials(struct ui_pinyin *p, const char *text, uint32_t *out, size_t room)
{
	size_t n = 0;
	GArray *tokens = g_array_new(FALSE, FALSE, sizeof(phrase_token_t));
	while (*text != 0 && n < room) {
		char one[8];
		size_t len = 1;
		while (((unsigned char)text[len] & 0xc0) == 0x80 && len < 4)
			len++;
		memcpy(one, text, len);
		one[len] = 0;
		text += len;
		out[n] = 0;
		g_array_set_size(tokens, 0);
		if (len > 1 && pinyin_lookup_tokens(p->instance, one, tokens))
			for (guint i = 0; i < tokens->len; i++)
				out[n] |=
					token_initials(p, g_array_index(tokens, phrase_token_t, i));
		n++;
	}
	g_array_free(tokens, TRUE);
	return n;
}
