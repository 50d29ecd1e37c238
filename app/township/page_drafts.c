/* page_drafts.c - what is on its way to being public, and one sheet of it. */
#include "app/base/text.h"
#include "app/store/township/audit.h"
#include "app/store/township/vouchers.h"
#include "app/township/drafts_shown.h"
#include "app/township/pages.h"
#include "app/township/supervised_shown.h"
#include "app/township/upload_shown.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_MAX = 100 };

/* --- the list --- */

static void list_state(struct visit *v, const struct draft *d, const struct supervised *s)
{
	struct html *h = &v->h;
	bool asks_me = d->state == DRAFT_SUBMITTED && supervised_asks(s, v->me.who.id) &&
		       supervised_word(s, v->me.who.id) == NULL;
	if (d->state == DRAFT_APPROVED)
		html_raw(h, "</td><td><span class=\"t g\">");
	else if (d->state == DRAFT_REFUSED || asks_me)
		html_raw(h, "</td><td><span class=\"t r\">");
	else
		html_raw(h, "</td><td><span class=\"t y\">");
	if (asks_me)
		html_raw(h, "等您签");
	else if (d->state == DRAFT_SUBMITTED)
		supervised_waiting(v, d, s);
	else
		html_text(h, draft_state_words(d->state));
	html_raw(h, "</span></td></tr>");
}

static void list_row(struct visit *v, const struct draft *d, const char *preparer,
		     const struct supervised *s)
{
	struct html *h = &v->h;
	const struct catalogue_template *t = catalogue_find(v->catalogue, d->template_id);
	char address[64], masked[PLACE_NAME_MAX + 1];
	snprintf(address, sizeof address, "/drafts/%" PRId64, d->id);
	html_raw(h, "<tr><td><a class=\"lk\"");
	html_attr(h, "href", address);
	html_raw(h, ">");
	visit_place_full(v, d->place);
	html_raw(h, "</a></td><td>");
	visit_period(v, d->period);
	html_raw(h, "</td><td>");
	html_text(h, t == NULL ? d->template_id : t->title);
	html_raw(h, "</td><td>");
	staff_masked(preparer, masked);
	html_text(h, masked);
	html_raw(h, "</td><td>");
	html_time(h, d->submitted != 0 ? d->submitted : d->uploaded);
	list_state(v, d, s);
}

static void list_begin(struct visit *v, const char *title)
{
	struct html *h = &v->h;
	html_raw(h, "<section class=\"card\"><h2>");
	html_text(h, title);
	html_raw(h,
		 "</h2><div class=\"wide-table\"><table class=\"whole\"><thead><tr>"
		 "<th scope=\"col\">村、小组</th><th scope=\"col\">哪一期</th>"
		 "<th scope=\"col\">什么表</th><th scope=\"col\">谁上传</th>"
		 "<th scope=\"col\">什么时候</th><th scope=\"col\">到哪一步、等谁</th></tr></thead>"
		 "<tbody>");
}

static void list_end(struct visit *v, size_t shown)
{
	if (shown == 0)
		html_raw(&v->h, "<tr><td colspan=\"6\" class=\"cap\">没有。</td></tr>");
	html_raw(&v->h, "</tbody></table></div>");
}

/* From *before on, newest first, those that wait for a signature or those that do not. OK: there
 * is more, from *before on; ERR_MISSING: that was all. */
static enum err list(struct visit *v, bool waiting, int64_t *before)
{
	struct draft d;
	struct staff who;
	struct supervised s = {.wanted = false};
	size_t shown = 0;
	enum err e = OK;
	struct db *db = township_read_begin(v->s->township);
	while (e == OK && shown < LIST_MAX) {
		e = drafts_before(db, *before, &d);
		if (e != OK)
			break;
		*before = d.id;
		if ((d.state == DRAFT_SUBMITTED) != waiting ||
		    !access_covers(v->s->office->settings, &v->me.who, d.place))
			continue;
		if (staff_by_id(db, d.preparer, &who) != OK)
			who.name[0] = 0;
		if (d.state == DRAFT_SUBMITTED)
			e = supervised_read(db, v->s->office->settings,
					    catalogue_find(v->catalogue, d.template_id), &d, &s);
		list_row(v, &d, who.name, &s);
		shown++;
	}
	township_read_end(v->s->township);
	list_end(v, shown);
	return e;
}

