#include "app/township/totals.h"

#include "app/township/disclosed.h"
#include "app/village/chart.h"
#include "app/village/record.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct totals_kept {
	pthread_mutex_t lock; /* pages run on two threads */
	struct db *db;
	const struct catalogue *catalogue;
	const struct settings *settings;
	size_t places;
	struct place_totals {
		uint64_t number; /* publication up to which it is counted */
		struct totals sum;
	} * place; /* in the order of the settings */
};

enum err totals_open(struct township *t, const struct catalogue *c, const struct settings *s,
		     struct totals_kept **out)
{
	*out = NULL;
	struct totals_kept *k = calloc(1, sizeof *k);
	if (k == NULL)
		return ERR_FULL;
	pthread_mutex_init(&k->lock, NULL);
	k->catalogue = c;
	k->settings = s;
	while (settings_place_at(s, k->places) != NULL)
		k->places++;
	k->place = calloc(k->places + 1, sizeof *k->place);
	enum err e = k->place == NULL ? ERR_FULL : township_look(t, &k->db);
	if (e != OK) {
		totals_close(k);
		return e;
	}
	*out = k;
	return OK;
}

void totals_close(struct totals_kept *k)
{
	if (k == NULL)
		return;
	db_close(k->db);
	free(k->place);
	pthread_mutex_destroy(&k->lock);
	free(k);
}

static void count_row(const struct catalogue_template *t, const struct record *r,
		      struct totals *sum)
{
	sum->rows++;
	if (t->household && t->amount_field >= 0)
		sum->household_fen += r->amount_fen;
	else if (t->direction_field < 0)
		return; /* a register, a balance: the same money once more */
	else if (chart_passes(r->account))
		sum->passed_fen += r->amount_fen;
	else if (r->direction > 0)
		sum->in_fen += r->amount_fen;
	else
		sum->out_fen += r->amount_fen;
}

static enum err count_sheet(const struct catalogue_template *t, const struct buf *rows,
			    struct totals *sum)
{
	const char *p = (const char *)rows->p, *end = p + rows->len;
	struct record r;
	sum->sheets++;
	while (p < end) {
		const char *feed = memchr(p, '\n', (size_t)(end - p));
		if (feed == NULL || record_read(t, p, (size_t)(feed - p), &r) != OK)
			return ERR_CORRUPT;
		count_row(t, &r, sum);
		p = feed + 1;
	}
	return OK;
}

static enum err count_place(struct totals_kept *k, const char *place, struct totals *sum)
{
	struct disclosed d;
	struct buf rows;
	*sum = (struct totals){0};
	enum err e = disclosed_read(k->db, place, &d);
	buf_init(&rows, SHEET_BYTES_MAX);
	for (size_t i = 0; i < d.count && e == OK; i++) {
		const struct catalogue_template *t =
			catalogue_find(k->catalogue, d.sheet[i].entry.template_id);
		if (t == NULL)
			continue; /* of a later release */
		buf_clear(&rows);
		e = disclosed_rows(k->db, &d, i, 1, &rows);
		if (e == OK)
			e = count_sheet(t, &rows, sum);
	}
	buf_free(&rows);
	disclosed_free(&d);
	return e;
}

static enum err up_to_date(struct totals_kept *k, size_t i)
{
	const struct place *p = settings_place_at(k->settings, i);
	struct totals sum;
	uint64_t number;
	enum err e = publications_number(k->db, p->id, &number);
	if (e != OK || number == k->place[i].number)
		return e;
	e = count_place(k, p->id, &sum);
	if (e == OK)
		k->place[i] = (struct place_totals){number, sum};
	return e;
}

static void add(struct totals *to, const struct totals *from)
{
	to->in_fen += from->in_fen;
	to->out_fen += from->out_fen;
	to->passed_fen += from->passed_fen;
	to->household_fen += from->household_fen;
	to->rows += from->rows;
	to->sheets += from->sheets;
}

enum err totals_of(struct totals_kept *k, const char *place, struct totals *out)
{
	enum err e = OK;
	*out = (struct totals){0};
	pthread_mutex_lock(&k->lock);
	for (size_t i = 0; i < k->places && e == OK; i++) {
		if (!settings_below(k->settings, settings_place_at(k->settings, i)->id, place))
			continue;
		e = up_to_date(k, i);
		if (e == OK)
			add(out, &k->place[i].sum);
	}
	pthread_mutex_unlock(&k->lock);
	return e;
}
