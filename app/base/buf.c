#include "app/base/buf.h"

#include "app/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void buf_init(struct buf *b, size_t ceiling)
{
	*b = (struct buf){.ceiling = ceiling};
}

unsigned char *buf_room(struct buf *b, size_t len)
{
	if (b->full || len > b->ceiling - b->len) {
		b->full = true;
		return NULL;
	}
	if (b->p == NULL || b->len + len + 1 > b->cap) {
		size_t cap = b->cap == 0 ? 256 : b->cap;
		while (cap < b->len + len + 1)
			cap *= 2;
		unsigned char *p = malloc(cap);
		if (p == NULL) {
			b->full = true;
			return NULL;
		}
		if (b->p != NULL) {
			memcpy(p, b->p, b->len);
			explicit_bzero(b->p, b->len); /* what was secret stays in one place */
		}
		free(b->p);
		b->p = p;
		b->cap = cap;
	}
	unsigned char *at = b->p + b->len;
	b->len += len;
	b->p[b->len] = 0;
	return at;
}

void buf_add(struct buf *b, const void *bytes, size_t len)
{
	unsigned char *at = buf_room(b, len);
	if (at != NULL && len > 0)
		memcpy(at, bytes, len);
}

void buf_text(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_vprint(struct buf *b, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	if (n < 0) {
		b->full = true;
	} else {
		unsigned char *at = buf_room(b, (size_t)n);
		if (at != NULL)
			vsnprintf((char *)at, (size_t)n + 1, format, again);
	}
	va_end(again);
}

void buf_print(struct buf *b, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	buf_vprint(b, format, args);
	va_end(args);
}

void buf_u32(struct buf *b, uint32_t v)
{
	unsigned char le[4] = {(unsigned char)v, (unsigned char)(v >> 8), (unsigned char)(v >> 16),
			       (unsigned char)(v >> 24)};
	buf_add(b, le, sizeof le);
}

void buf_u64(struct buf *b, uint64_t v)
{
	buf_u32(b, (uint32_t)v);
	buf_u32(b, (uint32_t)(v >> 32));
}

enum err buf_end(const struct buf *b)
{
	return b->full ? ERR_FULL : OK;
}

const char *buf_str(const struct buf *b)
{
	return b->p == NULL ? "" : (const char *)b->p;
}

void buf_cut(struct buf *b, size_t len)
{
	if (len >= b->len)
		return;
	b->len = len;
	b->p[len] = 0;
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	b->full = false;
	if (b->p != NULL)
		b->p[0] = 0;
}

void buf_free(struct buf *b)
{
	free(b->p);
	buf_init(b, b->ceiling);
}

void buf_wipe(struct buf *b)
{
	if (b->p != NULL)
		explicit_bzero(b->p, b->cap);
	buf_free(b);
}

enum err buf_read_file(struct buf *b, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? ERR_MISSING : ERR_IO;
	enum err e = OK;
	unsigned char block[16384];
	for (;;) {
		ssize_t n = read(fd, block, sizeof block);
		if (n == 0)
			break;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			e = ERR_IO;
			break;
		}
		buf_add(b, block, (size_t)n);
		if (b->full) {
			e = ERR_FULL;
			break;
		}
	}
	explicit_bzero(block, sizeof block);
	close(fd);
	return e;
}

static bool write_all(int fd, const unsigned char *p, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, p, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		len -= (size_t)n;
	}
	return true;
}

static bool sync_folder_of(const char *path)
{
	char folder[4096];
	const char *slash = strrchr(path, '/');
	snprintf(folder, sizeof folder, "%.*s", slash == NULL ? 1 : (int)(slash - path) + 1,
		 slash == NULL ? "." : path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool done = fsync(fd) == 0;
	close(fd);
	return done;
}

enum err file_replace(const char *path, const void *bytes, size_t len, unsigned mode)
{
	char beside[4096];
	int n = snprintf(beside, sizeof beside, "%s.new", path);
	if (n < 0 || (size_t)n >= sizeof beside)
		return ERR_FULL;
	int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	if (fd < 0) {
		log_warn("file: open %s: %s", beside, strerror(errno));
		return ERR_IO;
	}
	bool written = write_all(fd, bytes, len) && fsync(fd) == 0;
	int why = errno;
	if (close(fd) != 0 && written) {
		why = errno;
		written = false;
	}
	if (!written || rename(beside, path) != 0) {
		if (written)
			why = errno;
		log_warn("file: write %s: %s", path, strerror(why));
		unlink(beside);
		return ERR_IO;
	}
	return sync_folder_of(path) ? OK : ERR_IO;
}
