#include "app/store/kiosk/shelf.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/store/kiosk/books_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void shelf_free(struct shelf *s)
{
	free(s->sheet);
	free(s->older);
	free(s->word);
	free(s->chain);
	free(s->signer);
	*s = (struct shelf){0};
}

static int by_name(const struct sheet_entry *a, const struct sheet_entry *b)
{
	int c = strcmp(a->template_id, b->template_id);
	if (c == 0)
		c = strcmp(a->period, b->period);
	return c != 0 ? c : (a->part > b->part) - (a->part < b->part);
}

/* Every version that was ever published, oldest first. */
struct pile {
	struct shelf_sheet *sheet;
	size_t count, room;
	struct shelf_word *word;
	size_t words, word_room;
	struct hash *chain;
	struct shelf_signer *signer;
	uint64_t links, link_room;
};

static enum err pile_word(struct pile *p, const struct shelf_word *w)
{
	if (p->words == p->word_room) {
		size_t room = p->word_room * 2 + 16;
		struct shelf_word *more = realloc(p->word, room * sizeof *more);
		if (more == NULL)
			return ERR_FULL;
		p->word = more;
		p->word_room = room;
	}
	p->word[p->words++] = *w;
	return OK;
}

static enum err pile_room(struct pile *p, size_t count)
{
	if (p->count + count <= p->room)
		return OK;
	size_t room = (p->count + count) * 2 + 64;
	struct shelf_sheet *more = realloc(p->sheet, room * sizeof *more);
	if (more == NULL)
		return ERR_FULL;
	p->sheet = more;
	p->room = room;
	return OK;
}

static enum err pile_link(struct pile *p, const struct hash *hash,
			  const struct shelf_signer *signer)
{
	if (p->links == p->link_room) {
		uint64_t room = p->link_room * 2 + 64;
		struct hash *more = realloc(p->chain, room * sizeof *more);
		if (more == NULL)
			return ERR_FULL;
		p->chain = more;
		struct shelf_signer *who = realloc(p->signer, room * sizeof *who);
		if (who == NULL)
			return ERR_FULL;
		p->signer = who;
		p->link_room = room;
	}
	p->chain[p->links] = *hash;
	p->signer[p->links++] = *signer;
	return OK;
}

/* What a shelf was folded from. */
static enum err pile_shelf(struct pile *p, const struct shelf *from)
{
	enum err e = pile_room(p, from->count + from->older_count);
	for (size_t i = 0; i < from->count && e == OK && p->sheet != NULL; i++)
		p->sheet[p->count++] = from->sheet[i];
	for (size_t i = 0; i < from->older_count && e == OK && p->sheet != NULL; i++)
		p->sheet[p->count++] = from->older[i];
	for (size_t i = 0; i < from->words && e == OK; i++)
		e = pile_word(p, &from->word[i]);
	return e;
}

static enum err pile_add(struct pile *p, const struct publication *from)
{
	enum err e = pile_room(p, from->sheet_count);
	struct shelf_signer signer = {.day = from->day};
	snprintf(signer.approved_by, sizeof signer.approved_by, "%s", from->approved_by);
	if (e == OK)
		e = pile_link(p, &from->hash, &signer);
	if (e == OK && (from->supervisor[0] != 0 || from->objection[0] != 0)) {
		struct shelf_word w = {.publication = from->number};
		memcpy(w.supervisor, from->supervisor, sizeof w.supervisor);
		memcpy(w.objection, from->objection, sizeof w.objection);
		e = pile_word(p, &w);
	}
	if (e != OK)
		return e;
	for (size_t i = 0; i < from->sheet_count; i++)
		p->sheet[p->count++] = (struct shelf_sheet){
			.entry = from->sheet[i], .publication = from->number, .day = from->day};
	return OK;
}

/* Checks one publication against the one before and puts its sheets on the pile. */
static enum err take(const struct settings *s, const char *place, const void *bytes, size_t len,
		     struct publication *last, struct pile *pile)
{
	struct publication next;
	enum err e = publication_read(bytes, len, s, &next);
	if (e == OK && (strcmp(next.place, place) != 0 ||
			publication_follows(last->number == 0 ? NULL : last, &next) != OK))
		e = ERR_CORRUPT;
	if (e == OK)
		e = pile_add(pile, &next);
	if (e != OK) {
		log_warn("shelf: publication after %llu of %s does not hold",
			 (unsigned long long)last->number, place);
		publication_free(&next);
		return e == ERR_FULL ? e : ERR_CORRUPT;
	}
	publication_free(last);
	*last = next;
	return OK;
}

/* Reads the chain from number 1; each must be signed and follow the one before. What `known` has
 * checked is only compared; ERR_REFUSED when it is not the same, then nothing of it counts. */
