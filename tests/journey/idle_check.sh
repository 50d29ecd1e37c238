# idle_check.sh BUILD - nobody at the screen: the program sleeps.
. "$(dirname "$0")/lib.sh"
display=:$((500 + $$ % 400))
Xvfb $display -screen 0 1280x720x24 >/dev/null 2>&1 &
x=$!
trap 'kill $x 2>/dev/null; rm -rf "$w"' EXIT
for i in $(seq 100); do [ -e "/tmp/.X11-unix/X${display#:}" ] && break; sleep 0.05; done
"$build/release/bin/elutong-pack" seed --rows 400 --villages 1 --out "$w/k" --assets "$assets" >/dev/null
cd "$root"
cpu=$(DISPLAY=$display SDL_VIDEODRIVER=x11 "$build/release/tests/bench/kiosk_bench" idle "$w/k" | awk '{ print $3 }')
echo "# count idle kiosk: $cpu % of a core"
# A loop that does not sleep takes all of one; one per cent leaves room for a busy machine.
same yes "$(awk -v v="${cpu:-100}" 'BEGIN { print v < 1 ? "yes" : "no" }')" "an idle kiosk sleeps"
finish
