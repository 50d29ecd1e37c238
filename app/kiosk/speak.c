#include "app/kiosk/speak.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/kiosk/page.h"
#include "app/kiosk/speak_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RING = 8, REST_MS = 5000 };

/* --- life --- */

void speak_open(struct kiosk *k)
{
	char folder[4096];
	struct speak *s = calloc(1, sizeof *s);
	k->speak = s;
	if (s == NULL)
		return;
	s->speed = UI_VOICE_NORMAL;
	s->volume = VOLUME_NORMAL;
	s->answered = s->heard = -1;
	packs_open(k->o.assets, &s->packs);
	snprintf(folder, sizeof folder, "%s/speech", k->o.assets);
	if (pronounce_open(folder, &s->pronounce) != OK || ui_voice_open(&s->voice) != UI_OK) {
		log_info("kiosk: nothing is read aloud here");
		s->voice = NULL;
	}
}

void speak_close(struct kiosk *k)
{
	struct speak *s = k->speak;
	if (s == NULL)
		return;
	ui_voice_close(s->voice);
	pronounce_close(s->pronounce);
	packs_close(&s->packs);
	explicit_bzero(s, sizeof *s);
	free(s);
	k->speak = NULL;
}

bool speak_there(const struct kiosk *k)
{
	return k->speak != NULL && k->speak->voice != NULL && !ui_voice_mute(k->speak->voice);
}

bool speak_reading(const struct kiosk *k)
{
	return speak_there(k) && k->speak->mode == SPEAK_READING;
}

bool speak_listening(const struct kiosk *k)
{
	return speak_there(k) && k->speak->mode == SPEAK_LISTENING;
}

void speak_stop(struct kiosk *k, bool wipe)
{
	struct speak *s = k->speak;
	if (!speak_there(k))
		return;
	ui_voice_stop(s->voice);
	ui_outline_wipe(&s->outline);
	explicit_bzero(s->words, sizeof s->words);
	s->mode = SPEAK_OFF;
	s->asking = s->said = false;
	s->before = NULL;
	if (wipe) {
		s->consent = s->codes = s->intro = false;
		s->answered = s->heard = -1;
		s->speed = UI_VOICE_NORMAL;
		s->volume = VOLUME_NORMAL;
	}
	k->redraw = true;
}

/* Pages with digits or words that open a case. */
bool speak_shows_codes(const struct kiosk *k)
{
	return k->at == SCREEN_SEALED || k->at == SCREEN_TRACK || k->at == SCREEN_REVIEW;
}

/* About a person, and not answered yet: once a visit, for codes on every page that shows them. */
static bool needs_yes(const struct kiosk *k)
{
	const struct speak *s = k->speak;
	return screens[k->at].personal && s->answered != (int)k->at &&
	       (!s->consent || speak_shows_codes(k));
}

void speak_start(struct kiosk *k, enum speak_mode mode)
{
	struct speak *s = k->speak;
	speak_stop(k, false);
	k->redraw = true;
	s->mode = mode;
	s->at = 0;
	s->page = 0;
	s->said = s->rested = s->slower = s->codes = s->paused = false;
	s->turning = 0;
	s->seek_by = 0;
	s->press = 0;
	if (mode == SPEAK_LISTENING && !s->intro) {
		s->before = kiosk_word(k, W_listen_intro);
		s->intro = true;
	}
}

/* On a page about a person, first the question. */
static void start(struct kiosk *k, enum speak_mode mode)
{
	struct speak *s = k->speak;
	if (needs_yes(k)) {
		speak_stop(k, false);
		s->wanted = mode;
		/* Who cannot see the question hears it: it says nothing about the person. */
		if (mode == SPEAK_LISTENING)
			speak_start(k, mode);
		s->asking = true;
		return;
	}
	speak_start(k, mode);
}

