#include "tests/intake/made.h"

#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

static void must(bool good)
{
	if (!good)
		abort();
}

static void put16(struct buf *out, size_t v)
{
	const unsigned char b[2] = {v & 0xff, v >> 8 & 0xff};
	buf_add(out, b, 2);
}

/* The fields that an entry and the list at the end share (APPNOTE.TXT 4.3.7 and 4.3.12). */
static void put_common(struct buf *out, const struct made_entry *e, uint32_t crc, size_t packed,
		       size_t length)
{
	put16(out, 20);
	put16(out, e->encrypted ? 1 : 0);
	put16(out, 8); /* deflated */
	buf_u32(out, 0);
	buf_u32(out, e->no_checksum ? ~crc : crc);
	buf_u32(out, (uint32_t)packed);
	buf_u32(out, (uint32_t)(e->said_length > 0 ? e->said_length : length));
	put16(out, strlen(e->name));
	put16(out, 0);
}

static size_t deflate_entry(struct buf *out, const struct made_entry *e, uint32_t *crc)
{
	z_stream z = {.zalloc = NULL};
	size_t before = out->len, times = e->repeat == 0 ? 1 : e->repeat;
	unsigned char room[16384];
	must(deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) == Z_OK);
	*crc = (uint32_t)crc32(0, NULL, 0);
	for (size_t i = 0; i < times; i++) {
		*crc = (uint32_t)crc32(*crc, e->bytes, (uInt)e->len);
		z.next_in = (Bytef *)(uintptr_t)e->bytes;
		z.avail_in = (uInt)e->len;
		do {
			z.next_out = room;
			z.avail_out = sizeof room;
			must(deflate(&z, i + 1 == times ? Z_FINISH : Z_NO_FLUSH) != Z_STREAM_ERROR);
			buf_add(out, room, sizeof room - z.avail_out);
		} while (z.avail_out == 0);
	}
	deflateEnd(&z);
	return out->len - before;
}

void made_zip(struct buf *out, const struct made_entry *entry, size_t count)
{
	struct buf list, packed;
	buf_clear(out);
	buf_init(&list, 16 << 20);
	buf_init(&packed, 64 << 20);
	for (size_t i = 0; i < count; i++) {
		const struct made_entry *e = &entry[i];
		size_t at = out->len, length = e->len * (e->repeat == 0 ? 1 : e->repeat);
		uint32_t crc;
		buf_clear(&packed);
		deflate_entry(&packed, e, &crc);
		buf_add(out, "PK\x03\x04", 4);
		put_common(out, e, crc, packed.len, length);
		buf_text(out, e->name);
		buf_add(out, packed.p, packed.len);
		buf_add(&list, "PK\x01\x02\x14\x00", 6);
		put_common(&list, e, crc, packed.len, length);
		buf_add(&list, "\0\0\0\0\0\0\0\0\0\0", 10);
		buf_u32(&list, (uint32_t)at);
		buf_text(&list, e->name);
	}
	size_t at = out->len;
	buf_add(out, list.p, list.len);
	buf_add(out, "PK\x05\x06\0\0\0\0", 8);
	put16(out, count);
	put16(out, count);
	buf_u32(out, (uint32_t)list.len);
	buf_u32(out, (uint32_t)at);
	put16(out, 0);
	must(!out->full && !list.full && !packed.full);
	buf_free(&list);
	buf_free(&packed);
}

#define XML    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
#define MAIN   "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELS   "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\""

static void around(struct buf *out, const char *head, const char *root, const char *inside)
{
	buf_init(out, 32 << 20);
	buf_print(out, "%s<%s " MAIN ">%s</%s>", head, root, inside, root);
}

void made_xlsx(struct buf *out, const struct made_book *b)
{
	static const char types[] = XML "<Types/>", root[] = XML
						    "<Relationships " RELS
						    "><Relationship Id=\"rId1\" Type=\"" OFFICE
						    "/officeDocument\" Target=\"xl/workbook.xml\"/>"
						    "</Relationships>";
	struct buf book, links, sheet, strings, styles;
	buf_init(&book, 1 << 20);
	buf_init(&links, 1 << 20);
	buf_print(&book,
		  XML "<workbook " MAIN " xmlns:r=\"" OFFICE "\">%s<sheets>%s</sheets></workbook>",
		  b->book == NULL ? "" : b->book,
		  b->sheets == NULL ? "<sheet name=\"收支\" sheetId=\"1\" r:id=\"rId1\"/>"
				    : b->sheets);
	buf_print(&links,
		  XML "<Relationships " RELS "><Relationship Id=\"rId1\" Type=\"" OFFICE
		      "/worksheet\" Target=\"worksheets/first.xml\"/><Relationship Id=\"rId8\" "
		      "Type=\"" OFFICE
		      "/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId9\" "
		      "Type=\"" OFFICE "/styles\" Target=\"/xl/styles.xml\"/>%s</Relationships>",
		  b->links == NULL ? "" : b->links);
	around(&sheet, b->head == NULL ? XML : b->head, "worksheet",
	       b->sheet == NULL ? "" : b->sheet);
	around(&strings, XML, "sst", b->strings == NULL ? "" : b->strings);
	around(&styles, XML, "styleSheet", b->styles == NULL ? "" : b->styles);
	struct made_entry e[9] = {
		{.name = "[Content_Types].xml", .bytes = types, .len = sizeof types - 1},
		{.name = "_rels/.rels", .bytes = root, .len = sizeof root - 1},
		{.name = "xl/workbook.xml", .bytes = book.p, .len = book.len},
		{.name = "xl/_rels/workbook.xml.rels", .bytes = links.p, .len = links.len},
		{.name = "xl/sharedStrings.xml", .bytes = strings.p, .len = strings.len},
		{.name = "xl/styles.xml", .bytes = styles.p, .len = styles.len},
		{.name = "xl/worksheets/first.xml", .bytes = sheet.p, .len = sheet.len},
	};
	size_t count = 7;
	for (size_t i = 0; i < 2 && b->name[i] != NULL; i++)
		e[count++] = (struct made_entry){
			.name = b->name[i], .bytes = b->part[i], .len = strlen(b->part[i])};
	made_zip(out, e, count);
	buf_free(&book);
	buf_free(&links);
	buf_free(&sheet);
	buf_free(&strings);
	buf_free(&styles);
}

void made_read(const void *bytes, size_t len, struct buf *answer, int *status)
{
	made_read_as(NULL, bytes, len, answer, status);
}

void made_read_as(const char *option, const void *bytes, size_t len, struct buf *answer,
		  int *status)
{
	char self[PATH_MAX] = "", path[PATH_MAX + 64];
	must(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
	snprintf(path, sizeof path, "%s/../../bin/elutong-intake", dirname(self));
	int in = memfd_create("in", 0), out = memfd_create("out", 0);
	must(in >= 0 && out >= 0);
	must(write(in, bytes, len) == (ssize_t)len && lseek(in, 0, SEEK_SET) == 0);
	pid_t child = fork();
	if (child == 0) {
		if (dup2(in, 0) < 0 || dup2(out, 1) < 0)
			_exit(99);
		close(in);
		close(out);
		execl(path, path, option, (char *)NULL);
		_exit(99);
	}
	must(waitpid(child, status, 0) == child);
	off_t size = lseek(out, 0, SEEK_END);
	buf_clear(answer);
	unsigned char *room = buf_room(answer, (size_t)size);
	must(room != NULL && pread(out, room, (size_t)size, 0) == size);
	room[size] = 0;
	close(in);
	close(out);
}
