#include "app/store/township/blobs.h"

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/store/township/township_impl.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 4096, HEX = 2 * HASH_BYTES };

/* The same picture may be put from two pages of the office at once. */
static struct {
	pthread_mutex_t writing;
} blobs = {PTHREAD_MUTEX_INITIALIZER};

/* --- names --- */

static void folder_of(char out[PATH_ROOM], const char *data)
{
	snprintf(out, PATH_ROOM, "%.4000s/blobs", data);
}

static void path_in(char out[PATH_ROOM], const char *folder, const struct hash *hash)
{
	char hex[HEX + 1];
	text_hex(hash->b, HASH_BYTES, hex);
	snprintf(out, PATH_ROOM, "%.3900s/%.2s/%s", folder, hex, hex);
}

static enum err sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum err e = fd >= 0 && fsync(fd) == 0 ? OK : ERR_IO;
	if (e != OK)
		log_warn("blobs: %s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return e;
}

/* Makes the last folder of a path and tells the one above. */
static enum err make_folder(const char *path)
{
	char above[PATH_ROOM];
	if (mkdir(path, 0770) != 0)
		return errno == EEXIST ? OK : ERR_IO;
	snprintf(above, sizeof above, "%s", path);
	char *slash = strrchr(above, '/');
	if (slash == NULL)
		return sync_folder(".");
	*slash = 0;
	return sync_folder(above[0] == 0 ? "/" : above);
}

/* --- one file --- */

static enum err put_in(const char *folder, const void *bytes, size_t len, struct hash *out)
{
	char path[PATH_ROOM], sub[PATH_ROOM];
	if (len > BLOB_BYTES_MAX)
		return ERR_FULL;
	hash_bytes(bytes, len, out);
	path_in(path, folder, out);
	snprintf(sub, sizeof sub, "%.*s", (int)(strlen(path) - HEX - 1), path);
	pthread_mutex_lock(&blobs.writing);
	enum err e = make_folder(folder);
	if (e == OK)
		e = make_folder(sub);
	if (e == OK)
		e = file_replace(path, bytes, len, 0660);
	pthread_mutex_unlock(&blobs.writing);
	return e;
}

static enum err get_from(const char *folder, const struct hash *hash, struct buf *out)
{
	char path[PATH_ROOM];
	struct hash is;
	size_t before = out->len;
	path_in(path, folder, hash);
	enum err e = buf_read_file(out, path);
	if (e != OK)
		return e;
	hash_bytes(out->p + before, out->len - before, &is);
	if (hash_equal(&is, hash))
		return OK;
	log_warn("blobs: %s is damaged", path);
	buf_cut(out, before);
	return ERR_CORRUPT;
}

enum err blobs_put(const char *data, const void *bytes, size_t len, struct hash *out)
{
	char folder[PATH_ROOM];
	folder_of(folder, data);
	return put_in(folder, bytes, len, out);
}

enum err blobs_get(const char *data, const struct hash *hash, struct buf *out)
{
	char folder[PATH_ROOM];
	folder_of(folder, data);
	return get_from(folder, hash, out);
}

/* --- sealed --- */

static const char bound[] = "elutong blob";

enum err blobs_seal(const char *data, const struct seal_public *to, const void *bytes, size_t len,
		    struct hash *out)
{
	unsigned char key[SEAL_KEY_BYTES];
	struct buf sealed;
	buf_init(&sealed, BLOB_BYTES_MAX);
	unsigned char *room = buf_room(&sealed, SEAL_SLOT_BYTES + len + SEAL_BODY_EXTRA);
	enum err e = room == NULL ? ERR_FULL : OK;
	if (e == OK) {
		seal_random(key, sizeof key);
		e = seal_box(to, key, sizeof key, room) == SYNC_OK ? OK : ERR_REFUSED;
	}
	if (e == OK) {
		seal_body(key, bound, sizeof bound - 1, bytes, len, room + SEAL_SLOT_BYTES);
		e = blobs_put(data, sealed.p, sealed.len, out);
	}
	seal_wipe(key, sizeof key);
	buf_free(&sealed);
	return e;
}

enum err blobs_open(const char *data, const struct hash *hash, const struct seal_secret *key,
		    struct buf *out)
{
	enum { EXTRA = SEAL_SLOT_BYTES + SEAL_BODY_EXTRA };
	unsigned char content[SEAL_KEY_BYTES];
	struct seal_public pub;
	struct buf sealed;
	size_t before = out->len;
	buf_init(&sealed, BLOB_BYTES_MAX);
	enum err e = blobs_get(data, hash, &sealed);
	if (e == OK && sealed.len < EXTRA)
		e = ERR_CORRUPT;
	unsigned char *room = e == OK ? buf_room(out, sealed.len - EXTRA) : NULL;
	if (e == OK && room == NULL)
		e = ERR_FULL;
	seal_public_of(key, &pub);
	if (e == OK && (seal_box_open(&pub, key, sealed.p, SEAL_SLOT_BYTES, content) != SYNC_OK ||
			seal_body_open(content, bound, sizeof bound - 1, sealed.p + SEAL_SLOT_BYTES,
				       sealed.len - SEAL_SLOT_BYTES, room) != SYNC_OK))
		e = ERR_REFUSED;
	if (e != OK && room != NULL)
		buf_cut(out, before);
	seal_wipe(content, sizeof content);
	buf_free(&sealed);
	return e;
}

