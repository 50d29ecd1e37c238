#include "app/kiosk/roll.h"

#include "app/base/clock.h"
#include "app/base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char own_screens[][TEMPLATE_ID_MAX + 1] = {"ledger"};

struct line {
	const struct record *record;
	uint32_t sheet; /* into `part` */
	bool earlier;   /* a later period says more of the same thing */
};

struct roll {
	struct books *books;
	const struct catalogue *catalogue;
	const struct settings *settings;
	int64_t version;
	char column[16], only[TEMPLATE_ID_MAX + 1];
	struct shelf shelf;
	bool have_shelf, sorted;
	const struct catalogue_template *template[ROLL_TEMPLATES_MAX];
	size_t templates;
	struct part {
		size_t shelf_index;
		const struct catalogue_template *template;
		struct sheet *sheet; /* NULL until checked */
		size_t earlier;      /* of its rows, once they are sorted */
	} part[ROLL_SHEETS_MAX];
	size_t parts, checked, damaged, rows;
	struct sheet_check *check;
	struct line *line; /* of all checked sheets, newest first */
};

enum err roll_open(struct books *b, const struct catalogue *c, const struct settings *s,
		   struct roll **out)
{
	*out = calloc(1, sizeof **out);
	if (*out == NULL)
		return ERR_FULL;
	(*out)->books = b;
	(*out)->catalogue = c;
	(*out)->settings = s;
	return OK;
}

static void forget(struct roll *r)
{
	sheet_check_close(r->check);
	r->check = NULL;
	for (size_t i = 0; i < r->parts; i++)
		sheet_close(r->part[i].sheet);
	free(r->line);
	r->line = NULL;
	if (r->have_shelf)
		shelf_free(&r->shelf);
	r->shelf = (struct shelf){0};
	r->have_shelf = r->sorted = false;
	r->parts = r->checked = r->damaged = r->rows = r->templates = 0;
}

void roll_close(struct roll *r)
{
	if (r == NULL)
		return;
	forget(r);
	free(r);
}

/* --- what belongs to the column --- */

static bool has_own_screen(const struct catalogue_template *t)
{
	for (size_t i = 0; i < sizeof own_screens / sizeof own_screens[0]; i++)
		if (strcmp(own_screens[i], t->id) == 0)
			return true;
	return false;
}

static int by_order(const void *a, const void *b)
{
	const struct catalogue_template *x = *(const struct catalogue_template *const *)a,
					*y = *(const struct catalogue_template *const *)b;
	return x->order != y->order ? x->order - y->order : strcmp(x->id, y->id);
}

static void gather_templates(struct roll *r)
{
	const struct catalogue_template *t;
	for (size_t i = 0; (t = catalogue_at(r->catalogue, i)) != NULL; i++) {
		bool wanted = r->only[0] != 0 ? strcmp(t->id, r->only) == 0
					      : strcmp(t->column, r->column) == 0 &&
							!t->household && !has_own_screen(t);
		if (wanted && r->templates < ROLL_TEMPLATES_MAX)
			r->template[r->templates++] = t;
	}
	qsort(r->template, r->templates, sizeof(void *), by_order);
}

/* Newest periods first, so that what people look for is checked first. */
static int by_period(const void *a, const void *b, void *roll)
{
	const struct roll *r = roll;
	const struct sheet_entry *x = &r->shelf.sheet[((const struct part *)a)->shelf_index].entry,
				 *y = &r->shelf.sheet[((const struct part *)b)->shelf_index].entry;
	int c = strcmp(y->period, x->period);
	return c != 0 ? c : (x->part > y->part) - (x->part < y->part);
}

static void gather_parts(struct roll *r)
{
	for (size_t i = 0; i < r->templates; i++) {
		size_t count, first = shelf_find(&r->shelf, r->template[i] -> id, "", &count);
		for (size_t s = first; s < first + count && r->parts < ROLL_SHEETS_MAX; s++)
			if (r->shelf.sheet[s].entry.rows > 0)
				r->part[r->parts++] =
					(struct part){.shelf_index = s, .template = r->template[i]};
	}
	qsort_r(r->part, r->parts, sizeof r->part[0], by_period, r);
}

