#include "app/kiosk/accounts.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/village/period.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	OPEN_SHEETS = 6,
	LOOKED_BACK = 3,  /* versions before the one in force */
	OLDER_SHEETS = 8, /* so that a list over two sheets never waits for itself */
	WANTED = 8,
	NONE = -1,
	OLDER = -2,    /* and below: a sheet of accounts.older, counted downwards */
	LEAST_US = 250 /* a step shorter than this is not begun */
};

static const char ledger[] = "ledger", balance[] = "fund_balance";

/* What is known of a sheet since the books last moved. */
struct mark {
	enum { MARK_UNKNOWN, MARK_GOOD, MARK_DAMAGED } state;
	bool sum_wanted;
	int64_t in_fen, out_fen;
	uint32_t rows_in, rows_out;
	struct accounts_group group[ACCOUNTS_GROUPS];
	int group_count;
};

/* A checked sheet kept for drawing its rows. */
struct open_sheet {
	struct sheet *sheet;
	long shelf_index;
	uint64_t used;
	uint16_t *in, *out; /* positions of its rows by direction */
};

/* A version before, for "was ... until ...". */
struct older_sheet {
	long shelf_index; /* in shelf.older, NONE: free */
	bool known;       /* checked: `sheet` holds, or is NULL when it is damaged */
	struct sheet *sheet;
	uint64_t used;
};

struct accounts {
	struct books *books;
	const struct catalogue *catalogue;
	const struct settings *settings;
	int64_t version;
	struct shelf shelf;
	bool have_shelf, shelf_damaged;
	struct mark *mark; /* one for each sheet of the shelf */
	struct open_sheet open[OPEN_SHEETS];
	uint64_t clock;
	long wanted[WANTED]; /* sheets whose rows are on the screen, newest wish first; NONE ends */
	struct older_sheet older[OLDER_SHEETS];
	struct sheet_check *check;
	long checking;
};

enum err accounts_open(struct books *b, const struct catalogue *c, const struct settings *s,
		       struct accounts **out)
{
	*out = NULL;
	struct accounts *a = calloc(1, sizeof *a);
	if (a == NULL)
		return ERR_FULL;
	a->books = b;
	a->catalogue = c;
	a->settings = s;
	a->version = books_version(b);
	a->checking = NONE;
	for (int i = 0; i < WANTED; i++)
		a->wanted[i] = NONE;
	for (int i = 0; i < OLDER_SHEETS; i++)
		a->older[i].shelf_index = NONE;
	*out = a;
	return OK;
}

static void close_open(struct open_sheet *o)
{
	sheet_close(o->sheet);
	free(o->in);
	free(o->out);
	*o = (struct open_sheet){.shelf_index = NONE};
}

/* Everything that was checked. */
static void forget_marks(struct accounts *a)
{
	for (int i = 0; i < OPEN_SHEETS; i++)
		close_open(&a->open[i]);
	for (int i = 0; i < WANTED; i++)
		a->wanted[i] = NONE;
	sheet_check_close(a->check);
	a->check = NULL;
	a->checking = NONE;
	for (int i = 0; i < OLDER_SHEETS; i++) {
		sheet_close(a->older[i].sheet);
		a->older[i] = (struct older_sheet){.shelf_index = NONE};
	}
	free(a->mark);
	a->mark = NULL;
}

static void forget(struct accounts *a)
{
	forget_marks(a);
	if (a->have_shelf)
		shelf_free(&a->shelf);
	a->have_shelf = false;
}

void accounts_close(struct accounts *a)
{
	if (a == NULL)
		return;
	forget(a);
	free(a);
}

/* Keeps what was read of a place, or that it does not hold. */
static void keep_shelf(struct accounts *a, enum err e, const char *place)
{
	a->shelf_damaged = e != OK;
	if (e != OK)
		a->shelf = (struct shelf){0};
	snprintf(a->shelf.place, sizeof a->shelf.place, "%s", place);
	a->have_shelf = true;
	a->mark = calloc(a->shelf.count + 1, sizeof *a->mark);
	if (a->mark == NULL) {
		log_warn("accounts: no memory for %zu sheets", a->shelf.count);
		shelf_free(&a->shelf);
		a->shelf = (struct shelf){0};
		a->shelf_damaged = true;
	}
}