/* What waits stands first, however much was uploaded since. */
static enum err list_waiting(struct visit *v)
{
	int64_t before = INT64_MAX;
	list_begin(v, "等着签的");
	enum err e = list(v, true, &before);
	if (e == OK)
		html_raw(&v->h, "<p class=\"cap\">只列前 100 张；签了一些，后面的就出来了。</p>");
	html_raw(&v->h, "</section>");
	return e == ERR_MISSING ? OK : e;
}

void page_drafts(struct visit *v)
{
	struct html *h = &v->h;
	const char *from = http_query(v->r, "before");
	int64_t before = INT64_MAX;
	char address[48];
	enum err e = OK;
	if (from != NULL && !text_number(from, strlen(from), &before))
		before = INT64_MAX;
	visit_top(v, "信息公开", "一个上传，村监委会看过，另一个人签名", "/drafts");
	if (access_may(v->me.who.role, ACT_UPLOAD))
		html_raw(h, "<p><a class=\"b p l\" href=\"/upload\">上传公开资料</a></p>");
	if (before == INT64_MAX)
		e = list_waiting(v);
	if (e == OK) {
		list_begin(v, "别的");
		e = list(v, false, &before);
	}
	if (e == OK) {
		snprintf(address, sizeof address, "/drafts?before=%" PRId64, before);
		html_raw(h, "<p class=\"turn\"><a class=\"b\"");
		html_attr(h, "href", address);
		html_raw(h, ">更早的</a></p>");
	}
	html_raw(h, "</section>");
	if (e == OK || e == ERR_MISSING)
		visit_send(v, 200);
	else
		visit_trouble(v, e, "/");
}

/* --- one sheet --- */

struct looking {
	struct draft d;
	struct staff preparer;
	const struct catalogue_template *t;
	struct published now;
	struct supervised word;
	struct buf sheet, before, findings;
	size_t pictures;
	int64_t waiting;               /* of them, to be looked at by a second person */
	struct correction *correction; /* those that are in the sheet */
	size_t corrections;
};

static enum err count_pictures(struct db *db, struct looking *w)
{
	struct voucher *page;
	enum err e = vouchers_of(db, w->d.id, &page, &w->pictures);
	free(page);
	return e == OK ? vouchers_waiting(db, w->d.id, &w->waiting) : e;
}

static enum err read_corrections(struct db *db, struct looking *w)
{
	struct correction c = {.number = 0};
	enum err e = OK;
	if (w->d.corrected == 0)
		return OK;
	w->correction = calloc(CORRECTIONS_MAX, sizeof c);
	if (w->correction == NULL)
		return ERR_FULL;
	while (e == OK && w->corrections < CORRECTIONS_MAX && c.number < w->d.corrected) {
		e = corrections_next(db, w->d.upload, c.number, &c);
		if (e == OK)
			w->correction[w->corrections++] = c;
	}
	return e == ERR_MISSING ? OK : e;
}

static enum err look(struct visit *v, int64_t id, struct looking *w)
{
	struct db *db = township_read_begin(v->s->township);
	enum err e = drafts_find(db, id, &w->d, &w->sheet, &w->findings);
	if (e == OK && !access_covers(v->s->office->settings, &v->me.who, w->d.place))
		e = ERR_MISSING;
	if (e == OK)
		e = staff_by_id(db, w->d.preparer, &w->preparer);
	if (e == OK)
		e = published_read(db, w->d.place, w->d.template_id, w->d.period, &w->now);
	if (e == OK)
		e = published_rows(db, &w->now, &w->before);
	if (e == OK)
		e = count_pictures(db, w);
	w->t = e == OK ? catalogue_find(v->catalogue, w->d.template_id) : NULL;
	if (e == OK)
		e = supervised_read(db, v->s->office->settings, w->t, &w->d, &w->word);
	if (e == OK)
		e = read_corrections(db, w);
	township_read_end(v->s->township);
	return e == OK && w->t == NULL ? ERR_CORRUPT : e;
}

