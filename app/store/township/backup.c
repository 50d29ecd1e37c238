#include "app/store/township/backup.h"

#include "app/base/log.h"
#include "app/store/township/epoch.h"
#include "app/store/township/events.h"
#include "app/store/township/kiosks.h"
#include "app/store/township/township_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_ROOM = 4096, KIOSKS_MAX = 100000 };

static enum err sync_path(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum err e = fd >= 0 && fsync(fd) == 0 ? OK : ERR_IO;
	if (e != OK)
		log_warn("backup: %s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return e;
}

static enum err sync_folder_of(const char *path)
{
	char folder[PATH_ROOM];
	const char *slash = strrchr(path, '/');
	snprintf(folder, sizeof folder, "%.*s", slash == NULL ? 1 : (int)(slash - path + 1),
		 slash == NULL ? "." : path);
	return sync_path(folder);
}

static void beside(char out[PATH_ROOM], const char *path, const char *end)
{
	snprintf(out, PATH_ROOM, "%.4000s%s", path, end);
}

static void remove_database(const char *path)
{
	static const char *const end[] = {"", "-wal", "-shm"};
	char name[PATH_ROOM];
	for (size_t i = 0; i < sizeof end / sizeof end[0]; i++) {
		beside(name, path, end[i]);
		unlink(name);
	}
}

/* --- making one --- */

/* How far each kiosk's letters are in the copy. */
struct covered {
	struct hash kiosk;
	int64_t newest, filled;
};
struct making {
	struct covered *kiosk;
	size_t count;
};

static enum err read_covered(struct db *db, struct making *m)
{
	struct db_stmt *q = db_stmt(db, SQL_KIOSKS_NEWEST);
	enum err e;
	size_t room = 0;
	for (e = db_step(q); e == OK; e = db_step(q)) {
		if (m->count == room) {
			room = room == 0 ? 64 : 2 * room;
			struct covered *more = m->count >= KIOSKS_MAX
						       ? NULL
						       : realloc(m->kiosk, room * sizeof *m->kiosk);
			if (more == NULL) {
				db_done(q);
				return ERR_FULL;
			}
			m->kiosk = more;
		}
		struct covered *c = &m->kiosk[m->count++];
		if (!township_blob(q, 0, c->kiosk.b, HASH_BYTES)) {
			db_done(q);
			return ERR_CORRUPT;
		}
		c->newest = db_int(q, 1);
		c->filled = db_int(q, 2);
	}
	db_done(q);
	return e == ERR_MISSING ? OK : e;
}

static enum err copy_snapshot(struct township *t, const char *path, struct making *m)
{
	struct db *db = NULL;
	enum err e = township_look(t, &db);
	if (e == OK)
		e = db_begin_read(db);
	/* The first look fixes the moment; the copy is made of the same one. */
	if (e == OK)
		e = read_covered(db, m);
	if (e == OK)
		e = db_backup(db, path);
	if (e == OK)
		e = db_commit(db);
	db_close(db);
	return e;
}

/* Looked over, and marked as a copy: its counter is below what any epoch file remembers. */
static enum err finish_copy(const char *path)
{
	struct db *db = NULL;
	enum err e = township_open_file(path, &db);
	if (e == OK)
		e = db_check(db);
	if (e == OK) {
		struct db_stmt *q = db_stmt(db, SQL_COUNTER_SET);
		db_bind_text(q, 1, "generation", -1);
		db_bind_int(q, 2, 0);
		e = db_run(q);
	}
	db_close(db);
	return e == OK ? sync_path(path) : e;
}

static enum err mark(struct db *db, void *self)
{
	const struct making *m = self;
	enum err e = OK;
	for (size_t i = 0; i < m->count && e == OK; i++) {
		struct db_stmt *q = db_stmt(db, SQL_KIOSK_BACKED_UP);
		db_bind_blob(q, 1, m->kiosk[i].kiosk.b, HASH_BYTES);
		db_bind_int(q, 2, m->kiosk[i].newest);
		db_bind_int(q, 3, m->kiosk[i].filled);
		e = db_run(q);
	}
	return e;
}

enum err backup_make(struct township *t, struct writer *w, const char *path)
{
	struct making m = {0};
	char copy[PATH_ROOM];
	beside(copy, path, ".part");
	remove_database(copy);
	enum err e = copy_snapshot(t, copy, &m);
	if (e == OK)
		e = finish_copy(copy);
	if (e == OK && rename(copy, path) != 0)
		e = ERR_IO;
	if (e == OK)
		e = sync_folder_of(path);
	if (e != OK)
		remove_database(copy);
	if (e == OK)
		e = writer_do(w, mark, &m);
	if (e != OK)
		log_warn("backup: %s was not made", path);
	free(m.kiosk);
	return e;
}

/* --- putting one back --- */

static enum err copy_file(const char *from, const char *to)
{
	char piece[65536];
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0660);
	ssize_t n = out < 0 ? -1 : 0;
	while (n >= 0) {
		n = read(in, piece, sizeof piece);
		if (n == 0)
			break;
		if (n > 0 && write(out, piece, (size_t)n) != n)
			n = -1;
	}
	if (n == 0 && fsync(out) != 0)
		n = -1;
	if (n < 0)
		log_warn("backup: %s to %s: %s", from, to, strerror(errno));
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return n == 0 ? OK : ERR_IO;
}

