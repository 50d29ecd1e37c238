#include "app/store/kiosk/album.h"

#include "app/base/log.h"
#include "app/base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, FILES_MAX = 1 << 20 };

static const char *path_of(const char *folder, const struct hash *which, const char *ending,
			   char out[PATH_BYTES])
{
	char hex[2 * HASH_BYTES + 1];
	text_hex(which->b, HASH_BYTES, hex);
	snprintf(out, PATH_BYTES, "%s/blobs/%.2s/%s%s", folder, hex, hex, ending);
	return out;
}

/* The kiosk's and the courier's group both use it. */
static enum err make_folder(const char *folder, const struct hash *which)
{
	char path[PATH_BYTES];
	char hex[2 * HASH_BYTES + 1];
	text_hex(which->b, HASH_BYTES, hex);
	snprintf(path, sizeof path, "%s/blobs/%.2s", folder, hex);
	if (mkdir(path, 0770) != 0)
		return errno == EEXIST ? OK : errno == ENOSPC ? ERR_FULL : ERR_IO;
	return chmod(path, 02770) == 0 ? OK : ERR_IO;
}

int64_t album_size(const char *folder, const struct hash *which)
{
	char path[PATH_BYTES];
	struct stat s;
	bool there = lstat(path_of(folder, which, "", path), &s) == 0 && S_ISREG(s.st_mode);
	return there ? (int64_t)s.st_size : -1;
}

static enum err read_at(const char *path, struct buf *out)
{
	struct stat s;
	/* A FIFO without a writer would hold an ordinary open for ever. */
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? ERR_MISSING : ERR_IO;
	enum err e = fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_size <= ALBUM_BYTES_MAX
			     ? OK
			     : ERR_CORRUPT;
	unsigned char *to = e == OK ? buf_room(out, (size_t)s.st_size) : NULL;
	if (e == OK && to == NULL)
		e = ERR_FULL;
	for (off_t at = 0; e == OK && at < s.st_size;) {
		ssize_t n = read(fd, to + at, (size_t)(s.st_size - at));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			e = n == 0 ? ERR_CORRUPT : ERR_IO;
		at += n;
	}
	close(fd);
	return e;
}

static bool is_it(const struct hash *which, const void *bytes, size_t len)
{
	struct hash h;
	hash_bytes(bytes, len, &h);
#if SEEDED_BUG == 41
	return true;
#endif
	return hash_equal(&h, which);
}

enum err album_read(const char *folder, const struct hash *which, struct buf *out)
{
	char path[PATH_BYTES];
	size_t before = out->len;
	enum err e = read_at(path_of(folder, which, "", path), out);
	if (e == OK && !is_it(which, out->p + before, out->len - before))
		e = ERR_CORRUPT;
	if (e != OK)
		buf_cut(out, before);
	return e;
}

enum err album_put(const char *folder, const struct hash *which, const void *bytes, size_t len)
{
	char path[PATH_BYTES];
	if (len > ALBUM_BYTES_MAX)
		return ERR_FULL;
	if (!is_it(which, bytes, len))
		return ERR_CORRUPT;
	enum err e = make_folder(folder, which);
	if (e == OK)
		e = file_replace(path_of(folder, which, "", path), bytes, len, 0660);
	if (e == OK)
		unlink(path_of(folder, which, ".part", path));
	return e;
}

/* --- in pieces --- */

size_t album_part(const char *folder, const struct hash *which)
{
	char path[PATH_BYTES];
	struct stat s;
	if (lstat(path_of(folder, which, ".part", path), &s) != 0)
		return 0;
	return S_ISREG(s.st_mode) && s.st_size <= ALBUM_BYTES_MAX ? (size_t)s.st_size : 0;
}

enum err album_part_add(const char *folder, const struct hash *which, const void *bytes, size_t len)
{
	char path[PATH_BYTES];
	size_t before = album_part(folder, which);
	if (len > ALBUM_BYTES_MAX - before)
		return ERR_FULL;
	enum err e = make_folder(folder, which);
	if (e != OK)
		return e;
	int fd = open(path_of(folder, which, ".part", path),
		      O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0660);
	if (fd < 0)
		return errno == ENOSPC ? ERR_FULL : ERR_IO;
	/* What was longer than it may be counts as nothing. */
	if (before == 0 && ftruncate(fd, 0) != 0)
		e = ERR_IO;
	for (const char *p = bytes; e == OK && len > 0;) {
		ssize_t n = write(fd, p, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			e = n < 0 && errno == ENOSPC ? ERR_FULL : ERR_IO;
			break;
		}
		p += n;
		len -= (size_t)n;
	}
	return close(fd) == 0 ? e : ERR_IO;
}

enum err album_part_end(const char *folder, const struct hash *which)
{
	char path[PATH_BYTES];
	struct buf bytes;
	buf_init(&bytes, ALBUM_BYTES_MAX);
	enum err e = read_at(path_of(folder, which, ".part", path), &bytes);
	/* Written once more, whole: what a power cut left of the pieces cannot be told from them.
	 */
	if (e == OK)
		e = album_put(folder, which, bytes.p, bytes.len);
	buf_free(&bytes);
	if (e == ERR_CORRUPT)
		unlink(path);
	return e;
}

void album_drop(const char *folder, const struct hash *which)
{
	char path[PATH_BYTES];
	unlink(path_of(folder, which, "", path));
	unlink(path_of(folder, which, ".part", path));
}

/* --- what is there --- */

static enum err list_add(struct album_list *l, size_t *cap, const struct album_file *f)
{
	if (l->count == FILES_MAX)
		return ERR_FULL;
	if (l->count == *cap) {
		size_t more = *cap == 0 ? 256 : *cap * 2;
		struct album_file *grown = realloc(l->file, more * sizeof *grown);
		if (grown == NULL)
			return ERR_FULL;
		l->file = grown;
		*cap = more;
	}
	l->file[l->count++] = *f;
	l->bytes += f->bytes;
	return OK;
}

/* Names that are none of ours are left alone. */
static bool is_ours(const char *name)
{
	size_t n = strspn(name, "0123456789abcdef");
	return n == 2 * (size_t)HASH_BYTES &&
	       (name[n] == 0 || strcmp(name + n, ".part") == 0 || strcmp(name + n, ".new") == 0);
}

static enum err list_folder(const char *path, struct album_list *l, size_t *cap)
{
	enum err e = OK;
	DIR *d = opendir(path);
	const struct dirent *f;
	while (d != NULL && e == OK) {
		struct stat s;
		struct album_file one = {0};
		f = readdir(d);
		if (f == NULL)
			break;
		if (!is_ours(f->d_name) ||
		    fstatat(dirfd(d), f->d_name, &s, AT_SYMLINK_NOFOLLOW) != 0 ||
		    !text_unhex(f->d_name, 2 * (size_t)HASH_BYTES, one.hash.b, HASH_BYTES))
			continue;
		one.bytes = (uint64_t)s.st_size;
		one.changed = s.st_mtim.tv_sec;
		e = list_add(l, cap, &one);
	}
	if (d != NULL)
		closedir(d);
	return e;
}

enum err album_list(const char *folder, struct album_list *out)
{
	char path[PATH_BYTES];
	size_t cap = 0;
	enum err e = OK;
	*out = (struct album_list){0};
	for (unsigned i = 0; i < 256 && e == OK; i++) {
		snprintf(path, sizeof path, "%s/blobs/%02x", folder, i);
		e = list_folder(path, out, &cap);
	}
	if (e != OK) {
		free(out->file);
		*out = (struct album_list){0};
	}
	return e;
}
