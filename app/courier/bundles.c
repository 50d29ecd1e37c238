/* bundles.c - the bundle files of applied/ and inbox/. What lies in the inbox came from a stick: it
 * may be anything, and nothing of it may hold the courier up. */
#include "app/base/log.h"
#include "app/base/stamp.h"
#include "app/base/text.h"
#include "app/courier/courier.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char ending[] = ".tar.zst";

static int is_bundle(const struct dirent *f)
{
	size_t len = strlen(f->d_name);
	return len >= sizeof ending && len < BUNDLE_NAME_MAX && f->d_name[0] != '.' &&
	       strcmp(f->d_name + len - (sizeof ending - 1), ending) == 0;
}

enum err bundles_list(struct courier *c, const char *folder, struct bundle_names *out)
{
	char path[4096];
	struct dirent **found = NULL;
	*out = (struct bundle_names){0};
	int n = scandir(home_path(&c->home, folder, path), &found, is_bundle, alphasort);
	if (n < 0)
		return errno == ENOENT ? OK : ERR_IO;
	out->name = calloc((size_t)n + 1, sizeof *out->name);
	for (int i = 0; i < n; i++) {
		if (out->name != NULL)
			text_copy(out->name[out->count++], BUNDLE_NAME_MAX, found[i]->d_name,
				  strlen(found[i]->d_name));
		free(found[i]);
	}
	free(found);
	return out->name == NULL ? ERR_FULL : OK;
}

static void path_of(struct courier *c, const char *folder, const char *name, char out[4096])
{
	char inner[BUNDLE_NAME_MAX + 128];
	snprintf(inner, sizeof inner, "%s/%s", folder, name);
	home_path(&c->home, inner, out);
}

enum err bundles_read(struct courier *c, const char *folder, const char *name, struct buf *out)
{
	char path[4096];
	struct stat s;
	path_of(c, folder, name, path);
	/* A FIFO without a writer would hold an ordinary open for ever. */
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return errno == EMFILE || errno == ENFILE || errno == ENOMEM ? ERR_IO : ERR_REFUSED;
	enum err e = fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_size <= WIRE_FEED_MAX
			     ? OK
			     : ERR_REFUSED;
	unsigned char *to = e == OK ? buf_room(out, (size_t)s.st_size) : NULL;
	if (e == OK && to == NULL)
		e = ERR_FULL;
	for (off_t at = 0; e == OK && at < s.st_size;) {
		ssize_t n = read(fd, to + at, (size_t)(s.st_size - at));
		if (n <= 0 && errno != EINTR)
			e = ERR_REFUSED;
		at += n > 0 ? n : 0;
	}
	close(fd);
	return e;
}

/* NAME, or NAME and some of the bytes' hash where that is taken by others. */
static enum err put(struct courier *c, const char *stem, const void *bytes, size_t len,
		    char name[BUNDLE_NAME_MAX + 64])
{
	char hex[2 * HASH_BYTES + 1], path[4096];
	struct hash hash;
	hash_bytes(bytes, len, &hash);
	text_hex(hash.b, HASH_BYTES, hex);
	snprintf(name, BUNDLE_NAME_MAX + 64, "%s-%.16s%s", stem, hex, ending);
	path_of(c, "applied", name, path);
	/* The same name means the same bytes. */
	enum err e = access(path, F_OK) == 0 ? OK : file_replace(path, bytes, len, 0660);
	stamp_day(path);
	stamp_day(home_path(&c->home, "applied", path));
	return e;
}

/* The signed bytes stay: the books can be made again from them, and a township restored from an old
 * copy gets them back. */
enum err bundles_keep(struct courier *c, const struct wire_manifest *m, const void *bytes,
		      size_t len, char name[BUNDLE_NAME_MAX])
{
	char stem[40], whole[BUNDLE_NAME_MAX + 64];
	snprintf(stem, sizeof stem, "%020" PRIu64, m->through);
	enum err e = put(c, stem, bytes, len, whole);
	if (name != NULL)
		text_copy(name, BUNDLE_NAME_MAX, whole, strlen(whole));
	return e;
}

enum err bundles_move(struct courier *c, const char *name, const struct buf *bytes)
{
	char stem[BUNDLE_NAME_MAX], whole[BUNDLE_NAME_MAX + 64], path[4096];
	text_copy(stem, sizeof stem, name, strlen(name) - (sizeof ending - 1));
	enum err e = put(c, stem, bytes->p, bytes->len, whole);
	path_of(c, "inbox", name, path);
	if (e == OK && unlink(path) != 0)
		log_warn("inbox: %s was applied but stays: %s", name, strerror(errno));
	return e;
}
