/* receipt_words.h - the 2,048 words a receipt is spoken in; shared by receipt.c and its generated
 * table. */
#pragma once
struct receipt_word {
	const char *word; /* two characters */
	const char *first,
		*second; /* merged syllables: no tones, n/l zh/z ch/c sh/s -n/-ng as one */
};
extern const struct receipt_word receipt_words[];
