#include "app/kiosk/speech.h"

#include "app/base/text.h"
#include "app/village/say.h"
#include "ui/button.h"

#include <string.h>

enum { SPEECH_BYTES = 8 * 1024, CLIP_PAUSE_MS = 150 };

static const struct {
	const char *name; /* of an icon, or of a target */
	enum word word;
} named[] = {
	{"ledger.month-back", W_say_month_back},
	{"ledger.month-next", W_say_month_next},
	{"voucher.in", W_voucher_in},
	{"voucher.out", W_voucher_out},
	{"voucher.turn", W_voucher_turn},
	{"voucher.left", W_say_left},
	{"voucher.right", W_say_right},
	{"voucher.up", W_say_up},
	{"voucher.down", W_say_down},
	{"voucher.prev", W_say_page_back},
	{"voucher.next", W_say_page_on},
	{"project.earlier", W_say_pictures_back},
	{"project.later", W_say_pictures_on},
	{"key.shift", W_say_shift},
	{"key.mode", W_say_digits},
	{"key.comma", W_say_comma},
	{"key.stop", W_say_stop},
	{"key.del", W_say_del},
	{"key.back", W_say_del},
	{"key.space", W_say_space},
	{"back", W_nav_back},
	{"home", W_nav_home},
	{"del", W_say_del},
	{"up", W_nav_prev},
	{"down", W_nav_next},
	{"next", W_say_on},
	{"close", W_say_close},
	{"pen", W_say_write},
	{"mic", W_say_mic},
	{"camera", W_say_camera},
	{"search", W_say_search},
	{"text", W_nav_size},
	{"globe", W_nav_language},
	{"ear", W_nav_listen},
	{"speaker", W_nav_speak},
	{"undo", W_say_undo},
	{"trash", W_say_del},
	{"plus", W_say_plus},
	{"minus", W_say_minus},
};

void speech_outline(const struct ui *u, struct ui_outline *out)
{
	ui_outline_make(&u->list, ui_bar_rect(u).y, ui_px(u, UI_H3) + 5, out);
}

static enum word name_of(const char *name)
{
	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
		if (name[0] != 0 && strcmp(named[i].name, name) == 0)
			return named[i].word;
	return WORD_COUNT;
}

static enum word name_of_item(const struct ui_item *item)
{
	enum word w = name_of(item->id);
	return w != WORD_COUNT ? w : name_of(item->icon);
}

static bool is_seal(const char *line, size_t len)
{
	return len == 3 && (memcmp(line, "收", 3) == 0 || memcmp(line, "支", 3) == 0);
}

/* An amount that says by its sign which way the money went. */
static bool is_signed(const char *line, size_t len)
{
	return len > 3 && (line[0] == '+' || memcmp(line, "−", 3) == 0);
}

static const char *find(const char *s, size_t len, const char *what)
{
	return memmem(s, len, what, strlen(what));
}

struct lines {
	const char *s, *end, *at;
	size_t len;
};

static bool next_line(struct lines *l)
{
	if (l->at >= l->end)
		return false;
	const char *stop = memchr(l->at, '\n', (size_t)(l->end - l->at));
	l->s = l->at;
	l->len = (size_t)((stop == NULL ? l->end : stop) - l->at);
	l->at = stop == NULL ? l->end : stop + 1;
	return true;
}

static struct lines lines_of(const struct ui_outline *o, const struct ui_item *item)
{
	const char *s = ui_outline_text(o, item);
	return (struct lines){.at = s, .end = s + item->text_len};
}

static void pause(struct buf *out, const char *mark)
{
	const char *s = buf_str(out);
	size_t n = out->len;
	if (n == 0 || (n >= 3 && (strcmp(s + n - 3, "，") == 0 || strcmp(s + n - 3, "。") == 0)))
		return;
	buf_text(out, mark);
}

