/* supervised.h - whether the village's supervision committee has given its word on a draft: for
 * whom it waits, since when, how long it may, and how its word is published.
 *
 * Every member with a login is waited for, at most SUPERVISED_WAIT_S from the day the draft was
 * handed on: a committee that is kept from its computer must not keep the books from the village.
 * After that, and where a village has no member with a login, the draft may be published as it is
 * and says that the committee did not sign. A photographed signed sheet that a member brought
 * speaks for all at once; one that the preparer brought does not shorten the wait for those who
 * have a login, or two of the office could speak for a village. */
#pragma once
#include "app/store/township/supervision.h"
#include "app/village/catalogue.h"

enum { SUPERVISED_WAIT_S = 7 * 86400 };

struct supervised {
	bool wanted;          /* this template wants the committee's word */
	size_t seats, silent; /* members with a login, and those of them who said nothing yet */
	int64_t seat[SUPERVISION_MAX];
	size_t words;
	struct supervision word[SUPERVISION_MAX]; /* in the order they were said */
	size_t stands;
	struct supervision
		stood[SUPERVISION_MAX]; /* objections to drafts before it, not answered */
	int64_t since, until;           /* it waits from .. to at most; Unix seconds */
};

must_use enum err supervised_read(struct db *db, const struct settings *s,
				  const struct catalogue_template *t, const struct draft *d,
				  struct supervised *out);
/* True while the draft waits for the committee and not yet for the approver. */
bool supervised_waits(const struct supervised *s, int64_t now);
/* What this member said, NULL when nothing yet. */
const struct supervision *supervised_word(const struct supervised *s, int64_t member);
/* True when the member sits on the committee this draft asks. */
bool supervised_asks(const struct supervised *s, int64_t member);

/* True when a photograph of a signed sheet is among what was said. */
bool supervised_on_paper(const struct supervised *s);

/* As they are published: masked names of who signed; who objected and why. "" for none. */
void supervised_signers(const struct supervised *s, char out[PLACE_NAME_MAX + 1]);
void supervised_objections(const struct supervised *s, char out[OBJECTION_MAX + 1]);
