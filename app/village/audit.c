/* audit.c - what the year before says about a table whose rows are right in themselves.
 *
 * Nothing here refuses a table: a person is asked to look. Four questions: does a row carried over
 * from the period before miss, does a new one begin with money from nowhere, was the same voucher
 * made public before, and is an amount far from what this account usually has. */
#include "app/base/text.h"
#include "app/village/json.h"
#include "app/village/money.h"
#include "app/village/upload_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	AMOUNTS_MAX = 12000,
	CARRIED_MAX = 2000,
	USUAL_LEAST = 3,    /* fewer amounts tell nothing */
	UNUSUAL_TIMES = 10, /* as often the middle amount */
	UNUSUAL_FEN = 50000 /* below 500 yuan nobody needs to look */
};

struct amount {
	uint64_t account; /* with its direction */
	int64_t fen;
};
struct voucher {
	uint64_t hash; /* number, amount, words */
	char id[RECORD_ID_MAX + 1];
};
struct carried {
	char key[64];
	int64_t closing;
	bool met;
};
struct audit {
	struct amount *amount;
	struct voucher *voucher;
	size_t amounts, vouchers, room;
	const struct check *check; /* the one that carries over; NULL: none */
	struct carried carried[CARRIED_MAX];
	size_t carried_count;
};

static uint64_t hash_on(uint64_t h, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;
	for (size_t i = 0; i < len; i++)
		h = (h ^ p[i]) * UINT64_C(1099511628211);
	return h;
}
#define HASH_START UINT64_C(14695981039346656037)

/* Wire forms of what is asked about, of a line made public or of the row under work. */
struct facts {
	const char *account, *version, *direction, *voucher, *title; /* "" when empty */
	int64_t fen;
};

static uint64_t account_of(const struct facts *f)
{
	uint64_t h = hash_on(HASH_START, f->account, strlen(f->account) + 1);
	h = hash_on(h, f->version, strlen(f->version) + 1);
	return hash_on(h, f->direction, strlen(f->direction));
}

static uint64_t voucher_of(const struct facts *f)
{
	uint64_t h = hash_on(HASH_START, f->voucher, strlen(f->voucher) + 1);
	h = hash_on(h, &f->fen, sizeof f->fen);
	return hash_on(h, f->title, strlen(f->title));
}

static const char *value_of(const struct work *w, int field)
{
	return field < 0 || w->value[field] == NULL ? "" : w->value[field];
}

static struct facts facts_of_row(const struct work *w)
{
	const struct catalogue_template *t = w->task->t;
	return (struct facts){
		value_of(w, t->account_field),   value_of(w, catalogue_field(t, "coa_version")),
		value_of(w, t->direction_field), value_of(w, t->voucher_field),
		value_of(w, t->title_field),     strtoll(value_of(w, t->amount_field), NULL, 10)};
}

static const char *text_of(const struct work *w, const json_t *o, int field)
{
	const struct catalogue_template *t = w->task->t;
	const char *s =
		field < 0 ? NULL : json_string_value(json_object_get(o, t->field[field].id));
	return s == NULL ? "" : s;
}

static struct facts facts_of_line(const struct work *w, const json_t *o)
{
	const struct catalogue_template *t = w->task->t;
	return (struct facts){text_of(w, o, t->account_field),
			      text_of(w, o, catalogue_field(t, "coa_version")),
			      text_of(w, o, t->direction_field),
			      text_of(w, o, t->voucher_field),
			      text_of(w, o, t->title_field),
			      json_integer_value(json_object_get(o, t->field[t->amount_field].id))};
}

static int by_amount(const void *a, const void *b)
{
	const struct amount *x = a, *y = b;
	if (x->account != y->account)
		return x->account < y->account ? -1 : 1;
	return (x->fen > y->fen) - (x->fen < y->fen);
}

static int by_hash(const void *a, const void *b)
{
	const struct voucher *x = a, *y = b;
	return (x->hash > y->hash) - (x->hash < y->hash);
}

