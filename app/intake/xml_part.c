#include "app/intake/xml_part.h"

#include <expat.h>
#include <string.h>

enum { PIECE = 65536 };

void xml_stop(struct xml_part *x, enum sheet_fault f)
{
	if (x->fault == SHEET_FINE)
		x->fault = f;
	XML_StopParser(x->parser, XML_FALSE);
}

static const char *local(const char *name)
{
	const char *colon = strrchr(name, ':');
	return colon == NULL ? name : colon + 1;
}

const char *xml_attribute(const char **attribute, const char *name)
{
	for (; attribute[0] != NULL; attribute += 2)
		if (strcmp(local(attribute[0]), name) == 0)
			return attribute[1];
	return NULL;
}

static void start_element(void *self, const char *name, const char **attribute)
{
	struct xml_part *x = self;
	if (x->fault != SHEET_FINE)
		return;
	if (++x->depth > PART_DEPTH_MAX)
		xml_stop(x, SHEET_BROKEN);
	else
		x->reader->start(x, local(name), attribute);
}

static void end_element(void *self, const char *name)
{
	struct xml_part *x = self;
	if (x->fault != SHEET_FINE)
		return;
	x->depth--;
	x->reader->end(x, local(name));
}

static void characters(void *self, const char *text, int len)
{
	struct xml_part *x = self;
	if (x->fault == SHEET_FINE && x->reader->text != NULL)
		x->reader->text(x, text, (size_t)len);
}

static void doctype(void *self, const char *name, const char *system, const char *public,
		    int has_internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)has_internal;
	xml_stop(self, SHEET_DTD);
}

static bool too_dense(ZPOS64_T packed, ZPOS64_T unpacked)
{
	return unpacked > PART_RATIO_FROM && unpacked / PART_RATIO_MAX > packed;
}

/* Every entry as the list at the end of the zip declares it. */
static enum sheet_fault look_around(unzFile zip)
{
	unz_global_info64 all;
	if (unzGetGlobalInfo64(zip, &all) != UNZ_OK || all.number_entry == 0)
		return SHEET_BROKEN;
	if (all.number_entry > ZIP_ENTRIES_MAX)
		return SHEET_BOMB;
	int rc = unzGoToFirstFile(zip);
	while (rc == UNZ_OK) {
		unz_file_info64 i;
		if (unzGetCurrentFileInfo64(zip, &i, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK)
			return SHEET_BROKEN;
		if (i.flag & 1)
			return SHEET_LOCKED;
		if (i.uncompressed_size > PART_BYTES_MAX ||
		    too_dense(i.compressed_size, i.uncompressed_size))
			return SHEET_BOMB;
		rc = unzGoToNextFile(zip);
	}
	return rc == UNZ_END_OF_LIST_OF_FILE ? SHEET_FINE : SHEET_BROKEN;
}

enum sheet_fault zip_book_open(struct zip_book *b, const void *bytes, size_t len,
			       unsigned long salt)
{
	b->zip = zip_memory_open(&b->memory, bytes, len);
	b->salt = salt;
	b->unpacked = 0;
	return b->zip == NULL ? SHEET_BROKEN : look_around(b->zip);
}

void zip_book_close(struct zip_book *b)
{
	if (b->zip != NULL)
		unzClose(b->zip);
	b->zip = NULL;
}

bool zip_book_has(struct zip_book *b, const char *path)
{
	return unzLocateFile(b->zip, path, 2) == UNZ_OK;
}

/* What the headers said need not be so: the real bytes are counted again. */
static enum sheet_fault unpack(struct zip_book *b, struct xml_part *x)
{
	size_t total = 0;
	ZPOS64_T from = unzGetCurrentFileZStreamPos64(b->zip);
	for (;;) {
		void *room = XML_GetBuffer(x->parser, PIECE);
		int n = room == NULL ? -1 : unzReadCurrentFile(b->zip, room, PIECE);
		if (n < 0)
			return room == NULL ? SHEET_MEMORY : SHEET_BROKEN;
		total += (size_t)n;
		b->unpacked += (size_t)n;
		ZPOS64_T packed = unzGetCurrentFileZStreamPos64(b->zip) - from + PIECE;
		if (total > PART_BYTES_MAX || b->unpacked > PARTS_BYTES_MAX ||
		    too_dense(packed, total))
			return SHEET_BOMB;
		enum XML_Status s = XML_ParseBuffer(x->parser, n, n == 0);
		if (x->fault != SHEET_FINE)
			return x->fault;
		if (s != XML_STATUS_OK)
			return XML_GetErrorCode(x->parser) == XML_ERROR_NO_MEMORY ? SHEET_MEMORY
										  : SHEET_BROKEN;
		if (n == 0)
			return SHEET_FINE;
	}
}

enum sheet_fault xml_part_read(struct zip_book *b, const char *path, const struct xml_reader *r,
			       bool *found)
{
	struct xml_part x = {.reader = r};
	*found = zip_book_has(b, path);
	if (!*found)
		return SHEET_FINE;
	if (unzOpenCurrentFile(b->zip) != UNZ_OK)
		return SHEET_BROKEN;
	x.parser = XML_ParserCreate(NULL);
	enum sheet_fault f = SHEET_MEMORY;
	if (x.parser != NULL) {
		XML_SetHashSalt(x.parser, b->salt);
		XML_SetUserData(x.parser, &x);
		XML_SetElementHandler(x.parser, start_element, end_element);
		XML_SetCharacterDataHandler(x.parser, characters);
		XML_SetStartDoctypeDeclHandler(x.parser, doctype);
		f = unpack(b, &x);
		XML_ParserFree(x.parser);
	}
	if (unzCloseCurrentFile(b->zip) != UNZ_OK && f == SHEET_FINE)
		f = SHEET_BROKEN; /* its checksum */
	return f;
}
