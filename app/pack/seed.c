#include "app/pack/seed.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/pack/example_case.h"
#include "app/pack/registers.h"
#include "app/pack/rows.h"
#include "app/store/kiosk/album.h"
#include "app/store/kiosk/books.h"
#include "app/store/kiosk/home.h"
#include "app/village/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MONTHS_MAX = 240 };

static int month_add(int month, int n)
{
	int at = month / 100 * 12 + month % 100 - 1 + n;
	return at / 12 * 100 + at % 12 + 1;
}

static int64_t opening_of(const struct place *p)
{
	return p->level == PLACE_GROUP ? 12600000 : 31500000;
}

/* One place's publications on their way: the number and hash of the last, and who takes them. */
struct chain {
	uint64_t number;
	struct hash previous;
	seed_take *take;
	void *to;
};

static enum err publish(const struct demo_county *c, const struct place *place, struct chain *chain,
			int32_t day, struct sheets *m)
{
	const struct place *town = settings_above(c->settings, place->id, PLACE_TOWNSHIP);
	struct publication p = {.number = ++chain->number,
				.previous = chain->previous,
				.day = day,
				.sheet = m->entry,
				.sheet_count = m->count};
	struct buf text;
	snprintf(p.place, sizeof p.place, "%s", place->id);
	snprintf(p.issuer, sizeof p.issuer, "%s", town == NULL ? "" : town->name);
	snprintf(p.prepared_by, sizeof p.prepared_by, "白*");
	snprintf(p.approved_by, sizeof p.approved_by, "李*国");
	snprintf(p.supervisor, sizeof p.supervisor, "普*珍");
	/* 示范二村's committee did not agree to everything. */
	if (strcmp(place->id, COUNTY_TOWN ".v2") == 0 && p.number % 12 == 0) {
		snprintf(p.supervisor, sizeof p.supervisor, "罗*梅");
		snprintf(p.objection, sizeof p.objection,
			 "普*兰：办公用品没有清单，请先拿清单来。");
	}
	buf_init(&text, PUBLICATION_BYTES_MAX);
	enum err e = publication_make(&p, &c->publisher, &c->publisher_secret, &text);
	if (e == OK)
		e = chain->take(chain->to, &p, &text, m->sheet);
	chain->previous = p.hash;
	buf_free(&text);
	return e;
}

/* "v1" of "mz.caoba.v1": its folder among the registers. */
static const char *folder_of(const struct place *place)
{
	const char *town = COUNTY_TOWN ".";
	return strncmp(place->id, town, strlen(town)) == 0 ? place->id + strlen(town) : place->id;
}

static enum err add_pages(const struct seed_amount *a, const struct place *place, struct sheets *m)
{
	if (a->registers == NULL || a->pages == NULL)
		return OK;
	return pages_add(a->assets, a->registers, folder_of(place), m, a->pages);
}

static enum err add_registers(const struct seed_amount *a, const struct place *place,
			      struct sheets *m)
{
	if (a->registers == NULL)
		return OK;
	enum err e = registers_add(a->assets, a->registers, folder_of(place), m);
	return e == OK ? add_pages(a, place, m) : e;
}

static bool is_late(const struct sheet_entry *e)
{
	static const char *const late[] = {"notice", "decision", "relief", "project"};
	for (size_t i = 0; i < sizeof late / sizeof late[0]; i++)
		if (strcmp(late[i], e->template_id) == 0)
			return true;
	return false;
}

/* Takes what is late, or is not, out of `all`. */
static void pick(struct sheets *all, bool late, struct sheets *out)
{
	size_t kept = 0;
	for (size_t i = 0; i < all->count; i++) {
		if (is_late(&all->entry[i]) != late) {
			all->sheet[kept] = all->sheet[i];
			all->entry[kept++] = all->entry[i];
			continue;
		}
		out->sheet[out->count] = all->sheet[i];
		out->entry[out->count++] = all->entry[i];
	}
	all->count = kept;
}

/* Everything else there is of the place: most of it with the last month, the latest two days before
 * today. */
static enum err publish_last(const struct demo_county *c, const struct place *place,
			     struct chain *chain, const struct seed_amount *a, struct sheets *m)
{
	struct sheets *all = calloc(1, sizeof *all);
	int32_t day = a->today / 100 * 100 + 5, late = clock_day_add(a->today, -2);
	enum err e = all == NULL ? ERR_FULL : add_registers(a, place, all);
	if (e == OK)
		e = add_pages(a, place, m);
	if (e == OK)
		pick(all, false, m);
	if (e == OK)
		e = publish(c, place, chain, day, m);
	sheets_drop(m);
	if (e == OK)
		pick(all, true, m);
	if (e == OK && m->count > 0)
		e = publish(c, place, chain, late > day ? late : day, m);
	sheets_drop(m);
	if (all != NULL)
		sheets_drop(all);
	free(all);
	return e;
}

