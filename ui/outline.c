#include "ui/outline.h"

#include <stdlib.h>
#include <string.h>

enum {
	NOBODY = -1,
	SILENT = -2,
	ITEM_TEXTS = 400,
	ROW_GAP = 330,     /* a label and its value stand at most so far apart */
	CARD_H_MAX = 260,  /* texts in a lower box belong together */
	SENTENCE_GAP = 100 /* the sentence begins at most so far under the title */
};

/* While a list is being read: whose each text is. */
struct maker {
	const struct ui_list *l;
	struct ui_outline *o;
	int bar_y;
	int16_t of_text[UI_LIST_MAX];
	int16_t of_target[UI_TARGETS_MAX], of_note[UI_NOTES_MAX];
	int last_text; /* command of the last text, NOBODY before the first */
};

static struct ui_rect ink(const struct ui_draw_cmd *c)
{
	return (struct ui_rect){c->rect.x + c->a, c->base - c->px, c->rect.w - 2 * c->a,
				c->px * 5 / 4};
}

static bool holds(struct ui_rect outer, struct ui_rect r)
{
	return ui_rect_has(outer, r.x + r.w / 2, r.y + r.h / 2);
}

static int64_t area(struct ui_rect r)
{
	return (int64_t)r.w * r.h;
}

static int smallest_target(const struct ui_list *l, struct ui_rect r)
{
	int best = NOBODY;
	for (size_t i = 0; i < l->targets; i++)
		if (holds(l->target[i].rect, r) &&
		    (best < 0 || area(l->target[i].rect) <= area(l->target[best].rect)))
			best = (int)i;
	return best;
}

static int smallest_note(const struct ui_list *l, struct ui_rect r)
{
	int best = NOBODY;
	for (size_t i = 0; i < l->notes; i++)
		if (holds(l->note[i].rect, r) &&
		    (best < 0 || area(l->note[i].rect) <= area(l->note[best].rect)))
			best = (int)i;
	return best;
}

static int new_item(struct maker *m, struct ui_rect r)
{
	struct ui_outline *o = m->o;
	if (o->count == UI_ITEMS_MAX)
		return SILENT;
	struct ui_item *it = &o->item[o->count];
	*it = (struct ui_item){.rect = r, .rank = UI_RANK_PAGE};
	if (r.y >= m->bar_y) {
		it->bar = true;
		it->rank = UI_RANK_BAR;
	}
	return o->count++;
}

static void copy_word(char *out, size_t size, const char *s, size_t len)
{
	size_t n = len < size - 1 ? len : size - 1;
	memcpy(out, s, n);
	out[n] = 0;
}

static int item_of_target(struct maker *m, int t)
{
	const struct ui_target *target = &m->l->target[t];
	if (m->of_target[t] != NOBODY)
		return m->of_target[t];
	/* Nothing is said of what cannot be pressed, nor of a target that holds another one. */
	int item = target->off ? SILENT : new_item(m, target->rect);
	int note = smallest_note(m->l, target->rect);
	if (item >= 0)
		m->o->item[item].covered = note >= 0 && m->l->note[note].text_len > 0 &&
					   area(m->l->note[note].rect) > 2 * area(target->rect);
	if (item >= 0)
		copy_word(m->o->item[item].id, UI_ITEM_ID, m->l->text + target->id_at,
			  target->id_len);
	m->of_target[t] = (int16_t)item;
	return item;
}

/* A note on a target speaks for the target; another one is an item of its own. */
static int item_of_note(struct maker *m, int n)
{
	const struct ui_note *note = &m->l->note[n];
	if (m->of_note[n] != NOBODY)
		return m->of_note[n];
	int t = note->apart ? NOBODY : smallest_target(m->l, note->rect), item = SILENT;
	int64_t own = area(note->rect), below = t < 0 ? 0 : area(m->l->target[t].rect);
	if (t >= 0 && below <= 4 * own && 2 * below >= own)
		item = item_of_target(m, t);
	else if (note->text_len > 0 || note->secret || note->apart)
		item = new_item(m, note->rect);
	if (item >= 0 && note->secret)
		m->o->item[item].secret = m->o->secrets = true;
	m->of_note[n] = (int16_t)item;
	return item;
}

