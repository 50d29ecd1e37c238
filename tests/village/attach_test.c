/* attach_test.c - rows carry the pages they are given and nothing else of them changes. */
#include "app/village/attach.h"

#include "tests/test.h"

#include <stdio.h>
#include <string.h>

static const char bare[] = "{\"id\":\"a\",\"summary\":\"修沟,\\\"attach\\\":[\"}\n"
			   "{\"id\":\"b\",\"amount_fen\":5}\n{\"id\":\"c\"}\n";

static void fill(struct hash *h, int v)
{
	memset(h->b, v, HASH_BYTES);
}

/* Row b carries 2 and 1, row c as many as `self` says. */
static enum err pages(void *self, const char *row, struct hash page[RECORD_ATTACH_MAX],
		      size_t *count)
{
	*count = 0;
	if (strcmp(row, "b") == 0) {
		fill(&page[0], 2);
		fill(&page[1], 1);
		*count = 2;
	} else if (strcmp(row, "c") == 0) {
		for (; *count < *(size_t *)self; (*count)++)
			fill(&page[*count], 3);
	}
	return OK;
}

struct seen {
	char text[200];
};

static enum err see(void *self, const char *row, size_t rank, const struct hash *hash)
{
	struct seen *s = self;
	size_t n = strlen(s->text);
	snprintf(s->text + n, sizeof s->text - n, "%s%zu=%d ", row, rank, hash->b[31]);
	return OK;
}

static void pages_are_put_on_walked_through_and_taken_off(void **state)
{
	(void)state;
	size_t one = 1;
	struct seen seen = {""};
	struct buf with, again, without;
	buf_init(&with, 1 << 16);
	buf_init(&again, 1 << 16);
	buf_init(&without, 1 << 16);
	const struct attach_source source = {pages, &one};
	assert_int_equal(attach_sheet(bare, sizeof bare - 1, &source, &with), OK);
	assert_int_equal(attach_each(with.p, with.len, &(struct attach_reader){see, &seen}), OK);
	assert_string_equal(seen.text, "b0=2 b1=1 c0=3 ");
	/* Whatever they carried before. */
	assert_int_equal(attach_sheet(with.p, with.len, &source, &again), OK);
	assert_string_equal(buf_str(&again), buf_str(&with));
	assert_int_equal(attach_sheet(with.p, with.len, NULL, &without), OK);
	assert_string_equal(buf_str(&without), bare);
	buf_free(&with);
	buf_free(&again);
	buf_free(&without);
}

static void what_would_damage_a_row_is_refused(void **state)
{
	(void)state;
	size_t two = 2, many = RECORD_ATTACH_MAX;
	struct buf out;
	static const char *const wrong[] = {
		"{\"id\":\"a\"}",                 /* no line feed */
		"{\"id\":\"a\",\"attach\":[]}\n", /* an empty list */
		"{\"id\":\"a\",\"attach\":[\"0\"]}\n",
		"{\"attach\":[\"0101010101010101010101010101010101010101010101010101010101010101\"]"
		","
		"\"id\":\"a\"}\n", /* not the last key */
		"[]\n",
		"{}\n",
		"\n"};
	buf_init(&out, 1 << 16);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_int_equal(attach_sheet(wrong[i], strlen(wrong[i]), NULL, &out), ERR_CORRUPT);
	assert_int_equal(
		attach_sheet(bare, sizeof bare - 1, &(struct attach_source){pages, &two}, &out),
		ERR_REFUSED); /* one picture twice */
	assert_int_equal(
		attach_sheet(bare, sizeof bare - 1, &(struct attach_source){pages, &many}, &out),
		ERR_REFUSED);
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_are_put_on_walked_through_and_taken_off),
		cmocka_unit_test(what_would_damage_a_row_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
