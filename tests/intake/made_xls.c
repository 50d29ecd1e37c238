#include "tests/intake/made_xls.h"

#include "app/base/text.h"

#include <stdlib.h>
#include <string.h>

static void put16(struct buf *out, unsigned v)
{
	const unsigned char b[2] = {v & 0xff, v >> 8 & 0xff};
	buf_add(out, b, 2);
}

/* [MS-XLS] 2.1.4: type, length, then the bytes. */
static void record(struct buf *out, unsigned type, const struct buf *body)
{
	put16(out, type);
	put16(out, (unsigned)body->len);
	buf_add(out, body->p, body->len);
}

static void small(struct buf *out, unsigned type, unsigned v)
{
	put16(out, type);
	put16(out, 2);
	put16(out, v);
}

/* UTF-16, of what fits in one unit. */
static unsigned wide(struct buf *out, const char *s)
{
	unsigned n = 0;
	for (size_t at = 0, len = strlen(s); at < len; n++)
		put16(out, (unsigned)text_next(s, len, &at));
	return n;
}

static unsigned count_wide(const char *s)
{
	struct buf b;
	buf_init(&b, 1 << 18);
	unsigned n = wide(&b, s);
	buf_free(&b);
	return n;
}

static void beginning(struct buf *out, const struct xls_book *b, unsigned kind)
{
	bool old = b->old_codepage != 0;
	put16(out, 0x0809);
	put16(out, old ? 8 : 16);
	put16(out, old ? 0x0500 : 0x0600);
	put16(out, kind);
	put16(out, 0x0dbb);
	put16(out, 0x07cc);
	if (!old)
		buf_add(out, "\xc1\0\0\0\x06\0\0\0", 8);
}

static void name_of(struct buf *body, const struct xls_book *b, const char *s)
{
	if (b->old_codepage != 0) {
		const unsigned char n = (unsigned char)strlen(s);
		buf_add(body, &n, 1);
		buf_text(body, s);
		return;
	}
	const unsigned char head[2] = {(unsigned char)count_wide(s), 1};
	buf_add(body, head, 2);
	wide(body, s);
}

