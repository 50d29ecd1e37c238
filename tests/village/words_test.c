/* words_test.c - amounts, days, rows, cases and answers mean what the villager and the law say. */
#include "app/village/capsule.h"
#include "app/village/casefile.h"
#include "app/village/money.h"
#include "app/village/record.h"

#include "tests/county.h"
#include "tests/test.h"

static struct county county;
static struct catalogue *catalogue;

static int start(void **state)
{
	(void)state;
	return county_open(&county) || catalogue_open("assets/catalogue", &catalogue);
}

static int stop(void **state)
{
	(void)state;
	catalogue_close(catalogue);
	county_close(&county);
	return 0;
}

static int64_t fen(const char *text)
{
	int64_t v = -1;
	assert_int_equal(money_parse(text, strlen(text), &v), OK);
	return v;
}

static void amounts_are_read_as_accountants_write_them(void **state)
{
	(void)state;
	int64_t v;
	assert_int_equal(fen("4800"), 480000);
	assert_int_equal(fen("4,800.00"), 480000);
	assert_int_equal(fen("￥4,800.5元"), 480050);
	assert_int_equal(fen("１２３．４"), 12340);
	assert_int_equal(fen("1.28万元"), 1280000);
	assert_int_equal(fen("(450.00)"), -45000);
	assert_int_equal(fen("−450"), -45000);
	assert_int_equal(money_parse("12.345", 6, &v), ERR_REFUSED);
	assert_int_equal(money_parse("12.340", 6, &v), OK);
	assert_int_equal(money_parse("abc", 3, &v), ERR_CORRUPT);
	assert_int_equal(money_parse("", 0, &v), ERR_CORRUPT);
	assert_int_equal(money_parse("1.2.3", 5, &v), ERR_CORRUPT);
	assert_int_equal(money_parse("999999999999999", 15, &v), ERR_FULL);
}

static void amounts_are_written_as_villagers_read_them(void **state)
{
	(void)state;
	char t[MONEY_TEXT];
	assert_string_equal(money_exact(386000, t), "3,860.00");
	assert_string_equal(money_exact(-5, t), "−0.05");
	assert_string_equal(money_signed(1300000, t), "+13,000.00");
	assert_string_equal(money_signed(-480000, t), "−4,800.00");
	assert_string_equal(money_wan(128400000, 1, t), "128.4");
	assert_string_equal(money_wan(1500000, 2, t), "1.50");
	assert_string_equal(money_wan(49999, 1, t), "0.0");
	assert_string_equal(money_wan(50000, 1, t), "0.1");
	for (int64_t v = -123456; v < 123456; v += 77) {
		money_exact(v, t);
		assert_int_equal(fen(t), v);
	}
}

static void working_days_follow_the_arrangement(void **state)
{
	(void)state;
	static const struct workday_exception days[] = {
		{20260214, false}, {20260216, true},  {20260217, true}, {20260218, true},
		{20260219, true},  {20260220, true},  {20260223, true}, {20260228, false},
		{20260406, true},  {20260501, true},  {20260504, true}, {20260505, true},
		{20260509, false}, {20260920, false}, {20260925, true}, {20261001, true},
		{20261002, true},  {20261005, true},  {20261006, true}, {20261007, true},
		{20261010, false}};
	const struct workday_calendar c = {days, sizeof days / sizeof days[0]};
	assert_int_equal(workday_add(&c, 20260211, 3).day, 20260214);
	assert_int_equal(workday_add(&c, 20260211, 15).day, 20260310);
	assert_int_equal(workday_add(&c, 20260924, 3).day, 20260930);
	assert_int_equal(workday_add(&c, 20260930, 3).day, 20261010);
	assert_int_equal(workday_add(&c, 20260430, 3).day, 20260508);
	assert_int_equal(workday_add(&c, 20260430, 15).day, 20260525);
	assert_int_equal(workday_add(&c, 20261120, 3).day, 20261125);
	assert_int_equal(workday_add(&c, 20261120, 15).day, 20261211);
	struct workday_date far = workday_after_days(&c, 20261120, 60);
	assert_int_equal(far.day, 20270119);
	assert_true(far.provisional); /* the arrangement for 2027 is not known */
	assert_false(workday_is(&c, 20270101));
	assert_int_equal(workday_between(&c, 20261120, 20261211), 15);
	assert_int_equal(case_answer_due(&c, 20261120, CASE_MAJOR).day, 20261211);
	assert_int_equal(case_answer_due(&c, 20261120, CASE_SIMPLE).day, 20261125);
	assert_int_equal(case_answer_due(&c, 20261120, CASE_AT_ONCE).day, 20261120);
	assert_int_equal(case_answer_due(&c, 20261120, CASE_ORDINARY).day, 20261130);
}

