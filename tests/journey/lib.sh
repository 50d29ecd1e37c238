# lib.sh - a township, a courier and a kiosk on this machine, for journeys; sourced with $1 the build folder and MODE
# the kind of build. Speaks TAP.
build=$(cd "${1:-build}" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
bin=$build/${MODE:-debug}/bin
assets=$root/assets
w=$(mktemp -d "${TMPDIR:-/tmp}/elutong-journey-XXXXXX")
count=0
bad=0
township_pid=
courier_pid=
export ASAN_OPTIONS=detect_leaks=0 SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy
ok() { # ok SENTENCE
	count=$((count + 1))
	echo "ok $count - $1"
}
not_ok() {
	count=$((count + 1))
	bad=$((bad + 1))
	echo "not ok $count - $1"
}
same() { # same WANTED GOT SENTENCE
	if [ "$1" = "$2" ]; then ok "$3"; else
		not_ok "$3"
		echo "  wanted: $1"
		echo "  got: $2"
	fi
}
holds() { # holds SENTENCE COMMAND...
	sentence=$1
	shift
	if "$@" >>"$w/log" 2>&1; then ok "$sentence"; else
		not_ok "$sentence"
		grep -v "^target\|^text" "$w/log" | tail -n 6
	fi
}
refuses() { # refuses SENTENCE COMMAND...
	sentence=$1
	shift
	if "$@" >>"$w/log" 2>&1; then not_ok "$sentence"; else ok "$sentence"; fi
}
page_of() { # page_of USER: the words of the office page that USER was last shown
	sed 's/<[^>]*>/ /g' "$OFFICE_TMP/page.$1" | tr -s ' \n' '  '
}
says() { # says SENTENCE USER WORDS: the words stand in that page
	if page_of "$2" | grep -qF "$3"; then ok "$1"; else
		not_ok "$1"
		page_of "$2" | cut -c 1-1200
	fi
}
township_start() {
	rm -f "$w/out"
	"$bin/elutong-township" --data "$w/d/township" --assets "$assets" --listen "127.0.0.1:$port" >"$w/out" 2>>"$w/township.log" &
	township_pid=$!
	for i in $(seq 200); do
		grep -q listening "$w/out" 2>/dev/null && break
		sleep 0.05
	done
}
township_stop() {
	[ -n "$township_pid" ] && kill "$township_pid" 2>/dev/null && wait "$township_pid" 2>/dev/null
	township_pid=
}
courier_start() {
	"$bin/elutong-courier" --data "$w/d/kiosk" --assets "$assets" --poll "${1:-500}" 2>>"$w/courier.log" &
	courier_pid=$!
}
courier_stop() {
	[ -n "$courier_pid" ] && kill "$courier_pid" 2>/dev/null && wait "$courier_pid" 2>/dev/null
	courier_pid=
}
once() { "$bin/elutong-courier" --data "$w/d/kiosk" --assets "$assets" --once 2>>"$w/courier.log"; }
world() { # world ROWS MONTHS: demo folders, server up, kiosk enrolled and filled
	port=$((20000 + $$ % 20000))
	while bash -c "exec 3<>/dev/tcp/127.0.0.1/$port" 2>/dev/null; do port=$((port + 1)); done
	"$bin/elutong-pack" demo --out "$w/d" --assets "$assets" --rows "$1" --months "$2" --server "https://127.0.0.1:$port" || return 1
	township_start
	code=$("$bin/elutong-township" --data "$w/d/township" --assets "$assets" --enrol mz.caoba.v1)
	"$bin/elutong-courier" --data "$w/d/kiosk" --assets "$assets" --enrol "$code" 2>>"$w/courier.log" && once
	OFFICE=https://127.0.0.1:$port OFFICE_CA=$w/d/township/tls/ca.crt OFFICE_TMP=$w/office
	mkdir -p "$OFFICE_TMP"
	. "$assets/demo/office.sh"
}
words() { # script lines: a few words where a letter asks for them, and no name under it
	cat <<'P'
tap @ask.what
type meiyou
tap @key.space
tap "写好了"
tap "下一步"
tap "不留名"
tap "下一步"
P
}
to_ledger() { # script lines: from the first screen to the newest month of the ledger
	cat <<'P'
tap "点一下屏幕"
tap "好了，继续"
wait "财务公开" 10000
tap "财务公开"
wait "看每一笔账" 10000
tap "看每一笔账"
P
}
filing() { # filing WHOM: a script that files a short letter without a name
	cat <<P
tap "点一下屏幕"
tap "好了，继续"
wait "我要反映" 10000
tap "我要反映"
tap "$1"
tap "下一步"
tap "别的事"
tap "下一步"
$(words)
tap "封好，送出去"
wait "记住这 16 个数" 10000
P
}
play() { # play < SCRIPT
	cat >"$w/script"
	"$bin/elutong-play" "$w/script" --data "$w/d/kiosk" --assets "$assets" --thanks "$w/thanks" "$@" >>"$w/log" 2>&1
}
db() { sqlite3 -cmd '.timeout 5000' "$w/d/township/township.db" "$1"; }
queue() { sqlite3 -cmd '.timeout 5000' "$w/d/kiosk/queue.db" "$1"; }
finish() {
	courier_stop
	township_stop
	if [ "$bad" -gt 0 ]; then tail -n 20 "$w/township.log" "$w/courier.log" "$w/log" 2>/dev/null; fi
	rm -rf "$w"
	echo "1..$count"
	[ "$bad" -eq 0 ]
}
trap 'courier_stop; township_stop; rm -rf "$w"' EXIT
