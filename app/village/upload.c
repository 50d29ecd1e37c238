#include "app/village/upload.h"

#include "app/base/text.h"
#include "app/village/json.h"
#include "app/village/upload_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ids given so far: how many rows a voucher (or day) had. */
enum { SLOTS = 65536, BASE_MAX = 56 };

static uint64_t hash_of(const char *s)
{
	uint64_t h = UINT64_C(14695981039346656037);
	for (; *s != 0; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	return h == 0 ? 1 : h;
}

static unsigned next_of(struct work *w, const char *base)
{
	uint64_t h = hash_of(base);
	size_t at = h % SLOTS;
	while (w->slot[at].hash != 0 && w->slot[at].hash != h)
		at = (at + 1) % SLOTS;
	w->slot[at].hash = h;
	return ++w->slot[at].rows;
}

static const char *value_of(const struct work *w, int field)
{
	return field < 0 || w->value[field] == NULL ? "" : w->value[field];
}

static void give_id(struct work *w, char id[RECORD_ID_MAX + 1])
{
	const struct catalogue_template *t = w->task->t;
	const char *voucher = value_of(w, t->voucher_field), *day = value_of(w, t->date_field),
		   *account = value_of(w, t->account_field);
	char base[BASE_MAX + 1];
	if (voucher[0] != 0)
		text_copy(base, sizeof base, voucher, strlen(voucher));
	else if (day[0] != 0)
		snprintf(base, sizeof base, "d%.4s%.2s%.2s", day, day + 5, day + 8);
	else
		text_copy(base, sizeof base, account[0] != 0 ? account : "r",
			  account[0] != 0 ? strlen(account) : 1);
	for (char *p = base; *p != 0; p++)
		if (*p == '"' || *p == '\\' || *p == ' ' || *p == '\n')
			*p = '_';
	snprintf(id, RECORD_ID_MAX + 1, "%s-%02u", base, next_of(w, base));
}

/* A row without errors becomes a line, in the order of the file for now. */
enum err upload_take_line(struct work *w, size_t number)
{
	struct upload *u = w->u;
	if (u->rows == UPLOAD_ROWS_MAX) {
		finding_whole(w, true, number, "一次最多 2 万行", "请按月分开上传");
		return ERR_REFUSED;
	}
	if (u->rows == w->row_room) {
		size_t room = w->row_room == 0 ? 256 : w->row_room * 2;
		struct upload_row *row = realloc(u->row, room * sizeof *row);
		if (row == NULL)
			return ERR_FULL;
		u->row = row;
		w->row_room = room;
	}
	struct upload_row *r = &u->row[u->rows];
	*r = (struct upload_row){.row = number, .offset = w->lines.len};
	give_id(w, r->id);
	enum err e = record_make(w->task->t, r->id, w->value, &w->lines);
	buf_add(&w->lines, "\n", 1);
	if (e == OK)
		e = buf_end(&w->lines);
	r->len = w->lines.len - r->offset;
	u->rows += e == OK;
	return e;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct upload_row *)a)->id, ((const struct upload_row *)b)->id);
}

/* All of a line behind its id. */
static const char *behind_id(const struct work *w, const struct upload_row *r, size_t *len)
{
	size_t head = strlen("{\"id\":\"") + strlen(r->id);
	*len = r->len - head;
	return (const char *)w->lines.p + r->offset + head;
}

static int by_words(const void *a, const void *b, void *work)
{
	const struct upload_row *x = *(const struct upload_row *const *)a,
				*y = *(const struct upload_row *const *)b;
	size_t n, m;
	const char *p = behind_id(work, x, &n), *q = behind_id(work, y, &m);
	int c = memcmp(p, q, n < m ? n : m);
	if (c == 0 && n != m)
		c = n < m ? -1 : 1;
	return c != 0 ? c : x->row < y->row ? -1 : x->row > y->row;
}

static enum err find_twins(struct work *w)
{
	struct upload *u = w->u;
	const struct upload_row **order = calloc(u->rows + 1, sizeof(void *));
	if (order == NULL)
		return ERR_FULL;
	for (size_t i = 0; i < u->rows; i++)
		order[i] = &u->row[i];
	qsort_r(order, u->rows, sizeof(void *), by_words, w);
	for (size_t i = 1; i < u->rows; i++) {
		size_t n, m;
		const char *p = behind_id(w, order[i - 1], &n), *q = behind_id(w, order[i], &m);
		if (n == m && memcmp(p, q, n) == 0) {
			char words[FINDING_WORDS];
			snprintf(words, sizeof words, "和第 %zu 行一模一样，写重了没有",
				 order[i - 1]->row);
			finding_whole(w, false, order[i]->row, words, "");
		}
	}
	free(order);
	return OK;
}

/* Lines into the sheet, ordered by id. */
static enum err assemble(struct work *w)
{
	struct upload *u = w->u;
	enum err e = find_twins(w);
	if (e != OK || u->rows == 0)
		return e;
	qsort(u->row, u->rows, sizeof *u->row, by_id);
	for (size_t i = 0; i < u->rows; i++) {
		struct upload_row *r = &u->row[i];
		size_t offset = u->sheet.len;
		buf_add(&u->sheet, w->lines.p + r->offset, r->len);
		r->offset = offset;
	}
	return buf_end(&u->sheet);
}

/* The sheet of the period among several; how many others have a heading too. */
static size_t choose_sheet(struct work *w, struct cells *cells)
{
	size_t best = 0, best_score = 0, tables = 0;
	for (size_t i = 0; i < cells->sheets; i++) {
		cells_choose(cells, i);
		size_t score = upload_known(w) >= UPLOAD_KNOWN_LEAST ? 2 : 0;
		tables += score > 0;
		score += score > 0 && upload_named(cells_name(cells), w->task->period);
		if (score > best_score) {
			best = i;
			best_score = score;
		}
	}
	if (cells->sheets > 0)
		cells_choose(cells, best);
	return tables > 0 ? tables - 1 : 0;
}

