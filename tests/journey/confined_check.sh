# confined_check.sh BUILD - the program as it is shipped, behind its sandbox: it gives up what it should, and still draws,
# draws again what was covered, and leaves nothing behind when it is told to stop.
. "$(dirname "$0")/lib.sh"
display=:$((300 + $$ % 200))
mkdir "$w/fb" "$w/run"
Xvfb $display -screen 0 1280x720x24 -fbdir "$w/fb" >/dev/null 2>&1 &
x=$!
trap 'kill $x $kiosk $other 2>/dev/null; rm -rf "$w"' EXIT
kiosk= other=
for i in $(seq 100); do [ -e "/tmp/.X11-unix/X${display#:}" ] && break; sleep 0.05; done
cd "$root"
holds "the release build gives up programs, sockets and other folders" "$build/release/tests/kiosk/sandbox_test"

export XDG_RUNTIME_DIR=$w/run DISPLAY=$display SDL_VIDEODRIVER=x11
glass() { cksum <"$w/fb/Xvfb_screen0"; }
until_glass() { # until_glass =|!= SUM
	for i in $(seq 100); do
		[ "$(glass)" "$1" "$2" ] && return 0
		sleep 0.05
	done
	return 1
}
left() { find "$w/run" -mindepth 1 -maxdepth 1 | wc -l | tr -d ' '; }
seed() { "$build/release/bin/elutong-pack" seed --rows 400 --villages 1 --out "$1" --assets "$assets" >/dev/null; }
seed "$w/k"
seed "$w/k2"
rest() { # waits until the glass stands still
	before=$(glass)
	for i in $(seq 40); do
		sleep 0.2
		[ "$(glass)" = "$before" ] && return 0
		before=$(glass)
	done
	return 1
}
covered() { # another window comes over it and goes again; a minute may pass meanwhile, so it may be tried again
	for round in 1 2 3; do
		rest || return 1
		first=$(glass)
		"$build/release/bin/elutong" --data "$w/k2" --assets "$assets" --window --size 640x480 2>>"$w/log" &
		other=$!
		until_glass != "$first" || return 1
		kill "$other" && wait "$other"
		other=
		until_glass = "$first" && return 0
	done
	return 1
}
# A program that was killed leaves its folder; the next one clears it away.
mkdir "$w/run/elutong-pinyin-4194303-abcdef" && : >"$w/run/elutong-pinyin-4194303-abcdef/user.conf"
mkdir "$w/run/elutong-pinyin-$$-abcdef"
empty=$(glass)
"$build/release/bin/elutong" --data "$w/k" --assets "$assets" 2>>"$w/log" &
kiosk=$!
holds "it draws" until_glass != "$empty"
holds "it draws again what was covered" covered
same 2 "$(left)" "what a killed program left is gone, what a living one uses is not"
rmdir "$w/run/elutong-pinyin-$$-abcdef"
rest
first=$(glass)
xdotool mousemove 640 360 click 1
holds "it answers a finger" until_glass != "$first"
grep -q "^Seccomp:.*2" "/proc/$kiosk/status"
same 0 $? "system calls are filtered"
kill "$kiosk"
wait "$kiosk"
same 0 $? "told to stop, it ends"
kiosk=
same 0 "$(left)" "and leaves no folder behind"

"$build/release/bin/elutong-launch" "$build/release/bin/elutong" --data "$w/k" --assets "$assets" 2>>"$w/log" &
kiosk=$!
child() { cat "/proc/$kiosk/task/$kiosk/children" 2>/dev/null; }
another() { # another PID: the launcher has a child that is not this one
	for i in $(seq 300); do
		now=$(child)
		[ -n "$now" ] && [ "$now" != "$1" ] && return 0
		sleep 0.05
	done
	return 1
}
holds "the launcher starts it" another ""
first=$(child)
until_glass != "$empty"
sleep 1.2 # it speaks once a second
kill -STOP $first
holds "one that hangs is killed and started again" another "$first"
# Only a start that came as far as its filter had the time to clear away.
started() { for i in $(seq 300); do grep -q "^Seccomp:.*2" "/proc/$(child | tr -d " ")/status" 2>/dev/null && return 0; sleep 0.05; done; return 1; }
holds "and comes up" started
kill "$kiosk"
wait "$kiosk"
kiosk=
same 0 "$(left)" "and the next one cleared away behind it"
finish