void roll_select(struct roll *r, const char *place, const char *column, const char *only)
{
	int64_t version = books_version(r->books);
	const char *one = only == NULL ? "" : only;
	if (r->have_shelf && version == r->version && strcmp(r->shelf.place, place) == 0 &&
	    strcmp(r->column, column) == 0 && strcmp(r->only, one) == 0)
		return;
	char id[PLACE_ID_MAX + 1];
	snprintf(id, sizeof id, "%s", place);
	forget(r);
	r->version = version;
	snprintf(r->column, sizeof r->column, "%s", column);
	snprintf(r->only, sizeof r->only, "%s", one);
	if (shelf_read(r->books, r->settings, id, &r->shelf) != OK) {
		/* Publications that do not hold: nothing of this place is shown. */
		r->shelf = (struct shelf){0};
		r->damaged = 1;
	}
	snprintf(r->shelf.place, sizeof r->shelf.place, "%s", id);
	r->have_shelf = true;
	gather_templates(r);
	gather_parts(r);
}

/* --- checking --- */

bool roll_waiting(const struct roll *r)
{
	return r->have_shelf && r->checked < r->parts;
}

static void finish(struct roll *r, enum err e, struct sheet *s)
{
	struct part *p = &r->part[r->checked++];
	sheet_check_close(r->check);
	r->check = NULL;
	if (e == OK && r->rows + s->rows <= ROLL_ROWS_MAX) {
		p->sheet = s;
		r->rows += s->rows;
		r->sorted = false;
		return;
	}
	if (e != OK) {
		r->damaged++;
		log_warn("roll: a sheet of %s %s does not hold and is not shown", r->shelf.place,
			 p->template->id);
	}
	sheet_close(s);
}

void roll_work(struct roll *r, int64_t budget_us)
{
	int64_t until = clock_ms() + budget_us / 1000;
	while (roll_waiting(r)) {
		struct sheet *s = NULL;
		enum err e = OK;
		if (r->check == NULL)
			e = sheet_check_begin(r->books, r->catalogue,
					      &r->shelf.sheet[r->part[r->checked].shelf_index],
					      &r->check);
		if (e == OK)
			e = sheet_check_step(r->check, budget_us, &s);
		if (e != ERR_MISSING)
			finish(r, e, s);
		if (clock_ms() >= until)
			break;
	}
}

/* --- rows --- */

/* News newest first; behind it what is looked up, each list soonest first. */
static int by_day(const void *a, const void *b, void *roll)
{
	const struct line *x = a, *y = b;
	const struct roll *r = roll;
	const struct part *p = &r->part[x->sheet], *q = &r->part[y->sheet];
	if (p->template->aside != q->template->aside)
		return p->template->aside ? 1 : -1;
	if (p->template->aside && p->template != q->template)
		return strcmp(p->template->id, q->template->id);
	if (x->record->day != y->record->day)
		return (x->record->day < y->record->day) != p->template->aside ? 1 : -1;
	if (x->sheet != y->sheet) {
		int c = strcmp(r->shelf.sheet[q->shelf_index].entry.period,
			       r->shelf.sheet[p->shelf_index].entry.period);
		return c != 0 ? c : x->sheet < y->sheet ? -1 : 1;
	}
	return x->record < y->record ? -1 : x->record > y->record;
}

/* --- what is published anew until it is done --- */

static bool goes_on(const struct catalogue_template *t)
{
	return t->done_field >= 0;
}

static const char *number_of(const struct record *r)
{
	return r->voucher[0] != 0 ? r->voucher : r->title;
}

static bool same_thing(const struct record *a, const struct record *b)
{
	return strcmp(number_of(a), number_of(b)) == 0;
}

static const char *period_of(const struct roll *r, const struct part *p)
{
	return r->shelf.sheet[p->shelf_index].entry.period;
}

static bool said_later(const struct roll *r, size_t n, const struct line *l)
{
	const struct part *p = &r->part[l->sheet];
	for (size_t i = 0; i < n; i++) {
		const struct part *q = &r->part[r->line[i].sheet];
		if (q->template == p->template && strcmp(period_of(r, q), period_of(r, p)) > 0 &&
		    same_thing(r->line[i].record, l->record))
			return true;
	}
	return false;
}

