#include "app/kiosk/margin.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { JOBS_MAX = MARGIN_VERSIONS_MAX + 64 };

struct margin {
	struct books *books;
	const struct catalogue *catalogue;
	const struct catalogue_template *t; /* of the row; NULL: no row */
	char period[PERIOD_MAX + 1], line[RECORD_LINE_MAX + 1], was_line[RECORD_LINE_MAX + 1];
	struct record row;
	struct job {
		struct shelf_sheet which;
		bool beside;   /* a sheet of questions, else an earlier version */
		int32_t until; /* of an earlier version: when the next one came, and why */
		char reason[REASON_MAX + 1];
	} job[JOBS_MAX];
	size_t jobs, done;
	struct sheet_check *check;
	bool changed; /* `was` holds something */
	struct margin_was was;
	size_t notes;
	struct margin_note note[MARGIN_NOTES_MAX];
};

enum err margin_open(struct books *b, const struct catalogue *c, struct margin **out)
{
	*out = calloc(1, sizeof **out);
	if (*out == NULL)
		return ERR_FULL;
	(*out)->books = b;
	(*out)->catalogue = c;
	return OK;
}

void margin_close(struct margin *m)
{
	if (m == NULL)
		return;
	sheet_check_close(m->check);
	free(m);
}

/* --- what is to be looked through --- */

static bool is_before(const struct sheet_entry *a, const struct sheet_entry *b)
{
	return strcmp(a->template_id, b->template_id) == 0 && strcmp(a->period, b->period) == 0 &&
	       a->part == b->part && a->version < b->version;
}

static void add_versions(struct margin *m, const struct shelf *shelf,
			 const struct shelf_sheet *sheet)
{
	const struct shelf_sheet *next = sheet;
	for (size_t i = 0; i < sheet->older_count && i < MARGIN_VERSIONS_MAX; i++) {
		if (sheet->older_at + i >= shelf->older_count ||
		    !is_before(&shelf->older[sheet->older_at + i].entry, &next->entry))
			return; /* of another shelf, or of books that have moved since */
		struct job *j = &m->job[m->jobs++];
		*j = (struct job){.which = shelf->older[sheet->older_at + i], .until = next->day};
		snprintf(j->reason, sizeof j->reason, "%s", next->entry.reason);
		next = &shelf->older[sheet->older_at + i];
	}
}

static void add_beside(struct margin *m, const struct shelf *shelf)
{
	const struct catalogue_template *t;
	for (size_t i = 0; (t = catalogue_at(m->catalogue, i)) != NULL; i++) {
		size_t count, first = t->beside ? shelf_find(shelf, t->id, "", &count) : 0;
		for (size_t s = first; t->beside && s < first + count && m->jobs < JOBS_MAX; s++)
			if (shelf->sheet[s].entry.rows > 0)
				m->job[m->jobs++] =
					(struct job){.which = shelf->sheet[s], .beside = true};
	}
}

void margin_look(struct margin *m, const struct shelf *shelf, const struct shelf_sheet *sheet,
		 const struct record *row)
{
	sheet_check_close(m->check);
	m->check = NULL;
	m->jobs = m->done = m->notes = 0;
	m->changed = false;
	m->t = catalogue_find(m->catalogue, sheet->entry.template_id);
	if (m->t == NULL)
		return;
	snprintf(m->period, sizeof m->period, "%s", sheet->entry.period);
	text_copy(m->line, sizeof m->line, row->line, row->line_len);
	m->row = *row;
	m->row.line = m->line;
	add_versions(m, shelf, sheet);
	add_beside(m, shelf);
}

/* --- what they say --- */

bool margin_differs(const struct catalogue_template *t, int field, const struct record *a,
		    const struct record *b)
{
	struct buf x, y;
	const char *id = t->field[field].id;
	buf_init(&x, RECORD_TEXT_MAX);
	buf_init(&y, RECORD_TEXT_MAX);
	(void)record_field(t, a->line, a->line_len, id, &x);
	(void)record_field(t, b->line, b->line_len, id, &y);
	bool differs = x.len != y.len || (x.len > 0 && memcmp(x.p, y.p, x.len) != 0);
	buf_free(&x);
	buf_free(&y);
	return differs;
}

static bool says_otherwise(const struct margin *m, const struct record *then)
{
	for (size_t i = 0; i < m->t->field_count; i++)
		if (margin_differs(m->t, (int)i, then, &m->row))
			return true;
	return false;
}

