/* staff_statements.h - SQL of the office: staff, drafts, openings, by name. */
STATEMENT(STAFF_ADD, "INSERT INTO staff (login, name, role, place, password, added) VALUES "
		     "($1, $2, $3, $4, $5, $6) RETURNING id")
STATEMENT(STAFF_BY_LOGIN, "SELECT id, login, name, role, place, last_login, password FROM staff "
			  "WHERE login = $1 AND gone = 0")
STATEMENT(STAFF_BY_ID, "SELECT id, login, name, role, place, last_login, password FROM staff "
		       "WHERE id = $1")
STATEMENT(STAFF_NEXT, "SELECT id, login, name, role, place, last_login, password FROM staff "
		      "WHERE id > $1 AND gone = 0 ORDER BY id LIMIT 1")
STATEMENT(STAFF_SEEN, "UPDATE staff SET last_login = $2 WHERE id = $1")
STATEMENT(WRAP_PUT, "INSERT INTO wrap (staff, kind, owner, bytes) VALUES ($1, $2, $3, $4) "
		    "ON CONFLICT (staff, kind, owner) DO UPDATE SET bytes = excluded.bytes")
STATEMENT(WRAP, "SELECT bytes FROM wrap WHERE staff = $1 AND kind = $2 AND owner = $3")
STATEMENT(WRAP_NEXT, "SELECT owner FROM wrap WHERE staff = $1 AND kind = $2 AND owner > $3 "
		     "ORDER BY owner LIMIT 1")

STATEMENT(DRAFT_ADD, "INSERT INTO draft (place, template, period, state, sheet, findings, "
		     "preparer, uploaded) VALUES ($1, $2, $3, 'uploaded', $4, $5, $6, $7) "
		     "RETURNING id")
STATEMENT(DRAFT, "SELECT id, place, template, period, state, preparer, approver, reason, refusal, "
		 "uploaded, submitted, decided, number, sheet, findings FROM draft WHERE id = $1")
STATEMENT(DRAFT_BEFORE, "SELECT id, place, template, period, state, preparer, approver, reason, "
			"refusal, uploaded, submitted, decided, number FROM draft WHERE id < $1 "
			"ORDER BY id DESC LIMIT 1")
STATEMENT(DRAFT_SUBMIT, "UPDATE draft SET state = 'submitted', reason = $3, submitted = $4 "
			"WHERE id = $1 AND preparer = $2 AND state = 'uploaded'")
STATEMENT(DRAFT_REFUSE, "UPDATE draft SET state = 'refused', approver = $2, refusal = $3, "
			"decided = $4 WHERE id = $1 AND state = 'submitted'")
STATEMENT(DRAFT_APPROVE, "UPDATE draft SET state = 'approved', approver = $2, number = $3, "
			 "decided = $4 WHERE id = $1 AND state = 'submitted' AND preparer <> $2 AND "
			 "NOT EXISTS (SELECT 1 FROM supervision WHERE draft = $1 AND member = $2)")
STATEMENT(SUPERVISION_ADD,
	  "INSERT INTO supervision (draft, member, verdict, reason, paper, time) "
	  "SELECT $1, $2, $3, $4, $5, $6 FROM draft WHERE id = $1 AND state = 'submitted' "
	  "AND (preparer = $2) = ($3 = 'paper') ON CONFLICT (draft, member) DO NOTHING")
STATEMENT(SUPERVISION_SEATS, "SELECT id FROM staff WHERE role = 'committee' AND gone = 0 "
			       "AND place IN ($1, $2) ORDER BY id")
STATEMENT(SUPERVISION_OF,
	  "SELECT w.member, s.name, w.verdict, w.reason, w.paper, w.time FROM supervision w "
	  "JOIN staff s ON s.id = w.member WHERE w.draft = $1 ORDER BY w.time, w.member")

STATEMENT(AUDIT_ADD, "INSERT INTO audit (time, staff, kind, subject, reason) VALUES "
		     "($1, $2, $3, $4, $5)")
STATEMENT(AUDIT_BEFORE, "SELECT a.number, a.time, a.staff, a.kind, a.subject, a.reason, "
			"coalesce(s.name, '') FROM audit a LEFT JOIN staff s ON s.id = a.staff "
			"WHERE a.number < $1 ORDER BY a.number DESC LIMIT 1")
STATEMENT(AUDIT_OF, "SELECT a.number, a.time, a.staff, a.kind, a.subject, a.reason, "
		    "coalesce(s.name, '') FROM audit a LEFT JOIN staff s ON s.id = a.staff "
		    "WHERE a.subject = $1 AND a.number < $2 ORDER BY a.number DESC LIMIT 1")
