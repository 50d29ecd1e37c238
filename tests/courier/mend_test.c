/* mend_test.c - whatever lies in the inbox, however full or damaged the disk: nothing that came is
 * taken for applied when it was not, and what can be made again is made again. */
#include "app/base/clock.h"

#include "tests/courier/kiosk.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>

static void path_of(const char *name, char out[160])
{
	snprintf(out, 160, "%s/%s", folder, name);
}

static bool here(const char *name)
{
	char path[160];
	path_of(name, path);
	return access(path, F_OK) == 0;
}

static void put(const char *name, const void *bytes, size_t len)
{
	char path[160];
	path_of(name, path);
	assert_int_equal(file_replace(path, bytes, len, 0660), OK);
}

static void put_bundle(const char *name, const struct made *m)
{
	size_t len;
	unsigned char *bytes = pack(m, NULL, &len);
	put(name, bytes, len);
	free(bytes);
}

static int applied_files(void)
{
	struct bundle_names all;
	assert_int_equal(bundles_list(courier, "applied", &all), OK);
	free(all.name);
	return (int)all.count;
}

/* --- the inbox --- */

static void odd_things_in_the_inbox_are_put_aside_and_hold_nothing_up(void **state)
{
	(void)state;
	struct made one;
	char path[160];
	make(&one, 1, NULL, 100);
	path_of("inbox/a.tar.zst", path);
	assert_int_equal(mkdir(path, 0770), 0);
	path_of("inbox/b.tar.zst", path);
	assert_int_equal(mkfifo(path, 0660), 0);
	path_of("inbox/c.tar.zst", path);
	assert_int_equal(symlink("/dev/zero", path), 0);
	put("inbox/d.tar.zst", "no bundle", 9);
	put("inbox/e.tar.zst", "", 0);
	path_of("inbox/f.tar.zst", path);
	assert_int_equal(truncate(path, 0), -1);
	put("inbox/f.tar.zst", "x", 1);
	assert_int_equal(truncate(path, (off_t)WIRE_FEED_MAX + 1), 0);
	put_bundle("inbox/z.tar.zst", &one);
	assert_int_equal(courier_inbox(courier), ROUND_DONE);
	/* What came by stick says so. */
	enum books_road road;
	assert_int_equal(books_road(courier->books, one.p.place, one.p.number, &road), OK);
	assert_int_equal(road, BOOKS_ROAD_STICK);
	assert_int_equal(books_road(courier->books, one.p.place, one.p.number + 1, &road), OK);
	assert_int_equal(road, BOOKS_ROAD_UNKNOWN);
	assert_int_equal(newest(), 1);
	for (char c = 'a'; c <= 'f'; c++) {
		char name[40];
		snprintf(name, sizeof name, "inbox/%c.tar.zst", c);
		assert_false(here(name));
		snprintf(name, sizeof name, "inbox/%c.tar.zst.refused", c);
		path_of(name, path);
		struct stat s;
		assert_int_equal(lstat(path, &s), 0);
	}
	assert_false(here("inbox/z.tar.zst"));
	assert_int_equal(applied_files(), 1);
	assert_true(alarmed("inbox"));
	drop(&one);
}

static void a_bundle_that_lacks_one_before_it_waits_in_the_inbox(void **state)
{
	(void)state;
	struct made one, two, three;
	make(&one, 1, NULL, 100);
	make(&two, 2, &one.p.hash, 200);
	make(&three, 3, &two.p.hash, 300);
	/* Names in the wrong order, and the first not there yet. */
	put_bundle("inbox/a.tar.zst", &three);
	put_bundle("inbox/b.tar.zst", &two);
	assert_int_equal(courier_inbox(courier), ROUND_DONE);
	assert_int_equal(newest(), 0);
	assert_true(here("inbox/a.tar.zst"));
	assert_true(here("inbox/b.tar.zst"));
	put_bundle("inbox/c.tar.zst", &one);
	assert_int_equal(courier_inbox(courier), ROUND_DONE);
	assert_int_equal(newest(), 3);
	assert_false(here("inbox/a.tar.zst"));
	assert_int_equal(applied_files(), 3);
	drop(&one);
	drop(&two);
	drop(&three);
}

