/* catalogue_test.c - the templates are data: what they say is what is checked, and a mistake in one
 * is found when it is read. */
#include "app/base/buf.h"
#include "app/village/check.h"
#include "app/village/record.h"
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static struct catalogue *with(const char *json)
{
	char path[128];
	struct catalogue *c = NULL;
	snprintf(folder, sizeof folder, "/tmp/elutong-catalogue-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/one.json", folder);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(json, f);
	fclose(f);
	enum err e = catalogue_open(folder, &c);
	unlink(path);
	rmdir(folder);
	return e == OK ? c : NULL;
}

#define HEAD                                                                                       \
	"{\"id\": \"t\", \"column\": \"village\", \"title\": \"表\", \"title_en\": \"T\", "       \
	"\"rhythm\": \"year\", \"rule\": \"一\", \"fields\": ["                                   \
	"{\"id\": \"name\", \"label\": \"名\", \"label_en\": \"N\", \"type\": \"text\", "         \
	"\"part\": "                                                                               \
	"\"title\"},"                                                                              \
	"{\"id\": \"kind\", \"label\": \"类\", \"label_en\": \"K\", \"type\": \"choice\", "       \
	"\"choices\": {\"x\": \"甲\", \"y\": \"乙\"}},"                                          \
	"{\"id\": \"a\", \"label\": \"甲\", \"label_en\": \"A\", \"type\": \"fen\"},"             \
	"{\"id\": \"b\", \"label\": \"乙\", \"label_en\": \"B\", \"type\": \"fen\"},"             \
	"{\"id\": \"q\", \"label\": \"量\", \"label_en\": \"Q\", \"type\": \"quantity\"},"        \
	"{\"id\": \"n\", \"label\": \"数\", \"label_en\": \"M\", \"type\": \"number\"},"          \
	"{\"id\": \"from\", \"label\": \"起\", \"label_en\": \"F\", \"type\": \"date\"},"         \
	"{\"id\": \"to\", \"label\": \"止\", \"label_en\": \"E\", \"type\": \"date\"},"           \
	"{\"id\": \"sum\", \"label\": \"和\", \"label_en\": \"S\", \"type\": \"fen\"}]"

enum { NAME, KIND, A, B, Q, N, FROM, TO, SUM, FIELDS };

/* What check 0 of this template says to a row. */
static enum check_verdict judge(const char *checks, const char *const value[FIELDS],
				int64_t *should)
{
	char json[4096];
	snprintf(json, sizeof json, HEAD ", \"checks\": [%s]}", checks);
	struct catalogue *c = with(json);
	assert_non_null(c);
	const struct catalogue_template *t = catalogue_at(c, 0);
	assert_int_equal(t->check_count, 1);
	enum check_verdict v = check_row(t, &t->check[0], value, should);
	catalogue_close(c);
	return v;
}

static void every_template_shipped_can_be_read(void **state)
{
	(void)state;
	struct catalogue *c;
	size_t n = 0, columns = 0;
	static const char *const column[] = {"policy",  "party",   "gov",    "village",
					     "finance", "service", "project"};
	assert_int_equal(catalogue_open("assets/catalogue", &c), OK);
	for (; catalogue_at(c, n) != NULL; n++) {
		const struct catalogue_template *t = catalogue_at(c, n);
		assert_true(t->title_field >= 0);
		assert_true(t->hint[0] != 0 && t->hint_en[0] != 0 && t->title_en[0] != 0);
		assert_true(t->order > 0);
	}
	for (size_t i = 0; i < 7; i++)
		for (size_t j = 0; j < n; j++)
			if (strcmp(catalogue_at(c, j)->column, column[i]) == 0) {
				columns++;
				break;
			}
	assert_int_equal(columns, 7);
	assert_true(n >= 39);
	catalogue_close(c);
}

static void parts_must_add_up(void **state)
{
	(void)state;
	int64_t should;
	const char *sum = "{\"kind\": \"sum\", \"terms\": [\"a\", \"b\"], \"result\": \"sum\"}";
	const char *right[FIELDS] = {[A] = "150", [B] = "-50", [SUM] = "100"};
	const char *wrong[FIELDS] = {[A] = "150", [B] = "51", [SUM] = "200"};
	const char *one[FIELDS] = {[A] = "200", [SUM] = "200"};
	const char *none[FIELDS] = {[SUM] = "200"};
	assert_int_equal(judge(sum, right, &should), CHECK_HOLDS);
	assert_int_equal(judge(sum, wrong, &should), CHECK_FAILS);
	assert_int_equal(should, 201);
	assert_int_equal(judge(sum, one, &should), CHECK_HOLDS);
	assert_int_equal(judge(sum, none, &should), CHECK_SILENT);
}

