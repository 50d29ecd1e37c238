/* page_approve.c - a second person signs what the first prepared, or sends it back.
 *
 * The publication key is opened with the approver's password for this one signature and wiped. */
#include "app/base/clock.h"
#include "app/store/township/audit.h"
#include "app/store/township/wraps.h"
#include "app/township/drafts_shown.h"
#include "app/township/pages.h"
#include "app/township/supervised.h"
#include "app/township/voucher_files.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct approving {
	struct draft d;
	struct staff preparer;
	struct published now;
	struct supervised word; /* of the village, as the signature says it */
	const struct catalogue_template *t;
	struct buf sheet, wrapped, signed_text;
	struct sign_public pub;
	struct sign_secret sec;
	const struct settings *settings;
	struct sheet_entry entry[PUBLISHED_PARTS_MAX];
	struct publication_sheet part[PUBLISHED_PARTS_MAX];
	struct publication p;
	struct audit_entry audit;
	char back[48];   /* the sheet itself, to try again */
	int64_t waiting; /* pictures nobody but the preparer has looked at */
	struct voucher_out pictures;
	bool open; /* on the open network too */
};

/* The member's own key for this place: of the place itself or of one above it. */
static enum err find_key(struct db *db, const struct visit *v, struct approving *w)
{
	char owner[PLACE_ID_MAX + 1] = "";
	enum err e = wraps_next(db, v->me.who.id, WRAP_PUBLICATION, "", owner);
	for (; e == OK; e = wraps_next(db, v->me.who.id, WRAP_PUBLICATION, owner, owner))
		if (settings_below(w->settings, w->d.place, owner))
			return wraps_get(db, v->me.who.id, WRAP_PUBLICATION, owner, &w->wrapped);
	return e;
}

static enum err gather(struct visit *v, int64_t id, struct approving *w)
{
	struct db *db = township_read_begin(v->s->township);
	enum err e = drafts_find(db, id, &w->d, &w->sheet, NULL);
	if (e == OK && !access_covers(w->settings, &v->me.who, w->d.place))
		e = ERR_MISSING;
	if (e == OK)
		e = staff_by_id(db, w->d.preparer, &w->preparer);
	if (e == OK)
		e = published_read(db, w->d.place, w->d.template_id, w->d.period, &w->now);
	w->t = catalogue_find(v->catalogue, w->d.template_id);
	if (e == OK)
		e = supervised_read(db, w->settings, w->t, &w->d, &w->word);
	if (e == OK && find_key(db, v, w) == ERR_MISSING)
		w->wrapped.len = 0;
	if (e == OK)
		e = vouchers_waiting(db, id, &w->waiting);
	township_read_end(v->s->township);
	w->open = w->t != NULL && !w->t->household;
	return e;
}

/* Part i of the draft against what is public; a part that is the same again is left out. */
static enum err add_part(struct approving *w, size_t i, const void *bytes, size_t len)
{
	const struct sheet_entry *was = i < w->now.parts ? &w->now.part[i] : NULL;
	size_t n = w->p.sheet_count;
	if (i >= PUBLISHED_PARTS_MAX)
		return ERR_FULL;
	struct sheet_entry *s = &w->entry[n];
	*s = (struct sheet_entry){.part = (uint32_t)i + 1, .version = 1};
	enum err e = sheet_measure(bytes, len, s);
	if (e != OK || (was != NULL && was->version > 0 && hash_equal(&was->hash, &s->hash)))
		return e;
	snprintf(s->template_id, sizeof s->template_id, "%s", w->d.template_id);
	snprintf(s->period, sizeof s->period, "%s", w->d.period);
	if (was != NULL && was->version > 0) {
		s->version = was->version + 1;
		snprintf(s->reason, sizeof s->reason, "%s", w->d.reason);
	}
	w->part[n] = (struct publication_sheet){bytes, len};
	w->p.sheet_count++;
	return OK;
}

