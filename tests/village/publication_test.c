/* publication_test.c - what a place made public is an unbroken signed chain, and a sheet is exactly
 * its bytes. */
#include "app/village/publication.h"

#include "app/base/clock.h"
#include "tests/county.h"
#include "tests/test.h"

static struct county county;

static int open_county(void **state)
{
	(void)state;
	return county_open(&county);
}

static int close_county(void **state)
{
	(void)state;
	county_close(&county);
	return 0;
}

static const char rows[] =
	"{\"id\":\"20261009-1\",\"date\":\"2026-10-09\",\"direction\":\"in\",\"amount_fen\":200000,"
	"\"summary\":\"水塘承包款\"}\n"
	"{\"id\":\"20261015-1\",\"date\":\"2026-10-15\",\"direction\":\"out\",\"amount_fen\":62000,"
	"\"summary\":\"清塘运泥\"}\n";

static void make(struct publication *p, struct sheet_entry *e, uint64_t number,
		 const struct hash *previous, struct buf *out)
{
	*e = (struct sheet_entry){.template_id = "ledger",
				  .period = "2026-10",
				  .part = 1,
				  .version = (uint32_t)number};
	assert_int_equal(sheet_measure(rows, sizeof rows - 1, e), OK);
	*p = (struct publication){.place = "mz.caoba.v1",
				  .number = number,
				  .day = 20261105,
				  .sheet = e,
				  .sheet_count = 1};
	snprintf(p->issuer, sizeof p->issuer, "草坝镇");
	if (previous != NULL)
		p->previous = *previous;
	buf_init(out, PUBLICATION_BYTES_MAX);
	assert_int_equal(publication_make(p, &county.publisher, &county.publisher_secret, out), OK);
}

static void a_publication_reads_back_as_it_was_signed(void **state)
{
	(void)state;
	struct publication made, got;
	struct sheet_entry e;
	struct buf bytes;
	make(&made, &e, 1, NULL, &bytes);
	assert_int_equal(publication_read(bytes.p, bytes.len, county.settings, &got), OK);
	assert_string_equal(got.place, "mz.caoba.v1");
	assert_int_equal(got.sheet_count, 1);
	assert_int_equal(got.sheet[0].rows, 2);
	assert_true(hash_equal(&got.hash, &made.hash));
	publication_free(&got);
	buf_free(&bytes);
}

static void what_the_supervision_committee_said_travels_signed(void **state)
{
	(void)state;
	struct publication made, got;
	struct sheet_entry e;
	struct buf bytes;
	make(&made, &e, 1, NULL, &bytes);
	assert_int_equal(publication_read(bytes.p, bytes.len, county.settings, &got), OK);
	assert_string_equal(got.objection, "");
	assert_null(strstr(buf_str(&bytes), "objection"));
	publication_free(&got);
	snprintf(made.supervisor, sizeof made.supervisor, "普*珍");
	snprintf(made.objection, sizeof made.objection, "王*：垃圾清运费没有发票");
	buf_clear(&bytes);
	assert_int_equal(
		publication_make(&made, &county.publisher, &county.publisher_secret, &bytes), OK);
	assert_int_equal(publication_read(bytes.p, bytes.len, county.settings, &got), OK);
	assert_string_equal(got.supervisor, "普*珍");
	assert_string_equal(got.objection, "王*：垃圾清运费没有发票");
	publication_free(&got);
	buf_free(&bytes);
}

static void a_key_for_one_township_cannot_publish_for_another_place(void **state)
{
	(void)state;
	struct publication made, got;
	struct sheet_entry e;
	struct buf bytes;
	make(&made, &e, 1, NULL, &bytes);
	snprintf(made.place, sizeof made.place, "mz");
	buf_clear(&bytes);
	assert_int_equal(
		publication_make(&made, &county.publisher, &county.publisher_secret, &bytes), OK);
	assert_int_equal(publication_read(bytes.p, bytes.len, county.settings, &got), ERR_REFUSED);
	snprintf(made.place, sizeof made.place, "mz.caoba.v1");
	buf_clear(&bytes);
	assert_int_equal(
		publication_make(&made, &county.town_sign, &county.town_sign_secret, &bytes), OK);
	assert_int_equal(publication_read(bytes.p, bytes.len, county.settings, &got), ERR_REFUSED);
	buf_free(&bytes);
}

