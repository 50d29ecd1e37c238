/* case_steps.h - the time-line of 21: the steps taken, the one in hand, and the one that comes.
 *
 * A step somebody still works on is never drawn as finished. Every step is within reach: what does
 * not fit is one touch away. All of it needs a case that was found (k->found->count > 0). */
#pragma once
#include "app/kiosk/kiosk.h"

const struct capsule_entry *case_newest(const struct kiosk *k);
bool case_may_rate(const struct kiosk *k);
/* Day the answer is due, 0 when none was set. */
int case_due(const struct kiosk *k, bool *provisional);
const char *case_step_words(const struct kiosk *k, const struct capsule_entry *e);

/* Height of the card with every step, and of one with whole steps within `room`. */
int case_steps_height(struct kiosk *k, const struct ui *u);
int case_steps_fitting(struct kiosk *k, const struct ui *u, int room);
void case_steps_card(struct kiosk *k, struct ui *u, struct ui_rect card);
