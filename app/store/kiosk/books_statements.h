/* books_statements.h - every SQL statement of books.db, by name; prepared once at open. */
STATEMENT(SETTINGS, "SELECT bytes, serial FROM settings")
STATEMENT(SETTINGS_SET,
	  "INSERT INTO settings (one, serial, bytes) VALUES (1, $1, $2)"
	  " ON CONFLICT (one) DO UPDATE SET serial = excluded.serial, bytes = excluded.bytes"
	  " WHERE excluded.serial > serial")
STATEMENT(META, "SELECT value FROM meta WHERE name = $1")
STATEMENT(META_SET, "INSERT INTO meta (name, value) VALUES ($1, $2)"
		    " ON CONFLICT (name) DO UPDATE SET value = excluded.value")
STATEMENT(NOTE, "SELECT text FROM note WHERE name = $1")
STATEMENT(NOTE_SET, "INSERT INTO note (name, text) VALUES ($1, $2)"
		    " ON CONFLICT (name) DO UPDATE SET text = excluded.text")
STATEMENT(PUBLICATION_LAST, "SELECT bytes FROM publication WHERE place = $1 AND visible = 1 ORDER "
			    "BY number DESC LIMIT 1")
STATEMENT(PUBLICATION_AT,
	  "SELECT bytes FROM publication WHERE place = $1 AND number = $2 AND visible = 1")
STATEMENT(PUBLICATIONS,
	  "SELECT bytes FROM publication WHERE place = $1 AND visible = 1 ORDER BY number")
STATEMENT(PUBLICATIONS_AFTER, "SELECT bytes FROM publication WHERE place = $1 AND visible = 1"
			      " AND number > $2 ORDER BY number")
STATEMENT(PUBLICATION_ADD, "INSERT INTO publication (place, number, bytes) VALUES ($1, $2, $3)")
STATEMENT(PUBLICATION_SHOW, "UPDATE publication SET visible = 1 WHERE place = $1 AND number = $2")
STATEMENT(STAGED,
	  "SELECT sheet.id, publication.place, publication.number FROM publication LEFT JOIN sheet"
	  " ON sheet.place = publication.place AND sheet.number = publication.number"
	  " WHERE publication.visible = 0 LIMIT 1")
STATEMENT(STAGED_ROWS, "SELECT line FROM record WHERE sheet = $1 ORDER BY ordinal LIMIT 5000")
STATEMENT(STAGED_ROWS_DROP,
	  "DELETE FROM record WHERE sheet = $1 AND ordinal IN"
	  " (SELECT ordinal FROM record WHERE sheet = $1 ORDER BY ordinal LIMIT 5000)")
STATEMENT(SHEET_DROP, "DELETE FROM sheet WHERE id = $1")
STATEMENT(PUBLICATION_DROP,
	  "DELETE FROM publication WHERE place = $1 AND number = $2 AND visible = 0")
STATEMENT(SHEET_ADD, "INSERT INTO sheet (place, template, period, part, version, number, newest)"
		     " VALUES ($1, $2, $3, $4, $5, $6, 0)")
STATEMENT(SHEET_OLD, "UPDATE sheet SET newest = 0 WHERE place = $1 AND newest = 1 AND EXISTS"
		     " (SELECT 1 FROM sheet AS now WHERE now.place = sheet.place AND now.template "
		     "= sheet.template AND"
		     " now.period = sheet.period AND now.part = sheet.part AND now.number = $2)")
STATEMENT(SHEET_NEW, "UPDATE sheet SET newest = 1 WHERE place = $1 AND number = $2")
STATEMENT(SHEETS_OF, "SELECT id, template, period, part, version FROM sheet WHERE place = $1"
		     " ORDER BY template, period, part, version DESC")
STATEMENT(RECORD_ADD, "INSERT INTO record (sheet, ordinal, line, day, direction, amount_fen, "
		      "account, title, party)"
		      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
STATEMENT(WORDS_ADD, "INSERT INTO search (rowid, words) VALUES ($1, $2)")
STATEMENT(RECORDS,
	  "SELECT ordinal, line, day, direction, amount_fen, account, title, party FROM record"
	  " WHERE sheet = $1 AND ordinal >= $2 ORDER BY ordinal")
STATEMENT(RECORD_ONE,
	  "SELECT sheet.place, sheet.template, sheet.period, day, amount_fen, account, title,"
	  " party FROM record JOIN sheet ON sheet.id = record.sheet"
	  " WHERE record.sheet = $1 AND record.ordinal = $2 AND sheet.newest = 1")
STATEMENT(SEARCH,
	  "SELECT rowid FROM search WHERE search MATCH $1 AND rowid < $2 ORDER BY rowid DESC")
STATEMENT(WORDS_DROP, "INSERT INTO search (search) VALUES ('delete-all')")
STATEMENT(ROWS_AFTER,
	  "SELECT record.sheet, record.ordinal, sheet.place, day, amount_fen, account, title, party"
	  " FROM record JOIN sheet ON sheet.id = record.sheet"
	  " WHERE (record.sheet, record.ordinal) > ($1, $2) ORDER BY record.sheet, record.ordinal")
STATEMENT(CAPSULE, "SELECT bytes FROM capsule WHERE locator = $1")
STATEMENT(CAPSULE_SET,
	  "INSERT INTO capsule (locator, version, bytes) VALUES ($1, $2, $3)"
	  " ON CONFLICT (locator) DO UPDATE SET version = excluded.version, bytes = excluded.bytes"
	  " WHERE excluded.version > version")
STATEMENT(PAGE_ADD, "INSERT INTO page (sheet, hash) VALUES ($1, $2) ON CONFLICT DO NOTHING")
STATEMENT(PAGES,
	  "SELECT page.hash FROM page JOIN sheet ON sheet.id = page.sheet WHERE sheet.newest = 1"
	  " ORDER BY sheet.period = 'once', substr(sheet.period, 1, 4) DESC, sheet.period DESC,"
	  " sheet.place <> $1 AND substr(sheet.place, 1, length($1) + 1) <> $1 || '.',"
	  " sheet.place, page.sheet, page.hash")
