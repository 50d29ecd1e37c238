/* casefile.h - the states of a case, who may move it, and by when.
 *
 * Limits: 信访工作条例 2022 art. 22, 23, 34,
 * 35; Mengzi: simple matters 3 working days, major 15 working days. Every target counts from the
 * day the server received the letter; no date typed by staff moves a clock. */
#pragma once
#include "app/base/err.h"
#include "app/village/workday.h"

#include <stdbool.h>
#include <stdint.h>

enum case_state {
	CASE_RECEIVED,
	CASE_REGISTERED,
	CASE_ACCEPTED,
	CASE_HANDLING,
	CASE_REPLIED,
	CASE_RATED,
	CASE_FOLLOW_UP,
	CASE_CLOSED,
	CASE_NOT_ACCEPTED,
	CASE_SEALED, /* discipline only */
	CASE_WITHDRAWN,
	CASE_STATES
};
enum case_class { CASE_AT_ONCE, CASE_SIMPLE, CASE_ORDINARY, CASE_MAJOR, CASE_REPORT, CASE_CLASSES };
enum case_role {
	ROLE_RESIDENT,
	ROLE_CLERK,
	ROLE_HANDLER,
	ROLE_LEADER,
	ROLE_DISCIPLINE,
	ROLE_SYSTEM,
	CASE_ROLES
};

const char *case_state_id(enum case_state s); /* "received" */
bool case_state_parse(const char *id, enum case_state *out);
/* What the resident reads: 镇信访办收到. */
const char *case_state_words(enum case_state s);

/* ERR_REFUSED when this role may not, or the states do not join. */
must_use enum err case_step(enum case_state from, enum case_state to, enum case_role by);

struct case_deadline {
	int32_t day;
	bool provisional;
};
/* By when the resident must hear something (notice) and have the answer. */
struct case_deadline case_notice_due(const struct workday_calendar *c, int32_t received);
struct case_deadline case_answer_due(const struct workday_calendar *c, int32_t received,
				     enum case_class k);
