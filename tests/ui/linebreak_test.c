/* linebreak_test.c - lines are broken where Unicode says, for the scripts that are used here; where
 * they are not, tests/ui/linebreak_differences.txt says why.
 *
 * Unicode's own samples (LineBreakTest.txt of Debian's unicode-data) are run over
 * ui_paragraph_breaks. A difference is two neighbours and what happens between them; each must
 * stand in the list as often as it is found, and nothing may stand there that is not found. */
#include "ui/paragraph.h"

#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char samples[] = "/usr/share/unicode/auxiliary/LineBreakTest.txt",
		  list[] = "tests/ui/linebreak_differences.txt";

enum { LINE = 4096, POINTS = 64, DIFFERENCES = 512 };

/* Chinese, English, Tibetan, Yi, Lisu, Tai Le, New Tai Lue, Pollard Miao, and the signs that stand
 * between them; one Thai letter stands for scripts without spaces. */
static bool is_used(uint32_t c)
{
	static const uint32_t range[][2] = {
		{0x0009, 0x024f},   {0x0300, 0x036f},  {0x0e01, 0x0e01}, {0x0f00, 0x0fff},
		{0x1950, 0x19df},   {0x2000, 0x206f},  {0x20a0, 0x20cf}, {0x2100, 0x214f},
		{0x2190, 0x2bff},   {0x2e80, 0x303f},  {0x31c0, 0x31ef}, {0x3200, 0x9fff},
		{0xa000, 0xa4ff},   {0xf900, 0xfaff},  {0xfe10, 0xfe4f}, {0xff00, 0xffef},
		{0x16f00, 0x16f9f}, {0x20000, 0x3134f}};
	for (size_t i = 0; i < sizeof range / sizeof range[0]; i++)
		if (c >= range[i][0] && c <= range[i][1])
			return true;
	return false;
}

struct sample {
	char text[POINTS * 4 + 1];
	size_t len, points;
	uint32_t point[POINTS];
	size_t end[POINTS];  /* byte behind it */
	bool breaks[POINTS]; /* before it */
};

static size_t put(uint32_t c, char *out)
{
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char head[] = {0, 0, 0xc0, 0xe0, 0xf0};
	for (size_t i = n; i > 1; i--, c >>= 6)
		out[i - 1] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)(head[n] | c);
	return n;
}

/* "× 0023 ÷ 2014 ÷	# ..."; false for remarks and scripts that are not used. */
static bool read_sample(char *line, struct sample *s)
{
	bool used = true;
	char *remark = strchr(line, '#');
	if (remark != NULL)
		*remark = 0;
	*s = (struct sample){0};
	for (char *word = strtok(line, " \t\n"); word != NULL; word = strtok(NULL, " \t\n")) {
		if (strcmp(word, "÷") == 0 || strcmp(word, "×") == 0) {
			s->breaks[s->points] = strcmp(word, "÷") == 0;
			continue;
		}
		uint32_t c = (uint32_t)strtoul(word, NULL, 16);
		assert_true(s->points + 1 < POINTS);
		used = used && is_used(c);
		s->len += put(c, s->text + s->len);
		s->end[s->points] = s->len;
		s->point[s->points++] = c;
	}
	return used && s->points > 0;
}

/* --- differences --- */

static struct difference {
	bool breaks; /* here, where Unicode does not; else the other way round */
	uint32_t before, after;
	int found, listed;
} difference[DIFFERENCES];
static size_t differences;

static struct difference *difference_of(bool breaks, uint32_t before, uint32_t after)
{
	for (size_t i = 0; i < differences; i++) {
		struct difference *d = &difference[i];
		if (d->breaks == breaks && d->before == before && d->after == after)
			return d;
	}
	assert_true(differences < DIFFERENCES);
	difference[differences] = (struct difference){breaks, before, after, 0, 0};
	return &difference[differences++];
}

