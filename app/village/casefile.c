#include "app/village/casefile.h"

#include <string.h>

enum { NOTICE_WORKDAYS = 3, LEGAL_DAYS = 60 };

static const struct {
	const char *id, *words;
} state[CASE_STATES] = {
	[CASE_RECEIVED] = {"received", "收到"},
	[CASE_REGISTERED] = {"registered", "登记了"},
	[CASE_ACCEPTED] = {"accepted", "受理"},
	[CASE_HANDLING] = {"handling", "正在办"},
	[CASE_REPLIED] = {"replied", "答复您"},
	[CASE_RATED] = {"rated", "您评过了"},
	[CASE_FOLLOW_UP] = {"follow_up", "换人重新了解"},
	[CASE_CLOSED] = {"closed", "办结"},
	[CASE_NOT_ACCEPTED] = {"not_accepted", "不归这里办"},
	[CASE_SEALED] = {"sealed", "已送纪检，内容保密"},
	[CASE_WITHDRAWN] = {"withdrawn", "您撤回了"},
};

#define BY(role) (1u << ROLE_##role)

/* Which states join, and who may take the step. */
static const struct {
	enum case_state from, to;
	unsigned by;
} steps[] = {
	{CASE_RECEIVED, CASE_REGISTERED, BY(CLERK)},
	{CASE_RECEIVED, CASE_SEALED, BY(SYSTEM) | BY(CLERK)},
	{CASE_RECEIVED, CASE_WITHDRAWN, BY(RESIDENT)},
	{CASE_REGISTERED, CASE_ACCEPTED, BY(CLERK) | BY(HANDLER)},
	{CASE_REGISTERED, CASE_NOT_ACCEPTED, BY(CLERK)},
	{CASE_REGISTERED, CASE_REPLIED, BY(CLERK) | BY(HANDLER) | BY(LEADER)},
	{CASE_REGISTERED, CASE_SEALED, BY(CLERK)},
	{CASE_REGISTERED, CASE_WITHDRAWN, BY(RESIDENT)},
	{CASE_ACCEPTED, CASE_HANDLING, BY(HANDLER) | BY(CLERK)},
	{CASE_ACCEPTED, CASE_REPLIED, BY(HANDLER) | BY(LEADER) | BY(CLERK)},
	{CASE_ACCEPTED, CASE_WITHDRAWN, BY(RESIDENT)},
	{CASE_HANDLING, CASE_HANDLING, BY(HANDLER) | BY(CLERK)},
	{CASE_HANDLING, CASE_REPLIED, BY(HANDLER) | BY(LEADER) | BY(CLERK)},
	{CASE_HANDLING, CASE_WITHDRAWN, BY(RESIDENT)},
	{CASE_REPLIED, CASE_RATED, BY(RESIDENT)},
	{CASE_REPLIED, CASE_CLOSED, BY(SYSTEM)},
	{CASE_RATED, CASE_CLOSED, BY(SYSTEM) | BY(CLERK)},
	{CASE_RATED, CASE_FOLLOW_UP, BY(SYSTEM) | BY(CLERK)},
	{CASE_FOLLOW_UP, CASE_HANDLING, BY(HANDLER) | BY(CLERK)},
	{CASE_FOLLOW_UP, CASE_REPLIED, BY(HANDLER) | BY(LEADER) | BY(CLERK)},
	{CASE_SEALED, CASE_REPLIED, BY(DISCIPLINE)},
};

const char *case_state_id(enum case_state s)
{
	return state[s].id;
}

const char *case_state_words(enum case_state s)
{
	return state[s].words;
}

bool case_state_parse(const char *id, enum case_state *out)
{
	for (int i = 0; i < CASE_STATES; i++)
		if (strcmp(state[i].id, id) == 0) {
			*out = (enum case_state)i;
			return true;
		}
	return false;
}

enum err case_step(enum case_state from, enum case_state to, enum case_role by)
{
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		if (steps[i].from == from && steps[i].to == to)
			return steps[i].by & 1u << by ? OK : ERR_REFUSED;
	return ERR_REFUSED;
}

static struct case_deadline deadline(struct workday_date d)
{
	return (struct case_deadline){.day = d.day, .provisional = d.provisional};
}

struct case_deadline case_notice_due(const struct workday_calendar *c, int32_t received)
{
	return deadline(workday_add(c, received, NOTICE_WORKDAYS));
}

struct case_deadline case_answer_due(const struct workday_calendar *c, int32_t received,
				     enum case_class k)
{
	struct workday_date target, legal = workday_after_days(c, received, LEGAL_DAYS);
	switch (k) {
	case CASE_AT_ONCE:
		target = (struct workday_date){.day = received};
		break;
	case CASE_SIMPLE:
		target = workday_add(c, received, 3);
		break;
	case CASE_ORDINARY:
		target = workday_after_days(c, received, 10);
		break;
	case CASE_MAJOR:
	case CASE_REPORT:
	case CASE_CLASSES:
	default:
		target = workday_add(c, received, 15);
		break;
	}
	return deadline(target.day <= legal.day ? target : legal);
}
