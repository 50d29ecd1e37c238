/* totals_test.c - the sum of the money made public is neither more nor less than what was
 * published: nothing twice, nothing that only changed its pocket. */
#include "app/township/totals.h"

#include "app/store/township/publications.h"
#include "tests/ground.h"
#include "tests/office.h"

static struct totals_kept *kept;
static struct hash last[2]; /* of the village, of the group */
static uint64_t number[2];

static int open_totals(void **state)
{
	(void)state;
	memset(last, 0, sizeof last);
	memset(number, 0, sizeof number);
	office_start();
	assert_int_equal(totals_open(township, NULL, catalogue, county.settings, &kept), OK);
	return 0;
}

static int close_totals(void **state)
{
	(void)state;
	totals_close(kept);
	return office_end();
}

static void publish(bool group, const char *template_id, const char *period, uint32_t version,
		    const char *rows)
{
	struct sheet_entry entry = {.part = 1, .version = version};
	struct publication p = {.number = ++number[group],
				.previous = last[group],
				.day = 20261105,
				.sheet = &entry,
				.sheet_count = 1};
	struct publication_sheet sheet = {rows, strlen(rows)};
	struct buf text;
	snprintf(entry.template_id, sizeof entry.template_id, "%s", template_id);
	snprintf(entry.period, sizeof entry.period, "%s", period);
	snprintf(entry.reason, sizeof entry.reason, "%s", version > 1 ? "漏了一笔" : "");
	snprintf(p.place, sizeof p.place, "%s", group ? "mz.caoba.v1.g1" : "mz.caoba.v1");
	snprintf(p.issuer, sizeof p.issuer, "草坝镇");
	buf_init(&text, PUBLICATION_BYTES_MAX);
	assert_int_equal(sheet_measure(rows, strlen(rows), &entry), OK);
	assert_int_equal(publication_make(&p, &county.publisher, &county.publisher_secret, &text),
			 OK);
	assert_int_equal(db_begin(db), OK);
	assert_int_equal(publications_put(db, county.settings, &text, &sheet, 1, 1), OK);
	assert_int_equal(db_commit(db), OK);
	last[group] = p.hash;
	buf_free(&text);
}

#define ROW(id, account, direction, fen)                                                           \
	"{\"id\":\"" id "\",\"date\":\"2026-10-05\",\"account_code\":\"" account                   \
	"\",\"coa_version\":\"2024\",\"direction\":\"" direction "\",\"amount_fen\":" fen          \
	",\"summary\":\"水沟\"}\n"

static struct totals of(const char *place)
{
	struct totals t;
	assert_int_equal(totals_of(kept, place, &t), OK);
	return t;
}

static void a_sheet_published_again_counts_once_and_as_it_is_now(void **state)
{
	(void)state;
	publish(false, "ledger", "2026-10", 1,
		ROW("a", "501", "in", "100000") ROW("b", "515", "out", "30000"));
	assert_int_equal(of("mz.caoba.v1").sum.in_fen, 100000);
	assert_int_equal(of("mz.caoba.v1").sum.out_fen, 30000);
	publish(false, "ledger", "2026-10", 2,
		ROW("a", "501", "in", "90000") ROW("b", "515", "out", "30000"));
	assert_int_equal(of("mz.caoba.v1").sum.in_fen, 90000);
	assert_int_equal(of("mz.caoba.v1").sum.rows, 2);
	assert_int_equal(of("mz.caoba.v1").sheets, 1);
	publish(false, "ledger", "2026-09", 1, ROW("a", "501", "in", "5"));
	assert_int_equal(of("mz.caoba.v1").sum.in_fen, 90005);
}

static void what_only_passes_is_neither_income_nor_spending(void **state)
{
	(void)state;
	publish(false, "ledger", "2026-10", 1,
		ROW("a", "102", "in", "7000") ROW("b", "113", "out", "7000")
			ROW("c", "511", "out", "200"));
	assert_int_equal(of("mz.caoba.v1").sum.in_fen, 0);
	assert_int_equal(of("mz.caoba.v1").sum.out_fen, 200);
	assert_int_equal(of("mz.caoba.v1").sum.passed_fen, 14000);
}

