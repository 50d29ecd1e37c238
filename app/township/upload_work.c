#include "app/township/upload_work.h"

#include "app/base/text.h"
#include "app/store/township/vouchers.h"
#include "app/township/intake.h"
#include "app/village/attach.h"
#include "app/village/period.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HISTORY_MAX = 16 << 20 };

/* What was made public for the year before, as much as fits. */
static enum err read_history(struct visit *v, struct upload_work *w)
{
	char period[PERIOD_MAX + 1], before[PERIOD_MAX + 1];
	struct published then;
	enum err e = OK;
	snprintf(period, sizeof period, "%s", w->kept.period);
	struct db *db = township_read_begin(v->s->township);
	for (int i = period_in_year(period); e == OK && i > 0 && period_before(period, before);
	     i--) {
		e = published_read(db, w->kept.place, w->t->id, before, &then);
		if (e == OK)
			e = published_rows(db, &then, &w->history);
		if (w->earlier == 0 && strcmp(period, w->kept.period) == 0)
			w->earlier = w->history.len;
		snprintf(period, sizeof period, "%s", before);
	}
	township_read_end(v->s->township);
	return e == ERR_FULL ? OK : e;
}

void upload_work_begin(struct upload_work *w)
{
	*w = (struct upload_work){.file = NULL};
	buf_init(&w->original, UPLOAD_FILE_MAX);
	buf_init(&w->before, DRAFT_BYTES_MAX);
	buf_init(&w->findings, DRAFT_FINDINGS_MAX);
	buf_init(&w->history, HISTORY_MAX);
}

void upload_work_close(struct upload_work *w)
{
	upload_close(w->u);
	cells_close(&w->cells);
	buf_free(&w->original);
	buf_free(&w->before);
	buf_free(&w->findings);
	buf_free(&w->history);
	free(w->correction);
}

/* --- reading and checking --- */

static enum err read_corrections(struct db *db, struct upload_work *w)
{
	struct correction c = {.number = 0};
	size_t room = 0;
	enum err e;
	while ((e = corrections_next(db, w->kept.id, c.number, &c)) == OK) {
		if (w->corrections == room) {
			room = room * 2 + 32;
			struct correction *more = realloc(w->correction, room * sizeof *more);
			if (more == NULL)
				return ERR_FULL;
			w->correction = more;
		}
		w->correction[w->corrections++] = c;
	}
	return e == ERR_MISSING ? OK : e;
}

enum err upload_work_find(struct visit *v, int64_t id, struct upload_work *w)
{
	struct db *db = township_read_begin(v->s->township);
	enum err e = uploads_find(db, id, &w->kept, &w->original);
	if (e == OK && w->kept.preparer != v->me.who.id)
		e = ERR_MISSING;
	if (e == OK)
		e = read_corrections(db, w);
	township_read_end(v->s->township);
	w->t = e == OK ? catalogue_find(v->catalogue, w->kept.template_id) : NULL;
	w->file = w->original.p;
	w->file_len = w->original.len;
	return e == OK && (w->t == NULL ||
			   !access_covers(v->s->office->settings, &v->me.who, w->kept.place))
		       ? ERR_MISSING
		       : e;
}

/* A cell that is not there any more was put right in a table of another shape: the file is the
 * same, so that cannot be. */
static enum err put_right(struct upload_work *w)
{
	enum err e = OK;
	for (size_t i = 0; i < w->corrections && e == OK; i++) {
		const struct correction *c = &w->correction[i];
		e = cells_put(&w->cells, c->sheet, c->row, c->column, c->becomes,
			      strlen(c->becomes));
	}
	return e == ERR_MISSING ? ERR_CORRUPT : e;
}

