/* page_looks.c - who is to sign says of each picture that nothing private is left in it. */
#include "app/base/text.h"
#include "app/store/township/audit.h"
#include "app/store/township/vouchers.h"
#include "app/township/pages.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct looking {
	struct form form; /* fields p<number> = hash */
	struct audit_entry audit;
	int64_t draft, seen;
};

static enum err look_one(struct db *db, struct looking *w, const struct form_field *f)
{
	struct hash hash;
	struct voucher page;
	int64_t id;
	if (f->name[0] != 'p' || !text_number(f->name + 1, strlen(f->name + 1), &id))
		return OK;
	if (!text_unhex((const char *)f->value, f->len, hash.b, HASH_BYTES))
		return ERR_REFUSED;
	enum err e = vouchers_find(db, id, &page);
	if (e == OK && page.draft != w->draft)
		e = ERR_REFUSED;
	w->seen++;
	return e == OK ? vouchers_look(db, id, &hash, w->audit.staff) : e;
}

static enum err look_all(struct db *db, void *self)
{
	struct looking *w = self;
	enum err e = OK;
	w->seen = 0;
	for (size_t i = 0; e == OK && i < w->form.count; i++)
		e = look_one(db, w, &w->form.field[i]);
	snprintf(w->audit.reason, sizeof w->audit.reason, "%" PRId64 " 张", w->seen);
	return e == OK ? audit_add(db, &w->audit) : e;
}

void page_looks(struct visit *v)
{
	struct draft d;
	char back[64];
	struct looking *w = calloc(1, sizeof *w);
	enum err e = w == NULL ? ERR_FULL : visit_number(v, &w->draft) ? OK : ERR_MISSING;
	if (e == OK) {
		struct db *db = township_read_begin(v->s->township);
		e = drafts_find(db, w->draft, &d, NULL, NULL);
		township_read_end(v->s->township);
	}
	if (e == OK && !access_covers(v->s->office->settings, &v->me.who, d.place))
		e = ERR_MISSING;
	if (e == OK) {
		w->form = v->form;
		w->audit = (struct audit_entry){
			.time = v->now, .staff = v->me.who.id, .kind = AUDIT_PAGES_SEEN};
		snprintf(w->audit.subject, sizeof w->audit.subject, "draft-%" PRId64, w->draft);
		e = writer_do(v->s->writer, look_all, w);
	}
	if (e == OK) {
		snprintf(back, sizeof back, "/vouchers/%" PRId64, w->draft);
		visit_go(v, back, NULL);
	} else {
		visit_trouble(v, e, "/drafts");
	}
	free(w);
}
