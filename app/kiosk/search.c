/* search.c - looking for a row by two characters, one, an amount, or the first letters of a place;
 * rows stand beside the keys as one types. What is typed is no secret and is kept nowhere. */
#include "app/base/text.h"
#include "app/kiosk/facts.h"
#include "app/kiosk/find.h"
#include "app/kiosk/input.h"
#include "app/kiosk/names.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/search_row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	CHARS_MAX = 20,
	TEXT_BYTES = 4 * CHARS_MAX + 1,
	LETTERS_LEAST = 2,
	OFFERS = 3,
	KEYS_W = 1080,
	FRESH_US =
		4000, /* spent at once on a new question, so that its rows are in the same frame */
	OWN_WORDS = 64
};

struct search_page {
	char text[TEXT_BYTES];
	bool township, asked;
	/* What the rows are about: the text, and the letters that stand for a name. */
	char asked_text[TEXT_BYTES], asked_letters[UI_KEYBOARD_LETTERS + 1];
	bool asked_township;
	struct query query;
	struct find *find;
	struct names *names;
	const struct name *offer[OFFERS]; /* what the letters may stand for */
	size_t offers;
	bool away; /* a row of another place is open */
	char place_before[PLACE_ID_MAX + 1];
};

/* --- life --- */

void search_page_moved(struct kiosk *k)
{
	struct search_page *p = k->search;
	if (p == NULL)
		return;
	find_close(p->find);
	names_close(p->names);
	p->find = NULL;
	p->names = NULL;
	p->offers = 0;
	p->asked = false;
}

/* Back from a row of another place, or home from it: what was looked at before is looked at again.
 */
static void come_back(struct kiosk *k, struct search_page *p)
{
	if (!p->away)
		return;
	p->away = false;
	snprintf(k->place, sizeof k->place, "%s", p->place_before);
	if (k->accounts != NULL)
		accounts_select(k->accounts, k->place);
}

void search_page_wipe(struct kiosk *k)
{
	struct search_page *p = k->search;
	if (p == NULL)
		return;
	come_back(k, p);
	find_close(p->find);
	struct names *names = p->names;
	explicit_bzero(p, sizeof *p);
	p->names = names;
	input_open_end(k);
	ui_scroll_forget(&k->ui, "search");
}

void search_page_close(struct kiosk *k)
{
	if (k->search != NULL)
		k->search->away = false; /* nobody looks at a place any more */
	search_page_wipe(k);
	if (k->search != NULL)
		names_close(k->search->names);
	free(k->search);
	k->search = NULL;
}

static const char *township(const struct kiosk *k)
{
	const struct place *town =
		k->settings == NULL ? NULL
				    : settings_above(k->settings, k->home.place, PLACE_TOWNSHIP);
	return town == NULL ? k->home.place : town->id;
}

void search_page_open(struct kiosk *k)
{
	if (k->search == NULL)
		k->search = calloc(1, sizeof *k->search);
	if (k->search == NULL || !input_open_begin(k))
		return;
	search_page_wipe(k);
	k->marked_row[0] = 0;
	/* Who looks at another village does not mean his own. */
	k->search->township =
		k->settings != NULL && !settings_below(k->settings, k->place, k->home.place);
	kiosk_go(k, SCREEN_SEARCH);
}

void search_page_work(struct kiosk *k, int64_t budget_us)
{
	if (k->search != NULL && k->search->find != NULL)
		find_work(k->search->find, budget_us);
}

bool search_page_waiting(const struct kiosk *k)
{
	return k->search != NULL && k->search->find != NULL && find_waiting(k->search->find);
}

/* --- asking --- */

static void know_names(struct kiosk *k, struct search_page *p)
{
	const char *words[OWN_WORDS + 1] = {NULL};
	for (size_t i = 0; i < OWN_WORDS && input_own_word(i) != NULL; i++)
		words[i] = input_own_word(i);
	if (p->names == NULL && k->settings != NULL &&
	    names_open(k->settings, k->catalogue, k->home.place, words, input_pinyin(k),
		       &p->names) != OK)
		p->names = NULL;
}

