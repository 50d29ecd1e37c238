#include "app/store/township/told.h"

#include "app/store/township/feed.h"
#include "app/store/township/township_impl.h"

#include <string.h>

/* --- the capsule --- */

/* Entries as they will stand in the capsule, oldest first. */
struct list {
	struct buf room;
	struct capsule_sealed sealed[CAPSULE_ENTRIES_MAX];
	size_t at[CAPSULE_ENTRIES_MAX], count;
	size_t answer; /* index of the newest answer; CAPSULE_ENTRIES_MAX: none */
};

static void take(struct list *l, size_t i, struct db_stmt *q)
{
	const void *bytes = db_blob(q, 1, &l->sealed[i].len);
	l->at[i] = l->room.len;
	buf_add(&l->room, bytes, l->sealed[i].len);
}

static bool is_answer(struct db_stmt *q)
{
	enum case_state state;
	return case_state_parse(db_text(q, 0, NULL), &state) &&
	       (state == CASE_REPLIED || state == CASE_NOT_ACCEPTED) && db_int(q, 2) != 0;
}

static void turn_round(struct list *l)
{
	for (size_t i = 0, j = l->count; i + 1 < j; i++) {
		struct capsule_sealed s = l->sealed[i];
		size_t at = l->at[i];
		j--;
		l->sealed[i] = l->sealed[j];
		l->at[i] = l->at[j];
		l->sealed[j] = s;
		l->at[j] = at;
	}
	if (l->answer < l->count)
		l->answer = l->count - 1 - l->answer;
}

/* The newest, and the newest answer wherever it stands: it is what the resident waits for. */
static enum err collect(struct db *db, int64_t matter, struct list *l)
{
	struct db_stmt *q = db_stmt(db, SQL_ENTRIES_NEWEST);
	enum err e;
	db_bind_int(q, 1, matter);
	l->answer = CAPSULE_ENTRIES_MAX;
	for (e = db_step(q); e == OK; e = db_step(q)) {
		bool answer = l->answer == CAPSULE_ENTRIES_MAX && is_answer(q);
		if (l->count == CAPSULE_ENTRIES_MAX && !answer)
			continue;
		size_t i = l->count == CAPSULE_ENTRIES_MAX ? l->count - 1 : l->count++;
		take(l, i, q);
		if (answer)
			l->answer = i;
	}
	db_done(q);
	if (e != ERR_MISSING)
		return e;
	for (size_t i = 0; i < l->count; i++)
		l->sealed[i].bytes = l->room.p + l->at[i];
	turn_round(l);
	return buf_end(&l->room);
}

/* The oldest that is not the answer gives way. */
static void drop_oldest(struct list *l)
{
	size_t i = l->answer == 0 ? 1 : 0;
	memmove(&l->sealed[i], &l->sealed[i + 1], (l->count - i - 1) * sizeof l->sealed[0]);
	l->count--;
	if (l->answer > i && l->answer < CAPSULE_ENTRIES_MAX)
		l->answer--;
}

static enum err put_capsule(struct db *db, const unsigned char *locator, uint32_t version,
			    const struct buf *capsule)
{
	struct db_stmt *q = db_stmt(db, SQL_CAPSULE_PUT);
	db_bind_blob(q, 1, locator, LOCATOR_BYTES);
	db_bind_int(q, 2, version);
	db_bind_blob(q, 3, capsule->p, capsule->len);
	enum err e = db_run(q);
	return e == OK ? feed_put_capsule(db, locator) : e;
}

static enum err make_capsule(struct db *db, const struct office *o, const struct told_case *c)
{
	struct buf capsule;
	struct list l = {.count = 0};
	const struct office_service *own = office_own(o);
	buf_init(&l.room, 64 << 20);
	buf_init(&capsule, CAPSULE_BYTES_MAX);
	enum err e = collect(db, c->number, &l);
	while (e == OK) {
		buf_clear(&capsule);
		e = capsule_make(c->receipt, c->version + 1, l.sealed, l.count,
				 signer(&own->sign_pub, &own->sign), &capsule);
		if (e != ERR_FULL || l.count < 2)
			break;
		drop_oldest(&l);
		e = OK;
	}
	if (e == OK)
		e = put_capsule(db, c->receipt->locator, c->version + 1, &capsule);
	if (e == OK) {
		struct db_stmt *q = db_stmt(db, SQL_CASE_VERSION);
		db_bind_int(q, 1, c->number);
		db_bind_int(q, 2, c->version + 1);
		e = db_run(q);
	}
	buf_free(&l.room);
	buf_free(&capsule);
	return e;
}

/* --- entries --- */

static enum err seal_own(const struct body *body, const char *text, struct buf *own)
{
	size_t len = strlen(text);
	if (len == 0 || body == NULL)
		return OK;
	unsigned char *room = buf_room(own, len + SEAL_BOX_EXTRA);
	if (room == NULL)
		return ERR_FULL;
	return seal_box(&body->office, text, len, room) == SYNC_OK ? OK : ERR_REFUSED;
}