static void formats(struct buf *out, const struct xls_book *b)
{
	static const unsigned format[] = {0, 14, 164};
	struct buf body;
	buf_init(&body, 4096);
	put16(&body, 164);
	if (b->old_codepage != 0) {
		buf_add(&body, "\x0ayyyy-mm-dd", 11);
	} else {
		put16(&body, 10);
		buf_add(&body, "", 1);
		buf_text(&body, "yyyy-mm-dd");
	}
	record(out, 0x041e, &body);
	for (size_t i = 0; i < 3; i++) {
		buf_clear(&body);
		put16(&body, 0);
		put16(&body, format[i]);
		buf_add(&body, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", b->old_codepage != 0 ? 12 : 16);
		record(out, 0x00e0, &body);
	}
	buf_free(&body);
}

static void strings(struct buf *out, const struct xls_book *b)
{
	struct buf body;
	unsigned count = 0;
	buf_init(&body, 1 << 20);
	for (size_t i = 0; i < b->cells; i++)
		count += b->cell[i].text != NULL;
	buf_u32(&body, count);
	buf_u32(&body, count);
	for (size_t i = 0; i < b->cells; i++) {
		if (b->cell[i].text == NULL)
			continue;
		put16(&body, count_wide(b->cell[i].text));
		buf_add(&body, "\1", 1);
		wide(&body, b->cell[i].text);
	}
	record(out, 0x00fc, &body);
	buf_free(&body);
}

static void put_double(struct buf *out, double v)
{
	unsigned char b[8];
	memcpy(b, &v, 8);
	buf_add(out, b, 8);
}

static void one_cell(struct buf *out, const struct xls_book *b, const struct xls_cell *c,
		     unsigned *string)
{
	struct buf body;
	buf_init(&body, 1 << 16);
	put16(&body, c->row);
	put16(&body, c->column);
	put16(&body, c->style);
	unsigned type = 0x0203;
	if (c->formula) {
		type = 0x0006;
		put_double(&body, c->number);
		put16(&body, 0);
		buf_u32(&body, 0);
		buf_add(&body, "\x03\0\x1e\x01\0", 5);
	} else if (c->text == NULL) {
		put_double(&body, c->number);
	} else if (b->old_codepage != 0) {
		type = 0x0204;
		put16(&body, (unsigned)strlen(c->text));
		buf_text(&body, c->text);
	} else {
		type = 0x00fd;
		buf_u32(&body, (*string)++);
	}
	record(out, type, &body);
	buf_free(&body);
}

static void sheet(struct buf *out, const struct xls_book *b)
{
	struct buf body;
	unsigned rows = 0, columns = 0, string = 0;
	buf_init(&body, 4096);
	beginning(out, b, 0x10);
	for (size_t i = 0; i < b->cells; i++) {
		rows = b->cell[i].row >= rows ? b->cell[i].row + 1 : rows;
		columns = b->cell[i].column >= columns ? b->cell[i].column + 1 : columns;
	}
	if (b->old_codepage != 0) {
		put16(&body, 0);
		put16(&body, rows);
	} else {
		buf_u32(&body, 0);
		buf_u32(&body, rows);
	}
	put16(&body, 0);
	put16(&body, columns);
	put16(&body, 0);
	record(out, 0x0200, &body);
	for (size_t i = 0; i < b->cells; i++)
		one_cell(out, b, &b->cell[i], &string);
	if (b->merge[1] > 0) {
		buf_clear(&body);
		put16(&body, 1);
		for (size_t i = 0; i < 4; i++)
			put16(&body, b->merge[i]);
		record(out, 0x00e5, &body);
	}
	buf_add(out, "\x0a\0\0\0", 4);
	buf_free(&body);
}

static void stream(struct buf *out, const struct xls_book *b)
{
	struct buf body;
	buf_init(&body, 4096);
	beginning(out, b, 5);
	if (b->locked)
		buf_add(out, "\x2f\0\6\0\0\0\x34\x12\x78\x56", 10);
	small(out, 0x0042, b->old_codepage != 0 ? b->old_codepage : 1200);
	small(out, 0x0022, b->since_1904);
	formats(out, b);
	size_t place = out->len + 4;
	buf_u32(&body, 0);
	put16(&body, 0);
	name_of(&body, b, b->old_codepage != 0 ? "1" : "收支");
	record(out, 0x0085, &body);
	if (b->old_codepage == 0)
		strings(out, b);
	buf_add(out, "\x0a\0\0\0", 4);
	for (size_t i = 0; i < 4; i++)
		out->p[place + i] = (unsigned char)(out->len >> (8 * i));
	sheet(out, b);
	buf_free(&body);
}

/* --- the OLE file around it ([MS-CFB]): header, one table of sectors, entries, the stream --- */

enum { SECTOR = 512 };
#define END   0xfffffffeu
#define FREE  0xffffffffu
#define TABLE 0xfffffffdu

static void entry(struct buf *out, const char *name, unsigned kind, unsigned child, unsigned first,
		  unsigned size)
{
	size_t at = out->len;
	unsigned n = name == NULL ? 0 : wide(out, name) + 1;
	while (out->len < at + 64)
		buf_add(out, "", 1);
	put16(out, n * 2);
	const unsigned char kinds[2] = {(unsigned char)kind, 1};
	buf_add(out, kinds, 2);
	buf_u32(out, FREE);
	buf_u32(out, FREE);
	buf_u32(out, child);
	while (out->len < at + 116)
		buf_add(out, "", 1);
	buf_u32(out, first);
	buf_u32(out, size);
	buf_u32(out, 0);
}

static void pad(struct buf *out, size_t to, unsigned char with)
{
	while (out->len % to != 0)
		buf_add(out, &with, 1);
}

/* Sectors: tables of sectors first, then the entries, then the stream. */
void made_xls(struct buf *out, const struct xls_book *b)
{
	struct buf body;
	buf_init(&body, 16 << 20);
	stream(&body, b);
	while (body.len < 4096) /* shorter ones would go into another kind of stream */
		buf_add(&body, "", 1);
	unsigned size = (unsigned)body.len;
	pad(&body, SECTOR, 0);
	unsigned sectors = (unsigned)(body.len / SECTOR), tables = 1;
	while (tables * 128 < tables + 1 + sectors)
		tables++;
	buf_clear(out);
	buf_add(out, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
	buf_add(out, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x3e\0\3\0\xfe\xff\x09\0\x06\0\0\0\0\0\0\0",
		32);
	buf_u32(out, 0);
	buf_u32(out, tables);
	buf_u32(out, tables); /* first sector of the entries */
	buf_u32(out, 0);
	buf_u32(out, 4096);
	buf_u32(out, END);
	buf_u32(out, 0);
	buf_u32(out, END);
	buf_u32(out, 0);
	for (unsigned i = 0; i < 109; i++)
		buf_u32(out, i < tables ? i : FREE);
	for (unsigned i = 0; i < tables; i++)
		buf_u32(out, TABLE);
	buf_u32(out, END);
	for (unsigned i = 1; i <= sectors; i++)
		buf_u32(out, i == sectors ? END : tables + 1 + i);
	pad(out, SECTOR, 0xff);
	entry(out, "Root Entry", 5, 1, END, 0);
	entry(out, b->stream == NULL ? "Workbook" : b->stream, 2, FREE, tables + 1, size);
	entry(out, b->second, b->second == NULL ? 0 : 2, FREE, END, 0);
	entry(out, NULL, 0, FREE, 0, 0);
	buf_add(out, body.p, body.len);
	if (out->full || body.full)
		abort();
	buf_free(&body);
}