/* A word of letters may be the initials of a name; characters may be a place. */
static void name_terms(struct search_page *p)
{
	const struct name *found[QUERY_NAMES];
	for (size_t i = 0; p->names != NULL && i < p->query.terms; i++) {
		struct query_term *t = &p->query.term[i];
		size_t n = 0;
		if (t->kind == QUERY_WORD)
			n = names_by_letters(p->names, t->text, found);
		else if (t->kind == QUERY_TEXT)
			n = names_by_text(p->names, t->text, found);
		for (size_t j = 0; j < n; j++) {
			query_name_add(t, found[j]->text, found[j]->place);
			if (t->kind == QUERY_WORD && p->offers < OFFERS)
				p->offer[p->offers++] = found[j];
		}
	}
}

/* Letters being composed count when they may be a name's initials. */
static bool letters_count(const struct search_page *p, const char *letters)
{
	const struct name *found[QUERY_NAMES];
	return p->names != NULL && strlen(letters) >= LETTERS_LEAST &&
	       names_by_letters(p->names, letters, found) > 0;
}

static void ask(struct kiosk *k, struct search_page *p)
{
	char words[TEXT_BYTES + UI_KEYBOARD_LETTERS + 2];
	const char *letters = input_open_letters(k);
	if (p->find == NULL && find_open(k->books, k->catalogue, k->settings, &p->find) != OK)
		return;
	if (p->asked && strcmp(p->text, p->asked_text) == 0 && p->township == p->asked_township &&
	    strcmp(letters, p->asked_letters) == 0)
		return;
	know_names(k, p);
	snprintf(words, sizeof words, "%s %s", p->text, letters_count(p, letters) ? letters : "");
	query_read(words, &p->query);
	p->offers = 0;
	name_terms(p);
	p->asked = true;
	p->asked_township = p->township;
	memcpy(p->asked_text, p->text, sizeof p->asked_text);
	snprintf(p->asked_letters, sizeof p->asked_letters, "%s", letters);
	ui_scroll_to(&k->ui, "search", 0);
	find_ask(p->find, p->township ? township(k) : k->home.place, &p->query);
	find_work(p->find, FRESH_US);
}

static void set_text(struct kiosk *k, struct search_page *p, const char *text)
{
	explicit_bzero(p->text, sizeof p->text);
	text_copy(p->text, sizeof p->text, text, strlen(text));
	input_open_end(k);
	k->redraw = true;
}

/* --- a row is opened --- */

static void open_row(struct kiosk *k, struct search_page *p, const struct find_row *row)
{
	const struct roll_row r = {row->record, row->sheet, row->template};
	if (strcmp(k->place, row->place) != 0) {
		if (!p->away)
			snprintf(p->place_before, sizeof p->place_before, "%s", k->place);
		p->away = true;
		snprintf(k->place, sizeof k->place, "%s", row->place);
		if (k->accounts != NULL)
			accounts_select(k->accounts, k->place);
	}
	if (k->roll != NULL)
		roll_select(k->roll, k->place, row->template->column, NULL);
	entry_open(k, &r);
	if (strcmp(row->template->id, "ledger") == 0)
		kiosk_replace(k, SCREEN_LINE);
}

/* --- what is said --- */

static int scopes(struct kiosk *k, struct ui *u, struct search_page *p, int x, int y)
{
	const char *label[] = {kiosk_word(k, W_place_own), kiosk_word(k, W_srch_town)};
	static const char *const id[] = {"search.own", "search.town"}, *const icon[] = {"home",
											"pin"};
	for (int i = 0; i < 2; i++) {
		if (ui_chip(u, x, y, id[i], ui_caption(icon[i], label[i], NULL),
			    p->township == (i == 1))) {
			p->township = i == 1;
			k->redraw = true;
		}
		x += ui_chip_width(u, icon[i], label[i]) + 14;
	}
	return x;
}

/* Names the letters may stand for; those that fit. */
static void offers(struct kiosk *k, struct ui *u, struct search_page *p, struct ui_rect r)
{
	int x = r.x;
	for (size_t i = 0; i < p->offers; i++) {
		char id[40], text[TEXT_BYTES];
		int w = ui_chip_width(u, NULL, p->offer[i]->text);
		if (x + w > r.x + r.w)
			break;
		snprintf(id, sizeof id, "search.name%zu", i + 1);
		if (ui_chip(u, x, r.y, id, ui_caption(NULL, p->offer[i]->text, NULL), false)) {
			snprintf(text, sizeof text, "%.*s", (int)sizeof text - 1,
				 p->offer[i]->text);
			set_text(k, p, text);
			return;
		}
		x += w + 14;
	}
}