static void show_people(struct visit *v, const struct looking *w)
{
	struct html *h = &v->h;
	char masked[PLACE_NAME_MAX + 1];
	bool own = w->d.preparer == v->me.who.id;
	staff_masked(w->preparer.name, masked);
	html_raw(h, "<section class=\"card\"><h2>两个人，谁也不能一个人公开</h2><dl class=\"kv\">"
		    "<dt>上传的人</dt><dd>");
	html_text(h, masked);
	html_raw(h, "（");
	html_text(h, staff_role_words(w->preparer.role));
	html_raw(h, "）</dd><dt>您</dt><dd>");
	if (own)
		html_raw(h, "就是上传的人 <span class=\"t r\">要由另一个人来签</span>");
	else
		html_raw(h, "<span class=\"t g\">不是同一个人</span>");
	html_raw(h, "</dd><dt>到哪一步</dt><dd>");
	if (w->d.state == DRAFT_SUBMITTED)
		supervised_waiting(v, &w->d, &w->word);
	else
		html_text(h, draft_state_words(w->d.state));
	if (w->d.state == DRAFT_APPROVED) {
		html_raw(h, "，第 ");
		html_number(h, (int64_t)w->d.number);
		html_raw(h, " 号公开");
	}
	html_raw(h, "</dd>");
	if (w->d.reason[0] != 0) {
		html_raw(h, "<dt>为什么改</dt><dd>");
		html_text(h, w->d.reason);
		html_raw(h, "</dd>");
	}
	if (w->d.refusal[0] != 0) {
		html_raw(h, "<dt>退回的理由</dt><dd>");
		html_text(h, w->d.refusal);
		html_raw(h, "</dd>");
	}
	html_raw(h, "</dl></section>");
}

static void show_pictures(struct visit *v, const struct looking *w)
{
	struct html *h = &v->h;
	char address[64];
	bool own = w->d.preparer == v->me.who.id;
	bool looks = w->d.state == DRAFT_SUBMITTED && !own &&
		     access_may(v->me.who.role, ACT_APPROVE) && w->waiting > 0;
	if (looks)
		html_raw(h, "<section class=\"card ask\"><h2>凭证和照片</h2><p>一共 ");
	else
		html_raw(h, "<section class=\"card\"><h2>凭证和照片</h2><p>一共 ");
	html_number(h, (int64_t)w->pictures);
	html_raw(h, " 张");
	if (looks) {
		html_raw(h, "，还有 <b>");
		html_number(h, w->waiting);
		html_raw(h, "</b> 张您要一张一张看过，才能签");
	}
	html_raw(h, "。</p><p><a class=\"b\"");
	snprintf(address, sizeof address, "/vouchers/%" PRId64, w->d.id);
	html_attr(h, "href", address);
	if (w->d.state == DRAFT_UPLOADED && own)
		html_raw(h, ">放凭证、照片</a></p></section>");
	else
		html_raw(h, ">看凭证、照片</a></p></section>");
}

static void show_fingerprint(struct visit *v, const struct looking *w)
{
	struct html *h = &v->h;
	size_t offset, len;
	html_raw(h, "<section class=\"card\"><h2>这一期的指纹</h2>");
	for (size_t i = 0; upload_part(w->sheet.p, w->sheet.len, i, &offset, &len); i++) {
		struct hash hash;
		char print[40];
		hash_bytes(w->sheet.p + offset, len, &hash);
		sheet_fingerprint(&hash, print);
		html_raw(h, "<div class=\"fp\">");
		for (int k = 0; k < 8; k++) {
			html_raw(h, "<b>");
			html_text_len(h, print + (size_t)k * 5, 4);
			html_raw(h, "</b>");
		}
		html_raw(h, "</div>");
	}
	html_raw(h, "<p class=\"cap\">印在纸质公开栏上，谁都能拿机器上的来对。</p></section>");
}

