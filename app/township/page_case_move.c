/* page_case_move.c - accepting, answering, passing on: each step is told to the resident, sealed to
 * the receipt. */
#include "app/store/township/audit.h"
#include "app/township/cases_shown.h"
#include "app/township/pages.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { STEPS_MAX = 2 };

struct moving {
	const struct office *office;
	struct case_row c;
	enum case_class class;
	bool set_class;
	size_t steps;
	struct case_move step[STEPS_MAX];
	struct audit_entry audit;
	char text[CAPSULE_TEXT_BYTES], by[PLACE_NAME_MAX + 1];
};

static enum err move(struct db *db, void *self)
{
	struct moving *m = self;
	enum err e = OK;
	if (m->set_class)
		e = cases_set_class(db, m->office, m->c.number, m->class, m->audit.time);
	for (size_t i = 0; i < m->steps && e == OK; i++)
		e = cases_move(db, m->office, &m->step[i]);
	return e == OK ? audit_add(db, &m->audit) : e;
}

static void add_step(struct moving *m, enum case_state to, const char *text, const char *by)
{
	m->step[m->steps++] = (struct case_move){.number = m->c.number,
						 .to = to,
						 .role = ROLE_CLERK,
						 .text = text,
						 .by = by,
						 .now = m->audit.time};
}

/* What the button means from where the case stands. False: no such button. */
static bool plan(struct moving *m, const char *what, const char *class)
{
	static const struct {
		const char *what;
		enum case_state to;
		bool words;
	} buttons[] = {{"accept", CASE_ACCEPTED, false}, {"decline", CASE_NOT_ACCEPTED, true},
		       {"handle", CASE_HANDLING, true},  {"reply", CASE_REPLIED, true},
		       {"redo", CASE_FOLLOW_UP, false},  {"close", CASE_CLOSED, false}};
	for (size_t i = 0; i < sizeof buttons / sizeof buttons[0]; i++) {
		if (strcmp(what, buttons[i].what) != 0)
			continue;
		if (buttons[i].words && m->text[0] == 0)
			return false;
		if (m->c.state == CASE_RECEIVED)
			add_step(m, CASE_REGISTERED, "", "");
		if (strcmp(what, "accept") == 0 && class[0] >= '0' && class[0] <= '3' &&
		    class[1] == 0) {
			m->class = (enum case_class)(class[0] - '0');
			m->set_class = true;
		}
		add_step(m, buttons[i].to, buttons[i].words ? m->text : "", m->by);
		return true;
	}
	return false;
}

void page_case_move(struct visit *v)
{
	static struct moving none;
	struct moving m = none;
	char what[16] = "", class[8] = "", back[48] = "/cases";
	struct seal_secret key;
	int64_t number;
	m.office = v->s->office;
	m.audit = (struct audit_entry){
		.time = v->now, .staff = v->me.who.id, .kind = AUDIT_CASE_MOVED};
	struct db *db = township_read_begin(v->s->township);
	enum err e = visit_number(v, &number) ? cases_find(db, number, &m.c) : ERR_MISSING;
	township_read_end(v->s->township);
	if (e == OK && (!case_shown(v, &m.c) || case_sealed(v, &m.c)))
		e = ERR_MISSING;
	if (e != OK) {
		visit_trouble(v, e, "/cases");
		return;
	}
	snprintf(back, sizeof back, "/cases/%" PRId64, m.c.number);
	/* Nobody answers a letter they could not read. */
	if (access_key(v->access, v->token, m.c.body, v->ticks, &key) != OK) {
		visit_say(v, 403, "密钥锁着", "先打开办公室密钥，看了信再办。", back);
		return;
	}
	seal_wipe(&key, sizeof key);
	(void)visit_field(v, "do", what, sizeof what);
	(void)visit_field(v, "class", class, sizeof class);
	if (!visit_field(v, "text", m.text, sizeof m.text))
		m.text[0] = 0;
	staff_masked(v->me.who.name, m.by);
	snprintf(m.audit.subject, sizeof m.audit.subject, "%s", m.c.label);
	snprintf(m.audit.reason, sizeof m.audit.reason, "%s", what);
	if (!plan(&m, what, class))
		visit_say(v, 422, "还差几句话", "这一步要写几句话，反映人要看的。", back);
	else {
		e = writer_do(v->s->writer, move, &m);
		if (e == OK)
			visit_go(v, back, NULL);
		else
			visit_trouble(v, e, back);
	}
	seal_wipe(&m, sizeof m);
}