/* The settings as they are when the publication key ends after `until`. */
static struct settings *with_an_end(int32_t until)
{
	struct settings *s;
	struct buf bytes;
	buf_init(&bytes, SETTINGS_BYTES_MAX);
	county.publisher_until = until;
	assert_int_equal(county_settings(&county, 2, &county.root, &county.root_secret, &bytes),
			 OK);
	county.publisher_until = 0;
	assert_int_equal(settings_read(bytes.p, bytes.len, &county.root, &s), OK);
	buf_free(&bytes);
	return s;
}

static void a_withdrawn_key_keeps_what_it_signed_and_signs_no_more(void **state)
{
	(void)state;
	struct publication made, before, after;
	struct sheet_entry e;
	struct buf bytes;
	make(&made, &e, 1, NULL, &bytes);
	struct settings *same_day = with_an_end(made.day),
			*earlier = with_an_end(clock_day_add(made.day, -1));
	assert_int_equal(publication_read(bytes.p, bytes.len, same_day, &before), OK);
	assert_int_equal(before.key_until, made.day);
	assert_int_equal(publication_read(bytes.p, bytes.len, earlier, &after), ERR_REFUSED);
	assert_int_equal(publication_follows(NULL, &before), OK);

	/* A day written back does not help once the place went on under another key. */
	struct publication next = before, current = before;
	next.number = 2;
	next.previous = current.hash;
	assert_int_equal(publication_follows(&current, &next), OK);
	current.day = clock_day_add(made.day, 1);
	current.key_until = 0;
	assert_int_equal(publication_follows(&current, &next), ERR_REFUSED);
	publication_free(&before);
	settings_close(same_day);
	settings_close(earlier);
	buf_free(&bytes);
}

static void every_flipped_bit_of_a_publication_is_refused(void **state)
{
	(void)state;
	struct publication made, got;
	struct sheet_entry e;
	struct buf bytes;
	make(&made, &e, 1, NULL, &bytes);
	for (size_t bit = 0; bit < bytes.len * 8; bit++) {
		bytes.p[bit / 8] ^= (unsigned char)(1u << bit % 8);
		assert_int_not_equal(publication_read(bytes.p, bytes.len, county.settings, &got),
				     OK);
		bytes.p[bit / 8] ^= (unsigned char)(1u << bit % 8);
	}
	printf("# count publication: %zu flipped bits, all refused\n", bytes.len * 8);
	buf_free(&bytes);
}

static void a_sheet_named_twice_is_wrong_whatever_its_version(void **state)
{
	(void)state;
	struct publication made, got;
	struct sheet_entry e, twice[2];
	struct buf bytes;
	make(&made, &e, 1, NULL, &bytes);
	twice[0] = twice[1] = e;
	twice[1].version++;
	made.sheet = twice;
	made.sheet_count = 2;
	buf_clear(&bytes);
	assert_int_equal(
		publication_make(&made, &county.publisher, &county.publisher_secret, &bytes), OK);
	assert_int_equal(publication_read(bytes.p, bytes.len, county.settings, &got), ERR_CORRUPT);
	twice[1].part++;
	buf_clear(&bytes);
	assert_int_equal(
		publication_make(&made, &county.publisher, &county.publisher_secret, &bytes), OK);
	assert_int_equal(publication_read(bytes.p, bytes.len, county.settings, &got), OK);
	publication_free(&got);
	buf_free(&bytes);
}

static void a_later_format_is_told_from_a_wrong_one_by_its_signature(void **state)
{
	(void)state;
	static const char body[] = "{\"format\":2,\"place\":\"mz.caoba.v1\",\"news\":{}}";
	const struct {
		const struct sign_public *pub;
		const struct sign_secret *sec;
		enum err want;
	} cases[] = {{&county.publisher, &county.publisher_secret, ERR_MISSING},
		     {&county.town_sign, &county.town_sign_secret, ERR_REFUSED}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct publication got;
		unsigned char *whole;
		size_t len;
		assert_int_equal(signed_make("publication", signer(cases[i].pub, cases[i].sec),
					     (const unsigned char *)body, sizeof body - 1, &whole,
					     &len),
				 SYNC_OK);
		assert_int_equal(publication_read(whole, len, county.settings, &got),
				 cases[i].want);
		free(whole);
	}
}