/* The smallest box around both that is no higher than a card of a few lines. */
static bool share_card(const struct ui_list *l, struct ui_rect a, struct ui_rect b)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->cmd[i].kind == UI_DRAW_BOX && l->cmd[i].rect.h <= CARD_H_MAX &&
		    holds(l->cmd[i].rect, a) && holds(l->cmd[i].rect, b))
			return true;
	return false;
}

static bool same_row(const struct ui_draw_cmd *a, const struct ui_draw_cmd *b)
{
	int px = a->px > b->px ? a->px : b->px;
	return abs(a->base - b->base) <= px / 2;
}

/* The next line of what a stands in. */
static bool next_row(const struct ui_draw_cmd *a, const struct ui_draw_cmd *b)
{
	int px = a->px > b->px ? a->px : b->px, down = b->base - a->base;
	return down > 0 && down <= px * 22 / 10 && abs(a->px - b->px) <= px / 3;
}

static bool same_hand(const struct ui_draw_cmd *a, const struct ui_draw_cmd *b)
{
	return a->px == b->px && a->style == b->style && a->color.r == b->color.r &&
	       a->color.g == b->color.g && a->color.b == b->color.b;
}

/* A single character in title letters is a sign (收, 支, 字), not the beginning of a word. */
static bool is_sign(const struct maker *m, const struct ui_draw_cmd *c)
{
	size_t chars = 0;
	for (uint32_t i = 0; i < c->text_len; i++)
		chars += ((unsigned char)m->l->text[c->text_at + i] & 0xc0) != 0x80;
	return c->style == UI_TITLE && chars == 1 && c->text_len >= 3;
}

/* Belongs free text b to the same item (standing in `all`) as a, drawn just before? */
static bool together(const struct ui_list *l, const struct ui_draw_cmd *a, struct ui_rect all,
		     const struct ui_draw_cmd *b)
{
	struct ui_rect x = ink(a), y = ink(b);
	int gap = y.x > x.x ? y.x - x.x - x.w : x.x - y.x - y.w;
	if (same_row(a, b) && gap < ROW_GAP)
		return true;
	bool under = all.x < y.x + y.w && y.x < all.x + all.w;
	return (under && next_row(a, b) && same_hand(a, b)) || share_card(l, x, y);
}

static int free_item(struct maker *m, int c)
{
	const struct ui_draw_cmd *cmd = &m->l->cmd[c];
	struct ui_rect r = ink(cmd);
	if (m->last_text >= 0) {
		int before = m->of_text[m->last_text];
		if (before >= 0 && m->o->item[before].id[0] == 0 && !m->o->item[before].secret &&
		    together(m->l, &m->l->cmd[m->last_text], m->o->item[before].rect, cmd)) {
			m->o->item[before].rect = ui_rect_join(m->o->item[before].rect, r);
			return before;
		}
	}
	return new_item(m, r);
}

static bool cut_away(struct ui_rect clip, struct ui_rect r)
{
	return clip.w != 0 && !holds(clip, r);
}

/* Targets, notes and texts share one store of texts: their places in it are the order of drawing.
 */
static void before_text(struct maker *m, uint32_t at, size_t *t, size_t *n)
{
	const struct ui_list *l = m->l;
	for (;;) {
		uint32_t target = *t < l->targets ? l->target[*t].id_at : UINT32_MAX,
			 note = *n < l->notes ? l->note[*n].text_at : UINT32_MAX;
		if (target >= at && note >= at)
			return;
		if (target <= note)
			item_of_target(m, (int)(*t)++);
		else
			item_of_note(m, (int)(*n)++);
	}
}

