/* page_supervise.c - a member of the village's supervision committee signs a draft for the village,
 * or objects and says why; both under their own password, so that an open session speaks for
 * nobody. */
#include "app/store/township/audit.h"
#include "app/store/township/events.h"
#include "app/township/drafts_shown.h"
#include "app/township/pages.h"
#include "app/township/supervised_shown.h"
#include "app/village/typed.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct supervising {
	struct draft d;
	struct supervised so_far;
	struct supervision word;
	struct audit_entry audit;
	char back[48];
};

static enum err speak(struct db *db, void *self)
{
	const struct supervising *w = self;
	enum err e = supervision_put(db, w->d.id, &w->word);
	if (e == OK)
		e = audit_add(db, &w->audit);
	if (e == OK)
		e = events_add(db, w->word.time,
			       w->word.verdict == VERDICT_OBJECTED ? "objected" : "supervised",
			       w->audit.subject);
	return e;
}

static enum err gather(struct visit *v, struct supervising *w)
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
	if (e == OK && !supervised_asks(&w->so_far, v->me.who.id))
		e = ERR_REFUSED;
	snprintf(w->back, sizeof w->back, "/drafts/%" PRId64, w->d.id);
	return e;
}

/* The reason becomes public: one line, and no number that belongs to a person. */
static bool take_reason(struct visit *v, struct supervising *w)
{
	char *reason = w->word.reason;
	size_t at = 0, end;
	if (!visit_field(v, "words", reason, sizeof w->word.reason) ||
	    strspn(reason, " \n") == strlen(reason)) {
		visit_say(v, 422, "请写明理由", "不同意，要写明为什么；村民会看到。", w->back);
		return false;
	}
	for (char *p = reason; *p != 0; p++)
		if (*p == '\n')
			*p = ' ';
	if (typed_personal(reason, strlen(reason), &at, &end) == PERSONAL_NONE)
		return true;
	visit_say(v, 422, "理由里有号码",
		  "理由会公开，里面不能有身份证号、手机号、银行卡号。请去掉再写一遍。", w->back);
	return false;
}

static bool take_word(struct visit *v, struct supervising *w)
{
	char what[16] = "", seen[8];
	(void)visit_field(v, "do", what, sizeof what);
	w->word = (struct supervision){.member = v->me.who.id, .time = v->now};
	if (strcmp(what, "object") == 0) {
		w->word.verdict = VERDICT_OBJECTED;
		return take_reason(v, w);
	}
	w->word.verdict = VERDICT_SIGNED;
	if (strcmp(what, "sign") == 0 && visit_field(v, "seen", seen, sizeof seen) &&
	    strcmp(seen, "yes") == 0)
		return true;
	visit_say(v, 422, "请先看一遍", "签之前，请每一笔都看过，再打勾。", w->back);
	return false;
}

/* Counted at the door of signatures, so that guessing at it shuts nobody out elsewhere. */
static bool knows_password(struct visit *v, const struct supervising *w)
{
	char password[STAFF_PASSWORD_MAX + 1], hash[STAFF_HASH];
	struct staff me;
	const char *login = v->me.who.login;
	if (access_wait_s(v->access, DOOR_SIGN, login, v->ticks) > 0) {
		visit_say(v, 429, "试错了好几次", "口令试错了好几次。请过一会儿再试。", w->back);
		return false;
	}
	bool given = visit_field(v, "password", password, sizeof password);
	struct db *db = township_read_begin(v->s->township);
	enum err e = staff_by_login(db, login, &me, hash);
	township_read_end(v->s->township);
	bool good =
		given && e == OK && me.id == v->me.who.id && seal_password_holds(hash, password);
	seal_wipe(password, sizeof password);
	access_tried(v->access, DOOR_SIGN, login, good ? TRY_GOOD : TRY_WRONG, v->ticks);
	if (!good)
		visit_say(v, 403, "口令不对", "口令不对，什么都没有记下。请再试一次。", w->back);
	return good;
}

void page_supervise(struct visit *v)
{
	struct supervising w = {.d = {.id = 0}};
	enum err e = gather(v, &w);
	if (e == ERR_REFUSED) {
		visit_say(v, 403, "这张表不归您签",
			  "只有这个村监督委员会的人，用自己的账号，才能签。", "/drafts");
		return;
	}
	if (e != OK) {
		visit_trouble(v, e, "/drafts");
		return;
	}
	if (!take_word(v, &w) || !knows_password(v, &w))
		return;
	w.audit = (struct audit_entry){
		.time = v->now,
		.staff = v->me.who.id,
		.kind = w.word.verdict == VERDICT_OBJECTED ? AUDIT_OBJECTED : AUDIT_SUPERVISED};
	snprintf(w.audit.subject, sizeof w.audit.subject, "draft-%" PRId64, w.d.id);
	snprintf(w.audit.reason, sizeof w.audit.reason, "%s", w.word.reason);
	e = writer_do(v->s->writer, speak, &w);
	if (e == OK)
		visit_go(v, w.back, NULL);
	else
		visit_trouble(v, e, w.back);
}