static enum err compose(const struct visit *v, struct approving *w)
{
	size_t offset, len, i = 0;
	enum err e = OK;
	const struct place *town = settings_above(w->settings, w->d.place, PLACE_TOWNSHIP);
	for (; e == OK && upload_part(w->sheet.p, w->sheet.len, i, &offset, &len); i++)
		e = add_part(w, i, w->sheet.p + offset, len);
	for (; e == OK && i < w->now.parts; i++)
		e = add_part(w, i, "", 0); /* a part no row is left of */
	if (e == OK && w->p.sheet_count == 0)
		e = ERR_REFUSED;
	w->p.sheet = w->entry;
	w->p.number = w->now.number + 1;
	w->p.previous = w->now.previous;
	w->p.day = clock_day(v->now);
	snprintf(w->p.place, sizeof w->p.place, "%s", w->d.place);
	snprintf(w->p.issuer, sizeof w->p.issuer, "%s",
		 town == NULL ? visit_place(v, v->s->office->place) : town->name);
	staff_masked(w->preparer.name, w->p.prepared_by);
	staff_masked(v->me.who.name, w->p.approved_by);
	supervised_signers(&w->word, w->p.supervisor);
	supervised_objections(&w->word, w->p.objection);
	return e;
}

/* The opened key must be one the settings name for this place. */
static enum err open_key(const char *password, struct approving *w)
{
	char id[SIGN_ID_CHARS + 1];
	struct sign_public named;
	struct sign_secret whole;
	int32_t until;
	enum err e = wraps_open(&w->wrapped, password, &whole, sizeof whole);
	if (e != OK)
		return e;
	sign_from_seed(whole.b, &w->pub, &w->sec);
	seal_wipe(&whole, sizeof whole);
	sign_key_id(&w->pub, id);
	return settings_publication_key(w->settings, w->d.place, id, w->p.day, &named, &until) == OK
		       ? OK
		       : ERR_CORRUPT;
}

/* True when the village said something since the text was signed: it must not be left out. */
static bool said_more(struct db *db, const struct approving *w)
{
	struct supervised word;
	return supervised_read(db, w->settings, w->t, &w->d, &word) != OK ||
	       word.words != w->word.words;
}

static enum err publish(struct db *db, void *self)
{
	struct approving *w = self;
	enum err e = said_more(db, w) ? ERR_REFUSED : OK;
	if (e == OK)
		e = drafts_approve(db, w->d.id, w->audit.staff, w->p.number, w->audit.time);
	if (e == OK)
		e = vouchers_publish(db, w->d.id, w->pictures.bytes, w->open);
	if (e == OK)
		e = publications_put(db, w->settings, &w->signed_text, w->part, w->p.sheet_count,
				     w->audit.time);
	return e == OK ? audit_add(db, &w->audit) : e;
}

static void sign(struct visit *v, struct approving *w, const char *password)
{
	enum err e = open_key(password, w);
	/* A key that opened was opened by the right password, whether the settings know it or not.
	 */
	if (e == OK || e == ERR_REFUSED)
		access_tried(v->access, DOOR_SIGN, v->me.who.login, e == OK ? TRY_GOOD : TRY_WRONG,
			     v->ticks);
	if (e == ERR_REFUSED) {
		visit_say(v, 403, "签名口令不对", "口令不对，没有公开。请再试一次。", w->back);
		return;
	}
	if (e == ERR_CORRUPT) {
		visit_say(v, 403, "这把签名钥匙不能用",
			  "县里现在的设置不认这把钥匙，没有公开。请找管理员换钥匙。", w->back);
		return;
	}
	if (e == OK)
		e = compose(v, w);
	if (e == OK)
		e = publication_make(&w->p, &w->pub, &w->sec, &w->signed_text);
	seal_wipe(&w->sec, sizeof w->sec);
	if (e == OK)
		e = voucher_write_out(v, w->d.id, &w->pictures);
	if (e == OK)
		e = writer_do(v->s->writer, publish, w);
	if (e == OK) {
		voucher_clear_away(v, &w->pictures);
		visit_go(v, "/drafts", NULL);
	} else
		visit_trouble(v, e, w->back);
}

