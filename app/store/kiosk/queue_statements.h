/* queue_statements.h - every SQL statement of queue.db, by name; prepared once at open. */
STATEMENT(HEAD, "SELECT sequence, hash FROM head")
STATEMENT(HEAD_SET, "UPDATE head SET sequence = $1, hash = $2 WHERE sequence = $1 - 1")
STATEMENT(HEAD_RAISE, "UPDATE head SET sequence = $1, hash = $2 WHERE sequence < $1")
STATEMENT(ADD, "INSERT INTO parcel (sequence, id, bytes, hash) VALUES ($1, $2, $3, $4)")
STATEMENT(ADD_DELIVERY, "INSERT INTO delivery (sequence) VALUES ($1)")
STATEMENT(NEXT, "SELECT sequence FROM delivery WHERE sequence > $1 AND acknowledged = 0 AND "
		"aside IS NULL"
		" ORDER BY sequence LIMIT 1")
STATEMENT(NEXT_ASIDE, "SELECT sequence FROM delivery WHERE sequence > $1 AND acknowledged = 0 "
		      "AND aside IS NOT NULL"
		      " ORDER BY sequence LIMIT 1")
STATEMENT(BYTES, "SELECT bytes FROM parcel WHERE sequence = $1")
STATEMENT(SET_ASIDE,
	  "UPDATE delivery SET aside = $2, stored = 0 WHERE sequence = $1 AND acknowledged = 0")
STATEMENT(ACK, "SELECT epoch, through, backed_up_to, time, bytes FROM ack")
STATEMENT(ACK_SET,
	  "INSERT INTO ack (one, epoch, through, backed_up_to, time, bytes) VALUES (1, $1, $2, $3, "
	  "$4, $5)"
	  " ON CONFLICT (one) DO UPDATE SET epoch = excluded.epoch, through = excluded.through,"
	  " backed_up_to = excluded.backed_up_to, time = excluded.time, bytes = excluded.bytes")
STATEMENT(STORED, "UPDATE delivery SET stored = 1, aside = NULL WHERE sequence = $1")
STATEMENT(ACKNOWLEDGE, "UPDATE delivery SET acknowledged = $2 WHERE sequence <= $1 AND "
		       "acknowledged = 0 AND aside IS NULL AND stored = 1")
STATEMENT(ACKNOWLEDGE_ONE, "UPDATE delivery SET acknowledged = $2 WHERE sequence = $1 AND "
			   "acknowledged = 0 AND aside IS NULL AND stored = 1")
STATEMENT(HOLD, "UPDATE delivery SET held = $2 WHERE sequence = $1")
STATEMENT(HELD, "SELECT held FROM delivery WHERE sequence = $1")
STATEMENT(ACKNOWLEDGE_NOT, "UPDATE delivery SET acknowledged = 0, stored = 0"
			   " WHERE sequence >= $1 AND sequence <= $2")
STATEMENT(OFFER_UP_TO, "SELECT max(sequence) FROM (SELECT sequence FROM delivery"
		       " WHERE sequence > $1 ORDER BY sequence LIMIT 5000)")
STATEMENT(OFFER_AGAIN, "UPDATE delivery SET acknowledged = 0, stored = 0, aside = NULL"
		       " WHERE sequence > $1 AND sequence <= $2 AND (acknowledged <> 0 OR stored "
		       "<> 0 OR aside IS NOT NULL)")
STATEMENT(OFFER_ABOVE, "UPDATE delivery SET acknowledged = 0, stored = 0"
		       " WHERE sequence > $1 AND acknowledged <> 0")
STATEMENT(IS_ACKNOWLEDGED, "SELECT acknowledged FROM delivery WHERE sequence = $1")
STATEMENT(TIDY_UP_TO,
	  "SELECT max(sequence) FROM (SELECT sequence FROM delivery WHERE acknowledged <> 0"
	  " AND acknowledged <= $1 AND sequence <= $2 ORDER BY sequence LIMIT 100)")
STATEMENT(TIDY, "DELETE FROM parcel WHERE sequence IN (SELECT sequence FROM delivery"
		" WHERE acknowledged <> 0 AND acknowledged <= $1 AND sequence <= $2)")
STATEMENT(TIDY_DELIVERY, "DELETE FROM delivery WHERE acknowledged <> 0 AND acknowledged <= $1 AND "
			 "sequence <= $2")
STATEMENT(COUNTS, "SELECT (SELECT count(*) FROM delivery WHERE acknowledged = 0 AND aside IS NULL),"
		  " (SELECT count(*) FROM delivery WHERE acknowledged = 0 AND aside IS NOT NULL),"
		  " (SELECT count(*) FROM delivery)")
STATEMENT(WITNESS, "SELECT sequence, head FROM witness WHERE epoch = $1")
STATEMENT(WITNESS_NEWEST, "SELECT epoch, sequence, head FROM witness ORDER BY rowid DESC LIMIT 1")
STATEMENT(WITNESS_SET,
	  "INSERT INTO witness (epoch, sequence, head) VALUES ($1, $2, $3)"
	  " ON CONFLICT (epoch) DO UPDATE SET sequence = excluded.sequence, head = excluded.head")
STATEMENT(ALARM_ADD, "INSERT INTO alarm (kind, text, day) SELECT $1, $2, $3"
		     " WHERE NOT EXISTS (SELECT 1 FROM alarm WHERE kind = $1 AND text = $2)")
STATEMENT(ALARM_NEXT, "SELECT number, kind, text, day FROM alarm WHERE number > $1 AND told = 0"
		      " ORDER BY number LIMIT 1")
STATEMENT(ALARM_TOLD, "UPDATE alarm SET told = 1 WHERE number <= $1")
STATEMENT(ALARM_OVER, "DELETE FROM alarm WHERE told = 1 AND day <> $1")
STATEMENT(COUNTER, "SELECT value FROM counter WHERE name = $1")
STATEMENT(COUNTER_SET, "INSERT INTO counter (name, value) VALUES ($1, $2)"
		       " ON CONFLICT (name) DO UPDATE SET value = excluded.value")
STATEMENT(URGE_ADD, "INSERT INTO urge (place, template, period) SELECT $1, $2, $3"
		    " WHERE (SELECT count(*) FROM urge) < $4"
		    " ON CONFLICT (place, template, period) DO NOTHING")
STATEMENT(URGE_MORE, "UPDATE urge SET count = count + 1, day = $4,"
		     " today = CASE WHEN day = $4 THEN today + 1 ELSE 1 END"
		     " WHERE place = $1 AND template = $2 AND period = $3 AND NOT (day = $4 AND "
		     "today >= $5)")
STATEMENT(URGE_COUNT, "SELECT count FROM urge WHERE place = $1 AND template = $2 AND period = $3")
STATEMENT(URGE_UNTOLD, "SELECT place, template, period, count FROM urge WHERE count > told"
		       " ORDER BY place, template, period")
STATEMENT(URGE_TOLD, "UPDATE urge SET told = $4 WHERE place = $1 AND template = $2 AND period = $3"
		     " AND told < $4")
STATEMENT(URGE_AGAIN, "UPDATE urge SET told = 0 WHERE told <> 0")
