#!/bin/sh
# search_check.sh BUILD - whatever is public is found by two characters, one, an amount or first letters; a sheet that was
# altered is left out and said to be; looking is nobody's secret and leaves nothing behind.
MODE=release
. "$(dirname "$0")/lib.sh"
trap 'rm -rf "$w"' EXIT
"$bin/elutong-pack" seed --rows 900 --villages 3 --months 12 --groups --today 2026-11-20 --out "$w/k" --assets "$assets" >/dev/null
begin='line up
rest
tap @attract.start
tap @lang.done
rest
tap @nav.search
rest'
looks() { # looks SENTENCE [SIZE]: the script comes from standard input
	{ echo "$begin"; cat; } >"$w/script"
	rm -rf "$w/run"
	cp -r "${from:-$w/k}" "$w/run"
	holds "$1" "$bin/elutong-play" "$w/script" --data "$w/run" --assets "$assets" --now "2026-11-20 09:41" --size "${2:-1920x1080}"
}
books() { sqlite3 "$w/k/books.db" "$1"; }
# The newest row of the village as the index of nobody's making finds it.
in_village="JOIN sheet ON sheet.id = record.sheet WHERE sheet.newest = 1 AND (sheet.place = 'mz.caoba.v1' OR sheet.place LIKE 'mz.caoba.v1.%')"
rents=$(books "SELECT count(*) FROM record $in_village AND (title LIKE '%租金%' OR party LIKE '%租金%')")
waters=$(books "SELECT count(*) FROM record $in_village AND (title LIKE '%水%' OR party LIKE '%水%')")
amount=$(books "SELECT amount_fen / 100 FROM record $in_village AND amount_fen % 100 = 0 AND amount_fen > 100000 AND amount_fen < 999999 ORDER BY record.sheet DESC LIMIT 1")
like=$(books "SELECT count(*) FROM record $in_village AND (abs(amount_fen) / 100 LIKE '$amount%' OR account LIKE '2024:$amount%')")
for size in 1920x1080 1080x1920; do
	looks "two characters find every row that holds them ($size)" $size <<-P
		type zujin
		tap @key.candidate1
		wait "查到 $rents 条"
		expect "示范一村"
		expect "收支明细"
	P
done
looks "one character does" <<P
type shui
tap @key.candidate2
tap @search.go
wait "查到 $waters 条"
P
thousands=$(echo "$amount" | sed 's/\(...\)$/ \1/')
looks "an amount does, and with its comma and unit too" <<P
tap @key.mode
type $amount
wait "查到 $like 条"
tap @key.back
tap @key.back
tap @key.back
tap @key.back
type ${thousands% *}
tap @key.comma
type ${thousands#* }
tap @key.元
wait "查到 $like 条"
P
looks "the first letters of a village give its name and its rows" <<P
type sfec
expect "示范二村"
wait "没有查到"
tap @search.town
wait "只列出最近 200 条"
tap @search.name1
expect "只列出最近 200 条"
P
looks "what is found opens, and the words are still there afterwards" <<P
type zujin
tap @key.candidate1
wait "查到 $rents 条"
tap @found.0
expect "我对这笔有疑问"
tap @nav.back
expect "查到 $rents 条"
P
looks "a row of another village opens as that village's, and one comes back to one's own" <<P
tap @search.town
type sfec
tap @search.name1
wait "只列出最近 200 条"
tap @found.0
expect "我对这笔有疑问"
tap @nav.back
expect "只列出最近 200 条"
tap @found.0
tap @nav.home
tap @home.finance
rest
expect "别的村"
P
looks "what is not there is said plainly, with something shorter to try" <<P
type zujin
tap @key.candidate1
type yueliang
tap @key.candidate1
wait "没有查到"
expect "到全镇查"
tap @search.widen
expect "两个字就行"
tap @search.less1
wait "查到"
expect "租金"
P
# --- nothing of it is kept, and nobody is sent away ---
looks "looking is nothing personal: going home is no exit, and the next one finds an empty page" <<P
tap @key.language
type zzqqx
wait "没有查到"
tap @nav.home
expect "我要反映"
tap @nav.search
expect "想查什么"
expect-not "zzqqx"
tap @key.language
type zzqqx
tap @key.back
idle 85
wait "点一下屏幕"
tap @attract.start
tap @lang.done
tap @nav.search
expect "想查什么"
expect-not "zzqq"
P
same 0 "$(grep -rla zzqq "$w/run" | wc -l)" "and no file of the kiosk holds it"
# --- damage ---
cp -r "$w/k" "$w/harmed"
from=$w/harmed
newest=$(books "SELECT max(record.sheet) FROM record $in_village AND title LIKE '%租金%'")
kept=$(books "SELECT count(*) FROM record $in_village AND title LIKE '%租金%' AND record.sheet <> $newest")
gone=$(books "SELECT count(*) FROM record WHERE sheet = $newest AND title LIKE '%租金%'")
sqlite3 "$w/harmed/books.db" "UPDATE record SET amount_fen = amount_fen + 100 WHERE sheet = $newest AND title NOT LIKE '%租金%'"
looks "no row of a sheet that was altered elsewhere is listed, and it is said how many" <<P
type zujin
tap @key.candidate1
wait "查到 $kept 条"
expect "有 $gone 条对不上"
P
sqlite3 "$w/harmed/books.db" "UPDATE record SET amount_fen = amount_fen + 100"
looks "when nothing holds nothing is listed, and it is not said that there is nothing" <<P
type zujin
tap @key.candidate1
wait "先不给您看"
expect-not "没有查到"
expect-not "@found.0"
P
sqlite3 "$w/harmed/books.db" "DELETE FROM meta WHERE name = 'words'"
looks "while the index is being made nothing is said to be missing" <<P
type zujin
tap @key.candidate1
wait "目录还在整理"
expect-not "没有查到"
P
finish
