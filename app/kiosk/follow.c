#include "app/kiosk/follow.h"

#include "app/kiosk/secret.h"
#include "app/village/json.h"

#include <string.h>

const char *rating_id(enum rating r)
{
	static const char *const id[RATINGS] = {"satisfied", "partly", "unsatisfied"};
	return id[r];
}

static void send(struct kiosk *k, enum parcel_kind kind, const char *key, const char *text)
{
	struct buf body;
	struct letter_road road = kiosk_road(k);
	buf_init(&body, (size_t)3 * COMPLAINT_TEXT_BYTES);
	json_t *o = json_object();
	json_put(o, key, json_string(text));
	k->follow_result = LETTER_FAILED;
	if (json_write(o, &body) == OK)
		k->follow_result = letter_follow_up(&road, k->keys, kind,
						    k->found->entry[k->found->count - 1].whom,
						    buf_str(&body), kiosk_today(k));
	buf_wipe(&body);
}

void follow_rate(struct kiosk *k)
{
	send(k, PARCEL_RATING, "rating", rating_id((enum rating)k->rating));
	k->follow_sent = k->follow_result == LETTER_SEALED;
}

void follow_add(struct kiosk *k)
{
	send(k, PARCEL_ADDITION, "text", k->more);
	if (k->follow_result == LETTER_SEALED) {
		secret_wipe(k->more, COMPLAINT_TEXT_BYTES);
		k->adding = false;
		k->added = true;
	}
}
