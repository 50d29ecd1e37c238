/* ear.h - script commands for who listens: what is said, and in which order.
 *   hear TEXT [MS]               waits until the words being said hold TEXT
 *   silent                       nothing is being read or listened to
 *   items FILE                   what the page would say, one item a line
 *   voices FILE                  the same, what is recorded in brackets */
#pragma once
#include "app/kiosk/kiosk.h"
#include "tests/play/script.h"

enum ear_answer { EAR_DONE, EAR_WAIT, EAR_FAILED };

enum ear_answer ear_run(struct kiosk *k, const struct script_line *w, int64_t since_ms);
