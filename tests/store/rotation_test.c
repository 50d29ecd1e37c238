/* rotation_test.c - a service key is replaced: what it signed still counts, what was sealed to it
 * still opens, and it signs nothing new. */
#include "app/store/township/office.h"
#include "app/village/capsule.h"

#include "tests/county.h"
#include "tests/folder.h"
#include "tests/test.h"

#include <sys/stat.h>
#include <unistd.h>

static struct county county;
static char folder[64];

static int fresh(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/elutong-rotation-XXXXXX");
	return county_open(&county) || mkdtemp(folder) == NULL;
}

static int gone(void **state)
{
	(void)state;
	county_close(&county);
	return folder_remove(folder);
}

static void make_capsule(const struct sign_public *pub, const struct sign_secret *sec,
			 struct buf *out)
{
	static const struct capsule_entry entry = {.day = 20261120, .state = CASE_RECEIVED};
	struct receipt_public receipt = {0};
	struct seal_secret seal;
	struct buf sealed;
	seal_generate(&receipt.answer, &seal);
	buf_init(&sealed, CAPSULE_ENTRY_MAX);
	buf_init(out, CAPSULE_BYTES_MAX);
	assert_int_equal(capsule_entry_seal(&entry, &receipt.answer, &sealed), OK);
	const struct capsule_sealed one = {sealed.p, sealed.len};
	assert_int_equal(capsule_make(&receipt, 1, &one, 1, signer(pub, sec), out), OK);
	buf_free(&sealed);
}

static enum err believe(const struct buf *bytes, struct service_key *by)
{
	struct capsule_unchecked raw;
	struct capsule c;
	assert_int_equal(capsule_read(bytes->p, bytes->len, &raw), OK);
	return capsule_believe(&raw, county.settings, "mz.caoba.v1", &c, by);
}

static void what_a_retired_key_signed_is_still_believed(void **state)
{
	(void)state;
	struct buf before, after, stranger, forged;
	struct service_key by;
	struct service_keys now;
	make_capsule(&county.town_sign, &county.town_sign_secret, &before);
	assert_int_equal(believe(&before, &by), OK);
	assert_int_equal(by.serial, 1);
	assert_int_equal(county_replace_keys(&county, false), OK);
	assert_int_equal(settings_service(county.settings, "mz.caoba", &now), OK);
	assert_memory_equal(&now.sign, &county.town_sign, sizeof now.sign);
	assert_int_equal(believe(&before, &by), OK);
	assert_int_equal(by.serial, 1);
	make_capsule(&county.town_sign, &county.town_sign_secret, &after);
	assert_int_equal(believe(&after, &by), OK);
	assert_int_equal(by.serial, 2);
	assert_string_equal(by.place, "mz.caoba");
	make_capsule(&county.publisher, &county.publisher_secret, &stranger);
	assert_int_equal(believe(&stranger, &by), ERR_REFUSED);
	/* The retired key's name over somebody else's signature. */
	make_capsule(&county.retired[1].keys.sign, &county.publisher_secret, &forged);
	assert_int_equal(believe(&forged, &by), ERR_REFUSED);
	buf_free(&before);
	buf_free(&after);
	buf_free(&stranger);
	buf_free(&forged);
}

static void what_a_key_signed_that_was_left_out_is_not(void **state)
{
	(void)state;
	struct buf before;
	struct service_key by;
	make_capsule(&county.town_sign, &county.town_sign_secret, &before);
	assert_int_equal(county_replace_keys(&county, true), OK);
	assert_int_equal(believe(&before, &by), ERR_REFUSED);
	buf_free(&before);
}

static void settings_with_two_keys_of_one_number_are_refused(void **state)
{
	(void)state;
	county.retired[0] = (struct settings_service_entry){
		.place = "mz", .keys = {county.county_sign, county.county_seal}, .serial = 1};
	county.retired_count = 1;
	struct buf bytes;
	struct settings *s;
	buf_init(&bytes, SETTINGS_BYTES_MAX);
	assert_int_equal(county_settings(&county, 2, &county.root, &county.root_secret, &bytes),
			 OK);
	assert_int_equal(settings_read(bytes.p, bytes.len, &county.root, &s), ERR_CORRUPT);
	buf_free(&bytes);
}