static enum err remember(struct audit *a, const struct facts *f, const char *id)
{
	if (a->amounts == a->room) {
		size_t room = a->room == 0 ? 1024 : a->room * 2;
		struct amount *amount = realloc(a->amount, room * sizeof *amount);
		if (amount == NULL)
			return ERR_FULL;
		a->amount = amount;
		struct voucher *voucher = realloc(a->voucher, room * sizeof *voucher);
		if (voucher == NULL)
			return ERR_FULL;
		a->voucher = voucher;
		a->room = room;
	}
	a->amount[a->amounts++] = (struct amount){f->account[0] == 0 ? 0 : account_of(f), f->fen};
	if (f->voucher[0] == 0)
		return OK;
	struct voucher *v = &a->voucher[a->vouchers++];
	v->hash = voucher_of(f);
	text_copy(v->id, sizeof v->id, id, strlen(id));
	return OK;
}

/* Each line of a sheet; `take` gives anything but OK to end. */
static enum err each_line(const void *lines, size_t len,
			  enum err (*take)(void *self, const char *line, size_t len), void *self)
{
	const char *p = lines, *end = p + len;
	while (p < end) {
		const char *feed = memchr(p, '\n', (size_t)(end - p));
		size_t n = (size_t)((feed == NULL ? end : feed) - p);
		enum err e = n == 0 ? OK : take(self, p, n);
		if (e != OK)
			return e;
		p += n + 1;
	}
	return OK;
}

static enum err take_history(void *self, const char *line, size_t len)
{
	struct work *w = self;
	if (w->audit->amounts == AMOUNTS_MAX)
		return OK; /* the newest say enough */
	json_t *o = json_object_of(line, len);
	const char *id = json_string_value(json_object_get(o, "id"));
	enum err e = OK;
	if (id != NULL) { /* else not a line of this house */
		struct facts f = facts_of_line(w, o);
		e = remember(w->audit, &f, id);
	}
	json_decref(o);
	return e;
}

static enum err take_carried(void *self, const char *line, size_t len)
{
	struct work *w = self;
	struct audit *a = w->audit;
	const struct field *field = w->task->t->field;
	if (a->carried_count == CARRIED_MAX)
		return OK;
	json_t *o = json_object_of(line, len);
	struct carried *c = &a->carried[a->carried_count];
	const json_t *closing = json_object_get(o, field[a->check->result].id);
	*c = (struct carried){.closing = json_integer_value(closing)};
	if (json_text(o, field[a->check->key].id, c->key, sizeof c->key) &&
	    json_is_integer(closing))
		a->carried_count++;
	json_decref(o);
	return OK;
}

enum err audit_open(struct work *w)
{
	const struct upload_task *task = w->task;
	if (task->history_len == 0 && task->earlier_len == 0)
		return OK;
	struct audit *a = calloc(1, sizeof *a);
	if (a == NULL)
		return ERR_FULL;
	w->audit = a;
	for (size_t i = 0; i < task->t->check_count && a->check == NULL; i++)
		if (task->t->check[i].kind == CHECK_CARRIED && task->t->check[i].when_field < 0)
			a->check = &task->t->check[i];
	enum err e = OK;
	if (task->t->amount_field >= 0 && task->t->direction_field >= 0)
		e = each_line(task->history, task->history_len, take_history, w);
	if (e == OK && a->check != NULL && task->earlier_len <= CARRIED_BYTES_MAX)
		e = each_line(task->earlier, task->earlier_len, take_carried, w);
	if (a->amounts > 0)
		qsort(a->amount, a->amounts, sizeof *a->amount, by_amount);
	if (a->vouchers > 0)
		qsort(a->voucher, a->vouchers, sizeof *a->voucher, by_hash);
	return e;
}

void audit_close(struct work *w)
{
	if (w->audit == NULL)
		return;
	free(w->audit->amount);
	free(w->audit->voucher);
	free(w->audit);
	w->audit = NULL;
}

