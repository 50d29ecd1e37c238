/* parcel_test.c - a letter opens for its reader alone, shows nothing by its size, and cannot be
 * changed under way. */
#include "app/village/parcel.h"

#include "app/village/capsule.h"
#include "tests/county.h"
#include "tests/test.h"

#include "app/base/clock.h"

static struct county county;
static struct receipt_keys keys;

static int open_county(void **state)
{
	struct receipt r;
	(void)state;
	receipt_make(&r);
	return county_open(&county) || receipt_derive(&r, NULL, &keys);
}

static int close_county(void **state)
{
	(void)state;
	county_close(&county);
	return 0;
}

static void seal_letter(enum whom whom, const char *what, const char *name, struct buf *out,
			struct parcel *p)
{
	struct parcel_place at = {.sequence = 1};
	struct parcel_header h;
	struct parcel_unchecked raw;
	buf_init(out, PARCEL_BYTES_MAX);
	assert_int_equal(county_letter(&county, whom, what, name, &keys.pub, &at, out, &h), OK);
	assert_int_equal(parcel_read(out->p, out->len, &raw), OK);
	assert_int_equal(parcel_check(&raw, &county.kiosk.pub, p), OK);
	assert_memory_equal(p->header.id, h.id, PARCEL_ID_BYTES);
}

static void a_letter_about_the_village_opens_for_the_township_office_alone(void **state)
{
	(void)state;
	struct buf bytes, text;
	struct parcel p;
	static struct complaint says;
	seal_letter(WHOM_VILLAGE, "沟没有挖", "普玉珍", &bytes, &p);
	buf_init(&text, PARCEL_BYTES_MAX);
	for (int i = 0; i < BODY_ROLES; i++) {
		buf_clear(&text);
		enum err e =
			parcel_open_matter(&p, &county.office[i], &county.office_secret[i], &text);
		assert_int_equal(e, i == BODY_TOWNSHIP ? OK : ERR_REFUSED);
		if (e == OK)
			assert_int_equal(complaint_read_matter(text.p, text.len, &says), OK);
	}
	assert_string_equal(says.answer[ASK_WHAT], "沟没有挖");
	buf_clear(&text);
	assert_int_equal(
		parcel_open_identity(&p, &county.office[0], &county.office_secret[0], &text),
		ERR_REFUSED);
	assert_int_equal(
		parcel_open_identity(&p, &county.identity[0], &county.identity_secret[0], &text),
		OK);
	assert_int_equal(complaint_read_identity(text.p, text.len, &says), OK);
	assert_string_equal(says.name, "普玉珍");
	buf_free(&bytes);
	buf_free(&text);
}

static void a_report_of_wrongdoing_opens_for_discipline_alone(void **state)
{
	(void)state;
	struct buf bytes, text;
	struct parcel p;
	seal_letter(WHOM_GRAFT, "有人收礼", NULL, &bytes, &p);
	buf_init(&text, PARCEL_BYTES_MAX);
	for (int i = 0; i < BODY_ROLES; i++)
		assert_int_equal(
			parcel_open_matter(&p, &county.office[i], &county.office_secret[i], &text),
			i == BODY_DISCIPLINE ? OK : ERR_REFUSED);
	buf_free(&bytes);
	buf_free(&text);
}

static void the_township_sees_the_waybill_only_of_letters_to_its_office(void **state)
{
	(void)state;
	for (int whom = 0; whom < WHOM_COUNT; whom++) {
		struct buf bytes;
		struct parcel p;
		struct waybill w;
		seal_letter((enum whom)whom, "一件事", NULL, &bytes, &p);
		assert_int_equal(parcel_open_waybill(&p, &county.county_seal,
						     &county.county_seal_secret, &w),
				 OK);
		assert_int_equal(w.whom, whom);
		assert_string_equal(w.body, county_body_id[whom_reader((enum whom)whom)]);
		assert_memory_equal(w.receipt.locator, keys.pub.locator, LOCATOR_BYTES);
		assert_int_equal(
			parcel_open_waybill(&p, &county.town_seal, &county.town_seal_secret, &w),
			whom == WHOM_VILLAGE ? OK : ERR_REFUSED);
		buf_free(&bytes);
	}
}

/* A kiosk that was tampered with may quote any receipt key: nothing is sealed to such a one, so
 * the server's memory never travels where a sealed answer should stand. */
static void a_receipt_key_nothing_can_be_sealed_to_is_refused(void **state)
{
	(void)state;
	struct buf bytes, out;
	struct parcel p;
	struct waybill w;
	struct receipt_keys good = keys;
	static struct capsule_entry entry;
	static unsigned char sealed[100];
	const struct capsule_sealed one = {sealed, sizeof sealed};
	memset(&keys.pub.answer, 0, sizeof keys.pub.answer);
	seal_letter(WHOM_VILLAGE, "一件事", NULL, &bytes, &p);
	assert_int_equal(
		parcel_open_waybill(&p, &county.county_seal, &county.county_seal_secret, &w),
		ERR_CORRUPT);
	buf_init(&out, CAPSULE_BYTES_MAX);
	assert_int_equal(capsule_entry_seal(&entry, &keys.pub.answer, &out), ERR_REFUSED);
	buf_clear(&out);
	assert_int_equal(capsule_make(&keys.pub, 1, &one, 1,
				      signer(&county.county_sign, &county.county_sign_secret),
				      &out),
			 ERR_REFUSED);
	keys = good;
	buf_free(&out);
	buf_free(&bytes);
}