/* --- the office --- */

static void put_retired(const char *name, const struct seal_secret *seal)
{
	unsigned char seed[SIGN_SEED_BYTES] = {7};
	char path[200], hex[2 * 32 + 1], text[300];
	snprintf(path, sizeof path, "%s/keys/%s", folder, name);
	text_hex(seed, sizeof seed, hex);
	int len = snprintf(text, sizeof text, "%s\n", hex);
	text_hex(seal->b, sizeof seal->b, hex);
	len += snprintf(text + len, sizeof text - (size_t)len, "%s\n", hex);
	assert_int_equal(file_replace(path, text, (size_t)len, 0600), OK);
}

static void make_office(const struct office_service *own)
{
	static const char *const names[] = {"127.0.0.1"};
	const struct office_draft d = {.place = "mz",
				       .root = &county.root,
				       .settings = county.settings_bytes.p,
				       .settings_len = county.settings_bytes.len,
				       .service = own,
				       .services = 1,
				       .name = names,
				       .names = 1,
				       .now = 1795500000};
	assert_int_equal(office_make(folder, &d), OK);
}

static void a_letter_sealed_to_a_retired_key_still_opens(void **state)
{
	(void)state;
	struct buf letter;
	struct parcel_header h;
	struct parcel_unchecked raw;
	struct parcel p;
	struct waybill bill;
	struct office *o;
	struct receipt_public receipt = {0};
	struct seal_secret own_seal, old = county.county_seal_secret;
	const struct parcel_place at = {.sequence = 1};
	seal_generate(&receipt.answer, &own_seal);
	buf_init(&letter, PARCEL_BYTES_MAX);
	assert_int_equal(county_letter(&county, WHOM_TOWN, "沟", NULL, &receipt, &at, &letter, &h),
			 OK);
	assert_int_equal(county_replace_keys(&county, false), OK);
	const struct office_service own = {.place = "mz",
					   .sign_pub = county.county_sign,
					   .sign = county.county_sign_secret,
					   .seal_pub = county.county_seal,
					   .seal = county.county_seal_secret};
	make_office(&own);
	put_retired("retired-mz-1", &old);
	assert_int_equal(office_open(folder, &o), OK);
	assert_int_equal(o->services, 2);
	assert_false(office_own(o)->retired);
	assert_memory_equal(&office_own(o)->sign_pub, &county.county_sign, 32);
	assert_true(office_topmost(o));
	assert_int_equal(parcel_read(letter.p, letter.len, &raw), OK);
	assert_int_equal(parcel_check(&raw, &county.kiosk.pub, &p), OK);
	assert_int_equal(
		parcel_open_waybill(&p, &o->service[0].seal_pub, &o->service[0].seal, &bill),
		ERR_REFUSED);
	assert_true(o->service[1].retired);
	assert_int_equal(
		parcel_open_waybill(&p, &o->service[1].seal_pub, &o->service[1].seal, &bill), OK);
	office_close(o);
	buf_free(&letter);
}

static void an_office_whose_key_the_settings_do_not_name_does_not_start(void **state)
{
	(void)state;
	struct office *o;
	const struct office_service own = {.place = "mz",
					   .sign_pub = county.county_sign,
					   .sign = county.county_sign_secret,
					   .seal_pub = county.county_seal,
					   .seal = county.county_seal_secret};
	assert_int_equal(county_replace_keys(&county, false), OK);
	make_office(&own);
	assert_int_equal(office_open(folder, &o), ERR_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_a_retired_key_signed_is_still_believed, fresh,
						gone),
		cmocka_unit_test_setup_teardown(what_a_key_signed_that_was_left_out_is_not, fresh,
						gone),
		cmocka_unit_test_setup_teardown(settings_with_two_keys_of_one_number_are_refused,
						fresh, gone),
		cmocka_unit_test_setup_teardown(a_letter_sealed_to_a_retired_key_still_opens, fresh,
						gone),
		cmocka_unit_test_setup_teardown(
			an_office_whose_key_the_settings_do_not_name_does_not_start, fresh, gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