static void name_sheet(struct work *w, size_t others)
{
	char words[FINDING_WORDS];
	snprintf(w->u->sheet_name, sizeof w->u->sheet_name, "%s", cells_name(w->cells));
	if (others == 0)
		return;
	snprintf(words, sizeof words, "读的是工作表“%.100s”，另外 %zu 张表没有读", w->u->sheet_name,
		 others);
	finding_whole(w, false, 0, words, "");
}

enum err upload_read(const struct upload_task *task, struct cells *cells, struct upload **out)
{
	*out = NULL;
	enum err e = ERR_FULL;
	struct upload *u = calloc(1, sizeof *u);
	struct work *w = calloc(1, sizeof *w);
	if (u == NULL || w == NULL)
		goto fail;
	w->task = task;
	w->cells = cells;
	w->u = u;
	buf_init(&u->sheet, SHEET_MOST);
	buf_init(&w->lines, SHEET_MOST);
	buf_init(&w->scratch, 1 << 20);
	w->slot = calloc(SLOTS, sizeof *w->slot);
	if (w->slot == NULL)
		goto fail;
	e = audit_open(w);
	if (e != OK)
		goto fail;
	name_sheet(w, choose_sheet(w, cells));
	e = upload_headings(w) ? upload_rows(w) : OK;
	if (e == OK)
		e = assemble(w);
	if (e != OK)
		goto fail;
	if (u->rows == 0 && u->errors == 0)
		finding_whole(w, true, 0, "表头下面一行账也没有", "");
	upload_work_end(w);
	*out = u;
	return OK;
fail:
	upload_work_end(w);
	upload_close(u);
	return e;
}

void upload_work_end(struct work *w)
{
	if (w == NULL)
		return;
	audit_close(w);
	buf_free(&w->lines);
	buf_free(&w->scratch);
	free(w->slot);
	free(w);
}

void upload_close(struct upload *u)
{
	if (u == NULL)
		return;
	buf_free(&u->sheet);
	free(u->row);
	free(u);
}

bool upload_part(const void *bytes, size_t len, size_t i, size_t *offset, size_t *part_len)
{
	const char *p = bytes, *end = p + len;
	for (size_t part = 0; p < end; part++) {
		const char *from = p;
		for (size_t rows = 0; p < end && rows < SHEET_ROWS_MAX; rows++) {
			const char *feed = memchr(p, '\n', (size_t)(end - p));
			const char *next = feed == NULL ? end : feed + 1;
			if (next - from > SHEET_BYTES_MAX)
				break;
			p = next;
		}
		if (p == from)
			return false;
		if (part == i) {
			*offset = (size_t)(from - (const char *)bytes);
			*part_len = (size_t)(p - from);
			return true;
		}
	}
	return false;
}

/* --- findings --- */

void finding_place(const struct finding *f, char out[16])
{
	char letters[8];
	size_t n = 0, c = f->column;
	for (; c > 0 && n < sizeof letters; c = (c - 1) / 26)
		letters[n++] = (char)('A' + (c - 1) % 26);
	size_t at = 0;
	while (n > 0)
		out[at++] = letters[--n];
	out[at] = 0;
	if (f->row > 0)
		snprintf(out + at, 16 - at, "%zu", f->row % 10000000);
}

enum err findings_write(const struct upload *u, struct buf *json)
{
	json_t *o = json_object(), *list = json_array();
	size_t kept = u->findings < UPLOAD_FINDINGS_MAX ? u->findings : UPLOAD_FINDINGS_MAX;
	if (u->sheet_name[0] != 0)
		json_put(o, "sheet", json_string(u->sheet_name));
	json_put(o, "findings", list);
	for (size_t i = 0; i < kept; i++) {
		const struct finding *f = &u->finding[i];
		json_t *one = json_object();
		json_put(one, "error", json_boolean(f->error));
		json_put(one, "row", json_integer((json_int_t)f->row));
		json_put(one, "column", json_integer((json_int_t)f->column));
		json_put(one, "label", json_string(f->label));
		json_put(one, "value", json_string(f->value));
		json_put(one, "expected", json_string(f->expected));
		json_put(one, "example", json_string(f->example));
		if (json_array_append_new(list, one) != 0)
			json_put(o, "findings", NULL);
	}
	return json_write(o, json);
}

static bool finding_of(const json_t *one, struct finding *f)
{
	int64_t row, column;
	if (!json_bool(one, "error", &f->error) || !json_whole(one, "row", 0, CSV_ROWS_MAX, &row) ||
	    !json_whole(one, "column", 0, CSV_COLUMNS_MAX, &column) ||
	    !json_text(one, "label", f->label, sizeof f->label) ||
	    !json_text(one, "value", f->value, sizeof f->value) ||
	    !json_text(one, "expected", f->expected, sizeof f->expected) ||
	    !json_text(one, "example", f->example, sizeof f->example))
		return false;
	f->row = (size_t)row;
	f->column = (size_t)column;
	return true;
}

enum err findings_read(const void *json, size_t len, struct finding *out, size_t room,
		       size_t *count)
{
	json_t *o = json_object_of(json, len);
	const json_t *list = json_list(o, "findings", room);
	enum err e = list == NULL ? ERR_CORRUPT : OK;
	*count = json_array_size(list);
	for (size_t i = 0; e == OK && i < *count; i++)
		if (!finding_of(json_array_get(list, i), &out[i]))
			e = ERR_CORRUPT;
	json_decref(o);
	if (e != OK)
		*count = 0;
	return e;
}
