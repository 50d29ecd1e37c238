#include "app/intake/sheet.h"

#include "app/intake/ole.h"
#include "app/intake/sheet_csv.h"
#include "app/intake/sheet_xls.h"
#include "app/intake/sheet_xlsx.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

enum { SNIFF = 1024, PATH_PAGE = 4096 };

const char *sheet_fault_words(enum sheet_fault f)
{
	static const char *const words[SHEET_FAULTS] = {
		[SHEET_FINE] = "这个文件没有问题。",
		[SHEET_BROKEN] = "文件坏了，或者没有存完整。请在表格软件里打开，选“另存为 .xlsx”，"
				 "再上传新的那个。",
		[SHEET_LONG] = "文件太大，最多 8 MB。请按月分开保存，再上传。",
		[SHEET_LOCKED] = "这个文件加了密码。请在表格软件里去掉打开密码，保存一次，再上传。",
		[SHEET_OLD_OFFICE] = "这不是 Excel 表格（像是 .wps、.et 或者 Word 文件）。请在 WPS "
				     "里选 另存为 .xlsx，再上传。",
		[SHEET_WEB_PAGE] = "这个文件里是网页，不是表格（有的系统导出的 .xls "
				   "就是这样）。请在 WPS 里打开，选 另存为 .xlsx，再上传。",
		[SHEET_OTHER_TABLE] =
			"这种表格格式读不了。请在 WPS 里打开，选 另存为 .xlsx，再上传。",
		[SHEET_DOCUMENT] =
			"这是文字文档，不是表格。请把表复制到 WPS 表格里，另存为 .xlsx，再上传。",
		[SHEET_PICTURE] = "这是图片或者 PDF，不是表格。请上传 .xlsx、.xls 或者 CSV。",
		[SHEET_ARCHIVE] = "这是压缩包。请先解开，再上传里面的表格。",
		[SHEET_BOMB] = "文件解开以后太大，不像正常的表格。请把账复制到一张新表里，另存为 "
			       ".xlsx，再上传。",
		[SHEET_DTD] = "文件里夹带了表格不该有的内容（DTD）。请在 WPS 里打开，选 另存为 "
			      ".xlsx，再上传。",
		[SHEET_ROWS] = "行数太多，最多 20 万行。请按月分开保存，再上传。",
		[SHEET_COLUMNS] = "列数太多，最多 256 列。请删掉右边用不着的列。",
		[SHEET_CELL] = "有一格里的字太多，最多 32,767 个。",
		[SHEET_EMPTY] = "这个文件是空的，里面没有表格。请重新选文件。",
		[SHEET_MEMORY] = "表太大，读不下。请按月分开保存，再上传。",
	};
	return words[f];
}

/* A library asks for these by name when it meets old files; once open they stay in memory. The
 * Chinese ones and those that files of the house's own neighbours name. */
static const char *const charset_names[] = {"UTF-16LE", "CP936", "CP950", "CP1252"};
enum { CHARSETS = sizeof charset_names / sizeof charset_names[0] };

static enum err open_charsets(struct sheet_reader *r)
{
	iconv_t *open = calloc(CHARSETS, sizeof *open);
	enum err e = OK;
	if (open == NULL)
		return ERR_FULL;
	for (size_t i = 0; i < CHARSETS; i++) {
		open[i] = iconv_open("UTF-8", charset_names[i]);
		if (open[i] == (iconv_t)-1)
			e = ERR_MISSING;
	}
	r->charsets = open;
	return e;
}

static enum err open_file(struct sheet_reader *r)
{
	r->file = memfd_create("sheet", MFD_CLOEXEC);
	if (r->file < 0)
		return ERR_IO;
	char *page =
		mmap(NULL, PATH_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (page == MAP_FAILED)
		return ERR_FULL;
	snprintf(page, PATH_PAGE, "/proc/self/fd/%d", r->file);
	r->path = page;
	return mprotect(page, PATH_PAGE, PROT_READ) == 0 ? OK : ERR_IO;
}

enum err sheet_open(struct sheet_reader *r)
{
	*r = (struct sheet_reader){.file = -1};
	enum err e = csv_decoder_open(&r->decoder);
	if (e == OK && getrandom(&r->salt, sizeof r->salt, 0) != (ssize_t)sizeof r->salt)
		e = ERR_IO;
	r->salt |= 1; /* 0 means none to the reader, which would then ask the system itself */
	if (e == OK)
		e = open_charsets(r);
	if (e == OK)
		e = open_file(r);
	if (e != OK)
		sheet_close(r);
	return e;
}

void sheet_close(struct sheet_reader *r)
{
	iconv_t *open = r->charsets;
	for (size_t i = 0; open != NULL && i < CHARSETS; i++)
		if (open[i] != (iconv_t)-1)
			iconv_close(open[i]);
	free(open);
	if (r->path != NULL)
		munmap((void *)(uintptr_t)r->path, PATH_PAGE);
	if (r->file >= 0)
		close(r->file);
	csv_decoder_close(r->decoder);
	*r = (struct sheet_reader){.file = -1};
}

static bool starts(const unsigned char *p, size_t len, const char *magic, size_t n)
{
	return len >= n && memcmp(p, magic, n) == 0;
}
#define STARTS(magic) starts(p, len, magic, sizeof(magic) - 1)

/* Tags in the first bytes, in any letters; behind a mark and blanks. */
static bool web_page(const unsigned char *p, size_t len)
{
	static const char *const tags[] = {"<html",  "<!doctype", "<table", "<?xml",
					   "<style", "<head",     "<meta"};
	size_t at = 0;
	if (STARTS("\xef\xbb\xbf"))
		at = 3;
	while (at < len && at < SNIFF && (p[at] == ' ' || (p[at] >= '\t' && p[at] <= '\r')))
		at++;
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
		size_t n = strlen(tags[i]);
		if (len - at >= n && strncasecmp((const char *)p + at, tags[i], n) == 0)
			return true;
	}
	return false;
}

/* What is plainly no table; SHEET_FINE for the rest. */
static enum sheet_fault stranger(const unsigned char *p, size_t len)
{
	if (len == 0)
		return SHEET_EMPTY;
	if (STARTS("%PDF") || STARTS("\x89PNG") || STARTS("\xff\xd8\xff") || STARTS("GIF8") ||
	    STARTS("BM6"))
		return SHEET_PICTURE;
	if (STARTS("Rar!") || STARTS("7z\xbc\xaf") || STARTS("\x1f\x8b"))
		return SHEET_ARCHIVE;
	return web_page(p, len) ? SHEET_WEB_PAGE : SHEET_FINE;
}

void sheet_read(struct sheet_reader *r, const void *bytes, size_t len, struct buf *out)
{
	const unsigned char *p = bytes;
	enum sheet_fault f = len > CSV_BYTES_MAX ? SHEET_LONG : stranger(p, len);
	if (f == SHEET_FINE && (STARTS("PK\x03\x04") || STARTS("PK\x05\x06"))) {
		f = sheet_xlsx(bytes, len, r->salt, out);
	} else if (f == SHEET_FINE && STARTS("\xd0\xcf\x11\xe0")) {
		f = ole_kind(bytes, len);
		if (f == SHEET_FINE)
			f = sheet_xls(r, bytes, len, out);
	} else if (f == SHEET_FINE) {
		sheet_csv(r->decoder, bytes, len, out);
		return;
	}
	if (f == SHEET_FINE && out->full)
		f = SHEET_MEMORY;
	if (f == SHEET_FINE)
		return;
	buf_clear(out);
	out->full = false;
	cells_refused_put(out, sheet_fault_words(f));
}