static void a_quantity_times_a_standard_is_rounded_to_the_fen(void **state)
{
	(void)state;
	int64_t should;
	const char *product =
		"{\"kind\": \"product\", \"terms\": [\"q\", \"a\"], \"result\": \"sum\"}";
	/* 3.33 mu at 12.35 yuan: 41.1255 */
	const char *right[FIELDS] = {[Q] = "333", [A] = "1235", [SUM] = "4113"};
	const char *wrong[FIELDS] = {[Q] = "333", [A] = "1235", [SUM] = "4112"};
	assert_int_equal(judge(product, right, &should), CHECK_HOLDS);
	assert_int_equal(judge(product, wrong, &should), CHECK_FAILS);
	assert_int_equal(should, 4113);
	const char *huge[FIELDS] = {[Q] = "9000000000000000000", [A] = "9", [SUM] = "1"};
	assert_int_equal(judge(product, huge, &should), CHECK_FAILS);
}

static void a_share_may_ask_for_more_than_half_or_at_least_two_thirds(void **state)
{
	(void)state;
	int64_t should;
	const char *half = "{\"kind\": \"share\", \"terms\": [\"n\"], \"result\": \"a\", "
			   "\"share\": [1, 2], \"over\": true}";
	const char *thirds = "{\"kind\": \"share\", \"terms\": [\"n\"], \"result\": \"a\", "
			     "\"share\": [2, 3]}";
	const char *five[FIELDS] = {[N] = "5", [A] = "10"}, *six[FIELDS] = {[N] = "6", [A] = "10"},
		   *seven[FIELDS] = {[N] = "7", [A] = "10"};
	assert_int_equal(judge(half, five, &should), CHECK_FAILS);
	assert_int_equal(should, 6);
	assert_int_equal(judge(half, six, &should), CHECK_HOLDS);
	assert_int_equal(judge(thirds, six, &should), CHECK_FAILS);
	assert_int_equal(should, 7);
	assert_int_equal(judge(thirds, seven, &should), CHECK_HOLDS);
}

static void days_stand_in_order_and_shares_stay_below_the_whole(void **state)
{
	(void)state;
	int64_t should;
	const char *order = "{\"kind\": \"order\", \"terms\": [\"from\"], \"result\": \"to\"}";
	const char *most = "{\"kind\": \"most\", \"terms\": [\"a\", \"b\"], \"result\": \"sum\"}";
	const char *good[FIELDS] = {[FROM] = "2026-01-31", [TO] = "2026-02-01"};
	const char *bad[FIELDS] = {[FROM] = "2026-02-02", [TO] = "2026-02-01"};
	const char *full[FIELDS] = {[A] = "60", [B] = "40", [SUM] = "100"};
	const char *over[FIELDS] = {[A] = "60", [B] = "41", [SUM] = "100"};
	assert_int_equal(judge(order, good, &should), CHECK_HOLDS);
	assert_int_equal(judge(order, bad, &should), CHECK_FAILS);
	assert_int_equal(judge(most, full, &should), CHECK_HOLDS);
	assert_int_equal(judge(most, over, &should), CHECK_FAILS);
}

static void a_check_may_count_for_one_choice_only(void **state)
{
	(void)state;
	int64_t should;
	const char *flow = "{\"kind\": \"flow\", \"terms\": [\"a\", \"b\", \"q\"], \"result\": "
			   "\"sum\", \"when\": {\"field\": \"kind\", \"is\": \"x\"}}";
	const char *x[FIELDS] = {[KIND] = "x", [A] = "1", [B] = "1", [Q] = "1", [SUM] = "2"};
	const char *y[FIELDS] = {[KIND] = "y", [A] = "1", [B] = "1", [Q] = "1", [SUM] = "2"};
	assert_int_equal(judge(flow, x, &should), CHECK_FAILS);
	assert_int_equal(judge(flow, y, &should), CHECK_SILENT);
}

