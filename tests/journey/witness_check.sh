#!/bin/sh
# witness_check.sh - the office's chain of events is rewound or rewritten behind the program's back, as somebody with the
# server's disk could do: the next kiosk that comes by notices, and the office reads which one. An honest server, a
# restart and a restoration raise no such alarm.
MODE=release
. "$(dirname "$0")/lib.sh"
world 60 24 || { not_ok "the world stands"; finish; exit 1; }
letters() { "$bin/elutong-pack" letters --data "$w/d/kiosk" --count "$1" >/dev/null; }
alarms() { db "SELECT count(*) FROM alarm WHERE kind = 'events'"; }
kiosk=$(db 'SELECT lower(hex(id)) FROM kiosk')
tamper() { # tamper SQL: with the server down and its triggers out of the way
	township_stop
	db "DROP TRIGGER event_stays; DROP TRIGGER event_remains; $1
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events stay'); END;
CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events stay'); END;"
	township_start
}
letters 3
once
letters 2
once
township_stop
township_start
once
same 0 "$(alarms)" "an honest server raises no alarm, nor does its restart"
seen=$(queue 'SELECT max(sequence) FROM witness')
same "$(db 'SELECT max(sequence) FROM event')" "$seen" "the kiosk has seen the newest event"
same "$(db "SELECT hex(hash) FROM event WHERE sequence = $seen")" "$(queue 'SELECT hex(head) FROM witness')" "and its very hash"

# An event nobody may know of is rewritten, and the chain goes on above it as if nothing had been.
cp "$w/d/township/township.db" "$w/before.db"
tamper "UPDATE event SET subject = 'nothing', hash = randomblob(32) WHERE sequence = $seen;
INSERT INTO event SELECT sequence + 1, time, kind, subject, hash, randomblob(32) FROM event WHERE sequence = $seen;
UPDATE counter SET value = $seen + 1 WHERE name = 'event';"
once
same 1 "$(alarms)" "a rewritten event is noticed though the chain is longer than before"
same "$kiosk" "$(db "SELECT lower(hex(kiosk)) FROM alarm WHERE kind = 'events'")" "and the alarm names the kiosk that saw it"
office_login admin >/dev/null
office_get admin /kiosks >/dev/null
holds "the office reads it on the page of its kiosks" grep -q "服务器的办件记录和以前给这里看的不一样" "$OFFICE_TMP/page.admin"
once
once
same 1 "$(alarms)" "it is told once a day, not every round"
same "$seen" "$(queue 'SELECT max(sequence) FROM witness')" "what was seen before is not forgotten for it"

# The newest events are gone, and the copy was put back with the file beside the database that would have told.
township_stop
db 'DELETE FROM alarm'
queue 'DELETE FROM alarm'
township_start
tamper "DELETE FROM event WHERE sequence > $seen - 2; UPDATE counter SET value = $seen - 2 WHERE name = 'event';"
once
same 1 "$(alarms)" "a chain that became shorter is noticed"
letters 1
once
same 0 "$(queue 'SELECT count(*) FROM delivery WHERE acknowledged = 0')" "letters are settled all the same"

# A restoration that says so.
township_stop
db 'DELETE FROM alarm'
queue 'DELETE FROM alarm'
holds "a copy from before is put back" "$bin/elutong-township" --data "$w/d/township" --assets "$assets" --restore "$w/before.db"
township_start
once
once
same 0 "$(alarms)" "an office that was put back from a copy is another matter"
finish
