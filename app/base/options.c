#include "app/base/options.h"

#include "app/base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void print_help(const char *program, const struct option_table *t)
{
	printf("usage: %s %s\n", program, t->usage);
	for (size_t i = 0; i < t->entries; i++) {
		const struct option_entry *entry = &t->entry[i];
		char left[64];
		snprintf(left, sizeof left, "--%s%s%s", entry->name,
			 entry->value == NULL ? "" : " ", entry->value == NULL ? "" : entry->value);
		printf("  %-26s %s\n", left, entry->help);
	}
	printf("  %-26s %s\n  %-26s %s\n", "--help", "this text", "--version", "the version");
}

static const struct option_entry *find(const struct option_table *t, const char *name, size_t len)
{
	for (size_t i = 0; i < t->entries; i++)
		if (strlen(t->entry[i].name) == len && memcmp(t->entry[i].name, name, len) == 0)
			return &t->entry[i];
	return NULL;
}

bool options_read(int argc, char **argv, int from, const struct option_table *table, int *exit_code)
{
	const char *slash = strrchr(argv[0], '/'), *program = slash == NULL ? argv[0] : slash + 1;
	*exit_code = 0;
	for (int i = from; i < argc; i++) {
		if (strcmp(argv[i], "--help") == 0) {
			print_help(program, table);
			return false;
		}
		if (strcmp(argv[i], "--version") == 0) {
			printf("%s %s\n", program, ELUTONG_VERSION);
			return false;
		}
		if (strncmp(argv[i], "--", 2) != 0 && table->word != NULL && *table->word == NULL) {
			*table->word = argv[i];
			continue;
		}
		const char *name = strncmp(argv[i], "--", 2) == 0 ? argv[i] + 2 : "";
		size_t len = strcspn(name, "=");
		const struct option_entry *o = find(table, name, len);
		const char *value = name[len] == '=' ? name + len + 1 : NULL;
		if (o != NULL && o->value != NULL && value == NULL && i + 1 < argc)
			value = argv[++i];
		if (o == NULL || (o->value == NULL) != (value == NULL)) {
			fprintf(stderr, "%s: %s: try --help\n", program, argv[i]);
			*exit_code = 2;
			return false;
		}
		if (o->value == NULL)
			*o->flag = true;
		else
			*o->text = value;
	}
	return true;
}

bool options_number(const char *name, const char *text, long least, long most, long *out)
{
	int64_t v;
	if (!text_number(text, strlen(text), &v) || v < least || v > most) {
		fprintf(stderr, "--%s: a whole number from %ld to %ld is wanted, not %s\n", name,
			least, most, text);
		return false;
	}
	*out = (long)v;
	return true;
}

/* The folder `steps` above `path`, "" at the end of it, with `beneath` behind it. */
static bool above(const char *path, size_t len, int steps, const char *beneath, char out[4096])
{
	for (int up = 0; len > 0 && up < steps; up++)
		while (len > 0 && path[--len] != '/')
			;
	snprintf(out, 4096, "%.*s%s", (int)len, path, beneath);
	return len > 0 && access(out, R_OK) == 0;
}

const char *options_assets(const char *given, char out[4096])
{
	static const char installed[] = "/share/elutong/assets";
	char self[4000];
	if (given != NULL) {
		text_copy(out, 4096, given, strlen(given));
		return out;
	}
	ssize_t n = readlink("/proc/self/exe", self, sizeof self);
	size_t len = n > 0 && (size_t)n < sizeof self ? (size_t)n : 0;
	/* build/MODE/bin/PROGRAM: four steps up stand the sources. */
	if (!above(self, len, 4, "/assets", out) && !above(self, len, 3, installed, out))
		snprintf(out, 4096, "/usr%s", installed);
	return out;
}
