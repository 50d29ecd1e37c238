/* reader_test.c - who only looks holds nothing: after every reading call the log can be folded back
 * into the file, and the next look sees what others wrote. A statement left running would let the
 * log grow for days. */
#include "app/store/kiosk/books.h"
#include "app/store/kiosk/queue.h"

#include "tests/county.h"
#include "tests/test.h"

#include <sqlite3.h>
#include <unistd.h>

static struct county county;
static char folder[64];
static struct queue *queue, *courier;
static struct books *books;

static int open_all(void **state)
{
	struct receipt r;
	struct receipt_keys keys;
	struct parcel_place at;
	struct parcel_header h;
	struct buf bytes;
	(void)state;
	receipt_make(&r);
	assert_int_equal(county_open(&county), OK);
	assert_int_equal(receipt_derive(&r, NULL, &keys), OK);
	snprintf(folder, sizeof folder, "/tmp/elutong-reader-XXXXXX");
	assert_non_null(mkdtemp(folder));
	assert_int_equal(queue_open(folder, true, &courier), OK);
	assert_int_equal(queue_open(folder, false, &queue), OK);
	assert_int_equal(books_open(folder, BOOKS_APPLY, &books), OK);
	assert_int_equal(books_put_settings(books, &county.root, county.settings_bytes.p,
					    county.settings_bytes.len),
			 OK);
	buf_init(&bytes, PARCEL_BYTES_MAX);
	assert_int_equal(queue_place(courier, &at), OK);
	assert_int_equal(
		county_letter(&county, WHOM_VILLAGE, "一件事", NULL, &keys.pub, &at, &bytes, &h),
		OK);
	assert_int_equal(queue_add(courier, &h, bytes.p, bytes.len, NULL, 0), OK);
	buf_free(&bytes);
	const struct ack a = {
		.through = 1, .backed_up_to = 1, .time = 1792500000, .epoch = "0123456789abcdef"};
	const uint64_t one = 1;
	const struct queue_stored stored = {.sequence = &one, .count = 1};
	assert_int_equal(queue_acknowledge(courier, &a, "ack", 3, &stored), OK);
	assert_int_equal(queue_alarm(courier, "gap", "一号", 20260101), OK);
	return 0;
}

static int close_all(void **state)
{
	char command[128];
	(void)state;
	books_close(books);
	queue_close(queue);
	queue_close(courier);
	county_close(&county);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

/* Writes once more into `file` and folds the whole log back: 0 when no reader was in the way. */
static int in_the_way(const char *file, const char *write)
{
	char path[128];
	sqlite3 *db;
	sqlite3_stmt *s;
	snprintf(path, sizeof path, "%s/%s", folder, file);
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, write, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA wal_checkpoint(TRUNCATE)", -1, &s, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	int busy = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	sqlite3_close(db);
	return busy;
}

static int queue_in_the_way(void)
{
	return in_the_way("queue.db", "INSERT INTO counter (name, value) VALUES ('x', 1) ON "
				      "CONFLICT (name) DO UPDATE SET value = value + 1");
}

static void no_look_into_the_queue_keeps_its_log_from_being_folded_back(void **state)
{
	struct parcel_place at;
	struct parcel_header h;
	struct queue_state look;
	struct buf b;
	int64_t n;
	(void)state;
	buf_init(&b, PARCEL_BYTES_MAX);
	assert_int_equal(queue_place(queue, &at), OK);
	assert_int_equal(queue_in_the_way(), 0);
	assert_int_equal(queue_is_acknowledged(queue, 1), OK);
	assert_int_equal(queue_in_the_way(), 0);
	assert_int_equal(queue_is_acknowledged(queue, 2), ERR_MISSING);
	assert_int_equal(queue_in_the_way(), 0);
	assert_int_equal(queue_next(queue, 0, &h, &b), ERR_MISSING);
	assert_int_equal(queue_next_aside(queue, 0, &h, &b), ERR_MISSING);
	assert_int_equal(queue_in_the_way(), 0);
	assert_int_equal(queue_last_ack(queue, &b), OK);
	assert_int_equal(queue_in_the_way(), 0);
	assert_int_equal(queue_look(queue, &look), OK);
	assert_int_equal(queue_in_the_way(), 0);
	assert_int_equal(queue_next_alarm(queue, 0, &n, &b), OK);
	assert_int_equal(queue_in_the_way(), 0);
	assert_int_equal(queue_counter(queue, "x", &n), OK);
	assert_int_equal(queue_in_the_way(), 0);
	buf_free(&b);
}

static void every_look_sees_what_the_courier_wrote_meanwhile(void **state)
{
	int64_t n;
	(void)state;
	for (int64_t i = 1; i <= 20; i++) {
		assert_int_equal(queue_is_acknowledged(queue, 1), OK);
		assert_int_equal(queue_counter_set(courier, "y", i), OK);
		assert_int_equal(queue_counter(queue, "y", &n), OK);
		assert_int_equal(n, i);
	}
}

static void no_look_into_the_books_keeps_their_log_from_being_folded_back(void **state)
{
	static const unsigned char locator[LOCATOR_BYTES] = {1};
	static const char write[] = "UPDATE settings SET bytes = bytes";
	struct buf b;
	uint64_t cursor;
	int64_t time;
	struct publication last;
	(void)state;
	buf_init(&b, SETTINGS_BYTES_MAX);
	assert_int_equal(books_settings(books, &b), OK);
	assert_int_equal(in_the_way("books.db", write), 0);
	assert_int_equal(books_cursor(books, &cursor), OK);
	assert_int_equal(in_the_way("books.db", write), 0);
	assert_int_equal(books_server_time(books, &time), OK);
	assert_int_equal(in_the_way("books.db", write), 0);
	assert_int_equal(books_last_publication(books, "mz.caoba.v1", &last), ERR_MISSING);
	assert_int_equal(in_the_way("books.db", write), 0);
	assert_int_equal(books_capsule(books, locator, &b), ERR_MISSING);
	assert_int_equal(in_the_way("books.db", write), 0);
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_look_into_the_queue_keeps_its_log_from_being_folded_back),
		cmocka_unit_test(every_look_sees_what_the_courier_wrote_meanwhile),
		cmocka_unit_test(no_look_into_the_books_keeps_their_log_from_being_folded_back),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