/* ERR_REFUSED: the file cannot be read. */
static enum err check(struct visit *v, struct upload_work *w)
{
	struct upload_task task = {.t = w->t, .chart = v->chart, .period = w->kept.period};
	enum err e = intake_read(v->s->programs, w->file, w->file_len, &w->cells);
	if (e == OK)
		e = put_right(w);
	if (e == OK)
		e = read_history(v, w);
	task.earlier = task.history = w->history.p;
	task.earlier_len = w->earlier;
	task.history_len = w->history.len;
	if (e == OK)
		e = upload_read(&task, &w->cells, &w->u);
	return e;
}

bool upload_work_check(struct visit *v, struct upload_work *w)
{
	enum err e = check(v, w);
	if (e == ERR_REFUSED)
		visit_say(v, 422, "这个文件读不了", w->cells.refused, "/upload");
	else if (e != OK)
		visit_say(v, e == ERR_FULL ? 422 : 503, "这个文件没有读成",
			  e == ERR_FULL ? "表太大了，请按月分开保存，再上传。"
					: "检查文件时出了问题，文件没有存下来。请再试一次；还不行就"
					  "找管理员。",
			  "/upload");
	return e == OK;
}

/* --- keeping --- */

struct keeping {
	struct upload_work *w;
	struct audit_entry entry;
	struct voucher_draft draft;
	struct voucher_rows rows; /* of the draft that is there already; draft 0: none */
	bool original;            /* keep it too */
};

static enum err keep_original(struct db *db, void *self)
{
	struct keeping *k = self;
	struct upload_work *w = k->w;
	enum err e = uploads_add(db, &w->kept, w->file, w->file_len, k->entry.time);
	snprintf(k->entry.subject, sizeof k->entry.subject, "upload-%" PRId64, w->kept.id);
	return e == OK ? audit_add(db, &k->entry) : e;
}

enum err upload_work_keep(struct visit *v, struct upload_work *w)
{
	struct keeping k = {
		.w = w, .entry = {.time = v->now, .staff = v->me.who.id, .kind = AUDIT_UPLOADED}};
	return w->kept.id != 0 ? OK : writer_do(v->s->writer, keep_original, &k);
}

static enum err read_before(struct visit *v, struct upload_work *w)
{
	struct published now;
	struct db *db = township_read_begin(v->s->township);
	enum err e = published_read(db, w->kept.place, w->t->id, w->kept.period, &now);
	if (e == OK)
		e = published_rows(db, &now, &w->before);
	township_read_end(v->s->township);
	return e;
}

static bool same_bytes(const struct buf *a, const struct buf *b)
{
	return a->len == b->len && (a->len == 0 || memcmp(a->p, b->p, a->len) == 0);
}

/* The rows are public already; pictures can be added to them all the same. */
static void say_public(struct visit *v, const struct upload_work *w)
{
	struct html *h = &v->h;
	visit_top(v, "和公开的一模一样", NULL, "/drafts");
	html_raw(h, "<section class=\"card say\"><p>这张表和已经公开的一个字也不差，不用再传。</p>"
		    "<form method=\"post\" action=\"/reopen\">");
	visit_csrf(v);
	const char *const field[3][2] = {
		{"place", w->kept.place}, {"what", w->t->id}, {"period", w->kept.period}};
	for (size_t i = 0; i < 3; i++) {
		html_raw(h, "<input type=\"hidden\"");
		html_attr(h, "name", field[i][0]);
		html_attr(h, "value", field[i][1]);
		html_raw(h, ">");
	}
	html_raw(h,
		 "<p>要给公开过的账补凭证、补照片，按下面。</p><button class=\"b p\">补凭证、照片"
		 "</button></form><p><a class=\"b\" href=\"/drafts\">返回</a></p></section>");
	visit_send(v, 409);
}

