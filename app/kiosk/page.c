#include "app/kiosk/page.h"

#include "app/base/clock.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/speak.h"

#include <stdio.h>
#include <string.h>

static const char *fill(const struct kiosk *k, enum word w, const struct word_arg *args)
{
	return words_fill(k->lang, w, args);
}

static void header(struct kiosk *k, struct ui *u)
{
	char time[8];
	const struct place *village = kiosk_place(k, k->home.place);
	const struct place *town =
		k->settings == NULL ? NULL
				    : settings_above(k->settings, k->home.place, PLACE_TOWNSHIP);
	struct clock_date d = clock_date(k->now);
	snprintf(time, sizeof time, "%02d:%02d", d.hour % 100, d.minute % 100);
	const char *day = words_day(k->lang, d.year * 10000 + d.month * 100 + d.day);
	bool online = !kiosk_offline(k);
	const struct ui_header h = {
		.brand = kiosk_word(k, W_brand),
		.place = u->portrait ? village->name
				     : fill(k, W_header_place,
					    (const struct word_arg[]){
						    {"town", town == NULL ? "" : town->name},
						    {"village", village->name},
						    {NULL, NULL}}),
		.demo = k->home.have_root && settings_is_demo(&k->home.root) ? kiosk_word(k, W_demo)
									     : NULL,
		.date = fill(
			k, W_header_date,
			(const struct word_arg[]){{"day", day},
						  {"weekday", words_weekday(k->lang, d.weekday)},
						  {NULL, NULL}}),
		.time = time,
		.net = kiosk_word(k, online ? W_online : W_offline),
		.online = online,
	};
	ui_header(u, &h);
}

int page_top(struct kiosk *k, struct ui *u)
{
	header(k, u);
	if (!kiosk_offline(k))
		return UI_HEADER_H;
	return UI_HEADER_H + ui_banner(u, UI_HEADER_H, "queue", kiosk_word(k, W_offline_banner),
				       kiosk_word(k, W_offline_facts));
}

int page_letter_top(struct kiosk *k, struct ui *u, int step)
{
	static const enum word label[] = {W_step_whom, W_step_topic,  W_step_matter,
					  W_step_name, W_step_review, W_step_sealed};
	const char *labels[6];
	int y = UI_HEADER_H;
	header(k, u);
	const struct body *reader =
		k->letter == NULL ? NULL : letter_reader(k->letter, k->settings);
	if (reader != NULL)
		y += ui_reader_strip(u, kiosk_word(k, W_reader_strip), reader->name,
				     kiosk_word(k, W_reader_side));
	if (step < 0)
		return y;
	for (int i = 0; i < 6; i++)
		labels[i] = kiosk_word(k, label[i]);
	return y + 16 + ui_stepper(u, y + 16, labels, 6, step);
}

static const char *act(struct kiosk *k, const char *id)
{
	if (strcmp(id, "nav.back") == 0)
		kiosk_back(k);
	else if (strcmp(id, "nav.home") == 0)
		kiosk_home(k);
	else if (strcmp(id, "nav.language") == 0 || strcmp(id, "nav.size") == 0)
		kiosk_go(k, SCREEN_LANGUAGE);
	else if (strcmp(id, "nav.leave") == 0)
		kiosk_leave(k);
	else if (strcmp(id, "nav.search") == 0)
		search_page_open(k);
	return id;
}

/* Width of the bar when everything that may is an icon only. */
static int least_width(const struct ui *u, const struct ui_bar_button *b, int count)
{
	int total = 0, space = u->portrait ? 16 : 24;
	for (int i = 0; i < count; i++)
		total += space + (b[i].icon_only_ok ? 96
						    : ui_button_width(u, b[i].kind, b[i].icon,
								      b[i].label, b[i].sub));
	return total - space;
}

/* Where there is no room for all, text size, language and search give way: all stand on the home
 * page. What is heard again can also be paused, and goes on with its beginning. */
static int leave_out(const struct ui *u, struct ui_bar_button *b, int n)
{
	static const char *const first[] = {"nav.language", "nav.size",     "nav.search",
					    "speak.again",  "speak.volume", "nav.listen",
					    "nav.speak"};
	int room = u->w - 2 * (u->portrait ? UI_MARGIN_PORTRAIT : UI_MARGIN_LANDSCAPE);
	for (size_t f = 0; f < sizeof first / sizeof first[0]; f++)
		for (int i = 0; i < n && least_width(u, b, n) > room; i++)
			if (strcmp(b[i].id, first[f]) == 0) {
				memmove(&b[i], &b[i + 1], (size_t)(n - i - 1) * sizeof b[0]);
				n--;
			}
	return n;
}

