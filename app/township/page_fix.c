/* page_fix.c - cells of an uploaded table are put right on the page, and the table is checked
 * again.
 *
 * The original stays as it came; every change is kept with what was there before, who made it and
 * when, and goes with the draft. */
#include "app/base/text.h"
#include "app/store/township/events.h"
#include "app/township/pages.h"
#include "app/township/upload_shown.h"
#include "app/village/typed.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fixing {
	int64_t upload;
	struct correction *change;
	size_t changes;
	struct audit_entry audit;
};

static enum err store(struct db *db, void *self)
{
	const struct fixing *f = self;
	enum err e = OK;
	for (size_t i = 0; i < f->changes && e == OK; i++)
		e = corrections_add(db, f->upload, &f->change[i]);
	if (e == OK)
		e = audit_add(db, &f->audit);
	return e == OK ? events_add(db, f->audit.time, "corrected", f->audit.subject) : e;
}

/* One field of the form; nothing when it says what the cell says already. False: not a cell of this
 * table, or no plain text. */
static bool take_field(struct visit *v, const struct upload_work *w, const char *name,
		       struct correction *out, bool *changed)
{
	size_t row, column;
	struct buf hidden;
	char value[CORRECTION_MAX + 1];
	*changed = false;
	if (!fix_name_read(name, &row, &column))
		return false;
	const struct csv_cell *cell = fix_cell(&w->cells, row, column);
	if (cell == NULL || !visit_field(v, name, value, sizeof value))
		return false;
	const char *text = value;
	size_t len = strlen(value);
	typed_trim(&text, &len);
	*out = (struct correction){.sheet = w->cells.sheets == 0 ? 0 : w->cells.chosen,
				   .row = row,
				   .column = column,
				   .staff = v->me.who.id,
				   .time = v->now};
	text_copy(out->becomes, sizeof out->becomes, text, len);
	buf_init(&hidden, 1 << 16);
	const char *was = cell->text;
	size_t was_len = cell->len;
	typed_trim(&was, &was_len);
	typed_hide(was, was_len, &hidden);
	text_copy(out->was, sizeof out->was, buf_str(&hidden), hidden.len);
	for (char *p = out->was; *p != 0; p++)
		*p = *p == '\n' ? ' ' : *p;
	*changed = hidden.len != was_len || memcmp(buf_str(&hidden), was, was_len) != 0 ||
		   strcmp(out->was, out->becomes) != 0;
	buf_free(&hidden);
	return true;
}

/* What the form changes. False when it is no form of this table. */
static bool take_form(struct visit *v, const struct upload_work *w, struct fixing *f)
{
	for (size_t i = 0; i < v->form.count; i++) {
		bool changed;
		if (strcmp(v->form.field[i].name, "csrf") == 0)
			continue;
		if (!take_field(v, w, v->form.field[i].name, &f->change[f->changes], &changed))
			return false;
		f->changes += changed;
	}
	return true;
}

static void outcome(struct visit *v, struct upload_work *w)
{
	if (w->u->errors > 0)
		upload_page(v, w, 422);
	else
		upload_work_draft(v, w);
}

/* The table as it is after the changes, read anew. */
static void check_again(struct visit *v, int64_t upload)
{
	struct upload_work w;
	upload_work_begin(&w);
	enum err e = upload_work_find(v, upload, &w);
	if (e != OK)
		visit_trouble(v, e, "/upload");
	else if (upload_work_check(v, &w))
		outcome(v, &w);
	upload_work_close(&w);
}

static void fix(struct visit *v, struct upload_work *w, struct fixing *f)
{
	f->change = calloc(FORM_FIELDS_MAX, sizeof *f->change);
	if (f->change == NULL) {
		visit_trouble(v, ERR_FULL, "/upload");
		return;
	}
	if (!take_form(v, w, f)) {
		visit_say(v, 422, "有一格没有改成",
			  "这一格不在表里，或者写得太长（最多 200 个字）。什么都没有改。",
			  "/upload");
		return;
	}
	if (f->changes == 0) {
		outcome(v, w);
		return;
	}
	f->upload = w->kept.id;
	f->audit = (struct audit_entry){
		.time = v->now, .staff = v->me.who.id, .kind = AUDIT_CORRECTED};
	snprintf(f->audit.subject, sizeof f->audit.subject, "upload-%" PRId64, f->upload);
	snprintf(f->audit.reason, sizeof f->audit.reason, "改了 %zu 格", f->changes);
	enum err e = writer_do(v->s->writer, store, f);
	if (e == ERR_REFUSED)
		visit_say(v, 409, "不能再改了",
			  "这张表已经交出去了，或者改得太多了。要改，请在文件里改好，再传一次。",
			  "/drafts");
	else if (e != OK)
		visit_trouble(v, e, "/upload");
	else
		check_again(v, f->upload);
}

void page_upload_fix(struct visit *v)
{
	int64_t id;
	struct upload_work w;
	struct fixing f = {.changes = 0};
	upload_work_begin(&w);
	enum err e = visit_number(v, &id) ? upload_work_find(v, id, &w) : ERR_MISSING;
	if (e != OK)
		visit_trouble(v, e, "/upload");
	else if (upload_work_check(v, &w))
		fix(v, &w, &f);
	free(f.change);
	upload_work_close(&w);
}

void page_upload_kept(struct visit *v)
{
	int64_t id;
	struct upload_work w;
	upload_work_begin(&w);
	enum err e = visit_number(v, &id) ? upload_work_find(v, id, &w) : ERR_MISSING;
	if (e != OK)
		visit_trouble(v, e, "/upload");
	else if (upload_work_check(v, &w))
		upload_page(v, &w, 200);
	upload_work_close(&w);
}
