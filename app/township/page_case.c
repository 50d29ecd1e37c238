/* page_case.c - one case: what was said, what was done, what can be done now. Who opens it is
 * written down before a word of it is shown. */
#include "app/base/clock.h"
#include "app/store/township/audit.h"
#include "app/store/township/wraps.h"
#include "app/township/annotate.h"
#include "app/township/cases_shown.h"
#include "app/township/letter_open.h"
#include "app/township/pages.h"
#include "app/village/money.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAID_MAX = 40, FOLLOW_MAX = 40, OPENINGS_SHOWN = 20 };

struct showing {
	struct case_row c;
	struct seal_secret key;
	bool open;
	struct complaint says;
	struct case_said said[SAID_MAX];
	size_t said_count;
	struct case_follow_up follow[FOLLOW_MAX];
	size_t follow_count;
	char text[COMPLAINT_TEXT_BYTES];
	struct audit_entry audit;
};

static enum err note(struct db *db, void *self)
{
	const struct audit_entry *a = self;
	return audit_add(db, a);
}

static void fact(struct visit *v, const char *label, const char *value)
{
	html_raw(&v->h, "<dt>");
	html_text(&v->h, label);
	if (value[0] == 0)
		html_raw(&v->h, "</dt><dd class=\"no\">没有填</dd>");
	else {
		html_raw(&v->h, "</dt><dd>");
		html_text(&v->h, value);
		html_raw(&v->h, "</dd>");
	}
}

static void show_matter(struct visit *v, const struct complaint *c)
{
	static const struct {
		const char *label;
		enum question q;
	} asked[ASK_COUNT] = {{"何人", ASK_WHO},   {"何事", ASK_WHAT}, {"何时", ASK_WHEN},
			      {"何地", ASK_WHERE}, {"何因", ASK_WHY},  {"何果", ASK_HARM},
			      {"何诉求", ASK_WISH}};
	struct html *h = &v->h;
	char amount[MONEY_TEXT];
	html_raw(h, "<section class=\"card\"><h2>八何档案<span class=\"sp\"></span>"
		    "<span class=\"hint\">前七项是群众原话，不能改</span></h2><dl class=\"kv\">");
	for (int i = 0; i < ASK_COUNT; i++)
		fact(v, asked[i].label, c->answer[asked[i].q]);
	fact(v, "村", visit_place(v, c->place));
	fact(v, "话题", case_topic_words(topic_id(c->topic)));
	html_raw(h, "</dl>");
	if (c->about_row) {
		const struct catalogue_template *t =
			catalogue_find(v->catalogue, c->row.template_id);
		html_raw(h, "<p class=\"note\">附上的一行：");
		visit_place_full(v, c->row.place);
		html_raw(h, " · ");
		html_text(h, c->row.period);
		html_raw(h, " · ");
		if (t != NULL) {
			html_text(h, t->title);
			html_raw(h, " · ");
		}
		html_text(h, c->row.text);
		html_raw(h, " · ");
		if (t != NULL && t->direction_field >= 0)
			html_text(h, c->row.out ? "支出 " : "收入 ");
		if (t != NULL && t->amount_field >= 0) {
			html_text(h, money_exact(c->row.amount_fen, amount));
			html_raw(h, " 元 · ");
		}
		html_raw(h, "第 ");
		html_number(h, c->row.version);
		html_raw(h, " 版</p>");
	}
	html_raw(h, "</section>");
}

static const char *grade_words(const char *grade)
{
	return strcmp(grade, "satisfied") == 0     ? "满意"
	       : strcmp(grade, "partly") == 0      ? "基本满意"
	       : strcmp(grade, "unsatisfied") == 0 ? "不满意"
						   : "";
}

