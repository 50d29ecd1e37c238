/* blobs_test.c - a picture comes to the kiosk only when a published row names it, only as the very
 * bytes that were named, behind every letter, and never until the disk is full. */
#include "app/store/kiosk/album.h"

#include "tests/courier/server.h"

#include <stdatomic.h>
#include <sys/stat.h>

enum { PICTURES = 4, PICTURE_BYTES = 150000 };

/* Not JPEGs: what carries them does not look into them. */
static struct {
	unsigned char bytes[PICTURE_BYTES];
	struct hash hash;
	char hex[2 * HASH_BYTES + 1];
} picture[PICTURES];

enum manner {
	MANNER_GOOD,
	MANNER_WHOLE,   /* knows no parts */
	MANNER_LACKS_0, /* does not have the first */
	MANNER_OTHER,   /* other bytes of the same length */
	MANNER_LIES,    /* says 206 and gives another part */
	MANNER_BUSY,
	MANNER_LETTER /* somebody writes a letter after the first part */
};

static struct {
	enum manner manner;
	atomic_int asked;
	char log[4000]; /* "0:0 0:65536 1:0 ", in the order of asking */
} t;

static void make_pictures(void)
{
	for (int i = 0; i < PICTURES; i++) {
		memset(picture[i].bytes, 'a' + i, PICTURE_BYTES);
		hash_bytes(picture[i].bytes, PICTURE_BYTES, &picture[i].hash);
		text_hex(picture[i].hash.b, HASH_BYTES, picture[i].hex);
	}
}

static int number_of(const char *path)
{
	for (int i = 0; i < PICTURES; i++)
		if (strncmp(path, "/v1/blobs/", 10) == 0 && strcmp(path + 10, picture[i].hex) == 0)
			return i;
	return -1;
}

static void answer_part(struct http_request *r, int i, size_t from, size_t to)
{
	char range[80];
	static unsigned char other[PICTURE_BYTES];
	if (t.manner == MANNER_LIES)
		from += 10;
	snprintf(range, sizeof range, "bytes %zu-%zu/%d", from, to - 1, PICTURE_BYTES);
	const struct http_answer a = {
		.status = 206,
		.type = "image/jpeg",
		.body = (t.manner == MANNER_OTHER ? other : picture[i].bytes) + from,
		.len = to - from,
		.header = {"Content-Range", range}};
	http_answer(r, &a);
}

static void write_letter(void);

static void handle(void *self, struct http_request *r)
{
	const char *range = http_header(r, "Range");
	int i = number_of(http_path(r));
	size_t from = 0, to = PICTURE_BYTES, len = strlen(t.log);
	(void)self;
	assert_non_null(range);
	assert_int_equal(sscanf(range, "bytes=%zu-%zu", &from, &to), 2);
	snprintf(t.log + len, sizeof t.log - len, "%d:%zu ", i, from);
	to = to + 1 < PICTURE_BYTES ? to + 1 : PICTURE_BYTES;
	if (atomic_fetch_add(&t.asked, 1) == 0 && t.manner == MANNER_LETTER)
		write_letter();
	if (t.manner == MANNER_BUSY) {
		const struct http_answer a = {.status = 503, .header = {"Retry-After", "7"}};
		http_answer(r, &a);
	} else if (i < 0 || (t.manner == MANNER_LACKS_0 && i == 0)) {
		const struct http_answer a = {.status = 404};
		http_answer(r, &a);
	} else if (t.manner == MANNER_WHOLE) {
		const struct http_answer a = {.status = 200,
					      .type = "image/jpeg",
					      .body = picture[i].bytes,
					      .len = PICTURE_BYTES};
		http_answer(r, &a);
	} else {
		answer_part(r, i, from, to);
	}
}

static size_t limit(void *self, const struct http_request *r)
{
	(void)self;
	(void)r;
	return 0;
}

static int with_server(void **state)
{
	umask(0007); /* as its main has it */
	assert_int_equal(fresh(state), 0);
	make_pictures();
	server_open(limit, handle);
	atomic_store(&t.asked, 0);
	t.log[0] = 0;
	t.manner = MANNER_GOOD;
	return 0;
}

