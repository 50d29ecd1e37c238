/* desk_statements.h - SQL of what the office's lists and its clock look up, by name. */
STATEMENT(EVENT_NEWEST, "SELECT time FROM event ORDER BY sequence DESC LIMIT 1")
#define CASE_OVER "('replied', 'rated', 'closed', 'not-accepted', 'withdrawn')"
STATEMENT(CASES_OPEN,
	  "SELECT number FROM matter WHERE state NOT IN " CASE_OVER " ORDER BY due, number")
STATEMENT(CASES_OVER, "SELECT number FROM matter WHERE state IN " CASE_OVER " ORDER BY number DESC")
STATEMENT(AUDIT_CASE_BODY, "SELECT body FROM matter WHERE label = $1")
STATEMENT(AUDIT_DRAFT_PLACE, "SELECT place FROM draft WHERE id = $1")
STATEMENT(AUDIT_LOGIN_PLACE, "SELECT place FROM staff WHERE login = $1")
STATEMENT(AUDIT_STAFF_PLACE, "SELECT place FROM staff WHERE id = $1")
STATEMENT(COUNTED, "SELECT rows, in_fen, out_fen, passed_fen, household_fen FROM counted WHERE "
		   "hash = $1 AND template = $2 AND rule = $3")
STATEMENT(COUNTED_PUT, "INSERT INTO counted (hash, template, rule, rows, in_fen, out_fen, passed_fen, "
		       "household_fen) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (hash, "
		       "template, rule) DO NOTHING")
