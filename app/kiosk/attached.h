/* attached.h - the ledger row a question is about, shown on every page where the letter is written.
 *
 * It goes with the letter only while it can be seen and taken away again. */
#pragma once
#include "app/kiosk/kiosk.h"

/* One row across `r` (its height is not looked at); gives the height used with the gap below, 0
 * when nothing is attached. With `removable` a button takes it away. */
int attached_row(struct kiosk *k, struct ui *u, struct ui_rect r, bool removable);
/* "{text} {amount} 元", the amount alone, and the button's work. */
void attached_text(const struct kiosk *k, char *out, size_t size);
const char *attached_amount(const struct kiosk *k);
void attached_drop(struct kiosk *k);