void accounts_select(struct accounts *a, const char *place)
{
	char id[PLACE_ID_MAX + 1];
	if (a->have_shelf && strcmp(a->shelf.place, place) == 0)
		return;
	snprintf(id, sizeof id, "%s", place);
	forget(a);
	keep_shelf(a, shelf_read(a->books, a->settings, id, &a->shelf), id);
}

void accounts_again(struct accounts *a)
{
	char id[PLACE_ID_MAX + 1];
	if (!a->have_shelf)
		return;
	snprintf(id, sizeof id, "%s", a->shelf.place);
	forget_marks(a);
	keep_shelf(a, shelf_read_again(a->books, a->settings, &a->shelf), id);
}

bool accounts_moved(struct accounts *a)
{
	int64_t now = books_version(a->books);
	if (now == a->version)
		return false;
	a->version = now;
	return true;
}

const struct shelf *accounts_shelf(const struct accounts *a)
{
	return &a->shelf;
}

bool accounts_shelf_damaged(const struct accounts *a)
{
	return a->shelf_damaged;
}

static int month_of(const struct sheet_entry *e)
{
	bool month = strcmp(e->template_id, ledger) == 0 && period_in_year(e->period) == 12;
	return month ? period_month(e->period) : 0;
}

int accounts_newest_month(const struct accounts *a)
{
	int newest = 0;
	for (size_t i = 0; i < a->shelf.count; i++)
		if (month_of(&a->shelf.sheet[i].entry) > newest)
			newest = month_of(&a->shelf.sheet[i].entry);
	return newest;
}

int accounts_oldest_month(const struct accounts *a)
{
	int oldest = 0;
	for (size_t i = 0; i < a->shelf.count; i++) {
		int month = month_of(&a->shelf.sheet[i].entry);
		if (month != 0 && (oldest == 0 || month < oldest))
			oldest = month;
	}
	return oldest;
}

/* Sheets of one month; count 0 when it was never published. */
static size_t month_sheets(const struct accounts *a, int month, size_t *count)
{
	char period[16];
	snprintf(period, sizeof period, "%04d-%02d", month / 100, month % 100);
	return shelf_find(&a->shelf, ledger, period, count);
}

/* --- sums --- */

static void add_group(struct accounts_group *group, int *count, const char *id, int direction,
		      int64_t fen)
{
	int i = 0;
	while (i < *count && (group[i].direction != direction || strcmp(group[i].id, id) != 0))
		i++;
	if (i == ACCOUNTS_GROUPS)
		i--; /* more kinds than places: the last one takes them together */
	if (i == *count) {
		group[i] = (struct accounts_group){.direction = direction};
		snprintf(group[i].id, sizeof group[i].id, "%s", id);
		(*count)++;
	}
	group[i].fen += fen;
}

static void take_sums(struct mark *m, const struct sheet *s)
{
	m->in_fen = s->in_fen;
	m->out_fen = s->out_fen;
	for (size_t i = 0; i < s->rows; i++) {
		const struct record *r = &s->row[i];
		m->rows_in += r->direction > 0;
		m->rows_out += r->direction < 0;
		if (r->direction != 0)
			add_group(m->group, &m->group_count, r->group, r->direction, r->amount_fen);
	}
}

static int by_size(const void *x, const void *y)
{
	const struct accounts_group *a = x, *b = y;
	if (a->direction != b->direction)
		return b->direction - a->direction;
	if (a->fen != b->fen)
		return a->fen < b->fen ? 1 : -1;
	return strcmp(a->id, b->id);
}

