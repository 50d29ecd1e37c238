# tour_check.sh BUILD - what a newcomer sees first: the demo from nothing to an answered letter, and once more.
. "$(dirname "$0")/lib.sh"
tour() {
	env -u DISPLAY -u WAYLAND_DISPLAY ELUTONG_DEMO="$w/demo" ELUTONG_PORT=$((24000 + $$ % 8000)) \
		timeout 240 sh "$assets/demo/run.sh" "$build/release/bin" </dev/null
}
holds "the tour goes through from nothing" tour
pictures=$(ls "$w/demo/pictures" 2>/dev/null | wc -l)
same yes "$([ "$pictures" -ge 15 ] && echo yes)" "and leaves its pictures"
echo "# count pictures: $pictures"
holds "twice is as good as once" tour
same 0 "$(ps ax -o args= | grep -c "^$build/release/bin/elutong.*$w/demo")" "nothing it started goes on"
finish