static void a_name_that_is_taken_in_applied_is_not_written_over(void **state)
{
	(void)state;
	struct made one, two;
	make(&one, 1, NULL, 100);
	make(&two, 2, &one.p.hash, 200);
	put_bundle("inbox/same.tar.zst", &one);
	assert_int_equal(courier_inbox(courier), ROUND_DONE);
	put_bundle("inbox/same.tar.zst", &two);
	assert_int_equal(courier_inbox(courier), ROUND_DONE);
	assert_int_equal(newest(), 2);
	assert_int_equal(applied_files(), 2);
	drop(&one);
	drop(&two);
}

/* --- what is kept --- */

/* A capsule of one fixed case, version by version, by whoever has the key. */
static void put_capsule(int number, uint32_t version, const struct receipt_public *receipt,
			const struct sign_public *pub, const struct sign_secret *sec)
{
	static const struct capsule_entry entry = {.day = 20261120, .state = CASE_RECEIVED};
	struct buf sealed, capsule;
	char name[64];
	size_t len;
	buf_init(&sealed, CAPSULE_ENTRY_MAX);
	buf_init(&capsule, CAPSULE_BYTES_MAX);
	assert_int_equal(capsule_entry_seal(&entry, &receipt->answer, &sealed), OK);
	const struct capsule_sealed one = {sealed.p, sealed.len};
	assert_int_equal(capsule_make(receipt, version, &one, 1, signer(pub, sec), &capsule), OK);
	const struct extra more = {"capsules/one", capsule.p, capsule.len};
	unsigned char *bytes = pack(NULL, &more, &len);
	snprintf(name, sizeof name, "inbox/c%04d.tar.zst", number);
	put(name, bytes, len);
	free(bytes);
	buf_free(&sealed);
	buf_free(&capsule);
}

static uint32_t capsule_here(const struct receipt_public *receipt)
{
	struct buf bytes;
	struct capsule_unchecked c = {0};
	buf_init(&bytes, CAPSULE_BYTES_MAX);
	if (books_capsule(courier->books, receipt->locator, &bytes) == OK)
		assert_int_equal(capsule_read(bytes.p, bytes.len, &c), OK);
	buf_free(&bytes);
	return c.version;
}

static void keep_settings(void)
{
	assert_int_equal(
		courier_keep_settings(courier, county.settings_bytes.p, county.settings_bytes.len),
		OK);
}

static void break_books(char with)
{
	char path[160], junk[4096];
	courier_close(courier);
	memset(junk, with, sizeof junk);
	path_of("books.db", path);
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	assert_int_equal(write(fd, junk, sizeof junk), sizeof junk);
	close(fd);
	assert_int_equal(courier_open(folder, "assets", &stop_now, &courier), OK);
}

static void what_is_superseded_goes_and_the_rest_makes_the_books_again(void **state)
{
	(void)state;
	struct made one, two, twin, later;
	struct receipt_public receipt;
	struct seal_secret seal;
	struct sign_secret sign;
	seal_generate(&receipt.answer, &seal);
	sign_generate(&receipt.follow_up, &sign);
	memset(receipt.locator, 7, sizeof receipt.locator);
	make(&one, 1, NULL, 100);
	make(&two, 2, &one.p.hash, 200);
	make(&twin, 1, NULL, 999);
	make(&later, 3, &two.p.hash, 300);
	keep_settings();
	put_bundle("inbox/a.tar.zst", &one);
	put_bundle("inbox/b.tar.zst", &two);
	put_bundle("inbox/twin.tar.zst", &twin);
	for (int i = 1; i <= 70; i++)
		put_capsule(i, (uint32_t)i, &receipt, &county.county_sign,
			    &county.county_sign_secret);
	put_capsule(71, 99, &receipt, &county.publisher, &county.publisher_secret);
	assert_int_equal(courier_inbox(courier), ROUND_DONE);
	assert_int_equal(applied_files(), 74);
	put("applied/none.tar.zst", "no bundle", 9);
	assert_int_equal(courier_prune(courier), OK);
	assert_int_equal(applied_files(), 1);
	assert_int_equal(courier_prune(courier), OK); /* not again: there is little of it */
	assert_int_equal(applied_files(), 1);
	break_books('x');
	assert_int_equal(newest(), 2);
	assert_int_equal(capsule_here(&receipt), 70);
	/* And what follows still follows. */
	assert_int_equal(apply(&later, NULL), OK);
	assert_int_equal(newest(), 3);
	drop(&one);
	drop(&two);
	drop(&twin);
	drop(&later);
}

