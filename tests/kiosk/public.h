/* public.h - makes tables public on a kiosk in a throw-away folder, for tests of what screens read.
 */
#pragma once
#include "app/village/catalogue.h"
#include "tests/folder.h"
#include "tests/published.h"

#include <sqlite3.h>
#include <unistd.h>

struct public_kiosk {
	struct county county;
	struct catalogue *catalogue;
	struct published to;
	struct books *books;
	char folder[64];
};

static inline int public_open(struct public_kiosk *k)
{
	memset(k, 0, sizeof *k);
	snprintf(k->folder, sizeof k->folder, "/tmp/elutong-public-XXXXXX");
	if (county_open(&k->county) || catalogue_open("assets/catalogue", &k->catalogue) ||
	    mkdtemp(k->folder) == NULL || books_open(k->folder, BOOKS_APPLY, &k->to.books) ||
	    books_open(k->folder, BOOKS_READ, &k->books))
		return -1;
	k->to.catalogue = k->catalogue;
	k->to.county = &k->county;
	return 0;
}

static inline int public_close(struct public_kiosk *k)
{
	books_close(k->books);
	books_close(k->to.books);
	catalogue_close(k->catalogue);
	county_close(&k->county);
	return folder_remove(k->folder);
}

/* One table: its place, template and period, and its rows as they are signed, each with a line
 * feed. */
struct public_table {
	const char *place, *template_id, *period, *rows;
	uint32_t version; /* 0: 1 */
	int32_t day;
	const char *reason;
};

static inline void public_publish(struct public_kiosk *k, const struct public_table *t)
{
	struct sheet_entry entry = {.part = 1, .version = t->version == 0 ? 1 : t->version};
	struct publication p = {.day = t->day};
	snprintf(p.place, sizeof p.place, "%s", t->place);
	snprintf(p.approved_by, sizeof p.approved_by, "李*国");
	snprintf(entry.template_id, sizeof entry.template_id, "%s", t->template_id);
	snprintf(entry.period, sizeof entry.period, "%.*s", PERIOD_MAX, t->period);
	snprintf(entry.reason, sizeof entry.reason, "%s", t->reason == NULL ? "" : t->reason);
	published_next(&k->to, &p, &entry, t->rows, strlen(t->rows));
}

/* What was published in November, in its first version. */
static inline void public_rows(struct public_kiosk *k, const char *place, const char *template_id,
			       const char *period, const char *rows)
{
	const struct public_table t = {.place = place,
				       .template_id = template_id,
				       .period = period,
				       .rows = rows,
				       .day = 20261105};
	public_publish(k, &t);
}

/* As somebody with the cabinet open would; it changes something. */
static inline void public_edit(struct public_kiosk *k, const char *sql)
{
	char path[96];
	sqlite3 *db;
	snprintf(path, sizeof path, "%s/books.db", k->folder);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_true(sqlite3_changes(db) > 0);
	sqlite3_close(db);
}
