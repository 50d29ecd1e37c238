#include "app/kiosk/case_steps.h"

#include "ui/card.h"

enum { NODE = 56, STEP_H = 98, EARLIER_H = 100 };

const struct capsule_entry *case_newest(const struct kiosk *k)
{
	return &k->found->entry[k->found->count - 1];
}

bool case_may_rate(const struct kiosk *k)
{
	return case_newest(k)->state == CASE_REPLIED;
}

const char *case_step_words(const struct kiosk *k, const struct capsule_entry *e)
{
	static const enum word word[CASE_STATES] = {
		[CASE_RECEIVED] = W_state_received,         [CASE_REGISTERED] = W_state_registered,
		[CASE_ACCEPTED] = W_state_accepted,         [CASE_HANDLING] = W_state_handling,
		[CASE_REPLIED] = W_state_replied,           [CASE_RATED] = W_state_rated,
		[CASE_FOLLOW_UP] = W_state_follow_up,       [CASE_CLOSED] = W_state_closed,
		[CASE_NOT_ACCEPTED] = W_state_not_accepted, [CASE_SEALED] = W_state_sealed,
		[CASE_WITHDRAWN] = W_state_withdrawn,
	};
	return words_fill(k->lang, word[e->state],
			  (const struct word_arg[]){{"office", e->office}, {NULL, NULL}});
}

/* Somebody still works on it. */
static bool goes_on(const struct kiosk *k)
{
	enum case_state s = case_newest(k)->state;
	return s == CASE_RECEIVED || s == CASE_REGISTERED || s == CASE_ACCEPTED ||
	       s == CASE_HANDLING || s == CASE_FOLLOW_UP || s == CASE_SEALED;
}

int case_due(const struct kiosk *k, bool *provisional)
{
	int due = 0;
	for (size_t i = 0; i < k->found->count; i++)
		if (k->found->entry[i].due != 0) {
			due = k->found->entry[i].due;
			*provisional = k->found->entry[i].due_provisional;
		}
	return due;
}

enum step_look { STEP_DONE, STEP_NOW, STEP_FUTURE };

struct step {
	const char *title, *sub, *day, *icon;
	enum step_look look;
	bool rail; /* another step follows */
};

static void step_draw(struct ui *u, struct ui_rect r, const struct step *s)
{
	static const struct ui_color none = {0};
	int px = ui_px(u, UI_LABEL), small = ui_px(u, UI_CAPTION) + 2;
	bool now = s->look == STEP_NOW, future = s->look == STEP_FUTURE;
	if (s->rail)
		ui_list_fill(&u->list,
			     (struct ui_rect){r.x + NODE / 2 - 2, r.y + NODE, 5, r.h - NODE + 2},
			     now ? UI_LINE : UI_PINE);
	ui_list_box(&u->list, (struct ui_rect){r.x, r.y, NODE, NODE}, NODE / 2,
		    future ? UI_WHITE
		    : now  ? UI_SUN
			   : UI_PINE,
		    future ? 4 : 0, UI_EDGE);
	if (!future)
		ui_list_icon(&u->list, (struct ui_rect){r.x + 10, r.y + 10, NODE - 20, NODE - 20},
			     s->icon, now ? UI_SUN_INK : UI_WHITE, none, 40);
	int day_w = ui_label_width(UI_REGULAR, small, s->day);
	ui_label_cut(u, (struct ui_rect){r.x + NODE + 24, r.y - 2, r.w - NODE - 40 - day_w, 52},
		     ui_pen(UI_BOLD, px, future ? UI_INK2 : UI_INK), UI_LEFT, s->title);
	ui_label(u, (struct ui_rect){r.x + r.w - day_w - 4, r.y, day_w + 4, 48},
		 ui_pen(UI_REGULAR, small, UI_INK2), UI_RIGHT, s->day);
	if (s->sub[0] != 0)
		ui_label_cut(u, (struct ui_rect){r.x + NODE + 24, r.y + 46, r.w - NODE - 24, 44},
			     ui_pen(UI_REGULAR, small, UI_INK2), UI_LEFT, s->sub);
}

/* What stands under a step: its text when it is no answer, else who does it. */
static const char *step_sub(struct kiosk *k, const struct capsule_entry *e)
{
	if (e->text[0] != 0 && e->state != CASE_REPLIED && e->state != CASE_NOT_ACCEPTED)
		return e->text;
	if (e->state == CASE_RECEIVED)
		return kiosk_word(k, W_case_received_sub);
	if (e->state == CASE_REGISTERED)
		return kiosk_word(k, W_case_registered_sub);
	return e->office;
}