/* A stick may bring a publication once more: known already, so nobody looks at its sheets. */
static void a_copy_without_its_sheets_puts_no_whole_one_away(void **state)
{
	(void)state;
	struct made one;
	struct receipt_public receipt;
	struct seal_secret seal;
	char name[48];
	size_t len;
	seal_generate(&receipt.answer, &seal);
	memset(receipt.locator, 7, sizeof receipt.locator);
	make(&one, 1, NULL, 100);
	keep_settings();
	put_bundle("inbox/m.tar.zst", &one);
	assert_int_equal(courier_inbox(courier), ROUND_DONE);
	const struct extra bare = {"publications/bare", one.text.p, one.text.len};
	for (int i = 0; i < 2; i++) { /* read before it and after it */
		unsigned char *bytes = pack(NULL, &bare, &len);
		snprintf(name, sizeof name, "inbox/%c.tar.zst", i == 0 ? 'a' : 'z');
		put(name, bytes, len);
		free(bytes);
	}
	for (int i = 1; i <= 70; i++)
		put_capsule(i, (uint32_t)i, &receipt, &county.county_sign,
			    &county.county_sign_secret);
	assert_int_equal(courier_inbox(courier), ROUND_DONE);
	assert_int_equal(courier_prune(courier), OK);
	assert_int_equal(applied_files(), 1);
	break_books('x');
	assert_int_equal(newest(), 1);
	drop(&one);
}

/* Whatever order sticks brought them in. */
static void what_was_packed_in_any_order_makes_the_books_again(void **state)
{
	(void)state;
	struct made m[5];
	struct receipt_public receipt;
	struct seal_secret seal;
	char name[48];
	seal_generate(&receipt.answer, &seal);
	memset(receipt.locator, 7, sizeof receipt.locator);
	keep_settings();
	for (int i = 0; i < 5; i++) {
		make(&m[i], (uint64_t)i + 1, i == 0 ? NULL : &m[i - 1].p.hash, 100 + i);
		snprintf(name, sizeof name, "inbox/%c.tar.zst", 'z' - i);
		put_bundle(name, &m[i]);
	}
	for (int i = 1; i <= 70; i++)
		put_capsule(i, (uint32_t)i, &receipt, &county.county_sign,
			    &county.county_sign_secret);
	assert_int_equal(courier_inbox(courier), ROUND_DONE);
	assert_int_equal(newest(), 5);
	assert_int_equal(courier_prune(courier), OK);
	assert_int_equal(applied_files(), 1);
	break_books('x');
	assert_int_equal(newest(), 5);
	for (int i = 0; i < 5; i++)
		drop(&m[i]);
}

static void a_retired_key_puts_nothing_in_the_place_of_its_successor(void **state)
{
	(void)state;
	const struct county before = county;
	struct receipt_public receipt, other;
	struct seal_secret seal;
	seal_generate(&receipt.answer, &seal);
	memset(receipt.locator, 7, sizeof receipt.locator);
	other = receipt;
	memset(other.locator, 8, sizeof other.locator);
	put_capsule(1, 1, &receipt, &before.county_sign, &before.county_sign_secret);
	assert_int_equal(courier_inbox(courier), ROUND_DONE);
	buf_init(&county.settings_bytes, SETTINGS_BYTES_MAX);
	county.settings = NULL;
	assert_int_equal(county_replace_keys(&county, false), OK);
	const struct extra settings = {"settings/settings", county.settings_bytes.p,
				       county.settings_bytes.len};
	assert_int_equal(apply(NULL, &settings), OK);
	put_capsule(2, 2, &receipt, &county.county_sign, &county.county_sign_secret);
	assert_int_equal(courier_inbox(courier), ROUND_DONE);
	assert_int_equal(capsule_here(&receipt), 2);
	put_capsule(3, 900, &receipt, &before.county_sign, &before.county_sign_secret);
	put_capsule(4, 1, &other, &before.county_sign, &before.county_sign_secret);
	assert_int_equal(courier_inbox(courier), ROUND_DONE);
	assert_int_equal(capsule_here(&receipt), 2);
	assert_true(alarmed("capsule"));
	assert_int_equal(capsule_here(&other), 1); /* nothing newer stands there */
	settings_close(county.settings);
	buf_free(&county.settings_bytes);
	county = before;
}

