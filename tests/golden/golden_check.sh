#!/bin/sh
# golden_check.sh BUILD - every screen draws the same list as when a person last looked at it, a few the same pixels;
# in every size and language nothing is cut off and no character is without a font.
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
for kind in "landscape 1920x1080 standard zh" "portrait 1080x1920 standard zh" "landscape 1920x1080 xlarge zh" \
	"portrait 1080x1920 xlarge zh" "landscape 1920x1080 large zh" "portrait 1080x1920 large zh" \
	"landscape 1920x1080 english en" "portrait 1080x1920 english en"; do
	set -- $kind
	case $3 in
	xlarge | large) choice="tap @size.$3" ;;
	*) choice="tap @lang.$4" ;;
	esac
	lists "$1" "$2" "$3" "$choice" || not_ok "every screen is reached: $1, $3"
	cut=$(grep -l '^!' "$out"/*-"$1-$3".txt)
	if [ -z "$cut" ]; then ok "nothing is cut off: $1, $3"; else
		not_ok "nothing is cut off: $1, $3"
		grep '^!' $cut /dev/null | sed "s#$out/##"
	fi
done
for want in "$root"/tests/golden/lists/*; do
	name=$(basename "$want")
	if cmp -s "$want" "$out/$name"; then ok "$name is as it was"; else
		not_ok "$name is as it was"
		case $name in *.txt) diff "$want" "$out/$name" | head -n 6 ;; esac
		if [ -n "${GOLDEN_OUT:-}" ]; then mkdir -p "$GOLDEN_OUT" && cp "$out/$name" "$GOLDEN_OUT/"; fi
	fi
done
exit $bad