static void add_month(struct accounts *a, int month, struct accounts_sum *out, bool *waiting,
		      bool *any)
{
	size_t count, first = month_sheets(a, month, &count);
	for (size_t i = first; i < first + count; i++) {
		struct mark *m = &a->mark[i];
		*any = true;
		m->sum_wanted = true;
		if (m->state == MARK_UNKNOWN) {
			*waiting = true;
			continue;
		}
		if (m->state == MARK_DAMAGED) {
			if (out->damaged_part == 0)
				out->damaged_part = (int)a->shelf.sheet[i].entry.part;
			continue;
		}
		out->in_fen += m->in_fen;
		out->out_fen += m->out_fen;
		out->rows += a->shelf.sheet[i].entry.rows;
		out->rows_in += m->rows_in;
		out->rows_out += m->rows_out;
		for (int g = 0; g < m->group_count; g++)
			add_group(out->group, &out->group_count, m->group[g].id,
				  m->group[g].direction, m->group[g].fen);
	}
}

static int next_month(int month)
{
	return month % 100 == 12 ? (month / 100 + 1) * 100 + 1 : month + 1;
}

void accounts_months(struct accounts *a, int first, int last, struct accounts_sum *out)
{
	bool waiting = false, any = false;
	*out = (struct accounts_sum){.state = ACCOUNTS_NOT_PUBLISHED};
	if (a->shelf_damaged) {
		out->state = ACCOUNTS_DAMAGED;
		return;
	}
	for (int month = first; month <= last; month = next_month(month))
		add_month(a, month, out, &waiting, &any);
	if (!any)
		return;
	out->state = waiting                  ? ACCOUNTS_CHECKING
		     : out->damaged_part != 0 ? ACCOUNTS_DAMAGED
					      : ACCOUNTS_READY;
	qsort(out->group, (size_t)out->group_count, sizeof out->group[0], by_size);
}

void accounts_month(struct accounts *a, int month, struct accounts_sum *out)
{
	accounts_months(a, month, month, out);
}

enum accounts_state accounts_balance(struct accounts *a, int64_t *fen)
{
	size_t count, first = shelf_find(&a->shelf, balance, "", &count);
	long newest = NONE;
	for (size_t i = first; i < first + count; i++)
		if (newest == NONE || period_month(a->shelf.sheet[i].entry.period) >=
					      period_month(a->shelf.sheet[newest].entry.period))
			newest = (long)i;
	*fen = 0;
	if (a->shelf_damaged)
		return ACCOUNTS_DAMAGED;
	if (newest == NONE)
		return ACCOUNTS_NOT_PUBLISHED;
	struct mark *m = &a->mark[newest];
	m->sum_wanted = true;
	if (m->state != MARK_GOOD)
		return m->state == MARK_DAMAGED ? ACCOUNTS_DAMAGED : ACCOUNTS_CHECKING;
	*fen = m->in_fen;
	int from = next_month(period_month(a->shelf.sheet[newest].entry.period));
	int last = accounts_newest_month(a);
	if (from > last)
		return ACCOUNTS_READY;
	struct accounts_sum since;
	accounts_months(a, from, last, &since);
	*fen += since.in_fen - since.out_fen;
	return since.state == ACCOUNTS_NOT_PUBLISHED ? ACCOUNTS_READY : since.state;
}

/* --- checking --- */

static struct open_sheet *find_open(struct accounts *a, long shelf_index)
{
	for (int i = 0; i < OPEN_SHEETS; i++)
		if (a->open[i].sheet != NULL && a->open[i].shelf_index == shelf_index)
			return &a->open[i];
	return NULL;
}

static bool is_wanted(const struct accounts *a, long shelf_index)
{
	for (int i = 0; i < WANTED; i++)
		if (a->wanted[i] == shelf_index)
			return true;
	return false;
}

static void want_rows(struct accounts *a, long shelf_index)
{
	int at = 0;
	while (at < WANTED - 1 && a->wanted[at] != shelf_index && a->wanted[at] != NONE)
		at++;
	memmove(a->wanted + 1, a->wanted, (size_t)at * sizeof a->wanted[0]);
	a->wanted[0] = shelf_index;
}

/* The sheet to check next, NONE when everything asked for is known: rows on the screen, what they
 * were before, then sums. */
