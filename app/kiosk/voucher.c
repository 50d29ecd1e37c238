#include "app/kiosk/voucher.h"

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/kiosk/brief.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/store/kiosk/album.h"

#include <stdio.h>
#include <string.h>

enum { WHOLE = 10000, GAP = 12, PAD = 16, AGAIN_MS = 2000, ZOOM_MOST = 300 };
#define DESK UI_RGB(0x8A8375) /* what a page lies on */

static const int zooms[] = {100, 150, 200, ZOOM_MOST};

/* --- opening --- */

static void turn_to(struct kiosk *k, size_t at)
{
	struct voucher *v = &k->voucher;
	voucher_rest(k);
	v->at = at;
	v->zoom = 100;
	v->turn = 0;
	v->x = v->y = WHOLE / 2;
	k->redraw = true;
}

void voucher_open(struct kiosk *k, size_t at)
{
	struct voucher *v = &k->voucher;
	if (record_attach(k->row_line, strlen(k->row_line), v->page, &v->count) != OK ||
	    at >= v->count)
		return;
	turn_to(k, at);
	kiosk_go(k, SCREEN_VOUCHER);
}

void voucher_rest(struct kiosk *k)
{
	ui_photo_close(k->voucher.photo);
	k->voucher.photo = NULL;
	k->voucher.state = VOUCHER_WANTED;
}

/* Runs when 正在打开 is on the glass. */
static void open_page(struct kiosk *k)
{
	struct voucher *v = &k->voucher;
	const struct hash *which = &v->page[v->at];
	char key[2 * HASH_BYTES + 1];
	struct buf bytes;
	if (v->state != VOUCHER_OPENING || k->at != SCREEN_VOUCHER)
		return;
	buf_init(&bytes, ALBUM_BYTES_MAX);
	enum err e = album_read(k->o.data, which, &bytes);
	text_hex(which->b, HASH_BYTES, key);
	key[UI_PHOTO_KEY] = 0;
	enum ui_err drawn = e == OK ? ui_photo_open(key, bytes.p, bytes.len, &v->photo) : UI_OK;
	buf_free(&bytes);
	if (e == OK && drawn == UI_OK) {
		v->state = VOUCHER_SHOWN;
	} else {
		v->state = e == ERR_MISSING ? VOUCHER_AWAY : VOUCHER_DAMAGED;
		if (e != ERR_MISSING)
			log_warn("voucher: %.16s does not hold", key);
		/* Bytes that were published stay, even when nobody can draw them. */
		if (e == ERR_CORRUPT)
			album_drop(k->o.data, which);
	}
	k->redraw = true;
}

/* --- what part of the page is seen --- */

struct view {
	struct ui_rect shown; /* on the screen */
	struct ui_part part;  /* of the picture */
	int across, down;     /* how much of the turned picture, in 1/10000 */
};

static int within(int v, int least, int most)
{
	return v < least ? least : v > most ? most : v;
}

/* One side: of `len` pixels drawn `drawn` units long in a place of `room`, with `middle` in the
 * middle. Gives where the seen part begins; *seen is how long it is, *units how much of the room it
 * takes. */
static int side(int len, int64_t drawn, int room, int *middle, int *seen, int *units)
{
	if (drawn <= room) {
		*middle = WHOLE / 2;
		*seen = len;
		*units = drawn < 1 ? 1 : (int)drawn;
		return 0;
	}
	int half = (int)((int64_t)WHOLE * room / drawn / 2);
	*middle = within(*middle, half, WHOLE - half);
	*units = room;
	*seen = within((int)((int64_t)len * room / drawn), 1, len);
	return within((int)((int64_t)len * *middle / WHOLE) - *seen / 2, 0, len - *seen);
}

