#include "app/store/township/cases.h"

#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/store/township/events.h"
#include "app/store/township/kiosks.h"
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
		if (!township_blob(q, 0, f->parcel, PARCEL_ID_BYTES)) {
			db_done(q);
			return ERR_CORRUPT;
		}
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
		if (!case_state_parse(db_text(q, 1, NULL), &s->state)) {
			db_done(q);
			return ERR_CORRUPT;
		}
	}
	db_done(q);
	return e == ERR_MISSING || *count == room ? OK : e;
}

void cases_said_free(struct case_said *s, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_free(&s[i].own);
}

/* --- what is told --- */

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

/* What `c` is told first. */
static enum err seal_first(const struct office *o, const struct case_row *c, int64_t now,
			   struct told_first *out)
{
	struct capsule_entry *entry = calloc(1, sizeof *entry);
	if (entry == NULL)
		return ERR_FULL;
	entry_of(o, c, CASE_RECEIVED, now, entry);
	enum err e = told_begin(o, &c->receipt, entry, c->version, out);
	free(entry);
	return e;
}

void cases_prepare_later(uint32_t version, struct told_first *out)
{
	*out = (struct told_first){.version = version};
}

enum err cases_untold(struct db *db, int64_t after, struct case_row *out, size_t room,
		      size_t *count)
{
	enum err e = OK;
	for (*count = 0; *count < room && e == OK; *count += e == OK) {
		e = told_untold(db, after, &after);
		if (e == OK)
			e = cases_find(db, after, &out[*count]);
	}
	return e == ERR_MISSING ? OK : e;
}

enum err cases_seal(const struct office *o, const struct case_row *c, struct told_first *out)
{
	struct case_row before = *c;
	before.openings = 0;
	return seal_first(o, &before, c->received, out);
}

enum err cases_tell(struct db *db, const struct case_row *c, const struct told_first *first)
{
	struct case_row now;
	enum err e = cases_find(db, c->number, &now);
	if (e != OK)
		return e;
	if (now.version != first->version ||
	    memcmp(&now.receipt, &c->receipt, sizeof now.receipt) != 0)
		return OK;
	return told_put_later(db, c->number, c->receipt.locator, first);
}

/* A case that is told something is told first that its letter came. */
static enum err tell_now(struct db *db, const struct office *o, const struct case_row *c)
{
	struct told_first first;
	int64_t number;
	enum err e = told_untold(db, c->number - 1, &number);
	if (e != OK || number != c->number)
		return e == ERR_MISSING ? OK : e;
	e = cases_seal(o, c, &first);
	if (e != OK)
		return e;
	e = told_put_later(db, c->number, c->receipt.locator, &first);
	told_first_free(&first);
	return e;
}