static long choose(const struct accounts *a)
{
	for (int i = 0; i < WANTED && a->wanted[i] != NONE; i++) {
		long w = a->wanted[i];
		bool open = false;
		for (int o = 0; o < OPEN_SHEETS; o++)
			open = open || (a->open[o].sheet != NULL && a->open[o].shelf_index == w);
		if (!open && a->mark[w].state != MARK_DAMAGED)
			return w;
	}
	for (int i = 0; i < OLDER_SHEETS; i++)
		if (a->older[i].shelf_index != NONE && !a->older[i].known)
			return OLDER - i;
	for (long i = (long)a->shelf.count - 1; i >= 0; i--)
		if (a->mark[i].sum_wanted && a->mark[i].state == MARK_UNKNOWN)
			return i;
	return NONE;
}

static void keep_open(struct accounts *a, long shelf_index, struct sheet *s)
{
	struct open_sheet *slot = &a->open[0];
	for (int i = 1; i < OPEN_SHEETS; i++)
		if (a->open[i].sheet == NULL ||
		    (slot->sheet != NULL && a->open[i].used < slot->used))
			slot = &a->open[i];
	close_open(slot);
	*slot = (struct open_sheet){.sheet = s, .shelf_index = shelf_index, .used = ++a->clock};
	slot->in = calloc(s->rows + 1, sizeof *slot->in);
	slot->out = calloc(s->rows + 1, sizeof *slot->out);
	if (slot->in == NULL || slot->out == NULL) {
		close_open(slot);
		return;
	}
	size_t in = 0, out = 0;
	for (size_t i = 0; i < s->rows; i++) {
		if (s->row[i].direction > 0)
			slot->in[in++] = (uint16_t)i;
		else if (s->row[i].direction < 0)
			slot->out[out++] = (uint16_t)i;
	}
}

/* Closing cash and bank money of a fund balance: accounts 101 and 102 of either system. */
static int64_t cash_left(const struct sheet *s)
{
	int64_t fen = 0;
	for (size_t i = 0; i < s->rows; i++) {
		const char *code = strchr(s->row[i].account, ':');
		code = code == NULL ? s->row[i].account : code + 1;
		if (strcmp(code, "101") == 0 || strcmp(code, "102") == 0)
			fen += s->row[i].amount_fen;
	}
	return fen;
}

static void finish_mark(struct accounts *a, enum err e, struct sheet *s)
{
	struct mark *m = &a->mark[a->checking];
	if (e == OK && m->state == MARK_UNKNOWN) {
		m->state = MARK_GOOD;
		take_sums(m, s);
		if (strcmp(s->entry.template_id, balance) == 0)
			m->in_fen = cash_left(s);
	} else if (e != OK) {
		m->state = MARK_DAMAGED;
		log_warn("accounts: a sheet of %s %s does not hold and is not shown",
			 a->shelf.place, a->shelf.sheet[a->checking].entry.period);
	}
	if (e == OK && is_wanted(a, a->checking))
		keep_open(a, a->checking, s);
	else
		sheet_close(s);
}

static void finish_check(struct accounts *a, enum err e, struct sheet *s)
{
	if (a->checking <= OLDER) {
		struct older_sheet *o = &a->older[OLDER - a->checking];
		o->known = true;
		o->sheet = s;
	} else {
		finish_mark(a, e, s);
	}
	sheet_check_close(a->check);
	a->check = NULL;
	a->checking = NONE;
}

bool accounts_waiting(const struct accounts *a)
{
	return a->have_shelf && !a->shelf_damaged && choose(a) != NONE;
}

static const struct shelf_sheet *sheet_of(const struct accounts *a, long which)
{
	return which <= OLDER ? &a->shelf.older[a->older[OLDER - which].shelf_index]
			      : &a->shelf.sheet[which];
}