/* --- damage --- */

static void damaged_books_are_put_aside_and_made_again(void **state)
{
	(void)state;
	struct made one, two;
	char path[160];
	make(&one, 1, NULL, 100);
	make(&two, 2, &one.p.hash, 200);
	keep_settings();
	put_bundle("inbox/b.tar.zst", &one);
	put_bundle("inbox/a.tar.zst", &two);
	assert_int_equal(courier_inbox(courier), ROUND_DONE);
	assert_int_equal(newest(), 2);
	for (int i = 1; i <= 3; i++) {
		break_books((char)('a' + i));
		assert_non_null(courier->settings);
		assert_int_equal(newest(), 2);
		assert_true(alarmed("books"));
	}
	assert_true(here("books.db.damaged-1"));
	assert_true(here("books.db.damaged-2"));
	assert_false(here("books.db.damaged-3"));
	/* Taken away while the courier runs. */
	path_of("books.db", path);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(courier_look_after(courier), OK);
	assert_int_equal(newest(), 2);
	drop(&one);
	drop(&two);
}

/* --- what cannot be read --- */

static void sign_again(struct made *m)
{
	buf_clear(&m->text);
	assert_int_equal(
		publication_make(&m->p, &county.publisher, &county.publisher_secret, &m->text), OK);
}

static void a_publication_for_a_later_release_is_asked_for_again_by_that_release(void **state)
{
	(void)state;
	struct made one;
	char by[64];
	uint64_t cursor;
	make(&one, 1, NULL, 100);
	snprintf(one.entry[0].template_id, sizeof one.entry[0].template_id, "not-yet-known");
	sign_again(&one);
	assert_int_equal(apply(&one, NULL), OK);
	assert_int_equal(newest(), 0);
	assert_true(courier->too_new);
	assert_true(alarmed("too-new"));
	assert_int_equal(books_note(courier->books, "too_new", by, sizeof by), OK);
	assert_string_equal(by, ELUTONG_VERSION);
	assert_int_equal(books_set_cursor(courier->books, 7), OK);
	courier_close(courier);
	assert_int_equal(courier_open(folder, "assets", &stop_now, &courier), OK);
	assert_true(courier->too_new); /* the same release: nothing is tried again */
	assert_int_equal(books_cursor(courier->books, &cursor), OK);
	assert_int_equal(cursor, 7);
	/* As if an earlier release had written that. */
	assert_int_equal(books_set_note(courier->books, "too_new", "0.0.1"), OK);
	courier_close(courier);
	assert_int_equal(courier_open(folder, "assets", &stop_now, &courier), OK);
	assert_false(courier->too_new);
	assert_int_equal(books_cursor(courier->books, &cursor), OK);
	assert_int_equal(cursor, 0);
	drop(&one);
}

static void a_publication_that_names_a_sheet_twice_stops_nobody(void **state)
{
	(void)state;
	struct made one, good;
	struct sheet_entry twice[2];
	make(&one, 1, NULL, 100);
	make(&good, 1, NULL, 100);
	twice[0] = twice[1] = one.entry[0];
	twice[1].version = 2;
	one.p.sheet = twice;
	one.p.sheet_count = 2;
	sign_again(&one);
	assert_int_equal(apply(&one, NULL), OK);
	assert_int_equal(newest(), 0);
	assert_true(alarmed("publication"));
	assert_int_equal(apply(&good, NULL), OK);
	assert_int_equal(newest(), 1);
	drop(&one);
	drop(&good);
}

