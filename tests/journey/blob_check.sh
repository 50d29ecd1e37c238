#!/bin/sh
# blob_check.sh - the pictures a row names come from the office to the glass, whatever happens on the way; none is shown
# but the one that was published, and none takes the room or the time of a letter.
. "$(dirname "$0")/lib.sh"
world 240 6 || { not_ok "the world stands"; finish; exit 1; }
kiosk=$w/d/kiosk
named() { sqlite3 "$kiosk/books.db" 'SELECT DISTINCT hash FROM page ORDER BY hash'; }
file() { echo "$kiosk/blobs/$(echo "$1" | cut -c 1-2)/$1"; }
of() { b2sum -l 256 <"$assets/demo/pictures/$1.jpg" | cut -c 1-64; }
lacking() {
	for h in $(named); do
		[ "$(b2sum -l 256 <"$(file "$h")" 2>/dev/null | cut -c 1-64)" = "$h" ] || echo "$h"
	done
}
visit() { # visit SENTENCE...: what stands on the glass once the newest picture of the first project is opened
	{
		printf 'tap "点一下屏幕"\ntap "好了，继续"\nwait "重点项目" 10000\ntap @home.project\nwait "三组到四组道路硬化" 5000\ntap @row.0\nwait "一路看着它修" 5000\n'
		printf 'sleep 1000\ntap @project.picture1\n'
		for s in "$@"; do echo "$s"; done
	} | play
}
[ "$(named | wc -l)" -ge 3 ] || not_ok "the demo names pictures"
same "" "$(lacking)" "after the first round every picture a row names is here, byte for byte"
same "660" "$(stat -c %a "$(file "$(of road-works)")")" "both programs may read and replace it"
holds "one is on the glass beside the row's figures" visit 'wait "转一转" 5000' 'expect "第 1 / 2 张"' 'expect-not "照片还没送到村里"'

# --- somebody with the key of the cabinet ---
printf 'x' | dd of="$(file "$(of road-works)")" bs=1 seek=3000 conv=notrunc 2>/dev/null
holds "one that was altered is not shown, and that is said in words" visit 'wait "这张照片坏了，先不给您看" 5000' 'expect "好的一份已经去取"'
[ ! -e "$(file "$(of road-works)")" ] && ok "it is thrown away" || not_ok "it is thrown away"
holds "until another comes, one hears where the paper is" visit 'wait "照片还没送到村里" 5000' 'expect "镇上有原件"'
holds "another comes" once
same "" "$(lacking)" "and is the one that was published"

# --- the line breaks, the power goes ---
part=$(file "$(of road-done)")
mv "$part" "$w/whole"
head -c 5000 "$w/whole" >"$part.part"
before=$(stat -c %s "$part.part")
holds "what came before the line broke is gone on from" once
cmp -s "$w/whole" "$part" && ok "and the whole is right" || not_ok "and the whole is right"
[ "$before" = 5000 ] && [ ! -e "$part.part" ] && ok "nothing half is left" || not_ok "nothing half is left"
rm "$part"
head -c 5000 /dev/zero >"$part.part"
holds "what a power cut left of it is not believed" once
cmp -s "$w/whole" "$part" && ok "it comes anew" || not_ok "it comes anew"
for i in 1 2 3 4 5 6; do
	find "$kiosk/blobs" -type f -delete
	"$bin/elutong-courier" --data "$kiosk" --assets "$assets" --once 2>>"$w/courier.log" &
	courier_pid=$!
	sleep "0.0$((i * 9 % 10))"
	kill -9 $courier_pid 2>/dev/null
	wait $courier_pid 2>/dev/null
	courier_pid=
	for f in $(find "$kiosk/blobs" -type f -name '*[0-9a-f]' ! -name '*.*'); do
		[ "$(b2sum -l 256 <"$f" | cut -c 1-64)" = "$(basename "$f")" ] || not_ok "a killed courier leaves no wrong picture ($f)"
	done
done
holds "after six kills one round brings everything" once
same "" "$(lacking)" "and everything is right"

# --- a township that was taken down, a letter first ---
township_stop
find "$kiosk/blobs" -type f -delete
refuses "without a line nothing comes" once
holds "and the screen stays as it is" visit 'wait "照片还没送到村里" 5000'
filing "村里" | play && ok "a letter is written meanwhile" || not_ok "a letter is written meanwhile"
township_start
holds "the line is back" once
same "0" "$(queue 'SELECT count(*) FROM delivery WHERE acknowledged = 0')" "the letter is there"
same "" "$(lacking)" "and the pictures after it"

# --- by stick ---
township_stop
head -c 40000 /dev/urandom >"$w/other.jpg"
other=$(b2sum -l 256 <"$w/other.jpg" | cut -c 1-64)
wanted=$(of road-before)
mkdir -p "$w/pack/blobs"
cp "$w/other.jpg" "$w/pack/blobs/$other"
cp "$assets/demo/pictures/road-before.jpg" "$w/pack/blobs/$wanted"
rm "$(file "$wanted")"
printf '{"format":1,"after":0,"through":1,"more":false}' >"$w/pack/manifest.json"
(cd "$w/pack" && tar --format=ustar -cf - manifest.json blobs/* | zstd -q >"$kiosk/inbox/pictures.tar.zst")
once >/dev/null 2>&1
[ ! -e "$kiosk/inbox/pictures.tar.zst" ] && [ ! -e "$kiosk/inbox/pictures.tar.zst.refused" ] && ok "a stick brings pictures where there is no line" || not_ok "a stick brings pictures where there is no line"
same "" "$(lacking)" "those that rows name are here"
[ ! -e "$(file "$other")" ] && ok "what nobody published is not" || not_ok "what nobody published is not"
finish