static enum err look_over(const char *path)
{
	struct db *db = NULL;
	enum err e = township_open_file(path, &db);
	if (e == OK)
		e = db_check(db);
	db_close(db);
	return e;
}

static enum err swap(const char *path, const char *fresh)
{
	static const char *const end[] = {"-wal", "-shm", ""};
	char kept[PATH_ROOM], from[PATH_ROOM], to[PATH_ROOM];
	beside(kept, path, ".before");
	remove_database(kept);
	for (size_t i = 0; i < sizeof end / sizeof end[0]; i++) {
		beside(from, path, end[i]);
		beside(to, kept, end[i]);
		if (rename(from, to) != 0 && errno != ENOENT)
			return ERR_IO;
	}
	return rename(fresh, path) == 0 ? sync_folder_of(path) : ERR_IO;
}

enum err backup_restore(const char *path, const char *copy)
{
	char fresh[PATH_ROOM];
	beside(fresh, path, ".fresh");
	remove_database(fresh);
	enum err e = copy_file(copy, fresh);
	if (e == OK)
		e = look_over(fresh);
	/* The epoch goes first: a power cut between the two costs one round of offering again. */
	if (e == OK)
		e = epoch_forget(path);
	if (e == OK)
		e = swap(path, fresh);
	if (e != OK)
		remove_database(fresh);
	return e;
}

/* Kiosks have seen positions and versions that this database has forgotten, and would take what is
 * made now for old: all counting goes on far above. */
static enum err count_on_above(struct db *db)
{
	int64_t times;
	enum err e = township_count(db, "restored", &times);
	if (e == OK)
		e = db_run(db_stmt(db, SQL_FEED_ABOVE));
	return e == OK ? db_run(db_stmt(db, SQL_VERSIONS_ABOVE)) : e;
}

enum err backup_note_restored(struct db *db, int64_t now)
{
	static const struct hash nobody;
	struct db_stmt *q = db_stmt(db, SQL_PARCEL_ANY);
	enum err e = db_step(q);
	db_done(q);
	if (e == ERR_MISSING) {
		/* Letters may be missing all the same; but on the very first start nothing is. */
		q = db_stmt(db, SQL_KIOSK_ANY);
		e = db_step(q);
		db_done(q);
	}
	if (e != OK)
		return e == ERR_MISSING ? OK : e;
	e = count_on_above(db);
	if (e == OK)
		e = events_add(db, now, "epoch", "restored");
	return e == OK ? kiosks_alarm(db, &nobody, now, "epoch",
				      "这里的数据是从备份还原的：各终端会把还留着的信再送一遍")
		       : e;
}