static void a_balance_is_the_same_money_and_a_subsidy_was_never_the_village_s(void **state)
{
	(void)state;
	publish(false, "fund_balance", "2026Q3", 1,
		"{\"id\":\"101\",\"account_code\":\"101\",\"opening_fen\":1,\"in_fen\":2,\"out_"
		"fen\":0,\"closing_fen\":3}\n");
	publish(false, "subsidy", "2026Q3", 1,
		"{\"id\":\"a\",\"programme\":\"gengdi\",\"year\":2026,\"recipient\":\"李*\","
		"\"amount_fen\":36000}\n");
	struct totals t = of("mz.caoba.v1");
	assert_int_equal(t.sum.in_fen + t.sum.out_fen + t.sum.passed_fen, 0);
	assert_int_equal(t.sum.household_fen, 36000);
	assert_int_equal(t.sum.rows, 2);
}

static void a_place_counts_with_all_below_it(void **state)
{
	(void)state;
	publish(false, "ledger", "2026-10", 1, ROW("a", "501", "in", "100"));
	publish(true, "ledger", "2026-10", 1, ROW("a", "501", "in", "20"));
	assert_int_equal(of("mz.caoba.v1.g1").sum.in_fen, 20);
	assert_int_equal(of("mz.caoba.v1").sum.in_fen, 120);
	assert_int_equal(of("mz.caoba").sum.in_fen, 120);
	assert_int_equal(of("mz").sum.in_fen, 120);
	assert_int_equal(of("mz.caoba.v2").sum.in_fen, 0);
	assert_int_equal(of("mz.caoba.v2").sum.rows, 0);
}

static void what_was_taken_back_whole_counts_no_more(void **state)
{
	(void)state;
	publish(false, "ledger", "2026-10", 1, ROW("a", "501", "in", "100"));
	publish(false, "ledger", "2026-10", 2, "");
	assert_int_equal(of("mz").sum.in_fen, 0);
	assert_int_equal(of("mz").sheets, 0);
}

static void a_sheet_is_counted_once_for_good_and_says_the_same(void **state)
{
	struct totals_kept *first, *second;
	struct writer *writer;
	struct totals a, b;
	(void)state;
	static const char rows[] = ROW("a", "501", "in", "100") ROW("b", "102", "out", "7");
	publish(false, "ledger", "2026-10", 1, rows);
	assert_int_equal(writer_open(township, &writer), OK);
	assert_int_equal(totals_open(township, writer, catalogue, county.settings, &first), OK);
	assert_int_equal(totals_of(first, "mz", &a), OK);
	totals_close(first);
	struct counted_sheet s = {.template_id = "ledger"};
	hash_bytes(rows, sizeof rows - 1, &s.hash);
	struct db *reader = township_read_begin(township);
	assert_int_equal(counted_find(reader, TOTALS_RULE, &s), OK);
	assert_int_equal(counted_find(reader, TOTALS_RULE + 1, &s), ERR_MISSING);
	township_read_end(township);
	assert_int_equal(s.sum.in_fen, 100);
	assert_int_equal(s.sum.passed_fen, 7);
	assert_int_equal(totals_open(township, writer, catalogue, county.settings, &second), OK);
	assert_int_equal(totals_of(second, "mz", &b), OK);
	assert_memory_equal(&a, &b, sizeof a);
	totals_close(second);
	writer_close(writer);
}

#define TOTALS(test) cmocka_unit_test_setup_teardown(test, open_totals, close_totals)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOTALS(a_sheet_published_again_counts_once_and_as_it_is_now),
		TOTALS(what_only_passes_is_neither_income_nor_spending),
		TOTALS(a_balance_is_the_same_money_and_a_subsidy_was_never_the_village_s),
		TOTALS(a_place_counts_with_all_below_it),
		TOTALS(what_was_taken_back_whole_counts_no_more),
		TOTALS(a_sheet_is_counted_once_for_good_and_says_the_same),
	};
	return cmocka_run_group_tests(tests, ground_open, ground_close);
}
