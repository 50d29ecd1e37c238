# lists.sh - draws every page in every state by script, as display lists or as pictures; sourced with bin, root and out
# set. Nothing in it is left to chance: the data is seeded, the clock stands still, the receipt is given.
#
# In the scripts "shot OUT/NAME-END [STATE]" keeps a page as NAME-WAY[-STATE]-TEXT, names as the mock-ups have them; CHOOSE is how
# language and text size are chosen, TURN turns to the page of the row with pictures, PINYIN what turns the keyboard to pinyin where it is not.
export ASAN_OPTIONS=detect_leaks=0 SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy
now="2026-11-20 09:41"
seed=$(mktemp -d)
"$bin/elutong-pack" seed --rows 1200 --villages 2 --months 24 --groups --case --today 2026-11-20 --out "$seed/data" --assets "$root/assets" >"$seed/receipt"
# And one whose rows carry pictures; page 1 of the voucher is lost in "lost", page 2 is not what it was.
"$bin/elutong-pack" seed --rows 1200 --villages 2 --months 24 --groups --registers --today 2026-11-20 --out "$seed/papers" --assets "$root/assets"
picture() { echo "$seed/run/blobs/$(b2sum -l 256 <"$root/assets/demo/pictures/$1.jpg" | sed 's#^\(..\)\([^ ]*\).*#\1/\1\2#')"; }
kinds="landscape:1920x1080:standard portrait:1080x1920:standard landscape:1920x1080:xlarge portrait:1080x1920:xlarge
landscape:1920x1080:large portrait:1080x1920:large landscape:1920x1080:english portrait:1080x1920:english"
pages() { # pages list|shot KIND: every page of one kind into $out
	way=${2%%:*} text=${2##*:}
	size=${2#*:}
	size=${size%:*}
	pinyin='' choose="tap @lang.zh"
	# The row stands on the second page where few fit on one.
	turn=rest
	case $way:$text in
	landscape:large | *:xlarge) turn='tap @nav.next' ;;
	esac
	case $text in
	large | xlarge) choose="tap @size.$text" ;;
	english) choose='tap @lang.en' pinyin='tap @key.language' ;;
	esac
	[ "$1" = list ] && end=txt || end=png
	for script in shots shots-offline shots-damaged shots-objection shots-voucher shots-lost shots-columns shots-columns-damaged shots-search shots-beside; do
		case $script in
		*-voucher | *-lost | *columns* | *-beside) from=papers ;;
		*) from=data ;;
		esac
		rm -rf "$seed/run" && cp -r "$seed/$from" "$seed/run"
		if [ $script = shots-lost ]; then
			rm "$(picture machine-record)" "$(picture road-works)"
			printf 'x' | dd of="$(picture ditch-cleaned)" bs=1 seek=900 conv=notrunc 2>/dev/null
		fi
		case $script in *damaged) sqlite3 "$seed/run/books.db" "UPDATE record SET amount_fen = amount_fen + 100 WHERE ordinal = 1" ;; esac
		sed -e "s#^CHOOSE#$choose#; s#^TURN#$turn#; s#^PINYIN#$pinyin#" \
			-e "s#^shot OUT/\(.*\)-END \(.*\)#$1 $out/\1-$way-\2-$text.$end#" \
			-e "s#^shot OUT/\(.*\)-END\$#$1 $out/\1-$way-$text.$end#" "$root/tests/golden/$script.play" >"$seed/script"
		# Golden pixels of a few.
		[ "$1" = list ] && [ "$text" = standard ] &&
			sed -i -e "s#^list \(.*/0[35]-\(home\|ledger\)-[a-z]*-standard\).txt#&\nshot \1.png#" "$seed/script"
		"$bin/elutong-play" "$seed/script" --size "$size" --data "$seed/run" --assets "$root/assets" --now "$now" >"$seed/log" 2>&1 || {
			echo "$script, $way, $text:"
			grep -v '^target' "$seed/log" | tail -n 30
			return 1
		}
	done
}
fonts_are_pinned() {
	grep -o '"[^"]*/[^"]*\(ttf\|ttc\|otf\)", *[0-9]*, *"[0-9a-f]\{64\}"' "$root/fonts/faces.inc" | tr -d '",' | while read -r file index sum; do
		[ "$(sha256sum "$file" 2>/dev/null | cut -d' ' -f1)" = "$sum" ] || echo "$file"
	done
}