static void a_case_moves_only_as_it_may(void **state)
{
	(void)state;
	assert_int_equal(case_step(CASE_RECEIVED, CASE_REGISTERED, ROLE_CLERK), OK);
	assert_int_equal(case_step(CASE_REPLIED, CASE_RATED, ROLE_RESIDENT), OK);
	assert_int_equal(case_step(CASE_REPLIED, CASE_RATED, ROLE_HANDLER), ERR_REFUSED);
	assert_int_equal(case_step(CASE_CLOSED, CASE_RECEIVED, ROLE_CLERK), ERR_REFUSED);
	assert_int_equal(case_step(CASE_HANDLING, CASE_WITHDRAWN, ROLE_CLERK), ERR_REFUSED);
}

static void a_row_gives_the_columns_it_says(void **state)
{
	(void)state;
	const struct catalogue_template *t = catalogue_find(catalogue, "ledger");
	const char *line =
		"{\"id\":\"x1\",\"date\":\"2026-10-24\",\"voucher_no\":\"记-1024-01\",\"account_"
		"code\":\"514\","
		"\"coa_version\":\"2024\",\"direction\":\"out\",\"amount_fen\":480000,"
		"\"payee_payer\":\"个体户\",\"summary\":\"租挖掘机\",\"attachment_count\":2}";
	struct record r;
	assert_non_null(t);
	assert_int_equal(record_read(t, line, strlen(line), &r), OK);
	assert_int_equal(r.day, 20261024);
	assert_int_equal(r.direction, -1);
	assert_int_equal(r.amount_fen, 480000);
	assert_string_equal(r.account, "2024:514");
	assert_string_equal(r.group, "welfare");
	assert_string_equal(r.title, "租挖掘机");
	assert_int_equal(r.attachments, 2);
	const char *wrong[] = {"{\"id\":\"x\",\"date\":\"2026-13-24\",\"direction\":\"out\"}",
			       "{\"id\":\"x\",\"date\":\"2026-10-24\",\"direction\":\"sideways\"}",
			       "{\"id\":\"x\",\"direction\":\"in\",\"amount_fen\":1.5}",
			       "{\"id\":\"\",\"direction\":\"in\"}",
			       "[]",
			       "{\"id\":\"x\",\"direction\":\"in\"} x"};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_int_equal(record_read(t, wrong[i], strlen(wrong[i]), &r), ERR_CORRUPT);
	struct buf made;
	const char *value[CATALOGUE_FIELDS_MAX] = {"2026-10-24", NULL,     NULL, NULL,
						   "in",         "480000", NULL, "卖\"石榴\""};
	buf_init(&made, RECORD_LINE_MAX);
	assert_int_equal(record_make(t, "a-1", value, &made), OK);
	assert_int_equal(record_read(t, buf_str(&made), made.len, &r), OK);
	assert_string_equal(r.title, "卖\"石榴\"");
	buf_free(&made);
}

#define PAGE_A "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a"
#define PAGE_B "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"

static void a_row_names_its_pages_in_order(void **state)
{
	(void)state;
	static const char bare[] = "{\"id\":\"x1\",\"direction\":\"in\",\"amount_fen\":5}";
	const struct catalogue_template *t = catalogue_find(catalogue, "ledger");
	struct hash page[RECORD_ATTACH_MAX], got[RECORD_ATTACH_MAX];
	struct record r;
	struct buf line, again;
	size_t count = 9;
	memset(page[0].b, 0x0b, HASH_BYTES);
	memset(page[1].b, 0x0a, HASH_BYTES);
	buf_init(&line, RECORD_LINE_MAX);
	buf_init(&again, RECORD_LINE_MAX);
	assert_int_equal(record_attach_put(bare, sizeof bare - 1, page, 0, &line), OK);
	assert_string_equal(buf_str(&line), bare);
	assert_int_equal(record_read(t, bare, sizeof bare - 1, &r), OK);
	assert_int_equal(r.attach_count, 0);
	buf_clear(&line);
	assert_int_equal(record_attach_put(bare, sizeof bare - 1, page, 2, &line), OK);
	assert_string_equal(buf_str(&line), "{\"id\":\"x1\",\"direction\":\"in\",\"amount_fen\":5,"
					    "\"attach\":[\"" PAGE_B "\",\"" PAGE_A "\"]}");
	assert_int_equal(record_read(t, buf_str(&line), line.len, &r), OK);
	assert_int_equal(r.attach_count, 2);
	assert_int_equal(record_attach(r.line, r.line_len, got, &count), OK);
	assert_int_equal(count, 2);
	assert_true(hash_equal(&got[0], &page[0]) && hash_equal(&got[1], &page[1]));
	assert_int_equal(record_attach_put(buf_str(&line), line.len, page, 1, &again), ERR_REFUSED);
	for (size_t i = 0; i < RECORD_ATTACH_MAX; i++)
		memset(page[i].b, (int)i + 1, HASH_BYTES);
	buf_clear(&line);
	assert_int_equal(record_attach_put(bare, sizeof bare - 1, page, RECORD_ATTACH_MAX, &line),
			 OK);
	assert_int_equal(record_read(t, buf_str(&line), line.len, &r), OK);
	assert_int_equal(r.attach_count, RECORD_ATTACH_MAX);
	assert_int_equal(
		record_attach_put(bare, sizeof bare - 1, page, RECORD_ATTACH_MAX + 1, &again),
		ERR_FULL);
	buf_free(&line);
	buf_free(&again);
}

