#include "app/intake/xlsx_book.h"

#include "app/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMATS_MAX = 4096 };

/* --- which formats are days --- */

bool format_is_day(const char *code)
{
	bool month = false, time = false;
	for (const char *p = code; *p != 0 && *p != ';'; p++) {
		if (*p == '"' || *p == '[') { /* words as they are; a colour or a language */
			const char *end = strchr(p + 1, *p == '"' ? '"' : ']');
			if (end == NULL)
				break;
			p = end;
		} else if ((*p == '\\' || *p == '_' || *p == '*') && p[1] != 0) {
			p++;
		} else if (*p == 'y' || *p == 'Y' || *p == 'd' || *p == 'D') {
			return true;
		} else if (*p == 'm' || *p == 'M') {
			month = true;
		} else if (*p == 'h' || *p == 'H' || *p == 's' || *p == 'S') {
			time = true;
		}
	}
	return month && !time;
}

/* 18.8.30: those that show a day, also as Chinese Excel numbers them. */
static bool built_in_day(long id)
{
	return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
	       (id >= 50 && id <= 54) || id == 57 || id == 58;
}

struct styles {
	struct book *b;
	bool in_cells; /* cellXfs, not cellStyleXfs */
	size_t formats;
	long day_format[FORMATS_MAX]; /* own formats that are days */
};

static bool is_day_format(const struct styles *s, long id)
{
	for (size_t i = 0; i < s->formats; i++)
		if (s->day_format[i] == id)
			return true;
	return built_in_day(id);
}

static void *grown(void *table, size_t used, size_t *room, size_t each, size_t most)
{
	if (used < *room)
		return table;
	size_t want = *room == 0 ? 256 : *room * 2;
	void *p = used >= most ? NULL : realloc(table, want * each);
	if (p != NULL)
		*room = want;
	return p;
}

static void style_start(struct xml_part *x, const char *name, const char **attribute)
{
	struct styles *s = x->reader->self;
	struct book *b = s->b;
	const char *id = xml_attribute(attribute, "numFmtId");
	if (strcmp(name, "cellXfs") == 0) {
		s->in_cells = true;
	} else if (strcmp(name, "numFmt") == 0 && id != NULL) {
		const char *code = xml_attribute(attribute, "formatCode");
		if (code != NULL && format_is_day(code) && s->formats < FORMATS_MAX)
			s->day_format[s->formats++] = strtol(id, NULL, 10);
	} else if (strcmp(name, "xf") == 0 && s->in_cells) {
		void *p = grown(b->day_style, b->styles, &b->style_room, 1, BOOK_STYLES_MAX);
		if (p == NULL) {
			xml_stop(x, SHEET_MEMORY);
			return;
		}
		b->day_style = p;
		b->day_style[b->styles++] = id != NULL && is_day_format(s, strtol(id, NULL, 10));
	}
}

static void style_end(struct xml_part *x, const char *name)
{
	struct styles *s = x->reader->self;
	if (strcmp(name, "cellXfs") == 0)
		s->in_cells = false;
}

static enum sheet_fault read_styles(struct book *b, const char *path)
{
	bool found;
	struct styles *s = calloc(1, sizeof *s);
	if (s == NULL)
		return SHEET_MEMORY;
	s->b = b;
	const struct xml_reader r = {style_start, style_end, NULL, s};
	enum sheet_fault f = xml_part_read(&b->zip, path, &r, &found);
	free(s);
	return f;
}

bool book_is_day(const struct book *b, size_t style)
{
	return style < b->styles && b->day_style[style];
}

/* --- shared strings --- */

struct strings {
	struct book *b;
	int in_text, in_reading; /* t; rPh, which says how to pronounce it */
};

static void string_start(struct xml_part *x, const char *name, const char **attribute)
{
	struct strings *s = x->reader->self;
	struct book *b = s->b;
	(void)attribute;
	if (strcmp(name, "si") == 0) {
		void *p = grown(b->string, b->strings_count + 1, &b->string_room, sizeof *b->string,
				CELLS_TOTAL_MAX);
		if (p == NULL) {
			xml_stop(x, SHEET_MEMORY);
			return;
		}
		b->string = p;
		b->string[b->strings_count++] = (uint32_t)b->strings.len;
	}
	s->in_text += strcmp(name, "t") == 0;
	s->in_reading += strcmp(name, "rPh") == 0;
}

static void string_end(struct xml_part *x, const char *name)
{
	struct strings *s = x->reader->self;
	s->in_text -= strcmp(name, "t") == 0;
	s->in_reading -= strcmp(name, "rPh") == 0;
}

static void string_text(struct xml_part *x, const char *text, size_t len)
{
	struct strings *s = x->reader->self;
	if (s->in_text == 0 || s->in_reading > 0 || s->b->strings_count == 0)
		return;
	buf_add(&s->b->strings, text, len);
	if (s->b->strings.full)
		xml_stop(x, SHEET_MEMORY);
}

static enum sheet_fault read_strings(struct book *b, const char *path)
{
	bool found;
	struct strings s = {.b = b};
	const struct xml_reader r = {string_start, string_end, string_text, &s};
	enum sheet_fault f = xml_part_read(&b->zip, path, &r, &found);
	if (f == SHEET_FINE && b->strings_count > 0)
		b->string[b->strings_count] = (uint32_t)b->strings.len;
	return f;
}