static void form_head(struct visit *v, const char *action, int64_t id)
{
	char address[64];
	snprintf(address, sizeof address, "%s%" PRId64, action, id);
	html_raw(&v->h, "<form method=\"post\"");
	html_attr(&v->h, "action", address);
	html_raw(&v->h, ">");
	visit_csrf(v);
}

static void show_submit(struct visit *v, const struct looking *w, bool changes)
{
	struct html *h = &v->h;
	html_raw(h, "<section class=\"card act\">");
	form_head(v, "/submit/", w->d.id);
	if (changes)
		html_raw(
			h,
			"<label class=\"f\"><span>为什么要改 <span class=\"hint\">村民看得见</span>"
			"</span><textarea class=\"in\" name=\"reason\" rows=\"3\" "
			"maxlength=\"90\" required></textarea></label>");
	if (w->t->supervised)
		html_raw(h,
			 "<button class=\"b p l wide\">交给监委会和审批人</button></form>"
			 "<p class=\"cap\">交出去以后，先由村监委会签字或者写明为什么不同意，再由"
			 "另一个人签名公开。</p></section>");
	else
		html_raw(h, "<button class=\"b p l wide\">交给审批人签</button></form>"
			    "<p class=\"cap\">交出去以后，要另一个人签名才会公开。</p></section>");
}

static void show_approve(struct visit *v, const struct looking *w)
{
	struct html *h = &v->h;
	html_raw(h, "<section class=\"card act\">");
	if (supervised_waits(&w->word, v->now)) {
		html_raw(h, "<p>村监委会还没有都说话，先不能签名公开。</p></section>");
	} else {
		form_head(v, "/approve/", w->d.id);
		html_raw(h,
			 "<label class=\"ck\"><input type=\"checkbox\" name=\"seen\" value=\"yes\" "
			 "required> 按村民的样子看过一遍</label>");
		if (supervised_on_paper(&w->word))
			html_raw(h, "<label class=\"ck\"><input type=\"checkbox\" name=\"paper\" "
				    "value=\"yes\" required> 签字表的照片看过，是这张表的</label>");
		html_raw(h,
			 "<label class=\"f\"><span>签名口令 "
			 "<span class=\"hint\">只在这一次打开签名钥匙</span></span><input "
			 "class=\"in tall\" "
			 "type=\"password\" name=\"password\" autocomplete=\"off\" "
			 "maxlength=\"128\" "
			 "required></label><button class=\"b p l wide\">签名并公开</button></form>"
			 "<p class=\"cap\">公开以后只能出新版，不能改、不能删</p></section>");
	}
	html_raw(h, "<section class=\"card\">");
	form_head(v, "/refuse/", w->d.id);
	html_raw(h, "<label class=\"f\"><span>退回去改，写明理由</span><textarea class=\"in\" "
		    "name=\"words\" rows=\"2\" maxlength=\"90\" required></textarea></label>"
		    "<button class=\"b d\">退回去改</button></form></section>");
}

static void show_warnings(struct visit *v, const struct looking *w)
{
	static const size_t room = UPLOAD_FINDINGS_MAX;
	struct html *h = &v->h;
	struct finding *f = calloc(room, sizeof *f);
	size_t count = 0;
	if (f != NULL && findings_read(w->findings.p, w->findings.len, f, room, &count) == OK &&
	    count > 0) {
		html_raw(h, "<section class=\"card\"><h2>请核对 ");
		html_number(h, (int64_t)count);
		html_raw(h, " 处</h2>");
		findings_shown(v, f, count);
		if (w->d.upload != 0 && w->d.state == DRAFT_UPLOADED &&
		    w->d.preparer == v->me.who.id) {
			char address[48];
			snprintf(address, sizeof address, "/upload/%" PRId64, w->d.upload);
			html_raw(h, "<p><a class=\"b\"");
			html_attr(h, "href", address);
			html_raw(h, ">有写错的，在网页上改</a></p>");
		}
		html_raw(h, "</section>");
	}
	free(f);
}

