/* page_case_topic.c - the body that holds a case says what it is about, so that cases can be
 * counted by topic without opening them. Who says so is written down. */
#include "app/store/township/audit.h"
#include "app/township/cases_shown.h"
#include "app/township/pages.h"
#include "app/village/complaint.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct naming {
	struct case_row c;
	char topic[32];
	struct audit_entry audit;
};

void case_topic_form(struct visit *v, const struct case_row *c)
{
	struct html *h = &v->h;
	char address[48];
	snprintf(address, sizeof address, "/topic/%" PRId64, c->number);
	html_raw(h, "<section class=\"card\"><h2>这封信讲的是哪一类</h2><form class=\"row\" "
		    "method=\"post\"");
	html_attr(h, "action", address);
	html_raw(h, ">");
	visit_csrf(v);
	html_raw(h, "<select class=\"in\" name=\"topic\" aria-label=\"哪一类\" required>");
	if (c->topic[0] == 0)
		html_raw(h, "<option value=\"\">还没有写</option>");
	for (int i = 0; i < TOPIC_COUNT; i++) {
		html_raw(h, "<option");
		html_attr(h, "value", topic_id((enum topic)i));
		if (strcmp(c->topic, topic_id((enum topic)i)) == 0)
			html_raw(h, " selected");
		html_raw(h, ">");
		html_text(h, case_topic_words(topic_id((enum topic)i)));
		html_raw(h, "</option>");
	}
	html_raw(h, "</select><button class=\"b\">记下</button></form><p class=\"cap\">只写类别，"
		    "不写内容；统计用，县里看得到。</p></section>");
}

static enum err store(struct db *db, void *self)
{
	const struct naming *n = self;
	enum err e = cases_set_topic(db, n->c.number, n->topic, n->audit.time);
	return e == OK ? audit_add(db, &n->audit) : e;
}

void page_case_topic(struct visit *v)
{
	struct naming n = {.topic = ""};
	struct seal_secret key;
	char back[48] = "/cases";
	int64_t number;
	struct db *db = township_read_begin(v->s->township);
	enum err e = visit_number(v, &number) ? cases_find(db, number, &n.c) : ERR_MISSING;
	township_read_end(v->s->township);
	if (e == OK && (!case_shown(v, &n.c) || case_sealed(v, &n.c)))
		e = ERR_MISSING;
	if (e != OK) {
		visit_trouble(v, e, back);
		return;
	}
	snprintf(back, sizeof back, "/cases/%" PRId64, n.c.number);
	/* Only who can read the letter knows what it is about. */
	if (access_key(v->access, v->token, n.c.body, v->ticks, &key) != OK) {
		visit_say(v, 403, "密钥锁着", "先打开办公室密钥，看了信再写类别。", back);
		return;
	}
	seal_wipe(&key, sizeof key);
	if (!visit_field(v, "topic", n.topic, sizeof n.topic) ||
	    case_topic_words(n.topic)[0] == 0) {
		visit_say(v, 422, "没有选类别", "请选一类。", back);
		return;
	}
	n.audit = (struct audit_entry){.time = v->now, .staff = v->me.who.id, .kind = AUDIT_TOPIC};
	snprintf(n.audit.subject, sizeof n.audit.subject, "%s", n.c.label);
	snprintf(n.audit.reason, sizeof n.audit.reason, "%s", case_topic_words(n.topic));
	e = writer_do(v->s->writer, store, &n);
	if (e == OK)
		visit_go(v, back, NULL);
	else
		visit_trouble(v, e, back);
}
