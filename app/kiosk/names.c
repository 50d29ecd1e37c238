#include "app/kiosk/names.h"

#include "app/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LETTERS_LEAST = 2, SHORT_MOST = 2 /* characters of 村, 社区 */ };

struct names {
	size_t count;
	struct name name[NAMES_MAX];
};

static void add(struct names *n, struct ui_pinyin *p, const char *text, const char *place)
{
	size_t chars = text_chars(text, strlen(text));
	if (n->count == NAMES_MAX || chars < LETTERS_LEAST || chars > NAME_CHARS)
		return;
	for (size_t i = 0; i < n->count; i++)
		if (strcmp(n->name[i].text, text) == 0 && strcmp(n->name[i].place, place) == 0)
			return;
	struct name *m = &n->name[n->count++];
	snprintf(m->text, sizeof m->text, "%s", text);
	snprintf(m->place, sizeof m->place, "%s", place);
	m->chars = p == NULL ? 0 : ui_pinyin_initials(p, text, m->letters, NAME_CHARS);
}

static void add_places(struct names *n, const struct settings *s, const char *home,
		       struct ui_pinyin *p)
{
	const struct place *town = settings_above(s, home, PLACE_TOWNSHIP), *at;
	for (size_t i = 0; town != NULL && (at = settings_place_at(s, i)) != NULL; i++)
		if ((at->level == PLACE_VILLAGE && settings_below(s, at->id, town->id)) ||
		    (at->level == PLACE_GROUP && strcmp(at->parent, home) == 0))
			add(n, p, at->name, at->id);
}

/* Titles of what is made public, and the kinds its rows are of. */
static void add_kinds(struct names *n, const struct catalogue *c, struct ui_pinyin *p)
{
	const struct catalogue_template *t;
	for (size_t i = 0; (t = catalogue_at(c, i)) != NULL; i++) {
		add(n, p, t->title, "");
		const struct field *f = t->group_field < 0 ? NULL : &t->field[t->group_field];
		for (int k = 0; f != NULL && f->type == FIELD_CHOICE && f->choice[k] != NULL; k++)
			add(n, p, f->choice_label[k], "");
	}
}

enum err names_open(const struct settings *s, const struct catalogue *c, const char *home,
		    const char *const *words, struct ui_pinyin *p, struct names **out)
{
	struct names *n = calloc(1, sizeof *n);
	*out = n;
	if (n == NULL)
		return ERR_FULL;
	add_places(n, s, home, p);
	for (; *words != NULL; words++)
		add(n, p, *words, "");
	add_kinds(n, c, p);
	return OK;
}

void names_close(struct names *n)
{
	free(n);
}

static bool sounds(const struct name *m, const char *letters)
{
	size_t i = 0;
	for (; letters[i] != 0; i++)
		if (i >= m->chars || letters[i] < 'a' || letters[i] > 'z' ||
		    (m->letters[i] >> (letters[i] - 'a') & 1) == 0)
			return false;
	return i >= LETTERS_LEAST;
}

size_t names_by_letters(const struct names *n, const char *letters,
			const struct name *out[QUERY_NAMES])
{
	size_t count = 0, len = strlen(letters);
	for (int whole = 1; whole >= 0; whole--)
		for (size_t i = 0; i < n->count && count < QUERY_NAMES; i++)
			if ((n->name[i].chars == len) == (whole == 1) &&
			    sounds(&n->name[i], letters))
				out[count++] = &n->name[i];
	return count;
}

size_t names_by_text(const struct names *n, const char *text, const struct name *out[QUERY_NAMES])
{
	size_t count = 0, len = strlen(text), chars = text_chars(text, len);
	for (size_t i = 0; i < n->count && count < QUERY_NAMES && chars >= LETTERS_LEAST; i++) {
		const struct name *m = &n->name[i];
		if (m->place[0] != 0 && strncmp(m->text, text, len) == 0 &&
		    text_chars(m->text, strlen(m->text)) <= chars + SHORT_MOST)
			out[count++] = m;
	}
	return count;
}
