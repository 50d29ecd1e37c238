/* written.h - amounts as a bank writes them, by a writer of the tests' own. */
#pragma once
#include "app/base/buf.h"

#include <stdbool.h>
#include <stdint.h>

static inline uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* Short and long amounts equally often, many zeros among the digits. */
static inline int64_t random_fen(uint64_t *seed)
{
	int64_t v = 0;
	for (int digits = (int)(next_random(seed) % 13) + 1; digits > 0; digits--)
		v = v * 10 + (next_random(seed) % 3 == 0 ? 0 : (int64_t)(next_random(seed) % 10));
	return v;
}

/* --- a writer of its own, after the bank's rules (支付结算办法, 附一) --- */

static const char *const capital[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
static const char *const everyday[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

static inline void write_section(struct buf *out, int v, bool *zero, bool capitals)
{
	static const char *const places[2][4] = {{"千", "百", "十", ""}, {"仟", "佰", "拾", ""}};
	static const int size[] = {1000, 100, 10, 1};
	for (int i = 0; i < 4; i++) {
		int digit = v / size[i] % 10;
		if (digit == 0) {
			*zero = true;
			continue;
		}
		if (*zero && out->len > 0)
			buf_text(out, "零");
		*zero = false;
		buf_print(out, "%s%s", capitals ? capital[digit] : everyday[digit],
			  places[capitals][i]);
	}
}

static inline void write_capital(struct buf *out, int64_t fen, bool capitals)
{
	static const struct {
		int64_t size;
		const char *word;
	} section[] = {{100000000, "亿"}, {10000, "万"}, {1, ""}};
	int64_t yuan = fen / 100;
	int jiao = (int)(fen / 10 % 10), rest = (int)(fen % 10);
	bool zero = false;
	buf_clear(out);
	for (int i = 0; i < 3; i++) {
		int v = (int)(yuan / section[i].size % 10000);
		if (v == 0) {
			zero = true;
			continue;
		}
		write_section(out, v, &zero, capitals);
		buf_text(out, section[i].word);
		zero = v % 10 == 0 && zero;
	}
	if (yuan > 0 || fen == 0)
		buf_print(out, "%s元", yuan == 0 ? "零" : "");
	if (jiao > 0)
		buf_print(out, "%s角", capitals ? capital[jiao] : everyday[jiao]);
	if (rest > 0)
		buf_print(out, "%s%s分", jiao == 0 && yuan > 0 ? "零" : "",
			  capitals ? capital[rest] : everyday[rest]);
	if (rest == 0)
		buf_text(out, "整");
}
