/* project_pictures.c - 一路看着它修: pictures of a project by quarter, each opened one after the
 * other between frames. */
#include "app/base/text.h"
#include "app/kiosk/page.h"
#include "app/kiosk/project.h"
#include "app/kiosk/screens.h"
#include "app/store/kiosk/album.h"

#include <stdio.h>
#include <string.h>

struct picture {
	const struct roll_row *row;
	size_t page; /* of the row */
	struct hash hash;
};
struct pictures {
	struct picture at[PROJECT_PICTURES];
	size_t count;
};

/* Oldest first; of more than there is room for the oldest are left out. */
static void gather(const struct project *p, struct pictures *out)
{
	out->count = 0;
	for (size_t i = p->rows; i-- > 0;) {
		struct hash page[RECORD_ATTACH_MAX];
		const struct record *r = p->row[i].record;
		size_t n = 0;
		if (r->attach_count == 0 || record_attach(r->line, r->line_len, page, &n) != OK)
			continue;
		for (size_t j = n; j-- > 0 && out->count < PROJECT_PICTURES;)
			out->at[out->count++] = (struct picture){&p->row[i], j, page[j]};
	}
	for (size_t i = 0; i < out->count / 2; i++) {
		struct picture t = out->at[i];
		out->at[i] = out->at[out->count - 1 - i];
		out->at[out->count - 1 - i] = t;
	}
}

/* --- opening --- */

static void forget(struct project_seen *s)
{
	ui_photo_close(s->photo);
	*s = (struct project_seen){0};
}

void project_rest(struct kiosk *k)
{
	for (size_t i = 0; i < PROJECT_SEEN; i++)
		forget(&k->project_seen[i]);
}

static void open_one(struct kiosk *k, struct project_seen *s, size_t place)
{
	char key[2 * HASH_BYTES + 1], hex[2 * HASH_BYTES + 1];
	struct buf bytes;
	buf_init(&bytes, ALBUM_BYTES_MAX);
	/* The same picture may stand in the viewer, large. */
	text_hex(s->hash.b, HASH_BYTES, hex);
	snprintf(key, sizeof key, "s%zu-%.10s", place % 10, hex);
	enum err e = album_read(k->o.data, &s->hash, &bytes);
	if (e == OK && ui_photo_open(key, bytes.p, bytes.len, &s->photo) == UI_OK &&
	    ui_photo_shrink(s->photo, PROJECT_SMALL_W, PROJECT_SMALL_H) == UI_OK)
		s->state = PICTURE_SHOWN;
	else
		s->state = PICTURE_AWAY;
	buf_free(&bytes);
}

/* One a frame: each takes as long as a frame may. */
static void open_next(struct kiosk *k)
{
	for (size_t i = 0; i < PROJECT_SEEN; i++)
		if (k->at == SCREEN_PROJECT && k->project_seen[i].state == PICTURE_WANTED) {
			open_one(k, &k->project_seen[i], i);
			k->redraw = true;
			return;
		}
}

static struct project_seen *seen_of(struct kiosk *k, size_t place, const struct hash *hash)
{
	struct project_seen *s = &k->project_seen[place];
	if (s->state == PICTURE_NONE || !hash_equal(&s->hash, hash)) {
		forget(s);
		s->hash = *hash;
		s->state = PICTURE_WANTED;
	}
	if (s->state == PICTURE_WANTED && k->deferred == NULL)
		kiosk_defer(k, NULL, open_next);
	return s;
}

/* --- drawing --- */

const char *project_quarter(const struct kiosk *k, const struct roll_row *row)
{
	const char *period = row->sheet->entry.period;
	char year[8], quarter[8];
	if (strlen(period) != 6 || period[4] != 'Q')
		return "";
	snprintf(year, sizeof year, "%.4s", period);
	snprintf(quarter, sizeof quarter, "%c", period[5]);
	return words_fill(k->lang, W_project_quarter,
			  (const struct word_arg[]){{"year", year}, {"q", quarter}, {NULL, NULL}});
}