static void write_letter(void)
{
	struct receipt_public receipt = {0};
	struct seal_secret seal;
	struct sign_secret sign;
	struct parcel_place at;
	struct parcel_header h;
	struct buf b;
	struct parcel_kiosk kept = county.kiosk;
	struct queue *q;
	seal_generate(&receipt.answer, &seal);
	sign_generate(&receipt.follow_up, &sign);
	buf_init(&b, PARCEL_BYTES_MAX);
	assert_int_equal(queue_open(folder, false, &q), OK); /* as the kiosk, another process */
	assert_int_equal(queue_place(q, &at), OK);
	county.kiosk = courier->home.kiosk;
	assert_int_equal(county_letter(&county, WHOM_VILLAGE, "沟", NULL, &receipt, &at, &b, &h),
			 OK);
	county.kiosk = kept;
	assert_int_equal(queue_add(q, &h, b.p, b.len, NULL, 0), OK);
	queue_close(q);
	buf_free(&b);
}

/* Month `number` names pictures first .. first + count - 1. */
static void publish(struct made *m, uint64_t number, const struct hash *previous, int first,
		    int count)
{
	make(m, number, previous, 100);
	buf_free(&m->text);
	buf_cut(&m->sheet, m->sheet.len - 2); /* } and the line's end */
	buf_text(&m->sheet, ",\"attach\":[");
	for (int i = first; i < first + count; i++)
		buf_print(&m->sheet, "%s\"%s\"", i > first ? "," : "", picture[i].hex);
	buf_text(&m->sheet, "]}\n");
	m->p.sheet = m->entry;
	assert_int_equal(sheet_measure(m->sheet.p, m->sheet.len, m->entry), OK);
	assert_int_equal(
		publication_make(&m->p, &county.publisher, &county.publisher_secret, &m->text), OK);
	assert_int_equal(apply(m, NULL), OK);
	assert_int_equal(newest(), number);
}

static bool here(int i)
{
	struct buf b;
	buf_init(&b, ALBUM_BYTES_MAX);
	enum err e = album_read(folder, &picture[i].hash, &b);
	bool same = e == OK && b.len == PICTURE_BYTES &&
		    memcmp(b.p, picture[i].bytes, PICTURE_BYTES) == 0;
	buf_free(&b);
	return same;
}

static int retry;

static void what_a_row_names_comes_newest_month_first(void **state)
{
	(void)state;
	struct made one, two;
	struct stat s;
	char path[300];
	publish(&one, 1, NULL, 0, 1);
	publish(&two, 2, &one.p.hash, 1, 1);
	assert_int_equal(courier_blobs(courier, &retry), ROUND_DONE);
	assert_string_equal(t.log, "1:0 1:65536 1:131072 0:0 0:65536 0:131072 ");
	assert_true(here(0) && here(1));
	snprintf(path, sizeof path, "%s/blobs/%.2s/%s", folder, picture[0].hex, picture[0].hex);
	assert_int_equal(stat(path, &s), 0);
	assert_int_equal(s.st_mode & 0777, 0660);
	/* Nothing lacks: nobody is asked. */
	t.log[0] = 0;
	courier->blobs_at_ms = 0;
	assert_int_equal(courier_blobs(courier, &retry), ROUND_DONE);
	assert_string_equal(t.log, "");
	drop(&one);
	drop(&two);
}

static void a_line_that_breaks_goes_on_where_it_was(void **state)
{
	(void)state;
	struct made one;
	publish(&one, 1, NULL, 0, 1);
	assert_int_equal(album_part_add(folder, &picture[0].hash, picture[0].bytes, 70001), OK);
	assert_false(here(0));
	assert_int_equal(courier_blobs(courier, &retry), ROUND_DONE);
	assert_string_equal(t.log, "0:70001 0:135537 ");
	assert_true(here(0));
	drop(&one);
}

