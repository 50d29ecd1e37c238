#include "app/store/township/cases.h"

#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/store/township/events.h"
#include "app/store/township/feed.h"
#include "app/store/township/township_impl.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- reading --- */

static enum err row_of(struct db_stmt *q, struct case_row *out)
{
	*out = (struct case_row){0};
	enum err e = db_step(q);
	if (e != OK)
		return e;
	out->number = db_int(q, 0);
	snprintf(out->label, sizeof out->label, "%s", db_text(q, 1, NULL));
	snprintf(out->body, sizeof out->body, "%s", db_text(q, 2, NULL));
	out->kind = (enum parcel_kind)db_int(q, 3);
	out->whom = (enum whom)db_int(q, 4);
	bool good = case_state_parse(db_text(q, 5, NULL), &out->state);
	out->class = (enum case_class)db_int(q, 6);
	snprintf(out->topic, sizeof out->topic, "%s", db_text(q, 7, NULL));
	out->received = db_int(q, 8);
	out->due = (int32_t)db_int(q, 9);
	out->due_provisional = db_int(q, 10) != 0;
	out->openings = (uint32_t)db_int(q, 11);
	good = good && township_blob(q, 12, out->receipt.locator, LOCATOR_BYTES) &&
	       township_blob(q, 13, out->receipt.answer.b, sizeof out->receipt.answer.b) &&
	       township_blob(q, 14, out->receipt.follow_up.b, sizeof out->receipt.follow_up.b) &&
	       township_blob(q, 15, out->parcel, PARCEL_ID_BYTES);
	out->version = (uint32_t)db_int(q, 16);
	db_done(q);
	return good ? OK : ERR_CORRUPT;
}

enum err cases_find(struct db *db, int64_t number, struct case_row *out)
{
	struct db_stmt *q = db_stmt(db, SQL_CASE);
	db_bind_int(q, 1, number);
	return row_of(q, out);
}

enum err cases_before(struct db *db, int64_t number, struct case_row *out)
{
	struct db_stmt *q = db_stmt(db, SQL_CASE_BEFORE);
	db_bind_int(q, 1, number);
	return row_of(q, out);
}

static enum err by_locator(struct db *db, const unsigned char locator[LOCATOR_BYTES],
			   struct case_row *out)
{
	struct db_stmt *q = db_stmt(db, SQL_CASE_BY_LOCATOR);
	db_bind_blob(q, 1, locator, LOCATOR_BYTES);
	return row_of(q, out);
}

enum err cases_follow_ups(struct db *db, int64_t number, struct case_follow_up *out, size_t room,
			  size_t *count)
{
	struct db_stmt *q = db_stmt(db, SQL_FOLLOW_OF);
	db_bind_int(q, 1, number);
	enum err e = OK;
	*count = 0;
	for (e = db_step(q); e == OK && *count < room; e = db_step(q)) {
		struct case_follow_up *f = &out[(*count)++];
		if (!township_blob(q, 0, f->parcel, PARCEL_ID_BYTES))
			e = ERR_CORRUPT;
		f->kind = (enum parcel_kind)db_int(q, 1);
		f->received = db_int(q, 2);
	}
	db_done(q);
	return e == ERR_MISSING || *count == room ? OK : e;
}

enum err cases_said(struct db *db, int64_t number, struct case_said *out, size_t room,
		    size_t *count)
{
	struct db_stmt *q = db_stmt(db, SQL_ENTRIES);
	db_bind_int(q, 1, number);
	enum err e;
	*count = 0;
	for (e = db_step(q); e == OK && *count < room; e = db_step(q)) {
		struct case_said *s = &out[(*count)++];
		size_t len;
		const void *own = db_blob(q, 4, &len);
		buf_init(&s->own, CAPSULE_ENTRY_MAX);
		if (len > 0)
			buf_add(&s->own, own, len);
		s->day = (int32_t)db_int(q, 2);
		if (!case_state_parse(db_text(q, 1, NULL), &s->state))
			e = ERR_CORRUPT;
	}
	db_done(q);
	return e == ERR_MISSING || *count == room ? OK : e;
}

void cases_said_free(struct case_said *s, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_free(&s[i].own);
}

