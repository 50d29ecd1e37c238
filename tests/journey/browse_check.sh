#!/bin/sh
# browse_check.sh BUILD - looking around a kiosk of twelve villages: languages on the start page, lists by pages, months
# that are not due yet and months that are late; and without a line nothing is lost in any size.
MODE=release
. "$(dirname "$0")/lib.sh"
trap 'rm -rf "$w"' EXIT
"$bin/elutong-pack" seed --rows 6000 --villages 12 --months 14 --groups --today 2026-11-20 --out "$w/k" --assets "$assets" >/dev/null
look() { # look NOW SIZE < SCRIPT
	cat >"$w/script"
	"$bin/elutong-play" "$w/script" --data "$w/k" --assets "$assets" --now "$1" --size "$2"
}
holds "a language's name on the start page chooses it" look "2026-11-20 09:41" 1920x1080 <<'P'
line up
rest
tap @attract.en
expect "Whatever is comfortable"
tap @lang.zh
expect "看着舒服就行"
P
holds "twelve villages are reached by pages" look "2026-11-20 09:41" 1920x1080 <<'P'
line up
tap @attract.zh
tap @lang.done
tap @place.others
rest
expect "账到 10 月"
expect-not "示范八村"
tap @others.next
expect "示范八村"
tap @others.prev
expect "示范二村"
P
holds "a month that is not due is not blamed and counts no noughts" look "2026-11-20 09:41" 1920x1080 <<'P'
line up
tap @attract.zh
tap @lang.done
tap @home.finance
rest
expect "未到"
expect-not "没公开"
tap @month.11
expect "按规定最迟 12 月 31 日公开"
expect "第三十条"
expect-not "0.00"
P
holds "a clock that runs ahead blames nobody" look "2027-01-15 09:41" 1920x1080 <<'P'
line up
tap @attract.zh
tap @lang.done
tap @home.finance
rest
expect-not "没公开"
tap @nav.home
tap @place.others
rest
expect-not "11 月账没公开"
P
# The courier has been told by the township, signed, that it is January.
sqlite3 "$w/k/books.db" "UPDATE meta SET value = $(date -d '2027-01-15 01:00 UTC' +%s) WHERE name = 'server_time'"
holds "a month that is late says so everywhere, and can be asked for" look "2027-01-15 09:41" 1920x1080 <<'P'
line up
tap @attract.zh
tap @lang.done
tap @home.finance
rest
expect "没公开"
tap @month.11
expect "已经晚了 15 天"
tap "催一催"
expect "已催"
expect "不记您是谁"
tap @nav.home
tap @place.others
rest
expect "11 月账没公开"
P
for size in 1920x1080 1080x1920; do
	for choice in lang.zh size.large size.xlarge lang.en; do
		holds "without a line nothing is cut off: $size, $choice" look "2026-11-20 09:41" $size <<-P
			tap @attract.zh
			tap @$choice
			tap @lang.done
			rest
			list $w/home.txt
			tap @home.finance
			rest
			list $w/finance.txt
			tap @fin.rows
			rest
			list $w/ledger.txt
		P
		same "" "$(grep -l '^!' "$w/home.txt" "$w/finance.txt" "$w/ledger.txt")" "and no list says otherwise: $size, $choice"
	done
done
finish