static void decide(struct visit *v, struct approving *w)
{
	char password[STAFF_PASSWORD_MAX + 1], seen[8];
	int wait = access_wait_s(v->access, DOOR_SIGN, v->me.who.login, v->ticks);
	if (w->d.preparer == v->me.who.id)
		visit_say(v, 403, "自己不能签自己的", "这张表是您上传的，要由另一个人来看、来签。",
			  w->back);
	else if (w->d.state != DRAFT_SUBMITTED)
		visit_trouble(v, ERR_REFUSED, w->back);
	else if (supervised_waits(&w->word, v->now))
		visit_say(v, 409, "还在等监委会",
			  "这张表要先由村务监督委员会看过：签字，或者写明为什么不同意。", w->back);
	else if (supervised_word(&w->word, v->me.who.id) != NULL)
		visit_say(v, 403, "自己不能签自己的", "您已经替村里说过话，要由另一个人来批。",
			  w->back);
	else if (w->wrapped.len == 0)
		visit_say(v, 403, "您没有签名钥匙",
			  "您名下没有这个地方的签名钥匙。请找管理员，由有钥匙的同事给您一把。",
			  w->back);
	else if (supervised_on_paper(&w->word) &&
		 (!visit_field(v, "paper", seen, sizeof seen) || strcmp(seen, "yes") != 0))
		visit_say(v, 422, "请先看签字表", "签之前，请看签字表的照片，再打勾。", w->back);
	else if (!visit_field(v, "seen", seen, sizeof seen) || strcmp(seen, "yes") != 0)
		visit_say(v, 422, "请先看一遍", "签之前，请按村民的样子看一遍，再打勾。", w->back);
	else if (w->waiting > 0)
		visit_say(v, 422, "凭证还没有看完",
			  "每一张凭证、照片，都要您看过、打勾，才能签名公开。", w->back);
	else if (wait > 0)
		visit_say(v, 429, "试错了好几次", "口令试错了好几次。请过一会儿再试。", w->back);
	else if (visit_field(v, "password", password, sizeof password))
		sign(v, w, password);
	else
		visit_say(v, 422, "没有填口令", "请填签名口令。", w->back);
	seal_wipe(password, sizeof password);
}

void page_approve(struct visit *v)
{
	int64_t id;
	struct approving *w = calloc(1, sizeof *w);
	if (w == NULL) {
		visit_trouble(v, ERR_FULL, "/drafts");
		return;
	}
	w->settings = v->s->office->settings;
	buf_init(&w->sheet, DRAFT_BYTES_MAX);
	buf_init(&w->wrapped, WRAP_SECRET_MAX + SEAL_WRAP_EXTRA);
	buf_init(&w->signed_text, PUBLICATION_BYTES_MAX);
	enum err e = visit_number(v, &id) ? gather(v, id, w) : ERR_MISSING;
	w->audit =
		(struct audit_entry){.time = v->now, .staff = v->me.who.id, .kind = AUDIT_APPROVED};
	snprintf(w->audit.subject, sizeof w->audit.subject, "draft-%" PRId64, w->d.id);
	snprintf(w->back, sizeof w->back, "/drafts/%" PRId64, w->d.id);
	if (e == OK)
		decide(v, w);
	else
		visit_trouble(v, e, "/drafts");
	buf_free(&w->sheet);
	buf_free(&w->wrapped);
	buf_free(&w->signed_text);
	voucher_out_free(&w->pictures);
	seal_wipe(w, sizeof *w);
	free(w);
}

/* --- sending back --- */

struct refusing {
	struct audit_entry audit;
	int64_t draft;
	char words[DRAFT_WORDS_MAX + 1];
};

static enum err refuse(struct db *db, void *self)
{
	const struct refusing *w = self;
	enum err e = drafts_refuse(db, w->draft, w->audit.staff, w->words, w->audit.time);
	return e == OK ? audit_add(db, &w->audit) : e;
}

void page_refuse(struct visit *v)
{
	struct draft d;
	struct refusing w = {
		.audit = {.time = v->now, .staff = v->me.who.id, .kind = AUDIT_REFUSED}};
	struct db *db = township_read_begin(v->s->township);
	enum err e =
		visit_number(v, &w.draft) ? drafts_find(db, w.draft, &d, NULL, NULL) : ERR_MISSING;
	township_read_end(v->s->township);
	if (e == OK && !access_covers(v->s->office->settings, &v->me.who, d.place))
		e = ERR_MISSING;
	if (e == OK && (!visit_field(v, "words", w.words, sizeof w.words) || w.words[0] == 0)) {
		visit_say(v, 422, "请写明理由", "退回去改，要写明改什么。", "/drafts");
		return;
	}
	snprintf(w.audit.subject, sizeof w.audit.subject, "draft-%" PRId64, w.draft);
	snprintf(w.audit.reason, sizeof w.audit.reason, "%s", w.words);
	if (e == OK)
		e = writer_do(v->s->writer, refuse, &w);
	if (e == OK)
		visit_go(v, "/drafts", NULL);
	else
		visit_trouble(v, e, "/drafts");
}
