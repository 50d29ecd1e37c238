#include "app/kiosk/source.h"

#include "app/base/buf.h"
#include "app/kiosk/facts.h"
#include "ui/label.h"

#include <stdio.h>
#include <string.h>

static void add(struct buf *out, const char *words)
{
	buf_print(out, "%s%s", out->len > 0 ? " · " : "", words);
}

const char *source_words(struct kiosk *k, const struct shelf *shelf, uint64_t number, bool both)
{
	static char text[WORD_BYTES];
	const struct shelf_signer *by = shelf == NULL ? NULL : shelf_signed(shelf, number);
	enum books_road road = BOOKS_ROAD_UNKNOWN;
	struct buf out, day;
	text[0] = 0;
	if (by == NULL)
		return text;
	buf_init(&out, sizeof text);
	buf_init(&day, 64);
	fact_day(k, by->day, &day);
	const struct shelf_word *word = shelf_word(shelf, number);
	const char *village = word == NULL || !both ? "" : word->supervisor;
	const struct word_arg arg[] = {{"issuer", shelf->issuer},
				       {"day", buf_str(&day)},
				       {"who", by->approved_by},
				       {"village", village},
				       {NULL, NULL}};
	add(&out, words_fill(k->lang, W_source_signed, arg));
	add(&out, words_fill(k->lang, village[0] == 0 ? W_source_by : W_source_by_two, arg));
	if (k->books != NULL && books_road(k->books, shelf->place, number, &road) == OK &&
	    road != BOOKS_ROAD_UNKNOWN)
		add(&out, kiosk_word(k, road == BOOKS_ROAD_LINE ? W_source_line : W_source_stick));
	snprintf(text, sizeof text, "%s", buf_end(&out) == OK ? buf_str(&out) : "");
	buf_free(&out);
	buf_free(&day);
	return text;
}

/* On two lines a part is never torn: the last one that does not fit goes down whole. */
static void break_between(char *text, int px, int w)
{
	static const char between[] = " · ";
	char *last = NULL;
	for (char *at = strstr(text, between); at != NULL; at = strstr(at + 1, between)) {
		*at = 0;
		bool fits = ui_label_width(UI_REGULAR, px, text) <= w;
		*at = ' ';
		if (fits)
			last = at;
	}
	if (last != NULL) {
		*last = '\n';
		memmove(last + 1, last + sizeof between - 1, strlen(last + sizeof between - 1) + 1);
	}
}

const char *source_lines(struct kiosk *k, const struct shelf *shelf, uint64_t number, int px, int w)
{
	static char words[WORD_BYTES];
	snprintf(words, sizeof words, "%s", source_words(k, shelf, number, false));
	if (ui_label_width(UI_REGULAR, px, words) > w)
		break_between(words, px, w);
	return words;
}

static struct ui_rect foot(struct ui *u, struct ui_rect content, char *words)
{
	int px = ui_px(u, UI_CAPTION);
	if (ui_label_width(UI_REGULAR, px, words) > content.w)
		break_between(words, px, content.w);
	int h = ui_words_height(UI_REGULAR, px, content.w, 125, words);
	content.h -= h + 10;
	ui_words(u, (struct ui_rect){content.x, content.y + content.h, content.w, h},
		 ui_pen(UI_REGULAR, px, UI_INK2), 125, UI_LEFT, words);
	return content;
}

struct ui_rect source_foot(struct kiosk *k, struct ui *u, struct ui_rect content,
			   const struct shelf *shelf, uint64_t number)
{
	char words[WORD_BYTES];
	snprintf(words, sizeof words, "%s", source_words(k, shelf, number, true));
	return words[0] == 0 ? content : foot(u, content, words);
}

struct ui_rect source_foot_named(struct kiosk *k, struct ui *u, struct ui_rect content,
				 const struct shelf *shelf, uint64_t number)
{
	char words[WORD_BYTES];
	const struct word_arg whose[] = {
		{"what", shelf == NULL ? "" : kiosk_place(k, shelf->place)->name},
		{"who", source_words(k, shelf, number, true)},
		{NULL, NULL}};
	if (whose[1].value[0] == 0)
		return content;
	snprintf(words, sizeof words, "%s", words_fill(k->lang, W_project_who, whose));
	return foot(u, content, words);
}
