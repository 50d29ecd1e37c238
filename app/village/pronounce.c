#include "app/village/pronounce.h"

#include "app/base/log.h"
#include "app/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	HAN_FIRST = 0x4e00,
	HAN_LAST = 0x9fff,
	HAN = HAN_LAST - HAN_FIRST + 1,
	SYLLABLES_MAX = 2000,
	SYLLABLE = 8,
	WORDS_MAX = 4000,
	FILE_MAX = 1 << 18,
	WORD_CHARS = 12
};

/* One line of polyphones.txt; both texts lie in the file kept in memory. */
struct word {
	const char *text, *reading;
	uint16_t text_len, reading_len;
};

struct pronounce {
	char syllable[SYLLABLES_MAX][SYLLABLE];
	uint16_t syllables;
	uint16_t of[HAN]; /* syllable + 1; 0: no reading */
	struct word word[WORDS_MAX];
	size_t words;
	struct buf file; /* polyphones.txt */
};

/* --- tables --- */

static bool is_syllable(const char *s, size_t n)
{
	if (n < 2 || n >= SYLLABLE || s[n - 1] < '1' || s[n - 1] > '5')
		return false;
	for (size_t i = 0; i + 1 < n; i++)
		if (s[i] < 'a' || s[i] > 'z')
			return false;
	return true;
}

static bool take_reading(struct pronounce *p, const char *line, size_t len)
{
	const char *blank = memchr(line, ' ', len);
	size_t n = blank == NULL ? 0 : (size_t)(blank - line);
	if (!is_syllable(line, n) || p->syllables == SYLLABLES_MAX)
		return false;
	memcpy(p->syllable[p->syllables++], line, n);
	for (size_t at = n + 1; at < len;) {
		uint32_t c = text_next(line, len, &at);
		if (c >= HAN_FIRST && c <= HAN_LAST)
			p->of[c - HAN_FIRST] = p->syllables;
	}
	return true;
}

static bool take_word(struct pronounce *p, const char *line, size_t len)
{
	const char *blank = memchr(line, ' ', len);
	if (blank == NULL || p->words == WORDS_MAX)
		return false;
	struct word *w = &p->word[p->words];
	*w = (struct word){line, blank + 1, (uint16_t)(blank - line),
			   (uint16_t)(line + len - blank - 1)};
	size_t chars = text_chars(line, w->text_len), syllables = 0;
	for (const char *s = w->reading; s <= line + len;) {
		const char *end = memchr(s, ' ', (size_t)(line + len - s));
		end = end == NULL ? line + len : end;
		if (!is_syllable(s, (size_t)(end - s)))
			return false;
		syllables++;
		s = end + 1;
	}
	p->words++;
	return chars == syllables && chars <= WORD_CHARS;
}

static enum err read_table(struct pronounce *p, const char *path, struct buf *file,
			   bool (*take)(struct pronounce *, const char *, size_t))
{
	enum err e = buf_read_file(file, path);
	int number = 0;
	if (e != OK)
		return e;
	for (const char *line = buf_str(file); *line != 0;) {
		size_t len = strcspn(line, "\n");
		number++;
		if (len > 0 && line[0] != '#' && !take(p, line, len)) {
			log_warn("pronounce: line %d of %s cannot be read", number, path);
			return ERR_CORRUPT;
		}
		line += len + (line[len] == '\n');
	}
	return OK;
}

/* By text; of two that begin alike the longer one first. */
static int word_order(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	size_t n = x->text_len < y->text_len ? x->text_len : y->text_len;
	int d = memcmp(x->text, y->text, n);
	return d != 0 ? d : (int)y->text_len - (int)x->text_len;
}

enum err pronounce_open(const char *folder, struct pronounce **out)
{
	char path[4096];
	struct buf readings;
	*out = NULL;
	struct pronounce *p = calloc(1, sizeof *p);
	if (p == NULL)
		return ERR_FULL;
	buf_init(&readings, FILE_MAX);
	buf_init(&p->file, FILE_MAX);
	snprintf(path, sizeof path, "%s/readings.txt", folder);
	enum err e = read_table(p, path, &readings, take_reading);
	buf_free(&readings);
	snprintf(path, sizeof path, "%s/polyphones.txt", folder);
	if (e == OK)
		e = read_table(p, path, &p->file, take_word);
	if (e != OK) {
		pronounce_close(p);
		return e;
	}
	qsort(p->word, p->words, sizeof p->word[0], word_order);
	*out = p;
	return OK;
}

void pronounce_close(struct pronounce *p)
{
	if (p == NULL)
		return;
	buf_free(&p->file);
	free(p);
}

/* --- reading --- */

