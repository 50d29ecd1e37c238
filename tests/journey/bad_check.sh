#!/bin/sh
# bad_check.sh - clocks that are wrong, disks that are full, databases of a newer release: each says what is the matter to
# the person who can do something, and nothing is lost.
MODE=release
. "$(dirname "$0")/lib.sh"
world 120 24 || { not_ok "the world stands"; finish; exit 1; }
letter() { "$bin/elutong-pack" letters --data "$w/d/kiosk" --count 1 >>"$w/made"; }
waiting() { queue 'SELECT count(*) FROM delivery WHERE acknowledged = 0'; }
at() { faketime "$1" "$bin/elutong-courier" --data "$w/d/kiosk" --assets "$assets" --once 2>>"$w/courier.log"; }

# --- clocks ---
letter
holds "a courier whose clock fell back to 1970 still delivers" at '1970-01-02 00:00:00'
letter
holds "and one whose clock runs to 2040" at '2040-01-01 00:00:00'
same 0 "$(waiting)" "nothing waits"
filing 村里 >"$w/file.play"
faketime '1970-01-02 00:00:00' "$bin/elutong-play" "$w/file.play" --data "$w/d/kiosk" --assets "$assets" >>"$w/log" 2>&1 &&
	ok "a kiosk that believes it is 1970 takes a letter" || not_ok "a kiosk that believes it is 1970 takes a letter"
holds "which is delivered" once

# The first contact: no signed time yet, certificates younger than the clock, only the pin to go by.
code=$("$bin/elutong-township" --data "$w/d/township" --assets "$assets" --enrol mz.caoba.v1)
sqlite3 "$w/d/kiosk/books.db" "DELETE FROM meta WHERE name = 'server_time'"
holds "a kiosk whose clock stands in 1970 enrols" faketime '1970-01-02 00:00:00' "$bin/elutong-courier" --data "$w/d/kiosk" --assets "$assets" --enrol "$code"
sqlite3 "$w/d/kiosk/books.db" "DELETE FROM meta WHERE name = 'server_time'"
letter
holds "and reaches its server for the first time" at '1970-01-02 00:00:00'

# --- damage ---
before=$(sqlite3 "$w/d/kiosk/books.db" 'SELECT count(*) FROM record')
letter
head -c 8192 /dev/urandom | dd of="$w/d/kiosk/books.db" conv=notrunc 2>>"$w/log"
holds "books whose first bytes are noise are made again, and the letter goes" once
same "$before" "$(sqlite3 "$w/d/kiosk/books.db" 'SELECT count(*) FROM record')" "every row is back"
[ -e "$w/d/kiosk/books.db.damaged-1" ] && ok "the damaged file is kept" || not_ok "the damaged file is kept"
# Letters marked as delivered that the township does not have.
false_thanks() {
	queue 'SELECT lower(hex(id)) FROM parcel JOIN delivery USING (sequence) WHERE delivery.acknowledged <> 0' | sort >"$w/settled"
	db 'SELECT lower(hex(id)) FROM parcel' | sort >"$w/came"
	comm -23 "$w/settled" "$w/came" | wc -l | tr -d ' '
}
rm -f "$w/d/kiosk/queue.db"*
holds "a courier that finds no queue.db makes one" once
letter
holds "whose first letter has a number of its own and is delivered" once
same 0 "$(false_thanks)" "nothing is settled that did not come"
rm -f "$w/d/kiosk/queue.db"* "$w/d/kiosk/head"
refuses "letters are not written into a queue that nobody made again" "$bin/elutong-pack" letters --data "$w/d/kiosk" --count 1
once
"$bin/elutong-pack" letters --data "$w/d/kiosk" --count 2 >"$w/doubtful"
once
same 0 "$(false_thanks)" "without the second file neither"
same 2 "$(queue 'SELECT count(*) FROM parcel')" "and the letters are kept"
# The rest of this journey wants nothing in doubt.
newest=$(db 'SELECT max(sequence) FROM parcel')
queue "DELETE FROM delivery; DELETE FROM parcel; UPDATE head SET sequence = $newest WHERE sequence < $newest"
mkfifo "$w/d/kiosk/inbox/stick.tar.zst"
holds "a FIFO in the inbox holds nobody up" once

