/* follow.h - what a resident adds to a case: a grade, or a few more words; signed by the receipt,
 * sealed to the same reader, queued like any letter. */
#pragma once
#include "app/kiosk/kiosk.h"

enum rating { RATING_YES, RATING_PARTLY, RATING_NO, RATINGS };
/* "satisfied", "partly", "unsatisfied": what travels as {"rating": ...}. */
const char *rating_id(enum rating r);

/* Both may take a moment; to be deferred. k->follow_result tells. */
void follow_rate(struct kiosk *k);
/* {"text": ...} from k->more, which is wiped when it was sealed. */
void follow_add(struct kiosk *k);
