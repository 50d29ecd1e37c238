#include "tests/play/thanks.h"

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/store/db.h"
#include "app/village/parcel.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Opened and closed for each letter: a connection must not live across the fork of the next kiosk.
 */
static bool in_queue(const char *data, const char *parcel_id)
{
	static const char *const look[] = {"SELECT count(*) FROM parcel WHERE id = ?1"};
	char path[4096];
	unsigned char id[PARCEL_ID_BYTES];
	struct db *db;
	bool there = false;
	snprintf(path, sizeof path, "%s/queue.db", data);
	const struct db_options o = {.path = path,
				     .query_only = true,
				     .newer = DB_NEWER_ACCEPTED,
				     .statement = look,
				     .statement_count = 1};
	if (!text_unhex(parcel_id, strlen(parcel_id), id, sizeof id) || db_open(&o, &db) != OK)
		return false;
	struct db_stmt *s = db_stmt(db, 0);
	db_bind_blob(s, 1, id, sizeof id);
	if (db_step(s) == OK) {
		there = db_int(s, 0) == 1;
		db_done(s);
	}
	db_close(db);
	return there;
}

bool thanks_note(const char *file, const char *data, const char *parcel_id)
{
	struct timespec t;
	char text[160];
	clock_gettime(CLOCK_REALTIME, &t);
	bool there = in_queue(data, parcel_id);
	int len = snprintf(text, sizeof text, "%s %lld%09ld %s\n", parcel_id, (long long)t.tv_sec,
			   t.tv_nsec, there ? "there" : "missing");
	int fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	bool good = fd >= 0 && write(fd, text, (size_t)len) == len && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	if (!good)
		log_warn("thanks: %s could not be noted", parcel_id);
	return good;
}
