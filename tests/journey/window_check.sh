#!/bin/sh
# window_check.sh - a real window: elutong, started by elutong-launch on an X server, is used with xdotool's mouse and
# keys. What stands on its glass is compared, pixel by pixel, with the page a script reaches; a letter is filed by clicks
# and lies in the queue. Where to click is read from the same pages in a script's dump.
. "$(dirname "$0")/lib.sh"
bin=$build/release/bin
W=1920 H=1080 HEADER=110
screens=
launch=
cleanup() {
	for p in $launch $screens; do kill "$p" 2>/dev/null && wait "$p" 2>/dev/null; done
	rm -rf "$w"
}
trap cleanup EXIT
server() { # server NAME NUMBER: an X server whose screen lies in a file
	mkdir -p "$w/$1"
	Xvfb ":$2" -screen 0 ${W}x${H}x24 -fbdir "$w/$1" >/dev/null 2>&1 &
	screens="$screens $!"
	for i in $(seq 100); do [ -e "/tmp/.X11-unix/X$2" ] && break; sleep 0.05; done
}
pixels() { # pixels NAME: what is on that screen below the clock
	tail -c $((W * (H - HEADER) * 4)) "$w/$1/Xvfb_screen0"
}
waits() { # waits SECONDS COMMAND...: until it holds
	tries=$(($1 * 20))
	shift
	while [ $tries -gt 0 ]; do
		"$@" && return 0
		tries=$((tries - 1))
		sleep 0.05
	done
	return 1
}
equal() { pixels real | cmp -s - "$w/want"; }
changed() { pixels real >"$w/now" && ! cmp -s "$w/now" "$w/before"; }
settled() { pixels real >"$w/now" && sleep 0.05 && pixels real | cmp -s - "$w/now"; }
base=$((500 + $$ % 400))
server real $base
server script $((base + 1000))
"$bin/elutong-pack" seed --rows 240 --villages 2 --months 24 --groups --out "$w/k" --assets "$assets" >/dev/null
cp -r "$w/k" "$w/copy"

# Every tap of the visit, in order; keys of the keyboard one by one.
visit="@lang.done @home.finance @fin.rows @nav.home @home.report @whom.unsure @whom.next @topic.other @topic.next
@ask.what @key.m @key.e @key.i @key.y @key.o @key.u @key.space @input.done @matter.next @name.anon @name.next
@review.submit"
{ # where each of them stands
	echo "tap @attract.start"
	for t in $visit; do
		echo dump
		echo "tap $t"
	done
} >"$w/visit.play"
if ! "$bin/elutong-play" "$w/visit.play" --data "$w/copy" --assets "$assets" --size ${W}x$H >"$w/dumps" 2>"$w/log"; then
	not_ok "the visit goes by script"
	finish
	exit 1
fi
places=$(printf '%s\n' $visit | awk -v dumps="$w/dumps" '
	BEGIN { # one block a dump: texts, then targets
		while ((getline line < dumps) > 0) {
			n = split(line, part, " ")
			if (part[1] == "text" && last != "text") block++
			last = part[1]
			if (part[1] == "target") at[block, part[6]] = int(part[2] + part[4] / 2) " " int(part[3] + part[5] / 2)
		}
	}
	{ print at[NR, $1] }')

# The kiosk itself, as it is started on a machine.
(
	unset SDL_VIDEODRIVER
	export DISPLAY=:$base
	exec "$bin/elutong-launch" "$bin/elutong" --data "$w/k" --assets "$assets" --size ${W}x$H
) >>"$w/log" 2>&1 &
launch=$!
mouse() { DISPLAY=:$base xdotool mousemove "$1" "$2" click 1; }
press_key() { DISPLAY=:$base xdotool key "$1"; }
page() { # page LINES: what a script's kiosk shows after them, into $w/want
	rm -f "$w/there"
	printf 'sleep 100\n%s\nlist %s\nsleep 60000\n' "$1" "$w/there" >"$w/page.play"
	DISPLAY=:$((base + 1000)) SDL_VIDEODRIVER=x11 "$bin/elutong-play" "$w/page.play" --data "$w/copy" \
		--assets "$assets" --size ${W}x$H >>"$w/log" 2>&1 &
	script=$!
	waits 20 test -e "$w/there"
	pixels script >"$w/want"
	kill $script 2>/dev/null
	wait $script 2>/dev/null
}
shows() { # shows SENTENCE: the real glass is the wanted one
	if waits 15 equal; then ok "$1"; else not_ok "$1"; fi
}
click_next() { # the next place of the visit; the glass must answer
	set -- $(printf '%s\n' "$places" | sed -n "${step}p")
	step=$((step + 1))
	waits 5 settled
	pixels real >"$w/before"
	mouse "$1" "$2"
	waits 10 changed
}

page ""
shows "the launcher starts the kiosk and the attract page is on the glass"
mouse 400 600
page "tap @attract.start"
shows "a click starts it"
step=1
page "tap @attract.start
tap @lang.done"
click_next
shows "home"
page "tap @attract.start
tap @lang.done
tap @home.finance"
click_next
shows "the finance overview"
page "tap @attract.start
tap @lang.done
tap @home.finance
tap @fin.rows"
click_next
shows "the ledger"
page "tap @attract.start
tap @lang.done
tap @home.finance
tap @fin.rows
key down"
press_key Down
shows "the down key turns the page"
page "tap @attract.start
tap @lang.done
tap @home.finance"
press_key Escape
shows "Esc goes back"
press_key F9
press_key alt+x
shows "a key that is not on the list does nothing"
page "tap @attract.start
tap @lang.done
tap @home.finance
tap @fin.rows"
step=3
click_next
shows "and on again"
answered=0
for i in $(seq 4 $(printf '%s\n' "$places" | wc -l)); do
	click_next && answered=$((answered + 1))
done
same $(($(printf '%s\n' "$places" | wc -l) - 3)) $answered "every click of a complaint is answered on the glass"
filed() { [ "$(queue_of 'SELECT count(*) FROM parcel')" = 1 ]; }
queue_of() { sqlite3 -cmd '.timeout 5000' "$w/k/queue.db" "$1"; }
if waits 10 filed; then ok "the letter lies in the queue"; else not_ok "the letter lies in the queue"; fi
# Enter presses 记好了，清屏: the kiosk forgets by ending, and the launcher starts it again.
first=$(pgrep -P $launch)
waits 5 settled
press_key Return
page ""
shows "Enter clears the glass"
gone() { [ "$(pgrep -P $launch)" != "$first" ] && [ -n "$(pgrep -P $launch)" ]; }
if waits 10 gone; then ok "the kiosk has forgotten by ending and is up again"; else not_ok "the kiosk has forgotten by ending and is up again"; fi
finish