static void gaps_twins_and_older_ones_are_told_apart(void **state)
{
	(void)state;
	struct publication one, two, three, twin;
	struct sheet_entry e;
	struct buf bytes[4];
	make(&one, &e, 1, NULL, &bytes[0]);
	make(&two, &e, 2, &one.hash, &bytes[1]);
	make(&three, &e, 3, &two.hash, &bytes[2]);
	make(&twin, &e, 2, &three.hash, &bytes[3]);
	assert_int_equal(publication_follows(NULL, &one), OK);
	assert_int_equal(publication_follows(NULL, &two), ERR_MISSING);
	assert_int_equal(publication_follows(&one, &two), OK);
	assert_int_equal(publication_follows(&one, &three), ERR_MISSING);
	assert_int_equal(publication_follows(&one, &twin), ERR_REFUSED);
	assert_int_equal(publication_follows(&two, &twin), ERR_REFUSED);
	assert_int_equal(publication_follows(&two, &two), ERR_SAME);
	assert_int_equal(publication_follows(&three, &one), ERR_SAME);
	for (int i = 0; i < 4; i++)
		buf_free(&bytes[i]);
}

static void a_sheet_out_of_order_or_cut_is_none(void **state)
{
	(void)state;
	struct sheet_entry e = {.part = 1};
	assert_int_equal(sheet_measure(rows, sizeof rows - 2, &e), ERR_CORRUPT);
	assert_int_equal(sheet_measure("{\"id\":\"b\"}\n{\"id\":\"a\"}\n", 22, &e), ERR_CORRUPT);
	assert_int_equal(sheet_measure("{\"id\":\"a\"}\n{\"id\":\"a\"}\n", 22, &e), ERR_CORRUPT);
	assert_int_equal(sheet_measure("{\"id\":\"a\"}\n{\"id\":\"b\"}\n", 22, &e), OK);
	assert_int_equal(sheet_measure("x\n", 2, &e), ERR_CORRUPT);
	assert_int_equal(sheet_measure("", 0, &e), OK);
	assert_int_equal(e.rows, 0);
}

static void the_fingerprint_is_what_the_shell_recipe_prints(void **state)
{
	(void)state;
	struct hash h;
	char print[40];
	/* printf 'a\n' | b2sum -l 256 | cut -c1-32 | fold -w4 | while read w; do printf '%04d '
	 * $((0x$w % 10000)); done */
	hash_bytes("a\n", 2, &h);
	sheet_fingerprint(&h, print);
	assert_string_equal(print, "8681 2315 7701 3195 7231 6945 5382 6071");
}

static void settings_signed_by_anybody_but_the_root_are_refused(void **state)
{
	(void)state;
	struct buf bytes;
	struct settings *s;
	buf_init(&bytes, SETTINGS_BYTES_MAX);
	assert_int_equal(
		county_settings(&county, 2, &county.town_sign, &county.town_sign_secret, &bytes),
		OK);
	assert_int_equal(settings_read(bytes.p, bytes.len, &county.root, &s), ERR_REFUSED);
	assert_null(s);
	buf_clear(&bytes);
	assert_int_equal(county_settings(&county, 2, &county.root, &county.root_secret, &bytes),
			 OK);
	assert_int_equal(settings_read(bytes.p, bytes.len, &county.root, &s), OK);
	assert_int_equal(settings_serial(s), 2);
	assert_string_equal(settings_reader(s, "mz.caoba.v1.g1", BODY_TOWNSHIP)->name,
			    "草坝镇信访办");
	assert_string_equal(settings_above(s, "mz.caoba.v1.g2", PLACE_TOWNSHIP)->id, "mz.caoba");
	assert_false(settings_below(s, "mz.caoba", "mz.caoba.v1"));
	assert_true(settings_is_demo(&county.root));
	settings_close(s);
	buf_free(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_publication_reads_back_as_it_was_signed),
		cmocka_unit_test(what_the_supervision_committee_said_travels_signed),
		cmocka_unit_test(a_key_for_one_township_cannot_publish_for_another_place),
		cmocka_unit_test(a_withdrawn_key_keeps_what_it_signed_and_signs_no_more),
		cmocka_unit_test(every_flipped_bit_of_a_publication_is_refused),
		cmocka_unit_test(a_sheet_named_twice_is_wrong_whatever_its_version),
		cmocka_unit_test(a_later_format_is_told_from_a_wrong_one_by_its_signature),
		cmocka_unit_test(gaps_twins_and_older_ones_are_told_apart),
		cmocka_unit_test(a_sheet_out_of_order_or_cut_is_none),
		cmocka_unit_test(the_fingerprint_is_what_the_shell_recipe_prints),
		cmocka_unit_test(settings_signed_by_anybody_but_the_root_are_refused),
	};
	return cmocka_run_group_tests(tests, open_county, close_county);
}
