#!/bin/sh
# golden_check.sh BUILD - every page draws the same list as when a person last looked at it, a few the same pixels; in
# every size and language nothing is cut off, no character is without a font and nothing stands over a text.
build=$(cd "${1:-build}" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
bin=$build/release/bin
out=$(mktemp -d)
trap 'rm -rf "$out" "$seed"' EXIT
. "$root/tests/golden/lists.sh"
n=0
bad=0
ok() { n=$((n + 1)); echo "ok $n - $1"; }
not_ok() { n=$((n + 1)); bad=1; echo "not ok $n - $1"; }
other=$(fonts_are_pinned)
if [ -n "$other" ]; then
	echo "ok 1 - golden lists # SKIP other font files than the golden ones are installed"
	exit 0
fi
for kind in $kinds; do
	way=${kind%%:*} text=${kind##*:}
	pages list "$kind" || not_ok "every page is reached: $way, $text"
	cut=$(grep -l '^!' "$out"/*-"$way"-"$text".txt "$out"/*-"$way"-*-"$text".txt)
	if [ -z "$cut" ]; then ok "nothing is cut off: $way, $text"; else
		not_ok "nothing is cut off: $way, $text"
		grep '^!' $cut /dev/null | sed "s#$out/##"
	fi
	if over=$(awk -f "$root/tests/golden/overlap.awk" "$out"/*-"$way"-"$text".txt "$out"/*-"$way"-*-"$text".txt); then ok "nothing stands over a text: $way, $text"; else
		not_ok "nothing stands over a text: $way, $text"
		printf '%s\n' "$over" | head -n 12
	fi
done
for name in $(ls "$out" "$root/tests/golden/lists" | grep '\.\(txt\|png\)$' | sort -u); do
	want=$root/tests/golden/lists/$name
	if cmp -s "$want" "$out/$name"; then ok "$name is as it was"; else
		not_ok "$name is as it was"
		case $name in *.txt) diff -N "$want" "$out/$name" | head -n 6 ;; esac
		if [ -n "${GOLDEN_OUT:-}" ] && [ -e "$out/$name" ]; then mkdir -p "$GOLDEN_OUT" && cp "$out/$name" "$GOLDEN_OUT/"; fi
	fi
done
exit $bad