const char *page_bar(struct kiosk *k, struct ui *u, int flags, const struct ui_bar_button *more,
		     int count)
{
	struct ui_bar_button b[14];
	int n = 0;
	bool at_home = k->at == SCREEN_HOME;
	if (speak_reading(k))
		flags &= ~(PAGE_SIZE | PAGE_LANGUAGE);
	if (flags & PAGE_BACK)
		b[n++] = (struct ui_bar_button){.id = "nav.back",
						.icon = "back",
						.label = kiosk_word(k, W_nav_back),
						.icon_only_ok = true};
	if (flags & PAGE_HOME)
		b[n++] = (struct ui_bar_button){.id = "nav.home",
						.icon = "home",
						.label = kiosk_word(k, W_nav_home),
						.kind = at_home ? UI_BUTTON_ON : UI_BUTTON_PLAIN,
						.icon_only_ok = true};
	if (flags & PAGE_SEARCH)
		b[n++] = (struct ui_bar_button){.id = "nav.search",
						.icon = "search",
						.label = kiosk_word(k, W_nav_search),
						.icon_only_ok = true};
	if (flags & PAGE_LEAVE)
		b[n++] = (struct ui_bar_button){.id = "nav.leave",
						.icon = "eye",
						.label = kiosk_word(k, W_nav_leave),
						.kind = UI_BUTTON_ON,
						.right = true};
	n += speak_buttons(k, b + n);
	if (flags & PAGE_SIZE)
		b[n++] = (struct ui_bar_button){.id = "nav.size",
						.icon = "text",
						.label = kiosk_word(k, W_nav_size),
						.right = true,
						.icon_only_ok = true};
	if (flags & PAGE_LANGUAGE)
		b[n++] = (struct ui_bar_button){.id = "nav.language",
						.icon = "globe",
						.label = kiosk_word(k, W_nav_language),
						.right = true,
						.icon_only_ok = true};
	for (int i = 0; i < count; i++)
		b[n++] = more[i];
	for (int i = 0; i < n && flags & PAGE_BARE; i++)
		b[i].label = b[i].icon_only_ok ? NULL : b[i].label;
	n = leave_out(u, b, n);
	int hit = ui_bar(u, b, n);
	if (hit >= 0 && speak_pressed(k, b[hit].id))
		return "";
	return hit < 0 ? "" : act(k, b[hit].id);
}

const char *page_months(const struct kiosk *k, int first, int last)
{
	char a[8], b[8];
	snprintf(a, sizeof a, "%d", first % 100);
	snprintf(b, sizeof b, "%d", last % 100);
	bool named = k->lang == LANG_EN;
	return words_fill(
		k->lang, first < last ? W_months_range : W_months_one,
		(const struct word_arg[]){{"a", named ? words_month(k->lang, first % 100) : a},
					  {"b", named ? words_month(k->lang, last % 100) : b},
					  {NULL, NULL}});
}

void page_turners(const struct kiosk *k, int page, int pages, enum ui_button_kind next,
		  struct ui_bar_button out[2])
{
	out[0] = (struct ui_bar_button){.id = "nav.prev",
					.icon = "up",
					.label = kiosk_word(k, W_nav_prev),
					.kind = page > 0 ? UI_BUTTON_PLAIN : UI_BUTTON_OFF,
					.right = true,
					.icon_only_ok = true};
	out[1] = (struct ui_bar_button){.id = "nav.next",
					.icon = "down",
					.label = kiosk_word(k, W_nav_next),
					.kind = page + 1 < pages ? next : UI_BUTTON_OFF,
					.right = true,
					.icon_only_ok = true};
}

int page_turned(const char *hit)
{
	return strcmp(hit, "nav.next") == 0 ? 1 : strcmp(hit, "nav.prev") == 0 ? -1 : 0;
}

static void place_segments(struct kiosk *k, struct ui_segment s[3], bool bare)
{
	const struct place *p = kiosk_place(k, k->place);
	bool group = p->level == PLACE_GROUP;
	bool own = strcmp(k->place, k->home.place) == 0;
	bool other = !own && !(group && strcmp(p->parent, k->home.place) == 0);
	s[0] = (struct ui_segment){
		.id = "place.own", .icon = "home", .label = kiosk_word(k, W_place_own), .on = own};
	s[1] = (struct ui_segment){.id = "place.groups",
				   .icon = "people",
				   .label = group && !other ? p->name
							    : kiosk_word(k, W_place_groups),
				   .on = group && !other,
				   .opens = true};
	s[2] = (struct ui_segment){.id = "place.others",
				   .icon = "pin",
				   .label = other ? p->name : kiosk_word(k, W_place_others),
				   .on = other,
				   .opens = true};
	for (int i = 0; bare && i < 3; i++)
		s[i].icon = NULL;
}

