#include "app/store/township/desk.h"

#include "app/base/text.h"
#include "app/store/township/township_impl.h"

#include <stdio.h>
#include <string.h>

enum err desk_newest(struct db *db, int64_t *time)
{
	struct db_stmt *q = db_stmt(db, SQL_EVENT_NEWEST);
	enum err e = db_step(q);
	*time = e == OK ? db_int(q, 0) : 0;
	db_done(q);
	return e == ERR_MISSING ? OK : e;
}

enum err desk_cases(struct db *db, enum desk_cases which, const struct desk_reader *reader)
{
	struct db_stmt *q = db_stmt(db, which == DESK_OPEN ? SQL_CASES_OPEN : SQL_CASES_OVER);
	struct case_row c;
	enum err e = db_step(q);
	while (e == OK) {
		e = cases_find(db, db_int(q, 0), &c);
		if (e == OK)
			e = reader->row(reader->self, &c);
		if (e == OK)
			e = db_step(q);
	}
	db_done(q);
	return e == ERR_MISSING ? OK : e;
}

/* One text of one row; "" without a row. */
static enum err text_of(struct db_stmt *q, char *out, size_t size)
{
	enum err e = db_step(q);
	snprintf(out, size, "%s", e == OK ? db_text(q, 0, NULL) : "");
	db_done(q);
	return e == ERR_MISSING ? OK : e;
}

static enum err case_place(struct db *db, const struct settings *s, const char *label,
			   char place[PLACE_ID_MAX + 1])
{
	char id[PLACE_ID_MAX + 1];
	struct db_stmt *q = db_stmt(db, SQL_AUDIT_CASE_BODY);
	db_bind_text(q, 1, label, -1);
	enum err e = text_of(q, id, sizeof id);
	const struct body *b = settings_body(s, id);
	snprintf(place, PLACE_ID_MAX + 1, "%s", b == NULL ? "" : b->place);
	return e;
}

static enum err draft_place(struct db *db, const char *subject, char place[PLACE_ID_MAX + 1])
{
	static const char prefix[] = "draft-";
	int64_t id;
	const char *digits = subject + sizeof prefix - 1;
	if (strncmp(subject, prefix, sizeof prefix - 1) != 0 ||
	    !text_number(digits, strlen(digits), &id))
		return OK;
	struct db_stmt *q = db_stmt(db, SQL_AUDIT_DRAFT_PLACE);
	db_bind_int(q, 1, id);
	return text_of(q, place, PLACE_ID_MAX + 1);
}

static enum err doer_place(struct db *db, const struct audit_entry *a, char place[PLACE_ID_MAX + 1])
{
	struct db_stmt *q =
		db_stmt(db, a->staff != 0 ? SQL_AUDIT_STAFF_PLACE : SQL_AUDIT_LOGIN_PLACE);
	if (a->staff != 0)
		db_bind_int(q, 1, a->staff);
	else
		db_bind_text(q, 1, a->subject, -1);
	return text_of(q, place, PLACE_ID_MAX + 1);
}

enum err desk_audit_place(struct db *db, const struct settings *s, const struct audit_entry *a,
			  char place[PLACE_ID_MAX + 1])
{
	enum err e = OK;
	place[0] = 0;
	switch (a->kind) {
	case AUDIT_CASE_OPENED:
	case AUDIT_NAME_OPENED:
	case AUDIT_CASE_MOVED:
	case AUDIT_TOPIC:
		e = case_place(db, s, a->subject, place);
		break;
	case AUDIT_UPLOADED:
	case AUDIT_SUBMITTED:
	case AUDIT_APPROVED:
	case AUDIT_REFUSED:
	case AUDIT_SUPERVISED:
	case AUDIT_OBJECTED:
	case AUDIT_PAGES_ADDED:
	case AUDIT_PAGES_SEEN:
	case AUDIT_ORIGINAL_OPENED:
		e = draft_place(db, a->subject, place);
		break;
	case AUDIT_KIOSK_CODE:
		snprintf(place, PLACE_ID_MAX + 1, "%.*s", PLACE_ID_MAX, a->subject);
		break;
	case AUDIT_LOGIN:
	case AUDIT_LOGIN_FAILED:
	case AUDIT_KEY_OPENED:
	case AUDIT_KIOSK_REVOKED:
	case AUDIT_CORRECTED:
	case AUDIT_KINDS:
	default:
		break;
	}
	return e == OK && place[0] == 0 ? doer_place(db, a, place) : e;
}