static void one(struct kiosk *k, struct ui *u, struct ui_rect r, const struct picture *p,
		size_t place)
{
	char id[32];
	struct project_seen *s = seen_of(k, place, &p->hash);
	int px = ui_px(u, UI_CAPTION), words_h = px * 14 / 10;
	struct ui_rect at = {r.x, r.y, r.w, r.h - words_h - 8};
	snprintf(id, sizeof id, "project.picture%zu", place % 10);
	bool hit = ui_hit(u, r, id);
	if (s->state == PICTURE_SHOWN) {
		ui_list_photo(&u->list, at, ui_photo_key(s->photo),
			      ui_photo_cover(s->photo, at.w, at.h));
	} else {
		ui_list_box(&u->list, at, 12, UI_PAPER2, 0, UI_LINE);
		ui_words(u, (struct ui_rect){at.x + 12, at.y + at.h / 2 - px, at.w - 24, at.h / 2},
			 ui_pen(UI_REGULAR, px, UI_INK2), 130, UI_CENTER,
			 kiosk_word(k,
				    s->state == PICTURE_AWAY ? W_project_away : W_voucher_opening));
	}
	const char *stage = project_stage(k, p->row);
	int stage_w = ui_label_width(UI_BOLD, px, stage) + 4;
	struct ui_rect under = {r.x, r.y + r.h - words_h, r.w, words_h};
	ui_label(u, under, ui_pen(UI_BOLD, px, UI_INK), UI_LEFT, stage);
	/* Which quarter, whole or not at all. */
	struct ui_rect beside = {r.x + stage_w + 12, under.y, r.w - stage_w - 12, words_h};
	const char *quarter = project_quarter(k, p->row);
	if (ui_label_width(UI_REGULAR, px, quarter) <= beside.w)
		ui_label(u, beside, ui_pen(UI_REGULAR, px, UI_INK2), UI_RIGHT, quarter);
	if (!hit)
		return;
	size_t page = p->page;
	entry_take(k, p->row);
	voucher_open(k, page);
}

void project_pictures(struct kiosk *k, struct ui *u, struct ui_rect r, const struct project *p)
{
	struct pictures all;
	int px = ui_px(u, UI_H3), small = ui_px(u, UI_CAPTION), head = px * 13 / 10, gap = 20;
	gather(p, &all);
	bool many = all.count > PROJECT_SEEN;
	size_t last = many ? all.count - PROJECT_SEEN : 0;
	if (k->project_from > last)
		k->project_from = last;
	if (many && head < UI_TOUCH_MIN)
		head = UI_TOUCH_MIN;
	ui_label(u, (struct ui_rect){r.x, r.y, r.w, head}, ui_pen(UI_TITLE, px, UI_INK), UI_LEFT,
		 kiosk_word(k, W_project_pictures));
	int right = r.x + r.w;
	if (many) {
		bool back = k->project_from > 0, on = k->project_from < last;
		right -= 2 * 96 + 12;
		if (ui_button(u, (struct ui_rect){right, r.y, 96, UI_TOUCH_MIN}, "project.earlier",
			      back ? UI_BUTTON_PLAIN : UI_BUTTON_OFF,
			      ui_caption("back", NULL, NULL))) {
			k->project_from--;
			k->redraw = true;
		}
		if (ui_button(u, (struct ui_rect){right + 108, r.y, 96, UI_TOUCH_MIN},
			      "project.later", on ? UI_BUTTON_PLAIN : UI_BUTTON_OFF,
			      ui_caption("next", NULL, NULL))) {
			k->project_from++;
			k->redraw = true;
		}
		right -= 20;
	}
	if (all.count > 0 && u->size != UI_XLARGE)
		ui_label(u, (struct ui_rect){r.x, r.y, right - r.x, head},
			 ui_pen(UI_REGULAR, small, UI_INK2), UI_RIGHT,
			 kiosk_word(k, W_project_touch));
	struct ui_rect body = {r.x, r.y + head + 12, r.w, r.h - head - 12};
	if (all.count == 0) {
		ui_words(u, (struct ui_rect){body.x, body.y + 8, body.w, body.h},
			 ui_pen(UI_REGULAR, ui_px(u, UI_BODY), UI_INK2), 140, UI_LEFT,
			 kiosk_word(k, W_project_no_pictures));
		return;
	}
	int w = (body.w - (PROJECT_SEEN - 1) * gap) / PROJECT_SEEN;
	for (size_t i = 0; i < PROJECT_SEEN && k->project_from + i < all.count; i++)
		one(k, u, (struct ui_rect){body.x + (int)i * (w + gap), body.y, w, body.h},
		    &all.at[k->project_from + i], i);
}