static void mark_earlier(struct roll *r, size_t n)
{
	for (size_t i = 0; i < r->parts; i++)
		r->part[i].earlier = 0;
	for (size_t i = 0; i < n; i++) {
		struct part *p = &r->part[r->line[i].sheet];
		r->line[i].earlier = goes_on(p->template) && said_later(r, n, &r->line[i]);
		p->earlier += r->line[i].earlier;
	}
}

static void sort(struct roll *r)
{
	size_t n = 0;
	if (r->sorted)
		return;
	free(r->line);
	r->line = calloc(r->rows + 1, sizeof *r->line);
	if (r->line == NULL) {
		r->rows = 0;
		return;
	}
	for (size_t i = 0; i < r->parts; i++)
		for (size_t j = 0; r->part[i].sheet != NULL && j < r->part[i].sheet->rows; j++)
			r->line[n++] = (struct line){&r->part[i].sheet->row[j], (uint32_t)i, false};
	qsort_r(r->line, n, sizeof *r->line, by_day, r);
	mark_earlier(r, n);
	r->sorted = true;
}

size_t roll_templates(const struct roll *r)
{
	return r->templates;
}

const struct catalogue_template *roll_template(const struct roll *r, size_t i)
{
	return i < r->templates ? r->template[i] : NULL;
}

/* Things to look up stand in their own list only. */
static bool belongs(const struct part *p, const struct catalogue_template *t)
{
	return t == NULL ? !p->template->aside : p->template == t;
}

size_t roll_count(struct roll *r, const struct catalogue_template *t)
{
	size_t n = 0;
	sort(r);
	for (size_t i = 0; i < r->parts; i++)
		if (r->part[i].sheet != NULL && belongs(&r->part[i], t))
			n += r->part[i].sheet->rows - r->part[i].earlier;
	return n;
}

bool roll_row(struct roll *r, const struct catalogue_template *t, size_t index,
	      struct roll_row *out)
{
	sort(r);
	for (size_t i = 0; i < r->rows; i++) {
		const struct part *p = &r->part[r->line[i].sheet];
		if (!belongs(p, t) || r->line[i].earlier)
			continue;
		if (index-- > 0)
			continue;
		*out = (struct roll_row){r->line[i].record, &r->shelf.sheet[p->shelf_index],
					 p->template};
		return true;
	}
	return false;
}

static int by_row_period(const void *a, const void *b)
{
	const struct roll_row *x = a, *y = b;
	return strcmp(x->sheet->entry.period, y->sheet->entry.period);
}

size_t roll_story(struct roll *r, const struct roll_row *row, struct roll_row *out, size_t room)
{
	size_t n = 0;
	sort(r);
	for (size_t i = 0; i < r->rows; i++) {
		const struct part *p = &r->part[r->line[i].sheet];
		if (p->template != row->template || !same_thing(r->line[i].record, row->record))
			continue;
		const struct roll_row one = {r->line[i].record, &r->shelf.sheet[p->shelf_index],
					     p->template};
		size_t at = n;
		if (n == room) { /* the oldest makes room */
			at = 0;
			for (size_t j = 1; j < n; j++)
				at = by_row_period(&out[j], &out[at]) < 0 ? j : at;
			if (by_row_period(&one, &out[at]) < 0)
				continue;
		}
		out[at] = one;
		n += n < room;
	}
	qsort(out, n, sizeof *out, by_row_period);
	return n;
}

size_t roll_damaged(const struct roll *r)
{
	return r->damaged;
}

int32_t roll_day(const struct roll *r)
{
	int32_t day = 0;
	for (size_t i = 0; i < r->parts; i++)
		if (r->shelf.sheet[r->part[i].shelf_index].day > day)
			day = r->shelf.sheet[r->part[i].shelf_index].day;
	return day;
}

uint64_t roll_publication(const struct roll *r)
{
	uint64_t number = 0;
	for (size_t i = 0; i < r->parts; i++)
		if (r->shelf.sheet[r->part[i].shelf_index].publication > number)
			number = r->shelf.sheet[r->part[i].shelf_index].publication;
	return number;
}

const struct shelf *roll_shelf(const struct roll *r)
{
	return &r->shelf;
}
