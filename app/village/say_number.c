/* say_number.c - numbers and amounts as words. */
#include "app/village/say.h"
#include "app/village/say_impl.h"

static const char *const digit_word[] = {"零", "一", "二", "三", "四",
					 "五", "六", "七", "八", "九"};

const char *say_digit(int d)
{
	return digit_word[d];
}

/* --- whole numbers --- */

/* 1..9999 of one section. `leading`: nothing was said before it. */
static void say_section(unsigned n, bool leading, struct buf *out)
{
	static const char *const unit[] = {"千", "百", "十", ""};
	static const unsigned size[] = {1000, 100, 10, 1};
	bool gap = false, any = false;
	for (int i = 0; i < 4; i++) {
		unsigned d = n / size[i] % 10;
		if (d == 0) {
			gap = any;
			continue;
		}
		if (gap)
			buf_text(out, digit_word[0]);
		/* 十二, not 一十二, where the number begins with it. */
		if (!(d == 1 && i == 2 && leading && !any))
			buf_text(out, d == 2 && i == 0 ? "两" : digit_word[d]);
		buf_text(out, unit[i]);
		any = true;
		gap = false;
	}
}

void say_number(uint64_t n, struct buf *out)
{
	static const char *const unit[] = {"亿", "万", ""};
	static const uint64_t size[] = {100000000, 10000, 1};
	bool any = false, gap = false;
	if (n == 0) {
		buf_text(out, digit_word[0]);
		return;
	}
	if (n >= 1000000000000) { /* beyond 9,999 times 亿 */
		say_number(n / 100000000, out);
		buf_text(out, "亿");
		n %= 100000000;
		any = true;
	}
	for (int i = 0; i < 3; i++) {
		unsigned section = (unsigned)(n / size[i] % 10000);
		if (section == 0) {
			gap = any;
			continue;
		}
		if (any && (gap || section < 1000))
			buf_text(out, digit_word[0]);
		if (section == 2 && i < 2)
			buf_text(out, "两");
		else
			say_section(section, !any, out);
		buf_text(out, unit[i]);
		any = true;
		gap = false;
	}
}

void say_fen(int64_t fen, struct buf *out)
{
	uint64_t v = fen < 0 ? (uint64_t)0 - (uint64_t)fen : (uint64_t)fen, yuan = v / 100;
	unsigned jiao = (unsigned)(v / 10 % 10), cents = (unsigned)(v % 10);
	if (fen < 0)
		buf_text(out, "负");
	if (yuan > 0 || v == 0) {
		if (yuan == 2)
			buf_text(out, "两");
		else
			say_number(yuan, out);
		buf_text(out, "元");
	}
	if (jiao > 0)
		buf_print(out, "%s角", jiao == 2 && yuan == 0 ? "两" : digit_word[jiao]);
	else if (cents > 0 && yuan > 0)
		buf_text(out, digit_word[0]);
	if (cents > 0)
		buf_print(out, "%s分", cents == 2 && v < 10 ? "两" : digit_word[cents]);
}

void say_digits(const char *digits, size_t len, struct buf *out)
{
	char d[DIGITS_MAX];
	size_t n = 0;
	for (size_t i = 0; i < len && n < sizeof d; i++)
		if (digits[i] >= '0' && digits[i] <= '9')
			d[n++] = digits[i];
	for (size_t i = 0; i < n; i++) {
		bool pause = n == 11 ? i == 3 || i == 7 : i > 0 && i % 4 == 0;
		if (pause)
			buf_text(out, "，");
		buf_text(out, digit_word[d[i] - '0']);
	}
}