# --- a newer release wrote the file ---
cp "$w/d/kiosk/books.db" "$w/books.kept"
sqlite3 "$w/d/kiosk/books.db" 'PRAGMA user_version = 99'
: >"$w/courier.log"
refuses "books of a newer release are not touched by an older courier" once
grep -q "newer release" "$w/courier.log" && ok "the log says so" || not_ok "the log says so"
cat >"$w/repair.play" <<'P'
tap "点一下屏幕"
tap "好了，继续"
wait "我要反映" 10000
P
holds "the kiosk still starts" play <"$w/repair.play"
rm -f "$w/d/kiosk/books.db"-*
cp "$w/books.kept" "$w/d/kiosk/books.db"
sqlite3 "$w/d/kiosk/queue.db" 'PRAGMA user_version = 99'
letter
holds "a queue of a newer release is read and written: later ones only add" once
township_stop
cp "$w/d/township/township.db" "$w/township.kept"
sqlite3 "$w/d/township/township.db" 'INSERT INTO schema_step SELECT max(step) + 1 FROM schema_step'
"$bin/elutong-township" --data "$w/d/township" --assets "$assets" --listen "127.0.0.1:$port" >"$w/newer" 2>&1
grep -q "newer release" "$w/newer" && ok "a township database of a newer release is refused in words" || not_ok "a township database of a newer release is refused in words"
rm -f "$w/d/township/township.db"-*
cp "$w/township.kept" "$w/d/township/township.db"
township_start

# --- full disks ---
mkdir -p "$w/small"
if mount -t tmpfs -o size=90m tmpfs "$w/small" 2>/dev/null; then
	cp -r "$w/d/kiosk" "$w/small/kiosk"
	head -c 40000000 /dev/zero >"$w/small/fill"
	cat >"$w/full.play" <<'P'
tap "点一下屏幕"
tap "好了，继续"
wait "我要反映" 10000
tap "我要反映"
wait "快满了" 5000
expect "请打电话"
P
	"$bin/elutong-play" "$w/full.play" --data "$w/small/kiosk" --assets "$assets" >>"$w/log" 2>&1 &&
		ok "a full kiosk says so before a word is typed" || not_ok "a full kiosk says so before a word is typed"
	rm "$w/small/fill"
	"$bin/elutong-play" "$w/file.play" --data "$w/small/kiosk" --assets "$assets" >>"$w/log" 2>&1 &&
		ok "with room again it takes letters" || not_ok "with room again it takes letters"
	rm -rf "$w/small/kiosk"
	township_stop
	cp -r "$w/d/township" "$w/small/township"
	rm -rf "$w/d/township.away"
	mv "$w/d/township" "$w/d/township.away"
	ln -s "$w/small/township" "$w/d/township"
	township_start
	head -c 200000000 /dev/zero >"$w/small/fill" 2>/dev/null
	"$bin/elutong-pack" letters --data "$w/d/kiosk" --count 300 >>"$w/made"
	refuses "a township with a full disk takes nothing it cannot keep" once
	[ "$(waiting)" -gt 0 ] && ok "the letters wait in the kiosk" || not_ok "the letters wait in the kiosk"
	rm "$w/small/fill"
	once
	holds "with room again everything goes" once
	same 0 "$(waiting)" "and nothing waits"
	came=$(sqlite3 "$w/small/township/township.db" 'SELECT lower(hex(id)) FROM parcel' | sort)
	missing=$(sort "$w/made" | while read -r id; do echo "$came" | grep -q "$id" || echo "$id"; done | wc -l | tr -d ' ')
	same 0 "$missing" "no letter is lost"
	township_stop
	umount "$w/small" 2>/dev/null || umount -l "$w/small"
else
	ok "full disks # SKIP no file system can be mounted here"
fi
finish
