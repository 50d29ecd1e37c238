/* public.h - makes tables public on a kiosk in a throw-away folder, for tests of what screens read.
 */
#pragma once
#include "app/store/kiosk/books.h"
#include "app/village/catalogue.h"
#include "tests/county.h"
#include "tests/test.h"

#include <sqlite3.h>
#include <unistd.h>

struct public_kiosk {
	struct county county;
	struct catalogue *catalogue;
	struct books *apply, *books;
	char folder[64];
	struct public_chain {
		char place[64];
		uint64_t number;
		struct hash last;
	} chain[4];
};

static inline int public_open(struct public_kiosk *k)
{
	memset(k, 0, sizeof *k);
	snprintf(k->folder, sizeof k->folder, "/tmp/elutong-public-XXXXXX");
	return county_open(&k->county) || catalogue_open("assets/catalogue", &k->catalogue) ||
	       mkdtemp(k->folder) == NULL || books_open(k->folder, BOOKS_APPLY, &k->apply) ||
	       books_open(k->folder, BOOKS_READ, &k->books);
}

static inline int public_close(struct public_kiosk *k)
{
	char command[128];
	books_close(k->books);
	books_close(k->apply);
	catalogue_close(k->catalogue);
	county_close(&k->county);
	snprintf(command, sizeof command, "rm -rf %s", k->folder);
	return system(command);
}

/* One table: its place, template and period, and its rows as they are signed, each with a line
 * feed. */
struct public_table {
	const char *place, *template_id, *period, *rows;
	uint32_t version; /* 0: 1 */
	int32_t day;
	const char *reason;
};

static inline struct public_chain *public_chain(struct public_kiosk *k, const char *place)
{
	for (size_t i = 0; i < sizeof k->chain / sizeof k->chain[0]; i++) {
		if (k->chain[i].place[0] == 0)
			snprintf(k->chain[i].place, sizeof k->chain[i].place, "%s", place);
		if (strcmp(k->chain[i].place, place) == 0)
			return &k->chain[i];
	}
	fail_msg("no room for another place");
	abort();
}

static inline void public_publish(struct public_kiosk *k, const struct public_table *t)
{
	struct public_chain *at = public_chain(k, t->place);
	struct sheet_entry entry = {.part = 1, .version = t->version == 0 ? 1 : t->version};
	struct publication p = {.number = ++at->number,
				.day = t->day,
				.previous = at->last,
				.sheet = &entry,
				.sheet_count = 1};
	struct publication read;
	struct books_apply *a;
	struct buf text;
	snprintf(p.place, sizeof p.place, "%s", t->place);
	snprintf(p.issuer, sizeof p.issuer, "草坝镇");
	snprintf(p.approved_by, sizeof p.approved_by, "李*国");
	snprintf(entry.template_id, sizeof entry.template_id, "%s", t->template_id);
	snprintf(entry.period, sizeof entry.period, "%s", t->period);
	snprintf(entry.reason, sizeof entry.reason, "%s", t->reason == NULL ? "" : t->reason);
	buf_init(&text, PUBLICATION_BYTES_MAX);
	assert_int_equal(sheet_measure(t->rows, strlen(t->rows), &entry), OK);
	assert_int_equal(
		publication_make(&p, &k->county.publisher, &k->county.publisher_secret, &text), OK);
	assert_int_equal(publication_read(text.p, text.len, k->county.settings, &read), OK);
	assert_int_equal(books_apply_begin(k->apply, k->catalogue, &read, text.p, text.len, &a),
			 OK);
	assert_int_equal(books_apply_sheet(a, 0, t->rows, strlen(t->rows)), OK);
	assert_int_equal(books_apply_finish(a), OK);
	books_apply_close(a);
	at->last = read.hash;
	publication_free(&read);
	buf_free(&text);
}

static inline void public_edit(struct public_kiosk *k, const char *sql)
{
	char path[96];
	sqlite3 *db;
	snprintf(path, sizeof path, "%s/books.db", k->folder);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}
