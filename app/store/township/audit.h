/* audit.h - who looked at what, who decided what: appended before it is shown, never changed. */
#pragma once
#include "app/store/township/township.h"
#include "app/village/place.h"

enum { AUDIT_SUBJECT_MAX = 63, AUDIT_REASON_MAX = 300 };

enum audit_kind {
	AUDIT_LOGIN,
	AUDIT_LOGIN_FAILED,
	AUDIT_KEY_OPENED,
	AUDIT_CASE_OPENED,
	AUDIT_NAME_OPENED,
	AUDIT_CASE_MOVED,
	AUDIT_UPLOADED,
	AUDIT_SUBMITTED,
	AUDIT_APPROVED,
	AUDIT_REFUSED,
	AUDIT_SUPERVISED,
	AUDIT_OBJECTED,
	AUDIT_CORRECTED,
	AUDIT_TOPIC,
	AUDIT_KIOSK_CODE,
	AUDIT_KIOSK_REVOKED,
	AUDIT_PAGES_ADDED,
	AUDIT_PAGES_SEEN,
	AUDIT_ORIGINAL_OPENED,
	AUDIT_KINDS
};
const char *audit_kind_words(enum audit_kind k); /* 打开了信 */

struct audit_entry {
	int64_t number, time, staff; /* staff 0: nobody was known yet */
	enum audit_kind kind;
	char subject[AUDIT_SUBJECT_MAX + 1]; /* a case's label, a draft, a kiosk, a login */
	char reason[AUDIT_REASON_MAX + 1];
	char name[PLACE_NAME_MAX + 1]; /* of the member of staff, filled by reading */
};
/* Time, staff, kind, subject and reason count. A job. */
must_use enum err audit_add(struct db *db, const struct audit_entry *a);
/* Newest first; begin with INT64_MAX. ERR_MISSING at the end. */
must_use enum err audit_before(struct db *db, int64_t number, struct audit_entry *out);
must_use enum err audit_of(struct db *db, const char *subject, int64_t number,
			   struct audit_entry *out);
