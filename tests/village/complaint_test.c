/* complaint_test.c - what a resident says comes out of the letter as it went in, and only who said
 * yes is ever taken to have said it. */
#include "app/village/complaint.h"

#include "tests/test.h"

#include <stdio.h>
#include <string.h>

static struct complaint about_a_row(void)
{
	struct complaint c = {.whom = WHOM_VILLAGE, .topic = TOPIC_MONEY, .about_row = true};
	snprintf(c.place, sizeof c.place, "mz.caoba.v1");
	snprintf(c.answer[ASK_WHAT], sizeof c.answer[ASK_WHAT], "机器没有来");
	c.row = (struct complaint_row){.version = 2, .amount_fen = 480000, .out = true};
	snprintf(c.row.place, sizeof c.row.place, "mz.caoba.v1.g1");
	snprintf(c.row.period, sizeof c.row.period, "2026-10");
	snprintf(c.row.template_id, sizeof c.row.template_id, "ledger");
	snprintf(c.row.row_id, sizeof c.row.row_id, "记-1028-01-02");
	snprintf(c.row.text, sizeof c.row.text, "租挖掘机");
	return c;
}

static struct complaint sent(const struct complaint *c)
{
	struct complaint read = {0};
	struct buf json;
	buf_init(&json, 1 << 16);
	assert_int_equal(complaint_matter(c, &json), OK);
	assert_int_equal(complaint_read_matter(json.p, json.len, &read), OK);
	buf_free(&json);
	return read;
}

static void the_row_arrives_as_it_was_seen(void **state)
{
	(void)state;
	struct complaint c = about_a_row(), read = sent(&c);
	assert_true(read.about_row);
	assert_string_equal(read.row.place, c.row.place);
	assert_string_equal(read.row.period, c.row.period);
	assert_string_equal(read.row.template_id, c.row.template_id);
	assert_string_equal(read.row.row_id, c.row.row_id);
	assert_string_equal(read.row.text, c.row.text);
	assert_int_equal(read.row.version, 2);
	assert_int_equal(read.row.amount_fen, 480000);
	assert_true(read.row.out);
}

static void nothing_is_public_unless_its_writer_said_so(void **state)
{
	(void)state;
	struct complaint c = about_a_row();
	assert_false(sent(&c).may_publish);
	c.may_publish = true;
	assert_true(sent(&c).may_publish);
	c.about_row = false; /* there is no row to stand beside */
	assert_false(sent(&c).may_publish);
}

static void what_discipline_reads_is_never_public(void **state)
{
	(void)state;
	struct complaint c = about_a_row(), read = {0};
	c.may_publish = true;
	c.whom = WHOM_GRAFT;
	assert_false(complaint_could_publish(&c));
	assert_false(sent(&c).may_publish);
	/* Nor when a letter claims it. */
	static const char claims[] =
		"{\"format\":1,\"whom\":\"graft\",\"topic\":\"money\",\"place\":\"mz.caoba.v1\","
		"\"answers\":{\"what\":\"x\"},\"about\":{\"place\":\"mz.caoba.v1\",\"period\":"
		"\"2026-10\",\"template\":\"ledger\",\"row\":\"r\",\"version\":1,\"amount_fen\":1,"
		"\"direction\":\"in\",\"text\":\"x\"},\"publish\":true,\"named\":false,"
		"\"language\":\"zh\"}";
	assert_int_equal(complaint_read_matter(claims, sizeof claims - 1, &read), OK);
	assert_true(read.about_row);
	assert_false(read.may_publish);
}

static void only_true_is_yes(void **state)
{
	(void)state;
	static const char *const said[] = {"1", "\"true\"", "null", "false", "[true]"};
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
		struct complaint read = {0};
		char json[600];
		int n = snprintf(
			json, sizeof json,
			"{\"format\":1,\"whom\":\"village\",\"topic\":\"money\",\"place\":"
			"\"mz.caoba.v1\",\"answers\":{\"what\":\"x\"},\"about\":{\"place\":"
			"\"mz.caoba.v1\",\"period\":\"2026-10\",\"template\":\"ledger\",\"row\":"
			"\"r\",\"version\":1,\"amount_fen\":1,\"direction\":\"in\",\"text\":\"x\"},"
			"\"publish\":%s,\"named\":false,\"language\":\"zh\"}",
			said[i]);
		assert_int_equal(complaint_read_matter(json, (size_t)n, &read), OK);
		assert_false(read.may_publish);
	}
}

/* Who wrote without a name can be known by how they write. */
static void a_sentence_of_the_letter_is_known_again_and_the_row_is_nobody_s(void **state)
{
	(void)state;
	struct complaint c = about_a_row();
	snprintf(c.answer[ASK_WHY], sizeof c.answer[ASK_WHY],
		 "那两天我都在沟边放牛，从早到晚，连机器的影子也没有看见过");
	snprintf(c.row.text, sizeof c.row.text, "租挖掘机清理村委会门前的灌溉沟两天");
	snprintf(c.answer[ASK_HARM], sizeof c.answer[ASK_HARM],
		 "租挖掘机清理村委会门前的灌溉沟两天，钱花了");
	assert_false(complaint_quoted(&c, ""));
	assert_false(complaint_quoted(&c, "机器那两天来过没有？"));
	assert_true(complaint_quoted(&c, "有人问：那两天我都在沟边放牛从早到晚……"));
	assert_true(complaint_quoted(&c, "放牛, 从早到晚 连机器的影子, 也没有"));
	assert_false(complaint_quoted(&c, "租挖掘机清理村委会门前的灌溉沟两天，是哪两天？"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_row_arrives_as_it_was_seen),
		cmocka_unit_test(a_sentence_of_the_letter_is_known_again_and_the_row_is_nobody_s),
		cmocka_unit_test(nothing_is_public_unless_its_writer_said_so),
		cmocka_unit_test(what_discipline_reads_is_never_public),
		cmocka_unit_test(only_true_is_yes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