static enum err read_chain(struct books *b, const struct settings *s, const struct shelf *known,
			   struct shelf *out, struct pile *pile)
{
	struct publication last = {0};
	struct db_stmt *q = db_stmt(b->db, BOOKS_PUBLICATIONS);
	db_bind_text(q, 1, out->place, -1);
	enum err e = known == NULL ? OK : pile_shelf(pile, known);
	while (e == OK) {
		size_t len;
		struct hash hash;
		e = db_step(q);
		if (e != OK)
			break;
		const void *bytes = db_blob(q, 0, &len);
		if (known == NULL || last.number >= known->publication) {
			e = take(s, out->place, bytes, len, &last, pile);
			continue;
		}
		hash_bytes(bytes, len, &hash);
		e = hash_equal(&hash, &known->chain[last.number])
			    ? pile_link(pile, &hash, &known->signer[last.number])
			    : ERR_REFUSED;
		last.number++;
		last.hash = hash;
		last.day = known->day;
		snprintf(last.issuer, sizeof last.issuer, "%s", known->issuer);
	}
	db_done(q);
	if (e == ERR_MISSING)
		e = known != NULL && last.number < known->publication ? ERR_REFUSED : OK;
	out->publication = last.number;
	out->day = last.day;
	snprintf(out->issuer, sizeof out->issuer, "%s", last.issuer);
	publication_free(&last);
	return e;
}

static int pile_order(const void *x, const void *y)
{
	const struct shelf_sheet *a = x, *b = y;
	int c = by_name(&a->entry, &b->entry);
	return c != 0 ? c
		      : (a->entry.version < b->entry.version) -
				(a->entry.version > b->entry.version);
}

/* Sheets of the database stand in the same order as the pile: each number is given to its sheet,
 * one that is not there keeps 0. */
static enum err find_numbers(struct books *b, const char *place, struct pile *pile)
{
	struct db_stmt *q = db_stmt(b->db, BOOKS_SHEETS_OF);
	size_t at = 0;
	enum err e;
	for (size_t i = 0; i < pile->count; i++)
		pile->sheet[i].sheet = 0;
	db_bind_text(q, 1, place, -1);
	while ((e = db_step(q)) == OK) {
		struct shelf_sheet row = {.sheet = db_int(q, 0)};
		int c = 1;
		snprintf(row.entry.template_id, sizeof row.entry.template_id, "%s",
			 db_text(q, 1, NULL));
		snprintf(row.entry.period, sizeof row.entry.period, "%s", db_text(q, 2, NULL));
		row.entry.part = (uint32_t)db_int(q, 3);
		row.entry.version = (uint32_t)db_int(q, 4);
		while (at < pile->count && (c = pile_order(&pile->sheet[at], &row)) < 0)
			at++;
		if (at < pile->count && c == 0)
			pile->sheet[at].sheet = row.sheet;
	}
	db_done(q);
	return e == ERR_MISSING ? OK : e;
}

/* The newest version of each sheet goes in front, older ones behind it. */
static enum err fold(struct books *b, struct pile *pile, struct shelf *out)
{
	if (pile->count > 0)
		qsort(pile->sheet, pile->count, sizeof *pile->sheet, pile_order);
	out->sheet = calloc(pile->count + 1, sizeof *out->sheet);
	out->older = calloc(pile->count + 1, sizeof *out->older);
	if (out->sheet == NULL || out->older == NULL)
		return ERR_FULL;
	out->chain = pile->chain;
	out->signer = pile->signer;
	pile->chain = NULL;
	out->word = pile->word;
	out->words = pile->words;
	pile->word = NULL;
	pile->signer = NULL;
	enum err e = find_numbers(b, out->place, pile);
	for (size_t i = 0; i < pile->count && e == OK; i++) {
		const struct shelf_sheet *s = &pile->sheet[i];
		if (i > 0 && by_name(&pile->sheet[i - 1].entry, &s->entry) == 0) {
			out->older[out->older_count++] = *s;
			out->sheet[out->count - 1].older_count++;
			continue;
		}
		out->sheet[out->count] = *s;
		out->sheet[out->count].older_at = out->older_count;
		out->sheet[out->count++].older_count = 0;
	}
	return e;
}

static enum err read_shelf(struct books *b, const struct settings *s, const char *place,
			   const struct shelf *known, struct shelf *out)
{
	struct pile pile = {0};
	*out = (struct shelf){0};
	snprintf(out->place, sizeof out->place, "%s", place);
	enum err e = db_begin_read(b->db);
	if (e != OK)
		return e;
	e = read_chain(b, s, known, out, &pile);
	if (e == OK)
		e = fold(b, &pile, out);
	db_rollback(b->db);
	free(pile.sheet);
	free(pile.chain);
	free(pile.word);
	free(pile.signer);
	if (e != OK)
		shelf_free(out);
	return e;
}