int page_places_width(struct kiosk *k, struct ui *u, bool bare)
{
	struct ui_segment s[3];
	place_segments(k, s, bare);
	return ui_segments_width(u, s, 3);
}

void page_places(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	struct ui_segment s[3];
	place_segments(k, s, page_places_width(k, u, false) > r.w);
	int hit = ui_segments(u, r, s, 3);
	if (hit == 0) {
		snprintf(k->place, sizeof k->place, "%s", k->home.place);
		if (k->accounts != NULL)
			accounts_select(k->accounts, k->place);
		k->year = k->month = 0;
		k->month_newest = false;
		k->redraw = true;
	} else if (hit > 0) {
		kiosk_go(k, SCREEN_PLACES);
	}
}

int page_notice(struct kiosk *k, struct ui *u, struct ui_rect area, const struct page_notice *n)
{
	int hit = -1, disc = 240, pad = u->portrait ? 48 : 72;
	int w = u->portrait ? area.w : (area.w < 1640 ? area.w : 1640);
	int text_x = u->portrait ? pad : pad + disc + 72, text_w = w - text_x - pad;
	int title_px = ui_px(u, UI_H1) - 4,
	    title_h = ui_words_height(UI_TITLE, title_px, text_w, 125, n->title);
	int body_h = ui_spans_height(n->body, (size_t)n->bodies, text_w, 155);
	int small_px = ui_px(u, UI_CAPTION) + 2;
	char room[UI_HALVED];
	const char *small = n->small == NULL
				    ? NULL
				    : ui_words_halved(UI_REGULAR, small_px, text_w, n->small, room);
	int small_h =
		small == NULL ? 0 : ui_words_height(UI_REGULAR, small_px, text_w, 140, small) + 24;
	int row_w = 0, rows = n->buttons > 0 ? 1 : 0;
	for (int i = 0; i < n->buttons; i++) {
		int bw = ui_button_width(u, n->button[i].kind, n->button[i].icon,
					 n->button[i].label, NULL) +
			 24;
		if (row_w + bw > text_w + 24 && row_w > 0) {
			rows++;
			row_w = 0;
		}
		row_w += bw;
	}
	int h = 2 * 56 + title_h + 16 + body_h + (rows > 0 ? 32 + rows * 112 : 0) + small_h;
	if (u->portrait)
		h += disc + 40;
	if (h < 400)
		h = 400;
	struct ui_rect card = {area.x + (area.w - w) / 2, area.y + (area.h - h) / 2, w, h};
	ui_card(u, card, UI_CARD);
	struct ui_rect round = {card.x + pad, u->portrait ? card.y + 56 : card.y + (h - disc) / 2,
				disc, disc};
	ui_list_box(&u->list, round, disc / 2, UI_SUN_T, 0, UI_SUN_T);
	ui_list_icon(&u->list, ui_rect_inset(round, 56), n->icon, UI_PINE_D, UI_SUN, 30);
	int x = card.x + text_x, y = card.y + 56 + (u->portrait ? disc + 40 : 0);
	y += ui_words(u, (struct ui_rect){x, y, text_w, 0}, ui_pen(UI_TITLE, title_px, UI_INK), 125,
		      UI_LEFT, n->title) +
	     16;
	y += ui_spans(u, (struct ui_rect){x, y, text_w, 0}, n->body, (size_t)n->bodies,
		      ui_flow(155, UI_LEFT, 0)) +
	     32;
	int bx = x;
	for (int i = 0; i < n->buttons; i++) {
		const struct ui_bar_button *b = &n->button[i];
		int bw = ui_button_width(u, b->kind, b->icon, b->label, NULL);
		if (bx + bw > x + text_w && bx > x) {
			bx = x;
			y += 112;
		}
		if (ui_button(u, (struct ui_rect){bx, y, bw, 96}, b->id, b->kind,
			      ui_caption(b->icon, b->label, NULL)))
			hit = i;
		bx += bw + 24;
	}
	if (small != NULL)
		ui_words(u, (struct ui_rect){x, y + (rows > 0 ? 112 + 8 : 0), text_w, 0},
			 ui_pen(UI_REGULAR, small_px, UI_INK2), 140, UI_LEFT, small);
	(void)k;
	return hit;
}

/* --- pages over others --- */

