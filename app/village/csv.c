#include "app/village/csv.h"

#include "app/base/text.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

struct csv_decoder {
	iconv_t gb18030, utf16le, utf16be;
};

static const iconv_t no_iconv = (iconv_t)-1;

void csv_trouble_words(const struct csv_trouble *t, struct buf *out)
{
	static const char *const words[] = {
		[CSV_FINE] = "这个文件没有问题。",
		[CSV_EMPTY] = "这个文件是空的，里面没有表格。请重新选文件。",
		[CSV_TOO_LONG] = "文件太大，最多 8 MB。请按月分开保存，再上传。",
		[CSV_WORKBOOK] =
			"这是 Excel 工作簿。请在表格软件里点“另存为”，选“CSV”，再上传那个文件。",
		[CSV_NUL] = "这不是表格文件，里面有程序用的字节。请在表格软件里另存为 CSV。",
		[CSV_ENCODING] = "文件里的字认不出来。请在表格软件里另存为“CSV UTF-8”，再上传。",
		[CSV_QUOTE] = "引号没有成对。请看看这一格里多了还是少了一个引号。",
		[CSV_CONTROL] = "这一格里有看不见的控制符。请把这一格重新打一遍。",
		[CSV_ROWS] = "行数太多，最多 20 万行。请按月分开保存，再上传。",
		[CSV_COLUMNS] = "列数太多，最多 256 列。请删掉右边用不着的列。",
		[CSV_CELL] = "这一格里的字太多，最多 32,767 个。",
		[CSV_MEMORY] = "机器内存不够，请稍后再传一次。",
	};
	if (t->row > 0 && t->column > 0)
		buf_print(out, "第 %zu 行第 %zu 列：", t->row, t->column);
	else if (t->row > 0)
		buf_print(out, "第 %zu 行：", t->row);
	buf_text(out, words[t->fault]);
}

static enum err trouble(struct csv_trouble *why, enum csv_fault fault, size_t row, size_t column)
{
	*why = (struct csv_trouble){fault, row, column};
	return fault == CSV_MEMORY || fault == CSV_TOO_LONG ? ERR_FULL : ERR_CORRUPT;
}

enum err csv_decoder_open(struct csv_decoder **out)
{
	*out = NULL;
	struct csv_decoder *d = malloc(sizeof *d);
	if (d == NULL)
		return ERR_FULL;
	d->gb18030 = iconv_open("UTF-8", "GB18030");
	d->utf16le = iconv_open("UTF-8", "UTF-16LE");
	d->utf16be = iconv_open("UTF-8", "UTF-16BE");
	if (d->gb18030 == no_iconv || d->utf16le == no_iconv || d->utf16be == no_iconv) {
		csv_decoder_close(d);
		return ERR_MISSING;
	}
	*out = d;
	return OK;
}

void csv_decoder_close(struct csv_decoder *d)
{
	if (d == NULL)
		return;
	if (d->gb18030 != no_iconv)
		iconv_close(d->gb18030);
	if (d->utf16le != no_iconv)
		iconv_close(d->utf16le);
	if (d->utf16be != no_iconv)
		iconv_close(d->utf16be);
	free(d);
}

/* Whole input or nothing; iconv substitutes nothing without being asked to. */
static enum err convert(iconv_t how, const char *bytes, size_t len, struct buf *utf8)
{
	size_t room = len * 3 / 2 + 64; /* a character of two bytes becomes one of three */
	unsigned char *start = buf_room(utf8, room);
	if (start == NULL)
		return ERR_FULL;
	char *from = (char *)(uintptr_t)bytes; /* iconv reads only, its type does not say so */
	char *to = (char *)start;
	iconv(how, NULL, NULL, NULL, NULL);
	size_t before = utf8->len - room, rc = iconv(how, &from, &len, &to, &room);
	utf8->len = before + (size_t)(to - (char *)start);
	utf8->p[utf8->len] = 0;
	if (rc == (size_t)-1 || len > 0)
		return ERR_CORRUPT;
	return OK;
}

static bool starts(const unsigned char *p, size_t len, const char *magic, size_t n)
{
	return len >= n && memcmp(p, magic, n) == 0;
}