static void size_tells_neither_kind_nor_name_nor_length(void **state)
{
	(void)state;
	char long_text[1200] = "";
	size_t size = 0;
	for (int i = 0; i < 300; i++)
		snprintf(long_text + 3 * i, 4, "%s", "字");
	for (int i = 0; i < 16; i++) {
		struct buf bytes;
		struct parcel p;
		seal_letter((enum whom)(i % 4), i & 4 ? long_text : "短", i & 8 ? "张三" : NULL,
			    &bytes, &p);
		if (size == 0)
			size = bytes.len;
		assert_int_equal(bytes.len, size);
		buf_free(&bytes);
	}
	printf("# count shortest parcel: %zu bytes\n", size);
	assert_in_range(size, 5000, 8000);
}

static void every_flipped_bit_is_refused(void **state)
{
	(void)state;
	struct buf bytes;
	struct parcel p;
	size_t refused = 0;
	seal_letter(WHOM_VILLAGE, "一件事", NULL, &bytes, &p);
	for (size_t bit = 0; bit < bytes.len * 8; bit += bit < 8 * PARCEL_HEADER_BYTES ? 1 : 13) {
		struct parcel_unchecked raw;
		bytes.p[bit / 8] ^= (unsigned char)(1u << bit % 8);
		if (parcel_read(bytes.p, bytes.len, &raw) == OK)
			assert_int_equal(parcel_check(&raw, &county.kiosk.pub, &p), ERR_REFUSED);
		bytes.p[bit / 8] ^= (unsigned char)(1u << bit % 8);
		refused++;
	}
	printf("# count parcel: %zu flipped bits, all refused\n", refused);
	buf_free(&bytes);
}

static void another_kiosk_cannot_have_sent_it(void **state)
{
	(void)state;
	struct buf bytes;
	struct parcel p;
	struct parcel_unchecked raw;
	struct sign_public other;
	struct sign_secret secret;
	seal_letter(WHOM_VILLAGE, "一件事", NULL, &bytes, &p);
	sign_generate(&other, &secret);
	assert_int_equal(parcel_read(bytes.p, bytes.len, &raw), OK);
	assert_int_equal(parcel_check(&raw, &other, &p), ERR_REFUSED);
	assert_int_equal(parcel_read(bytes.p, bytes.len - 1, &raw), ERR_CORRUPT);
	assert_int_equal(parcel_read(bytes.p, 3, &raw), ERR_CORRUPT);
	buf_free(&bytes);
}

static void a_follow_up_needs_the_receipt(void **state)
{
	(void)state;
	struct buf matter, says;
	struct receipt r;
	struct receipt_keys other;
	receipt_make(&r);
	assert_int_equal(receipt_derive(&r, "1234", &other), OK);
	buf_init(&matter, 4096);
	buf_init(&says, 4096);
	assert_int_equal(parcel_follow_up(&keys, "{\"rating\":\"no\"}", &matter), OK);
	assert_int_equal(parcel_follow_up_check(matter.p, matter.len, &other.pub.follow_up, &says),
			 ERR_REFUSED);
	assert_int_equal(parcel_follow_up_check(matter.p, matter.len, &keys.pub.follow_up, &says),
			 OK);
	assert_string_equal(buf_str(&says), "{\"rating\":\"no\"}");
	buf_free(&matter);
	buf_free(&says);
}

static void a_too_long_matter_is_refused_not_cut(void **state)
{
	(void)state;
	static char big[9 << 20];
	struct buf out;
	struct parcel_header h;
	struct parcel_place at = {.sequence = 1};
	struct parcel_draft d = {.whom = WHOM_VILLAGE,
				 .place = "mz.caoba.v1",
				 .receipt = &keys.pub,
				 .matter = big,
				 .matter_len = sizeof big,
				 .day = 20261120};
	buf_init(&out, PARCEL_BYTES_MAX);
	assert_int_equal(parcel_make(&d, county.settings, &county.kiosk, &at, &out, &h), ERR_FULL);
	d.matter_len = 3;
	d.place = "nowhere";
	assert_int_equal(parcel_make(&d, county.settings, &county.kiosk, &at, &out, &h),
			 ERR_MISSING);
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_about_the_village_opens_for_the_township_office_alone),
		cmocka_unit_test(a_report_of_wrongdoing_opens_for_discipline_alone),
		cmocka_unit_test(the_township_sees_the_waybill_only_of_letters_to_its_office),
		cmocka_unit_test(a_receipt_key_nothing_can_be_sealed_to_is_refused),
		cmocka_unit_test(size_tells_neither_kind_nor_name_nor_length),
		cmocka_unit_test(every_flipped_bit_is_refused),
		cmocka_unit_test(another_kiosk_cannot_have_sent_it),
		cmocka_unit_test(a_follow_up_needs_the_receipt),
		cmocka_unit_test(a_too_long_matter_is_refused_not_cut),
	};
	return cmocka_run_group_tests(tests, open_county, close_county);
}
