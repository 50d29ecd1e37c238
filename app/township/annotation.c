#include "app/township/annotation.h"

#include "app/store/township/vouchers.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ROWS_BYTES = 64 << 20 };
static const char annotation_period[] = "once";

void annotation_begin(struct annotation *w)
{
	buf_init(&w->about_rows, ROWS_BYTES);
	buf_init(&w->before, DRAFT_BYTES_MAX);
	buf_init(&w->sheet, DRAFT_BYTES_MAX);
}

void annotation_end(struct annotation *w)
{
	buf_free(&w->about_rows);
	buf_free(&w->before);
	buf_free(&w->sheet);
}

/* --- the row it is about --- */

/* The row as it is public now; ERR_MISSING when it is not there any more. */
static enum err find_row(struct annotation *w)
{
	const char *p = buf_str(&w->about_rows), *end = p + w->about_rows.len;
	size_t part = 0, at = 0;
	while (p < end) {
		const char *feed = memchr(p, '\n', (size_t)(end - p));
		while (part < w->about_now.parts && at == w->about_now.part[part].rows) {
			part++;
			at = 0;
		}
		if (feed == NULL || part == w->about_now.parts ||
		    record_read(w->about, p, (size_t)(feed - p), &w->row) != OK)
			return ERR_CORRUPT;
		if (strcmp(w->row.id, w->about_row->row_id) == 0) {
			w->version = w->about_now.part[part].version;
			return OK;
		}
		at++;
		p = feed + 1;
	}
	return ERR_MISSING;
}

/* --- the sheet --- */

static void put(const struct catalogue_template *t, const char **value, const char *field,
		const char *text)
{
	int i = catalogue_field(t, field);
	if (i >= 0)
		value[i] = text;
}

/* Not yet an id of the sheet: the day and a running number. */
static void give_id(struct annotation *w)
{
	char quoted[RECORD_ID_MAX + 16];
	for (int n = 1;; n++) {
		snprintf(w->id, sizeof w->id, "q%d-%03d", (int)w->day, n);
		int len = snprintf(quoted, sizeof quoted, "{\"id\":\"%s\"", w->id);
		if (memmem(buf_str(&w->before), w->before.len, quoted, (size_t)len) == NULL)
			return;
	}
}

static enum err make_line(struct annotation *w, struct buf *line)
{
	const char *value[CATALOGUE_FIELDS_MAX] = {NULL};
	const struct catalogue_template *t = w->t;
	int32_t day = w->day;
	char date[16], version[16], amount[24], title[sizeof w->row.title];
	snprintf(date, sizeof date, "%04d-%02d-%02d", day / 10000 % 10000, day / 100 % 100,
		 day % 100);
	snprintf(version, sizeof version, "%" PRIu32, w->version);
	snprintf(amount, sizeof amount, "%" PRId64, w->row.amount_fen);
	snprintf(title, sizeof title, "%s", w->row.title);
	put(t, value, t->field[t->title_field].id, title);
	put(t, value, ABOUT_TEMPLATE, w->about->id);
	put(t, value, ABOUT_PERIOD, w->about_row->period);
	put(t, value, ABOUT_ROW, w->row.id);
	put(t, value, ABOUT_VERSION, version);
	put(t, value, ABOUT_QUESTION, w->question);
	put(t, value, ABOUT_ANSWER, w->answer);
	if (w->about->amount_field >= 0)
		put(t, value, "about_fen", amount);
	if (t->date_field >= 0)
		value[t->date_field] = date;
	if (t->party_field >= 0 && w->office != NULL)
		value[t->party_field] = w->office;
	give_id(w);
	enum err e = record_make(t, w->id, value, line);
	buf_text(line, "\n");
	return e == OK ? buf_end(line) : e;
}

/* Id of the line at `p`; lines are written by record_make, so it comes first. */
static int by_id(const char *p, size_t len, const char *id)
{
	static const char head[] = "{\"id\":\"";
	size_t at = sizeof head - 1, n = strlen(id), room = len > at ? len - at : 0;
	int c = memcmp(p + at, id, n < room ? n : room);
	return c != 0 ? c : room > n && p[at + n] != '"';
}

/* Everything that is public already and the new row, ordered by id. */
static enum err make_sheet(struct annotation *w)
{
	struct buf line;
	const char *p = buf_str(&w->before), *end = p + w->before.len;
	bool placed = false;
	buf_init(&line, RECORD_LINE_MAX + 1);
	enum err e = make_line(w, &line);
	while (e == OK && p < end) {
		const char *feed = memchr(p, '\n', (size_t)(end - p));
		size_t len = (size_t)((feed == NULL ? end : feed + 1) - p);
		if (!placed && by_id(p, len, w->id) > 0) {
			buf_add(&w->sheet, line.p, line.len);
			placed = true;
		}
		buf_add(&w->sheet, p, len);
		p += len;
	}
	if (e == OK && !placed)
		buf_add(&w->sheet, line.p, line.len);
	buf_free(&line);
	return e == OK ? buf_end(&w->sheet) : e;
}

/* --- as it is public now --- */

enum err annotation_read(struct db *db, struct annotation *w)
{
	const struct complaint_row *r = w->about_row;
	w->overtaken = false;
	buf_clear(&w->about_rows);
	buf_clear(&w->before);
	buf_clear(&w->sheet);
	enum err e = published_read(db, r->place, r->template_id, r->period, &w->about_now);
	if (e == OK)
		e = published_rows(db, &w->about_now, &w->about_rows);
	if (e == OK)
		e = published_read(db, r->place, w->t->id, annotation_period, &w->now);
	if (e == OK)
		e = published_rows(db, &w->now, &w->before);
	if (e == OK)
		e = find_row(w);
	return e == OK ? make_sheet(w) : e;
}

/* --- keeping --- */

/* The sheet replaces the one that is public whole: what became public since it was read would be
 * gone with the next signature. Only the number is looked at, not the sheets: the writer does not
 * read a place's whole chain, and another publication in the same instant costs one more reading.
 */
static enum err still_newest(struct db *db, struct annotation *w)
{
	uint64_t newest;
	enum err e = publications_number(db, w->about_row->place, &newest);
	w->overtaken = e == OK && newest != w->now.number;
	return w->overtaken ? ERR_REFUSED : e;
}

enum err annotation_keep(struct db *db, struct annotation *w, int64_t staff, int64_t now,
			 int64_t *draft)
{
	const struct draft_new n = {.place = w->about_row->place,
				    .template_id = w->t->id,
				    .period = annotation_period,
				    .sheet = w->sheet.p,
				    .sheet_len = w->sheet.len,
				    .findings = "[]",
				    .findings_len = 2,
				    .preparer = staff};
	/* Its rows are those that are public, and one more. */
	const struct voucher_start start = {.public_rows = w->sheet.p, .len = w->sheet.len};
	struct voucher_draft made = {0};
	enum err e = still_newest(db, w);
	if (e == OK)
		e = vouchers_begin(db, &n, &start, now, &made);
	*draft = made.id;
	return e == OK ? drafts_submit(db, made.id, staff, w->now.parts > 0 ? "添一条问答" : "",
				       now)
		       : e;
}
