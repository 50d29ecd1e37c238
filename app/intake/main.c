/* main.c - elutong-intake: one untrusted file on standard input, rows of cells on standard output.
 *
 * Everything the process needs is opened first; then it locks itself up; only then does it read a
 * byte. It ends with _exit: behind its rules nothing but reading and writing is possible. */
#include "app/base/log.h"
#include "app/base/options.h"
#include "app/intake/cage.h"
#include "app/intake/sheet.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { MEMORY_MIB = 512, CPU_S = 10, PIECE = 65536 };

static enum err read_all(struct buf *in)
{
	for (;;) {
		if (in->len > CSV_BYTES_MAX)
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

int main(int argc, char **argv)
{
	struct sheet_reader reader;
	struct buf in, out;
	int code = 0;
	log_name("elutong-intake");
	static const struct option_table table = {
		.usage = "<FILE >CELLS\nReads one table (.xlsx, .xls, CSV) from standard input and "
			 "writes its "
			 "cells as JSON lines to standard output,\nlocked away from everything "
			 "else."};
	if (!options_read(argc, argv, 1, &table, &code))
		return code;
	buf_init(&in, CSV_BYTES_MAX + 2 * PIECE);
	buf_init(&out, CELLS_BYTES_MAX);
	if (sheet_open(&reader) != OK || cage_close_but(MEMORY_MIB, CPU_S, reader.path) != OK)
		_exit(1);
	enum err e = read_all(&in);
	if (e == OK || e == ERR_FULL)
		sheet_read(&reader, in.p, in.len, &out);
	else
		_exit(1);
	_exit(write_all(&out));
}