/* What the resident added or graded since. */
static void show_follow_ups(struct visit *v, struct showing *s)
{
	struct html *h = &v->h;
	if (s->follow_count == 0)
		return;
	html_raw(h, "<section class=\"card\"><h2>反映人后来说的</h2><dl class=\"kv\">");
	for (size_t i = 0; i < s->follow_count; i++) {
		struct follow_words said = {.text = s->text, .size = sizeof s->text};
		html_raw(h, "<dt class=\"num\">");
		html_day(h, clock_day(s->follow[i].received));
		html_raw(h, "</dt><dd>");
		enum err e =
			!s->open ? ERR_REFUSED
				 : letter_follow_up(v, &s->c, s->follow[i].parcel, &s->key, &said);
		if (!s->open)
			html_raw(h, "封着");
		else if (e != OK)
			html_raw(h, "<span class=\"t r\">不是原来那张小票写的，留着备查</span>");
		else if (said.grade[0] != 0)
			html_text(h, grade_words(said.grade));
		else
			html_text(h, s->text);
		html_raw(h, "</dd>");
		seal_wipe(s->text, sizeof s->text);
	}
	html_raw(h, "</dl></section>");
}

/* What the office said so far; opened with the same key. */
static void show_said(struct visit *v, struct showing *s)
{
	struct html *h = &v->h;
	struct seal_public pub;
	if (s->open)
		seal_public_of(&s->key, &pub);
	html_raw(h, "<section class=\"card\"><h2>办理过程</h2><ol class=\"tl\">");
	for (size_t i = 0; i < s->said_count; i++) {
		const struct case_said *one = &s->said[i];
		char text[CAPSULE_TEXT_BYTES] = "";
		html_raw(h, "<li><b>");
		html_text(h, case_state_words(one->state));
		html_raw(h, "</b><span class=\"num\">");
		html_day(h, one->day);
		html_raw(h, "</span>");
		if (one->own.len > SEAL_BOX_EXTRA && s->open &&
		    one->own.len - SEAL_BOX_EXTRA < sizeof text &&
		    seal_box_open(&pub, &s->key, one->own.p, one->own.len, text) == SYNC_OK) {
			text[one->own.len - SEAL_BOX_EXTRA] = 0;
			html_raw(h, "<p>");
			html_text(h, text);
			html_raw(h, "</p>");
		}
		seal_wipe(text, sizeof text);
		html_raw(h, "</li>");
	}
	html_raw(h, "</ol></section>");
}

static void move_form(struct visit *v, const struct case_row *c)
{
	html_raw(&v->h, "<form class=\"col\" method=\"post\"");
	char address[48];
	snprintf(address, sizeof address, "/move/%lld", (long long)c->number);
	html_attr(&v->h, "action", address);
	html_raw(&v->h, ">");
	visit_csrf(v);
}

/* Question and answer beside the row they are about: only with consent, and once answered. */
static void show_annotate(struct visit *v, const struct showing *s)
{
	if (!s->open || !s->says.about_row)
		return;
	if (annotate_may(v, &s->c, &s->says))
		annotate_form(v, &s->c);
	else if (s->says.may_publish)
		html_raw(&v->h, "<section class=\"card\"><h2>公开这一问一答</h2><p class=\"hint\">"
				"反映人同意公开。答复以后，这里可以写。</p></section>");
	else
		html_raw(&v->h, "<section class=\"card\"><h2>公开这一问一答</h2><p class=\"hint\">"
				"反映人没有同意公开，只答复他本人。</p></section>");
}

static void show_accept(struct visit *v, const struct case_row *c)
{
	struct html *h = &v->h;
	move_form(v, c);
	html_raw(h, "<label class=\"f\"><span>怎么办</span><select class=\"in\" name=\"class\">");
	for (int k = CASE_MAJOR; k >= CASE_AT_ONCE; k--) {
		html_raw(h, "<option");
		html_attr_number(h, "value", k);
		html_raw(h, ">");
		html_text(h, case_class_words((enum case_class)k));
		html_raw(h, "</option>");
	}
	html_raw(h, "</select></label><button class=\"b p l wide\" name=\"do\" "
		    "value=\"accept\">受理</button>"
		    "</form>");
	move_form(v, c);
	html_raw(h, "<label class=\"f\"><span>不受理的理由<small "
		    "class=\"hint\">（反映人看得到）</small></span>"
		    "<textarea class=\"in\" name=\"text\" rows=\"2\" "
		    "maxlength=\"1000\"></textarea></label>"
		    "<button class=\"b d\" name=\"do\" value=\"decline\">不受理</button></form>");
}