enum err shelf_read(struct books *b, const struct settings *s, const char *place, struct shelf *out)
{
	return read_shelf(b, s, place, NULL, out);
}

enum err shelf_read_again(struct books *b, const struct settings *s, struct shelf *io)
{
	struct shelf fresh;
	enum err e = read_shelf(b, s, io->place, io, &fresh);
	if (e == ERR_REFUSED)
		e = read_shelf(b, s, io->place, NULL, &fresh);
	shelf_free(io);
	*io = fresh;
	return e;
}

const struct shelf_word *shelf_word(const struct shelf *s, uint64_t publication)
{
	for (size_t i = s->words; i > 0; i--)
		if (s->word[i - 1].publication == publication)
			return &s->word[i - 1];
	return NULL;
}

/* --- in steps --- */

struct shelf_run {
	struct books *b;
	const struct settings *settings;
	char place[PLACE_ID_MAX + 1];
	int64_t version; /* of the database when it began */
	struct publication last;
	struct pile pile;
};

static void restart(struct shelf_run *r)
{
	publication_free(&r->last);
	r->last = (struct publication){0};
	r->pile.count = r->pile.words = 0;
	r->pile.links = 0;
	r->version = books_version(r->b);
}

enum err shelf_begin(struct books *b, const struct settings *s, const char *place,
		     struct shelf_run **out)
{
	struct shelf_run *r = calloc(1, sizeof *r);
	*out = r;
	if (r == NULL)
		return ERR_FULL;
	r->b = b;
	r->settings = s;
	snprintf(r->place, sizeof r->place, "%s", place);
	restart(r);
	return OK;
}

void shelf_run_close(struct shelf_run *r)
{
	if (r == NULL)
		return;
	publication_free(&r->last);
	free(r->pile.sheet);
	free(r->pile.chain);
	free(r->pile.word);
	free(r->pile.signer);
	free(r);
}

/* Publications behind the last one that was checked. ERR_MISSING: there are more. */
static enum err chain_step(struct shelf_run *r, int64_t until)
{
	struct db_stmt *q = db_stmt(r->b->db, BOOKS_PUBLICATIONS_AFTER);
	enum err e;
	bool in_time = true;
	db_bind_text(q, 1, r->place, -1);
	db_bind_int(q, 2, (int64_t)r->last.number);
	while ((e = db_step(q)) == OK && in_time) {
		size_t len;
		const void *bytes = db_blob(q, 0, &len);
		e = take(r->settings, r->place, bytes, len, &r->last, &r->pile);
		if (e != OK)
			break;
		in_time = clock_us() < until;
	}
	db_done(q);
	return e == OK ? ERR_MISSING : e == ERR_MISSING ? OK : e;
}

enum err shelf_step(struct shelf_run *r, int64_t budget_us, struct shelf *out)
{
	*out = (struct shelf){0};
	int64_t until = clock_us() + budget_us;
	enum err e = db_begin_read(r->b->db);
	if (e != OK)
		return e;
	if (books_version(r->b) != r->version)
		restart(r); /* the books moved between two steps */
	e = chain_step(r, until);
	if (e == OK) {
		snprintf(out->place, sizeof out->place, "%s", r->place);
		out->publication = r->last.number;
		out->day = r->last.day;
		snprintf(out->issuer, sizeof out->issuer, "%s", r->last.issuer);
		e = fold(r->b, &r->pile, out);
	}
	db_rollback(r->b->db);
	if (e != OK)
		shelf_free(out);
	return e;
}

size_t shelf_find(const struct shelf *s, const char *template_id, const char *prefix, size_t *count)
{
	size_t first = 0, len = strlen(prefix);
	*count = 0;
	while (first < s->count && strcmp(s->sheet[first].entry.template_id, template_id) < 0)
		first++;
	while (first < s->count && strcmp(s->sheet[first].entry.template_id, template_id) == 0 &&
	       strncmp(s->sheet[first].entry.period, prefix, len) < 0)
		first++;
	while (first + *count < s->count &&
	       strcmp(s->sheet[first + *count].entry.template_id, template_id) == 0 &&
	       strncmp(s->sheet[first + *count].entry.period, prefix, len) == 0)
		(*count)++;
	return first;
}

const struct shelf_signer *shelf_signed(const struct shelf *s, uint64_t number)
{
	return number == 0 || number > s->publication ? NULL : &s->signer[number - 1];
}