/* Steps taken, and the one that comes: the resident's word, or the answer. */
static int steps_all(const struct kiosk *k)
{
	bool comes = goes_on(k) || (case_may_rate(k) && !k->follow_sent);
	return (int)k->found->count + comes;
}

static struct step step_at(struct kiosk *k, int i)
{
	bool provisional;
	int count = (int)k->found->count, all = steps_all(k), due = case_due(k, &provisional);
	if (i < count) {
		const struct capsule_entry *e = &k->found->entry[i];
		bool now = i + 1 == count && goes_on(k);
		return (struct step){.title = case_step_words(k, e),
				     .sub = step_sub(k, e),
				     .day = words_day(k->lang, e->day),
				     .icon = now ? "clock" : "check",
				     .look = now ? STEP_NOW : STEP_DONE,
				     .rail = i + 1 < all};
	}
	if (case_may_rate(k))
		return (struct step){.title = kiosk_word(k, W_case_now_rate),
				     .sub = kiosk_word(k, W_case_now_rate_sub),
				     .day = kiosk_word(k, W_case_now),
				     .icon = "happy",
				     .look = STEP_NOW};
	return (struct step){.title = kiosk_word(k, W_case_next_reply),
			     .sub = due == 0 ? ""
					     : words_fill(k->lang, W_case_next_reply_by,
							  (const struct word_arg[]){
								  {"day", words_day(k->lang, due)},
								  {NULL, NULL}}),
			     .day = "",
			     .look = STEP_FUTURE};
}

static int steps_head(const struct ui *u)
{
	return 22 + ui_px(u, UI_H3) * 13 / 10 + 10;
}

int case_steps_height(struct kiosk *k, const struct ui *u)
{
	return steps_head(u) + steps_all(k) * STEP_H + 12;
}

/* Height of whole steps and the button to the others within `room`. */
int case_steps_fitting(struct kiosk *k, const struct ui *u, int room)
{
	int frame = steps_head(u) + EARLIER_H + 12;
	if (case_steps_height(k, u) <= room)
		return case_steps_height(k, u);
	return room < frame + STEP_H ? room : frame + (room - frame) / STEP_H * STEP_H;
}

/* 更早的 {n} 步 or 后来的 {n} 步: what does not fit is one touch away. */
static void steps_turn(struct kiosk *k, struct ui *u, int x, int y, int hidden)
{
	bool early = k->steps_early;
	const char *words =
		words_fill(k->lang, early ? W_case_later : W_case_earlier,
			   (const struct word_arg[]){{"n", words_number(hidden)}, {NULL, NULL}});
	const char *icon = early ? "down" : "up";
	int w = ui_button_width(u, UI_BUTTON_PLAIN, icon, words, NULL);
	if (ui_button(u, (struct ui_rect){x, y, w, 88}, "case.steps", UI_BUTTON_PLAIN,
		      ui_caption(icon, words, NULL))) {
		k->steps_early = !early;
		k->redraw = true;
	}
}

void case_steps_card(struct kiosk *k, struct ui *u, struct ui_rect card)
{
	int pad = 38, x = card.x + pad, y = card.y + 22, title_px = ui_px(u, UI_H3);
	ui_card(u, card, UI_CARD);
	ui_label(u, (struct ui_rect){x, y, card.w - 2 * pad, title_px * 13 / 10},
		 ui_pen(UI_TITLE, title_px, UI_INK), UI_LEFT, kiosk_word(k, W_case_steps));
	y += title_px * 13 / 10 + 10;
	int all = steps_all(k), room = card.y + card.h - 8 - y, shown = all;
	if (all * STEP_H > room)
		shown = (room - EARLIER_H) / STEP_H;
	int hidden = all - shown, first = k->steps_early ? 0 : hidden;
	if (hidden > 0 && !k->steps_early) {
		steps_turn(k, u, x, y, hidden);
		y += EARLIER_H;
	}
	for (int i = first; i < first + shown; i++, y += STEP_H) {
		struct step s = step_at(k, i);
		step_draw(u, (struct ui_rect){x, y, card.w - 2 * pad, STEP_H}, &s);
	}
	if (hidden > 0 && k->steps_early)
		steps_turn(k, u, x, y, hidden);
}
