#include "app/village/capital.h"

#include "app/base/text.h"
#include "app/village/money.h"

enum kind { DIGIT, PLACE, SECTION, YUAN, JIAO, FEN, WHOLE, MINUS, NOISE, BEFORE, OTHER };

static const struct sign {
	uint32_t code;
	enum kind kind;
	int64_t value;
} signs[] = {
	{0x96f6, DIGIT, 0},
	{0x3007, DIGIT, 0},
	{0x25cb, DIGIT, 0}, /* 零 〇 ○ */
	{0x58f9, DIGIT, 1},
	{0x4e00, DIGIT, 1}, /* 壹 一 */
	{0x8d30, DIGIT, 2},
	{0x8cb3, DIGIT, 2},
	{0x5f0d, DIGIT, 2}, /* 贰 貳 弍 */
	{0x4e8c, DIGIT, 2},
	{0x4e24, DIGIT, 2}, /* 二 两 */
	{0x53c1, DIGIT, 3},
	{0x53c4, DIGIT, 3},
	{0x4e09, DIGIT, 3}, /* 叁 叄 三 */
	{0x8086, DIGIT, 4},
	{0x56db, DIGIT, 4}, /* 肆 四 */
	{0x4f0d, DIGIT, 5},
	{0x4e94, DIGIT, 5}, /* 伍 五 */
	{0x9646, DIGIT, 6},
	{0x9678, DIGIT, 6},
	{0x516d, DIGIT, 6}, /* 陆 陸 六 */
	{0x67d2, DIGIT, 7},
	{0x4e03, DIGIT, 7}, /* 柒 七 */
	{0x634c, DIGIT, 8},
	{0x516b, DIGIT, 8}, /* 捌 八 */
	{0x7396, DIGIT, 9},
	{0x4e5d, DIGIT, 9}, /* 玖 九 */
	{0x62fe, PLACE, 10},
	{0x5341, PLACE, 10}, /* 拾 十 */
	{0x4f70, PLACE, 100},
	{0x767e, PLACE, 100}, /* 佰 百 */
	{0x4edf, PLACE, 1000},
	{0x5343, PLACE, 1000}, /* 仟 千 */
	{0x4e07, SECTION, 10000},
	{0x842c, SECTION, 10000}, /* 万 萬 */
	{0x4ebf, SECTION, 100000000},
	{0x5104, SECTION, 100000000}, /* 亿 億 */
	{0x5143, YUAN, 0},
	{0x5706, YUAN, 0},
	{0x5713, YUAN, 0}, /* 元 圆 圓 */
	{0x89d2, JIAO, 10},
	{0x5206, FEN, 1}, /* 角 分 */
	{0x6574, WHOLE, 0},
	{0x6b63, WHOLE, 0}, /* 整 正 */
	{0x8d1f, MINUS, 0}, /* 负 */
	{' ', NOISE, 0},
	{0x3000, NOISE, 0},
	{0xa0, NOISE, 0},
	{0xffe5, BEFORE, 0},
	{0xa5, BEFORE, 0}, /* ￥ ¥ */
	{0x4eba, BEFORE, 0},
	{0x6c11, BEFORE, 0},
	{0x5e01, BEFORE, 0}, /* 人民币 */
};

static struct sign sign_of(uint32_t c)
{
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (signs[i].code == c)
			return signs[i];
	return (struct sign){c, OTHER, 0};
}

struct reading {
	int64_t whole;   /* sections that ended, in yuan */
	int64_t section; /* the one under work */
	int64_t place;   /* last place in it; 10000 at its beginning */
	int64_t above;   /* last 万 or 亿 */
	int digit;       /* waiting for its place; -1: none */
	bool zero;       /* a 零 since the last figure */
	int64_t fen;
	enum kind ended; /* DIGIT while before 元, then YUAN, JIAO, FEN, WHOLE */
	bool any;
};

