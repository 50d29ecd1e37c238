/* html_test.c - no text of anybody's becomes markup. */
#include "app/township/html.h"

#include "tests/test.h"

#include <string.h>

static struct html h;

static int start(void **state)
{
	(void)state;
	html_start(&h);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	html_free(&h);
	return 0;
}

static const char *text(const char *s)
{
	buf_clear(&h.b);
	html_text(&h, s);
	return buf_str(&h.b);
}

static const char *attr(const char *s)
{
	buf_clear(&h.b);
	html_attr(&h, "value", s);
	return buf_str(&h.b);
}

static void plain_text_stays_as_it_is(void **state)
{
	(void)state;
	assert_string_equal(text("租挖掘机 2 天, 4,800.00\n𠀀"), "租挖掘机 2 天, 4,800.00\n𠀀");
	assert_string_equal(text(""), "");
	assert_string_equal(text(NULL), "");
}

static void markup_is_shown_not_done(void **state)
{
	(void)state;
	assert_string_equal(text("<script>alert('1')</script>"),
			    "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;");
	assert_string_equal(text("&lt;"), "&amp;lt;");
	assert_string_equal(text("</textarea><b>"), "&lt;/textarea&gt;&lt;b&gt;");
	assert_string_equal(text("<!--"), "&lt;!--");
	assert_string_equal(text("]]>"), "]]&gt;");
}

static void no_value_leaves_its_attribute(void **state)
{
	(void)state;
	assert_string_equal(attr("\" onclick=\"x"), " value=\"&quot; onclick=&quot;x\"");
	assert_string_equal(attr("' autofocus x='"), " value=\"&#39; autofocus x=&#39;\"");
	assert_string_equal(attr("a>b"), " value=\"a&gt;b\"");
	assert_string_equal(attr(NULL), " value=\"\"");
	assert_string_equal(attr(""), " value=\"\"");
}

static void broken_letters_and_control_characters_become_marks(void **state)
{
	(void)state;
	assert_string_equal(text("a\x80z"), "a\xef\xbf\xbdz");
	assert_string_equal(text("\xc0\xbcscript"), "\xef\xbf\xbd\xef\xbf\xbdscript");
	assert_string_equal(text("a\x01\x1b\x7fz"), "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz");
	assert_null(strchr(text("\xe0\x80\xbc<"), '<'));
	/* An unfinished character at the end takes nothing of what follows with it. */
	buf_clear(&h.b);
	html_text(&h, "x\xe5");
	html_raw(&h, "</td>");
	assert_non_null(strstr(buf_str(&h.b), "</td>"));
}

static void bytes_of_a_given_length_are_escaped_to_their_end(void **state)
{
	(void)state;
	buf_clear(&h.b);
	html_text_len(&h, "<a\0<b", 5);
	assert_string_equal(buf_str(&h.b), "&lt;a\xef\xbf\xbd&lt;b");
}

static void every_single_byte_leaves_no_markup(void **state)
{
	(void)state;
	for (int c = 1; c < 256; c++) {
		const char s[3] = {(char)c, 'x', 0};
		const char *out = text(s);
		assert_null(strpbrk(out, "<>\"'"));
		if (c != '&' && c != '<' && c != '>' && c != '"' && c != '\'')
			assert_null(strchr(out, '&'));
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
	const struct CMUnitTest tests[] = {
		TEST(plain_text_stays_as_it_is),
		TEST(markup_is_shown_not_done),
		TEST(no_value_leaves_its_attribute),
		TEST(broken_letters_and_control_characters_become_marks),
		TEST(bytes_of_a_given_length_are_escaped_to_their_end),
		TEST(every_single_byte_leaves_no_markup),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
