#!/bin/sh
# crowd_check.sh - many letters at once are stored and acknowledged first and their residents told afterwards; a server
# that dies between the two tells them after its next start, each once. A letter that comes alone is told at once.
MODE=release
. "$(dirname "$0")/lib.sh"
world 60 24 || { not_ok "the world stands"; finish; exit 1; }
letters() { "$bin/elutong-pack" letters --data "$w/d/kiosk" --count "$1" >>"$w/made"; }
told() { db 'SELECT count(*) FROM capsule'; }
held() { sqlite3 -cmd '.timeout 5000' "$w/d/kiosk/books.db" 'SELECT count(*) FROM capsule'; }
soon() { # soon WANTED COMMAND...: what it says, once it is what is wanted or patience ends
	wanted=$1
	shift
	for i in $(seq 200); do
		[ "$("$@")" = "$wanted" ] && break
		sleep 0.05
	done
	"$@"
}
letters 1
holds "a letter alone goes" once
same "1 0" "$(told) $(db 'SELECT count(*) FROM untold')" "and its resident is told with the acknowledgement"
same 1 "$(held)" "and can read it at the kiosk at once"

# A crowd, and the power goes in the moment after it was acknowledged.
letters 200
"$bin/elutong-courier" --data "$w/d/kiosk" --assets "$assets" --once 2>>"$w/courier.log" &
courier=$!
while [ "$(queue 'SELECT count(*) FROM delivery WHERE acknowledged = 0')" != 0 ]; do :; done
kill -9 "$township_pid" 2>/dev/null
wait "$township_pid" 2>/dev/null
wait $courier 2>/dev/null
same 201 "$(db 'SELECT count(*) FROM parcel')" "a crowd is acknowledged"
left=$(db 'SELECT count(*) FROM untold')
if [ "$left" -gt 0 ]; then ok "before all its residents are told"; else not_ok "before all its residents are told"; fi
same 201 "$(($(told) + left))" "whoever is not told is noted"
township_start
same 0 "$(soon 0 db 'SELECT count(*) FROM untold')" "after the next start all are told"
same "201 201" "$(told) $(db 'SELECT count(*) FROM entry')" "each once"
holds "the courier fetches what they are told" once
same 201 "$(held)" "and every one can read it at the kiosk"

# Several batches under way, and nobody raises a false alarm.
letters 1100
holds "three batches go one behind the other" once
same 1301 "$(db 'SELECT count(*) FROM parcel')" "and all of them are there"
same 0 "$(soon 0 db 'SELECT count(*) FROM untold')" "and told"
same 0 "$(db "SELECT count(*) FROM alarm WHERE kind IN ('events', 'chain', 'rewound', 'lost')")" "and nothing looked tampered with"
finish