static void an_opening_is_what_the_closing_was(void **state)
{
	(void)state;
	int64_t should;
	struct catalogue *c = with(HEAD ", \"checks\": [{\"kind\": \"carried\", \"terms\": "
					"[\"a\"], \"result\": \"sum\", \"key\": \"name\"}]}");
	const char *earlier = "{\"id\":\"1\",\"name\":\"现金\",\"sum\":500}\n"
			      "{\"id\":\"2\",\"name\":\"银行\",\"sum\":-70}\n";
	const char *same[FIELDS] = {[NAME] = "银行", [A] = "-70"},
		   *other[FIELDS] = {[NAME] = "现金", [A] = "499"},
		   *new[FIELDS] = {[NAME] = "新开的", [A] = "499"};
	assert_non_null(c);
	const struct catalogue_template *t = catalogue_at(c, 0);
	size_t len = strlen(earlier);
	assert_int_equal(check_carried(t, &t->check[0], same, earlier, len, &should), CHECK_HOLDS);
	assert_int_equal(check_carried(t, &t->check[0], other, earlier, len, &should), CHECK_FAILS);
	assert_int_equal(should, 500);
	assert_int_equal(check_carried(t, &t->check[0], new, earlier, len, &should), CHECK_SILENT);
	catalogue_close(c);
}

static void a_mistake_in_a_template_is_found(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		HEAD ", \"checks\": [{\"kind\": \"magic\", \"terms\": [\"a\"], \"result\": "
		     "\"sum\"}]}",
		HEAD ", \"checks\": [{\"kind\": \"sum\", \"terms\": [\"a\", \"name\"], "
		     "\"result\": \"sum\"}]}",
		HEAD ", \"checks\": [{\"kind\": \"sum\", \"terms\": [\"a\", \"b\"], \"result\": "
		     "\"nothing\"}]}",
		HEAD ", \"checks\": [{\"kind\": \"order\", \"terms\": [\"a\"], \"result\": "
		     "\"to\"}]}",
		HEAD ", \"checks\": [{\"kind\": \"share\", \"terms\": [\"n\"], \"result\": \"a\", "
		     "\"share\": [3, 2]}]}",
		HEAD ", \"checks\": [{\"kind\": \"carried\", \"terms\": [\"a\"], \"result\": "
		     "\"sum\"}]}",
		HEAD ", \"sub\": [\"nothing\"]}",
		HEAD ", \"beside\": true}",
		HEAD ", \"sub\": [\"a\", \"b\", \"q\", \"n\", \"to\"]}",
		"{\"id\": \"t\", \"column\": \"eighth\", \"title\": \"表\", \"rhythm\": \"year\", "
		"\"rule\": \"一\", \"fields\": []}",
		"{\"id\": \"t\", \"column\": \"village\", \"title\": \"表\", \"rhythm\": "
		"\"daily\", "
		"\"rule\": \"一\", \"fields\": []}",
		"{\"id\": \"t\", \"column\": \"village\", \"title\": \"表\", \"rhythm\": \"year\", "
		"\"rule\": \"一\", \"fields\": []}",
	};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_null(with(wrong[i]));
	struct catalogue *c = with(HEAD "}");
	assert_non_null(c);
	catalogue_close(c);
}

static void figures_read_as_people_write_them(void **state)
{
	(void)state;
	char text[RECORD_FIGURE_TEXT];
	const struct field money = {.type = FIELD_FEN}, area = {.type = FIELD_AREA},
			   number = {.type = FIELD_NUMBER};
	assert_string_equal(record_figure(&money, 1286500, text), "12,865.00");
	assert_string_equal(record_figure(&area, 350, text), "3.5");
	assert_string_equal(record_figure(&area, 300, text), "3");
	assert_string_equal(record_figure(&area, 325, text), "3.25");
	assert_string_equal(record_figure(&number, 12, text), "12");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_template_shipped_can_be_read),
		cmocka_unit_test(parts_must_add_up),
		cmocka_unit_test(a_quantity_times_a_standard_is_rounded_to_the_fen),
		cmocka_unit_test(a_share_may_ask_for_more_than_half_or_at_least_two_thirds),
		cmocka_unit_test(days_stand_in_order_and_shares_stay_below_the_whole),
		cmocka_unit_test(a_check_may_count_for_one_choice_only),
		cmocka_unit_test(an_opening_is_what_the_closing_was),
		cmocka_unit_test(a_mistake_in_a_template_is_found),
		cmocka_unit_test(figures_read_as_people_write_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
