/* speak.h - 读给我听 and 听着用: any page read aloud, and used without looking at it.
 *
 * What is said comes from the page's own display list (ui/outline.h), so a page needs nothing for
 * it but a note where the eye sees something else than the ear should hear. Reading goes through a
 * page once with a ring around what is being said and ends at any touch. Listening replaces the
 * page by one item at a time and three zones (or a five-key pad: up, down, Enter, Esc, F1);
 * choosing presses the page's own target. On a page about a person nothing is said before a yes,
 * and codes only after a yes of their own. All of it ends, and the volume and speed go back, when a
 * visit ends. */
#pragma once
#include "app/kiosk/kiosk.h"

struct speak;
struct ui_bar_button;

/* Without a loudspeaker or the voice's data there is no voice: speak_there is false and no button
 * shows. */
void speak_open(struct kiosk *k);
void speak_close(struct kiosk *k);
bool speak_there(const struct kiosk *k);
bool speak_reading(const struct kiosk *k);
bool speak_listening(const struct kiosk *k);

/* The buttons of the bar; gives how many were added. While reading they are stop, speed, volume. */
int speak_buttons(struct kiosk *k, struct ui_bar_button *b);
/* True when it was one of those. */
bool speak_pressed(struct kiosk *k, const char *id);

/* 读给我听 / 停, and 听着用 on and off. */
void speak_toggle(struct kiosk *k);
void speak_listen(struct kiosk *k);
/* Silence; `wipe`: consent, speed and volume are forgotten, too. */
void speak_stop(struct kiosk *k, bool wipe);

/* Before a page is drawn: what was chosen is pressed; and the question whether to speak here takes
 * its place. */
void speak_begin(struct kiosk *k);
bool speak_asks(const struct kiosk *k);
void speak_ask_draw(struct kiosk *k, struct ui *u);
/* After a page was drawn: the ring, or the listening page in its place. */
void speak_draw(struct kiosk *k, struct ui *u);
/* Sees every event first; true when it needs no one else. */
bool speak_feed(struct kiosk *k, const struct ui_event *e);
/* Between frames: the next slice, the next item. */
void speak_tick(struct kiosk *k);
/* How long the loop may sleep. */
int speak_sleep_ms(const struct kiosk *k, int ms);

/* Languages that are heard and not read: the n-th (from 0), NULL behind the last; which one is
 * heard, -1: that of the screen. */
struct pack;
const struct pack *speak_language(const struct kiosk *k, int n);
int speak_heard(const struct kiosk *k);
void speak_hear(struct kiosk *k, int n);

/* For tests and drivers: the number of the item being said (from 0), how many, and its words. */
int speak_at(const struct kiosk *k, int *count, const char **words);