/* --- entries and the capsule --- */

/* The whole time-line again, from entries nobody here can open. */
static enum err make_capsule(struct db *db, const struct office *o, const struct case_row *c)
{
	struct buf room, capsule;
	struct capsule_sealed sealed[CAPSULE_ENTRIES_MAX];
	size_t at[CAPSULE_ENTRIES_MAX], count = 0;
	const struct office_service *own = office_own(o);
	buf_init(&room, CAPSULE_ENTRIES_MAX * CAPSULE_ENTRY_MAX);
	buf_init(&capsule, CAPSULE_BYTES_MAX);
	struct db_stmt *q = db_stmt(db, SQL_ENTRIES);
	db_bind_int(q, 1, c->number);
	enum err e;
	for (e = db_step(q); e == OK && count < CAPSULE_ENTRIES_MAX; e = db_step(q)) {
		const void *bytes = db_blob(q, 3, &sealed[count].len);
		at[count++] = room.len;
		buf_add(&room, bytes, sealed[count - 1].len);
	}
	db_done(q);
	e = e == ERR_MISSING || count == CAPSULE_ENTRIES_MAX ? buf_end(&room) : e;
	for (size_t i = 0; i < count; i++)
		sealed[i].bytes = room.p + at[i];
	/* When everything no longer fits, the oldest steps give way to the newest. */
	size_t first = 0;
	while (e == OK) {
		buf_clear(&capsule);
		e = capsule_make(&c->receipt, c->version + 1, sealed + first, count - first,
				 &own->sign_pub, &own->sign, &capsule);
		if (e != ERR_FULL || first + 1 >= count)
			break;
		first++;
		e = OK;
	}
	if (e == OK) {
		q = db_stmt(db, SQL_CAPSULE_PUT);
		db_bind_blob(q, 1, c->receipt.locator, LOCATOR_BYTES);
		db_bind_int(q, 2, c->version + 1);
		db_bind_blob(q, 3, capsule.p, capsule.len);
		e = db_run(q);
	}
	if (e == OK) {
		q = db_stmt(db, SQL_CASE_VERSION);
		db_bind_int(q, 1, c->number);
		db_bind_int(q, 2, c->version + 1);
		e = db_run(q);
	}
	if (e == OK)
		e = feed_put_capsule(db, c->receipt.locator);
	buf_free(&room);
	buf_free(&capsule);
	return e;
}

static enum err add_entry(struct db *db, const struct office *o, const struct case_row *c,
			  const struct capsule_entry *entry)
{
	struct buf sealed, own;
	int64_t number = 0;
	char counter[48];
	const struct body *body = settings_body(o->settings, c->body);
	buf_init(&sealed, CAPSULE_ENTRY_MAX);
	buf_init(&own, CAPSULE_TEXT_BYTES + SEAL_BOX_EXTRA);
	snprintf(counter, sizeof counter, "entry-%" PRId64, c->number);
	enum err e = township_count(db, counter, &number);
	if (e == OK)
		e = capsule_entry_seal(entry, &c->receipt.answer, &sealed);
	if (e == OK && entry->text[0] != 0 && body != NULL) {
		size_t len = strlen(entry->text);
		unsigned char *room = buf_room(&own, len + SEAL_BOX_EXTRA);
		if (room == NULL)
			e = ERR_FULL;
		else if (seal_box(&body->office, entry->text, len, room) != SYNC_OK)
			e = ERR_REFUSED;
	}
	if (e == OK) {
		struct db_stmt *q = db_stmt(db, SQL_ENTRY_ADD);
		db_bind_int(q, 1, c->number);
		db_bind_int(q, 2, number);
		db_bind_text(q, 3, case_state_id(entry->state), -1);
		db_bind_int(q, 4, entry->day);
		db_bind_blob(q, 5, sealed.p, sealed.len);
		if (own.len > 0)
			db_bind_blob(q, 6, own.p, own.len);
		e = db_run(q);
	}
	buf_free(&sealed);
	buf_free(&own);
	return e == OK ? make_capsule(db, o, c) : e;
}