/* One line in Chinese; a heading like 收入 · 万元 gives its unit to the numbers below it. */
static void chinese_line(const struct lines *l, bool sealed, bool *wan, struct buf *out)
{
	const char *unit = find(l->s, l->len, " · 万元");
	if (is_seal(l->s, l->len)) {
		if (!sealed)
			buf_text(out, l->s[0] == "收"[0] && memcmp(l->s, "收", 3) == 0 ? "收入"
										       : "支出");
		return;
	}
	if (unit != NULL) {
		*wan = true;
		say_text(l->s, (size_t)(unit - l->s), out);
	} else if (*wan) {
		say_text_wan(l->s, l->len, out);
		*wan = false;
	} else {
		say_text(l->s, l->len, out);
	}
}

/* Signs that are words when they are heard. */
static size_t english_sign(const char *s, size_t left, bool word_before, struct buf *out)
{
	static const struct {
		const char *sign, *words;
	} sign[] = {{" · ", ", "}, {"▲ ", "up "}, {"▼ ", "down "}, {"¥10k", "ten thousand yuan"}};
	for (size_t i = 0; i < sizeof sign / sizeof sign[0]; i++) {
		size_t n = strlen(sign[i].sign);
		if (left >= n && memcmp(s, sign[i].sign, n) == 0) {
			buf_text(out, sign[i].words);
			return n;
		}
	}
	if (left < 3 || memcmp(s, "–", 3) != 0)
		return 0;
	buf_text(out, word_before ? " to " : "");
	return 3;
}

/* A figure; one that counts ten thousands, by its unit or by `wan`, is said in yuan. */
static size_t english_figure(const char *s, size_t left, bool wan, struct buf *out)
{
	static const char unit[] = " × ¥10k";
	unsigned long long value = 0;
	size_t n = 0, decimals = 0;
	bool point = false;
	for (; n < left && decimals < 4; n++) {
		bool is_point =
			s[n] == '.' && !point && n + 1 < left && s[n + 1] >= '0' && s[n + 1] <= '9';
		if (s[n] >= '0' && s[n] <= '9' && value < 100000000000000ULL) {
			value = value * 10 + (unsigned long long)(s[n] - '0');
			decimals += point;
		} else if (is_point) {
			point = true;
		} else if (s[n] != ',' || n + 1 >= left || s[n + 1] < '0' || s[n + 1] > '9') {
			break;
		}
	}
	bool has_unit = left - n >= sizeof unit - 1 && memcmp(s + n, unit, sizeof unit - 1) == 0;
	if (!has_unit && !wan) {
		buf_add(out, s, n);
		return n;
	}
	for (; decimals < 4; decimals++)
		value *= 10;
	buf_print(out, "%llu yuan", value);
	return n + (has_unit ? sizeof unit - 1 : 0);
}

static void english_text(const char *s, size_t len, bool wan, struct buf *out)
{
	for (size_t i = 0; i < len;) {
		bool before = i > 0 && s[i - 1] != ' ';
		size_t n = s[i] >= '0' && s[i] <= '9' ? english_figure(s + i, len - i, wan, out)
						      : english_sign(s + i, len - i, before, out);
		if (n == 0)
			buf_add(out, s + i, 1);
		i += n == 0 ? 1 : n;
	}
}

static void english_line(const struct lines *l, bool sealed, bool *wan, struct buf *out)
{
	const char *unit = find(l->s, l->len, " · ¥10k");
	if (is_seal(l->s, l->len)) {
		if (!sealed)
			buf_text(out, memcmp(l->s, "收", 3) == 0 ? "income" : "spent");
		return;
	}
	size_t sign = !is_signed(l->s, l->len) ? 0 : l->s[0] == '+' ? 1 : 3;
	if (sign > 0)
		buf_text(out, sign == 1 ? "income " : "spent ");
	if (unit != NULL) {
		english_text(l->s, (size_t)(unit - l->s), false, out);
		*wan = true;
		return;
	}
	english_text(l->s + sign, l->len - sign, *wan, out);
	*wan = false;
}

/* Digits of a receipt one by one, however they are spaced. */
static bool say_code(const struct ui_outline *o, const struct ui_item *item, struct buf *out)
{
	const char *s = ui_outline_text(o, item);
	for (uint32_t i = 0; i < item->text_len; i++)
		if ((s[i] < '0' || s[i] > '9') && s[i] != ' ' && s[i] != '\n')
			return false;
	if (item->text_len > 0)
		say_digits(s, item->text_len, out);
	return item->text_len > 0;
}

