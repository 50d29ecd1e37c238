/* kiosk.h - a kiosk's data folder with an open courier, and bundles for it; for the tests of the
 * courier. Included once by each program. */
#pragma once
#include "app/courier/courier.h"
#include "sync/bundle.h"

#include "tests/county.h"
#include "tests/test.h"

#include <sys/wait.h>
#include <unistd.h>

static struct county county;
static struct courier *courier;
static volatile sig_atomic_t stop_now;
static char folder[64];

static inline int open_all(void **state)
{
	(void)state;
	return county_open(&county);
}

static inline int close_all(void **state)
{
	(void)state;
	county_close(&county);
	return 0;
}

static inline int fresh(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/elutong-courier-XXXXXX");
	assert_non_null(mkdtemp(folder));
	assert_int_equal(
		home_provision(folder, "mz.caoba.v1", &county.root, "https://127.0.0.1:1", ""), OK);
	assert_int_equal(courier_open(folder, "assets", &stop_now, &courier), OK);
	assert_int_equal(books_put_settings(courier->books, &county.root, county.settings_bytes.p,
					    county.settings_bytes.len),
			 OK);
	assert_int_equal(courier_load_settings(courier), OK);
	return 0;
}

static inline int gone(void **state)
{
	(void)state;
	courier_close(courier);
	pid_t child = fork();
	if (child == 0) {
		execlp("rm", "rm", "-rf", folder, (char *)NULL);
		_exit(1);
	}
	int status;
	waitpid(child, &status, 0);
	return 0;
}

/* --- bundles --- */

struct made {
	struct publication p;
	struct sheet_entry entry[1];
	struct buf text, sheet;
};

static inline void make(struct made *m, uint64_t number, const struct hash *previous,
			int64_t amount)
{
	memset(m, 0, sizeof *m);
	buf_init(&m->sheet, SHEET_BYTES_MAX);
	buf_init(&m->text, PUBLICATION_BYTES_MAX);
	buf_print(&m->sheet,
		  "{\"id\":\"1\",\"date\":\"2026-%02d-02\",\"account_code\":\"514\",\"coa_"
		  "version\":\"2024\","
		  "\"direction\":\"out\",\"amount_fen\":%lld,\"summary\":\"修水沟\"}\n",
		  (int)number, (long long)amount);
	m->p = (struct publication){
		.number = number, .day = 20261105, .sheet = m->entry, .sheet_count = 1};
	snprintf(m->p.place, sizeof m->p.place, "mz.caoba.v1");
	snprintf(m->p.issuer, sizeof m->p.issuer, "草坝镇");
	if (previous != NULL)
		m->p.previous = *previous;
	snprintf(m->entry[0].template_id, sizeof m->entry[0].template_id, "ledger");
	snprintf(m->entry[0].period, sizeof m->entry[0].period, "2026-%02d", (int)number);
	m->entry[0].part = 1;
	m->entry[0].version = 1;
	assert_int_equal(sheet_measure(m->sheet.p, m->sheet.len, m->entry), OK);
	assert_int_equal(
		publication_make(&m->p, &county.publisher, &county.publisher_secret, &m->text), OK);
}

static inline void drop(struct made *m)
{
	buf_free(&m->text);
	buf_free(&m->sheet);
}

struct extra {
	const char *name;
	const void *bytes;
	size_t len;
};

/* A bundle of one publication (or none) and one more thing (or none). */
static inline unsigned char *pack(const struct made *m, const struct extra *more, size_t *len)
{
	struct bundle_writer *w;
	unsigned char *bytes;
	char name[100] = "sheets/";
	struct wire_manifest manifest = {.after = 0, .through = 1};
	struct buf text;
	buf_init(&text, 1000);
	assert_int_equal(wire_manifest_make(&manifest, &text), OK);
	assert_int_equal(bundle_begin(1 << 20, &w), SYNC_OK);
	assert_int_equal(bundle_add(w, "manifest.json", text.p, text.len), SYNC_OK);
	if (more != NULL)
		assert_int_equal(bundle_add(w, more->name, more->bytes, more->len), SYNC_OK);
	if (m != NULL) {
		assert_int_equal(
			bundle_add(w, "publications/mz.caoba.v1/1", m->text.p, m->text.len),
			SYNC_OK);
		text_hex(m->entry[0].hash.b, HASH_BYTES, name + 7);
		assert_int_equal(bundle_add(w, name, m->sheet.p, m->sheet.len), SYNC_OK);
	}
	assert_int_equal(bundle_finish(w, &bytes, len), SYNC_OK);
	buf_free(&text);
	return bytes;
}

/* The same, applied. */
static inline enum err apply(const struct made *m, const struct extra *more)
{
	size_t len;
	struct wire_manifest got;
	unsigned char *bytes = pack(m, more, &len);
	enum err e = courier_apply(courier, bytes, len, &got);
	free(bytes);
	return e;
}

static inline bool alarmed(const char *kind)
{
	struct buf text;
	int64_t number = 0;
	bool found = false;
	buf_init(&text, 1000);
	while (queue_next_alarm(courier->queue, number, &number, &text) == OK) {
		found = found || strncmp(buf_str(&text), kind, strlen(kind)) == 0;
		buf_clear(&text);
	}
	buf_free(&text);
	return found;
}

static inline uint64_t newest(void)
{
	struct publication last = {0};
	uint64_t n = books_last_publication(courier->books, "mz.caoba.v1", &last) == OK
			     ? last.number
			     : 0;
	publication_free(&last);
	return n;
}