static const char *fill_number(const struct kiosk *k, enum word w, size_t n)
{
	return words_fill(
		k->lang, w,
		(const struct word_arg[]){{"n", words_number((long long)n)}, {NULL, NULL}});
}

static void count_line(struct kiosk *k, struct ui *u, struct search_page *p, struct ui_rect r)
{
	char words[256];
	enum find_state state = find_state(p->find);
	size_t count = find_count(p->find), damaged = find_damaged(p->find);
	if (state == FIND_IDLE || state == FIND_NOT_READY || (state == FIND_DONE && count == 0))
		return;
	if (state == FIND_LOOKING)
		snprintf(words, sizeof words, "%s", kiosk_word(k, W_led_checking));
	else if (find_more(p->find))
		snprintf(words, sizeof words, "%.120s", fill_number(k, W_srch_first, count));
	else
		snprintf(words, sizeof words, "%.120s", fill_number(k, W_srch_found, count));
	size_t len = strlen(words);
	if (damaged > 0 && count > 0)
		snprintf(words + len, sizeof words - len, " · %.120s",
			 fill_number(k, W_srch_damaged, damaged));
	ui_label_cut(u, r,
		     ui_pen(UI_BOLD, ui_px(u, UI_CAPTION) + 2, damaged > 0 ? UI_DANGER : UI_INK),
		     UI_LEFT, words);
}

/* Bytes of the first `chars` characters. */
static size_t bytes_of(const char *s, size_t chars)
{
	size_t at = 0, len = strlen(s);
	while (chars-- > 0)
		(void)text_next(s, len, &at);
	return at;
}

/* Shorter words out of what found nothing: each part alone, then the two ends of a long one. */
static size_t shorter(const struct query *q, char out[OFFERS][QUERY_TEXT_MAX + 32])
{
	size_t n = 0;
	for (size_t i = 0; q->terms > 1 && i < q->terms && n < OFFERS; i++) {
		const struct query_term *t = &q->term[i];
		bool unit = t->kind == QUERY_YEAR || t->kind == QUERY_MONTH;
		snprintf(out[n++], QUERY_TEXT_MAX + 32, "%s%s", t->text, unit ? t->tail : "");
	}
	const char *s = q->term[0].text;
	size_t chars = text_chars(s, strlen(s)), piece = chars > 2 ? 2 : 1;
	if (q->terms != 1 || q->term[0].kind != QUERY_TEXT || chars < 2)
		return n;
	text_copy(out[n++], QUERY_TEXT_MAX + 32, s, bytes_of(s, piece));
	snprintf(out[n++], QUERY_TEXT_MAX + 32, "%s", s + bytes_of(s, chars - piece));
	return n;
}

/* Words in a card, and what may be tried instead. */
static void told(struct kiosk *k, struct ui *u, struct search_page *p, struct ui_rect r)
{
	char less[OFFERS][QUERY_TEXT_MAX + 32];
	enum find_state state = find_state(p->find);
	size_t damaged = find_damaged(p->find), n = 0;
	bool none = state == FIND_DONE && damaged == 0;
	int px = ui_px(u, UI_BODY), pad = 36, w = r.w - 2 * pad, y = r.y + 30;
	const char *title =
		none ? words_fill(k->lang, W_srch_none,
				  (const struct word_arg[]){{"what", p->asked_text}, {NULL, NULL}})
		     : NULL;
	const char *body = state == FIND_NOT_READY ? kiosk_word(k, W_srch_not_ready)
			   : state == FIND_IDLE    ? kiosk_word(k, W_srch_hint)
			   : none ? kiosk_word(k, p->township ? W_srch_none_body : W_srch_none_own)
				  : fill_number(k, W_srch_damaged_all, damaged);
	ui_card(u, r, UI_CARD);
	if (title != NULL)
		y += ui_words(u, (struct ui_rect){r.x + pad, y, w, 0},
			      ui_pen(UI_TITLE, ui_px(u, UI_H3), UI_INK), 130, UI_LEFT, title) +
		     14;
	y += ui_words(u, (struct ui_rect){r.x + pad, y, w, 0}, ui_pen(UI_REGULAR, px, UI_INK2), 145,
		      UI_LEFT, body) +
	     20;
	if (!none)
		return;
	int x = r.x + pad;
	if (!p->township) {
		const struct ui_caption to = ui_caption("pin", kiosk_word(k, W_srch_to_town), NULL);
		int bw = ui_button_width(u, UI_BUTTON_PRIMARY, to.icon, to.label, NULL);
		if (ui_button(u, (struct ui_rect){x, y, bw, 96}, "search.widen", UI_BUTTON_PRIMARY,
			      to)) {
			p->township = true;
			k->redraw = true;
		}
		y += 96 + 20;
	}
	n = shorter(&p->query, less);
	for (size_t i = 0; i < n; i++) {
		char id[40];
		int cw = ui_chip_width(u, NULL, less[i]);
		if (x + cw > r.x + r.w - pad || y + UI_TOUCH_MIN > r.y + r.h - 12)
			break;
		snprintf(id, sizeof id, "search.less%zu", i + 1);
		if (ui_chip(u, x, y, id, ui_caption(NULL, less[i], NULL), false))
			set_text(k, p, less[i]);
		x += cw + 14;
	}
	y += n > 0 ? UI_TOUCH_MIN + 20 : 0;
	const char *subsidy = kiosk_word(k, W_srch_none_home);
	int small = ui_px(u, UI_CAPTION);
	if (y + ui_words_height(UI_REGULAR, small, w, 140, subsidy) < r.y + r.h - 12)
		ui_words(u, (struct ui_rect){r.x + pad, y, w, 0},
			 ui_pen(UI_REGULAR, small, UI_INK2), 140, UI_LEFT, subsidy);
}