static void what_a_power_cut_left_of_a_part_is_fetched_anew(void **state)
{
	(void)state;
	static const unsigned char zeros[70001];
	struct made one;
	publish(&one, 1, NULL, 0, 1);
	assert_int_equal(album_part_add(folder, &picture[0].hash, zeros, sizeof zeros), OK);
	assert_int_equal(courier_blobs(courier, &retry), ROUND_DONE);
	assert_string_equal(t.log, "0:70001 0:135537 0:0 0:65536 0:131072 ");
	assert_true(here(0));
	assert_false(alarmed("blob"));
	drop(&one);
}

static void a_server_that_gives_only_the_whole_will_do(void **state)
{
	(void)state;
	struct made one;
	publish(&one, 1, NULL, 0, 1);
	t.manner = MANNER_WHOLE;
	assert_int_equal(courier_blobs(courier, &retry), ROUND_DONE);
	assert_true(here(0));
	drop(&one);
}

static void other_bytes_under_the_name_are_thrown_away_and_told(void **state)
{
	(void)state;
	static const enum manner wrong[] = {MANNER_OTHER, MANNER_LIES};
	struct made one;
	publish(&one, 1, NULL, 0, 1);
	for (size_t i = 0; i < 2; i++) {
		t.manner = wrong[i];
		memset(courier->refused, 0, sizeof courier->refused);
		courier->blobs_at_ms = 0;
		assert_int_equal(courier_blobs(courier, &retry), ROUND_DONE);
		assert_int_equal(album_size(folder, &picture[0].hash), -1);
		assert_int_equal(album_part(folder, &picture[0].hash), 0);
	}
	assert_true(alarmed("blob"));
	drop(&one);
}

static void one_the_server_lacks_holds_no_other_up_and_is_not_asked_for_again_at_once(void **state)
{
	(void)state;
	struct made one;
	publish(&one, 1, NULL, 0, 2);
	t.manner = MANNER_LACKS_0;
	assert_int_equal(courier_blobs(courier, &retry), ROUND_DONE);
	assert_true(!here(0) && here(1));
	int asked = atomic_load(&t.asked);
	courier->blobs_at_ms = 0;
	t.manner = MANNER_GOOD;
	assert_int_equal(courier_blobs(courier, &retry), ROUND_DONE);
	assert_int_equal(atomic_load(&t.asked), asked);
	drop(&one);
}

static void a_busy_server_is_left_alone(void **state)
{
	(void)state;
	struct made one;
	publish(&one, 1, NULL, 0, 2);
	t.manner = MANNER_BUSY;
	assert_int_equal(courier_blobs(courier, &retry), ROUND_LATER);
	assert_int_equal(retry, 7);
	assert_int_equal(atomic_load(&t.asked), 1);
	drop(&one);
}

static void a_letter_goes_before_the_next_part(void **state)
{
	(void)state;
	struct made one;
	publish(&one, 1, NULL, 0, 2);
	t.manner = MANNER_LETTER;
	assert_int_equal(courier_blobs(courier, &retry), ROUND_DONE);
	assert_int_equal(atomic_load(&t.asked), 1);
	assert_true(courier->blobs_left);
	/* The next turn goes on behind the letter, also while it still waits. */
	assert_int_equal(courier_blobs(courier, &retry), ROUND_DONE);
	assert_false(courier->blobs_left);
	assert_true(here(0) && here(1));
	drop(&one);
}

