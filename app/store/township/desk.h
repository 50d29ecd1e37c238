/* desk.h - what the office's lists and its clock look up beyond single rows. */
#pragma once
#include "app/store/township/audit.h"
#include "app/store/township/cases.h"

/* Time of the newest event; 0 before the first. */
must_use enum err desk_newest(struct db *db, int64_t *time);

enum desk_cases {
	DESK_OPEN, /* what is due first stands first */
	DESK_OVER  /* answered, ended, withdrawn: newest first */
};
struct desk_reader {
	/* Anything but OK ends the reading; ERR_MISSING ends it well. */
	enum err (*row)(void *self, const struct case_row *c);
	void *self;
};
must_use enum err desk_cases(struct db *db, enum desk_cases which,
			     const struct desk_reader *reader);

/* The place a record is about: of the case's body, of the draft, of the kiosk code, else of the
 * member who did it or whose login was tried. "" when nobody knows, as for a login nobody has. */
must_use enum err desk_audit_place(struct db *db, const struct settings *s,
				   const struct audit_entry *a, char place[PLACE_ID_MAX + 1]);
