/* pronounce_test.c - words of the village are read as the village reads them: 银行 is no yinxing.
 */
#include "tests/test.h"

#include "app/village/pronounce.h"
#include "app/village/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct pronounce *table;

static const char *read(const char *text)
{
	static struct buf b;
	buf_free(&b);
	buf_init(&b, 4096);
	pronounce_text(table, text, strlen(text), &b);
	return buf_str(&b);
}

static void check(const char *text, const char *wanted)
{
	assert_string_equal(read(text), wanted);
}

static void words_of_the_village_are_read_right(void **state)
{
	(void)state;
	check("银行", "yin2 hang2");
	check("重庆", "chong2 qing4");
	check("行长", "hang2 zhang3");
	check("农行行长", "nong2 hang2 hang2 zhang3");
	check("村行", "cun1 hang2");
	check("长期", "chang2 qi1");
	check("还款", "huan2 kuan3");
	check("还有", "hai2 you3");
	check("调解", "tiao2 jie3");
	check("调查", "diao4 cha2");
	check("发放", "fa1 fang4");
	check("会计", "kuai4 ji4");
	check("会议", "hui4 yi4");
	check("数目", "shu4 mu4");
	check("重点项目", "zhong4 dian3 xiang4 mu4");
	check("种植补贴", "zhong4 zhi2 bu3 tie1");
	check("退耕还林", "tui4 geng1 huan2 lin2");
	check("女儿", "nv3 er2");
	check("村务公开", "cun1 wu4 gong1 kai1");
	check("草坝镇", "cao3 ba4 zhen4");
	check("不对？", "bu2 dui4");
}

static void the_longest_word_wins(void **state)
{
	(void)state;
	check("目的地", "mu4 di4 di4");
	check("目的", "mu4 di4");
	check("丢三落四", "diu1 san1 la4 si4");
}

static void yi_and_bu_change_their_tones(void **state)
{
	(void)state;
	check("一百", "yi4 bai3");
	check("一万", "yi2 wan4");
	check("一千", "yi4 qian1");
	check("一个", "yi2 ge4");
	check("十一", "shi2 yi1");
	check("第一页", "di4 yi1 ye4");
	check("一月", "yi1 yue4");
	check("二〇一二年", "er4 ling2 yi1 er4 nian2");
	check("一百一十元", "yi4 bai3 yi1 shi2 yuan2");
	check("不是", "bu2 shi4");
	check("不好", "bu4 hao3");
	check("一事一议", "yi2 shi4 yi2 yi4");
}

static void pauses_are_kept_and_letters_named(void **state)
{
	(void)state;
	check("收入，一元。", "shou1 ru4 , yi4 yuan2 .");
	check("QR", "kiu1 a4");
	check("b", "bo1");
	check("", "");
}

/* Every line of the table is read as it says, alone and inside a sentence. */
static void every_word_of_the_table_is_read_so(void **state)
{
	char line[256], in[512], out[512];
	int count = 0;
	FILE *f = fopen("assets/speech/polyphones.txt", "r");
	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof line, f) != NULL) {
		char *blank = strchr(line, ' ');
		line[strcspn(line, "\n")] = 0;
		if (line[0] == '#')
			continue;
		assert_non_null(blank);
		*blank = 0;
		snprintf(in, sizeof in, "，%s，", line);
		snprintf(out, sizeof out, ", %s ,", blank + 1);
		check(in, out);
		count++;
	}
	fclose(f);
	assert_true(count >= 150);
	printf("# count words read otherwise: %d\n", count);
}

static void every_common_character_has_a_reading(void **state)
{
	(void)state;
	char text[4] = {0};
	int without = 0;
	for (unsigned c = 0x4e00; c <= 0x9fa5; c++) {
		text[0] = (char)(0xe0 | c >> 12);
		text[1] = (char)(0x80 | (c >> 6 & 63));
		text[2] = (char)(0x80 | (c & 63));
		without += read(text)[0] == 0;
	}
	assert_true(without <= 10);
}

static void a_table_that_cannot_be_read_is_refused(void **state)
{
	char folder[] = "/tmp/elutong-speech-XXXXXX", path[64];
	struct pronounce *p;
	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_int_equal(pronounce_open(folder, &p), ERR_MISSING);
	snprintf(path, sizeof path, "%s/readings.txt", folder);
	FILE *f = fopen(path, "w");
	fputs("yin2 银\n", f);
	fclose(f);
	snprintf(path, sizeof path, "%s/polyphones.txt", folder);
	f = fopen(path, "w");
	fputs("银行 yin2\n", f);
	fclose(f);
	assert_int_equal(pronounce_open(folder, &p), ERR_CORRUPT);
	remove(path);
	snprintf(path, sizeof path, "%s/readings.txt", folder);
	remove(path);
	remove(folder);
}

static int setup(void **state)
{
	(void)state;
	return pronounce_open("assets/speech", &table) == OK ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	read("");
	pronounce_close(table);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_the_village_are_read_right),
		cmocka_unit_test(the_longest_word_wins),
		cmocka_unit_test(yi_and_bu_change_their_tones),
		cmocka_unit_test(pauses_are_kept_and_letters_named),
		cmocka_unit_test(every_word_of_the_table_is_read_so),
		cmocka_unit_test(every_common_character_has_a_reading),
		cmocka_unit_test(a_table_that_cannot_be_read_is_refused),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