/* What was put right on the page, with what the file says. */
static void show_corrections(struct visit *v, const struct looking *w)
{
	if (w->corrections == 0)
		return;
	html_raw(&v->h, "<section class=\"card\"><h2>在网页上改过的格子</h2><p class=\"cap\">"
			"上传的文件没有动；公开的是改过以后的。</p>");
	corrections_shown(v, w->correction, w->corrections);
	html_raw(&v->h, "</section>");
}

static enum err show_changes(struct visit *v, const struct looking *w, bool *changes)
{
	struct html *h = &v->h;
	struct changes n;
	*changes = w->now.parts > 0 && w->before.len > 0;
	if (!*changes || w->d.state == DRAFT_APPROVED) {
		html_raw(h, "<section class=\"card\"><h2>和公开的比</h2><p>");
		if (w->d.state == DRAFT_APPROVED)
			html_raw(h, "这张表已经公开。");
		else
			html_raw(h, "这一期还没有公开过，没有上一版可比。");
		html_raw(h, "</p></section>");
		return OK;
	}
	html_raw(h, "<section class=\"card\"><h2>和公开的比</h2>");
	enum err e = changes_shown(v, w->t, &w->before, &w->sheet, true, &n);
	html_raw(h, "<p class=\"cap\">新增 ");
	html_number(h, (int64_t)n.added);
	html_raw(h, " 行，改了 ");
	html_number(h, (int64_t)n.changed);
	html_raw(h, " 行，去掉 ");
	html_number(h, (int64_t)n.removed);
	html_raw(h, " 行。老的一版照样留着，村民看得见。</p></section>");
	return e;
}

static void turn_pages(struct visit *v, const struct looking *w, size_t first)
{
	struct html *h = &v->h;
	size_t rows = 0;
	char address[64];
	for (size_t i = 0; i < w->sheet.len; i++)
		rows += w->sheet.p[i] == '\n';
	html_raw(h, "<p class=\"row\">");
	if (first >= SHOWN_ROWS) {
		snprintf(address, sizeof address, "/drafts/%" PRId64 "?from=%zu", w->d.id,
			 first - SHOWN_ROWS);
		html_raw(h, "<a class=\"b\"");
		html_attr(h, "href", address);
		html_raw(h, ">上一页</a>");
	}
	if (first + SHOWN_ROWS < rows) {
		snprintf(address, sizeof address, "/drafts/%" PRId64 "?from=%zu", w->d.id,
			 first + SHOWN_ROWS);
		html_raw(h, "<a class=\"b\"");
		html_attr(h, "href", address);
		html_raw(h, ">下一页</a>");
	}
	html_raw(h, "</p>");
}

static enum draft_step step_of(const struct visit *v, const struct looking *w)
{
	if (w->d.state == DRAFT_UPLOADED)
		return STEP_CHANGES;
	if (w->d.state == DRAFT_APPROVED)
		return STEP_OVER;
	return supervised_waits(&w->word, v->now) ? STEP_VILLAGE : STEP_APPROVAL;
}

