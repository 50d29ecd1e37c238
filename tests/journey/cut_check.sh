#!/bin/sh
# cut_check.sh - the courier is killed at random moments of a delivery, the kiosk at random moments of a submission, the
# township in the middle of it all. The oracle stands outside the programs: a log of ids with the moment the thank-you
# stood on the glass and whether the queue, read through a connection of its own, held the letter then. After everything
# healed, every one of them is in the township exactly once. A kill counts when the program's own exit says it died of it.
# KILLS=0: one delivery and one letter, undisturbed.
MODE=release
KILLS=${KILLS:-50}
TRIES=$((KILLS * 6))
. "$(dirname "$0")/lib.sh"
world 60 24 || { not_ok "the world stands"; finish; exit 1; }
random() { od -An -N4 -tu4 /dev/urandom | tr -d ' '; }
pause() { # pause MS
	sleep "$(($1 / 1000)).$(printf '%03d' $(($1 % 1000)))"
}
now_ms() { echo $(($(date +%s%N) / 1000000)); }
letters() { "$bin/elutong-pack" letters --data "$w/d/kiosk" --count "$1" >>"$w/made"; }
stored() { db 'SELECT count(*) FROM parcel'; }
waiting() { queue 'SELECT count(*) FROM delivery WHERE acknowledged = 0'; }
shortest() { # shortest COMMAND...: milliseconds of the quickest of three
	least=999999
	for _ in 1 2 3; do
		[ -z "${before_each:-}" ] || $before_each
		from=$(now_ms)
		"$@" || return 1
		took=$(($(now_ms) - from))
		[ "$took" -ge "$least" ] || least=$took
	done
}

# --- the courier ---
backlog=48
before_each="letters $backlog"
shortest once || not_ok "a delivery goes through undisturbed"
whole=$least
killed=0 tried=0 between=0 moved=0
while [ "$tried" -lt "$TRIES" ] && { [ "$killed" -lt "$KILLS" ] || [ "$between" -lt 3 ]; }; do
	tried=$((tried + 1))
	more=$((backlog - $(waiting)))
	[ "$more" -le 0 ] || letters "$more"
	stored_before=$(stored) waiting_before=$(waiting)
	"$bin/elutong-courier" --data "$w/d/kiosk" --assets "$assets" --once 2>>"$w/courier.log" &
	pid=$!
	pause $(($(random) % (whole + whole / 10)))
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	if [ $? -eq 137 ]; then
		killed=$((killed + 1))
		if [ "$(stored)" -gt "$stored_before" ]; then
			moved=$((moved + 1))
			# It is there, and the courier never learned it.
			[ "$(waiting)" -lt "$waiting_before" ] || between=$((between + 1))
		fi
	fi
	if [ $((tried % 10)) -eq 0 ]; then
		kill -9 "$township_pid" 2>/dev/null
		wait "$township_pid" 2>/dev/null
		township_start
	fi
done
echo "# count courier: a delivery takes $whole ms; $killed kills in $tried tries, $moved after the township had stored, $between of them before the acknowledgement"
for i in 1 2 3; do once && break; done
if [ "$killed" -ge "$KILLS" ]; then ok "the courier is killed at least $KILLS times in the middle of a delivery"; else not_ok "the courier is killed at least $KILLS times in the middle of a delivery"; fi
if [ "$between" -ge 3 ] || [ "$KILLS" -eq 0 ]; then ok "some of the kills fall between storing and acknowledging"; else not_ok "some of the kills fall between storing and acknowledging"; fi
sort "$w/made" >"$w/made.sorted"
db 'SELECT lower(hex(id)) FROM parcel' | sort >"$w/came"
holds "after the kills of the courier every letter is there, each once" cmp "$w/made.sorted" "$w/came"
same "$(wc -l <"$w/made" | tr -d ' ')" "$(db 'SELECT count(*) FROM matter')" "and is one case"
same 0 "$(waiting)" "and is acknowledged"

