#include "app/township/cases_shown.h"

#include "app/base/clock.h"

#include <stdio.h>
#include <string.h>

bool case_shown(const struct visit *v, const struct case_row *c)
{
	const struct body *b = settings_body(v->s->office->settings, c->body);
	return b != NULL && access_covers(v->s->office->settings, &v->me.who, b->place);
}

bool case_sealed(const struct visit *v, const struct case_row *c)
{
	const struct body *b = settings_body(v->s->office->settings, c->body);
	return b == NULL || b->role == BODY_DISCIPLINE || c->state == CASE_SEALED;
}

static bool case_over_state(enum case_state s)
{
	return s == CASE_REPLIED || s == CASE_RATED || s == CASE_CLOSED || s == CASE_NOT_ACCEPTED ||
	       s == CASE_WITHDRAWN;
}

bool case_over(const struct case_row *c)
{
	return case_over_state(c->state);
}

const char *case_class_words(enum case_class k)
{
	static const char *const words[CASE_CLASSES] = {"即时答复 · 当天", "3 个工作日", "10 天",
							"15 个工作日", "移送"};
	return k < CASE_CLASSES ? words[k] : "";
}

const char *case_topic_words(const char *topic)
{
	static const char *const words[TOPIC_COUNT] = {
		[TOPIC_MONEY] = "财务",       [TOPIC_LAND] = "征地补偿",
		[TOPIC_SUBSIDY] = "补贴低保", [TOPIC_ROAD_WATER] = "水电路",
		[TOPIC_PROJECT] = "工程项目", [TOPIC_CADRE] = "干部作风",
		[TOPIC_NEIGHBOUR] = "邻里",   [TOPIC_OTHER] = "其他"};
	for (int i = 0; i < TOPIC_COUNT; i++)
		if (strcmp(topic_id((enum topic)i), topic) == 0)
			return words[i];
	return "";
}

const char *case_staff_words(enum case_state s)
{
	static const char *const words[CASE_STATES] = {
		[CASE_RECEIVED] = "待受理",        [CASE_REGISTERED] = "待受理",
		[CASE_ACCEPTED] = "受理了",        [CASE_HANDLING] = "办理中",
		[CASE_REPLIED] = "答复了，等评价", [CASE_RATED] = "评过了",
		[CASE_FOLLOW_UP] = "重办",         [CASE_CLOSED] = "办结",
		[CASE_NOT_ACCEPTED] = "不受理",    [CASE_SEALED] = "封着",
		[CASE_WITHDRAWN] = "撤回了"};
	return s < CASE_STATES ? words[s] : "";
}

/* How much of the time is gone, as a bar. */
static void time_gone(struct visit *v, const struct case_row *c, const char *class)
{
	struct html *h = &v->h;
	int32_t from = clock_day(c->received), today = clock_day(v->now);
	int whole = clock_days_between(from, c->due), gone = clock_days_between(from, today);
	html_raw(h, "<progress aria-hidden=\"true\"");
	html_attr(h, "class", class);
	html_attr_number(h, "max", whole > 0 ? whole : 1);
	html_attr_number(h, "value", whole <= 0 || gone >= whole ? (whole > 0 ? whole : 1) : gone);
	html_raw(h, "></progress>");
}

void case_deadline(struct visit *v, const struct case_row *c)
{
	struct html *h = &v->h;
	int32_t today = clock_day(v->now);
	const struct workday_calendar *calendar = settings_calendar(v->s->office->settings);
	if (case_over(c)) {
		html_raw(h, "<span class=\"cap\">—</span>");
	} else if (c->due < today) {
		html_raw(h, "<span class=\"due late\">超 ");
		html_number(h, workday_between(calendar, c->due, today));
		html_raw(h, " 个工作日</span>");
		time_gone(v, c, "left late");
	} else if (c->due == today) {
		html_raw(h, "<span class=\"due now\">今天到期</span>");
		time_gone(v, c, "left now");
	} else {
		html_raw(h, "<span class=\"due\">");
		html_day(h, c->due);
		html_raw(h, " 前</span>");
		if (c->due_provisional)
			html_raw(h, "<span class=\"cap\"> 暂定</span>");
		time_gone(v, c, "left");
	}
}

static const char *state_colour(enum case_state s)
{
	if (s == CASE_RECEIVED || s == CASE_REGISTERED)
		return "t blue";
	if (s == CASE_REPLIED || s == CASE_RATED)
		return "t y";
	if (s == CASE_FOLLOW_UP)
		return "t r";
	return case_over_state(s) ? "t n" : "t g";
}

void case_lines_begin(struct visit *v)
{
	html_raw(&v->h, "<div class=\"wide-table\"><table class=\"tall whole\"><thead><tr>"
			"<th scope=\"col\">编号</th><th scope=\"col\">收到</th>"
			"<th scope=\"col\">谁来办</th><th scope=\"col\">话题</th>"
			"<th scope=\"col\">怎么办</th><th scope=\"col\">期限</th>"
			"<th scope=\"col\">状态</th></tr></thead><tbody>");
}

