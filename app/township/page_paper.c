/* page_paper.c - a sheet of paper the supervision committee signed at its meeting, as a photograph:
 * brought by a member or by who prepared the table, looked at by who is to sign. Nobody types a
 * name. It stays in the office, sealed to the server's own key. */
#include "app/base/text.h"
#include "app/store/township/audit.h"
#include "app/store/township/events.h"
#include "app/township/intake_page.h"
#include "app/township/pages.h"
#include "app/township/supervised.h"
#include "app/township/voucher_files.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bringing {
	struct draft d;
	struct supervised so_far;
	struct supervision word;
	struct audit_entry audit;
	char back[48];
};

static enum err store(struct db *db, void *self)
{
	const struct bringing *w = self;
	enum err e = supervision_put(db, w->d.id, &w->word);
	if (e == OK)
		e = audit_add(db, &w->audit);
	return e == OK ? events_add(db, w->word.time, "supervised-on-paper", w->audit.subject) : e;
}

static enum err gather(struct visit *v, struct bringing *w)
{
	int64_t id;
	const struct settings *s = v->s->office->settings;
	struct db *db = township_read_begin(v->s->township);
	enum err e = visit_number(v, &id) ? drafts_find(db, id, &w->d, NULL, NULL) : ERR_MISSING;
	if (e == OK && !access_covers(s, &v->me.who, w->d.place))
		e = ERR_MISSING;
	if (e == OK)
		e = supervised_read(db, s, catalogue_find(v->catalogue, w->d.template_id), &w->d,
				    &w->so_far);
	township_read_end(v->s->township);
	snprintf(w->back, sizeof w->back, "/drafts/%" PRId64, w->d.id);
	return e;
}

static void take(struct visit *v, struct bringing *w, const struct picture_pages *pages)
{
	w->word = (struct supervision){
		.member = v->me.who.id, .verdict = VERDICT_PAPER, .time = v->now};
	w->audit = (struct audit_entry){
		.time = v->now, .staff = v->me.who.id, .kind = AUDIT_SUPERVISED};
	snprintf(w->audit.subject, sizeof w->audit.subject, "draft-%" PRId64, w->d.id);
	snprintf(w->audit.reason, sizeof w->audit.reason, "签字表的照片");
	enum err e = voucher_keep(v, pages->page[0].bytes, pages->page[0].len, &w->word.paper);
	if (e == OK) {
		e = writer_do(v->s->writer, store, w);
		if (e != OK) {
			struct db *db = township_read_begin(v->s->township);
			blobs_drop(db, v->s->office->folder, &w->word.paper);
			township_read_end(v->s->township);
		}
	}
	if (e == OK)
		visit_go(v, w->back, NULL);
	else
		visit_trouble(v, e, w->back);
}

static void bring(struct visit *v, struct bringing *w, const struct form_field *file)
{
	struct picture_pages *pages = calloc(1, sizeof *pages);
	struct buf hold;
	buf_init(&hold, INTAKE_PAGES_ROOM);
	enum err e = pages == NULL ? ERR_FULL
				   : intake_pages(v->s->programs, file->value, file->len, NULL,
						  &hold, pages);
	if (e == ERR_REFUSED)
		visit_say(v, 422, "这张照片用不了", pages->refused, w->back);
	else if (e == OK && pages->count != 1)
		visit_say(v, 422, "只要一张", "签字表请拍成一张照片，或者只有一页的 PDF。",
			  w->back);
	else if (e == OK)
		take(v, w, pages);
	else
		visit_trouble(v, e, w->back);
	buf_wipe(&hold);
	free(pages);
}

void page_paper_bring(struct visit *v)
{
	struct bringing w = {.d = {.id = 0}};
	const struct form_field *file = form_find(&v->form, "file");
	enum err e = gather(v, &w);
	if (e != OK)
		visit_trouble(v, e, "/drafts");
	else if (!w.so_far.wanted || w.d.state != DRAFT_SUBMITTED ||
		 (w.d.preparer != v->me.who.id && !supervised_asks(&w.so_far, v->me.who.id)) ||
		 supervised_word(&w.so_far, v->me.who.id) != NULL)
		visit_trouble(v, ERR_REFUSED, w.back);
	else if (file == NULL || file->file_name[0] == 0)
		visit_say(v, 422, "没有选文件", "请先选签字表的照片。", w.back);
	else
		bring(v, &w, file);
}

/* What one member brought, or the first that was brought. */
static const struct supervision *asked_for(const struct visit *v, const struct supervised *s)
{
	const char *of = http_query(v->r, "of");
	int64_t member = 0;
	if (of != NULL && !text_number(of, strlen(of), &member))
		return NULL;
	for (size_t i = 0; i < s->words; i++)
		if (s->word[i].verdict == VERDICT_PAPER &&
		    (member == 0 || s->word[i].member == member))
			return &s->word[i];
	return NULL;
}

void page_paper(struct visit *v)
{
	struct bringing w = {.d = {.id = 0}};
	struct buf jpeg;
	buf_init(&jpeg, PAGE_BYTES_MAX);
	enum err e = gather(v, &w);
	const struct supervision *found = e == OK ? asked_for(v, &w.so_far) : NULL;
	if (e == OK && found == NULL)
		e = ERR_MISSING;
	if (e == OK)
		e = blobs_open(v->s->office->folder, &found->paper, &office_own(v->s->office)->seal,
			       &jpeg);
	if (e == OK) {
		const struct http_answer a = {
			.status = 200,
			.type = "image/jpeg",
			.body = jpeg.p,
			.len = jpeg.len,
			.header = {"Cache-Control", "no-store", "X-Content-Type-Options", "nosniff",
				   "Content-Security-Policy", "default-src 'none'", NULL}};
		http_answer(v->r, &a);
	} else {
		visit_trouble(v, e, "/drafts");
	}
	buf_wipe(&jpeg);
}