/* Keeps the middle where something is to be seen. */
static struct view view_of(struct voucher *v, struct ui_rect room)
{
	struct view o = {.part.turn = v->turn};
	int pw, ph, w, h;
	ui_photo_size(v->photo, &pw, &ph);
	bool lies = (v->turn & 1) != 0;
	int tw = lies ? ph : pw, th = lies ? pw : ph;
	/* What just fits, in units of the longer way. */
	bool wide = (int64_t)tw * room.h > (int64_t)th * room.w;
	int64_t drawn_w = wide ? room.w : (int64_t)tw * room.h / th,
		drawn_h = wide ? (int64_t)th * room.w / tw : room.h;
	int x = side(tw, drawn_w * v->zoom / 100, room.w, &v->x, &w, &o.shown.w);
	int y = side(th, drawn_h * v->zoom / 100, room.h, &v->y, &h, &o.shown.h);
	o.across = (int)((int64_t)WHOLE * w / tw);
	o.down = (int)((int64_t)WHOLE * h / th);
	o.shown.x = room.x + (room.w - o.shown.w) / 2;
	o.shown.y = room.y + (room.h - o.shown.h) / 2;
	switch (v->turn) {
	case 1:
		o.part.from = (struct ui_rect){y, ph - x - w, h, w};
		break;
	case 2:
		o.part.from = (struct ui_rect){pw - x - w, ph - y - h, w, h};
		break;
	case 3:
		o.part.from = (struct ui_rect){pw - y - h, x, h, w};
		break;
	default:
		o.part.from = (struct ui_rect){x, y, w, h};
		break;
	}
	return o;
}

/* --- what is pressed --- */

static void zoom(struct kiosk *k, int steps)
{
	int at = 0, last = (int)(sizeof zooms / sizeof zooms[0]) - 1;
	while (at < last && zooms[at] < k->voucher.zoom)
		at++;
	k->voucher.zoom = zooms[within(at + steps, 0, last)];
	k->redraw = true;
}

static void move(struct kiosk *k, int dx, int dy)
{
	k->voucher.x = within(k->voucher.x + dx, 0, WHOLE);
	k->voucher.y = within(k->voucher.y + dy, 0, WHOLE);
	k->redraw = true;
}

/* The page follows the finger. */
static void drag(struct kiosk *k, struct ui *u, struct ui_rect r, const struct view *o)
{
	struct ui_move m = ui_pan(u, r, "voucher.page");
	if ((m.dx == 0 && m.dy == 0) || k->voucher.zoom == 100)
		return;
	move(k, -(int)((int64_t)m.dx * o->across / o->shown.w),
	     -(int)((int64_t)m.dy * o->down / o->shown.h));
}

/* --- drawing --- */

static void said(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	static const struct {
		const char *icon;
		enum word title, body;
	} of[] = {[VOUCHER_WANTED] = {"clock", W_voucher_opening, W_voucher_opening_body},
		  [VOUCHER_OPENING] = {"clock", W_voucher_opening, W_voucher_opening_body},
		  [VOUCHER_AWAY] = {"image", W_voucher_away, W_voucher_away_body},
		  [VOUCHER_DAMAGED] = {"warn", W_voucher_damaged, W_voucher_damaged_body}};
	const char *head = kiosk_word(k, of[k->voucher.state].title),
		   *body = kiosk_word(k, of[k->voucher.state].body);
	int title_px = ui_px(u, UI_H3), px = ui_px(u, UI_BODY), w = r.w - 80;
	int head_h = ui_words_height(UI_TITLE, title_px, w, 130, head),
	    body_h = ui_words_height(UI_REGULAR, px, w, 145, body);
	int y = r.y + (r.h - 96 - 24 - head_h - 12 - body_h) / 2;
	ui_list_box(&u->list, r, 12, UI_PAPER2, 0, UI_LINE);
	ui_list_icon(&u->list, (struct ui_rect){r.x + (r.w - 96) / 2, y, 96, 96},
		     of[k->voucher.state].icon, UI_PINE_D, UI_SUN, 25);
	ui_words(u, (struct ui_rect){r.x + 40, y + 120, w, head_h},
		 ui_pen(UI_TITLE, title_px, UI_INK), 130, UI_CENTER, head);
	ui_words(u, (struct ui_rect){r.x + 40, y + 132 + head_h, w, body_h},
		 ui_pen(UI_REGULAR, px, UI_INK2), 145, UI_CENTER, body);
}

static void picture(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	struct voucher *v = &k->voucher;
	if (v->state == VOUCHER_WANTED) {
		v->state = VOUCHER_OPENING;
		kiosk_defer(k, NULL, open_page);
	}
	if (v->state != VOUCHER_SHOWN) {
		said(k, u, r);
		if (v->state == VOUCHER_AWAY && album_size(k->o.data, &v->page[v->at]) >= 0)
			v->state = VOUCHER_WANTED;
		if (v->state == VOUCHER_AWAY || v->state == VOUCHER_WANTED)
			ui_wake_at(u, k->now_ms + (v->state == VOUCHER_AWAY ? AGAIN_MS : 0));
		return;
	}
	ui_list_box(&u->list, r, 12, DESK, 0, DESK);
	struct ui_rect room = ui_rect_inset(r, 10);
	struct view o = view_of(v, room);
	ui_list_photo(&u->list, o.shown, ui_photo_key(v->photo), o.part);
	drag(k, u, r, &o);
}