void speak_toggle(struct kiosk *k)
{
	if (!speak_there(k))
		return;
	if (k->speak->mode == SPEAK_READING)
		speak_stop(k, false);
	else
		start(k, SPEAK_READING);
}

void speak_listen(struct kiosk *k)
{
	if (!speak_there(k))
		return;
	if (k->speak->mode == SPEAK_LISTENING)
		speak_stop(k, false);
	else
		start(k, SPEAK_LISTENING);
}

void speak_begin(struct kiosk *k)
{
	struct speak *s = k->speak;
	if (s == NULL || s->press == 0)
		return;
	k->ui.clicked = s->press;
	s->press = 0;
}

/* --- following the page --- */

static uint32_t hash(uint32_t h, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619u;
	return h;
}

static uint32_t item_hash(const struct speak *s, const struct ui_item *it)
{
	uint32_t h = hash(2166136261u, it->id, strlen(it->id));
	return it->id[0] != 0 ? h : hash(h, ui_outline_text(&s->outline, it), it->text_len);
}

/* The page as a number: the screen and its title. */
static uint32_t page_hash(const struct kiosk *k)
{
	const struct speak *s = k->speak;
	uint32_t h = 2166136261u + (uint32_t)k->at * 16 + (k->warning ? 8u : 0) +
		     (s->asking ? 4u : 0) + (k->busy != NULL ? 2u : 0);
	for (int i = 0; i < s->outline.count; i++)
		if (s->outline.item[i].title)
			h = hash(h, ui_outline_text(&s->outline, &s->outline.item[i]),
				 s->outline.item[i].text_len);
	return h == 0 ? 1 : h;
}

bool speak_skips(const struct speak *s, const struct ui_item *it)
{
	if (it->secret && !s->codes)
		return true;
	if (strcmp(it->id, "nav.listen") == 0 || strcmp(it->id, "nav.speak") == 0)
		return true;
	return s->mode == SPEAK_READING &&
	       (it->covered || (strncmp(it->id, "speak.", 6) == 0 && !s->asking));
}

static int first_item(const struct speak *s, int from, int by)
{
	int i = from;
	while (i >= 0 && i < s->outline.count && speak_skips(s, &s->outline.item[i]))
		i += by;
	return i;
}

static void focus(struct kiosk *k, int at)
{
	struct speak *s = k->speak;
	ui_voice_stop(s->voice);
	s->at = at;
	s->said = s->slower = false;
	s->over_ms = 0;
	if (at < s->outline.count)
		s->item = item_hash(s, &s->outline.item[at]);
	k->redraw = true;
}

/* Finds the focused item again after the page was drawn anew. */
static void find_focus(struct kiosk *k)
{
	struct speak *s = k->speak;
	int best = -1;
	for (int i = 0; i < s->outline.count; i++)
		if (item_hash(s, &s->outline.item[i]) == s->item &&
		    (best < 0 || abs(i - s->at) < abs(best - s->at)))
			best = i;
	if (best >= 0)
		s->at = best;
	else if (s->at >= s->outline.count)
		s->at = first_item(s, s->outline.count - 1, -1);
}

/* Behind the title and the sentence, which were heard. */
static int first_of_page(const struct speak *s)
{
	int i = 0;
	while (i < s->outline.count && s->outline.item[i].rank < UI_RANK_PAGE)
		i++;
	return first_item(s, i, 1);
}

static struct ui_scroll *region_of(struct kiosk *k)
{
	const struct ui_rect r = k->speak->outline.region;
	for (int i = 0; r.w > 0 && i < UI_SCROLLS; i++) {
		struct ui_scroll *c = &k->ui.scroll[i];
		if (c->id != 0 && c->rect.y == r.y && c->rect.h == r.h)
			return c;
	}
	return NULL;
}