static void a_row_with_a_malformed_list_of_pages_is_damaged(void **state)
{
	(void)state;
	const struct catalogue_template *t = catalogue_find(catalogue, "ledger");
	const char *wrong[] = {
		"\"" PAGE_A "\"",
		"{}",
		"null",
		"[1]",
		"[\"\"]",
		"[\"" PAGE_A "0\"]",
		"[\"0A" PAGE_A "\"]",
		"[\"0A0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a\"]",
		"[\"" PAGE_A "\",\"" PAGE_B "\",\"" PAGE_A "\"]",
	};
	struct hash got[RECORD_ATTACH_MAX];
	struct record r;
	struct buf line;
	size_t count;
	buf_init(&line, RECORD_LINE_MAX);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		buf_clear(&line);
		buf_print(&line, "{\"id\":\"x\",\"direction\":\"in\",\"attach\":%s}", wrong[i]);
		assert_int_equal(record_read(t, buf_str(&line), line.len, &r), ERR_CORRUPT);
		assert_int_equal(record_attach(buf_str(&line), line.len, got, &count), ERR_CORRUPT);
	}
	buf_clear(&line);
	buf_text(&line, "{\"id\":\"x\",\"direction\":\"in\",\"attach\":[");
	for (int i = 0; i <= RECORD_ATTACH_MAX; i++)
		buf_print(&line, "%s\"%064x\"", i == 0 ? "" : ",", (unsigned)i);
	buf_text(&line, "]}");
	assert_int_equal(record_read(t, buf_str(&line), line.len, &r), ERR_CORRUPT);
	buf_free(&line);
}

static void an_answer_opens_with_the_receipt_and_for_nobody_else(void **state)
{
	(void)state;
	struct receipt r;
	struct receipt_keys mine, other;
	struct buf sealed[2], bytes;
	static struct capsule_entry entry, got[CAPSULE_ENTRIES_MAX];
	struct capsule_unchecked raw;
	struct capsule c;
	receipt_make(&r);
	assert_int_equal(receipt_derive(&r, NULL, &mine), OK);
	assert_int_equal(receipt_derive(&r, "1111", &other), OK);
	for (int i = 0; i < 2; i++) {
		entry = (struct capsule_entry){.day = 20261106 + i,
					       .state = i ? CASE_REPLIED : CASE_RECEIVED,
					       .due = 20261127};
		snprintf(entry.text, sizeof entry.text, "%s", i ? "多付的 460 元已退回" : "");
		buf_init(&sealed[i], 16384);
		assert_int_equal(capsule_entry_seal(&entry, &mine.pub.answer, &sealed[i]), OK);
	}
	struct capsule_sealed list[2] = {{sealed[0].p, sealed[0].len},
					 {sealed[1].p, sealed[1].len}};
	buf_init(&bytes, CAPSULE_BYTES_MAX);
	assert_int_equal(capsule_make(&mine.pub, 2, list, 2,
				      signer(&county.county_sign, &county.county_sign_secret),
				      &bytes),
			 OK);
	assert_int_equal(capsule_read(bytes.p, bytes.len, &raw), OK);
	assert_int_equal(capsule_check(&raw, &county.town_sign, &c), ERR_REFUSED);
	assert_int_equal(capsule_check(&raw, &county.county_sign, &c), OK);
	size_t count = CAPSULE_ENTRIES_MAX;
	assert_int_equal(capsule_open(&c, &other, got, &count), ERR_REFUSED);
	count = CAPSULE_ENTRIES_MAX;
	assert_int_equal(capsule_open(&c, &mine, got, &count), OK);
	assert_int_equal(count, 2);
	assert_string_equal(got[1].text, "多付的 460 元已退回");
	for (size_t bit = 0; bit < bytes.len * 8; bit += bit < 2000 ? 1 : 37) {
		bytes.p[bit / 8] ^= (unsigned char)(1u << bit % 8);
		assert_true(capsule_read(bytes.p, bytes.len, &raw) != OK ||
			    capsule_check(&raw, &county.county_sign, &c) != OK);
		bytes.p[bit / 8] ^= (unsigned char)(1u << bit % 8);
	}
	buf_free(&sealed[0]);
	buf_free(&sealed[1]);
	buf_free(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amounts_are_read_as_accountants_write_them),
		cmocka_unit_test(amounts_are_written_as_villagers_read_them),
		cmocka_unit_test(working_days_follow_the_arrangement),
		cmocka_unit_test(a_case_moves_only_as_it_may),
		cmocka_unit_test(a_row_gives_the_columns_it_says),
		cmocka_unit_test(a_row_names_its_pages_in_order),
		cmocka_unit_test(a_row_with_a_malformed_list_of_pages_is_damaged),
		cmocka_unit_test(an_answer_opens_with_the_receipt_and_for_nobody_else),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