enum err csv_decode(struct csv_decoder *d, const void *bytes, size_t len, struct buf *utf8,
		    struct csv_trouble *why)
{
	const unsigned char *p = bytes;
	iconv_t how = d->gb18030;
	size_t before = utf8->len;
	*why = (struct csv_trouble){CSV_FINE, 0, 0};
	if (len == 0)
		return trouble(why, CSV_EMPTY, 0, 0);
	if (len > CSV_BYTES_MAX)
		return trouble(why, CSV_TOO_LONG, 0, 0);
	if (starts(p, len, "PK\x03\x04", 4) || starts(p, len, "\xd0\xcf\x11\xe0", 4))
		return trouble(why, CSV_WORKBOOK, 0, 0);
	bool wide = starts(p, len, "\xff\xfe", 2) || starts(p, len, "\xfe\xff", 2);
	if (!wide && memchr(p, 0, len) != NULL)
		return trouble(why, CSV_NUL, 0, 0);
	if (starts(p, len, "\xef\xbb\xbf", 3)) {
		p += 3;
		len -= 3;
		how = no_iconv;
	} else if (wide) {
		how = p[0] == 0xff ? d->utf16le : d->utf16be;
		p += 2;
		len -= 2;
	}
	if (len == 0)
		return trouble(why, CSV_EMPTY, 0, 0);
	enum err e = OK;
	if (!wide && text_is_utf8(p, len)) {
		buf_add(utf8, p, len);
		e = buf_end(utf8);
	} else {
		e = how == no_iconv ? ERR_CORRUPT : convert(how, (const char *)p, len, utf8);
	}
	if (e != OK)
		return trouble(why, e == ERR_FULL ? CSV_MEMORY : CSV_ENCODING, 0, 0);
	if (memchr(utf8->p + before, 0, utf8->len - before) != NULL)
		return trouble(why, CSV_NUL, 0, 0);
	/* Private-use characters and the like pass; broken UTF-8 out of iconv must not. */
	if (!text_is_utf8(utf8->p + before, utf8->len - before))
		return trouble(why, CSV_ENCODING, 0, 0);
	return OK;
}

enum { GUESS_BYTES = 16384 };

/* The separator that stands on most lines outside quotes; then the one that stands oftenest. */
static char guess_separator(const char *text, size_t len)
{
	static const char candidate[3] = {'\t', ';', ','};
	size_t best_lines = 0, best_all = 0;
	char best = ',';
	if (len > GUESS_BYTES)
		len = GUESS_BYTES;
	for (size_t c = 0; c < sizeof candidate; c++) {
		size_t lines = 0, all = 0, here = 0;
		bool quoted = false;
		for (size_t i = 0; i <= len; i++) {
			if (i == len || (text[i] == '\n' && !quoted)) {
				lines += here > 0;
				all += here;
				here = 0;
			} else if (text[i] == '"') {
				quoted = !quoted;
			} else if (text[i] == candidate[c] && !quoted) {
				here++;
			}
		}
		if (lines > best_lines || (lines == best_lines && all > best_all)) {
			best_lines = lines;
			best_all = all;
			best = candidate[c];
		}
	}
	return best;
}

struct scan {
	char *text;
	size_t len, at;
	char separator;
	size_t row, column;
};

/* One character of a cell into its place. False for a control character. */
static bool keep(char c, char *out, size_t *n)
{
	if (c == '\r')
		return true;
	if (c == '\t')
		c = ' ';
	if (((unsigned char)c < 0x20 && c != '\n') || c == 0x7f)
		return false;
	out[(*n)++] = c;
	return true;
}

/* Reads the cell at s->at; leaves s->at on what ended it (separator, line feed or the end). */
static enum csv_fault read_cell(struct scan *s, struct csv_cell *cell)
{
	char *out = s->text + s->at;
	size_t n = 0;
	bool quoted = s->at < s->len && s->text[s->at] == '"', open = quoted;
	if (quoted)
		s->at++;
	while (s->at < s->len) {
		char c = s->text[s->at];
		if (open && c == '"') {
			if (s->at + 1 < s->len && s->text[s->at + 1] == '"')
				s->at++;
			else
				open = false;
			if (open)
				out[n++] = '"';
			s->at++;
			continue;
		}
		if (!open && (c == s->separator || c == '\n'))
			break;
		if (quoted && !open && c != '\r')
			return CSV_QUOTE;
		if (!keep(c, out, &n))
			return CSV_CONTROL;
		s->at++;
	}
	if (open)
		return CSV_QUOTE;
	*cell = (struct csv_cell){out, n};
	if (!text_is_plain(out, n))
		return CSV_CONTROL;
	return n > CSV_CELL_MAX && text_chars(out, n) > CSV_CELL_MAX ? CSV_CELL : CSV_FINE;
}

enum err csv_read(char *text, size_t len, const struct csv_reader *reader, struct csv_trouble *why)
{
	struct csv_cell cell[CSV_COLUMNS_MAX];
	struct scan s = {.text = text, .len = len, .separator = guess_separator(text, len)};
	*why = (struct csv_trouble){CSV_FINE, 0, 0};
	while (s.at < s.len) {
		s.column = 0;
		if (++s.row > CSV_ROWS_MAX)
			return trouble(why, CSV_ROWS, 0, 0);
		for (;;) {
			if (s.column == CSV_COLUMNS_MAX)
				return trouble(why, CSV_COLUMNS, s.row, 0);
			enum csv_fault f = read_cell(&s, &cell[s.column++]);
			if (f != CSV_FINE)
				return trouble(why, f, s.row, s.column);
			if (s.at == s.len || s.text[s.at++] == '\n')
				break;
		}
		enum err e = reader->row(reader->self, s.row, cell, s.column);
		if (e != OK)
			return e;
	}
	return s.row == 0 ? trouble(why, CSV_EMPTY, 0, 0) : OK;
}
