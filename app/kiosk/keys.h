/* keys.h - what the keys of a plugged-in pad or code reader do on a page.
 *
 * They press what a finger could press and nothing else: digits and taking back the keys on the
 * screen, up and down turn pages, Esc goes back, Enter presses the page's main button. A key a page
 * has no use for does nothing. */
#pragma once
#include "app/kiosk/kiosk.h"

void keys_press(struct kiosk *k, enum ui_key_code key);