/* After the list moved: the first item behind, or the last before, the one that was left. */
static void seek(struct kiosk *k)
{
	struct speak *s = k->speak;
	struct ui_scroll *c = region_of(k);
	int best = -1;
	for (int i = 0; c != NULL && i < s->outline.count; i++) {
		const struct ui_item *it = &s->outline.item[i];
		int y = it->rect.y + c->offset;
		if (!it->scrolls || speak_skips(s, it))
			continue;
		if (s->seek_by > 0 && y > s->seek_edge && best < 0)
			best = i;
		if (s->seek_by < 0 && y < s->seek_edge)
			best = i;
	}
	s->seek_by = 0;
	if (best >= 0)
		focus(k, best);
}

void speak_draw(struct kiosk *k, struct ui *u)
{
	struct speak *s = k->speak;
	if (!speak_there(k) || s->mode == SPEAK_OFF)
		return;
	/* The list still is the question's; the page comes in the next round. */
	if (s->just_answered) {
		s->just_answered = false;
		return;
	}
	speech_outline(u, &s->outline);
	uint32_t page = page_hash(k);
	if (s->page != 0 && page != s->page) {
		/* Another page: reading ends, listening begins at its title. */
		if (s->mode == SPEAK_READING) {
			speak_stop(k, false);
			return;
		}
		if (needs_yes(k) && !s->asking && !k->warning && k->busy == NULL) {
			s->page = 0;
			start(k, SPEAK_LISTENING);
			return;
		}
		s->page = page;
		s->rested = false;
		if (s->answered != (int)k->at)
			s->codes = false;
		focus(k, first_item(s, 0, 1));
	} else if (s->page == 0) {
		s->page = page;
		focus(k, first_item(s, 0, 1));
	} else if (s->seek_by != 0) {
		seek(k);
	} else if (s->turning > 0) {
		if (--s->turning == 0)
			focus(k, first_of_page(s));
	} else {
		find_focus(k);
	}
	if (s->mode == SPEAK_LISTENING) {
		listen_draw(k, u);
		return;
	}
	if (s->at >= 0 && s->at < s->outline.count) {
		/* Between lines of text there is little room. */
		const struct ui_item *it = &s->outline.item[s->at];
		int ring = it->id[0] == 0 && it->rect.h < 100 ? RING / 2 : RING;
		struct ui_rect r = ui_rect_inset(it->rect, -ring - ring / 2);
		r = ui_rect_meet(r, (struct ui_rect){0, 0, u->w, u->h});
		ui_list_box(&u->list, r, UI_RADIUS_CARD + ring, (struct ui_color){0}, ring, UI_SUN);
	}
}

/* --- moving --- */

/* The list goes on where its last row on the glass is left behind. */
static bool scroll_on(struct kiosk *k, const struct ui_item *it, int by)
{
	struct ui_scroll *c = region_of(k);
	if (c == NULL || !it->scrolls)
		return false;
	int most = c->content > c->rect.h ? c->content - c->rect.h : 0, was = c->offset;
	c->offset += by > 0 ? it->rect.y + it->rect.h - c->rect.y : -(c->rect.h);
	c->offset = c->offset < 0 ? 0 : c->offset > most ? most : c->offset;
	return c->offset != was;
}

void speak_move(struct kiosk *k, int by)
{
	struct speak *s = k->speak;
	int count = s->outline.count, to = first_item(s, s->at + by, by);
	if (count == 0)
		return;
	const struct ui_item *now = &s->outline.item[s->at < count ? s->at : count - 1];
	bool leaves = to < 0 || to >= count || !s->outline.item[to].scrolls;
	struct ui_scroll *c = region_of(k);
	int before = c == NULL ? 0 : c->offset;
	if (s->mode == SPEAK_LISTENING && now->scrolls && leaves && scroll_on(k, now, by)) {
		s->seek_edge = now->rect.y + before;
		s->seek_by = by;
		focus(k, s->at);
		return;
	}
	if (to >= count)
		to = first_item(s, 0, 1); /* round to the title */
	else if (to < 0)
		to = first_item(s, count - 1, -1);
	focus(k, to);
}