static void entry_of(const struct office *o, const struct case_row *c, enum case_state state,
		     int64_t now, struct capsule_entry *out)
{
	const struct body *body = settings_body(o->settings, c->body);
	memset(out, 0, sizeof *out);
	out->day = clock_day(now);
	out->state = state;
	out->due = c->due;
	out->due_provisional = c->due_provisional;
	out->openings = c->openings;
	out->whom = c->whom;
	if (body != NULL)
		snprintf(out->office, sizeof out->office, "%s", body->short_name);
}

/* --- what comes in --- */

static enum err label_of(struct db *db, int64_t now, char out[16])
{
	char counter[32];
	int64_t n = 0;
	int year = clock_date(now).year % 100;
	snprintf(counter, sizeof counter, "case-%d", year);
	enum err e = township_count(db, counter, &n);
	snprintf(out, 16, "%02d-%04" PRId64, year, n);
	return e;
}

static enum err new_case(struct db *db, const struct office *o, const struct parcel *p,
			 const struct waybill *w, int64_t now)
{
	struct case_row c = {.kind = w->kind,
			     .whom = w->whom,
			     .class = CASE_MAJOR,
			     .received = now,
			     .receipt = w->receipt};
	struct case_deadline due =
		case_answer_due(settings_calendar(o->settings), clock_day(now), c.class);
	bool sealed = whom_reader(w->whom) == BODY_DISCIPLINE;
	c.due = due.day;
	c.due_provisional = due.provisional;
	snprintf(c.body, sizeof c.body, "%s", w->body);
	memcpy(c.parcel, p->header.id, PARCEL_ID_BYTES);
	enum err e = label_of(db, now, c.label);
	if (e != OK)
		return e;
	struct db_stmt *q = db_stmt(db, SQL_CASE_ADD);
	db_bind_text(q, 1, c.label, -1);
	db_bind_text(q, 2, c.body, -1);
	db_bind_int(q, 3, w->kind);
	db_bind_int(q, 4, w->whom);
	db_bind_text(q, 5, case_state_id(sealed ? CASE_SEALED : CASE_RECEIVED), -1);
	db_bind_int(q, 6, c.class);
	db_bind_int(q, 7, now);
	db_bind_int(q, 8, c.due);
	db_bind_int(q, 9, c.due_provisional);
	db_bind_blob(q, 10, w->receipt.locator, LOCATOR_BYTES);
	db_bind_blob(q, 11, w->receipt.answer.b, sizeof w->receipt.answer.b);
	db_bind_blob(q, 12, w->receipt.follow_up.b, sizeof w->receipt.follow_up.b);
	db_bind_blob(q, 13, p->header.id, PARCEL_ID_BYTES);
	e = db_run(q);
	if (e != OK)
		return e;
	c.number = db_last_rowid(db);
	struct capsule_entry *entry = calloc(1, sizeof *entry);
	if (entry == NULL)
		return ERR_FULL;
	entry_of(o, &c, CASE_RECEIVED, now, entry);
	e = add_entry(db, o, &c, entry);
	free(entry);
	/* Follow-ups that overtook their letter find it now. */
	if (e == OK) {
		q = db_stmt(db, SQL_FOLLOW_JOIN);
		db_bind_blob(q, 1, w->receipt.locator, LOCATOR_BYTES);
		db_bind_int(q, 2, c.number);
		e = db_run(q);
	}
	return e == OK ? events_add(db, now, "case-received", c.label) : e;
}

