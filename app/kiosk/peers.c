#include "app/kiosk/peers.h"

#include "app/base/clock.h"
#include "app/village/period.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct peers {
	struct books *books;
	const struct catalogue *catalogue;
	const struct settings *settings;
	struct accounts *accounts; /* of the place being worked on */
	int64_t version;
	char own[PLACE_ID_MAX + 1];
	struct peers_what what;
	struct peer peer[PEERS_MAX];
	size_t count, done;
	bool selected;               /* accounts stands on peer[done] */
	size_t first, sheets, sheet; /* of another template: which sheets, the next one */
	struct sheet_check *check;
	struct shared {
		struct peers_what what;
		bool by_another;
	} shared[PEERS_SHARED_MAX];
	size_t shares;
	bool noting; /* the shelves are still being looked through for them */
};

enum err peers_open(struct books *b, const struct catalogue *c, const struct settings *s,
		    struct peers **out)
{
	*out = NULL;
	struct peers *p = calloc(1, sizeof *p);
	if (p == NULL)
		return ERR_FULL;
	p->books = b;
	p->catalogue = c;
	p->settings = s;
	enum err e = accounts_open(b, c, s, &p->accounts);
	if (e != OK) {
		free(p);
		return e;
	}
	*out = p;
	return OK;
}

void peers_close(struct peers *p)
{
	if (p == NULL)
		return;
	sheet_check_close(p->check);
	accounts_close(p->accounts);
	free(p);
}

/* --- what else is shared --- */

/* Newest period of a template on the shelf; "" when there is none. */
static const char *newest(const struct shelf *s, const char *template_id)
{
	size_t count, first = shelf_find(s, template_id, "", &count);
	int best = 0;
	const char *period = "";
	for (size_t i = first; i < first + count; i++) {
		int month = period_month(s->sheet[i].entry.period);
		if (month > best) {
			best = month;
			period = s->sheet[i].entry.period;
		}
	}
	return period;
}

/* Of the own place: every template with figures that are no household's. */
static void note_own(struct peers *p, const struct shelf *s)
{
	const struct catalogue_template *t;
	p->shares = 0;
	for (size_t i = 0; (t = catalogue_at(p->catalogue, i)) != NULL; i++) {
		const char *period = newest(s, t->id);
		if (t->household || t->amount_field < 0 || period[0] == 0 ||
		    strcmp(t->id, "ledger") == 0 || p->shares == PEERS_SHARED_MAX)
			continue;
		struct shared *to = &p->shared[p->shares++];
		*to = (struct shared){.by_another = false};
		snprintf(to->what.template_id, sizeof to->what.template_id, "%s", t->id);
		snprintf(to->what.period, sizeof to->what.period, "%s", period);
	}
}

static void note(struct peers *p, const struct shelf *s)
{
	if (p->done == 0) {
		note_own(p, s);
		return;
	}
	for (size_t i = 0; i < p->shares; i++) {
		size_t count;
		shelf_find(s, p->shared[i].what.template_id, p->shared[i].what.period, &count);
		p->shared[i].by_another = p->shared[i].by_another || count > 0;
	}
}

const struct peers_what *peers_shared(const struct peers *p, size_t i)
{
	for (size_t at = 0; at < p->shares; at++)
		if (p->shared[at].by_another && i-- == 0)
			return &p->shared[at].what;
	return NULL;
}

/* The own place, and those beside it in the tree. */
static void gather(struct peers *p)
{
	const struct place *own = settings_place(p->settings, p->own), *at;
	p->count = p->done = 0;
	if (own == NULL)
		return;
	p->peer[p->count++] = (struct peer){.place = own};
	for (size_t i = 0; (at = settings_place_at(p->settings, i)) != NULL; i++)
		if (p->count < PEERS_MAX && at != own && at->level == own->level &&
		    strcmp(at->parent, own->parent) == 0)
			p->peer[p->count++] = (struct peer){.place = at};
}

void peers_look(struct peers *p, const char *own, const struct peers_what *what)
{
	int64_t version = books_version(p->books);
	if (p->version == version && strcmp(p->own, own) == 0 &&
	    strcmp(p->what.template_id, what->template_id) == 0 &&
	    strcmp(p->what.period, what->period) == 0 && p->what.first == what->first &&
	    p->what.last == what->last)
		return;
	if (p->version != version || strcmp(p->own, own) != 0) {
		p->shares = 0;
		p->noting = true;
	}
	p->version = version;
	snprintf(p->own, sizeof p->own, "%s", own);
	p->what = *what;
	p->selected = false;
	sheet_check_close(p->check);
	p->check = NULL;
	if (accounts_moved(p->accounts))
		accounts_again(p->accounts);
	gather(p);
}