static enum err show_draft(struct visit *v, const struct looking *w, size_t first)
{
	struct html *h = &v->h;
	char aside[400];
	bool changes, own = w->d.preparer == v->me.who.id;
	snprintf(aside, sizeof aside, "%s · %s · %s", visit_place(v, w->d.place), w->d.period,
		 w->t->title);
	bool asks_me = w->d.state == DRAFT_SUBMITTED && supervised_asks(&w->word, v->me.who.id) &&
		       supervised_word(&w->word, v->me.who.id) == NULL;
	visit_top(v,
		  asks_me                         ? "替村里看一遍，签字"
		  : w->d.state == DRAFT_SUBMITTED ? "审批公开"
						  : "看看差别",
		  aside, "/drafts");
	draft_steps(v, step_of(v, w), w->t->supervised);
	html_raw(h, "<div class=\"two\"><div class=\"col\">");
	enum err e = show_changes(v, w, &changes);
	html_raw(h, "<section class=\"card\"><h2>村民在终端上看到的</h2>");
	sheet_shown(v, w->t, &w->sheet, first);
	turn_pages(v, w, first);
	html_raw(h, "</section>");
	show_corrections(v, w);
	show_warnings(v, w);
	html_raw(h, "</div><div class=\"col narrow\">");
	show_people(v, w);
	supervised_card(v, &w->d, &w->word);
	if (asks_me)
		supervised_forms(v, &w->d);
	if (asks_me || (own && w->word.wanted && w->d.state == DRAFT_SUBMITTED &&
			supervised_word(&w->word, v->me.who.id) == NULL))
		supervised_paper(v, &w->d);
	show_pictures(v, w);
	show_fingerprint(v, w);
	if (w->d.state == DRAFT_UPLOADED && own && access_may(v->me.who.role, ACT_UPLOAD))
		show_submit(v, w, changes);
	if (w->d.state == DRAFT_SUBMITTED && access_may(v->me.who.role, ACT_APPROVE))
		show_approve(v, w);
	html_raw(h, "</div></div>");
	return e;
}

void page_draft(struct visit *v)
{
	struct looking w = {0};
	const char *from = http_query(v->r, "from");
	int64_t id, first = 0;
	buf_init(&w.sheet, DRAFT_BYTES_MAX);
	buf_init(&w.before, DRAFT_BYTES_MAX);
	buf_init(&w.findings, DRAFT_FINDINGS_MAX);
	if (from != NULL && !text_number(from, strlen(from), &first))
		first = 0;
	enum err e = visit_number(v, &id) ? look(v, id, &w) : ERR_MISSING;
	if (e == OK)
		e = show_draft(v, &w, first > UPLOAD_ROWS_MAX ? 0 : (size_t)first);
	if (e == OK)
		visit_send(v, 200);
	else
		visit_trouble(v, e, "/drafts");
	buf_free(&w.sheet);
	buf_free(&w.before);
	buf_free(&w.findings);
	free(w.correction);
}

/* --- handing it on --- */

struct submitting {
	struct audit_entry entry;
	int64_t draft;
	char reason[DRAFT_WORDS_MAX + 1];
};

static enum err submit(struct db *db, void *self)
{
	const struct submitting *s = self;
	enum err e = drafts_submit(db, s->draft, s->entry.staff, s->reason, s->entry.time);
	return e == OK ? audit_add(db, &s->entry) : e;
}

void page_draft_submit(struct visit *v)
{
	struct submitting s = {
		.entry = {.time = v->now, .staff = v->me.who.id, .kind = AUDIT_SUBMITTED}};
	struct draft d;
	struct published now = {0};
	struct db *db = township_read_begin(v->s->township);
	enum err e =
		visit_number(v, &s.draft) ? drafts_find(db, s.draft, &d, NULL, NULL) : ERR_MISSING;
	if (e == OK)
		e = published_read(db, d.place, d.template_id, d.period, &now);
	township_read_end(v->s->township);
	if (e == OK && !visit_field(v, "reason", s.reason, sizeof s.reason) &&
	    form_find(&v->form, "reason") != NULL)
		e = ERR_REFUSED;
	if (e == OK && now.parts > 0 && s.reason[0] == 0) {
		visit_say(v, 422, "请写明为什么改",
			  "这一期公开过。改公开过的账，要给村民一个理由。", "/drafts");
		return;
	}
	snprintf(s.entry.subject, sizeof s.entry.subject, "draft-%" PRId64, s.draft);
	snprintf(s.entry.reason, sizeof s.entry.reason, "%s", s.reason);
	if (e == OK)
		e = writer_do(v->s->writer, submit, &s);
	if (e == OK)
		visit_go(v, "/drafts", NULL);
	else if (e == ERR_REFUSED)
		visit_say(v, 409, "没有交出去",
			  "这一期已经有一张表等着审批，或者这张表不是您上传的。等那张签完再交。",
			  "/drafts");
	else
		visit_trouble(v, e, "/drafts");
}