/* --- rows --- */

static void rows(struct kiosk *k, struct ui *u, struct search_page *p, struct ui_rect r)
{
	int h = search_row_height(u);
	size_t count = find_count(p->find);
	int at = ui_scroll_begin(u, "search", r, (int)count * h - 2);
	struct find_row opened = {0};
	/* Read from the last to the first, so that the first on the screen is checked first. */
	size_t first = (size_t)(at / h), end = first;
	while (end < count && r.y + (int)end * h - at < r.y + r.h)
		end++;
	for (size_t i = end; i-- > first;) {
		struct find_row row;
		const struct ui_rect cell = {r.x, r.y + (int)i * h - at, r.w, h};
		if (find_row(p->find, i, &row) && search_row(k, u, cell, &p->query, i, &row))
			opened = row;
	}
	ui_scroll_end(u);
	if (opened.record != NULL)
		open_row(k, p, &opened);
}

/* Rows, or why there are none. Gives how many rows make a page. */
static int results(struct kiosk *k, struct ui *u, struct search_page *p, struct ui_rect r)
{
	int h = search_row_height(u), fit = (r.h - 4) / h > 0 ? (r.h - 4) / h : 1;
	size_t count = find_count(p->find);
	enum find_state state = find_state(p->find);
	if (count == 0 && state == FIND_LOOKING)
		return fit;
	if (count == 0) {
		told(k, u, p, r);
		return fit;
	}
	int shown = (size_t)fit < count ? fit : (int)count;
	struct ui_rect card = {r.x, r.y, r.w, shown * h + 2};
	ui_card(u, card, UI_CARD);
	rows(k, u, p, (struct ui_rect){card.x + 2, card.y + 2, card.w - 4, shown * h - 2});
	return fit;
}

static void bar(struct kiosk *k, struct ui *u, struct search_page *p, int fit)
{
	int h = search_row_height(u), count = p->find == NULL ? 0 : (int)find_count(p->find);
	int page = ui_scroll_page(u, "search", fit * h), all = (count + fit - 1) / fit;
	struct ui_bar_button b[3] = {[2] = {.id = "search.go",
					    .icon = "search",
					    .label = kiosk_word(k, W_track_go),
					    .kind = UI_BUTTON_PRIMARY,
					    .right = true}};
	page_turners(k, page, all, UI_BUTTON_PLAIN, b);
	b[0].icon_only_ok = b[1].icon_only_ok = true;
	const char *hit =
		page_bar(k, u, PAGE_BACK | PAGE_HOME | (u->portrait ? 0 : PAGE_SIZE), b, 3);
	if (strcmp(hit, "search.go") == 0) {
		struct ui_editor e = {.text = p->text, .size = TEXT_BYTES, .max_chars = CHARS_MAX};
		input_open_finish(k, &e);
		k->redraw = true;
	} else if (strcmp(hit, "nav.back") == 0) {
		search_page_wipe(k);
	} else if (page_turned(hit) != 0) {
		int last = count * h - 2 - (fit * h - 2), to = (page + page_turned(hit)) * fit * h;
		ui_scroll_to(u, "search", to > last ? (last < 0 ? 0 : last) : to);
		k->redraw = true;
	}
}

