#include "app/kiosk/find.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/village/period.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES_MAX = 160, KEPT_MAX = 24, KEPT_ROWS = 4000, WARM_ROWS = 4000 };

enum hit_state { HIT_WAITING, HIT_GOOD, HIT_DAMAGED };

struct hit {
	struct search_hit at;
	enum hit_state state;
	struct shelf_sheet sheet;
	struct record record; /* its line is an own copy */
	size_t order;         /* as it was found */
};

struct known_place {
	char id[PLACE_ID_MAX + 1];
	bool damaged;
	struct shelf shelf;
};

struct find {
	struct books *books;
	const struct catalogue *catalogue;
	const struct settings *settings;
	int64_t version; /* of the books all of this is about */
	char place[PLACE_ID_MAX + 1];
	struct query query;
	bool not_ready, trouble; /* trouble: no memory or the disk; told as still looking */
	struct search *search;
	struct search_hit found[SEARCH_HITS_MAX];
	size_t found_count;
	bool more;
	struct hit *hit; /* SEARCH_HITS_MAX of them */
	size_t count, waiting, damaged;
	size_t wanted; /* first row on the screen */
	struct known_place *known;
	size_t knowns;
	struct shelf_run *shelf_run; /* of known[knowns] */
	struct sheet_check *check;
	int64_t checking; /* number of that sheet */
	struct kept {
		struct sheet *sheet;
		uint64_t used;
	} kept[KEPT_MAX];
	size_t kept_rows;
	uint64_t uses;
	bool warm; /* nothing more to check ahead */
};

enum err find_open(struct books *b, const struct catalogue *c, const struct settings *s,
		   struct find **out)
{
	struct find *f = calloc(1, sizeof *f);
	*out = NULL;
	if (f == NULL)
		return ERR_FULL;
	f->books = b;
	f->catalogue = c;
	f->settings = s;
	f->version = books_version(b);
	f->hit = calloc(SEARCH_HITS_MAX, sizeof *f->hit);
	f->known = calloc(PLACES_MAX, sizeof *f->known);
	if (f->hit == NULL || f->known == NULL) {
		find_close(f);
		return ERR_FULL;
	}
	*out = f;
	return OK;
}

/* --- forgetting --- */

static void forget_hits(struct find *f)
{
	search_close(f->search);
	f->search = NULL;
	for (size_t i = 0; i < f->count; i++)
		free((void *)(uintptr_t)f->hit[i].record.line);
	if (f->hit != NULL)
		memset(f->hit, 0, f->count * sizeof *f->hit);
	f->count = f->waiting = f->damaged = f->found_count = f->wanted = 0;
	f->more = f->not_ready = false;
}

static void drop_kept(struct find *f, size_t i)
{
	f->kept_rows -= f->kept[i].sheet == NULL ? 0 : f->kept[i].sheet->rows;
	sheet_close(f->kept[i].sheet);
	f->kept[i] = (struct kept){0};
}

/* Nothing counts as checked any more. */
static void forget_checked(struct find *f)
{
	shelf_run_close(f->shelf_run);
	sheet_check_close(f->check);
	f->shelf_run = NULL;
	f->check = NULL;
	for (size_t i = 0; i < f->knowns; i++)
		shelf_free(&f->known[i].shelf);
	f->knowns = 0;
	for (size_t i = 0; i < KEPT_MAX; i++)
		drop_kept(f, i);
	f->warm = false;
}

void find_close(struct find *f)
{
	if (f == NULL)
		return;
	forget_hits(f);
	forget_checked(f);
	free(f->hit);
	free(f->known);
	explicit_bzero(f, sizeof *f);
	free(f);
}

/* --- asking --- */

static void begin(struct find *f)
{
	forget_hits(f);
	if (f->query.terms == 0)
		return;
	enum err e = search_begin(f->books, f->catalogue, f->place, &f->query, &f->search);
	f->not_ready = e == ERR_MISSING;
	f->trouble = e != OK && e != ERR_MISSING;
}

void find_ask(struct find *f, const char *place, const struct query *q)
{
	char id[PLACE_ID_MAX + 1];
	snprintf(id, sizeof id, "%s", place);
	if (strcmp(id, f->place) != 0)
		f->warm = false;
	memcpy(f->place, id, sizeof f->place);
	f->query = *q;
	begin(f);
}

/* --- places and sheets --- */

static struct known_place *known(struct find *f, const char *place)
{
	for (size_t i = 0; i < f->knowns; i++)
		if (strcmp(f->known[i].id, place) == 0)
			return &f->known[i];
	return NULL;
}