static void assign(struct maker *m)
{
	const struct ui_list *l = m->l;
	struct ui_rect clip = {0};
	size_t t = 0, n = 0;
	for (size_t c = 0; c < l->count; c++) {
		const struct ui_draw_cmd *cmd = &l->cmd[c];
		m->of_text[c] = SILENT;
		if (cmd->kind == UI_DRAW_CLIP)
			clip = cmd->rect;
		if (cmd->kind == UI_DRAW_REGION)
			m->o->region = cmd->rect;
		if (cmd->kind != UI_DRAW_TEXT)
			continue;
		before_text(m, cmd->text_at, &t, &n);
		struct ui_rect r = ink(cmd);
		if (cut_away(clip, r))
			continue;
		int note = smallest_note(l, r), target = smallest_target(l, r);
		if (note >= 0 && target >= 0 &&
		    area(l->target[target].rect) * 2 < area(l->note[note].rect))
			note = NOBODY;
		if (note >= 0)
			m->of_text[c] = (int16_t)item_of_note(m, note);
		else if (target >= 0)
			m->of_text[c] = (int16_t)item_of_target(m, target);
		else
			m->of_text[c] = (int16_t)free_item(m, (int)c);
		/* A note's own words stand for the texts. */
		if (note >= 0 && !l->note[note].secret && !l->note[note].apart)
			m->of_text[c] = SILENT;
		m->last_text = (int)c;
	}
	before_text(m, UINT32_MAX, &t, &n);
}

