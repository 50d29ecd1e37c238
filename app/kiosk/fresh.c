#include "app/kiosk/fresh.h"

#include "app/base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A sheet of the fortnight and the version that was there before it. */
struct part {
	struct shelf_sheet now, before;
	bool have_before, listed; /* listed: row by row */
	const struct catalogue_template *template;
	size_t rows; /* new ones */
};

struct fresh {
	struct books *books;
	const struct catalogue *catalogue;
	int64_t version;
	char place[PLACE_ID_MAX + 1];
	uint64_t publication;
	int32_t today;
	struct part part[FRESH_SHEETS_MAX];
	size_t parts, done;
	struct sheet_check *check;
	struct sheet *sheet; /* the newer one, checked, while the older one is */
	uint64_t row[FRESH_ROWS_MAX];
	size_t rows;
};

enum err fresh_open(struct books *b, const struct catalogue *c, struct fresh **out)
{
	*out = calloc(1, sizeof **out);
	if (*out == NULL)
		return ERR_FULL;
	(*out)->books = b;
	(*out)->catalogue = c;
	return OK;
}

static void forget(struct fresh *f)
{
	sheet_check_close(f->check);
	sheet_close(f->sheet);
	f->check = NULL;
	f->sheet = NULL;
	f->parts = f->done = f->rows = 0;
}

void fresh_close(struct fresh *f)
{
	if (f == NULL)
		return;
	forget(f);
	free(f);
}

bool fresh_day(int32_t day, int32_t today)
{
	int days = today == 0 ? -1 : clock_days_between(day, today);
	return days >= 0 && days <= FRESH_DAYS;
}

/* --- what there is --- */

static void take(struct fresh *f, const struct shelf *shelf, const struct shelf_sheet *s)
{
	const struct catalogue_template *t = catalogue_find(f->catalogue, s->entry.template_id);
	if (t == NULL || s->entry.rows == 0 || !fresh_day(s->day, f->today))
		return;
	struct part *p = &f->part[f->parts++];
	*p = (struct part){.now = *s, .template = t};
	p->listed = !t->household && !t->aside && strcmp(t->id, "ledger") != 0;
	p->rows = p->listed ? 0 : 1;
	for (size_t i = 0; i < s->older_count && !p->have_before; i++) {
		const struct shelf_sheet *o = &shelf->older[s->older_at + i];
		p->have_before = !fresh_day(o->day, f->today);
		p->before = *o;
	}
}

void fresh_follow(struct fresh *f, const struct shelf *shelf, int32_t today)
{
	int64_t version = books_version(f->books);
	if (f->version == version && f->today == today && f->publication == shelf->publication &&
	    strcmp(f->place, shelf->place) == 0)
		return;
	forget(f);
	f->version = version;
	f->today = today;
	f->publication = shelf->publication;
	snprintf(f->place, sizeof f->place, "%s", shelf->place);
	for (size_t i = 0; i < shelf->count && f->parts < FRESH_SHEETS_MAX; i++)
		take(f, shelf, &shelf->sheet[i]);
}

/* --- rows --- */

/* FNV-1a over the row's id and its sheet: two alike would only mark one row too many. */
static uint64_t row_key(int64_t sheet, const char *id)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325) ^ (uint64_t)sheet;
	for (const char *p = id; *p != 0; p++)
		h = (h ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
	return h;
}

static bool same_line(const struct record *a, const struct record *b)
{
	return a->line_len == b->line_len && memcmp(a->line, b->line, a->line_len) == 0;
}

/* Both are in order of row ids. */
static void compare(struct fresh *f, struct part *p, const struct sheet *now,
		    const struct sheet *before)
{
	size_t at = 0;
	for (size_t i = 0; i < now->rows; i++) {
		int c = 1;
		while (before != NULL && at < before->rows &&
		       (c = strcmp(before->row[at].id, now->row[i].id)) < 0)
			at++;
		if (before != NULL && at < before->rows && c == 0 &&
		    same_line(&before->row[at], &now->row[i]))
			continue;
		p->rows++;
		if (f->rows < FRESH_ROWS_MAX)
			f->row[f->rows++] = row_key(now->number, now->row[i].id);
	}
}

bool fresh_waiting(const struct fresh *f)
{
	return f->done < f->parts;
}

static void next(struct fresh *f)
{
	sheet_close(f->sheet);
	f->sheet = NULL;
	f->done++;
}

/* One of the two sheets of a part is checked, or does not hold: then it counts as not there. */
static void finish(struct fresh *f, struct sheet *s)
{
	struct part *p = &f->part[f->done];
	sheet_check_close(f->check);
	f->check = NULL;
	if (f->sheet == NULL && s != NULL && p->have_before) {
		f->sheet = s;
		return;
	}
	if (f->sheet != NULL)
		compare(f, p, f->sheet, s);
	else if (s != NULL)
		compare(f, p, s, NULL);
	sheet_close(s);
	next(f);
}

void fresh_work(struct fresh *f, int64_t budget_us)
{
	int64_t until = clock_us() + budget_us;
	while (fresh_waiting(f)) {
		struct part *p = &f->part[f->done];
		struct sheet *s = NULL;
		enum err e = OK;
		if (!p->listed) {
			next(f);
			continue;
		}
		if (f->check == NULL)
			e = sheet_check_begin(f->books, f->catalogue,
					      f->sheet == NULL ? &p->now : &p->before, &f->check);
		if (e == OK)
			e = sheet_check_step(f->check, budget_us, &s);
		if (e != ERR_MISSING)
			finish(f, e == OK ? s : NULL);
		if (clock_us() >= until)
			break;
	}
}

size_t fresh_count(const struct fresh *f, const char *column)
{
	size_t n = 0;
	for (size_t i = 0; i < f->parts; i++)
		if (strcmp(f->part[i].template->column, column) == 0)
			n += f->part[i].rows;
	return n;
}

bool fresh_row(const struct fresh *f, int64_t sheet, const char *row_id)
{
	uint64_t key = row_key(sheet, row_id);
	for (size_t i = 0; i < f->rows; i++)
		if (f->row[i] == key)
			return true;
	return false;
}