/* The longest word that begins at s. */
static const struct word *word_at(const struct pronounce *p, const char *s, size_t len)
{
	size_t first, low = 0, high = p->words, at = 0;
	const struct word *best = NULL;
	text_next(s, len, &at);
	first = at;
	while (low < high) {
		size_t mid = (low + high) / 2;
		int d = memcmp(p->word[mid].text, s, first);
		if (d < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (size_t i = low; i < p->words && memcmp(p->word[i].text, s, first) == 0; i++) {
		const struct word *w = &p->word[i];
		if (w->text_len <= len && memcmp(w->text, s, w->text_len) == 0 &&
		    (best == NULL || w->text_len > best->text_len))
			best = w;
	}
	return best;
}

static void add(struct buf *out, const char *token, size_t len)
{
	if (out->len > 0)
		buf_text(out, " ");
	buf_add(out, token, len);
}

static void add_text(struct buf *out, const char *token)
{
	add(out, token, strlen(token));
}

/* Tone of what is read at s; 0 when nothing is. */
static char tone_at(const struct pronounce *p, const char *s, size_t len)
{
	size_t at = 0;
	if (len == 0)
		return 0;
	const struct word *w = word_at(p, s, len);
	if (w != NULL) {
		const char *blank = memchr(w->reading, ' ', w->reading_len);
		return blank == NULL ? w->reading[w->reading_len - 1] : blank[-1];
	}
	uint32_t c = text_next(s, len, &at);
	if (c < HAN_FIRST || c > HAN_LAST || p->of[c - HAN_FIRST] == 0)
		return 0;
	const char *syllable = p->syllable[p->of[c - HAN_FIRST] - 1];
	return syllable[strlen(syllable) - 1];
}

static bool is_numeral(uint32_t c)
{
	static const char numerals[] = "〇零一二三四五六七八九十";
	for (size_t at = 0; at + 1 < sizeof numerals;)
		if (text_next(numerals, sizeof numerals - 1, &at) == c)
			return true;
	return false;
}

/* 一 keeps its first tone at the end, behind 第 and 十, among single digits and before 月 and 日;
 * otherwise it is yi2 before a fourth tone and yi4 before the others. */
static const char *read_yi(const struct pronounce *p, uint32_t before, const char *rest, size_t len)
{
	size_t at = 0;
	uint32_t next = len == 0 ? 0 : text_next(rest, len, &at);
	char tone = tone_at(p, rest, len);
	if (tone == 0 || before == 0x7b2c || before == 0x5341 || is_numeral(next) ||
	    next == 0x6708 || next == 0x65e5 || next == 0x70b9 || before == 0x96f6 ||
	    before == 0x3007)
		return "yi1";
	return tone == '4' || next == 0x4e2a /* 个 */ ? "yi2" : "yi4";
}

static bool is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void add_letter(struct buf *out, uint32_t c, bool alone)
{
	static const char *const name[] = {
		"ei1",      "bi4",          "xi1",         "di4",  "yi4",      "ai2 fu5", "ji4",
		"ei2 chi5", "ai4",          "zhei4",       "kai4", "ai2 lou5", "ai2 mu5", "en1",
		"ou1",      "pi4",          "kiu1",        "a4",   "ai2 si5",  "ti4",     "you1",
		"wei1",     "da2 bu5 liu5", "ai2 ke5 si5", "wai4", "zei4"};
	static const char *const school[] = {"a1",  "bo1", "ci1", "de1", "e1",  "fo1", "ge1",
					     "he1", "yi1", "ji1", "ke1", "le1", "mo1", "ne1",
					     "o1",  "po1", "qi1", "ri4", "si1", "te1", "wu1",
					     "yu1", "wu1", "xi1", "yi1", "zi1"};
	if (alone && c >= 'a')
		add_text(out, school[c - 'a']);
	else
		add_text(out, name[c >= 'a' ? c - 'a' : c - 'A']);
}

void pronounce_text(const struct pronounce *p, const char *text, size_t len, struct buf *out)
{
	uint32_t before = 0;
	for (size_t at = 0; at < len;) {
		size_t from = at;
		const struct word *w = word_at(p, text + at, len - at);
		if (w != NULL) {
			add(out, w->reading, w->reading_len);
			at += w->text_len;
			before = 'w';
			continue;
		}
		uint32_t c = text_next(text, len, &at);
		char tone = tone_at(p, text + at, len - at);
		if (c == 0x4e00)
			add_text(out, read_yi(p, before, text + at, len - at));
		else if (c == 0x4e0d)
			add_text(out, tone == '4' ? "bu2" : "bu4");
		else if (c == 0x3007)
			add_text(out, "ling2");
		else if (c >= HAN_FIRST && c <= HAN_LAST && p->of[c - HAN_FIRST] != 0)
			add_text(out, p->syllable[p->of[c - HAN_FIRST] - 1]);
		else if (c == 0xff0c || c == ',')
			add_text(out, ",");
		else if (c == 0x3002 || c == '.')
			add_text(out, ".");
		else if (is_letter(c))
			add_letter(out, c, from == 0 && at == len);
		before = c;
	}
}
