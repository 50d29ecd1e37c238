/* staff_statements.h - SQL of the office: staff, drafts, openings, by name. */
STATEMENT(STAFF_ADD, "INSERT INTO staff (login, name, role, place, password, added) VALUES "
		     "($1, $2, $3, $4, $5, $6) RETURNING id")
STATEMENT(STAFF_BY_LOGIN, "SELECT id, login, name, role, place, last_login, password FROM staff "
			  "WHERE login = $1 AND gone = 0")
STATEMENT(STAFF_BY_ID, "SELECT id, login, name, role, place, last_login, password FROM staff "
		       "WHERE id = $1")
STATEMENT(STAFF_SEEN, "UPDATE staff SET last_login = $2 WHERE id = $1")
STATEMENT(WRAP_PUT, "INSERT INTO wrap (staff, kind, owner, bytes) VALUES ($1, $2, $3, $4) "
		    "ON CONFLICT (staff, kind, owner) DO UPDATE SET bytes = excluded.bytes")
STATEMENT(WRAP, "SELECT bytes FROM wrap WHERE staff = $1 AND kind = $2 AND owner = $3")
STATEMENT(WRAP_NEXT, "SELECT owner FROM wrap WHERE staff = $1 AND kind = $2 AND owner > $3 "
		     "ORDER BY owner LIMIT 1")

STATEMENT(DRAFT_ADD, "INSERT INTO draft (place, template, period, state, sheet, findings, "
		     "preparer, uploaded, upload, corrected) VALUES ($1, $2, $3, 'uploaded', $4, "
		     "$5, $6, $7, $8, $9) RETURNING id")
STATEMENT(DRAFT_REPLACE, "UPDATE draft SET sheet = $3, findings = $4, uploaded = $5, corrected = $6 "
			 "WHERE id = $1 "
			 "AND preparer = $2 AND state = 'uploaded'")
STATEMENT(DRAFT_OF_UPLOAD,
	  "SELECT id FROM draft WHERE upload = $1 AND state = 'uploaded' ORDER BY id DESC LIMIT 1")
STATEMENT(DRAFT, "SELECT id, place, template, period, state, preparer, approver, reason, refusal, "
		 "uploaded, submitted, decided, number, coalesce(upload, 0), corrected, sheet, findings FROM "
		 "draft WHERE id = $1")
STATEMENT(DRAFT_BEFORE, "SELECT id, place, template, period, state, preparer, approver, reason, "
			"refusal, uploaded, submitted, decided, number, coalesce(upload, 0), corrected FROM draft "
			"WHERE id < $1 "
			"ORDER BY id DESC LIMIT 1")
STATEMENT(DRAFT_SUBMIT, "UPDATE draft SET state = 'submitted', reason = $3, submitted = $4 "
			"WHERE id = $1 AND preparer = $2 AND state = 'uploaded' AND NOT EXISTS (SELECT 1 "
			"FROM correction c WHERE c.upload = draft.upload AND c.number > "
			"draft.corrected)")
STATEMENT(DRAFT_REFUSE, "UPDATE draft SET state = 'refused', approver = $2, refusal = $3, "
			"decided = $4 WHERE id = $1 AND state = 'submitted'")
STATEMENT(DRAFT_APPROVE, "UPDATE draft SET state = 'approved', approver = $2, number = $3, "
			 "decided = $4 WHERE id = $1 AND state = 'submitted' AND preparer <> $2 AND "
			 "NOT EXISTS (SELECT 1 FROM supervision WHERE draft = $1 AND member = $2)")
STATEMENT(UPLOAD_ADD, "INSERT INTO upload (id, place, template, period, preparer, time, file) "
		      "VALUES ($7, $1, $2, $3, $4, $5, $6)")
STATEMENT(UPLOAD, "SELECT place, template, period, preparer, time, file FROM upload WHERE id = $1")
#define UPLOAD_STALE                                                                               \
	"(time < $1 OR (preparer = $2 AND place = $3 AND template = $4 AND period = $5)) AND "     \
	"NOT EXISTS (SELECT 1 FROM draft WHERE draft.upload = upload.id)"
