#include "app/store/township/epoch.h"

#include "app/base/log.h"
#include "app/base/text.h"
#include "sync/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* "EPOCH GENERATION\n", the number always of the same width: one write within one sector. */
enum { NUMBER_CHARS = 19, RECORD_BYTES = EPOCH_CHARS + 1 + NUMBER_CHARS + 1 };

struct epoch {
	int fd;
	char text[EPOCH_CHARS + 1];
};

static void path_of(const char *database, char *out, size_t size)
{
	const char *slash = strrchr(database, '/');
	snprintf(out, size, "%.*sepoch", slash == NULL ? 0 : (int)(slash - database + 1), database);
}

/* Opened and locked. ERR_REFUSED: somebody else has it. */
static enum err take(const char *database, int *fd)
{
	char path[4096];
	path_of(database, path, sizeof path);
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0660);
	if (*fd < 0) {
		log_warn("epoch: %s: %s", path, strerror(errno));
		return ERR_IO;
	}
	if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
		return OK;
	log_warn("epoch: %s: another server uses this data folder", path);
	close(*fd);
	*fd = -1;
	return ERR_REFUSED;
}

static bool read_record(const struct epoch *e, char text[EPOCH_CHARS + 1], int64_t *generation)
{
	char record[RECORD_BYTES + 1];
	unsigned char bytes[EPOCH_CHARS / 2];
	if (pread(e->fd, record, sizeof record, 0) != RECORD_BYTES ||
	    record[RECORD_BYTES - 1] != '\n' || record[EPOCH_CHARS] != ' ' ||
	    !text_unhex(record, EPOCH_CHARS, bytes, sizeof bytes) ||
	    !text_number(record + EPOCH_CHARS + 1, NUMBER_CHARS, generation))
		return false;
	memcpy(text, record, EPOCH_CHARS);
	text[EPOCH_CHARS] = 0;
	return true;
}

static bool write_record(const struct epoch *e, int64_t generation)
{
	char record[RECORD_BYTES + 1];
	snprintf(record, sizeof record, "%s %0*" PRId64 "\n", e->text, NUMBER_CHARS, generation);
	return pwrite(e->fd, record, RECORD_BYTES, 0) == RECORD_BYTES;
}

static enum err renew(struct epoch *e, int64_t generation)
{
	unsigned char random[EPOCH_CHARS / 2];
	seal_random(random, sizeof random);
	text_hex(random, sizeof random, e->text);
	if (ftruncate(e->fd, 0) == 0 && write_record(e, generation) && fsync(e->fd) == 0)
		return OK;
	log_warn("epoch: cannot be written: %s", strerror(errno));
	return ERR_IO;
}

enum err epoch_open(const char *database, int64_t generation, struct epoch **out, bool *renewed)
{
	int64_t remembered;
	*out = NULL;
	struct epoch *e = calloc(1, sizeof *e);
	if (e == NULL)
		return ERR_FULL;
	enum err err = take(database, &e->fd);
	*renewed = err == OK && (!read_record(e, e->text, &remembered) || generation < remembered);
	if (err == OK && *renewed)
		err = renew(e, generation);
	if (err != OK) {
		epoch_close(e);
		return err;
	}
	*out = e;
	return OK;
}

void epoch_close(struct epoch *e)
{
	if (e == NULL)
		return;
	if (e->fd >= 0)
		close(e->fd);
	free(e);
}

const char *epoch_text(const struct epoch *e)
{
	return e == NULL ? "" : e->text;
}

void epoch_note(struct epoch *e, int64_t generation)
{
	if (e != NULL && !write_record(e, generation))
		log_warn("epoch: cannot be written: %s", strerror(errno));
}

enum err epoch_forget(const char *database)
{
	char path[4096];
	int fd;
	enum err e = take(database, &fd);
	if (e != OK)
		return e;
	path_of(database, path, sizeof path);
	if (unlink(path) != 0)
		e = ERR_IO;
	close(fd);
	return e;
}