static void show_answer(struct visit *v, const struct case_row *c)
{
	move_form(v, c);
	html_raw(&v->h,
		 "<label class=\"f\"><span>何处置<small "
		 "class=\"hint\">（反映人看得到；查了什么、怎么处理、依据是什么）"
		 "</small></span><textarea class=\"in\" name=\"text\" rows=\"7\" "
		 "maxlength=\"1500\" required>"
		 "</textarea></label><div class=\"row gap\"><button class=\"b p l\" name=\"do\" "
		 "value=\"reply\">答复</button><button class=\"b\" name=\"do\" value=\"handle\">"
		 "只写一步进度</button></div></form>");
}

static void show_actions(struct visit *v, const struct showing *s)
{
	struct html *h = &v->h;
	const struct case_row *c = &s->c;
	html_raw(h, "<section class=\"card act\"><h2>现在能做</h2>");
	if (!s->open)
		html_raw(h, "<p class=\"hint\">先打开办公室密钥，才能看、才能办。</p>");
	else if (c->state == CASE_RECEIVED || c->state == CASE_REGISTERED)
		show_accept(v, c);
	else if (c->state == CASE_ACCEPTED || c->state == CASE_HANDLING ||
		 c->state == CASE_FOLLOW_UP)
		show_answer(v, c);
	else if (c->state == CASE_RATED) {
		move_form(v, c);
		html_raw(h,
			 "<div class=\"row gap\"><button class=\"b p\" name=\"do\" value=\"redo\">"
			 "换人重办</button><button class=\"b\" name=\"do\" "
			 "value=\"close\">办结</button></div>"
			 "</form>");
	} else {
		html_raw(h, "<p class=\"hint\">等反映人评价，这里没有要办的。</p>");
	}
	html_raw(h, "</section>");
}

static void show_name(struct visit *v, const struct case_row *c)
{
	struct html *h = &v->h;
	char address[48];
	snprintf(address, sizeof address, "/name/%lld", (long long)c->number);
	html_raw(h, "<section class=\"card ask\"><h2>身份信封 <span class=\"t n\">打开过 ");
	html_number(h, c->openings);
	html_raw(h, " 次</span></h2><p "
		    "class=\"hint\">"
		    "只有两个人有钥匙。打开要写明为什么，会记下来，反映人看得到打开过几次。"
		    "</p><form class=\"col\" method=\"post\"");
	html_attr(h, "action", address);
	html_raw(h, ">");
	visit_csrf(v);
	html_raw(h,
		 "<input class=\"in\" name=\"reason\" maxlength=\"200\" "
		 "placeholder=\"为什么要打开（必填）\" "
		 "aria-label=\"为什么要打开\" required><input class=\"in\" type=\"password\" "
		 "name=\"password\" "
		 "maxlength=\"128\" placeholder=\"身份钥匙的口令\" aria-label=\"身份钥匙的口令\" "
		 "autocomplete=\"off\" required><button class=\"b "
		 "d\">打开身份信封</button></form></section>");
}

