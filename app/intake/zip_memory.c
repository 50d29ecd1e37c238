#include "app/intake/zip_memory.h"

#include <stdint.h>
#include <string.h>

static voidpf open_it(voidpf self, const void *name, int mode)
{
	(void)name;
	(void)mode;
	return self;
}

static uLong read_it(voidpf self, voidpf stream, void *out, uLong size)
{
	struct zip_memory *m = self;
	(void)stream;
	if (size > m->len - m->at)
		size = m->len - m->at;
	memcpy(out, m->bytes + m->at, size);
	m->at += size;
	return size;
}

static uLong write_none(voidpf self, voidpf stream, const void *bytes, uLong size)
{
	(void)self;
	(void)stream;
	(void)bytes;
	(void)size;
	return 0;
}

static ZPOS64_T tell_it(voidpf self, voidpf stream)
{
	const struct zip_memory *m = self;
	(void)stream;
	return m->at;
}

static long seek_it(voidpf self, voidpf stream, ZPOS64_T offset, int origin)
{
	struct zip_memory *m = self;
	(void)stream;
	size_t base = origin == ZLIB_FILEFUNC_SEEK_CUR   ? m->at
		      : origin == ZLIB_FILEFUNC_SEEK_END ? m->len
							 : 0;
	if (offset > m->len - base)
		return -1;
	m->at = base + (size_t)offset;
	return 0;
}

static int nothing(voidpf self, voidpf stream)
{
	(void)self;
	(void)stream;
	return 0;
}

unzFile zip_memory_open(struct zip_memory *m, const void *bytes, size_t len)
{
	zlib_filefunc64_def calls = {.zopen64_file = open_it,
				     .zread_file = read_it,
				     .zwrite_file = write_none,
				     .ztell64_file = tell_it,
				     .zseek64_file = seek_it,
				     .zclose_file = nothing,
				     .zerror_file = nothing,
				     .opaque = m};
	*m = (struct zip_memory){bytes, len, 0};
	return unzOpen2_64("", &calls);
}
