#!/bin/sh
# apart_check.sh - each letter for itself: one that cannot be stored holds up no other, and one that only the county can
# open is not thanked for by a township.
MODE=release
. "$(dirname "$0")/lib.sh"
world 60 24 || { not_ok "the world stands"; finish; exit 1; }
waiting() { queue 'SELECT count(*) FROM delivery WHERE acknowledged = 0'; }

# --- one of a batch cannot be stored ---
"$bin/elutong-pack" letters --data "$w/d/kiosk" --count 10 --quiet
db "CREATE TRIGGER bad BEFORE INSERT ON parcel WHEN NEW.sequence = 5 BEGIN SELECT RAISE(ABORT, 'no'); END"
once
same 9 "$(db 'SELECT count(*) FROM parcel')" "nine of ten letters of a batch are stored"
same 9 "$(db 'SELECT count(*) FROM matter')" "and are cases"
same 1 "$(waiting)" "the tenth is still in the kiosk, not acknowledged"
db 'DROP TRIGGER bad'
once
same 10 "$(db 'SELECT count(*) FROM parcel')" "it comes when it can"
same 0 "$(waiting)" "and is acknowledged"
same 0 "$(db 'SELECT count(*) FROM gap')" "no gap remains"

# --- a transaction that is brought down ---
db "CREATE TRIGGER bad BEFORE INSERT ON parcel WHEN NEW.sequence = 13 BEGIN SELECT RAISE(ROLLBACK, 'no'); END"
"$bin/elutong-pack" letters --data "$w/d/kiosk" --count 5 --quiet
once
same "$(waiting)" "$((15 - $(db 'SELECT count(*) FROM parcel')))" "what is not stored is not acknowledged"
db 'DROP TRIGGER bad'
once
same 15 "$(db 'SELECT count(*) FROM matter')" "all come when they can, each once"

# --- a kiosk that sends too much ---
hour=$(($(date +%s) / 3600))
db "UPDATE kiosk SET hour = $hour, hour_letters = 20000"
"$bin/elutong-pack" letters --data "$w/d/kiosk" --count 2 --quiet
once
if [ "$(date +%s)" -lt $(((hour + 1) * 3600)) ]; then
	same 2 "$(waiting)" "over the limit of the hour letters wait in the kiosk"
	same 1 "$(db "SELECT count(*) FROM alarm WHERE kind = 'flood'")" "and people are told"
fi
db 'UPDATE kiosk SET hour = 0'
once
same 0 "$(waiting)" "in the next hour they come"

# --- what does not fit together ---
same 0 "$(db "SELECT count(*) FROM alarm WHERE kind IN ('place', 'reader', 'old-keys', 'new-keys', 'rewind', 'set-back')")" "all of it fitted so far"
db "UPDATE kiosk SET place = 'mz.caoba.v2'"
db 'DELETE FROM publication WHERE number = (SELECT max(number) FROM publication)'
"$bin/elutong-pack" letters --data "$w/d/kiosk" --count 1 --quiet
once
same 0 "$(waiting)" "a letter from another village than the kiosk's is kept"
same 1 "$(db "SELECT count(*) FROM alarm WHERE kind = 'place'")" "and told"
same 1 "$(db "SELECT count(*) FROM alarm WHERE kind = 'rewind'")" "a kiosk that has newer publications than the server is told of"
db "UPDATE kiosk SET place = 'mz.caoba.v1'"

# --- a township's own installation ---
township_stop
echo "place = mz.caoba" >"$w/d/township/township.conf"
mkdir "$w/away"
mv "$w/d/township/keys/service-mz" "$w/away"
township_start
filing 说不清 >"$w/file.play"
holds "a letter for the county" play <"$w/file.play"
"$bin/elutong-pack" letters --data "$w/d/kiosk" --count 1 --quiet
once
same 19 "$(db 'SELECT count(*) FROM parcel')" "the township's own letter is stored there"
same 0 "$(db 'SELECT count(*) FROM parcel WHERE sequence = 19')" "the county's is not"
same 0 "$(queue 'SELECT acknowledged FROM delivery WHERE sequence = 19')" "and waits in the kiosk"
same 1 "$(db "SELECT count(*) FROM alarm WHERE kind = 'above'")" "people are told"
same 1 "$(queue 'SELECT count(*) FROM delivery WHERE sequence = 19 AND aside IS NOT NULL')" "and steps aside for the day"
same 1 "$(queue 'SELECT held FROM delivery WHERE sequence = 20')" "what the township holds is only asked about from now on"
once
same 19 "$(db 'SELECT count(*) FROM parcel')" "which changes nothing"
same 0 "$(queue 'SELECT acknowledged FROM delivery WHERE sequence = 20')" "and settles nothing"
township_stop
echo "place = mz" >"$w/d/township/township.conf"
mv "$w/away/service-mz" "$w/d/township/keys"
township_start
"$bin/elutong-pack" letters --data "$w/d/kiosk" --count 1 --quiet
once
once
same 21 "$(db 'SELECT count(*) FROM matter')" "the county takes all of them"
same 0 "$(waiting)" "and settles them"
finish