enum err seed_place(const struct demo_county *c, const struct place *place,
		    const struct seed_amount *amount, seed_take *take, void *to)
{
	size_t rows = amount->rows;
	int months = amount->months;
	struct sheets *m = calloc(1, sizeof *m);
	struct chain chain = {.take = take, .to = to};
	struct rows_sum quarter = {0};
	int64_t balance = opening_of(place);
	enum err e = m == NULL || months > MONTHS_MAX ? ERR_FULL : OK;
	for (int i = 0; i < months && e == OK; i++) {
		int month = month_add(amount->today / 100, i - months);
		size_t from = rows * (size_t)i / (size_t)months,
		       end = rows * (size_t)(i + 1) / (size_t)months;
		e = rows_month(place, month, end - from, m, &quarter);
		if (e == OK && month % 100 % 3 == 0) {
			e = rows_balance(month / 100, month % 100 / 3, balance, &quarter, m);
			balance += quarter.in_fen - quarter.out_fen;
			quarter = (struct rows_sum){0};
		}
		if (e == OK && i < months - 1)
			e = publish(c, place, &chain, month_add(month, 1) * 100 + 5, m);
		else if (e == OK)
			e = publish_last(c, place, &chain, amount, m);
		sheets_drop(m);
	}
	free(m);
	return e;
}

struct applying {
	struct books *books;
	const struct catalogue *catalogue;
	const char *folder;
};

static enum err keep_page(void *self, const struct hash *which, const void *bytes, size_t len)
{
	const struct applying *a = self;
	return album_put(a->folder, which, bytes, len);
}

static enum err apply_one(void *to, const struct publication *p, const struct buf *text,
			  const struct buf *sheet)
{
	const struct applying *a = to;
	struct books_apply *job;
	enum err e = books_apply_begin(a->books, a->catalogue, p, text->p, text->len, &job);
	for (size_t i = 0; i < p->sheet_count && e == OK; i++)
		e = books_apply_sheet(job, i, sheet[i].p, sheet[i].len);
	if (e == OK)
		e = books_apply_finish(job);
	books_apply_close(job);
	if (e == OK)
		e = books_set_road(a->books, p->place, p->number, BOOKS_ROAD_LINE);
	return e;
}

static enum err fill(const struct seed_options *o, const struct demo_county *c, struct applying *a)
{
	size_t places = 0, done = 0;
	const struct pages_keeper keeper = {keep_page, a};
	enum err e = OK;
	for (size_t i = 0; i < c->places; i++)
		places += c->place[i].level == PLACE_VILLAGE ||
			  (o->groups && c->place[i].level == PLACE_GROUP);
	for (size_t i = 0; i < c->places && e == OK; i++) {
		const struct place *p = &c->place[i];
		if (p->level != PLACE_VILLAGE && !(o->groups && p->level == PLACE_GROUP))
			continue;
		size_t rows = o->rows * (done + 1) / places - o->rows * done / places;
		const struct seed_amount amount = {.rows = rows,
						   .months = o->months,
						   .today = o->today,
						   .assets = o->assets,
						   .registers = o->registers ? a->catalogue : NULL,
						   .pages = &keeper};
		e = seed_place(c, p, &amount, apply_one, a);
		done++;
	}
	return e;
}

enum err seed_kiosk(const struct seed_options *o)
{
	char folder[4096];
	struct demo_county *c;
	struct applying a = {.folder = o->out};
	struct catalogue *catalogue = NULL;
	enum err e = county_make(o->assets, o->villages, o->today, &c);
	if (e != OK)
		return e;
	snprintf(folder, sizeof folder, "%s/catalogue", o->assets);
	e = home_provision(o->out, COUNTY_TOWN ".v1", &c->root, "https://127.0.0.1:8443", "");
	if (e == OK)
		e = catalogue_open(folder, &catalogue);
	if (e == OK)
		e = books_open(o->out, BOOKS_APPLY, &a.books);
	a.catalogue = catalogue;
	if (e == OK) {
		e = books_put_settings(a.books, &c->root, c->settings_bytes.p,
				       c->settings_bytes.len);
		if (e == ERR_SAME)
			log_warn("seed: %s already holds other settings; give a new folder",
				 o->out);
	}
	if (e == OK)
		e = books_set_server_time(a.books, clock_day_start(o->today));
	if (e == OK)
		e = fill(o, c, &a);
	if (e == OK && o->example)
		e = example_case(a.books, c);
	books_close(a.books);
	catalogue_close(catalogue);
	county_close(c);
	return e;
}
