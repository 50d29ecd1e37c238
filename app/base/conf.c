#include "app/base/conf.h"

#include "app/base/buf.h"
#include "app/base/log.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { CONF_FILE_MAX = 64 * 1024, CONF_LINES = 256 };

struct conf {
	struct buf text;
	int count;
	struct {
		const char *name, *value;
	} line[CONF_LINES];
};

static char *trim(char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	char *end = s + strlen(s);
	while (end > s && isspace((unsigned char)end[-1]))
		*--end = 0;
	return s;
}

static enum err split(struct conf *c, const char *path)
{
	char *rest = (char *)c->text.p;
	for (int number = 1; rest != NULL && *rest != 0; number++) {
		char *line = trim(strsep(&rest, "\n"));
		if (*line == 0 || *line == '#')
			continue;
		char *equals = strchr(line, '=');
		if (equals == NULL || c->count == CONF_LINES) {
			log_warn("conf: %s line %d is not name = value", path, number);
			return ERR_CORRUPT;
		}
		*equals = 0;
		c->line[c->count].name = trim(line);
		c->line[c->count++].value = trim(equals + 1);
	}
	return OK;
}

enum err conf_open(const char *path, struct conf **out)
{
	*out = NULL;
	struct conf *c = calloc(1, sizeof *c);
	if (c == NULL)
		return ERR_FULL;
	buf_init(&c->text, CONF_FILE_MAX);
	enum err e = buf_read_file(&c->text, path);
	if (e == OK)
		e = split(c, path);
	if (e != OK) {
		conf_close(c);
		return e;
	}
	*out = c;
	return OK;
}

void conf_close(struct conf *c)
{
	if (c == NULL)
		return;
	buf_free(&c->text);
	free(c);
}

const char *conf_get(const struct conf *c, const char *name, const char *otherwise)
{
	for (int i = 0; c != NULL && i < c->count; i++)
		if (strcmp(c->line[i].name, name) == 0)
			return c->line[i].value;
	return otherwise;
}