/* Goes on reading the shelf of a place; what was begun for another is dropped. */
static void read_place(struct find *f, const char *place, int64_t budget_us)
{
	if (f->knowns == PLACES_MAX)
		while (f->knowns > 0)
			shelf_free(&f->known[--f->knowns].shelf);
	struct known_place *p = &f->known[f->knowns];
	if (f->shelf_run != NULL && strcmp(p->id, place) != 0) {
		shelf_run_close(f->shelf_run);
		f->shelf_run = NULL;
	}
	enum err e = OK;
	if (f->shelf_run == NULL) {
		*p = (struct known_place){0};
		snprintf(p->id, sizeof p->id, "%s", place);
		e = shelf_begin(f->books, f->settings, place, &f->shelf_run);
	}
	if (e == OK)
		e = shelf_step(f->shelf_run, budget_us, &p->shelf);
	if (e == ERR_MISSING)
		return;
	shelf_run_close(f->shelf_run);
	f->shelf_run = NULL;
	p->damaged = e != OK;
	f->knowns++;
}

static struct sheet *kept(struct find *f, int64_t number)
{
	for (size_t i = 0; i < KEPT_MAX; i++)
		if (f->kept[i].sheet != NULL && f->kept[i].sheet->number == number) {
			f->kept[i].used = ++f->uses;
			return f->kept[i].sheet;
		}
	return NULL;
}

/* Keeps a sheet; those not used for longest make room. */
static void keep(struct find *f, struct sheet *s)
{
	for (;;) {
		size_t oldest = KEPT_MAX, room = KEPT_MAX;
		for (size_t i = 0; i < KEPT_MAX; i++) {
			if (f->kept[i].sheet == NULL)
				room = i;
			else if (oldest == KEPT_MAX || f->kept[i].used < f->kept[oldest].used)
				oldest = i;
		}
		if (room < KEPT_MAX &&
		    (f->kept_rows + s->rows <= KEPT_ROWS || oldest == KEPT_MAX)) {
			f->kept[room] = (struct kept){s, ++f->uses};
			f->kept_rows += s->rows;
			return;
		}
		drop_kept(f, oldest);
	}
}

static const struct shelf_sheet *on_shelf(const struct known_place *p, int64_t number)
{
	for (size_t i = 0; !p->damaged && i < p->shelf.count; i++)
		if (p->shelf.sheet[i].sheet == number)
			return &p->shelf.sheet[i];
	return NULL;
}

/* Goes on checking a sheet. OK: it is kept now; ERR_MISSING: later. */
static enum err check_sheet(struct find *f, const struct shelf_sheet *which, int64_t budget_us)
{
	struct sheet *s = NULL;
	enum err e = OK;
	if (f->check != NULL && f->checking != which->sheet) {
		sheet_check_close(f->check);
		f->check = NULL;
	}
	if (f->check == NULL)
		e = sheet_check_begin(f->books, f->catalogue, which, &f->check);
	f->checking = which->sheet;
	if (e == OK)
		e = sheet_check_step(f->check, budget_us, &s);
	if (e == ERR_MISSING)
		return e;
	sheet_check_close(f->check);
	f->check = NULL;
	if (e == OK)
		keep(f, s);
	return e;
}

/* --- hits --- */

/* All hits of this sheet are settled: their rows are taken out of it, or it does not hold. */
static void settle(struct find *f, int64_t number, const struct shelf_sheet *which,
		   const struct sheet *s)
{
	for (size_t i = 0; i < f->count; i++) {
		struct hit *h = &f->hit[i];
		if (h->state != HIT_WAITING || h->at.sheet != number)
			continue;
		const struct record *r =
			s == NULL || h->at.ordinal >= s->rows ? NULL : &s->row[h->at.ordinal];
		const struct query_row row =
			r == NULL ? (struct query_row){0} : query_row(h->at.place, r);
		char *line = NULL;
		if (r != NULL && query_match(&f->query, &row))
			line = strndup(r->line, r->line_len);
		f->waiting--;
		if (line == NULL) {
			h->state = HIT_DAMAGED;
			f->damaged++;
			continue;
		}
		h->state = HIT_GOOD;
		h->sheet = *which;
		h->record = *r;
		h->record.line = line;
	}
	if (s == NULL)
		log_warn("find: a sheet does not hold and is not shown");
}

static struct hit *next_hit(struct find *f)
{
	for (size_t i = f->wanted; i < f->count; i++)
		if (f->hit[i].state == HIT_WAITING)
			return &f->hit[i];
	for (size_t i = 0; i < f->count; i++)
		if (f->hit[i].state == HIT_WAITING)
			return &f->hit[i];
	return NULL;
}

static void check_hit(struct find *f, const struct hit *h, int64_t budget_us)
{
	int64_t number = h->at.sheet;
	const struct known_place *p = known(f, h->at.place);
	if (p == NULL) {
		read_place(f, h->at.place, budget_us);
		return;
	}
	const struct shelf_sheet *which = on_shelf(p, number);
	struct sheet *s = which == NULL ? NULL : kept(f, number);
	enum err e = OK;
	if (which != NULL && s == NULL)
		e = check_sheet(f, which, budget_us);
	if (e == ERR_MISSING)
		return;
	if (which != NULL && s == NULL && e == OK)
		s = kept(f, number);
	settle(f, number, which, s);
}