/* Number of the newest entry, and whether it tells of an opening alone. */
static enum err newest(struct db *db, int64_t matter, int64_t *number, bool *opening)
{
	struct db_stmt *q = db_stmt(db, SQL_ENTRY_NEWEST);
	db_bind_int(q, 1, matter);
	enum err e = db_step(q);
	*number = e == OK ? db_int(q, 0) : 0;
	*opening = e == OK && db_int(q, 1) != 0;
	db_done(q);
	return e == ERR_MISSING ? OK : e;
}

struct row {
	int64_t matter, number;
	enum case_state state;
	int32_t day;
	const struct buf *sealed, *own;
	bool opening;
};

static enum err put_entry(struct db *db, const struct row *r)
{
	struct db_stmt *q = db_stmt(db, SQL_ENTRY_PUT);
	db_bind_int(q, 1, r->matter);
	db_bind_int(q, 2, r->number);
	db_bind_text(q, 3, case_state_id(r->state), -1);
	db_bind_int(q, 4, r->day);
	db_bind_blob(q, 5, r->sealed->p, r->sealed->len);
	if (r->own != NULL && r->own->len > 0)
		db_bind_blob(q, 6, r->own->p, r->own->len);
	db_bind_int(q, 7, r->opening);
	return db_run(q);
}

enum err told_add(struct db *db, const struct office *o, const struct told_case *c,
		  const struct capsule_entry *entry)
{
	struct buf sealed, own;
	int64_t number;
	bool opening;
	buf_init(&sealed, CAPSULE_ENTRY_MAX);
	buf_init(&own, CAPSULE_TEXT_BYTES + SEAL_BOX_EXTRA);
	enum err e = newest(db, c->number, &number, &opening);
	if (e == OK)
		e = capsule_entry_seal(entry, &c->receipt->answer, &sealed);
	if (e == OK && !c->opening)
		e = seal_own(settings_body(o->settings, c->body), entry->text, &own);
	if (e == OK) {
		const struct row r = {.matter = c->number,
				      .number = number + (c->opening && opening ? 0 : 1),
				      .state = entry->state,
				      .day = entry->day,
				      .sealed = &sealed,
				      .own = &own,
				      .opening = c->opening};
		e = put_entry(db, &r);
	}
	buf_free(&sealed);
	buf_free(&own);
	return e == OK ? make_capsule(db, o, c) : e;
}

/* --- the first one --- */

enum err told_begin(const struct office *o, const struct receipt_public *receipt,
		    const struct capsule_entry *entry, uint32_t version, struct told_first *out)
{
	const struct office_service *own = office_own(o);
	*out = (struct told_first){.state = entry->state, .day = entry->day, .version = version};
	buf_init(&out->entry, CAPSULE_ENTRY_MAX);
	buf_init(&out->capsule, CAPSULE_BYTES_MAX);
	enum err e = capsule_entry_seal(entry, &receipt->answer, &out->entry);
	if (e == OK) {
		const struct capsule_sealed one = {out->entry.p, out->entry.len};
		e = capsule_make(receipt, version, &one, 1, signer(&own->sign_pub, &own->sign),
				 &out->capsule);
	}
	if (e != OK)
		told_first_free(out);
	return e;
}

void told_first_free(struct told_first *f)
{
	buf_free(&f->entry);
	buf_free(&f->capsule);
}

enum err told_put_first(struct db *db, int64_t matter, const unsigned char *locator,
			const struct told_first *f)
{
	const struct row r = {.matter = matter,
			      .number = 1,
			      .state = f->state,
			      .day = f->day,
			      .sealed = &f->entry};
	if (f->entry.len == 0) {
		struct db_stmt *q = db_stmt(db, SQL_UNTOLD_ADD);
		db_bind_int(q, 1, matter);
		return db_run(q);
	}
	enum err e = put_entry(db, &r);
	return e == OK ? put_capsule(db, locator, f->version, &f->capsule) : e;
}

enum err told_untold(struct db *db, int64_t after, int64_t *matter)
{
	struct db_stmt *q = db_stmt(db, SQL_UNTOLD_AFTER);
	db_bind_int(q, 1, after);
	enum err e = db_step(q);
	if (e != OK)
		return e;
	*matter = db_int(q, 0);
	db_done(q);
	return OK;
}

enum err told_put_later(struct db *db, int64_t matter, const unsigned char *locator,
			const struct told_first *f)
{
	struct db_stmt *q = db_stmt(db, SQL_UNTOLD_REMOVE);
	db_bind_int(q, 1, matter);
	enum err e = db_run(q);
	return e == OK && db_changes(db) == 1 ? told_put_first(db, matter, locator, f) : e;
}
