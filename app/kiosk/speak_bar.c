/* speak_bar.c - the buttons that begin and steer reading aloud, the question on a page about a
 * person, and in which recordings it is spoken. */
#include "app/kiosk/page.h"
#include "app/kiosk/speak_impl.h"

#include <string.h>

/* --- the bar --- */

int speak_buttons(struct kiosk *k, struct ui_bar_button *b)
{
	static const enum word speed[] = {W_speed_slow, W_speed_normal, W_speed_fast};
	struct speak *s = k->speak;
	if (!speak_there(k))
		return 0;
	if (s->mode == SPEAK_READING) {
		b[0] = (struct ui_bar_button){.id = "nav.speak",
					      .icon = "close",
					      .label = kiosk_word(k, W_nav_stop),
					      .kind = UI_BUTTON_ON,
					      .right = true,
					      .icon_only_ok = true};
		b[1] = (struct ui_bar_button){
			.id = "speak.pause",
			.icon = s->paused ? "play" : "pause",
			.label = kiosk_word(k, s->paused ? W_speak_on : W_speak_pause),
			.right = true,
			.icon_only_ok = true};
		b[2] = (struct ui_bar_button){.id = "speak.again",
					      .icon = "refresh",
					      .label = kiosk_word(k, W_listen_again),
					      .right = true,
					      .icon_only_ok = true};
		b[3] = (struct ui_bar_button){.id = "speak.speed",
					      .icon = "clock",
					      .label = kiosk_word(k, speed[s->speed]),
					      .right = true,
					      .icon_only_ok = true};
		b[4] = (struct ui_bar_button){
			.id = "speak.volume",
			.icon = "speaker",
			.label = kiosk_word(k, s->volume > VOLUME_NORMAL ? W_volume_loud
									 : W_volume_normal),
			.kind = s->volume > VOLUME_NORMAL ? UI_BUTTON_ON : UI_BUTTON_PLAIN,
			.right = true,
			.icon_only_ok = true};
		return 5;
	}
	b[0] = (struct ui_bar_button){.id = "nav.listen",
				      .icon = "ear",
				      .label = kiosk_word(k, W_nav_listen),
				      .kind = UI_BUTTON_PLAIN,
				      .right = true,
				      .icon_only_ok = true};
	b[1] = (struct ui_bar_button){.id = "nav.speak",
				      .icon = "speaker",
				      .label = kiosk_word(k, W_nav_speak),
				      .right = true,
				      .icon_only_ok = true};
	return 2;
}

bool speak_pressed(struct kiosk *k, const char *id)
{
	struct speak *s = k->speak;
	if (strcmp(id, "nav.listen") == 0) {
		speak_listen(k);
	} else if (strcmp(id, "nav.speak") == 0) {
		if (!s->swallow)
			speak_toggle(k);
		s->swallow = false;
	} else if (strcmp(id, "speak.pause") == 0) {
		speak_pause(k);
	} else if (strcmp(id, "speak.again") == 0) {
		speak_again(k);
	} else if (strcmp(id, "speak.speed") == 0) {
		s->speed = s->speed == UI_VOICE_FAST ? UI_VOICE_SLOW
						     : (enum ui_voice_speed)(s->speed + 1);
		speak_again(k);
	} else if (strcmp(id, "speak.volume") == 0) {
		s->volume = s->volume > VOLUME_NORMAL ? VOLUME_NORMAL : VOLUME_LOUD;
		speak_again(k);
	} else {
		return false;
	}
	k->redraw = true;
	return true;
}

/* --- the question --- */

bool speak_asks(const struct kiosk *k)
{
	return k->speak != NULL && k->speak->asking && !k->warning;
}

void speak_ask_draw(struct kiosk *k, struct ui *u)
{
	struct speak *s = k->speak;
	bool codes = speak_shows_codes(k);
	struct page_notice n = {
		.icon = "ear",
		.title = kiosk_word(k, W_ask_speak_title),
		.body = {{kiosk_word(k, W_ask_speak_body), UI_REGULAR, ui_px(u, UI_LEAD), UI_INK2}},
		.bodies = 1,
		.small = codes ? kiosk_word(k, W_ask_speak_secret) : NULL,
		.button = {{.id = "speak.yes",
			    .icon = "speaker",
			    .label = kiosk_word(k, W_ask_speak_yes),
			    .kind = UI_BUTTON_PRIMARY},
			   {.id = "speak.no",
			    .icon = "close",
			    .label = kiosk_word(k, W_ask_speak_no),
			    .kind = UI_BUTTON_OUTLINE},
			   {.id = "speak.codes",
			    .icon = "speaker",
			    .label = kiosk_word(k, W_ask_speak_digits),
			    .kind = UI_BUTTON_OUTLINE}},
		.buttons = codes ? 3 : 2,
	};
	struct ui_rect area = ui_content(u, page_top(k, u));
	int hit = page_notice(k, u, area, &n);
	if (hit < 0)
		return;
	s->asking = false;
	if (hit == 1) {
		speak_stop(k, false);
	} else {
		s->consent = true;
		s->answered = (int)k->at;
		s->just_answered = true;
		speak_start(k, s->wanted);
		s->codes = hit == 2;
	}
	k->redraw = true;
}

/* --- recordings --- */

/* Recordings for what is said now: Chinese words only are recorded. */
const struct pack *speak_pack(const struct kiosk *k)
{
	const struct speak *s = k->speak;
	const struct pack *other =
		s->heard < 0 || k->lang != LANG_ZH ? NULL : packs_other(&s->packs, s->heard);
	return other != NULL ? other : k->lang == LANG_ZH ? packs_mandarin(&s->packs) : NULL;
}

int speak_heard(const struct kiosk *k)
{
	return k->speak == NULL ? -1 : k->speak->heard;
}

void speak_hear(struct kiosk *k, int n)
{
	if (k->speak != NULL)
		k->speak->heard = n;
	k->redraw = true;
}

const struct pack *speak_language(const struct kiosk *k, int n)
{
	return speak_there(k) ? packs_other(&k->speak->packs, n) : NULL;
}