static void add(struct ui_outline *o, const char *s, size_t len)
{
	if (len > sizeof o->text - 1 - o->used)
		return;
	memcpy(o->text + o->used, s, len);
	o->used += len;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The end of a word, or of a clause, in Latin letters. */
static bool ends_word(char c)
{
	return is_word(c) || c == ',' || c == '.' || c == ';' || c == ':';
}

/* Between two texts of one item: nothing inside a paragraph (a blank between words in Latin letters
 * and numbers), a blank on one line, else a pause. */
static void part(struct maker *m, const struct ui_draw_cmd *a, const struct ui_draw_cmd *b)
{
	struct ui_outline *o = m->o;
	struct ui_rect x = ink(a), y = ink(b);
	int gap = y.x - x.x - x.w, px = a->px > b->px ? a->px : b->px;
	/* A figure and its unit are of two hands, and still one word after the other. */
	bool figure = o->used > 0 && b->text_len > 0 &&
		      (is_digit(o->text[o->used - 1]) || is_digit(m->l->text[b->text_at]));
	bool words = o->used > 0 && b->text_len > 0 && ends_word(o->text[o->used - 1]) &&
		     is_word(m->l->text[b->text_at]);
	bool touching = same_row(a, b) && gap > -a->px && gap < 4; /* spans of one paragraph */
	bool sign = is_sign(m, a) || is_sign(m, b);
	bool on = next_row(a, b) && same_hand(a, b) && b == a + 1; /* nothing drawn between */
	bool beside =
		same_row(a, b) && gap > -a->px && gap < px * 7 / 10 && (figure || same_hand(a, b));
	if (!sign && (touching || (on && !beside)))
		add(o, " ", words);
	else if (!sign && beside)
		add(o, " ", gap >= 4 || words);
	else
		add(o, "\n", 1);
}

static bool is_blank(const struct maker *m, const struct ui_draw_cmd *c)
{
	for (uint32_t i = 0; i < c->text_len; i++)
		if (m->l->text[c->text_at + i] != ' ' && m->l->text[c->text_at + i] != '\n')
			return false;
	return true;
}

/* The texts of an item as they are drawn; in a long row from left to right. */
static int in_order(const struct maker *m, int item, int16_t *list)
{
	const struct ui_rect r = m->o->item[item].rect;
	bool row = m->o->item[item].id[0] != 0 && r.w >= 5 * r.h;
	int n = 0;
	for (size_t c = 0; c < m->l->count && n < ITEM_TEXTS; c++) {
		if (m->l->cmd[c].kind != UI_DRAW_TEXT || m->of_text[c] != item ||
		    is_blank(m, &m->l->cmd[c]))
			continue;
		int at = n++;
		for (; row && at > 0 && ink(&m->l->cmd[list[at - 1]]).x > ink(&m->l->cmd[c]).x + 4;
		     at--)
			list[at] = list[at - 1];
		list[at] = (int16_t)c;
	}
	return n;
}

static void gather(struct maker *m, int item)
{
	struct ui_outline *o = m->o;
	struct ui_item *it = &o->item[item];
	const struct ui_draw_cmd *before = NULL;
	int16_t list[ITEM_TEXTS];
	it->text_at = (uint32_t)o->used;
	for (size_t n = 0; n < m->l->notes; n++)
		if (m->of_note[n] == item && m->l->note[n].text_len > 0) {
			add(o, "\n", o->used > it->text_at);
			add(o, m->l->text + m->l->note[n].text_at, m->l->note[n].text_len);
		}
	for (size_t c = 0; c < m->l->count; c++) {
		const struct ui_draw_cmd *cmd = &m->l->cmd[c];
		if (cmd->kind == UI_DRAW_ICON && it->icon[0] == 0 && cmd->text_len < UI_ITEM_ICON &&
		    holds(it->rect, cmd->rect))
			copy_word(it->icon, UI_ITEM_ICON, m->l->text + cmd->text_at, cmd->text_len);
	}
	int texts = in_order(m, item, list);
	for (int i = 0; i < texts; i++) {
		const struct ui_draw_cmd *cmd = &m->l->cmd[list[i]];
		if (before != NULL)
			part(m, before, cmd);
		else
			add(o, "\n", o->used > it->text_at); /* behind a note */
		add(o, m->l->text + cmd->text_at, cmd->text_len);
		if (cmd->style == UI_TITLE && it->id[0] == 0 && !is_sign(m, cmd)) {
			it->title = it->title || before == NULL || is_sign(m, before);
			it->px = cmd->px > it->px ? cmd->px : it->px;
		}
		before = cmd;
	}
	it->text_len = (uint32_t)(o->used - it->text_at);
	it->scrolls = o->region.w > 0 && holds(o->region, it->rect);
}

/* The highest free text in title letters, and what stands close under it. */
static void find_title(struct ui_outline *o, int least_px)
{
	struct ui_item *title = NULL, *under = NULL;
	for (int i = 0; i < o->count; i++) {
		struct ui_item *it = &o->item[i];
		if (it->title && it->px >= least_px && !it->bar && !it->scrolls &&
		    (title == NULL || it->rect.y < title->rect.y))
			title = it;
		it->title = false;
	}
	if (title == NULL)
		return;
	title->title = true;
	title->rank = UI_RANK_TITLE;
	int bottom = title->rect.y + title->rect.h;
	for (int i = 0; i < o->count; i++) {
		struct ui_item *it = &o->item[i];
		if (it != title && it->id[0] == 0 && it->rank == UI_RANK_PAGE && !it->scrolls &&
		    it->rect.y > title->rect.y + title->rect.h / 3 &&
		    it->rect.y - bottom < SENTENCE_GAP &&
		    it->rect.x < title->rect.x + title->rect.w &&
		    title->rect.x < it->rect.x + it->rect.w &&
		    (under == NULL || it->rect.y < under->rect.y))
			under = it;
	}
	if (under != NULL)
		under->rank = UI_RANK_SENTENCE;
}

/* Stable: items of one rank stay as they were drawn; what says nothing goes. */
static void arrange(struct ui_outline *o)
{
	static struct ui_item kept[UI_ITEMS_MAX];
	int n = 0;
	for (int rank = UI_RANK_TITLE; rank <= UI_RANK_BAR; rank++)
		for (int i = 0; i < o->count; i++) {
			const struct ui_item *it = &o->item[i];
			bool says = it->text_len > 0 || (it->id[0] != 0 && it->icon[0] != 0);
			if (it->rank == rank && says)
				kept[n++] = *it;
		}
	memcpy(o->item, kept, (size_t)n * sizeof kept[0]);
	o->count = n;
}

void ui_outline_make(const struct ui_list *l, int bar_y, int title_px, struct ui_outline *out)
{
	static struct maker m;
	ui_outline_wipe(out);
	m.l = l;
	m.o = out;
	m.bar_y = bar_y;
	m.last_text = NOBODY;
	for (size_t i = 0; i < UI_TARGETS_MAX; i++)
		m.of_target[i] = NOBODY;
	for (size_t i = 0; i < UI_NOTES_MAX; i++)
		m.of_note[i] = NOBODY;
	assign(&m);
	for (int i = 0; i < out->count; i++)
		gather(&m, i);
	find_title(out, title_px);
	arrange(out);
}

void ui_outline_wipe(struct ui_outline *o)
{
	explicit_bzero(o->text, o->used);
	o->used = 0;
	o->count = 0;
	o->secrets = false;
	o->region = (struct ui_rect){0};
}

const char *ui_outline_text(const struct ui_outline *o, const struct ui_item *item)
{
	return o->text + item->text_at;
}
