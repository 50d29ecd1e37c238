# lists.sh - makes the display lists and pictures of every screen into a folder; sourced with bin, root and out set.
# Receipts and times are never part of them: the data is seeded and the clock stands still.
export ASAN_OPTIONS=detect_leaks=0 SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy
now="2026-11-20 09:41"
seed=$(mktemp -d)
"$bin/elutong-pack" seed --rows 1200 --villages 2 --months 24 --groups --case --today 2026-11-20 --out "$seed/data" --assets "$root/assets"
lists() { # lists WAY SIZE TEXT CHOICE
	rm -rf "$seed/run" && cp -r "$seed/data" "$seed/run"
	sed -e '/22-idle/d' -e '/14-input/d' -e '/^sleep 600/,/^shot.*sealed/d' -e "s#^shot OUT/\(.*\)-END#list $out/\1-$1-$3.txt#" -e "s#^CHOOSE#$4#" "$root/tests/golden/shots.play" |
		sed -e 's#^tap @review.submit#tap @nav.leave#' -e '/^tap @sealed.done/d' >"$seed/script"
	[ "$3" = standard ] && sed -i -e "s#^list \(.*/0[35]-\(home\|ledger\)-[a-z]*-standard\).txt#&\nshot \1.png#" "$seed/script"
	"$bin/elutong-play" "$seed/script" --size "$2" --data "$seed/run" --assets "$root/assets" --now "$now" >"$seed/log" 2>&1 || { tail -n 30 "$seed/log" | grep -v '^target'; return 1; }
}
fonts_are_pinned() {
	grep -o '"[^"]*/[^"]*\(ttf\|ttc\|otf\)", *[0-9]*, *"[0-9a-f]\{64\}"' "$root/fonts/faces.inc" | tr -d '",' | while read -r file index sum; do
		[ "$(sha256sum "$file" 2>/dev/null | cut -d' ' -f1)" = "$sum" ] || echo "$file"
	done
}