/* Newest day first; rows without a day by the period of their sheet; then as they were found. */
static int32_t day_of(const struct hit *h)
{
	return h->at.day != 0 ? h->at.day : period_month(h->at.period) * 100;
}

static int by_day(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	int32_t dx = day_of(x), dy = day_of(y);
	return dx != dy ? (dx < dy) - (dx > dy) : (x->order > y->order) - (x->order < y->order);
}

static void take_found(struct find *f)
{
	for (size_t i = 0; i < f->found_count; i++)
		f->hit[i] = (struct hit){.at = f->found[i], .order = i};
	f->count = f->waiting = f->found_count;
	if (f->count > 0)
		qsort(f->hit, f->count, sizeof *f->hit, by_day);
}

static void look(struct find *f, int64_t budget_us)
{
	enum err e = search_step(f->search, budget_us, f->found, SEARCH_HITS_MAX, &f->found_count);
	if (e == ERR_MISSING)
		return;
	f->trouble = e != OK;
	f->more = search_more(f->search);
	search_close(f->search);
	f->search = NULL;
	take_found(f);
}

/* --- ahead of the question --- */

/* The newest sheet of the place that is neither kept nor too much. */
static const struct shelf_sheet *next_warm(struct find *f, const struct known_place *p)
{
	const struct shelf_sheet *best = NULL;
	for (size_t i = 0; !p->damaged && i < p->shelf.count; i++) {
		const struct shelf_sheet *s = &p->shelf.sheet[i];
		const struct catalogue_template *t =
			catalogue_find(f->catalogue, s->entry.template_id);
		if (s->sheet == 0 || t == NULL || t->household ||
		    (best != NULL && s->sheet < best->sheet))
			continue;
		bool there = false;
		for (size_t n = 0; n < KEPT_MAX; n++)
			there = there ||
				(f->kept[n].sheet != NULL && f->kept[n].sheet->number == s->sheet);
		if (!there)
			best = s;
	}
	return best == NULL || f->kept_rows + best->entry.rows > WARM_ROWS ? NULL : best;
}

static void warm_up(struct find *f, int64_t budget_us)
{
	const struct known_place *p = known(f, f->place);
	if (p == NULL) {
		read_place(f, f->place, budget_us);
		return;
	}
	size_t used = 0;
	for (size_t i = 0; i < KEPT_MAX; i++)
		used += f->kept[i].sheet != NULL;
	const struct shelf_sheet *next = used + 4 > KEPT_MAX ? NULL : next_warm(f, p);
	/* A sheet that does not hold is met again by whoever asks for it. */
	enum err e = next == NULL ? ERR_CORRUPT : check_sheet(f, next, budget_us);
	f->warm = e != OK && e != ERR_MISSING;
}

/* --- working --- */

static bool moved(const struct find *f)
{
	return books_version(f->books) != f->version;
}

void find_work(struct find *f, int64_t budget_us)
{
	int64_t until = clock_us() + budget_us;
	if (moved(f)) {
		f->version = books_version(f->books);
#if SEEDED_BUG != 72 /* what was checked counts after the books moved */
		forget_checked(f);
#endif
		begin(f);
	}
	/* One step at least: whoever has no time at all still gets on. */
	for (int64_t left = budget_us; find_waiting(f); left = until - clock_us()) {
		if (f->search != NULL)
			look(f, left);
		else if (next_hit(f) != NULL)
			check_hit(f, next_hit(f), left);
		else
			warm_up(f, left);
		if (clock_us() >= until)
			break;
	}
}

bool find_waiting(const struct find *f)
{
	return f->search != NULL || f->waiting > 0 ||
	       (f->query.terms == 0 && f->place[0] != 0 && !f->warm) || moved(f);
}

/* --- what there is --- */

enum find_state find_state(const struct find *f)
{
	if (f->not_ready)
		return FIND_NOT_READY;
	if (f->query.terms == 0)
		return FIND_IDLE;
	return f->search != NULL || f->waiting > 0 || f->trouble || moved(f) ? FIND_LOOKING
									     : FIND_DONE;
}

size_t find_count(const struct find *f)
{
	return f->count - f->damaged;
}

bool find_more(const struct find *f)
{
	return f->more;
}

size_t find_damaged(const struct find *f)
{
	return f->damaged;
}

bool find_row(struct find *f, size_t index, struct find_row *out)
{
	size_t at = 0;
	for (; at < f->count; at++) {
		if (f->hit[at].state == HIT_DAMAGED)
			continue;
		if (index-- == 0)
			break;
	}
	if (at >= f->count)
		return false;
	const struct hit *h = &f->hit[at];
	*out = (struct find_row){.place = h->at.place,
				 .template = catalogue_find(f->catalogue, h->at.template_id)};
	if (h->state == HIT_WAITING) {
		f->wanted = at;
		return true;
	}
	out->record = &h->record;
	out->sheet = &h->sheet;
	return true;
}
