#include "app/intake/ole.h"

#include <string.h>

/* [MS-CFB] 2.6.1: entries of 128 bytes, the name in UTF-16 first, its length in bytes with the
 * ending zero at 64, the kind of entry at 66. */
enum { ENTRY = 128, NAME_LENGTH = 64, KIND = 66 };

static bool named(const unsigned char *entry, const char *name)
{
	size_t n = strlen(name);
	if (entry[NAME_LENGTH] != (n + 1) * 2 || entry[NAME_LENGTH + 1] != 0 ||
	    (entry[KIND] != 1 && entry[KIND] != 2))
		return false;
	for (size_t i = 0; i < n; i++)
		if (entry[i * 2] != (unsigned char)name[i] || entry[i * 2 + 1] != 0)
			return false;
	return true;
}

enum sheet_fault ole_kind(const void *bytes, size_t len)
{
	const unsigned char *p = bytes;
	bool book = false;
	for (size_t at = 512; at + ENTRY <= len; at += ENTRY) {
		if (named(p + at, "EncryptedPackage") || named(p + at, "EncryptionInfo"))
			return SHEET_LOCKED;
		book = book || named(p + at, "Workbook") || named(p + at, "Book");
	}
	return book ? SHEET_FINE : SHEET_OLD_OFFICE;
}

/* --- the stream --- */

enum {
	HEADER_SHIFT = 30,
	HEADER_TABLES = 76, /* where the first 109 sectors of the table are named */
	HEADER_TABLES_COUNT = 109,
	HEADER_MORE = 68, /* first sector that names more of them */
	FIRST_SECTOR = 116,
	SIZE = 120,
	SHORT_STREAM = 4096 /* kept elsewhere; no workbook is as short */
};
static const uint32_t sector_last = 0xfffffffa; /* above: no sector */

struct file {
	const unsigned char *p;
	size_t len, sector;
};

static uint32_t number_at(const struct file *f, size_t at)
{
	if (at + 4 > f->len)
		return 0xffffffff;
	const unsigned char *p = f->p + at;
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static size_t place_of(const struct file *f, uint32_t sector)
{
	return sector > sector_last ? f->len : ((size_t)sector + 1) * f->sector;
}

/* The i-th sector of the table that chains sectors. */
static uint32_t table_sector(const struct file *f, size_t i)
{
	if (i < HEADER_TABLES_COUNT)
		return number_at(f, HEADER_TABLES + i * 4);
	size_t each = f->sector / 4 - 1;
	uint32_t more = number_at(f, HEADER_MORE);
	for (i -= HEADER_TABLES_COUNT; i >= each && more <= sector_last; i -= each)
		more = number_at(f, place_of(f, more) + each * 4);
	return more > sector_last ? more : number_at(f, place_of(f, more) + i * 4);
}

static uint32_t next_sector(const struct file *f, uint32_t sector)
{
	size_t each = f->sector / 4;
	uint32_t table = table_sector(f, sector / each);
	return table > sector_last ? table : number_at(f, place_of(f, table) + sector % each * 4);
}

enum sheet_fault ole_workbook(const void *bytes, size_t len, struct buf *out)
{
	struct file f = {bytes, len, 512};
	size_t entry = 512;
	if (len > 512 && f.p[HEADER_SHIFT] == 12)
		f.sector = 4096;
	while (entry + ENTRY <= len && !named(f.p + entry, "Workbook") &&
	       !named(f.p + entry, "Book"))
		entry += ENTRY;
	if (entry + ENTRY > len || number_at(&f, entry + SIZE) < SHORT_STREAM)
		return SHEET_FINE;
	size_t left = number_at(&f, entry + SIZE);
	uint32_t sector = number_at(&f, entry + FIRST_SECTOR);
	/* A chain longer than the file goes in circles. */
	for (size_t steps = len / f.sector; left > 0 && steps > 0; steps--) {
		size_t at = place_of(&f, sector), n = left < f.sector ? left : f.sector;
		if (at >= len)
			return SHEET_BROKEN;
		if (n > len - at)
			return SHEET_BROKEN;
		buf_add(out, f.p + at, n);
		left -= n;
		sector = next_sector(&f, sector);
	}
	return left > 0 ? SHEET_BROKEN : SHEET_FINE;
}
