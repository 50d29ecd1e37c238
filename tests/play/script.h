/* script.h - a script of commands, one a line; # begins a remark. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { SCRIPT_LINE = 1024, SCRIPT_WORD = 512, SCRIPT_WORDS = 6 };

/* One command split into words; a word in quotes keeps its blanks and says that it was quoted. */
struct script_line {
	int number;
	int words;
	char word[SCRIPT_WORDS][SCRIPT_WORD];
	bool quoted[SCRIPT_WORDS];
};

/* False when a quote is not closed or there are too many words. An empty line has 0 words. */
bool script_split(const char *line, int number, struct script_line *out);
