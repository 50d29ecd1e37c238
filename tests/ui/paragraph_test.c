/* paragraph_test.c - a paragraph is broken where a reader expects it: no line begins with a mark, a
 * number keeps its unit, nothing is lost, and every script gets a font that has it. */
#include "ui/paragraph.h"

#include "tests/face.h"

#include <string.h>

static struct ui_paragraph p;

static void lay(const char *text, int width)
{
	static struct ui_span span;
	span = (struct ui_span){text, UI_REGULAR, 40, UI_INK};
	ui_paragraph_lay(&p, &span, 1, width, 150, 0);
	assert_false(p.more);
	assert_false(p.missing);
}

/* The piece's first or last character is one of `set`. */
static bool begins_with(const struct ui_piece *q, const char *set)
{
	const char *text = p.span[q->span].text + q->at;
	for (size_t n = 1; n <= 4 && n <= q->len; n++) {
		char one[5] = "";
		memcpy(one, text, n);
		if (((unsigned char)text[n] & 0xc0) != 0x80 || n == q->len)
			return strstr(set, one) != NULL;
	}
	return false;
}

static bool ends_with(const struct ui_piece *q, const char *set)
{
	const char *text = p.span[q->span].text + q->at;
	char one[5] = "";
	size_t n = 1;
	while (n < q->len && ((unsigned char)text[q->len - n] & 0xc0) == 0x80)
		n++;
	memcpy(one, text + q->len - n, n > 4 ? 4 : n);
	return strstr(set, one) != NULL;
}

static void no_line_begins_with_a_mark_or_ends_with_an_opening_one(void **state)
{
	(void)state;
	static const char text[] =
		"（一）村里租挖掘机“清理灌溉沟”，付了钱；可是《合同》上写的，沟没有挖！谁批的？请"
		"查一查：账上有（见第 3 页），票没有。";
	for (int width = 200; width <= 1200; width += 7) {
		lay(text, width);
		for (size_t i = 0; i < p.pieces; i++) {
			assert_false(i > 0 && begins_with(&p.piece[i], "，。；：？！）》”"));
			assert_false(i + 1 < p.pieces && ends_with(&p.piece[i], "（《“"));
		}
	}
}

static void a_number_keeps_its_unit(void **state)
{
	(void)state;
	static const char text[] = "修水沟一共花了 4,800 元，清了 12 亩地，用了 3 天，来了 25 人。";
	for (int width = 320; width <= 1200; width += 7) {
		lay(text, width);
		for (size_t i = 1; i < p.pieces; i++)
			assert_false(begins_with(&p.piece[i], "元亩天人"));
	}
}

static size_t without_blanks(const char *from, size_t len, char *to)
{
	size_t n = 0;
	for (size_t i = 0; i < len; i++)
		if (from[i] != ' ')
			to[n++] = from[i];
	return n;
}

static void no_line_is_wider_than_its_place_and_nothing_is_lost(void **state)
{
	(void)state;
	static const char text[] = "村务公开 is published every month, 第 10 月 by the village; "
				   "verylongwordwithoutanyplacetobreak。";
	for (int width = 120; width <= 1000; width += 11) {
		char all[sizeof text] = "", bare[sizeof text] = "";
		size_t n = 0;
		lay(text, width);
		assert_true(p.width <= width);
		for (size_t i = 0; i < p.pieces; i++)
			n += without_blanks(text + p.piece[i].at, p.piece[i].len, all + n);
		/* Only blanks at the end of a line may be gone. */
		without_blanks(text, strlen(text), bare);
		assert_string_equal(all, bare);
	}
}

static void a_line_feed_ends_a_line_and_an_empty_line_stays(void **state)
{
	(void)state;
	lay("一\n\n三", 400);
	assert_int_equal(p.lines, 3);
	assert_int_equal(p.piece[1].line, 2);
	assert_int_equal(ui_paragraph_height(&p), 3 * p.line_height);
}

static void what_does_not_fit_the_lines_allowed_is_told(void **state)
{
	(void)state;
	const struct ui_span span = {"修水沟修水沟修水沟修水沟", UI_REGULAR, 40, UI_INK};
	ui_paragraph_lay(&p, &span, 1, 130, 150, 2);
	assert_true(p.more);
	assert_int_equal(p.lines, 2);
}

static void spans_share_lines_and_breaks_are_found_across_them(void **state)
{
	(void)state;
	const struct ui_span span[] = {{"账上还有 27.5", UI_REGULAR, 40, UI_INK},
				       {"万元", UI_BOLD, 48, UI_INK},
				       {"，够用。", UI_REGULAR, 40, UI_INK}};
	for (int width = 300; width < 700; width += 9) {
		ui_paragraph_lay(&p, span, 3, width, 150, 0);
		for (size_t i = 1; i < p.pieces; i++)
			if (p.piece[i].line != p.piece[i - 1].line)
				assert_false(begins_with(&p.piece[i], "万，。"));
	}
	assert_true(p.line_height >= 48);
}

static void every_cluster_takes_the_first_font_that_has_it(void **state)
{
	(void)state;
	static const char text[] = "租a藏བོད་ꆈꌠe\xcc\x81租";
	const struct ui_shaped *s = ui_shape(UI_REGULAR, 40, text, strlen(text));
	const uint8_t *chain = ui_face_chain(UI_REGULAR);
	assert_non_null(s);
	assert_false(s->missing);
	size_t at = 0;
	for (size_t i = 0; i < s->count; i++) {
		const struct ui_unit *u = &s->unit[i];
		assert_int_equal(u->text_at, at); /* whole and in order */
		at += u->text_len;
		assert_true(u->face < UI_FACES);
		assert_true(i == 0 || u->pen >= s->unit[i - 1].pen);
	}
	assert_int_equal(at, strlen(text));
	/* The same character gets the same font wherever it stands; neighbours do not pull it
	 * along. */
	assert_int_equal(s->unit[0].face, chain[0]);
	assert_int_equal(s->unit[s->count - 1].face, chain[0]);
	assert_int_not_equal(s->unit[3].face, chain[0]); /* བོ */
	/* A letter and its mark are one cluster: no caret and no break between them. */
	assert_int_equal(s->unit[s->count - 2].text_len, 3);
	/* The vowel sits on its consonant. */
	assert_int_equal(s->unit[3].text_len, strlen("བོ"));
}

static void what_no_font_has_is_a_box_and_is_told(void **state)
{
	(void)state;
	static const char text[] = "\xee\x80\x80"
				   "一"; /* a private character */
	const struct ui_shaped *s = ui_shape(UI_REGULAR, 40, text, strlen(text));
	assert_non_null(s);
	assert_true(s->missing);
	assert_int_equal(s->unit[0].face, UI_FACES);
	assert_true(s->unit[1].pen > 0);
	assert_true(s->unit[1].face < UI_FACES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_line_begins_with_a_mark_or_ends_with_an_opening_one),
		cmocka_unit_test(a_number_keeps_its_unit),
		cmocka_unit_test(no_line_is_wider_than_its_place_and_nothing_is_lost),
		cmocka_unit_test(a_line_feed_ends_a_line_and_an_empty_line_stays),
		cmocka_unit_test(what_does_not_fit_the_lines_allowed_is_told),
		cmocka_unit_test(spans_share_lines_and_breaks_are_found_across_them),
		cmocka_unit_test(every_cluster_takes_the_first_font_that_has_it),
		cmocka_unit_test(what_no_font_has_is_a_box_and_is_told),
	};
	return cmocka_run_group_tests(tests, face_start, face_stop);
}
