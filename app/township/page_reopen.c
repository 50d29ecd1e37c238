/* page_reopen.c - rows that are public come back as a draft, so that pictures can be added to them;
 * what is public stays until a second person has signed. */
#include "app/store/township/audit.h"
#include "app/store/township/vouchers.h"
#include "app/township/pages.h"
#include "app/township/published.h"
#include "app/village/attach.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct reopening {
	char place[PLACE_ID_MAX + 1], what[TEMPLATE_ID_MAX + 1], period[PERIOD_MAX + 1];
	struct buf rows, bare;
	struct audit_entry audit;
	int64_t draft;
};

/* The newest draft of the sheet, when it is still this member's to change; 0: none. */
static enum err find_open(struct db *db, const struct visit *v, struct reopening *w)
{
	struct draft d = {.id = INT64_MAX};
	enum err e;
	while ((e = drafts_before(db, d.id, &d)) == OK) {
		if (strcmp(d.place, w->place) != 0 || strcmp(d.template_id, w->what) != 0 ||
		    strcmp(d.period, w->period) != 0)
			continue;
		if (d.state == DRAFT_UPLOADED && d.preparer == v->me.who.id)
			w->draft = d.id;
		return OK;
	}
	return e == ERR_MISSING ? OK : e;
}

static enum err read_public(struct visit *v, struct reopening *w)
{
	struct published now;
	struct db *db = township_read_begin(v->s->township);
	enum err e = published_read(db, w->place, w->what, w->period, &now);
	if (e == OK)
		e = published_rows(db, &now, &w->rows);
	if (e == OK && w->rows.len == 0)
		e = ERR_MISSING;
	if (e == OK)
		e = find_open(db, v, w);
	township_read_end(v->s->township);
	return e == OK ? attach_sheet(w->rows.p, w->rows.len, NULL, &w->bare) : e;
}

static const char no_findings[] = "{\"findings\":[]}";

static enum err reopen(struct db *db, void *self)
{
	struct reopening *w = self;
	const struct draft_new n = {.place = w->place,
				    .template_id = w->what,
				    .period = w->period,
				    .sheet = w->bare.p,
				    .sheet_len = w->bare.len,
				    .findings = no_findings,
				    .findings_len = sizeof no_findings - 1,
				    .preparer = w->audit.staff};
	const struct voucher_start start = {.public_rows = w->rows.p, .len = w->rows.len};
	struct voucher_draft made;
	enum err e = vouchers_begin(db, &n, &start, w->audit.time, &made);
	w->draft = made.id;
	snprintf(w->audit.subject, sizeof w->audit.subject, "draft-%" PRId64, w->draft);
	return e == OK ? audit_add(db, &w->audit) : e;
}

void page_reopen(struct visit *v)
{
	struct reopening w = {
		.audit = {.time = v->now, .staff = v->me.who.id, .kind = AUDIT_UPLOADED}};
	char address[64];
	buf_init(&w.rows, DRAFT_BYTES_MAX);
	buf_init(&w.bare, DRAFT_BYTES_MAX);
	enum err e = visit_field(v, "place", w.place, sizeof w.place) &&
				     visit_field(v, "what", w.what, sizeof w.what) &&
				     visit_field(v, "period", w.period, sizeof w.period) &&
				     access_covers(v->s->office->settings, &v->me.who, w.place) &&
				     catalogue_find(v->catalogue, w.what) != NULL
			     ? OK
			     : ERR_MISSING;
	if (e == OK)
		e = read_public(v, &w);
	if (e == OK && w.draft == 0)
		e = writer_do(v->s->writer, reopen, &w);
	if (e == OK) {
		snprintf(address, sizeof address, "/vouchers/%" PRId64, w.draft);
		visit_go(v, address, NULL);
	} else {
		visit_trouble(v, e, "/upload");
	}
	buf_free(&w.rows);
	buf_free(&w.bare);
}
