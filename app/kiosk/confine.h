/* confine.h - what the touch screen program gives up before it listens to anybody.
 *
 * The display is open by then. Left are: its data folder and scratch folder, to read and write;
 * its assets and what Debian installed under /usr (fonts, the pinyin dictionary), to read. */
#pragma once
#include "app/kiosk/kiosk.h"

/* `also`: one more folder to read and write, for a driver that takes pictures; NULL in the product.
 * A kernel without landlock is said in the log and does without; ERR_REFUSED when system calls
 * cannot be closed: then nobody may be served. */
must_use enum err confine(const struct kiosk_options *o, const char *also);
