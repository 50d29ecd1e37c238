/* copy_test.c - only what a second copy holds counts as backed up; a copy put back is known as one.
 */
#include "tests/store/township.h"

static enum err note_restored(struct db *db, void *self)
{
	(void)self;
	return backup_note_restored(db, NOW);
}

static struct kiosk_row kiosk_now(void)
{
	struct kiosk_row row;
	struct db *db = township_read_begin(w.township);
	assert_int_equal(kiosks_find(db, &w.kiosk, &row, NULL), OK);
	township_read_end(w.township);
	return row;
}

static void serve(bool renewed_wanted)
{
	bool renewed;
	assert_int_equal(township_open(w.path, &w.township), OK);
	assert_int_equal(writer_open(w.township, &w.writer), OK);
	assert_int_equal(township_claim(w.township, &renewed), OK);
	assert_int_equal(renewed, renewed_wanted);
	if (renewed)
		assert_int_equal(writer_do(w.writer, note_restored, NULL), OK);
}

static void end_serving(void)
{
	writer_close(w.writer);
	township_close(w.township);
	w.writer = NULL;
	w.township = NULL;
}

static void only_what_a_copy_holds_counts_as_backed_up(void **state)
{
	(void)state;
	struct letter l[4];
	char copy[160];
	snprintf(copy, sizeof copy, "%s.copy", w.path);
	for (int i = 0; i < 4; i++)
		write_letter(&l[i], WHOM_VILLAGE, (uint64_t)i + 1, i == 0 ? NULL : &l[i - 1].hash);
	assert_int_equal(writer_open(w.township, &w.writer), OK);
	assert_int_equal(writer_do(w.writer, add_letter, &l[0]), OK);
	assert_int_equal(writer_do(w.writer, add_letter, &l[2]), OK);
	assert_int_equal(kiosk_now().backed_up_to, 0);
	assert_int_equal(backup_make(w.township, w.writer, copy), OK);
	assert_int_equal(kiosk_now().backed_up_to, 3);
	/* The one that was missing comes later: it is in no copy. */
	assert_int_equal(writer_do(w.writer, add_letter, &l[1]), OK);
	assert_int_equal(kiosk_now().backed_up_to, 1);
	assert_int_equal(writer_do(w.writer, add_letter, &l[3]), OK);
	assert_int_equal(backup_make(w.township, w.writer, copy), OK);
	assert_int_equal(kiosk_now().backed_up_to, 4);
	for (int i = 0; i < 4; i++)
		buf_free(&l[i].bytes);
}

static void a_copy_that_is_put_back_is_another_epoch(void **state)
{
	(void)state;
	struct letter a, b;
	struct db *db;
	struct case_row c;
	uint32_t version;
	uint64_t feed;
	char copy[160], before[EPOCH_CHARS + 1], hand[160];
	snprintf(copy, sizeof copy, "%s.copy", w.path);
	snprintf(hand, sizeof hand, "%s.before", w.path);
	write_letter(&a, WHOM_VILLAGE, 1, NULL);
	write_letter(&b, WHOM_VILLAGE, 2, &a.hash);
	end_serving();
	serve(true);
	snprintf(before, sizeof before, "%s", township_epoch(w.township));
	assert_int_equal(strlen(before), EPOCH_CHARS);
	assert_int_equal(alarms(), 1); /* a kiosk is known here: who can say what it sent */
	assert_int_equal(writer_do(w.writer, add_letter, &a), OK);
	assert_int_equal(backup_make(w.township, w.writer, copy), OK);
	assert_int_equal(backup_restore(w.path, copy), ERR_REFUSED); /* it is being served */
	end_serving();
	serve(false); /* starting again is no news */
	assert_string_equal(township_epoch(w.township), before);
	assert_int_equal(writer_do(w.writer, add_letter, &b), OK);
	end_serving();
	assert_int_equal(backup_restore(w.path, copy), OK);
	serve(true);
	assert_string_not_equal(township_epoch(w.township), before);
	assert_int_equal(kiosk_now().newest, 1);
	assert_true(alarms() > 0);
	/* What is made now is above all that a kiosk may have seen before. */
	db = township_write_db(w.township);
	assert_int_equal(cases_first_version(db, &version), OK);
	assert_true(version > 1000);
	assert_int_equal(cases_before(db, INT64_MAX, &c), OK);
	assert_true(c.version > 1000);
	assert_int_equal(feed_newest(db, &feed), OK);
	assert_true(feed > 1000000);
	/* And by hand, without saying so. */
	snprintf(before, sizeof before, "%s", township_epoch(w.township));
	assert_int_equal(writer_do(w.writer, add_letter, &b), OK);
	end_serving();
	assert_int_equal(rename(copy, w.path), 0);
	serve(true);
	assert_string_not_equal(township_epoch(w.township), before);
	end_serving();
	unlink(hand);
	buf_free(&a.bytes);
	buf_free(&b.bytes);
}

static void a_copy_that_is_no_database_is_not_put_back(void **state)
{
	(void)state;
	char copy[160];
	bool renewed;
	snprintf(copy, sizeof copy, "%s.copy", w.path);
	int fd = open(copy, O_WRONLY | O_CREAT, 0600);
	assert_int_equal(write(fd, "no database at all", 18), 18);
	close(fd);
	end_serving();
	assert_int_equal(backup_restore(w.path, copy), ERR_CORRUPT);
	assert_int_equal(township_open(w.path, &w.township), OK);
	assert_int_equal(township_claim(w.township, &renewed), OK);
	assert_int_equal(kiosk_now().newest, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(only_what_a_copy_holds_counts_as_backed_up),
		WORLD(a_copy_that_is_put_back_is_another_epoch),
		WORLD(a_copy_that_is_no_database_is_not_put_back),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