void speech_words(enum language lang, const struct ui_outline *o, const struct ui_item *item,
		  struct buf *out)
{
	bool sealed = false, wan = false;
	for (struct lines l = lines_of(o, item); next_line(&l);)
		sealed = sealed || is_signed(l.s, l.len) ||
			 (l.len >= 6 &&
			  (memcmp(l.s, "收入", 6) == 0 || memcmp(l.s, "支出", 6) == 0));
	if (item->secret && say_code(o, item, out))
		return;
	/* What has a name of its own is called by it; an icon only where there are no words. */
	enum word w = item->text_len == 0 ? name_of_item(item) : name_of(item->id);
	if (w != WORD_COUNT) {
		buf_text(out, words_get(lang, w));
		return;
	}
	for (struct lines l = lines_of(o, item); next_line(&l);) {
		pause(out, lang == LANG_ZH ? "，" : ", ");
		if (lang == LANG_ZH)
			chinese_line(&l, sealed, &wan, out);
		else
			english_line(&l, sealed, &wan, out);
	}
	const char *end = buf_str(out);
	if (out->len >= 3 && strcmp(end + out->len - 3, "，") == 0)
		buf_cut(out, out->len - 3);
}

void speech_heading(enum language lang, const struct ui_outline *o, const struct ui_item *item,
		    char *out, size_t size)
{
	struct lines l = lines_of(o, item);
	enum word w = name_of_item(item);
	out[0] = 0;
	if (item->text_len != 0)
		w = name_of(item->id);
	if (w != WORD_COUNT)
		text_copy(out, size, words_get(lang, w), strlen(words_get(lang, w)));
	while (out[0] == 0 && next_line(&l))
		if (!is_seal(l.s, l.len))
			text_copy(out, size, l.s, l.len);
}

static bool han(uint32_t c)
{
	return c >= 0x2e80;
}

static void say_chinese(const struct speech_road *r, const char *words, size_t len)
{
	static struct clip_part part[CLIP_PARTS_MAX];
	static const struct clip_set none;
	size_t parts = clip_parts(r->pack == NULL ? &none : &r->pack->set, words, len, part,
				  CLIP_PARTS_MAX);
	struct buf pinyin;
	buf_init(&pinyin, SPEECH_BYTES);
	for (size_t i = 0; i < parts; i++) {
		char file[CLIP_NAME + 8];
		buf_clear(&pinyin);
		pronounce_text(r->pronounce, part[i].words, part[i].len, &pinyin);
		if (!part[i].recorded) {
			ui_voice_say(r->voice, UI_VOICE_PINYIN, buf_str(&pinyin), pinyin.len);
			continue;
		}
		clip_name(part[i].id, file);
		memcpy(file + CLIP_NAME, ".opus", sizeof ".opus");
		ui_voice_clip(r->voice, r->pack->folder, file, buf_str(&pinyin),
			      part[i].pause ? CLIP_PAUSE_MS : 0);
	}
	buf_wipe(&pinyin);
	explicit_bzero(part, parts * sizeof part[0]);
}

void speech_say(const struct speech_road *r, enum language lang, const char *words, size_t len)
{
	if (lang == LANG_ZH) {
		say_chinese(r, words, len);
		return;
	}
	/* English with Chinese names in it: each in its own tongue. */
	for (size_t at = 0; at < len;) {
		size_t from = at, next = at;
		bool chinese = han(text_next(words, len, &next));
		while (at < len) {
			next = at;
			if (han(text_next(words, len, &next)) != chinese)
				break;
			at = next;
		}
		if (!chinese) {
			ui_voice_say(r->voice, UI_VOICE_ENGLISH, words + from, at - from);
			continue;
		}
		struct buf said;
		buf_init(&said, SPEECH_BYTES);
		say_text(words + from, at - from, &said);
		say_chinese(r, buf_str(&said), said.len);
		buf_wipe(&said);
	}
}
