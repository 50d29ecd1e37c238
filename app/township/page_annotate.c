/* page_annotate.c - the office's words for a question and its answer become a draft that waits for
 * another person's signature. */
#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/store/township/audit.h"
#include "app/township/annotate.h"
#include "app/township/annotation.h"
#include "app/township/cases_shown.h"
#include "app/township/letter_open.h"
#include "app/township/pages.h"
#include "app/village/typed.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ANNOTATE_BYTES = 4096, TRIES = 5 };

struct annotating {
	struct case_row c;
	struct seal_secret key;
	struct complaint says;
	struct annotation made;
	char question[ANNOTATE_BYTES], answer[ANNOTATE_BYTES];
	struct audit_entry moved, uploaded;
	char back[48];
};

static const struct catalogue_template *template_beside(const struct visit *v)
{
	const struct catalogue_template *t;
	for (size_t i = 0; (t = catalogue_at(v->catalogue, i)) != NULL; i++)
		if (t->beside)
			return t;
	return NULL;
}

static bool is_answered(const struct case_row *c)
{
	return c->state == CASE_REPLIED || c->state == CASE_RATED || c->state == CASE_FOLLOW_UP ||
	       c->state == CASE_CLOSED;
}

bool annotate_may(const struct visit *v, const struct case_row *c, const struct complaint *says)
{
	const struct catalogue_template *about =
		catalogue_find(v->catalogue, says->row.template_id);
	return says->may_publish && complaint_could_publish(says) && is_answered(c) &&
	       about != NULL && !about->household && !about->beside && template_beside(v) != NULL &&
	       access_covers(v->s->office->settings, &v->me.who, says->row.place);
}

/* --- the form --- */

static void text_field(struct html *h, const char *name, const char *label, const char *hint,
		       int rows)
{
	html_raw(h, "<label class=\"f\"><span>");
	html_text(h, label);
	html_raw(h, "<small class=\"hint\">");
	html_text(h, hint);
	html_raw(h, "</small></span><textarea class=\"in\" required");
	html_attr(h, "name", name);
	html_attr_number(h, "rows", rows);
	html_raw(h, "></textarea></label>");
}

void annotate_form(struct visit *v, const struct case_row *c)
{
	struct html *h = &v->h;
	char address[48];
	snprintf(address, sizeof address, "/annotate/%" PRId64, c->number);
	html_raw(h, "<section class=\"card act\"><h2>公开这一问一答</h2><p class=\"hint\">"
		    "反映人同意公开，不写名字。请用自己的话重写，不要照抄；认得出是谁的话"
		    "不要写。交上去以后，另一个人签了才公开，放在那一行旁边。</p>"
		    "<form class=\"col\" method=\"post\"");
	html_attr(h, "action", address);
	html_raw(h, ">");
	visit_csrf(v);
	text_field(h, "question", "问", "（最多 300 字）", 3);
	text_field(h, "answer", "答", "（最多 600 字）", 6);
	html_raw(h, "<button class=\"b p wide\">交给审批人签</button></form></section>");
}

/* --- what was written --- */

/* NULL when the text is fit to be public; else what to change. */
static const char *trouble_of(const struct catalogue_template *t, const char *field,
			      const char *text)
{
	static const char *const personal[] = {
		[PERSONAL_ID] = "里面有身份证号，请去掉。",
		[PERSONAL_PHONE] = "里面有手机号，请去掉。",
		[PERSONAL_CARD] = "里面有银行卡号，请去掉。",
		[PERSONAL_RUINED] = "里面有一长串号码，请去掉。",
	};
	size_t at = 0, end = 0, len = strlen(text);
	if (text[0] == 0)
		return "还没有写。";
	if (text_chars(text, len) > t->field[catalogue_field(t, field)].max_chars)
		return "太长了，请写短些。";
	enum typed_personal kind = typed_personal(text, len, &at, &end);
	return kind == PERSONAL_NONE ? NULL : personal[kind];
}

/* Spaces and line feeds around a text are nobody's words. */
static void take_text(const struct visit *v, const char *name, char out[ANNOTATE_BYTES])
{
	const char *text = out;
	if (!visit_field(v, name, out, ANNOTATE_BYTES))
		out[0] = 0;
	size_t len = strlen(out);
	typed_trim(&text, &len);
	memmove(out, text, len);
	out[len] = 0;
}

static bool is_fit(struct visit *v, struct annotating *w)
{
	char words[300];
	take_text(v, ABOUT_QUESTION, w->question);
	take_text(v, ABOUT_ANSWER, w->answer);
	const char *q = trouble_of(w->made.t, ABOUT_QUESTION, w->question),
		   *a = trouble_of(w->made.t, ABOUT_ANSWER, w->answer);
	if (q == NULL && complaint_quoted(&w->says, w->question))
		q = "里面有一长句和信里一模一样，请用自己的话重写。";
	if (a == NULL && complaint_quoted(&w->says, w->answer))
		a = "里面有一长句和信里一模一样，请用自己的话重写。";
	if (q == NULL && a == NULL)
		return true;
	snprintf(words, sizeof words, "%s%s%s%s", q == NULL ? "" : "问：", q == NULL ? "" : q,
		 a == NULL ? "" : "答：", a == NULL ? "" : a);
	visit_say(v, 422, "还不能公开", words, w->back);
	return false;
}

