/* letter.h - a resident's letter: the draft in locked memory, sealed into the queue in one step.
 *
 * The receipt is made when the review page is shown; nothing of the draft outlives letter_end. The
 * thank-you may be drawn only after letter_seal returned LETTER_SEALED: the parcel is durable then.
 */
#pragma once
#include "app/store/kiosk/queue.h"
#include "app/village/complaint.h"

struct letter {
	struct complaint says;
	bool begun; /* something was chosen or written */
	bool whom_chosen, topic_chosen, name_chosen;
	char own[RECEIPT_OWN + 1]; /* the resident's own four digits; "" when none */
	struct receipt receipt;
	bool have_receipt;
	bool sealed;
	uint64_t sequence; /* of the sealed parcel, to ask whether it was acknowledged */
	char id[PARCEL_ID_CHARS + 1];
};

/* What a letter needs of the machine; all borrowed. */
struct letter_road {
	const struct settings *settings; /* NULL before provisioning */
	const struct parcel_kiosk *kiosk;
	struct queue *queue;
	const char *place; /* village of the kiosk */
};

enum letter_result { LETTER_SEALED, LETTER_NO_ROOM, LETTER_NO_READER, LETTER_FAILED };

/* In locked memory; NULL without memory. */
struct letter *letter_begin(const char *place);
void letter_end(struct letter *l); /* wipes; NULL is fine */

/* The body that will open the letter as chosen so far; NULL before a choice or without settings. */
const struct body *letter_reader(const struct letter *l, const struct settings *s);

/* Derives the receipt's keys, seals, commits. About a quarter of a second; draw 正在封好 first. */
enum letter_result letter_seal(struct letter *l, const struct letter_road *road, int32_t day);

/* A follow-up to a case (rating, addition): JSON signed by the receipt, sealed to the body that has
 * the case. */
enum letter_result letter_follow_up(const struct letter_road *road, const struct receipt_keys *keys,
				    enum parcel_kind kind, enum whom whom, const char *json,
				    int32_t day);
/* 没找到，告诉县里: the locator to the county. */
enum letter_result letter_tell_county(const struct letter_road *road,
				      const struct receipt_keys *keys, int32_t day);
