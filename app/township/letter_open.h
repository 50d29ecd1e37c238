/* letter_open.h - a stored letter, opened in memory with a key the session holds; never written
 * anywhere. */
#pragma once
#include "app/store/township/cases.h"
#include "app/township/visit.h"

/* What a resident said. Wipe it. ERR_REFUSED: this key does not open it. */
must_use enum err letter_matter(struct visit *v, const unsigned char parcel[PARCEL_ID_BYTES],
				const struct seal_secret *key, struct complaint *out);
must_use enum err letter_identity(struct visit *v, const unsigned char parcel[PARCEL_ID_BYTES],
				  const struct seal_secret *key, struct complaint *out);
/* What was added later: the words of a follow-up, checked against the receipt that wrote the
 * case. */
struct follow_words {
	char grade[16]; /* what a rating says ("satisfied"), or "" */
	char *text;     /* what an addition says, into `size` bytes */
	size_t size;
};
must_use enum err letter_follow_up(struct visit *v, const struct case_row *c,
				   const unsigned char parcel[PARCEL_ID_BYTES],
				   const struct seal_secret *key, struct follow_words *out);