static void show_openings(struct visit *v, const struct case_row *c)
{
	struct html *h = &v->h;
	struct audit_entry a;
	int64_t at = INT64_MAX;
	html_raw(h, "<section class=\"card\"><h2>谁看过</h2><ul class=\"cap\">");
	struct db *db = township_read_begin(v->s->township);
	for (int i = 0; i < OPENINGS_SHOWN && audit_of(db, c->label, at, &a) == OK; i++) {
		at = a.number;
		html_raw(h, "<li>");
		html_time(h, a.time);
		html_raw(h, " · ");
		html_text(h, a.name);
		html_raw(h, " · ");
		html_text(h, audit_kind_words(a.kind));
		html_raw(h, "</li>");
	}
	township_read_end(v->s->township);
	html_raw(h, "</ul></section>");
}

static void show(struct visit *v, struct showing *s)
{
	struct html *h = &v->h;
	visit_top(v, s->c.label, case_staff_words(s->c.state), "/cases");
	office_key_bar(v);
	html_raw(h, "<p>期限 ");
	case_deadline(v, &s->c);
	html_raw(h, "</p><div class=\"two\"><div class=\"col\">");
	if (s->open)
		show_matter(v, &s->says);
	else
		html_raw(h, "<section class=\"card\"><h2>八何档案</h2><p "
			    "class=\"hint\">内容封着。打开办公室密钥就能看。</p>"
			    "</section>");
	show_follow_ups(v, s);
	if (s->open)
		show_name(v, &s->c);
	html_raw(h, "</div><div class=\"col narrow\">");
	show_actions(v, s);
	show_annotate(v, s);
	if (s->open)
		case_topic_form(v, &s->c);
	show_said(v, s);
	show_openings(v, &s->c);
	html_raw(h, "</div></div>");
	visit_send(v, 200);
}

static enum err gather(struct visit *v, struct showing *s)
{
	int64_t number;
	if (!visit_number(v, &number))
		return ERR_MISSING;
	struct db *db = township_read_begin(v->s->township);
	enum err e = cases_find(db, number, &s->c);
	if (e == OK && (!case_shown(v, &s->c) || case_sealed(v, &s->c)))
		e = ERR_MISSING;
	if (e == OK)
		e = cases_said(db, number, s->said, SAID_MAX, &s->said_count);
	if (e == OK)
		e = cases_follow_ups(db, number, s->follow, FOLLOW_MAX, &s->follow_count);
	township_read_end(v->s->township);
	return e;
}

/* Written down first, opened then. */
static enum err open_letter(struct visit *v, struct showing *s)
{
	if (!access_may(v->me.who.role, ACT_OPEN_CASES) ||
	    access_key(v->access, v->token, s->c.body, v->ticks, &s->key) != OK)
		return OK;
	s->audit = (struct audit_entry){
		.time = v->now, .staff = v->me.who.id, .kind = AUDIT_CASE_OPENED};
	snprintf(s->audit.subject, sizeof s->audit.subject, "%s", s->c.label);
	enum err e = writer_do(v->s->writer, note, &s->audit);
	if (e == OK)
		e = letter_matter(v, s->c.parcel, &s->key, &s->says);
	if (e == ERR_CORRUPT && s->c.kind == PARCEL_LOST)
		e = OK; /* such a letter holds a look-up mark, no story */
	s->open = e == OK;
	return e;
}

void page_case(struct visit *v)
{
	struct showing *s = calloc(1, sizeof *s);
	if (s == NULL) {
		visit_trouble(v, ERR_FULL, "/cases");
		return;
	}
	enum err e = gather(v, s);
	if (e == OK)
		e = open_letter(v, s);
	if (e == OK)
		show(v, s);
	else
		visit_trouble(v, e, "/cases");
	cases_said_free(s->said, s->said_count);
	seal_wipe(s, sizeof *s);
	free(s);
}

/* --- the name --- */

struct naming {
	const struct office *office;
	struct case_row c;
	struct seal_secret key;
	struct complaint says;
	struct audit_entry audit;
};

static enum err count_opening(struct db *db, void *self)
{
	const struct naming *n = self;
	enum err e = cases_name_opened(db, n->office, n->c.number, n->audit.time);
	return e == OK ? audit_add(db, &n->audit) : e;
}

