#include "app/kiosk/words.h"

#include <stdio.h>
#include <string.h>

static const char *const sentence[WORD_COUNT][LANG_COUNT] = {
#define WORD(name, zh, en) [W_##name] = {zh, en},
#include "app/kiosk/words_table.inc"
#undef WORD
};

static struct {
	char text[WORD_ROOM][WORD_BYTES];
	int next;
} room;

static char *fresh(void)
{
	char *at = room.text[room.next];
	room.next = (room.next + 1) % WORD_ROOM;
	return at;
}

const char *words_get(enum language lang, enum word w)
{
	return sentence[w][lang];
}

static const char *value_of(const struct word_arg *args, const char *name, size_t len)
{
	for (int i = 0; i < WORD_ARGS && args[i].name != NULL; i++)
		if (strlen(args[i].name) == len && memcmp(args[i].name, name, len) == 0)
			return args[i].value;
	return "";
}

const char *words_fill(enum language lang, enum word w, const struct word_arg *args)
{
	char *out = fresh();
	size_t used = 0;
	for (const char *p = sentence[w][lang]; *p != 0;) {
		const char *close = *p == '{' ? strchr(p, '}') : NULL;
		const char *add = p;
		size_t len = 1;
		if (close != NULL) {
			add = value_of(args, p + 1, (size_t)(close - p - 1));
			len = strlen(add);
			p = close;
		}
		if (used + len >= WORD_BYTES)
			break;
		memcpy(out + used, add, len);
		used += len;
		p++;
	}
	out[used] = 0;
	return out;
}

void words_wipe(void)
{
	explicit_bzero(room.text, sizeof room.text);
}

static const char *const month_name[] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

const char *words_day(enum language lang, int day)
{
	char *out = fresh();
	int month = day / 100 % 100;
	if (month < 1 || month > 12)
		month = 0;
	if (lang == LANG_EN)
		snprintf(out, WORD_BYTES, "%s %d", month_name[month], day % 100);
	else
		snprintf(out, WORD_BYTES, "%d 月 %d 日", month, day % 100);
	return out;
}

const char *words_month(enum language lang, int month)
{
	char *out = fresh();
	if (lang == LANG_EN)
		snprintf(out, WORD_BYTES, "%s", month_name[month >= 1 && month <= 12 ? month : 0]);
	else
		snprintf(out, WORD_BYTES, "%d 月", month);
	return out;
}

const char *words_weekday(enum language lang, int weekday)
{
	static const char *const name[LANG_COUNT][7] = {
		{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"},
		{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	};
	return name[lang][weekday >= 0 && weekday < 7 ? weekday : 0];
}

const char *words_number(long long n)
{
	char *out = fresh();
	snprintf(out, WORD_BYTES, "%lld", n);
	return out;
}
