#!/bin/sh
# apply.sh BUILD BENCH - a month of 20,000 rows is published by two people at the office and applied by the kiosk's courier
# while a finger draws the ledger. Expects a display. "bench NAME VALUE UNIT budget LIMIT ok|OVER".
MODE=release
bench=$2
. "$(dirname "$0")/../journey/lib.sh"
rows=${APPLY_ROWS:-20000}
line() { # line NAME VALUE UNIT LIMIT
	awk -v n="$1" -v v="$2" -v u="$3" -v l="$4" 'BEGIN { printf "bench %s %.2f %s budget %.2f %s\n", n, v, u, l, v <= l ? "ok" : "OVER" }'
}
now() { date +%s.%N; }
cd "$root"
world 1200 24 >>"$w/log" || { echo "bench publish_and_apply failed"; exit 1; }
once
# The month after the last one that is published.
month=$(sqlite3 "$w/d/kiosk/books.db" "SELECT max(period) FROM sheet WHERE place = 'mz.caoba.v1' AND template = 'ledger'")
month=$(date -d "$month-01 +1 month" +%Y-%m)
awk -v n="$rows" -v m="$month" 'BEGIN {
	print "日期,凭证号,科目,收支,金额,摘要,对方,经手人,审批人,附件张数"
	for (i = 0; i < n; i++)
		printf "%s-%02d,记-%05d,%s,%s,%d.%02d,%s,%s,王*,李*国,1\n", m, i * 28 / n + 1, i, i % 3 ? 514 : 501,
			i % 3 ? "支出" : "收入", 100 + i % 4900, i % 100, i % 3 ? "清塘运泥" (i % 28) "车" : "集体铺面租金", "个体户" (i % 90)
}' >"$w/month.csv"
for who in liu li jian1; do office_login $who >/dev/null; done
from=$(now)
office_upload liu mz.caoba.v1 "$month" "$w/month.csv" >"$w/status"
echo "# uploaded and checked in $(awk -v a="$from" -v b="$(now)" 'BEGIN { print b - a }') s: $(cat "$w/status")"
draft=$(db 'SELECT max(id) FROM draft')
office_post liu "/submit/$draft" reason= >/dev/null
echo "# the committee: $(office_supervise jian1 "$draft")"
stop=$w/stop
frames() { "$bench/kiosk_bench" frames "$w/d/kiosk" "$stop" 2>>"$w/log"; }
# Quiet first.
(sleep 4; touch "$stop") &
quiet=$(frames)
rm -f "$stop"
frames >"$w/frames" &
drawing=$!
sleep 1.5
from=$(now)
status=$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")
once
took=$(awk -v a="$from" -v b="$(now)" 'BEGIN { print b - a }')
touch "$stop.mark"
sleep 2 # the kiosk looks once a second whether the books have moved, and checks them
touch "$stop"
wait $drawing
busy=$(cat "$w/frames")
there=$(sqlite3 "$w/d/kiosk/books.db" "SELECT count(*) FROM record JOIN sheet ON sheet.id = record.sheet WHERE sheet.template = 'ledger' AND sheet.period = '$month' AND sheet.place = 'mz.caoba.v1' AND newest = 1")
[ "$status $there" = "303 $rows" ] || { echo "bench publish_and_apply failed: $status, $there rows"; tail -n 5 "$w/courier.log" "$w/township.log"; }
echo "# frames, 99 of 100 within ms, of the processor's time: quiet $quiet; meanwhile, and checking what came: $busy"
part() { echo "$1" | cut -d' ' -f"$2"; }
line "publish_and_apply_${rows}_rows" "$took" s 2
line frame_p99_quiet "$(part "$quiet" 1)" ms 16.7
# Unchanged: within a quarter and one tick of the scheduler. Steps of checking what came lie between frames of 60 a second.
line frame_p99_while_applying "$(part "$busy" 1)" ms "$(part "$quiet" 1 | awk '{ print $1 * 1.25 + 3 }')"
line frame_p99_while_checking_what_came "$(part "$busy" 3)" ms 16.7