void speak_pause(struct kiosk *k)
{
	struct speak *s = k->speak;
	focus(k, s->at);
	s->paused = !s->paused;
}

void speak_again(struct kiosk *k)
{
	struct speak *s = k->speak;
	if (s->mode == SPEAK_OFF)
		return;
	focus(k, s->at);
	s->paused = false;
	s->slower = s->mode == SPEAK_LISTENING;
}

void speak_choose(struct kiosk *k)
{
	struct speak *s = k->speak;
	if (s->at < 0 || s->at >= s->outline.count)
		return;
	const struct ui_item *it = &s->outline.item[s->at];
	ui_voice_stop(s->voice);
	s->rested = true; /* who chooses goes on himself, until the page is another one */
	s->said = false;
	s->before = kiosk_word(k, it->id[0] == 0 ? W_listen_only : W_listen_chosen);
	s->press = it->id[0] != 0 ? ui_id(it->id) : 0;
	k->redraw = true;
}

/* --- events --- */

/* Who cannot see needs no button to begin: on the first page any key of the pad, F1 on every page.
 * Otherwise the pad turns pages and presses buttons as without a voice (keys.h). */
static bool begins(const struct kiosk *k, enum ui_key_code key)
{
	return key == UI_KEY_F1 || (k->at == SCREEN_ATTRACT && key >= UI_KEY_UP && key < UI_KEY_F1);
}

/* A digit of a code reader is pressed on the page under the ear. */
static void on_digit(struct kiosk *k, enum ui_key_code key)
{
	struct speak *s = k->speak;
	char id[] = "key.0";
	id[4] = (char)('0' + (int)key - (int)UI_KEY_DIGIT_0);
	for (int i = 0; i < s->outline.count; i++)
		if (strcmp(s->outline.item[i].id, id) == 0)
			s->press = ui_id(id);
}

static bool on_key(struct kiosk *k, enum ui_key_code key)
{
	struct speak *s = k->speak;
	if (s->mode != SPEAK_LISTENING && !begins(k, key)) {
		speak_stop(k, false);
		return false;
	}
	k->touched_ms = clock_ms();
	k->redraw = true;
	k->warning = false;
	if (s->mode != SPEAK_LISTENING)
		speak_listen(k);
	else if (key == UI_KEY_UP || key == UI_KEY_DOWN)
		speak_move(k, key == UI_KEY_UP ? -1 : 1);
	else if (key == UI_KEY_ENTER)
		speak_choose(k);
	else if (key == UI_KEY_F1)
		speak_again(k);
	else if (key >= UI_KEY_DIGIT_0)
		on_digit(k, key);
	else if (key == UI_KEY_ESC && k->depth > 0)
		kiosk_back(k);
	else if (key == UI_KEY_ESC)
		speak_stop(k, false);
	return true;
}

/* The speed and the volume may be touched while it reads. */
static bool keeps_reading(const struct kiosk *k, int x, int y)
{
	const struct ui_list *l = &k->ui.list;
	for (size_t i = 0; i < l->targets; i++) {
		const struct ui_target *t = &l->target[i];
		if (ui_rect_has(t->rect, x, y) && t->id_len > 6 &&
		    memcmp(l->text + t->id_at, "speak.", 6) == 0)
			return true;
	}
	return false;
}

bool speak_feed(struct kiosk *k, const struct ui_event *e)
{
	struct speak *s = k->speak;
	if (!speak_there(k))
		return false;
	if (e->kind == UI_EVENT_KEY)
		return on_key(k, e->key);
	if (e->kind == UI_EVENT_DOWN)
		s->swallow = false;
	if (e->kind == UI_EVENT_DOWN && s->mode == SPEAK_READING && !keeps_reading(k, e->x, e->y)) {
		speak_stop(k, false);
		s->swallow = true;
	}
	return false;
}

/* --- time --- */

