/* voucher_statements.h - SQL of pictures and whom they belong to, by name. */
#define PAGE_COLUMNS                                                                               \
	"p.id, p.draft, p.record, p.rank, p.hash, p.kept, p.whole, p.original, p.boxes, "          \
	"coalesce(p.looked, 0)"
/* Only who prepared a draft changes it, and only until it is handed on. */
#define PAGE_MINE "draft IN (SELECT id FROM draft WHERE preparer = $2 AND state = 'uploaded')"
STATEMENT(PAGE_ADD,
	  "INSERT INTO page (draft, record, rank, hash, kept, whole, original, added) "
	  "SELECT d.id, $3, coalesce((SELECT max(rank) FROM page WHERE draft = d.id AND record = "
	  "$3), 0) + 1, $4, $5, $6, $7, $8 FROM draft d WHERE d.id = $1 AND d.preparer = $2 AND "
	  "d.state = 'uploaded' RETURNING id")
STATEMENT(PAGE_KEEP, "INSERT INTO page (draft, record, rank, hash, added) VALUES ($1, $2, $3, $4, "
		     "$5)")
STATEMENT(PAGES_COPY, "INSERT INTO page (draft, record, rank, hash, kept, whole, original, boxes, "
		      "added) SELECT $1, record, rank, hash, kept, whole, original, boxes, added "
		      "FROM page WHERE draft = $2")
STATEMENT(PAGE, "SELECT " PAGE_COLUMNS " FROM page p WHERE p.id = $1")
STATEMENT(PAGES_OF, "SELECT " PAGE_COLUMNS " FROM page p WHERE p.draft = $1 ORDER BY p.record, "
		    "p.rank, p.id")
STATEMENT(PAGES_OF_ROW, "SELECT " PAGE_COLUMNS " FROM page p WHERE p.draft = $1 AND p.record = $2 "
			"ORDER BY p.rank, p.id")
STATEMENT(PAGES_COUNT, "SELECT count(*) FROM page WHERE draft = $1")
STATEMENT(PAGES_OPEN, "SELECT count(*) FROM page WHERE draft = $1 AND kept IS NOT NULL AND looked "
		      "IS NULL")
STATEMENT(PAGE_BOX, "UPDATE page SET hash = $3, kept = $4, whole = $5, boxes = $6 WHERE id = $1 "
		    "AND " PAGE_MINE)
STATEMENT(PAGE_RANK, "UPDATE page SET rank = $3 WHERE id = $1 AND " PAGE_MINE)
STATEMENT(PAGE_REMOVE, "DELETE FROM page WHERE id = $1 AND " PAGE_MINE)
STATEMENT(PAGE_FORGET, "DELETE FROM page WHERE id = $1")
STATEMENT(PAGE_LOOK, "UPDATE page SET looked = $2 WHERE id = $1 AND hash = $3 AND kept IS NOT NULL "
		     "AND draft IN (SELECT id FROM draft WHERE preparer <> $2 AND state = "
		     "'submitted')")
STATEMENT(PAGES_PUBLIC, "UPDATE page SET kept = NULL, whole = NULL WHERE draft = $1")
STATEMENT(PAGE_RECORD, "UPDATE page SET record = $2 WHERE id = $1")
STATEMENT(PAGES_UNSEEN, "DELETE FROM page WHERE draft = $1 AND kept IS NOT NULL")
STATEMENT(
	DRAFT_OVERTAKEN,
	"SELECT e.id, CASE e.state WHEN 'uploaded' THEN 1 ELSE 0 END FROM draft d JOIN draft e ON "
	"e.place = d.place AND e.template = d.template AND e.period = d.period AND e.id < d.id "
	"WHERE d.id = $1 AND e.id > $2 AND EXISTS (SELECT 1 FROM page p WHERE p.draft = e.id AND "
	"p.kept IS NOT NULL) ORDER BY e.id LIMIT 1")
STATEMENT(
	DRAFT_EARLIER,
	"SELECT e.id, CASE e.state WHEN 'approved' THEN 1 ELSE 0 END FROM draft d JOIN draft e ON "
	"e.place = d.place AND e.template = d.template AND e.period = d.period AND e.id < d.id "
	"WHERE d.id = $1 "
	"ORDER BY e.id DESC LIMIT 1")
STATEMENT(DRAFT_SHEET_PUT, "UPDATE draft SET sheet = $2 WHERE id = $1")
STATEMENT(FILE_USED, "SELECT 1 FROM page WHERE kept = $1 OR whole = $1 OR original = $1 UNION ALL "
		     "SELECT 1 FROM blob WHERE hash = $1 UNION ALL SELECT 1 FROM supervision WHERE "
		     "paper = $1 LIMIT 1")
STATEMENT(BLOB_PUT,
	  "INSERT INTO blob (hash, bytes, open) VALUES ($1, $2, $3) ON CONFLICT (hash) DO "
	  "UPDATE SET open = CASE WHEN excluded.open > blob.open THEN excluded.open ELSE "
	  "blob.open END")
STATEMENT(BLOB, "SELECT bytes, open FROM blob WHERE hash = $1")