/* --- the page --- */

/* Field and keys; what has been typed is asked for in the same frame. */
static void typing(struct kiosk *k, struct ui *u, struct search_page *p, struct ui_rect field,
		   struct ui_rect keys)
{
	struct input_open in = {
		.editor = {.text = p->text, .size = TEXT_BYTES, .max_chars = CHARS_MAX},
		.field = field,
		.keys = keys,
		.px = u->size == UI_STANDARD ? 44 : ui_px(u, UI_BODY) + 6};
	if (input_open_draw(k, u, &in))
		k->redraw = true;
	if (p->text[0] == 0 && input_open_letters(k)[0] == 0)
		ui_label_cut(u, (struct ui_rect){field.x + 48, field.y, field.w - 72, field.h},
			     ui_pen(UI_REGULAR, ui_px(u, UI_BODY), UI_INK2), UI_LEFT,
			     kiosk_word(k, W_srch_field));
}

static int landscape(struct kiosk *k, struct ui *u, struct search_page *p, struct ui_rect c)
{
	int bottom = c.y + c.h, keys_y = bottom - UI_KEYBOARD_H,
	    line = ui_px(u, UI_CAPTION) * 16 / 10;
	struct ui_rect field = {c.x, c.y + 16, KEYS_W - 48, 96};
	ui_list_fill(&u->list, (struct ui_rect){0, keys_y, KEYS_W + 40, UI_KEYBOARD_H}, UI_PAPER2);
	ui_list_fill(&u->list, (struct ui_rect){0, keys_y, KEYS_W + 40, 2}, UI_LINE);
	typing(k, u, p, field, (struct ui_rect){c.x - 24, keys_y, KEYS_W, UI_KEYBOARD_H});
	ask(k, p);
	if (p->find == NULL)
		return 1;
	if (field.y + 96 + 16 + UI_TOUCH_MIN < keys_y)
		offers(k, u, p, (struct ui_rect){c.x, field.y + 96 + 16, field.w, UI_TOUCH_MIN});
	int x = KEYS_W + 64, w = c.x + c.w - x, y = c.y + 20;
	scopes(k, u, p, x, y);
	y += UI_TOUCH_MIN + 10;
	count_line(k, u, p, (struct ui_rect){x, y, w, line});
	y += line + 8;
	return results(k, u, p, (struct ui_rect){x, y, w, bottom - 20 - y});
}

static int portrait(struct kiosk *k, struct ui *u, struct search_page *p, struct ui_rect c)
{
	int bottom = c.y + c.h, keys_y = bottom - UI_KEYBOARD_H,
	    line = ui_px(u, UI_CAPTION) * 16 / 10;
	int y = c.y + 20;
	typing(k, u, p, (struct ui_rect){c.x, y, c.w, 96},
	       (struct ui_rect){0, keys_y, u->w, UI_KEYBOARD_H});
	ask(k, p);
	if (p->find == NULL)
		return 1;
	y += 96 + 16;
	int x = scopes(k, u, p, c.x, y) + 10;
	offers(k, u, p, (struct ui_rect){x, y, c.x + c.w - x, UI_TOUCH_MIN});
	y += UI_TOUCH_MIN + 8;
	count_line(k, u, p, (struct ui_rect){c.x, y, c.w, line});
	y += line + 8;
	return results(k, u, p, (struct ui_rect){c.x, y, c.w, keys_y - 16 - y});
}

void search_draw(struct kiosk *k, struct ui *u)
{
	struct search_page *p = k->search;
	struct ui_rect c = ui_content(u, page_top(k, u));
	if (p == NULL) {
		kiosk_back(k);
		return;
	}
	come_back(k, p);
	/* While the books are being repaired there is nothing to look in. */
	if (k->books == NULL || k->settings == NULL) {
		const struct page_notice n = {
			.icon = "search", .title = kiosk_word(k, W_home_nothing), .bodies = 0};
		page_notice(k, u, c, &n);
		(void)page_bar(k, u, PAGE_BACK | PAGE_HOME, NULL, 0);
		return;
	}
	int fit = u->portrait ? portrait(k, u, p, c) : landscape(k, u, p, c);
	bar(k, u, p, fit);
}
