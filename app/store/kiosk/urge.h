/* urge.h - how often villagers asked for what should be public and is not.
 *
 * A count for each place, template and period, in queue.db; nothing of who pressed or at what time.
 * One table is counted at most URGES_A_DAY times a day, so that a child playing does not shout down
 * a village. The counts only grow; the courier tells the township the new ones. */
#pragma once
#include "app/store/kiosk/queue.h"
#include "app/village/publication.h"

enum { URGES_A_DAY = 20, URGES_MAX = 512 /* tables counted on one kiosk */ };

struct urge {
	char place[PLACE_ID_MAX + 1], template_id[TEMPLATE_ID_MAX + 1], period[PERIOD_MAX + 1];
	int64_t count;
};

/* Once more, on this day. ERR_REFUSED: enough for today; ERR_FULL also when URGES_MAX tables are
 * counted. */
must_use enum err urge_add(struct queue *q, const struct urge *what, int32_t day);
/* Fills `count`, 0 when never asked for. */
must_use enum err urge_count(struct queue *q, struct urge *io);
/* Those with a count the township does not have yet, up to `room`. */
must_use enum err urge_untold(struct queue *q, struct urge *out, size_t room, size_t *count);
/* The township has stored this count. */
must_use enum err urge_told(struct queue *q, const struct urge *u);