/* --- keeping --- */

static enum err keep(struct db *db, void *self)
{
	struct annotating *w = self;
	int64_t draft;
	enum err e = annotation_keep(db, &w->made, w->uploaded.staff, w->uploaded.time, &draft);
	snprintf(w->uploaded.subject, sizeof w->uploaded.subject, "draft-%" PRId64, draft);
	if (e == OK)
		e = audit_add(db, &w->uploaded);
	return e == OK ? audit_add(db, &w->moved) : e;
}

static enum err read_public(struct visit *v, struct annotating *w)
{
	struct db *db = township_read_begin(v->s->township);
	enum err e = annotation_read(db, &w->made);
	township_read_end(v->s->township);
	return e;
}

/* Somebody may sign another sheet of the place between the reading and the keeping. */
static void hand_on(struct visit *v, struct annotating *w)
{
	enum err e = read_public(v, w), kept = ERR_REFUSED;
	for (int i = 0; e == OK && i < TRIES; i++) {
		kept = writer_do(v->s->writer, keep, w);
		if (!w->made.overtaken)
			break;
		e = read_public(v, w);
	}
	if (e == ERR_MISSING) {
		visit_say(v, 409, "那一行现在没有公开",
			  "问的那一行已经不在公开的表里，没有地方可放。", w->back);
		return;
	}
	if (e == OK)
		e = kept;
	if (e == OK)
		visit_say(v, 200, "交给审批人了",
			  "另一个人签了以后，这一问一答就公开在那一行旁边。", w->back);
	else if (e == ERR_REFUSED)
		visit_say(v, 409, "前面一条还没签",
			  "这个地方已经有一条问答等着审批人签。等那条签了，再交这一条。", w->back);
	else
		visit_trouble(v, e, w->back);
}

static enum err open_case(struct visit *v, struct annotating *w)
{
	int64_t number;
	struct db *db = township_read_begin(v->s->township);
	enum err e = visit_number(v, &number) ? cases_find(db, number, &w->c) : ERR_MISSING;
	township_read_end(v->s->township);
	if (e == OK && (!case_shown(v, &w->c) || case_sealed(v, &w->c)))
		e = ERR_MISSING;
	return e;
}

static void annotate(struct visit *v, struct annotating *w)
{
	enum err e = letter_matter(v, w->c.parcel, &w->key, &w->says);
	if (e != OK) {
		visit_trouble(v, e, w->back);
		return;
	}
	if (!annotate_may(v, &w->c, &w->says)) {
		visit_say(v, 403, "这一问一答不能公开",
			  "反映人没有同意公开，或者还没有答复，或者问的是一家一户的事。", w->back);
		return;
	}
	const struct body *office = settings_body(v->s->office->settings, w->c.body);
	w->made.t = template_beside(v);
	w->made.about = catalogue_find(v->catalogue, w->says.row.template_id);
	w->made.about_row = &w->says.row;
	w->made.office = office == NULL ? NULL : office->name;
	w->made.day = clock_day(v->now);
	w->made.question = w->question;
	w->made.answer = w->answer;
	if (is_fit(v, w))
		hand_on(v, w);
}

void page_annotate(struct visit *v)
{
	struct annotating *w = calloc(1, sizeof *w);
	if (w == NULL) {
		visit_trouble(v, ERR_FULL, "/cases");
		return;
	}
	annotation_begin(&w->made);
	w->moved = (struct audit_entry){
		.time = v->now, .staff = v->me.who.id, .kind = AUDIT_CASE_MOVED};
	w->uploaded =
		(struct audit_entry){.time = v->now, .staff = v->me.who.id, .kind = AUDIT_UPLOADED};
	enum err e = open_case(v, w);
	snprintf(w->back, sizeof w->back, "/cases/%" PRId64, w->c.number);
	snprintf(w->moved.subject, sizeof w->moved.subject, "%s", w->c.label);
	snprintf(w->moved.reason, sizeof w->moved.reason, "annotate");
	if (e != OK)
		visit_trouble(v, e, "/cases");
	else if (access_key(v->access, v->token, w->c.body, v->ticks, &w->key) != OK)
		visit_say(v, 403, "密钥锁着", "先打开办公室密钥，看了信再办。", w->back);
	else
		annotate(v, w);
	annotation_end(&w->made);
	seal_wipe(w, sizeof *w);
	free(w);
}