void case_line(struct visit *v, const struct case_row *c)
{
	struct html *h = &v->h;
	char address[48];
	bool sealed = case_sealed(v, c), over = !case_over(c) && c->due < clock_day(v->now);
	snprintf(address, sizeof address, "/cases/%lld", (long long)c->number);
	html_raw(h, "<tr");
	if (sealed)
		html_raw(h, " class=\"sealed\"");
	else if (over)
		html_raw(h, " class=\"over\"");
	html_raw(h, "><td>");
	if (sealed) {
		html_raw(h, "<b>");
		html_text(h, c->label);
		html_raw(h, "</b>");
	} else {
		html_raw(h, "<a class=\"lk\"");
		html_attr(h, "href", address);
		html_raw(h, ">");
		html_text(h, c->label);
		html_raw(h, "</a>");
	}
	html_raw(h, "</td><td class=\"num\">");
	html_day(h, clock_day(c->received));
	html_raw(h, "</td><td>");
	const struct body *b = settings_body(v->s->office->settings, c->body);
	html_text(h, b == NULL ? "" : b->short_name);
	html_raw(h, "</td><td>");
	if (sealed)
		html_raw(h, "封着，这里打不开");
	else
		html_text(h, c->kind == PARCEL_LOST ? "有人查不到信" : case_topic_words(c->topic));
	html_raw(h, "</td><td>");
	if (!sealed) {
		html_raw(h, "<span class=\"t n\">");
		html_text(h, case_class_words(c->class));
		html_raw(h, "</span>");
	}
	html_raw(h, "</td><td>");
	case_deadline(v, c);
	html_raw(h, "</td><td>");
	if (!sealed) {
		html_raw(h, "<span");
		html_attr(h, "class", state_colour(c->state));
		html_raw(h, ">");
		html_text(h, case_staff_words(c->state));
		html_raw(h, "</span>");
	}
	html_raw(h, "</td></tr>");
}

void case_lines_end(struct visit *v)
{
	html_raw(&v->h, "</tbody></table></div>");
}

struct counting {
	const struct visit *v;
	int32_t today;
	struct case_counts *out;
};

static enum err count_one(void *self, const struct case_row *c)
{
	const struct counting *w = self;
	if (!case_shown(w->v, c))
		return OK;
	w->out->all++;
	w->out->overdue += c->due < w->today;
	w->out->today += c->due == w->today;
	if (c->state == CASE_RECEIVED || c->state == CASE_REGISTERED)
		w->out->to_accept++;
	else if (c->state != CASE_SEALED)
		w->out->in_hand++;
	return OK;
}

enum err cases_count(struct visit *v, struct case_counts *out)
{
	struct counting w = {v, clock_day(v->now), out};
	const struct desk_reader reader = {count_one, &w};
	*out = (struct case_counts){0};
	struct db *db = township_read_begin(v->s->township);
	enum err e = desk_cases(db, DESK_OPEN, &reader);
	township_read_end(v->s->township);
	return e;
}

void office_key_bar(struct visit *v)
{
	struct html *h = &v->h;
	if (!access_may(v->me.who.role, ACT_OPEN_CASES))
		return;
	if (v->me.keys > 0) {
		struct clock_date d = clock_date(v->now + v->me.keys_until - v->ticks);
		char until[32];
		snprintf(until, sizeof until, "%02d:%02d", d.hour, d.minute);
		html_raw(h, "<form class=\"key open\" method=\"post\" action=\"/keys\">");
		visit_csrf(v);
		html_icon(h, "lock", 22);
		html_raw(h, "<b>办公室密钥已打开 · ");
		html_text(h, until);
		html_raw(h, " 自动锁上</b><span "
			    "class=\"cap\">内容看得见，是因为密钥开着；每打开一份都记下来"
			    "</span><span class=\"sp\"></span><button class=\"b\" name=\"do\" "
			    "value=\"close\">现在锁上</button></form>");
		return;
	}
	html_raw(h, "<form class=\"key shut\" method=\"post\" action=\"/keys\">");
	visit_csrf(v);
	html_icon(h, "lock", 22);
	html_raw(h,
		 "<b>办公室密钥锁着</b><span class=\"cap\">只看得见编号、日期、期限、类别和状态；"
		 "内容一个字也看不见</span><span class=\"sp\"></span><label class=\"row\">"
		 "<b>密钥口令</b><input class=\"in short\" type=\"password\" name=\"password\" "
		 "autocomplete=\"off\" maxlength=\"128\" required></label>"
		 "<button class=\"b p\" name=\"do\" value=\"open\">打开 30 分钟</button></form>");
}