static void say_item(struct kiosk *k)
{
	struct speak *s = k->speak;
	const struct speech_road road = {s->voice, s->pronounce, speak_pack(k)};
	struct buf words;
	buf_init(&words, SPEAK_WORDS - 1);
	speech_words(k->lang, &s->outline, &s->outline.item[s->at], &words);
	snprintf(s->words, sizeof s->words, "%s", buf_str(&words));
	bool code = s->outline.item[s->at].secret; /* slowly, twice */
	ui_voice_set(s->voice, s->slower || code ? UI_VOICE_SLOW : s->speed, s->volume);
	if (s->before != NULL)
		speech_say(&road, k->lang, s->before, strlen(s->before));
	/* Only listening to a choice, the item itself was heard already. */
	for (int i = 0; i < (code ? 2 : 1) && (s->before == NULL || !s->rested); i++) {
		speech_say(&road, k->lang, buf_str(&words), words.len);
		speech_say(&road, k->lang, "。", strlen("。"));
	}
	s->before = NULL;
	buf_wipe(&words);
	s->said = true;
	s->over_ms = 0;
	k->redraw = true;
}

/* A long text is read over all its pages: what stands behind the last paragraph is its turner. */
static bool turn_page(struct kiosk *k, int next)
{
	struct speak *s = k->speak;
	if (k->at != SCREEN_ENTRY || (next < s->outline.count && !s->outline.item[next].bar) ||
	    s->outline.item[s->at].bar)
		return false;
	for (int i = 0; i < s->outline.count; i++)
		if (strcmp(s->outline.item[i].id, "nav.next") == 0) {
			s->press = ui_id("nav.next");
			s->turning = 2; /* pressed in the first, drawn in the second */
			k->redraw = true;
			return true;
		}
	return false;
}

static void item_over(struct kiosk *k)
{
	struct speak *s = k->speak;
	int next = first_item(s, s->at + 1, 1);
	if (s->mode == SPEAK_READING) {
		if (turn_page(k, next))
			return;
		if (next >= s->outline.count)
			speak_stop(k, false);
		else
			focus(k, next);
		return;
	}
	if (s->over_ms == 0)
		s->over_ms = k->now_ms;
	if (s->rested || k->now_ms - s->over_ms < LISTEN_NEXT_MS)
		return;
	struct ui_scroll *c = region_of(k);
	bool more = c != NULL && c->offset + c->rect.h < c->content;
	if (next >= s->outline.count && !more)
		s->rested = true;
	else
		speak_move(k, 1);
}

void speak_tick(struct kiosk *k)
{
	struct speak *s = k->speak;
	if (!speak_there(k))
		return;
	if (s->mode == SPEAK_OFF) {
		if (k->now_ms - k->touched_ms > REST_MS)
			ui_voice_rest(s->voice);
		return;
	}
	bool busy = ui_voice_work(s->voice);
	/* Being read to is being here; a warning that is read out is not. */
	if (busy && !k->warning)
		k->touched_ms = k->now_ms;
	if (busy || s->page == 0 || k->redraw || s->paused)
		return;
	if (!s->said && s->at >= 0 && s->at < s->outline.count) {
		say_item(k);
		(void)ui_voice_work(s->voice);
	} else {
		item_over(k);
	}
}

int speak_sleep_ms(const struct kiosk *k, int ms)
{
	const struct speak *s = k->speak;
	if (!speak_there(k) || s->mode == SPEAK_OFF)
		return ms;
	int own = s->over_ms != 0 ? (s->rested ? ms : 100) : ui_voice_sleep_ms(s->voice);
	return own < ms ? own : ms;
}

int speak_at(const struct kiosk *k, int *count, const char **words)
{
	const struct speak *s = k->speak;
	*count = s == NULL ? 0 : s->outline.count;
	*words = s == NULL ? "" : s->words;
	return s == NULL ? -1 : s->at;
}
