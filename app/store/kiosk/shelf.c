#include "app/store/kiosk/shelf.h"

#include "app/base/log.h"
#include "app/store/kiosk/books_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void shelf_free(struct shelf *s)
{
	free(s->sheet);
	free(s->older);
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
};

static enum err pile_add(struct pile *p, const struct publication *from)
{
	if (p->count + from->sheet_count > p->room) {
		size_t room = (p->count + from->sheet_count) * 2 + 64;
		struct shelf_sheet *more = realloc(p->sheet, room * sizeof *more);
		if (more == NULL)
			return ERR_FULL;
		p->sheet = more;
		p->room = room;
	}
	for (size_t i = 0; i < from->sheet_count; i++)
		p->sheet[p->count++] = (struct shelf_sheet){
			.entry = from->sheet[i], .publication = from->number, .day = from->day};
	return OK;
}

/* Reads the chain from number 1; each must be signed and follow the one before. */
static enum err read_chain(struct books *b, const struct settings *s, const char *place,
			   struct shelf *out, struct pile *pile)
{
	struct publication last = {0}, next;
	struct db_stmt *q = db_stmt(b->db, BOOKS_PUBLICATIONS);
	db_bind_text(q, 1, place, -1);
	enum err e;
	while ((e = db_step(q)) == OK) {
		size_t len;
		const void *bytes = db_blob(q, 0, &len);
		e = publication_read(bytes, len, s, &next);
		if (e == OK && (strcmp(next.place, place) != 0 ||
				publication_follows(last.number == 0 ? NULL : &last, &next) != OK))
			e = ERR_CORRUPT;
		if (e == OK)
			e = pile_add(pile, &next);
		if (e != OK) {
			log_warn("shelf: publication after %llu of %s does not hold",
				 (unsigned long long)last.number, place);
			publication_free(&next);
			publication_free(&last);
			db_done(q);
			return e == ERR_FULL ? e : ERR_CORRUPT;
		}
		publication_free(&last);
		last = next;
	}
	out->publication = last.number;
	out->day = last.day;
	snprintf(out->issuer, sizeof out->issuer, "%s", last.issuer);
	publication_free(&last);
	return e == ERR_MISSING ? OK : e;
}

static int pile_order(const void *x, const void *y)
{
	const struct shelf_sheet *a = x, *b = y;
	int c = by_name(&a->entry, &b->entry);
	return c != 0 ? c
		      : (a->entry.version < b->entry.version) -
				(a->entry.version > b->entry.version);
}

static enum err find_number(struct books *b, const char *place, struct shelf_sheet *s)
{
	struct db_stmt *q = db_stmt(b->db, BOOKS_SHEET_FIND);
	db_bind_text(q, 1, place, -1);
	db_bind_text(q, 2, s->entry.template_id, -1);
	db_bind_text(q, 3, s->entry.period, -1);
	db_bind_int(q, 4, s->entry.part);
	db_bind_int(q, 5, s->entry.version);
	enum err e = db_step(q);
	s->sheet = 0;
	if (e != OK)
		return e == ERR_MISSING ? OK : e;
	s->sheet = db_int(q, 0);
	db_done(q);
	return OK;
}

/* The newest version of each sheet goes in front, older ones behind it. */
static enum err fold(struct books *b, struct pile *pile, struct shelf *out)
{
	enum err e = OK;
	if (pile->count > 0)
		qsort(pile->sheet, pile->count, sizeof *pile->sheet, pile_order);
	out->sheet = calloc(pile->count + 1, sizeof *out->sheet);
	out->older = calloc(pile->count + 1, sizeof *out->older);
	if (out->sheet == NULL || out->older == NULL)
		return ERR_FULL;
	for (size_t i = 0; i < pile->count && e == OK; i++) {
		struct shelf_sheet *s = &pile->sheet[i];
		e = find_number(b, out->place, s);
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

enum err shelf_read(struct books *b, const struct settings *s, const char *place, struct shelf *out)
{
	struct pile pile = {0};
	*out = (struct shelf){0};
	snprintf(out->place, sizeof out->place, "%s", place);
	enum err e = db_begin_read(b->db);
	if (e != OK)
		return e;
	e = read_chain(b, s, place, out, &pile);
	if (e == OK)
		e = fold(b, &pile, out);
	db_rollback(b->db);
	free(pile.sheet);
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
