/* thanks.h - the oracle of the journeys: was a letter in the queue when the thank-you stood on the
 * glass?
 *
 * It lives in elutong-play's parent, outside the kiosk, and looks through a connection of its own:
 * what the kiosk believes about its transaction does not count. One line a letter, synced: "ID
 * NANOSECONDS there" or "... missing", the moment being Unix time. The kiosk stands still until the
 * line is on the disk. */
#pragma once
#include <stdbool.h>

/* `data` holds queue.db. False, with the reason in the log, when the line could not be noted. */
bool thanks_note(const char *file, const char *data, const char *parcel_id);