const char *book_string(const struct book *b, size_t i, size_t *len)
{
	if (i >= b->strings_count)
		return NULL;
	*len = b->string[i + 1] - b->string[i];
	return buf_str(&b->strings) + b->string[i];
}

/* --- the workbook and what it points to --- */

struct links {
	struct book *b;
	const char *folder; /* of the part the links belong to, with its slash */
	char book[BOOK_PATH], strings[BOOK_PATH], styles[BOOK_PATH];
};

static bool ends(const char *s, const char *tail)
{
	size_t n = strlen(s), m = strlen(tail);
	return n >= m && strcmp(s + n - m, tail) == 0;
}

/* A target is beside the part or, with a slash, at the root. */
static void resolve(const char *folder, const char *target, char out[BOOK_PATH])
{
	if (target[0] == '/')
		text_copy(out, BOOK_PATH, target + 1, strlen(target + 1));
	else
		snprintf(out, BOOK_PATH, "%.100s%.150s", folder, target);
}

static void link_start(struct xml_part *x, const char *name, const char **attribute)
{
	struct links *l = x->reader->self;
	const char *type = xml_attribute(attribute, "Type");
	const char *target = xml_attribute(attribute, "Target"),
		   *id = xml_attribute(attribute, "Id");
	if (strcmp(name, "Relationship") != 0 || type == NULL || target == NULL || id == NULL)
		return;
	if (ends(type, "/officeDocument"))
		resolve(l->folder, target, l->book);
	else if (ends(type, "/sharedStrings"))
		resolve(l->folder, target, l->strings);
	else if (ends(type, "/styles"))
		resolve(l->folder, target, l->styles);
	else if (ends(type, "/worksheet"))
		for (size_t i = 0; i < l->b->sheets; i++)
			if (strcmp(l->b->sheet[i].id, id) == 0)
				resolve(l->folder, target, l->b->sheet[i].path);
}

static void no_end(struct xml_part *x, const char *name)
{
	(void)x;
	(void)name;
}

static enum sheet_fault read_links(struct links *l, const char *path)
{
	bool found;
	const struct xml_reader r = {link_start, no_end, NULL, l};
	return xml_part_read(&l->b->zip, path, &r, &found);
}

static void book_start(struct xml_part *x, const char *name, const char **attribute)
{
	struct book *b = x->reader->self;
	if (strcmp(name, "workbookPr") == 0) {
		const char *v = xml_attribute(attribute, "date1904");
		b->since_1904 = v != NULL && (strcmp(v, "1") == 0 || strcmp(v, "true") == 0);
	}
	if (strcmp(name, "sheet") != 0 || b->sheets == BOOK_SHEETS_MAX)
		return;
	const char *called = xml_attribute(attribute, "name"), *id = xml_attribute(attribute, "id"),
		   *state = xml_attribute(attribute, "state");
	if (called == NULL || id == NULL)
		return;
	struct book_sheet *s = &b->sheet[b->sheets++];
	text_copy(s->name, sizeof s->name, called, strlen(called));
	text_copy(s->id, sizeof s->id, id, strlen(id));
	s->hidden = state != NULL && strcmp(state, "visible") != 0;
}

/* A zip without a workbook of this kind: what else it is. */
static enum sheet_fault other_zip(struct zip_book *z)
{
	if (zip_book_has(z, "xl/workbook.bin") || zip_book_has(z, "content.xml"))
		return SHEET_OTHER_TABLE;
	if (zip_book_has(z, "word/document.xml") || zip_book_has(z, "ppt/presentation.xml"))
		return SHEET_DOCUMENT;
	return zip_book_has(z, "[Content_Types].xml") ? SHEET_BROKEN : SHEET_ARCHIVE;
}

static enum sheet_fault read_book(struct book *b, struct links *l)
{
	char folder[BOOK_PATH], path[BOOK_PATH];
	bool found;
	const struct xml_reader r = {book_start, no_end, NULL, b};
	enum sheet_fault f = read_links(l, "_rels/.rels");
	if (f != SHEET_FINE)
		return f;
	if (!ends(l->book, "workbook.xml") || !zip_book_has(&b->zip, l->book))
		return other_zip(&b->zip);
	const char *slash = strrchr(l->book, '/');
	text_copy(folder, sizeof folder, l->book,
		  slash == NULL ? 0 : (size_t)(slash + 1 - l->book));
	f = xml_part_read(&b->zip, l->book, &r, &found);
	if (f != SHEET_FINE)
		return f;
	l->folder = folder;
	snprintf(path, sizeof path, "%.100s_rels/%.100s.rels", folder, l->book + strlen(folder));
	return read_links(l, path);
}

enum sheet_fault book_open(struct book *b, const void *bytes, size_t len, unsigned long salt)
{
	struct links l = {.b = b, .folder = "", .book = "xl/workbook.xml"};
	*b = (struct book){.sheets = 0};
	buf_init(&b->strings, CSV_TEXT_MAX);
	enum sheet_fault f = zip_book_open(&b->zip, bytes, len, salt);
	if (f == SHEET_FINE)
		f = read_book(b, &l);
	if (f == SHEET_FINE && l.strings[0] != 0)
		f = read_strings(b, l.strings);
	if (f == SHEET_FINE && l.styles[0] != 0)
		f = read_styles(b, l.styles);
	return f;
}

void book_close(struct book *b)
{
	zip_book_close(&b->zip);
	buf_free(&b->strings);
	free(b->string);
	free(b->day_style);
}