/* One sheet's next step, or its beginning. False when nothing is left to do. */
static bool work(struct accounts *a, int64_t budget_us)
{
	long next = choose(a);
	struct sheet *s = NULL;
	if (next == NONE)
		return false;
	if (a->check != NULL && next != a->checking && (next <= OLDER || is_wanted(a, next))) {
		sheet_check_close(a->check); /* what is on the screen goes first */
		a->check = NULL;
	}
	if (a->check == NULL) {
		a->checking = next;
		enum err e =
			sheet_check_begin(a->books, a->catalogue, sheet_of(a, next), &a->check);
		if (e != OK)
			finish_check(a, e, NULL);
		return true;
	}
	enum err e = sheet_check_step(a->check, budget_us, &s);
	if (e != ERR_MISSING)
		finish_check(a, e, s);
	return true;
}

void accounts_work(struct accounts *a, int64_t budget_us)
{
	int64_t until = clock_us() + budget_us, left = budget_us;
	if (!a->have_shelf || a->shelf_damaged)
		return;
	while (left >= LEAST_US && work(a, left))
		left = until - clock_us();
}

/* --- rows --- */

static uint32_t sheet_rows(const struct accounts *a, size_t i, int direction)
{
	const struct mark *m = &a->mark[i];
	if (direction == 0)
		return a->shelf.sheet[i].entry.rows;
	return direction > 0 ? m->rows_in : m->rows_out;
}

uint32_t accounts_rows(struct accounts *a, int month, int direction)
{
	size_t count, first = month_sheets(a, month, &count);
	uint32_t rows = 0;
	for (size_t i = first; i < first + count; i++) {
		if (direction != 0)
			a->mark[i].sum_wanted = true;
		rows += sheet_rows(a, i, direction);
	}
	return rows;
}

bool accounts_row(struct accounts *a, int month, int direction, uint32_t index,
		  struct accounts_row *out)
{
	size_t count, first = month_sheets(a, month, &count);
	for (size_t i = first + count; i-- > first;) {
		uint32_t rows = sheet_rows(a, i, direction);
		if (index >= rows) {
			index -= rows;
			continue;
		}
		struct open_sheet *o = find_open(a, (long)i);
		if (o == NULL) {
			if (a->mark[i].state != MARK_DAMAGED)
				want_rows(a, (long)i);
			return false;
		}
		o->used = ++a->clock;
		size_t at = rows - 1 - index;
		if (direction != 0)
			at = direction > 0 ? o->in[at] : o->out[at];
		*out = (struct accounts_row){&o->sheet->row[at], &a->shelf.sheet[i]};
		return true;
	}
	return false;
}

/* A version before, once it is checked; asking has it checked soon. */
static const struct sheet *older_sheet(struct accounts *a, size_t shelf_index)
{
	struct older_sheet *slot = NULL;
	for (int i = 0; i < OLDER_SHEETS; i++) {
		struct older_sheet *o = &a->older[i];
		if (o->shelf_index == (long)shelf_index) {
			o->used = ++a->clock;
			return o->sheet;
		}
		if (a->check == NULL || a->checking != OLDER - i)
			slot = slot == NULL || o->used < slot->used ? o : slot;
	}
	sheet_close(slot->sheet);
	*slot = (struct older_sheet){.shelf_index = (long)shelf_index, .used = ++a->clock};
	return NULL;
}

static const struct record *row_by_id(const struct sheet *s, const char *id)
{
	for (size_t i = 0; s != NULL && i < s->rows; i++)
		if (strcmp(s->row[i].id, id) == 0)
			return &s->row[i];
	return NULL;
}

bool accounts_was(struct accounts *a, const struct accounts_row *row, struct accounts_was *out)
{
	const struct shelf_sheet *next = row->sheet;
	for (size_t v = 0; v < row->sheet->older_count && v < LOOKED_BACK; v++) {
		size_t at = row->sheet->older_at + v;
		const struct record *then = row_by_id(older_sheet(a, at), row->record->id);
		if (then == NULL)
			return false;
		if (then->amount_fen != row->record->amount_fen) {
			out->amount_fen = then->amount_fen;
			out->until = next->day;
			snprintf(out->reason, sizeof out->reason, "%s", next->entry.reason);
			return true;
		}
		next = &a->shelf.older[at];
	}
	return false;
}
