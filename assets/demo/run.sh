#!/bin/sh
# run.sh BIN [--window] - a demo township and a kiosk on this machine. With a display: the touch screen, until Ctrl-C.
# Without one: a tour that files a complaint, has it answered, reads the answer and leaves pictures.
set -eu
bin=$(cd "$1" && pwd)
shift
here=$(cd "$(dirname "$0")/../.." && pwd)
demo=${ELUTONG_DEMO:-$here/build/demo}
assets=$here/assets
port=${ELUTONG_PORT:-18443}
mkdir -p "$demo"
pids=
end() {
	trap - EXIT INT TERM
	for pid in $pids; do kill "$pid" 2>/dev/null || true; done
	for pid in $pids; do wait "$pid" 2>/dev/null || true; done
}
trap end EXIT
trap 'end; exit 130' INT
trap 'end; exit 143' TERM
if command -v bash >/dev/null; then
	while bash -c "exec 3<>/dev/tcp/127.0.0.1/$port" 2>/dev/null; do port=$((port + 1)); done
fi
server=https://127.0.0.1:$port
echo "demo township and kiosk in $demo"
"$bin/elutong-pack" demo --out "$demo" --assets "$assets" --server "$server"
sed -i "s#^server = .*#server = $server#" "$demo/kiosk/kiosk.conf"
"$bin/elutong-township" --data "$demo/township" --assets "$assets" --listen "127.0.0.1:$port" >"$demo/township.out" 2>>"$demo/township.log" &
pids="$pids $!"
for i in $(seq 100); do
	grep -q listening "$demo/township.out" 2>/dev/null && break
	sleep 0.1
done
grep listening "$demo/township.out" || { cat "$demo/township.log"; exit 1; }
if [ ! -e "$demo/kiosk/keys/tls.crt" ]; then
	code=$("$bin/elutong-township" --data "$demo/township" --assets "$assets" --enrol mz.caoba.v1)
	"$bin/elutong-courier" --data "$demo/kiosk" --assets "$assets" --enrol "$code" 2>>"$demo/courier.log"
fi
"$bin/elutong-courier" --data "$demo/kiosk" --assets "$assets" --once 2>>"$demo/courier.log" || true
courier_start() {
	"$bin/elutong-courier" --data "$demo/kiosk" --assets "$assets" --poll 1000 2>>"$demo/courier.log" &
	courier=$!
	pids="$pids $courier"
}
courier_start
echo "office: $server/  (li, liu, ma ... password yanshi-2026; the certificate is the demo's own)"
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
	echo "touch screen: Ctrl-C ends everything"
	"$bin/elutong-launch" "$bin/elutong" --data "$demo/kiosk" --assets "$assets" "$@" &
	pids="$pids $!"
	wait $!
	exit 0
fi

# --- the tour ---
shots=$demo/pictures
OFFICE=$server OFFICE_CA=$demo/township/tls/ca.crt OFFICE_TMP=$demo/office
rm -rf "$shots" "$OFFICE_TMP"
mkdir -p "$shots" "$OFFICE_TMP"
. "$assets/demo/office.sh"
want() { # want STATUS GOT WHAT
	[ "$1" = "$2" ] && return
	echo "the office said $2 instead of $1: $3"
	exit 1
}
play() { # play SCRIPT
	sed -e "s#SHOTS#$shots#" -e "s#RECEIPT#$demo/receipt#" "$assets/demo/$1" >"$demo/$1"
	ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0} SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy \
		"$bin/elutong-play" "$demo/$1" --data "$demo/kiosk" --assets "$assets" 2>>"$demo/kiosk.log" || { tail -n 40 "$demo/kiosk.log"; exit 1; }
}
echo "tour: a visit to the village hall"
play tour-1.play
echo "tour: the office opens the letter and answers"
want 303 "$(office_login ma)" login
want 303 "$(office_post ma /keys do=open "password=$PASSWORD")" "the office key"
office_get ma /cases >/dev/null
case=$(grep -o '/cases/[0-9]*' "$OFFICE_TMP/page.ma" | sed 's#.*/##' | sort -n | tail -n 1)
want 200 "$(office_get ma "/cases/$case")" "case $case"
grep -q 挖 "$OFFICE_TMP/page.ma" || { echo "the letter cannot be read"; exit 1; }
want 303 "$(office_post ma "/move/$case" do=accept class=3)" accept
want 303 "$(office_post ma "/move/$case" do=reply "text=农经站和村务监督委员会到现场看过：沟挖了 80 米，您家门口那段 12 米没有挖。挖掘机老板 12 月 5 日前补挖，补好了请您去看。")" answer
echo "tour: a month is uploaded, the village's committee signs, and another person publishes"
month=$(date +%Y-%m)
if [ ! -e "$demo/uploaded-$month" ]; then
	want 303 "$(office_login liu)" login
	printf '日期,凭证号,科目,收支,金额,摘要,对方,附件张数\n%s-01,记-1,503,收入,30000,上级补助,草坝镇财政所,1\n%s-02,记-2,515,支出,"4,800.00",租挖掘机清理灌溉沟 2 天,个体户 陈某某,2\n' "$month" "$month" >"$demo/ledger.csv"
	want 303 "$(office_upload liu mz.caoba.v1 "$month" "$demo/ledger.csv")" upload
	office_get liu /drafts >/dev/null
	draft=$(grep -o '/drafts/[0-9]*' "$OFFICE_TMP/page.liu" | sed 's#.*/##' | sort -n | tail -n 1)
	want 303 "$(office_post liu "/submit/$draft" reason=)" submit
	want 303 "$(office_login jian1)" login
	want 303 "$(office_supervise jian1 "$draft")" "the committee's word"
	want 303 "$(office_login li)" login
	want 303 "$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")" sign
	: >"$demo/uploaded-$month"
fi
# A courier that runs once ends when all that is signed and answered has been fetched and applied.
kill "$courier" 2>/dev/null || true
wait "$courier" 2>/dev/null || true
"$bin/elutong-courier" --data "$demo/kiosk" --assets "$assets" --once 2>>"$demo/courier.log" || { tail "$demo/courier.log"; exit 1; }
courier_start
echo "tour: another day, the answer is read"
play tour-2.play
echo "pictures in $shots:"
ls "$shots"
