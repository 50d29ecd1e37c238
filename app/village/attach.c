#include "app/village/attach.h"

#include "app/village/json.h"

#include <string.h>

static const char key[] = ",\"attach\":[";

/* Whether the line is what stands before `at`, and this list behind it. */
static bool list_is_last(const char *line, size_t len, size_t at, const struct hash *page,
			 size_t count)
{
	struct buf bare, again;
	if (at == len || count == 0) /* an empty list is never written here */
		return false;
	buf_init(&bare, RECORD_LINE_MAX);
	buf_init(&again, RECORD_LINE_MAX);
	buf_add(&bare, line, at);
	buf_text(&bare, "}");
	bool good = record_attach_put(buf_str(&bare), bare.len, page, count, &again) == OK &&
		    again.len == len && memcmp(again.p, line, len) == 0;
	buf_free(&bare);
	buf_free(&again);
	return good;
}

/* The id of a row and the pages it names; *bare is how long it is without them. */
static enum err read_line(const char *line, size_t len, char id[RECORD_ID_MAX + 1],
			  struct hash page[RECORD_ATTACH_MAX], size_t *count, size_t *bare)
{
	json_t *o = len > RECORD_LINE_MAX ? NULL : json_object_of(line, len);
	bool good = o != NULL && json_text(o, "id", id, RECORD_ID_MAX + 1) && id[0] != 0 &&
		    len >= 3 && line[len - 1] == '}';
	bool named = json_object_get(o, "attach") != NULL;
	json_decref(o);
	*count = 0;
	*bare = len;
	if (!good || record_attach(line, len, page, count) != OK)
		return ERR_CORRUPT;
	if (!named)
		return OK;
	/* The last place the key stands at; then the list must be all that follows. */
	size_t at = len;
	for (size_t i = 0; i + sizeof key - 1 < len; i++)
		if (memcmp(line + i, key, sizeof key - 1) == 0)
			at = i;
	*bare = at;
	return list_is_last(line, len, at, page, *count) ? OK : ERR_CORRUPT;
}

static enum err put_line(const char *line, size_t bare, bool named, const struct hash *page,
			 size_t count, struct buf *out)
{
	struct buf row;
	buf_init(&row, RECORD_LINE_MAX);
	buf_add(&row, line, bare);
	if (named)
		buf_text(&row, "}");
	enum err e = buf_end(&row);
	for (size_t i = 0; e == OK && i < count; i++)
		for (size_t j = 0; j < i; j++)
			if (hash_equal(&page[i], &page[j]))
				e = ERR_REFUSED;
	if (e == OK)
		e = record_attach_put((const char *)row.p, row.len, page, count, out);
	buf_text(out, "\n");
	buf_free(&row);
	return e == OK ? buf_end(out) : e;
}

enum err attach_sheet(const void *rows, size_t len, const struct attach_source *source,
		      struct buf *out)
{
	const char *p = rows, *end = p + len;
	struct hash page[RECORD_ATTACH_MAX];
	char id[RECORD_ID_MAX + 1];
	size_t count, bare;
	enum err e = OK;
	while (p < end && e == OK) {
		const char *feed = memchr(p, '\n', (size_t)(end - p));
		if (feed == NULL)
			return ERR_CORRUPT;
		size_t line = (size_t)(feed - p);
		e = read_line(p, line, id, page, &count, &bare);
		count = 0;
		if (e == OK && source != NULL)
			e = source->pages(source->self, id, page, &count);
		if (e == OK)
			e = put_line(p, bare, bare < line, page, count, out);
		p = feed + 1;
	}
	return e;
}

enum err attach_each(const void *rows, size_t len, const struct attach_reader *reader)
{
	const char *p = rows, *end = p + len;
	struct hash page[RECORD_ATTACH_MAX];
	char id[RECORD_ID_MAX + 1];
	size_t count, bare;
	enum err e = OK;
	while (p < end && e == OK) {
		const char *feed = memchr(p, '\n', (size_t)(end - p));
		if (feed == NULL)
			return ERR_CORRUPT;
		/* Most rows carry none; those need not be read. */
		if (memmem(p, (size_t)(feed - p), "\"attach\"", 8) != NULL)
			e = read_line(p, (size_t)(feed - p), id, page, &count, &bare);
		else
			count = 0;
		for (size_t i = 0; e == OK && i < count; i++)
			e = reader->page(reader->self, id, i, &page[i]);
		p = feed + 1;
	}
	return e;
}