static void take_version(struct margin *m, const struct job *j, const struct sheet *s)
{
	for (size_t i = 0; i < s->rows && !m->changed; i++) {
		const struct record *then = &s->row[i];
		if (strcmp(then->id, m->row.id) != 0 || !says_otherwise(m, then))
			continue;
		m->changed = true;
		text_copy(m->was_line, sizeof m->was_line, then->line, then->line_len);
		m->was.record = *then;
		m->was.record.line = m->was_line;
		m->was.until = j->until;
		snprintf(m->was.reason, sizeof m->was.reason, "%s", j->reason);
	}
}

static void field_text(const struct catalogue_template *t, const struct record *r,
		       const char *field, char *out, size_t size)
{
	struct buf b;
	buf_init(&b, MARGIN_NOTE_BYTES);
	(void)record_field(t, r->line, r->line_len, field, &b);
	snprintf(out, size, "%s", buf_str(&b));
	buf_free(&b);
}

static bool is_about(const struct margin *m, const struct catalogue_template *t,
		     const struct record *r)
{
	char text[RECORD_ID_MAX + 1];
	field_text(t, r, ABOUT_TEMPLATE, text, sizeof text);
	bool same = strcmp(text, m->t->id) == 0;
	field_text(t, r, ABOUT_PERIOD, text, sizeof text);
	same = same && strcmp(text, m->period) == 0;
	field_text(t, r, ABOUT_ROW, text, sizeof text);
	return same && strcmp(text, m->row.id) == 0;
}

static void take_note(struct margin *m, const struct catalogue_template *t, const struct record *r)
{
	size_t at = 0;
	while (at < m->notes && m->note[at].day >= r->day)
		at++;
	if (at == MARGIN_NOTES_MAX)
		return;
	if (m->notes == MARGIN_NOTES_MAX)
		m->notes--;
	memmove(m->note + at + 1, m->note + at, (m->notes - at) * sizeof m->note[0]);
	m->notes++;
	struct margin_note *n = &m->note[at];
	*n = (struct margin_note){.day = r->day};
	field_text(t, r, ABOUT_QUESTION, n->question, sizeof n->question);
	field_text(t, r, ABOUT_ANSWER, n->answer, sizeof n->answer);
	snprintf(n->office, sizeof n->office, "%.*s", (int)sizeof n->office - 1, r->party);
}

static void take_sheet(struct margin *m, const struct job *j, const struct sheet *s)
{
	const struct catalogue_template *t =
		catalogue_find(m->catalogue, j->which.entry.template_id);
	if (!j->beside) {
		take_version(m, j, s);
		return;
	}
	for (size_t i = 0; t != NULL && i < s->rows; i++)
		if (is_about(m, t, &s->row[i]))
			take_note(m, t, &s->row[i]);
}

/* --- checking --- */

bool margin_waiting(const struct margin *m)
{
	return m->done < m->jobs;
}

static void finish(struct margin *m, enum err e, struct sheet *s)
{
	const struct job *j = &m->job[m->done++];
	sheet_check_close(m->check);
	m->check = NULL;
	if (e == OK)
		take_sheet(m, j, s);
	else
		log_warn("margin: a sheet of %s %s does not hold and is not shown",
			 j->which.entry.template_id, j->which.entry.period);
	sheet_close(s);
	/* One difference is enough; and behind a version that does not hold nobody can say when the
	 * row was changed. */
	bool enough = m->changed || (e != OK && !j->beside && SEEDED_BUG != 82);
	while (enough && m->done < m->jobs && !m->job[m->done].beside)
		m->done++;
}

void margin_work(struct margin *m, int64_t budget_us)
{
	int64_t until = clock_ms() + budget_us / 1000;
	while (margin_waiting(m)) {
		struct sheet *s = NULL;
		enum err e = OK;
		if (m->check == NULL)
			e = sheet_check_begin(m->books, m->catalogue, &m->job[m->done].which,
					      &m->check);
		if (e == OK)
			e = sheet_check_step(m->check, budget_us, &s);
		if (e != ERR_MISSING)
			finish(m, e, s);
		if (clock_ms() >= until)
			break;
	}
}

const struct margin_was *margin_was(const struct margin *m)
{
	return m->changed ? &m->was : NULL;
}

size_t margin_notes(const struct margin *m)
{
	return m->notes;
}

const struct margin_note *margin_note(const struct margin *m, size_t i)
{
	return i < m->notes ? &m->note[i] : NULL;
}