static enum ui_button_kind kind_if(bool on)
{
	return on ? UI_BUTTON_PLAIN : UI_BUTTON_OFF;
}

/* 放大 缩小 转一转: below each other, or beside each other from `r` on. Gives what they take. */
struct tools {
	const char *label[3];
	int w[3];
	bool bare; /* no room for words */
};
static const char *const tool_id[] = {"voucher.in", "voucher.out", "voucher.turn"};
static const char *const tool_icon[] = {"zoomin", "zoomout", "rotate"};

static struct tools tools_of(struct kiosk *k, struct ui *u)
{
	struct tools t = {.label = {kiosk_word(k, W_voucher_in), kiosk_word(k, W_voucher_out),
				    kiosk_word(k, W_voucher_turn)}};
	for (int i = 0; i < 3; i++)
		t.w[i] = ui_button_width(u, UI_BUTTON_PLAIN, tool_icon[i], t.label[i], NULL);
	return t;
}

static void tool(struct kiosk *k, struct ui *u, struct ui_rect r, const struct tools *t, int i)
{
	const struct voucher *v = &k->voucher;
	bool on = v->state == VOUCHER_SHOWN && (i == 0   ? v->zoom < ZOOM_MOST
						: i == 1 ? v->zoom > 100
							 : true);
	if (!ui_button(u, r, tool_id[i], kind_if(on),
		       ui_caption(tool_icon[i], t->bare ? NULL : t->label[i], NULL)))
		return;
	if (i < 2) {
		zoom(k, i == 0 ? 1 : -1);
		return;
	}
	k->voucher.turn = (v->turn + 1) & 3;
	k->voucher.x = k->voucher.y = WHOLE / 2;
	k->redraw = true;
}

/* ◀ ▲ ▼ ▶ for who does not drag; each moves by a good half of what is seen. */
static void arrows(struct kiosk *k, struct ui *u, struct ui_rect r, int columns)
{
	static const struct {
		const char *id, *icon;
		int dx, dy;
	} arrow[] = {{"voucher.left", "moveleft", -1, 0},
		     {"voucher.right", "moveright", 1, 0},
		     {"voucher.up", "moveup", 0, -1},
		     {"voucher.down", "movedown", 0, 1}};
	int step = WHOLE * 55 / k->voucher.zoom;
	int w = (r.w - (columns - 1) * GAP) / columns;
	for (int i = 0; i < 4; i++) {
		struct ui_rect b = {r.x + i % columns * (w + GAP),
				    r.y + i / columns * (UI_TOUCH_MIN + GAP), w, UI_TOUCH_MIN};
		if (ui_button(u, b, arrow[i].id, UI_BUTTON_PLAIN,
			      ui_caption(arrow[i].icon, NULL, NULL)))
			move(k, arrow[i].dx * step, arrow[i].dy * step);
	}
}

static const char *number_words(const struct kiosk *k)
{
	char n[24], of[24];
	snprintf(n, sizeof n, "%zu", k->voucher.at + 1);
	snprintf(of, sizeof of, "%zu", k->voucher.count);
	return words_fill(k->lang, W_voucher_page,
			  (const struct word_arg[]){{"n", n}, {"all", of}, {NULL, NULL}});
}

/* ‹ and ›; the pad's ↑ and ↓ press them, too. */
static void turners(struct kiosk *k, struct ui *u, struct ui_rect r)
{
	const struct voucher *v = &k->voucher;
	int w = (r.w - GAP) / 2;
	if (v->count < 2)
		return;
	if (ui_button(u, (struct ui_rect){r.x, r.y, w, r.h}, "voucher.prev", kind_if(v->at > 0),
		      ui_caption("back", NULL, NULL)))
		turn_to(k, v->at - 1);
	if (ui_button(u, (struct ui_rect){r.x + w + GAP, r.y, w, r.h}, "voucher.next",
		      kind_if(v->at + 1 < v->count), ui_caption("next", NULL, NULL)))
		turn_to(k, k->voucher.at + 1);
}