/* 五 after 千 without 零 may mean 五百 (一千五): not read. */
static bool end_section(struct reading *r)
{
	bool skipped = r->place > 10 && (r->place < 10000 || r->whole > 0);
	if (SEEDED_BUG != 31 && r->digit > 0 && skipped && !r->zero)
		return false;
	r->section += r->digit > 0 ? r->digit : 0;
	r->digit = -1;
	return true;
}

static bool take_digit(struct reading *r, int digit)
{
	if (r->digit > 0 || r->ended == FEN || r->ended == WHOLE)
		return false;
	r->zero = r->zero || digit == 0;
	r->digit = digit;
	return true;
}

static bool take_place(struct reading *r, int64_t place)
{
	if (r->ended != DIGIT || place >= r->place)
		return false;
	if (r->digit < 0) { /* 拾元, 拾贰元 */
		if (place != 10 || r->place != 10000 || r->whole > 0)
			return false;
		r->digit = 1;
	}
	r->section += r->digit * place;
	r->zero = r->zero && r->digit == 0;
	r->place = place;
	r->digit = -1;
	return true;
}

static bool take_section(struct reading *r, int64_t section)
{
	if (r->ended != DIGIT || section >= r->above || !end_section(r) ||
	    (r->section == 0 && !r->zero))
		return false;
	r->whole += r->section * section;
	r->above = section;
	r->section = 0;
	r->place = 10000;
	r->zero = false;
	return true;
}

static bool take_yuan(struct reading *r)
{
	if (r->ended != DIGIT || !end_section(r) || !r->any)
		return false;
	r->ended = YUAN;
	r->zero = false;
	return true;
}

static bool take_part(struct reading *r, enum kind kind, int64_t value)
{
	bool first = r->ended == DIGIT; /* 伍角: no yuan at all */
	if (r->digit < 0 || r->ended >= kind ||
	    (first && (r->whole > 0 || r->section > 0 || r->place != 10000)))
		return false;
	r->fen += r->digit * value;
	r->digit = -1;
	r->ended = kind;
	return true;
}

static bool take_whole(struct reading *r)
{
	if (r->ended == DIGIT && !take_yuan(r)) /* 壹万整 */
		return false;
	if (r->digit > 0 || r->ended == WHOLE)
		return false;
	r->digit = -1;
	r->ended = WHOLE;
	return true;
}

static bool take(struct reading *r, const struct sign *s)
{
	bool taken = false;
	switch (s->kind) {
	case DIGIT:
		taken = take_digit(r, (int)s->value);
		break;
	case PLACE:
		taken = take_place(r, s->value);
		break;
	case SECTION:
		taken = take_section(r, s->value);
		break;
	case YUAN:
		taken = take_yuan(r);
		break;
	case JIAO:
	case FEN:
		taken = take_part(r, s->kind, s->value);
		break;
	case WHOLE:
		taken = take_whole(r);
		break;
	case MINUS:
	case NOISE:
	case BEFORE:
	case OTHER:
		break;
	}
	r->any = true;
	return taken;
}

enum err capital_parse(const char *text, size_t len, int64_t *fen)
{
	struct reading r = {.place = 10000, .above = INT64_MAX, .digit = -1, .ended = DIGIT};
	bool negative = false;
	for (size_t at = 0; at < len;) {
		struct sign s = sign_of(text_next(text, len, &at));
		if (s.kind == NOISE || (s.kind == BEFORE && !r.any))
			continue;
		if (s.kind == MINUS && !r.any && !negative)
			negative = true;
		else if (!take(&r, &s))
			return ERR_CORRUPT;
	}
	if (r.ended == DIGIT || r.digit > 0)
		return ERR_CORRUPT;
	int64_t yuan = r.whole + r.section;
	if (yuan > MONEY_FEN_MAX / 100)
		return ERR_FULL;
	*fen = yuan * 100 + r.fen;
	if (*fen > MONEY_FEN_MAX)
		return ERR_FULL;
	if (negative)
		*fen = -*fen;
	return OK;
}
