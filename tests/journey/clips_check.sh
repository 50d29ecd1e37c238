# clips_check.sh BUILD - from the list to the ear: a speaker gets the words, a pack is made of the recordings, and the
# kiosk speaks with them where there are any; a language that is only heard is offered and forgotten again.
MODE=release
. "$(dirname "$0")/lib.sh"
trap 'rm -rf "$w"' EXIT
"$bin/elutong-pack" seed --rows 400 --villages 1 --months 14 --groups --registers --today 2026-11-20 --out "$w/k" --assets "$assets" >/dev/null
clips() { "$bin/elutong-pack" clips --data "$w/k" --assets "$assets" "$@"; }
clips >"$w/list" && clips >"$w/again"
same "" "$(cmp "$w/list" "$w/again")" "the list is the same each time"
same "" "$(cut -f1 "$w/list" | sort | uniq -d)" "and names nothing twice"
same "" "$(cut -f1 "$w/list" | grep -vx '[0-9a-f]\{16\}')" "by names that are names of files everywhere"
same 6 "$(cut -f2 "$w/list" | grep -cx '财务公开\|读给我听\|十一月\|万元\|示范一村\|到账没有')" "screens, catalogue, numbers, places"
echo "# count phrases to record: $(wc -l <"$w/list")"

# A tenth of a second of a tone (48,000 samples a second, one channel) stands for every recording.
tone() {
	printf 'RIFF\244\045\000\000WAVEfmt \020\000\000\000\001\000\001\000\200\273\000\000\000\167\001\000\002\000\020\000data\200\045\000\000'
	for i in $(seq 60); do
		for j in 1 2 3 4 5 6 7 8; do printf '\000\020\000\020\000\020\000\020\000\020'; done
		for j in 1 2 3 4 5 6 7 8; do printf '\000\360\000\360\000\360\000\360\000\360'; done
	done
}
mkdir "$w/wav"
tone >"$w/tone"
same 9644 "$(wc -c <"$w/tone")" "a recording to work with"
cut -f1 "$w/list" | while read -r id; do ln "$w/tone" "$w/wav/$id.wav"; done
make_pack() { clips --wav "$w/wav" --language "$1" --name "$2" --chinese "$3" --out "$w/$1.tar.zst"; }
holds "a pack is made of them" make_pack zh 普通话 普通话
cp "$w/zh.tar.zst" "$w/zh.first"
holds "once more" make_pack zh 普通话 普通话
same "" "$(cmp "$w/zh.first" "$w/zh.tar.zst")" "the same bytes"
same "$(($(wc -l <"$w/list") + 1))" "$(tar --zstd -tf "$w/zh.tar.zst" | grep -c '^clips/zh/')" "standard tools list it"
echo "# count KiB of a pack: $(($(wc -c <"$w/zh.tar.zst") / 1024))"
minisign -G -W -p "$w/pub" -s "$w/sec" >/dev/null 2>&1
minisign -S -s "$w/sec" -m "$w/zh.tar.zst" >/dev/null 2>&1 </dev/null
holds "and sign it" minisign -V -p "$w/pub" -m "$w/zh.tar.zst"
refuses "a language must be a folder's name" make_pack ../zh a a
id=$(sed -n 5p "$w/list" | cut -f1)
rm "$w/wav/$id.wav" && echo "no sound" >"$w/wav/$id.wav"
refuses "what is no recording is named" make_pack bad a a
same 1 "$(grep -c "$id.wav: it is no WAV" "$w/log")" "by its file"

# A release with the pack in it.
mkdir "$w/assets"
cp -r "$assets/." "$w/assets/"
tar --zstd -xf "$w/zh.tar.zst" -C "$w/assets/speech"
# A second language: nobody has recorded 政务公开 yet.
rm "$w/wav/$id.wav" "$w/wav/$(awk -F'\t' '$2 == "政务公开" { print $1 }' "$w/list").wav"
holds "recordings may be missing" make_pack ii ꆈꌠꉙ 彝语
tar --zstd -xf "$w/ii.tar.zst" -C "$w/assets/speech"
visit() { # visit ASSETS SIZE < SCRIPT
	cat >"$w/script"
	"$bin/elutong-play" "$w/script" --size "$2" --data "$w/k" --assets "$1" --now "2026-11-20 09:41"
}
holds "the kiosk speaks with the recordings" visit "$w/assets" 1920x1080 <<END
line up
sleep 300
tap @attract.start
tap @lang.zh
tap @lang.done
wait 您好
voices $w/home
tap @nav.speak
hear 今天想看点什么
hear 内容更新到 20000
tap @nav.speak
tap @home.finance
wait 账上
voices $w/finance
END
same "" "$(grep -v '^\(\[[^]]*\]\)*$' "$w/home")" "everything on the home page is recorded"
echo "# count phrases of the finance page: $(grep -o '\[' "$w/finance" | wc -l) recorded, lines with other words: $(grep -cv '^\(\[[^]]*\]\)*$' "$w/finance")"
for size in 1920x1080 1080x1920; do
	holds "a language that is heard is offered, chosen and forgotten: $size" visit "$w/assets" $size <<END
line up
sleep 300
tap @attract.start
expect 可以用彝语听
list $w/language
tap @lang.heard0
tap @lang.done
wait 您好
expect 财务公开
voices $w/heard
tap @nav.speak
hear 今天想看点什么
idle 90
sleep 1500
tap @attract.start
tap @lang.done
wait 您好
voices $w/after
END
	same 0 "$(grep -c '^trouble\|clipped' "$w/language")" "its card holds its words: $size"
	same 1 "$(grep -c '政务公开' "$w/heard")" "and what nobody recorded is read: $size"
	same 0 "$(grep -c '\[政务公开\]' "$w/heard")" "by the machine: $size"
	same 1 "$(grep -c '\[政务公开\]' "$w/after")" "the next visitor hears Mandarin: $size"
done
refuses "without packs nothing is offered" visit "$assets" 1920x1080 <<END
line up
sleep 300
tap @attract.start
tap @lang.heard0
END
finish
