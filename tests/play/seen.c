#include "tests/play/seen.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM = UI_LIST_TEXT_MAX };

static bool blank(const char *s, size_t *len)
{
	static const char *const blanks[] = {" ",        "\t",           "\n",
					     "\xc2\xa0", "\xe2\x80\x89", "\xe3\x80\x80"};
	for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
		*len = strlen(blanks[i]);
		if (strncmp(s, blanks[i], *len) == 0)
			return true;
	}
	return false;
}

/* Appends without blanks. */
static void squeeze(char *out, size_t *used, const char *text, size_t len)
{
	for (size_t i = 0; i < len && *used + 1 < ROOM;) {
		size_t n;
		if (blank(text + i, &n)) {
			i += n;
			continue;
		}
		out[(*used)++] = text[i++];
	}
	out[*used] = 0;
}

static bool inside(struct ui_rect outer, struct ui_rect r)
{
	return ui_rect_has(outer, r.x + r.w / 2, r.y + r.h / 2);
}

/* All texts in a rect (everything when w is 0), joined. */
static void texts_in(const struct ui_list *l, struct ui_rect r, char *out)
{
	size_t used = 0;
	out[0] = 0;
	for (size_t i = 0; i < l->count; i++)
		if (l->cmd[i].kind == UI_DRAW_TEXT && (r.w == 0 || inside(r, l->cmd[i].rect)))
			squeeze(out, &used, l->text + l->cmd[i].text_at, l->cmd[i].text_len);
}

bool seen_target(const struct ui_list *l, const char *id, struct ui_rect *out)
{
	size_t len = strlen(id);
	for (size_t i = 0; i < l->targets; i++) {
		const struct ui_target *t = &l->target[i];
		if (!t->off && t->id_len == len && memcmp(l->text + t->id_at, id, len) == 0) {
			*out = t->rect;
			return true;
		}
	}
	return false;
}

bool seen_text(const struct ui_list *l, const char *text, struct ui_rect *out)
{
	char *wanted = malloc(ROOM), *have = malloc(ROOM);
	size_t used = 0;
	bool found = false;
	if (wanted != NULL && have != NULL) {
		squeeze(wanted, &used, text, strlen(text));
		for (size_t i = 0; i < l->targets; i++) {
			const struct ui_target *t = &l->target[i];
			if (t->off)
				continue;
			texts_in(l, t->rect, have);
			if (strstr(have, wanted) == NULL)
				continue;
			if (!found || (long)t->rect.w * t->rect.h < (long)out->w * out->h)
				*out = t->rect;
			found = true;
		}
	}
	free(wanted);
	free(have);
	return found;
}

bool seen_anywhere(const struct ui_list *l, const char *text)
{
	char *wanted = malloc(ROOM), *have = malloc(ROOM);
	size_t used = 0;
	bool found = false;
	if (wanted != NULL && have != NULL) {
		squeeze(wanted, &used, text, strlen(text));
		texts_in(l, (struct ui_rect){0}, have);
		found = strstr(have, wanted) != NULL;
	}
	free(wanted);
	free(have);
	return found;
}

char *seen_dump(const struct ui_list *l)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);
	if (f == NULL)
		return NULL;
	for (size_t i = 0; i < l->count; i++) {
		const struct ui_draw_cmd *c = &l->cmd[i];
		if (c->kind == UI_DRAW_TEXT)
			fprintf(f, " text %d %d %d %d %.*s\n", c->rect.x, c->rect.y, c->rect.w,
				c->rect.h, (int)c->text_len, l->text + c->text_at);
	}
	for (size_t i = 0; i < l->targets; i++) {
		const struct ui_target *t = &l->target[i];
		fprintf(f, " %s %d %d %d %d @%.*s\n", t->off ? "off" : "target", t->rect.x,
			t->rect.y, t->rect.w, t->rect.h, (int)t->id_len, l->text + t->id_at);
	}
	fclose(f);
	return text;
}
