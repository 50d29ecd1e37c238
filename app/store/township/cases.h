/* cases.h - a case: clear columns to count and sort by, sealed letters beside them.
 *
 * What was said stays in its parcel; what the office answers is stored sealed to the receipt (the
 * resident) and to the office (so that staff can read what they wrote). Every target counts from
 * `received`, set by the server. All that changes is a job and leaves an event. */
#pragma once
#include "app/base/buf.h"
#include "app/store/township/office.h"
#include "app/store/township/told.h"
#include "app/store/township/township.h"
#include "app/village/parcel.h"

struct case_row {
	int64_t number;
	char label[16]; /* 26-0183 */
	char body[PLACE_ID_MAX + 1];
	enum parcel_kind kind; /* PARCEL_COMPLAINT or PARCEL_LOST */
	enum whom whom;
	enum case_state state;
	enum case_class class;
	char topic[32];   /* set by staff, "" before */
	int64_t received; /* Unix seconds */
	int32_t due;
	bool due_provisional;
	uint32_t openings; /* of the name */
	struct receipt_public receipt;
	unsigned char parcel[PARCEL_ID_BYTES];
	uint32_t version; /* of the capsule */
};

/* Where versions of capsules begin: above all that kiosks may have seen before the database was put
 * back from a copy. Asked for once, at the start. */
must_use enum err cases_first_version(struct db *db, uint32_t *out);
/* What a new letter is told first (收到), sealed; nothing for a follow-up. Needs no database. */
must_use enum err cases_prepare(const struct office *o, const struct waybill *w, uint32_t version,
				int64_t now, struct told_first *out);
/* In its place when there is no time for it now: cases_seal and cases_tell do it later, or the
 * next step of the case. */
void cases_prepare_later(uint32_t version, struct told_first *out);
/* Up to `room` cases that are still to be told, after number `after`. */
must_use enum err cases_untold(struct db *db, int64_t after, struct case_row *out, size_t room,
			       size_t *count);
/* What such a case is told first, sealed. Needs no database. */
must_use enum err cases_seal(const struct office *o, const struct case_row *c,
			     struct told_first *out);
/* Stores it; nothing happens when the case was told or changed meanwhile. A job. */
must_use enum err cases_tell(struct db *db, const struct case_row *c,
			     const struct told_first *first);
/* A stored parcel whose waybill was opened: a new case, or a follow-up to one. `first` is of
 * cases_prepare or cases_prepare_later. A locator belongs to the office and the keys it came with
 * first: a letter of others under the same one is a case of its own. A job. */
must_use enum err cases_receive(struct db *db, const struct office *o, const struct parcel *p,
				const struct waybill *w, const struct told_first *first,
				int64_t now);

must_use enum err cases_find(struct db *db, int64_t number, struct case_row *out);
/* Newest first; begin with INT64_MAX. ERR_MISSING at the end. */
must_use enum err cases_before(struct db *db, int64_t number, struct case_row *out);

struct case_follow_up {
	unsigned char parcel[PARCEL_ID_BYTES];
	enum parcel_kind kind;
	int64_t received;
};
must_use enum err cases_follow_ups(struct db *db, int64_t number, struct case_follow_up *out,
				   size_t room, size_t *count);

/* What staff wrote earlier, sealed to the office (seal_box with the body's office key). */
struct case_said {
	enum case_state state;
	int32_t day;
	struct buf own; /* sealed; empty when the system wrote the entry */
};
must_use enum err cases_said(struct db *db, int64_t number, struct case_said *out, size_t room,
			     size_t *count);
void cases_said_free(struct case_said *s, size_t count);

/* Moves the case to `to` when case_step allows it for this role (ERR_REFUSED), tells the resident
 * `text` ("" when the state says all) in the name of the case's body, `by` being a masked name; the
 * new capsule goes into the feed. */
struct case_move {
	int64_t number;
	enum case_state to;
	enum case_role role;
	const char *text, *by;
	int64_t now;
};
must_use enum err cases_move(struct db *db, const struct office *o, const struct case_move *m);
must_use enum err cases_set_topic(struct db *db, int64_t number, const char *topic, int64_t now);
must_use enum err cases_set_class(struct db *db, const struct office *o, int64_t number,
				  enum case_class class, int64_t now);
/* Somebody opened the name; counted, and told to the resident at once. */
must_use enum err cases_name_opened(struct db *db, const struct office *o, int64_t number,
				    int64_t now);
