/* supervision.h - what the supervision committee of a village said to a draft: signed, objected
 * with a reason, or signed on paper.
 *
 * A member speaks under their own login, once for each draft, and never about a sheet they
 * prepared; nobody speaks for another. A photographed signed sheet is brought by a member or by
 * the preparer and carries no name that somebody typed. What was said is neither changed nor
 * removed. That the three are three persons (preparer, supervisor, approver) is a rule of the
 * statements: drafts_approve refuses whoever spoke here. */
#pragma once
#include "app/store/township/drafts.h"

enum verdict { VERDICT_SIGNED, VERDICT_OBJECTED, VERDICT_PAPER, VERDICTS };
enum { SUPERVISION_MAX = 16 /* words of one draft that are read */ };

struct supervision {
	int64_t member;                /* staff */
	char name[PLACE_NAME_MAX + 1]; /* of the member; filled by reading */
	enum verdict verdict;
	char reason[DRAFT_WORDS_MAX + 1]; /* of an objection, else "" */
	struct hash paper; /* the photograph's file (blobs.h); of VERDICT_PAPER only */
	int64_t time;
};

/* `name` does not count. ERR_REFUSED: the draft does not wait, the member prepared it (and it is no
 * sheet of paper) or has spoken already, an objection without a reason. A job. */
must_use enum err supervision_put(struct db *db, int64_t draft, const struct supervision *s);
/* Members of the committee who have a login now: of the village, and of the group when the sheet is
 * a group's ("" otherwise). */
must_use enum err supervision_seats(struct db *db, const char *village, const char *group,
				    int64_t *out, size_t room, size_t *count);
/* In the order they were said; *count of at most `room`. */
must_use enum err supervision_of(struct db *db, int64_t draft, struct supervision *out, size_t room,
				 size_t *count);
/* Objections to drafts of the same sheet that were sent back or left lying since it was last made
 * public, by members who said nothing to a later one: sending a draft back takes no objection away.
 */
must_use enum err supervision_standing(struct db *db, int64_t draft, struct supervision *out,
				       size_t room, size_t *count);
