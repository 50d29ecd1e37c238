#!/bin/sh
# shots.sh BIN OUT - every screen in both orientations and three text sizes to PNG, named as the mock-ups are.
set -eu
bin=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
w=$(mktemp -d)
trap 'rm -rf "$w"' EXIT
export ASAN_OPTIONS=detect_leaks=0 SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy
now="2026-11-20 09:41"
"$bin/elutong-pack" seed --rows 1200 --villages 2 --months 24 --groups --case --today 2026-11-20 --out "$w/data" --assets "$root/assets" >"$w/receipt"
play() { # play SCRIPT SIZE DATA
	"$bin/elutong-play" "$1" --size "$2" --data "$3" --assets "$root/assets" --now "$now" >>"$w/log" 2>&1 || { tail -n 30 "$w/log"; exit 1; }
}
for way in landscape portrait; do
	[ $way = landscape ] && size=1920x1080 || size=1080x1920
	for text in standard large xlarge english; do
		case $text in
		standard) choose='tap @lang.zh' ;;
		large) choose='tap @size.large' ;;
		xlarge) choose='tap @size.xlarge' ;;
		english) choose='tap @lang.en' ;;
		esac
		sed -e "s#OUT#$out#; s#END#$way-$text.png#; s#^CHOOSE#$choose#" "$root/tests/golden/shots.play" >"$w/script"
		rm -rf "$w/run" && cp -r "$w/data" "$w/run"
		play "$w/script" $size "$w/run"
	done
	rm -rf "$w/run" && cp -r "$w/data" "$w/run"
	sed -e "s#OUT#$out#; s#END#$way-standard.png#" "$root/tests/golden/shots-offline.play" >"$w/script"
	play "$w/script" $size "$w/run"
	sqlite3 "$w/run/books.db" "UPDATE record SET amount_fen = amount_fen + 100 WHERE ordinal = 1"
	sed -e "s#OUT#$out#; s#END#$way-standard.png#" "$root/tests/golden/shots-damaged.play" >"$w/script"
	play "$w/script" $size "$w/run"
done
echo "$(ls "$out" | wc -l) pictures in $2"