# --- the kiosk ---
filing 说不清 >"$w/file.play"
echo 'tap "记好了，清屏"' >>"$w/file.play"
kept() { queue 'SELECT count(*) FROM parcel'; }
file_one() { play <"$w/file.play"; }
: >"$w/thanks"
before_each=
before=$(kept)
shortest file_one || not_ok "a letter is filed undisturbed"
whole=$least
same 3 "$(wc -l <"$w/thanks" | tr -d ' ')" "three letters, three thank-yous"
cp "$w/file.play" "$w/script"
killed=0 tried=0 early=0 late=0 two=0
# Most of a submission is tapping. The aim follows the commit, however busy the machine: a kill before it moves the aim
# on, one behind it moves it back; they go on until some fell on either side.
aim=90
while [ "$tried" -lt "$TRIES" ] && { [ "$killed" -lt "$KILLS" ] || [ "$early" -lt 5 ] || [ "$late" -lt 5 ]; }; do
	tried=$((tried + 1))
	kept_before=$(kept)
	"$bin/elutong-play" "$w/script" --data "$w/d/kiosk" --assets "$assets" --thanks "$w/thanks" >>"$w/log" 2>&1 &
	pid=$!
	pause $((whole * (aim - 12) / 100 + $(random) % (whole * 24 / 100)))
	kill -9 $(pgrep -P $pid) 2>/dev/null
	wait $pid 2>/dev/null
	died=$?
	rose=$(($(kept) - kept_before))
	[ "$rose" -le 1 ] || two=$((two + 1))
	if [ "$rose" -eq 0 ]; then aim=$((aim + 2)); else aim=$((aim - 2)); fi
	if [ $died -eq 137 ]; then
		killed=$((killed + 1))
		if [ "$rose" -eq 0 ]; then early=$((early + 1)); else late=$((late + 1)); fi
	fi
done
rm -rf /dev/shm/elutong-pinyin-??????
holds "the queue still takes a letter" file_one
for i in 1 2 3; do once && break; done
cut -d' ' -f1 "$w/thanks" | sort >"$w/thanked"
db 'SELECT lower(hex(id)) FROM parcel' | sort >"$w/came"
lost=$(comm -23 "$w/thanked" "$w/came" | wc -l | tr -d ' ')
too_early=$(grep -vc ' there$' "$w/thanks")
if [ "$killed" -ge "$KILLS" ]; then ok "the kiosk is killed at least $KILLS times in the middle of a submission"; else not_ok "the kiosk is killed at least $KILLS times in the middle of a submission"; fi
if [ "$KILLS" -eq 0 ] || { [ "$early" -ge 5 ] && [ "$late" -ge 5 ]; }; then ok "some of the kills fall before the letter is durable and some behind it"; else not_ok "some of the kills fall before the letter is durable and some behind it"; fi
same 0 "$too_early" "no letter is thanked for before the queue holds it"
same 0 "$lost" "no letter that was thanked for is lost"
same "$(sort -u "$w/thanked" | wc -l)" "$(wc -l <"$w/thanked")" "none is thanked for twice"
same 0 "$two" "no submission makes two letters"
same "$(kept)" "$(stored)" "the queue and the township hold the same number"
same 0 "$(awk '{ print $1, substr($2, 1, length($2) - 9) }' "$w/thanks" | while read -r id at; do
	[ "$(db "SELECT received >= $at FROM parcel WHERE id = x'$id'")" = 1 ] || echo "$id"
done | wc -l | tr -d ' ')" "each came to the township after its thank-you, by the two clocks compared"
unthanked=$(($(kept) - before - $(wc -l <"$w/thanks")))
echo "# count kiosk: a submission takes $whole ms; $killed kills in $tried tries, $early before the commit, $late after it; $(wc -l <"$w/thanks" | tr -d ' ') thanked for, $lost lost, $two doubled, $too_early thanked too early, $unthanked durable but not yet thanked for"
if [ "$unthanked" -ge 0 ] && [ "$unthanked" -le "$late" ]; then ok "what stands unthanked was killed between commit and thanks"; else not_ok "what stands unthanked was killed between commit and thanks ($unthanked)"; fi
finish