bool peers_waiting(const struct peers *p)
{
	return p->done < p->count;
}

size_t peers_count(const struct peers *p)
{
	return p->count;
}

const struct peer *peers_at(const struct peers *p, size_t i)
{
	return i < p->count ? &p->peer[i] : NULL;
}

static bool is_ledger(const struct peers *p)
{
	return strcmp(p->what.template_id, "ledger") == 0;
}

/* --- one place --- */

/* The place is done; one that has nothing public is no peer. */
static void finish(struct peers *p, enum peer_state state)
{
	struct peer *at = &p->peer[p->done];
	at->state = state;
	p->selected = false;
	if (p->done + 1 == p->count)
		p->noting = false;
	if (p->done > 0 && accounts_shelf(p->accounts)->publication == 0 &&
	    !accounts_shelf_damaged(p->accounts)) {
		memmove(at, at + 1, (p->count - p->done - 1) * sizeof *at);
		p->count--;
		return;
	}
	p->done++;
}

static bool every_month(const struct peers *p)
{
	for (int m = p->what.first; m <= p->what.last; m = m % 100 == 12 ? m + 89 : m + 1)
		if (accounts_rows(p->accounts, m, 0) == 0)
			return false;
	return true;
}

/* Turns to the place; what its signed list says decides whether there is anything to add up. */
static void begin(struct peers *p)
{
	accounts_select(p->accounts, p->peer[p->done].place->id);
	p->selected = true;
	const struct shelf *shelf = accounts_shelf(p->accounts);
	if (p->noting)
		note(p, shelf);
	if (accounts_shelf_damaged(p->accounts)) {
		finish(p, PEER_DAMAGED);
		return;
	}
	if (is_ledger(p)) {
		if (!every_month(p))
			finish(p, PEER_NOT_PUBLISHED);
		return;
	}
	p->first = shelf_find(shelf, p->what.template_id, p->what.period, &p->sheets);
	p->sheet = 0;
	for (size_t i = 0; i < p->sheets; i++)
		if (strcmp(shelf->sheet[p->first + i].entry.period, p->what.period) != 0)
			p->sheets = i;
	if (p->sheets == 0)
		finish(p, PEER_NOT_PUBLISHED);
}

static void ledger_step(struct peers *p, int64_t budget_us)
{
	struct accounts_sum sum;
	struct peer *at = &p->peer[p->done];
	accounts_months(p->accounts, p->what.first, p->what.last, &sum);
	if (sum.state == ACCOUNTS_CHECKING) {
		accounts_work(p->accounts, budget_us);
		return;
	}
	at->in_fen = sum.in_fen;
	at->out_fen = sum.out_fen;
	finish(p, sum.state == ACCOUNTS_READY     ? PEER_READY
		  : sum.state == ACCOUNTS_DAMAGED ? PEER_DAMAGED
						  : PEER_NOT_PUBLISHED);
}

static void sheet_step(struct peers *p, int64_t budget_us)
{
	struct peer *at = &p->peer[p->done];
	struct sheet *s = NULL;
	enum err e = OK;
	if (p->sheet == p->sheets) {
		finish(p, PEER_READY);
		return;
	}
	if (p->check == NULL)
		e = sheet_check_begin(p->books, p->catalogue,
				      &accounts_shelf(p->accounts)->sheet[p->first + p->sheet],
				      &p->check);
	if (e == OK)
		e = sheet_check_step(p->check, budget_us, &s);
	if (e == ERR_MISSING)
		return;
	sheet_check_close(p->check);
	p->check = NULL;
	if (e != OK) {
		finish(p, PEER_DAMAGED);
		return;
	}
	for (size_t i = 0; i < s->rows; i++)
		at->in_fen += s->row[i].amount_fen;
	sheet_close(s);
	p->sheet++;
}

void peers_work(struct peers *p, int64_t budget_us)
{
	int64_t until = clock_us() + budget_us;
	while (peers_waiting(p) && clock_us() < until) {
		if (!p->selected)
			begin(p); /* may already finish it */
		else if (is_ledger(p))
			ledger_step(p, budget_us);
		else
			sheet_step(p, budget_us);
	}
}
