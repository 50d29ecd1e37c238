#include "tests/play/script.h"

#include <string.h>

bool script_split(const char *line, int number, struct script_line *out)
{
	const char *p = line;
	memset(out, 0, sizeof *out);
	out->number = number;
	for (;;) {
		p += strspn(p, " \t\r\n");
		if (*p == 0 || *p == '#')
			return true;
		if (out->words == SCRIPT_WORDS)
			return false;
		bool quoted = *p == '"';
		p += quoted;
		size_t len = strcspn(p, quoted ? "\"\n" : " \t\r\n");
		if (len >= SCRIPT_WORD || (quoted && p[len] != '"'))
			return false;
		memcpy(out->word[out->words], p, len);
		out->quoted[out->words++] = quoted;
		p += len + quoted;
	}
}