/* First amount of an account that is not below `fen`. */
static size_t lower(const struct audit *a, uint64_t account, int64_t fen)
{
	const struct amount key = {account, fen};
	size_t from = 0, until = a->amounts;
	while (from < until) {
		size_t mid = from + (until - from) / 2;
		if (by_amount(&a->amount[mid], &key) < 0)
			from = mid + 1;
		else
			until = mid;
	}
	return from;
}

static bool usual_amount(const struct audit *a, uint64_t account, int64_t *median)
{
	size_t from = lower(a, account, INT64_MIN), until = lower(a, account, INT64_MAX);
	if (until - from < USUAL_LEAST)
		return false;
	*median = a->amount[from + (until - from) / 2].fen;
	return *median > 0;
}

static void look_at_amount(struct work *w, const struct cells_row *row, const struct facts *f)
{
	const struct catalogue_template *t = w->task->t;
	int64_t usual;
	char words[FINDING_WORDS], money[MONEY_TEXT];
	if (f->account[0] == 0 || f->fen < UNUSUAL_FEN ||
	    !usual_amount(w->audit, account_of(f), &usual) || f->fen / UNUSUAL_TIMES <= usual)
		return;
	money_exact(usual, money);
	snprintf(words, sizeof words, "这个科目近一年一般是 %s 左右，这一笔多出 10 倍以上，请核对",
		 money);
	int column = upload_column(w, t->amount_field);
	if (column < 0)
		column = strcmp(f->direction, "in") == 0 ? w->in_column : w->out_column;
	finding_cell(w, false, finding_at(row, column), t->field[t->amount_field].label, words,
		     money);
}

static void look_for_twin(struct work *w, const struct cells_row *row, const struct facts *f)
{
	const struct catalogue_template *t = w->task->t;
	const struct voucher key = {.hash = voucher_of(f)};
	char words[FINDING_WORDS];
	if (f->voucher[0] == 0 || w->audit->vouchers == 0)
		return;
	const struct voucher *v =
		bsearch(&key, w->audit->voucher, w->audit->vouchers, sizeof key, by_hash);
	if (v == NULL)
		return;
	snprintf(words, sizeof words,
		 "以前公开过一笔凭证号、金额、摘要都一样的（%.63s），是不是重复了", v->id);
	finding_cell(w, false, finding_at(row, upload_column(w, t->voucher_field)),
		     t->field[t->voucher_field].label, words, "");
}

static void look_back(struct work *w, const struct cells_row *row)
{
	struct audit *a = w->audit;
	const struct check *c = a->check;
	const char *key = w->value[c->key], *opening = w->value[c->term[0]];
	const struct field *f = &w->task->t->field[c->term[0]];
	if (key == NULL)
		return;
	for (size_t i = 0; i < a->carried_count; i++)
		if (strcmp(a->carried[i].key, key) == 0) {
			a->carried[i].met = true;
			return;
		}
	if (a->carried_count > 0 && a->carried_count < CARRIED_MAX && opening != NULL &&
	    strtoll(opening, NULL, 10) != 0)
		finding_cell(w, false, finding_at(row, w->column[c->term[0]]), f->label,
			     "上一期没有这一行，期初应当是 0，请核对", "0.00");
}

void audit_row(struct work *w, const struct cells_row *row)
{
	if (w->audit == NULL)
		return;
	if (w->audit->check != NULL)
		look_back(w, row);
	if (w->audit->amounts == 0)
		return;
	struct facts f = facts_of_row(w);
	look_at_amount(w, row, &f);
	look_for_twin(w, row, &f);
}

void audit_end(struct work *w)
{
	struct audit *a = w->audit;
	char words[FINDING_WORDS], money[MONEY_TEXT];
	if (a == NULL || a->check == NULL || w->u->errors > 0)
		return;
	for (size_t i = 0; i < a->carried_count; i++) {
		const struct carried *c = &a->carried[i];
		if (c->met || c->closing == 0)
			continue;
		money_exact(c->closing, money);
		snprintf(words, sizeof words,
			 "上一期有“%.40s”这一行，期末是 %s，这一期没有，请核对", c->key, money);
		finding_whole(w, false, 0, words, "");
	}
}