static void compare(const struct sample *s)
{
	for (size_t i = 1; i < s->points; i++) {
		bool breaks = ui_paragraph_breaks(s->text, s->len, s->end[i - 1]);
		if (breaks != s->breaks[i])
			difference_of(breaks, s->point[i - 1], s->point[i])->found++;
	}
}

/* "keeps 0020 0025 57", below a reason that begins with #. */
static void read_list(void)
{
	char line[LINE], what[8];
	unsigned before, after;
	int times;
	bool reason = false;
	FILE *f = fopen(list, "r");
	assert_non_null(f);
	while (fgets(line, sizeof line, f) != NULL) {
		if (line[0] == '#' || line[0] == '\n') {
			reason = line[0] == '#';
			continue;
		}
		if (!reason || sscanf(line, "%7s %x %x %d", what, &before, &after, &times) != 4)
			fail_msg("%s: %s has no reason or is no difference", list, line);
		difference_of(strcmp(what, "breaks") == 0, before, after)->listed = times;
	}
	fclose(f);
}

static void lines_break_where_unicode_says_or_the_list_says_why(void **state)
{
	(void)state;
	static char line[LINE];
	struct sample s;
	int run = 0, wrong = 0, positions = 0;
	FILE *f = fopen(samples, "r");
	if (f == NULL) {
		print_message("ok # SKIP unicode-data is not installed\n");
		skip();
	}
	read_list();
	while (fgets(line, sizeof line, f) != NULL)
		if (read_sample(line, &s)) {
			compare(&s);
			run++;
		}
	fclose(f);
	for (size_t i = 0; i < differences; i++) {
		const struct difference *d = &difference[i];
		positions += d->found;
		if (d->found == d->listed)
			continue;
		wrong++;
		print_error("%s %04X %04X %d (listed %d)\n", d->breaks ? "breaks" : "keeps",
			    d->before, d->after, d->found, d->listed);
	}
	printf("# count %d samples, %d differences of %zu kinds, all with their reason\n", run,
	       positions, differences);
	assert_int_equal(wrong, 0);
	assert_true(run > 2000);
}

/* --- what libunibreak cannot bear --- */

static void no_text_ends_the_program(void **state)
{
	(void)state;
	static const char *const text[] = {"村里🇨🇳公开",
					   "🇨🇳🇨🇳🇨",
					   "a🇨",
					   "\xef\xbf\xbf字",
					   "字\xef\xbf\xbf字",
					   "👨‍👩‍👧 三口人"};
	for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
		for (size_t at = 1; at < strlen(text[i]); at++)
			(void)ui_paragraph_breaks(text[i], strlen(text[i]), at);
	/* Every character once, beside a letter, a Chinese one and itself. */
	for (uint32_t c = 1; c < 0x110000; c++) {
		char s[16];
		size_t n = put('a', s);
		if (c >= 0xd800 && c < 0xe000)
			continue;
		n += put(c, s + n);
		n += put(c, s + n);
		n += put(0x6751, s + n);
		(void)ui_paragraph_breaks(s, n, 1);
	}
}

static void a_flag_stays_whole(void **state)
{
	(void)state;
	static const char two[] = "🇨🇳🇨🇳";
	assert_false(ui_paragraph_breaks(two, sizeof two - 1, 4));
	assert_true(ui_paragraph_breaks(two, sizeof two - 1, 8));
	assert_false(ui_paragraph_breaks(two, sizeof two - 1, 12));
}

static void an_english_word_stays_whole(void **state)
{
	(void)state;
	static const char word[] = "the village’s own";
	for (size_t at = 5; at < strlen("the village’s"); at++)
		assert_false(ui_paragraph_breaks(word, sizeof word - 1, at));
	static const char quoted[] = "他说‘好’字";
	assert_true(ui_paragraph_breaks(quoted, sizeof quoted - 1, strlen("他说‘好’")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_break_where_unicode_says_or_the_list_says_why),
		cmocka_unit_test(no_text_ends_the_program),
		cmocka_unit_test(a_flag_stays_whole),
		cmocka_unit_test(an_english_word_stays_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
