#include "app/village/chart.h"

#include "app/base/text.h"
#include "app/village/csv.h"

#include <stdlib.h>
#include <string.h>

enum { CHART_BYTES_MAX = 64 << 10, CHART_DIGITS = 3 };

static enum err take_row(void *self, size_t number, const struct csv_cell *cell, size_t count)
{
	struct chart *c = self;
	if (number == 1)
		return OK;
	if (count < 2 || c->count == CHART_MAX || cell[0].len == 0 ||
	    cell[0].len > CHART_CODE_MAX || cell[1].len > CHART_NAME_MAX)
		return ERR_CORRUPT;
	struct chart_account *a = &c->account[c->count++];
	text_copy(a->code, sizeof a->code, cell[0].text, cell[0].len);
	text_copy(a->name, sizeof a->name, cell[1].text, cell[1].len);
	return OK;
}

enum err chart_read(const char *bytes, size_t len, struct chart *out)
{
	struct csv_trouble why;
	const struct csv_reader reader = {take_row, out};
	out->count = 0;
	char *text = len > CHART_BYTES_MAX ? NULL : malloc(len + 1);
	if (text == NULL)
		return ERR_FULL;
	memcpy(text, bytes, len);
	enum err e = csv_read(text, len, &reader, &why);
	free(text);
	return e == OK && out->count == 0 ? ERR_CORRUPT : e;
}

static const struct chart_account *by_code(const struct chart *c, const char *code, size_t len)
{
	for (size_t i = 0; i < c->count; i++)
		if (strlen(c->account[i].code) == len && memcmp(c->account[i].code, code, len) == 0)
			return &c->account[i];
	return NULL;
}

enum err chart_find(const struct chart *c, const char *text, size_t len,
		    char code[CHART_CODE_MAX + 1])
{
	size_t digits = 0;
	while (digits < len && text[digits] >= '0' && text[digits] <= '9')
		digits++;
	if (digits >= CHART_DIGITS && digits <= CHART_CODE_MAX &&
	    by_code(c, text, CHART_DIGITS) != NULL) {
		text_copy(code, CHART_CODE_MAX + 1, text, digits);
		return OK;
	}
	for (size_t i = 0; digits == 0 && i < c->count; i++) {
		size_t n = strlen(c->account[i].name);
		if (n == len && memcmp(c->account[i].name, text, len) == 0) {
			memcpy(code, c->account[i].code, sizeof c->account[i].code);
			return OK;
		}
	}
	return ERR_MISSING;
}

bool chart_passes(const char *account)
{
	static const char *const passing[] = {"101", "102", "113"};
	const char *colon = strchr(account, ':'), *code = colon == NULL ? account : colon + 1;
	for (size_t i = 0; i < sizeof passing / sizeof passing[0]; i++)
		if (strncmp(code, passing[i], strlen(passing[i])) == 0)
			return true;
	return false;
}
