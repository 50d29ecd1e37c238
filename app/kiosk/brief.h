/* brief.h - the figures of the row being looked at on one card: as many as fit, the first ones
 * first. */
#pragma once
#include "app/kiosk/kiosk.h"

/* Of the ledger in questions and answers, of any other template by the catalogue. */
void brief_row(struct kiosk *k, struct ui *u, struct ui_rect card);