/* --- a full disk --- */

static void fill_disk(const char *name)
{
	static const char zeros[4096];
	char path[160];
	path_of(name, path);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	while (write(fd, zeros, sizeof zeros) > 0)
		;
	while (write(fd, zeros, 1) > 0)
		;
	close(fd);
}

static void a_full_disk_is_never_taken_for_here_already(void **state)
{
	(void)state;
	struct made one;
	struct capsule capsule = {.version = 1, .len = 16384};
	static unsigned char sealed[16384];
	char path[160];
	struct buf found;
	make(&one, 1, NULL, 100);
	courier_close(courier);
	courier = NULL;
	if (mount("tmpfs", folder, "tmpfs", 0, "size=4m") != 0) {
		print_message("ok # SKIP no file system can be mounted here\n");
		assert_int_equal(courier_open(folder, "assets", &stop_now, &courier), OK);
		drop(&one);
		return;
	}
	assert_int_equal(
		home_provision(folder, "mz.caoba.v1", &county.root, "https://127.0.0.1:1", ""), OK);
	assert_int_equal(courier_open(folder, "assets", &stop_now, &courier), OK);
	assert_int_equal(books_put_settings(courier->books, &county.root, county.settings_bytes.p,
					    county.settings_bytes.len),
			 OK);
	assert_int_equal(courier_load_settings(courier), OK);
	fill_disk("fill");
	capsule.bytes = sealed;
	int stored = 0;
	enum err e = OK;
	for (; e == OK && stored < 1000; stored++) { /* what is left of the WAL takes a few */
		memcpy(capsule.locator, &stored, sizeof stored);
		e = books_put_capsule(courier->books, &capsule);
	}
	assert_int_equal(e, ERR_FULL);
	e = apply(&one, NULL);
	assert_true(e == ERR_FULL || e == ERR_IO);
	assert_int_equal(newest(), 0);
	path_of("fill", path);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(apply(&one, NULL), OK);
	assert_int_equal(newest(), 1);
	assert_int_equal(books_put_capsule(courier->books, &capsule), OK);
	assert_int_equal(books_put_capsule(courier->books, &capsule), ERR_SAME);
	buf_init(&found, 1 << 20);
	assert_int_equal(books_capsule(courier->books, capsule.locator, &found), OK);
	buf_free(&found);
	courier_close(courier);
	courier = NULL;
	assert_int_equal(umount2(folder, MNT_DETACH), 0);
	drop(&one);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_retired_key_puts_nothing_in_the_place_of_its_successor, fresh, gone),
		cmocka_unit_test_setup_teardown(
			what_is_superseded_goes_and_the_rest_makes_the_books_again, fresh, gone),
		cmocka_unit_test_setup_teardown(what_was_packed_in_any_order_makes_the_books_again,
						fresh, gone),
		cmocka_unit_test_setup_teardown(a_copy_without_its_sheets_puts_no_whole_one_away,
						fresh, gone),
		cmocka_unit_test_setup_teardown(
			odd_things_in_the_inbox_are_put_aside_and_hold_nothing_up, fresh, gone),
		cmocka_unit_test_setup_teardown(
			a_bundle_that_lacks_one_before_it_waits_in_the_inbox, fresh, gone),
		cmocka_unit_test_setup_teardown(a_name_that_is_taken_in_applied_is_not_written_over,
						fresh, gone),
		cmocka_unit_test_setup_teardown(damaged_books_are_put_aside_and_made_again, fresh,
						gone),
		cmocka_unit_test_setup_teardown(
			a_publication_for_a_later_release_is_asked_for_again_by_that_release, fresh,
			gone),
		cmocka_unit_test_setup_teardown(a_publication_that_names_a_sheet_twice_stops_nobody,
						fresh, gone),
		cmocka_unit_test_setup_teardown(a_full_disk_is_never_taken_for_here_already, fresh,
						gone),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
