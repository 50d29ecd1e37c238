/* packs.h - recorded voices: the folders under assets/speech/clips that elutong-pack clips makes.
 *
 * zh is used for what is shown in Chinese; every other one is a language people of the place hear
 * rather than read: the text stays Chinese, phrases nobody recorded are read in Mandarin. A folder
 * holds about.txt (the language's own name and, on the second line, its Chinese name) and
 * recordings named as clips.h says. Read once, before the folders are closed; what is wrong with a
 * pack is said in the log and the pack left out. */
#pragma once
#include "app/village/clips.h"

enum { PACKS_MAX = 5, PACK_NAME_BYTES = 64 };

struct pack {
	char folder[4096];
	char name[PACK_NAME_BYTES];    /* ꆈꌠꉙ */
	char chinese[PACK_NAME_BYTES]; /* 彝语（尼苏） */
	bool mandarin;
	struct clip_set set;
};

struct packs {
	int count;
	struct pack *pack[PACKS_MAX];
};

void packs_open(const char *assets, struct packs *out);
void packs_close(struct packs *p);
/* The recordings of Mandarin itself; NULL without. */
const struct pack *packs_mandarin(const struct packs *p);
/* The n-th other language (from 0); NULL behind the last. */
const struct pack *packs_other(const struct packs *p, int n);
