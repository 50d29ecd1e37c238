/* clips.h - which recordings the spoken words of a page are made of.
 *
 * A recording is known by its words: the name of its file is a sum of them (FNV-1a, 64 bits, in
 * hexadecimal digits), so a list of words is all a speaker needs and no table can go wrong. A
 * phrase (what stands between two pauses) is spoken by recordings only when all of it can be:
 * a voice that changes within a phrase is harder to follow than the machine's alone. */
#pragma once
#include "app/base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CLIPS_MAX = 4096, CLIP_CHARS_MAX = 48, CLIP_NAME = 16, CLIP_PARTS_MAX = 256 };

uint64_t clip_id(const char *words, size_t len);
/* 16 lower-case hexadecimal digits and a NUL. */
void clip_name(uint64_t id, char out[CLIP_NAME + 1]);
/* From a file's name, "0123456789abcdef" and `ending`; false for any other. */
bool clip_of_file(const char *file, const char *ending, uint64_t *out);

struct clip_set {
	size_t count;
	uint64_t id[CLIPS_MAX]; /* rising */
};
/* False when it was there already or there is no more room. */
bool clip_set_add(struct clip_set *s, uint64_t id);
bool clip_set_has(const struct clip_set *s, uint64_t id);

/* What is spoken one after the other: a recording, or words (with their pauses) for the machine. */
struct clip_part {
	const char *words; /* within the text given */
	size_t len;
	uint64_t id;   /* of the recording */
	bool recorded; /* else for the machine */
	bool pause;    /* behind the recording */
};
/* Parts of spoken words (say.h: no digits, pauses as ，and 。). Gives how many; what does not fit
 * into `most` parts is one part for the machine. */
size_t clip_parts(const struct clip_set *s, const char *words, size_t len, struct clip_part *out,
		  size_t most);

/* The list for a speaker: adds the phrases of a sentence as the screen's words hold it, {…} being a
 * gap, each once, a line each. */
struct reading_list {
	struct clip_set known;
	struct buf lines; /* ID, tab, words, line feed */
};
void reading_begin(struct reading_list *l);
void reading_add(struct reading_list *l, const char *sentence);
/* Numbers, amounts, months, days and years, of which everything else is made. */
void reading_numbers(struct reading_list *l);
void reading_end(struct reading_list *l);
