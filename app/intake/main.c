/* main.c - elutong-intake: one untrusted file on standard input, rows of cells or clean pages on
 * standard output.
 *
 * Everything the process needs is opened first; then it locks itself up; only then does it read a
 * byte. It ends with _exit: behind its rules nothing but reading and writing is possible. */
#include "app/base/log.h"
#include "app/base/options.h"
#include "app/intake/cage.h"
#include "app/intake/page.h"
#include "app/intake/page_pdf.h"
#include "app/intake/sheet.h"
#include "app/village/picture.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { MEMORY_MIB = 512, CPU_S = 10, PIECE = 65536 };
enum { PICTURE_MEMORY_MIB = 768, PDF_CPU_S = 18 };

static enum err read_all(struct buf *in, size_t most)
{
	for (;;) {
		if (in->len > most)
			return ERR_FULL;
		unsigned char *at = buf_room(in, PIECE);
		if (at == NULL)
			return ERR_FULL;
		ssize_t n = read(STDIN_FILENO, at, PIECE);
		in->len -= PIECE - (n > 0 ? (size_t)n : 0);
		if (n == 0)
			return OK;
		if (n < 0 && errno != EINTR)
			return ERR_IO;
	}
}

static int write_all(const struct buf *out)
{
	for (size_t at = 0; at < out->len;) {
		ssize_t n = write(STDOUT_FILENO, out->p + at, out->len - at);
		if (n > 0)
			at += (size_t)n;
		else if (n < 0 && errno != EINTR)
			return 1;
	}
	return 0;
}

/* One job: what is opened before the cage, the cage, and what is made of the bytes. */
static int read_table(void)
{
	struct sheet_reader reader;
	struct buf in, out;
	buf_init(&in, CSV_BYTES_MAX + 2 * PIECE);
	buf_init(&out, CELLS_BYTES_MAX);
	if (sheet_open(&reader) != OK || cage_close_but(MEMORY_MIB, CPU_S, reader.path) != OK)
		return 1;
	enum err e = read_all(&in, CSV_BYTES_MAX);
	if (e != OK && e != ERR_FULL)
		return 1;
	sheet_read(&reader, in.p, in.len, &out);
	return write_all(&out);
}

static int read_pages(bool pdf, bool turn, const char *boxes)
{
	struct buf in, out;
	buf_init(&in, PICTURE_FILE_MAX + 2 * PIECE);
	buf_init(&out, PICTURE_OUT_MAX);
	enum err e = pdf ? page_pdf_start() : OK;
	if (e == OK)
		e = pdf ? page_pdf_cage(PICTURE_MEMORY_MIB, PDF_CPU_S)
			: cage_close(PICTURE_MEMORY_MIB, CPU_S);
	if (e != OK)
		return 1;
	e = read_all(&in, PICTURE_FILE_MAX);
	if (e != OK && e != ERR_FULL)
		return 1;
	if (pdf)
		page_pdf(in.p, in.len, &out);
	else if (turn)
		page_turned(in.p, in.len, &out);
	else if (boxes != NULL)
		page_boxed(in.p, in.len, boxes, &out);
	else
		page_picture(in.p, in.len, &out);
	return write_all(&out);
}

int main(int argc, char **argv)
{
	bool picture = false, pdf = false, turn = false;
	const char *boxes = NULL;
	int code = 0;
	const struct option_entry entry[] = {
		{"picture", NULL, "the file is a photo or scan (JPEG, PNG): write its clean page",
		 NULL, &picture},
		{"pdf", NULL, "the file is a PDF: write its pages", NULL, &pdf},
		{"turn", NULL, "as --picture, turned to the right by a quarter", NULL, &turn},
		{"boxes", "LIST",
		 "as --picture, with black boxes burnt in: \"LEFT TOP WIDTH HEIGHT;"
		 "...\" in thousandths",
		 &boxes, NULL},
	};
	log_name("elutong-intake");
	const struct option_table table = {
		.usage =
			"<FILE >CELLS\nReads one table (.xlsx, .xls, CSV) from standard input and "
			"writes its cells as JSON lines to standard output,\nor one picture or PDF "
			"as pages; locked away from everything else.",
		.entry = entry,
		.entries = sizeof entry / sizeof entry[0]};
	if (!options_read(argc, argv, 1, &table, &code))
		return code;
	_exit(picture || pdf || turn || boxes != NULL ? read_pages(pdf, turn, boxes)
						      : read_table());
}