static void what_nothing_names_goes_first_then_the_oldest_month(void **state)
{
	(void)state;
	struct made one, two, three;
	publish(&one, 1, NULL, 0, 1);
	publish(&two, 2, &one.p.hash, 1, 1);
	assert_int_equal(album_put(folder, &picture[2].hash, picture[2].bytes, PICTURE_BYTES), OK);
	/* Two and the room one may need. */
	courier->blobs_most = 2 * PICTURE_BYTES + ALBUM_BYTES_MAX;
	assert_int_equal(courier_blobs(courier, &retry), ROUND_DONE);
	assert_true(here(0) && here(1) && here(2));
	publish(&three, 3, &two.p.hash, 3, 1);
	courier->blobs_most = 2 * PICTURE_BYTES + ALBUM_BYTES_MAX;
	assert_int_equal(courier_blobs(courier, &retry), ROUND_DONE);
	assert_true(here(3) && here(1) && here(0));
	assert_int_equal(album_size(folder, &picture[2].hash), -1);
	courier->blobs_most = PICTURE_BYTES + ALBUM_BYTES_MAX;
	album_drop(folder, &picture[3].hash);
	courier->blobs_at_ms = 0;
	assert_int_equal(courier_blobs(courier, &retry), ROUND_DONE);
	assert_true(here(3) && here(1) && !here(0));
	drop(&one);
	drop(&two);
	drop(&three);
}

static void of_a_bundle_only_what_a_row_names_is_kept(void **state)
{
	(void)state;
	struct made one;
	char name[80];
	make_pictures();
	publish(&one, 1, NULL, 0, 2);
	snprintf(name, sizeof name, "blobs/%s", picture[0].hex);
	const struct extra named = {name, picture[0].bytes, PICTURE_BYTES};
	assert_int_equal(apply(NULL, &named), OK);
	assert_true(here(0));
	snprintf(name, sizeof name, "blobs/%s", picture[1].hex);
	const struct extra other = {name, picture[2].bytes, PICTURE_BYTES};
	assert_int_equal(apply(NULL, &other), OK);
	assert_int_equal(album_size(folder, &picture[1].hash), -1);
	assert_true(alarmed("blob"));
	snprintf(name, sizeof name, "blobs/%s", picture[2].hex);
	const struct extra unnamed = {name, picture[2].bytes, PICTURE_BYTES};
	assert_int_equal(apply(NULL, &unnamed), OK);
	assert_int_equal(album_size(folder, &picture[2].hash), -1);
	drop(&one);
}

static void a_picture_changed_on_the_disk_is_noticed_when_it_is_read(void **state)
{
	(void)state;
	char path[300];
	struct buf b;
	make_pictures();
	buf_init(&b, ALBUM_BYTES_MAX);
	assert_int_equal(album_read(folder, &picture[0].hash, &b), ERR_MISSING);
	assert_int_equal(album_put(folder, &picture[0].hash, picture[0].bytes, PICTURE_BYTES), OK);
	snprintf(path, sizeof path, "%s/blobs/%.2s/%s", folder, picture[0].hex, picture[0].hex);
	FILE *f = fopen(path, "r+");
	assert_non_null(f);
	fseek(f, 1000, SEEK_SET);
	fputc('!', f);
	fclose(f);
	assert_int_equal(album_read(folder, &picture[0].hash, &b), ERR_CORRUPT);
	assert_int_equal(b.len, 0);
	assert_int_equal(album_put(folder, &picture[1].hash, picture[0].bytes, PICTURE_BYTES),
			 ERR_CORRUPT);
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_a_row_names_comes_newest_month_first,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(a_line_that_breaks_goes_on_where_it_was,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(what_a_power_cut_left_of_a_part_is_fetched_anew,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(a_server_that_gives_only_the_whole_will_do,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(other_bytes_under_the_name_are_thrown_away_and_told,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(
			one_the_server_lacks_holds_no_other_up_and_is_not_asked_for_again_at_once,
			with_server, without_server),
		cmocka_unit_test_setup_teardown(a_busy_server_is_left_alone, with_server,
						without_server),
		cmocka_unit_test_setup_teardown(a_letter_goes_before_the_next_part, with_server,
						without_server),
		cmocka_unit_test_setup_teardown(what_nothing_names_goes_first_then_the_oldest_month,
						with_server, without_server),
		cmocka_unit_test_setup_teardown(of_a_bundle_only_what_a_row_names_is_kept, fresh,
						gone),
		cmocka_unit_test_setup_teardown(
			a_picture_changed_on_the_disk_is_noticed_when_it_is_read, fresh, gone),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