static enum err follow_up(struct db *db, const struct office *o, const struct parcel *p,
			  const struct waybill *w, int64_t now)
{
	struct case_row c;
	enum err found = by_locator(db, w->receipt.locator, &c);
	if (found != OK && found != ERR_MISSING)
		return found;
	struct db_stmt *q = db_stmt(db, SQL_FOLLOW_ADD);
	db_bind_blob(q, 1, p->header.id, PARCEL_ID_BYTES);
	if (found == OK)
		db_bind_int(q, 2, c.number);
	db_bind_blob(q, 3, w->receipt.locator, LOCATOR_BYTES);
	db_bind_int(q, 4, w->kind);
	db_bind_int(q, 5, now);
	enum err e = db_run(q);
	/* Only a parcel made with the same receipt moves the case; what it says only the office can
	 * read. */
	bool same = found == OK && memcmp(c.receipt.follow_up.b, w->receipt.follow_up.b,
					  sizeof c.receipt.follow_up.b) == 0;
	if (e == OK && same && w->kind == PARCEL_RATING &&
	    case_step(c.state, CASE_RATED, ROLE_RESIDENT) == OK) {
		const struct case_move m = {.number = c.number,
					    .to = CASE_RATED,
					    .role = ROLE_RESIDENT,
					    .text = "",
					    .by = "",
					    .now = now};
		e = cases_move(db, o, &m);
	}
	return e == OK ? events_add(db, now, "follow-up", found == OK ? c.label : "") : e;
}

enum err cases_receive(struct db *db, const struct office *o, const struct parcel *p,
		       const struct waybill *w, int64_t now)
{
	if (w->kind == PARCEL_COMPLAINT || w->kind == PARCEL_LOST) {
		struct case_row c;
		enum err e = by_locator(db, w->receipt.locator, &c);
		/* A second letter under one receipt is kept with the first: nothing is lost. */
		if (e == OK)
			return follow_up(db, o, p, w, now);
		return e == ERR_MISSING ? new_case(db, o, p, w, now) : e;
	}
	return follow_up(db, o, p, w, now);
}

/* --- what the office does --- */

enum err cases_move(struct db *db, const struct office *o, const struct case_move *m)
{
	struct case_row c;
	enum err e = cases_find(db, m->number, &c);
	if (e == OK)
		e = case_step(c.state, m->to, m->role);
	if (e == OK && strlen(m->text) >= CAPSULE_TEXT_BYTES)
		e = ERR_FULL;
	if (e != OK)
		return e;
	struct capsule_entry *entry = calloc(1, sizeof *entry);
	if (entry == NULL)
		return ERR_FULL;
	entry_of(o, &c, m->to, m->now, entry);
	snprintf(entry->text, sizeof entry->text, "%s", m->text);
	snprintf(entry->by, sizeof entry->by, "%s", m->by);
	struct db_stmt *q = db_stmt(db, SQL_CASE_STATE);
	db_bind_int(q, 1, c.number);
	db_bind_text(q, 2, case_state_id(m->to), -1);
	e = db_run(q);
	if (e == OK)
		e = add_entry(db, o, &c, entry);
	seal_wipe(entry, sizeof *entry);
	free(entry);
	return e == OK ? events_add(db, m->now, case_state_id(m->to), c.label) : e;
}

enum err cases_set_topic(struct db *db, int64_t number, const char *topic, int64_t now)
{
	struct case_row c;
	enum err e = cases_find(db, number, &c);
	if (e != OK)
		return e;
	struct db_stmt *q = db_stmt(db, SQL_CASE_TOPIC);
	db_bind_int(q, 1, number);
	db_bind_text(q, 2, topic, -1);
	e = db_run(q);
	return e == OK ? events_add(db, now, "topic", c.label) : e;
}

enum err cases_set_class(struct db *db, const struct office *o, int64_t number,
			 enum case_class class, int64_t now)
{
	struct case_row c;
	enum err e = cases_find(db, number, &c);
	if (e != OK)
		return e;
	struct case_deadline due =
		case_answer_due(settings_calendar(o->settings), clock_day(c.received), class);
	struct db_stmt *q = db_stmt(db, SQL_CASE_CLASS);
	db_bind_int(q, 1, number);
	db_bind_int(q, 2, class);
	db_bind_int(q, 3, due.day);
	db_bind_int(q, 4, due.provisional);
	e = db_run(q);
	return e == OK ? events_add(db, now, "class", c.label) : e;
}

enum err cases_name_opened(struct db *db, int64_t number, int64_t now)
{
	struct case_row c;
	enum err e = cases_find(db, number, &c);
	if (e != OK)
		return e;
	struct db_stmt *q = db_stmt(db, SQL_CASE_OPENED);
	db_bind_int(q, 1, number);
	e = db_run(q);
	return e == OK ? events_add(db, now, "name-opened", c.label) : e;
}