static enum err add_entry(struct db *db, const struct office *o, const struct case_row *c,
			  const struct capsule_entry *entry, bool opening)
{
	const struct told_case t = {.number = c->number,
				    .body = c->body,
				    .receipt = &c->receipt,
				    .version = c->version,
				    .opening = opening};
	enum err e = tell_now(db, o, c);
	return e == OK ? told_add(db, o, &t, entry) : e;
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

static void due_of(const struct office *o, int64_t now, struct case_row *c)
{
	struct case_deadline due =
		case_answer_due(settings_calendar(o->settings), clock_day(now), c->class);
	c->due = due.day;
	c->due_provisional = due.provisional;
}

static enum err begin(const struct office *o, const struct waybill *w, uint32_t version,
		      int64_t now, struct told_first *out)
{
	struct case_row c = {
		.class = CASE_MAJOR, .whom = w->whom, .receipt = w->receipt, .version = version};
	snprintf(c.body, sizeof c.body, "%s", w->body);
	due_of(o, now, &c);
	return seal_first(o, &c, now, out);
}

enum err cases_first_version(struct db *db, uint32_t *out)
{
	struct db_stmt *q = db_stmt(db, SQL_COUNTER_VALUE);
	db_bind_text(q, 1, "restored", -1);
	enum err e = db_step(q);
	*out = 1 + (e == OK ? 1000 * (uint32_t)db_int(q, 0) : 0);
	db_done(q);
	return e == ERR_MISSING ? OK : e;
}

enum err cases_prepare(const struct office *o, const struct waybill *w, uint32_t version,
		       int64_t now, struct told_first *out)
{
	*out = (struct told_first){0};
	if (w->kind != PARCEL_COMPLAINT && w->kind != PARCEL_LOST)
		return OK;
	return begin(o, w, version, now, out);
}

static enum err add_row(struct db *db, const struct parcel *p, const struct waybill *w,
			const struct case_row *c)
{
	bool sealed = whom_reader(w->whom) == BODY_DISCIPLINE;
	struct db_stmt *q = db_stmt(db, SQL_CASE_ADD);
	db_bind_text(q, 1, c->label, -1);
	db_bind_text(q, 2, w->body, -1);
	db_bind_int(q, 3, w->kind);
	db_bind_int(q, 4, w->whom);
	db_bind_text(q, 5, case_state_id(sealed ? CASE_SEALED : CASE_RECEIVED), -1);
	db_bind_int(q, 6, c->class);
	db_bind_int(q, 7, c->received);
	db_bind_int(q, 8, c->due);
	db_bind_int(q, 9, c->due_provisional);
	db_bind_blob(q, 10, w->receipt.locator, LOCATOR_BYTES);
	db_bind_blob(q, 11, w->receipt.answer.b, sizeof w->receipt.answer.b);
	db_bind_blob(q, 12, w->receipt.follow_up.b, sizeof w->receipt.follow_up.b);
	db_bind_blob(q, 13, p->header.id, PARCEL_ID_BYTES);
	db_bind_int(q, 14, c->version);
	return db_run(q);
}

/* `first` was made for this very waybill. */
static enum err new_case(struct db *db, const struct office *o, const struct parcel *p,
			 const struct waybill *w, const struct told_first *first, int64_t now)
{
	struct case_row c = {.class = CASE_MAJOR, .received = now, .version = first->version};
	due_of(o, now, &c);
	enum err e = label_of(db, now, c.label);
	if (e == OK)
		e = add_row(db, p, w, &c);
	if (e != OK)
		return e;
	c.number = db_last_rowid(db);
	e = told_put_first(db, c.number, w->receipt.locator, first);
	/* Follow-ups that overtook their letter find it now. */
	if (e == OK) {
		struct db_stmt *q = db_stmt(db, SQL_FOLLOW_JOIN);
		db_bind_blob(q, 1, w->receipt.locator, LOCATOR_BYTES);
		db_bind_int(q, 2, c.number);
		e = db_run(q);
	}
	return e == OK ? events_add(db, now, "case-received", c.label) : e;
}

static enum err new_case_again(struct db *db, const struct office *o, const struct parcel *p,
			       const struct waybill *w, uint32_t version, int64_t now)
{
	struct told_first first;
	enum err e = begin(o, w, version, now, &first);
	if (e != OK)
		return e;
	e = new_case(db, o, p, w, &first, now);
	told_first_free(&first);
	return e;
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
	/* Only who holds the receipt moves the case: quoting its public key is not enough. What is
	 * said only the office can read. */
	if (e == OK && found == OK && w->kind == PARCEL_RATING &&
	    case_step(c.state, CASE_RATED, ROLE_RESIDENT) == OK &&
	    parcel_follow_up_proven(p, w, &c.receipt.follow_up)) {
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

/* A place of its own for a case whose locator belongs to another one: nobody looks there, but the
 * office that reads it has its case. */
static void own_locator(const unsigned char parcel[PARCEL_ID_BYTES],
			unsigned char locator[LOCATOR_BYTES])
{
	static const char what[] = "elutong-second";
	struct hash_run run;
	struct hash h;
	hash_begin(&run);
	hash_more(&run, what, sizeof what);
	hash_more(&run, locator, LOCATOR_BYTES);
	hash_more(&run, parcel, PARCEL_ID_BYTES);
	hash_end(&run, &h);
	memcpy(locator, h.b, LOCATOR_BYTES);
}

static enum err give_way(struct db *db, const struct case_row *c)
{
	unsigned char locator[LOCATOR_BYTES];
	memcpy(locator, c->receipt.locator, sizeof locator);
	own_locator(c->parcel, locator);
	struct db_stmt *q = db_stmt(db, SQL_CASE_LOCATOR);
	db_bind_int(q, 1, c->number);
	db_bind_blob(q, 2, locator, sizeof locator);
	return db_run(q);
}

struct arriving {
	const struct office *office;
	const struct parcel *parcel;
	const struct waybill *waybill;
	const struct told_first *first;
	int64_t now;
};

/* The locator has a case already, of other keys or another office. Nobody may hide a letter from
 * its office by quoting the locator of another one. A letter that was searched for in vain
 * (PARCEL_LOST) gives way to the letter itself when that comes after all. */
static enum err beside(struct db *db, const struct arriving *a, const struct case_row *c)
{
	struct waybill own = *a->waybill;
	uint32_t version = a->first->version;
	bool same = memcmp(&c->receipt, &own.receipt, sizeof c->receipt) == 0;
	if (same && own.kind == PARCEL_COMPLAINT && c->kind == PARCEL_LOST) {
		version = c->version < version ? version : c->version + 1;
		enum err e = give_way(db, c);
		return e == OK ? new_case_again(db, a->office, a->parcel, &own, version, a->now)
			       : e;
	}
	own_locator(a->parcel->header.id, own.receipt.locator);
	enum err e = new_case_again(db, a->office, a->parcel, &own, version, a->now);
	return e == OK && !same ? kiosks_alarm(db, &a->parcel->header.kiosk, a->now, "locator",
					       "两封信用了同一个查询码，钥匙不同")
				: e;
}

enum err cases_receive(struct db *db, const struct office *o, const struct parcel *p,
		       const struct waybill *w, const struct told_first *first, int64_t now)
{
	struct case_row c;
	if (w->kind != PARCEL_COMPLAINT && w->kind != PARCEL_LOST)
		return follow_up(db, o, p, w, now);
	enum err e = by_locator(db, w->receipt.locator, &c);
	if (e == ERR_MISSING)
		return new_case(db, o, p, w, first, now);
	if (e != OK)
		return e;
	/* A second letter under one receipt to one office is kept with the first. */
	if (strcmp(c.body, w->body) == 0 && memcmp(&c.receipt, &w->receipt, sizeof c.receipt) == 0)
		return follow_up(db, o, p, w, now);
	const struct arriving a = {o, p, w, first, now};
	return beside(db, &a, &c);
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
		e = add_entry(db, o, &c, entry, false);
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

enum err cases_name_opened(struct db *db, const struct office *o, int64_t number, int64_t now)
{
	struct case_row c;
	enum err e = cases_find(db, number, &c);
	if (e != OK)
		return e;
	struct db_stmt *q = db_stmt(db, SQL_CASE_OPENED);
	db_bind_int(q, 1, number);
	e = db_run(q);
	struct capsule_entry *entry = calloc(1, sizeof *entry);
	if (entry == NULL)
		return ERR_FULL;
	c.openings++;
	entry_of(o, &c, c.state == CASE_SEALED ? CASE_RECEIVED : c.state, now, entry);
	/* Words beside an answer would stand in its place; the count is shown with it anyway. */
	if (c.state != CASE_REPLIED && c.state != CASE_NOT_ACCEPTED)
		snprintf(entry->text, sizeof entry->text, "打开了您的姓名信封");
	if (e == OK)
		e = add_entry(db, o, &c, entry, true);
	free(entry);
	return e == OK ? events_add(db, now, "name-opened", c.label) : e;
}