static void card_landscape(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	struct tools t = tools_of(k, u);
	int px = ui_px(u, UI_BODY), w = 216;
	const char *number = number_words(k);
	for (int i = 0; i < 3; i++)
		w = t.w[i] > w ? t.w[i] : w;
	int number_w = ui_label_width(UI_REGULAR, px, number) + 4;
	w = number_w > w ? number_w : w;
	struct ui_rect in = ui_rect_inset(card, PAD);
	ui_card(u, card, UI_CARD);
	picture(k, u, (struct ui_rect){in.x, in.y, in.w - w - PAD, in.h});
	struct ui_rect b = {in.x + in.w - w, in.y, w, UI_TOUCH_MIN};
	for (int i = 0; i < 3; i++, b.y += UI_TOUCH_MIN + GAP)
		tool(k, u, b, &t, i);
	if (k->voucher.state == VOUCHER_SHOWN && k->voucher.zoom > 100)
		arrows(k, u, b, 2);
	int y = in.y + in.h - UI_TOUCH_MIN;
	turners(k, u, (struct ui_rect){b.x, y, w, UI_TOUCH_MIN});
	ui_label(u, (struct ui_rect){b.x, k->voucher.count > 1 ? y - 54 : y + 20, w, 48},
		 ui_pen(UI_REGULAR, px, UI_INK), UI_CENTER, number);
}

static void card_portrait(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	struct tools t = tools_of(k, u);
	struct ui_rect in = ui_rect_inset(card, PAD);
	int px = ui_px(u, UI_BODY), row = UI_TOUCH_MIN, turn_w = 2 * 96 + GAP;
	const char *number = number_words(k);
	int number_w = ui_label_width(UI_REGULAR, px, number) + 4;
	bool many = k->voucher.count > 1;
	int right = number_w + (many ? turn_w + GAP : 0);
	t.bare = t.w[0] + t.w[1] + t.w[2] + 3 * GAP + right > in.w;
	int y = in.y + in.h - 2 * row - GAP, x = in.x;
	ui_card(u, card, UI_CARD);
	picture(k, u, (struct ui_rect){in.x, in.y, in.w, y - GAP - in.y});
	for (int i = 0; i < 3; i++) {
		int w = t.bare ? 120 : t.w[i];
		tool(k, u, (struct ui_rect){x, y, w, row}, &t, i);
		x += w + GAP;
	}
	ui_label(u, (struct ui_rect){in.x + in.w - right, y, number_w, row},
		 ui_pen(UI_REGULAR, px, UI_INK), UI_LEFT, number);
	turners(k, u, (struct ui_rect){in.x + in.w - turn_w, y, turn_w, row});
	y += row + GAP;
	if (k->voucher.state == VOUCHER_SHOWN && k->voucher.zoom > 100)
		arrows(k, u, (struct ui_rect){in.x, y, in.w, row}, 4);
	else if (k->voucher.state == VOUCHER_SHOWN)
		ui_label(u, (struct ui_rect){in.x, y, in.w, row},
			 ui_pen(UI_REGULAR, ui_px(u, UI_CAPTION), UI_INK2), UI_CENTER,
			 kiosk_word(k, W_voucher_hint));
}

void voucher_draw(struct kiosk *k, struct ui *u)
{
	struct ui_rect c = ui_content(u, page_top(k, u));
	bool ledger = strcmp(k->row_sheet.entry.template_id, "ledger") == 0;
	if (!k->have_row || k->voucher.at >= k->voucher.count) {
		kiosk_back(k);
		return;
	}
	if (u->portrait) {
		int h = (c.h - 64) * 56 / 100;
		card_portrait(k, u, (struct ui_rect){c.x, c.y + 20, c.w, h});
		brief_row(k, u, (struct ui_rect){c.x, c.y + 20 + h + 24, c.w, c.h - h - 64});
	} else {
		int w = (c.w - 28) * 58 / 100;
		card_landscape(k, u, (struct ui_rect){c.x, c.y + 20, w, c.h - 40});
		brief_row(k, u, (struct ui_rect){c.x + w + 28, c.y + 20, c.w - w - 28, c.h - 40});
	}
	const struct ui_bar_button ask = {
		.id = "voucher.ask",
		.icon = "help",
		.label = kiosk_word(k, ledger ? W_line_ask : W_entry_ask),
		.sub = ledger && u->size == UI_STANDARD ? kiosk_word(k, W_line_ask_sub) : NULL,
		.kind = UI_BUTTON_SUN,
		.right = true};
	if (strcmp(page_bar(k, u, PAGE_BACK | PAGE_HOME | PAGE_SIZE, &ask, 1), ask.id) == 0)
		file_begin(k, true);
}
