#include "app/kiosk/packs.h"

#include "app/base/log.h"
#include "app/base/text.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ABOUT_BYTES = 2 * PACK_NAME_BYTES };

/* A line of a name; false when it is empty, too long or no text. */
static bool take_line(const char **at, char out[PACK_NAME_BYTES])
{
	size_t len = strcspn(*at, "\n");
	if (len == 0 || len >= PACK_NAME_BYTES || !text_is_plain(*at, len))
		return false;
	text_copy(out, PACK_NAME_BYTES, *at, len);
	*at += len + ((*at)[len] == '\n');
	return true;
}

static bool read_about(struct pack *p)
{
	char path[4096 + 16];
	struct buf text;
	buf_init(&text, ABOUT_BYTES);
	snprintf(path, sizeof path, "%s/about.txt", p->folder);
	bool good = buf_read_file(&text, path) == OK;
	const char *at = buf_str(&text);
	good = good && take_line(&at, p->name) && take_line(&at, p->chinese);
	buf_free(&text);
	return good;
}

static void list_recordings(struct pack *p)
{
	DIR *d = opendir(p->folder);
	for (struct dirent *e = d == NULL ? NULL : readdir(d); e != NULL; e = readdir(d)) {
		uint64_t id;
		if (clip_of_file(e->d_name, ".opus", &id))
			(void)clip_set_add(&p->set, id);
	}
	if (d != NULL)
		closedir(d);
}

static int by_name(const void *a, const void *b)
{
	const struct pack *const *x = a, *const *y = b;
	return strcmp((*x)->folder, (*y)->folder);
}

void packs_open(const char *assets, struct packs *out)
{
	char folder[4096];
	*out = (struct packs){0};
	snprintf(folder, sizeof folder, "%s/speech/clips", assets);
	DIR *d = opendir(folder);
	for (struct dirent *e = d == NULL ? NULL : readdir(d); e != NULL; e = readdir(d)) {
		struct pack *p = e->d_name[0] == '.' ? NULL : calloc(1, sizeof *p);
		if (p == NULL)
			continue;
		int n = snprintf(p->folder, sizeof p->folder, "%s/%s", folder, e->d_name);
		p->mandarin = strcmp(e->d_name, "zh") == 0;
		if (out->count < PACKS_MAX && n > 0 && (size_t)n < sizeof p->folder &&
		    read_about(p)) {
			list_recordings(p);
			out->pack[out->count++] = p;
			continue;
		}
		log_warn("kiosk: the recordings in %s cannot be used", e->d_name);
		free(p);
	}
	if (d != NULL)
		closedir(d);
	qsort(out->pack, (size_t)out->count, sizeof(struct pack *), by_name);
}

void packs_close(struct packs *p)
{
	for (int i = 0; i < p->count; i++)
		free(p->pack[i]);
	p->count = 0;
}

const struct pack *packs_mandarin(const struct packs *p)
{
	for (int i = 0; i < p->count; i++)
		if (p->pack[i]->mandarin)
			return p->pack[i];
	return NULL;
}

const struct pack *packs_other(const struct packs *p, int n)
{
	for (int i = 0; i < p->count; i++)
		if (!p->pack[i]->mandarin && n-- == 0)
			return p->pack[i];
	return NULL;
}
