#!/bin/sh
# restore_check.sh - a township is put back from a copy that is older than what it had thanked for: the kiosks notice and
# bring everything again, and nothing stands there twice.
MODE=release
. "$(dirname "$0")/lib.sh"
world 60 24 || { not_ok "the world stands"; finish; exit 1; }
town() { "$bin/elutong-township" --data "$w/d/township" --assets "$assets" "$@"; }
file_letters() { "$bin/elutong-pack" letters --data "$w/d/kiosk" --count "$1" >>"$w/made"; }
there() { db 'SELECT lower(hex(id)) FROM parcel' | sort; }
epoch() { cut -d' ' -f1 "$w/d/township/epoch"; }
again() { # again SENTENCE: two rounds, then everything that was ever filed is there
	once
	once
	same "$(sort "$w/made")" "$(there)" "$1"
	same "$(wc -l <"$w/made" | tr -d ' ')" "$(db 'SELECT count(*) FROM matter')" "and each is one case"
	same 0 "$(queue 'SELECT count(*) FROM delivery WHERE acknowledged = 0')" "and nothing waits in the kiosk"
}
: >"$w/made"
holds "a copy is made while the server runs" town --backup "$w/early.db"
same ok "$(sqlite3 "$w/early.db" 'PRAGMA quick_check')" "the copy is whole"
file_letters 10
once
same "$(sort "$w/made")" "$(there)" "ten letters are there"
same 0 "$(queue 'SELECT count(*) FROM delivery WHERE acknowledged = 0')" "and are acknowledged"
same 0 "$(db 'SELECT max(backed_up_to) FROM kiosk')" "no copy has them yet"
holds "another copy" town --backup "$w/late.db"
same 10 "$(db 'SELECT max(backed_up_to) FROM kiosk')" "now a copy has them"
same 10 "$(sqlite3 "$w/late.db" 'SELECT count(*) FROM parcel')" "it does"
# --- a start is no restoration ---
was=$(epoch)
township_stop
township_start
same "$was" "$(epoch)" "starting again keeps the epoch"
kill -9 $township_pid
wait $township_pid 2>/dev/null
township_start
same "$was" "$(epoch)" "and so does being killed"
# --- put back as told ---
refuses "a running server is not put back" town --restore "$w/early.db"
township_stop
holds "put back from the early copy" town --restore "$w/early.db"
township_start
same 0 "$(db 'SELECT count(*) FROM parcel')" "the letters are gone"
if [ "$was" != "$(epoch)" ]; then ok "the epoch is another one"; else not_ok "the epoch is another one"; fi
file_letters 1
again "after a round of the courier all are there, each once"
# --- put back by hand, without a word ---
was=$(epoch)
township_stop
cp "$w/d/township/township.db" "$w/byhand.db"
township_start
file_letters 5
once
township_stop
rm -f "$w/d/township/township.db"*
cp "$w/byhand.db" "$w/d/township/township.db"
township_start
if [ "$was" != "$(epoch)" ]; then ok "an old file put there by hand is noticed"; else not_ok "an old file put there by hand is noticed"; fi
same yes "$(db "SELECT CASE WHEN count(*) > 0 THEN 'yes' END FROM alarm WHERE kind = 'epoch'")" "people are told"
file_letters 1
again "all are there, each once"
finish
