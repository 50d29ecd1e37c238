#!/bin/sh
# run.sh RELEASE - every budget of the design that can be measured here: "bench NAME VALUE UNIT budget LIMIT ok|OVER".
# The touch screen is a real window of an X server; courier and township are the real programs over TLS.
# ROWS=10000,100000,1000000 and LETTERS=10000 may be made smaller.
set -eu
MODE=release
set -- "$(cd "$1/.." && pwd)"
here=$(dirname "$0")
. "$here/../journey/lib.sh"
bench=$build/release/tests/bench
rows=${ROWS:-10000,100000,1000000}
letters=${LETTERS:-10000}
display=:$((100 + $$ % 400))
Xvfb $display -screen 0 1920x1080x24 >/dev/null 2>&1 &
x=$!
trap 'courier_stop; township_stop; kill $x 2>/dev/null || true; rm -rf "$w"' EXIT
cd "$root"
export DISPLAY=$display SDL_VIDEODRIVER=x11
for i in $(seq 100); do [ -e "/tmp/.X11-unix/X${display#:}" ] && break; sleep 0.05; done
kiosk() { "$bench/kiosk_bench" "$@" || echo "bench $1 failed"; }
pack() { "$bin/elutong-pack" "$@"; }
line() { # line NAME VALUE UNIT LIMIT
	awk -v n="$1" -v v="$2" -v u="$3" -v l="$4" 'BEGIN { printf "bench %s %.2f %s budget %s %s\n", n, v, u, l, v <= l ? "ok" : "OVER" }'
}
now() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { print b - a }'; }

pack seed --rows 1200 --villages 2 --groups --out "$w/small" >/dev/null
kiosk start "$w/small"
kiosk touch "$w/small"
kiosk idle "$w/small"
kiosk seal "$w/small"
"$bench/picture_bench" "$w/small" || echo "bench tap_to_voucher failed"
# The money of ten years, and the list of every template, checked anew each time.
pack seed --rows 12000 --villages 1 --months 120 --out "$w/years" >/dev/null
"$bench/lists_bench" overview "$w/years" || echo "bench overview failed"
pack seed --rows 1200 --villages 2 --groups --registers --out "$w/lists" --assets "$assets" >/dev/null
"$bench/lists_bench" lists "$w/lists" || echo "bench lists failed"
# One month holds all rows, the longest list there can be.
for n in $(echo "$rows" | tr , ' '); do
	name=$((n / 1000))k
	[ "$n" -ge 1000000 ] && name=$((n / 1000000))M
	rm -rf "$w/seed"
	pack seed --rows "$n" --villages 1 --months 1 --out "$w/seed" >/dev/null
	kiosk drag "$w/seed" "$name"
	kiosk search "$w/seed" "$name"
	kiosk glass "$w/seed" "$name"
done

# A table as the office uploads it, through the locked reader and every check.
"$bench/import_bench" "$bin" || echo "bench import_20000_rows failed"

# CPU of a visit of a minute, the X server's included.
ticks() { awk '{ print $14 + $15 }' "/proc/$x/stat"; }
before=$(ticks)
from=$(now)
visit=$(bash -c 'TIMEFORMAT="%U %S"; time "$@" >/dev/null' - "$bin/elutong-play" "$root/tests/bench/visit.play" --data "$w/small" --assets "$assets" 2>&1 | tail -n 1)
after=$(ticks)
echo "# the visit took $(since "$from") s"
line visit_cpu "$(echo "$visit" | awk -v x="$((after - before))" -v hz="$(getconf CLK_TCK)" '{ print $1 + $2 + x / hz }')" s 2
sh "$here/apply.sh" "$build" "$bench"
kill $x

# The road. Pull: a kiosk that was just enrolled takes all there is.
port=$((20000 + $$ % 20000))
pack demo --out "$w/d" --assets "$assets" --rows 10000 --villages 1 --server "https://127.0.0.1:$port" >/dev/null
township_start
code=$("$bin/elutong-township" --data "$w/d/township" --assets "$assets" --enrol mz.caoba.v1)
"$bin/elutong-courier" --data "$w/d/kiosk" --assets "$assets" --enrol "$code" 2>/dev/null
from=$(now)
once
line pull_and_apply_10000_rows "$(since "$from")" s 1
line pull_10000_rows_wire "$(du -cb "$w/d/kiosk/applied"/* | awk 'END { print $1 / 1e6 }')" MB 0.6
pack letters --data "$w/d/kiosk" --count "$letters" --quiet
from=$(now)
once
line "push_$letters" "$(since "$from")" s 3
# 64 kiosks at once, a letter a request.
for i in $(seq 64); do "$bin/elutong-township" --data "$w/d/township" --assets "$assets" --enrol mz.caoba.v1; done >"$w/codes"
"$bench/road_bench" letters "https://127.0.0.1:$port" "$w/d/township/tls/ca.crt" "$w/d/kiosk" "$w/codes" "${EACH:-200}" || echo "bench server_verified failed"
township_stop
"$bench/road_bench" transport "$w/d/township/tls" 1000 || echo "bench server_transport failed"
exit 0