/* A draft that still waits and holds the very same bytes; 0: none. */
static enum err find_twin(struct visit *v, const struct upload_work *w, struct draft *twin)
{
	struct draft d;
	struct buf sheet, bare;
	int64_t before = INT64_MAX;
	enum err e;
	twin->id = 0;
	buf_init(&sheet, DRAFT_BYTES_MAX);
	buf_init(&bare, DRAFT_BYTES_MAX);
	struct db *db = township_read_begin(v->s->township);
	for (e = drafts_before(db, before, &d); e == OK && twin->id == 0;
	     e = e == OK ? drafts_before(db, before, &d) : e) {
		before = d.id;
		if ((w->kept.id != 0 && d.upload == w->kept.id) ||
		    (d.state != DRAFT_UPLOADED && d.state != DRAFT_SUBMITTED) ||
		    strcmp(d.place, w->kept.place) != 0 || strcmp(d.template_id, w->t->id) != 0 ||
		    strcmp(d.period, w->kept.period) != 0)
			continue;
		buf_clear(&sheet);
		buf_clear(&bare);
		e = drafts_find(db, d.id, &d, &sheet, NULL);
		if (e == OK)
			e = attach_sheet(sheet.p, sheet.len, NULL, &bare);
		if (e == OK && same_bytes(&bare, &w->u->sheet))
			*twin = d;
	}
	township_read_end(v->s->township);
	buf_free(&sheet);
	buf_free(&bare);
	return e == ERR_MISSING ? OK : e;
}

/* True when the table need not be kept, and the page says why. */
static bool is_known(struct visit *v, const struct upload_work *w, enum err *e)
{
	struct draft twin = {0};
	struct buf bare;
	char address[64];
	buf_init(&bare, DRAFT_BYTES_MAX);
	*e = attach_sheet(w->before.p, w->before.len, NULL, &bare);
	bool public = *e == OK && bare.len > 0 && same_bytes(&bare, &w->u->sheet);
	buf_free(&bare);
	if (public) {
		say_public(v, w);
		return true;
	}
	if (*e == OK)
		*e = find_twin(v, w, &twin);
	if (*e != OK || twin.id == 0)
		return false;
	snprintf(address, sizeof address, "/drafts/%" PRId64, twin.id);
	visit_say(v, 409, "这张表传过了",
		  twin.state == DRAFT_SUBMITTED
			  ? "一模一样的表已经交给审批人，正等着签，不用再传。按“返回”去看那一张。"
			  : "一模一样的表已经传上来了，还没有交给审批人。按“返回”去看那一张，从那"
			    "里交。",
		  address);
	return true;
}

static enum err keep_draft(struct db *db, void *self)
{
	struct keeping *k = self;
	struct upload_work *w = k->w;
	enum err e = OK;
	if (k->original)
		e = uploads_add(db, &w->kept, w->file, w->file_len, k->entry.time);
	const struct draft_new n = {
		.place = w->kept.place,
		.template_id = w->t->id,
		.period = w->kept.period,
		.sheet = w->u->sheet.p,
		.sheet_len = w->u->sheet.len,
		.findings = w->findings.p,
		.findings_len = w->findings.len,
		.preparer = k->entry.staff,
		.upload = w->kept.id,
		.corrected = w->corrections == 0 ? 0 : w->correction[w->corrections - 1].number};
	const struct voucher_start start = {.public_rows = w->before.p,
					    .len = w->before.len,
					    .rows = k->rows.draft == 0 ? NULL : &k->rows};
	int64_t open;
	if (e == OK)
		e = drafts_of_upload(db, w->kept.id, &open);
	if (e == OK && open != k->rows.draft)
		e = ERR_REFUSED;
	else if (e == OK)
		e = vouchers_replace(db, &n, &k->rows, k->entry.time, &k->draft);
	else if (e == ERR_MISSING)
		e = vouchers_begin(db, &n, &start, k->entry.time, &k->draft);
	snprintf(k->entry.subject, sizeof k->entry.subject, "draft-%" PRId64, k->draft.id);
	return e == OK ? audit_add(db, &k->entry) : e;
}

/* --- rows that are called otherwise now --- */