STATEMENT(CORRECTIONS_SWEEP,
	  "DELETE FROM correction WHERE upload IN (SELECT id FROM upload WHERE " UPLOAD_STALE ")")
STATEMENT(UPLOADS_SWEEP, "DELETE FROM upload WHERE " UPLOAD_STALE)
STATEMENT(CORRECTION_ADD,
	  "INSERT INTO correction (upload, sheet, line, col, was, becomes, staff, time) SELECT $1, "
	  "$2, $3, $4, $5, $6, $7, $8 WHERE (SELECT count(*) FROM correction WHERE upload = $1) < $9 "
	  "AND NOT EXISTS (SELECT 1 FROM draft WHERE upload = $1 AND state IN ('submitted', "
	  "'approved'))")
STATEMENT(CORRECTION_NEXT,
	  "SELECT c.number, c.sheet, c.line, c.col, c.was, c.becomes, c.staff, c.time, s.name FROM "
	  "correction c JOIN staff s ON s.id = c.staff WHERE c.upload = $1 AND c.number > $2 "
	  "ORDER BY c.number LIMIT 1")
STATEMENT(SUPERVISION_ADD,
	  "INSERT INTO supervision (draft, member, verdict, reason, paper, time) "
	  "SELECT $1, $2, $3, $4, $5, $6 FROM draft WHERE id = $1 AND state = 'submitted' "
	  "AND (preparer <> $2 OR $3 = 'paper') ON CONFLICT (draft, member) DO NOTHING")
STATEMENT(SUPERVISION_SEATS, "SELECT id FROM staff WHERE role = 'committee' AND gone = 0 "
			       "AND place IN ($1, $2) ORDER BY id")
STATEMENT(SUPERVISION_OF,
	  "SELECT w.member, s.name, w.verdict, w.reason, w.paper, w.time FROM supervision w "
	  "JOIN staff s ON s.id = w.member WHERE w.draft = $1 ORDER BY w.time, w.member")
#define OF_SHEET_D(a)                                                                              \
	a ".place = d.place AND " a ".template = d.template AND " a ".period = d.period "
STATEMENT(SUPERVISION_STANDING,
	  "SELECT w.member, s.name, w.verdict, w.reason, w.paper, w.time FROM supervision w "
	  "JOIN staff s ON s.id = w.member JOIN draft e ON e.id = w.draft JOIN draft d "
	  "ON " OF_SHEET_D("e") "AND e.id < d.id "
	  "WHERE d.id = $1 AND w.verdict = 'objected' AND e.state <> 'approved' AND NOT EXISTS "
	  "(SELECT 1 FROM supervision o JOIN draft n ON n.id = o.draft WHERE o.member = w.member "
	  "AND n.id > e.id AND n.id <= d.id AND " OF_SHEET_D("n") ") AND NOT EXISTS "
	  "(SELECT 1 FROM draft a WHERE a.state = 'approved' AND a.id > e.id AND a.id < d.id "
	  "AND " OF_SHEET_D("a") ") ORDER BY w.time, w.member")

STATEMENT(AUDIT_ADD, "INSERT INTO audit (time, staff, kind, subject, reason) VALUES "
		     "($1, $2, $3, $4, $5)")
STATEMENT(AUDIT_BEFORE, "SELECT a.number, a.time, a.staff, a.kind, a.subject, a.reason, "
			"coalesce(s.name, '') FROM audit a LEFT JOIN staff s ON s.id = a.staff "
			"WHERE a.number < $1 ORDER BY a.number DESC LIMIT 1")
STATEMENT(AUDIT_OF, "SELECT a.number, a.time, a.staff, a.kind, a.subject, a.reason, "
		    "coalesce(s.name, '') FROM audit a LEFT JOIN staff s ON s.id = a.staff "
		    "WHERE a.subject = $1 AND a.number < $2 ORDER BY a.number DESC LIMIT 1")
