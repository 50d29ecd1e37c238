#include "tests/fault/disk.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { SECTOR = 512, FILES = 6, FILE_MAX = 3 << 20, SECTORS = FILE_MAX / SECTOR };

struct file {
	char name[200];
	bool there, durable_there;
	int64_t size, durable_size;
	uint8_t dirty[SECTORS];
	uint8_t now[FILE_MAX], durable[FILE_MAX];
};

static struct {
	bool strict, lies;
	long operations, cut_at;
	struct file file[FILES];
} * disk;

void disk_make(void)
{
	disk = mmap(NULL, sizeof *disk, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (disk == MAP_FAILED)
		abort();
}

void disk_format(bool strict_folders, bool syncs_lie)
{
	for (int i = 0; i < FILES; i++) {
		struct file *f = &disk->file[i];
		memset(f->now, 0, (size_t)f->size);
		memset(f->durable, 0,
		       (size_t)(f->durable_size > f->size ? f->durable_size : f->size));
		memset(f->dirty, 0, sizeof f->dirty);
		f->name[0] = 0;
		f->there = f->durable_there = false;
		f->size = f->durable_size = 0;
	}
	disk->strict = strict_folders;
	disk->lies = syncs_lie;
}

void disk_cut_at(long operation)
{
	disk->operations = 0;
	disk->cut_at = operation;
}

long disk_operations(void)
{
	return disk->operations;
}

static void operate(void)
{
	if (++disk->operations == disk->cut_at)
		_exit(77);
}

static struct file *find(const char *name, bool make)
{
	for (int i = 0; i < FILES; i++)
		if (strcmp(disk->file[i].name, name) == 0)
			return &disk->file[i];
	for (int i = 0; make && i < FILES; i++)
		if (disk->file[i].name[0] == 0) {
			snprintf(disk->file[i].name, sizeof disk->file[i].name, "%s", name);
			return &disk->file[i];
		}
	return NULL;
}

static uint32_t state;

static uint32_t dice(void)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state;
}

void disk_power_cut(uint32_t seed)
{
	state = seed * 2654435761u + 1;
	for (int i = 0; i < FILES; i++) {
		struct file *f = &disk->file[i];
		int64_t most = f->size > f->durable_size ? f->size : f->durable_size;
		for (int64_t s = 0; s * SECTOR < most; s++) {
			uint8_t *now = f->now + s * SECTOR, *durable = f->durable + s * SECTOR;
			uint32_t d = f->dirty[s] ? dice() % 8 : 8;
			if (d == 0)
				for (int k = 0; k < SECTOR; k++)
					durable[k] = (uint8_t)dice(); /* torn */
			else if (d < 4)
				memcpy(durable, now, SECTOR); /* had reached the disk by itself */
			memcpy(now, durable, SECTOR);
			f->dirty[s] = 0;
		}
		/* The length is a piece of what changed, too. */
		if (f->size != f->durable_size && dice() % 2)
			f->durable_size = f->size;
		f->size = f->durable_size;
		if (f->there != f->durable_there && dice() % 2)
			f->durable_there = f->there;
		f->there = f->durable_there;
		if (!f->there) {
			memset(f->now, 0, (size_t)most);
			memset(f->durable, 0, (size_t)most);
			f->size = f->durable_size = 0;
		}
	}
}

/* --- the VFS --- */

struct handle {
	sqlite3_file base;
	struct file *f;
	void *shm[8];
};

static int x_close(sqlite3_file *h)
{
	struct handle *p = (struct handle *)h;
	for (int i = 0; i < 8; i++)
		sqlite3_free(p->shm[i]);
	return SQLITE_OK;
}

