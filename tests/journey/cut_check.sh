#!/bin/sh
# cut_check.sh - the courier is killed at random moments of a delivery, the kiosk at random moments of a submission, the
# township in the middle of it all. The oracle is a log outside the programs: ids, with the moment the thank-you stood
# on the glass. After everything healed, every one of them is in the township exactly once.
MODE=release
KILLS=${KILLS:-50}
. "$(dirname "$0")/lib.sh"
world 60 24 || { not_ok "the world stands"; finish; exit 1; }
random() { od -An -N4 -tu4 /dev/urandom | tr -d ' '; }
pause() { # pause MOST_MS
	sleep "0.$(printf '%03d' $(($(random) % $1)))"
}

# --- the courier ---
"$bin/elutong-pack" letters --data "$w/d/kiosk" --count 400 >"$w/made" || not_ok "letters are made"
killed=0
for i in $(seq "$KILLS"); do
	"$bin/elutong-courier" --data "$w/d/kiosk" --assets "$assets" --once 2>>"$w/courier.log" &
	pid=$!
	pause 25
	if kill -9 $pid 2>/dev/null; then killed=$((killed + 1)); fi
	wait $pid 2>/dev/null
	if [ $((i % 10)) -eq 0 ]; then
		township_pid_old=$township_pid
		kill -9 "$township_pid_old" 2>/dev/null
		wait "$township_pid_old" 2>/dev/null
		township_start
	fi
	"$bin/elutong-pack" letters --data "$w/d/kiosk" --count 8 >>"$w/made"
done
for i in 1 2 3; do once && break; done
made=$(sort "$w/made")
came=$(db 'SELECT lower(hex(id)) FROM parcel' | sort)
same "$made" "$came" "after $killed kills of the courier every letter is there, each once"
same "$(wc -l <"$w/made" | tr -d ' ')" "$(db 'SELECT count(*) FROM matter')" "and is one case"
same 0 "$(queue 'SELECT count(*) FROM delivery WHERE acknowledged = 0')" "and is acknowledged"
echo "# count courier: $killed kills, $(wc -l <"$w/made" | tr -d ' ') letters"

# --- the kiosk ---
cat >"$w/file.play" <<'P'
tap "点一下屏幕"
tap "好了，继续"
wait "我要反映" 10000
tap "我要反映"
tap "说不清"
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
tap "记好了，清屏"
P
: >"$w/thanks"
before=$(queue 'SELECT count(*) FROM parcel')
start=$(date +%s%N)
play <"$w/file.play" || not_ok "a letter is filed undisturbed"
whole=$((($(date +%s%N) - start) / 1000000))
killed=0
for i in $(seq "$KILLS"); do
	cp "$w/file.play" "$w/script"
	"$bin/elutong-play" "$w/script" --data "$w/d/kiosk" --assets "$assets" --thanks "$w/thanks" >>"$w/log" 2>&1 &
	pid=$!
	# Most of the kills fall into the last third, where it is sealed, committed and thanked for.
	wait_ms=$((whole * 78 / 100 + $(random) % (whole * 27 / 100)))
	sleep "$((wait_ms / 1000)).$(printf '%03d' $((wait_ms % 1000)))"
	pkill -9 -P $pid 2>/dev/null && killed=$((killed + 1))
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
done
rm -rf /dev/shm/elutong-pinyin-??????
holds "the queue still takes a letter" play <"$w/file.play"
for i in 1 2 3; do once && break; done
cut -d' ' -f1 "$w/thanks" | sort >"$w/thanked"
db 'SELECT lower(hex(id)) FROM parcel' | sort >"$w/came"
lost=$(comm -23 "$w/thanked" "$w/came" | wc -l | tr -d ' ')
same 0 "$lost" "after $killed kills of the kiosk no letter that was thanked for is lost"
same "$(sort -u "$w/thanked" | wc -l)" "$(wc -l <"$w/thanked")" "and none was thanked for twice"
same "$(queue 'SELECT count(*) FROM parcel')" "$(db 'SELECT count(*) FROM parcel')" "the queue and the township hold the same number"
unthanked=$(($(queue 'SELECT count(*) FROM parcel') - before - $(wc -l <"$w/thanked")))
echo "# count kiosk: $killed kills, $(wc -l <"$w/thanked" | tr -d ' ') thanked for, $lost lost, $unthanked durable but not yet thanked for"
if [ "$unthanked" -le "$((killed + 1))" ]; then ok "nothing is doubled: at most one letter a kill stands unthanked"; else not_ok "nothing is doubled"; fi
finish