static enum err identity_key(struct visit *v, const char *body, const char *password,
			     struct seal_secret *out)
{
	struct buf wrapped;
	buf_init(&wrapped, WRAP_SECRET_MAX + SEAL_WRAP_EXTRA);
	struct db *db = township_read_begin(v->s->township);
	enum err e = wraps_get(db, v->me.who.id, WRAP_IDENTITY, body, &wrapped);
	township_read_end(v->s->township);
	if (e == OK)
		e = wraps_open(&wrapped, password, out, sizeof *out);
	buf_wipe(&wrapped);
	return e;
}

static void show_identity(struct visit *v, const struct naming *n)
{
	char back[48];
	struct html *h = &v->h;
	snprintf(back, sizeof back, "/cases/%lld", (long long)n->c.number);
	visit_top(v, "身份信封", n->c.label, "/cases");
	html_raw(h, "<section class=\"card say\"><dl class=\"kv\">");
	fact(v, "名字", n->says.name);
	fact(v, "电话", n->says.phone);
	fact(v, "希望", n->says.please_come ? "请人来家里" : n->says.please_ring ? "请打电话" : "");
	html_raw(h, "</dl><p class=\"hint\">这一次打开已经记下。看完请离开这一页。</p><p><a "
		    "class=\"b\"");
	html_attr(h, "href", back);
	html_raw(h, ">看完了</a></p></section>");
	visit_send(v, 200);
}

void page_case_name(struct visit *v)
{
	struct naming *n = calloc(1, sizeof *n);
	char password[STAFF_PASSWORD_MAX + 1] = "";
	int64_t number;
	if (n == NULL) {
		visit_trouble(v, ERR_FULL, "/cases");
		return;
	}
	struct db *db = township_read_begin(v->s->township);
	enum err e = visit_number(v, &number) ? cases_find(db, number, &n->c) : ERR_MISSING;
	township_read_end(v->s->township);
	if (e == OK && (!case_shown(v, &n->c) || case_sealed(v, &n->c)))
		e = ERR_MISSING;
	n->office = v->s->office;
	n->audit = (struct audit_entry){
		.time = v->now, .staff = v->me.who.id, .kind = AUDIT_NAME_OPENED};
	snprintf(n->audit.subject, sizeof n->audit.subject, "%s", n->c.label);
	bool asked = visit_field(v, "reason", n->audit.reason, sizeof n->audit.reason) &&
		     n->audit.reason[0] != 0 &&
		     visit_field(v, "password", password, sizeof password);
	int wait = access_wait_s(v->access, DOOR_NAME, v->me.who.login, v->ticks);
	enum err key = e == OK && asked && wait == 0 ? identity_key(v, n->c.body, password, &n->key)
						     : ERR_REFUSED;
	if (e == OK && asked && wait == 0 && (key == OK || key == ERR_REFUSED))
		access_tried(v->access, DOOR_NAME, v->me.who.login,
			     key == OK ? TRY_GOOD : TRY_WRONG, v->ticks);
	seal_wipe(password, sizeof password);
	if (e == OK && key == OK)
		e = writer_do(v->s->writer, count_opening, n);
	if (e == OK && key == OK)
		e = letter_identity(v, n->c.parcel, &n->key, &n->says);
	if (e == OK && key == OK)
		show_identity(v, n);
	else if (e != OK)
		visit_trouble(v, e, "/cases");
	else if (wait > 0)
		visit_say(v, 429, "试错了好几次", "口令试错了好几次。请过一会儿再试。", "/cases");
	else if (key == ERR_MISSING)
		visit_say(v, 403, "您没有身份钥匙", "身份信封只有指定的两个人打得开。", "/cases");
	else
		visit_say(v, 403, "没有打开", "要写明为什么，口令也要对。身份信封还封着。",
			  "/cases");
	seal_wipe(n, sizeof *n);
	free(n);
}