static int x_read(sqlite3_file *h, void *to, int n, sqlite3_int64 at)
{
	struct file *f = ((struct handle *)h)->f;
	memset(to, 0, (size_t)n);
	if (at >= f->size)
		return SQLITE_IOERR_SHORT_READ;
	int64_t have = f->size - at < n ? f->size - at : n;
	memcpy(to, f->now + at, (size_t)have);
	return have < n ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

static int x_write(sqlite3_file *h, const void *from, int n, sqlite3_int64 at)
{
	struct file *f = ((struct handle *)h)->f;
	operate();
	if (at + n > FILE_MAX)
		return SQLITE_FULL;
	memcpy(f->now + at, from, (size_t)n);
	if (at + n > f->size)
		f->size = at + n;
	for (int64_t s = at / SECTOR; s <= (at + n - 1) / SECTOR; s++)
		f->dirty[s] = 1;
	return SQLITE_OK;
}

static int x_truncate(sqlite3_file *h, sqlite3_int64 size)
{
	struct file *f = ((struct handle *)h)->f;
	operate();
	if (size < f->size) {
		memset(f->now + size, 0, (size_t)(f->size - size));
		for (int64_t s = size / SECTOR; s * SECTOR < f->size; s++)
			f->dirty[s] = 1;
		f->size = size;
	}
	return SQLITE_OK;
}

static void commit_folder(void)
{
	for (int i = 0; i < FILES; i++)
		disk->file[i].durable_there = disk->file[i].there;
}

static int x_sync(sqlite3_file *h, int flags)
{
	struct file *f = ((struct handle *)h)->f;
	(void)flags;
	operate();
	if (disk->lies)
		return SQLITE_OK;
	int64_t most = f->size > f->durable_size ? f->size : f->durable_size;
	memcpy(f->durable, f->now, (size_t)most);
	f->durable_size = f->size;
	memset(f->dirty, 0, sizeof f->dirty);
	f->durable_there = true;
	if (!disk->strict)
		commit_folder();
	return SQLITE_OK;
}

static int x_size(sqlite3_file *h, sqlite3_int64 *size)
{
	*size = ((struct handle *)h)->f->size;
	return SQLITE_OK;
}

static int x_lock(sqlite3_file *h, int kind)
{
	(void)h;
	(void)kind;
	return SQLITE_OK;
}

static int x_reserved(sqlite3_file *h, int *out)
{
	(void)h;
	*out = 0;
	return SQLITE_OK;
}

static int x_control(sqlite3_file *h, int op, void *arg)
{
	(void)h;
	(void)op;
	(void)arg;
	return SQLITE_NOTFOUND;
}

static int x_sector(sqlite3_file *h)
{
	(void)h;
	return SECTOR;
}

static int x_traits(sqlite3_file *h)
{
	(void)h;
	return 0; /* no promise that a neighbouring sector survives */
}

/* One process, one connection: the index of the WAL is plain memory, and gone after a cut as it
 * should be. */
static int x_shm_map(sqlite3_file *h, int region, int size, int extend, void volatile **out)
{
	struct handle *p = (struct handle *)h;
	*out = NULL;
	if (region >= 8)
		return SQLITE_NOMEM;
	if (p->shm[region] == NULL && extend) {
		p->shm[region] = sqlite3_malloc(size);
		if (p->shm[region] == NULL)
			return SQLITE_NOMEM;
		memset(p->shm[region], 0, (size_t)size);
	}
	*out = p->shm[region];
	return SQLITE_OK;
}

static int x_shm_lock(sqlite3_file *h, int offset, int n, int flags)
{
	(void)h;
	(void)offset;
	(void)n;
	(void)flags;
	return SQLITE_OK;
}

static void x_shm_barrier(sqlite3_file *h)
{
	(void)h;
}

static int x_shm_unmap(sqlite3_file *h, int delete)
{
	struct handle *p = (struct handle *)h;
	(void)delete;
	for (int i = 0; i < 8; i++) {
		sqlite3_free(p->shm[i]);
		p->shm[i] = NULL;
	}
	return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = x_close,
	.xRead = x_read,
	.xWrite = x_write,
	.xTruncate = x_truncate,
	.xSync = x_sync,
	.xFileSize = x_size,
	.xLock = x_lock,
	.xUnlock = x_lock,
	.xCheckReservedLock = x_reserved,
	.xFileControl = x_control,
	.xSectorSize = x_sector,
	.xDeviceCharacteristics = x_traits,
	.xShmMap = x_shm_map,
	.xShmLock = x_shm_lock,
	.xShmBarrier = x_shm_barrier,
	.xShmUnmap = x_shm_unmap,
};

static int x_open(sqlite3_vfs *v, const char *name, sqlite3_file *h, int flags, int *out_flags)
{
	struct handle *p = (struct handle *)h;
	(void)v;
	memset(p, 0, sizeof *p);
	p->f = find(name == NULL ? "temporary" : name, true);
	if (p->f == NULL)
		return SQLITE_CANTOPEN;
	if (!p->f->there && !(flags & SQLITE_OPEN_CREATE))
		return SQLITE_CANTOPEN;
	p->f->there = true;
	p->base.pMethods = &methods;
	if (out_flags != NULL)
		*out_flags = flags;
	return SQLITE_OK;
}

static int x_delete(sqlite3_vfs *v, const char *name, int sync_folder)
{
	struct file *f = find(name, false);
	(void)v;
	operate();
	if (f == NULL || !f->there)
		return SQLITE_IOERR_DELETE_NOENT;
	f->there = false;
	if (sync_folder && !disk->lies)
		f->durable_there = false;
	memset(f->now, 0, (size_t)f->size);
	for (int64_t s = 0; s * SECTOR < f->size; s++)
		f->dirty[s] = 1;
	f->size = 0;
	return SQLITE_OK;
}

static int x_access(sqlite3_vfs *v, const char *name, int flags, int *out)
{
	struct file *f = find(name, false);
	(void)v;
	(void)flags;
	*out = f != NULL && f->there && (flags != SQLITE_ACCESS_EXISTS || f->size > 0);
	return SQLITE_OK;
}

static int x_full(sqlite3_vfs *v, const char *name, int n, char *out)
{
	(void)v;
	snprintf(out, (size_t)n, "%s", name);
	return SQLITE_OK;
}

static int x_random(sqlite3_vfs *v, int n, char *out)
{
	(void)v;
	memset(out, 7, (size_t)n);
	return n;
}

static int x_sleep(sqlite3_vfs *v, int us)
{
	(void)v;
	return us;
}

static int x_time(sqlite3_vfs *v, double *out)
{
	(void)v;
	*out = 2461000.5;
	return SQLITE_OK;
}

void disk_mount(void)
{
	static sqlite3_vfs vfs = {.iVersion = 1,
				  .szOsFile = sizeof(struct handle),
				  .mxPathname = 190,
				  .zName = "disk",
				  .xOpen = x_open,
				  .xDelete = x_delete,
				  .xAccess = x_access,
				  .xFullPathname = x_full,
				  .xRandomness = x_random,
				  .xSleep = x_sleep,
				  .xCurrentTime = x_time};
	sqlite3_vfs_register(&vfs, 1);
}
