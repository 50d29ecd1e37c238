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
cat >"$w/file.play" <<'P'
tap "点一下屏幕"
tap "好了，继续"
wait "我要反映" 10000
tap "我要反映"
tap "村里"
tap "下一步"
tap "别的事"
tap "下一步"
tap @ask.what
type meiyou
tap @key.space
tap "写好了"
tap "下一步"
tap "不留名"
tap "下一步"
tap "封好，送出去"
wait "记住这 16 个数" 10000
P
faketime '1970-01-02 00:00:00' "$bin/elutong-play" "$w/file.play" --data "$w/d/kiosk" --assets "$assets" >>"$w/log" 2>&1 &&
	ok "a kiosk that believes it is 1970 takes a letter" || not_ok "a kiosk that believes it is 1970 takes a letter"
holds "which is delivered" once

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
