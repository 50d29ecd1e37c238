#include "app/pack/pages.h"

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/village/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE_BYTES = 16384, ENTRIES_MAX = 32, NAME_MAX_BYTES = 40 };

struct page_entry {
	char title[128];
	struct hash page[RECORD_ATTACH_MAX];
	size_t count;
	bool used;
};

struct table {
	const char *assets;
	const struct pages_keeper *keeper;
	struct page_entry entry[ENTRIES_MAX];
	size_t count;
};

static enum err take_picture(const struct table *t, const char *name, size_t len,
			     struct hash *which)
{
	char path[4096];
	struct buf bytes;
	if (len == 0 || len > NAME_MAX_BYTES)
		return ERR_CORRUPT;
	snprintf(path, sizeof path, "%s/demo/pictures/%.*s.jpg", t->assets, (int)len, name);
	buf_init(&bytes, PAGE_BYTES_MAX);
	enum err e = buf_read_file(&bytes, path);
	hash_bytes(bytes.p, bytes.len, which);
	if (e == OK)
		e = t->keeper->keep(t->keeper->self, which, bytes.p, bytes.len);
	else
		log_warn("pages: %s cannot be read", path);
	buf_free(&bytes);
	return e;
}

/* "beginning of the title", a tab, names with a blank between. */
static enum err take_line(struct table *t, const char *line, size_t len)
{
	const char *tab = memchr(line, '\t', len), *end = line + len;
	struct page_entry *e = &t->entry[t->count];
	enum err err = OK;
	if (tab == NULL || (size_t)(tab - line) >= sizeof e->title || t->count == ENTRIES_MAX)
		return ERR_CORRUPT;
	text_copy(e->title, sizeof e->title, line, (size_t)(tab - line));
	for (const char *at = tab + 1; at < end && err == OK;) {
		const char *blank = memchr(at, ' ', (size_t)(end - at));
		const char *stop = blank == NULL ? end : blank;
		if (e->count == RECORD_ATTACH_MAX)
			return ERR_CORRUPT;
		err = take_picture(t, at, (size_t)(stop - at), &e->page[e->count++]);
		at = stop + 1;
	}
	t->count++;
	return err;
}

static enum err read_table(struct table *t, const char *path)
{
	struct buf text;
	buf_init(&text, TABLE_BYTES);
	enum err e = buf_read_file(&text, path);
	const char *at = buf_str(&text), *end = at + text.len;
	while (e == OK && at < end) {
		const char *feed = memchr(at, '\n', (size_t)(end - at));
		const char *stop = feed == NULL ? end : feed;
		e = stop == at ? OK : take_line(t, at, (size_t)(stop - at));
		at = stop + 1;
	}
	buf_free(&text);
	if (e != OK && e != ERR_MISSING)
		log_warn("pages: %s is no table of pictures", path);
	return e;
}

static enum err put_line(struct table *t, const struct catalogue_template *tmpl, const char *line,
			 size_t len, struct buf *out)
{
	struct record r;
	enum err e = record_read(tmpl, line, len, &r);
	if (e != OK)
		return e;
	for (size_t i = 0; i < t->count; i++) {
		struct page_entry *p = &t->entry[i];
		if (p->used || strncmp(r.title, p->title, strlen(p->title)) != 0)
			continue;
		p->used = true;
		e = record_attach_put(line, len, p->page, p->count, out);
		buf_text(out, "\n");
		return e;
	}
	buf_add(out, line, len);
	buf_text(out, "\n");
	return OK;
}

static enum err put_all(struct table *t, const struct catalogue_template *tmpl, struct buf *sheet,
			struct sheet_entry *entry)
{
	struct buf out;
	enum err e = OK;
	const char *at = buf_str(sheet), *end = at + sheet->len;
	buf_init(&out, SHEET_BYTES_MAX);
	while (at < end && e == OK) {
		const char *feed = memchr(at, '\n', (size_t)(end - at));
		if (feed == NULL)
			e = ERR_CORRUPT;
		else
			e = put_line(t, tmpl, at, (size_t)(feed - at), &out);
		at = feed == NULL ? end : feed + 1;
	}
	if (e == OK)
		e = buf_end(&out);
	if (e == OK)
		e = sheet_measure(out.p, out.len, entry);
	if (e != OK) {
		buf_free(&out);
		return e;
	}
	buf_free(sheet);
	*sheet = out;
	return OK;
}

enum err pages_add(const char *assets, const struct catalogue *c, const char *place,
		   struct sheets *m, const struct pages_keeper *keeper)
{
	enum err e = OK;
	struct table *t = malloc(sizeof *t);
	if (t == NULL)
		return ERR_FULL;
	for (size_t i = 0; i < m->count && e == OK; i++) {
		char path[4096];
		const struct catalogue_template *tmpl = catalogue_find(c, m->entry[i].template_id);
		*t = (struct table){.assets = assets, .keeper = keeper};
		snprintf(path, sizeof path, "%s/demo/registers/%s/%s.%s.pages", assets, place,
			 m->entry[i].template_id, m->entry[i].period);
		e = read_table(t, path);
		if (e == ERR_MISSING) {
			snprintf(path, sizeof path, "%s/demo/registers/%s/%s.pages", assets, place,
				 m->entry[i].template_id);
			e = read_table(t, path);
		}
		if (e == OK && t->count > 0 && tmpl != NULL)
			e = put_all(t, tmpl, &m->sheet[i], &m->entry[i]);
		e = e == ERR_MISSING ? OK : e;
	}
	free(t);
	return e;
}