/* --- rows --- */

enum err blobs_publish(struct db *db, const struct hash *hash, size_t bytes, bool open)
{
	struct db_stmt *q = db_stmt(db, SQL_BLOB_PUT);
	db_bind_blob(q, 1, hash->b, HASH_BYTES);
	db_bind_int(q, 2, (int64_t)bytes);
	db_bind_int(q, 3, open);
	return db_run(q);
}

enum err blobs_public(struct db *db, const struct hash *hash, bool *open)
{
	struct db_stmt *q = db_stmt(db, SQL_BLOB);
	db_bind_blob(q, 1, hash->b, HASH_BYTES);
	enum err e = db_step(q);
	*open = e == OK && db_int(q, 1) != 0;
	db_done(q);
	return e;
}

static bool used(struct db *db, const struct hash *hash)
{
	struct db_stmt *q = db_stmt(db, SQL_FILE_USED);
	db_bind_blob(q, 1, hash->b, HASH_BYTES);
	enum err e = db_step(q);
	db_done(q);
	return e != ERR_MISSING; /* when in doubt it stays */
}

void blobs_drop(struct db *db, const char *data, const struct hash *hash)
{
	char folder[PATH_ROOM], path[PATH_ROOM];
	folder_of(folder, data);
	path_in(path, folder, hash);
	if (!used(db, hash))
		unlink(path);
}

/* --- all of them --- */

struct walk {
	/* Every file; `named` false: its name is no hash. */
	enum err (*file)(const struct walk *w, const char *path, const struct hash *hash,
			 bool named);
	struct db *db;
	const char *from, *to;
};

static enum err walk_one(const struct walk *w, const char *folder)
{
	char path[PATH_ROOM];
	struct dirent *d;
	enum err e = OK;
	DIR *dir = opendir(folder);
	if (dir == NULL)
		return ERR_IO;
	while (e == OK && (d = readdir(dir)) != NULL) {
		struct hash hash;
		if (d->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%.3900s/%.180s", folder, d->d_name);
		bool named = text_unhex(d->d_name, strlen(d->d_name), hash.b, HASH_BYTES);
		e = w->file(w, path, &hash, named);
	}
	closedir(dir);
	return e;
}

/* The 256 folders a hash can stand in; no others are looked into. */
static enum err walk(const struct walk *w)
{
	char folder[PATH_ROOM];
	enum err e = OK;
	struct stat st;
	for (unsigned i = 0; e == OK && i < 256; i++) {
		snprintf(folder, sizeof folder, "%.4000s/%02x", w->from, i);
		if (stat(folder, &st) == 0)
			e = walk_one(w, folder);
	}
	return e;
}

static enum err sweep_file(const struct walk *w, const char *path, const struct hash *hash,
			   bool named)
{
	if (!named || !used(w->db, hash))
		unlink(path);
	return OK;
}

/* A database that was put back knows nothing of what was made public after its copy; kiosks may
 * bring those publications back, and then their pictures are wanted. */
static bool ever_restored(struct db *db)
{
	struct db_stmt *q = db_stmt(db, SQL_COUNTER_VALUE);
	db_bind_text(q, 1, "restored", -1);
	enum err e = db_step(q);
	db_done(q);
	return e != ERR_MISSING;
}

enum err blobs_sweep(struct db *db, const char *data)
{
	char folder[PATH_ROOM];
	folder_of(folder, data);
	if (ever_restored(db))
		return OK;
	const struct walk w = {.file = sweep_file, .db = db, .from = folder};
	return walk(&w);
}

static enum err copy_file(const struct walk *w, const char *path, const struct hash *hash,
			  bool named)
{
	char there[PATH_ROOM];
	struct hash again;
	struct stat st;
	struct buf bytes;
	(void)path;
	path_in(there, w->to, hash);
	if (!named || stat(there, &st) == 0)
		return OK;
	buf_init(&bytes, BLOB_BYTES_MAX);
	enum err e = get_from(w->from, hash, &bytes);
	if (e == OK)
		e = put_in(w->to, bytes.p, bytes.len, &again);
	buf_free(&bytes);
	/* One that went meanwhile was not needed; a damaged one keeps no other from being copied.
	 */
	return e == ERR_MISSING || e == ERR_CORRUPT ? OK : e;
}

enum err blobs_copy(const char *data, const char *to)
{
	char folder[PATH_ROOM];
	folder_of(folder, data);
	const struct walk w = {.file = copy_file, .from = folder, .to = to};
	return walk(&w);
}

enum err blobs_copy_back(const char *from, const char *data)
{
	char folder[PATH_ROOM];
	folder_of(folder, data);
	const struct walk w = {.file = copy_file, .from = from, .to = folder};
	return walk(&w);
}