/* The newest draft of this upload that did not become public. ERR_MISSING. */
static enum err find_earlier(struct visit *v, const struct upload_work *w, struct draft *d)
{
	enum err e = ERR_MISSING;
	struct db *db = township_read_begin(v->s->township);
	d->id = INT64_MAX;
	if (w->kept.id != 0)
		while ((e = drafts_before(db, d->id, d)) == OK && d->upload != w->kept.id)
			continue;
	township_read_end(v->s->township);
	return e == OK && d->state == DRAFT_APPROVED ? ERR_MISSING : e;
}

/* The upload as that draft was made of it, read once more: which line of the file each of its rows
 * is. */
static enum err read_then(struct visit *v, const struct upload_work *w, const struct draft *d,
			  struct upload_work *then)
{
	enum err e = upload_work_find(v, w->kept.id, then);
	while (then->corrections > 0 &&
	       then->correction[then->corrections - 1].number > d->corrected)
		then->corrections--;
	return e == OK ? check(v, then) : e;
}

/* The name now of every row that was one then and is one still. */
static enum err match(const struct upload_work *then, const struct upload_work *w,
		      struct voucher_rows *out)
{
	const struct upload *was = then->u, *is = w->u;
	const char **at = calloc(CSV_ROWS_MAX + 1, sizeof *at);
	struct voucher_row *row = calloc(was->rows + 1, sizeof *row);
	bool same_sheet = then->cells.chosen == w->cells.chosen;
	out->row = row;
	for (size_t i = 0; at != NULL && i < is->rows; i++)
		if (is->row[i].row <= CSV_ROWS_MAX)
			at[is->row[i].row] = is->row[i].id;
	for (size_t i = 0; at != NULL && row != NULL && i < was->rows; i++) {
		size_t line = was->row[i].row;
		const char *now = !same_sheet            ? was->row[i].id
				  : line <= CSV_ROWS_MAX ? at[line]
							 : NULL;
		if (now != NULL)
			row[out->count++] = (struct voucher_row){was->row[i].id, now};
	}
	bool fits = at != NULL && row != NULL;
	free(at);
	return fits ? OK : ERR_FULL;
}

static enum err find_rows(struct visit *v, const struct upload_work *w, struct upload_work *then,
			  struct voucher_rows *out)
{
	struct draft d;
	enum err e = find_earlier(v, w, &d);
	if (e != OK)
		return e == ERR_MISSING ? OK : e;
	e = read_then(v, w, &d, then);
	out->draft = d.id;
	out->corrected = d.corrected;
	return e == OK ? match(then, w, out) : e;
}

static void draft_made(struct visit *v, const struct voucher_draft *made)
{
	char address[64], words[200];
	snprintf(address, sizeof address, "/drafts/%" PRId64, made->id);
	if (made->lost == 0) {
		visit_go(v, address, NULL);
		return;
	}
	snprintf(words, sizeof words,
		 "有 %zu 张凭证、照片没有跟过来：它们那一行不在这张表里了，或者换了凭证号。请再放一"
		 "次。",
		 made->lost);
	visit_say(v, 200, "表存下来了，请看看图", words, address);
}

void upload_work_draft(struct visit *v, struct upload_work *w)
{
	struct upload_work then;
	struct keeping k = {
		.w = w,
		.original = w->kept.id == 0,
		.entry = {.time = v->now, .staff = v->me.who.id, .kind = AUDIT_UPLOADED}};
	enum err e = read_before(v, w);
	if (e == OK && is_known(v, w, &e))
		return;
	upload_work_begin(&then);
	if (e == OK)
		e = findings_write(w->u, &w->findings);
	if (e == OK)
		e = find_rows(v, w, &then, &k.rows);
	if (e == OK)
		e = writer_do(v->s->writer, keep_draft, &k);
	if (e == OK)
		draft_made(v, &k.draft);
	else
		visit_trouble(v, e, "/upload");
	free((void *)(uintptr_t)k.rows.row);
	upload_work_close(&then);
}
