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
	struct writer *writer;
	const struct catalogue *catalogue;
	const struct settings *settings;
	size_t places;
	struct place_totals {
		uint64_t number; /* publication up to which it is counted */
		struct totals sum;
	} * place; /* in the order of the settings */
};

enum err totals_open(struct township *t, struct writer *w, const struct catalogue *c,
		     const struct settings *s, struct totals_kept **out)
{
	*out = NULL;
	struct totals_kept *k = calloc(1, sizeof *k);
	if (k == NULL)
		return ERR_FULL;
	pthread_mutex_init(&k->lock, NULL);
	k->writer = w;
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
		      struct counted *sum)
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

static enum err count_rows(const struct catalogue_template *t, const struct buf *rows,
			   struct counted *sum)
{
	const char *p = (const char *)rows->p, *end = p + rows->len;
	struct record r;
	*sum = (struct counted){0};
	while (p < end) {
		const char *feed = memchr(p, '\n', (size_t)(end - p));
		if (feed == NULL || record_read(t, p, (size_t)(feed - p), &r) != OK)
			return ERR_CORRUPT;
		count_row(t, &r, sum);
		p = feed + 1;
	}
	return OK;
}

struct keeping {
	struct counted_sheet *sheet;
	size_t count;
};

static enum err keep(struct db *db, void *self)
{
	const struct keeping *n = self;
	enum err e = OK;
	for (size_t i = 0; i < n->count && e == OK; i++)
		e = counted_put(db, TOTALS_RULE, &n->sheet[i]);
	return e;
}

static enum err count_sheet(struct totals_kept *k, const struct disclosed *d, size_t i,
			    struct counted_sheet *s, bool *fresh)
{
	const struct catalogue_template *t = catalogue_find(k->catalogue, s->template_id);
	struct buf rows;
	*fresh = false;
	if (t == NULL)
		return OK; /* of a later release */
	enum err e = counted_find(k->db, TOTALS_RULE, s);
	if (e != ERR_MISSING)
		return e;
	buf_init(&rows, SHEET_BYTES_MAX);
	e = disclosed_rows(k->db, d, i, 1, &rows);
	if (e == OK)
		e = count_rows(t, &rows, &s->sum);
	buf_free(&rows);
	*fresh = e == OK;
	return e;
}

static void add(struct totals *to, const struct counted *sum, int64_t sheets)
{
	to->sum.rows += sum->rows;
	to->sum.in_fen += sum->in_fen;
	to->sum.out_fen += sum->out_fen;
	to->sum.passed_fen += sum->passed_fen;
	to->sum.household_fen += sum->household_fen;
	to->sheets += sheets;
}

static enum err count_place(struct totals_kept *k, const char *place, struct totals *sum)
{
	struct disclosed d;
	struct keeping n = {NULL, 0};
	*sum = (struct totals){.sheets = 0};
	enum err e = disclosed_read(k->db, place, &d);
	n.sheet = e == OK ? calloc(d.count + 1, sizeof *n.sheet) : NULL;
	if (e == OK && n.sheet == NULL)
		e = ERR_FULL;
	for (size_t i = 0; e == OK && i < d.count; i++) {
		struct counted_sheet *s = &n.sheet[n.count];
		bool fresh;
		*s = (struct counted_sheet){.hash = d.sheet[i].entry.hash};
		memcpy(s->template_id, d.sheet[i].entry.template_id, sizeof s->template_id);
		e = count_sheet(k, &d, i, s, &fresh);
		add(sum, &s->sum, 1);
		n.count += fresh;
	}
	/* What cannot be kept now is counted again after the next start. */
	if (e == OK && n.count > 0 && k->writer != NULL)
		(void)!writer_do(k->writer, keep, &n);
	free(n.sheet);
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

enum err totals_of(struct totals_kept *k, const char *place, struct totals *out)
{
	enum err e = OK;
	*out = (struct totals){.sheets = 0};
	pthread_mutex_lock(&k->lock);
	for (size_t i = 0; i < k->places && e == OK; i++) {
		if (!settings_below(k->settings, settings_place_at(k->settings, i)->id, place))
			continue;
		e = up_to_date(k, i);
		if (e == OK)
			add(out, &k->place[i].sum.sum, k->place[i].sum.sheets);
	}
	pthread_mutex_unlock(&k->lock);
	return e;
}