void page_idle(struct kiosk *k, struct ui *u)
{
	int64_t idle = k->now_ms - k->touched_ms;
	int left = screens[k->at].idle_s + IDLE_WARNING_S - (int)(idle / 1000);
	char seconds[8];
	left = left < 0 ? 0 : left > IDLE_WARNING_S ? IDLE_WARNING_S : left;
	snprintf(seconds, sizeof seconds, "%d", left % 1000);
	u->list.back = UI_IDLE_BACK; /* an opaque fill: nothing of the page shines through */
	header(k, u);
	const char *words[] = {kiosk_word(k, W_idle_done), kiosk_word(k, W_idle_stay)};
	int w = u->portrait ? 1000 : 1240, first_w = u->portrait ? 380 : 454;
	int body_px = ui_px(u, UI_LEAD) + 2, title_px = ui_px(u, UI_NUMBER) + 4;
	/* Large words stand one button above the other rather than smaller. */
	bool stacked = ui_button_tall_width(u, words[0]) > first_w ||
		       ui_button_tall_width(u, words[1]) > w - 160 - first_w - 32;
	int x = u->portrait ? 72 : 432, text_w = w - 72 - x;
	const struct ui_span body[] = {
		{fill(k, W_idle_body_a, (const struct word_arg[]){{"n", seconds}, {NULL, NULL}}),
		 UI_BOLD, body_px, UI_INK},
		{kiosk_word(k, W_idle_body_b), UI_REGULAR, body_px, UI_INK2}};
	int title_h = ui_words_height(UI_TITLE, title_px, text_w, 125, kiosk_word(k, W_idle_title));
	int body_h = ui_spans_height(body, 2, text_w, 155), said = title_h + 8 + body_h;
	int buttons_h = stacked ? 2 * 120 + 24 : 120;
	int h = u->portrait ? 66 + 278 + 24 + said + 56 + buttons_h + 64
			    : 66 + (said > 278 ? said : 278) + 56 + buttons_h + 64;
	struct ui_rect card = {(u->w - w) / 2, (u->h - h) / 2, w, h};
	ui_dialog(u, card);
	struct ui_rect ring = {u->portrait ? card.x + (w - 278) / 2 : card.x + 84, card.y + 66, 278,
			       278};
	ui_list_ring(&u->list, ring, 24, 0, 360, UI_PAPER2);
	ui_list_ring(&u->list, ring, 24, 0, left * 360 / IDLE_WARNING_S, UI_SUN);
	/* Digits have nothing below their line: their middle lies above that of the letters. */
	ui_label(u, (struct ui_rect){ring.x, ring.y - 8, ring.w, ring.h},
		 ui_pen(UI_BOLD, 112, UI_INK), UI_CENTER, seconds);
	int y = u->portrait ? ring.y + 278 + 24 : ring.y + (said < 278 ? (278 - said) / 2 : 0);
	enum ui_align align = u->portrait ? UI_CENTER : UI_LEFT;
	ui_words(u, (struct ui_rect){card.x + x, y, text_w, title_h},
		 ui_pen(UI_TITLE, title_px, UI_INK), 125, align, kiosk_word(k, W_idle_title));
	ui_spans(u, (struct ui_rect){card.x + x, y + title_h + 8, text_w, body_h}, body, 2,
		 ui_flow(155, align, 0));
	struct ui_rect first = {card.x + 80, card.y + h - 64 - 120, first_w, 120}, second = first;
	second.x += first_w + 32;
	second.w = w - 160 - first_w - 32;
	if (stacked) {
		first.w = second.w = w - 160;
		second.x = first.x;
		second.y = first.y - 144;
	}
	bool done = ui_button(u, first, "idle.done", UI_BUTTON_OUTLINE,
			      ui_caption("door", words[0], NULL));
	bool stay = ui_button(u, second, "idle.stay", UI_BUTTON_PRIMARY,
			      ui_caption("check", words[1], NULL));
	if (done) {
		k->warning = false;
		kiosk_leave(k);
	} else if (stay) {
		k->warning = false;
		k->touched_ms = k->now_ms;
		k->redraw = true;
	} else if (u->touched && !u->down && idle < 1000) {
		k->warning = false; /* any other touch goes on, too */
		k->redraw = true;
	}
	u->touched = false;
	ui_wake_at(u, k->now_ms + 1000 - idle % 1000);
}

void page_busy(struct kiosk *k, struct ui *u)
{
	header(k, u);
	ui_label(u, (struct ui_rect){0, u->h / 2 - 80, u->w, 160},
		 ui_pen(UI_TITLE, ui_px(u, UI_H1), UI_INK), UI_CENTER, k->busy);
}
