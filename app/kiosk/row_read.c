#include "app/kiosk/row_read.h"

#include "app/base/text.h"
#include "app/kiosk/facts.h"

#include <string.h>

enum { LONG_TEXT = 60 /* characters a field may hold */, SENTENCE_BYTES = 600 };

struct row {
	const struct kiosk *k;
	const struct catalogue_template *t;
	const struct record *r;
	enum row_place place;
};

/* Length of the mark that ends a clause here, 0 where none does. A full stop of Latin letters is
 * one only before a blank. */
static size_t clause_mark(const char *s)
{
	static const char *const mark[] = {"，", "。", "；", "、"};
	for (size_t i = 0; i < sizeof mark / sizeof mark[0]; i++)
		if (strncmp(s, mark[i], strlen(mark[i])) == 0)
			return strlen(mark[i]);
	if ((s[0] == ',' || s[0] == '.' || s[0] == ';') && (s[1] == ' ' || s[1] == 0))
		return s[1] == ' ' ? 2 : 1;
	return 0;
}

/* Up to the end of its first sentence. */
static void first_sentence(struct buf *text, size_t from)
{
	const char *s = buf_str(text);
	for (size_t at = from; at < text->len;) {
		size_t before = at;
		uint32_t c = text_next(s, text->len, &at);
		if (c == '\n' || c == 0x3002 || c == 0xff1b || (c == '.' && s[at] == ' ')) {
			buf_cut(text, before);
			return;
		}
	}
}

/* The value of {name}; false when there is none to be said. */
static bool fill(const struct row *w, const char *name, struct buf *out)
{
	int field = catalogue_field(w->t, name);
	size_t before = out->len;
	if (field < 0 || (w->place == ROW_ON_PAGE && field == w->t->title_field))
		return false;
	const struct field *f = &w->t->field[field];
	bool is_long =
		f->type == FIELD_TEXT && f->max_chars > LONG_TEXT && field != w->t->title_field;
	if ((is_long && w->place == ROW_ON_PAGE) || !fact_text(w->k, w->t, w->r, field, out))
		return false;
	if (is_long)
		first_sentence(out, before);
	return out->len > before;
}

/* One clause without its mark. False when a field of it has nothing to say. */
static bool clause(const struct row *w, const char *s, size_t len, struct buf *out)
{
	char name[64];
	for (size_t i = 0; i < len;) {
		const char *end = s[i] == '{' ? memchr(s + i, '}', len - i) : NULL;
		if (end == NULL) {
			buf_add(out, s + i++, 1);
			continue;
		}
		text_copy(name, sizeof name, s + i + 1, (size_t)(end - s) - i - 1);
		if (!fill(w, name, out))
			return false;
		i = (size_t)(end - s) + 1;
	}
	return true;
}

bool row_read(const struct kiosk *k, const struct catalogue_template *t, const struct record *r,
	      enum row_place place, struct buf *out)
{
	const char *s = k->lang == LANG_EN && t->read_en[0] != 0 ? t->read_en : t->read;
	const struct row w = {k, t, r, place};
	size_t begin = out->len;
	while (*s != 0) {
		size_t len = 0, mark = 0, before = out->len;
		while (s[len] != 0 && mark == 0) {
			mark = clause_mark(s + len);
			len += mark == 0;
		}
		if (clause(&w, s, len, out))
			buf_add(out, s + len, mark);
		else
			buf_cut(out, before);
		s += len + mark;
	}
	return out->len > begin;
}

void row_note(struct kiosk *k, struct ui_rect rect, const struct catalogue_template *t,
	      const struct record *r, enum row_place place, const char *more)
{
	struct buf said;
	buf_init(&said, SENTENCE_BYTES);
	if (row_read(k, t, r, place, &said)) {
		if (more[0] != 0)
			buf_print(&said, "\n%s", more);
		ui_list_note(&k->ui.list, rect, buf_str(&said));
	}
	buf_wipe(&said);
}
